"""One small face over SQLCipher and PostgreSQL: SQL with `?` places, tuples in, tuples out.

The same statements run on both. Errors that people can act on (disk full, locked, wrong key,
damaged) become CanvassErrors; anything else is a bug and passes through.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from canvass_app.domain.errors import Damaged, DiskFull, StorageProblem, WrongKey
from canvass_app.domain.text import Text

from .checkpoints import MOST_PAGES, Checkpointer

Params = Sequence[Any]
Rows = list[tuple[Any, ...]]

# The WAL-reset corruption bug was fixed in SQLite 3.51.3 (sqlite.org/wal.html).
MIN_SQLITE = (3, 51, 3)
_IN_CHUNK = 500

_FULL = Text(
    "The disk is full. Everything saved before is safe; this change was not saved. Free some space, then try again.",
    "Le disque est plein. Tout ce qui était enregistré est en sécurité; ce dernier changement ne l’est pas. "
    "Libérez de l’espace, puis réessayez.",
)
_BUSY = Text(
    "The database is busy in another program. Nothing was lost; try again in a moment.",
    "La base de données est utilisée par un autre programme. Rien n’est perdu; réessayez dans un instant.",
)
_DAMAGED = Text(
    "The database is damaged. Every result saved on this laptop is still in its journal. Close Canvass and run "
    "“canvass-app doctor --repair”: it keeps the damaged file and builds the database again.",
    "La base de données est endommagée. Chaque résultat enregistré sur cet ordinateur est encore dans son journal. "
    "Fermez Canvass et lancez « canvass-app doctor --repair », qui conserve le fichier endommagé et reconstruit la base.",
)
_UNREADABLE = Text(
    "This data is locked with another passphrase or key. Nothing was changed. Try the passphrase again.",
    "Ces données sont verrouillées par une autre phrase de passe ou clé. Rien n’a été modifié. "
    "Réessayez la phrase de passe.",
)
_REFUSED = Text(
    "The disk refused to write: it is full, or it has a fault. Everything saved before is safe; this change was not "
    "saved. Free some space or check the disk, then try again.",
    "Le disque a refusé l’écriture : il est plein, ou défectueux. Tout ce qui était enregistré est en sécurité; ce "
    "dernier changement ne l’est pas. Libérez de l’espace ou vérifiez le disque, puis réessayez.",
)
_IO = Text(
    "The disk could not be read just now. Nothing was changed. Check the disk, then try again.",
    "Le disque n’a pas pu être lu. Rien n’a été modifié. Vérifiez le disque, puis réessayez.",
)
_READ_ONLY = Text(
    "The data folder cannot be written to. Nothing was changed. Check the folder’s permissions.",
    "Impossible d’écrire dans le dossier de données. Rien n’a été modifié. Vérifiez les droits du dossier.",
)


class Connection(Protocol):
    """What projections and queries need of a database."""

    dialect: str

    def query(self, sql: str, params: Params = ()) -> Rows:
        """Run a statement and return its rows."""
        ...

    def run(self, sql: str, params: Params = ()) -> int:
        """Run a statement; the number of rows it changed."""
        ...

    def run_many(self, sql: str, rows: Iterable[Params]) -> None:
        """Run a statement once for each row of parameters."""
        ...


def query_in(db: Connection, sql: str, head: Params, values: Iterable[Any]) -> Rows:
    """Run a SELECT whose text holds `IN (??)` once per chunk of `values`, after the `head` parameters."""
    wanted = (*values,)
    if not wanted:
        return []
    if len(wanted) <= _IN_CHUNK:
        return db.query(_with_places(sql, len(wanted)), (*head, *wanted))
    rows: Rows = []
    for start in range(0, len(wanted), _IN_CHUNK):
        part = wanted[start : start + _IN_CHUNK]
        rows.extend(db.query(_with_places(sql, len(part)), (*head, *part)))
    return rows


def run_in(db: Connection, sql: str, head: Params, values: Iterable[Any]) -> None:
    """Like query_in, for a statement that returns nothing."""
    wanted = list(values)
    for start in range(0, len(wanted), _IN_CHUNK):
        part = wanted[start : start + _IN_CHUNK]
        db.run(_with_places(sql, len(part)), (*head, *part))


@lru_cache(maxsize=1_024)
def _with_places(sql: str, places: int) -> str:
    return sql.replace("??", ",".join("?" * places))


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk. Raises DiskFull or StorageProblem."""
    try:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise disk_trouble(error) from error


