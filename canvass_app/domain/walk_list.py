"""The walk list as issued: a frozen document that can be printed again and typed in, exactly as it was.

Its order, its lines, its page breaks and its script version never change after the issue, whatever
happens to the turf, the doors or the script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .scripts import Script
from .text import Text

Paper = Literal["a4", "letter"]
Side = Literal["even", "odd", ""]

# Rows of 14 mm that fit between the page's head and foot on both A4 and Letter (docs/decisions: paper).
ROWS_PER_PAGE = 15


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

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """All lines in printed order."""
        return tuple(line for page in self.pages for line in page.lines)


def starts_section(previous: SheetLine | None, line: SheetLine) -> bool:
    """Whether a heading (street, side or building) stands above `line`."""
    if previous is None:
        return True
    if (previous.street, previous.side) != (line.street, line.side):
        return True
    return bool(line.unit) and previous.civic != line.civic


def paginate(lines: Sequence[SheetLine], rows: int = ROWS_PER_PAGE) -> tuple[SheetPage, ...]:
    """Break lines into pages: a household stays together, a street or building starts a page when
    less than a third of the page is left, every heading takes a row.

    A household longer than a page is broken where it must be.
    """
    households: list[list[SheetLine]] = []
    for line in lines:
        if line.first_at_door or not households:
            households.append([])
        households[-1].append(line)
    pages: list[list[SheetLine]] = [[]]
    used, previous = 0, None
    for household in households:
        heading = starts_section(previous, household[0])
        needed = len(household) + (1 if heading or not pages[-1] else 0)
        crowded = heading and used > rows * 2 // 3
        if pages[-1] and (used + needed > rows or crowded):
            pages.append([])
            used, needed = 0, len(household) + 1
        room = rows - 1
        while len(household) > room:
            pages[-1].extend(household[:room])
            household = household[room:]
            pages.append([])
            used, needed = 0, len(household) + 1
        pages[-1].extend(household)
        used += needed
        previous = household[-1]
    return tuple(SheetPage(n, tuple(page)) for n, page in enumerate(pages, start=1) if page)
