"""PostgreSQL for headquarters, behind the same small face as SQLCipher.

Each thread has a connection of its own. A transaction that loses to another (40001, 40P01, 55P03)
or whose connection broke before its commit is run again by `write_retrying`.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

import psycopg

from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text

from .database import Connection, Params, Rows

_RETRY_STATES = frozenset({"40001", "40P01", "55P03"})
_MAX_TRIES = 8
_T = TypeVar("_T")

_UNREACHABLE = Text(
    "The PostgreSQL database cannot be reached. Nothing was changed. Check CANVASS_HQ_DATABASE_URL and the server.",
    "La base PostgreSQL est injoignable. Rien n’a été modifié. Vérifiez CANVASS_HQ_DATABASE_URL et le serveur.",
)
_CONTENDED = Text(
    "The database is too busy. Nothing was lost; try again in a moment.",
    "La base de données est trop occupée. Rien n’est perdu; réessayez dans un instant.",
)


@lru_cache(maxsize=1024)
def _translate(sql: str) -> Any:
    return sql.replace("?", "%s")


class _PgConnection:
    dialect = "postgresql"

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self.raw = raw

    def query(self, sql: str, params: Params = ()) -> Rows:
        return self.raw.execute(_translate(sql), params).fetchall()

    def run(self, sql: str, params: Params = ()) -> int:
        return self.raw.execute(_translate(sql), params).rowcount

    def run_many(self, sql: str, rows: Iterable[Params]) -> None:
        with self.raw.cursor() as cursor:
            cursor.executemany(_translate(sql), rows)


class PostgresDatabase:
    """A PostgreSQL database by its URL."""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = url
        self._threads = threading.local()
        self._all: list[psycopg.Connection[Any]] = []
        self._lock = threading.Lock()
        self._connection()

    def _connection(self) -> _PgConnection:
        known: _PgConnection | None = getattr(self._threads, "connection", None)
        if known is not None and not known.raw.closed and not known.raw.broken:
            return known
        try:
            raw = psycopg.connect(
                self._url, autocommit=True, connect_timeout=10, application_name="canvass-hq"
            )
            raw.execute("SET lock_timeout = '5s'")
            raw.execute("SET client_encoding = 'UTF8'")
        except psycopg.OperationalError as error:
            raise StorageProblem(_UNREACHABLE, detail=str(error)) from error
        with self._lock:
            self._all = [one for one in self._all if not one.closed]
            self._all.append(raw)
        known = self._threads.connection = _PgConnection(raw)
        return known

    def read(self) -> Connection:
        """This thread's connection, outside a transaction."""
        return self._connection()

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One transaction, committed durably at the end, undone by any exception."""
        connection = self._connection()
        with connection.raw.transaction():
            yield connection

    def url(self) -> str:
        """SQLAlchemy's URL, for migrations."""
        return self._url.replace("postgresql://", "postgresql+psycopg://", 1)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for raw in self._all:
                raw.close()
            self._all.clear()
        self._threads = threading.local()


def write_retrying(work: Callable[[], _T]) -> _T:
    """Run a whole transaction, again when the database says it lost a race or the connection broke.

    `work` must be repeatable: a connection may break after the commit. Raises StorageProblem when the
    server stays away.
    """
    for attempt in range(_MAX_TRIES):
        try:
            return work()
        except psycopg.Error as error:
            broken = isinstance(error, psycopg.OperationalError) and (
                error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))
            )
            if not broken and error.sqlstate not in _RETRY_STATES:
                raise
            if attempt == _MAX_TRIES - 1:
                raise StorageProblem(_UNREACHABLE if broken else _CONTENDED, detail=str(error)) from error
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)
    raise AssertionError("unreachable")
