"""The street network as a graph: segments broken at junctions, barriers that cut them, parts that hang together.

All lengths are metres in a local frame. Barriers (rail, water, motorway) are no part of the walk: they only cut, at the
point where a street without a bridge meets them, so that nobody is led over the tracks. Level crossings cut too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.geo import E6, EARTH_RADIUS_M
from canvass_app.domain.streets import BARRIERS, StreetClass

Float = NDArray[np.float64]
Int = NDArray[np.int32]
NO_STREET = -1
_ROOM_M = 1e7


class Frame(NamedTuple):
    """A local plane: metres east and north of an origin (equirectangular, below 0.1 % wrong within 30 km)."""

    lon: float
    lat: float

    @classmethod
    def around(cls, points_e6: NDArray[np.integer]) -> Frame:
        """The frame whose origin is the middle of these points, shape (n, 2) of (lon_e6, lat_e6)."""
        if not len(points_e6):
            return cls(0.0, 0.0)
        lon, lat = (points_e6.min(axis=0) + points_e6.max(axis=0)) / 2 / E6
        return cls(float(lon), float(lat))

    @property
    def _scale(self) -> Float:
        metre = np.radians(1.0) * EARTH_RADIUS_M
        return np.array([metre * np.cos(np.radians(self.lat)), metre])

    def metres(self, points_e6: NDArray[np.integer]) -> Float:
        """Points in micro-degrees, shape (n, 2), as metres in this frame."""
        return (points_e6.reshape(-1, 2) / E6 - np.array([self.lon, self.lat])) * self._scale

    def degrees(self, metres: Float) -> Int:
        """Metres in this frame as micro-degrees."""
        return np.rint((metres / self._scale + np.array([self.lon, self.lat])) * E6).astype(np.int32)


class Lines(NamedTuple):
    """Segments as numbers: segment i is `points[offsets[i]:offsets[i + 1]]`, of (lon_e6, lat_e6).

    `street` is the caller's number of the street's name, or -1; `kind` a `StreetClass`. `ranges` int32[n, 2, 3] holds
    (first, last, parity) of the left and right side: parity 0 no range, 1 odd, 2 even, 3 both.
    """

    points: Int
    offsets: Int
    street: Int
    kind: NDArray[np.uint8]
    bridge: NDArray[np.bool_]
    ranges: Int

    def __len__(self) -> int:
        return len(self.street)


@dataclass(frozen=True, slots=True)
class Network:
    """A graph of walkable edges. Edge k runs along `segment[k]` from `start[k]` to `stop[k]` metres, between two nodes."""

    lines: Lines
    frame: Frame
    xy: Float
    """Each point of the lines in metres, float64[m, 2]."""
    along: Float
    """How far along its segment each point lies."""
    segment: Int
    start: Float
    stop: Float
    tail: Int
    head: Int
    heading: Float
    """float64[e, 2]: the direction, in radians, in which the edge leaves its tail and its head (towards the other end)."""
    part: Int
    """For each node the connected part that it is in; part 0 has the most edges, in metres."""

    @property
    def parts(self) -> int:
        """How many parts the walk falls into."""
        return int(self.part.max()) + 1 if len(self.part) else 0

    def edge_at(self, segment: Int, offset: Float) -> Int:
        """The edge that each place (segment, metres along it) lies on; -1 for what is not walked."""
        first = np.searchsorted(self.segment, segment, "left")
        last = np.searchsorted(self.segment, segment, "right")
        # One search for all: no segment is longer than the room that each has.
        place = np.searchsorted(self.segment * _ROOM_M + self.stop, segment * _ROOM_M + offset, "left")
        return np.where(last > first, np.clip(place, first, last - 1), -1).astype(np.int32)

    def place(self, segment: Int, offset: Float) -> Float:
        """Where places (segment, metres along it) lie on the ground, float64[n, 2] in metres."""
        lines = self.lines
        owner = np.repeat(np.arange(len(lines)), np.diff(lines.offsets))
        after = np.searchsorted(owner * _ROOM_M + self.along, segment * _ROOM_M + offset)
        after = np.clip(after, lines.offsets[segment] + 1, lines.offsets[np.asarray(segment) + 1] - 1)
        step = np.maximum(self.along[after] - self.along[after - 1], 1e-9)
        t = np.clip((offset - self.along[after - 1]) / step, 0.0, 1.0)
        return self.xy[after - 1] + t[:, None] * (self.xy[after] - self.xy[after - 1])


def walkable(kind: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which classes a canvasser walks along."""
    return ~np.isin(kind, [int(one) for one in BARRIERS])


def build_network(lines: Lines) -> Network:
    """The graph of these lines. Segments meet where they share a point; barriers cut what is no bridge."""
    frame = Frame.around(lines.points)
    xy = frame.metres(lines.points)
    owner = np.repeat(np.arange(len(lines), dtype=np.int32), np.diff(lines.offsets))
    along = _along(xy, owner, lines.offsets)
    breaks = _breaks(lines, xy, owner, along)
    return _graph(lines, frame, xy, along, breaks)


def _along(xy: Float, owner: Int, offsets: Int) -> Float:
    if not len(xy):
        return np.zeros(0)
    step = np.zeros(len(xy))
    step[1:] = np.hypot(*(xy[1:] - xy[:-1]).T)
    step[1:][owner[1:] != owner[:-1]] = 0.0
    total = np.cumsum(step)
    return total - total[offsets[:-1]][owner]


class _Breaks(NamedTuple):
    """Where walkable segments are broken, sorted by segment and offset; `private` ones are joined to nothing."""

    segment: Int
    offset: Float
    point: NDArray[np.int64]
    """The same number for places that are one point on the ground; -1 for a cut."""


