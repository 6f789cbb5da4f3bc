"""The line of a walk on the ground: along the sidewalks from stop to stop, as it is drawn on maps."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .network import Float
from .snapping import Spots
from .walking import Sidewalks

BESIDE_M = 4.0
"""How far from the middle of the street its sidewalks are drawn."""
_SAME_M = 0.3


def walk_path(walks: Sidewalks, spots: Spots, xy: Float, *, beside: float = BESIDE_M) -> Float:
    """The way along the network over these spots in their order, float64[m, 2] in metres.

    `xy` is where each spot's door is: for steps that no street joins, a straight line is drawn between those.
    """
    count = len(spots.segment)
    if count < 2:
        return xy[:0]
    way = _Way(walks, spots, beside)
    pieces = [way.between(i, i + 1) for i in range(count - 1)]
    points = np.concatenate([xy[i : i + 2] if piece is None else piece for i, piece in enumerate(pieces)])
    keep = np.ones(len(points), bool)
    keep[1:] = np.hypot(*(points[1:] - points[:-1]).T) > _SAME_M
    return _straightened(points[keep])


class _Way:
    """Ways between spots: who comes before whom on the shortest walks, and what each step looks like on the ground."""

    def __init__(self, walks: Sidewalks, spots: Spots, beside: float) -> None:
        from scipy.sparse.csgraph import dijkstra

        self.walks, self.spots, self.beside = walks, spots, beside
        network = walks.network
        self.edge = network.edge_at(spots.segment, spots.offset)
        here = np.flatnonzero(self.edge >= 0)
        self.row = np.full(len(self.edge), -1)
        self.row[here] = np.arange(len(here))
        if not len(here):
            return
        self.corners, self.reach = walks.ways_out(self.edge[here], spots.offset[here], spots.side[here])
        inside = walks.neighbourhood(np.unique(self.corners))
        self.inside = inside
        sources, at = np.unique(np.searchsorted(inside, self.corners), return_inverse=True)
        self.at = at.reshape(self.corners.shape)
        self.place = np.searchsorted(inside, self.corners)
        search: Any = dijkstra
        found: Any = search(walks.within(inside), directed=False, indices=sources, return_predecessors=True)
        self.seconds: Float = np.asarray(found[0], np.float64)
        self.before: NDArray[np.int32] = np.asarray(found[1], np.int32)
        self.sides = walks.pieces()

    def between(self, one: int, other: int) -> Float | None:
        """From one spot to another; None where no street joins them."""
        a, b = int(self.row[one]), int(self.row[other])
        if a < 0 or b < 0:
            return None
        through = self.seconds[self.at[a][:, None], self.place[b][None, :]]
        whole = self.reach[a][:, None] + through + self.reach[b][None, :]
        best = float(whole.min())
        direct = self._direct(one, other)
        if direct <= best and np.isfinite(direct):
            return self._along(one, other)
        if not np.isfinite(best):
            return None
        out, into = divmod(int(np.argmin(whole)), 4)
        steps = [int(self.place[b, into])]
        source = int(self.at[a, out])
        while steps[-1] != int(self.place[a, out]):
            steps.append(int(self.before[source, steps[-1]]))
        corners = self.inside[steps[::-1]].tolist()
        pieces = [self._leaving(one, out)]
        pieces += [self._step(low, high) for low, high in pairwise(corners)]
        pieces.append(self._leaving(other, into)[::-1])
        return np.concatenate(pieces)

    def _direct(self, one: int, other: int) -> float:
        if self.edge[one] != self.edge[other]:
            return np.inf
        spots, walks = self.spots, self.walks
        way = abs(float(spots.offset[one] - spots.offset[other])) / walks.speed
        crossing = int(spots.side[one]) * int(spots.side[other]) < 0
        return way + (float(walks.across(self.edge[[one]])[0]) if crossing else 0.0)

    def _along(self, one: int, other: int) -> Float:
        """Along the sidewalk, then across to the other side where that is needed."""
        spots = self.spots
        edge, side = int(self.edge[one]), int(spots.side[one])
        way = self._sidewalk(edge, side, float(spots.offset[one]), float(spots.offset[other]))
        if int(spots.side[other]) == side:
            return way
        end = float(spots.offset[other])
        return np.concatenate((way, self._sidewalk(edge, int(spots.side[other]), end, end)))

    def _leaving(self, one: int, out: int) -> Float:
        """From a spot to one of the four corners of its edge: (left, right) times (tail, head)."""
        edge, side = int(self.edge[one]), int(self.spots.side[one])
        offset = float(self.spots.offset[one])
        along = 1 if out < 2 else -1
        network = self.walks.network
        goal = float(network.start[edge] if out % 2 == 0 else network.stop[edge])
        way = self._sidewalk(edge, along, offset, self._short(edge, goal, offset))
        return way if along == side else np.concatenate((self._sidewalk(edge, side, offset, offset), way))

    def _step(self, low: int, high: int) -> Float:
        """From one corner to the next: along an edge, or nothing to draw for a crossing."""
        found = self.sides.get((low, high))
        if found is None:
            return np.zeros((0, 2))
        edge, side, forward = found
        network = self.walks.network
        start, stop = float(network.start[edge]), float(network.stop[edge])
        start, stop = self._short(edge, start, stop), self._short(edge, stop, start)
        return self._sidewalk(edge, side, *((start, stop) if forward else (stop, start)))

    def _short(self, edge: int, goal: float, origin: float) -> float:
        """An end of an edge a little before its corner, so that the sidewalks of two streets meet there."""
        back = min(self.beside, abs(goal - origin) / 3)
        return goal - back if goal > origin else goal + back

    def _sidewalk(self, edge: int, side: int, start: float, stop: float) -> Float:
        """The sidewalk of an edge between two offsets of its segment."""
        network = self.walks.network
        segment = int(network.segment[edge])
        first, last = int(network.lines.offsets[segment]), int(network.lines.offsets[segment + 1])
        along = network.along[first:last]
        low, high = min(start, stop), max(start, stop)
        inner = np.flatnonzero((along > low + _SAME_M) & (along < high - _SAME_M))
        offsets = np.concatenate(([low], along[inner], [high] if high > low else []))
        reach = 0.5
        x, y = network.xy[first:last, 0], network.xy[first:last, 1]
        ahead = np.minimum(offsets + reach, along[-1])
        behind = np.maximum(offsets - reach, 0.0)
        if high > low:
            # Of the ends only what lies within counts: round the corner the street looks another way.
            behind[0], ahead[-1] = low, high
        step = np.column_stack(
            (
                np.interp(ahead, along, x) - np.interp(behind, along, x),
                np.interp(ahead, along, y) - np.interp(behind, along, y),
            )
        )
        step /= np.maximum(np.hypot(*step.T), 1e-9)[:, None]
        points = np.column_stack((np.interp(offsets, along, x), np.interp(offsets, along, y)))
        points = points + np.column_stack((-step[:, 1], step[:, 0])) * (side * self.beside)
        return points if stop >= start else points[::-1]


def _straightened(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without the points that lie on the line between their neighbours."""
    if len(points) < 3:
        return points
    ahead, behind = points[2:] - points[1:-1], points[1:-1] - points[:-2]
    turn = np.abs(behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0])
    onward = (behind * ahead).sum(axis=1) > 0
    bent = (turn > 0.02 * np.hypot(*behind.T) * np.hypot(*ahead.T)) | ~onward
    return points[np.concatenate(([True], bent, [True]))]
