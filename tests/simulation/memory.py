"""A database in memory that can die before or after a commit, fill up, and go back to an earlier moment.

It is the product's own connection (the same statements, the same translation of errors) over SQLite
without a file: what a disk would do wrong is done here on purpose.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from canvass_app.storage.database import Connection, SqliteDatabase, _SqliteConnection
from canvass_app.storage.migrate import migrate


class Crash(BaseException):
    """The process is gone. Not an Exception: nothing in the product may catch it and go on."""


def _open() -> Any:
    raw = sqlite.connect(":memory:", isolation_level=None, check_same_thread=False, cached_statements=256)
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA temp_store = MEMORY")
    return raw


@cache
def _template() -> Any:
    """An empty database at the present schema, made once a process by the real migrations."""
    with tempfile.TemporaryDirectory() as folder:
        made = SqliteDatabase(Path(folder) / "template.db", bytes(32))
        migrate(made)
        db = made.read()
        schema = db.query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        version = db.query("SELECT version_num FROM alembic_version")
        statistics = db.query("SELECT tbl, idx, stat FROM sqlite_stat1")
        made.close()
    raw = _open()
    for (statement,) in schema:
        raw.execute(statement)
    raw.executemany("INSERT INTO alembic_version (version_num) VALUES (?)", version)
    raw.execute("ANALYZE")
    raw.execute("DELETE FROM sqlite_stat1")
    raw.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?,?,?)", statistics)
    return raw


def _copy(source: Any) -> Any:
    raw = _open()
    source.backup(raw)
    return raw


class Memory:
    """What `storage.SqliteDatabase` offers, without a file.

    `crash_at`: "before" or "after" the next commit the process dies. `room`: pages left on the disk, None for enough.
    """

    dialect = "sqlite"

    def __init__(self, raw: Any = None) -> None:
        self._raw = raw if raw is not None else _copy(_template())
        self._connection = _SqliteConnection(self._raw)
        self.path = Path("memory")
        self.writes = 0
        self.crash_at = ""

    def read(self) -> Connection:
        return self._connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        self.writes += 1
        self._connection.run("BEGIN IMMEDIATE")
        try:
            yield self._connection
            if self.crash_at == "before":
                self.crash_at = ""
                raise Crash
            self._connection.run("COMMIT")
        except BaseException:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            raise
        if self.crash_at == "after":
            self.crash_at = ""
            raise Crash

    def leave_room(self, pages: int | None) -> None:
        """Let the file grow by so many pages and no more; None lets it grow again."""
        if pages is None:
            self._raw.execute("PRAGMA max_page_count = 1073741823")
        else:
            used = int(self._raw.execute("PRAGMA page_count").fetchone()[0])
            free = int(self._raw.execute("PRAGMA freelist_count").fetchone()[0])
            self._raw.execute(f"PRAGMA max_page_count = {max(1, used + max(0, pages - free))}")

    def copy(self) -> Memory:
        """This very state, as another file."""
        return Memory(_copy(self._raw))

    def go_back_to(self, earlier: Memory) -> None:
        """Become `earlier`, which stays what it is."""
        old = self._raw
        self._raw = _copy(earlier._raw)
        self._connection = _SqliteConnection(self._raw)
        old.close()

    def forget_plans(self) -> None:
        return

    def checkpoint(self) -> None:
        return

    def close(self) -> None:
        self._raw.close()
