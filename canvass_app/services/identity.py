"""Who this computer is in the record. A copied or restored one takes a new number, and says again what is in doubt.

Two computers with one device id write different events under the same numbers (a fork). It is found when
headquarters, or anybody's bundle, holds something else under a number of ours, or when headquarters
knows more of us than we do. Then this computer becomes another device before its next write: whatever
headquarters has not numbered is issued again under the new id and stands aside under the old one. Each event
counts once wherever it goes (ledger/fold.py), so both halves of a copy may do this and nothing is doubled.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from canvass_app.ledger.events import NOBODY, NONCE_BYTES, Event, Key, open_event
from canvass_app.ledger.reissue import said_again
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.log import insert_events, set_aside, take_out
from canvass_app.storage.projections import project
from canvass_app.sync.inbox import start_over

from .book import Book, put_meta
from .journalling import rewrite_journal, settle
from .receipts import note_former_device

# What headquarters gave to the device that this computer was; it belongs to the other half of the copy too.
_OF_THE_OLD_DEVICE = ("hq_token", "device_seed")


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a new identity brought."""

    changes: ChangeSet
    said_again: int
    """Events that were issued again under the new id."""


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
            for riding_id in sorted({event.riding_id for event in again}):
                last = max(e.key.device_seq for e in again if e.riding_id == riding_id)
                db.run(
                    "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,0)",
                    (riding_id, new, last),
                )
            for (riding_id,) in db.query("SELECT riding_id FROM sync_state"):
                start_over(db, int(riding_id))
            for name in _OF_THE_OLD_DEVICE:
                put_meta(db, name, "")
            put_meta(db, "number_blocks", "[]")
            note_former_device(db, old)
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


def _under(device_id: bytes, counted: list[Event], aside: list[Event]) -> list[Event]:
    """The events under numbers of a new device, in the order of the old ones, each said once."""
    # What an erasure emptied says nothing, so nothing is said again, and numbers have no holes.
    found = {event.hash: event for event in (*counted, *aside) if event.subject != NOBODY}
    ordered = sorted(found.values(), key=lambda e: (e.riding_id, e.key.device_seq, e.hash))
    last: dict[int, int] = {}
    numbers: dict[bytes, Key] = {}
    for event in ordered:
        last[event.riding_id] = last.get(event.riding_id, 0) + 1
        numbers[event.hash] = Key(device_id, last[event.riding_id])
    # Of two with one number, what counted here pointed at what counted here.
    with_counted = _names(numbers, (*aside, *counted))
    with_aside = _names(numbers, (*counted, *aside))
    counting = {event.hash for event in counted}
    return [
        said_again(
            event,
            numbers[event.hash],
            (with_counted if event.hash in counting else with_aside)[event.riding_id],
            os.urandom(NONCE_BYTES),
        )
        for event in ordered
    ]


def _names(numbers: dict[bytes, Key], events: Iterable[Event]) -> dict[int, dict[Key, Key]]:
    names: dict[int, dict[Key, Key]] = {}
    for event in (one for one in events if one.hash in numbers):
        names.setdefault(event.riding_id, {})[event.key] = numbers[event.hash]
    return names
