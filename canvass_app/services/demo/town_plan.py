"""The hand-laid plan of the invented town: river, lake, railway, main roads and the quarters between them.

The main roads form a bent mesh. Each quarter of the mesh is a Coons patch (S. A. Coons, 1967): a square whose four
sides follow the roads around it, so streets drawn straight in the square come out bent like the roads they join.
All places are metres east and north of the town hall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from . import town_tiles as tiles
from .town_geometry import (
    Line,
    Point,
    along,
    area,
    between,
    crossings,
    distance,
    fillet,
    length,
    mix,
    nearest,
    offset,
    simplify,
    sine,
    spline,
)
from .town_names import Namer, StreetName


@dataclass(slots=True)
class Road:
    """A street, path or track before it is cut at its junctions.

    kind is street, major, path or rail; shape (through, crescent, court, loop, main, rural, path, rail) steers its
    name's type; zone (old, grid, suburb, shore, rural) steers its houses.
    """

    line: Line
    kind: str
    shape: str
    zone: str
    name: StreetName | None = None
    side: str = "west"


@dataclass(slots=True)
class Place:
    """A named area: kind is outline, water, wetland or park; rings are closed, the first is the outer one."""

    kind: str
    name_en: str
    name_fr: str
    rings: list[Line]


@dataclass(slots=True)
class Plan:
    """Everything that is laid down before houses: roads, areas, and the lines that keep houses away."""

    roads: list[Road]
    places: list[Place]
    river: Line
    outline: Line


OUTLINE: Line = [
    (-4620, 2510), (-4470, 3710), (-1900, 3800), (-1880, 3560), (1450, 3640), (2350, 3660), (4380, 3400), (4650, 1300),
    (4560, -900), (4700, -2100), (4050, -3350), (2300, -3720), (300, -3560), (-1700, -3480), (-1720, -3160),
    (-4300, -3050), (-4560, -1200), (-4300, -300), (-4620, 2510),
]  # fmt: skip
_RIVER = [(-930, 4100), (-700, 3400), (-820, 2750), (-480, 2250), (30, 1850), (330, 1480), (300, 1060), (60, 640),
          (-60, 300), (-20, -60), (170, -420), (390, -760), (480, -1120), (640, -1450), (900, -1760),
          (1500, -2300), (2300, -3000), (2500, -3800)]  # fmt: skip
_RAIL = [(-4900, 3050), (-3600, 2650), (-2400, 2150), (-1500, 1640), (-1010, 1130), (-830, 660), (-790, 200),
         (-805, -300), (-880, -800), (-1080, -1450), (-1500, -2150), (-2300, -2800), (-3300, -3200),
         (-4300, -3500)]  # fmt: skip
_SHORE = [(520, -3900), (560, -3300), (330, -2850), (420, -2350), (620, -1980), (840, -1760), (1010, -1690),
          (1330, -1760), (1750, -1690), (2150, -1500), (2480, -1610), (2750, -1900), (3150, -1980), (3500, -1700),
          (3900, -1560), (4300, -1760), (4900, -1600)]  # fmt: skip
_NORTH = [(-1720, 700), (-1460, 790), (-1100, 880), (-700, 905), (-300, 870), (160, 900), (420, 960), (800, 1000),
          (1150, 960), (1480, 860), (1700, 850)]  # fmt: skip
_MAIN = [(-4700, 420), (-3900, 300), (-3000, 330), (-2200, 190), (-1700, 190), (-1430, 230), (-1000, 320),
         (-600, 345), (-300, 320), (-60, 300), (260, 315), (760, 350), (1150, 290), (1480, 250), (2000, 330),
         (2800, 480), (3700, 380), (4800, 520)]  # fmt: skip
_THIRD = [(-1720, -340), (-1430, -305), (-1050, -240), (-600, -250), (-200, -235), (120, -215), (420, -260),
          (760, -235), (1150, -300), (1500, -350), (1700, -370)]  # fmt: skip
_MILL = [(-4800, -1180), (-3900, -1020), (-3100, -1100), (-2300, -950), (-1750, -960), (-1430, -880), (-1050, -800),
         (-500, -810), (-50, -800), (400, -775), (760, -820), (1150, -900), (1460, -880), (1700, -860)]  # fmt: skip
_WEST = [(-1900, 4000), (-1940, 3000), (-1700, 2100), (-1480, 1400), (-1440, 800), (-1500, 250), (-1420, -310),
         (-1520, -880), (-1900, -1700), (-2050, -2500), (-2000, -3500)]  # fmt: skip
_QUEEN = [(1450, 3800), (1300, 3000), (1020, 2200), (900, 1500), (810, 980), (750, 350), (790, -240), (760, -820),
          (900, -1180), (990, -1540)]  # fmt: skip
_EAST = [(2110, 2185), (1960, 1780), (1620, 1250), (1400, 860), (1440, 250), (1400, -340), (1480, -880), (1500, -1250),
         (1490, -1560)]  # fmt: skip
_COAST = [(560, -1150), (680, -1350), (900, -1520), (1010, -1560), (1330, -1600), (1750, -1520), (2130, -1350),
          (2500, -1440), (2830, -1730), (3150, -1790), (3420, -1560), (3880, -1400), (4300, -1590),
          (4800, -1450)]  # fmt: skip
_EDGES: list[tuple[str, str, str, float, list[Point]]] = [
    ("old", "west", "through", 90, [(-480, -810), (-455, -1010), (-210, -1150), (60, -1130), (290, -1235)]),
    ("old", "west", "court", 40, [(-210, -1150), (-260, -1290), (-160, -1400)]),
    ("old", "west", "court", 40, [(-180, -805), (-150, -1020)]),
    ("old", "west", "through", 40, [(60, -800), (30, -1000), (60, -1130)]),
    ("suburb", "east", "crescent", 80, [(915, 985), (960, 1270), (1290, 1230), (1290, 920)]),
    ("suburb", "east", "court", 40, [(1105, 968), (1130, 1130)]),
    ("suburb", "east", "court", 60, [(1290, 1080), (1420, 1090), (1480, 1170)]),
    ("suburb", "east", "court", 60, [(850, 1230), (650, 1220), (570, 1290)]),
    ("suburb", "west", "crescent", 80, [(-1510, 110), (-1760, 60), (-1780, -140), (-1440, -190)]),
    ("suburb", "west", "court", 30, [(-1765, -40), (-1890, -50)]),
    ("suburb", "west", "crescent", 70, [(-1490, 500), (-1760, 470), (-1740, 205)]),
    ("suburb", "east", "crescent", 80, [(1440, 100), (1680, 80), (1700, -150), (1400, -170)]),
    ("suburb", "east", "court", 50, [(1690, -40), (1820, -30), (1880, -110)]),
    ("suburb", "east", "crescent", 60, [(1480, -1000), (1690, -1010), (1730, -1230), (1500, -1260)]),
    ("suburb", "east", "court", 50, [(1440, -560), (1600, -590), (1660, -680)]),
]
_RANGS: list[tuple[str, list[Point]]] = [
    ("rang5", [(-1780, 2330), (-1200, 2520), (-560, 2230)]),
    ("conc4", [(1050, 2290), (2100, 2180), (3200, 2360), (4700, 2200)]),
    ("route", [(2760, 473), (2700, -300), (2860, -1000), (2880, -1760)]),
    ("conc2", [(-3080, 320), (-3160, -350), (-3080, -1100)]),
    ("swamp", [(-1985, -2700), (-1000, -2650), (-250, -2450), (250, -2520)]),
]

NAMES = {
    "main_w": StreetName("Principale", "rue", "O"), "main_e": StreetName("Principale", "rue", "E"),
    "north_w": StreetName("des Pionniers", "boulevard"), "north_e": StreetName("Northfield", "Avenue"),
    "third_w": StreetName("Saint-Aubépin", "rue"), "third_e": StreetName("Confederation", "Street"),
    "mill_w": StreetName("du Vieux-Moulin", "chemin"), "mill_e": StreetName("Mill Bridge", "Road"),
    "west": StreetName("de l'Érablière", "boulevard"), "gare": StreetName("de la Gare", "rue"),
    "siding": StreetName("Railway", "Street"), "front": StreetName("Front", "Street"),
    "rive": StreetName("du Rivage", "promenade"), "queen_n": StreetName("Queen", "Street", "N"),
    "queen_s": StreetName("Queen", "Street", "S"), "east": StreetName("Birchmount Hollow", "Drive"),
    "coast": StreetName("de la Grande-Côte-de-l'Anse-aux-Bouleaux", "chemin"),
    "rang5": StreetName("5", "rang"), "conc4": StreetName("4", "Concession"), "conc2": StreetName("2", "Concession"),
    "route": StreetName("O'Hallorans Corners", "Road"), "swamp": StreetName("de la Savane", "chemin"),
}  # fmt: skip


def lay_out(random: Random) -> Plan:
    """Draw the plan. The same state of `random` gives the same plan on every platform."""
    river, rail, shore = spline(_RIVER), spline(_RAIL), spline(_SHORE)
    north, main, third, mill = (simplify(spline(p), 0.25) for p in (_NORTH, _MAIN, _THIRD, _MILL))
    west, queen, east, coast = (simplify(spline(p), 0.25) for p in (_WEST, _QUEEN, _EAST, _COAST))
    gare, siding = (simplify(offset(rail, side), 0.25) for side in (52.0, -50.0))
    front, rive = (simplify(offset(river, side), 0.25) for side in (92.0, -98.0))
    roads: list[Road] = []

    def road(
        key: str, line: Line, zone: str, kind: str = "major", side: str = "west", shape: str = "main"
    ) -> None:
        roads.append(Road(simplify(line, 0.4), kind, shape, zone, NAMES[key], side))

    rows = [north, main, third, mill]
    for i, key in ((0, "north"), (2, "third")):
        road(f"{key}_w", _cut(rows[i], front, west), "old" if i == 2 else "suburb")
        road(f"{key}_e", _cut(rows[i], rive, east), "grid", side="east")
    middle = _before(main, river)
    road("main_w", between(main, middle, main[0]), "old")
    road("main_e", between(main, middle, main[-1]), "grid", side="east")
    over = _before(mill, river)
    road("mill_w", between(mill, over, mill[0]), "old")
    road("mill_e", between(mill, over, _meet(mill, east)), "grid", side="east")
    road("west", west, "suburb")
    road("gare", _cut(gare, north, mill), "suburb", "street")
    road("siding", _cut(siding, north, mill), "old", "street")
    road("front", between(front, _spot(front, (210, 1330)), _spot(front, (300, -1240))), "old", "street")
    road("rive", between(rive, _spot(rive, (400, 1250)), coast[0]), "grid", "street", side="east")
    road("queen_n", between(queen, _meet(queen, main), queen[0]), "grid", side="east")
    road("queen_s", between(queen, _meet(queen, main), _meet(queen, coast)), "grid", side="east")
    road("east", between(east, east[0], _meet(east, coast)), "suburb", side="east")
    coast = spline([_spot(rive, coast[0]), *_COAST[1:]])
    road("coast", coast, "shore", side="east")
    for key, points in _RANGS:
        line = spline(points)
        side = "east" if points[0][0] > 0 else "west"
        road(key, _tied(line, [r.line for r in roads]), "rural", "street", side, "rural")
    roads.append(
        Road(simplify(rail, 0.4), "rail", "rail", "rural", StreetName("Birch River & Northern", "Railway"))
    )

    parks: list[Place] = []
    for u in ((west, gare), (siding, front), (rive, queen), (queen, east)):
        for top, bottom in ((north, main), (main, third), (third, mill)):
            patch = tiles.Patch.of_roads(top, bottom, *u)
            column = [(west, gare), (siding, front), (rive, queen), (queen, east)].index(u)
            row = [north, main, third].index(top)
            fill = _FILL[column][row]
            _fill(patch, fill, column, roads, parks, random)
    south = tiles.Patch.of_roads(mill, coast, queen, east)
    _fill(south, _SOUTH, 3, roads, parks, random)
    annex = tiles.Patch.of_corners((-1480, 1330), (-1260, 1150), (-1440, 800), (-910, 895), west, north)
    _fill(annex, _ANNEX, 0, roads, parks, random)
    lines = [r.line for r in roads]
    for zone, side, shape, radius, points in _EDGES:
        roads.append(
            Road(_tied(simplify(fillet(points, radius), 0.35), lines), "street", shape, zone, None, side)
        )
    _join_avenues(roads)
    namer = Namer(random)
    for r in roads:
        if r.name is None and r.kind == "street":
            r.name = namer.name(r.shape, r.side, r.zone)
    return Plan(roads, [*_waters(river, shore), *parks, *_greens(front, river)], river, OUTLINE)


# A quarter: number of tiles across and down, then the pattern of each tile, row by row from the north.
_FILL = [
    [
        (2, 2, "ell crescent culs loop"),
        (2, 2, "crescent_d culs waves crescent"),
        (2, 2, "green crescent ell_m waves"),
    ],
    [(2, 1, "old4 old4"), (2, 1, "old4 old4"), (2, 1, "old3 old3")],
    [(1, 2, "culs ladder"), (2, 2, "ladder ladder green ladder"), (1, 2, "waves culs")],
    [
        (2, 2, "crescent waves ell_m culs"),
        (2, 2, "waves crescent_d crescent loop"),
        (2, 2, "ladder culs ell crescent"),
    ],
]
_SOUTH = (2, 2, "culs ell_m crescent waves")
_ANNEX = (2, 1, "crescent crescent")
_ZONES = ["suburb", "old", "grid", "suburb"]
_PARK_NAMES = [("Sugarbush Fields", "terrains de la Sucrerie"), ("Commons Park", "parc des Communes")]


def _fill(
    patch: tiles.Patch,
    fill: tuple[int, int, str],
    column: int,
    roads: list[Road],
    parks: list[Place],
    random: Random,
) -> None:
    across, down, words = fill
    side = "west" if column < 2 else "east"
    for drawn in tiles.streets(patch, across, down, words.split(), random):
        kind = "path" if drawn.shape == "path" else "street"
        roads.append(Road(drawn.line, kind, drawn.shape, _ZONES[column], None, side))
    for ring in tiles.greens(patch, across, down, words.split()):
        english, french = _PARK_NAMES[len(parks) % len(_PARK_NAMES)]
        parks.append(Place("park", english, french, [ring]))


def _waters(river: Line, shore: Line) -> list[Place]:
    """The river as a polygon that widens downstream, the lake, and the marsh at the river's mouth."""
    mouth = nearest(river, (900, -1760)).piece + 2
    whole = length(river)
    left: Line = []
    right: Line = []
    walked = 0.0
    for i, p in enumerate(river[: mouth + 1]):
        if i:
            walked += length(river[i - 1 : i + 1])
        half = 24.0 + 24.0 * walked / whole + 6.0 * sine(walked / 210.0)
        _, (dx, dy) = along(river[max(i - 1, 0) : i + 2], 1.0)
        left.append((p[0] - dy * half, p[1] + dx * half))
        right.append((p[0] + dy * half, p[1] - dx * half))
    lake = simplify([*shore, (4900, -4000), (520, -4000), shore[0]], 0.8)
    # The river ends where the lake begins: rings that overlapped would leave a hole in the water.
    left, right = _until(simplify(left, 0.8), lake), _until(simplify(right, 0.8), lake)
    bank = [*left, *between(lake, left[-1], right[-1]), *right[::-1], left[0]]
    marsh = spline([(330, -1560), (480, -1500), (600, -1640), (760, -1790), (600, -1960), (440, -2250), (300, -2150),
                    (350, -1900), (260, -1720), (330, -1560)])  # fmt: skip
    reeds = spline([(2330, -1560), (2480, -1590), (2640, -1760), (2560, -1900), (2400, -1780), (2330, -1560)])
    pond = spline([(-2560, -340), (-2420, -260), (-2260, -330), (-2300, -470), (-2480, -500), (-2560, -340)])
    return [
        Place("water", "Birch River", "rivière aux Bouleaux", [bank]),
        Place("water", "Long Portage Lake", "lac du Long-Portage", [lake]),
        Place("water", "Otter Pond", "étang de la Loutre", [pond]),
        Place("wetland", "Heron Marsh", "marais aux Hérons", [simplify(marsh, 0.8)]),
        Place("wetland", "Cove Reeds", "joncs de l'Anse", [simplify(reeds, 0.8)]),
    ]


