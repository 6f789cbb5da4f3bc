"""A walk on the map: its line along the streets with arrows, numbers at its stops, a flag where it starts."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from canvass_app.desktop.map.colours import legible, turf_colours
from canvass_app.desktop.map.geometry import View
from canvass_app.desktop.map.scene import Scene, Walk
from canvass_app.desktop.map.sprites import mark_size
from canvass_app.desktop.theme import Tokens, font
from canvass_app.desktop.theme.icons import draw_icon

_NUMBERS_FROM_SCALE = 0.3  # pixels per metre; from there on as many numbers as have room
_ARROW_EVERY, _ARROW = 64.0, 5.5


def draw_walk_line(painter: QPainter, walk: Walk, scene: Scene, view: View, look: Tokens) -> None:
    """The line, with an arrow where it has gone straight long enough to show one."""
    if len(walk.path_x) < 2:
        return
    x, y = view.to_pixels(walk.path_x, walk.path_y)
    points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    colour = QColor(_walk_colour(walk, scene, look))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(look.map.halo), 3.5), (colour, 1.75)):
        pen = QPen(ink, look.px(width))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for tip, ahead in arrows(points, look):
        if -20 <= tip.x() <= view.width + 20 and -20 <= tip.y() <= view.height + 20:
            painter.drawPolygon(_head(tip, ahead, look))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def arrows(points: list[QPointF], look: Tokens) -> list[tuple[QPointF, QPointF]]:
    """Where arrows stand, in the middle of a straight piece, and which way they point (a step of length 1)."""
    found: list[tuple[QPointF, QPointF]] = []
    since = look.px(_ARROW_EVERY) / 2
    for one, other in pairwise(points):
        step = other - one
        length = hypot(step.x(), step.y())
        since += length
        if length < look.px(_ARROW) * 3 or since < look.px(_ARROW_EVERY):
            continue
        ahead = step / length
        count = max(1, int(length // look.px(_ARROW_EVERY)))
        found += [(one + step * ((n + 0.5) / count), ahead) for n in range(count)]
        since = 0.0
    return found


def _head(tip: QPointF, ahead: QPointF, look: Tokens) -> QPolygonF:
    size = look.px(_ARROW)
    across = QPointF(-ahead.y(), ahead.x())
    return QPolygonF(
        [tip + ahead * size, tip - ahead * size + across * size, tip - ahead * size * 0.4,
         tip - ahead * size - across * size]
    )  # fmt: skip


def _by_weight(count: int) -> list[int]:
    """All indices: first, last, then the middles of ever smaller pieces, so that few numbers still tell the way."""
    order = dict.fromkeys((0, count - 1))
    step = 1
    while step < count:
        step *= 2
    while step >= 1:
        order.update(dict.fromkeys(range(0, count, step)))
        step //= 2
    return list(order)


def _cells(box: QRectF, cell: float) -> set[tuple[int, int]]:
    columns = range(int(box.left() // cell), int(box.right() // cell) + 1)
    rows = range(int(box.top() // cell), int(box.bottom() // cell) + 1)
    return {(column, row) for column in columns for row in rows}


def draw_walk_stops(painter: QPainter, walk: Walk, scene: Scene, view: View, look: Tokens) -> None:
    """Numbers beside the stops where they do not run into each other, and the flag at the first stop."""
    if not len(walk.x):
        return
    px, py = view.to_pixels(walk.x, walk.y)
    colour = _walk_colour(walk, scene, look)
    side = look.px(18)
    flag = QRectF(px[0] - side * 0.25, py[0] - side * 0.92, side, side)
    if view.scale >= _NUMBERS_FROM_SCALE:
        painter.setFont(font(look.px(11), bold=True))
        lift = mark_size(view.scale) * look.zoom / 2 + look.px(2)
        metrics, height = painter.fontMetrics(), look.px(13)
        room = look.px(2)
        cell = look.px(6)
        taken = _cells(flag.adjusted(-room, -room, room, room), cell)
        for index in _by_weight(len(px)):
            x, y = float(px[index]), float(py[index])
            if not (0 <= x <= view.width and 0 <= y <= view.height):
                continue
            width = metrics.horizontalAdvance(walk.labels[index])
            for box in (
                QRectF(x - width / 2, y - lift - height, width, height),
                QRectF(x - width / 2, y + lift, width, height),
            ):
                cells = _cells(box.adjusted(-room, 0, room, 0), cell)
                if cells.isdisjoint(taken):
                    taken |= cells
                    _text_with_halo(painter, box, walk.labels[index], colour, look)
                    break
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.surface))
    painter.drawEllipse(flag.center(), side * 0.72, side * 0.72)
    painter.setPen(QPen(QColor(colour), look.px(1.5)))
    painter.drawEllipse(flag.center(), side * 0.72, side * 0.72)
    draw_icon(painter, "flag", flag.adjusted(2, 2, -2, -2), colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _walk_colour(walk: Walk, scene: Scene, look: Tokens) -> str:
    colours = scene.turf_colours or turf_colours(look)
    return look.accent if walk.turf < 0 else legible(colours[walk.turf % len(colours)], look)


def _text_with_halo(painter: QPainter, box: QRectF, text: str, colour: str, look: Tokens) -> None:
    path = QPainterPath()
    metrics = painter.fontMetrics()
    path.addText(
        QPointF(box.center().x() - metrics.horizontalAdvance(text) / 2, box.bottom() - look.px(1)),
        painter.font(),
        text,
    )
    painter.strokePath(path, QPen(QColor(look.map.halo), look.px(2.5)))
    painter.fillPath(path, QColor(colour))
