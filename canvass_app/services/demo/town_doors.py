"""Houses, rows, walk-ups and towers along the streets of the invented town, with civic numbers and address ranges.

A civic number grows with the distance along its street, odd on the left side and even on the right as the street
runs, so every segment's range holds all of its doors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from .town_geometry import Line, Point, along, distance, inside, length, nearest
from .town_network import Segment
from .town_plan import Plan, Road

_CELL = 60.0
# For each zone: metres between doors, metres from the middle of the street, share of lots without a dwelling.
_LOTS = {
    "old": (20.5, 15.0, 0.08), "grid": (26.0, 18.0, 0.05), "suburb": (30.0, 19.0, 0.04),
    "shore": (72.0, 26.0, 0.12), "rural": (230.0, 42.0, 0.10),
}  # fmt: skip
_PAIR = {"old": 6.0, "grid": 8.0, "suburb": 8.0, "shore": 10.0, "rural": 20.0}
_FIRST = {"old": 10, "grid": 100, "suburb": 10, "shore": 1000, "rural": 2000}
# Towers: near this place, floors, units a floor, whether floor 13 is left out.
TOWERS: list[tuple[Point, int, int, bool]] = [
    ((-330, 410), 14, 8, True), ((-160, 60), 10, 6, False), ((-560, 240), 7, 6, False), ((230, 520), 12, 6, False),
    ((700, 420), 9, 8, False), ((840, -700), 8, 6, False), ((1120, -1530), 11, 7, False), ((-1380, 330), 6, 8, False),
]  # fmt: skip


@dataclass(slots=True)
class Door:
    """One dwelling. street is the row of its road, floor 0 where there is only one dwelling or it is not known."""

    number: int
    suffix: str
    street: int
    segment: int
    right: bool
    unit: str
    floor: int
    place: Point
    zone: str


@dataclass(frozen=True, slots=True)
class Ranges:
    """Civic numbers of a segment: first and last on the left and right as it runs, 0 where there can be none."""

    left_from: int
    left_to: int
    right_from: int
    right_to: int


@dataclass(frozen=True, slots=True)
class _Obstacles:
    """What keeps houses away: other streets, the railway, water and parks, and houses already there."""

    pieces: dict[tuple[int, int], list[tuple[int, Point, Point]]]
    taken: dict[tuple[int, int], list[tuple[Point, float]]]
    rails: list[Line]
    rings: list[Line]
    outline: Line


def ranges(roads: Sequence[Road], segments: Sequence[Segment]) -> list[Ranges]:
    """The address range of every segment; roads without names of their own have none."""
    out: list[Ranges] = []
    for s in segments:
        road = roads[s.road]
        if road.name is None or s.kind in ("rail", "path"):
            out.append(Ranges(0, 0, 0, 0))
            continue
        first, last = _pair(road, s.start), max(_pair(road, s.end) - 2, _pair(road, s.start))
        out.append(Ranges(first + 1, last + 1, first, last))
    return out


def build(plan: Plan, segments: Sequence[Segment], random: Random) -> list[Door]:
    """All doors, street by street in the order of their civic numbers."""
    things = _obstacles(plan, segments)
    doors = _towers(plan.roads, segments, things)
    for row, s in enumerate(segments):
        road = plan.roads[s.road]
        if road.name is None or s.kind not in ("street", "major"):
            continue
        for right in (False, True):
            doors += _face(road, row, s, right, things, random)
    _check_unique(doors)
    doors.sort(key=lambda d: (d.street, d.number, d.suffix, d.floor, _unit_order(d.unit)))
    return doors


def _unit_order(unit: str) -> tuple[int, str]:
    return (int(unit) if unit.isdigit() else 0, unit)


def _pair(road: Road, metres: float) -> int:
    """The even civic number at that distance along a street."""
    return _FIRST[road.zone] + 2 * int(metres / _PAIR[road.zone])


def _towers(roads: Sequence[Road], segments: Sequence[Segment], things: _Obstacles) -> list[Door]:
    doors: list[Door] = []
    for near, floors, units, no_thirteen in TOWERS:
        rows = [
            i
            for i, s in enumerate(segments)
            if s.kind in ("street", "major") and roads[s.road].name is not None
        ]
        row = min(rows, key=lambda i: nearest(segments[i].line, near).distance)
        s = segments[row]
        foot = nearest(s.line, near)
        metres = length(s.line[: foot.piece + 1]) + distance(s.line[foot.piece], foot.point)
        metres = min(max(metres, 45.0), max(length(s.line) - 45.0, 20.0))
        place, (dx, dy) = along(s.line, metres)
        right = (near[0] - place[0]) * dy - (near[1] - place[1]) * dx > 0
        turn = 1.0 if right else -1.0
        place = (place[0] + dy * 32.0 * turn, place[1] - dx * 32.0 * turn)
        number = _pair(roads[s.road], s.start + metres) + (0 if right else 1)
        _take(things, place, 36.0)
        top = floors + 1 if no_thirteen else floors
        for floor in range(1, top + 1):
            if no_thirteen and floor == 13:
                continue
            for unit in range(1, units + 1):
                if floor == 1 and unit <= 2:
                    continue
                doors.append(
                    Door(number, "", s.road, row, right, f"{floor * 100 + unit}", floor, place, "tower")
                )
    return doors


def _face(road: Road, row: int, s: Segment, right: bool, things: _Obstacles, random: Random) -> list[Door]:
    """The doors along one side of a segment."""
    zone = _zone(road, s)
    lot, setback, empty = _LOTS[zone]
    rows_here = zone in ("old", "grid") and s.kind == "street" and random.random() < 0.05
    if rows_here:
        lot, setback, empty = _PAIR[road.zone] + 0.5, 10.5, 0.0
    whole = length(s.line)
    margin = min(setback + 7.0, whole / 3)
    metres, doors, inarow = margin + random.random() * lot * 0.4, list[Door](), 0
    while metres < whole - margin * 0.8:
        step = lot if rows_here else lot * (0.86 + 0.28 * random.random())
        inarow += 1
        if rows_here and inarow == 7:
            step, inarow = lot * 2.2, 0
        at, (dx, dy) = along(s.line, metres)
        back = (setback + (0.0 if rows_here else (random.random() - 0.5) * 4.0)) * (1.0 if right else -1.0)
        place = (at[0] + dy * back, at[1] - dx * back)
        number = _pair(road, s.start + metres) + (0 if right else 1)
        chance = random.random()
        if chance >= empty and _free(things, place, s.road, 6.0 if rows_here else lot * 0.62):
            made = _dwellings(
                Door(number, "", s.road, row, right, "", 0, place, zone), rows_here, s.kind, random
            )
            if len(made) > 3:
                step += 14.0
            doors += made
            _take(things, place, 0.0)
        metres += step
    return doors


def _dwellings(door: Door, in_a_row: bool, kind: str, random: Random) -> list[Door]:
    """A lot's dwellings: mostly one; a few duplexes with a suffix or units, flats over shops, and walk-ups."""
    chance = random.random()
    if in_a_row or door.zone in ("rural", "shore"):
        return [door]
    if chance < 0.014:
        words = ("A", "B") if random.random() < 0.5 else ("", "1/2")
        return [_like(door, suffix=w) for w in words]
    if door.zone == "old" and kind == "major" and chance < 0.45:
        return [_like(door, unit=str(n), floor=2) for n in range(1, 2 + int(random.random() * 3))]
    if door.zone in ("old", "grid") and chance < 0.026:
        floors, units = 3, 2 + int(random.random() * 3)
        return [
            _like(door, unit=f"{f * 100 + u}", floor=f)
            for f in range(1, floors + 1)
            for u in range(1, units + 1)
        ]
    if door.zone in ("old", "grid") and chance < 0.075:
        return [_like(door, unit=u, floor=f) for u, f in (("1", 1), ("2", 2))]
    if door.zone == "suburb" and chance < 0.04:
        return [door, _like(door, unit="B", floor=0)]
    return [door]