def disk_trouble(error: OSError) -> StorageProblem:
    """What the system says of the disk, in words for people."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(_FULL, detail=str(error))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageProblem(_READ_ONLY, detail=str(error))
    return StorageProblem(_IO, detail=str(error))


class _SqliteConnection:
    dialect = "sqlite"

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    # Spelled out three times: a context manager around each of thirty statements is a tenth of a typed result.
    def query(self, sql: str, params: Params = ()) -> Rows:
        try:
            return self.raw.execute(sql, params).fetchall()
        except Exception as error:
            problem = _translated(error)
            if problem is None:
                raise
            raise problem from error

    def run(self, sql: str, params: Params = ()) -> int:
        try:
            return self.raw.execute(sql, params).rowcount
        except Exception as error:
            problem = _translated(error, writing=True)
            if problem is None:
                raise
            raise problem from error

    def run_many(self, sql: str, rows: Iterable[Params]) -> None:
        try:
            self.raw.executemany(sql, rows)
        except Exception as error:
            problem = _translated(error, writing=True)
            if problem is None:
                raise
            raise problem from error


def _translated(error: Exception, *, opening: bool = False, writing: bool = False) -> StorageProblem | None:
    import sqlcipher3.dbapi2 as sqlite

    return (
        explain(error, opening=opening, writing=writing) if isinstance(error, sqlite.DatabaseError) else None
    )


@contextmanager
def _translating(*, opening: bool = False, writing: bool = False) -> Generator[None]:
    try:
        yield
    except Exception as error:
        problem = _translated(error, opening=opening, writing=writing)
        if problem is None:
            raise
        raise problem from error


def explain(error: BaseException, *, opening: bool = False, writing: bool = False) -> StorageProblem | None:
    """A trouble of the driver in words for people; None when it is a bug of ours."""
    name = str(getattr(error, "sqlite_errorname", "")) or ""
    words = str(error).lower()
    if name.startswith("SQLITE_FULL") or "disk is full" in words:
        return DiskFull(_FULL, detail=words)
    if name.startswith("SQLITE_IOERR") or "disk i/o error" in words:
        # A quota, a limit on files, no room for the index of the write-ahead log: SQLite has one word for all.
        return DiskFull(_REFUSED, detail=words) if writing else StorageProblem(_IO, detail=words)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "is locked" in words:
        return StorageProblem(_BUSY, detail=words)
    if name.startswith("SQLITE_NOTADB") or "not a database" in words or "hmac check failed" in words:
        # After the first page could be read, the key fits: then it is damage.
        return WrongKey(_UNREADABLE, detail=words) if opening else Damaged(_DAMAGED, detail=words)
    if name.startswith("SQLITE_CORRUPT") or "malformed" in words:
        return Damaged(_DAMAGED, detail=words)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or "unable to open" in words:
        return StorageProblem(_READ_ONLY, detail=words)
    return None


class SqliteDatabase:
    """An encrypted SQLite file: one writer at a time, readers of their own in every thread."""

    dialect = "sqlite"

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        """`read_only` leaves the file and its write-ahead log as they are, whatever their state."""
        self.path = path
        self._read_only = read_only
        self._key = key
        self._lock = threading.RLock()
        self.writes = 0
        """Transactions begun in this program, the only one on this file: what was read before the last is old."""
        self._readers = threading.local()
        self._all_readers: list[Any] = []
        self._writer = _SqliteConnection(self._connect(writer=True, opening=True))
        self._checkpointer: Checkpointer | None = None
        if not read_only:
            self._writer.query(f"PRAGMA wal_autocheckpoint = {MOST_PAGES}")
            self._checkpointer = Checkpointer(lambda: self._connect(writer=True))

    def _connect(self, *, writer: bool, opening: bool = False) -> Any:
        import sqlcipher3.dbapi2 as sqlite

        if tuple(int(part) for part in sqlite.sqlite_version.split(".")) < MIN_SQLITE:
            raise RuntimeError(
                f"SQLite {sqlite.sqlite_version} has the WAL-reset fault; {MIN_SQLITE} is the least"
            )
        name = f"{self.path.absolute().as_uri()}?mode=ro" if self._read_only else str(self.path)
        uri: dict[str, Any] = {"uri": True} if self._read_only else {}
        with _translating(opening=opening, writing=writer):
            raw: Any = sqlite.connect(
                name, isolation_level=None, check_same_thread=False, timeout=10, cached_statements=256, **uri
            )
            try:
                # It would print every page that it cannot read.
                raw.execute("PRAGMA cipher_log = off")
                raw.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
                raw.execute("PRAGMA cipher_memory_security = OFF")
                raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if not self._read_only:
                    raw.execute("PRAGMA journal_mode = WAL")
                raw.execute("PRAGMA synchronous = FULL")
                raw.execute("PRAGMA foreign_keys = ON")
                raw.execute("PRAGMA temp_store = MEMORY")
                raw.execute("PRAGMA cache_size = -32000")
                if not writer:
                    raw.execute("PRAGMA query_only = ON")
            except BaseException:
                raw.close()
                raise
        return raw

    def read(self) -> Connection:
        """This thread's reading connection."""
        connection: _SqliteConnection | None = getattr(self._readers, "connection", None)
        if connection is None:
            raw = self._connect(writer=False)
            with self._lock:
                self._all_readers.append(raw)
            connection = self._readers.connection = _SqliteConnection(raw)
        return connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One transaction, committed durably at the end, undone by any exception."""
        with self._lock:
            self.writes += 1
            self._writer.run("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.run("COMMIT")
                if self._checkpointer is not None:
                    self._checkpointer.note(self._writer.raw.total_changes)
            except BaseException:
                if self._writer.raw.in_transaction:
                    # A damaged file may refuse even this; nothing was committed, and the cause is what matters.
                    with suppress(Exception):
                        self._writer.raw.execute("ROLLBACK")
                raise

    def backup_to(self, target: Path) -> None:
        """A compact, encrypted copy under the same key, on the disk when this returns. The caller renames it.

        On a connection of its own: whoever types meanwhile does not wait.
        """
        raw = self._connect(writer=True)
        try:
            with _translating(writing=True):
                raw.execute("VACUUM INTO ?", (str(target),))
        finally:
            raw.close()
        sync_file(target)

    def damage(self, *, thorough: bool = False) -> list[str]:
        """What is wrong with the file's pages, at most 20 lines; empty when they are sound.

        Every page's authentication code is checked, then SQLite's own structure; `thorough` compares
        the indexes with their tables too. On a connection of its own, off any path that somebody waits on.
        """
        found: list[str] = []
        try:
            raw = self._connect(writer=False)
        except StorageProblem as problem:
            return [problem.detail]
        connection = _SqliteConnection(raw)
        try:
            found += [str(row[0]) for row in connection.query("PRAGMA cipher_integrity_check")]
            if not found:
                check = "integrity_check" if thorough else "quick_check"
                found += [str(row[0]) for row in connection.query(f"PRAGMA {check}(20)") if row[0] != "ok"]
        except StorageProblem as problem:
            found.append(problem.detail)
        finally:
            raw.close()
        return found[:20]

    def sibling(self, path: Path) -> SqliteDatabase:
        """Another file under the same key: a backup being verified."""
        return SqliteDatabase(path, self._key)

    def forget_plans(self) -> None:
        """Let the writer read the planner's statistics again; readers open after it."""
        with self._lock:
            self._writer.query("ANALYZE sqlite_schema")

    def checkpoint(self) -> None:
        """Move what the write-ahead log holds into the database file."""
        with self._lock, self._checkpoints():
            self._writer.query("PRAGMA wal_checkpoint(TRUNCATE)")

    def _checkpoints(self) -> AbstractContextManager[object]:
        """The turn to move the log: the thread that does it beside the typing has none meanwhile."""
        return self._checkpointer.busy if self._checkpointer is not None else nullcontext()

    def leave_no_trace(self) -> None:
        """Empty the write-ahead log, so that what was removed or written over is in neither file.

        SQLCipher writes zeros over what is freed in the database file. Raises StorageProblem while somebody
        still reads an older state.
        """
        with self._lock, self._checkpoints():
            if int(self._writer.query("PRAGMA secure_delete")[0][0]) != 1:
                raise RuntimeError("freed pages keep their content")
            busy = self._writer.query("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
            if busy:
                raise StorageProblem(_BUSY, detail="the write-ahead log is still being read")

    def raw_connection(self) -> Any:
        """A new driver connection for SQLAlchemy's migrations."""
        return self._connect(writer=True)

    def writing_driver(self) -> Any:
        """The driver's connection that `write` works on, for use within it."""
        return self._writer.raw

    def open_connections(self) -> int:
        """How many connections are open."""
        with self._lock:
            return len(self._all_readers) + 1

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log back in."""
        if self._checkpointer is not None:
            self._checkpointer.close()
        with self._lock:
            for raw in self._all_readers:
                raw.close()
            self._all_readers.clear()
            self._readers = threading.local()
            self._writer.raw.close()
