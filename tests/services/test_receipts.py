"""Receipts per shift, what arrived, and what a person must know of headquarters: laptops and a real one on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.ledger.kinds import AttemptMade, NoteWritten, ShiftOpened, ShiftVoided, TurfCut
from canvass_app.services.arrivals import arrivals, note_seen
from canvass_app.services.identity import take_new_identity
from canvass_app.services.receipts import shift_receipts
from canvass_app.services.standing import Aside, standing
from canvass_app.services.syncing import join, sync_now
from canvass_app.sync.inbox import note_verified
from canvass_app.sync.outbox import set_acked
from tests.hq.kit import RIDING, START_MS, Hq, add_street, knock, new_laptop, running_hq, street_door

__all__ = ["new_laptop"]
DAY_MS = 86_400_000


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Hq]:
    """A headquarters on SQLite: nothing here depends on its database."""
    yield from running_hq(tmp_path / "hq")


def type_shift(book: Any, name: str, shift: bytes, doors: range) -> None:
    with book.act(name) as act:
        act.add(RIDING, shift, ShiftOpened(volunteer=name))
    with book.act(name, shift) as act:
        for number in doors:
            act.add(RIDING, street_door(number), AttemptMade(code="not_home"))


def test_each_shift_has_its_receipt_and_keeps_it(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    type_shift(book, "Ana Invented", b"a" * 16, range(1, 4))
    first = sync_now(book).receipts[RIDING]
    hq.time.pass_ms(DAY_MS)
    type_shift(book, "Bea Invented", b"b" * 16, range(4, 9))
    bea, ana = shift_receipts(book)
    assert (bea.number, bea.volunteer, bea.results, bea.pending, bea.receipt) == (2, "Bea Invented", 5, 5, "")
    assert (ana.number, ana.volunteer, ana.results, ana.pending, ana.receipt) == (
        1,
        "Ana Invented",
        3,
        0,
        first,
    )
    assert (ana.day, ana.received_ms) == ("2015-10-01", START_MS)
    assert ana.waiting == 0 < bea.waiting
    second = sync_now(book).receipts[RIDING]
    assert [(one.receipt, one.pending) for one in shift_receipts(book)] == [(second, 0), (first, 0)]
    # What is added to an evening later needs a receipt of its own.
    with book.act("Ana Invented", b"a" * 16) as act:
        act.add(RIDING, street_door(9), AttemptMade(code="refused"))
    ana = shift_receipts(book)[-1]
    assert (ana.results, ana.pending, ana.receipt) == (4, 1, "")


def test_a_receipt_of_a_headquarters_that_was_put_back_counts_no_more(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    type_shift(book, "Ana Invented", b"a" * 16, range(1, 4))
    sync_now(book)
    type_shift(book, "Bea Invented", b"b" * 16, range(4, 6))
    sync_now(book)
    bea, ana = shift_receipts(book)
    with book.database.write() as db:
        set_acked(db, RIDING, book.device_id, 5)
    assert [one.receipt for one in shift_receipts(book)] == ["", ana.receipt]
    again = sync_now(book).receipts[RIDING]
    assert [one.receipt for one in shift_receipts(book)] == [again, ana.receipt]
    assert book.read().query("SELECT COUNT(*) FROM receipt") == [(2,)]
    assert bea.receipt


def test_results_without_a_shift_and_a_shift_taken_back_are_shown_too(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    knock(book, 1, author="Cleo Invented")
    type_shift(book, "Ana Invented", b"a" * 16, range(2, 5))
    with book.act("Lead") as act:
        act.add(RIDING, b"a" * 16, ShiftVoided(reason="wrong list"))
    ana, loose = shift_receipts(book)
    assert (ana.voided, ana.results, ana.pending) == (True, 3, 0)
    assert ana.waiting > 0
    assert (loose.number, loose.volunteer, loose.results, loose.pending) == (0, "Cleo Invented", 1, 1)
    sync_now(book)
    assert all(one.receipt and not one.waiting for one in shift_receipts(book))


def test_a_laptop_with_a_new_identity_still_shows_the_shifts_of_the_old_one(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    type_shift(book, "Ana Invented", b"a" * 16, range(1, 4))
    receipt = sync_now(book).receipts[RIDING]
    type_shift(book, "Bea Invented", b"b" * 16, range(4, 6))
    take_new_identity(book)
    bea, ana = shift_receipts(book)
    assert (ana.volunteer, ana.results, ana.pending, ana.receipt) == ("Ana Invented", 3, 0, receipt)
    assert (bea.volunteer, bea.results, bea.pending, bea.receipt) == ("Bea Invented", 2, 2, "")
    assert standing(book).renewed
    join(book, hq.url, hq.code(), "Laptop again")
    assert not standing(book).renewed
    sync_now(book)
    assert [(one.number, one.pending, bool(one.receipt)) for one in shift_receipts(book)] == [
        (2, 0, True),
        (1, 0, True),
    ]


def test_what_arrived_is_told_by_person_until_it_was_seen(hq: Hq, new_laptop: Any) -> None:
    mine, other = new_laptop(hq), new_laptop(hq)
    add_street(other)
    type_shift(other, "Nadia Invented", b"n" * 16, range(1, 8))
    type_shift(other, "Omar Invented", b"o" * 16, range(8, 10))
    with other.act("Omar Invented", b"o" * 16) as act:
        act.add(RIDING, street_door(8), NoteWritten(target="door", text="A gate that sticks"))
    with other.act("Priya Invented") as act:
        act.add(RIDING, b"t" * 16, TurfCut(name="North", doors=(street_door(1),)))
    knock(mine, 12)
    sync_now(other)
    assert arrivals(mine).rows == ()
    sync_now(mine)
    news = arrivals(mine)
    assert news.fresh
    assert news.since_ms is None
    assert [(row.who, row.counts) for row in news.rows] == [
        ("Nadia Invented", {"results": 7}),
        ("Omar Invented", {"notes": 1, "results": 2}),
        ("Importer", {"files": 1}),
        ("Priya Invented", {"turfs": 1}),
    ]
    assert news.results == 9
    assert arrivals(mine, news) is news
    note_seen(mine, news)
    seen = arrivals(mine)
    assert (seen.fresh, seen.rows, seen.since_ms) == (False, news.rows, None)
    hq.time.pass_ms(DAY_MS)
    knock(other, 20, author="Nadia Invented")
    sync_now(other)
    sync_now(mine)
    later = arrivals(mine, seen)
    assert (later.fresh, later.since_ms) == (True, START_MS)
    assert [(row.who, row.results) for row in later.rows] == [("Nadia Invented", 1)]
    # A second look at what was seen before moves nothing.
    note_seen(mine, seen)
    assert arrivals(mine).fresh


def test_a_riding_is_incomplete_until_its_slice_was_found_whole(hq: Hq, new_laptop: Any) -> None:
    mine, other = new_laptop(hq), new_laptop(hq)
    add_street(other)
    sync_now(other)
    assert standing(mine).incomplete == (RIDING,)
    sync_now(mine)
    assert standing(mine).incomplete == ()
    # The laptop died between the last page and the comparison: the next sync compares, though nothing is new.
    with mine.database.write() as db:
        note_verified(db, RIDING, 0)
    assert standing(mine).incomplete == (RIDING,)
    sync_now(mine)
    assert standing(mine).incomplete == ()


def test_what_headquarters_set_aside_or_does_not_take_is_told(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    type_shift(book, "Ana Invented", b"a" * 16, range(1, 4))
    knock(book, 1, riding_id=RIDING + 1)
    assert standing(book).elsewhere == ()
    sync_now(book)
    assert standing(book).elsewhere == (RIDING + 1,)
    last = book.read().query("SELECT MAX(device_seq) FROM event WHERE riding_id = ?", (RIDING,))[0][0]
    with book.database.write() as db:
        for device, seq in ((book.device_id, last), (b"", 7)):
            db.run(
                "INSERT INTO quarantine (riding_id, device_id, device_seq, reason, raw) VALUES (?,?,?,?,?)",
                (RIDING, device, seq, "a NUL", b""),
            )
    stands = standing(book)
    assert (stands.aside, stands.unread, stands.forks) == ((Aside("a NUL", 1),), 1, 0)
    assert {one.volunteer: one.aside for one in shift_receipts(book)} == {"Ana Invented": 1, "Ana": 0}
