"""An area whose units follow a draft's borders: a unit that two turfs share becomes two."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from .area import Area

Int = NDArray[np.int32]
_ACROSS = 1  # seconds between two halves of one unit


def refine(area: Area, group: Int) -> tuple[Area, Int]:
    """The area with each unit split by the groups of its doors, and int32[units] the group of each new unit.

    `group` int32[doors]; doors of group -1 have no unit any more (they are in nobody's hand). Seconds are shared by
    doors. Halves of one unit are neighbours, and neighbours of all that the unit touched.
    """
    held = (area.unit >= 0) & (group >= 0)
    groups = int(group.max(initial=0)) + 1
    keys, inverse = np.unique(area.unit[held].astype(np.int64) * groups + group[held], return_inverse=True)
    old = (keys // groups).astype(np.int32)
    unit = np.full(len(area.unit), -1, np.int32)
    unit[held] = inverse
    doors = np.bincount(inverse, minlength=len(keys)).astype(np.int32)
    share = doors / np.maximum(area.doors[old], 1)
    count = np.bincount(old, minlength=len(area.doors)).astype(np.int64)
    first = np.concatenate(([0], np.cumsum(count)))
    # Every new piece of a unit lies beside every new piece of its neighbours.
    source = np.repeat(np.arange(len(area.doors)), np.diff(area.starts))
    many = count[source] * count[area.near]
    step = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    beside = np.repeat(count[area.near], many)
    begins = np.repeat(first[source], many) + step // np.maximum(beside, 1)
    ends = np.repeat(first[area.near], many) + step % np.maximum(beside, 1)
    gaps = np.repeat(area.gap, many)
    halves = [
        (a, b) for u in np.flatnonzero(count > 1) for a in range(first[u], first[u + 1])
        for b in range(first[u], first[u + 1]) if a != b
    ]  # fmt: skip
    extra = np.array(halves, np.int64).reshape(-1, 2)
    begins, ends = np.concatenate((begins, extra[:, 0])), np.concatenate((ends, extra[:, 1]))
    gaps = np.concatenate((gaps, np.full(len(extra), _ACROSS, area.gap.dtype)))
    order = np.lexsort((ends, begins))
    # Whatever else is known of a unit its halves have too.
    others = {
        field.name: getattr(area, field.name)[old]
        for field in fields(area)
        if field.name not in ("unit", "doors", "work", "walk", "starts", "near", "gap")
    }
    refined = replace(
        area, unit=unit, doors=doors, work=np.rint(area.work[old] * share).astype(np.int32),
        walk=np.rint(area.walk[old] * share).astype(np.int32),
        starts=np.searchsorted(begins[order], np.arange(len(keys) + 1)).astype(np.int32),
        near=ends[order].astype(np.int32), gap=gaps[order].astype(np.int32), **others,
    )  # fmt: skip
    return refined, (keys % groups).astype(np.int32)
