"""A first cut by METIS, and the mending of turfs that it leaves in pieces.

METIS bisects recursively (Karypis and Kumar, "A fast and high quality multilevel scheme for partitioning irregular
graphs", 1998; its k-way method left parts empty). About a sixth of its parts are not of one piece.
"""

from __future__ import annotations

import numpy as np

from .area import Area, pieces
from .network import Int

_NEAR_SECONDS = 12.0


def first_cut(area: Area, units: Int, turfs: int, weight: Int, seed: int) -> Int:
    """A turf number, 0 .. turfs - 1, for each of these units (ascending), each number used, each turf of one piece.

    `weight` is what turfs should share out evenly, one whole number for each unit of the area. There must be as many
    units as turfs.
    """
    if turfs <= 1:
        return np.zeros(len(units), np.int32)
    found = _metis(area, units, turfs, weight, seed)
    owner = np.full(len(area), -1, np.int32)
    owner[units] = found
    _fill(area, owner, turfs)
    mend(area, owner, turfs)
    return owner[units]


def _metis(area: Area, units: Int, turfs: int, weight: Int, seed: int) -> Int:
    import pymetis

    shuffled = units[np.random.default_rng(seed).permutation(len(units))]
    place = np.full(len(area), -1, np.int64)
    place[shuffled] = np.arange(len(shuffled))
    # What lies near wants to stay together.
    pull = np.maximum(1, np.rint(100 * _NEAR_SECONDS / (_NEAR_SECONDS + area.gap))).astype(np.int32)
    one = np.repeat(np.arange(len(area)), np.diff(area.starts))
    inside = (place[one] >= 0) & (place[area.near] >= 0)
    one, other, pull = place[one[inside]], place[area.near[inside]], pull[inside]
    order = np.lexsort((other, one))
    starts = np.concatenate(([0], np.cumsum(np.bincount(one, minlength=len(units)))))
    _, part = pymetis.part_graph(
        turfs, pymetis.CSRAdjacency(starts.astype(np.int32), other[order].astype(np.int32)),
        vweights=np.maximum(weight[shuffled], 1).astype(np.int32), eweights=pull[order].astype(np.int32),
        recursive=True,
    )  # fmt: skip
    found = np.empty(len(units), np.int32)
    found[np.searchsorted(units, shuffled)] = part
    return found


def _fill(area: Area, owner: Int, turfs: int) -> None:
    """Give numbers that no unit has a unit of the turf with the most of them."""
    size = np.bincount(owner[owner >= 0], minlength=turfs)
    for empty in np.flatnonzero(size == 0):
        large = int(np.argmax(np.bincount(owner[owner >= 0], minlength=turfs)))
        owner[np.flatnonzero(owner == large)[-1]] = empty


def mend(area: Area, owner: Int, turfs: int) -> bool:
    """Give pieces that are cut off from the rest of their turf to the neighbour that they touch most, in place.

    False when a piece touches no other turf: it stays where it is.
    """
    whole = False
    for _ in range(2 * turfs + 2):
        moved, whole = False, True
        for turf in range(turfs):
            for piece in pieces(area, np.flatnonzero(owner == turf))[1:]:
                to = _most_touched(area, owner, piece, turf)
                if to is None:
                    whole = False
                else:
                    owner[piece] = to
                    moved = True
        if not moved:
            break
    return whole


def _most_touched(area: Area, owner: Int, piece: Int, turf: int) -> int | None:
    touched: dict[int, float] = {}
    for unit in piece.tolist():
        first, last = int(area.starts[unit]), int(area.starts[unit + 1])
        for other, gap in zip(area.near[first:last].tolist(), area.gap[first:last].tolist(), strict=True):
            to = int(owner[other])
            if to not in (-1, turf):
                touched[to] = touched.get(to, 0.0) + 1.0 / (_NEAR_SECONDS + gap)
    return min(touched, key=lambda to: (-touched[to], to)) if touched else None
