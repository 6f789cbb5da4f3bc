"""Turfs that are proposed and not made yet: a dashed line around each, with the letters by which it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from canvass_app.desktop.map.colours import legible
from canvass_app.desktop.map.geometry import Projection, View
from canvass_app.desktop.theme import Tokens, font

_NAMED = 26  # pixels: an outline smaller than that shows no letters
_FILLED = 0.10
_DASHED = 80  # turfs in sight from which their lines are plain


class Outline(NamedTuple):
    """A turf's outline: rings int32[n, 2] of (lon_e6, lat_e6), where its letters stand and what they are, the index of
    its hue, whether it is chosen, and whether it is locked."""

    rings: tuple[NDArray[np.int32], ...]
    at: tuple[int, int]
    label: str
    hue: int
    chosen: bool = False
    locked: bool = False


class Proposed(NamedTuple):
    """An outline on the map's plane."""

    outline: Outline
    rings: tuple[QPolygonF, ...]
    box: tuple[float, float, float, float]
    at: tuple[float, float] = (0.0, 0.0)


def project_outline(projection: Projection, outline: Outline) -> Proposed:
    """The outline in metres of the map, with its box (x0, y0, x1, y1)."""
    rings = tuple(
        np.column_stack(projection.to_metres(ring[:, 0], ring[:, 1])) for ring in outline.rings if len(ring)
    )
    if not rings:
        return Proposed(outline, (), (0.0, 0.0, 0.0, 0.0))
    low = np.min([ring.min(axis=0) for ring in rings], axis=0)
    high = np.max([ring.max(axis=0) for ring in rings], axis=0)
    x, y = projection.to_metres(outline.at[0], outline.at[1])
    box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    shapes = tuple(QPolygonF([QPointF(a, b) for a, b in ring.tolist()]) for ring in rings)
    return Proposed(outline, shapes, box, (float(x), float(y)))


def paint_proposed(
    painter: QPainter, proposed: Sequence[Proposed], view: View, colours: Sequence[str], look: Tokens, *,
    moving: bool,
) -> None:  # fmt: skip
    """Draw what is in sight. While the ground is `moving` lines are plain: dashes of a whole city take too long."""
    painter.save()
    left, bottom = view.metres(0, view.height)
    right, top = view.metres(view.width, 0)
    seen = [
        one for one in proposed
        if one.rings and one.box[0] <= right and one.box[2] >= left and one.box[1] <= top and one.box[3] >= bottom
    ]  # fmt: skip
    # Dashes that nobody can tell from dots are not drawn: with a whole city in sight they would take a fifth of a second.
    plain = moving or len(seen) > _DASHED
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not plain)
    painter.save()
    painter.translate(view.width / 2, view.height / 2)
    painter.scale(view.scale, -view.scale)
    painter.translate(-view.x, -view.y)
    for one in sorted(seen, key=lambda one: one.outline.chosen):
        _paint_line(painter, one, colours, look, plain=plain, filled=not moving)
    painter.restore()
    taken: set[tuple[int, int]] = set()
    for one in sorted(seen, key=lambda one: not one.outline.chosen):
        _paint_letters(painter, one, view, colours, look, taken)
    painter.restore()


def _paint_line(
    painter: QPainter, one: Proposed, colours: Sequence[str], look: Tokens, *, plain: bool, filled: bool
) -> None:
    colour = QColor(legible(colours[one.outline.hue % len(colours)], look))
    pen = QPen(colour, look.px(3 if one.outline.chosen else 1.5))
    pen.setCosmetic(True)
    if plain and not one.outline.chosen:
        pen.setWidth(1)
    elif not plain and not one.outline.locked:
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setDashPattern([5, 3])
    painter.setPen(pen)
    ground = QColor(colour)
    ground.setAlphaF(_FILLED * (2 if one.outline.chosen else 1))
    painter.setBrush(ground if filled else Qt.BrushStyle.NoBrush)
    for ring in one.rings:
        painter.drawPolygon(ring)


def _paint_letters(
    painter: QPainter, one: Proposed, view: View, colours: Sequence[str], look: Tokens,
    taken: set[tuple[int, int]],
) -> None:  # fmt: skip
    wide = (one.box[2] - one.box[0]) * view.scale
    tall = (one.box[3] - one.box[1]) * view.scale
    if max(wide, tall) < look.px(_NAMED) and not one.outline.chosen:
        return
    at = QPointF(*view.pixel(*one.at))
    painter.setFont(font(look.px(13), bold=True))
    words = painter.fontMetrics().horizontalAdvance(one.outline.label) + look.px(10)
    box = QRectF(0, 0, max(words, look.px(20)), look.px(20))
    box.moveCenter(at)
    # Letters over letters say nothing: where there is no room, the first stand.
    step = look.px(10)
    covered = {
        (column, row)
        for column in range(int(box.left() // step), int(box.right() // step) + 1)
        for row in range(int(box.top() // step), int(box.bottom() // step) + 1)
    }
    if covered & taken:
        return
    taken |= covered
    colour = QColor(legible(colours[one.outline.hue % len(colours)], look))
    painter.setPen(QPen(colour, look.px(2 if one.outline.locked else 1)))
    painter.setBrush(QColor(look.surface))
    painter.drawRoundedRect(box, look.px(4), look.px(4))
    painter.setPen(QColor(look.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, one.outline.label)
