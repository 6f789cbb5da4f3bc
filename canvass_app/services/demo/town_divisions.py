"""Polling divisions of the invented riding: blocks between streets, river and railway, joined until there are few.

The streets cut the riding into blocks (the faces of a planar graph). The block with the fewest doors is joined, again
and again, to the neighbour that makes the most compact whole of a fair size, preferably not across water or rails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .town_geometry import Line, Point, area, inside, length
from .town_network import Segment, cut
from .town_plan import Plan, Road

DIVISIONS = 25


@dataclass(frozen=True, slots=True)
class Division:
    """A polling division: its number as electors know it, and its rings, closed, the outer one first."""

    name: str
    rings: list[Line]


@dataclass(slots=True)
class _Half:
    """One side of an edge, with its block on the left. barrier is the cost of joining across it."""

    line: Line
    start: int
    end: int
    barrier: float
    face: int = -1


@dataclass(slots=True)
class _Region:
    doors: int
    perimeter: float
    shared: dict[int, list[float]] = field(default_factory=dict[int, list[float]])


def divide(
    plan: Plan, segments: Sequence[Segment], doors: Sequence[Point]
) -> tuple[list[Division], list[str]]:
    """The polling divisions, and the name of the one in which each door lies."""
    halves = _halves(plan, segments)
    after = _after(halves)
    faces = _faces(halves, after)
    rings = [_ring([halves[h] for h in face]) for face in faces]
    inner = [i for i, ring in enumerate(rings) if area(ring) > 0]
    home = _homes(rings, inner, doors)
    region = _join(halves, inner, home, len(doors))
    whole: dict[int, list[Line]] = {
        r: _boundary(halves, after, region, r) for r in sorted(set(region.values()))
    }
    order = sorted(whole, key=lambda r: _reading_order(whole[r][0]))
    name = {r: str(i + 1) for i, r in enumerate(order)}
    return [Division(name[r], whole[r]) for r in order], [name[region[f]] for f in home]


def _halves(plan: Plan, segments: Sequence[Segment]) -> list[_Half]:
    """Both sides of every edge, dead ends pruned; the other side of half h is h ^ 1."""
    roads = [Road(s.line, "street", "", "") for s in segments if s.kind not in ("rail", "path")]
    barriers = [0.0] * len(roads)
    roads += [Road(r.line, "street", "", "") for r in plan.roads if r.kind == "rail"]
    barriers += [1.2] * (len(roads) - len(barriers))
    roads += [Road(plan.river, "street", "", ""), Road(plan.outline, "street", "", "")]
    barriers += [3.0, 0.0]
    edges = [s for s in cut(roads, []) if s.nodes[0] != s.nodes[1] or len(s.line) > 3]
    while True:
        degree: dict[int, int] = {}
        for e in edges:
            for n in e.nodes:
                degree[n] = degree.get(n, 0) + 1
        kept = [e for e in edges if degree[e.nodes[0]] > 1 and degree[e.nodes[1]] > 1]
        if len(kept) == len(edges):
            break
        edges = kept
    halves: list[_Half] = []
    for e in edges:
        halves.append(_Half(e.line, e.nodes[0], e.nodes[1], barriers[e.road]))
        halves.append(_Half(e.line[::-1], e.nodes[1], e.nodes[0], barriers[e.road]))
    return halves


def _after(halves: Sequence[_Half]) -> list[int]:
    """For each half the next one along the boundary of the block on its left."""
    leaving: dict[int, list[int]] = {}
    for h, half in enumerate(halves):
        leaving.setdefault(half.start, []).append(h)
    place: dict[int, tuple[int, int]] = {}
    for node, hs in leaving.items():
        hs.sort(key=lambda h: (_turn(halves[h].line), h))
        place.update((h, (node, i)) for i, h in enumerate(hs))
    out: list[int] = []
    for h in range(len(halves)):
        node, i = place[h ^ 1]
        out.append(leaving[node][i - 1])
    return out


def _turn(line: Line) -> float:
    """Grows with the direction in which a line leaves, once around in 4 (no arc tangent needed)."""
    dx, dy = line[1][0] - line[0][0], line[1][1] - line[0][1]
    share = dy / (abs(dx) + abs(dy))
    return 2.0 - share if dx < 0 else (share if dy >= 0 else 4.0 + share)


def _faces(halves: Sequence[_Half], after: Sequence[int]) -> list[list[int]]:
    faces: list[list[int]] = []
    for first in range(len(halves)):
        if halves[first].face >= 0:
            continue
        faces.append([])
        h = first
        while halves[h].face < 0:
            halves[h].face = len(faces) - 1
            faces[-1].append(h)
            h = after[h]
    return faces


def _ring(walk: Sequence[_Half]) -> Line:
    ring = [p for half in walk for p in half.line[:-1]]
    return [*ring, ring[0]]


def _homes(rings: Sequence[Line], inner: Sequence[int], doors: Sequence[Point]) -> list[int]:
    """The block of each door. Raises ValueError for a door in none."""
    boxes = [(i, min(p[0] for p in rings[i]), min(p[1] for p in rings[i]),
              max(p[0] for p in rings[i]), max(p[1] for p in rings[i])) for i in inner]  # fmt: skip
    known: dict[Point, int] = {}
    for x, y in doors:
        if (x, y) in known:
            continue
        for i, west, south, east, north in boxes:
            if west <= x <= east and south <= y <= north and inside(rings[i], (x, y)):
                known[(x, y)] = i
                break
        else:
            raise ValueError(f"the door at {x}, {y} lies outside the riding")
    return [known[door] for door in doors]


def _join(halves: Sequence[_Half], inner: Sequence[int], home: Sequence[int], doors: int) -> dict[int, int]:
    """The region of every block, after joining them until `DIVISIONS` are left."""
    regions = {i: _Region(0, 0.0) for i in inner}
    for i in home:
        regions[i].doors += 1
    for h, half in enumerate(halves):
        metres, other = length(half.line), halves[h ^ 1].face
        if half.face not in regions or half.face == other:
            continue
        regions[half.face].perimeter += metres
        if other in regions:
            along = regions[half.face].shared.setdefault(other, [0.0, 0.0])
            along[0] += metres
            along[1] += metres * half.barrier
    member = {i: [i] for i in inner}
    fair = doors / DIVISIONS
    while len(regions) > DIVISIONS:
        small = min(regions, key=lambda r: (regions[r].doors, r))
        one = regions[small]

        def cost(other: int, one: _Region = one) -> tuple[float, int]:
            metres, barred = one.shared[other]
            two = regions[other]
            whole = one.perimeter + two.perimeter - 2 * metres
            size = (one.doors + two.doors) / fair
            hug = metres / min(one.perimeter, two.perimeter)
            growth = whole / max(one.perimeter, two.perimeter)
            return (max(size - 0.9, 0.0) * 4 + barred / metres - 1.6 * hug + 0.5 * growth, other)

        into = min(one.shared, key=cost)
        _merge(regions, small, into)
        member[into] += member.pop(small)
    return {face: r for r, faces in member.items() for face in faces}


def _merge(regions: dict[int, _Region], gone: int, into: int) -> None:
    one, two = regions.pop(gone), regions[into]
    two.doors += one.doors
    two.perimeter += one.perimeter - 2 * one.shared[into][0]
    del two.shared[gone]
    for other, (metres, barred) in one.shared.items():
        if other == into:
            continue
        for mine, theirs in ((two, other), (regions[other], into)):
            along = mine.shared.setdefault(theirs, [0.0, 0.0])
            along[0] += metres
            along[1] += barred
        del regions[other].shared[gone]


def _boundary(
    halves: Sequence[_Half], after: Sequence[int], region: dict[int, int], wanted: int
) -> list[Line]:
    """The rings around a region, the outer one first."""
    outside = [region.get(halves[h ^ 1].face, -1) != wanted for h in range(len(halves))]
    edge = [h for h in range(len(halves)) if region.get(halves[h].face, -1) == wanted and outside[h]]
    seen: set[int] = set()
    rings: list[Line] = []
    for first in edge:
        if first in seen:
            continue
        walk: list[_Half] = []
        h = first
        while h not in seen:
            seen.add(h)
            walk.append(halves[h])
            h = after[h]
            while not outside[h]:
                h = after[h ^ 1]
        rings.append(_ring(walk))
    return sorted(rings, key=area, reverse=True)


def _reading_order(ring: Line) -> tuple[int, float]:
    """Divisions are numbered in bands from north to south, each from west to east."""
    x, y = (sum(p[i] for p in ring) / len(ring) for i in (0, 1))
    return (int((4000 - y) // 700), x)
