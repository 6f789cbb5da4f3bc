"""The progress of a riding: figures with their denominators, by day, turf and support; and this laptop's shifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from canvass_app.domain.codes import CONTACT_CODES
from canvass_app.domain.metrics import Ratio
from canvass_app.domain.support import IDENTIFIED, LEVELS
from canvass_app.ledger.events import open_event
from canvass_app.ledger.fold import attempts, fold_subject
from canvass_app.storage.database import Connection
from canvass_app.storage.log import voided_shifts

from .book import Book

# The script's question that counts as a pledge, and the answer that counts (campaign settings).
PLEDGE_QUESTION, PLEDGE_ANSWER = "pledge", "yes"
# Above this the shift was typed from paper, and its times say nothing of the walk (field guide: 25 doors/h dense).
MAX_WALKED_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class DayRow:
    """One evening, by the campaign's calendar.

    `doors` were attempted for the first time in it. `identified`, `supporters` and `pledges` count people as they
    stand now, each in the evening of their last conversation.
    """

    day: str
    attempts: int
    contacts: int
    doors: int = 0
    identified: int = 0
    supporters: int = 0
    pledges: int = 0


@dataclass(frozen=True, slots=True)
class TurfProgress:
    """One turf: its doors, those of them that were attempted, and the attempts and contacts at them, whenever and
    for whichever turf they were made. `turf_id` is b"" for the doors that are in no turf."""

    turf_id: bytes
    name: str
    color: int
    doors: int
    attempted: int
    attempts: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Walked:
    """The shifts whose results were noted while walking, so that their times say how fast the walk went."""

    shifts: int = 0
    attempts: int = 0
    hours: float = 0.0

    @property
    def per_hour(self) -> float | None:
        """Attempts per hour; None when no shift was timed."""
        return self.attempts / self.hours if self.hours else None


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """What the progress screen shows.

    `by_support` counts people by level, second choices folded in; people who moved or died are in none of the
    counts of people. `by_state` counts doors by `DoorState`. `no_turf` is about doors outside every turf in use.
    """

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
    no_turf: TurfProgress
    by_state: dict[int, int]
    walked: Walked
    people: int

    @property
    def doors_per_hour(self) -> float | None:
        """Attempts per hour of the shifts that were timed; None while there are none."""
        return self.walked.per_hour


def progress(book: Book, riding_id: int) -> ProgressReport:
    """The present figures of a riding on this laptop."""
    return figures(book.read(), riding_id)


def figures(db: Connection, riding_id: int) -> ProgressReport:
    """The present figures of a riding, from its projections, whoever keeps them: laptop and headquarters alike."""
    by_code = {
        str(code): int(count)
        for code, count in db.query(
            "SELECT code, COUNT(*) FROM attempt WHERE riding_id = ? GROUP BY code", (riding_id,)
        )
    }
    attempts = sum(by_code.values())
    contacts = sum(count for code, count in by_code.items() if code in CONTACT_CODES)
    doors, tried = db.query(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN attempts > 0 THEN 1 ELSE 0 END), 0) FROM door WHERE riding_id = ?",
        (riding_id,),
    )[0]
    by_state = db.query("SELECT state, COUNT(*) FROM door WHERE riding_id = ? GROUP BY state", (riding_id,))
    people = db.query("SELECT COUNT(*) FROM person WHERE riding_id = ? AND gone = ''", (riding_id,))[0][0]
    by_support = _by_support(db, riding_id)
    pledges = db.query(
        "SELECT COUNT(*) FROM answer a JOIN person p ON p.riding_id = a.riding_id AND p.person_id = a.person_id"
        " WHERE a.riding_id = ? AND a.question = ? AND a.answer = ? AND p.gone = ''",
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
        by_day=_by_day(db, riding_id),
        by_turf=_by_turf(db, riding_id),
        no_turf=_no_turf(db, riding_id),
        by_state={int(state): int(count) for state, count in by_state},
        walked=_walked(db, riding_id),
        people=int(people),
    )


def _level(support: str) -> str:
    return support if support in LEVELS else support[:1]


def _by_support(db: Connection, riding_id: int) -> dict[str, int]:
    counted = dict.fromkeys(LEVELS, 0)
    for support, count in db.query(
        "SELECT support, COUNT(*) FROM person WHERE riding_id = ? AND support <> '' AND gone = ''"
        " GROUP BY support",
        (riding_id,),
    ):
        counted[_level(str(support))] += int(count)
    return counted


def _by_day(db: Connection, riding_id: int) -> list[DayRow]:
    rows = db.query(
        "SELECT day, COUNT(*), SUM(contact) FROM attempt WHERE riding_id = ? GROUP BY day ORDER BY day",
        (riding_id,),
    )
    doors = {
        str(day): int(count)
        for day, count in db.query(
            "SELECT day, COUNT(*) FROM (SELECT MIN(day) AS day FROM attempt WHERE riding_id = ? GROUP BY door_id) t"
            " GROUP BY day",
            (riding_id,),
        )
    }
    people = _people_by_day(db, riding_id)
    nobody = (0, 0, 0)
    return [
        DayRow(str(day), int(made), int(met), doors.get(str(day), 0), *people.get(str(day), nobody))
        for day, made, met in rows
    ]


def _people_by_day(db: Connection, riding_id: int) -> dict[str, tuple[int, int, int]]:
    """(identified, supporters, pledges) by the evening of each person's last conversation."""
    rows = db.query(
        "SELECT MAX(a.day), p.support, COALESCE(w.answer, '') FROM attempt a"
        " LEFT JOIN alias al ON al.riding_id = a.riding_id AND al.alias_id = a.person_id"
        " JOIN person p ON p.riding_id = a.riding_id AND p.person_id = COALESCE(al.subject, a.person_id)"
        " LEFT JOIN answer w ON w.riding_id = p.riding_id AND w.person_id = p.person_id AND w.question = ?"
        " WHERE a.riding_id = ? AND a.code = 'canvassed' AND p.gone = ''"
        " GROUP BY p.person_id, p.support, COALESCE(w.answer, '')",
        (PLEDGE_QUESTION, riding_id),
    )
    counted: dict[str, tuple[int, int, int]] = {}
    for day, support, pledge in rows:
        level = _level(str(support))
        known, for_us, pledged = counted.get(str(day), (0, 0, 0))
        counted[str(day)] = (
            known + (level in IDENTIFIED),
            for_us + (level in ("1", "2")),
            pledged + (str(pledge) == PLEDGE_ANSWER),
        )
    return counted


