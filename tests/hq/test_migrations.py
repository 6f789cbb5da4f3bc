"""Headquarters' database, on SQLite and PostgreSQL: from empty, and from every version before with data in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq.doctor import examine
from canvass_app.hq.office import (
    DATABASE,
    Office,
    _make_identity,  # pyright: ignore[reportPrivateUsage]
    _with_identity,  # pyright: ignore[reportPrivateUsage]
)
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.receiving import receive
from canvass_app.hq.ridings import add_ridings
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.keys import open_key
from canvass_app.storage.migrate import (
    HEAD,
    MIGRATIONS,
    PRESENT,
    NewerData,
    Schema,
    _config,  # pyright: ignore[reportPrivateUsage]
    migrate,
    schema_version,
)
from canvass_app.storage.postgres import PostgresDatabase
from canvass_app.storage.tables import metadata
from tests.hq.kit import PASSPHRASE, RIDING, FakeTime
from tests.hq.test_receiving import ANA, BEA, batch, events

OWN = {
    "meta", "device", "enrolment", "number_block", "alembic_version", "hq_meta",
    "account", "web_session", "account_past", "handed_in", "handed_in_part",
}  # fmt: skip
"""What is not of a riding: small tables that every node of a spread database would hold whole."""
OLD = 30

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "29990101_made"
down_revision = "{before}"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("sort", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE event SET sort = substr(kind, 1, 4)")
    op.create_table(
        "sort_count",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "sort"),
    )
    op.execute("INSERT INTO sort_count SELECT riding_id, sort, COUNT(*) FROM event GROUP BY riding_id, sort")
    op.create_index("event_sort", "event", ["riding_id", "sort"])
{after}
"""


@pytest.fixture
def next_schema(tmp_path: Path) -> Callable[..., Schema]:
    """A version after today's, written for this test."""

    def make(after: str = "") -> Schema:
        scripts = tmp_path / "next"
        scripts.mkdir()
        (scripts / "29990101_made.py").write_text(NEXT.format(before=HEAD, after=after), "utf-8")
        return Schema("29990101_made", (MIGRATIONS / "versions", scripts))

    return make


def released() -> list[str]:
    from alembic.script import ScriptDirectory

    return [one.revision for one in ScriptDirectory.from_config(_config()[0]).walk_revisions()][::-1]


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_url: str) -> Iterator[str]:
    """Like `database_url`, with nothing in the database yet."""
    if not database_url:
        yield ""
        return
    server = request.getfixturevalue("postgres")
    url = server._create("")
    yield url
    server.drop_database(url)


@contextmanager
def opened(folder: Path, url: str) -> Iterator[SqliteDatabase | PostgresDatabase]:
    folder.mkdir(exist_ok=True)
    key = open_key(folder, PASSPHRASE)
    database = PostgresDatabase(url) if url else SqliteDatabase(folder / DATABASE, key)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def engine_of(database: SqliteDatabase | PostgresDatabase) -> Iterator[sa.Connection]:
    """SQLAlchemy's view of the database, for looking."""
    import sqlcipher3.dbapi2 as sqlite
    from sqlalchemy.pool import NullPool

    url, more = (
        ("sqlite://", {"module": sqlite}) if database.dialect == "sqlite" else ("postgresql+psycopg://", {})
    )
    engine = sa.create_engine(url, creator=database.raw_connection, poolclass=NullPool, **more)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


# --- from empty -----------------------------------------------------------------------------------


def _differ(_context: Any, _found: Any, _declared: Any, is_type: Any, wanted: Any) -> bool | None:
    """Text and unbounded VARCHAR are one type on both databases; anything else is compared as usual."""
    wanted = getattr(wanted, "impl", wanted)
    return False if isinstance(is_type, sa.String) and isinstance(wanted, sa.String) else None


