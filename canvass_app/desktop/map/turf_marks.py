"""Turfs as areas of the map: whose they are by hue, how they stand by their edge, their filling and a mark.

proposed: dotted edge; ready: thin edge, ring; out: dashed edge, arrow; in progress: strong edge, half disc;
done: double edge, hatched, tick. Drawn over the ground and under doors and names.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from canvass_app.desktop.map.colours import legible
from canvass_app.desktop.map.geometry import Float64, Projection, View
from canvass_app.desktop.map.layers import TurfLayer, TurfState
from canvass_app.desktop.theme import Tokens, font
from canvass_app.desktop.theme.icons import draw_icon

TURF_GLYPHS = {
    TurfState.PROPOSED: "turf-proposed", TurfState.READY: "turf-ready", TurfState.OUT: "turf-out",
    TurfState.IN_PROGRESS: "turf-progress", TurfState.DONE: "turf-done",
}  # fmt: skip
"""The mark of each state: on the map, in the table and in the legend."""
_MARKS_FROM_SCALE = 0.06  # pixels per metre
_NAMES_FROM_SCALE = 0.22


class TurfShapes(NamedTuple):
    """A `TurfLayer` in metres."""

    x: Float64
    y: Float64
    offsets: NDArray[np.int32]
    layer: TurfLayer


NO_SHAPES = TurfShapes(np.empty(0), np.empty(0), np.zeros(1, np.int32), TurfLayer())


def project_turfs(projection: Projection, layer: TurfLayer) -> TurfShapes:
    """The rings of a layer in metres."""
    if not len(layer.points):
        return NO_SHAPES
    x, y = projection.to_metres(layer.points[:, 0], layer.points[:, 1])
    return TurfShapes(x, y, layer.offsets, layer)


def draw_turfs(
    painter: QPainter, shapes: TurfShapes, colours: tuple[str, ...], view: View, look: Tokens
) -> None:
    """The areas: filling and edge."""
    layer = shapes.layer
    px, py = view.to_pixels(shapes.x, shapes.y)
    for place in range(len(layer.hue)):
        low, high = int(shapes.offsets[place]), int(shapes.offsets[place + 1])
        x, y = px[low:high], py[low:high]
        if x.max() < 0 or y.max() < 0 or x.min() > view.width or y.min() > view.height:
            continue
        path = QPainterPath(QPointF(float(x[0]), float(y[0])))
        for one, other in zip(x[1:].tolist(), y[1:].tolist(), strict=True):
            path.lineTo(one, other)
        path.closeSubpath()
        colour = legible(colours[int(layer.hue[place]) % len(colours)], look)
        _draw_area(painter, path, TurfState(int(layer.state[place])), colour, look)


def _draw_area(painter: QPainter, path: QPainterPath, state: TurfState, colour: str, look: Tokens) -> None:
    fill = QColor(colour)
    fill.setAlphaF(_FILL[state])
    painter.fillPath(path, fill)
    if state is TurfState.DONE:
        hatch = QColor(colour)
        hatch.setAlphaF(0.35)
        painter.fillPath(path, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(colour), look.px(_WIDTH[state]))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if state in _DASHES:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(list(_DASHES[state]))
    painter.strokePath(path, pen)
    if state is TurfState.DONE:
        painter.strokePath(path, QPen(QColor(look.map.land), look.px(1)))


_FILL = {
    TurfState.PROPOSED: 0.0, TurfState.READY: 0.07, TurfState.OUT: 0.10, TurfState.IN_PROGRESS: 0.16, TurfState.DONE: 0.05,
}  # fmt: skip
_WIDTH = {
    TurfState.PROPOSED: 1.5, TurfState.READY: 1.0, TurfState.OUT: 2.0, TurfState.IN_PROGRESS: 2.0, TurfState.DONE: 3.5,
}  # fmt: skip
_DASHES = {TurfState.PROPOSED: (1.0, 2.0), TurfState.OUT: (5.0, 3.0)}


def draw_turf_marks(
    painter: QPainter, shapes: TurfShapes, colours: tuple[str, ...], view: View, look: Tokens
) -> None:
    """A small plate on each turf: its mark, and its name where there is room; none over another."""
    layer = shapes.layer
    if view.scale < _MARKS_FROM_SCALE:
        return
    px, py = view.to_pixels(shapes.x, shapes.y)
    taken: set[tuple[int, int]] = set()
    cell = look.px(12)
    painter.setFont(font(look.px(11), bold=True))
    metrics = painter.fontMetrics()
    for place, name in enumerate(layer.names):
        if not name:
            continue
        low, high = int(shapes.offsets[place]), int(shapes.offsets[place + 1])
        x, y = px[low:high], py[low:high]
        if x.max() < 0 or y.max() < 0 or x.min() > view.width or y.min() > view.height:
            continue
        wide = float(np.ptp(x))
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, look.px(140))
        room = metrics.horizontalAdvance(text) + look.px(26)
        named = view.scale >= _NAMES_FROM_SCALE and room <= wide * 1.2
        width, height = (room if named else look.px(20)), look.px(20)
        # Above the turf, where its doors are not.
        top = int(np.argmin(y))
        box = QRectF(float(x[top]) - width / 2, float(y[top]) - height * 0.7, width, height)
        cells = {
            (column, row)
            for column in range(int(box.left() // cell), ceil(box.right() / cell) + 1)
            for row in range(int(box.top() // cell), ceil(box.bottom() / cell) + 1)
        }
        if not cells.isdisjoint(taken):
            continue
        taken |= cells
        colour = legible(colours[int(layer.hue[place]) % len(colours)], look)
        painter.setPen(QPen(QColor(colour), look.px(1)))
        painter.setBrush(QColor(look.surface))
        painter.drawRoundedRect(box, look.px(10), look.px(10))
        side = look.px(14)
        mark = QRectF(box.left() + look.px(3), box.center().y() - side / 2, side, side)
        draw_icon(painter, TURF_GLYPHS[TurfState(int(layer.state[place]))], mark, colour)
        if named:
            painter.setPen(QColor(look.ink))
            painter.drawText(
                box.adjusted(look.px(20), 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
                text,
            )
    painter.setBrush(Qt.BrushStyle.NoBrush)
