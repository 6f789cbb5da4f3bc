"""Turfs as areas of the map: a state is told by its edge, its filling and its mark, in both themes, not by its hue."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.map import DoorLayer, MapCanvas, MapLayers, TurfLayer, TurfState
from canvass_app.desktop.theme import apply_theme

LON, LAT = -73_600_000, 45_500_000
DOORS = DoorLayer(np.array([LON - 2000, LON + 2000], np.int32), np.array([LAT - 1500, LAT + 1500], np.int32))
RING = np.array(
    [(LON - 1000, LAT - 700), (LON + 1000, LAT - 700), (LON + 1000, LAT + 700), (LON - 1000, LAT + 700), (LON - 1000, LAT - 700)],
    np.int32,
)  # fmt: skip


def area(state: TurfState, name: str = "") -> TurfLayer:
    return TurfLayer(
        RING, np.array([0, 5], np.int32), np.zeros(1, np.int32), np.array([state], np.uint8), (name,)
    )


def shot(canvas: MapCanvas, layer: TurfLayer) -> np.ndarray:
    canvas.set_turf_shapes(layer)
    canvas.settle()
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return bits[:, : image.width()].astype(int)


@pytest.fixture
def canvas(qtbot: QtBot) -> MapCanvas:
    made = MapCanvas()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.set_layers(MapLayers(DOORS))
    made.show()
    return made


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_states_of_one_hue_look_different_without_colour(
    qapp: QApplication, canvas: MapCanvas, theme: str
) -> None:
    apply_theme(qapp, theme)  # type: ignore[arg-type]
    try:
        bare = shot(canvas, TurfLayer())
        pictures = {state: shot(canvas, area(state)) for state in TurfState}
        for state, picture in pictures.items():
            assert (np.abs(picture - bare) > 30).sum() > 100, state
        for one, other in combinations(TurfState, 2):
            assert (np.abs(pictures[one] - pictures[other]) > 30).sum() > 100, (one, other)
    finally:
        apply_theme(qapp, "light")


def test_a_name_stands_with_the_mark_where_there_is_room(canvas: MapCanvas) -> None:
    without, named = shot(canvas, area(TurfState.OUT)), shot(canvas, area(TurfState.OUT, "Old mill"))
    other = shot(canvas, area(TurfState.OUT, "Cedar Heights"))
    assert (without != named).any()
    assert (named != other).any()


def test_other_layers_forget_the_areas_of_those_before(canvas: MapCanvas) -> None:
    canvas.set_turf_shapes(area(TurfState.DONE))
    canvas.set_layers(MapLayers(DOORS))
    assert len(canvas.turf_shapes().points) == 0