def _breaks(lines: Lines, xy: Float, owner: Int, along: Float) -> _Breaks:
    keys = lines.points[:, 0].astype(np.int64) * (1 << 32) + lines.points[:, 1].astype(np.int64)
    _, point, count = np.unique(keys, return_inverse=True, return_counts=True)
    walked = walkable(lines.kind)[owner]
    uses = np.bincount(point[walked], minlength=len(count))
    end = np.zeros(len(keys), bool)
    end[lines.offsets[:-1]] = end[lines.offsets[1:] - 1] = True
    hard = _bars(lines)[owner] & (lines.kind[owner] != StreetClass.MOTORWAY)
    touched = np.zeros(len(count), bool)
    touched[point[hard]] = (
        True  # a ramp ends on the street that it joins; a railway that shares a point crosses it
    )
    cut = walked & touched[point] & ~lines.bridge[owner]
    chosen = walked & (end | (uses[point] > 1) | cut)
    segment, offset = owner[chosen], along[chosen]
    place = np.where(cut, -1, point)[chosen]
    more_segments, more_offsets = _crossings(lines, xy, owner, along)
    segment = np.concatenate((segment, more_segments))
    offset = np.concatenate((offset, more_offsets))
    place = np.concatenate((place, np.full(len(more_segments), -1, place.dtype)))
    order = np.lexsort((place, offset, segment))
    return _Breaks(segment[order].astype(np.int32), offset[order], place[order].astype(np.int64))


def _bars(lines: Lines) -> NDArray[np.bool_]:
    return ~walkable(lines.kind) & ~lines.bridge


def _crossings(lines: Lines, xy: Float, owner: Int, along: Float) -> tuple[Int, Float]:
    """Where a straight piece of a street crosses a barrier's between their points, neither being a bridge."""
    piece = np.flatnonzero(owner[1:] == owner[:-1]) if len(owner) else np.zeros(0, np.int64)
    bars = piece[_bars(lines)[owner[piece]]]
    walked = piece[(walkable(lines.kind) & ~lines.bridge)[owner[piece]]]
    a, b = xy[walked], xy[walked + 1]
    low, high = np.minimum(a, b), np.maximum(a, b)
    segments: list[Int] = []
    offsets: list[Float] = []
    for bar in bars:
        c, d = xy[bar], xy[bar + 1]
        near = np.flatnonzero(((low <= np.maximum(c, d)) & (high >= np.minimum(c, d))).all(axis=1))
        if not len(near):
            continue
        r, s, gap = b[near] - a[near], d - c, c - a[near]
        across = r[:, 0] * s[1] - r[:, 1] * s[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            t = (gap[:, 0] * s[1] - gap[:, 1] * s[0]) / across
            u = (gap[:, 0] * r[:, 1] - gap[:, 1] * r[:, 0]) / across
        # Shared points were dealt with: here the lines must pass through each other.
        hit = (across != 0) & (t > 1e-9) & (t < 1 - 1e-9) & (u >= 0) & (u <= 1)
        at = walked[near[hit]]
        segments.append(owner[at])
        offsets.append(along[at] + t[hit] * (along[at + 1] - along[at]))
    if not segments:
        return np.zeros(0, np.int32), np.zeros(0)
    return np.concatenate(segments), np.concatenate(offsets)


def _graph(lines: Lines, frame: Frame, xy: Float, along: Float, breaks: _Breaks) -> Network:
    pair = (
        np.flatnonzero(breaks.segment[1:] == breaks.segment[:-1]) if len(breaks.segment) else np.zeros(0, int)
    )
    pair = pair[breaks.offset[pair + 1] > breaks.offset[pair]]
    # A cut is an end of its own on either side.
    shared = int(breaks.point.max(initial=-1)) + 1
    places = np.concatenate((breaks.point[pair], breaks.point[pair + 1]))
    alone = places < 0
    places[alone] = shared + np.arange(int(alone.sum()))
    _, nodes = np.unique(places, return_inverse=True)
    tail, head = nodes[: len(pair)].astype(np.int32), nodes[len(pair) :].astype(np.int32)
    segment, start, stop = breaks.segment[pair], breaks.offset[pair], breaks.offset[pair + 1]
    heading = _headings(lines, xy, along, segment, start, stop)
    return Network(
        lines, frame, xy, along, segment, start, stop, tail, head, heading, _parts(tail, head, stop - start)
    )


def _headings(lines: Lines, xy: Float, along: Float, segment: Int, start: Float, stop: Float) -> Float:
    heading = np.zeros((len(segment), 2))
    reach = np.minimum(1.0, (stop - start) / 2)
    for at, one in enumerate(segment):
        first, last = lines.offsets[one], lines.offsets[one + 1]
        offsets = np.array([start[at], start[at] + reach[at], stop[at] - reach[at], stop[at]])
        x = np.interp(offsets, along[first:last], xy[first:last, 0])
        y = np.interp(offsets, along[first:last], xy[first:last, 1])
        heading[at] = np.arctan2(y[1] - y[0], x[1] - x[0]), np.arctan2(y[2] - y[3], x[2] - x[3])
    return heading


def _parts(tail: Int, head: Int, length: Float) -> Int:
    """Connected parts of the graph, numbered from the longest."""
    if not len(tail):
        return np.zeros(0, np.int32)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    nodes = int(max(tail.max(), head.max())) + 1
    links = coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(nodes, nodes)).tocsr()
    count, part = connected_components(links, directed=False)
    size = np.bincount(part[tail], weights=length, minlength=count)
    rank = np.empty(count, np.int32)
    rank[np.argsort(-size, kind="stable")] = np.arange(count, dtype=np.int32)
    return rank[part]
