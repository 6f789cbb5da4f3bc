"""The laptop's side of an exchange: its database, clock and keys, handed in by whoever runs it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from canvass_app.domain.text import Text
from canvass_app.ledger.clock import Clock, reading
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection

from .pace import Size
from .problems import SyncStopped
from .steps import Call

FIRST_PAGE, LEAST_PAGE, MOST_PAGE = 250, 25, 5_000
LEAST_PART = 5
APPLY_SECONDS, TYPING_SECONDS = 0.5, 0.005
"""How long the transaction that applies a page may take, and how long while somebody types."""


class Database(Protocol):
    """What sync needs of a database: `storage.SqliteDatabase` has it."""

    writes: int
    """Transactions begun so far: what was read before the last one may be old."""

    def read(self) -> Connection:
        """A reading connection for this thread."""
        ...

    def write(self) -> AbstractContextManager[Connection]:
        """One durable transaction."""
        ...


def _no_progress(_what: Text, _done: int, _total: int) -> None:
    return


def _no_parting(_riding_id: int, _through: int) -> None:
    return


@dataclass(slots=True)
class Replica:
    """Everything an exchange needs besides the network."""

    database: Database
    device_id: bytes
    clock: Clock
    time_zone: str
    hq_key: bytes
    timer: Callable[[], float]
    """Seconds, monotonic: only their differences are used, to choose the size of pages."""
    progress: Callable[[Text, int, int], None] = _no_progress
    cancelled: Callable[[], bool] = lambda: False
    typing: Callable[[], bool] = lambda: False
    """Whether somebody types at this moment: then no transaction of a pull may take longer than a keystroke."""
    ahead: Callable[[Call], None] = lambda _call: None
    """Told of a call that is asked for next unless something comes between: it may be begun already."""
    parting: Callable[[int, int], None] = _no_parting
    """Told of a riding and an own number: events up to it, which headquarters has, are about to leave this laptop."""
    came_back: bool = False
    """Whether own events came from headquarters that were not here any more."""
    let_go: set[int] = field(default_factory=set[int])
    """Ridings of which something left this laptop, because it is no longer given to it."""
    batch: Size = field(default_factory=Size)
    page: Size = field(default_factory=lambda: Size(FIRST_PAGE, LEAST_PAGE, MOST_PAGE))
    part: Size = field(default_factory=lambda: Size(LEAST_PART, LEAST_PART, FIRST_PAGE))
    """How many events of a page one transaction applies while somebody types."""
    changes: ChangeSet = field(default_factory=ChangeSet)

    def epoch(self, db: Connection) -> bytes:
        """The epoch of headquarters that this laptop knows."""
        return bytes.fromhex(fact(db, "hq_epoch"))

    def heard(self, db: Connection, server_ms: int, latest: int = 0) -> None:
        """Learn HQ's time and the latest stamp seen. Within a write, so that no act is half-way."""
        self.clock.learn(reading(server_ms))
        self.clock.learn(latest)
        keep_fact(db, "clock", str(self.clock.last))

    def stop_if_cancelled(self) -> None:
        """Raises SyncStopped when the person asked to stop; what was done so far stays done."""
        if self.cancelled():
            raise SyncStopped


def fact(db: Connection, name: str, default: str = "") -> str:
    """A fact of this database."""
    rows = db.query("SELECT value FROM meta WHERE name = ?", (name,))
    return str(rows[0][0]) if rows else default


def keep_fact(db: Connection, name: str, value: str) -> None:
    """Keep a fact of this database within a transaction."""
    db.run(
        "INSERT INTO meta (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
