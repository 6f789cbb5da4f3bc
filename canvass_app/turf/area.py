"""Doors gathered into units, the pieces of block faces that a cut deals out, and which units lie beside each other.

Units are neighbours where one walks from one to the other without passing a third: along the face, across the street,
round the corner, and wherever their cells of the network's Voronoi diagram touch. Without those cells real map data,
whose ways end at every path and whose blocks may be empty, falls apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .network import Float, Int, Network
from .order import WALK_M_PER_S
from .snapping import Spots
from .walking import Sidewalks

GRAIN = 6
"""About so many doors make a unit."""
PIECE = 12
"""A building with more doors than that is chopped into pieces, so that turfs can be balanced."""
FAR_SECONDS = 900
"""Units with a longer way between them are not neighbours: what lies behind it is an outing of its own."""


@dataclass(frozen=True, slots=True)
class Area:
    """Doors to be cut, as units. Arrays over doors, over units, or over links; seconds and metres.

    Neighbours of unit u are `near[starts[u]:starts[u + 1]]`, ascending, each link told from both ends; `gap` runs
    beside it. No link leads across a barrier.
    """

    unit: Int
    """The unit of each door; -1 for a door without a place."""
    doors: Int
    work: Int
    """Seconds at the unit's doors."""
    walk: Int
    """Seconds of walking along the unit."""
    xy: Float
    """The middle of each unit, metres in the network's frame, float64[units, 2]."""
    alone: NDArray[np.bool_]
    """Units of a building that is a turf by itself; they are neighbours of others, but nobody walks through them."""
    building: Int
    """For units of such a building its number, -1 else."""
    starts: Int
    near: Int
    gap: Int
    part: Int
    """The connected part that each unit is in; part 0 has the most doors."""

    def __len__(self) -> int:
        return len(self.doors)

    def of(self, unit: int) -> Int:
        """The neighbours of a unit."""
        return self.near[self.starts[unit] : self.starts[unit + 1]]


class _Piece(NamedTuple):
    """Stops, big ones chopped: where they are on the network, and the doors they hold."""

    stop: Int
    edge: Int
    side: NDArray[np.int8]
    offset: Float
    doors: Int
    building: Int


class _Links(NamedTuple):
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    gap: Float


def build_area(
    network: Network,
    walks: Sidewalks,
    spots: Spots,
    stop: Int,
    seconds: Int,
    *,
    lone: int,
    grain: int = GRAIN,
) -> Area:
    """Gather doors into units.

    `spots` says where each door stands, `stop` which doors are one stop (a number for each door, the same for doors
    of one civic number), `seconds` what each door takes. Doors of a stop keep their order: floors stay together. A
    building with `lone` doors or more is a turf by itself. The order of the rows decides nothing else.
    """
    edge = network.edge_at(spots.segment, spots.offset)
    placed = np.flatnonzero(edge >= 0)
    piece_of, pieces = _pieces(edge, spots, stop, placed, lone)
    unit_of_piece = _units(network, pieces, grain)
    units = int(unit_of_piece.max(initial=-1)) + 1
    unit = np.full(len(stop), -1, np.int32)
    unit[placed] = unit_of_piece[piece_of]
    faces = _faces(pieces, unit_of_piece, units)
    links = _joined(_neighbours(network, walks, faces))
    xy = _middles(network, spots, unit, units)
    doors = np.bincount(unit[placed], minlength=units)
    work = np.bincount(unit[placed], weights=seconds[placed], minlength=units)
    starts, near, gap = _listed(links, units)
    return Area(
        unit,
        doors.astype(np.int32),
        np.rint(work).astype(np.int32),
        np.rint((faces.high - faces.low) / WALK_M_PER_S).astype(np.int32),
        xy,
        faces.building >= 0,
        faces.building,
        starts,
        near,
        gap,
        _parts(starts, near, doors),
    )


