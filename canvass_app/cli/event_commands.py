"""Events of teams from the command line: planned, answered, attended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.domain.typed_words import ANSWERS, CAME, SORTS, code_of, either_of

from .options import Author, RidingOption, outcome, ridings_of, takes_session
from .session import COMMAND_LINE, Session
from .team_commands import Member, Note, Place, Team, riding_meant

if TYPE_CHECKING:
    from canvass_app.ledger.kinds.teams import Answer, Came
    from canvass_app.services.team_rows import GatheringRow, MemberRow

event_app = typer.Typer(help="Events of teams: who comes, and who came.", rich_markup_mode=None)

Event = Annotated[str, typer.Argument(help="The event's id, its beginning, or its day if it is alone on it.")]


@event_app.command("list")
@takes_session
def event_list(
    session: Session,
    riding: RidingOption = None,
    team: Annotated[str, typer.Option("--team", help="Only this team's.")] = "",
) -> None:
    """List the events, the next ones first: who comes, who has not answered, who came."""
    from canvass_app.services.team_rows import find_team, list_gatherings, silent_members

    said: list[dict[str, Any]] = []
    lines: list[str] = []
    with session.book() as book:
        for riding_id in [riding_meant(book, riding)] if team else ridings_of(book, riding):
            one_team = find_team(book, riding_id, team).team_id if team else None
            for row in list_gatherings(book, riding_id, one_team):
                silent = [one.name for one in silent_members(book, riding_id, row.gathering_id)]
                said.append(_event(riding_id, row, silent))
                lines.append(_event_line(row, session.language))
    session.answer({"events": said}, lines or [_NO_EVENTS.say(session.language)])


def _event(riding_id: int, row: GatheringRow, silent: list[str]) -> dict[str, Any]:
    return {
        "id": row.gathering_id.hex(), "riding": riding_id, "team": row.team, "sort": row.sort, "day": row.day,
        "start": row.start, "end": row.end, "place": row.place, "places": row.places, "note": row.remark,
        "cancelled": row.cancelled, "past": row.past, "coming": row.coming, "maybe": row.maybe,
        "not_coming": row.declined, "no_answer": silent, "came": row.came, "absent": row.absent,
    }  # fmt: skip


def _event_line(row: GatheringRow, language: str) -> str:
    from canvass_app.domain.gatherings import SORTS as SPOKEN

    sort = SPOKEN[row.sort].say(language) if row.sort in SPOKEN else row.sort
    mark = f"  ({_CANCELLED.say(language)})" if row.cancelled else ""
    figures = _EVENT_FIGURES.fill(coming=row.coming, maybe=row.maybe, silent=row.silent, came=row.came)
    what = ", ".join(filter(None, (sort, row.place)))
    head = f"{row.gathering_id.hex()[:8]}  {row.day} {row.start}-{row.end}  {_OF_TEAM.fill(team=row.team, what=what).say(language)}"
    return f"{head}{mark}  {figures.say(language)}"


@event_app.command("add")
@takes_session
def event_add(
    session: Session,
    team: Team,
    sort: Annotated[str, typer.Argument(help="canvass, calls or training.")],
    day: Annotated[str, typer.Argument(help="Such as 2015-10-14.")],
    start: Annotated[str, typer.Argument(help="Such as 18:00, where the campaign is.")],
    end: Annotated[str, typer.Argument(help="Such as 21:00.")],
    riding: RidingOption = None,
    place: Place = "",
    places: Annotated[int, typer.Option("--places", help="How many can come; 0: no limit.")] = 0,
    note: Note = "",
    name: Author = COMMAND_LINE,
) -> None:
    """Plan an event of a team."""
    from canvass_app.services.team_rows import find_team
    from canvass_app.services.teams import GatheringFields, add_gathering

    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found = find_team(book, riding_id, team)
        fields = GatheringFields(code_of(sort, SORTS) or sort, day, start, end, place, str(places), note)
        made = add_gathering(book, riding_id, found.team_id, fields, author=name)
    session.answer(
        outcome(0, added=1, id=made.id.hex()),
        [_PLANNED.fill(what=f"{found.name}, {day} {start}").say(session.language)],
    )


@event_app.command("cancel")
@takes_session
def event_cancel(
    session: Session,
    event: Event,
    riding: RidingOption = None,
    again: Annotated[bool, typer.Option("--again", help="It takes place after all.")] = False,
    name: Author = COMMAND_LINE,
) -> None:
    """Cancel an event, or hold it after all; its answers stay."""
    from canvass_app.services.team_rows import find_gathering
    from canvass_app.services.teams import cancel_gathering

    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found = find_gathering(book, riding_id, event)
        changed = found.cancelled == again
        if changed:
            cancel_gathering(book, riding_id, found.gathering_id, not again, author=name)
    words = _HELD if again else _CANCELLED_NOW
    session.answer(
        outcome(int(changed), unchanged=int(not changed), id=found.gathering_id.hex()),
        [words.fill(what=f"{found.team}, {found.day} {found.start}").say(session.language)],
    )


@event_app.command("sign-up")
@takes_session
def event_sign_up(
    session: Session,
    event: Event,
    member: Member,
    answer: Annotated[str, typer.Argument(help="coming, maybe, no, or withdrawn.")] = "coming",
    riding: RidingOption = None,
    name: Author = COMMAND_LINE,
) -> None:
    """Note what a member answers."""
    from canvass_app.services.team_rows import find_gathering, find_member
    from canvass_app.services.teams import sign_up

    wanted = cast("Answer | None", code_of(answer, ANSWERS))
    if wanted is None:
        raise InputError(_ANSWER_WORDS.fill(words=either_of(ANSWERS)))
    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found, who = find_gathering(book, riding_id, event), find_member(book, riding_id, member)
        sign_up(book, riding_id, found.gathering_id, who.member_id, wanted, author=name)
    _noted(session, found, who)


@event_app.command("attend")
@takes_session
def event_attend(
    session: Session,
    event: Event,
    member: Member,
    came: Annotated[str, typer.Argument(help="came, absent, or unknown.")] = "came",
    riding: RidingOption = None,
    name: Author = COMMAND_LINE,
) -> None:
    """Note whether a member came."""
    from canvass_app.services.team_rows import find_gathering, find_member
    from canvass_app.services.teams import attend

    wanted = cast("Came | None", code_of(came, CAME))
    if wanted is None:
        raise InputError(_CAME_WORDS.fill(words=either_of(CAME)))
    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found, who = find_gathering(book, riding_id, event), find_member(book, riding_id, member)
        attend(book, riding_id, found.gathering_id, who.member_id, wanted, author=name)
    _noted(session, found, who)


def _noted(session: Session, event: GatheringRow, who: MemberRow) -> None:
    session.answer(
        outcome(1, id=event.gathering_id.hex(), member=who.member_id.hex()),
        [_NOTED.fill(name=who.name, day=event.day, start=event.start).say(session.language)],
    )


_OF_TEAM = Text("{team}: {what}", "{team} : {what}")
_CANCELLED = Text("cancelled", "annulée")
_PLANNED = Text("Planned: {what}.", "Prévu : {what}.")
_NO_EVENTS = Text(
    "No events yet. “canvass-app event add” plans one.",
    "Aucune activité pour le moment. « canvass-app event add » en prévoit une.",
)
_EVENT_FIGURES = Text(
    "coming: {coming}, maybe: {maybe}, no answer: {silent}, came: {came}",
    "viennent : {coming}, peut-être : {maybe}, sans réponse : {silent}, présences : {came}",
)
_CANCELLED_NOW = Text("Cancelled: {what}.", "Annulée : {what}.")
_HELD = Text("It takes place: {what}.", "Elle a lieu : {what}.")
_NOTED = Text("Noted: {name}, {day} {start}.", "Noté : {name}, {day} {start}.")
_ANSWER_WORDS = Text(
    "The answer is {words}. Nothing was changed.",
    "La réponse est {words}. Rien n’a été modifié.",
)
_CAME_WORDS = Text(
    "Say {words}. Nothing was changed.",
    "Dites {words}. Rien n’a été modifié.",
)
