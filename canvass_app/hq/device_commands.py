"""`canvass-hq device`: who is let in, shutting one out, and what a lost one held."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canvass_app.domain.numbers import list_code
from canvass_app.domain.roles import NAMES
from canvass_app.domain.text import Text

from .console import AsJson, Data, PassphraseFile, Times, language, say, settings_of, show, told

if TYPE_CHECKING:
    from .ward import Known

device_app = typer.Typer(
    help="Laptops that joined: see them, shut one out.", no_args_is_help=True, rich_markup_mode=None
)
Which = Annotated[str, typer.Argument(help="Its name, or the beginning of its number.", metavar="DEVICE")]


@device_app.command("list")
def list_devices(data: Data = None, passphrase_file: PassphraseFile = None, as_json: AsJson = False) -> None:
    """Every laptop that joined: its number and name, when it was last here, and whether it is let in."""
    from .office import open_office
    from .ward import every_device

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            devices, times = every_device(office), Times(office.time_zone())
        finally:
            office.close()
    report = {**_nothing(len(devices)), "devices": [_facts(one) for one in devices]}
    nobody = say("No laptop has joined yet.", "Aucun ordinateur ne s’est encore joint.")
    show(report, as_json, "\n".join(times.below([_line(one, times) for one in devices])) or nobody)


@device_app.command("revoke")
def revoke_device(
    device: Which,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Only shut it out: it keeps what it holds, and its results wait there."),
    ] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Shut a laptop out from this moment on, and have it hold nothing more once it is next in a network.

    What it sent stays. What it had not sent is handed in sealed and waits: “canvass-hq review”. A new code lets it in again.
    """
    from .devices import revoke
    from .office import open_office
    from .ward import find

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            found = find(office, device)
            revoke(office, found.device_id, wipe=not keep)
        finally:
            office.close()
    changed = int(found.state != "revoked" or found.wipe == keep)
    report = {
        **_nothing(1 - changed),
        "changed": changed,
        "device": found.device_id.hex(),
        "name": found.name,
    }
    show(
        report,
        as_json,
        say(
            f"“{found.name}” ({found.number}) is shut out. What it had sent stays here. {_what_next(keep)} "
            f"“canvass-hq device report {found.number}” says what it held.",
            f"« {found.name} » ({found.number}) n’a plus accès. Ce qu’il avait envoyé reste ici. {_what_next(keep)} "
            f"« canvass-hq device report {found.number} » dit ce qu’il contenait.",
        )
        if changed
        else say(
            f"“{found.name}” ({found.number}) was shut out before. Nothing was changed.",
            f"« {found.name} » ({found.number}) n’avait déjà plus accès. Rien n’a été modifié.",
        ),
    )


