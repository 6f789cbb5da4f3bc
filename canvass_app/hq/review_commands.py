"""`canvass-hq review`: what laptops handed in that may not push any more, and a person's word on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canvass_app.domain.text import Text

from .console import AsJson, Data, PassphraseFile, Times, language, say, settings_of, show, told

if TYPE_CHECKING:
    from .handing_in import Waiting

review_app = typer.Typer(
    help="What laptops that are shut out, or lost a riding, handed in.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Which = Annotated[str, typer.Argument(help="Its number, or the beginning of it.", metavar="NUMBER")]


@review_app.command("list")
def list_waiting(data: Data = None, passphrase_file: PassphraseFile = None, as_json: AsJson = False) -> None:
    """What waits for a decision, the oldest first. Nothing of it counts yet."""
    from .handing_in import all_waiting
    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            found, times = all_waiting(office), Times(office.time_zone())
        finally:
            office.close()
    report = {
        "added": 0, "changed": 0, "unchanged": len(found), "left_out": [], "waiting": [_facts(one) for one in found],
    }  # fmt: skip
    nothing = say("Nothing waits for a decision.", "Rien n’attend de décision.")
    show(report, as_json, "\n".join(times.below([_line(one, times) for one in found])) or nothing)


@review_app.command("show")
def show_one(
    number: Which, data: Data = None, passphrase_file: PassphraseFile = None, as_json: AsJson = False
) -> None:
    """What is in it: who wrote it, when, and how much of what. No names of people at doors."""
    from .handing_in import find_waiting
    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            found, times = find_waiting(office, number), Times(office.time_zone())
        finally:
            office.close()
    report = {"added": 0, "changed": 0, "unchanged": 1, "left_out": [], **_facts(found)}
    show(report, as_json, "\n".join(times.below([_line(found, times), *_details(found, times)])))


@review_app.command("accept")
def accept_one(
    number: Which, data: Data = None, passphrase_file: PassphraseFile = None, as_json: AsJson = False
) -> None:
    """Take it: it counts from now on, as if it had been sent in time."""
    from .handing_in import accept, find_waiting
    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            found = find_waiting(office, number)
            taken = accept(office, found)
        finally:
            office.close()
    report = {
        "added": taken.events, "changed": 0, "unchanged": taken.already, "left_out": [], "number": found.number,
        "forks": taken.forks, "quarantined": taken.quarantined,
    }  # fmt: skip
    show(
        report,
        as_json,
        say(
            "{number}: {events:event|events} taken; here already: {already}.",
            "{number} : {events:événement pris|événements pris}; déjà là : {already}.",
            number=found.number,
            events=taken.events,
            already=taken.already,
        ),
    )


@review_app.command("leave")
def leave_one(
    number: Which,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Do not take it: it is removed for good, and nothing of it ever counts."""
    from .handing_in import find_waiting, leave
    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            found = find_waiting(office, number)
            events = sum(found.kinds.values())
            if not yes:
                typer.confirm(
                    say(
                        "Remove {events:event|events} of “{name}” for good?",
                        "Supprimer définitivement {events:événement|événements} de « {name} »?",
                        events=events,
                        name=found.device_name,
                    ),
                    abort=True,
                    err=True,
                )
            leave(office, found)
        finally:
            office.close()
    report = {
        "added": 0,
        "changed": 1,
        "unchanged": 0,
        "left_out": [],
        "number": found.number,
        "events": events,
    }
    show(report, as_json, say(f"{found.number} is removed.", f"{found.number} est supprimé."))


_KINDS = {
    "attempt.made": Text("knocks and calls", "visites et appels"),
    "attempt.corrected": Text("corrected results", "résultats corrigés"),
    "support.marked": Text("support levels", "niveaux d’appui"),
    "answer.given": Text("answers", "réponses"),
    "note.written": Text("notes", "notes"),
    "shift.opened": Text("shifts opened", "quarts ouverts"),
    "shift.closed": Text("shifts closed", "quarts terminés"),
    "bar.set": Text("do not contact", "ne pas contacter"),
    "person.added": Text("people added", "personnes ajoutées"),
    "person.described": Text("details of people", "renseignements sur des personnes"),
    "residence.began": Text("people who moved in", "emménagements"),
    "residence.ended": Text("people who are gone", "départs"),
    "roster.added": Text("imported files", "fichiers importés"),
    "turf.cut": Text("turfs", "secteurs"),
    "walk_list.issued": Text("lists issued", "listes remises"),
    "walk_list.returned": Text("lists returned", "listes rendues"),
}
"""What people call the kinds of events that most often wait; any other goes by its name."""


def _facts(one: Waiting) -> dict[str, Any]:
    return {
        "number": one.number, "device": one.device_id.hex(), "name": one.device_name, "received": _iso(one.received_ms),
        "shut_out": _iso(one.revoked_ms), "ridings": one.ridings, "kinds": one.kinds, "authors": one.authors,
        "first": _iso(one.first_ms), "last": _iso(one.last_ms), "after_shut_out": one.after,
    }  # fmt: skip


def _line(one: Waiting, times: Times) -> str:
    events = sum(one.kinds.values())
    return say(
        "{number}   “{name}”   {events:event|events}   handed in {when}",
        "{number}   « {name} »   {events:événement|événements}   remis le {when}",
        number=one.number,
        name=one.device_name,
        events=events,
        when=times.when(one.received_ms),
    )


def _details(one: Waiting, times: Times) -> list[str]:
    lines = [
        say(
            "Written from {first} to {last}, by the laptop’s clock.",
            "Écrit du {first} au {last}, selon l’horloge de l’ordinateur.",
            first=times.when(one.first_ms),
            last=times.when(one.last_ms),
        ),
        say("Ridings: ", "Circonscriptions : ") + ", ".join(str(riding % 100_000) for riding in one.ridings),
        *(
            f"  {_KINDS[kind].say(language()) if kind in _KINDS else kind}{say(':', ' :')} {count}"
            for kind, count in one.kinds.items()
        ),
        *(f"  {author or '?'}{say(':', ' :')} {count}" for author, count in one.authors.items()),
    ]
    if one.revoked_ms:
        lines.append(
            say(
                "Shut out on {when}; written after that: {after}.",
                "Sans accès depuis le {when}; écrits après : {after}.",
                when=times.when(one.revoked_ms),
                after=one.after,
            )
        )
    return lines


def _iso(ms: int) -> str | None:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds") if ms else None
