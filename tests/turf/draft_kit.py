"""Blocks of an invented town for tests of drafts: a grid of units, each beside the four around it."""

from __future__ import annotations

import numpy as np

from canvass_app.turf.area import Area
from canvass_app.turf.draft import Draft, DraftTurf, new_draft

DOORS = 5  # of each unit


def grid_area(wide: int, high: int, placeless: int = 0) -> Area:
    """Units in rows; unit (x, y) is number y * wide + x and has five doors; the last doors have no place."""
    near: list[int] = []
    starts = [0]
    for y in range(high):
        for x in range(wide):
            beside = [(x, y - 1), (x - 1, y), (x + 1, y), (x, y + 1)]
            near += [v * wide + u for u, v in beside if 0 <= u < wide and 0 <= v < high]
            starts.append(len(near))
    units = wide * high
    unit = np.concatenate((np.repeat(np.arange(units), DOORS), np.full(placeless, -1))).astype(np.int32)
    flat = np.full(units, 1, np.int32)
    places = (
        np.column_stack((np.tile(np.arange(wide), high), np.repeat(np.arange(high), wide))).astype(np.float64)
        * 60
    )
    return Area(
        unit, flat * DOORS, flat * 375, flat * 40, places, np.zeros(units, bool),
        np.full(units, -1, np.int32), np.array(starts, np.int32), np.array(near, np.int32),
        np.full(len(near), 20, np.int32), np.zeros(units, np.int32),
    )  # fmt: skip


def striped(wide: int, high: int, columns: int, placeless: int = 0) -> Draft:
    """A draft of turfs that are each `columns` columns of the grid."""
    area = grid_area(wide, high, placeless)
    column = np.where(area.unit >= 0, (area.unit % wide) // columns, -1).astype(np.int32)
    turfs = [DraftTurf(n, f"Turf {n + 1}", n % 12) for n in range(int(column.max()) + 1)]
    return new_draft(area, column, turfs)


def doors_at(draft: Draft, *units: int) -> list[int]:
    """The doors of units."""
    return np.flatnonzero(np.isin(draft.area.unit, units)).tolist()
