"""After an erasure nothing of the person is left in any file of the data folder, not even for somebody with its key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from canvass_app.ledger.kinds import NoteWritten
from canvass_app.services.book import DATABASE, Book, open_book
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine
from canvass_app.services.erasure import erase_people
from canvass_app.services.importing import import_file

from .conftest import RIDING, FakeTime
from .erasure_scan import places_with
from .erasure_town import NAME, WORDS, SeededTown, seeded_town

SMALL = (100, 5)
FULL = (1_000, 50)

sizes = pytest.mark.parametrize(
    ("people", "marked"), [SMALL, pytest.param(*FULL, marks=pytest.mark.proof)], ids=["small", "full"]
)


def _copy(book: Book, folder: Path) -> Path:
    """The data folder as a power cut would leave it now."""
    target = folder / "copy"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(book.folder, target)
    return target


def _reopened(book: Book, time: FakeTime, between: Callable[[], None] = lambda: None) -> Book:
    book.close()
    between()
    return open_book(book.folder, passphrase="test", now_ms=time)


@sizes
def test_nothing_of_erased_people_is_left_and_nothing_comes_back(
    book: Book, fake_time: FakeTime, tmp_path: Path, people: int, marked: int
) -> None:
    town = seeded_town(book, fake_time, tmp_path, people, marked)
    book.close()
    before = places_with(book.folder, "test", WORDS)
    # The scan finds what is there: in the database's pages, in packed rosters and lists, in backups, in the journal.
    assert len(before) >= 7, before
    old = tmp_path / "old.db"
    shutil.copy(book.folder / DATABASE, old)

    book = open_book(book.folder, passphrase="test", now_ms=fake_time)
    with book.act("Zoé") as act:
        for person in town.marked:
            act.add(RIDING, person, NoteWritten(target="person", text=f"{NAME} called today"))
    assert "pages of canvass.db" in places_with(_copy(book, tmp_path), "test", WORDS)
    attempts = book.read().query("SELECT COUNT(*) FROM attempt")
    erase_people(book, RIDING, town.marked, author="Lead", reason="asked in a letter")
    assert book.read().query("SELECT COUNT(*) FROM attempt") == attempts
    # The power goes at this moment: nothing is closed, the write-ahead log stays as it is.
    assert places_with(_copy(book, tmp_path), "test", WORDS) == {}
    assert examine(book).findings == []
    book.close()
    assert places_with(book.folder, "test", WORDS) == {}

    # The same file again: they stay out, and the report says which lines.
    book = open_book(book.folder, passphrase="test", now_ms=fake_time)
    again = import_file(book, town.file, "people", riding_id=RIDING, author="Lead")
    assert [problem.line for problem in again.left_out] == town.lines
    assert again.people.added == 0

    # An old copy put back in place of the database: the journal knows better.
    def put_back() -> None:
        for leftover in book.folder.glob(f"{DATABASE}*"):
            leftover.unlink()
        shutil.copy(old, book.folder / DATABASE)

    book = _reopened(book, fake_time, put_back)
    look_after(book)
    assert _shown(book, town) == 0
    assert examine(book).findings == []
    book.close()
    assert places_with(book.folder, "test", WORDS) == {}


def _shown(book: Book, town: SeededTown) -> int:
    return sum(
        int(book.read().query("SELECT COUNT(*) FROM person WHERE person_id = ?", (person,))[0][0])
        for person in town.marked
    )