def _like(door: Door, suffix: str = "", unit: str = "", floor: int = 0) -> Door:
    return Door(
        door.number, suffix, door.street, door.segment, door.right, unit, floor, door.place, door.zone
    )


def _zone(road: Road, s: Segment) -> str:
    """A main road's zone follows the place: out of town it has farms, in town the houses of its road."""
    x, y = s.line[len(s.line) // 2]
    long = s.end - s.start > 420.0 and s.kind == "major" and not (-1560 < x < 1560 and -1000 < y < 1020)
    if long and road.zone != "shore":
        return "rural"
    if not (-1950 < x < 1950 and -1720 < y < 1480) and road.zone != "shore":
        return "rural"
    if road.zone == "old" and x < -900:
        return "suburb"
    if road.zone == "grid" and x > 900:
        return "suburb"
    return road.zone


def _obstacles(plan: Plan, segments: Sequence[Segment]) -> _Obstacles:
    pieces: dict[tuple[int, int], list[tuple[int, Point, Point]]] = {}
    for s in segments:
        if s.kind == "rail":
            continue
        for a, b in zip(s.line, s.line[1:], strict=False):
            steps = max(1, int(distance(a, b) / (_CELL / 2)))
            for i in range(steps):
                p = (a[0] + (b[0] - a[0]) * i / steps, a[1] + (b[1] - a[1]) * i / steps)
                q = (a[0] + (b[0] - a[0]) * (i + 1) / steps, a[1] + (b[1] - a[1]) * (i + 1) / steps)
                pieces.setdefault((int(p[0] // _CELL), int(p[1] // _CELL)), []).append((s.road, p, q))
    rings = [ring for place in plan.places for ring in place.rings]
    return _Obstacles(pieces, {}, [r.line for r in plan.roads if r.kind == "rail"], rings, plan.outline)


def _near(p: Point) -> list[tuple[int, int]]:
    x, y = int(p[0] // _CELL), int(p[1] // _CELL)
    return [(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]


def _take(things: _Obstacles, p: Point, radius: float) -> None:
    things.taken.setdefault((int(p[0] // _CELL), int(p[1] // _CELL)), []).append((p, radius))


def _free(things: _Obstacles, p: Point, street: int, room: float) -> bool:
    """Whether a house may stand there: clear of other houses, streets, the railway, water and parks."""
    room = min(room, 13.0)
    for cell in _near(p):
        for other, radius in things.taken.get(cell, ()):
            if distance(other, p) < max(room, radius):
                return False
        for row, a, b in things.pieces.get(cell, ()):
            if nearest([a, b], p).distance < (9.5 if row == street else 12.0):
                return False
    for ring in things.rings:
        if inside(ring, p) or _within(ring, p, 15.0):
            return False
    return not any(_within(rail, p, 24.0) for rail in things.rails) and inside(things.outline, p)


def _within(line: Line, p: Point, metres: float) -> bool:
    x, y = p
    for a, b in pairwise(line):
        if min(a[0], b[0]) - metres > x or max(a[0], b[0]) + metres < x:
            continue
        if min(a[1], b[1]) - metres > y or max(a[1], b[1]) + metres < y:
            continue
        if nearest([a, b], p).distance < metres:
            return True
    return False


def _check_unique(doors: Sequence[Door]) -> None:
    seen: set[tuple[int, int, str, str]] = set()
    for d in doors:
        address = (d.street, d.number, d.suffix, d.unit)
        if address in seen:
            raise ValueError(f"two doors at {address}: numbers must grow faster than lots")
        seen.add(address)
