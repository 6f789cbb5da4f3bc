"""Cuts the planned streets at their junctions, into the segments that carry address ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .town_geometry import Foot, Line, Point, cross, crossings, distance, inside, length, mix, nearest
from .town_plan import Road

_MERGE = 10.0
_REACH = 25.0
_CELL = 120.0


@dataclass(slots=True)
class Segment:
    """A piece of a road between two junctions; start and end are metres along its road, road is its row."""

    road: int
    kind: str
    line: Line
    start: float
    end: float
    nodes: tuple[int, int]


class _Nodes:
    """Junctions, those within `_MERGE` metres of each other being one."""

    def __init__(self) -> None:
        self.places: list[Point] = []
        self._cells: dict[tuple[int, int], list[int]] = {}

    def at(self, p: Point) -> int:
        cx, cy = int(p[0] // _CELL), int(p[1] // _CELL)
        near = [n for i in (-1, 0, 1) for j in (-1, 0, 1) for n in self._cells.get((cx + i, cy + j), ())]
        best = min(((distance(self.places[n], p), n) for n in near), default=(1e9, -1))
        if best[0] <= _MERGE:
            return best[1]
        self.places.append(p)
        self._cells.setdefault((cx, cy), []).append(len(self.places) - 1)
        return len(self.places) - 1


def cut(roads: Sequence[Road], water: Sequence[Line]) -> list[Segment]:
    """Segments of all roads, in the order of the roads. A major road's piece over the water rings is a bridge."""
    nodes = _Nodes()
    cuts: list[dict[int, float]] = [{} for _ in roads]
    open_roads = [i for i, road in enumerate(roads) if road.kind != "rail"]
    ends: dict[tuple[int, int], int] = {}
    for i, j, p in _meetings(roads, open_roads):
        node = nodes.at(p)
        for r in (i, j):
            cuts[r].setdefault(node, _metres(roads[r].line, nodes.places[node]))
    boxes = {i: _box(roads[i].line) for i in open_roads}
    for i in open_roads:
        for end in (0, -1):
            x, y = place = roads[i].line[end]
            close = [
                j
                for j in open_roads
                if j != i and boxes[j][0] <= x <= boxes[j][2] and boxes[j][1] <= y <= boxes[j][3]
            ]
            foot, other = min(
                ((nearest(roads[j].line, place), j) for j in close),
                key=lambda f: f[0].distance,
                default=(Foot(1e18, 0, 0.0, place), -1),
            )
            reached = foot.distance <= _REACH
            node = nodes.at(foot.point if reached else place)
            ends[(i, end)] = node
            if reached:
                cuts[other].setdefault(node, _metres(roads[other].line, nodes.places[node]))
    out: list[Segment] = []
    for i, road in enumerate(roads):
        if road.kind == "rail":
            out.append(Segment(i, "rail", road.line, 0.0, length(road.line), (-1, -2)))
            continue
        whole = length(road.line)
        first, last = ends[(i, 0)], ends[(i, -1)]
        inner = sorted((d, n) for n, d in cuts[i].items() if n not in (first, last) and 4.0 < d < whole - 4.0)
        if road.kind == "major":
            taken = [0.0, whole, *(d for d, _ in inner)]
            for p in (p for ring in water for p in crossings(road.line, ring)):
                d = _metres(road.line, p)
                if all(abs(d - t) > 25.0 for t in taken):
                    inner.append((d, nodes.at(p)))
            inner.sort()
        stops = [(0.0, first), *inner, (whole, last)]
        for (a, m), (b, n) in pairwise(stops):
            if m == n and len(stops) > 2:
                continue
            line = _part(road.line, a, b, nodes.places[m], nodes.places[n])
            over = road.kind == "major" and any(inside(ring, _middle(line)) for ring in water)
            out.append(Segment(i, "bridge" if over else road.kind, line, a, b, (m, n)))
    return out


def _meetings(roads: Sequence[Road], rows: Sequence[int]) -> list[tuple[int, int, Point]]:
    """Every crossing of two different roads, each pair and place once, in order."""
    cells: dict[tuple[int, int], list[tuple[int, Point, Point]]] = {}
    found: set[tuple[int, int, Point]] = set()
    for r in rows:
        line = roads[r].line
        for a, b in pairwise(line):
            x0, x1 = sorted((int(a[0] // _CELL), int(b[0] // _CELL)))
            y0, y1 = sorted((int(a[1] // _CELL), int(b[1] // _CELL)))
            for cell in ((x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)):
                for other, c, d in cells.get(cell, ()):
                    if other != r and (met := cross(a, b, c, d)) is not None:
                        found.add((other, r, mix(a, b, met[0])))
                cells.setdefault(cell, []).append((r, a, b))
    return sorted(found)


def _box(line: Line) -> tuple[float, float, float, float]:
    """The box around a line, wider by the reach of a loose end."""
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    return (min(xs) - _REACH, min(ys) - _REACH, max(xs) + _REACH, max(ys) + _REACH)


def _metres(line: Line, p: Point) -> float:
    foot = nearest(line, p)
    return length(line[: foot.piece + 1]) + distance(line[foot.piece], foot.point)


def _part(line: Line, start: float, end: float, first: Point, last: Point) -> Line:
    out: Line = [first]
    walked = 0.0
    for a, b in pairwise(line):
        walked += distance(a, b)
        if start + 6.0 < walked < end - 6.0:
            out.append(b)
    out.append(last)
    return out


def _middle(line: Line) -> Point:
    half = length(line) / 2
    walked = 0.0
    for a, b in pairwise(line):
        step = distance(a, b)
        if walked + step >= half:
            return mix(a, b, (half - walked) / step)
        walked += step
    return line[-1]
