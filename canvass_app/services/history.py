"""The history of anything on a screen: every event about it, newest first, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, Key
from canvass_app.ledger.fold import Folded, counts, fold_subject
from canvass_app.ledger.kinds import (
    KINDS,
    AttemptCorrected,
    AttemptMade,
    Body,
    NoteWritten,
    RosterAdded,
    WalkListIssued,
)
from canvass_app.storage.database import query_in
from canvass_app.storage.days import local_clock, local_day
from canvass_app.storage.log import events_of, resolve, subjects_of_shift, voided_shifts
from canvass_app.storage.roster_store import door_entries, person_entries, rosters_here

from .book import Book
from .decision_rows import subject_events
from .event_words import event_words
from .field_words import Words, phone_label, plain
from .history_undo import asks_reason, undo_label
from .naming_lists import lines_naming

HistoryKind = Literal["door", "person", "turf", "list", "shift", "import", "phone"]
HISTORY_KINDS: tuple[HistoryKind, ...] = ("door", "person", "turf", "list", "shift", "import", "phone")
Standing = Literal["counts", "replaced", "corrected", "taken_back", "waits", "voided", "erased", "unknown"]
PAGE = 100

_ENTITY = {"list": "walk_list", "import": "roster", "phone": "number"}
_KINDS_OF: dict[str, HistoryKind] = {
    "door": "door", "person": "person", "turf": "turf", "walk_list": "list", "shift": "shift",
}  # fmt: skip
_WORDS: dict[str, Text] = {
    "counts": Text("counts", "compte"),
    "replaced": Text("a newer entry stands instead", "une saisie plus récente compte à sa place"),
    "corrected": Text("corrected since: {code}", "corrigé depuis : {code}"),
    "taken_back": Text("taken back", "annulé"),
    "waits": Text("does not stand; needs a decision", "non retenu; décision à prendre"),
    "voided": Text("its shift is voided", "son quart est annulé"),
    "withdrawn": Text("withdrawn", "retiré"),
    "erased": Text("erased", "effacé"),
    "unknown": Text(
        "written by a newer version; kept until this one knows it",
        "écrit par une version plus récente; conservé en attendant que celle-ci le comprenne",
    ),
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One event. `about` names its subject where that is not what the history is of; `about_what` has its own history."""

    key: Key
    kind: str
    about: Text | None
    about_what: tuple[HistoryKind, bytes] | None
    said: Text
    author: str
    wall_ms: int
    day: str
    clock: str
    device: Text
    standing: Standing
    standing_words: Text
    undo: Text | None
    undo_asks_reason: bool


@dataclass(frozen=True, slots=True)
class History:
    """A page of a history, newest first; `total` counts all of it."""

    riding_id: int
    kind: HistoryKind
    id: bytes
    name: Text
    rows: tuple[HistoryRow, ...]
    offset: int
    total: int


def history_of(
    book: Book, riding_id: int, kind: HistoryKind, one: bytes, *, offset: int = 0, limit: int = PAGE
) -> History:
    """The history of a door, person, turf, list, shift or import by its id, or of a phone number by its digits."""
    words = Words(book, riding_id)
    found = _collected(book, riding_id, kind, one)
    events = sorted(found.values(), key=lambda e: (e.wall_ms, e.hlc, e.key), reverse=True)
    page = events[offset : offset + limit]
    voided = voided_shifts(book.read(), riding_id)
    groups = subject_events(book, riding_id, {e.subject for e in page})
    subjects = resolve(book.read(), riding_id, {e.subject for e in page})
    folds = {subject: fold_subject(group, voided) for subject, group in groups.items()}
    own = resolve(book.read(), riding_id, [one])[one] if kind != "phone" else b""
    rows = [
        _row(book, words, e, groups[subjects[e.subject]], folds[subjects[e.subject]], voided, own)
        for e in page
    ]
    name = (
        plain(phone_label(one.decode())) if kind == "phone" else words.subject(_ENTITY.get(kind, kind), one)
    )
    return History(riding_id, kind, one, name, tuple(rows), offset, len(events))


def _row(
    book: Book,
    words: Words,
    event: Event,
    group: Sequence[Event],
    folded: Mapping[str, Folded],
    voided: frozenset[bytes],
    own: bytes,
) -> HistoryRow:
    entity = event.entity
    standing, said = _standing(event, folded, voided)
    subject = resolve(book.read(), event.riding_id, [event.subject])[event.subject]
    # A file's words name it already.
    elsewhere = entity != "roster" and subject != own
    undo = undo_label(book, event, group) if standing == "counts" or standing == "corrected" else None
    return HistoryRow(
        key=event.key,
        kind=event.kind,
        about=words.subject(entity, event.subject) if elsewhere and entity else None,
        about_what=(_KINDS_OF[entity], subject) if elsewhere and entity in _KINDS_OF else None,
        said=event_words(words, event) if standing != "erased" else _WORDS["erased"],
        author=event.author,
        wall_ms=event.wall_ms,
        day=local_day(event.wall_ms, book.time_zone),
        clock=local_clock(event.wall_ms, book.time_zone),
        device=words.device(event.key.device_id),
        standing=standing,
        standing_words=said,
        undo=undo,
        undo_asks_reason=undo is not None and asks_reason(event),
    )


