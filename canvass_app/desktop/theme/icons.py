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

_BESIDE = 0.8  # of an icon's box, when words stand beside it
_drawn: dict[tuple[str, str, int, bool], QPixmap] = {}


def icon(name: str, tone: Tone = "ink", *, beside: bool = False) -> QIcon:
    """An icon by name, in a colour of the theme. Give its button a label or a tool tip and an accessible name.

    `beside` words it keeps a fifth of its width clear, as a style leaves hardly any room between the two.
    Raises KeyError when the set has no such icon.
    """
    glyph(name)
    return QIcon(_GlyphEngine(name, tone, beside))


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
    def __init__(self, name: str, tone: Tone, beside: bool) -> None:
        super().__init__()
        self._name = name
        self._beside = beside
        self._tone: Tone = tone

    def _colour(self, mode: QIcon.Mode) -> str:
        look: Tokens = tokens()
        return look.edge if mode == QIcon.Mode.Disabled else getattr(look, self._tone)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        box = _box(rect.width(), rect.height(), self._beside).translated(rect.x(), rect.y())
        draw_icon(painter, self._name, box, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        side = max(1, min(size.width(), size.height()))
        return _picture(self._name, self._colour(mode), side, self._beside)

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._tone, self._beside)


def _box(width: float, height: float, beside: bool) -> QRectF:
    """Where the glyph is drawn: everywhere, or at the left with a fifth of the width kept clear."""
    if not beside:
        return QRectF(0, 0, width, height)
    side = min(width, height) * _BESIDE
    return QRectF(0, (height - side) / 2, side, side)


def _picture(name: str, colour: str, pixels: int, beside: bool = False) -> QPixmap:
    key = (name, colour, pixels, beside)
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) > 600:
            _drawn.clear()
        found = QPixmap(pixels, pixels)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        draw_icon(painter, name, _box(pixels, pixels, beside), colour)
        painter.end()
        _drawn[key] = found
    return found
