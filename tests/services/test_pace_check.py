"""A team's own results tell its pace only where they were recorded at the doors."""

from __future__ import annotations

import os

import pytest

from canvass_app.ledger.kinds import AttemptMade, ShiftOpened
from canvass_app.ledger.rosters import DoorEntry
from canvass_app.services.book import Book
from canvass_app.services.pace import pace_of, set_pace
from canvass_app.services.pace_check import measured_pace
from tests.services.conftest import RIDING, add_roster, door

# 17 October 2015, 14:00 in Toronto.
AFTERNOON = 1_445_104_800_000
STEP_M = 20


@pytest.fixture
def houses(book: Book) -> list[DoorEntry]:
    """A street of 240 houses, 20 m of sidewalk apart."""
    step = round(STEP_M / 1.3 / 78.7 * 1000)
    doors = [door(n, lon_e6=-75_000_000 + step * n, lat_e6=45_000_000) for n in range(1, 241)]
    add_roster(book, doors)
    return doors


def evening(
    book: Book, doors: list[DoorEntry], start_ms: int, *, not_home: float, talk: float, every: int = 4
) -> None:
    """One shift: each fourth door answers; seconds from one result to the next."""
    shift = os.urandom(16)
    with book.act("Zoé", shift) as act:
        act.wall_ms = start_ms
        act.add(RIDING, shift, ShiftOpened(volunteer="Zoé", walk_list=0))
        for n, one in enumerate(doors):
            talked = n % every == 0
            act.wall_ms += round(1000 * (talk if talked else not_home))
            act.add(RIDING, one.door_id, AttemptMade(code="refused" if talked else "not_home"))


def test_results_recorded_at_the_doors_propose_the_teams_own_pace(
    book: Book, houses: list[DoorEntry]
) -> None:
    way = (STEP_M + 20) / 1.3
    for part in range(4):
        evening(
            book,
            houses[part * 60 : part * 60 + 60],
            AFTERNOON + part * 86_400_000,
            not_home=80 + way,
            talk=200 + way,
        )
    before = pace_of(book)
    found = measured_pace(book, RIDING)
    assert found.doors == 4 * 59
    assert found.figures["not_home_s"] == pytest.approx(80, abs=2)
    assert found.figures["conversation_s"] == pytest.approx(200, abs=2)
    assert (found.before_s, found.typed) == (90, 0)
    assert found.after_s == pytest.approx(80 + 120 / 4 + 15, abs=4)
    # It is a proposal: nobody's minutes change by themselves.
    assert pace_of(book) == before
    set_pace(book, found.figures)
    assert pace_of(book).stop_seconds(1) == found.after_s
    assert measured_pace(book, RIDING).figures == {}


def test_sheets_typed_in_the_evening_say_nothing(book: Book, houses: list[DoorEntry]) -> None:
    evening(book, houses, AFTERNOON, not_home=4, talk=9)
    found = measured_pace(book, RIDING)
    assert (found.doors, found.typed, found.figures) == (0, 240, {})


def test_results_slowly_typed_at_night_say_nothing_either(book: Book, houses: list[DoorEntry]) -> None:
    evening(book, houses[:100], AFTERNOON + 9 * 3_600_000, not_home=60, talk=60)
    assert measured_pace(book, RIDING)[:3] == (0, 100, {})


def test_too_few_doors_propose_nothing(book: Book, houses: list[DoorEntry]) -> None:
    evening(book, houses[:60], AFTERNOON, not_home=100, talk=260)
    found = measured_pace(book, RIDING)
    assert (found.doors, found.figures, found.after_s) == (59, {}, found.before_s)


def test_a_break_for_supper_changes_no_median(book: Book, houses: list[DoorEntry]) -> None:
    way = (STEP_M + 20) / 1.3
    for part in range(8):
        evening(
            book,
            houses[part * 30 : part * 30 + 30],
            AFTERNOON + part * 1_800_000,
            not_home=70 + way,
            talk=150 + way,
        )
    plain = measured_pace(book, RIDING).figures
    assert plain["not_home_s"] == 70
    assert "walking_cm_s" not in plain
