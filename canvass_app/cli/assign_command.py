"""Giving turfs to volunteers by their needs, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from canvass_app.domain.text import Text

from .list_commands import turfs_app
from .options import Author, RidingOption, outcome, takes_session
from .session import COMMAND_LINE, Session
from .street_commands import the_riding

if TYPE_CHECKING:
    from canvass_app.services.assigning import Proposed
    from canvass_app.services.book import Book


@turfs_app.command("assign")
@takes_session
def turfs_assign(
    session: Session,
    riding: RidingOption = None,
    team: Annotated[str, typer.Option("--team", help="Only members of this team.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    name: Author = COMMAND_LINE,
) -> None:  # fmt: skip
    """Give turfs that nobody has to members who have none, by their needs and languages."""
    from canvass_app.services.assigning import accept_assignment, propose_assignment

    with session.book() as book:
        riding_id = the_riding(book, riding)
        found = propose_assignment(book, riding_id, member_ids=_members(book, riding_id, team))
        pairs = [one.pair for one in found if one.pair is not None]
        if pairs and not dry_run:
            accept_assignment(book, riding_id, pairs, author=name)
    session.answer(
        {
            **outcome(0 if dry_run else len(pairs), riding=riding_id),
            "proposed": [_row(one, session.language) for one in found],
        },
        [
            *(_line(one, session.language) for one in found),
            (_WOULD if dry_run else _GIVEN).fill(turfs=len(pairs)).say(session.language),
        ],
    )


def _members(book: Book, riding_id: int, team: str) -> list[bytes] | None:
    from canvass_app.services.team_rows import find_team, list_members

    if not team.strip():
        return None
    return [one.member_id for one in list_members(book, riding_id, find_team(book, riding_id, team).team_id)]


def _row(one: Proposed, language: str) -> dict[str, Any]:
    turf = one.turf
    return {
        "turf": turf.name if turf else None,
        "turf_id": turf.turf_id.hex() if turf else None,
        "minutes": turf.minutes if turf else None,
        "metres": turf.metres if turf else None,
        "member": one.member or None,
        "member_id": one.member_id.hex() if one.member_id else None,
        "reasons": [text.say(language) for text in one.reasons],
        "warnings": [text.say(language) for text in one.warnings],
    }


def _line(one: Proposed, language: str) -> str:
    turf, why = one.turf, "; ".join(text.say(language) for text in (*one.reasons, *one.warnings))
    minutes = f"{turf.minutes:>4} min" if turf else " " * 8
    kilometres = f"{turf.metres / 1000:>5.1f} km" if turf else " " * 8
    if language == "fr":
        kilometres = kilometres.replace(".", ",")
    return f"{turf.name if turf else '–':<16} {minutes} {kilometres}  {one.member or '–':<24} {why}".rstrip()


_GIVEN = Text("{turfs:turf|turfs} given.", "{turfs:secteur confié|secteurs confiés}.")
_WOULD = Text(
    "{turfs:turf|turfs} would be given. This was a rehearsal: nothing was changed.",
    "{turfs:secteur serait confié|secteurs seraient confiés}. C’était un essai : rien n’a été modifié.",
)
