"""The walk list's pages: what stays together, what is repeated, what is kept free."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.domain.scripts import Script
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import (
    NEW_PEOPLE_ROWS,
    ROWS_PER_PAGE,
    Section,
    SheetLine,
    SheetPage,
    WalkListDocument,
    paginate,
    sections,
)

_NONE = Text("", "")
EMPTY = WalkListDocument(
    1, 2, _NONE, _NONE, _NONE, b"t", "", "", 0, "", "en", 0, 0, 0, 0, Script("", 1, _NONE, _NONE, ()), (), ()
)


def door(
    civic: str, people: int = 1, *, unit: str = "", street: str = "Birch St", access: str = ""
) -> list[SheetLine]:
    """A door of `people` lines, still without line numbers."""
    key = f"{street}{civic}{unit}".encode()
    return [
        SheetLine(
            0, key, b"p", civic, unit, 0, street, "odd", "Roy, Luc", "", "", "", "", False, n == 0, access
        )
        for n in range(people)
    ]


def half_rows(page: SheetPage) -> int:
    """What a page fills, counted anew: two half rows a line, one a heading, one at the top of the page."""
    place = sections(page.lines)
    heads = sum(n == 0 or place[n] != place[n - 1] for n in range(len(page.lines)))
    return 2 * len(page.lines) + heads


streets = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["Birch St", "rue du Bouleau"])), min_size=1, max_size=120
)


def lines_of(doors: list[tuple[int, str]]) -> list[SheetLine]:
    return [
        line
        for n, (people, street) in enumerate(sorted(doors, key=lambda one: one[1]))
        for line in door(str(2 * n + 1), people, street=street)
    ]


@given(streets, st.integers(6, 25))
def test_every_line_is_on_one_page_in_order_and_no_page_overflows(
    doors: list[tuple[int, str]], rows: int
) -> None:
    lines = lines_of(doors)
    pages = paginate(lines, rows)
    assert [line for page in pages for line in page.lines] == lines
    assert [page.page for page in pages] == list(range(1, len(pages) + 1))
    assert all(page.lines and half_rows(page) <= 2 * rows for page in pages)


@given(streets)
def test_a_household_that_fits_a_page_is_never_parted(doors: list[tuple[int, str]]) -> None:
    for page in paginate(lines_of(doors)):
        assert page.lines[0].first_at_door


@given(streets)
def test_the_last_page_keeps_room_for_new_people(doors: list[tuple[int, str]]) -> None:
    last = paginate(lines_of(doors))[-1]
    assert half_rows(last) + 1 + 2 * NEW_PEOPLE_ROWS <= 2 * ROWS_PER_PAGE


def test_fourteen_single_doors_fill_a_page_and_the_fifteenth_begins_the_next() -> None:
    lines = [line for n in range(40) for line in door(str(2 * n + 1))]
    assert [len(page.lines) for page in paginate(lines)] == [14, 14, 12]


def test_a_household_longer_than_a_page_is_broken_and_keeps_its_order() -> None:
    lines = [*door("1"), *door("3", 40), *door("5")]
    pages = paginate(lines)
    assert [line for page in pages for line in page.lines] == lines
    assert all(half_rows(page) <= 2 * ROWS_PER_PAGE for page in pages)


def test_a_full_last_page_gives_up_its_last_household() -> None:
    lines = [*door("1", 4), *door("3", 4), *door("5", 6)]
    assert [len(page.lines) for page in paginate(lines)] == [8, 6]


def test_one_household_that_fills_the_last_page_gives_up_its_last_lines() -> None:
    assert [len(page.lines) for page in paginate(door("1", 14))] == [11, 3]


def test_a_street_begins_a_page_when_little_of_this_one_is_left() -> None:
    lines = [line for n in range(11) for line in door(str(2 * n + 1))] + door("1", street="rue du Bouleau")
    assert [len(page.lines) for page in paginate(lines)] == [11, 1]


def test_no_line_makes_no_page_and_a_page_of_two_rows_is_refused() -> None:
    assert paginate([]) == ()
    with pytest.raises(ValueError, match="at least 3"):
        paginate(door("1"), 2)


def test_three_units_make_a_building_and_one_suite_does_not() -> None:
    lines = [
        *door("1"),
        *door("1", unit="B"),
        *(line for unit in "123" for line in door("5", unit=unit)),
        *door("7"),
    ]
    street = Section("Birch St", "odd")
    building = Section("Birch St", "odd", "5")
    assert sections(lines) == (street, street, building, building, building, street)


def test_an_access_note_makes_a_building_of_a_single_unit_and_stands_in_its_heading() -> None:
    lines = [*door("1"), *door("5", 2, unit="A", access="buzzer 12")]
    assert sections(lines)[1:] == (Section("Birch St", "odd", "5", "buzzer 12"),) * 2


def test_people_of_one_door_are_no_building() -> None:
    assert set(sections(door("5", 4, unit="A"))) == {Section("Birch St", "odd")}


def test_a_line_is_found_with_all_lines_of_its_door_across_pages() -> None:
    doors = [door("10", 2), door("12", 40), door("14")]
    lines = [replace(line, line=n) for n, line in enumerate((one for some in doors for one in some), 1)]
    document = replace(EMPTY, pages=tuple(paginate(lines)))
    assert len(document.pages) > 2
    for number, first, last in ((1, 1, 2), (2, 1, 2), (3, 3, 42), (30, 3, 42), (42, 3, 42), (43, 43, 43)):
        sheet, household = document.household(number)
        assert sheet.line == number
        assert [one.line for one in household] == list(range(first, last + 1))
    for number in (0, 44, -1):
        with pytest.raises(LookupError):
            document.household(number)
    with pytest.raises(LookupError):
        EMPTY.household(1)
