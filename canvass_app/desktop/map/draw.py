"""The fine pass: one picture of a scene at a view, on whatever thread asks for it.

Ground (areas, lines) is kept between passes that share a view, so a changed door repaints only doors and what lies
over them. Every step first asks whether the picture is still wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from canvass_app.desktop.map.area_names import area_names
from canvass_app.desktop.map.colours import turf_colours
from canvass_app.desktop.map.geometry import View
from canvass_app.desktop.map.labels import Label, NameChains, paint_labels, place_labels
from canvass_app.desktop.map.layers import AreaKind, LineKind
from canvass_app.desktop.map.scene import Scene, Strands
from canvass_app.desktop.map.sprites import STATES, Atlas, make_atlas, mark_size, stamp
from canvass_app.desktop.map.turf_marks import draw_turf_marks, draw_turfs
from canvass_app.desktop.map.walks import draw_walk_line, draw_walk_stops
from canvass_app.desktop.theme import Tokens

Wanted = Callable[[], bool]
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


class Picture(NamedTuple):
    """A finished picture and the view it shows (its width and height are the picture's, in logical pixels)."""

    image: QImage
    view: View


class Drawer:
    """Draws pictures one at a time and keeps what the next one may share. Use one from one thread at a time."""

    def __init__(self) -> None:
        self._ground: tuple[object, QImage, list[Label]] | None = None
        self._chains: tuple[int, NameChains] | None = None
        self._atlases: dict[object, Atlas] = {}

    def draw(self, scene: Scene, view: View, ratio: float, look: Tokens, wanted: Wanted) -> Picture | None:
        """The picture of `scene`, or None as soon as it is no longer `wanted`."""
        key = (scene.ground, view, ratio, look)
        if self._ground is None or self._ground[0] != key:
            ground = self._draw_ground(scene, view, ratio, look, wanted)
            if ground is None:
                return None
            self._ground = (key, ground, self._labels(scene, view, look))
        image = self._ground[1].copy()
        if not wanted():
            return None
        colours = scene.turf_colours or turf_colours(look)
        if len(scene.shapes.x):
            painter = _painter(image, ratio)
            draw_turfs(painter, scene.shapes, colours, view, look)
            painter.end()
        if scene.walks:
            painter = _painter(image, ratio)
            for walk in scene.walks:
                draw_walk_line(painter, walk, scene, view, look)
            painter.end()
        self._stamp_doors(image, scene, view, ratio, look)
        if not wanted():
            return None
        painter = _painter(image, ratio)
        paint_labels(painter, self._ground[2], look)
        for walk in scene.walks:
            draw_walk_stops(painter, walk, scene, view, look)
        if len(scene.shapes.x):
            draw_turf_marks(painter, scene.shapes, colours, view, look)
        painter.end()
        return Picture(image, view)

    def _draw_ground(
        self, scene: Scene, view: View, ratio: float, look: Tokens, wanted: Wanted
    ) -> QImage | None:
        image = QImage(round(view.width * ratio), round(view.height * ratio), QImage.Format.Format_RGB32)
        colours = look.map
        sight = _sight(view)
        seen = scene.areas.in_sight(sight)
        has_riding = bool((scene.areas.kind == AreaKind.RIDING).any())
        image.fill(QColor(colours.outside if has_riding else colours.land))
        painter = _painter(image, ratio)
        riding = _path(scene.areas, seen & (scene.areas.kind == AreaKind.RIDING), view, closed=True)
        painter.fillPath(riding, QColor(colours.land))
        for kind, colour in ((AreaKind.PARK, colours.park), (AreaKind.WATER, colours.water)):
            painter.fillPath(
                _path(scene.areas, seen & (scene.areas.kind == kind), view, closed=True), QColor(colour)
            )
        for kind, pen in _line_pens(view.scale, look):
            if not wanted():
                painter.end()
                return None
            chosen = scene.lines.in_sight(sight) & (scene.lines.kind == kind)
            painter.setPen(pen)
            painter.drawPath(_path(scene.lines, chosen, view, closed=False))
        division = _path(scene.areas, seen & (scene.areas.kind == AreaKind.DIVISION), view, closed=True)
        painter.setPen(QPen(QColor(colours.outline), look.px(1), Qt.PenStyle.DotLine))
        painter.drawPath(division)
        painter.setPen(
            QPen(QColor(colours.outline), look.px(1.5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawPath(riding)
        painter.end()
        return image

    def _labels(self, scene: Scene, view: View, look: Tokens) -> list[Label]:
        if self._chains is None or self._chains[0] != scene.ground:
            areas = area_names(scene.areas, scene.area_names)
            self._chains = (scene.ground, NameChains(scene.lines, scene.names, areas))
        return place_labels(self._chains[1], view, look)

    def _stamp_doors(self, image: QImage, scene: Scene, view: View, ratio: float, look: Tokens) -> None:
        if not len(scene.door_x):
            return
        x0, y0, x1, y1 = _sight(view)
        near = np.flatnonzero(
            (scene.door_x >= x0) & (scene.door_x <= x1) & (scene.door_y >= y0) & (scene.door_y <= y1)
        )  # fmt: skip
        if not len(near):
            return
        x, y = view.to_pixels(scene.door_x[near], scene.door_y[near])
        colours = scene.turf_colours or turf_colours(look)
        turf = scene.turf[near]
        place = np.where(turf >= 0, 1 + turf % max(1, len(colours)), 0)
        sprite = (place * STATES + scene.state[near]).astype(np.intp)
        size = mark_size(view.scale) * look.zoom
        pixels = np.frombuffer(image.bits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
        pixels = pixels[:, : image.width()] if image.bytesPerLine() // 4 != image.width() else pixels
        marked = scene.selected[near]
        for flags, selected in ((~marked, False), (marked, True)):
            if flags.any():
                atlas = self._atlas(colours, size, ratio, look, selected)
                stamp(pixels, x[flags] * ratio, y[flags] * ratio, sprite[flags], atlas)

    def _atlas(
        self, colours: tuple[str, ...], size: float, ratio: float, look: Tokens, selected: bool
    ) -> Atlas:
        key = (colours, size, ratio, look, selected)
        if key not in self._atlases:
            if len(self._atlases) > 24:
                self._atlases.clear()
            self._atlases[key] = make_atlas(colours, size, ratio, look, selected=selected)
        return self._atlases[key]


def _painter(image: QImage, ratio: float) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    return painter


def _sight(view: View) -> tuple[float, float, float, float]:
    wide, tall = view.width / view.scale / 2, view.height / view.scale / 2
    spare = 24 / view.scale
    return view.x - wide - spare, view.y - tall - spare, view.x + wide + spare, view.y + tall + spare


def _line_pens(scale: float, look: Tokens) -> list[tuple[LineKind, QPen]]:
    """The pens of each kind of line at a scale in pixels per metre, bottom to top; widths follow the true street
    (some 8 m and 12 m from kerb to kerb) within limits of legibility."""
    colours, zoom = look.map, look.zoom
    minor = min(9.0, max(0.7, 8 * scale)) * zoom
    major = min(13.0, max(1.3, 12 * scale)) * zoom
    round_cap, round_join, solid = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin, Qt.PenStyle.SolidLine

    def pen(colour: str, width: float) -> QPen:
        return QPen(QBrush(QColor(colour)), width, solid, round_cap, round_join)

    pens = [(LineKind.WATER, pen(colours.water_line, max(1.0, 4 * scale) * zoom))]
    if scale > 0.12:
        path = pen(colours.path, zoom)
        path.setDashPattern([2, 3])
        pens.append((LineKind.PATH, path))
    if scale > 0.012:
        pens.append((LineKind.STREET, pen(colours.street, minor)))
    pens.append((LineKind.MAJOR_STREET, pen(colours.street_major, major)))
    rail = pen(colours.rail, 1.4 * zoom)
    rail.setCapStyle(Qt.PenCapStyle.FlatCap)
    rail.setDashPattern([6, 2.5])
    pens.append((LineKind.RAIL, rail))
    return pens


def _path(strands: Strands, chosen: np.ndarray, view: View, *, closed: bool) -> QPainterPath:
    """The chosen strands as one path in pixels. Points that would fall on the same half pixel as the one before are
    left out: at a riding's scale nine of ten do."""
    if not chosen.any():
        return QPainterPath()
    x, y, first = strands.points(chosen)
    px, py = view.to_pixels(x, y)
    cell_x, cell_y = np.rint(px * 2).astype(np.int64), np.rint(py * 2).astype(np.int64)
    keep = np.ones(len(px), bool)
    keep[1:] = first[1:] | (np.diff(cell_x) != 0) | (np.diff(cell_y) != 0)
    if not closed:
        keep[:-1] |= first[1:]
        keep[-1] = True
    px, py, first = px[keep], py[keep], first[keep]
    elements = np.empty(len(px), _ELEMENT)
    # QPainterPath's own stream: a count, then (kind, x, y) with kind 0 = move to and 1 = line to.
    elements["kind"], elements["x"], elements["y"] = np.where(first, 0, 1), px, py
    head, tail = np.array([len(px)], ">i4").tobytes(), np.array([0, 0], ">i4").tobytes()
    path = QPainterPath()
    stream = QDataStream(QByteArray(head + elements.tobytes() + tail))
    stream >> path  # pyright: ignore[reportUnusedExpression]
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path
