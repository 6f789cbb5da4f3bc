"""What the screen shows, read at once on a worker thread."""

from __future__ import annotations

from typing import NamedTuple

from canvass_app.services.book import Book
from canvass_app.services.team_rows import (
    GatheringRow,
    MemberRow,
    RollRow,
    TeamRow,
    list_gatherings,
    list_members,
    list_teams,
    roll_of,
)


class Shown(NamedTuple):
    """Everything on the screen, read at once."""

    riding: int
    teams: list[TeamRow]
    team: TeamRow | None
    events: list[GatheringRow]
    event: GatheringRow | None
    roll: list[RollRow]
    members: list[MemberRow]


def read_teams(book: Book, riding_id: int, team_id: bytes | None, event_id: bytes | None) -> Shown:
    """The riding's teams, with the events, roll and members of the one wanted (else of the first)."""
    teams = list_teams(book, riding_id, closed=True)
    team = next((one for one in teams if one.team_id == team_id), teams[0] if teams else None)
    if team is None:
        return Shown(riding_id, teams, None, [], None, [], [])
    events = list_gatherings(book, riding_id, team.team_id)
    held = next((one for one in events if not one.cancelled), events[0] if events else None)
    event = next((one for one in events if one.gathering_id == event_id), held)
    members = list_members(book, riding_id, team.team_id)
    roll = (
        roll_of(book, riding_id, event.gathering_id)
        if event is not None
        else [RollRow(one.member_id, one.name, one.phone, one.needs, one.role, "", "") for one in members]
    )
    known = {one.member_id for one in members}
    if any(one.member_id not in known for one in roll):
        members += [one for one in list_members(book, riding_id) if one.member_id not in known]
    return Shown(riding_id, teams, team, events, event, roll, members)
