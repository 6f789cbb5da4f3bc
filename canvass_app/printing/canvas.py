"""A page to draw on in millimetres: the same for a PDF and for a picture.

Inside, one unit is a hundredth of a millimetre and fonts are sized in those units without hinting, so every
text is exactly as wide in a picture of 96 dpi as in the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen, QPolygonF

from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text

from .geometry import Rect
from .marks import Modules

UNITS = 100.0
UNITS_PER_POINT = 2540 / 72
SMALLEST = 9.0

# The system's plain sans serif, by its names on Windows, macOS and Linux; all have tabular figures.
_FAMILIES = ("Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans")

# What Qt lists on Linux even where there is no font behind them.
_ALIASES = {"Monospace", "Sans Serif", "Serif"}

BLACK = 0
QUIET = 70
RULE = 150
FAINT = 190


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: size in points, weight, slant, grey (0 black to 255 white)."""

    size: float
    bold: bool = False
    italic: bool = False
    grey: int = BLACK
    struck: bool = False


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text as drawn and the rectangle its ink fills."""

    text: str
    ink: Rect
    size: float


@lru_cache(maxsize=1)
def sheet_family() -> str:
    """The font family of the sheets. Raises StorageProblem when the computer has no font at all."""
    there = set(QFontDatabase.families()) - _ALIASES
    for family in _FAMILIES:
        if family in there:
            return family
    if not there:
        raise StorageProblem(
            Text(
                "This computer has no font to print with. The list is safe. "
                "Install one (on Debian and Ubuntu: fonts-dejavu-core), then print again.",
                "Cet ordinateur n’a aucune police pour imprimer. La liste est intacte. "
                "Installez-en une (sous Debian et Ubuntu : fonts-dejavu-core), puis imprimez de nouveau.",
            )
        )
    return QFont().family()


@lru_cache(maxsize=256)
def _font(family: str, size: float, bold: bool, italic: bool, struck: bool) -> tuple[QFont, QFontMetricsF]:
    font = QFont(family)
    font.setPixelSize(round(size * UNITS_PER_POINT))
    font.setBold(bold)
    font.setItalic(italic)
    font.setStrikeOut(struck)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font, QFontMetricsF(font)


def metrics(style: Style) -> QFontMetricsF:
    """The metrics of a style in canvas units (hundredths of a millimetre)."""
    return _font(sheet_family(), style.size, style.bold, style.italic, style.struck)[1]


def text_width(text: str, style: Style) -> float:
    """How wide a text is, in millimetres."""
    return metrics(style).horizontalAdvance(text) / UNITS


def fit(text: str, style: Style, width: float, smallest: float = SMALLEST) -> tuple[str, Style]:
    """The text and style that fit into `width` millimetres: smaller by half points down to `smallest`, then
    shortened with an ellipsis."""
    text = " ".join(text.split())
    while style.size > smallest and text_width(text, style) > width:
        style = replace(style, size=max(smallest, style.size - 0.5))
    if text_width(text, style) > width:
        text = metrics(style).elidedText(text, Qt.TextElideMode.ElideRight, width * UNITS)
    return text, style


def wrap(text: str, style: Style, width: float) -> list[str]:
    """The text in lines of at most `width` millimetres, broken at blanks; a word too long is shortened."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if not line or text_width(longer, style) <= width:
                line = longer
            else:
                lines.append(line)
                line = word
        lines.append(line)
    return [fit(line, style, width, style.size)[0] for line in lines]


def two_lines(text: str, style: Style, width: float) -> list[str]:
    """The text in at most two lines of `width` millimetres, the second shortened when it is longer.

    A name of two parts breaks after its dash ("Sainte-Marguerite—" / "Vallée-du-Bouleau"), anything else at a
    blank, a word too long for the line at a hyphen.
    """
    text = " ".join(text.split())
    if text_width(text, style) <= width:
        return [text]
    for breaks in (r"(?<=[—–])", r"(?<= )", r"(?<=-)"):
        parts = re.split(breaks, text)
        for n in range(len(parts) - 1, 0, -1):
            head, tail = "".join(parts[:n]).strip(), "".join(parts[n:]).strip()
            if text_width(head, style) <= width and (
                breaks != r"(?<=[—–])" or text_width(tail, style) <= width
            ):
                return [head, fit(tail, style, width, style.size)[0]]
    return [fit(text, style, width, style.size)[0]]


