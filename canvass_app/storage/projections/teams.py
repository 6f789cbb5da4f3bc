"""Teams, their members and their events, with who said that they come and who came."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from canvass_app.domain.address import fold
from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import Fields, Folded, fold_subject, is_set, standing
from canvass_app.ledger.kinds import TeamAdded, Value
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import delete_in, events_of, voided_shifts

_TEAM, _SIGN_UP, _CAME = "team:", "signup:", "came:"
# Two hashes of a PIN always differ, and nobody could say which one is right: the later one simply holds.
_NEVER_ASKED = frozenset({"pin"})
_MINUTE_MS = 60_000


def refold_teams(db: Connection, riding_id: int, teams: Collection[bytes]) -> None:
    """Write these teams anew."""
    if not teams:
        return
    delete_in(db, "team", "team_id", riding_id, teams)
    for team, events, fields in _folded(db, riding_id, teams):
        if "name" not in fields:
            continue
        db.run(
            "INSERT INTO team (riding_id, team_id, name, place, remark, shut, rank) VALUES (?,?,?,?,?,?,?)",
            (
                riding_id, team, _text(fields, "name"), _text(fields, "place"), _text(fields, "remark"),
                int(is_set(fields, "shut")),
                min((event.order for event in events if isinstance(event.body, TeamAdded)), default=0),
            ),
        )  # fmt: skip


def refold_members(db: Connection, riding_id: int, members: Collection[bytes]) -> None:
    """Write these members anew: who they are, their teams, what they answered and where they came."""
    if not members:
        return
    for table in ("member", "team_member", "sign_up"):
        delete_in(db, table, "member_id", riding_id, members)
    for member, _, fields in _folded(db, riding_id, members):
        if "name" not in fields:
            continue
        name = _text(fields, "name")
        languages = _value(fields, "languages")
        spoken = languages if isinstance(languages, tuple) else ()
        db.run(
            "INSERT INTO member (riding_id, member_id, name, search, phone, email, languages, needs, pin)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            (
                riding_id, member, name, fold(name), _text(fields, "phone"), _text(fields, "email"),
                ", ".join(map(str, spoken)), _text(fields, "needs"),
                _text(fields, "pin"),
            ),
        )  # fmt: skip
        db.run_many(
            "INSERT INTO team_member (riding_id, team_id, member_id, role) VALUES (?,?,?,?)",
            [(riding_id, team, member, role) for team, role in _by_id(fields, _TEAM).items() if role],
        )
        answers, came = _by_id(fields, _SIGN_UP), _by_id(fields, _CAME)
        db.run_many(
            "INSERT INTO sign_up (riding_id, gathering_id, member_id, answer, came) VALUES (?,?,?,?,?)",
            [
                (riding_id, one, member, answers.get(one, ""), came.get(one, ""))
                for one in sorted(answers.keys() | came.keys())
                if answers.get(one) or came.get(one)
            ],
        )


def members_here(db: Connection, riding_id: int, ids: Collection[bytes]) -> set[bytes]:
    """Those of the ids that are members'."""
    rows = query_in(
        db, "SELECT member_id FROM member WHERE riding_id = ? AND member_id IN (??)", (riding_id,), ids
    )
    return {bytes(row[0]) for row in rows}


def refold_gatherings(db: Connection, riding_id: int, gatherings: Collection[bytes]) -> None:
    """Write these events of teams anew."""
    if not gatherings:
        return
    delete_in(db, "gathering", "gathering_id", riding_id, gatherings)
    for gathering, _, fields in _folded(db, riding_id, gatherings):
        when, team = _value(fields, "when"), _value(fields, "team")
        if not (isinstance(when, tuple) and len(when) == 2 and isinstance(team, bytes)):
            continue
        start, end = (max(0, minute) * _MINUTE_MS if isinstance(minute, int) else 0 for minute in when)
        places = _value(fields, "places")
        db.run(
            "INSERT INTO gathering (riding_id, gathering_id, team_id, sort, start_ms, end_ms, place, places, remark,"
            " cancelled) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                riding_id, gathering, team, _text(fields, "sort") or "canvass", start, end, _text(fields, "place"),
                max(0, places) if isinstance(places, int) else 0, _text(fields, "remark"),
                int(is_set(fields, "cancelled")),
            ),
        )  # fmt: skip


def _folded(
    db: Connection, riding_id: int, subjects: Collection[bytes]
) -> list[tuple[bytes, list[Event], Fields]]:
    voided = voided_shifts(db, riding_id)
    events = events_of(db, riding_id, subjects)
    found = [
        (one, events.get(one, []), fold_subject(events.get(one, []), voided)) for one in sorted(subjects)
    ]
    note_conflicts(db, riding_id, {one: _asked(fields) for one, _, fields in found})
    return [(one, standing(own, voided), fields) for one, own, fields in found]


def _asked(fields: Fields) -> Mapping[str, Folded]:
    return {name: state for name, state in fields.items() if name not in _NEVER_ASKED}


def _value(fields: Fields, name: str) -> Value:
    """A field's value. A decision may have set it to anything, so whoever uses it looks at its type."""
    return fields[name].value if name in fields else None


def _text(fields: Fields, name: str) -> str:
    return str(fields[name].value or "") if name in fields else ""


def _by_id(fields: Fields, prefix: str) -> dict[bytes, str]:
    """What fields about a team or an event say, by its id; a name that holds none is nobody's."""
    named = re.compile(f"{prefix}([0-9a-f]{{32}})").fullmatch
    return {
        bytes.fromhex(found[1]): str(state.value or "")
        for name, state in sorted(fields.items())
        if (found := named(name))
    }