@device_app.command("ridings")
def show_ridings(
    device: Which,
    riding: Annotated[
        list[str] | None, typer.Option("--riding", help="A riding it may see from now on; again for more.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every riding, later ones too.")] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Change which ridings a laptop may see. Those it loses leave it at its next contact, with nothing lost."""
    from canvass_app.domain.errors import InputError

    from .devices import narrow
    from .office import open_office
    from .ridings import scope_named
    from .ward import find

    with told():
        if bool(riding) == every:
            raise InputError(_WHICH)
        office = open_office(settings_of(data, passphrase_file))
        try:
            found = find(office, device)
            wanted = scope_named(office, riding)
            changed = int(narrow(office, found.device_id, wanted))
        finally:
            office.close()
    report = {
        **_nothing(1 - changed), "changed": changed, "device": found.device_id.hex(), "name": found.name,
        "ridings": "*" if wanted is None else sorted(wanted),
    }  # fmt: skip
    show(
        report,
        as_json,
        say(
            f"“{found.name}” ({found.number}) sees these ridings from its next contact on.",
            f"« {found.name} » ({found.number}) voit ces circonscriptions à partir de son prochain contact.",
        )
        if changed
        else say("Nothing was changed.", "Rien n’a été modifié."),
    )


_WHICH = Text(
    "Say which ridings: --riding NUMBER, or --all. Nothing was changed.",
    "Indiquez les circonscriptions : --riding NUMÉRO, ou --all. Rien n’a été modifié.",
)


def _what_next(keep: bool) -> str:
    if keep:
        return say(
            "It keeps what it holds until it gets a new code.",
            "Il garde ce qu’il contient jusqu’à ce qu’il reçoive un nouveau code.",
        )
    return say(
        "At its next contact it hands in what is unsent and then holds nothing more.",
        "À son prochain contact, il remet ce qui n’est pas envoyé, puis ne contient plus rien.",
    )


@device_app.command("report")
def report_device(
    device: Which, data: Data = None, passphrase_file: PassphraseFile = None, as_json: AsJson = False
) -> None:
    """What a laptop held when it was last here: ridings, how many people, which lists are out. No names of people."""
    from .office import open_office
    from .ward import find, held_by

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            found = find(office, device)
            held, times = held_by(office, found), Times(office.time_zone())
        finally:
            office.close()
    report = {
        **_nothing(len(held)),
        **_facts(found),
        "held": [
            {
                "riding": one.riding_id, "doors": one.doors, "people": one.people, "results": one.attempts,
                "last_result": _iso(one.last_ms),
                "lists_out": [
                    {"list": list_code(number), "canvasser": who, "lines": lines}
                    for number, who, lines in one.lists_out
                ],
            }
            for one in held
        ],
    }  # fmt: skip
    lines = [_line(found, times), *_declared(found), *_wards(found, times)]
    for one in held:
        last = Text(", the last of {when}", ", le dernier du {when}").fill(when=times.when(one.last_ms))
        last = last if one.last_ms else ""
        lines.append(
            say(
                "Riding {number}: up to {doors:door|doors} and {people:person|people}; results that came from it: "
                "{attempts}{last}.",
                "Circonscription {number} : au plus {doors:porte|portes} et {people:personne|personnes}; résultats qui en sont "
                "venus : {attempts}{last}.",
                number=one.riding_id % 100_000,
                doors=one.doors,
                people=one.people,
                attempts=one.attempts,
                last=last,
            )
        )
        lines += [
            say(
                "  List {code} is out with {who}: {count:line|lines}.",
                "  La liste {code} est chez {who} : {count:ligne|lignes}.",
                code=list_code(number),
                who=who or "?",
                count=count,
            )
            for number, who, count in one.lists_out
        ]
    show(report, as_json, "\n".join(times.below(lines)))


def _nothing(unchanged: int) -> dict[str, Any]:
    return {"added": 0, "changed": 0, "unchanged": unchanged, "left_out": []}


def _facts(one: Known) -> dict[str, Any]:
    return {
        "device": one.device_id.hex(), "name": one.name, "role": one.role.value, "state": one.state,
        "ridings": "*" if one.ridings is None else sorted(one.ridings), "given_to": list(one.given_to),
        "joined": _iso(one.joined_ms), "seen": _iso(one.seen_ms), "events": one.events,
        "declared": one.declared, "declared_by": list(one.declared_by), "declared_at": _iso(one.declared_ms),
        "to_be_emptied": one.wipe, "told": _iso(one.told_ms), "emptied": _iso(one.emptied_ms), "waiting": one.waiting,
    }  # fmt: skip


def _line(one: Known, times: Times) -> str:
    states = {
        "in": say("let in", "a accès"),
        "ended": say("needs a new code", "a besoin d’un nouveau code"),
        "revoked": say("shut out", "n’a plus accès"),
    }
    scope = (
        say("every riding", "toutes les circonscriptions")
        if one.ridings is None
        else ", ".join(str(riding % 100_000) for riding in sorted(one.ridings))
    )
    seen = (
        say("last here {when}", "vu le {when}", when=times.when(one.seen_ms))
        if one.seen_ms
        else say("never here", "jamais vu")
    )
    state = states[one.state]
    if one.wipe:
        state += say(", emptied", ", vidé") if one.emptied_ms else say(", to be emptied", ", à vider")
    if one.given_to:
        names = ", ".join(one.given_to)
        scope += say(f", of it what is given to {names}", f", dont ce qui est confié à {names}")
    parts = [one.number, one.name or "?", NAMES[one.role].say(language()), state, seen, scope]
    if one.declared_by or not one.declared:
        parts.append(_who_declared(one, times))
    return "   ".join(parts)


def _who_declared(one: Known, times: Times) -> str:
    names, when = ", ".join(one.declared_by), times.when(one.declared_ms)
    if one.declared:
        return say(f"declaration accepted by {names}, {when}", f"déclaration acceptée par {names}, {when}")
    if names:
        return say(
            f"declaration not accepted since it changed (before: {names}, {when})",
            f"déclaration pas acceptée depuis qu’elle a changé (avant : {names}, {when})",
        )
    return say("declaration not accepted", "déclaration pas acceptée")


def _declared(one: Known) -> list[str]:
    if one.declared:
        return []
    return [
        say(
            "Until its declaration is accepted there, it sends and is handed nothing.",
            "Tant que la déclaration n’y est pas acceptée, il envoie et ne reçoit rien.",
        )
    ]


def _wards(one: Known, times: Times) -> list[str]:
    lines: list[str] = []
    if one.wipe and not one.told_ms:
        lines.append(
            say(
                "It was not here since: it still holds what follows.",
                "Il n’est pas revenu depuis : il contient encore ce qui suit.",
            )
        )
    elif one.wipe and not one.emptied_ms:
        lines.append(
            say(
                "It was told to hold nothing more on {told}, and has not said yet that it was done.",
                "Le {told}, il a reçu l’ordre de tout retirer; il n’a pas encore dit que c’était fait.",
                told=times.when(one.told_ms),
            )
        )
    elif one.wipe:
        lines.append(
            say(
                "Told to hold nothing more on {told}; done on {emptied}. It held:",
                "Ordre de tout retirer reçu le {told}; fait le {emptied}. Il contenait :",
                told=times.when(one.told_ms),
                emptied=times.when(one.emptied_ms),
            )
        )
    if one.waiting:
        lines.append(
            say(
                f"Handed in and waiting for you: {one.waiting} (canvass-hq review list).",
                f"Remis et en attente de votre décision : {one.waiting} (canvass-hq review list).",
            )
        )
    return lines


def _iso(ms: int) -> str | None:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds") if ms else None
