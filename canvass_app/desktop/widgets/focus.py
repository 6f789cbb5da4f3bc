"""The ring that shows where the keyboard is, for controls that paint themselves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from canvass_app.desktop.theme import tokens


def paint_focus(painter: QPainter, box: QRectF) -> None:
    """Draw the ring just inside `box`."""
    look = tokens()
    painter.setPen(QPen(QColor(look.accent), look.ring))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.radius, look.radius)
