"""Street patterns of the town's quarters: bent squares (Coons patches), each divided into tiles with a pattern.

A pattern is drawn in metres in a straight tile whose lower left corner is (0, 0), then bent into its quarter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from .town_geometry import (
    PI,
    Line,
    Point,
    along,
    between,
    cosine,
    crossings,
    fillet,
    length,
    nearest,
    simplify,
    sine,
    spline,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One street of a pattern: its bent line and its shape (through, crescent, court, loop, path)."""

    line: Line
    shape: str


@dataclass(frozen=True, slots=True)
class Patch:
    """A quarter: its four sides, each turned west to east or south to north, and their lengths in metres."""

    south: Line
    north: Line
    west: Line
    east: Line
    width: float
    height: float

    @staticmethod
    def of_roads(top: Line, bottom: Line, left: Line, right: Line) -> Patch:
        """The quarter enclosed by four roads that cross each other (or nearly)."""
        nw, ne, sw, se = (
            _corner(top, left),
            _corner(top, right),
            _corner(bottom, left),
            _corner(bottom, right),
        )
        return _patch(
            between(bottom, sw, se), between(top, nw, ne), between(left, sw, nw), between(right, se, ne)
        )

    @staticmethod
    def of_corners(nw: Point, ne: Point, sw: Point, se: Point, left: Line, bottom: Line) -> Patch:
        """A quarter at the edge of town: two roads to the west and south, open fields beyond."""
        nw, sw, se = nearest(left, nw).point, _corner(bottom, left), nearest(bottom, se).point
        middle = ((nw[0] + ne[0]) / 2 + 20, (nw[1] + ne[1]) / 2 + 25)
        bulge = ((ne[0] + se[0]) / 2 - 25, (ne[1] + se[1]) / 2 + 10)
        return _patch(
            between(bottom, sw, se), spline([nw, middle, ne]), between(left, sw, nw), spline([se, bulge, ne])
        )

    def at(self, u: float, v: float) -> Point:
        """The place of the square's point (u, v), both 0..1, by Coons' bilinear blend of the four sides."""
        (sx, sy), (nx, ny) = _share(self.south, u), _share(self.north, u)
        (wx, wy), (ex, ey) = _share(self.west, v), _share(self.east, v)
        a, b, c, d = self.south[0], self.south[-1], self.north[0], self.north[-1]
        x = (1 - v) * sx + v * nx + (1 - u) * wx + u * ex
        y = (1 - v) * sy + v * ny + (1 - u) * wy + u * ey
        x -= (1 - u) * (1 - v) * a[0] + u * (1 - v) * b[0] + (1 - u) * v * c[0] + u * v * d[0]
        y -= (1 - u) * (1 - v) * a[1] + u * (1 - v) * b[1] + (1 - u) * v * c[1] + u * v * d[1]
        return (x, y)

    def bend(self, line: Sequence[Point]) -> Line:
        """A line of the square drawn in the quarter, with a vertex about every 12 m before it is thinned."""
        out: Line = []
        for a, b in pairwise(line):
            metres = abs(b[0] - a[0]) * self.width + abs(b[1] - a[1]) * self.height
            pieces = max(1, int(metres / 12.0))
            out += [
                self.at(a[0] + (b[0] - a[0]) * i / pieces, a[1] + (b[1] - a[1]) * i / pieces)
                for i in range(pieces)
            ]
        out.append(self.at(*line[-1]))
        return simplify(out, 0.35)


def streets(patch: Patch, across: int, down: int, patterns: Sequence[str], random: Random) -> Iterator[Drawn]:
    """The streets of a quarter: the lines between its tiles, then each tile's own pattern."""
    for i in range(1, across):
        if not all(p.startswith("old") for p in patterns):
            yield Drawn(patch.bend([(i / across, 0.0), (i / across, 1.0)]), "through")
    for j in range(1, down):
        yield Drawn(patch.bend([(0.0, j / down), (1.0, j / down)]), "through")
    width, height = patch.width / across, patch.height / down
    if all(p.startswith("old") for p in patterns):
        yield from _old_grid(patch, 6, 4 if patterns[0] == "old4" else 3)
        return
    for n, word in enumerate(patterns):
        column, row = n % across, down - 1 - n // across
        name, _, turn = word.partition("_")
        for line, shape in _pattern(name, width, height, random):
            if "d" in turn:
                line = [(x, height - y) for x, y in line]
            if "m" in turn:
                line = [(width - x, y) for x, y in line]
            unit = [((column + x / width) / across, (row + y / height) / down) for x, y in line]
            yield Drawn(patch.bend(unit), shape)


