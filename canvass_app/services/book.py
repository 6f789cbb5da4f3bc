"""The open book: one campaign's record on this device, and the only way to write in it."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from canvass_app.domain.campaign import Campaign, load_campaign
from canvass_app.ledger.clock import Clock
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.keys import Prompt, open_key
from canvass_app.storage.lock import InstanceLock
from canvass_app.storage.migrate import migrate

if TYPE_CHECKING:
    from .act import Act

DATABASE = "canvass.db"
BACKUPS = "backups"
DEFAULT_ZONE = "America/Toronto"


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


class Frozen:
    """Documents that never change, kept decoded while they are in use; the longest unused goes first."""

    def __init__(self, room: int = 32) -> None:
        self._room = room
        self._kept: OrderedDict[bytes, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: bytes) -> object | None:
        """The document of that hash, or None."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def put(self, name: bytes, document: object) -> None:
        """Keep a document under its hash."""
        with self._lock:
            self._kept[name] = document
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)


class Book:
    """One campaign's record on this device. Reads may come from any thread; writes take turns."""

    def __init__(
        self, folder: Path, database: SqliteDatabase, lock: InstanceLock, now_ms: Callable[[], int]
    ) -> None:
        self.folder = folder
        self.database = database
        self._lock = lock
        self._write_lock = threading.RLock()
        self.frozen = Frozen()
        # What the opening read in advance for the first screen; of no use after any write, a sync's included.
        self.ahead: dict[tuple[str, int], object] = {}
        self.clock = Clock(now_ms, int(self.meta("clock", "0")))
        self.campaign: Campaign | None = None
        self.reload_campaign()
        if not self.meta("device_id"):
            self.set_meta("device_id", os.urandom(16).hex())
        self.device_id = bytes.fromhex(self.meta("device_id"))

    # --- facts --------------------------------------------------------------------------------

    def read(self) -> Connection:
        """A reading connection for this thread."""
        return self.database.read()

    def meta(self, name: str, default: str = "") -> str:
        """A fact of this database (never synced)."""
        rows = self.read().query("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else default

    def set_meta(self, name: str, value: str) -> None:
        """Keep a fact of this database, durably."""
        with self._write_lock, self.database.write() as db:
            put_meta(db, name, value)

    def reload_campaign(self) -> None:
        """Read the campaign's settings again, after they were set or synced."""
        text = self.meta("campaign")
        self.campaign = load_campaign(json.loads(text)) if text else None

    @property
    def time_zone(self) -> str:
        """The campaign's IANA time zone."""
        return self.campaign.time_zone if self.campaign else DEFAULT_ZONE

    def campaign_name(self, language: str) -> str:
        """The campaign's name for a title bar."""
        return self.campaign.name.say(language) if self.campaign else ""

    def now_ms(self) -> int:
        """The wall time in milliseconds UTC."""
        return self.clock.now_ms()

    def today(self) -> str:
        """Today's ISO date where the campaign is."""
        from canvass_app.storage.days import local_day

        return local_day(self.now_ms(), self.time_zone)

    # --- writing ------------------------------------------------------------------------------

    @contextmanager
    def act(self, author: str, shift: bytes = b"") -> Generator[Act]:
        """One act: its events and their projections are durable together, or not at all.

        After the block, `act.changes` says what changed.
        """
        from .act import Act

        with self._write_lock, self.database.write() as db:
            act = Act(self, db, author, shift)
            yield act
            act.finish()

    def close(self) -> None:
        """Close the database and let go of the folder."""
        with self._write_lock:
            self.database.close()
            self._lock.release()


def put_meta(db: Connection, name: str, value: str) -> None:
    """Keep a fact of this database within a transaction."""
    db.run(
        "INSERT INTO meta (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def open_book(
    folder: Path,
    *,
    passphrase: str | None = None,
    prompt: Prompt | None = None,
    now_ms: Callable[[], int] | None = None,
) -> Book:
    """Open the record in `folder`, made on first use: key, lock, database, migrations (backup first).

    Raises NoKey, WrongKey, AlreadyOpen or another StorageProblem, each with words for people.
    """
    lock = InstanceLock(folder)
    try:
        key = open_key(folder, passphrase, prompt)
        database = SqliteDatabase(folder / DATABASE, key)
        try:
            migrate(database, folder / BACKUPS / f"before-migration-{(now_ms or _wall_ms)()}.db")
            book = Book(folder, database, lock, now_ms or _wall_ms)
        except BaseException:
            database.close()
            raise
    except BaseException:
        lock.release()
        raise
    return book


def back_up_if_due(book: Book) -> Path | None:
    """Today's backup, unless there is one; the newest seven days are kept. For a quiet moment after start."""
    from .backups import keep_daily_backup

    return keep_daily_backup(book.database, book.folder, book.today())