# --- whether it counts --------------------------------------------------------------------------


def counting(event: Event, folded: Mapping[str, Folded], voided: frozenset[bytes]) -> bool:
    """Whether an event is part of what the screens show now."""
    return _standing(event, folded, voided)[0] in ("counts", "corrected")


def _standing(event: Event, folded: Mapping[str, Folded], voided: frozenset[bytes]) -> tuple[Standing, Text]:
    body = event.body
    if body is None:
        known = KINDS.get(event.kind)
        erased = known is not None and event.version <= known.VERSION
        return ("erased", _WORDS["erased"]) if erased else ("unknown", _WORDS["unknown"])
    if not counts(event, voided):
        return "voided", _WORDS["voided"]
    if isinstance(body, AttemptMade | NoteWritten | RosterAdded):
        return _appended(event, body, folded)
    fields = [folded[name] for name in body.sets() if name in folded]
    if not fields or any(event.key == field.winner for field in fields):
        return "counts", _WORDS["counts"]
    said = body.sets()
    if any(event.key in folded[name].heads for name in said if name in folded):
        agrees = all(folded[name].value == value for name, value in said.items() if name in folded)
        return ("counts", _WORDS["counts"]) if agrees else ("waits", _WORDS["waits"])
    return "replaced", _WORDS["replaced"]


def _appended(event: Event, body: Body, folded: Mapping[str, Folded]) -> tuple[Standing, Text]:
    """What sets no field itself, and is taken back or corrected by a field of its own."""
    mark = f"{event.key.device_id.hex()}:{event.key.device_seq}"
    if isinstance(body, NoteWritten):
        field = folded.get(f"note:{mark}")
        return ("taken_back", _WORDS["withdrawn"]) if field and field.value else ("counts", _WORDS["counts"])
    if isinstance(body, RosterAdded):
        field = folded.get("withdrawn")
        return ("taken_back", _WORDS["withdrawn"]) if field and field.value else ("counts", _WORDS["counts"])
    field = folded.get(f"attempt:{mark}")
    if field is None or not isinstance(body, AttemptMade) or field.value == body.code:
        return "counts", _WORDS["counts"]
    if not field.value:
        return "taken_back", _WORDS["taken_back"]
    code = BY_CODE[str(field.value)].name if str(field.value) in BY_CODE else plain(str(field.value))
    words = _WORDS["corrected"]
    return "corrected", Text(words.en.format(code=code.en), words.fr.format(code=code.fr))


# --- which events -------------------------------------------------------------------------------

_Found = dict[Key, Event]


def _collected(book: Book, riding_id: int, kind: HistoryKind, one: bytes) -> _Found:
    collect = {
        "door": _of_door, "person": _of_person, "turf": _of_turf, "list": _of_list, "shift": _of_shift,
        "phone": _of_phone,
    }.get(kind)  # fmt: skip
    events = collect(book, riding_id, one) if collect else _group(book, riding_id, [one])
    # What was issued again under another number is one thing said; the original stands for it.
    once: dict[bytes, Event] = {}
    for event in sorted(events, key=lambda e: (e.reissue_of is not None, e.key)):
        once.setdefault(event.identity, event)
    return {event.key: event for event in once.values()}


def _group(book: Book, riding_id: int, ids: Iterable[bytes]) -> list[Event]:
    return [event for events in subject_events(book, riding_id, ids).values() for event in events]


def _imports_of(book: Book, riding_id: int, kind: Literal["doors", "people"], ids: set[bytes]) -> list[Event]:
    """What is known of the files, withdrawn ones too, that list any of these ids."""
    db = book.read()
    rosters: set[bytes] = set()
    for withdrawn in (False, True):
        here = rosters_here(db, riding_id, withdrawn=withdrawn)
        entries = door_entries if kind == "doors" else person_entries
        listed = entries(db, riding_id, ids, withdrawn=withdrawn)
        rosters |= {here[place].roster_id for rows in listed.values() for place, _ in rows}
    return [event for events in events_of(db, riding_id, rosters).values() for event in events]


def _of_door(book: Book, riding_id: int, one: bytes) -> list[Event]:
    """The door's own events, those of the people who live there, and the files that list it."""
    door = resolve(book.read(), riding_id, [one])[one]
    own = _group(book, riding_id, [door])
    people = book.read().query(
        "SELECT person_id FROM person WHERE riding_id = ? AND door_id = ?", (riding_id, door)
    )
    ids = {door, one, *(e.subject for e in own)}
    return [
        *own,
        *_group(book, riding_id, [bytes(row[0]) for row in people]),
        *_imports_of(book, riding_id, "doors", ids),
    ]


