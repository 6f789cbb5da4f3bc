"""What the laptop's acceptance cases stand on: replicas that events are carried to, in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from canvass_app.ledger.clock import reading, stamp
from canvass_app.ledger.events import Event, Key, open_event, seal
from canvass_app.ledger.kinds import Body
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.doctor import examine, state_digest
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.log import insert_events
from canvass_app.storage.migrate import migrate
from canvass_app.storage.projections import PROJECTED, project, rebuild
from canvass_app.storage.roster_store import store_chunks
from tests.services.conftest import CAMPAIGN, RIDING, START_MS, FakeTime

ZONE = "America/Toronto"


def written(
    device: int, seq: int, subject: bytes, body: Body, *, sees: Sequence[Event] = (), shift: bytes = b"",
    ms: int = 0, author: str = "",
) -> Event:  # fmt: skip
    """An event of a device that had seen what it is told."""
    return seal(
        RIDING, Key(bytes([device]) * 16, seq), subject, body, author=author or f"device {device}", shift=shift,
        hlc=reading(START_MS + ms), wall_ms=START_MS + ms, sees=[e.key for e in sees], nonce=b"12345678",
    )  # fmt: skip


class Undo(Exception):
    """Leaves nothing behind."""


class Replica:
    """A database that learns events, keeps the state it came to, and forgets again."""

    def __init__(self, path: Path) -> None:
        self.database = SqliteDatabase(path, b"k" * 32)
        migrate(self.database)

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """A transaction that is undone."""
        try:
            with self.database.write() as db:
                yield db
                raise Undo
        except Undo:
            pass

    def state(self, *portions: Sequence[Event], rosters: Sequence[Any] = ()) -> dict[str, list[Any]]:
        """The state after these portions came one after the other; equal to a fold from scratch."""
        with self.trial() as db:
            for roster in rosters:
                store_chunks(db, RIDING, roster)
            for portion in portions:
                project(db, insert_events(db, list(portion)).touched, ZONE)
            found = rows_of(db)
            rebuild(db, RIDING, ZONE)
            assert rows_of(db) == found
        return found


def rows_of(db: Connection) -> dict[str, list[Any]]:
    """Every projected row."""
    return {table: sorted(db.query(f"SELECT * FROM {table}"), key=repr) for table in PROJECTED}


def laptop(folder: Path, time: FakeTime) -> Book:
    """An empty laptop of the campaign. The caller closes it."""
    book = open_book(folder, passphrase="test", now_ms=time)
    set_campaign(book, CAMPAIGN)
    return book


class Desk:
    """Headquarters' part, in memory: it numbers and stamps what reaches it, once, and gives everything to all."""

    def __init__(self, time: FakeTime) -> None:
        self.time = time
        self.log: dict[tuple[int, Key], tuple[Event, int]] = {}
        self.assets: list[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]] = []

    def meet(self, book: Book) -> None:
        """A laptop sends what it wrote and fetches the rest."""
        for (raw,) in book.read().query(
            "SELECT raw FROM event WHERE device_id = ? ORDER BY device_seq", (book.device_id,)
        ):
            event = open_event(bytes(raw))
            if (event.riding_id, event.key) not in self.log:
                mine = stamp(event.hlc, self.time.ms)
                self.log[event.riding_id, event.key] = (open_event(event.raw, mine), len(self.log) + 1)
        for table in ("riding", "roster_chunk", "asset"):
            columns = tuple(str(row[1]) for row in book.read().query(f"PRAGMA table_info({table})"))
            self.assets.append((table, columns, book.read().query(f"SELECT * FROM {table}")))
        with book.database.write() as db:
            for table, columns, rows in self.assets:
                places = ",".join("?" * len(columns))
                db.run_many(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) ON CONFLICT DO NOTHING",
                    rows,
                )
            events = [event for event, _ in self.log.values()]
            found = insert_events(db, events, [number for _, number in self.log.values()])
            project(db, [*found.touched, *(e for e in events if e.stamp != e.hlc)], book.time_zone)
        # What a laptop hears of clocks: headquarters', and over a stick everybody's.
        for heard in (reading(self.time.ms), *(event.hlc for event in events)):
            book.clock.learn(heard)

    def agrees(self, *books: Book) -> None:
        """A model keeps no figures of its own: nothing to compare."""


def all_alike(desk: Desk, *books: Book, riding_id: int = RIDING) -> None:
    """After everybody met headquarters: one state, equal to a fold from scratch."""
    for _ in range(2):
        for book in books:
            desk.meet(book)
    states = {state_digest(book.read(), riding_id) for book in books}
    assert len(states) == 1
    for book in books:
        report = examine(book)
        assert report.ok, [finding.en for finding in report.findings]
    desk.agrees(*books)
