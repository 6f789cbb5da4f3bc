"""Case 26: "do not contact", then a laptop that has synced types "not home": still barred."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.domain.codes import DoorState
from canvass_app.ledger.kinds import (
    AttemptMade,
    BarLifted,
    BarSet,
    ConflictClosed,
    ShiftVoided,
    SupportMarked,
)
from canvass_app.services.book import Book
from tests.acceptance.evening import Desk, all_alike, laptop
from tests.acceptance.served import NewDesk
from tests.services.conftest import RIDING, FakeTime, add_roster, make_town

TOWN = make_town()
DOOR, PERSON = TOWN.doors[0].door_id, TOWN.people[0].person_id
SHIFT = b"s" * 16


@pytest.fixture
def two(tmp_path: Path, new_desk: NewDesk) -> Iterator[tuple[Desk, Book, Book, FakeTime]]:
    time = FakeTime()
    desk, one, other = new_desk(time), laptop(tmp_path / "one", time), laptop(tmp_path / "other", time)
    add_roster(one, TOWN.doors, TOWN.people)
    all_alike(desk, one, other)
    with one.act("Ana", SHIFT) as act:
        act.add(RIDING, DOOR, AttemptMade(code="do_not_knock", person=PERSON))
        act.add(RIDING, DOOR, BarSet(target="door", reason="asked us to"))
        act.add(RIDING, PERSON, BarSet(target="person", reason="asked us to"))
    yield desk, one, other, time
    one.close()
    other.close()


def barred(book: Book) -> tuple[int, int, int]:
    db = book.read()
    door = db.query("SELECT barred, state FROM door WHERE door_id = ?", (DOOR,))[0]
    person = db.query("SELECT barred FROM person WHERE person_id = ?", (PERSON,))[0]
    return int(door[0]), int(door[1]), int(person[0])


BARRED = (1, int(DoorState.BARRED), 1)


def test_case_26_a_later_not_home_does_not_unbar(two: tuple[Desk, Book, Book, FakeTime]) -> None:
    desk, one, other, time = two
    all_alike(desk, one, other)
    assert barred(other) == BARRED
    time.forward(3_600_000)
    with other.act("Bea") as act:
        act.add(RIDING, DOOR, AttemptMade(code="not_home"))
        act.add(RIDING, PERSON, SupportMarked(level="1"))
    all_alike(desk, one, other)
    assert barred(one) == barred(other) == BARRED
    assert one.read().query("SELECT attempts, last_code FROM door WHERE door_id = ?", (DOOR,)) == [
        (2, "not_home")
    ]


def test_case_26_a_lift_that_had_not_seen_the_bar_loses_whatever_the_time(
    two: tuple[Desk, Book, Book, FakeTime],
) -> None:
    desk, one, other, time = two
    time.forward(86_400_000)
    with other.act("Bea") as act:  # has not heard of the bar
        act.add(RIDING, DOOR, BarLifted(target="door"))
        act.add(RIDING, PERSON, BarLifted(target="person"))
    all_alike(desk, one, other)
    assert barred(one) == barred(other) == BARRED


def test_case_26_only_a_lift_that_saw_it_lifts_it(two: tuple[Desk, Book, Book, FakeTime]) -> None:
    desk, one, other, _ = two
    all_alike(desk, one, other)
    with other.act("Lead") as act:
        act.add(RIDING, DOOR, ConflictClosed(target="door", field="bar", value=False))
        act.add(RIDING, SHIFT, ShiftVoided())
    all_alike(desk, one, other)
    # The shift does not count, its bars do; and deciding a conflict is not lifting.
    assert one.read().query("SELECT COUNT(*) FROM attempt") == [(0,)]
    assert barred(one) == barred(other) == BARRED
    with other.act("Lead") as act:
        act.add(RIDING, DOOR, BarLifted(target="door", reason="they asked to hear from us"))
        act.add(RIDING, PERSON, BarLifted(target="person", reason="they asked to hear from us"))
    all_alike(desk, one, other)
    assert barred(one) == barred(other) == (0, int(DoorState.NEVER), 0)
