"""Case 28: two leads import overlapping files offline, one with ids, one with addresses: doors once, people reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.ledger.kinds import (
    AttemptMade,
    DoorSameAs,
    PersonAdded,
    PersonSameAs,
    ResidenceBegan,
    SupportMarked,
)
from canvass_app.ledger.rosters import DoorEntry, PersonEntry
from canvass_app.services.book import Book
from tests.acceptance.evening import Desk, all_alike, laptop
from tests.acceptance.served import NewDesk
from tests.services.conftest import RIDING, FakeTime, add_roster, door, person

BY_ADDRESS = [door(n) for n in (2, 4, 6)]
WITH_IDS = [
    door(n, town="Birch River")._replace(door_id=bytes([n]) * 16, postal_code="K1A 0B1") for n in (4, 6, 8)
]
ADDRESS_PEOPLE = [
    person(BY_ADDRESS[0], "Roy", "Luc"),
    person(BY_ADDRESS[1], "Tremblay", "Anne"),
    person(BY_ADDRESS[2], "Singh", "Arjun", 1950),
]
ID_PEOPLE = [
    person(WITH_IDS[0], "Tremblay", "Anne", 1970, source="van", external_id="1", phone="6135550123"),
    person(WITH_IDS[1], "Singh", "Arjun", 1980, source="van", external_id="2"),
    person(WITH_IDS[1], "Singh", "Meera", source="van", external_id="3"),
]


@pytest.fixture
def two(tmp_path: Path, new_desk: NewDesk) -> Iterator[tuple[Desk, Book, Book]]:
    """Both leads have imported, walked an evening each, and now meet."""
    time = FakeTime()
    desk, one, other = new_desk(time), laptop(tmp_path / "one", time), laptop(tmp_path / "other", time)
    add_roster(one, BY_ADDRESS, ADDRESS_PEOPLE, "addresses.csv")
    add_roster(other, WITH_IDS, ID_PEOPLE, "ids.csv")
    knock(one, BY_ADDRESS[1], ADDRESS_PEOPLE[1], "1")
    knock(other, WITH_IDS[0], ID_PEOPLE[0], "1")
    all_alike(desk, one, other)
    yield desk, one, other
    one.close()
    other.close()


def knock(book: Book, home: DoorEntry, who: PersonEntry, level: str) -> None:
    with book.act("Canvasser") as act:
        act.add(RIDING, home.door_id, AttemptMade(code="canvassed", person=who.person_id))
        act.add(RIDING, who.person_id, SupportMarked(level=level))


def numbers(book: Book) -> list[tuple[int, int]]:
    return [
        (int(n), int(a)) for n, a in book.read().query("SELECT number, attempts FROM door ORDER BY number")
    ]


def names(book: Book) -> list[tuple[str, str, int]]:
    return [
        (str(last), str(first), int(year))
        for last, first, year in book.read().query(
            "SELECT last, first, birth_year FROM person ORDER BY 1, 2, 3"
        )
    ]


def test_case_28_every_door_once_with_all_that_happened_there(two: tuple[Desk, Book, Book]) -> None:
    for book in two[1:]:
        assert numbers(book) == [(2, 0), (4, 2), (6, 0), (8, 0)]
        # What one file knows and the other does not is kept.
        assert book.read().query("SELECT municipality, postal_code FROM door WHERE number = 4") == [
            ("Birch River", "K1A 0B1")
        ]


def test_case_28_one_address_in_two_towns_is_two_doors(two: tuple[Desk, Book, Book]) -> None:
    desk, one, other = two
    add_roster(one, [door(8, town="Elm Bay")._replace(door_id=b"e" * 16)], [], "elm-bay.csv")
    all_alike(desk, one, other)
    for book in (one, other):
        towns = book.read().query("SELECT municipality FROM door WHERE number = 8 ORDER BY 1")
        assert towns == [("Birch River",), ("Elm Bay",)]


def test_case_28_people_join_when_nothing_tells_them_apart_and_father_and_son_do_not(
    two: tuple[Desk, Book, Book],
) -> None:
    for book in two[1:]:
        assert names(book) == [
            ("Roy", "Luc", 0), ("Singh", "Arjun", 1950), ("Singh", "Arjun", 1980), ("Singh", "Meera", 0),
            ("Tremblay", "Anne", 1970),
        ]  # fmt: skip
        assert book.read().query("SELECT support, phone FROM person WHERE first = 'Anne'") == [
            ("1", "6135550123")
        ]
        assert book.read().query("SELECT * FROM conflict") == []


def test_case_28_two_ids_of_one_source_are_two_people(two: tuple[Desk, Book, Book]) -> None:
    """A mother and a daughter of one name; a third file, without ids, cannot say which of them it means."""
    desk, one, other = two
    two_maries = [
        person(BY_ADDRESS[0], "Roy", "Marie", source="van", external_id=n, person_id=n.encode() * 16)
        for n in ("7", "8")
    ]
    add_roster(one, [], two_maries, "van.csv")
    add_roster(other, [], [person(BY_ADDRESS[0], "Roy", "Marie")], "addresses-again.csv")
    all_alike(desk, one, other)
    for book in (one, other):
        assert [name for name in names(book) if name[1] == "Marie"] == [("Roy", "Marie", 0)] * 3


def test_case_28_a_person_takes_a_join_back_and_joins_what_the_rule_could_not(
    two: tuple[Desk, Book, Book],
) -> None:
    desk, one, other = two
    anne, twin = sorted((ADDRESS_PEOPLE[1].person_id, ID_PEOPLE[0].person_id))
    before = names(one)
    with one.act("Lead") as act:
        act.add(RIDING, anne, PersonSameAs(other=twin, joined=False))
        act.add(RIDING, min(BY_ADDRESS[1].door_id, WITH_IDS[0].door_id), DoorSameAs(other=max(BY_ADDRESS[1].door_id, WITH_IDS[0].door_id), joined=False))  # fmt: skip
    all_alike(desk, one, other)
    for book in (one, other):
        assert numbers(book) == [(2, 0), (4, 1), (4, 1), (6, 0), (8, 0)]
        assert [name for name in names(book) if name[1] == "Anne"] == [
            ("Tremblay", "Anne", 0),
            ("Tremblay", "Anne", 1970),
        ]
    with other.act("Lead") as act:
        act.add(RIDING, anne, PersonSameAs(other=twin))
        act.add(RIDING, min(BY_ADDRESS[1].door_id, WITH_IDS[0].door_id), DoorSameAs(other=max(BY_ADDRESS[1].door_id, WITH_IDS[0].door_id)))  # fmt: skip
    all_alike(desk, one, other)
    assert names(one) == names(other) == before
    assert numbers(one) == [(2, 0), (4, 2), (6, 0), (8, 0)]


def test_case_28_two_who_were_said_to_be_apart_are_not_joined_through_a_third(
    two: tuple[Desk, Book, Book],
) -> None:
    desk, one, other = two
    first, middle, last = sorted(p.person_id for p in (ADDRESS_PEOPLE[2], ID_PEOPLE[1], ID_PEOPLE[2]))
    with one.act("Lead") as act:
        act.add(RIDING, first, PersonSameAs(other=last, joined=False))
        act.add(RIDING, first, PersonSameAs(other=middle))
    with other.act("Other lead") as act:
        act.add(RIDING, middle, PersonSameAs(other=last))
    all_alike(desk, one, other)
    for book in (one, other):
        found = {bytes(row[0]) for row in book.read().query("SELECT person_id FROM person")}
        assert found & {first, middle, last} == {first, last}


def test_case_28_somebody_met_at_a_door_is_the_one_in_the_file(two: tuple[Desk, Book, Book]) -> None:
    desk, one, other = two
    met, listed = b"\xff" * 16, ADDRESS_PEOPLE[0].person_id
    with one.act("Ana") as act:
        act.add(RIDING, met, PersonAdded(last="Roi", first="Luke"))
        act.add(RIDING, met, ResidenceBegan(door=BY_ADDRESS[0].door_id))
        act.add(RIDING, met, SupportMarked(level="2"))
        act.add(RIDING, BY_ADDRESS[0].door_id, AttemptMade(code="canvassed", person=met))
    all_alike(desk, one, other)
    assert len(names(one)) == 6
    with other.act("Lead") as act:
        act.add(RIDING, min(met, listed), PersonSameAs(other=max(met, listed)))
    all_alike(desk, one, other)
    assert len(names(one)) == len(names(other)) == 5
    assert one.read().query(
        "SELECT person_id, support FROM person WHERE door_id = ?", (BY_ADDRESS[0].door_id,)
    ) == [(min(met, listed), "2")]
