"""The journal and the database complete each other: after each act, at the start, after an erasure."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

from canvass_app.ledger.events import BadEvent, Event, open_event
from canvass_app.ledger.kinds import LayerAdded, RosterAdded, WalkListIssued
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.journal import (
    AssetRecord,
    ChunkRecord,
    EventRecord,
    FactsRecord,
    Journal,
    MarksRecord,
    Record,
    RidingRecord,
)
from canvass_app.storage.log import insert_events, left_behind, set_aside, take_out
from canvass_app.storage.projections import project
from canvass_app.sync.inbox import is_of_this_database, start_over
from canvass_app.sync.replica import Replica
from canvass_app.sync.waiting import fold_waiting, ridings_waiting

if TYPE_CHECKING:
    from .act import Act
    from .book import Book


def is_told(name: str) -> bool:
    """Whether the journal keeps a fact. The clock follows from the events; how far a database has come with
    headquarters is true of that database alone: a newer epoch beside older numbers would pass them for its own.
    """
    return name != "clock" and not is_of_this_database(name)


# --- from the database to the journal -------------------------------------------------------------


def note_act(book: Book, act: Act) -> None:
    """Append what an act committed. What the disk refuses is caught up later: the database has it."""
    journal = book.journal
    try:
        through = journal.through()
        first: dict[tuple[int, bytes], int] = {}
        for event in act.written:
            first.setdefault((event.riding_id, event.key.device_id), event.key.device_seq)
        if any(seq != through.get(place, 0) + 1 for place, seq in first.items()):
            complete(book)
            return
        journal.append(list(records_of(book.read(), act.written)))
        if act.facts:
            note_facts(book)
    except OSError:
        book.journal_behind = True
    else:
        book.journal_behind = False


def note_facts(book: Book) -> None:
    """Append the facts that differ from those journalled. Raises OSError."""
    facts = all_facts(book.read())
    digest, known = facts_digest(facts), book.told_facts
    if digest != book.journal.facts_digest:
        sure = known is not None and facts_digest(known) == book.journal.facts_digest
        changed = {n: v for n, v in facts.items() if known.get(n) != v} if known and sure else facts
        book.journal.note_facts(changed, digest)
    book.told_facts = facts


def complete(book: Book) -> None:
    """Append what the database has and the journal has not. Raises OSError."""
    journal, db = book.journal, book.read()
    through = journal.through()
    for riding_id, last in db.query(
        "SELECT riding_id, last_seq FROM device_log WHERE device_id = ?", (book.device_id,)
    ):
        place = (int(riding_id), book.device_id)
        if int(last) > through.get(place, 0):
            _append_all(journal, own_records(db, *place, after=through.get(place, 0)))
    note_facts(book)


def _append_all(journal: Journal, records: Iterable[Record]) -> None:
    part: list[Record] = []
    for record in records:
        part.append(record)
        # A frame ends with an event, never between an event and the chunks that stand before it.
        if len(part) >= 500 and isinstance(record, EventRecord):
            journal.append(part)
            part = []
    journal.append(part)


def rewrite_journal(book: Book) -> None:
    """Write the journal anew from the database: after an erasure, or when the file is damaged. All or nothing.

    Raises OSError; the old file then stands.
    """
    with book.writing():
        book.journal.rewrite(_everything(book), facts_digest(all_facts(book.read())))


def _everything(book: Book) -> Iterator[Record]:
    db = book.read()
    own = {device for _, device in book.journal.through()} | {book.device_id}
    yield FactsRecord(all_facts(db))
    for device in sorted(own):
        ridings = db.query(
            "SELECT DISTINCT riding_id FROM event WHERE device_id = ? ORDER BY riding_id", (device,)
        )
        for (riding_id,) in ridings:
            yield from own_records(db, int(riding_id), device)


def own_records(db: Connection, riding_id: int, device_id: bytes, after: int = 0) -> Iterator[Record]:
    """The records of a device's events in a riding, those numbered up to `after` left out."""
    while True:
        rows = db.query(
            "SELECT hash, raw, stamp, device_seq FROM event WHERE riding_id = ? AND device_id = ?"
            " AND device_seq > ? ORDER BY device_seq LIMIT 500",
            (riding_id, device_id, after),
        )
        if not rows:
            return
        after = int(rows[-1][3])
        for digest, raw, stamp, seq in rows:
            try:
                event = open_event(bytes(raw), stamp)
            except BadEvent:
                yield EventRecord(riding_id, device_id, int(seq), bytes(digest), bytes(raw))
                continue
            yield from _belongings(db, event)
            yield EventRecord(riding_id, device_id, int(seq), bytes(digest), bytes(raw))


