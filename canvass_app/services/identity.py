"""Who this computer is in the record. A copied or restored one takes a new number, and says again what is in doubt.

Two computers with one device id write different events under the same numbers (a fork). It is found when
headquarters, or anybody's bundle, holds something else under a number of ours, or when headquarters
knows more of us than we do. Then this computer becomes another device before its next write: whatever
headquarters has not numbered is issued again under the new id and stands aside under the old one. Each event
counts once wherever it goes (ledger/fold.py), so both halves of a copy may do this and nothing is doubled.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from canvass_app.ledger.events import NOBODY, NONCE_BYTES, Event, Key, open_event
from canvass_app.ledger.reissue import said_again
from canvass_app.storage.audit import begin_all_again
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.log import LEFT, events_of, insert_events, set_aside, take_out
from canvass_app.storage.projections import project
from canvass_app.sync.inbox import start_over

from .book import Book, put_meta
from .journalling import complete, rewrite_journal, settle
from .receipts import note_former_device

# What headquarters gave to the device that this computer was; it belongs to the other half of the copy too.
_OF_THE_OLD_DEVICE = ("hq_token", "hq_refresh", "device_seed")


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a new identity brought."""

    changes: ChangeSet
    said_again: int
    """Events that were issued again under the new id."""


def say_displaced_again(book: Book, unrelayed: Mapping[tuple[int, bytes], int] | None = None) -> Renewed:
    """Say under a number of this computer what lost its own when headquarters was restored. In one transaction.

    That is what stands aside here under another device's number (often a former one of this computer) and is nowhere in
    the record any more; and `unrelayed`, events from a number on that headquarters does not take under theirs. It
    counts once, whoever else says it too, and nothing is said twice that somebody's re-issue is known of.
    Raises StorageProblem; then nothing was changed.
    """
    if not unrelayed and not _displaced(book.read(), book.device_id):
        return Renewed(ChangeSet(), 0)
    changes = ChangeSet() if book.settled else settle(book)
    with book.writing():
        own = book.device_id
        with book.database.write() as db:
            aside = _displaced(db, own)
            stray = [
                event
                for (riding_id, device_id), after in (unrelayed or {}).items()
                if device_id != own
                for event in _without_number(db, riding_id, device_id, after)
            ]
            said = _said_elsewhere(db, aside, stray)
            for event in aside:
                if said.get(event.hash) == event.key:
                    _put_back(db, event)
            for event in stray:
                take_out(db, event.riding_id, event.key)
                set_aside(db, event)
            silent = [event for event in (*stray, *aside) if event.hash not in said]
            again = _under(own, silent, [], _lasts(db, own), _known_names([*aside, *stray], said))
            inserted = insert_events(db, again)
            _note_numbers(db, own, again)
            changes.add(project(db, [*stray, *inserted.touched], book.time_zone))
        try:
            # What left the log must not come back from the journal; what was said again belongs into it.
            if {event.key.device_id for event in stray} & {device for _, device in book.journal.through()}:
                rewrite_journal(book)
            elif again:
                complete(book)
        except OSError:
            book.journal_behind = True
    return Renewed(changes, len(again))


def _displaced(db: Connection, own: bytes) -> list[Event]:
    rows = db.query(
        "SELECT raw FROM fork WHERE device_id <> ? ORDER BY riding_id, device_id, device_seq, hash", (own,)
    )
    found = [open_event(bytes(row[0])) for row in rows]
    return [event for event in found if event.subject != NOBODY]


def _without_number(db: Connection, riding_id: int, device_id: bytes, after: int) -> list[Event]:
    rows = db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq > ?"
        " AND riding_sequence IS NULL ORDER BY device_seq",
        (riding_id, device_id, after),
    )
    return [open_event(bytes(raw), stamp) for raw, stamp in rows]


def _said_elsewhere(db: Connection, aside: list[Event], stray: list[Event]) -> dict[bytes, Key]:
    """By hash: under which number of the record the same thing stands, `stray` left out."""
    events = [*aside, *stray]
    unsaid = {(event.riding_id, event.key) for event in stray}
    subjects: dict[int, set[bytes]] = {}
    for event in events:
        subjects.setdefault(event.riding_id, set()).add(event.subject)
    known: dict[tuple[int, bytes], Key] = {}
    for riding_id, some in subjects.items():
        for found in events_of(db, riding_id, some).values():
            for one in found:
                if (riding_id, one.key) not in unsaid:
                    known[riding_id, one.identity] = one.key
    return {
        event.hash: known[event.riding_id, event.identity]
        for event in events
        if (event.riding_id, event.identity) in known
    }


def _put_back(db: Connection, event: Event) -> None:
    """It has its own number again: somebody gave headquarters back what it had lost."""
    db.run(
        "DELETE FROM fork WHERE riding_id = ? AND device_id = ? AND device_seq = ? AND hash = ?",
        (event.riding_id, *event.key, event.hash),
    )


def _known_names(events: list[Event], said: Mapping[bytes, Key]) -> dict[int, dict[Key, Key]]:
    names: dict[int, dict[Key, Key]] = {}
    for event in events:
        if event.hash in said:
            names.setdefault(event.riding_id, {})[event.key] = said[event.hash]
    return names


