"""Case 30: a door's riding is corrected after attempts: attempts count where they were made, the door where it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.ledger.events import open_event
from canvass_app.ledger.kinds import AttemptMade, BarSet, DoorArrived, DoorLeft, SupportMarked
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine
from canvass_app.services.progress import progress, recount
from canvass_app.services.riding_moves import correct_riding
from canvass_app.storage.conflicts import sides_of
from tests.acceptance.evening import Desk, all_alike, laptop
from tests.acceptance.served import NewDesk
from tests.services.conftest import RIDING, FakeTime, add_roster, make_town

TOWN = make_town()
DOOR, PERSON, NEIGHBOUR = TOWN.doors[0].door_id, TOWN.people[0].person_id, TOWN.doors[1].door_id
NEXT, THIRD = RIDING + 1, RIDING + 2


@pytest.fixture
def two(tmp_path: Path, new_desk: NewDesk) -> Iterator[tuple[Desk, Book, Book]]:
    time = FakeTime()
    desk, one, other = new_desk(time), laptop(tmp_path / "one", time), laptop(tmp_path / "other", time)
    add_roster(one, TOWN.doors, TOWN.people)
    with one.act("Ana") as act:
        act.add(RIDING, DOOR, AttemptMade(code="not_home"))
        act.add(RIDING, DOOR, AttemptMade(code="canvassed", person=PERSON))
        act.add(RIDING, PERSON, SupportMarked(level="1"))
        act.add(RIDING, NEIGHBOUR, AttemptMade(code="not_home"))
    all_alike(desk, one, other)
    yield desk, one, other
    one.close()
    other.close()


def totals(book: Book) -> dict[int, tuple[int, int, int]]:
    """Attempts, doors and people of each riding."""
    found: dict[int, tuple[int, int, int]] = {}
    for riding in (RIDING, NEXT, THIRD):
        report = progress(book, riding)
        assert recount(book, riding) == {"attempts": report.attempts, "contacts": report.contacts}
        found[riding] = (report.attempts, report.doors.whole, report.people)
    return found


def attempts_in_the_log(book: Book) -> int:
    rows = book.read().query("SELECT raw FROM event")
    return sum(isinstance(open_event(bytes(row[0])).body, AttemptMade) for row in rows)


def test_case_30_totals_by_riding(two: tuple[Desk, Book, Book]) -> None:
    desk, one, other = two
    doors, people = len(TOWN.doors), len(TOWN.people)
    assert totals(one) == {RIDING: (3, doors, people), NEXT: (0, 0, 0), THIRD: (0, 0, 0)}
    correct_riding(one, RIDING, DOOR, NEXT, "Lead")
    all_alike(desk, one, other)
    for book in (one, other):
        # The two attempts stay where they were made; the door and its couple are in the other riding.
        assert totals(book) == {RIDING: (3, doors - 1, people - 2), NEXT: (0, 1, 2), THIRD: (0, 0, 0)}
    # A result typed later from a list of the old riding counts there; one of the new riding here.
    with other.act("Bea") as act:
        act.add(RIDING, DOOR, AttemptMade(code="refused"))
        act.add(NEXT, DOOR, AttemptMade(code="canvassed", person=PERSON))
    all_alike(desk, one, other)
    for book in (one, other):
        found = totals(book)
        assert found == {RIDING: (4, doors - 1, people - 2), NEXT: (1, 1, 2), THIRD: (0, 0, 0)}
        assert sum(made for made, _, _ in found.values()) == attempts_in_the_log(book)
        assert examine(book).ok
        db = book.read()
        place = db.query("SELECT riding_id, number, street_label FROM door WHERE door_id = ?", (DOOR,))
        assert place == [(NEXT, TOWN.doors[0].number, TOWN.doors[0].street_label)]
        assert db.query(
            "SELECT riding_id, support FROM person WHERE person_id = ? AND gone = ''", (PERSON,)
        ) == [(NEXT, "1")]


def test_case_30_both_halves_carry_one_link_and_the_door_can_come_back(two: tuple[Desk, Book, Book]) -> None:
    desk, one, other = two
    before = totals(one)
    correct_riding(one, RIDING, DOOR, NEXT, "Lead")
    bodies = [open_event(bytes(row[0])).body for row in one.read().query("SELECT raw FROM event")]
    [left] = [body for body in bodies if isinstance(body, DoorLeft)]
    [arrived] = [body for body in bodies if isinstance(body, DoorArrived)]
    assert left.link_id == arrived.link_id
    assert (left.riding, arrived.riding, arrived.origin) == (NEXT, NEXT, RIDING)
    all_alike(desk, one, other)
    correct_riding(other, NEXT, DOOR, RIDING, "Lead")
    all_alike(desk, one, other)
    assert totals(one) == totals(other) == before


def test_case_30_a_bar_goes_with_the_door(two: tuple[Desk, Book, Book]) -> None:
    desk, one, other = two
    with one.act("Ana") as act:
        act.add(RIDING, DOOR, BarSet(target="door"))
        act.add(RIDING, PERSON, BarSet(target="person"))
    correct_riding(one, RIDING, DOOR, NEXT, "Lead")
    all_alike(desk, one, other)
    db = other.read()
    assert db.query("SELECT barred FROM door WHERE riding_id = ? AND door_id = ?", (NEXT, DOOR)) == [(1,)]
    assert db.query("SELECT barred FROM person WHERE riding_id = ? AND person_id = ?", (NEXT, PERSON)) == [
        (1,)
    ]


def test_case_30_two_leads_correct_it_differently(two: tuple[Desk, Book, Book]) -> None:
    desk, one, other = two
    correct_riding(one, RIDING, DOOR, NEXT, "Ana")
    correct_riding(other, RIDING, DOOR, THIRD, "Bea")
    all_alike(desk, one, other)
    for book in (one, other):
        assert book.read().query("SELECT riding_id, subject, field FROM conflict") == [
            (RIDING, DOOR, "riding")
        ]
        sides = sides_of(book.read(), RIDING, DOOR, "riding")
        assert {value for _, value in sides} == {NEXT, THIRD}
        # It is away from here in either case, and its attempts are not.
        assert totals(book)[RIDING] == (3, len(TOWN.doors) - 1, len(TOWN.people) - 2)
