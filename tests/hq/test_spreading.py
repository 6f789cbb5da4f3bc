"""A PostgreSQL that spreads its tables: what it is told, and that a plain one is left alone.

With HQ_TEST_DISTRIBUTED_URL the whole of it runs on a real one: an empty database whose user may make tables.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import Refused, StorageProblem
from canvass_app.hq.doctor import examine
from canvass_app.hq.office import Settings, open_office
from canvass_app.hq.setting_up import spread
from canvass_app.hq.spreading import _RECOGNISED, ENGINES, _run, apply, statements, table_kinds  # pyright: ignore[reportPrivateUsage]
from canvass_app.services.syncing import sync_now
from canvass_app.storage.postgres import PostgresDatabase
from canvass_app.storage.tables import metadata
from tests.hq.commands import typed
from tests.hq.kit import PASSPHRASE, RIDING, add_street, hq_log, knock_often, laptop_log, running_hq


def test_every_table_is_of_one_kind_and_the_kind_follows_from_its_key() -> None:
    spread_tables, whole = table_kinds()
    assert sorted(spread_tables + whole) == sorted(metadata.tables)
    assert spread_tables[0] == "riding_counter"
    assert {"event", "device_log", "asset", "person", "attempt", "erased"} <= set(spread_tables)
    people = {"account", "account_past", "web_session"}
    assert (
        set(whole) == {"device", "enrolment", "handed_in", "handed_in_part", "meta", "number_block"} | people
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_printed_names_every_table_once(engine: str) -> None:
    lines = statements(engine)
    if engine == "citus":
        named = re.findall(r"_table\('(\w+)'", "\n".join(lines))
    else:
        named = [*lines[1].removeprefix("-- ").split(", "), *lines[2].partition(": ")[2].split(", ")]
    assert sorted(named) == sorted(metadata.tables)


def test_an_engine_that_is_unknown_or_a_server_that_is_another_changes_nothing(
    tmp_path: Path, database_url: str
) -> None:
    settings = Settings(tmp_path / "hq", PASSPHRASE, database_url)
    with closing(open_office(settings, make=True)):
        pass
    with pytest.raises(Refused, match="citus, cockroachdb, yugabytedb"):
        statements("oracle")
    for engine in ENGINES:
        with pytest.raises(Refused, match=r"is not (citus|cockroachdb|yugabytedb)|no server"):
            spread(settings, engine)


@pytest.fixture
def stand_in(postgres: Any) -> Iterator[PostgresDatabase]:
    """A plain PostgreSQL with functions of Citus' names, which take what Citus takes: a table that is there, a column
    of its key. It shows that the statements are well formed, and nothing of Citus."""
    url = postgres.make_database()
    database = PostgresDatabase(url)
    with database.write() as db:
        db.run("CREATE TABLE told (name text PRIMARY KEY, kind text, beside text)")
        db.run(
            "CREATE FUNCTION create_distributed_table(t regclass, c text, colocate_with text) RETURNS void LANGUAGE sql AS"
            " 'INSERT INTO told SELECT t::text, attname, colocate_with FROM pg_attribute WHERE attrelid = t AND attname = c'"
        )
        db.run(
            "CREATE FUNCTION create_reference_table(t regclass) RETURNS void LANGUAGE sql AS"
            " 'INSERT INTO told VALUES (t::text, ''whole'', '''')'"
        )
    yield database
    database.close()
    postgres.drop_database(url)


def test_the_statements_for_citus_are_well_formed(stand_in: PostgresDatabase) -> None:
    wanted = [one for one in statements("citus") if not one.startswith("--")]
    with stand_in.write() as db:
        _run(db, "citus", wanted)
    told = {name: (kind, beside) for name, kind, beside in stand_in.read().query("SELECT * FROM told")}
    assert told.pop("riding_counter") == ("riding_id", "none")
    assert {name for name, (kind, _) in told.items() if kind == "whole"} == set(table_kinds()[1])
    assert {pair for pair in told.values() if pair[0] != "whole"} == {("riding_id", "riding_counter")}
    assert set(told) == set(metadata.tables) - {"riding_counter"}


def test_a_statement_that_is_refused_undoes_those_before_it(stand_in: PostgresDatabase) -> None:
    with pytest.raises(StorageProblem, match="nothing was spread"), stand_in.write() as db:
        _run(
            db, "citus", ["SELECT create_reference_table('meta')", "SELECT create_reference_table('nosuch')"]
        )
    assert stand_in.read().query("SELECT COUNT(*) FROM told") == [(0,)]


def test_the_command_prints_without_a_database_and_applies_only_where_it_fits(tmp_path: Path) -> None:
    printed = typed(tmp_path / "none", "init", "--distributed", "citus")
    assert printed.returncode == 0
    assert (
        "SELECT create_distributed_table('event', 'riding_id', colocate_with => 'riding_counter');"
        in printed.stdout
    )
    assert not (tmp_path / "none").exists()
    unknown = typed(tmp_path / "none", "init", "--distributed", "oracle")
    assert (unknown.returncode, len(unknown.stderr.splitlines())) == (1, 1)
    file = typed(tmp_path / "hq", "init", "--distributed", "citus", "--apply", "--riding", "99001")
    assert file.returncode == 1
    assert "no server" in file.stderr


@pytest.mark.skipif("HQ_TEST_DISTRIBUTED_URL" not in os.environ, reason="HQ_TEST_DISTRIBUTED_URL is not set")
def test_a_distributed_server_takes_pushes_and_gives_them_back(tmp_path: Path, new_laptop: Any) -> None:
    url = os.environ["HQ_TEST_DISTRIBUTED_URL"]
    for hq in running_hq(tmp_path / "hq", url):
        database = hq.office.database
        (engine,) = [one for one in ENGINES if database.read().query(_RECOGNISED[one])[0][0]]
        apply(database, engine, [RIDING])
        one, two = new_laptop(hq), new_laptop(hq)
        add_street(one)
        knock_often(one, 500)
        sync_now(one)
        sync_now(two)
        assert laptop_log(one) == laptop_log(two) == hq_log(hq)
        assert hq.numbers() == (501, 501, 501)
        assert examine(hq.office).ok
