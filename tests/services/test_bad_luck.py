"""A disk that fills, a program that is killed: nothing half-written, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from canvass_app.domain.errors import AlreadyOpen, DiskFull, StorageProblem, WrongKey
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.services.backups import keep_daily_backup
from canvass_app.services.book import Book, open_book
from canvass_app.services.doctor import examine, state_digest

from .conftest import RIDING, Town, add_roster, door

ROOT = Path(__file__).resolve().parents[2]


def fill_disk(book: Book, pages_left: int) -> None:
    """Let the database file grow by so many pages and no more: SQLite answers as on a full disk."""
    with book.database.write() as db:
        pages = int(db.query("PRAGMA page_count")[0][0])
    writer = book.database._writer  # pyright: ignore[reportPrivateUsage]
    writer.query(f"PRAGMA max_page_count = {pages + pages_left}")


@pytest.mark.parametrize("pages_left", [0, 1, 3, 10])
def test_a_full_disk_refuses_whole_and_keeps_what_was_saved(book: Book, town: Town, pages_left: int) -> None:
    with book.act("Zoé") as act:
        act.add(RIDING, town.at(4).door_id, AttemptMade(code="not_home"))
    before = state_digest(book.read(), RIDING)
    fill_disk(book, pages_left)
    with pytest.raises(DiskFull) as caught:
        add_roster(book, [door(n, "Elm St") for n in range(1, 3000)])
    assert "plein" in caught.value.say("fr")
    assert state_digest(book.read(), RIDING) == before
    fill_disk(book, 100_000)
    add_roster(book, [door(n, "Elm St") for n in range(1, 3000)])
    with book.act("Zoé") as act:
        act.add(RIDING, town.at(6).door_id, AttemptMade(code="refused"))
    assert examine(book).ok


_KILLED = """
import sys
from pathlib import Path
from canvass_app.services.book import open_book
from canvass_app.ledger.kinds import AttemptMade
from tests.services.conftest import RIDING, door

book = open_book(Path(sys.argv[1]), passphrase="test")
home = door(4).door_id
done = 0
while True:
    with book.act("Zoé") as act:
        act.add(RIDING, home, AttemptMade(code="not_home"))
    done += 1
    print(done, flush=True)
"""


def test_a_killed_program_keeps_every_result_it_said_was_saved(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    book = open_book(folder, passphrase="test")
    add_roster(book, [door(4)])
    book.close()
    saved = 0
    for wanted in (3, 17, 40):
        process = subprocess.Popen(
            [sys.executable, "-c", _KILLED, str(folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        said = 0
        for line in process.stdout:
            said = int(line)
            if said == wanted:
                break
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        said += sum(1 for _ in process.stdout)
        process.wait()
        process.stdout.close()
        saved += said
        book = open_book(folder, passphrase="test")
        (count,) = book.read().query("SELECT attempts FROM door")[0]
        # What was said is there; at most the one that was being said when the program died may be more.
        assert saved <= count <= saved + 1
        saved = int(count)
        assert examine(book).ok
        book.close()


def test_a_second_copy_on_the_same_data_is_refused(book: Book, tmp_path: Path) -> None:
    with pytest.raises(AlreadyOpen):
        open_book(tmp_path / "data", passphrase="test")


def test_another_passphrase_opens_nothing_and_changes_nothing(book: Book, tmp_path: Path) -> None:
    book.close()
    with pytest.raises(WrongKey):
        open_book(tmp_path / "data", passphrase="Test")
    open_book(tmp_path / "data", passphrase="test").close()


def test_a_damaged_key_file_is_told_and_left_alone(book: Book, tmp_path: Path) -> None:
    book.close()
    path = tmp_path / "data" / "key.json"
    path.write_text("{", "utf-8")
    with pytest.raises(StorageProblem):
        open_book(tmp_path / "data", passphrase="test")
    assert path.read_text("utf-8") == "{"


def test_each_day_has_one_backup_that_opens_and_seven_are_kept(book: Book, town: Town) -> None:
    assert keep_daily_backup(book.database, book.folder, book.today()) is not None
    assert keep_daily_backup(book.database, book.folder, book.today()) is None
    for day in range(1, 10):
        keep_daily_backup(book.database, book.folder, f"2015-10-{day:02d}")
    kept = sorted(path.name for path in (book.folder / "backups").iterdir())
    assert kept == [f"canvass-2015-10-{day:02d}.db" for day in range(3, 10)]
    copy = book.database.sibling(book.folder / "backups" / kept[-1])
    assert copy.read().query("SELECT COUNT(*) FROM door") == [(len(town.doors),)]
    copy.close()


def test_one_flipped_byte_in_the_database_is_noticed(book: Book, town: Town, tmp_path: Path) -> None:
    book.close()
    path = tmp_path / "data" / "canvass.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    try:
        damaged = open_book(tmp_path / "data", passphrase="test")
    except StorageProblem:
        return  # the page was needed to open
    try:
        assert not examine(damaged).ok
    except StorageProblem:
        pass  # the page was met while examining
    finally:
        damaged.close()
