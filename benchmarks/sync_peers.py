"""Peers of the sync measure: binary COPY into PostgreSQL, inserts into SQLCipher, and Anki's sync server."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.migrate import migrate
from canvass_app.storage.postgres import PostgresDatabase

ROOT = Path(__file__).resolve().parent.parent
BENCH_PYTHON = ROOT / ".venv-bench" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
COLUMNS = (
    "riding_id", "device_id", "device_seq", "kind", "subject", "shift", "hlc", "wall_ms", "stamp",
    "riding_sequence", "hash", "raw",
)  # fmt: skip
_TYPES = ("int8", "bytea", "int8", "text", "bytea", "bytea", "int8", "int8", "int8", "int8", "bytea", "bytea")
_LISTED = ", ".join(COLUMNS)
_SELECT = f"SELECT {_LISTED} FROM event WHERE riding_id = ? ORDER BY riding_sequence DESC LIMIT ?"
Row = tuple[Any, ...]


def newest(db: Connection, riding_id: int, count: int) -> list[Row]:
    """The last `count` rows of a riding's log: what was just pushed."""
    return db.query(_SELECT, (riding_id, count))


def newest_attempts(db: Connection, riding_id: int, events: int) -> list[Row]:
    """The attempts among a riding's last `events` events, as they are folded: what a pull writes besides the log."""
    return db.query(
        "SELECT a.* FROM attempt a JOIN event e ON e.riding_id = a.riding_id AND e.device_id = a.device_id"
        " AND e.device_seq = a.device_seq WHERE a.riding_id = ? AND e.riding_sequence >"
        " (SELECT last_sequence FROM riding_counter WHERE riding_id = ?) - ?",
        (riding_id, riding_id, events),
    )


class CopyPeer:
    """The product's own event table, with its indexes, in a database of its own."""

    def __init__(self, url: str) -> None:
        database = PostgresDatabase(url)
        migrate(database)
        database.close()
        self._db = psycopg.connect(url)

    def seconds(self, rows: Sequence[Row]) -> float:
        """One binary COPY of the rows, committed durably."""
        cursor = self._db.cursor()
        cursor.execute("TRUNCATE event")
        self._db.commit()
        begun = time.perf_counter()
        with cursor.copy(f"COPY event ({_LISTED}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(_TYPES)
            for row in rows:
                copy.write_row(row)
        self._db.commit()
        return time.perf_counter() - begun

    def close(self) -> None:
        """Close the connection."""
        self._db.close()


def sqlcipher_seconds(
    path: Path, rows: Sequence[Row], tables: Sequence[tuple[str, Sequence[Row]]] = ()
) -> float:
    """Insert event rows (and rows of other tables) into an empty laptop database in one durable transaction."""
    database = SqliteDatabase(path, os.urandom(32))
    try:
        migrate(database)
        begun = time.perf_counter()
        with database.write() as db:
            places = ",".join("?" * len(COLUMNS))
            db.run_many(f"INSERT INTO event ({_LISTED}) VALUES ({places})", rows)
            for name, more in tables:
                if more:
                    db.run_many(f"INSERT INTO {name} VALUES ({','.join('?' * len(more[0]))})", more)
        return time.perf_counter() - begun
    finally:
        database.close()


class AnkiPeer:
    """Anki's sync server and client in the environment that `make bench` makes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        command = [str(BENCH_PYTHON), str(ROOT / "benchmarks" / "sync_anki.py"), str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, what: str, count: int) -> float:
        """Push or pull `count` notes."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, "count": count}) + "\n")
        self._process.stdin.flush()
        return float(json.loads(self._process.stdout.readline())["seconds"])

    def close(self) -> None:
        """Stop both."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)


@contextmanager
def anki(folder: Path) -> Generator[AnkiPeer | None]:
    """The peer, or None when this machine does not have it (it says so)."""
    if not BENCH_PYTHON.exists():
        print(
            "sync: Anki is not installed here (make bench tries to), so its comparison is left out",
            flush=True,
        )
        yield None
        return
    peer = AnkiPeer(folder)
    try:
        yield peer
    finally:
        peer.close()