def test_from_empty_the_migrations_give_the_declared_schema(tmp_path: Path, empty_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with opened(tmp_path / "hq", empty_url) as database:
        assert schema_version(database) is None
        assert migrate(database)
        assert not migrate(database)
        assert schema_version(database) == HEAD
        with engine_of(database) as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": _differ})
            assert compare_metadata(context, metadata) == []


def test_every_key_and_every_index_in_the_database_begins_with_the_riding(
    tmp_path: Path, database_url: str
) -> None:
    with opened(tmp_path / "hq", database_url) as database:
        migrate(database)
        with engine_of(database) as connection:
            looking = sa.inspect(connection)
            tables = set(looking.get_table_names()) - OWN
            assert tables == set(metadata.tables) - OWN
            for table in sorted(tables):
                keys = [looking.get_pk_constraint(table)["constrained_columns"]]
                keys += [one["column_names"] for one in looking.get_unique_constraints(table)]
                keys += [one["column_names"] for one in looking.get_indexes(table)]
                assert {columns[0] for columns in keys} == {"riding_id"}, table
                assert looking.get_foreign_keys(table) == [], table
            if database.dialect == "postgresql":
                none = (
                    "SELECT COUNT(*) FROM pg_trigger WHERE NOT tgisinternal",
                    "SELECT COUNT(*) FROM pg_sequences",
                )
                assert [database.read().query(one) for one in none] == [[(0,)], [(0,)]]


# --- from an older version with data ----------------------------------------------------------------


def fill(database: SqliteDatabase | PostgresDatabase, key: bytes) -> None:
    """A headquarters as that version leaves it: real events of two devices, and a row in every other table."""
    _make_identity(database, key)
    office = _with_identity(database, key, FakeTime())
    office.write(lambda db: add_ridings(db, [Riding(RIDING, Text("Invented", "Inventée"))]))
    receive(office, ANA, RIDING, batch(*events(1, OLD)))
    receive(office, BEA, RIDING, batch(*events(1, OLD, BEA), device=BEA))
    catch_up(office, RIDING)
    with engine_of(database) as connection:
        looking = sa.inspect(connection)
        columns = {
            table: [(one["name"], one["type"]) for one in looking.get_columns(table)]
            for table in looking.get_table_names()
        }
    with database.write() as db:
        for table, known in columns.items():
            if not db.query(f"SELECT 1 FROM {table}"):
                values = [_some(name, kind) for name, kind in known]
                names = ", ".join(f'"{name}"' for name, _ in known)
                db.run(f"INSERT INTO {table} ({names}) VALUES ({','.join('?' * len(values))})", values)


def _some(name: str, kind: Any) -> Any:
    # Of a riding that is not served: no projection of ours looks at it.
    if name == "riding_id":
        return RIDING + 7
    return (
        3 if isinstance(kind, sa.Integer) else b"x" * 16 if isinstance(kind, sa.LargeBinary) else f"{name} é"
    )


def rows(database: SqliteDatabase | PostgresDatabase, columns: dict[str, list[str]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for table, names in columns.items():
        quoted = ", ".join(f'"{name}"' for name in names)
        found[table] = sorted(
            repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
            for row in database.read().query(f"SELECT {quoted} FROM {table}")
        )
    return found


def columns_of(database: SqliteDatabase | PostgresDatabase) -> dict[str, list[str]]:
    with engine_of(database) as connection:
        looking = sa.inspect(connection)
        return {
            table: [one["name"] for one in looking.get_columns(table)]
            for table in looking.get_table_names()
            if table != "alembic_version"
        }


def upgrade_with_data(folder: Path, url: str, before: str, after: Schema) -> Office:
    """Bring a filled database from one version to another: nothing is lost, and headquarters goes on with it."""
    with opened(folder, url) as database:
        migrate(database, schema=Schema(before, PRESENT.scripts))
        fill(database, open_key(folder, PASSPHRASE))
        old = columns_of(database)
        content = rows(database, old)
        assert all(content.values()), [table for table, found in content.items() if not found]

        assert migrate(database, folder / "backups" / "before.db", after)
        assert not migrate(database, schema=after)
        assert schema_version(database) == after.head
        new = columns_of(database)
        # What the version changes itself is for its own test; everything else is as it was.
        same = {table: names for table, names in old.items() if set(names) <= set(new.get(table, ()))}
        assert "event" in same
        assert rows(database, same) == {table: content[table] for table in same}
        assert len(rows(database, {"event": ["raw"]})["event"]) == 2 * OLD

        office = _with_identity(database, open_key(folder, PASSPHRASE), FakeTime())
        receive(office, ANA, RIDING, batch(*events(OLD - 4, OLD + 6), first=OLD - 4))
        catch_up(office, RIDING)
        health = examine(office)
        assert health.ridings[RIDING]["count"] == health.ridings[RIDING]["counter"] == 2 * OLD + 6
        assert [one.en for one in health.findings if str(RIDING % 100_000) in one.en] == []
        return office


@pytest.mark.parametrize(
    "before", released()[:-1] or [pytest.param("", marks=pytest.mark.skip("only one version yet"))]
)
def test_from_every_released_version_with_data_to_todays(tmp_path: Path, empty_url: str, before: str) -> None:
    upgrade_with_data(tmp_path / "hq", empty_url, before, PRESENT)


def test_from_todays_version_with_data_to_the_next(
    tmp_path: Path, empty_url: str, next_schema: Callable[..., Schema]
) -> None:
    upgrade_with_data(tmp_path / "hq", empty_url, HEAD, next_schema())
    with opened(tmp_path / "hq", empty_url) as database:
        counts = database.read().query("SELECT sort, events FROM sort_count WHERE riding_id = ?", (RIDING,))
        assert counts == [("atte", 2 * OLD)]
        with pytest.raises(NewerData, match="newer version"):
            migrate(database)
    if not empty_url:
        copy = SqliteDatabase(
            tmp_path / "hq" / "backups" / "before.db", open_key(tmp_path / "hq", PASSPHRASE)
        )
        assert schema_version(copy) == HEAD
        assert copy.read().query("SELECT COUNT(*) FROM event") == [(2 * OLD,)]
        copy.close()


@pytest.mark.parametrize(
    "after", ['    raise ZeroDivisionError("a fault")', '    op.execute("INSERT INTO nosuch VALUES (1)")'],
    ids=["a fault of the script", "a fault of the database"],
)  # fmt: skip
def test_an_upgrade_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, empty_url: str, next_schema: Callable[..., Schema], after: str
) -> None:
    with opened(tmp_path / "hq", empty_url) as database:
        migrate(database)
        fill(database, open_key(tmp_path / "hq", PASSPHRASE))
        old = columns_of(database)
        content = rows(database, old)
        with pytest.raises((ZeroDivisionError, sa.exc.DatabaseError)):
            migrate(database, schema=next_schema(after))
        assert schema_version(database) == HEAD
        assert columns_of(database) == old
        assert rows(database, old) == content
        assert not migrate(database)


def test_an_upgrade_does_not_wait_for_ever_for_a_server_that_still_runs(
    tmp_path: Path, empty_url: str, next_schema: Callable[..., Schema]
) -> None:
    if not empty_url:
        pytest.skip("a folder is held by one program at a time")
    with opened(tmp_path / "hq", empty_url) as database, opened(tmp_path / "hq", empty_url) as running:
        migrate(database)
        with running.write() as db:
            db.run("LOCK TABLE event IN ROW EXCLUSIVE MODE")
            with pytest.raises(StorageProblem, match="Stop every other") as refused:
                migrate(database, schema=next_schema())
        assert "arrêtez" in refused.value.text.fr.lower()
        assert schema_version(database) == HEAD
