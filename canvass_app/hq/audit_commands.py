"""`canvass-hq who-saw` and `canvass-hq audit`: who saw somebody, and whether the log of it is whole."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.riding import DEFAULT_MAP_YEAR, parse_riding
from canvass_app.domain.text import Text
from canvass_app.storage.days import moment_of

from .console import AsJson, Data, PassphraseFile, Times, language, say, settings_of, show, told

# What the commands stand on is imported by the command that runs: every other one starts without it.
if TYPE_CHECKING:
    from canvass_app.services.audit import Sight
    from canvass_app.storage.audit_check import Flaw

    from .office import Office
    from .sights import Seen

audit_app = typer.Typer(
    help="The log of who saw whom: is it whole?", no_args_is_help=True, rich_markup_mode=None
)

_WHICH = Text(
    "Say in which riding with --riding, or give the id of the person. Nothing was changed.",
    "Indiquez la circonscription avec --riding, ou l’identifiant de la personne. Rien n’a été modifié.",
)
_NOBODY = Text(
    "Neither the log nor any riding here knows this person. Check the id; “canvass-app history” on a laptop shows it.",
    "Ni le registre ni aucune circonscription d’ici ne connaît cette personne. Vérifiez l’identifiant; "
    "« canvass-app history » le montre sur un ordinateur.",
)
_DATE = Text(
    "“{text}” is not a date. Write it as 2026-11-23. Nothing was changed.",
    "« {text} » n’est pas une date. Écrivez-la ainsi : 2026-11-23. Rien n’a été modifié.",
)


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    app.command("who-saw")(who_saw_command)
    app.add_typer(audit_app, name="audit")


def who_saw_command(
    person: Annotated[
        str, typer.Argument(help="The person's id, or a name within --riding.", metavar="PERSON")
    ],
    riding: Annotated[str | None, typer.Option("--riding", help="The riding's number.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only from this day on (2026-11-23).")] = None,
    name: Annotated[str, typer.Option("--name", help="Who asks; it is recorded.", envvar="USER")] = "",
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Who saw a person: on which device, when, what was done; and which devices were given their record."""
    from .auditing import HEADQUARTERS, asked_about, say_now
    from .office import open_office

    with told():
        day = _day(since)
        office = open_office(settings_of(data, passphrase_file))
        try:
            times = Times(office.time_zone())
            since_ms = max(0, moment_of(day, "00:00", times.zone) or 0) if day else 0
            person_id, found = _find(office, person, riding, since_ms, name)
            for one in found:
                say_now(office, asked_about(office, HEADQUARTERS, one.riding_id, person_id, name))
        finally:
            office.close()
    rows = [(one.riding_id, sight) for one in found for sight in one.sights]
    report = {
        "added": 0, "changed": 0, "unchanged": len(rows), "left_out": [], "person": person_id.hex(),
        "more": any(one.more for one in found),
        "seen": [{"riding": riding_id, **as_dict(sight)} for riding_id, sight in rows],
    }  # fmt: skip
    nobody = say(
        "Nobody has seen this person, as far as the log goes.",
        "Personne n’a vu cette personne, selon le registre.",
    )
    lines = [line_of(sight, language(), times) for _, sight in rows]
    if report["more"]:
        lines.append(
            say(
                "Older ones are left out; ask with --since.",
                "Les plus anciennes sont omises; utilisez --since.",
            )
        )
    show(report, as_json, "\n".join(times.below(lines) or [nobody]))


def _find(
    office: Office, person: str, riding: str | None, since_ms: int, name: str
) -> tuple[bytes, list[Seen]]:
    from canvass_app.services.finding import find_person, id_of

    from .auditing import found_by_name, say_now
    from .ridings import riding_ids
    from .sights import who_saw

    known = riding_ids(office.read())
    person_id = id_of(person)
    if riding is not None:
        known = [parse_riding(riding, known[0] // 100_000 if known else DEFAULT_MAP_YEAR)]
    if person_id is None:
        if len(known) != 1:
            raise InputError(_WHICH)

        def found_some(people: list[bytes]) -> None:
            say_now(office, found_by_name(office, known[0], people, name))

        person_id = find_person(office, known[0], person, language(), found_some)
    found = [
        one
        for one in (who_saw(office, each, person_id, since_ms=since_ms) for each in known)
        if one is not None
    ]
    if not found:
        raise NotFound(_NOBODY)
    return person_id, found


def _day(text: str | None) -> str:
    """A day as somebody types it, in ISO; "" for none. Raises InputError."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise InputError(_DATE.fill(text=text)) from error


def as_dict(sight: Sight) -> dict[str, Any]:
    """A line of an answer for a machine."""
    return {
        "when": _iso(sight.wall_ms), "first": _iso(sight.first_ms), "times": sight.times, "act": sight.act,
        "who": sight.who, "device": sight.device_id.hex(), "device_name": sight.device_name, "what": sight.what,
        "numbers": list(sight.numbers), "reason": sight.reason, "people": sight.count,
    }  # fmt: skip


def line_of(sight: Sight, tongue: str, times: Times) -> str:
    """A line of an answer for people."""
    from canvass_app.services.audit_words import act_words, extent_words, what_words

    from .auditing import HEADQUARTERS

    at_headquarters = sight.device_id == HEADQUARTERS
    device = sight.device_name or (
        say("headquarters", "quartier général") if at_headquarters else sight.device_id.hex()[:8]
    )
    parts = (
        times.when(sight.wall_ms), sight.who or "?", device, act_words(sight).say(tongue), what_words(sight).say(tongue),
        extent_words(sight, times.when(sight.first_ms)[:10]).say(tongue), sight.reason,
    )  # fmt: skip
    return "   ".join(part for part in parts if part)


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


@audit_app.command("verify")
def verify(
    repair: Annotated[
        bool, typer.Option("--repair", help="Write anew what finds the records; never the records.")
    ] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Walk every chain of the log; name the first bad record of each that is not whole."""
    from .audit_checks import check_audit
    from .checks import HqHealth
    from .office import open_office

    health = HqHealth()
    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            checked = check_audit(office, health, repair=repair)
            names = {
                bytes(device): str(name)
                for device, name in office.read().query("SELECT device_id, name FROM device")
            }
        finally:
            office.close()
    # A copy, and a restore, explain themselves; what was cut or came altered does not.
    well = health.ok and all(one.why in ("fork", "restored") for one in checked.flaws)
    report = {
        "added": 0, "changed": health.repaired, "unchanged": checked.records, "left_out": [], "ok": well,
        "records": checked.records, "chains": checked.chains,
        "flaws": [
            {
                "riding": one.riding_id, "chain": one.chain.hex(), "device": one.device_id.hex(),
                "device_name": names.get(one.device_id, ""), "record": one.number, "why": one.why,
                "what": _both(one),
            }
            for one in checked.flaws
        ],
    }  # fmt: skip
    lines = [one.say(language()) for one in (*health.findings, *health.notes)]
    if well:
        lines.insert(
            0,
            say(
                "The log is whole: {records:record|records} in {chains:chain|chains}.",
                "Le registre est entier : {records:inscription|inscriptions}, {chains:chaîne|chaînes}.",
                records=checked.records,
                chains=checked.chains,
            ),
        )
    show(report, as_json, "\n".join(lines))
    if not well:
        raise typer.Exit(1)


def _both(flaw: Flaw) -> dict[str, str]:
    from canvass_app.services.audit_words import flaw_words

    words = flaw_words(flaw)
    return {"en": words.en, "fr": words.fr}
