"""Reading turfs: summaries for tables and maps."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .book import Book

TurfState = Literal["proposed", "ready", "out", "in_progress", "done"]
"""`proposed`: of a cut that nobody has accepted yet; such a turf is in no table of the book."""


class TurfSummary(NamedTuple):
    """A turf as tables and the map show it. `attempted` and `done` count doors in this pass."""

    turf_id: bytes
    name: str
    assigned: str
    color: int
    doors: int
    people: int
    minutes: int
    metres: int
    attempted: int
    done: int
    lists: int
    state: TurfState
    retired: bool


def list_turfs(book: Book, riding_id: int, include_retired: bool = False) -> list[TurfSummary]:
    """The turfs of a riding in the order in which they were made."""
    db = book.read()
    people = {
        bytes(turf): int(count)
        for turf, count in db.query(
            "SELECT td.turf_id, COUNT(*) FROM turf_door td JOIN person p ON p.riding_id = td.riding_id"
            " AND p.door_id = td.door_id AND p.gone = '' WHERE td.riding_id = ? GROUP BY td.turf_id",
            (riding_id,),
        )
    }
    lists = {
        bytes(turf): (int(issued), int(open_lists))
        for turf, issued, open_lists in db.query(
            "SELECT turf_id, COUNT(*), SUM(1 - returned) FROM walk_list WHERE riding_id = ? GROUP BY turf_id",
            (riding_id,),
        )
    }
    rows = db.query(
        "SELECT t.turf_id, t.name, t.assigned, t.color, t.seconds, t.metres, t.retired, COUNT(d.door_id),"
        " SUM(CASE WHEN d.state > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN d.state > 1 THEN 1 ELSE 0 END)"
        " FROM turf t LEFT JOIN turf_door td ON td.riding_id = t.riding_id AND td.turf_id = t.turf_id"
        " LEFT JOIN door d ON d.riding_id = td.riding_id AND d.door_id = td.door_id"
        " WHERE t.riding_id = ? GROUP BY t.turf_id, t.name, t.assigned, t.color, t.seconds, t.metres, t.retired, t.rank"
        " ORDER BY t.rank, t.turf_id",
        (riding_id,),
    )
    summaries: list[TurfSummary] = []
    for turf, name, assigned, color, seconds, metres, retired, doors, attempted, done in rows:
        if retired and not include_retired:
            continue
        issued, still_out = lists.get(bytes(turf), (0, 0))
        summaries.append(
            TurfSummary(
                bytes(turf), name, assigned, int(color), int(doors), people.get(bytes(turf), 0), round(seconds / 60),
                int(metres), int(attempted or 0), int(done or 0), issued,
                _state(int(doors), int(attempted or 0), int(done or 0), still_out), bool(retired),
            )
        )  # fmt: skip
    return summaries


def _state(doors: int, attempted: int, done: int, lists_out: int) -> TurfState:
    if doors and done == doors:
        return "done"
    if attempted:
        return "in_progress"
    return "out" if lists_out else "ready"


def turf_door_ids(book: Book, riding_id: int, turf_id: bytes) -> list[bytes]:
    """The doors of a turf in walk order."""
    rows = book.read().query(
        "SELECT door_id FROM turf_door WHERE riding_id = ? AND turf_id = ? ORDER BY position",
        (riding_id, turf_id),
    )
    return [bytes(row[0]) for row in rows]


def has_draft(book: Book, riding_id: int) -> bool:
    """Whether a cut of this riding is in hand (services/drafts.py)."""
    return bool(book.read().query("SELECT 1 FROM draft WHERE riding_id = ?", (riding_id,)))


def canvasser_names(book: Book) -> list[str]:
    """Names of people who walked or typed here before and of teams' members, for completion."""
    rows = book.read().query(
        "SELECT volunteer FROM shift WHERE volunteer <> '' UNION SELECT assigned FROM turf WHERE assigned <> ''"
        " UNION SELECT canvasser FROM walk_list WHERE canvasser <> ''"
        " UNION SELECT m.name FROM member m JOIN team_member tm ON tm.riding_id = m.riding_id"
        " AND tm.member_id = m.member_id ORDER BY 1"
    )
    return [str(row[0]) for row in rows]