def _lasts(db: Connection, device_id: bytes) -> dict[int, int]:
    rows = db.query("SELECT riding_id, last_seq FROM device_log WHERE device_id = ?", (device_id,))
    return {int(riding_id): int(last) for riding_id, last in rows}


def _note_numbers(db: Connection, device_id: bytes, events: list[Event]) -> None:
    for riding_id in sorted({event.riding_id for event in events}):
        last = max(e.key.device_seq for e in events if e.riding_id == riding_id)
        db.run(
            "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,0)"
            " ON CONFLICT (riding_id, device_id) DO UPDATE SET last_seq = excluded.last_seq",
            (riding_id, device_id, last),
        )


def has_forked(book: Book) -> bool:
    """Whether something else is known under a number of this computer."""
    rows = book.read().query("SELECT 1 FROM fork WHERE device_id = ? LIMIT 1", (book.device_id,))
    return bool(rows)


def take_new_identity(book: Book) -> Renewed:
    """Become a new device and issue again what headquarters has not numbered. In one transaction.

    The computer must join its headquarters again: the token and the block of list numbers stay with the old id.
    Raises StorageProblem; then nothing was changed.
    """
    changes = ChangeSet() if book.settled else settle(book)
    with book.writing():
        old, new = book.device_id, os.urandom(16)
        with book.database.write() as db:
            counted, aside = _unnumbered(db, old), _forks(db, old)
            again = _under(new, counted, aside)
            for event in counted:
                take_out(db, event.riding_id, event.key)
                set_aside(db, event)
            inserted = insert_events(db, again)
            _note_numbers(db, new, again)
            for (riding_id,) in db.query("SELECT riding_id FROM sync_state"):
                start_over(db, int(riding_id))
            for name in _OF_THE_OLD_DEVICE:
                put_meta(db, name, "")
            put_meta(db, "number_blocks", "[]")
            # Numbers that were left behind were the old device's; its sealed files carry their own proofs.
            db.run("DELETE FROM meta WHERE name LIKE ?", (f"{LEFT}%",))
            note_former_device(db, old)
            begin_all_again(db, new, book.now_ms())
            put_meta(db, "clock", str(book.clock.last))
            put_meta(db, "device_id", new.hex())
            changes.add(project(db, [*counted, *inserted.touched], book.time_zone))
        book.device_id = new
        try:
            # The old numbers are not ours any more: they must not come back from the journal.
            rewrite_journal(book)
        except OSError:
            book.journal_behind = True
    changes.bulk = changes.settings = True
    return Renewed(changes, len(again))


def _unnumbered(db: Connection, device_id: bytes) -> list[Event]:
    rows = db.query(
        "SELECT e.raw, e.stamp FROM event e LEFT JOIN quarantine q ON q.riding_id = e.riding_id"
        " AND q.device_id = e.device_id AND q.device_seq = e.device_seq"
        " WHERE e.device_id = ? AND e.riding_sequence IS NULL AND q.device_seq IS NULL"
        " ORDER BY e.riding_id, e.device_seq",
        (device_id,),
    )
    return [open_event(bytes(raw), stamp) for raw, stamp in rows]


def _forks(db: Connection, device_id: bytes) -> list[Event]:
    rows = db.query(
        "SELECT raw FROM fork WHERE device_id = ? ORDER BY riding_id, device_seq, hash", (device_id,)
    )
    return [open_event(bytes(row[0])) for row in rows]


def _under(
    device_id: bytes,
    counted: list[Event],
    aside: list[Event],
    after: Mapping[int, int] | None = None,
    known: Mapping[int, Mapping[Key, Key]] | None = None,
) -> list[Event]:
    """The events under numbers of a device, in the order of the old ones, each said once.

    `after`: the device's last number by riding; `known`: numbers of what was said again before.
    """
    # What an erasure emptied says nothing, so nothing is said again, and numbers have no holes.
    found = {event.hash: event for event in (*counted, *aside) if event.subject != NOBODY}
    ordered = sorted(found.values(), key=lambda e: (e.riding_id, e.key.device_seq, e.hash))
    last = dict(after or {})
    numbers: dict[bytes, Key] = {}
    for event in ordered:
        last[event.riding_id] = last.get(event.riding_id, 0) + 1
        numbers[event.hash] = Key(device_id, last[event.riding_id])
    earlier = known or {}
    # Of two with one number, what counted here pointed at what counted here.
    with_counted = _names(numbers, (*aside, *counted))
    with_aside = _names(numbers, (*counted, *aside))
    counting = {event.hash for event in counted}
    return [
        said_again(
            event,
            numbers[event.hash],
            {
                **earlier.get(event.riding_id, {}),
                **(with_counted if event.hash in counting else with_aside)[event.riding_id],
            },
            os.urandom(NONCE_BYTES),
        )
        for event in ordered
    ]


def _names(numbers: dict[bytes, Key], events: Iterable[Event]) -> dict[int, dict[Key, Key]]:
    names: dict[int, dict[Key, Key]] = {}
    for event in (one for one in events if one.hash in numbers):
        names.setdefault(event.riding_id, {})[event.key] = numbers[event.hash]
    return names
