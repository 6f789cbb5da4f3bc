"""Rosters and events become rows: in any order the same rows, equal to a fold from scratch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from canvass_app.ledger.events import open_event
from canvass_app.ledger.grouping import Member, door_groups, person_groups
from canvass_app.ledger.kinds import AttemptMade, DoorDescribed, RosterWithdrawn
from canvass_app.ledger.rosters import build_roster
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.doctor import examine, state_digest
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project
from canvass_app.storage.roster_store import store_chunks
from tests.services.conftest import CAMPAIGN, RIDING, FakeTime, add_roster, door, make_town, person

OpenBook = Callable[[str], Book]


@pytest.fixture
def new_book(tmp_path: Path) -> Iterator[OpenBook]:
    books: list[Book] = []

    def make(name: str) -> Book:
        book = open_book(tmp_path / name, passphrase="test", now_ms=FakeTime())
        set_campaign(book, CAMPAIGN)
        books.append(book)
        return book

    yield make
    for book in books:
        book.close()


def count(book: Book, table: str) -> int:
    return int(book.read().query(f"SELECT COUNT(*) FROM {table}")[0][0])


def test_a_file_gives_its_doors_and_people(new_book: OpenBook) -> None:
    book = new_book("a")
    town = make_town()
    add_roster(book, town.doors, town.people)
    assert (count(book, "door"), count(book, "person")) == (12, 5)
    assert examine(book).ok


def test_files_that_name_the_town_differently_join(new_book: OpenBook) -> None:
    book = new_book("a")
    plain, named = door(4), door(4, town="Birch River")
    add_roster(book, [plain], [person(plain, "Tremblay", "Anne")])
    add_roster(book, [named], [person(named, "Tremblay", "Anne", 1970)])
    assert (count(book, "door"), count(book, "person")) == (1, 1)
    assert book.read().query("SELECT municipality FROM door") == [("Birch River",)]
    assert book.read().query("SELECT birth_year FROM person") == [(1970,)]
    assert examine(book).ok


def test_a_second_town_of_the_same_address_stays_a_second_door(new_book: OpenBook) -> None:
    book = new_book("a")
    add_roster(book, [door(4, town="Birch River")])
    add_roster(book, [door(4, town="Elm Bay")])
    assert count(book, "door") == 2
    add_roster(book, [door(4)])
    assert count(book, "door") == 3
    assert examine(book).ok


def test_father_and_son_of_one_name_stay_two(new_book: OpenBook) -> None:
    book = new_book("a")
    town = make_town()
    add_roster(book, town.doors, town.people)
    add_roster(
        book, [town.at(6)], [person(town.at(6), "Singh", "Arjun", 1950, source="van", external_id="7")]
    )
    assert count(book, "person") == 5
    rows = book.read().query("SELECT birth_year FROM person WHERE last = 'Singh' ORDER BY 1")
    assert rows == [(1950,), (1980,)]
    assert examine(book).ok


def test_a_newer_file_updates_and_never_overwrites_what_was_learned_at_a_door(new_book: OpenBook) -> None:
    book = new_book("a")
    home = door(4)
    add_roster(book, [home])
    with book.act("Zoé") as act:
        act.add(RIDING, home.door_id, DoorDescribed(postal_code="K1A 0B1"))
    add_roster(book, [home._replace(postal_code="H0H 0H0", polling_division="99")])
    rows = book.read().query("SELECT postal_code, polling_division FROM door")
    assert rows == [("K1A 0B1", "99")]


def test_a_withdrawn_file_takes_its_doors_but_leaves_touched_ones_not_on_file(new_book: OpenBook) -> None:
    book = new_book("a")
    roster = add_roster(book, [door(2), door(4)])
    with book.act("Zoé") as act:
        act.add(RIDING, door(4).door_id, AttemptMade(code="not_home"))
    with book.act("lead") as act:
        act.add(RIDING, roster, RosterWithdrawn())
    assert book.read().query("SELECT door_id, on_file, attempts FROM door") == [(door(4).door_id, 0, 1)]
    assert examine(book).ok


def test_rosters_and_events_in_any_order_give_one_state(new_book: OpenBook) -> None:
    first = new_book("first")
    plain, named, other = door(4), door(4, town="Birch River"), door(6)
    lists = [
        ([plain, other], [person(plain, "Tremblay", "Anne")]),
        ([named], [person(named, "Tremblay", "Anne", 1970)]),
        ([plain._replace(postal_code="K1A 0B1")], []),
    ]
    for doors, people in lists:
        add_roster(first, doors, people)
    with first.act("Zoé") as act:
        act.add(RIDING, plain.door_id, AttemptMade(code="not_home"))
        act.add(RIDING, named.door_id, AttemptMade(code="refused"))
    log = [
        open_event(bytes(row[0])) for row in first.read().query("SELECT raw FROM event ORDER BY device_seq")
    ]
    rosters = [build_roster(RIDING, doors, people) for doors, people in lists]
    for number, order in enumerate([log[::-1], log[2:] + log[:2], [log[1], log[4], log[0], log[3], log[2]]]):
        replica = new_book(f"replica{number}")
        for event in order:
            with replica.database.write() as db:
                for roster in rosters:
                    store_chunks(db, RIDING, roster)
                insert_events(db, [event])
                project(db, [event], replica.time_zone)
        assert state_digest(replica.read(), RIDING) == state_digest(first.read(), RIDING)
        assert examine(replica).checked["events"] == len(log)


def test_the_grouping_rules_do_not_depend_on_order() -> None:
    a, b, c = (bytes([n]) * 16 for n in (1, 2, 3))
    doors = [Member(a, ""), Member(b, "BIRCH RIVER"), Member(c, "ELM BAY")]
    people = [Member(a, "||"), Member(b, "1950||"), Member(c, "|van|7")]

    def sets(groups: list[list[Member]]) -> set[frozenset[bytes]]:
        return {frozenset(m.id for m in group) for group in groups}

    assert sets(door_groups(doors)) == sets(door_groups(doors[::-1])) == {frozenset({x}) for x in (a, b, c)}
    assert sets(door_groups(doors[:2])) == {frozenset({a, b})}
    assert sets(person_groups(people)) == sets(person_groups(people[::-1])) == {frozenset({a, b, c})}
    assert sets(person_groups([*people, Member(b"d" * 16, "1980||")])) == {
        frozenset({x}) for x in (a, b, c, b"d" * 16)
    }
