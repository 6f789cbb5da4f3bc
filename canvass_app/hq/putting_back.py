"""`canvass-hq restore`: a backup becomes the headquarters of a folder, whole or not at all, under a new epoch.

What stood there before is set aside, never thrown away. Laptops notice the new epoch at their next contact and bring
back whatever they still hold (`relaying`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from canvass_app.domain.errors import NoKey, Refused, WrongKey
from canvass_app.domain.text import Text
from canvass_app.storage.database import SqliteDatabase, disk_trouble
from canvass_app.storage.journal import sync_folder
from canvass_app.storage.keys import KEY_FILE, keep_record, key_of, key_record
from canvass_app.storage.lock import InstanceLock
from canvass_app.storage.migrate import PRESENT, NewerData, Schema, migrate
from canvass_app.storage.postgres import PostgresDatabase

from .backing_up import SUFFIX, asked_once, read_back, write_backup
from .office import DATABASE, Settings
from .restoring import begin_recovery
from .snapshot import Database, Row, View, in_words, tables, tables_in
from .vault import broken, fits, read_header, unsealed

_NO_FILE = Text(
    "The backup “{name}” cannot be read. Nothing was changed. Check its name.",
    "La sauvegarde « {name} » est illisible. Rien n’a été modifié. Vérifiez son nom.",
)
_THERE_IS_ONE = Text(
    "There is a headquarters here already. Nothing was changed. Add --overwrite to put the backup in its place: what is "
    "there now is set aside, not thrown away.",
    "Il y a déjà un quartier général ici. Rien n’a été modifié. Ajoutez --overwrite pour mettre la sauvegarde à sa "
    "place : l’actuel est mis de côté, pas supprimé.",
)
_KEY_ELSEWHERE = Text(
    "The key of this backup is in the keychain of the computer that made it. Nothing was changed. Restore it there, in "
    "its own --data folder.",
    "La clé de cette sauvegarde est dans le trousseau de l’ordinateur qui l’a faite. Rien n’a été modifié. Rétablissez-la "
    "sur celui-ci, dans son propre dossier --data.",
)
_OTHER_SCHEMA = Text(
    "This backup was made by another version of Canvass and the PostgreSQL database is not empty. Nothing was changed. "
    "Restore it into an empty database.",
    "Cette sauvegarde vient d’une autre version de Canvass et la base PostgreSQL n’est pas vide. Rien n’a été modifié. "
    "Rétablissez-la dans une base vide.",
)
_NEWER = Text(
    "This backup was made by a newer version of Canvass. Nothing was changed. Install that version, then restore.",
    "Cette sauvegarde a été faite par une version plus récente de Canvass. Rien n’a été modifié. Installez cette version, "
    "puis rétablissez-la.",
)
_SERVED = Text(
    "Another program is using this PostgreSQL database. Nothing was changed. Stop every “canvass-hq serve”, then try again.",
    "Un autre programme utilise cette base PostgreSQL. Rien n’a été modifié. Arrêtez chaque « canvass-hq serve », puis "
    "réessayez.",
)


@dataclass(frozen=True, slots=True)
class PutBack:
    """What a restore came to. `made_ms`: when the backup was made; `aside`: names of what stood there before."""

    made_ms: int
    events: int
    ridings: dict[str, int]
    epoch: str
    aside: list[str]


def put_back(settings: Settings, source: Path, *, overwrite: bool = False) -> PutBack:
    """Restore the backup `source` into the folder (and database) of `settings`.

    It is read to its end before anything is touched. Raises Refused, StorageProblem, NoKey, WrongKey, AlreadyOpen; then
    nothing was changed.
    """
    settings = asked_once(settings)
    try:
        with source.open("rb") as file:
            header, _ = read_header(file)
    except OSError as error:
        raise Refused(_NO_FILE.fill(name=source.name)) from error
    key, record = _key(settings, header)
    sums = read_back(source, key)
    now_ms = settings.now_ms() if settings.now_ms else int(datetime.now(UTC).timestamp() * 1000)
    lock = InstanceLock(settings.folder)
    try:
        epoch = os.urandom(16)
        job = _Job(settings, source, key, header, sums, epoch, now_ms, overwrite)
        try:
            aside = job.into_postgres(record) if settings.database_url else job.into_file(record)
        except OSError as error:
            raise disk_trouble(error) from error
    finally:
        lock.release()
    ridings = {name: int(count) for name, (count, _) in sums["ridings"].items()}
    return PutBack(int(header["made_ms"]), sum(ridings.values()), ridings, epoch.hex(), aside)


def _key(settings: Settings, header: Mapping[str, Any]) -> tuple[bytes, Mapping[str, Any] | None]:
    """The backup's data key, and the `key.json` to write when the folder's is not the same."""
    given = dict(header)
    known = (settings.folder / KEY_FILE).exists()
    if known:
        try:
            key = key_of(key_record(settings.folder), settings.passphrase, settings.prompt)
            if fits(given, key):
                return key, None
        except (NoKey, WrongKey):
            if not given.get("key"):
                raise
    if not given.get("key"):
        raise Refused(_KEY_ELSEWHERE)
    record = cast("Mapping[str, Any]", given["key"])
    return key_of(record, settings.passphrase, settings.prompt), record


@dataclass(frozen=True, slots=True)
class _Job:
    settings: Settings
    source: Path
    key: bytes
    header: dict[str, Any]
    sums: dict[str, Any]
    epoch: bytes
    now_ms: int
    overwrite: bool

    @property
    def _then(self) -> str:
        return datetime.fromtimestamp(self.now_ms / 1000, UTC).strftime("before-restore-%Y%m%d-%H%M%S")

    def into_file(self, record: Mapping[str, Any] | None) -> list[str]:
        """A new encrypted file beside the old one, which then makes way for it."""
        folder = self.settings.folder
        path = folder / DATABASE
        if path.exists() and not self.overwrite:
            raise Refused(_THERE_IS_ONE)
        unfinished = path.with_name(f"{DATABASE}.new")
        for end in ("", "-wal", "-shm"):
            path.with_name(f"{unfinished.name}{end}").unlink(missing_ok=True)
        try:
            database = SqliteDatabase(unfinished, self.key)
            try:
                migrate(database, None, self._schema())
                self._fill(database)
                migrate(database)
                database.checkpoint()
            finally:
                database.close()
            aside = self._make_way(path, record)
            unfinished.replace(path)
            sync_folder(folder)
        finally:
            for end in ("", "-wal", "-shm"):
                path.with_name(f"{unfinished.name}{end}").unlink(missing_ok=True)
        return aside

    def _make_way(self, path: Path, record: Mapping[str, Any] | None) -> list[str]:
        aside: list[str] = []
        names = [path.name, f"{path.name}-wal", f"{path.name}-shm"]
        if record is not None:
            names.append(KEY_FILE)
        for name in names:
            old = path.with_name(name)
            if old.exists():
                # What SQLite looks for beside a database keeps its ending.
                stem, dot, end = name.partition(".")
                kept = _free(old.parent, f"{stem}-{self._then}", f"{dot}{end}")
                old.rename(kept)
                aside.append(kept.name)
        if record is not None:
            keep_record(path.parent, record)
        return aside

    def into_postgres(self, record: Mapping[str, Any] | None) -> list[str]:
        """One transaction that empties the database and fills it; what was there is backed up before."""
        folder = self.settings.folder
        database = PostgresDatabase(self.settings.database_url)
        aside: list[str] = []
        try:
            _alone(database)
            full = _holds_something(database)
            if full and not self.overwrite:
                raise Refused(_THERE_IS_ONE)
            if full and self.header["schema"] != PRESENT.head:
                raise Refused(_OTHER_SCHEMA)
            migrate(database, None, self._schema())
            if full:
                kept = _free(folder / "backups", self._then, SUFFIX)
                sealed = record if record is not None else key_record(folder)
                write_backup(database, kept, self.key, sealed, self.now_ms)
                aside.append(kept.name)
            self._fill(database)
            migrate(database)
            if record is not None:
                if (folder / KEY_FILE).exists():
                    old = _free(folder, f"key-{self._then}", ".json")
                    (folder / KEY_FILE).rename(old)
                    aside.append(old.name)
                keep_record(folder, record)
        finally:
            database.close()
        return aside

    def _schema(self) -> Schema:
        head = str(self.header["schema"])
        if Path(head).name != head or not any((one / f"{head}.py").exists() for one in PRESENT.scripts):
            raise NewerData(_NEWER, detail=head)
        return Schema(head, PRESENT.scripts)

    def _fill(self, database: Database) -> None:
        """Rows in, counted and compared, the new epoch, all in one transaction. Raises StorageProblem."""
        known: dict[str, list[str]] = {}
        with in_words(), database.write() as db:
            raw = cast("Any", db).raw
            if database.dialect == "postgresql":
                raw.execute("SET LOCAL statement_timeout = 0")
            for table in reversed(list(tables())):
                db.run(f"DELETE FROM {table}")
            with self.source.open("rb") as file:
                header, bound = read_header(file)
                for table, columns, rows in self._checked(tables_in(unsealed(file, header, bound, self.key))):
                    known[table] = columns
                    _insert(raw, database.dialect, table, columns, rows)
            if View(raw, database.dialect).sums(known).told() != self.sums:
                raise broken("what was written differs from what was read")
            begin_recovery(db, self.epoch, self.now_ms)

    def _checked(
        self, found: Iterable[tuple[str, list[str], list[Row]]]
    ) -> Iterator[tuple[str, list[str], list[Row]]]:
        for table, columns, rows in found:
            if not all(name.isidentifier() for name in (table or "end", *columns)):
                raise broken("a name that is none")
            if table:
                yield table, columns, rows
            elif rows[0][0] != self.sums:
                raise broken("the file changed meanwhile")


def _free(folder: Path, stem: str, end: str) -> Path:
    """A name that nothing has yet: what was set aside is never written over."""
    path, number = folder / f"{stem}{end}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{end}"
    return path


def _insert(raw: Any, dialect: str, table: str, columns: list[str], rows: list[Row]) -> None:
    if not rows:
        return
    names = ", ".join(columns)
    if dialect == "sqlite":
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({','.join('?' * len(columns))})", rows)
        return
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _alone(database: PostgresDatabase) -> None:
    rows = database.read().query(
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'canvass-hq' AND pid <> pg_backend_pid()"
    )
    if int(rows[0][0]):
        raise Refused(_SERVED)


def _holds_something(database: PostgresDatabase) -> bool:
    db = database.read()
    if not db.query("SELECT 1 FROM pg_tables WHERE tablename = 'meta'"):
        return False
    return bool(db.query("SELECT 1 FROM meta LIMIT 1") or db.query("SELECT 1 FROM event LIMIT 1"))
