"""Door marks and turf colours: told apart by shape, by every kind of eye, on both grounds."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from canvass_app.desktop.map import DoorState, turf_colours
from canvass_app.desktop.map.colours import legible
from canvass_app.desktop.map.overlay import format_length, scale_bar
from canvass_app.desktop.map.sprites import Atlas, draw_mark, make_atlas, mark_size, stamp
from canvass_app.desktop.theme import Tokens, contrast, make_tokens

LIGHT, DARK = make_tokens("light"), make_tokens("dark")

# Machado, Oliveira and Fernandes 2009, table for severity 1.0, on linear RGB
EYES = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


def oklab(colours: tuple[str, ...], eye: np.ndarray) -> np.ndarray:
    """Colours as an eye sees them, in OKLab (Ottosson 2020)."""
    srgb = np.array([[int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)] for colour in colours])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ eye.T, 0, 1)
    cones = seen @ np.array(
        [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
         [0.0883024619, 0.2817188376, 0.6299787005]]
    ).T  # fmt: skip
    return np.cbrt(cones) @ np.array(
        [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
         [0.0259040371, 0.7827717662, -0.8086757660]]
    ).T  # fmt: skip


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_any_two_turf_colours_differ_for_every_eye(look: object, eye: str) -> None:
    lab = oklab(turf_colours(look), EYES[eye])  # type: ignore[arg-type]
    away = np.linalg.norm(lab[:, None] - lab[None], axis=-1) + np.eye(12)
    assert away.min() > 0.07


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_turf_colours_stand_on_the_land_and_are_not_loud(look: object) -> None:
    for colour in turf_colours(look):  # type: ignore[arg-type]
        assert contrast(colour, look.map.land) >= 3  # type: ignore[attr-defined]
    lab = oklab(turf_colours(look), EYES["normal"])  # type: ignore[arg-type]
    assert np.hypot(lab[:, 1], lab[:, 2]).max() <= 0.135


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_figures_of_a_walk_are_legible_in_every_hue(look: Tokens) -> None:
    for colour in turf_colours(look):
        assert contrast(legible(colour, look), look.map.land) >= 4.5
        if contrast(colour, look.map.land) >= 4.5:
            assert legible(colour, look) == colour


def test_states_differ_by_shape_alone(qtbot: QtBot) -> None:
    shapes = []
    for state in DoorState:
        image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QPointF(20, 20), 16, state, None, LIGHT)
        painter.end()
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        dark = np.frombuffer(grey.constBits(), np.uint8).reshape(40, grey.bytesPerLine())[:, :40] < 160
        shapes.append(dark)
    for first in range(len(shapes)):
        for second in range(first):
            union = (shapes[first] | shapes[second]).sum()
            assert (shapes[first] ^ shapes[second]).sum() > 0.3 * union


def test_marks_grow_with_the_map_and_never_shrink() -> None:
    sizes = [mark_size(scale) for scale in np.geomspace(0.001, 12, 60)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (2.0, 16.0)


def test_stamping_is_the_same_as_painting_one_after_the_other(qtbot: QtBot) -> None:
    atlas = make_atlas((), 11, 1.0, LIGHT, selected=False)
    side = atlas.side
    ground = QImage(80, 60, QImage.Format.Format_RGB32)
    ground.fill(QColor(LIGHT.map.land))
    stamped, painted = ground.copy(), ground.copy()
    spots = np.array([[20.0, 20.0], [50.0, 30.0], [65.0, 45.0]])
    states = np.array([1, 2, 4])
    target = np.frombuffer(stamped.bits(), np.uint32).reshape(60, 80)
    assert stamp(target, spots[:, 0], spots[:, 1], states, atlas) == 3
    painter = QPainter(painted)
    for (x, y), state in zip(spots, states, strict=True):
        pixels = atlas.pixels[state].copy()
        sprite = QImage(pixels.data, side, side, side * 4, QImage.Format.Format_ARGB32_Premultiplied)
        painter.drawImage(round(x - side / 2), round(y - side / 2), sprite)
    painter.end()

    def channels(image: QImage) -> np.ndarray:
        return np.frombuffer(image.constBits(), np.uint8).reshape(60, 80, 4)[:, :, :3].astype(int)

    assert np.abs(channels(stamped) - channels(painted)).max() <= 2
    assert (channels(stamped) != channels(ground)).any()


def test_marks_that_would_cross_the_edge_are_left_out() -> None:
    atlas = Atlas(np.full((1, 5, 5), 0xFFFFFFFF, np.uint32))
    target = np.zeros((20, 20), np.uint32)
    x, y = np.array([0.0, 19.0, 10.0, -50.0]), np.array([10.0, 10.0, 10.0, 10.0])
    assert stamp(target, x, y, np.zeros(4, np.intp), atlas) == 1
    assert (target != 0).sum() == 25


@pytest.mark.parametrize(
    ("scale", "metres", "english", "french"),
    [(1.0, 100, "100\u00a0m", "100\u00a0m"), (0.1, 1000, "1\u00a0km", "1\u00a0km"),
     (0.00005, 2_000_000, "2,000\u00a0km", "2\u202f000\u00a0km"), (12.0, 5, "5\u00a0m", "5\u00a0m")],
)  # fmt: skip
def test_the_scale_bar_is_a_round_length_that_fits(
    scale: float, metres: float, english: str, french: str
) -> None:
    length, pixels = scale_bar(scale, 110)
    assert length == metres
    assert pixels <= 110
    assert pixels == pytest.approx(metres * scale)
    assert (format_length(length, "en"), format_length(length, "fr")) == (english, french)
