"""What became of a turf each time it was walked: one row for each of its lists."""

from __future__ import annotations

from typing import NamedTuple

from canvass_app.domain.numbers import list_code
from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import TurfChanged, TurfCut
from canvass_app.storage.days import local_day
from canvass_app.storage.log import events_of

from .book import Book
from .progress import MAX_WALKED_PER_HOUR


class TurfPass(NamedTuple):
    """One list of a turf: doors on it, doors tried, attempts, contacts, and the minutes of walking (0 where nobody can tell:
    results that were typed in from paper come faster than anybody walks)."""

    number: int
    list_id: bytes
    canvasser: str
    issued_day: str
    returned: bool
    doors: int
    tried: int
    attempts: int
    contacts: int
    minutes: int

    @property
    def code(self) -> str:
        """Its number as printed."""
        return list_code(self.number)


class TurfMaking(NamedTuple):
    """Who made a turf and on which local day, and on which day it was last changed by whom ("" where it never was)."""

    author: str
    day: str
    changed_by: str
    changed_day: str


def turf_passes(book: Book, riding_id: int, turf_id: bytes) -> list[TurfPass]:
    """The lists of a turf, the newest first."""
    rows = book.read().query(
        "SELECT w.number, w.list_id, w.canvasser, w.issued_ms, w.returned, w.doors, COUNT(DISTINCT a.door_id), COUNT(a.door_id),"
        " COALESCE(SUM(a.contact), 0)"
        " FROM walk_list w LEFT JOIN attempt a ON a.riding_id = w.riding_id AND a.walk_list = w.number"
        " WHERE w.riding_id = ? AND w.turf_id = ?"
        " GROUP BY w.number, w.list_id, w.canvasser, w.issued_ms, w.returned, w.doors ORDER BY w.issued_ms DESC, w.number DESC",
        (riding_id, turf_id),
    )
    minutes = _minutes(book, riding_id, turf_id)
    found: list[TurfPass] = []
    for number, list_id, who, issued, returned, doors, tried, attempts, contacts in rows:
        found.append(
            TurfPass(
                int(number), bytes(list_id), str(who), local_day(int(issued), book.time_zone), bool(returned), int(doors),
                int(tried), int(attempts), int(contacts), minutes.get(int(number), 0),
            )
        )  # fmt: skip
    return found


def _minutes(book: Book, riding_id: int, turf_id: bytes) -> dict[int, int]:
    """Minutes between the first and the last result of each list's shifts, evening by evening, as progress counts them."""
    walked: dict[int, float] = {}
    for number, count, first, last in book.read().query(
        "SELECT a.walk_list, COUNT(*), MIN(a.wall_ms), MAX(a.wall_ms) FROM attempt a JOIN walk_list w"
        " ON w.riding_id = a.riding_id AND w.number = a.walk_list WHERE a.riding_id = ? AND w.turf_id = ?"
        " GROUP BY a.walk_list, a.shift, a.day",
        (riding_id, turf_id),
    ):
        hours = (int(last) - int(first)) / 3_600_000
        if int(count) > 1 and hours > 0 and int(count) / hours <= MAX_WALKED_PER_HOUR:
            walked[int(number)] = walked.get(int(number), 0.0) + hours * 60
    return {number: round(minutes) for number, minutes in walked.items()}


def turf_making(book: Book, riding_id: int, turf_id: bytes) -> TurfMaking:
    """Who made a turf, and who changed it last."""
    events = sorted(
        events_of(book.read(), riding_id, {turf_id}).get(turf_id, []), key=lambda e: (e.order, e.key)
    )
    made = next((e for e in events if isinstance(e.body, TurfCut)), None)
    changed = next((e for e in reversed(events) if isinstance(e.body, TurfChanged)), None)

    def day(event: Event | None) -> str:
        return local_day(event.wall_ms, book.time_zone) if event is not None else ""

    return TurfMaking(
        made.author if made is not None else "",
        day(made),
        changed.author if changed is not None else "",
        day(changed),
    )
