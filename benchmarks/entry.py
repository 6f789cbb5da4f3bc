"""One typed result, from the service's call to durable, in a riding of 100,000 people."""

from __future__ import annotations

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
from canvass_app.storage.roster_store import roster_id_of, store_chunks

RIDING = 201399001
PEOPLE = 100_000
DOORS = 60_000
TYPED = 300


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


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99)] * 1000


def run() -> dict[str, Any]:
    """p99 and median in milliseconds of a typed result, and of a bare one-row commit in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        book = open_book(Path(folder), passphrase="bench")
        set_campaign(book, demo_settings())
        doors = fill(book)
        turf = make_turf(book, RIDING, "Bench", doors[:TYPED]).turf_id
        document = issue_walk_list(book, RIDING, turf).document
        shift = open_shift(book, "Bench", RIDING, document.number)
        typed: list[float] = []
        bare: list[float] = []
        marks = [Mark(code="not_home"), Mark(support="2"), Mark(code="refused")]
        for n, line in enumerate(document.lines[:TYPED]):
            start = time.perf_counter()
            record(book, shift, document.number, line.line, marks[n % 3])
            typed.append(time.perf_counter() - start)
            start = time.perf_counter()
            book.set_meta("bench", str(n))
            bare.append(time.perf_counter() - start)
        book.close()
    return {
        "p99_ms": round(_p99(typed), 2),
        "median_ms": round(sorted(typed)[len(typed) // 2] * 1000, 2),
        "bare_p99_ms": round(_p99(bare), 2),
        "bare_median_ms": round(sorted(bare)[len(bare) // 2] * 1000, 2),
        "ratio_to_commit": round(_p99(typed) / _p99(bare), 2),
    }
