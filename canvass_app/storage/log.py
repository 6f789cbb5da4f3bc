"""The events table: inserting what is new, finding what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import NamedTuple

from canvass_app.ledger.events import Event, Key, open_event

from .database import Connection, query_in, run_in
from .erasing import cleaned_events

_INSERT = (
    "INSERT INTO event (riding_id, device_id, device_seq, kind, subject, shift, hlc, wall_ms, stamp, riding_sequence,"
    " hash, raw) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
)


@dataclass(slots=True)
class Inserted:
    """What came of an insert."""

    new: list[Event] = field(default_factory=list[Event])
    """Events that count now and did not before."""
    forks: list[Event] = field(default_factory=list[Event])
    """Events whose number another one holds: they stand aside."""
    replaced: list[Event] = field(default_factory=list[Event])
    """Events that counted before and stand aside now, because one of `new` holds their number by right."""
    moved: list[Event] = field(default_factory=list[Event])
    """Events that were here and are ordered otherwise now, by the stamp that came."""

    @property
    def touched(self) -> list[Event]:
        """What must be folded again."""
        return [*self.new, *self.replaced, *self.moved]


class _Stored(NamedTuple):
    """What a number holds here."""

    hash: bytes
    numbered: bool
    order: int


def insert_events(
    db: Connection, events: Sequence[Event], sequences: Sequence[int] | None = None
) -> Inserted:
    """Keep events that are not here yet; a repeat is nothing, a fork is set aside.

    `sequences` are HQ's numbers for the events, when they come from there. A known event learns its
    stamp and number from a repeat that carries them. Of two events with one key, the one that HQ has
    numbered counts; with none numbered, the smaller hash: the order of arrival cannot matter.
    """
    events = cleaned_events(db, events)
    done = Inserted()
    stamped: list[tuple[int | None, int | None, int, bytes, int]] = []
    fresh: dict[tuple[int, Key], tuple[Event, int | None]] = {}
    groups: dict[tuple[int, bytes], list[tuple[Event, int | None]]] = {}
    numbers = repeat(None, len(events)) if sequences is None else sequences
    for event, number in zip(events, numbers, strict=True):
        groups.setdefault((event.riding_id, event.key.device_id), []).append((event, number))
    for (riding_id, device_id), mine in sorted(groups.items()):
        mine.sort(key=_by_number)
        known = {
            int(seq): _Stored(bytes(digest), number is not None, int(order))
            for seq, digest, number, order in db.query(
                "SELECT device_seq, hash, riding_sequence, COALESCE(stamp, hlc) FROM event WHERE riding_id = ?"
                " AND device_id = ? AND device_seq BETWEEN ? AND ?",
                (riding_id, device_id, mine[0][0].key.device_seq, mine[-1][0].key.device_seq),
            )
        }
        for event, number in mine:
            seq = event.key.device_seq
            stored = known.get(seq)
            offered = _Stored(event.hash, number is not None, event.order)
            if stored is None or (stored.hash != event.hash and _goes_first(offered, stored)):
                if stored is not None:
                    here = fresh.get((riding_id, event.key))
                    loser = here[0] if here else take_out(db, riding_id, event.key)
                    (done.forks if here else done.replaced).append(loser)
                known[seq] = offered
                fresh[riding_id, event.key] = event, number
            elif stored.hash != event.hash:
                done.forks.append(event)
            elif event.stamp is not None:
                known[seq] = _Stored(stored.hash, stored.numbered or offered.numbered, event.order)
                if stored.order != event.order:
                    done.moved.append(event)
                stamped.append((event.stamp, number, riding_id, device_id, seq))
    done.new = [event for event, _ in fresh.values()]
    db.run_many(
        _INSERT,
        [
            (
                e.riding_id, e.key.device_id, e.key.device_seq, e.kind, e.subject, e.shift, e.hlc, e.wall_ms, e.stamp,
                number, e.hash, e.raw,
            )
            for e, number in fresh.values()
        ],
    )  # fmt: skip
    if stamped:
        db.run_many(
            "UPDATE event SET stamp = ?, riding_sequence = COALESCE(?, riding_sequence)"
            " WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
            stamped,
        )
    for e in [*done.forks, *done.replaced]:
        set_aside(db, e)
    for e in done.replaced:
        winner, _ = fresh[e.riding_id, e.key]
        db.run(
            "DELETE FROM fork WHERE riding_id = ? AND device_id = ? AND device_seq = ? AND hash = ?",
            (e.riding_id, *e.key, winner.hash),
        )
    return done


def _by_number(one: tuple[Event, int | None]) -> int:
    return one[0].key.device_seq


def _goes_first(one: _Stored, other: _Stored) -> bool:
    """Which of two events with one key counts."""
    return one.hash < other.hash if one.numbered == other.numbered else one.numbered


def take_out(db: Connection, riding_id: int, key: Key) -> Event:
    """Remove an event from the log, for one that stands under its number by right, or under a new one."""
    rows = db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
        (riding_id, *key),
    )
    db.run("DELETE FROM event WHERE riding_id = ? AND device_id = ? AND device_seq = ?", (riding_id, *key))
    return open_event(bytes(rows[0][0]), rows[0][1])


def set_aside(db: Connection, event: Event) -> None:
    """Keep an event whose number belongs to another one; it is not folded."""
    db.run(
        "INSERT INTO fork (riding_id, device_id, device_seq, hash, raw) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
        (event.riding_id, *event.key, event.hash, event.raw),
    )


def number_own(
    db: Connection, riding_id: int, device_id: bytes, run: tuple[int, int, int], stamps: Mapping[int, int]
) -> None:
    """Note HQ's numbers and stamps for a run of a device's events: (first seq, first riding_sequence, length).

    An event's stamp is its own clock reading unless `stamps` (seq -> stamp) says otherwise.
    """
    first, sequence, length = run
    db.run(
        "UPDATE event SET stamp = hlc, riding_sequence = device_seq + ? WHERE riding_id = ? AND device_id = ?"
        " AND device_seq BETWEEN ? AND ?",
        (sequence - first, riding_id, device_id, first, first + length - 1),
    )
    other = [
        (stamp, riding_id, device_id, seq) for seq, stamp in stamps.items() if first <= seq < first + length
    ]
    if other:
        db.run_many(
            "UPDATE event SET stamp = ? WHERE riding_id = ? AND device_id = ? AND device_seq = ?", other
        )


class Reread:
    """A connection over which a rebuild folds the log: events of the kinds `hidden` are not there yet, and those of
    the subjects `held`, all of a riding's, were read already."""

    def __init__(
        self, db: Connection, hidden: Sequence[str] = (), held: Mapping[bytes, list[Event]] | None = None
    ) -> None:
        self.dialect = db.dialect
        self.query, self.run, self.run_many = db.query, db.run, db.run_many
        self.hidden, self.held = hidden, held or {}


