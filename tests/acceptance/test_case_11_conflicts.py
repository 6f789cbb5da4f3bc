"""Case 11: a conflict stays, on every laptop, until a person closes it; it blocks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.ledger.kinds import AnswerGiven, AttemptMade, ConflictClosed, SupportMarked
from canvass_app.services.book import Book
from canvass_app.storage.conflicts import sides_of
from tests.acceptance.evening import Desk, all_alike, laptop
from tests.acceptance.served import NewDesk
from tests.services.conftest import RIDING, FakeTime, add_roster, make_town

TOWN = make_town()
PERSON, DOOR = TOWN.people[0].person_id, TOWN.doors[0].door_id


@pytest.fixture
def three(tmp_path: Path, new_desk: NewDesk) -> Iterator[tuple[Desk, list[Book], FakeTime]]:
    time = FakeTime()
    desk, books = new_desk(time), [laptop(tmp_path / str(n), time) for n in range(3)]
    add_roster(books[0], TOWN.doors, TOWN.people)
    all_alike(desk, *books)
    yield desk, books, time
    for book in books:
        book.close()


def mark(book: Book, level: str, author: str) -> None:
    with book.act(author) as act:
        act.add(RIDING, DOOR, AttemptMade(code="canvassed", person=PERSON))
        act.add(RIDING, PERSON, SupportMarked(level=level))


def open_fields(book: Book) -> list[tuple[bytes, str]]:
    return [
        (bytes(one), str(field)) for one, field in book.read().query("SELECT subject, field FROM conflict")
    ]


def test_case_11_a_conflict_stays_until_a_person_closes_it(three: tuple[Desk, list[Book], FakeTime]) -> None:
    desk, (one, two, third), time = three
    mark(one, "1", "Ana")
    time.forward(60_000)
    mark(two, "4", "Bea")
    all_alike(desk, one, two, third)
    wanted = [(PERSON, "support")]
    for book in (one, two, third):
        assert open_fields(book) == wanted
        assert book.read().query("SELECT support FROM person WHERE person_id = ?", (PERSON,)) == [("4",)]
        sides = sides_of(book.read(), RIDING, PERSON, "support")
        assert [(event.author, value) for event, value in sides] == [("Bea", "4"), ("Ana", "1")]

    # Days, other fields, knocks and syncs go by.
    for book in (one, two, third):
        time.forward(86_400_000)
        with book.act("Cem") as act:
            act.add(RIDING, DOOR, AttemptMade(code="not_home"))
            act.add(RIDING, PERSON, AnswerGiven(question="pledge", answers=("no",)))
        all_alike(desk, one, two, third)
        assert open_fields(one) == open_fields(two) == open_fields(third) == wanted

    with third.act("Organiser") as act:
        act.add(RIDING, PERSON, ConflictClosed(target="person", field="support", value="1"))
    all_alike(desk, one, two, third)
    for book in (one, two, third):
        assert open_fields(book) == []
        assert book.read().query("SELECT support FROM person WHERE person_id = ?", (PERSON,)) == [("1",)]


def test_case_11_somebody_who_saw_one_side_only_does_not_close_it(
    three: tuple[Desk, list[Book], FakeTime],
) -> None:
    desk, (one, two, third), _ = three
    mark(one, "1", "Ana")
    desk.meet(one)
    desk.meet(third)
    mark(two, "4", "Bea")
    mark(third, "3", "Cem")  # knew Ana's, not Bea's
    all_alike(desk, one, two, third)
    assert open_fields(one) == [(PERSON, "support")]
    sides = sides_of(one.read(), RIDING, PERSON, "support")
    assert {(event.author, value) for event, value in sides} == {("Bea", "4"), ("Cem", "3")}
    mark(one, "5", "Ana")  # a newer conversation by somebody who saw both
    all_alike(desk, one, two, third)
    assert open_fields(one) == []


def test_case_11_two_who_close_it_differently_open_it_again(three: tuple[Desk, list[Book], FakeTime]) -> None:
    desk, (one, two, third), _ = three
    mark(one, "1", "Ana")
    mark(two, "4", "Bea")
    all_alike(desk, one, two, third)
    for book, value in ((one, "1"), (two, "4")):
        with book.act("Organiser") as act:
            act.add(RIDING, PERSON, ConflictClosed(target="person", field="support", value=value))
    all_alike(desk, one, two, third)
    assert open_fields(third) == [(PERSON, "support")]
