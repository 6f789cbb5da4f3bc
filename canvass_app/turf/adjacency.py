"""Which units of an area lie beside each other, and how long the way between them is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .network import Float, Int
from .walking import Sidewalks

FAR_SECONDS = 900
"""Units with a longer way between them are not neighbours: what lies behind it is an outing of its own."""


class Links(NamedTuple):
    """Pairs of units and the walking seconds between them."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    gap: Float


class Faces(NamedTuple):
    """Each unit's stretch of one side of an edge."""

    edge: Int
    side: NDArray[np.int8]
    low: Float
    high: Float
    building: Int


def neighbours(walks: Sidewalks, faces: Faces) -> list[Links]:
    """The links between units: on their own edge, and where their cells of the network touch."""
    through = np.flatnonzero(faces.building < 0)
    some = Faces(
        faces.edge[through], faces.side[through], faces.low[through], faces.high[through], faces.building[through],
    )  # fmt: skip
    own = [_along(walks, some, through), _across(walks, some, through)]
    cells = _cells(walks, some, through)
    return [*own, *cells.links, _beside(walks, faces, cells)]


def _along(walks: Sidewalks, faces: Faces, unit: NDArray[np.int64]) -> Links:
    """Consecutive units of one face."""
    same = np.flatnonzero((np.diff(faces.edge) == 0) & (np.diff(faces.side) == 0))
    return Links(unit[same], unit[same + 1], (faces.low[same + 1] - faces.high[same]) / walks.speed)


def _reach(faces: Faces) -> tuple[Float, Float]:
    """How far each unit's stretch goes when the face's gaps are shared out between its neighbours."""
    low, high = np.full(len(faces.low), -np.inf), np.full(len(faces.low), np.inf)
    same = np.flatnonzero((np.diff(faces.edge) == 0) & (np.diff(faces.side) == 0))
    middle = (faces.high[same] + faces.low[same + 1]) / 2
    high[same], low[same + 1] = middle, middle
    return low, high


def _across(walks: Sidewalks, faces: Faces, unit: NDArray[np.int64]) -> Links:
    """Units that face each other over a street that may be crossed in mid-block."""
    low, high = _reach(faces)
    ones: list[int] = []
    others: list[int] = []
    gaps: list[float] = []
    left, right = np.flatnonzero(faces.side > 0), np.flatnonzero(faces.side <= 0)
    begin = np.searchsorted(faces.edge[right], faces.edge[left], "left")
    end = np.searchsorted(faces.edge[right], faces.edge[left], "right")
    cost = walks.across(faces.edge[left])
    for at, first, last, across in zip(
        left.tolist(), begin.tolist(), end.tolist(), cost.tolist(), strict=True
    ):
        if not np.isfinite(across):
            continue
        for other in right[first:last].tolist():
            if min(high[at], high[other]) > max(low[at], low[other]):
                apart = max(0.0, faces.low[at] - faces.high[other], faces.low[other] - faces.high[at])
                ones.append(at)
                others.append(other)
                gaps.append(across + apart / walks.speed)
    return Links(unit[np.array(ones, np.int64)], unit[np.array(others, np.int64)], np.array(gaps))


class _Cells(NamedTuple):
    """The network's Voronoi diagram: for each corner the nearest unit and the way to it."""

    links: list[Links]
    source: NDArray[np.int64]
    away: Float


def _cells(walks: Sidewalks, faces: Faces, unit: NDArray[np.int64]) -> _Cells:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    corners, count = walks.graph.shape[0], len(unit)
    ends, corner, out = _ends(walks, faces)
    known = walks.graph.tocoo()
    rows = np.concatenate((known.row, corners + ends))
    columns = np.concatenate((known.col, corner))
    ways = np.concatenate((known.data, np.maximum(out, 1e-6)))
    if not count:
        return _Cells([], np.full(corners, -1), np.full(corners, np.inf))
    whole = coo_array((ways, (rows, columns)), shape=(corners + count, corners + count)).tocsr()
    away, _, source = dijkstra(
        whole, directed=False, indices=np.arange(corners, corners + count), min_only=True,
        return_predecessors=True,
    )  # fmt: skip
    source = np.where(np.isfinite(away), source - corners, -1)[:corners]
    away = away[:corners]
    a, b = source[known.row], source[known.col]
    touch = (a != b) & (a >= 0) & (b >= 0)
    between = Links(unit[a[touch]], unit[b[touch]], (away[known.row] + known.data + away[known.col])[touch])
    mine = source[corner]
    met = (mine != ends) & (mine >= 0)
    at_end = Links(unit[ends[met]], unit[mine[met]], (out + away[corner])[met])
    return _Cells([between, at_end], np.where(source >= 0, unit[np.maximum(source, 0)], -1), away)


