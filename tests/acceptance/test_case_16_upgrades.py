"""Case 16: every released version of the database, with 50 unsent events: upgraded, pushed, 50 counted.

A version that is not released yet stands for the next one (`next_versions`), so that the way there is
proven before it is needed: killed at each statement, refused by the disk, broken in the script.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from canvass_app.domain.errors import DiskFull, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.clock import reading
from canvass_app.ledger.events import Key, seal
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.services.book import DATABASE, Book, open_book
from canvass_app.services.doctor import examine
from canvass_app.services.progress import progress
from canvass_app.services.salvage import repair_folder
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.keys import open_key
from canvass_app.storage.log import insert_events
from canvass_app.storage.migrate import HEAD, MIGRATIONS, PRESENT, Schema, migrate, schema_version
from tests.hq.kit import RIDING, serving

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
NEXT = Schema("20270201_third", (MIGRATIONS / "versions", HERE / "next_versions"))
BROKEN = Schema("20270101_broken", (MIGRATIONS / "versions", HERE / "broken_versions"))
EVENTS = 50
DEVICE = bytes(range(16))
DOOR = b"d" * 16


def released() -> list[str]:
    """Every revision that the product ships, the oldest first."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def make_folder(folder: Path, revision: str) -> None:
    """A data folder as a laptop of that version leaves it: 50 results, none of them sent."""
    folder.mkdir()
    database = SqliteDatabase(folder / DATABASE, open_key(folder, "test"))
    migrate(database, schema=Schema(revision, PRESENT.scripts))
    events = [
        seal(
            RIDING, Key(DEVICE, seq), DOOR, AttemptMade(code="not_home"), author="Ana", shift=b"",
            hlc=reading(1_443_000_000_000 + seq), wall_ms=1_443_000_000_000 + seq, sees=(), nonce=bytes(8),
        )
        for seq in range(1, EVENTS + 1)
    ]  # fmt: skip
    with database.write() as db:
        insert_events(db, events)
        db.run("INSERT INTO meta (name, value) VALUES ('device_id', ?)", (DEVICE.hex(),))
        db.run(
            "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,0)",
            (RIDING, DEVICE, EVENTS),
        )
        db.run("INSERT INTO riding (riding_id, name_en, name_fr, province) VALUES (?,'','','')", (RIDING,))
    database.close()


def all_events(book: Book) -> int:
    return int(book.read().query("SELECT COUNT(*) FROM event")[0][0])


