"""Taking a shift back: it stops counting, with a trail, and counts again when restored.

What a voiding would change is not guessed: the shift is voided in a transaction that is put back, and what the
record says before is compared with what it says then. Bars and erasures are never voided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from canvass_app.domain.address import address_label
from canvass_app.domain.codes import DoorState
from canvass_app.domain.errors import NotFound
from canvass_app.domain.numbers import list_code
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import NEVER_VOIDED, AttemptMade, BarSet, ShiftRestored, ShiftVoided
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.days import local_clock, local_day
from canvass_app.storage.log import resolve, subjects_of_shift

from .book import Book
from .decisions import Decision, standing_corrections
from .field_words import Words, device_label

NO_SHIFT = Text(
    "This shift is not on this laptop. Sync first, then look at the list of shifts again.",
    "Ce quart n’est pas sur cet ordinateur. Synchronisez d’abord, puis revoyez la liste des quarts.",
)


@dataclass(frozen=True, slots=True)
class Outing:
    """A shift as a list shows it. `results`: those it recorded; while it is voided none of them counts."""

    shift_id: bytes
    riding_id: int
    volunteer: str
    day: str
    clock: str
    opened_ms: int
    list_code: str
    results: int
    device: Text
    here: bool
    closed: bool
    voided: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """Something whose state a voiding changes: what it is called, and its words before and after."""

    id: bytes
    name: str
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class VoidPreview:
    """What voiding a shift would change, computed by folding with it and without it."""

    outing: Outing
    attempts: int
    contacts: int
    doors: tuple[Moved, ...]
    people: tuple[Moved, ...]
    answers: int
    notes: int
    people_gone: int
    """People whom only this shift knew: they leave the lists."""
    bars_kept: int
    stands: tuple[Decision, ...]
    """Later corrections by others: they stand, and wait as decisions."""

    @property
    def empty(self) -> bool:
        """Whether nothing that counts would change."""
        return not (
            self.attempts or self.doors or self.people or self.answers or self.notes or self.people_gone
        )


def list_outings(book: Book, riding_id: int) -> list[Outing]:
    """The shifts of a riding, newest first."""
    db = book.read()
    results = {
        bytes(shift): int(count)
        for shift, count in db.query(
            "SELECT shift, COUNT(*) FROM attempt WHERE riding_id = ? GROUP BY shift", (riding_id,)
        )
    }
    # A closing of a decision stands in a shift of its own that nobody opened: it is no outing.
    rows = db.query(
        "SELECT shift_id, device_id, volunteer, walk_list, opened_ms, closed, voided FROM shift"
        " WHERE riding_id = ? AND opened_ms > 0 ORDER BY opened_ms DESC, shift_id",
        (riding_id,),
    )
    return [
        _outing(
            book,
            riding_id,
            row,
            _recorded(db, riding_id, row[0]) if row[6] else results.get(bytes(row[0]), 0),
        )
        for row in rows
    ]


def find_outing(book: Book, name: str) -> Outing:
    """The shift whose id begins with `name` (hexadecimal). Raises NotFound when there is none or several."""
    from .ridings import list_ridings

    found = [
        one
        for card in list_ridings(book)
        for one in list_outings(book, card.riding_id)
        if name and one.shift_id.hex().startswith(name.lower())
    ]
    if len(found) != 1:
        raise NotFound(NO_SHIFT)
    return found[0]


def _outing(book: Book, riding_id: int, row: tuple[object, ...], results: int) -> Outing:
    shift, device, volunteer, number, opened, closed, voided = row
    opened_ms = int(str(opened))
    made_on = bytes(device) if isinstance(device, bytes) else b""
    return Outing(
        bytes(shift) if isinstance(shift, bytes) else b"",
        riding_id,
        str(volunteer),
        local_day(opened_ms, book.time_zone),
        local_clock(opened_ms, book.time_zone),
        opened_ms,
        list_code(int(str(number))) if number else "",
        results,
        device_label(book, made_on),
        made_on == book.device_id,
        bool(closed),
        bool(voided),
    )


def _recorded(db: Connection, riding_id: int, shift: bytes) -> int:
    return int(
        db.query(
            "SELECT COUNT(*) FROM event WHERE riding_id = ? AND shift = ? AND kind = ?",
            (riding_id, shift, AttemptMade.KIND),
        )[0][0]
    )


def get_outing(book: Book, riding_id: int, shift_id: bytes) -> Outing:
    """One shift. Raises NotFound."""
    db = book.read()
    rows = db.query(
        "SELECT shift_id, device_id, volunteer, walk_list, opened_ms, closed, voided FROM shift"
        " WHERE riding_id = ? AND shift_id = ? AND opened_ms > 0",
        (riding_id, shift_id),
    )
    if not rows:
        raise NotFound(NO_SHIFT)
    return _outing(book, riding_id, rows[0], _recorded(db, riding_id, shift_id))


class _PutBack(Exception):
    """Undoes a trial's transaction and carries out what was seen in it."""

    def __init__(self, preview: VoidPreview) -> None:
        super().__init__()
        self.preview = preview


def preview_void(book: Book, riding_id: int, shift_id: bytes) -> VoidPreview:
    """What voiding would change. Writes nothing that lasts. Raises NotFound."""
    outing = get_outing(book, riding_id, shift_id)
    before = book.read()
    try:
        with book.act("") as act:
            act.add(riding_id, shift_id, ShiftVoided())
            act.project_now()
            raise _PutBack(_compared(book, before, act.db, outing))
    except _PutBack as trial:
        return trial.preview


