"""Bringing a database to the present schema: forward only, backup first, one transaction.

The common case, a database that is up to date, is decided by one query, without SQLAlchemy. A new SQLite database is made
from what all migrations together come to (resources/schema/present.sql, docs/decisions/0033), without SQLAlchemy too.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text
from canvass_app.resource_path import resource

from .database import SqliteDatabase, explain

if TYPE_CHECKING:
    from .postgres import PostgresDatabase

HEAD = "20261203_selections"
MIGRATIONS = Path(__file__).parent / "migrations"


class Schema(NamedTuple):
    """A revision to be at, and the folders whose scripts lead there."""

    head: str
    scripts: tuple[Path, ...]


PRESENT = Schema(HEAD, (MIGRATIONS / "versions",))

_NEWER = Text(
    "This data was written by a newer version of Canvass. Nothing was changed. Install the newer version to open it.",
    "Ces données ont été écrites par une version plus récente de Canvass. Rien n’a été modifié. "
    "Installez cette version pour les ouvrir.",
)

_IN_USE = Text(
    "The database could not be brought to the present version: it is in use, or the server went away. Nothing was "
    "changed. Stop every other “canvass-hq” and try again.",
    "La base n’a pas pu être mise à la version actuelle : elle est utilisée, ou le serveur est parti. Rien n’a été "
    "modifié. Arrêtez tout autre « canvass-hq » et réessayez.",
)


class NewerData(StorageProblem):
    """The database was written by a newer program."""


def schema_version(database: SqliteDatabase | PostgresDatabase) -> str | None:
    """The revision a database is at; None when it is empty."""
    connection = database.read()
    if database.dialect == "sqlite":
        found = connection.query("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    else:
        found = connection.query("SELECT 1 FROM pg_tables WHERE tablename = 'alembic_version'")
    if not found:
        return None
    rows = connection.query("SELECT version_num FROM alembic_version")
    return str(rows[0][0]) if rows else None


def migrate(
    database: SqliteDatabase | PostgresDatabase, backup: Path | None = None, schema: Schema = PRESENT
) -> bool:
    """Bring `database` to the head of `schema` in one transaction; True when something was done.

    `backup`: where a copy is written before an existing SQLite database is changed.
    Raises NewerData when the database is newer than this program, StorageProblem for a disk that refuses,
    and whatever a script raises: the database then stands as before.
    """
    present = schema_version(database)
    if present == schema.head:
        return False
    if present is None and schema == PRESENT and isinstance(database, SqliteDatabase) and _make(database):
        return True
    config, known = _config(schema)
    if present is not None and present not in known:
        raise NewerData(_NEWER, detail=present)
    if present is not None and backup is not None and isinstance(database, SqliteDatabase):
        backup.parent.mkdir(exist_ok=True, mode=0o700)
        # Its name says that it is whole.
        unfinished = backup.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        database.backup_to(unfinished)
        unfinished.replace(backup)
    _upgrade(config, database, schema.head)
    return True


def step_by_step(database: SqliteDatabase | PostgresDatabase, schema: Schema = PRESENT) -> None:
    """Run every migration that `database` lacks, one after the other, also when there is nothing in it yet.

    Raises what `migrate` raises.
    """
    _upgrade(_config(schema)[0], database, schema.head)


@cache
def _script() -> tuple[str, ...]:
    """The statements of present.sql; none when it was written for another version than this program's."""
    first, *statements = resource("schema", "present.sql").read_text("utf-8").strip().split("\n\n")
    return tuple(statements) if first.endswith(f" {HEAD}") else ()


def _make(database: SqliteDatabase) -> bool:
    """Make the whole schema at once, in one transaction; False when the migrations must do it."""
    if not _script():
        return False
    with database.write() as db:
        if db.query("SELECT 1 FROM sqlite_master LIMIT 1"):
            # Somebody else was here since, or a file of another kind: the migrations know what to do or to say.
            return False
        for statement in _script():
            db.run(statement)
        _tell_planner(database.writing_driver())
    database.forget_plans()
    return True


# What the planner is told of every table: a riding of this many rows, few of them alike in an index.
_ROWS, _ALIKE = 100_000, 4


def _tell_planner(db: Any) -> None:
    """Write fixed statistics for every index, within the migration's transaction.

    Without any, SQLite takes `riding_id = ?` for a good choice and walks the whole riding (10 ms a
    keystroke at 100,000 people); with measured ones, plans would differ from laptop to laptop.
    """
    db.execute("ANALYZE")
    db.execute("DELETE FROM sqlite_stat1")
    tables = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%riding_id%' ORDER BY name"
    ).fetchall()
    for table, sql in tables:
        for _, index, unique, origin, *_ in db.execute(f"PRAGMA index_list({table})").fetchall():
            columns = len(db.execute(f"PRAGMA index_info({index})").fetchall())
            alike = [max(_ROWS // 50**n, 1 if unique else _ALIKE) for n in range(columns)]
            alike[-1] = 1 if unique else _ALIKE
            name = table if origin == "pk" and "WITHOUT ROWID" in sql else index
            db.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?,?,?)",
                (table, name, " ".join(map(str, [_ROWS, *(alike if columns > 1 else [1])]))),
            )


def _config(schema: Schema = PRESENT) -> tuple[Any, set[str]]:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join(map(str, schema.scripts)))
    return config, {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _in_transactions(database: PostgresDatabase) -> Any:
    raw = database.raw_connection()
    raw.autocommit = False
    return raw


def _upgrade(config: Any, database: SqliteDatabase | PostgresDatabase, head: str) -> None:
    from alembic import command
    from sqlalchemy import create_engine
    from sqlalchemy.exc import OperationalError
    from sqlalchemy.pool import NullPool

    if isinstance(database, SqliteDatabase):
        import sqlcipher3.dbapi2 as sqlite

        engine = create_engine(
            "sqlite://", creator=database.raw_connection, module=sqlite, poolclass=NullPool
        )
    else:
        engine = create_engine(
            "postgresql+psycopg://", creator=lambda: _in_transactions(database), poolclass=NullPool
        )
    try:
        with engine.connect() as connection:
            if isinstance(database, SqliteDatabase):
                # The driver is in autocommit: without this each statement would be its own transaction.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            command.upgrade(config, head)
            if isinstance(database, SqliteDatabase):
                _tell_planner(connection.connection.driver_connection)
            connection.commit()
    except OperationalError as error:
        problem: StorageProblem | None = None
        if not isinstance(database, SqliteDatabase):
            problem = StorageProblem(_IN_USE, detail=str(error.orig))
        elif error.orig:
            problem = explain(error.orig, writing=True)
        if problem is None:
            raise
        raise problem from error
    finally:
        engine.dispose()
    if isinstance(database, SqliteDatabase):
        database.forget_plans()
