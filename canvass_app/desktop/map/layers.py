"""What the map is given to draw: plain arrays in integer micro-degrees (WGS84), no objects per door.

All layers are values: to change one, hand over another (or use the canvas's cheap updates for states and turfs).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
UInt8 = NDArray[np.uint8]
NO_TURF = -1


class DoorState(IntEnum):
    """How a door stands, as the map shows it (each has a shape of its own)."""

    NEVER_TRIED = 0
    NOT_HOME = 1
    TALKED = 2
    FINAL = 3
    DO_NOT_KNOCK = 4


class LineKind(IntEnum):
    """What a line of the map is."""

    STREET = 0
    MAJOR_STREET = 1
    RAIL = 2
    WATER = 3
    PATH = 4


class AreaKind(IntEnum):
    """What an area of the map is."""

    RIDING = 0
    WATER = 1
    PARK = 2
    DIVISION = 3


def _empty_int32() -> Int32:
    return np.empty(0, np.int32)


def _empty_points() -> Int32:
    return np.empty((0, 2), np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class DoorLayer:
    """Doors: `lon_e6`, `lat_e6` int32[n]; `state` uint8[n] of `DoorState`; `turf` int32[n], an index into the turf
    colours or -1; `ids` the doors' 16-byte ids when the caller wants to keep them here. Raises ValueError when the
    arrays are not of one length."""

    lon_e6: Int32 = field(default_factory=_empty_int32)
    lat_e6: Int32 = field(default_factory=_empty_int32)
    state: UInt8 | None = None
    turf: Int32 | None = None
    ids: list[bytes] | None = None

    def __post_init__(self) -> None:
        count = len(self.lon_e6)
        for array in (self.lat_e6, self.state, self.turf, self.ids):
            if array is not None and len(array) != count:
                raise ValueError("the arrays of a door layer must be of one length")

    def __len__(self) -> int:
        return len(self.lon_e6)


@dataclass(frozen=True, slots=True, eq=False)
class LineLayer:
    """Streets, railways, water lines and paths: `points` int32[m, 2] of (lon_e6, lat_e6); line k is
    `points[offsets[k]:offsets[k + 1]]`, of `kind[k]` (uint8, `LineKind`), called `names[k]` ("" for none)."""

    points: Int32 = field(default_factory=_empty_points)
    offsets: Int32 = field(default_factory=lambda: np.zeros(1, np.int32))
    kind: UInt8 = field(default_factory=lambda: np.empty(0, np.uint8))
    names: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        count = len(self.kind)
        if len(self.offsets) != count + 1 or (self.names and len(self.names) != count):
            raise ValueError(
                "a line layer needs one more offset than lines, and one name each or none at all"
            )


@dataclass(frozen=True, slots=True, eq=False)
class AreaLayer:
    """Areas as rings: ring k is `points[offsets[k]:offsets[k + 1]]`, of `kind[k]` (uint8, `AreaKind`). Rings of one
    kind are filled by the even-odd rule, so a ring inside another is a hole."""

    points: Int32 = field(default_factory=_empty_points)
    offsets: Int32 = field(default_factory=lambda: np.zeros(1, np.int32))
    kind: UInt8 = field(default_factory=lambda: np.empty(0, np.uint8))

    def __post_init__(self) -> None:
        if len(self.offsets) != len(self.kind) + 1:
            raise ValueError("an area layer needs one more offset than rings")


@dataclass(frozen=True, slots=True, eq=False)
class WalkLayer:
    """One walk: its stops in order, int32[n, 2] of (lon_e6, lat_e6); the first carries the start flag. `labels` are
    what to write at the stops when there is room (1, 2, 3 ... when None); `turf` picks its colour (-1: accent)."""

    points: Int32 = field(default_factory=_empty_points)
    labels: list[str] | None = None
    turf: int = NO_TURF


@dataclass(frozen=True, slots=True, eq=False)
class MapLayers:
    """Everything on the map, and whom to thank for it."""

    doors: DoorLayer = field(default_factory=DoorLayer)
    lines: LineLayer = field(default_factory=LineLayer)
    areas: AreaLayer = field(default_factory=AreaLayer)
    walks: tuple[WalkLayer, ...] = ()
    attribution: str = ""
