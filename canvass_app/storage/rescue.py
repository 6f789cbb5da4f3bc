"""Reading what can be read of a damaged database, page by page tolerant, without writing to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from canvass_app.domain.errors import StorageProblem

from .database import SqliteDatabase

_STEP = 500
# A damaged inner page hides whole ranges of rows; after so many refusals the rest of a table is given up, and
# after so many in a row the whole of it: then the table's first page is gone.
_MOST_REFUSALS, _MOST_IN_VAIN = 500, 80


class Rescue:
    """A damaged database file. Opening raises StorageProblem when not even its first page can be read."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._database: SqliteDatabase | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a table that can be read. Ranges that refuse are halved down to the rows at fault."""
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid BETWEEN ? AND ?"
        last = self._last(table)
        waiting = deque((low, min(low + _STEP - 1, last)) for low in range(0, last + 1, _STEP))
        refusals, any_read = 0, False
        while waiting and refusals < (_MOST_REFUSALS if any_read else _MOST_IN_VAIN):
            low, high = waiting.popleft()
            found = self._try(sql, (low, high))
            if found is not None:
                any_read = any_read or bool(found)
                yield from found
                continue
            refusals += 1
            if low < high:
                middle = (low + high) // 2
                waiting += [(low, middle), (middle + 1, high)]

    def _last(self, table: str) -> int:
        found = self._try(f"SELECT MAX(rowid) FROM {table}", ())
        if found is not None:
            return int(found[0][0] or 0)
        # The table's last page is gone: an index may still tell, else the file's size bounds it.
        for (name,) in (
            self._try("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,)) or []
        ):
            found = self._try(f"SELECT MAX(rowid) FROM {table} INDEXED BY {name}", ())
            if found is not None:
                return int(found[0][0] or 0)
        return self._path.stat().st_size // 64

    def _try(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]] | None:
        """The rows, or None where the file refuses. A connection that met a bad page answers nothing more."""
        import sqlcipher3.dbapi2 as sqlite

        if self._database is None:
            self._database = SqliteDatabase(self._path, self._key, read_only=True)
        try:
            return self._database.read().query(sql, params)
        except (StorageProblem, sqlite.DatabaseError):
            # The latter: even the list of tables is not what it should be.
            self.close()
            return None