def records_of(db: Connection, events: Iterable[Event]) -> Iterator[Record]:
    """The records of events that were just written, each after what it needs to mean anything."""
    for event in events:
        yield from _belongings(db, event)
        yield EventRecord(event.riding_id, *event.key, event.hash, event.raw)


def _belongings(db: Connection, event: Event) -> Iterator[Record]:
    """A roster's chunks and riding, a list's or layer's bytes."""
    body, riding_id = event.body, event.riding_id
    if isinstance(body, RosterAdded):
        for row in db.query(
            "SELECT name_en, name_fr, province FROM riding WHERE riding_id = ?", (riding_id,)
        ):
            yield RidingRecord(riding_id, *row)
        numbers = db.query(
            "SELECT chunk FROM roster_chunk WHERE riding_id = ? AND roster_id = ? ORDER BY chunk",
            (riding_id, event.subject),
        )
        for (number,) in numbers:
            for kind, first_key, leaves, data in db.query(
                "SELECT kind, first_key, leaves, data FROM roster_chunk"
                " WHERE riding_id = ? AND roster_id = ? AND chunk = ?",
                (riding_id, event.subject, number),
            ):
                yield ChunkRecord(riding_id, event.subject, number, kind, first_key, leaves, data)
    elif isinstance(body, WalkListIssued | LayerAdded):
        for kind, size, data, redacted in db.query(
            "SELECT kind, size, data, redacted FROM asset WHERE riding_id = ? AND hash = ?",
            (riding_id, body.asset),
        ):
            yield AssetRecord(riding_id, body.asset, kind, size, data, redacted)


def all_facts(db: Connection) -> dict[str, str]:
    """The facts of this database that the journal keeps."""
    return {
        str(name): str(value)
        for name, value in db.query("SELECT name, value FROM meta ORDER BY name")
        if is_told(str(name))
    }


def facts_digest(facts: Mapping[str, str]) -> bytes:
    """What tells at the start whether facts changed since they were journalled."""
    return blake2b(repr(sorted(facts.items())).encode(), digest_size=16).digest()


# --- from the journal to the database -------------------------------------------------------------


def settle(book: Book) -> ChangeSet:
    """Let journal and database complete each other, once an opening and in quiet moments; then wait for the disk.

    A database that is older than the journal (a write-ahead log that went missing, a copy put back)
    gets its own events back before anything new is numbered. Returns what came back.
    Raises StorageProblem; a journal that cannot be written only stays behind.
    """
    if book.read_only is not None:
        return ChangeSet()
    changes = ChangeSet()
    with book.writing():
        book.settled = True
        try:
            if _database_lags(book):
                changes = take_back(book)
            if book.journal.damaged:
                rewrite_journal(book)
            else:
                complete(book)
            book.journal.rest()
        except OSError:
            book.journal_behind = True
        else:
            book.journal_behind = False
    changes.add(fold_pulled(book))
    return changes


def fold_pulled(book: Book) -> ChangeSet:
    """Fold what a pull kept and had no time to fold, because the program ended. Raises StorageProblem."""
    me = Replica(book.database, book.device_id, book.clock, book.time_zone, b"", time.monotonic)
    for riding_id in ridings_waiting(book.read()):
        fold_waiting(me, riding_id)
    return me.changes


def _database_lags(book: Book) -> bool:
    db = book.read()
    for (riding_id, device), last in book.journal.through().items():
        if left_behind(db, riding_id):
            continue
        rows = db.query(
            "SELECT MAX(device_seq) FROM event WHERE riding_id = ? AND device_id = ?", (riding_id, device)
        )
        if int(rows[0][0] or 0) < last:
            return True
    return False


