"""Streets as people walk them: what a line on the ground is, and the civic numbers along it."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, NamedTuple

Parity = Literal["odd", "even", "both"]
Points = tuple[tuple[int, int], ...]
"""(lon_e6, lat_e6) in WGS84 micro-degrees, in the direction in which the line was drawn."""


class StreetClass(IntEnum):
    """What a line is to somebody on foot."""

    STREET = 0
    PATH = 1
    ARTERIAL = 2
    """Walked along like a street, and crossed at intersections only."""
    MOTORWAY = 3
    RAIL = 4
    WATER = 5


BARRIERS = (StreetClass.MOTORWAY, StreetClass.RAIL, StreetClass.WATER)
"""Never walked along, and crossed over bridges only."""


class NumberRange(NamedTuple):
    """The civic numbers of one side, `first` where the line begins and `last` where it ends."""

    first: int
    last: int
    parity: Parity


class Segment(NamedTuple):
    """A line of the network. `key` is `domain.address.Street.key`, "" for a line without a street's name."""

    id: str
    points: Points
    name: str
    key: str
    kind: StreetClass
    bridge: bool = False
    """Over or under what it crosses: a bridge or a tunnel."""
    left: NumberRange | None = None
    right: NumberRange | None = None


class Shape(NamedTuple):
    """A quiet area of the base map; the first ring is its outside."""

    kind: Literal["water", "park"]
    name: str
    rings: tuple[Points, ...]
