"""A second laptop of the same campaign: a book of its own, and a way for events to travel between the two."""

from __future__ import annotations

from pathlib import Path

from canvass_app.ledger.events import open_event
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project

from .conftest import CAMPAIGN, FakeTime

_COPIED = ("riding", "roster_chunk", "asset")


def second_laptop(folder: Path, time: FakeTime) -> Book:
    """An empty book beside the first. The caller closes it."""
    opened = open_book(folder, passphrase="test", now_ms=time)
    set_campaign(opened, CAMPAIGN)
    return opened


def carry(source: Book, target: Book) -> None:
    """Bring everything that `source` knows to `target`, as a sync would."""
    events = [open_event(bytes(row[0])) for row in source.read().query("SELECT raw FROM event")]
    with target.database.write() as db:
        for table in _COPIED:
            columns = [str(row[1]) for row in source.read().query(f"PRAGMA table_info({table})")]
            places = ",".join("?" * len(columns))
            db.run_many(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) ON CONFLICT DO NOTHING",
                source.read().query(f"SELECT {', '.join(columns)} FROM {table}"),
            )
        project(db, insert_events(db, events).touched, target.time_zone)


def exchange(one: Book, other: Book) -> None:
    """Both laptops know what either knew."""
    carry(one, other)
    carry(other, one)
