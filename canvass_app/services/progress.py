"""The progress of a riding: figures with their denominators, by day, turf and support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from canvass_app.domain.codes import CONTACT_CODES
from canvass_app.domain.metrics import Ratio
from canvass_app.domain.support import IDENTIFIED, LEVELS
from canvass_app.ledger.events import open_event
from canvass_app.ledger.fold import counts, fold_subject
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.storage.log import voided_shifts

from .book import Book

# The script's question that counts as a pledge, and the answer that counts (campaign settings).
PLEDGE_QUESTION, PLEDGE_ANSWER = "pledge", "yes"
# Above this the shift was typed from paper, and its times say nothing of the walk (field guide: 25 doors/h dense).
MAX_WALKED_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class DayRow:
    """One evening."""

    day: str
    attempts: int
    contacts: int
    identified: int


@dataclass(frozen=True, slots=True)
class TurfProgress:
    """One turf: doors in it, doors attempted, attempts and contacts made for it."""

    turf_id: bytes
    name: str
    color: int
    doors: int
    attempted: int
    attempts: int
    contacts: int


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """What the progress screen shows. `by_support` counts people by level, second choices folded in."""

    riding_id: int
    attempts: int
    contacts: int
    contact_rate: Ratio
    doors: Ratio
    identified: int
    supporters: int
    pledges: int
    by_support: dict[str, int]
    by_code: dict[str, int]
    by_day: list[DayRow]
    by_turf: list[TurfProgress]
    doors_per_hour: float | None
    people: int


def progress(book: Book, riding_id: int) -> ProgressReport:
    """The present figures of a riding, from the projections."""
    db = book.read()
    by_code = {
        str(code): int(count)
        for code, count in db.query(
            "SELECT code, COUNT(*) FROM attempt WHERE riding_id = ? GROUP BY code", (riding_id,)
        )
    }
    attempts = sum(by_code.values())
    contacts = sum(count for code, count in by_code.items() if code in CONTACT_CODES)
    doors, tried, people = db.query(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN attempts > 0 THEN 1 ELSE 0 END), 0),"
        " (SELECT COUNT(*) FROM person p WHERE p.riding_id = ? AND p.gone = '') FROM door WHERE riding_id = ?",
        (riding_id, riding_id),
    )[0]
    by_support = _by_support(book, riding_id)
    pledges = db.query(
        "SELECT COUNT(*) FROM answer WHERE riding_id = ? AND question = ? AND answer = ?",
        (riding_id, PLEDGE_QUESTION, PLEDGE_ANSWER),
    )[0][0]
    return ProgressReport(
        riding_id=riding_id,
        attempts=attempts,
        contacts=contacts,
        contact_rate=Ratio(contacts, attempts),
        doors=Ratio(int(tried), int(doors)),
        identified=sum(count for level, count in by_support.items() if level in IDENTIFIED),
        supporters=by_support.get("1", 0) + by_support.get("2", 0),
        pledges=int(pledges),
        by_support=by_support,
        by_code=by_code,
        by_day=_by_day(book, riding_id),
        by_turf=_by_turf(book, riding_id),
        doors_per_hour=_doors_per_hour(book, riding_id),
        people=int(people),
    )


def _level(support: str) -> str:
    return support if support in LEVELS else support[:1]


def _by_support(book: Book, riding_id: int) -> dict[str, int]:
    counted = dict.fromkeys(LEVELS, 0)
    for support, count in book.read().query(
        "SELECT support, COUNT(*) FROM person WHERE riding_id = ? AND support <> '' GROUP BY support",
        (riding_id,),
    ):
        counted[_level(str(support))] += int(count)
    return counted


def _by_day(book: Book, riding_id: int) -> list[DayRow]:
    rows = book.read().query(
        "SELECT day, COUNT(*), SUM(contact), SUM(CASE WHEN code = 'canvassed' THEN 1 ELSE 0 END) FROM attempt"
        " WHERE riding_id = ? GROUP BY day ORDER BY day",
        (riding_id,),
    )
    return [DayRow(str(day), int(made), int(met), int(talked)) for day, made, met, talked in rows]


def _by_turf(book: Book, riding_id: int) -> list[TurfProgress]:
    db = book.read()
    made = {
        bytes(turf): (int(count), int(met))
        for turf, count, met in db.query(
            "SELECT turf_id, COUNT(*), SUM(contact) FROM attempt WHERE riding_id = ? GROUP BY turf_id",
            (riding_id,),
        )
    }
    rows = db.query(
        "SELECT t.turf_id, t.name, t.color, COUNT(d.door_id), SUM(CASE WHEN d.attempts > 0 THEN 1 ELSE 0 END)"
        " FROM turf t JOIN turf_door td ON td.riding_id = t.riding_id AND td.turf_id = t.turf_id"
        " JOIN door d ON d.riding_id = td.riding_id AND d.door_id = td.door_id"
        " WHERE t.riding_id = ? AND t.retired = 0 GROUP BY t.turf_id, t.name, t.color, t.rank ORDER BY t.rank, t.turf_id",
        (riding_id,),
    )
    return [
        TurfProgress(
            bytes(turf), name, int(color), int(doors), int(tried or 0), *made.get(bytes(turf), (0, 0))
        )
        for turf, name, color, doors, tried in rows
    ]


def _doors_per_hour(book: Book, riding_id: int) -> float | None:
    """Attempts per hour over the shifts whose results were noted while walking; None when there are none."""
    walked, hours = 0, 0.0
    for count, first, last in book.read().query(
        "SELECT COUNT(*), MIN(wall_ms), MAX(wall_ms) FROM attempt WHERE riding_id = ? GROUP BY shift",
        (riding_id,),
    ):
        length = (int(last) - int(first)) / 3_600_000
        if int(count) > 1 and length > 0 and int(count) / length <= MAX_WALKED_PER_HOUR:
            walked += int(count)
            hours += length
    return walked / hours if hours else None


def recount(book: Book, riding_id: int) -> dict[str, int]:
    """The totals again, straight from the events and past every projection: what doctor compares with."""
    db = book.read()
    voided = voided_shifts(db, riding_id)
    subjects: dict[bytes, list[Any]] = {}
    for raw, stamp in db.query("SELECT raw, stamp FROM event WHERE riding_id = ?", (riding_id,)):
        event = open_event(bytes(raw), stamp)
        subjects.setdefault(event.subject, []).append(event)
    attempts = contacts = 0
    for events in subjects.values():
        fields = fold_subject(events, voided)
        for event in events:
            if isinstance(event.body, AttemptMade) and counts(event, voided):
                corrected = fields.get(f"attempt:{event.key.device_id.hex()}:{event.key.device_seq}")
                code = str(corrected.value) if corrected else event.body.code
                attempts += bool(code)
                contacts += code in CONTACT_CODES
    return {"attempts": attempts, "contacts": contacts}