def _until(line: Line, ring: Line) -> Line:
    """The line as far as the ring, whose edge its last point is on; the whole line where they never meet."""
    for i, (a, b) in enumerate(pairwise(line)):
        met = next(crossings((a, b), ring), None)
        if met is not None:
            return [*line[: i + 1], met]
    return line


def _greens(front: Line, river: Line) -> list[Place]:
    """The strip of park on the old bank, the woods and the cemetery."""
    bank = offset(river, 40.0)
    lower, upper = _spot(front, (-100, -160)), _spot(front, (30, 730))
    strip = [*offset(between(front, lower, upper), -11.0), *between(bank, upper, lower)]
    wood = spline([(1720, 700), (2020, 760), (2300, 640), (2350, 470), (2150, 395), (1850, 345), (1650, 330),
                   (1590, 450), (1720, 700)])  # fmt: skip
    bush = spline([(-2000, -330), (-1760, -250), (-1600, -420), (-1620, -640), (-1850, -760), (-2080, -620),
                   (-2000, -330)])  # fmt: skip
    cemetery = [(-1290, 1560), (-1090, 1480), (-1020, 1640), (-1230, 1740)]
    point = spline([(1010, -1680), (1090, -1625), (1330, -1660), (1400, -1745), (1330, -1758), (1010, -1686)])
    named = [
        ("Riverfront Park", "parc du Bord-de-l'Eau", strip), ("Millwright Woods", "bois du Meunier", wood),
        ("West Bush", "boisé de l'Ouest", bush), ("Birch River Cemetery", "cimetière de Rivière-aux-Bouleaux", cemetery),
        ("Beach Park", "parc de la Plage", point),
    ]  # fmt: skip
    return [Place("park", en, fr, [_closed(ring)]) for en, fr, ring in named]