def greens(patch: Patch, across: int, down: int, patterns: Sequence[str]) -> Iterator[Line]:
    """The rings of the tiles left as parks, 14 m inside the streets around them."""
    for n, word in enumerate(patterns):
        if word != "green":
            continue
        column, row = n % across, down - 1 - n // across
        du, dv = 14.0 / patch.width, 14.0 / patch.height
        left, right, low, high = (
            column / across + du,
            (column + 1) / across - du,
            row / down + dv,
            (row + 1) / down - dv,
        )
        corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
        yield patch.bend(corners)


def _old_grid(patch: Patch, columns: int, rows: int) -> Iterator[Drawn]:
    """The old centre: narrow blocks, with streets that run on from one quarter into the next."""
    for i in range(1, columns):
        yield Drawn(patch.bend([(i / columns, 0.0), (i / columns, 1.0)]), "avenue")
    for j in range(1, rows):
        yield Drawn(patch.bend([(0.0, j / rows), (1.0, j / rows)]), "through")


def _pattern(name: str, w: float, h: float, random: Random) -> Iterator[tuple[Line, str]]:
    sway = (random.random() - 0.5) * 0.06
    if name == "crescent":
        yield (
            fillet(
                [(0.25 * w, 0), ((0.24 + sway) * w, 0.68 * h), (0.76 * w, (0.68 + sway) * h), (0.75 * w, 0)],
                60,
            ),
            "crescent",
        )
        yield [(0.5 * w, 0), ((0.5 + sway) * w, 0.34 * h)], "court"
        yield [((0.5 + sway) * w, 0.34 * h), (0.5 * w, (0.68 + sway / 2) * h)], "path"
    elif name == "culs":
        yield spline([(0, 0.34 * h), (0.38 * w, (0.30 + sway) * h), (0.74 * w, 0.36 * h)], 9), "court"
        yield spline([(w, 0.67 * h), (0.62 * w, (0.71 + sway) * h), (0.26 * w, 0.64 * h)], 9), "court"
    elif name == "waves":
        for base in (0.33, 0.67):
            points = [(x / 4 * w, (base + (0.05 + sway) * (0, 1, 0, -1, 0)[x]) * h) for x in range(5)]
            yield spline(points, 9), "through"
    elif name == "ell":
        yield fillet([(0, 0.67 * h), ((0.67 + sway) * w, 0.67 * h), (0.67 * w, 0)], 70), "crescent"
        yield fillet([(0, 0.34 * h), (0.33 * w, (0.34 + sway) * h), (0.33 * w, 0)], 45), "crescent"
    elif name == "loop":
        cx, cy, rx, ry = 0.5 * w, 0.55 * h, 0.27 * w, 0.25 * h
        yield [(cx, 0), (cx, cy - ry)], "through"
        yield (
            [(cx + rx * sine(2 * PI * i / 24), cy - ry * cosine(2 * PI * i / 24)) for i in range(25)],
            "loop",
        )
    elif name == "ladder":
        for i in (1, 2, 3):
            yield [(i / 4 * w, 0), (i / 4 * w, h)], "through"


def _corner(one: Line, two: Line) -> Point:
    for p in crossings(one, two):
        return p
    return nearest(one, min((nearest(one, p).distance, p) for p in two)[1]).point


def _patch(south: Line, north: Line, west: Line, east: Line) -> Patch:
    west = [south[0], *west[1:-1], north[0]]
    east = [south[-1], *east[1:-1], north[-1]]
    return Patch(
        south, north, west, east, (length(south) + length(north)) / 2, (length(west) + length(east)) / 2
    )  # fmt: skip


def _share(line: Line, share: float) -> Point:
    return along(line, share * length(line))[0]