def _pieces(
    edge: Int, spots: Spots, stop: Int, placed: NDArray[np.int64], lone: int
) -> tuple[NDArray[np.int64], _Piece]:
    """For each placed door its piece, and the pieces in the order in which one passes them."""
    stops, first, at, size = np.unique(
        stop[placed], return_index=True, return_inverse=True, return_counts=True
    )
    # The stop stands where its first door stands, whatever its others say.
    head = placed[first]
    chops = np.maximum(1, -(-size // PIECE))
    begin = np.cumsum(chops) - chops
    by_stop = np.argsort(at, kind="stable")
    rank = np.empty(len(placed), np.int64)
    rank[by_stop] = np.arange(len(placed)) - (np.cumsum(size) - size)[at[by_stop]]
    raw = begin[at] + rank * chops[at] // size[at]
    of = np.repeat(np.arange(len(stops)), chops)
    doors = np.bincount(raw, minlength=int(chops.sum()))
    building = np.where(size >= lone, np.cumsum(size >= lone) - 1, -1)
    where = head[of]
    order = np.lexsort((np.arange(len(of)), stops[of], spots.offset[where], spots.side[where], edge[where]))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    where, of = where[order], of[order]
    return place[raw], _Piece(
        stops[of].astype(np.int32),
        edge[where],
        spots.side[where],
        spots.offset[where],
        doors[order].astype(np.int32),
        building[of].astype(np.int32),
    )


def _units(network: Network, pieces: _Piece, grain: int) -> Int:
    """The unit of each piece: faces chopped at about `grain` doors, pieces of buildings by themselves."""
    count = len(pieces.edge)
    if not count:
        return np.zeros(0, np.int32)
    by_itself = (pieces.building >= 0) | (pieces.doors >= grain)
    new = np.ones(count, bool)
    new[1:] = (np.diff(pieces.edge) != 0) | (np.diff(pieces.side) != 0)
    new[1:] |= by_itself[1:] | by_itself[:-1]
    run = np.cumsum(new) - 1
    total = np.bincount(run, weights=pieces.doors)
    chops = np.maximum(1, np.rint(total / grain))
    through = np.cumsum(pieces.doors)
    before = through - pieces.doors
    middle = (before + through) / 2 - before[np.flatnonzero(new)][run]
    chop = np.minimum((middle * chops[run] / total[run]).astype(np.int64), chops[run].astype(np.int64) - 1)
    change = np.ones(count, bool)
    change[1:] = (np.diff(run) != 0) | (np.diff(chop) != 0)
    return (np.cumsum(change) - 1).astype(np.int32)


class _Faces(NamedTuple):
    """Each unit's stretch of one side of an edge."""

    edge: Int
    side: NDArray[np.int8]
    low: Float
    high: Float
    building: Int


def _faces(pieces: _Piece, unit: Int, units: int) -> _Faces:
    first = np.searchsorted(unit, np.arange(units), "left")
    last = np.searchsorted(unit, np.arange(units), "right") - 1
    return _Faces(
        pieces.edge[first], pieces.side[first], pieces.offset[first], pieces.offset[last],
        pieces.building[first],
    )  # fmt: skip


def _neighbours(network: Network, walks: Sidewalks, faces: _Faces) -> list[_Links]:
    """The links between units: on their own edge, and where their cells of the network touch."""
    through = np.flatnonzero(faces.building < 0)
    some = _Faces(*(column[through] for column in faces))
    own = [_along(some, through), _across(walks, some, through)]
    cells = _cells(network, walks, some, through)
    return [*own, *cells.links, _beside(network, walks, faces, cells)]


def _along(faces: _Faces, unit: NDArray[np.int64]) -> _Links:
    """Consecutive units of one face."""
    same = np.flatnonzero((np.diff(faces.edge) == 0) & (np.diff(faces.side) == 0))
    return _Links(unit[same], unit[same + 1], (faces.low[same + 1] - faces.high[same]) / WALK_M_PER_S)


def _reach(faces: _Faces) -> tuple[Float, Float]:
    """How far each unit's stretch goes when the face's gaps are shared out between its neighbours."""
    low, high = np.full(len(faces.low), -np.inf), np.full(len(faces.low), np.inf)
    same = np.flatnonzero((np.diff(faces.edge) == 0) & (np.diff(faces.side) == 0))
    middle = (faces.high[same] + faces.low[same + 1]) / 2
    high[same], low[same + 1] = middle, middle
    return low, high


def _across(walks: Sidewalks, faces: _Faces, unit: NDArray[np.int64]) -> _Links:
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
                gaps.append(across + apart / WALK_M_PER_S)
    return _Links(unit[np.array(ones, np.int64)], unit[np.array(others, np.int64)], np.array(gaps))


class _Cells(NamedTuple):
    """The network's Voronoi diagram: for each corner the nearest unit and the way to it."""

    links: list[_Links]
    source: NDArray[np.int64]
    away: Float


def _cells(network: Network, walks: Sidewalks, faces: _Faces, unit: NDArray[np.int64]) -> _Cells:
    from scipy.sparse import coo_array, csr_array
    from scipy.sparse.csgraph import dijkstra

    corners, count = walks.graph.shape[0], len(unit)
    ends, corner, out = _ends(network, walks, faces)
    known = walks.graph.tocoo()
    rows = np.concatenate((known.row, corners + ends))
    columns = np.concatenate((known.col, corner))
    ways = np.concatenate((known.data, np.maximum(out, 1e-6)))
    if not count:
        return _Cells([], np.full(corners, -1), np.full(corners, np.inf))
    whole = csr_array(coo_array((ways, (rows, columns)), shape=(corners + count, corners + count)))
    away, _, source = dijkstra(
        whole, directed=False, indices=np.arange(corners, corners + count), min_only=True,
        return_predecessors=True,
    )  # fmt: skip
    source = np.where(np.isfinite(away), source - corners, -1)[:corners]
    away = away[:corners]
    a, b = source[known.row], source[known.col]
    touch = (a != b) & (a >= 0) & (b >= 0)
    between = _Links(unit[a[touch]], unit[b[touch]], (away[known.row] + known.data + away[known.col])[touch])
    mine = source[corner]
    met = (mine != ends) & (mine >= 0)
    at_end = _Links(unit[ends[met]], unit[mine[met]], (out + away[corner])[met])
    return _Cells([between, at_end], np.where(source >= 0, unit[np.maximum(source, 0)], -1), away)


def _ends(
    network: Network, walks: Sidewalks, faces: _Faces
) -> tuple[NDArray[np.int64], NDArray[np.int64], Float]:
    """(unit, corner, seconds) for the first and the last unit of each face."""
    count = len(faces.edge)
    new = np.ones(count, bool)
    new[1:] = (np.diff(faces.edge) != 0) | (np.diff(faces.side) != 0)
    first = np.flatnonzero(new)
    last = np.append(first[1:], count) - 1 if count else first
    tail, head = _corners(walks, faces.edge, faces.side)
    back = (faces.low - network.start[faces.edge]) / WALK_M_PER_S
    ahead = (network.stop[faces.edge] - faces.high) / WALK_M_PER_S
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


def _beside(network: Network, walks: Sidewalks, faces: _Faces, cells: _Cells) -> _Links:
    """Links of buildings that are turfs by themselves: among their own units, and to what lies on either side."""
    found: list[tuple[int, int, float]] = []
    tail, head = _corners(walks, faces.edge, faces.side)
    back = (faces.low - network.start[faces.edge]) / WALK_M_PER_S
    ahead = (network.stop[faces.edge] - faces.high) / WALK_M_PER_S
    for at in np.flatnonzero(faces.building >= 0).tolist():
        for step, corner, out in ((-1, tail[at], back[at]), (1, head[at], ahead[at])):
            other = at + step
            if 0 <= other < len(faces.edge) and faces.building[other] == faces.building[at]:
                found.append((at, other, 0.0))
                continue
            while _same_face(faces, at, other) and faces.building[other] >= 0:
                other += step
            if _same_face(faces, at, other):
                gap = abs(float(faces.low[other] - faces.high[at])) / WALK_M_PER_S
                found.append((at, other, gap))
            elif cells.source[corner] >= 0:
                found.append((at, int(cells.source[corner]), float(out + cells.away[corner])))
    table = np.array(found, np.float64).reshape(-1, 3)
    return _Links(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2])


def _same_face(faces: _Faces, one: int, other: int) -> bool:
    return (
        0 <= other < len(faces.edge)
        and faces.edge[other] == faces.edge[one]
        and faces.side[other] == faces.side[one]
    )


def _joined(links: list[_Links]) -> _Links:
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
    return _Links(low[new], high[new], gap[new])


def _listed(links: _Links, units: int) -> tuple[Int, Int, Int]:
    one = np.concatenate((links.one, links.other))
    other = np.concatenate((links.other, links.one))
    gap = np.concatenate((links.gap, links.gap))
    order = np.lexsort((other, one))
    starts = np.concatenate(([0], np.cumsum(np.bincount(one, minlength=units))))
    return starts.astype(np.int32), other[order].astype(np.int32), np.rint(gap[order]).astype(np.int32)


def _middles(network: Network, spots: Spots, unit: Int, units: int) -> Float:
    """The mean place of each unit's doors along their streets."""
    here = np.flatnonzero(unit >= 0)
    xy = network.place(spots.segment[here], spots.offset[here])
    size = np.maximum(np.bincount(unit[here], minlength=units), 1)
    return np.column_stack(
        [np.bincount(unit[here], weights=xy[:, axis], minlength=units) / size for axis in (0, 1)]
    )


def _parts(starts: Int, near: Int, doors: NDArray[np.int64]) -> Int:
    """Connected parts by the links, the one with the most doors first."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    units = len(doors)
    if not units:
        return np.zeros(0, np.int32)
    graph = csr_array((np.ones(len(near), np.int8), near, starts), shape=(units, units))
    count, part = connected_components(graph, directed=False)
    rank = np.empty(count, np.int32)
    rank[np.argsort(-np.bincount(part, weights=doors), kind="stable")] = np.arange(count, dtype=np.int32)
    return rank[part]


def connected(area: Area, units: NDArray[np.integer]) -> bool:
    """Whether these units hang together. None and one do."""
    inside = {int(unit) for unit in units}
    if len(inside) < 2:
        return True
    return len(_grown(area, inside)) == len(inside)


def _grown(area: Area, inside: set[int]) -> set[int]:
    """The piece of `inside` that hangs together with its lowest unit."""
    first = min(inside)
    seen, edge = {first}, [first]
    while edge:
        for other in area.of(edge.pop()).tolist():
            if other in inside and other not in seen:
                seen.add(other)
                edge.append(other)
    return seen


def pieces(area: Area, units: NDArray[np.integer]) -> list[Int]:
    """The pieces in which these units fall apart, the one with the most doors first."""
    left = {int(unit) for unit in units}
    found: list[Int] = []
    while left:
        piece = _grown(area, left)
        left -= piece
        found.append(np.array(sorted(piece), np.int32))
    return sorted(found, key=lambda piece: (-int(area.doors[piece].sum()), int(piece[0])))
