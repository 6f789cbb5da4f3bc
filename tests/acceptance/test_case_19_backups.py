"""Case 19: every backup opens and counts right; an older one goes only after the newer one did."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from canvass_app.domain.errors import DiskFull, StorageProblem
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.services.backups import KEPT, keep_daily_backup, newest_good_backup
from canvass_app.services.book import DATABASE, Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.salvage import repair_folder
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.keys import open_key
from tests.services.conftest import CAMPAIGN, RIDING, START_MS, FakeTime, add_roster, make_town

DAY_MS = 86_400_000
TOWN = make_town()


def knock(book: Book, times: int) -> None:
    for n in range(times):
        with book.act("Zoé") as act:
            act.add(RIDING, TOWN.doors[n % 12].door_id, AttemptMade(code="not_home"))


def events(book: Book) -> int:
    return int(book.read().query("SELECT COUNT(*) FROM event")[0][0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    book = open_book(tmp_path / "data", passphrase="test", now_ms=FakeTime())
    set_campaign(book, CAMPAIGN)
    add_roster(book, TOWN.doors, TOWN.people)
    book.close()
    return tmp_path / "data"


def backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").iterdir())


def test_case_19_each_of_seven_backups_opens_as_a_whole_record_and_counts_what_was_there(
    folder: Path, tmp_path: Path
) -> None:
    time = FakeTime()
    expected: dict[str, tuple[int, bytes]] = {}
    book = open_book(folder, passphrase="test", now_ms=time)
    for _ in range(KEPT + 2):
        knock(book, 5)
        expected[book.today()] = events(book), state_digest(book.read(), RIDING)
        look_after(book)
        time.forward(DAY_MS)
    book.close()
    kept = backups(folder)
    assert [path.name for path in kept] == [f"canvass-{day}.db" for day in sorted(expected)[-KEPT:]]
    for path in kept:
        # Each is a record of its own: put in an empty folder with the key, it opens and agrees with itself.
        alone = tmp_path / path.stem
        alone.mkdir()
        shutil.copyfile(folder / "key.json", alone / "key.json")
        shutil.copyfile(path, alone / DATABASE)
        copy = open_book(alone, passphrase="test", now_ms=time)
        assert (events(copy), state_digest(copy.read(), RIDING)) == expected[
            path.stem.removeprefix("canvass-")
        ]
        assert examine(copy).findings == []
        copy.close()


def test_case_19_a_backup_made_while_somebody_types_is_of_one_moment(folder: Path) -> None:
    book = open_book(folder, passphrase="test", now_ms=FakeTime())
    stop = threading.Event()
    counts: list[int] = []

    def type_on() -> None:
        while not stop.is_set():
            knock(book, 1)

    typing = threading.Thread(target=type_on)
    typing.start()
    try:
        for day in range(1, 6):
            before = events(book)
            path = keep_daily_backup(book.database, folder, f"2015-10-{day:02d}")
            after = events(book)
            assert path is not None
            copy = book.database.sibling(path)
            counts.append(int(copy.read().query("SELECT COUNT(*) FROM event")[0][0]))
            # Events and what follows from them are of the same moment.
            shown = copy.read().query("SELECT COALESCE(SUM(attempts), 0) FROM door")[0][0]
            told = copy.read().query("SELECT COUNT(*) FROM event WHERE kind = 'attempt.made'")[0][0]
            copy.close()
            assert before <= counts[-1] <= after
            assert shown == told
    finally:
        stop.set()
        typing.join()
    book.close()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_case_19_a_copy_that_does_not_verify_takes_no_older_one_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_book(folder, passphrase="test", now_ms=FakeTime())
    for day in range(1, KEPT + 1):
        keep_daily_backup(book.database, folder, f"2015-10-{day:02d}")
    before = [path.name for path in backups(folder)]
    real = SqliteDatabase.backup_to

    def damaged(self: SqliteDatabase, target: Path) -> None:
        real(self, target)
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(bytes(content))

    def short(self: SqliteDatabase, target: Path) -> None:
        """As if the newest event were missing."""
        knock(book, 1)
        with self.write() as db:
            db.run("DELETE FROM event WHERE device_seq = 2")
        real(self, target)

    for harm in (damaged, short):
        monkeypatch.setattr(SqliteDatabase, "backup_to", harm)
        with pytest.raises(StorageProblem, match="did not verify"):
            keep_daily_backup(book.database, folder, "2015-11-01")
        assert [path.name for path in backups(folder)] == before
    monkeypatch.undo()
    book.close()


def test_case_19_without_room_no_backup_is_begun_and_none_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_book(folder, passphrase="test", now_ms=FakeTime())
    keep_daily_backup(book.database, folder, "2015-10-01")
    usage = shutil.disk_usage(folder)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(DiskFull) as refused:
        look_after(book)
    assert "33 MB" in refused.value.say("en") or "32 MB" in refused.value.say("en")
    assert [path.name for path in backups(folder)] == ["canvass-2015-10-01.db"]
    knock(book, 1)
    book.close()


def test_case_19_what_a_killed_backup_left_is_swept_and_a_damaged_one_is_passed_over(folder: Path) -> None:
    key = open_key(folder, "test")
    book = open_book(folder, passphrase="test", now_ms=FakeTime())
    keep_daily_backup(book.database, folder, "2015-10-01")
    knock(book, 5)
    keep_daily_backup(book.database, folder, "2015-10-02")
    (folder / "backups" / "canvass-2015-10-03.new").write_bytes(b"half")
    (folder / "backups" / "canvass-2015-10-03.new-journal").write_bytes(b"half")
    keep_daily_backup(book.database, folder, "2015-10-04")
    knock(book, 5)
    total, state = events(book), state_digest(book.read(), RIDING)
    book.close()
    names = [path.name for path in backups(folder)]
    assert names == [f"canvass-2015-10-0{day}.db" for day in (1, 2, 4)]
    newest = folder / "backups" / names[-1]
    content = bytearray(newest.read_bytes())
    content[len(content) // 2] ^= 1
    newest.write_bytes(bytes(content))
    good = newest_good_backup(folder / "backups", key)
    assert good is not None
    assert good.name == names[1]
    (folder / DATABASE).unlink()
    repair = repair_folder(folder, passphrase="test", now_ms=FakeTime())
    assert (repair.backup, repair.from_journal) == ("canvass-2015-10-02", 5)
    book = open_book(folder, passphrase="test", now_ms=FakeTime(START_MS + DAY_MS))
    assert (events(book), state_digest(book.read(), RIDING)) == (total, state)
    book.close()
