"""The invented town: what the demo promises of its streets, areas and doors."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from canvass_app.domain.address import normalise_postal_code
from canvass_app.imports.reference import RidingFinder, ridings
from canvass_app.resource_path import resource
from canvass_app.services.demo.build import FILES, build

RIDING = 201_399_001


@pytest.fixture(scope="module")
def doors() -> list[dict[str, str]]:
    with resource("demo", "doors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def streets() -> list[dict[str, Any]]:
    return json.loads(resource("demo", "streets.geojson").read_text("utf-8"))["features"]


@pytest.fixture(scope="module")
def areas() -> list[dict[str, Any]]:
    return json.loads(resource("demo", "areas.geojson").read_text("utf-8"))["features"]


def _shapes(areas: list[dict[str, Any]], kind: str) -> list[Any]:
    return [shapely.geometry.shape(a["geometry"]) for a in areas if a["properties"]["kind"] == kind]


def _points(doors: list[dict[str, str]]) -> Any:
    return shapely.points([(float(d["longitude"]), float(d["latitude"])) for d in doors])


def _full_name(door: dict[str, str]) -> str:
    french = door["street_type"].islower() or door["street_type"] == "Concession"
    words = (
        [door["street_type"], door["street_name"]] if french else [door["street_name"], door["street_type"]]
    )
    return " ".join([*words, door["street_direction"]]).strip()


def test_the_shipped_files_are_what_the_seed_gives_byte_for_byte(tmp_path: Path) -> None:
    build(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == resource("demo", name).read_bytes(), name


def test_another_seed_gives_another_town(tmp_path: Path) -> None:
    counts = build(tmp_path, seed=7)
    assert 5_500 < counts["doors"] < 6_700
    assert all((tmp_path / name).read_bytes() != resource("demo", name).read_bytes() for name in FILES)


def test_the_files_are_small_and_have_unix_line_ends() -> None:
    contents = [path.read_bytes() for path in sorted(resource("demo").iterdir())]
    assert sum(map(len, contents)) < 6_000_000
    assert not [c for c in contents if b"\r" in c or c.startswith(b"\xef\xbb\xbf")]


def test_there_are_about_six_thousand_doors_each_with_its_own_address(doors: list[dict[str, str]]) -> None:
    assert 5_800 <= len(doors) <= 6_400
    keys = {(d["civic_number"], d["civic_suffix"], _full_name(d), d["unit"]) for d in doors}
    assert len(keys) == len(doors)


def test_no_riding_of_a_real_map_has_the_demos_number() -> None:
    assert RIDING not in {row.riding_id for row in ridings()}
    assert RIDING % 100_000 not in {row.number for row in ridings()}


def test_no_postal_code_can_be_real_yet_each_reads_as_one(doors: list[dict[str, str]]) -> None:
    codes = {d["postal_code"] for d in doors}
    assert all(code.startswith("Q") and normalise_postal_code(code) == code for code in codes)
    shared = Counter(d["postal_code"] for d in doors)
    assert len(codes) > 500
    assert max(shared.values()) < 150


def test_a_postal_code_belongs_to_one_street(doors: list[dict[str, str]]) -> None:
    assert len({(d["postal_code"], _full_name(d)) for d in doors}) == len({d["postal_code"] for d in doors})


def test_every_door_lies_in_the_demo_riding_and_not_in_the_one_drawn_there(
    doors: list[dict[str, str]], areas: list[dict[str, Any]]
) -> None:
    outline = next(a for a in areas if a["properties"]["kind"] == "outline")
    rings = [np.rint(np.array(ring) * 1e6).astype(np.int32) for ring in outline["geometry"]["coordinates"]]
    lon, lat = (
        np.array([round(float(d[k]) * 1e6) for d in doors], np.int32) for k in ("longitude", "latitude")
    )
    assert set(RidingFinder({RIDING: rings}).find(lon, lat).tolist()) == {RIDING}
    assert RIDING not in RidingFinder().find(lon, lat).tolist()


def test_nobody_lives_in_water_or_in_a_park(doors: list[dict[str, str]], areas: list[dict[str, Any]]) -> None:
    points = _points(doors)
    for kind in ("water", "wetland", "park"):
        assert _shapes(areas, kind)
        for shape in _shapes(areas, kind):
            assert shape.is_valid
            assert not shapely.contains(shape, points).any()


def test_river_and_lake_meet_without_lying_over_each_other(areas: list[dict[str, Any]]) -> None:
    """The map fills rings of one kind by the even-odd rule: where two overlap there would be dry land."""
    river, lake, *_ = _shapes(areas, "water")
    assert river.distance(lake) < 1e-6
    assert river.intersection(lake).area < river.area * 1e-6


def test_polling_divisions_cover_the_riding_once(areas: list[dict[str, Any]]) -> None:
    divisions, (outline,) = _shapes(areas, "polling_division"), _shapes(areas, "outline")
    assert len(divisions) == 25
    assert all(d.is_valid for d in divisions)
    assert shapely.union_all(divisions).symmetric_difference(outline).area < outline.area * 1e-5
    assert sum(d.area for d in divisions) == pytest.approx(outline.area, rel=1e-5)


def test_every_door_lies_in_its_polling_division(
    doors: list[dict[str, str]], areas: list[dict[str, Any]]
) -> None:
    for area in (a for a in areas if a["properties"]["kind"] == "polling_division"):
        mine = [d for d in doors if d["polling_division"] == area["properties"]["name"]]
        assert 80 <= len(mine) <= 500
        assert shapely.contains(shapely.geometry.shape(area["geometry"]), _points(mine)).all()


def test_two_bridges_are_the_only_streets_over_the_river(
    streets: list[dict[str, Any]], areas: list[dict[str, Any]]
) -> None:
    bridges = [s for s in streets if s["properties"]["kind"] == "bridge"]
    assert len(bridges) == len({s["properties"]["full_name"] for s in bridges}) == 2
    river = next(a for a in areas if a["properties"].get("name_en") == "Birch River")
    wet = shapely.geometry.shape(river["geometry"])
    crossing = [s for s in streets if shapely.geometry.shape(s["geometry"]).intersection(wet).length > 0.0002]
    assert crossing == bridges


def test_the_railway_has_a_few_crossings(streets: list[dict[str, Any]]) -> None:
    (rail,) = [s for s in streets if s["properties"]["kind"] == "rail"]
    track = shapely.geometry.shape(rail["geometry"])
    over = [s for s in streets if s is not rail and track.crosses(shapely.geometry.shape(s["geometry"]))]
    assert 3 <= len({s["properties"]["full_name"] for s in over}) <= 8


def test_streets_hang_together(streets: list[dict[str, Any]]) -> None:
    ends = [
        [tuple(s["geometry"]["coordinates"][i]) for i in (0, -1)]
        for s in streets
        if s["properties"]["kind"] != "rail"
    ]
    reached, more = {ends[0][0]}, True
    while more:
        found = {p for pair in ends if reached & set(pair) for p in pair}
        more = not found <= reached
        reached |= found
    assert all(set(pair) <= reached for pair in ends)


def test_a_doors_number_lies_in_the_range_of_a_segment_nearby(
    doors: list[dict[str, str]], streets: list[dict[str, Any]]
) -> None:
    by_name: dict[str, list[tuple[Any, dict[str, Any]]]] = {}
    for s in streets:
        by_name.setdefault(s["properties"]["full_name"], []).append(
            (shapely.geometry.shape(s["geometry"]), s["properties"])
        )
    wrong = 0
    for door, point in zip(doors, _points(doors), strict=True):
        number = int(door["civic_number"])
        side = "right" if number % 2 == 0 else "left"
        near = [
            p for line, p in by_name[_full_name(door)] if line.distance(point) < 0.001 and f"{side}_from" in p
        ]
        wrong += not any(p[f"{side}_from"] <= number <= p[f"{side}_to"] for p in near)
    assert wrong == 0


def test_odd_numbers_stand_on_the_left_and_even_ones_on_the_right(
    doors: list[dict[str, str]], streets: list[dict[str, Any]]
) -> None:
    ranges: list[tuple[str, int, int, np.ndarray]] = []
    for s in streets:
        p = s["properties"]
        if "right_from" in p:
            ranges.append(
                (p["full_name"], p["right_from"], p["left_to"], np.array(s["geometry"]["coordinates"]))
            )
    checked = 0
    for door in doors:
        number, name = int(door["civic_number"]), _full_name(door)
        place = np.array([float(door["longitude"]), float(door["latitude"])])
        for full_name, low, high, line in ranges:
            if full_name != name or not low <= number <= high or len(line) != 2:
                continue
            (ax, ay), (bx, by) = line
            turn = (bx - ax) * (place[1] - ay) - (by - ay) * (place[0] - ax)
            assert (turn > 0) == (number % 2 == 1), door
            checked += 1
    assert checked > 300


def test_towers_have_floors_and_one_has_no_thirteenth(doors: list[dict[str, str]]) -> None:
    buildings: dict[tuple[str, str], list[dict[str, str]]] = {}
    for d in doors:
        buildings.setdefault((_full_name(d), d["civic_number"]), []).append(d)
    towers = [units for units in buildings.values() if len(units) >= 30]
    assert 6 <= len(towers) <= 10
    assert all(int(d["unit"]) // 100 == int(d["floor"]) for tower in towers for d in tower)
    highest = max(towers, key=lambda tower: max(int(d["floor"]) for d in tower))
    assert {int(d["floor"]) for d in highest} == {*range(1, 13), 14, 15}
    assert "1204" in {d["unit"] for d in highest}


def test_names_are_in_both_languages_with_accents_apostrophes_and_one_that_is_very_long(
    doors: list[dict[str, str]],
) -> None:
    names = {_full_name(d) for d in doors}
    assert "chemin de la Grande-Côte-de-l'Anse-aux-Bouleaux" in names
    assert {"rue Principale O", "rue Principale E", "Queen Street N", "Concession 4", "rang 5"} <= names
    types = {d["street_type"] for d in doors}
    assert {
        "rue",
        "boulevard",
        "chemin",
        "place",
        "avenue",
        "Street",
        "Road",
        "Drive",
        "Crescent",
        "Court",
    } <= types
    assert [n for n in names if "'" in n and re.search("[ÉÈÊÔÎéèêôî]", n)]
    assert {d["civic_suffix"] for d in doors} == {"", "A", "B", "1/2"}
