"""The walk list as issued: a frozen document that can be printed again and typed in, exactly as it was.

Its order, its lines, its page breaks and its script version never change after the issue, whatever
happens to the turf, the doors or the script.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Literal

from .scripts import Script
from .text import Text

Paper = Literal["a4", "letter"]
Side = Literal["even", "odd", ""]

# Rows of 14 mm that fit between the page's head and foot on both A4 and Letter (docs/decisions/0010-paper.md).
ROWS_PER_PAGE = 15
# Empty rows for people met at the door who are not on the list, kept free at the end of the last page.
NEW_PEOPLE_ROWS = 2
# From this many doors on, a civic number is a building with a heading of its own; a house with one
# basement suite is not.
BUILDING_DOORS = 3


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One numbered line: a person at a door, or a door at which nobody is known (`person_id` is empty)."""

    line: int
    door_id: bytes
    person_id: bytes
    civic: str
    """Civic number with suffix, as printed large: "12", "12A", "12 1/2"."""
    unit: str
    floor: int
    street: str
    side: Side
    name: str
    """ "Tremblay, Anne", or "" when nobody is known."""
    last_result: str
    """Result code of the latest attempt at this door, "" when never tried."""
    last_day: str
    """ISO date of that attempt, "" when never tried."""
    support: str
    """Known support, such as "2L"; "" when unknown."""
    note: str
    barred: bool
    """Do not knock: shown, struck out, never a tick box."""
    first_at_door: bool
    access: str = ""
    """How to get into this line's building ("buzzer 12, superintendent in 101"); stands in its heading."""
    barred_since: str = ""
    """Not of the issue: the day on which a line that was printed open asked not to be contacted; "" otherwise."""
    erased: bool = False
    """The person asked to be forgotten after the issue: the line stays, and says nothing of them."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet of lines. `page` counts from 1 and stands in the page code."""

    page: int
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class RoutePoint:
    """A stop of the walk on the cover's map, in walking order."""

    lon_e6: int
    lat_e6: int
    first_line: int
    """The number of the first line at this stop."""
    barred: bool = False


@dataclass(frozen=True, slots=True)
class WalkListDocument:
    """Everything on an issued walk list."""

    number: int
    riding_id: int
    riding: Text
    campaign: Text
    authorisation: Text
    turf_id: bytes
    turf_name: str
    canvasser: str
    issued_ms: int
    issued_day: str
    """Local calendar day of the issue, ISO."""
    language: str
    doors: int
    people: int
    minutes: int
    metres: int
    script: Script
    pages: tuple[SheetPage, ...]
    route: tuple[RoutePoint, ...]
    streets: tuple[tuple[tuple[int, int], ...], ...] = ()
    """Street lines near the turf for the cover's map, each a run of (lon_e6, lat_e6)."""
    path: tuple[tuple[int, int], ...] = ()
    """The way along the streets over the route, (lon_e6, lat_e6); lists of before have none."""

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """All lines in printed order."""
        return tuple(chain.from_iterable(page.lines for page in self.pages))

    @property
    def person_ids(self) -> frozenset[bytes]:
        """The people on its lines, by the ids that they had at the issue."""
        return frozenset(line.person_id for line in self.lines if line.person_id)

    def household(self, number: int) -> tuple[SheetLine, tuple[SheetLine, ...]]:
        """Line `number`, and the lines of its door in printed order: they stand together. Raises LookupError."""
        lines = self.lines
        at = bisect_left(lines, number, key=lambda one: one.line)
        if at == len(lines) or lines[at].line != number:
            raise LookupError(number)
        door, first, end = lines[at].door_id, at, at + 1
        while first and lines[first - 1].door_id == door:
            first -= 1
        while end < len(lines) and lines[end].door_id == door:
            end += 1
        return lines[at], lines[first:end]


