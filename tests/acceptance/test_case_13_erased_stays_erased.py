"""Case 13: an erased person; a device offline 60 days brings an edit; another file brings her again: stays erased.

The receipt for the late edit is in tests/system/test_erasure_sync.py, with a real headquarters.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from canvass_app.ledger.kinds import PersonDescribed, SupportMarked
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.erasure import erase_person, finish_erasures
from canvass_app.services.importing import import_file
from tests.services.conftest import CAMPAIGN, RIDING, FakeTime
from tests.services.laptops import carry, exchange

DAY_MS = 86_400_000
HEAD = "VANID,surname,given name,year of birth,phone,house number,street,street type,municipality,riding\n"
HER = "Qzvokum"
OTHERS = "F2,Roy,Luc,1960,6135550102,2,Birch,St,Birch River,99001\nF3,Roy,Marie,1962,,2,Birch,St,Birch River,99001\n"


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Book, Book, FakeTime]]:
    """Two laptops that know the same file of three people."""
    time = FakeTime()
    books = [open_book(tmp_path / name, passphrase="test", now_ms=time) for name in ("one", "away")]
    for book in books:
        set_campaign(book, CAMPAIGN)
    file = tmp_path / "first.csv"
    file.write_text(HEAD + f"F1,{HER},Anne,1970,6135550101,4,Birch,St,Birch River,99001\n" + OTHERS, "utf-8")
    import_file(books[0], file, "people", riding_id=RIDING)
    exchange(*books)
    yield books[0], books[1], time
    for book in books:
        book.close()


def her_id(book: Book) -> bytes:
    return bytes(book.read().query("SELECT person_id FROM person WHERE last = ?", (HER,))[0][0])


def assert_gone(book: Book, *words: str) -> None:
    db, expand = book.read(), zstandard.ZstdDecompressor().decompress
    kept = b"".join(bytes(r[0]) for r in db.query("SELECT raw FROM event"))
    kept += b"".join(expand(bytes(r[0])) for r in db.query("SELECT data FROM roster_chunk"))
    kept += repr(db.query("SELECT * FROM person")).encode()
    for word in (HER, "6135550101", *words):
        assert word.encode() not in kept
    assert len(db.query("SELECT 1 FROM person")) == 2
    assert examine(book).findings == []


def test_case_13_an_edit_that_was_offline_sixty_days_comes_in_empty(
    laptops: tuple[Book, Book, FakeTime],
) -> None:
    one, away, time = laptops
    with away.act("Tom") as act:
        act.add(RIDING, her_id(away), PersonDescribed(phone="6135550147", email="late@example.ca"))
        act.add(RIDING, her_id(away), SupportMarked(level="2"))
    erase_person(one, RIDING, her_id(one), author="Lead")
    time.forward(60 * DAY_MS)
    carry(away, one)
    assert_gone(one, "6135550147", "late@example.ca")
    carry(one, away)
    assert_gone(away, "6135550147", "late@example.ca")
    # The late events are kept, under their own names, and are no forks.
    names = "SELECT device_id, device_seq, hash FROM event ORDER BY device_id, device_seq"
    assert one.read().query(names) == away.read().query(names)
    assert state_digest(one.read(), RIDING) == state_digest(away.read(), RIDING)
    assert one.read().query("SELECT COUNT(*) FROM fork") == [(0,)]


def test_case_13_another_file_that_lists_her_leaves_her_out_and_says_so(
    laptops: tuple[Book, Book, FakeTime], tmp_path: Path
) -> None:
    one, _, _ = laptops
    erase_person(one, RIDING, her_id(one), author="Lead")
    file = tmp_path / "second.csv"
    again = "X9,QZVOKUM,anne,,,4,Birch,Street,Birch River,99001\nF1,Other,Name,1970,,4,Birch,St,Birch River,99001\n"
    file.write_text(HEAD + OTHERS + again, "utf-8")
    report = import_file(one, file, "people", riding_id=RIDING)
    assert [row["line"] for row in report.as_dict("fr")["left_out"]] == [4, 5]
    assert HER.lower() not in str(report.as_dict("en")).lower()
    assert not one.read().query("SELECT 1 FROM person WHERE last LIKE 'qzvokum%'")


def test_case_13_a_file_imported_by_a_laptop_that_did_not_know_stays_out_on_both(
    laptops: tuple[Book, Book, FakeTime], tmp_path: Path
) -> None:
    one, away, _ = laptops
    erase_person(one, RIDING, her_id(one), author="Lead")
    file = tmp_path / "second.csv"
    file.write_text(HEAD + f"X9,{HER},Anne,1970,6135550101,8,Birch,St,Birch River,99001\n", "utf-8")
    assert import_file(away, file, "people", riding_id=RIDING).left_out == []
    exchange(one, away)
    for book in (one, away):
        finish_erasures(book)
    exchange(one, away)
    for book in (one, away):
        assert_gone(book)
    assert state_digest(one.read(), RIDING) == state_digest(away.read(), RIDING)
