"""Names on the map: along streets that bend, in lakes and parks, never on their heads, never over each other."""

from __future__ import annotations

from itertools import combinations
from math import cos, radians, sin

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.map import AreaKind, AreaLayer, LineKind, LineLayer, MapLayers, View
from canvass_app.desktop.map.area_names import area_names
from canvass_app.desktop.map.labels import Label, NameChains, Naming, place_labels
from canvass_app.desktop.map.scene import make_scene
from canvass_app.desktop.theme import tokens

LON, LAT = -73_600_000, 45_500_000
EAST, NORTH = 1e6 / 111_195 / cos(radians(45.5)), 1e6 / 111_195
LONG = "rue du Chanoine-Lionel-Groulx"


def metres(points: list[tuple[float, float]]) -> list[tuple[int, int]]:
    return [(round(LON + x * EAST), round(LAT + y * NORTH)) for x, y in points]


def arc(radius: float, start: float, stop: float, steps: int = 40) -> list[tuple[float, float]]:
    angles = np.linspace(radians(start), radians(stop), steps)
    return [(radius * cos(a), radius * sin(a)) for a in angles.tolist()]


def named(*streets: tuple[str, list[tuple[float, float]]], kind: int = LineKind.STREET) -> list[Label]:
    points = [metres(line) for _, line in streets]
    offsets = np.cumsum([0, *map(len, points)]).astype(np.int32)
    kinds = np.full(len(points), kind, np.uint8)
    lines = LineLayer(np.concatenate(points).astype(np.int32), offsets, kinds, [name for name, _ in streets])
    scene = make_scene(MapLayers(lines=lines))
    return place_labels(NameChains(scene.lines, scene.names), View(0, 0, 1.0, 1000, 1000), tokens())


def test_a_name_follows_a_street_that_bends(qtbot: QtBot) -> None:
    (label,) = named((LONG, arc(200, 20, 160)))
    assert len(label.letters) == len(LONG)
    x, y, angles = (np.array(column) for column in zip(*label.letters, strict=True))
    # Every letter stands on the street: at one distance from the middle of the bend.
    away = np.hypot(x - x.mean(), y - (y.min() + 200))
    assert np.ptp(away) < 4
    assert (np.diff(x) > 0).all()
    assert angles[0] < angles[-1]


@pytest.mark.parametrize(
    ("start", "stop"), [(20, 160), (160, 20), (200, 340), (340, 200), (110, 250), (-70, 70)]
)
def test_a_name_along_a_bend_never_stands_on_its_head(qtbot: QtBot, start: float, stop: float) -> None:
    for label in named(("Croissant du Pommier", arc(130, start, stop))):
        assert label.letters
        angles = np.array([angle for _, _, angle in label.letters])
        angles = (angles + 180) % 360 - 180
        assert (np.abs(angles) <= 101).all()
        assert label.letters[0][0] < label.letters[-1][0] or np.abs(angles).mean() > 60


def test_a_corner_too_sharp_to_read_gets_no_name(qtbot: QtBot) -> None:
    corner = [(-100.0, 0.0), (0.0, 0.0), (0.0, -100.0)]
    assert named((LONG, corner)) == []
    assert [label.text for label in named(("rue X", corner))] == ["rue X"]
    fifty = [(-110.0, 0.0), (0.0, 0.0), (110 * cos(radians(50)), -110 * sin(radians(50)))]
    assert named((LONG, fifty)) == []


def test_a_long_street_is_named_again_and_again_but_not_too_often(qtbot: QtBot) -> None:
    short, long = named(("rue A", [(0.0, 0.0), (300.0, 0.0)])), named(("rue A", [(0.0, 0.0), (990.0, 0.0)]))
    assert (len(short), len(long)) == (1, 2)


def test_no_name_stands_on_another(qtbot: QtBot) -> None:
    streets = [(f"avenue du Vent-d’Est {n}", [(-300.0, n * 9.0), (300.0, n * 9.0)]) for n in range(20)]
    labels = named(*streets)
    assert len(labels) > 3
    for one, other in combinations(labels, 2):
        assert abs(one.y - other.y) > 11 or abs(one.x - other.x) > (one.width + other.width) / 2


def test_a_river_is_named_and_a_railway_is_not(qtbot: QtBot) -> None:
    line = [(-300.0, 0.0), (300.0, 0.0)]
    assert [label.kind for label in named(("rivière aux Bouleaux", line), kind=LineKind.WATER)] == [
        Naming.WATER
    ]
    assert named(("CN", line), kind=LineKind.RAIL) == []


def lake(*rings: list[tuple[float, float]], name: str = "lac du Long-Portage") -> AreaLayer:
    points = [metres(ring) for ring in rings]
    offsets = np.cumsum([0, *map(len, points)]).astype(np.int32)
    kinds = np.full(len(points), AreaKind.WATER, np.uint8)
    return AreaLayer(
        np.concatenate(points).astype(np.int32), offsets, kinds, [name] + [""] * (len(points) - 1)
    )


def shown(areas: AreaLayer, scale: float) -> list[Label]:
    scene = make_scene(MapLayers(areas=areas))
    names = NameChains(scene.lines, scene.names, area_names(scene.areas, scene.area_names))
    return place_labels(names, View(0, 0, scale, 1000, 1000), tokens())


def test_a_lake_is_named_where_it_has_room_and_only_then(qtbot: QtBot) -> None:
    square = [(-100.0, -100.0), (100.0, -100.0), (100.0, 100.0), (-100.0, 100.0), (-100.0, -100.0)]
    assert [label.text for label in shown(lake(square), 1.0)] == ["lac du Long-Portage"]
    assert shown(lake(square), 0.4) == []


def test_the_name_of_a_lake_keeps_off_its_island(qtbot: QtBot) -> None:
    shore, island = arc(400, 0, 360, 80), arc(150, 0, 360, 60)
    (label,) = shown(lake(shore, island), 1.0)
    half = label.width / 2
    x, y = label.x - 500, 500 - label.y
    nearest = np.hypot(np.clip(0, x - half, x + half), y)
    assert nearest > 150
    assert np.hypot(abs(x) + half, y) < 400


def test_a_lake_that_narrows_at_once_has_room_for_no_letters_as_wide_as_its_widest_line(qtbot: QtBot) -> None:
    kite = lake([(-200.0, 0.0), (0.0, -100.0), (200.0, 0.0), (0.0, 100.0), (-200.0, 0.0)])
    (label,) = shown(kite, 2.0)
    most = label.width + tokens().px(16)
    # As wide as nine tenths of the widest line; the letters' feet and heads would stand on the shore.
    assert shown(kite, most / (0.9 * 400)) == []
    assert shown(kite, most / (0.7 * 400))


def test_names_of_areas_run_parallel_to_their_rings() -> None:
    with pytest.raises(ValueError, match="one name each"):
        AreaLayer(np.zeros((0, 2), np.int32), np.zeros(1, np.int32), np.zeros(0, np.uint8), ["lac"])
