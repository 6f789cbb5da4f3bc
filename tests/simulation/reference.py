"""The rules once more, slowly, from the whole record at once: what every total and field is compared with.

Written from ledger-and-sync.md and not from the product: it shares only the decoding of events and, where
`same_as` and files join ids, the groups that the product shows (their own invariants are elsewhere).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from canvass_app.ledger.events import Event, Key
from canvass_app.storage.database import Connection

from .broken import Broken
from .town import RIDING

# What wins when two people did not know of each other: a wish to be left alone, then what was learned, then what was added.
_SAFETY = {"bar.set": 3, "person.erased": 3}
_ADDED = {"door.added": 1, "person.added": 1, "turf.cut": 1}
_NEVER_VOIDED = {
    "bar.set", "bar.lifted", "shift.voided", "shift.restored", "person.erased", "roster.withdrawn", "roster.restored",
}  # fmt: skip
CONTACTS = {"canvassed", "refused", "moved", "deceased", "language_barrier"}


def strength(kind: str) -> int:
    """The strength table of docs/decisions."""
    return _SAFETY.get(kind) or _ADDED.get(kind) or 2


class Field:
    """A field's heads, found by walking everything that anybody saw."""

    def __init__(self, setters: list[tuple[Event, Any]], sees: dict[Key, tuple[Key, ...]]) -> None:
        behind: set[Key] = set()
        todo = [key for event, _ in setters for key in sees[event.key]]
        while todo:
            key = Key(*todo.pop())
            if key not in behind:
                behind.add(key)
                todo += sees.get(key, ())
        heads = [(event, value) for event, value in setters if event.key not in behind]
        best = max(heads, key=lambda head: (strength(head[0].kind), head[0].order, head[0].key))
        self.value = best[1]
        self.conflict = any(value != best[1] for _, value in heads)


class Reference:
    """The state that follows from `events`, all of headquarters', with their stamps."""

    def __init__(self, events: list[Event], groups: dict[bytes, bytes]) -> None:
        self.groups = groups
        self.events = [event for event in events if event.body is not None]
        self.again = self._said_again()
        self.voided: frozenset[bytes] = frozenset()
        shifts = self._fields([e for e in self.events if e.kind in ("shift.voided", "shift.restored")])
        self.voided = frozenset(
            subject for (subject, name), f in shifts.items() if name == "voided" and f.value
        )
        self.fields = self._fields(self.events)

    def counts(self, event: Event) -> bool:
        """Whether an event takes part: not voided, and not said a second time under another number."""
        return (event.shift not in self.voided or event.kind in _NEVER_VOIDED) and (
            self.now(event.subject, event.key) == event.key
        )

    def subject(self, one: bytes) -> bytes:
        """The subject that an id stands for."""
        return self.groups.get(one, one)

    def now(self, subject: bytes, key: Key) -> Key:
        """The number that stands for what was said under `key` of a subject."""
        return self.again.get((self.subject(subject), Key(*key)), Key(*key))

    def _said_again(self) -> dict[tuple[bytes, Key], Key]:
        held = {(self.subject(event.subject), event.key) for event in self.events}
        said: dict[tuple[bytes, bytes], list[Event]] = defaultdict(list)
        for event in self.events:
            said[self.subject(event.subject), event.identity].append(event)
        found: dict[tuple[bytes, Key], Key] = {}
        for (subject, _), same in said.items():
            stands = min(same, key=lambda event: (event.reissue_of is not None, event.key)).key
            for event in same:
                found[subject, event.key] = stands
                if event.reissue_of is not None:
                    origin = Key(event.reissue_of.device_id, event.reissue_of.device_seq)
                    if (subject, origin) not in held:
                        found[subject, origin] = min(stands, found.get((subject, origin), stands))
        return found

    def _fields(self, events: list[Event]) -> dict[tuple[bytes, str], Field]:
        setters: dict[tuple[bytes, str], list[tuple[Event, Any]]] = defaultdict(list)
        sees: dict[tuple[bytes, str], dict[Key, tuple[Key, ...]]] = defaultdict(dict)
        for event in events:
            assert event.body is not None
            if self.now(event.subject, event.key) != event.key:
                continue
            seen = tuple(self.now(event.subject, key) for key in event.sees)
            for name, value in event.body.sets().items():
                place = (self.subject(event.subject), self._about(event.subject, name))
                sees[place][event.key] = seen
                if event.shift not in self.voided or event.kind in _NEVER_VOIDED:
                    setters[place].append((event, value))
        return {place: Field(items, sees[place]) for place, items in setters.items()}

    def _about(self, subject: bytes, name: str) -> str:
        if not name.startswith(("attempt:", "note:")):
            return name
        sort, device, seq = name.split(":")
        key = self.now(subject, Key(bytes.fromhex(device), int(seq)))
        return f"{sort}:{key.device_id.hex()}:{key.device_seq}"

    def value(self, subject: bytes, name: str) -> Any:
        """A field's value, None when nobody set it."""
        field = self.fields.get((subject, name))
        return None if field is None else field.value

    def gone(self, subject: bytes) -> str:
        """Moved or deceased; a death that a shift reports needs a second shift."""
        said = self.value(subject, "gone") or ""
        witnesses = [
            f
            for (one, name), f in self.fields.items()
            if one == subject and name.startswith("deceased:") and f.value
        ]
        return said or ("deceased" if len(witnesses) > 1 else "")

    def attempts(self) -> dict[Key, tuple[bytes, str]]:
        """Every attempt that counts: its door and its code as corrected."""
        found: dict[Key, tuple[bytes, str]] = {}
        for event in self.events:
            if event.kind == "attempt.made" and self.counts(event):
                door = self.subject(event.subject)
                corrected = self.value(door, f"attempt:{event.key.device_id.hex()}:{event.key.device_seq}")
                code = event.body.code if corrected is None else corrected  # type: ignore[union-attr]
                if code:
                    found[event.key] = door, code
        return found


