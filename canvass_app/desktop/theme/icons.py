"""Icons coloured by the theme at the moment they are painted.

An icon made before a change of theme or zoom is right after it: the engine asks for the tokens each time. QtAwesome
is not needed for any of them (its import alone would double the cold start); the set in `glyphs` is the product's own.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap

from canvass_app.desktop.theme.glyphs import GLYPH_NAMES, GRID, STROKE, glyph
from canvass_app.desktop.theme.tokens import Tokens, tokens

Tone = Literal["ink", "quiet", "accent", "good", "warn", "bad", "on_accent", "on_bad"]
ICON_NAMES = GLYPH_NAMES

_drawn: dict[tuple[str, str, int, int], QPixmap] = {}


def icon(name: str, tone: Tone = "ink") -> QIcon:
    """An icon by name, in a colour of the theme. Give its button a label or a tool tip and an accessible name.

    Raises KeyError when the set has no such icon.
    """
    glyph(name)
    return QIcon(_GlyphEngine(name, tone))


def icon_pixmap(name: str, size: int, tone: Tone = "ink", ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of `size` logical pixels for a screen with `ratio` device pixels to one."""
    pixels = max(1, round(size * ratio))
    picture = QPixmap(_picture(name, getattr(tokens(), tone), pixels))
    picture.setDevicePixelRatio(ratio)
    return picture


def draw_icon(painter: QPainter, name: str, box: QRectF, colour: str) -> None:
    """Draw an icon's outlines into `box`, in any colour."""
    shape = glyph(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height())
    painter.translate(box.center() - QPointF(side / 2, side / 2))
    painter.scale(side / GRID, side / GRID)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(
            QColor(colour), STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        )
    )
    painter.drawPath(shape.strokes)
    painter.fillPath(shape.fills, QColor(colour))
    painter.restore()


class _GlyphEngine(QIconEngine):
    def __init__(self, name: str, tone: Tone) -> None:
        super().__init__()
        self._name = name
        self._tone: Tone = tone

    def _colour(self, mode: QIcon.Mode) -> str:
        look: Tokens = tokens()
        return look.edge if mode == QIcon.Mode.Disabled else getattr(look, self._tone)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw_icon(painter, self._name, QRectF(rect), self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _picture(self._name, self._colour(mode), max(1, min(size.width(), size.height())))

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._tone)


def _picture(name: str, colour: str, pixels: int) -> QPixmap:
    key = (name, colour, pixels, 0)
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) > 600:
            _drawn.clear()
        found = QPixmap(pixels, pixels)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        draw_icon(painter, name, QRectF(0, 0, pixels, pixels), colour)
        painter.end()
        _drawn[key] = found
    return found
