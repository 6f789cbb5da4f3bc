"""The invented town, whole: streets with address ranges, areas, polling divisions and doors, from one seed.

`build_town` computes; `streets_geojson`, `areas_geojson` and `door_rows` write down. Places are metres until the very
last step; files hold degrees with six decimals. The riding's number, 99001, is used by no real map.

Postal codes begin with Q: the six letters D, F, I, O, Q and U are never used in real ones, so no code of the town can
be anybody's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import Any

from . import town_divisions, town_doors, town_network, town_plan
from .town_doors import Door, Ranges
from .town_geometry import Line, Point
from .town_network import Segment
from .town_plan import Plan

SEED = 2015
RIDING = 99001
MAP_YEAR = 2013
RIDING_NAME = "Rivière-aux-Bouleaux—Birch River"
MUNICIPALITY = "Birch River / Rivière-aux-Bouleaux"
_TOWN_HALL = (-82.2, 49.42)
# Metres to a degree of longitude and of latitude at the town hall; fixed numbers, so no cosine is needed.
_DEGREE = (72_420.0, 111_200.0)
_LETTERS = "ABCEGHJKLMNPRSTVWXYZ"
DOOR_COLUMNS = (
    "civic_number", "civic_suffix", "street_name", "street_type", "street_direction", "unit", "floor", "municipality",
    "postal_code", "latitude", "longitude", "polling_division", "riding",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Town:
    """The town as computed. postal and division run parallel to doors, ranges to segments."""

    plan: Plan
    segments: list[Segment]
    ranges: list[Ranges]
    doors: list[Door]
    postal: list[str]
    division: list[str]
    divisions: list[town_divisions.Division]

    def street(self, door: Door) -> str:
        """The full name of a door's street."""
        name = self.plan.roads[door.street].name
        if name is None:
            raise ValueError("a door on a street without a name")
        return name.full


def build_town(seed: int = SEED) -> Town:
    """Compute the town. The same seed gives the same town on every platform."""
    random = Random(seed)
    plan = town_plan.lay_out(random)
    water = [ring for place in plan.places if place.kind == "water" for ring in place.rings]
    segments = town_network.cut(plan.roads, water)
    doors = town_doors.build(plan, segments, random)
    divisions, division = town_divisions.divide(plan, segments, [door.place for door in doors])
    return Town(
        plan,
        segments,
        town_doors.ranges(plan.roads, segments),
        doors,
        _postal_codes(doors),
        division,
        divisions,
    )


def degrees(p: Point) -> tuple[str, str]:
    """Longitude and latitude of a place of the plan, as written in files."""
    lon, lat = (_TOWN_HALL[i] + p[i] / _DEGREE[i] for i in (0, 1))
    return f"{lon:.6f}", f"{lat:.6f}"


def door_rows(town: Town) -> list[list[str]]:
    """The rows of doors.csv, in the order of `DOOR_COLUMNS`."""
    rows: list[list[str]] = []
    for door, postal, division in zip(town.doors, town.postal, town.division, strict=True):
        name = town.plan.roads[door.street].name
        if name is None:
            raise ValueError("a door on a street without a name")
        lon, lat = degrees(door.place)
        rows.append([
            str(door.number), door.suffix, name.name, name.type, name.direction, door.unit,
            str(door.floor) if door.floor else "", MUNICIPALITY, postal, lat, lon, division, str(RIDING),
        ])  # fmt: skip
    return rows


def streets_geojson(town: Town) -> str:
    """Every segment with its name, kind (street, major, path, rail, bridge) and address ranges by side."""
    features: list[str] = []
    for s, r in zip(town.segments, town.ranges, strict=True):
        name = town.plan.roads[s.road].name
        properties: dict[str, Any] = {
            "name": name.name if name else "", "type": name.type if name else "", "dir": name.direction if name else "",
            "full_name": name.full if name else "", "kind": s.kind,
        }  # fmt: skip
        if r.right_from:
            properties |= {
                "left_from": r.left_from, "left_to": r.left_to, "left_parity": "odd",
                "right_from": r.right_from, "right_to": r.right_to, "right_parity": "even",
            }  # fmt: skip
        features.append(_feature(properties, "LineString", _coordinates(s.line)))
    return _collection(features)


def areas_geojson(town: Town) -> str:
    """The outline, water, wetland, parks and polling divisions, told apart by `kind`."""
    features = [
        _feature(
            {"kind": "outline", "name": RIDING_NAME, "name_en": RIDING_NAME, "name_fr": RIDING_NAME,
             "riding": RIDING, "map_year": MAP_YEAR},
            "Polygon", _rings([_anticlockwise(town.plan.outline)]),
        )
    ]  # fmt: skip
    for place in town.plan.places:
        properties = {
            "kind": place.kind,
            "name": place.name_en,
            "name_en": place.name_en,
            "name_fr": place.name_fr,
        }
        features.append(
            _feature(properties, "Polygon", _rings([_anticlockwise(ring) for ring in place.rings]))
        )
    for division in town.divisions:
        properties = {"kind": "polling_division", "name": division.name, "riding": RIDING}
        features.append(_feature(properties, "Polygon", _rings(division.rings)))
    return _collection(features)


def _anticlockwise(ring: Line) -> Line:
    from .town_geometry import area

    return ring if area(ring) > 0 else ring[::-1]


def _postal_codes(doors: list[Door]) -> list[str]:
    """A code for each side of a block of at most 30 doors, one for each tower and one for each country road."""
    codes: dict[tuple[int, int, bool, int], str] = {}
    counted: dict[tuple[int, bool], int] = {}
    used: dict[str, int] = {}
    out: list[str] = []
    for door in doors:
        area = "Q0A" if door.zone in ("rural", "shore") else "Q1A" if door.place[0] < 0 else "Q1B"
        if area == "Q0A":
            key = (door.street, -1, False, 0)
        elif door.zone == "tower":
            key = (door.street, door.number, True, -1)
        else:
            side = (door.segment, door.right)
            counted[side] = counted.get(side, 0) + 1
            key = (door.street, door.segment, door.right, (counted[side] - 1) // 30)
        if key not in codes:
            n = used[area] = used.get(area, -1) + 1
            codes[key] = f"{area} {1 + n // 180 % 9}{_LETTERS[n // 9 % 20]}{1 + n % 9}"
        out.append(codes[key])
    return out


def _coordinates(line: Line) -> str:
    return "[" + ",".join(f"[{lon},{lat}]" for lon, lat in (degrees(p) for p in line)) + "]"


def _rings(rings: list[Line]) -> str:
    return "[" + ",".join(_coordinates(ring) for ring in rings) + "]"


def _feature(properties: dict[str, Any], kind: str, coordinates: str) -> str:
    words = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{words},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}'


def _collection(features: list[str]) -> str:
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
