"""Selections are asked of laptops and of headquarters alike: random ones mean what plain Python says they mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvass_app.domain.errors import CanvassError
from canvass_app.domain.selections import And, InState, Node, Not, Selection
from canvass_app.hq.projecting import catch_up
from canvass_app.services.book import Book
from canvass_app.services.saved_selections import list_selections, rename_selection, save_selection
from canvass_app.services.selections import count, doors_of
from canvass_app.services.syncing import sync_now
from canvass_app.services.turfs import assign_turf
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.migrate import migrate
from canvass_app.storage.postgres import PostgresDatabase
from tests.hq.kit import Hq, PostgresServer
from tests.hq.parts_kit import cut, lead
from tests.hq.parts_kit import given as laptop_given
from tests.selections_kit import (
    RIDING,
    RIDINGS,
    ZONE,
    Door,
    door_id,
    is_true,
    trees,
    write_riding,
)

__all__ = ["lead"]


class Asked:
    """What a selection is asked of: a connection in a transaction that leaves nothing."""

    time_zone = ZONE

    def __init__(self, db: Connection) -> None:
        self._db = db

    def read(self) -> Connection:
        return self._db


class Undo(Exception):
    """Ends an example without leaving anything."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SqliteDatabase | PostgresDatabase]:
    made: SqliteDatabase | PostgresDatabase
    if request.param == "sqlite":
        folder: Path = tmp_path_factory.mktemp("selections")
        made = SqliteDatabase(folder / "a.db", b"k" * 32)
        migrate(made)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        made = PostgresDatabase(server.make_database())
    yield made
    made.close()


@contextmanager
def riding_of(database: SqliteDatabase | PostgresDatabase, doors: list[Door]) -> Iterator[Asked]:
    try:
        with database.write() as db:
            write_riding(db, doors)
            yield Asked(db)
            raise Undo
    except Undo:
        pass


def check(database: SqliteDatabase | PostgresDatabase, doors: list[Door], where: Node, barred: bool) -> None:
    """The doors that fit, by their definition, are those that the service chooses or says that it kept out."""
    fit = [place for place, door in enumerate(doors) if is_true(where, door)]
    open_ones = [door_id(place) for place in fit if barred or doors[place].state != 4]
    selection = Selection(where, barred=barred)
    with riding_of(database, doors) as asked:
        chosen = doors_of(asked, RIDING, selection)
        assert chosen.door_ids == open_ones
        assert (chosen.barred, chosen.out) == (len(fit) - len(open_ones), 0)
        counted = count(asked, RIDING, selection)
        assert (counted.doors, counted.barred, counted.out) == (len(open_ones), chosen.barred, 0)
        assert not doors_of(asked, RIDING + 1, selection).door_ids


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(doors=RIDINGS, where=trees(), barred=st.booleans())
def test_a_random_selection_means_the_doors_that_its_definition_means(
    database: SqliteDatabase | PostgresDatabase, doors: list[Door], where: Node, barred: bool
) -> None:
    check(database, doors, where, barred)


@pytest.mark.proof
@pytest.mark.timeout(0)
@settings(max_examples=3_000, suppress_health_check=list(HealthCheck))
@given(doors=RIDINGS, where=trees(), barred=st.booleans())
def test_a_random_selection_means_the_doors_that_its_definition_means_at_length(
    database: SqliteDatabase | PostgresDatabase, doors: list[Door], where: Node, barred: bool
) -> None:
    check(database, doors, where, barred)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(doors=RIDINGS, where=trees())
def test_a_selection_and_its_contrary_are_all_doors_and_have_none_in_common(
    database: SqliteDatabase | PostgresDatabase, doors: list[Door], where: Node
) -> None:
    with riding_of(database, doors) as asked:
        these, those = (
            set(doors_of(asked, RIDING, Selection(one, True)).door_ids) for one in (where, Not(where))
        )
        assert not these & those
        assert these | those == {door_id(place) for place in range(len(doors))}


def test_a_saved_selection_reaches_the_other_leads_and_no_canvasser(
    hq: Hq, lead: Book, new_laptop: Any
) -> None:
    kept = save_selection(lead, RIDING, "Evening", Selection(InState(("never",))), author="Ana")
    turf = cut(lead, 1, 5)
    assign_turf(lead, RIDING, turf, "Zoé")
    sync_now(lead)
    other = new_laptop(hq)
    sync_now(other)
    assert list_selections(other, RIDING) == list_selections(lead, RIDING)
    rename_selection(other, RIDING, kept.selection_id, "Tuesday", author="Ben")
    sync_now(other)
    sync_now(lead)
    (found,) = list_selections(lead, RIDING)
    assert (found.name, found.editor) == ("Tuesday", "Ben")
    # Headquarters counts as its laptops do.
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT name FROM selection") == [("Tuesday",)]
    meant = Selection(Not(InState(("talked",))))
    there = SimpleNamespace(time_zone="America/Toronto", read=hq.office.read)
    assert count(there, RIDING, meant) == count(lead, RIDING, meant)
    part = laptop_given(hq, new_laptop(), "Zoé")
    sync_now(part)
    assert list_selections(part, RIDING) == []
    with pytest.raises(CanvassError):
        save_selection(part, RIDING, "Mine", meant)


def test_a_long_list_of_values_is_no_trouble(database: SqliteDatabase | PostgresDatabase) -> None:
    doors = [Door("Birch St", n, "12", n % 5, "", 0, (0, 0), ()) for n in range(1, 20)]
    where = And(tuple(Not(InState(("talked", "remind", "come_back"))) for _ in range(60)))
    with riding_of(database, doors) as asked:
        assert count(asked, RIDING, Selection(where, True)).doors == len(
            [one for one in doors if one.state != 2]
        )
