"""An act: events written together with their projections in one transaction."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from canvass_app.ledger.events import NONCE_BYTES, Event, Key, seal
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import Body
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.erasing import cleaned_events
from canvass_app.storage.log import events_of, insert_events, members, resolve, voided_shifts
from canvass_app.storage.projections import project

from .book import put_meta
from .holding import check_may_say

if TYPE_CHECKING:
    from .book import Book


class Act:
    """Events being written in one transaction."""

    def __init__(self, book: Book, db: Connection, author: str, shift: bytes) -> None:
        self.book, self.db, self.author, self.shift = book, db, author, shift
        self.changes = ChangeSet()
        self.written: list[Event] = []
        """Every event of the act, in order: what the journal takes after the commit."""
        self.facts: dict[str, str] = {}
        self._pending: list[Event] = []
        self._last_seq: dict[int, int] = {}
        self.wall_ms = book.now_ms()

    def next_seq(self, riding_id: int) -> int:
        """The number that this device's next event in a riding will have."""
        if riding_id not in self._last_seq:
            rows = self.db.query(
                "SELECT last_seq FROM device_log WHERE riding_id = ? AND device_id = ?",
                (riding_id, self.book.device_id),
            )
            self._last_seq[riding_id] = int(rows[0][0]) if rows else 0
        return self._last_seq[riding_id] + 1

    def add(self, riding_id: int, subject: bytes, body: Body) -> Event:
        """Write one event. It sees the heads of the fields that it sets, as this device knows them."""
        check_may_say(self.book, body)
        seq = self.next_seq(riding_id)
        event = seal(
            riding_id,
            Key(self.book.device_id, seq),
            subject,
            body,
            author=self.author,
            shift=self.shift,
            hlc=self.book.clock.tick(),
            wall_ms=self.wall_ms,
            sees=self._heads(riding_id, subject, body),
            nonce=os.urandom(NONCE_BYTES),
        )
        self._last_seq[riding_id] = seq
        self._pending.append(event)
        self.written.append(event)
        return event

    def _heads(self, riding_id: int, subject: bytes, body: Body) -> list[Key]:
        fields = body.sets()
        if not fields:
            return []
        group = {subject}
        for found in members(self.db, riding_id, resolve(self.db, riding_id, [subject]).values()).values():
            group.update(found)
        stored = events_of(self.db, riding_id, group)
        known = [event for events in stored.values() for event in events]
        known.extend(e for e in self._pending if e.riding_id == riding_id and e.subject in group)
        folded = fold_subject(known, voided_shifts(self.db, riding_id))
        return sorted({key for field in fields if field in folded for key in folded[field].heads})

    def set_meta(self, name: str, value: str) -> None:
        """Keep a fact of this database with the act."""
        put_meta(self.db, name, value)
        self.facts[name] = value

    def project_now(self) -> None:
        """Insert and project what was added so far, so that the rest of the act can read it."""
        self.finish()
        self._pending = []

    def finish(self) -> None:
        """Insert and project what was added; called by `Book.act` before it commits."""
        if self._pending:
            # What is said of an erased person (a page that was open since before) is not kept, nor journalled.
            self._pending = cleaned_events(self.db, self._pending)
            kept = {(event.riding_id, event.key): event for event in self._pending}
            self.written = [kept.get((event.riding_id, event.key), event) for event in self.written]
            insert_events(self.db, self._pending)
            for riding_id, last in self._last_seq.items():
                self.db.run(
                    "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,0)"
                    " ON CONFLICT (riding_id, device_id) DO UPDATE SET last_seq = excluded.last_seq",
                    (riding_id, self.book.device_id, last),
                )
            self.changes.add(project(self.db, self._pending, self.book.time_zone))
