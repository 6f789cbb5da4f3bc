"""What lies over the map and does not move with it: scale bar, north mark, attribution, the shape being drawn."""

from __future__ import annotations

from math import floor, log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from canvass_app.desktop.theme import Tokens, font
from canvass_app.desktop.widgets.format import NO_BREAK_SPACE, format_number, ui_language


def scale_bar(pixels_per_metre: float, room: float) -> tuple[float, float]:
    """The longest round length (1, 2 or 5 times a power of ten, in metres) that fits in `room` pixels, and its length
    in pixels."""
    most = room / pixels_per_metre
    power = 10.0 ** floor(log10(most))
    metres = max(step * power for step in (1, 2, 5) if step * power <= most * (1 + 1e-9))
    return metres, metres * pixels_per_metre


def format_length(metres: float, lang: str) -> str:
    """200 m, 5 km, 1,000 km: metres below a kilometre, else kilometres."""
    number, unit = (metres / 1000, "km") if metres >= 1000 else (metres, "m")
    digits = 0 if number >= 1 else 1
    return f"{format_number(number, lang, digits)}{NO_BREAK_SPACE}{unit}"


def paint_scale(painter: QPainter, bottom_left: QPointF, pixels_per_metre: float, look: Tokens) -> None:
    """Draw the scale bar with the north mark beside it, standing on `bottom_left`."""
    metres, length = scale_bar(pixels_per_metre, look.px(110))
    text = format_length(metres, ui_language())
    painter.setFont(font(look.px(11)))
    height, pad = look.px(24), look.px(8)
    words = painter.fontMetrics().horizontalAdvance(text)
    north = look.px(18)
    width = north + length + words + pad * 3
    box = QRectF(bottom_left.x(), bottom_left.y() - height, width, height)
    _ground(painter, box, look)
    middle = box.center().y()
    _north(painter, QPointF(box.x() + pad + look.px(4), middle), look)
    left = box.x() + pad + north
    painter.setPen(QPen(QColor(look.ink), look.px(1.5)))
    tick = look.px(3)
    for start, stop in (
        (QPointF(left, middle + tick), QPointF(left + length, middle + tick)),
        (QPointF(left, middle - tick), QPointF(left, middle + tick)),
        (QPointF(left + length, middle - tick), QPointF(left + length, middle + tick)),
    ):
        painter.drawLine(start, stop)
    painter.setPen(QColor(look.ink))
    painter.drawText(
        QRectF(left + length + pad, box.y(), words + 2, height),
        Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text,
    )  # fmt: skip


def paint_attribution(painter: QPainter, bottom_right: QPointF, text: str, room: float, look: Tokens) -> None:
    """Write whom the map thanks, ending at `bottom_right`, at most `room` pixels wide."""
    if not text:
        return
    painter.setFont(font(look.px(11)))
    pad = look.px(8)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room - 2 * pad))
    width = painter.fontMetrics().horizontalAdvance(shown) + 2 * pad
    box = QRectF(bottom_right.x() - width, bottom_right.y() - look.px(24), width, look.px(24))
    _ground(painter, box, look)
    painter.setPen(QColor(look.quiet))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)


def paint_outline(
    painter: QPainter, points: list[tuple[float, float]], look: Tokens, *, finished: bool
) -> None:
    """Draw the lasso or band being drawn, or the one that made the selection (quieter)."""
    if len(points) < 2:
        return
    shape = QPolygonF([QPointF(x, y) for x, y in points])
    fill = QColor(look.accent)
    fill.setAlphaF(0.05 if finished else 0.10)
    path = QPainterPath()
    path.addPolygon(shape)
    path.closeSubpath()
    painter.fillPath(path, fill)
    pen = QPen(QColor(look.accent), look.px(1.5))
    if finished:
        pen.setDashPattern([4, 3])
    painter.strokePath(path, pen)


def paint_here(painter: QPainter, centre: QPointF, size: float, look: Tokens) -> None:
    """Point at the door whose card is open: a strong ring well outside its mark of `size` pixels."""
    radius = size / 2 + look.px(8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((look.map.halo, 6.0), (look.ink, 2.5)):
        painter.setPen(QPen(QColor(colour), look.px(width)))
        painter.drawEllipse(centre, radius, radius)


def paint_crosshair(painter: QPainter, centre: QPointF, look: Tokens) -> None:
    """Mark the middle of the map, where the keyboard picks."""
    arm, gap = look.px(9), look.px(3)
    for colour, width in ((look.surface, 4.0), (look.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), look.px(width)))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            step = QPointF(dx, dy)
            painter.drawLine(centre + step * gap, centre + step * arm)


def _ground(painter: QPainter, box: QRectF, look: Tokens) -> None:
    ground = QColor(look.surface)
    ground.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, look.px(4), look.px(4))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _north(painter: QPainter, centre: QPointF, look: Tokens) -> None:
    arrow = QPainterPath()
    tall, wide = look.px(7), look.px(4)
    arrow.moveTo(centre + QPointF(0, -tall))
    arrow.lineTo(centre + QPointF(wide, tall * 0.8))
    arrow.lineTo(centre + QPointF(0, tall * 0.35))
    arrow.lineTo(centre + QPointF(-wide, tall * 0.8))
    arrow.closeSubpath()
    painter.fillPath(arrow, QColor(look.ink))