_TURF_FIGURES = (
    "COUNT(d.door_id), COALESCE(SUM(CASE WHEN d.attempts > 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(d.attempts), 0),"
    " COALESCE(SUM(d.contacts), 0)"
)


def _by_turf(db: Connection, riding_id: int) -> list[TurfProgress]:
    rows = db.query(
        f"SELECT t.turf_id, t.name, t.color, {_TURF_FIGURES}"
        " FROM turf t JOIN turf_door td ON td.riding_id = t.riding_id AND td.turf_id = t.turf_id"
        " JOIN door d ON d.riding_id = td.riding_id AND d.door_id = td.door_id"
        " WHERE t.riding_id = ? AND t.retired = 0 GROUP BY t.turf_id, t.name, t.color, t.rank ORDER BY t.rank, t.turf_id",
        (riding_id,),
    )
    return [
        TurfProgress(bytes(turf), name, int(color), *(int(figure) for figure in figures))
        for turf, name, color, *figures in rows
    ]


def _no_turf(db: Connection, riding_id: int) -> TurfProgress:
    figures = db.query(
        f"SELECT {_TURF_FIGURES} FROM door d WHERE d.riding_id = ? AND NOT EXISTS (SELECT 1 FROM turf_door td"
        " JOIN turf t ON t.riding_id = td.riding_id AND t.turf_id = td.turf_id AND t.retired = 0"
        " WHERE td.riding_id = d.riding_id AND td.door_id = d.door_id)",
        (riding_id,),
    )[0]
    return TurfProgress(b"", "", -1, *(int(figure) for figure in figures))


def _walked(db: Connection, riding_id: int) -> Walked:
    """The shifts whose results were noted while walking; a shift that was left open counts evening by evening."""
    shifts, attempts, hours = 0, 0, 0.0
    for count, first, last in db.query(
        "SELECT COUNT(*), MIN(wall_ms), MAX(wall_ms) FROM attempt WHERE riding_id = ? AND shift <> ?"
        " GROUP BY shift, day",
        (riding_id, b""),
    ):
        length = (int(last) - int(first)) / 3_600_000
        if int(count) > 1 and length > 0 and int(count) / length <= MAX_WALKED_PER_HOUR:
            shifts += 1
            attempts += int(count)
            hours += length
    return Walked(shifts, attempts, hours)


@dataclass(frozen=True, slots=True)
class ShiftHere:
    """The results that one person recorded on this device in one day; `pending` of them are not at HQ yet."""

    volunteer: str
    day: str
    results: int
    pending: int


def shifts_here(book: Book) -> list[ShiftHere]:
    """What was recorded on this device, in all its ridings, the latest day first."""
    rows = book.read().query(
        "SELECT COALESCE(s.volunteer, a.author), a.day, COUNT(*),"
        " SUM(CASE WHEN a.device_seq > COALESCE(l.acked_through, 0) THEN 1 ELSE 0 END) FROM attempt a"
        " LEFT JOIN device_log l ON l.riding_id = a.riding_id AND l.device_id = a.device_id"
        " LEFT JOIN shift s ON s.riding_id = a.riding_id AND s.shift_id = a.shift"
        " WHERE a.device_id = ? GROUP BY COALESCE(s.volunteer, a.author), a.day ORDER BY a.day DESC, 1",
        (book.device_id,),
    )
    return [ShiftHere(str(who), str(day), int(count), int(pending)) for who, day, count, pending in rows]


def recount(book: Book, riding_id: int) -> dict[str, int]:
    """The totals again, straight from the events and past every projection: what doctor compares with."""
    db = book.read()
    voided = voided_shifts(db, riding_id)
    subjects: dict[bytes, list[Any]] = {}
    for raw, stamp in db.query("SELECT raw, stamp FROM event WHERE riding_id = ?", (riding_id,)):
        event = open_event(bytes(raw), stamp)
        subjects.setdefault(event.subject, []).append(event)
    made = [
        code
        for events in subjects.values()
        for _, code in attempts(events, fold_subject(events, voided), voided)
    ]
    return {"attempts": len(made), "contacts": sum(code in CONTACT_CODES for code in made)}