def _of_person(book: Book, riding_id: int, one: bytes) -> list[Event]:
    """The person's own events, the attempts at which they were met, the bars on their number, the lists that were printed
    with them, and the files that list them."""
    db = book.read()
    person = resolve(db, riding_id, [one])[one]
    own = _group(book, riding_id, [person])
    ids = {person, one, *(e.subject for e in own)}
    homes = {
        bytes(value)
        for e in own
        if e.body
        for value in [e.body.sets().get("home")]
        if isinstance(value, bytes)
    }
    rows = query_in(
        db, "SELECT door_id FROM person WHERE riding_id = ? AND person_id IN (??)", (riding_id,), ids
    )
    met = query_in(
        db, "SELECT door_id FROM attempt WHERE riding_id = ? AND person_id IN (??)", (riding_id,), ids
    )
    homes |= {bytes(row[0]) for row in (*rows, *met)}
    at_doors = _group(book, riding_id, homes)
    attempts = {e.key: e for e in at_doors if isinstance(e.body, AttemptMade) and e.body.person in ids}
    corrected = [
        e
        for e in at_doors
        if isinstance(e.body, AttemptCorrected) and Key(e.body.device, e.body.seq) in attempts
    ]
    return [
        *own, *attempts.values(), *corrected, *_bars_on_numbers(book, riding_id, ids), *_lists_naming(book, riding_id, ids),
        *_imports_of(book, riding_id, "people", ids),
    ]  # fmt: skip


def _bars_on_numbers(book: Book, riding_id: int, people: set[bytes]) -> list[Event]:
    """What was said of the numbers that these people have."""
    sql = "SELECT DISTINCT phone FROM person WHERE riding_id = ? AND phone <> '' AND person_id IN (??)"
    numbers = {phone_number(str(row[0])) for row in query_in(book.read(), sql, (riding_id,), people)} - {""}
    return _group(book, riding_id, [phone_subject(riding_id, number) for number in sorted(numbers)])


def _lists_naming(book: Book, riding_id: int, people: set[bytes]) -> list[Event]:
    """The issues of the walk lists that name any of these people."""
    numbers = {number for number, _ in lines_naming(book.read(), riding_id, people)}
    sql = "SELECT list_id FROM walk_list WHERE riding_id = ? AND number IN (??)"
    lists = {bytes(row[0]) for row in query_in(book.read(), sql, (riding_id,), numbers)}
    return [e for e in _group(book, riding_id, lists) if isinstance(e.body, WalkListIssued)]


def _of_turf(book: Book, riding_id: int, one: bytes) -> list[Event]:
    """The turf's own events and those of its walk lists."""
    lists = book.read().query(
        "SELECT list_id FROM walk_list WHERE riding_id = ? AND turf_id = ?", (riding_id, one)
    )
    return _group(book, riding_id, [one, *(bytes(row[0]) for row in lists)])


def _of_list(book: Book, riding_id: int, one: bytes) -> list[Event]:
    """The list's own events, the shifts that typed it, and the results they typed."""
    db = book.read()
    rows = db.query("SELECT number FROM walk_list WHERE riding_id = ? AND list_id = ?", (riding_id, one))
    own = _group(book, riding_id, [one])
    if not rows:
        return own
    number = int(rows[0][0])
    shifts = {
        bytes(row[0])
        for sql in (
            "SELECT shift_id FROM shift WHERE riding_id = ? AND walk_list = ?",
            "SELECT DISTINCT shift FROM attempt WHERE riding_id = ? AND walk_list = ?",
        )
        for row in db.query(sql, (riding_id, number))
        if row[0]
    }
    typed = [e for shift in shifts for e in subjects_of_shift(db, riding_id, shift)]
    made = {e.key: e for e in typed if isinstance(e.body, AttemptMade) and e.body.walk_list == number}
    corrected = [
        e for e in typed if isinstance(e.body, AttemptCorrected) and Key(e.body.device, e.body.seq) in made
    ]
    return [*own, *_group(book, riding_id, shifts), *made.values(), *corrected]


def _of_shift(book: Book, riding_id: int, one: bytes) -> list[Event]:
    """What the shift recorded, and what was done to it."""
    return [*_group(book, riding_id, [one]), *subjects_of_shift(book.read(), riding_id, one)]


def _of_phone(book: Book, riding_id: int, one: bytes) -> list[Event]:
    """Bars on a number, and what was said of the people who have it."""
    digits = one.decode()
    holders = book.read().query(
        "SELECT person_id FROM person WHERE riding_id = ? AND phone = ?", (riding_id, digits)
    )
    people = {bytes(row[0]) for row in holders}
    said = [e for e in _group(book, riding_id, people) if e.body and "phone" in e.body.sets()]
    return [
        *_group(book, riding_id, [phone_subject(riding_id, phone_number(digits))]),
        *said,
        *_imports_of(book, riding_id, "people", people),
    ]


# --- by name ------------------------------------------------------------------------------------


def event_at(book: Book, riding_id: int, key: Key) -> Event | None:
    """The event of that key, if it is here."""
    rows = book.read().query(
        "SELECT subject FROM event WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
        (riding_id, *key),
    )
    if not rows:
        return None
    subject = bytes(rows[0][0])
    events = events_of(book.read(), riding_id, [subject]).get(subject, [])
    return next((event for event in events if event.key == key), None)