def _closed(ring: Sequence[Point]) -> Line:
    line = simplify([*ring, ring[0]], 0.8)
    return line if area(line) > 0 else line[::-1]


def _meet(one: Line, two: Line) -> Point:
    """Where two main roads cross; the place of nearest approach where they only come near."""
    for p in crossings(one, two):
        return p
    return min((nearest(two, p).distance, p) for p in one)[1]


def _before(line: Line, river: Line) -> Point:
    """The place on a road 48 m west of the middle of the river: the bridge belongs to the street's eastern part."""
    foot = nearest(line, _meet(line, river))
    return along(line, length(line[: foot.piece + 1]) + distance(line[foot.piece], foot.point) - 48.0)[0]


def _join_avenues(roads: list[Road]) -> None:
    """The old centre's avenues run through its quarters: join each to the one that ends where it starts."""
    for later in [r for r in roads if r.shape == "avenue"]:
        for earlier in roads:
            if (
                earlier.shape == "avenue"
                and earlier is not later
                and distance(later.line[-1], earlier.line[0]) < 12.0
            ):
                earlier.line = [*later.line, *earlier.line[1:]]
                roads.remove(later)
                break


def _cut(line: Line, start: Line, end: Line) -> Line:
    """The part of a line between its crossings with two others."""
    return between(line, _meet(line, start), _meet(line, end))


def _spot(line: Line, near: Point) -> Point:
    return nearest(line, near).point


def _tied(line: Line, others: Sequence[Line]) -> Line:
    """A country road with its ends drawn to the roads it starts and ends at, if any lies within 160 m."""
    out = list(line)
    for end in (0, -1):
        foot = min((nearest(other, out[end]) for other in others), key=lambda f: f.distance)
        if foot.distance < 160.0:
            out[end] = mix(out[end], foot.point, 1.0)
    return out
