"""Where the name of a lake or a park has room: the longest level line inside of it, found once for each ground."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.desktop.map.geometry import Float64
from canvass_app.desktop.map.layers import AreaKind
from canvass_app.desktop.map.scene import Strands

_LEVELS = 9
_TALL_ENOUGH = 0.12  # of an area's height, above and below its name


class AreaName(NamedTuple):
    """A name, the middle of its room in metres, and the room's width and height in metres."""

    name: str
    water: bool
    x: float
    y: float
    wide: float
    tall: float


def area_names(areas: Strands, names: list[str]) -> list[AreaName]:
    """The named waters and parks, those with most room first."""
    found: list[AreaName] = []
    for place, number in enumerate(areas.number.tolist()):
        name = names[number].strip() if names else ""
        kind = int(areas.kind[place])
        if not name or kind not in (AreaKind.WATER, AreaKind.PARK):
            continue
        inside = (
            (areas.kind == kind)
            & (areas.x0 >= areas.x0[place]) & (areas.x1 <= areas.x1[place])
            & (areas.y0 >= areas.y0[place]) & (areas.y1 <= areas.y1[place])
        )  # fmt: skip
        room = _room(areas, inside, float(areas.y0[place]), float(areas.y1[place]))
        if room is not None:
            found.append(AreaName(name, kind == AreaKind.WATER, *room))
    return sorted(found, key=lambda one: (-one.wide, one.name))


def _room(
    areas: Strands, chosen: NDArray[np.bool_], low: float, high: float
) -> tuple[float, float, float, float] | None:
    """(x, y, width, height) of the widest level strip that lies inside of the rings, by the even-odd rule."""
    x, y, first = areas.points(chosen)
    # Each edge leads to the next point of its ring, the last one back to where the ring begins.
    begins = np.flatnonzero(first)
    follow = np.arange(1, len(x) + 1)
    follow[np.append(begins[1:], len(x)) - 1] = begins
    half = (high - low) * _TALL_ENOUGH
    best: tuple[float, float, float, float] | None = None
    for level in np.linspace(low + 2 * half, high - 2 * half, _LEVELS):
        # What lies inside at three heights has room for letters.
        strips = [_inside(x, y, follow, float(level) + lift) for lift in (-half, 0.0, half)]
        for left, right in _common(_common(strips[0], strips[1]), strips[2]):
            if best is None or right - left > best[2]:
                best = ((left + right) / 2, float(level), right - left, 2 * half)
    return best


def _inside(x: Float64, y: Float64, follow: NDArray[np.int64], level: float) -> list[tuple[float, float]]:
    """The stretches of a level line inside."""
    crosses = (y <= level) != (y[follow] <= level)
    x0, y0, x1, y1 = x[crosses], y[crosses], x[follow][crosses], y[follow][crosses]
    at = np.sort(x0 + (level - y0) * (x1 - x0) / (y1 - y0)).tolist()
    return list(zip(at[::2], at[1::2], strict=False))


def _common(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> list[tuple[float, float]]:
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return [(left, right) for left, right in pairs if left < right]
