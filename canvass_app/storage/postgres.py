"""PostgreSQL for headquarters, behind the same small face as SQLCipher.

Each thread has a connection of its own. A transaction that loses to another (40001, 40P01, 55P03)
or whose connection broke before its commit is run again by `write_retrying`; a single SELECT on a
connection that broke meanwhile (a restart of the server) is asked again on a new one.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

import psycopg
from psycopg.pq import PipelineStatus
from psycopg.types.string import BytesBinaryDumper

from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text

from .database import Connection, Params, Rows

# Of a connection that broke the driver says in passing that it could not be rolled back. What broke it is raised here,
# and whoever asked decides what is said of it.
logging.getLogger("psycopg").setLevel(logging.ERROR)

_RETRY_STATES = {"40001": "serialization", "40P01": "deadlock", "55P03": "lock_timeout"}
_MAX_TRIES = 8
# What the URL may say otherwise. A server that vanished without a word is noticed within a minute.
_DEFAULTS: dict[str, Any] = {
    "connect_timeout": 10,
    "application_name": "canvass-hq",
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "client_encoding": "UTF8",
}
# A receipt promises that the events are on the disk, whatever the role or the database was set to.
_DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
IDLE_SECONDS = 300
"""A transaction that does nothing for so long is ended by the server, so that its locks go."""
_T = TypeVar("_T")

_UNREACHABLE = Text(
    "The PostgreSQL database cannot be reached. Nothing was changed. Check CANVASS_HQ_DATABASE_URL and the server.",
    "La base PostgreSQL est injoignable. Rien n’a été modifié. Vérifiez CANVASS_HQ_DATABASE_URL et le serveur.",
)
_CONTENDED = Text(
    "The database is too busy. Nothing was lost; try again in a moment.",
    "La base de données est trop occupée. Rien n’est perdu; réessayez dans un instant.",
)
_NO_URL = Text(
    "CANVASS_HQ_DATABASE_URL is not a PostgreSQL address. Nothing was changed. It looks like "
    "postgresql://user@host/database.",
    "CANVASS_HQ_DATABASE_URL n’est pas une adresse PostgreSQL. Rien n’a été modifié. Elle ressemble à "
    "postgresql://utilisateur@hôte/base.",
)

_retries: Counter[str] = Counter()
_retries_lock = threading.Lock()


def retries() -> dict[str, int]:
    """How often work was run again since the program started, by reason."""
    with _retries_lock:
        return {reason: _retries[reason] for reason in (*_RETRY_STATES.values(), "connection")}


def _count(reason: str) -> None:
    with _retries_lock:
        _retries[reason] += 1


@lru_cache(maxsize=1024)
def _translate(sql: str) -> Any:
    return sql.replace("?", "%s")


class PgConnection:
    """A thread's connection: `Connection`, and what only PostgreSQL can do."""

    dialect = "postgresql"

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        self._connect = connect
        self.raw = connect()
        self.in_transaction = False

    def query(self, sql: str, params: Params = ()) -> Rows:
        try:
            return self.raw.execute(_translate(sql), params).fetchall()
        except psycopg.OperationalError:
            if self.in_transaction or not self.raw.closed or not sql.startswith("SELECT"):
                raise
        _count("connection")
        self.raw = self._connect()
        return self.raw.execute(_translate(sql), params).fetchall()

    def run(self, sql: str, params: Params = ()) -> int:
        return self.raw.execute(_translate(sql), params).rowcount

    def run_many(self, sql: str, rows: Iterable[Params]) -> None:
        with self.raw.cursor() as cursor:
            cursor.executemany(_translate(sql), rows)

    def copy_in(self, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Params]) -> None:
        """Append rows by one binary COPY; `columns` are (name, PostgreSQL type). An error undoes the transaction."""
        names = ", ".join(name for name, _ in columns)
        with (
            self.raw.cursor() as cursor,
            cursor.copy(_translate(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)")) as copy,
        ):
            # For the type bytea psycopg would look for its DB-API wrapper around each value, in Python.
            cursor.adapters.register_dumper(bytes, BytesBinaryDumper)
            copy.set_types([kind for _, kind in columns])
            for row in rows:
                copy.write_row(row)


class PostgresDatabase:
    """A PostgreSQL database by its URL, in which libpq's parameters may stand: `sslmode`, `sslrootcert`, `passfile`…"""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        """Raises StorageProblem when the URL is none or the server cannot be reached."""
        self._options = _read_url(url)
        self._statement_seconds = 0
        self._threads = threading.local()
        self._all: list[psycopg.Connection[Any]] = []
        self._lock = threading.Lock()
        self._connection()

    def _connection(self) -> PgConnection:
        known: PgConnection | None = getattr(self._threads, "connection", None)
        if known is not None:
            if _is_sound(known.raw):
                return known
            known.raw.close()
        known = self._threads.connection = PgConnection(self._connect)
        return known

    def _connect(self) -> psycopg.Connection[Any]:
        raw = self.raw_connection()
        with self._lock:
            self._all = [one for one in self._all if not one.closed]
            self._all.append(raw)
        return raw

    def raw_connection(self) -> psycopg.Connection[Any]:
        """A new driver connection, the caller's to close. Raises StorageProblem when the server is away."""
        try:
            raw = psycopg.connect(autocommit=True, **self._options)
            raw.execute(
                f"SET lock_timeout = '5s'; SET statement_timeout = '{self._statement_seconds}s';"  # type: ignore[arg-type]
                f" SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'; {_DURABLE}"
            )
        except psycopg.OperationalError as error:
            raise StorageProblem(_UNREACHABLE, detail=str(error)) from error
        return raw

    def limit_statements(self, seconds: int) -> None:
        """End any statement of a connection made from now on after so long; 0 for never."""
        self._statement_seconds = seconds

    def leave_no_trace(self) -> bool:
        """Write every table anew without the rows that went, the planner's samples of them too; False where the server
        refuses (a distributed one does this by itself). Its write-ahead log turns over in its own time."""
        raw = self.raw_connection()
        try:
            raw.execute("SET lock_timeout = '60s'")
            for statement in ("ANALYZE", "VACUUM FULL", "CHECKPOINT"):
                raw.execute(statement)
        except psycopg.Error:
            return False
        finally:
            raw.close()
        return True

    def open_connections(self) -> int:
        """How many connections are open."""
        with self._lock:
            return sum(not one.closed for one in self._all)

    def read(self) -> Connection:
        """This thread's connection, outside a transaction."""
        return self._connection()

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One transaction, committed durably at the end, undone by any exception."""
        connection = self._connection()
        with connection.raw.transaction():
            connection.in_transaction = True
            try:
                yield connection
            finally:
                connection.in_transaction = False

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for raw in self._all:
                raw.close()
            self._all.clear()
        self._threads = threading.local()


def _is_sound(raw: psycopg.Connection[Any]) -> bool:
    """Whether a connection can be used again. One that is cut while a set of rows is on its way stays in pipeline mode
    for ever: psycopg calls it neither closed nor broken, and every statement on it fails."""
    return not raw.closed and not raw.broken and raw.pgconn.pipeline_status == PipelineStatus.OFF


def _read_url(url: str) -> dict[str, Any]:
    """The parameters of a connection. Raises StorageProblem without repeating the URL: it may hold a password."""
    from psycopg.conninfo import conninfo_to_dict

    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise StorageProblem(_NO_URL) from None
    return {**_DEFAULTS, **{name: value for name, value in given.items() if value is not None}}


def write_retrying(work: Callable[[], _T]) -> _T:
    """Run a whole transaction, again when the database says it lost a race or the connection broke.

    `work` must be repeatable: a connection may break after the commit. Raises StorageProblem when the
    server stays away.
    """
    for attempt in range(_MAX_TRIES):
        try:
            return work()
        except (psycopg.Error, StorageProblem) as raised:
            # A server that restarts refuses connections for a moment.
            error = raised.__cause__ if isinstance(raised, StorageProblem) else raised
            if not isinstance(error, psycopg.Error):
                raise
            broken = isinstance(error, psycopg.OperationalError) and (
                error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))
            )
            if not broken and error.sqlstate not in _RETRY_STATES:
                raise
            if attempt == _MAX_TRIES - 1:
                raise StorageProblem(_UNREACHABLE if broken else _CONTENDED, detail=str(error)) from error
            _count("connection" if broken else _RETRY_STATES[str(error.sqlstate)])
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)
    raise AssertionError("unreachable")
