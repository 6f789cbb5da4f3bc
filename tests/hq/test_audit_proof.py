"""`make proof`: who saw somebody, asked of a headquarters that holds a million records."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest

from canvass_app.domain.accesses import Access
from canvass_app.hq.audit_checks import check_audit
from canvass_app.hq.checks import HqHealth
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.sights import who_saw
from canvass_app.ledger.trail import (
    REF_BYTES,
    START,
    Draft,
    Record,
    concerning,
    handed_log,
    people_refs,
    seal,
)
from canvass_app.services.syncing import sync_now
from canvass_app.storage.audit import FOREIGN, finders, keep_set
from canvass_app.storage.database import Connection
from canvass_app.storage.postgres import PgConnection
from tests.hq.kit import RIDING, Hq, add_street, street_person, talk

RECORDS_A_DEVICE, PEOPLE_A_RECORD, RECORDS_A_SET = 5_000, 10, 200
"""A million records: 200 laptops, 100,000 people, 5,000 lists."""
_AUDIT = (
    ("riding_id", "int8"), ("chain", "bytea"), ("number", "int8"), ("wall_ms", "int8"), ("hash", "bytea"), ("raw", "bytea")
)  # fmt: skip
_PAGE = (
    ("riding_id", "int8"), ("ref", "bytea"), ("device", "bytea"), ("wall_ms", "int8"), ("chain", "bytea"), ("number", "int8"),
    ("low", "int8"), ("high", "int8"),
)  # fmt: skip
_REF = (("riding_id", "int8"), ("ref", "bytea"), ("chain", "bytea"), ("number", "int8"))


def drafts(
    chance: random.Random, device: bytes, people: list[bytes], sets: list[tuple[bytes, int]], count: int
) -> Iterator[Draft]:
    """What a laptop records in an autumn: doors, searches, pages of lists, lists, and what it was handed."""
    for number in range(count):
        bare = Draft(Access.SEEN, 1_443_700_000_000 + number * 1_000, device, "Ana Invented", what="door")
        kind = chance.random()
        if kind < 0.1:
            first = 1 if chance.random() < 0.5 else chance.randrange(1, 20_000)
            what, numbers = handed_log(range(first, first + 2_000))[0]
            yield bare._replace(act=Access.HANDED, who="", what=what, numbers=numbers)
        elif kind < 0.2:
            name, size = chance.choice(sets)
            yield bare._replace(act=Access.LISTED, what="list", people=size, set_name=name)
        else:
            size = 8 if kind < 0.5 else chance.randrange(1, 5)
            refs = sorted({chance.choice(people) for _ in range(size)})
            yield concerning(bare, refs)[0]


def insert(db: Connection, table: str, columns: tuple[tuple[str, str], ...], rows: list[Any]) -> None:
    if isinstance(db, PgConnection):
        db.copy_in(table, columns, rows)
        return
    names = ", ".join(name for name, _ in columns)
    db.run_many(f"INSERT INTO {table} ({names}) VALUES ({','.join('?' * len(columns))})", rows)


def fill(hq: Hq, records: int) -> None:
    """Rows of the same shape as the product's own, by its own functions."""
    chance = random.Random(27)
    people = people_refs(
        RIDING, [street_person(1), *(n.to_bytes(16, "big") for n in range(records // PEOPLE_A_RECORD))]
    )
    sets: list[tuple[bytes, int]] = []
    with hq.office.database.write() as db:
        for _ in range(records // RECORDS_A_SET):
            refs = sorted(chance.sample(people, 150))
            draft, joined = concerning(Draft("", 0, b"", ""), refs)
            assert len(joined) == 150 * REF_BYTES
            keep_set(db, RIDING, draft.set_name, joined)
            sets.append((draft.set_name, 150))
    for place in range(records // RECORDS_A_DEVICE):
        device = place.to_bytes(16, "big")
        made: list[Record] = []
        before = START
        for number, draft in enumerate(drafts(chance, device, people, sets, RECORDS_A_DEVICE), 1):
            made.append(seal(RIDING, device, number, before, draft))
            before = made[-1].hash
        rows = [(RIDING, device, r.entry.number, r.entry.wall_ms, r.hash, r.raw) for r in made]
        refs, pages = finders(r.entry for r in made)
        with hq.office.database.write() as db:
            insert(db, "audit", _AUDIT, rows)
            insert(db, "audit_ref", _REF, refs)
            insert(db, "audit_page", _PAGE, pages)
            db.run(
                "INSERT INTO audit_head (riding_id, chain, device_id, own, number, hash) VALUES (?,?,?,?,?,?)",
                (RIDING, device, device, FOREIGN, len(made), before),
            )


def ask(hq: Hq, new_laptop: Any, records: int, record_property: Any) -> None:
    book = new_laptop(hq)
    add_street(book, 50)
    talk(book, 1, "1")
    sync_now(book)
    catch_up(hq.office, RIDING)
    began = time.perf_counter()
    fill(hq, records)
    filled = time.perf_counter() - began
    took: list[float] = []
    found = None
    for _ in range(5):
        began = time.perf_counter()
        found = who_saw(hq.office, RIDING, street_person(1))
        took.append(time.perf_counter() - began)
    assert found is not None
    acts = {one.act for one in found.sights}
    assert {"seen", "handed"} <= acts
    assert all(one.device_id for one in found.sights)
    began = time.perf_counter()
    checked = check_audit(hq.office, HqHealth())
    walked = time.perf_counter() - began
    assert checked.flaws == []
    for what, value in (
        ("audit records at headquarters", checked.records),
        ("who-saw, lines", len(found.sights)),
        ("who-saw, the first time, ms", round(took[0] * 1000)),
        ("who-saw, the worst of five, ms", round(max(took) * 1000)),
        ("audit, filling, s", round(filled)),
        ("audit verify, s", round(walked)),
    ):
        record_property("proof", (f"{what} ({hq.office.database.dialect})", value))


def test_who_saw_among_10_000_records(hq: Hq, new_laptop: Any, record_property: Any) -> None:
    ask(hq, new_laptop, 10_000, lambda *_: None)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_who_saw_among_a_million_records(hq: Hq, new_laptop: Any, record_property: Any) -> None:
    ask(hq, new_laptop, 1_000_000, record_property)
