"""Headquarters' record as a stream of records, the same for both databases: tables with their rows, counts, digests.

A record is a msgpack array behind its length (4 bytes): ["table", name, columns], ["rows", rows…], and in the end
["end", sums]. So a backup of one kind of database can be put back into the other.
"""

from __future__ import annotations

import struct
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.digest import row_hash
from canvass_app.storage.database import SqliteDatabase, explain
from canvass_app.storage.postgres import PostgresDatabase

from .vault import broken

Row = tuple[Any, ...]
Database = SqliteDatabase | PostgresDatabase
_AT_ONCE = 500
_AWAY = Text(
    "The PostgreSQL server went away, or waits for somebody. Nothing was changed. Look after it, then try again.",
    "Le serveur PostgreSQL est parti, ou attend quelqu’un. Rien n’a été modifié. Vérifiez-le, puis réessayez.",
)
_LENGTH = struct.Struct(">I")
_MOST_RECORD = 1 << 30
_MODULUS = 1 << 256
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


@dataclass(slots=True)
class Sums:
    """How much there is: by table and, of events, by riding, the number of rows and the sum of their hashes."""

    tables: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    ridings: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])

    def add(self, table: str, columns: list[str], rows: Iterable[Row]) -> None:
        """Count rows of a table."""
        events = table == "event"
        place = columns.index("riding_id") if events else 0
        self.tables.setdefault(table, [0, 0])
        for row in rows:
            number = row_hash(row)
            _count(self.tables, table, number)
            if events:
                _count(self.ridings, str(row[place]), number)

    def told(self) -> dict[str, dict[str, list[Any]]]:
        """As it stands in the stream."""
        return {
            what: {name: [count, f"{total:064x}"] for name, (count, total) in sorted(sums.items())}
            for what, sums in (("tables", self.tables), ("ridings", self.ridings))
        }


def _count(sums: dict[str, list[Any]], name: str, number: int) -> None:
    count, total = sums.get(name, (0, 0))
    sums[name] = [count + 1, (total + number) % _MODULUS]


def tables() -> dict[str, list[str]]:
    """The tables of the present schema and their columns, in an order in which they can be filled."""
    from canvass_app.storage.tables import metadata

    return {str(table.name): [str(one.name) for one in table.columns] for table in metadata.sorted_tables}


class View:
    """One moment of a database, however long it is read."""

    def __init__(self, raw: Any, dialect: str) -> None:
        self._raw, self._dialect = raw, dialect

    def rows(self, table: str, columns: list[str]) -> Iterator[list[Row]]:
        """A table's rows, some at a time."""
        sql = f"SELECT {', '.join(columns)} FROM {table}"
        cursor = (
            self._raw.cursor(name=f"canvass_{table}") if self._dialect == "postgresql" else self._raw.cursor()
        )
        try:
            cursor.execute(sql)
            while found := cursor.fetchmany(_AT_ONCE):
                yield [tuple(row) for row in found]
        finally:
            cursor.close()

    def sums(self, known: dict[str, list[str]]) -> Sums:
        """Count what is there."""
        sums = Sums()
        for table, columns in known.items():
            sums.add(table, columns, [])
            for rows in self.rows(table, columns):
                sums.add(table, columns, rows)
        return sums


@contextmanager
def in_words() -> Generator[None]:
    """What a driver says of the disk or the server becomes a StorageProblem; our own faults pass through."""
    import psycopg
    import sqlcipher3.dbapi2 as sqlite

    try:
        yield
    except sqlite.DatabaseError as error:
        problem = explain(error, writing=True)
        if problem is None:
            raise
        raise problem from error
    except psycopg.OperationalError as error:
        raise StorageProblem(_AWAY, detail=str(error)) from error


@contextmanager
def view_of(database: Database) -> Generator[View]:
    """A view of the database as it is now; nobody who writes meanwhile waits. Raises StorageProblem."""
    with in_words():
        yield from _view_of(database)


def _view_of(database: Database) -> Generator[View]:
    raw = database.raw_connection()
    try:
        if isinstance(database, PostgresDatabase):
            raw.execute("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0")
            raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            raw.execute("PRAGMA query_only = ON")
            raw.execute("BEGIN")
        yield View(raw, database.dialect)
    finally:
        raw.close()


def records_of(view: View) -> Iterator[bytes]:
    """The whole record as a stream."""
    sums = Sums()
    for table, columns in tables().items():
        yield _record(["table", table, columns])
        sums.add(table, columns, [])
        for rows in view.rows(table, columns):
            sums.add(table, columns, rows)
            yield _record(["rows", *rows])
    yield _record(["end", sums.told()])


def _record(content: list[Any]) -> bytes:
    data = _encode(content)
    return _LENGTH.pack(len(data)) + data


def tables_in(stream: Iterable[bytes]) -> Iterator[tuple[str, list[str], list[Row]]]:
    """(table, columns, rows) as they come, once with no rows where a table begins. The last is ("", [], [sums]).

    Raises StorageProblem unless the stream is whole and its sums are those of its rows.
    """
    sums, table = Sums(), ""
    columns: list[str] = []
    told: dict[str, Any] | None = None
    for content in _contents(stream):
        if told is not None or not content:
            raise broken("something follows the end")
        if content[0] == "table":
            table, columns = str(content[1]), [str(one) for one in content[2]]
            sums.add(table, columns, [])
            yield table, columns, []
        elif content[0] == "rows" and table:
            rows = [tuple(row) for row in content[1:]]
            if any(len(row) != len(columns) for row in rows):
                raise broken(f"{table} has rows of another width")
            sums.add(table, columns, rows)
            yield table, columns, rows
        elif content[0] == "end":
            told = content[1]
        else:
            raise broken("a record of an unknown kind")
    if told is None or told != sums.told():
        raise broken("the counts or digests are not those of its rows")
    yield "", [], [(told,)]


def _contents(stream: Iterable[bytes]) -> Iterator[list[Any]]:
    waiting = bytearray()
    for part in stream:
        waiting += part
        at = 0
        while len(waiting) - at >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(waiting, at)
            if length > _MOST_RECORD:
                raise broken("a record is too long")
            if len(waiting) - at - _LENGTH.size < length:
                break
            try:
                yield _decode(bytes(waiting[at + _LENGTH.size : at + _LENGTH.size + length]))
            except msgspec.DecodeError as error:
                raise broken(str(error)) from error
            at += _LENGTH.size + length
        del waiting[:at]
    if waiting:
        raise broken("a record is cut short")