@pytest.mark.parametrize("revision", released())
@pytest.mark.parametrize("schema", [PRESENT, NEXT], ids=["today", "next"])
def test_case_16_every_version_upgrades_and_its_unsent_events_are_counted_at_headquarters(
    tmp_path: Path, database_url: str, revision: str, schema: Schema
) -> None:
    make_folder(tmp_path / "data", revision)
    book = open_book(tmp_path / "data", passphrase="test", schema=schema)
    try:
        assert schema_version(book.database) == schema.head
        assert sync_status(book).pending_events == EVENTS
        assert examine(book, repair=True).ok or examine(book).ok
        with serving(tmp_path / "hq", database_url) as hq:
            join(book, hq.url, hq.code(), "laptop")
            assert sync_now(book).pushed == EVENTS
            assert sync_status(book).pending_events == 0
            assert hq.rows("SELECT COUNT(*) FROM event WHERE riding_id = ?", RIDING) == [(EVENTS,)]
            assert hq.numbers() == (EVENTS, EVENTS, EVENTS)
        assert progress(book, RIDING).attempts == EVENTS
    finally:
        book.close()


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many statements the whole way to the next version takes."""
    folder = tmp_path_factory.mktemp("whole") / "data"
    make_folder(folder, HEAD)
    ended = upgrade(folder, 0)
    assert ended.returncode == 0, ended.stderr
    count = int(ended.stdout)
    assert count > 20
    return count


def upgrade(folder: Path, fatal: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.acceptance.laptop_killed_migrating", str(folder), NEXT.head, str(fatal)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def kill_at(folder: Path, fatal: int) -> None:
    """Kill the upgrade before that statement: the version is then the old or the new one, and nothing is lost."""
    make_folder(folder, HEAD)
    ended = upgrade(folder, fatal)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    database = SqliteDatabase(folder / DATABASE, open_key(folder, "test"))
    found = schema_version(database)
    events = database.read().query("SELECT COUNT(*) FROM event")
    assert database.damage(thorough=True) == []
    database.close()
    assert found in (HEAD, NEXT.head)
    assert events == [(EVENTS,)]
    book = open_book(folder, passphrase="test", schema=NEXT)
    assert schema_version(book.database) == NEXT.head
    assert sync_status(book).pending_events == EVENTS
    statistics = book.read().query("SELECT COUNT(*) FROM sqlite_stat1")
    assert statistics[0][0] > 20
    with book.act("Ana") as act:
        act.add(RIDING, DOOR, AttemptMade(code="refused"))
    assert all_events(book) == EVENTS + 1
    book.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.97, 1.0])
def test_case_16_an_upgrade_killed_at_a_step_loses_nothing(
    tmp_path: Path, statements: int, share: float
) -> None:
    kill_at(tmp_path / "data", max(1, round(statements * share)))


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.timeout(1800)
def test_case_16_an_upgrade_killed_at_every_step_loses_nothing(
    tmp_path: Path, statements: int, record_property: Callable[[str, object], None]
) -> None:
    record_property("proof", ("kills at a statement of an upgrade", statements))
    for fatal in range(1, statements + 1):
        kill_at(tmp_path / str(fatal), fatal)
        shutil.rmtree(tmp_path / str(fatal))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_folder(tmp_path / "data", HEAD)
    return tmp_path / "data"


def test_case_16_a_script_that_fails_leaves_the_data_as_it_was_and_open_for_reading_only(
    folder: Path,
) -> None:
    book = open_book(folder, passphrase="test", schema=BROKEN)
    assert book.read_only is not None
    assert "reading only" in book.read_only.en
    assert "lecture seule" in book.read_only.fr
    assert schema_version(book.database) == HEAD
    assert all_events(book) == EVENTS
    with pytest.raises(StorageProblem) as refused, book.act("Ana"):
        pass
    assert refused.value.text == book.read_only
    with pytest.raises(StorageProblem):
        book.set_meta("author", "Ana")
    assert not examine(book).ok
    book.close()
    # The copy that was made first is whole, and one: not a new one at each start.
    open_book(folder, passphrase="test", schema=BROKEN).close()
    (copy,) = (folder / "backups").iterdir()
    saved = SqliteDatabase(copy, open_key(folder, "test"))
    assert saved.read().query("SELECT COUNT(*) FROM event") == [(EVENTS,)]
    saved.close()
    # With a program that is mended, the same data is written to again.
    book = open_book(folder, passphrase="test", schema=NEXT)
    assert book.read_only is None
    with book.act("Ana") as act:
        act.add(RIDING, DOOR, AttemptMade(code="refused"))
    assert all_events(book) == EVENTS + 1
    book.close()


def test_case_16_data_of_a_newer_version_is_left_alone(folder: Path) -> None:
    open_book(folder, passphrase="test", schema=NEXT).close()
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(StorageProblem, match="newer"):
        open_book(folder, passphrase="test")
    assert (folder / DATABASE).read_bytes() == before


def test_case_16_an_upgrade_that_the_disk_refuses_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = SqliteDatabase.backup_to

    def full(self: SqliteDatabase, target: Path) -> None:
        real(self, target)
        raise DiskFull(Text("full", "plein"))

    monkeypatch.setattr(SqliteDatabase, "backup_to", full)
    book = open_book(folder, passphrase="test", schema=NEXT)
    assert book.read_only is not None
    assert schema_version(book.database) == HEAD
    book.close()
    monkeypatch.undo()
    book = open_book(folder, passphrase="test", schema=NEXT)
    assert (book.read_only, all_events(book)) == (None, EVENTS)
    book.close()


def test_case_16_a_damaged_database_of_an_older_version_is_built_again_in_the_present_one(
    folder: Path,
) -> None:
    book = open_book(folder, passphrase="test")
    with book.act("Ana") as act:
        act.add(RIDING, DOOR, AttemptMade(code="refused"))
    book.close()
    path = folder / DATABASE
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    repair_folder(folder, passphrase="test")
    book = open_book(folder, passphrase="test")
    assert all_events(book) == EVENTS + 1
    assert examine(book).findings == []
    book.close()
