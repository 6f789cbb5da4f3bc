"""Erasing a person from the command line: found by name, shown, confirmed, taken."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canvass_app.domain.riding import parse_riding
from canvass_app.domain.text import Text

from .finding import find_person
from .options import Author, outcome, takes_session
from .session import Session

if TYPE_CHECKING:
    from canvass_app.services.erasure import ErasurePreview

    from .session import Session


@takes_session
def erase(
    session: Session,
    person: Annotated[str, typer.Argument(help="The person's name, or the id that the command showed.")],
    riding: Annotated[str, typer.Option("--riding", help="Riding number, such as 59036.")],
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    keep_notes: Annotated[
        bool, typer.Option("--keep-notes", help="Keep notes about doors and others that name the person.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="How they asked, without their name.")] = "",
    author: Author = "",
) -> None:
    """Erase a person for good: everywhere on this laptop, and at headquarters and on others with the next sync."""
    from canvass_app.services.erasure import erase_person, preview_erasure

    riding_id = parse_riding(riding)
    with session.book() as book:
        found = preview_erasure(book, riding_id, find_person(book, riding_id, person, session.language))
        agreed = yes or _agrees(session, found, keep_notes)
        if agreed:
            words = () if keep_notes else None
            erase_person(book, riding_id, found.person_id, author=author, reason=reason, words=words)
    shown = [] if agreed and not yes else _shown(found, session.language)
    session.answer(
        _report(found, agreed, session.language),
        [*shown, (_DONE if agreed else _NOTHING).say(session.language)],
    )


def _agrees(session: Session, found: ErasurePreview, keep_notes: bool) -> bool:
    if session.as_json or not sys.stdin.isatty():
        return False
    print("\n".join(_shown(found, session.language)))
    if found.words and not keep_notes:
        print("\n".join(f"  {'×' if one.suggested else ' '} {one.where}: {one.text}" for one in found.words))
    said = input(_ASK.say(session.language) + " ").strip().lower()
    return said in ("yes", "oui")


def _shown(found: ErasurePreview, language: str) -> list[str]:
    from canvass_app.services.erasure import FOR_EVER

    who = " · ".join((found.name, *found.places))
    return [who, *(line.say(language) for line in (*found.lines(), FOR_EVER))]


def _report(found: ErasurePreview, erased: bool, language: str) -> dict[str, Any]:
    """What was or would be taken; once it is done nothing of the person is repeated."""
    return outcome(
        int(erased), unchanged=int(not erased), erased=erased, riding=found.riding_id,
        person="" if erased else found.person_id.hex(), records=found.records, rows=found.rows,
        events=sum(found.events.values()), attempts_kept=found.attempts, list_lines=len(found.lists),
        notes=len(found.words), backups=found.backups, lines=[] if erased else _shown(found, language),
    )  # fmt: skip


_ASK = Text(
    "Erase this person for good? Type “yes”:", "Effacer cette personne pour toujours? Tapez « oui » :"
)
_DONE = Text(
    "Erased on this laptop: record, files, lists, journal and backups. Sync, so that headquarters and the other "
    "laptops erase too. Paper and copies outside of Canvass are yours to destroy.",
    "Effacée sur cet ordinateur : registre, fichiers, listes, journal et sauvegardes. Synchronisez pour que le quartier "
    "général et les autres ordinateurs effacent aussi. Le papier et les copies hors de Canvass restent à détruire.",
)
_NOTHING = Text(
    "Nothing was changed. Add --yes to erase.", "Rien n’a été modifié. Ajoutez --yes pour effacer."
)
