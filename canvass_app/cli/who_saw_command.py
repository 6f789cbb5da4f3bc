"""Who saw a person, from the command line of a laptop: by its own log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canvass_app.domain.errors import InputError
from canvass_app.domain.riding import parse_riding
from canvass_app.domain.text import Text

from .finding import find_person
from .options import takes_session
from .session import Session

if TYPE_CHECKING:
    from canvass_app.services.audit import Sight
    from canvass_app.services.book import Book

_NOBODY = Text(
    "As far as this laptop’s record goes, nobody saw this person here.",
    "D’après le registre de cet ordinateur, personne n’a vu cette personne ici.",
)
_ONLY_HERE = Text(
    "This is what was done on this laptop. An organiser asks headquarters for all of them: “canvass-hq who-saw”.",
    "Voilà ce qui a été fait sur cet ordinateur. Un responsable interroge le quartier général pour tous : "
    "« canvass-hq who-saw ».",
)
_DATE = Text(
    "“{text}” is not a date. Write it as 2026-11-23. Nothing was changed.",
    "« {text} » n’est pas une date. Écrivez-la ainsi : 2026-11-23. Rien n’a été modifié.",
)


@takes_session
def who_saw(
    session: Session,
    person: Annotated[str, typer.Argument(help="The person's name, or the id that the command showed.")],
    riding: Annotated[str, typer.Option("--riding", help="Riding number, such as 59036.")],
    since: Annotated[str, typer.Option("--since", help="Only from this day on (2026-11-23).")] = "",
    author: Annotated[str, typer.Option("--name", help="Who asks; it is recorded.")] = "",
) -> None:
    """Who saw a person on this laptop: when, and what was done. That it was asked is recorded."""
    from canvass_app.domain.accesses import Access
    from canvass_app.services.audit import record, who_saw_here

    riding_id = parse_riding(riding)
    with session.book() as book:
        since_ms = _since(book, since)
        person_id = find_person(book, riding_id, person, session.language)
        found = who_saw_here(book, riding_id, person_id, since_ms=since_ms)
        record(book, Access.ASKED, riding_id, people=[person_id], what="who-saw", who=author or None)
        lines = [_line(book, one, session.language) for one in found]
    session.answer(
        {"riding": riding_id, "person": person_id.hex(), "seen": [_row(one) for one in found]},
        [*(lines or [_NOBODY.say(session.language)]), _ONLY_HERE.say(session.language)],
    )


def _since(book: Book, text: str) -> int:
    from zoneinfo import ZoneInfo

    if not text:
        return 0
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=ZoneInfo(book.time_zone))
    except ValueError as error:
        raise InputError(_DATE.fill(text=text)) from error
    return max(0, int(moment.timestamp() * 1000))


def _row(one: Sight) -> dict[str, Any]:
    moment = datetime.fromtimestamp(one.wall_ms / 1000, UTC)
    return {
        "when": moment.isoformat(timespec="milliseconds"), "act": one.act, "who": one.who,
        "device": one.device_id.hex(), "what": one.what, "numbers": list(one.numbers), "reason": one.reason,
        "people": one.count,
    }  # fmt: skip


def _line(book: Book, one: Sight, language: str) -> str:
    from canvass_app.services.audit_words import act_words, extent_words, what_words
    from canvass_app.storage.days import local_clock, local_day

    moment = f"{local_day(one.wall_ms, book.time_zone)} {local_clock(one.wall_ms, book.time_zone)}"
    parts = (
        moment, one.who or "?", act_words(one).say(language), what_words(one).say(language),
        extent_words(one).say(language), one.reason,
    )  # fmt: skip
    return "   ".join(part for part in parts if part)
