"""Plane geometry for the invented town: metres, east and north, plain floats.

Only additions, products, divisions and square roots are used (IEEE 754 rounds those the same everywhere), never the
C library's sine or a geometry engine, so that the town comes out byte for byte the same on every platform.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

Point = tuple[float, float]
Line = list[Point]
PI = 3.141592653589793


class Foot(NamedTuple):
    """The nearest point of a line: its distance, the piece it lies on (0..), the share along it and the place."""

    distance: float
    piece: int
    share: float
    point: Point


def sine(angle: float) -> float:
    """Sine of an angle in radians by its Taylor series (|error| < 1e-13), the same bits on every platform."""
    turns = int(angle / (2 * PI) + (0.5 if angle >= 0 else -0.5))
    x = angle - turns * 2 * PI
    square, term, total = x * x, x, x
    for n in range(1, 15):
        term = -term * square / ((2 * n) * (2 * n + 1))
        total += term
    return total


def cosine(angle: float) -> float:
    """Cosine of an angle in radians; see `sine`."""
    return sine(angle + PI / 2)


def distance(a: Point, b: Point) -> float:
    """Metres between two points."""
    dx, dy = a[0] - b[0], a[1] - b[1]
    return sqrt(dx * dx + dy * dy)


def length(line: Sequence[Point]) -> float:
    """Metres along a line."""
    return sum(distance(a, b) for a, b in pairwise(line))


def mix(a: Point, b: Point, share: float) -> Point:
    """The point a share (0..1) of the way from a to b."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def along(line: Sequence[Point], metres: float) -> tuple[Point, Point]:
    """The point that many metres along the line (kept within it), and the unit direction there."""
    left = max(metres, 0.0)
    for a, b in pairwise(line):
        step = distance(a, b)
        if step == 0.0:
            continue
        if left <= step:
            return mix(a, b, left / step), ((b[0] - a[0]) / step, (b[1] - a[1]) / step)
        left -= step
    a, b = line[-2], line[-1]
    step = distance(a, b) or 1.0
    return b, ((b[0] - a[0]) / step, (b[1] - a[1]) / step)


def spline(points: Sequence[Point], step: float = 15.0) -> Line:
    """A smooth line through the points (uniform Catmull-Rom), with a vertex about every `step` metres."""
    if len(points) < 3:
        return list(points)
    ends = [
        (2 * points[0][0] - points[1][0], 2 * points[0][1] - points[1][1]),
        *points,
        (2 * points[-1][0] - points[-2][0], 2 * points[-1][1] - points[-2][1]),
    ]
    out: Line = [points[0]]
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        pieces = max(2, int(distance(p1, p2) / step))
        for i in range(1, pieces + 1):
            t = i / pieces
            out.append((_bend(p0[0], p1[0], p2[0], p3[0], t), _bend(p0[1], p1[1], p2[1], p3[1], t)))
    return out


def _bend(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t
    )


def fillet(line: Sequence[Point], radius: float) -> Line:
    """The line with each corner rounded, beginning `radius` metres before it (less where a side is short)."""
    out: Line = [line[0]]
    for before, corner, after in zip(line, line[1:], line[2:], strict=False):
        one, two = distance(before, corner), distance(corner, after)
        cut = min(radius, one * 0.49, two * 0.49)
        start, end = mix(corner, before, cut / one), mix(corner, after, cut / two)
        out += [mix(mix(start, corner, t / 6), mix(corner, end, t / 6), t / 6) for t in range(7)]
    out.append(line[-1])
    return out


def offset(line: Sequence[Point], metres: float) -> Line:
    """The line moved sideways, to its right where metres are positive."""
    out: Line = []
    for i, p in enumerate(line):
        a, b = line[max(i - 1, 0)], line[min(i + 1, len(line) - 1)]
        step = distance(a, b)
        out.append((p[0] + (b[1] - a[1]) / step * metres, p[1] - (b[0] - a[0]) / step * metres))
    return out


def simplify(line: Sequence[Point], tolerance: float) -> Line:
    """Douglas and Peucker's line simplification (1973): fewer vertices, none further than `tolerance` metres off."""
    if len(line) < 3:
        return list(line)
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        worst, where = tolerance, -1
        for i in range(first + 1, last):
            away = nearest([line[first], line[last]], line[i]).distance
            if away > worst:
                worst, where = away, i
        if where >= 0:
            keep[where] = True
            stack += [(first, where), (where, last)]
    return [p for p, kept in zip(line, keep, strict=True) if kept]


def nearest(line: Sequence[Point], p: Point) -> Foot:
    """The point of the line that is nearest to p."""
    best = Foot(1e18, 0, 0.0, line[0])
    for i, (a, b) in enumerate(pairwise(line)):
        dx, dy = b[0] - a[0], b[1] - a[1]
        square = dx * dx + dy * dy
        share = 0.0 if square == 0.0 else ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square
        share = min(1.0, max(0.0, share))
        foot = (a[0] + dx * share, a[1] + dy * share)
        away = distance(foot, p)
        if away < best.distance:
            best = Foot(away, i, share, foot)
    return best


def cross(a: Point, b: Point, c: Point, d: Point) -> tuple[float, float] | None:
    """Where the pieces a-b and c-d meet, as shares (0..1) along each, or None; parallel pieces never meet."""
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    turn = rx * sy - ry * sx
    if turn == 0.0:
        return None
    qx, qy = c[0] - a[0], c[1] - a[1]
    t, u = (qx * sy - qy * sx) / turn, (qx * ry - qy * rx) / turn
    return (t, u) if -1e-9 <= t <= 1 + 1e-9 and -1e-9 <= u <= 1 + 1e-9 else None


def crossings(one: Sequence[Point], two: Sequence[Point]) -> Iterator[Point]:
    """The points at which two lines cross, in the order of the first."""
    for a, b in pairwise(one):
        low, high = (a[0], b[0]) if a[0] < b[0] else (b[0], a[0])
        for c, d in pairwise(two):
            if (c[0] < low and d[0] < low) or (c[0] > high and d[0] > high):
                continue
            met = cross(a, b, c, d)
            if met is not None:
                yield mix(a, b, met[0])


def between(line: Sequence[Point], start: Point, end: Point) -> Line:
    """The part of a line from the place nearest to start to the place nearest to end, turned that way."""
    one, two = nearest(line, start), nearest(line, end)
    turned = (one.piece, one.share) > (two.piece, two.share)
    if turned:
        one, two = two, one
    middle = [line[i] for i in range(one.piece + 1, two.piece + 1)]
    out = [
        p
        for i, p in enumerate(middle)
        if (distance(p, one.point) > 0.5 and distance(p, two.point) > 0.5) or i < 0
    ]
    out = [one.point, *out, two.point]
    return out[::-1] if turned else out


def inside(ring: Sequence[Point], p: Point) -> bool:
    """Whether p lies inside the ring (even-odd rule); the ring may repeat its first point or not."""
    x, y = p
    odd = False
    bx, by = ring[-1]
    for ax, ay in ring:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
        bx, by = ax, ay
    return odd


def area(ring: Sequence[Point]) -> float:
    """Square metres, positive where the ring runs anticlockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
