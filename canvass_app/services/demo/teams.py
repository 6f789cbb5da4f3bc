"""The demo's teams: who is in them, their evenings so far, and what is planned from today on."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from typing import Any

from canvass_app.ledger.kinds import (
    GatheringAdded,
    MemberAdded,
    MemberAttended,
    MemberJoined,
    MemberSignedUp,
    TeamAdded,
)
from canvass_app.services.act import Act
from canvass_app.services.book import Book
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.days import moment_of

from .settings import DEMO_RIDING, demo_file

_MINUTE_MS = 60_000


def add_demo_teams(book: Book, author: str) -> ChangeSet:
    """Write the demo's teams, members and events in one act. Somebody of two teams is one member."""
    teams: list[dict[str, Any]] = json.loads(demo_file("teams.json").read_text("utf-8"))["teams"]
    known: dict[str, bytes] = {}
    with book.act(author) as act:
        for says in teams:
            team = os.urandom(16)
            act.add(
                DEMO_RIDING, team, TeamAdded(name=says["name"], place=says["place"], remark=says["remark"])
            )
            members = [_member(act, team, one, known) for one in says["members"]]
            for event in says["events"]:
                _event(book, act, team, event, members)
    return act.changes


def _member(act: Act, team: bytes, says: dict[str, Any], known: dict[str, bytes]) -> bytes:
    name = str(says["name"])
    member = known.get(name)
    if member is None:
        member = known[name] = os.urandom(16)
        languages = tuple(says["languages"].split(", "))
        body = MemberAdded(
            name=name, phone=says["phone"], email=says["email"], languages=languages, needs=says["needs"]
        )  # fmt: skip
        act.add(DEMO_RIDING, member, body)
    act.add(DEMO_RIDING, member, MemberJoined(team=team, role=says["role"]))
    return member


def _event(book: Book, act: Act, team: bytes, says: dict[str, Any], members: list[bytes]) -> None:
    day = says.get("date") or _day_in(book, says["in_days"])
    moments = [moment_of(day, says[one], book.time_zone) for one in ("start", "end")]
    start, end = [moment // _MINUTE_MS for moment in moments if moment is not None]
    gathering = os.urandom(16)
    act.add(
        DEMO_RIDING,
        gathering,
        GatheringAdded(
            team=team, sort=says["sort"], when=(start, end), place=says["place"], places=says["places"],
            remark=says["remark"],
        ),
    )  # fmt: skip
    for answer in ("coming", "maybe", "no"):
        for who in _of(says[answer], members):
            act.add(DEMO_RIDING, who, MemberSignedUp(gathering=gathering, answer=answer))
    for came in ("came", "absent"):
        for who in _of(says[came], members):
            act.add(DEMO_RIDING, who, MemberAttended(gathering=gathering, came=came))


def _of(places: list[int], members: list[bytes]) -> list[bytes]:
    return [members[at] for at in places]


def _day_in(book: Book, days: int) -> str:
    return (date.fromisoformat(book.today()) + timedelta(days=days)).isoformat()
