"""The write-ahead log moves into the database in a pause, beside whoever writes."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.storage import checkpoints
from canvass_app.storage.checkpoints import LONGEST_ROWS, ROWS, Checkpointer
from canvass_app.storage.database import SqliteDatabase

PATIENCE_S = 60


class Typist:
    """Writes into an encrypted file on a connection of its own, and tells a checkpointer as the database does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = SqliteDatabase(path, b"k" * 32)
        self.moving = threading.Event()
        self.checkpointer = Checkpointer(self._connect)
        self._writer = self._database.raw_connection()
        self._writer.execute("CREATE TABLE line (n INTEGER PRIMARY KEY, words BLOB)")
        self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _connect(self) -> Any:
        raw = self._database.raw_connection()
        raw.set_trace_callback(lambda sql: self.moving.set() if "wal_checkpoint" in sql else None)
        return raw

    def write(self, rows: int) -> None:
        self._writer.execute("BEGIN")
        self._writer.executemany("INSERT INTO line (words) VALUES (?)", [(bytes(900),)] * rows)
        self._writer.execute("COMMIT")
        self.checkpointer.note(self._writer.total_changes)

    def pages(self) -> int:
        """Pages of the database file itself, once nobody moves any into it."""
        with self.checkpointer.busy:
            return self.path.stat().st_size // 4096

    def close(self) -> None:
        self.checkpointer.close()
        self._writer.close()
        self._database.close()


@pytest.fixture
def typist(tmp_path: Path) -> Generator[Typist]:
    one = Typist(tmp_path / "one.db")
    yield one
    one.close()


def test_a_long_log_is_moved_in_a_pause_and_so_is_the_next(typist: Typist) -> None:
    for _ in range(2):
        before = typist.pages()
        typist.moving.clear()
        typist.write(ROWS)
        assert typist.moving.wait(PATIENCE_S)
        assert typist.pages() > before


def test_a_short_log_stays(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "PAUSE_S", 0)
    before = typist.pages()
    typist.write(ROWS - 50)
    typist.checkpointer.close()
    assert not typist.moving.is_set()
    assert typist.pages() == before


def test_nothing_is_moved_while_somebody_types(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "PAUSE_S", PATIENCE_S)
    typist.write(ROWS)
    typist.write(ROWS)
    typist.checkpointer.close()
    assert not typist.moving.is_set()


def test_who_never_rests_has_it_moved_all_the_same(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "PAUSE_S", 10 * PATIENCE_S)
    typist.write(ROWS)
    typist.write(LONGEST_ROWS)
    assert typist.moving.wait(PATIENCE_S)
