"""The migrations give exactly the schema that the tables declare, and a database is never half-way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String

from canvass_app.domain.errors import StorageProblem
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.migrate import HEAD, _config, migrate, schema_version  # pyright: ignore[reportPrivateUsage]
from canvass_app.storage.tables import metadata

KEY = b"k" * 32


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(_config()[0]).get_current_head() == HEAD


def test_the_migrations_give_the_declared_schema(tmp_path: Path) -> None:
    import sqlcipher3.dbapi2 as sqlite
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    database = SqliteDatabase(tmp_path / "a.db", KEY)
    assert migrate(database)
    assert not migrate(database)
    engine = create_engine("sqlite://", creator=database.raw_connection, module=sqlite, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _differ})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
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