def take_back(book: Book) -> ChangeSet:
    """Put what the journal holds and the database lacks back into the database, in one transaction."""
    with book.database.write() as db:
        returned = put_records(db, book.journal.read())
        for name, value in returned.facts.items():
            _put_fact(db, name, value)
        now = bytes.fromhex(returned.facts.get("device_id", book.device_id.hex()))
        # The database may be older than this computer's last change of identity.
        stepped = _step_aside(db, book.device_id, returned.events) if now != book.device_id else []
        changes = project(db, [*stepped, *returned.events], book.time_zone)
    book.reload_campaign()
    book.device_id = now
    book.clock.last = max(book.clock.last, *(event.hlc for event in returned.events), 0)
    changes.bulk = changes.settings = True
    return changes


def _step_aside(db: Connection, former: bytes, returned: list[Event]) -> list[Event]:
    """Set aside what the database still holds under the former id and the journal says again under the new one.

    As taking the new identity did (services/identity.py); the ridings are pulled again from their beginning.
    """
    again = {(event.riding_id, event.identity) for event in returned if event.key.device_id != former}
    rows = db.query(
        "SELECT raw, stamp FROM event WHERE device_id = ? AND riding_sequence IS NULL ORDER BY riding_id, device_seq",
        (former,),
    )
    unnumbered = (open_event(bytes(raw), stamp) for raw, stamp in rows)
    stepped = [event for event in unnumbered if (event.riding_id, event.identity) in again]
    for event in stepped:
        take_out(db, event.riding_id, event.key)
        set_aside(db, event)
    for (riding_id,) in db.query("SELECT riding_id FROM sync_state"):
        start_over(db, int(riding_id))
    return stepped


class Returned:
    """What came back from a journal: events that were not here, the latest facts, and how many cannot be read."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.facts: dict[str, str] = {}
        self.unreadable = 0


def put_records(db: Connection, records: Iterable[Record]) -> Returned:
    """Insert journalled records that the database lacks. Nothing is projected, no fact is set yet."""
    returned = Returned()
    waiting: list[Event] = []
    for record in records:
        match record:
            case EventRecord():
                try:
                    waiting.append(open_event(record.raw))
                except BadEvent:
                    returned.unreadable += 1
                if len(waiting) >= 1_000:
                    returned.events += _put_events(db, waiting)
                    waiting = []
            case ChunkRecord():
                db.run(
                    "INSERT INTO roster_chunk (riding_id, roster_id, chunk, kind, first_key, leaves, data)"
                    " VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                    (
                        record.riding_id, record.roster_id, record.chunk, record.kind, record.first_key,
                        record.leaves, record.data,
                    ),
                )  # fmt: skip
            case AssetRecord():
                db.run(
                    "INSERT INTO asset (riding_id, hash, kind, size, data, redacted) VALUES (?,?,?,?,?,?)"
                    " ON CONFLICT DO NOTHING",
                    (record.riding_id, record.hash, record.kind, record.size, record.data, record.redacted),
                )
            case RidingRecord():
                db.run(
                    "INSERT INTO riding (riding_id, name_en, name_fr, province) VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
                    (record.riding_id, record.name_en, record.name_fr, record.province),
                )
            case FactsRecord():
                returned.facts |= {name: value for name, value in record.facts.items() if is_told(name)}
            case MarksRecord():
                pass
    returned.events += _put_events(db, waiting)
    return returned


def _put_events(db: Connection, events: list[Event]) -> list[Event]:
    if not events:
        return []
    new = insert_events(db, events).touched
    last: dict[tuple[int, bytes], int] = {}
    for event in events:
        place = (event.riding_id, event.key.device_id)
        last[place] = max(last.get(place, 0), event.key.device_seq)
    for (riding_id, device_id), seq in last.items():
        db.run(
            "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,0)"
            " ON CONFLICT (riding_id, device_id) DO UPDATE SET last_seq = MAX(last_seq, excluded.last_seq)",
            (riding_id, device_id, seq),
        )
    return new


def _put_fact(db: Connection, name: str, value: str) -> None:
    db.run(
        "INSERT INTO meta (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