def events_of(db: Connection, riding_id: int, subjects: Iterable[bytes]) -> dict[bytes, list[Event]]:
    """All events of the given subjects, by subject (exact ids, aliases not followed)."""
    found: dict[bytes, list[Event]] = {}
    wanted, head, others = set(subjects), (riding_id,), ""
    if isinstance(db, Reread):
        found = {subject: list(db.held[subject]) for subject in wanted & db.held.keys()}
        wanted -= found.keys()
        head = (riding_id, *db.hidden)
        others = f" AND kind NOT IN ({','.join('?' * len(db.hidden))})" if db.hidden else ""
    rows = query_in(
        db, f"SELECT raw, stamp FROM event WHERE riding_id = ?{others} AND subject IN (??)", head, wanted
    )
    for raw, stamp in rows:
        event = open_event(bytes(raw), stamp)
        found.setdefault(event.subject, []).append(event)
    return found


def subjects_of_shift(db: Connection, riding_id: int, shift: bytes) -> list[Event]:
    """The events that a shift recorded, for refolding what they touch."""
    rows = db.query("SELECT raw, stamp FROM event WHERE riding_id = ? AND shift = ?", (riding_id, shift))
    return [open_event(bytes(raw), stamp) for raw, stamp in rows]


def voided_shifts(db: Connection, riding_id: int) -> frozenset[bytes]:
    """The shifts whose events do not count."""
    rows = db.query("SELECT shift_id FROM shift WHERE riding_id = ? AND voided = 1", (riding_id,))
    return frozenset(bytes(row[0]) for row in rows)


def resolve(db: Connection, riding_id: int, ids: Iterable[bytes]) -> dict[bytes, bytes]:
    """For each id the subject it stands for (itself when it was never joined)."""
    wanted = set(ids)
    known = {
        bytes(alias): bytes(subject)
        for alias, subject in query_in(
            db,
            "SELECT alias_id, subject FROM alias WHERE riding_id = ? AND alias_id IN (??)",
            (riding_id,),
            wanted,
        )
    }
    return {one: known.get(one, one) for one in wanted}


def members(db: Connection, riding_id: int, subjects: Iterable[bytes]) -> dict[bytes, list[bytes]]:
    """For each subject every id that stands for it, its own included."""
    wanted = set(subjects)
    found: dict[bytes, list[bytes]] = {subject: [subject] for subject in wanted}
    for alias, subject in query_in(
        db,
        "SELECT alias_id, subject FROM alias WHERE riding_id = ? AND subject IN (??)",
        (riding_id,),
        wanted,
    ):
        if alias != subject:
            found[bytes(subject)].append(bytes(alias))
    return found


def delete_in(db: Connection, table: str, column: str, riding_id: int, ids: Iterable[bytes]) -> None:
    """Remove a projection's rows of the given ids before they are written anew."""
    run_in(db, f"DELETE FROM {table} WHERE riding_id = ? AND {column} IN (??)", (riding_id,), ids)


LEFT = "left_"
"""Facts "left_<riding>": a riding's own events are not here any more, and through which number they were given."""


def left_behind(db: Connection, riding_id: int) -> int:
    """The last own number in a riding that was taken from this laptop, until all of it is here again; else 0."""
    rows = db.query("SELECT value FROM meta WHERE name = ?", (f"{LEFT}{riding_id}",))
    return int(rows[0][0]) if rows else 0


def keep_left_numbers(db: Connection, device_id: bytes) -> None:
    """Give no own number twice in ridings that were taken from this laptop, after the database was built again."""
    for name, last in db.query("SELECT name, value FROM meta WHERE name LIKE ?", (f"{LEFT}%",)):
        db.run(
            "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,?)"
            " ON CONFLICT (riding_id, device_id) DO UPDATE SET last_seq = MAX(last_seq, excluded.last_seq)",
            (int(str(name).removeprefix(LEFT)), device_id, int(last), int(last)),
        )
