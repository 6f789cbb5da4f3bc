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

from .adjacency import Faces, joined, listed, neighbours
from .network import Float, Int, Network
from .snapping import Spots
from .walking import Sidewalks

GRAIN = 3
"""About so many doors make a unit."""
PIECE = 12
"""A building with more doors than that is chopped into pieces, so that turfs can be balanced."""


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


def build_area(
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
    network = walks.network
    edge = network.edge_at(spots.segment, spots.offset)
    placed = np.flatnonzero(edge >= 0)
    piece_of, pieces = _pieces(edge, spots, stop, placed, lone)
    unit_of_piece = _units(pieces, grain)
    units = int(unit_of_piece.max(initial=-1)) + 1
    unit = np.full(len(stop), -1, np.int32)
    unit[placed] = unit_of_piece[piece_of]
    faces = _faces(pieces, unit_of_piece, units)
    links = joined(neighbours(walks, faces))
    xy = _middles(network, spots, unit, units)
    doors = np.bincount(unit[placed], minlength=units)
    work = np.bincount(unit[placed], weights=seconds[placed], minlength=units)
    starts, near, gap = listed(links.one, links.other, links.gap, units)
    return Area(
        unit,
        doors.astype(np.int32),
        np.rint(work).astype(np.int32),
        np.rint((faces.high - faces.low) / walks.speed).astype(np.int32),
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


def _units(pieces: _Piece, grain: int) -> Int:
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


def _faces(pieces: _Piece, unit: Int, units: int) -> Faces:
    first = np.searchsorted(unit, np.arange(units), "left")
    last = np.searchsorted(unit, np.arange(units), "right") - 1
    return Faces(
        pieces.edge[first], pieces.side[first], pieces.offset[first], pieces.offset[last],
        pieces.building[first],
    )  # fmt: skip


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
