"""The migrations give exactly the schema that the tables declare, at once or step by step, and a database is never half-way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String

from canvass_app.domain.errors import StorageProblem
from canvass_app.resource_path import resource
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.migrate import (
    HEAD,
    _config,  # pyright: ignore[reportPrivateUsage]
    _script,  # pyright: ignore[reportPrivateUsage]
    migrate,
    schema_version,
    step_by_step,
)
from canvass_app.storage.tables import metadata
from tools import present_schema

KEY = b"k" * 32


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(_config()[0]).get_current_head() == HEAD


@pytest.mark.parametrize("make", [migrate, step_by_step])
def test_the_migrations_give_the_declared_schema(tmp_path: Path, make: Callable[..., Any]) -> None:
    import sqlcipher3.dbapi2 as sqlite
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    database = SqliteDatabase(tmp_path / "a.db", KEY)
    make(database)
    assert not migrate(database)
    engine = create_engine("sqlite://", creator=database.raw_connection, module=sqlite, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _differ})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    database.close()


def everything_in(database: SqliteDatabase) -> tuple[set[Any], dict[str, set[Any]]]:
    """Every object's own words, without the empty lines that Alembic ends some with, and every row of every table, the planner's statistics among them."""
    db = database.read()
    made = {
        tuple(row) for row in db.query("SELECT type, name, tbl_name, rtrim(sql, char(10)) FROM sqlite_master")
    }
    tables = [name for kind, name, *_ in made if kind == "table"]
    return made, {name: {tuple(row) for row in db.query(f"SELECT * FROM {name}")} for name in tables}


def test_a_new_database_is_what_the_migrations_make_of_an_empty_one(tmp_path: Path) -> None:
    at_once, stepped = SqliteDatabase(tmp_path / "a.db", KEY), SqliteDatabase(tmp_path / "b.db", KEY)
    assert migrate(at_once)
    step_by_step(stepped)
    made, rows = everything_in(at_once)
    assert (made, rows) == everything_in(stepped)
    assert len(made) > 60
    assert len(rows["sqlite_stat1"]) > 20
    for database in (at_once, stepped):
        database.close()


def test_the_script_for_new_databases_is_the_one_of_todays_migrations() -> None:
    assert present_schema.FILE.read_text("utf-8") == present_schema.text(), "run tools/present_schema.py"


def test_a_new_database_needs_no_library_of_migrations(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from canvass_app.storage.database import SqliteDatabase\n"
        "from canvass_app.storage.migrate import migrate\n"
        "assert migrate(SqliteDatabase(Path(sys.argv[1]), bytes(32)))\n"
        "print(*{'alembic', 'sqlalchemy', 'sqlmodel'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.db")], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_script_of_another_version_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = resource("schema", "present.sql").read_text("utf-8").replace(HEAD, "20261122_first")
    (tmp_path / "present.sql").write_text(old.replace("CREATE TABLE door", "CREATE TABLE gate"), "utf-8")
    monkeypatch.setattr("canvass_app.storage.migrate.resource", lambda *_: tmp_path / "present.sql")
    _script.cache_clear()
    try:
        database = SqliteDatabase(tmp_path / "a.db", KEY)
        assert migrate(database)
    finally:
        _script.cache_clear()
    assert schema_version(database) == HEAD
    assert database.read().query("SELECT COUNT(*) FROM door") == [(0,)]
    database.close()


def _differ(_context: Any, _found: Any, _declared: Any, is_type: Any, wanted: Any) -> bool | None:
    """Text and unbounded VARCHAR are one type on both databases; anything else is compared as usual."""
    wanted = getattr(wanted, "impl", wanted)
    return False if isinstance(is_type, String) and isinstance(wanted, String) else None


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "a.db", KEY)
    migrate(database)
    with database.write() as db:
        db.run("UPDATE alembic_version SET version_num = '29991231_future'")
    with pytest.raises(StorageProblem, match="newer"):
        migrate(database)
    assert schema_version(database) == "29991231_future"
    database.close()


def test_every_key_of_the_log_and_its_projections_begins_with_the_riding() -> None:
    own = {
        "meta", "device", "enrolment", "number_block", "alembic_version", "hq_meta",
        "account", "web_session", "account_past", "handed_in", "handed_in_part",
    }  # fmt: skip
    for table in metadata.sorted_tables:
        if table.name not in own:
            first = next(iter(table.primary_key.columns))
            assert first.name == "riding_id", table.name