class Canvas:
    """Draws on a painter whose device is one page. `texts` keeps what was written when `keep_texts`."""

    def __init__(self, painter: QPainter, *, keep_texts: bool = False) -> None:
        self._painter = painter
        self._keep = keep_texts
        self.texts: list[PlacedText] = []

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        style: Style,
        *,
        width: float = 0.0,
        align: Literal["left", "centre", "right"] = "left",
        smallest: float = SMALLEST,
    ) -> float:
        """Write one line at `x` (its left, middle or right end) and return its width in millimetres.

        With a `width` the text is made to fit into it.
        """
        if not text:
            return 0.0
        if width:
            text, style = fit(text, style, width, smallest)
        font, measure = _font(sheet_family(), style.size, style.bold, style.italic, style.struck)
        advance = measure.horizontalAdvance(text)
        left = x * UNITS - {"left": 0.0, "centre": advance / 2, "right": advance}[align]
        self._painter.setFont(font)
        self._painter.setPen(QColor(style.grey, style.grey, style.grey))
        self._painter.drawText(QPointF(left, baseline * UNITS), text)
        if self._keep:
            ink = measure.tightBoundingRect(text).translated(left, baseline * UNITS)
            self._note(text, ink, style)
        return advance / UNITS

    def upright_text(self, x: float, bottom: float, text: str, style: Style) -> None:
        """Write one line turned a quarter to the left: it rises from `bottom`, its baseline at `x`."""
        font, measure = _font(sheet_family(), style.size, style.bold, style.italic, style.struck)
        self._painter.save()
        self._painter.translate(x * UNITS, bottom * UNITS)
        self._painter.rotate(-90)
        self._painter.setFont(font)
        self._painter.setPen(QColor(style.grey, style.grey, style.grey))
        self._painter.drawText(QPointF(0, 0), text)
        self._painter.restore()
        if self._keep:
            flat = measure.tightBoundingRect(text)
            ink = QRectF(x * UNITS + flat.top(), bottom * UNITS - flat.right(), flat.height(), flat.width())
            self._note(text, ink, style)

    def _note(self, text: str, ink: QRectF, style: Style) -> None:
        place = Rect(ink.x() / UNITS, ink.y() / UNITS, ink.width() / UNITS, ink.height() / UNITS)
        self.texts.append(PlacedText(text, place, style.size))

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        width: float,
        grey: int = BLACK,
        dotted: bool = False,
    ) -> None:
        """A straight line of `width` millimetres."""
        self._painter.setPen(_pen(width, grey, dotted))
        self._painter.drawLine(QLineF(x1 * UNITS, y1 * UNITS, x2 * UNITS, y2 * UNITS))

    def path(self, points: Sequence[tuple[float, float]], width: float, grey: int = BLACK) -> None:
        """Joined straight lines."""
        self._painter.setPen(_pen(width, grey, dotted=False))
        self._painter.drawPolyline(_polygon(points))

    def box(self, rect: Rect, width: float, grey: int = BLACK) -> None:
        """A rectangle whose outer edge is `rect`."""
        inset = width / 2
        self._painter.setPen(_pen(width, grey, dotted=False))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(
            _rect(Rect(rect.x + inset, rect.y + inset, rect.width - width, rect.height - width))
        )

    def fill(self, rect: Rect, grey: int = BLACK) -> None:
        """A filled rectangle without outline."""
        self._painter.fillRect(_rect(rect), QColor(grey, grey, grey))

    def polygon(self, points: Sequence[tuple[float, float]], grey: int = BLACK) -> None:
        """A filled shape without outline."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(grey, grey, grey))
        self._painter.drawPolygon(_polygon(points))

    def disc(self, x: float, y: float, radius: float, fill: int, outline: float = 0.0) -> None:
        """A filled circle, with a black outline of `outline` millimetres."""
        self._painter.setPen(_pen(outline, BLACK, dotted=False) if outline else Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(fill, fill, fill))
        self._painter.drawEllipse(QPointF(x * UNITS, y * UNITS), radius * UNITS, radius * UNITS)

    def modules(self, rect: Rect, modules: Modules) -> None:
        """A square pattern of black modules; neighbours in a row are one stroke, so no hairline parts them."""
        side = rect.width / len(modules)
        black = QColor(0, 0, 0)
        tops = [round((rect.y + n * side) * UNITS) for n in range(len(modules) + 1)]
        lefts = [round((rect.x + n * side) * UNITS) for n in range(len(modules) + 1)]
        for n, row in enumerate(modules):
            start = 0
            while start < len(row):
                end = start
                while end < len(row) and row[end]:
                    end += 1
                if end > start:
                    area = QRectF(lefts[start], tops[n], lefts[end] - lefts[start], tops[n + 1] - tops[n])
                    self._painter.fillRect(area, black)
                start = end + 1

    def clip(self, rect: Rect | None) -> None:
        """Draw only inside `rect` until called with None."""
        if rect is None:
            self._painter.setClipping(False)
        else:
            self._painter.setClipRect(_rect(rect))


def _pen(width: float, grey: int, dotted: bool) -> QPen:
    pen = QPen(QColor(grey, grey, grey), width * UNITS)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dotted:
        pen.setDashPattern([2.0, 4.0])
    return pen


def _rect(rect: Rect) -> QRectF:
    return QRectF(rect.x * UNITS, rect.y * UNITS, rect.width * UNITS, rect.height * UNITS)


def _polygon(points: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x * UNITS, y * UNITS) for x, y in points])