def without_people(
    document: WalkListDocument, people: Collection[bytes], words: Collection[str] = ()
) -> WalkListDocument:
    """The document with nothing of these people on their lines, and without these words in notes and headings.

    Its numbers, order and pages stay as they were printed, and so does "do not knock".
    """

    def clean(line: SheetLine) -> SheetLine:
        if line.person_id in people:
            line = replace(line, person_id=b"", name="", support="", erased=True)
        if line.note in words or line.access in words:
            line = replace(
                line,
                note="" if line.note in words else line.note,
                access="" if line.access in words else line.access,
            )
        return line

    pages = tuple(SheetPage(page.page, tuple(map(clean, page.lines))) for page in document.pages)
    return replace(document, pages=pages)


@dataclass(frozen=True, slots=True)
class Section:
    """What a heading on the sheet names: one side of a street, or a building on it (`civic` not empty)."""

    street: str
    side: Side
    civic: str = ""
    access: str = ""


def sections(lines: Sequence[SheetLine]) -> tuple[Section, ...]:
    """The section of each line, in the same order.

    A building is a run of lines with one civic number, a unit among them, and at least
    `BUILDING_DOORS` doors or an access note.
    """
    found: list[Section] = []
    for (street, side, civic), run in groupby(lines, key=lambda line: (line.street, line.side, line.civic)):
        there = tuple(run)
        access = next((line.access for line in there if line.access), "")
        units = any(line.unit for line in there)
        building = units and (access or len({line.door_id for line in there}) >= BUILDING_DOORS)
        section = Section(street, side, civic, access) if building else Section(street, side)
        found.extend(section for _ in there)
    return tuple(found)


def paginate(lines: Sequence[SheetLine], rows: int = ROWS_PER_PAGE) -> tuple[SheetPage, ...]:
    """Break lines into pages of `rows` rows: a household stays together, a street or building starts a
    page when less than a third of the page is left, a heading takes half a row and stands at the top of
    every page, and the last page keeps `NEW_PEOPLE_ROWS` free.

    A household longer than a page is broken where it must be. Raises ValueError for fewer than 3 rows.
    """
    if rows < 3:
        raise ValueError(f"a page needs at least 3 rows, not {rows}")
    halves = 2 * rows
    place = sections(lines)
    pages: list[list[int]] = [[]]
    used = 0
    for household in _households(lines):
        opens = household[0] == 0 or place[household[0]] != place[household[0] - 1]
        crowded = opens and used > halves * 2 // 3
        needed = 2 * len(household) + (1 if opens or not pages[-1] else 0)
        if pages[-1] and (crowded or used + needed > halves):
            pages.append([])
            used, needed = 0, 2 * len(household) + 1
        while needed > halves:
            pages[-1].extend(household[: rows - 1])
            household = household[rows - 1 :]
            pages.append([])
            used, needed = 0, 2 * len(household) + 1
        pages[-1].extend(household)
        used += needed
    free = min(1 + 2 * NEW_PEOPLE_ROWS, halves - 3)
    if used + free > halves:
        pages.append(_tail(pages[-1], lines, most=(halves - free - 1) // 2))
        del pages[-2][-len(pages[-1]) :]
    return tuple(
        SheetPage(number, tuple(lines[index] for index in page))
        for number, page in enumerate(pages, start=1)
        if page
    )


def _households(lines: Sequence[SheetLine]) -> list[list[int]]:
    households: list[list[int]] = []
    for index, line in enumerate(lines):
        if line.first_at_door or not households:
            households.append([])
        households[-1].append(index)
    return households


def _tail(page: Sequence[int], lines: Sequence[SheetLine], most: int) -> list[int]:
    """What moves to a new last page so that both have room: the last household when it has at most `most`
    lines and others stay behind, else the last three lines."""
    starts = [n for n, index in enumerate(page) if n and lines[index].first_at_door]
    if starts and len(page) - starts[-1] <= most:
        return list(page[starts[-1] :])
    return list(page[-min(3, most, len(page) - 1) :])
