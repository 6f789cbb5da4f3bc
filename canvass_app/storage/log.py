"""The events table: inserting what is new, finding what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from canvass_app.ledger.events import Event, Key, open_event

from .database import Connection, query_in, run_in
from .erasing import cleaned_events

_INSERT = (
    "INSERT INTO event (riding_id, device_id, device_seq, kind, subject, shift, hlc, wall_ms, stamp, riding_sequence,"
    " hash, raw) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
)


@dataclass(frozen=True, slots=True)
class Inserted:
    """What came of an insert: events new here, and those whose key holds another hash."""

    new: list[Event]
    forks: list[Event]


def insert_events(
    db: Connection, events: Sequence[Event], sequences: Sequence[int] | None = None
) -> Inserted:
    """Keep events that are not here yet; a repeat is nothing, a fork is set aside.

    `sequences` are HQ's numbers for the events, when they come from there. A known event learns its
    stamp and number from a repeat that carries them.
    """
    events = cleaned_events(db, events)
    numbered = dict(zip((e.key for e in events), sequences, strict=True)) if sequences is not None else {}
    new: list[Event] = []
    forks: list[Event] = []
    stamped: list[tuple[int | None, int | None, int, bytes, int]] = []

    def device(event: Event) -> tuple[int, bytes]:
        return event.riding_id, event.key.device_id

    for (riding_id, device_id), group in groupby(
        sorted(events, key=lambda e: (*device(e), e.key.device_seq)), device
    ):
        mine = list(group)
        low, high = mine[0].key.device_seq, mine[-1].key.device_seq
        known: dict[int, bytes] = {
            int(seq): bytes(digest)
            for seq, digest in db.query(
                "SELECT device_seq, hash FROM event WHERE riding_id = ? AND device_id = ? AND device_seq BETWEEN ? AND ?",
                (riding_id, device_id, low, high),
            )
        }
        for event in mine:
            stored = known.get(event.key.device_seq)
            if stored is None:
                known[event.key.device_seq] = event.hash
                new.append(event)
            elif stored != event.hash:
                forks.append(event)
            elif event.stamp is not None:
                stamped.append(
                    (event.stamp, numbered.get(event.key), riding_id, device_id, event.key.device_seq)
                )
    db.run_many(
        _INSERT,
        [
            (
                e.riding_id, e.key.device_id, e.key.device_seq, e.kind, e.subject, e.shift, e.hlc, e.wall_ms, e.stamp,
                numbered.get(e.key), e.hash, e.raw,
            )
            for e in new
        ],
    )  # fmt: skip
    if stamped:
        db.run_many(
            "UPDATE event SET stamp = ?, riding_sequence = ? WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
            stamped,
        )
    for e in forks:
        db.run(
            "INSERT INTO fork (riding_id, device_id, device_seq, hash, raw) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
            (e.riding_id, e.key.device_id, e.key.device_seq, e.hash, e.raw),
        )
    return Inserted(new, forks)


def set_stamps(db: Connection, riding_id: int, stamps: Iterable[tuple[Key, int, int]]) -> None:
    """Note HQ's stamp and number for events that are here: (key, stamp, riding_sequence)."""
    db.run_many(
        "UPDATE event SET stamp = ?, riding_sequence = ? WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
        [(stamp, sequence, riding_id, key.device_id, key.device_seq) for key, stamp, sequence in stamps],
    )


def events_of(db: Connection, riding_id: int, subjects: Iterable[bytes]) -> dict[bytes, list[Event]]:
    """All events of the given subjects, by subject (exact ids, aliases not followed)."""
    found: dict[bytes, list[Event]] = {}
    rows = query_in(
        db,
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND subject IN (??)",
        (riding_id,),
        set(subjects),
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
