"""Walking seconds between places on the network, along sidewalks: round a corner is free, crossing a street costs.

Each edge has a sidewalk on either side, and between two neighbouring arms of an intersection lies a corner. Speed and
crossings are the campaign's figures (`domain.pace`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.pace import USUAL, Pace
from canvass_app.domain.streets import StreetClass

from .network import Float, Int, Network
from .snapping import Spots
from .tour import UNREACHABLE as UNREACHABLE

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# scipy takes a weight of zero for no edge at all.
_NOTHING = 1e-6
_ROOM_M = 400.0


class Sidewalks:
    """The corners of a network and what it takes to walk between them; made once, asked often."""

    def __init__(self, network: Network, pace: Pace = USUAL, *, over_major: bool = True) -> None:
        """`over_major`: whether major streets may be crossed at all; at intersections they may."""
        self.network = network
        self._over_major = over_major
        self.pace = pace
        self.speed = pace.metres_per_second
        self._pieces: dict[tuple[int, int], tuple[int, int, bool]] | None = None
        edges = len(network.tail)
        # Arm 2k leaves the tail of edge k, arm 2k + 1 its head; sorted anticlockwise round their nodes.
        node = np.column_stack((network.tail, network.head)).reshape(-1)
        order = np.lexsort((np.arange(2 * edges), network.heading.reshape(-1), node))
        rank = np.empty(2 * edges, np.int64)
        rank[order] = np.arange(2 * edges)
        begins = np.flatnonzero(np.diff(node[order], prepend=-1))
        arms = np.diff(np.append(begins, 2 * edges))
        before = np.arange(2 * edges) - 1
        before[begins] = begins + arms - 1
        # The corner anticlockwise of an arm has the arm's own number: on its left as one leaves the node.
        left, right = rank, before[rank]
        self.left = np.column_stack((left[0::2], right[1::2]))
        self.right = np.column_stack((right[0::2], left[1::2]))
        self.xy = np.zeros((2 * edges, 2))
        """Where each corner lies, metres in the network's frame."""
        arm_xy = np.column_stack(
            (network.place(network.segment, network.start), network.place(network.segment, network.stop))
        )
        self.xy[rank] = arm_xy.reshape(-1, 2)
        kind = network.lines.kind[network.segment]
        streets = np.bincount(
            node[np.repeat(kind != StreetClass.PATH, 2)], minlength=int(node.max(initial=-1)) + 1
        )
        self.no_mid_block = kind == StreetClass.ARTERIAL
        self.graph = self._joined(left, right, node, np.repeat(kind, 2), streets, arms[_group(begins, rank)])

    def _joined(
        self, left: NDArray[np.int64], right: NDArray[np.int64], node: Int, kind: NDArray[np.uint8],
        streets: NDArray[np.int64],
        arms: NDArray[np.int64],
    ) -> csr_array:  # fmt: skip
        from scipy.sparse import coo_array

        network = self.network
        walk = (network.stop - network.start) / self.speed
        at_intersection = self.pace.intersection_s
        crossing = np.where(streets[node] >= 3, at_intersection, self.pace.mid_block_s).astype(np.float64)
        crossing[kind == StreetClass.PATH] = _NOTHING
        # At a bend of an arterial nobody crosses; where a path or another street meets it, there is a crossing.
        crossing[(kind == StreetClass.ARTERIAL) & (arms >= 3)] = at_intersection
        may = (left != right) & ~((kind == StreetClass.ARTERIAL) & ((arms < 3) | (not self._over_major)))
        tail = np.concatenate((self.left[:, 0], self.right[:, 0], left[may]))
        head = np.concatenate((self.left[:, 1], self.right[:, 1], right[may]))
        seconds = np.maximum(np.concatenate((walk, walk, crossing[may])), _NOTHING)
        low, high = np.minimum(tail, head), np.maximum(tail, head)
        # Of two ways between the same corners the shorter: a sparse sum would add them up.
        order = np.lexsort((seconds, high, low))
        low, high, seconds = low[order], high[order], seconds[order]
        new = np.ones(len(low), bool)
        new[1:] = (np.diff(low) != 0) | (np.diff(high) != 0)
        size = len(left)
        return coo_array((seconds[new], (low[new], high[new])), shape=(size, size)).tocsr()

    def seconds(self, spots: Spots) -> NDArray[np.int64]:
        """Walking seconds between each two places, int64[n, n], symmetric, zeros on the diagonal.

        `UNREACHABLE` between places that no walk joins, and for those that are not on the network.
        """
        network, count = self.network, len(spots.segment)
        found = np.full((count, count), np.inf)
        edge = network.edge_at(spots.segment, spots.offset)
        here = np.flatnonzero(edge >= 0)
        edge = edge[here]
        if len(here):
            offset, side = spots.offset[here], spots.side[here]
            corners, reach = self.ways_out(edge, offset, side)
            wanted, at = np.unique(corners, return_inverse=True)
            at = at.reshape(corners.shape)
            between = self._between(wanted)
            best = np.full((len(here), len(here)), np.inf)
            for one in range(4):
                for other in range(4):
                    through = between[np.ix_(at[:, one], at[:, other])]
                    np.minimum(best, reach[:, one, None] + through + reach[None, :, other], out=best)
            np.minimum(best, self._along_one_edge(edge, offset, side), out=best)
            found[np.ix_(here, here)] = best
        np.fill_diagonal(found, 0.0)
        whole = np.full(found.shape, UNREACHABLE, np.int64)
        known = np.isfinite(found)
        whole[known] = np.rint(found[known]).astype(np.int64)
        return np.minimum(whole, whole.T)

    def seconds_from(self, points: Spots, spots: Spots) -> Float:
        """Walking seconds to each place from the nearest of these points, infinite where no walk leads."""
        from scipy.sparse.csgraph import dijkstra

        found = np.full(len(spots.segment), np.inf)
        edge, from_edge = (self.network.edge_at(some.segment, some.offset) for some in (spots, points))
        here, there = np.flatnonzero(edge >= 0), np.flatnonzero(from_edge >= 0)
        if not len(here) or not len(there):
            return found
        corners, reach = self.ways_out(edge[here], spots.offset[here], spots.side[here])
        begin, out = self.ways_out(from_edge[there], points.offset[there], points.side[there])
        for corner, away in zip(begin.reshape(-1).tolist(), out.reshape(-1).tolist(), strict=True):
            if np.isfinite(away):
                through = np.asarray(dijkstra(self.graph, directed=False, indices=corner))[corners]
                found[here] = np.minimum(found[here], (through + reach).min(axis=1) + away)
        return found

    def _between(self, wanted: NDArray[np.int64]) -> Float:
        """Seconds between each two of these corners.

        Looked for in their neighbourhood; only where a way through the rest of the city could be shorter, everywhere.
        """
        from scipy.sparse.csgraph import dijkstra

        xy = self.xy[wanted]
        low, high = self._box(xy)
        inside = self.neighbourhood(wanted)
        if len(inside) < len(self.xy):
            at = np.searchsorted(inside, wanted)
            near = np.asarray(dijkstra(self.within(inside), directed=False, indices=at))[:, at]
            # Whoever leaves the neighbourhood walks at least to its edge, and back in.
            edge = np.minimum(xy - low, high - xy).min(axis=1) / self.speed
            if (near <= edge[:, None] + edge[None, :]).all():
                return near
        return np.asarray(dijkstra(self.graph, directed=False, indices=wanted))[:, wanted]

    def _box(self, xy: Float) -> tuple[Float, Float]:
        low, high = xy.min(axis=0), xy.max(axis=0)
        room = max(_ROOM_M, float((high - low).max()) / 2)
        return low - room, high + room

    def neighbourhood(self, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
        """The corners around these, ascending; all of them where most lie around."""
        low, high = self._box(self.xy[wanted])
        inside = np.flatnonzero(((self.xy >= low) & (self.xy <= high)).all(axis=1))
        return inside if len(inside) * 2 < len(self.xy) else np.arange(len(self.xy))

    def within(self, inside: NDArray[np.int64]) -> Any:
        """The graph between these corners, numbered as they are listed."""
        graph: Any = self.graph
        return graph if len(inside) == len(self.xy) else graph[inside][:, inside]

    def pieces(self) -> dict[tuple[int, int], tuple[int, int, bool]]:
        """For each two corners that a sidewalk joins its edge, its side (1 left, -1 right), and whether it leads from tail
        to head; of several the shortest."""
        if self._pieces is None:
            found: dict[tuple[int, int], tuple[int, int, bool]] = {}
            longest = np.argsort(self.network.start - self.network.stop, kind="stable").tolist()
            for side, ends in ((1, self.left.tolist()), (-1, self.right.tolist())):
                for edge in longest:
                    tail, head = ends[edge]
                    found[tail, head], found[head, tail] = (edge, side, True), (edge, side, False)
            self._pieces = found
        return self._pieces

    def ways_out(self, edge: Int, offset: Float, side: NDArray[np.int8]) -> tuple[NDArray[np.int64], Float]:
        """For each place the four corners of its edge, and the seconds to each."""
        network = self.network
        back = np.maximum(offset - network.start[edge], 0.0) / self.speed
        ahead = np.maximum(network.stop[edge] - offset, 0.0) / self.speed
        across = self.across(edge)
        to_left, to_right = np.where(side < 0, across, 0.0), np.where(side > 0, across, 0.0)
        corners = np.column_stack((self.left[edge], self.right[edge]))
        reach = np.column_stack((back + to_left, ahead + to_left, back + to_right, ahead + to_right))
        return corners, reach

    def across(self, edge: Int) -> Float:
        """Seconds to cross each of these edges in mid-block; infinite where nobody does."""
        path = self.network.lines.kind[self.network.segment[edge]] == StreetClass.PATH
        return np.where(self.no_mid_block[edge], np.inf, np.where(path, 0.0, float(self.pace.mid_block_s)))

    def _along_one_edge(self, edge: Int, offset: Float, side: NDArray[np.int8]) -> Float:
        walk = np.abs(offset[:, None] - offset[None, :]) / self.speed
        other_side = (side[:, None] * side[None, :]) < 0
        walk = walk + np.where(other_side, self.across(edge)[:, None], 0.0)
        return np.where(edge[:, None] == edge[None, :], walk, np.inf)


def _group(begins: NDArray[np.int64], rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which group of a sorted array each rank falls into."""
    return np.searchsorted(begins, rank, "right") - 1