def recount(db: Connection, events: list[Event], erased: set[bytes]) -> None:
    """Compare a replica with the rules, applied to the whole record. Raises Broken."""
    groups = {
        bytes(alias): bytes(subject)
        for alias, subject in db.query("SELECT alias_id, subject FROM alias WHERE riding_id = ?", (RIDING,))
    }
    truth = Reference(events, groups)
    _attempts(db, truth)
    _doors(db, truth)
    _people(db, truth, erased)
    _turfs(db, truth)
    _conflicts(db, truth, erased)


def _attempts(db: Connection, truth: Reference) -> None:
    rows = db.query("SELECT device_id, device_seq, door_id, code FROM attempt WHERE riding_id = ?", (RIDING,))
    shown = {Key(bytes(d), int(s)): (bytes(door), str(code)) for d, s, door, code in rows}
    due = truth.attempts()
    if shown != due:
        odd = min(key for key in shown.keys() | due.keys() if shown.get(key) != due.get(key))
        raise Broken("totals equal a recount", f"attempt {_key(odd)}: {shown.get(odd)}, not {due.get(odd)}")
    marks = [e.body.page_line for e in truth.events if e.kind == "attempt.made" and e.key in due]  # type: ignore[union-attr]
    if len(set(marks)) != len(marks):
        raise Broken(
            "nothing counts twice", f"{len(marks) - len(set(marks))} attempts stand under two numbers"
        )
    for door, count in db.query("SELECT door_id, attempts FROM door WHERE riding_id = ?", (RIDING,)):
        if int(count) != sum(at == bytes(door) for at, _ in due.values()):
            raise Broken("totals equal a recount", f"door {bytes(door).hex()[:6]} shows {count} attempts")


def _doors(db: Connection, truth: Reference) -> None:
    columns = ("polling_division", "municipality", "access")
    rows = db.query(f"SELECT door_id, barred, {', '.join(columns)} FROM door WHERE riding_id = ?", (RIDING,))
    for door, barred, *values in rows:
        subject = bytes(door)
        if bool(barred) != (truth.value(subject, "bar") is True):
            raise Broken("bars are as the rules say", f"door {subject.hex()[:6]}: {barred}")
        _learned(truth, subject, columns, values)


def _people(db: Connection, truth: Reference, erased: set[bytes]) -> None:
    columns = ("phone", "first", "support")
    rows = db.query(
        f"SELECT person_id, barred, gone, {', '.join(columns)} FROM person WHERE riding_id = ?", (RIDING,)
    )
    for person, barred, gone, *values in rows:
        subject = bytes(person)
        if subject in erased:
            raise Broken("erased stays erased", f"person {subject.hex()[:6]} is shown")
        if bool(barred) != (truth.value(subject, "bar") is True):
            raise Broken("bars are as the rules say", f"person {subject.hex()[:6]}: {barred}")
        if gone != truth.gone(subject):
            raise Broken(
                "fields are as the rules say",
                f"gone of {subject.hex()[:6]}: {gone!r}, not {truth.gone(subject)!r}",
            )
        _learned(truth, subject, columns, values)


def _turfs(db: Connection, truth: Reference) -> None:
    for turf, name, assigned in db.query(
        "SELECT turf_id, name, assigned FROM turf WHERE riding_id = ?", (RIDING,)
    ):
        _learned(truth, bytes(turf), ("name", "assigned"), [name, assigned])


def _learned(truth: Reference, subject: bytes, columns: tuple[str, ...], values: list[Any]) -> None:
    """What a person said stands, whatever files say before or after."""
    for column, shown in zip(columns, values, strict=True):
        said = truth.value(subject, column)
        if said is not None and said != shown:
            raise Broken(
                "fields are as the rules say", f"{column} of {subject.hex()[:6]}: {shown!r}, not {said!r}"
            )


def _conflicts(db: Connection, truth: Reference, erased: set[bytes]) -> None:
    shown = {
        (bytes(subject), str(field))
        for subject, field in db.query("SELECT subject, field FROM conflict WHERE riding_id = ?", (RIDING,))
    }
    seen = {
        bytes(row[0])
        for table, column in (("door", "door_id"), ("person", "person_id"))
        for row in db.query(f"SELECT {column} FROM {table} WHERE riding_id = ?", (RIDING,))
    }
    due = {place for place, field in truth.fields.items() if field.conflict and place[0] in seen}
    if {place for place in shown if place[0] in seen} != due:
        odd = min({place for place in shown if place[0] in seen} ^ due)
        raise Broken(
            "conflicts are as the rules say",
            f"{odd[1]} of {odd[0].hex()[:6]}: {'shown' if odd in shown else 'not shown'}",
        )


def _key(key: Key) -> str:
    return f"{key.device_id.hex()[:3]}:{key.device_seq}"
