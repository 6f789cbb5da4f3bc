"""A walk on the map: along its streets, with arrows, and numbers as far as they can be read."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from canvass_app.desktop.map import MapCanvas, MapLayers, WalkLayer
from canvass_app.desktop.map.walks import arrows
from canvass_app.desktop.theme import tokens

sys.path.insert(0, str(Path(__file__).parent))
from samples import LAT, LON, STEP, doors

# From one corner of the town to the next, and the way round by a third.
ENDS = np.array([[LON, LAT], [LON + 19 * STEP, LAT]], np.int32)
ROUND = np.array(
    [[LON, LAT], [LON, LAT + 14 * STEP], [LON + 19 * STEP, LAT + 14 * STEP], [LON + 19 * STEP, LAT]], np.int32
)


@pytest.fixture
def canvas(qtbot: QtBot) -> MapCanvas:
    """The doors on a map of 800 by 600 pixels, without names and streets."""
    made = MapCanvas()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.set_layers(MapLayers(doors()))
    made.show()
    return made


def picture(canvas: MapCanvas) -> QImage:
    canvas.settle()
    return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def inked(image: QImage, at: QPointF) -> bool:
    """Whether the accent is within three pixels."""
    accent = QColor(tokens().accent).rgb()
    return any(
        image.pixel(int(at.x()) + dx, int(at.y()) + dy) == accent
        for dx in range(-3, 4)
        for dy in range(-3, 4)
    )


def between(canvas: MapCanvas, one: int, other: int) -> QPointF:
    return (canvas.door_position(one) + canvas.door_position(other)) / 2


def test_the_line_follows_its_path_and_not_the_crow(canvas: MapCanvas) -> None:
    # Doors 0 and 19 are the southern corners, 280 the north-western; halfway between two doors no mark is in the way.
    straight, detour = between(canvas, 9, 10), between(canvas, 140, 160)
    canvas.set_walks((WalkLayer(ENDS, ["", ""]),))
    plain = picture(canvas)
    assert inked(plain, straight)
    assert not inked(plain, detour)
    canvas.set_walks((WalkLayer(ENDS, ["", ""], path=ROUND),))
    shown = picture(canvas)
    assert inked(shown, detour)
    assert not inked(shown, straight)


def test_arrows_stand_apart_and_point_the_way() -> None:
    look = tokens()
    there = arrows([QPointF(0, 0), QPointF(400, 0)], look)
    assert len(there) >= 4
    assert all((ahead.x(), ahead.y()) == (1, 0) for _, ahead in there)
    back = arrows([QPointF(0, 400), QPointF(0, 0)], look)
    assert all((ahead.x(), ahead.y()) == (0, -1) for _, ahead in back)
    assert len(arrows([QPointF(n * 6, n % 2 * 6) for n in range(60)], look)) == 0


def test_numbers_wait_until_they_can_be_read(canvas: MapCanvas) -> None:
    layer = doors()
    stops = np.column_stack([layer.lon_e6, layer.lat_e6])[::-1]
    plain, numbered = WalkLayer(stops, [""] * len(stops)), WalkLayer(stops)
    canvas.set_walks((plain,))
    near = picture(canvas)
    canvas.set_walks((numbered,))
    assert picture(canvas) != near
    while canvas.view().scale >= 0.3:
        canvas.zoom_out()
    far = picture(canvas)
    canvas.set_walks((plain,))
    assert picture(canvas) == far


def test_a_walk_of_one_stop_is_a_flag(canvas: MapCanvas) -> None:
    before = picture(canvas)
    canvas.set_walks((WalkLayer(ENDS[:1]),))
    assert picture(canvas) != before