def _ends(walks: Sidewalks, faces: Faces) -> tuple[NDArray[np.int64], NDArray[np.int64], Float]:
    """(unit, corner, seconds) for the first and the last unit of each face."""
    count = len(faces.edge)
    new = np.ones(count, bool)
    new[1:] = (np.diff(faces.edge) != 0) | (np.diff(faces.side) != 0)
    first = np.flatnonzero(new)
    last = np.append(first[1:], count) - 1 if count else first
    tail, head = _corners(walks, faces.edge, faces.side)
    back = (faces.low - walks.network.start[faces.edge]) / walks.speed
    ahead = (walks.network.stop[faces.edge] - faces.high) / walks.speed
    return (
        np.concatenate((first, last)),
        np.concatenate((tail[first], head[last])),
        np.maximum(np.concatenate((back[first], ahead[last])), 0.0),
    )


def _corners(
    walks: Sidewalks, edge: Int, side: NDArray[np.int8]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The corners at which the sidewalk of each (edge, side) begins and ends."""
    left = side > 0
    ends = np.where(left[:, None], walks.left[edge], walks.right[edge])
    return ends[:, 0], ends[:, 1]


def _beside(walks: Sidewalks, faces: Faces, cells: _Cells) -> Links:
    """Links of buildings that are turfs by themselves: among their own units, and to what lies on either side."""
    found: list[tuple[int, int, float]] = []
    tail, head = _corners(walks, faces.edge, faces.side)
    back = (faces.low - walks.network.start[faces.edge]) / walks.speed
    ahead = (walks.network.stop[faces.edge] - faces.high) / walks.speed
    for at in np.flatnonzero(faces.building >= 0).tolist():
        for step, corner, out in ((-1, tail[at], back[at]), (1, head[at], ahead[at])):
            other = at + step
            if 0 <= other < len(faces.edge) and faces.building[other] == faces.building[at]:
                found.append((at, other, 0.0))
                continue
            while _same_face(faces, at, other) and faces.building[other] >= 0:
                other += step
            if _same_face(faces, at, other):
                gap = abs(float(faces.low[other] - faces.high[at])) / walks.speed
                found.append((at, other, gap))
            elif cells.source[corner] >= 0:
                found.append((at, int(cells.source[corner]), float(out + cells.away[corner])))
    table = np.array(found, np.float64).reshape(-1, 3)
    return Links(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2])


def _same_face(faces: Faces, one: int, other: int) -> bool:
    return (
        0 <= other < len(faces.edge)
        and faces.edge[other] == faces.edge[one]
        and faces.side[other] == faces.side[one]
    )


def joined(links: list[Links]) -> Links:
    """Each pair once, by its shortest way; what is too far is no neighbour."""
    one = np.concatenate([part.one for part in links]).astype(np.int64)
    other = np.concatenate([part.other for part in links]).astype(np.int64)
    gap = np.concatenate([part.gap for part in links])
    keep = (one != other) & (gap <= FAR_SECONDS)
    low, high = np.minimum(one, other)[keep], np.maximum(one, other)[keep]
    gap = gap[keep]
    order = np.lexsort((gap, high, low))
    low, high, gap = low[order], high[order], gap[order]
    new = np.ones(len(low), bool)
    new[1:] = (np.diff(low) != 0) | (np.diff(high) != 0)
    return Links(low[new], high[new], gap[new])


def listed(
    one: NDArray[np.integer], other: NDArray[np.integer], gap: Float, units: int
) -> tuple[Int, Int, Int]:
    """(starts, near, gap) of links that are each told once."""
    tail, head = np.concatenate((one, other)), np.concatenate((other, one))
    order = np.lexsort((head, tail))
    starts = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=units))))
    gaps = np.rint(np.concatenate((gap, gap))[order])
    return starts.astype(np.int32), head[order].astype(np.int32), gaps.astype(np.int32)
