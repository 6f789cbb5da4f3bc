"""Case 14: clocks ten years ahead, ten years behind, at 1970 and in a daylight-saving change: nothing is refused,
nobody else loses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from canvass_app.ledger.clock import MAX_AHEAD_MS, milliseconds, reading
from canvass_app.ledger.kinds import AttemptMade, SupportMarked
from canvass_app.services.book import Book
from canvass_app.storage.days import local_day
from tests.acceptance.evening import ZONE, Desk, all_alike, laptop
from tests.acceptance.served import NewDesk
from tests.services.conftest import RIDING, START_MS, FakeTime, add_roster, make_town

TOWN = make_town()
PERSON, DOOR = TOWN.people[0].person_id, TOWN.doors[0].door_id
YEAR_MS = 365 * 86_400_000
WRONG = {"ten years ahead": START_MS + 10 * YEAR_MS, "ten years behind": START_MS - 10 * YEAR_MS, "1970": 0}


def mark(book: Book, level: str, author: str) -> None:
    with book.act(author) as act:
        act.add(RIDING, DOOR, AttemptMade(code="canvassed", person=PERSON))
        act.add(RIDING, PERSON, SupportMarked(level=level))


def support(book: Book) -> str:
    return str(book.read().query("SELECT support FROM person WHERE person_id = ?", (PERSON,))[0][0])


@pytest.fixture(params=WRONG)
def crew(
    request: pytest.FixtureRequest, tmp_path: Path, new_desk: NewDesk
) -> Iterator[tuple[Desk, Book, Book, FakeTime]]:
    """Headquarters, a laptop whose clock is right, and one whose clock is not."""
    time = FakeTime()
    desk = new_desk(time)
    right, wrong = (
        laptop(tmp_path / "right", time),
        laptop(tmp_path / "wrong", FakeTime(WRONG[request.param])),
    )
    add_roster(right, TOWN.doors, TOWN.people)
    all_alike(desk, right, wrong)
    yield desk, right, wrong, time
    right.close()
    wrong.close()


def test_case_14_nothing_is_refused_and_nobody_else_loses(crew: tuple[Desk, Book, Book, FakeTime]) -> None:
    desk, right, wrong, time = crew
    # Neither knows of the other: what was said an hour later by true time must win, whatever the clocks say.
    mark(wrong, "5", "Wrong")
    desk.meet(wrong)
    time.forward(3_600_000)
    mark(right, "1", "Right")
    all_alike(desk, right, wrong)
    for book in (right, wrong):
        assert book.read().query("SELECT COUNT(*) FROM attempt") == [(2,)]
        assert support(book) == "1"
    # The next word is whoever saw the last one, even on the wrong clock.
    mark(wrong, "2", "Wrong")
    all_alike(desk, right, wrong)
    assert support(right) == support(wrong) == "2"
    time.forward(60_000)
    mark(right, "3", "Right")
    all_alike(desk, right, wrong)
    assert support(right) == support(wrong) == "3"
    # A clock that runs ahead never entered the right one.
    assert milliseconds(right.clock.last) <= time.ms + MAX_AHEAD_MS


def test_case_14_headquarters_stamps_no_event_later_than_it_came(
    crew: tuple[Desk, Book, Book, FakeTime],
) -> None:
    desk, _, wrong, time = crew
    mark(wrong, "5", "Wrong")
    desk.meet(wrong)
    latest = reading(time.ms + MAX_AHEAD_MS)
    stamps = [int(row[0]) for row in wrong.read().query("SELECT stamp FROM event")]
    hlcs = [int(row[0]) for row in wrong.read().query("SELECT hlc FROM event")]
    assert stamps == [min(hlc, latest) for hlc in hlcs]
    # The wall time stays as it was told, so that dates can be corrected.
    walls = {
        int(row[0]) for row in wrong.read().query("SELECT wall_ms FROM event WHERE kind = 'attempt.made'")
    }
    assert walls == {wrong.now_ms()}


def test_case_14_the_hour_that_comes_twice_counts_once_each(tmp_path: Path) -> None:
    # Clocks go back at 2:00 on 1 November 2015 in Toronto: 1:30 comes twice, an hour apart.
    first = int(datetime(2015, 11, 1, 5, 30, tzinfo=UTC).timestamp() * 1000)
    time = FakeTime(first)
    book = laptop(tmp_path / "one", time)
    add_roster(book, TOWN.doors, TOWN.people)
    mark(book, "1", "Ana")
    time.forward(3_600_000)
    mark(book, "2", "Ana")
    spring = int(datetime(2016, 3, 13, 7, 0, tzinfo=UTC).timestamp() * 1000)
    time.ms = spring - 1
    mark(book, "3", "Ana")
    time.ms = spring + 1
    mark(book, "4", "Ana")
    days = book.read().query("SELECT day, COUNT(*) FROM attempt GROUP BY day ORDER BY day")
    assert days == [("2015-11-01", 2), ("2016-03-13", 2)]
    assert local_day(first, ZONE) == "2015-11-01"
    assert support(book) == "4"
    assert book.read().query("SELECT * FROM conflict") == []
    book.close()


def test_case_14_a_clock_that_is_set_back_does_not_unsay(tmp_path: Path) -> None:
    time = FakeTime()
    book = laptop(tmp_path / "one", time)
    add_roster(book, TOWN.doors, TOWN.people)
    mark(book, "1", "Ana")
    time.ms = 0
    mark(book, "2", "Ana")
    assert support(book) == "2"
    readings = [int(row[0]) for row in book.read().query("SELECT hlc FROM event ORDER BY device_seq")]
    assert readings == sorted(set(readings))
    book.close()
