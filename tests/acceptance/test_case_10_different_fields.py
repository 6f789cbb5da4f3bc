"""Case 10: two people set different fields, both stay; equal values are no conflict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.ledger.kinds import AnswerGiven, DoorDescribed, PersonDescribed, SupportMarked
from canvass_app.services.book import Book
from tests.acceptance.evening import Desk, all_alike, laptop
from tests.acceptance.served import NewDesk
from tests.services.conftest import RIDING, FakeTime, add_roster, make_town

TOWN = make_town()
PERSON, DOOR = TOWN.people[0].person_id, TOWN.doors[0].door_id


@pytest.fixture
def apart(tmp_path: Path, new_desk: NewDesk) -> Iterator[tuple[Desk, Book, Book]]:
    """Two laptops that know one file and then hear nothing of each other."""
    time = FakeTime()
    desk, one, two = new_desk(time), laptop(tmp_path / "one", time), laptop(tmp_path / "two", time)
    add_roster(one, TOWN.doors, TOWN.people)
    all_alike(desk, one, two)
    yield desk, one, two
    one.close()
    two.close()


def test_case_10_different_fields_of_one_person_both_stay(apart: tuple[Desk, Book, Book]) -> None:
    desk, one, two = apart
    with one.act("Ana") as act:
        act.add(RIDING, PERSON, SupportMarked(level="2"))
        act.add(RIDING, DOOR, DoorDescribed(access="bell is broken"))
    with two.act("Bea") as act:
        act.add(RIDING, PERSON, AnswerGiven(question="pledge", answers=("yes",)))
        act.add(RIDING, PERSON, PersonDescribed(phone="6135550123"))
        act.add(RIDING, DOOR, DoorDescribed(postal_code="K1A 0B1"))
    all_alike(desk, one, two)
    for book in (one, two):
        db = book.read()
        assert db.query("SELECT support, phone FROM person WHERE person_id = ?", (PERSON,)) == [
            ("2", "6135550123")
        ]
        assert db.query("SELECT answer FROM answer WHERE person_id = ?", (PERSON,)) == [("yes",)]
        assert db.query("SELECT access, postal_code FROM door WHERE door_id = ?", (DOOR,)) == [
            ("bell is broken", "K1A 0B1")
        ]
        assert db.query("SELECT * FROM conflict") == []


def test_case_10_the_same_value_said_twice_is_no_conflict(apart: tuple[Desk, Book, Book]) -> None:
    desk, one, two = apart
    for book, name in ((one, "Ana"), (two, "Bea")):
        with book.act(name) as act:
            act.add(RIDING, PERSON, SupportMarked(level="1"))
            act.add(RIDING, PERSON, AnswerGiven(question="pledge", answers=("yes",)))
    all_alike(desk, one, two)
    assert one.read().query("SELECT support FROM person WHERE person_id = ?", (PERSON,)) == [("1",)]
    assert one.read().query("SELECT * FROM conflict") == []
