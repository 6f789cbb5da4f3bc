"""What the map is given to draw: plain arrays in integer micro-degrees (WGS84), no objects per door.

All layers are values: to change one, hand over another (or use the canvas's cheap updates for states and turfs).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

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


class TurfState(IntEnum):
    """How a turf stands; each has an edge and a mark of its own."""

    PROPOSED = 0
    READY = 1
    OUT = 2
    IN_PROGRESS = 3
    DONE = 4


_NOTHING = np.empty(0, np.int32)
_NO_POINTS = np.empty((0, 2), np.int32)
_NO_OFFSETS = np.zeros(1, np.int32)
_NO_KINDS = np.empty(0, np.uint8)


# Plain classes and named tuples, not dataclasses: those take a fiftieth of the window's start to make.
class DoorLayer:
    """Doors: `lon_e6`, `lat_e6` int32[n]; `state` uint8[n] of `DoorState`; `turf` int32[n], an index into the turf
    colours or -1; `ids` the doors' 16-byte ids when the caller wants to keep them here. Raises ValueError when the
    arrays are not of one length."""

    __slots__ = ("ids", "lat_e6", "lon_e6", "state", "turf")

    def __init__(
        self, lon_e6: Int32 = _NOTHING, lat_e6: Int32 = _NOTHING, state: UInt8 | None = None,
        turf: Int32 | None = None, ids: list[bytes] | None = None,
    ) -> None:  # fmt: skip
        for array in (lat_e6, state, turf, ids):
            if array is not None and len(array) != len(lon_e6):
                raise ValueError("the arrays of a door layer must be of one length")
        self.lon_e6, self.lat_e6, self.state, self.turf, self.ids = lon_e6, lat_e6, state, turf, ids

    def __len__(self) -> int:
        return len(self.lon_e6)


class LineLayer:
    """Streets, railways, water lines and paths: `points` int32[m, 2] of (lon_e6, lat_e6); line k is
    `points[offsets[k]:offsets[k + 1]]`, of `kind[k]` (uint8, `LineKind`), called `names[k]` ("" for none)."""

    __slots__ = ("kind", "names", "offsets", "points")

    def __init__(
        self, points: Int32 = _NO_POINTS, offsets: Int32 = _NO_OFFSETS, kind: UInt8 = _NO_KINDS,
        names: Sequence[str] = (),
    ) -> None:  # fmt: skip
        if len(offsets) != len(kind) + 1 or (names and len(names) != len(kind)):
            raise ValueError(
                "a line layer needs one more offset than lines, and one name each or none at all"
            )
        self.points, self.offsets, self.kind, self.names = points, offsets, kind, names


class AreaLayer:
    """Areas as rings: ring k is `points[offsets[k]:offsets[k + 1]]`, of `kind[k]` (uint8, `AreaKind`). Rings of one
    kind are filled by the even-odd rule, so a ring inside another is a hole. `names[k]` is written into the ring ("" for
    none, as for holes)."""

    __slots__ = ("kind", "names", "offsets", "points")

    def __init__(
        self, points: Int32 = _NO_POINTS, offsets: Int32 = _NO_OFFSETS, kind: UInt8 = _NO_KINDS,
        names: Sequence[str] = (),
    ) -> None:  # fmt: skip
        if len(offsets) != len(kind) + 1 or (names and len(names) != len(kind)):
            raise ValueError(
                "an area layer needs one more offset than rings, and one name each or none at all"
            )
        self.points, self.offsets, self.kind, self.names = points, offsets, kind, names


class WalkLayer(NamedTuple):
    """One walk: its stops in order, int32[n, 2] of (lon_e6, lat_e6); the first carries the start flag. `labels` are
    what to write at the stops when there is room (1, 2, 3 ... when None); `turf` picks its colour (-1: accent). `path` is
    the way along the streets, drawn instead of straight lines from stop to stop, with arrows."""

    points: Int32 = _NO_POINTS
    labels: list[str] | None = None
    turf: int = NO_TURF
    path: Int32 = _NO_POINTS


class TurfLayer(NamedTuple):
    """Turfs as areas: ring k is `points[offsets[k]:offsets[k + 1]]` (int32, (lon_e6, lat_e6)), in the hue `hue[k]` (an index
    into the turf colours), in the state `state[k]` (uint8, `TurfState`). `names[k]` stands on it with its mark, "" where a
    turf has another ring that carries them."""

    points: Int32 = _NO_POINTS
    offsets: Int32 = _NO_OFFSETS
    hue: Int32 = _NOTHING
    state: UInt8 = _NO_KINDS
    names: tuple[str, ...] = ()


class MapLayers(NamedTuple):
    """Everything on the map, and whom to thank for it."""

    doors: DoorLayer = DoorLayer()
    lines: LineLayer = LineLayer()
    areas: AreaLayer = AreaLayer()
    walks: tuple[WalkLayer, ...] = ()
    attribution: str = ""
