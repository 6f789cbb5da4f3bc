"""One typed result, from the service's call to durable, in a riding of 100,000 people.

Its peer is one commit of the same event bytes into a SQLCipher table with nothing but a key.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from canvass_app.domain.address import Address, normalise_street
from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import RosterAdded
from canvass_app.ledger.rosters import DoorEntry, PersonEntry, build_roster
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.demo.settings import demo_settings
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.ridings import note_riding
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.roster_store import roster_id_of, store_chunks

RIDING = 201399001
PEOPLE = 100_000
DOORS = 60_000
TYPED = 900
"""Enough that the slowest hundredth is nine results, not three."""


def fill(book: Book) -> list[bytes]:
    """A roster of invented people; the ids of its doors."""
    doors: list[DoorEntry] = []
    for n in range(DOORS):
        street = normalise_street(f"Lane {n // 200}", "Rd")
        address = Address(n % 200 + 1, "", street)
        doors.append(
            DoorEntry(
                address.door_id, address.number, "", street.name, street.type, "", street.label, "", 0, "Birch River",
                "", -75_000_000 + n, 45_000_000 + n, "", "",
            )
        )  # fmt: skip
    people = [
        PersonEntry(
            n.to_bytes(16, "big"),
            doors[n % DOORS].door_id,
            f"Last{n}",
            "First",
            "",
            0,
            "",
            "",
            "",
            "",
            "",
            "",
            "",
        )
        for n in range(PEOPLE)
    ]
    roster = build_roster(RIDING, doors, people)
    with book.act("bench") as act:
        note_riding(act.db, Riding(RIDING, Text("Bench", "Banc")))
        store_chunks(act.db, RIDING, roster)
        body = RosterAdded(name=roster.name, source="bench", doors=DOORS, people=PEOPLE)
        act.add(RIDING, roster_id_of(roster.name), body)
    return [door.door_id for door in doors]


class Bare:
    """A SQLCipher file with one table and one key."""

    def __init__(self, folder: Path) -> None:
        self._database = SqliteDatabase(folder / "bare.db", os.urandom(32))
        with self._database.write() as db:
            db.run("CREATE TABLE bare (name BLOB PRIMARY KEY, raw BLOB) WITHOUT ROWID")

    def commit(self, rows: list[tuple[bytes, bytes]]) -> float:
        """Seconds to insert these rows and commit them durably."""
        begun = time.perf_counter()
        with self._database.write() as db:
            db.run_many("INSERT INTO bare (name, raw) VALUES (?,?)", rows)
        return time.perf_counter() - begun

    def close(self) -> None:
        self._database.close()


def typed_beside_bare(book: Book, bare: Bare, doors: list[bytes]) -> tuple[list[float], list[float]]:
    """Seconds of each typed result and of a bare commit of the event bytes it wrote, in turns."""
    turf = make_turf(book, RIDING, f"Bench {len(doors)}", doors, take=True, anyway=True).turf_id
    document = issue_walk_list(book, RIDING, turf, anyway=True).document
    shift = open_shift(book, "Bench", RIDING, document.number)
    marks = [Mark(code="not_home"), Mark(support="2"), Mark(code="refused")]
    typed: list[float] = []
    committed: list[float] = []
    for n, line in enumerate(document.lines[: len(doors)]):
        before = _last(book)
        begun = time.perf_counter()
        record(book, shift, document.number, line.line, marks[n % 3])
        typed.append(time.perf_counter() - begun)
        rows = book.read().query(
            "SELECT hash, raw FROM event WHERE riding_id = ? AND device_id = ? AND device_seq > ?",
            (RIDING, book.device_id, before),
        )
        committed.append(bare.commit([(bytes(name), bytes(raw)) for name, raw in rows]))
    return typed, committed


def _last(book: Book) -> int:
    rows = book.read().query(
        "SELECT last_seq FROM device_log WHERE riding_id = ? AND device_id = ?", (RIDING, book.device_id)
    )
    return int(rows[0][0])


def in_ms(seconds: list[float], share: float) -> float:
    """The `share` quantile in milliseconds."""
    return round(sorted(seconds)[int(len(seconds) * share)] * 1000, 2)


def run() -> dict[str, Any]:
    """p99 and median in milliseconds of a typed result, and of a bare commit of the same bytes in the same run."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        book, bare = open_book(folder / "book", passphrase="bench"), Bare(folder)
        set_campaign(book, demo_settings())
        doors = fill(book)
        typed, committed = typed_beside_bare(book, bare, doors[:TYPED])
        book.close()
        bare.close()
    return {
        "p99_ms": in_ms(typed, 0.99),
        "median_ms": in_ms(typed, 0.5),
        "bare_p99_ms": in_ms(committed, 0.99),
        "bare_median_ms": in_ms(committed, 0.5),
        "ratio_to_commit": round(in_ms(typed, 0.99) / in_ms(committed, 0.99), 2),
        "ratio_of_medians": round(in_ms(typed, 0.5) / in_ms(committed, 0.5), 2),
    }
