"""Small units that lie beside each other become one, where the network breaks streets at every path or door."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .adjacency import listed
from .area import Area
from .network import Float, Int

_FULL = 4 / 3
"""A merged unit has at most so many times the doors that a unit is to have."""
_LONGEST_S = 60


def merged(area: Area, grain: int) -> Area:
    """The area with units of fewer than `grain` doors joined to near neighbours, the nearest first.

    Buildings that are turfs by themselves stay as they are. Deterministic.
    """
    group = _groups(area, grain)
    if len(group) == int(group.max(initial=-1)) + 1:
        return area
    units = int(group.max()) + 1
    one = group[np.repeat(np.arange(len(area)), np.diff(area.starts))]
    other = group[area.near]
    apart = one < other
    order = np.lexsort((area.gap[apart], other[apart], one[apart]))
    low, high, gap = one[apart][order], other[apart][order], area.gap[apart][order]
    new = np.ones(len(low), bool)
    new[1:] = (np.diff(low) != 0) | (np.diff(high) != 0)
    starts, near, gaps = listed(low[new], high[new], gap[new].astype(np.float64), units)
    doors = np.bincount(group, weights=area.doors, minlength=units)
    first = np.zeros(units, np.int64)
    first[group[::-1]] = np.arange(len(group))[::-1]
    middle = np.column_stack(
        [
            np.bincount(group, weights=area.doors * area.xy[:, axis], minlength=units) / doors
            for axis in (0, 1)
        ]
    )
    unit = np.append(group, np.int32(-1))[area.unit].astype(np.int32)
    return replace(
        area, unit=unit, doors=doors.astype(np.int32),
        work=np.rint(np.bincount(group, weights=area.work, minlength=units)).astype(np.int32),
        walk=np.rint(np.bincount(group, weights=area.walk, minlength=units) + _within(area, group)).astype(np.int32),
        xy=middle, alone=area.alone[first], building=area.building[first], starts=starts, near=near, gap=gaps,
        part=area.part[first],
    )  # fmt: skip


def _groups(area: Area, grain: int) -> Int:
    """The number of each unit's group, in the order of their lowest units."""
    root = list(range(len(area)))
    doors = area.doors.tolist()

    def top(unit: int) -> int:
        while root[unit] != unit:
            root[unit] = unit = root[root[unit]]
        return unit

    one = np.repeat(np.arange(len(area)), np.diff(area.starts))
    may = (one < area.near) & (area.gap <= _LONGEST_S) & ~area.alone[one] & ~area.alone[area.near]
    small = np.minimum(area.doors[one], area.doors[area.near]) < grain
    chosen = np.flatnonzero(may & small)
    chosen = chosen[np.lexsort((area.near[chosen], one[chosen], area.gap[chosen]))]
    for unit, other in zip(one[chosen].tolist(), area.near[chosen].tolist(), strict=True):
        a, b = top(unit), top(other)
        if a != b and min(doors[a], doors[b]) < grain and doors[a] + doors[b] <= grain * _FULL:
            low, high = min(a, b), max(a, b)
            root[high] = low
            doors[low] += doors[high]
    tops = np.array([top(unit) for unit in range(len(area))], np.int64)
    _, group = np.unique(tops, return_inverse=True)
    return group.reshape(-1).astype(np.int32)


def _within(area: Area, group: Int) -> Float:
    """About what one walks between the units of a group: to each but the first from its nearest."""
    one = np.repeat(np.arange(len(area)), np.diff(area.starts))
    inside = (group[one] == group[area.near]) & (one > area.near)
    nearest = np.full(len(area), np.inf)
    np.minimum.at(nearest, one[inside], area.gap[inside])
    nearest[~np.isfinite(nearest)] = 0.0
    return np.bincount(group, weights=nearest, minlength=int(group.max()) + 1).astype(np.float64)