def _compared(book: Book, before: Connection, after: Connection, outing: Outing) -> VoidPreview:
    riding = outing.riding_id
    events = subjects_of_shift(before, riding, outing.shift_id)
    doors = set(resolve(before, riding, {e.subject for e in events if e.entity == "door"}).values())
    people = set(resolve(before, riding, {e.subject for e in events if e.entity == "person"}).values())
    homes = "SELECT door_id FROM person WHERE riding_id = ? AND person_id IN (??)"
    doors |= {bytes(row[0]) for db in (before, after) for row in query_in(db, homes, (riding,), people)}
    attempts = "SELECT device_id, device_seq, contact FROM attempt WHERE riding_id = ? AND door_id IN (??)"
    lost = _lost(before, after, attempts, riding, doors)
    answers = "SELECT person_id, question, answer FROM answer WHERE riding_id = ? AND person_id IN (??)"
    notes = "SELECT device_id, device_seq FROM note WHERE riding_id = ? AND subject IN (??)"
    known = "SELECT person_id FROM person WHERE riding_id = ? AND person_id IN (??)"
    return VoidPreview(
        outing=outing,
        attempts=len(lost),
        contacts=sum(1 for row in lost if row[2]),
        doors=_moved(_door_rows(before, riding, doors), _door_rows(after, riding, doors)),
        people=_people_moved(book, before, after, riding, people),
        answers=len(_lost(before, after, answers, riding, people)),
        notes=len(_lost(before, after, notes, riding, doors | people)),
        people_gone=len(_lost(before, after, known, riding, people)),
        bars_kept=sum(1 for e in events if isinstance(e.body, BarSet) and e.kind in NEVER_VOIDED),
        stands=tuple(standing_corrections(book, riding, {outing.shift_id})),
    )


def _lost(
    before: Connection, after: Connection, sql: str, riding: int, ids: set[bytes]
) -> set[tuple[object, ...]]:
    return set(query_in(before, sql, (riding,), ids)) - set(query_in(after, sql, (riding,), ids))


Rows = dict[bytes, tuple[str, Text]]

_STATES = {
    DoorState.NEVER: Text("never tried", "jamais tentée"),
    DoorState.NOT_HOME: Text("not home so far", "absent jusqu’ici"),
    DoorState.TALKED: Text("talked", "conversation"),
    DoorState.FINAL: Text("final answer", "réponse définitive"),
    DoorState.BARRED: Text("do not knock", "ne pas frapper"),
}


def _door_rows(db: Connection, riding: int, doors: Iterable[bytes]) -> Rows:
    rows = query_in(
        db,
        "SELECT door_id, number, suffix, street_label, unit, state FROM door WHERE riding_id = ? AND door_id IN (??)",
        (riding,),
        doors,
    )
    return {bytes(r[0]): (address_label(r[1], r[2], r[3], r[4]), _STATES[DoorState(r[5])]) for r in rows}


_GONE = {
    "": Text("lives there", "habite là"),
    "moved": Text("moved away", "a déménagé"),
    "deceased": Text("deceased", "décès signalé"),
}


def _people_moved(
    book: Book, before: Connection, after: Connection, riding: int, people: set[bytes]
) -> tuple[Moved, ...]:
    """Whose support changes, or whether they live there."""
    sql = "SELECT person_id, last, first, support, gone FROM person WHERE riding_id = ? AND person_id IN (??)"
    was, now = ({bytes(r[0]): r[1:] for r in query_in(db, sql, (riding,), people)} for db in (before, after))
    words = Words(book, riding)
    moved: list[Moved] = []
    for one, (last, first, support, gone) in was.items():
        if one not in now or (support, gone) == now[one][2:]:
            continue
        told = [(words.support(support), words.support(now[one][2]))] if support != now[one][2] else []
        if gone != now[one][3]:
            told.append((_GONE[gone], _GONE[now[one][3]]))
        name = person_label(last, first)
        moved.extend(Moved(one, name, first_words, last_words) for first_words, last_words in told)
    return tuple(sorted(moved, key=lambda m: (m.name, m.id)))


def _moved(before: Rows, after: Rows) -> tuple[Moved, ...]:
    moved = [
        Moved(one, name, state, after[one][1])
        for one, (name, state) in before.items()
        if one in after and after[one][1] != state
    ]
    return tuple(sorted(moved, key=lambda m: (m.name, m.id)))


def void_shift(book: Book, riding_id: int, shift_id: bytes, author: str, reason: str = "") -> ChangeSet:
    """Make a shift stop counting, late arrivals too. Bars stand. Raises NotFound."""
    get_outing(book, riding_id, shift_id)
    with book.act(author) as act:
        act.add(riding_id, shift_id, ShiftVoided(reason=" ".join(reason.split())))
    return act.changes


def restore_shift(book: Book, riding_id: int, shift_id: bytes, author: str) -> ChangeSet:
    """Make a voided shift count again. Raises NotFound."""
    get_outing(book, riding_id, shift_id)
    with book.act(author) as act:
        act.add(riding_id, shift_id, ShiftRestored())
    return act.changes
