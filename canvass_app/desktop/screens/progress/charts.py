"""The two charts of the screen, drawn by pyqtgraph and dressed from the tokens.

Lengths start at zero and carry their number; nothing moves under the mouse, and the wheel scrolls the page. This
module brings pyqtgraph in, half a second of loading: import it only once there is something to draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from canvass_app.desktop.theme import font, mix, tokens
from canvass_app.desktop.widgets import format_number, ui_language

pg.setConfigOptions(antialias=True, exitCleanup=False)

ROW = 24
EVENING_HEIGHT = 260
_BAR = 0.66


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening of the first chart: a bar within a bar. `short` is its name where there is little room."""

    name: str
    attempts: int
    contacts: int
    short: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """One bar of a list of words: `colour` is "#RRGGBB" or the name of a token."""

    name: str
    value: int
    words: str
    colour: str = "accent"


class _Chart(pg.PlotWidget):
    """A plot that only shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackground(None)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("background: transparent; border: none; padding: 0;")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setInteractive(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # pyqtgraph makes most of its methods as it runs; for the type checker the plot is anything.
        self._plot: Any = self.getPlotItem()
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setDefaultPadding(0)
        self._plot.layout.setContentsMargins(0, 0, 0, 0)
        self._plot.enableAutoRange(False)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setStyle(
                tickLength=0, hideOverlappingLabels=False, autoExpandTextSpace=False,
                autoReduceTextSpace=False, maxTickLevel=0,
            )  # fmt: skip
            axis.setZValue(1)

    def wheelEvent(self, ev: QWheelEvent) -> None:
        """The wheel belongs to the page."""
        ev.ignore()

    def resizeEvent(self, ev: QResizeEvent | None) -> None:
        """Labels that fit a wide chart may not fit a narrow one."""
        super().resizeEvent(ev)
        if ev is not None and ev.size() != ev.oldSize() and hasattr(self, "_plot"):
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours and sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_plot"):
            self._measure()
            self._draw()

    def _measure(self) -> None:
        """Set the height that the content asks for."""

    def _draw(self) -> None:
        """Draw everything anew; Qt paints it in one go."""

    def _dress(self, side: str) -> Any:
        look = tokens()
        axis = self._plot.getAxis(side)
        axis.setStyle(tickFont=font(look.small), tickTextOffset=look.px(8), tickAlpha=0)
        axis.setPen(QPen(Qt.PenStyle.NoPen))
        axis.setTextPen(QColor(look.ink if side == "left" and not self._numbers_left else look.quiet))
        return axis

    _numbers_left = False

    def _word(
        self,
        text: str,
        x: float,
        y: float,
        anchor: tuple[float, float],
        colour: str,
        *,
        bold: bool = False,
        ground: bool = False,
    ) -> None:
        fill = QBrush(QColor(tokens().surface)) if ground else None
        item = pg.TextItem(text, color=QColor(colour), anchor=anchor, fill=fill)
        item.setFont(font(tokens().small, bold=bold))
        # Qt keeps an edge of a few pixels around a text; the anchor is meant for the letters.
        item.textItem.document().setDocumentMargin(0)
        item.updateTextPos()
        item.setPos(x, y)
        self._plot.addItem(item, ignoreBounds=True)


def _soft() -> str:
    """The colour of attempts: the accent's shadow, so that contacts stand out within."""
    look = tokens()
    return mix(look.accent, look.surface, 0.28 if look.is_dark else 0.24)


class EveningChart(_Chart):
    """Attempts by evening, and within each bar its contacts."""

    _numbers_left = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evenings: tuple[Evening, ...] = ()
        self._names = ("", "")
        # As tall as the card beside it.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._measure()

    def show_evenings(self, evenings: Sequence[Evening], attempts: str, contacts: str) -> None:
        """Show the evenings, oldest first; `attempts` and `contacts` are the two words written beside the last one."""
        self._evenings, self._names = tuple(evenings), (attempts, contacts)
        lang = ui_language()
        self.setAccessibleDescription(
            "; ".join(
                f"{one.name}: {format_number(one.attempts, lang)} {attempts}, {format_number(one.contacts, lang)} {contacts}"
                for one in self._evenings
            )
        )
        self._draw()

    def sizeHint(self) -> QSize:
        """Tall enough to compare heights."""
        return QSize(tokens().px(360), tokens().px(EVENING_HEIGHT))

    def _measure(self) -> None:
        self.setMinimumHeight(tokens().px(EVENING_HEIGHT))

    def _draw(self) -> None:
        self._plot.clear()
        count = len(self._evenings)
        if not count:
            return
        look, lang = tokens(), ui_language()
        metrics = QFontMetrics(font(look.small))
        top = max(one.attempts for one in self._evenings) or 1
        left, bottom = self._dress("left"), self._dress("bottom")
        ticks = _ticks(top)
        numbers = [(tick, format_number(tick, lang)) for tick in ticks]
        left.setTicks([numbers])
        # The axis takes this width when Qt next lays the plot out; until then it must not be asked for it.
        beside_left = max(metrics.horizontalAdvance(text) for _, text in numbers) + look.px(10)
        left.setWidth(beside_left)
        bottom.setHeight(look.px(24))
        width = max(1, self.width() - beside_left)
        height = max(1, self.height() - look.px(24))
        # The words "attempts" and "contacts" stand at the right of the last bar, in room of their own.
        beside = max(metrics.horizontalAdvance(name) for name in self._names) + look.px(10)
        room = max(look.px(40), width - beside)
        # Few evenings do not become walls: a bar is at most 96 pixels wide.
        slots = max(count, room * _BAR / look.px(96))
        slot = room / slots
        scale = width / slot
        self._plot.setXRange(-0.5, -0.5 + scale, padding=0)
        above = look.px(22)
        self._plot.setYRange(0, top * height / max(1, height - above), padding=0)
        rule = QPen(QColor(look.line), 1)
        rule.setCosmetic(True)
        for tick in ticks:
            line = pg.InfiniteLine(tick, angle=0, pen=rule)
            line.setZValue(-10)
            self._plot.addItem(line, ignoreBounds=True)
        names, every = self._named(slot, metrics)
        # Counted from the last evening: the one people look for always has its name.
        bottom.setTicks([[(n, names[n]) for n in range(count) if (count - 1 - n) % every == 0]])
        self._bars([one.attempts for one in self._evenings], _soft())
        self._bars([one.contacts for one in self._evenings], look.accent)
        pixel = top * height / max(1, height - above) / height
        self._numbers(slot * _BAR, pixel, metrics)
        self._name_series(pixel)

    def _named(self, slot: float, metrics: QFontMetrics) -> tuple[list[str], int]:
        """What stands under the bars, and under every how many: short names before fewer of them."""
        every = 1
        for names in (
            [one.name for one in self._evenings],
            [one.short or one.name for one in self._evenings],
        ):
            widest = max(metrics.horizontalAdvance(name) for name in names) + tokens().px(12)
            every = max(1, -(-widest // max(1, int(slot))))
            if every == 1:
                break
        return names, every

    def _bars(self, values: Sequence[int], colour: str) -> None:
        bars = pg.BarGraphItem(
            x=list(range(len(values))), height=list(values), width=_BAR, pen=QPen(Qt.PenStyle.NoPen),
            brush=QBrush(QColor(colour)),
        )  # fmt: skip
        self._plot.addItem(bars, ignoreBounds=True)

    def _numbers(self, wide: float, pixel: float, metrics: QFontMetrics) -> None:
        look, lang = tokens(), ui_language()
        longest = max(metrics.horizontalAdvance(format_number(one.attempts, lang)) for one in self._evenings)
        if longest > wide + look.px(10):
            return
        for place, one in enumerate(self._evenings):
            self._word(
                format_number(one.attempts, lang),
                place,
                one.attempts + pixel * look.px(3),
                (0.5, 1),
                look.ink,
                ground=True,
            )
            text = format_number(one.contacts, lang)
            if not one.contacts:
                continue
            inside = one.contacts / pixel >= metrics.height() + look.px(6)
            free = (one.attempts - one.contacts) / pixel >= metrics.height() + look.px(4)
            if inside:
                self._word(text, place, one.contacts - pixel * look.px(4), (0.5, 0), look.on_accent)
            elif free:
                self._word(text, place, one.contacts + pixel * look.px(2), (0.5, 1), look.ink)

    def _name_series(self, pixel: float) -> None:
        look = tokens()
        last = self._evenings[-1]
        x = len(self._evenings) - 1 + _BAR / 2
        step = pixel * look.px(17)
        low = max(last.contacts / 2, step / 2)
        high = max((last.attempts + last.contacts) / 2, low + step)
        # A few pixels of air: the anchor counts in text widths, so it is given as a leading thin space.
        self._word("\u2009\u2009" + self._names[0], x, high, (0, 0.5), look.quiet)
        self._word("\u2009\u2009" + self._names[1], x, low, (0, 0.5), look.accent, bold=True)


class LengthChart(_Chart):
    """Words with a bar each, the number at its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lengths: tuple[Length, ...] = ()
        self._plot.hideAxis("bottom")
        self._plot.invertY(True)
        self._measure()

    def show_lengths(self, lengths: Sequence[Length]) -> None:
        """Show these bars from top to bottom."""
        self._lengths = tuple(lengths)
        self.setAccessibleDescription("; ".join(f"{one.name}: {one.words}" for one in self._lengths))
        self._measure()
        self._draw()

    def sizeHint(self) -> QSize:
        """One line a bar."""
        return QSize(tokens().px(360), self._height())

    def _height(self) -> int:
        return tokens().px(ROW) * max(1, len(self._lengths))

    def _measure(self) -> None:
        self.setFixedHeight(self._height())

    def _draw(self) -> None:
        self._plot.clear()
        count = len(self._lengths)
        if not count:
            return
        look = tokens()
        metrics = QFontMetrics(font(look.small))
        left = self._dress("left")
        names_room = int(self.width() * 0.45)
        names = [
            metrics.elidedText(one.name, Qt.TextElideMode.ElideRight, names_room) for one in self._lengths
        ]
        left.setTicks([list(enumerate(names))])
        beside_left = max(metrics.horizontalAdvance(name) for name in names) + look.px(10)
        left.setWidth(beside_left)
        width = max(1, self.width() - beside_left)
        words = max(metrics.horizontalAdvance(one.words) for one in self._lengths) + look.px(14)
        top = max(one.value for one in self._lengths) or 1
        bar_room = max(look.px(24), width - words)
        # Two pixels to the left of zero, so that the base line is whole.
        self._plot.setXRange(-2 * top / bar_room, top * width / bar_room, padding=0)
        self._plot.setYRange(-0.5, count - 0.5, padding=0)
        pixel = top / bar_room
        bars = pg.BarGraphItem(
            x0=[0] * count, y=list(range(count)), width=[one.value for one in self._lengths], height=_BAR,
            pens=[QPen(Qt.PenStyle.NoPen)] * count,
            brushes=[QBrush(QColor(getattr(look, one.colour, one.colour))) for one in self._lengths],
        )  # fmt: skip
        self._plot.addItem(bars, ignoreBounds=True)
        base = pg.InfiniteLine(0, angle=90, pen=QPen(QColor(look.line), 0))
        self._plot.addItem(base, ignoreBounds=True)
        for place, one in enumerate(self._lengths):
            self._word(one.words, one.value + pixel * look.px(6), place, (0, 0.5), look.ink)


def _ticks(top: int) -> list[int]:
    """Zero and up to four round whole numbers not above `top`."""
    rough = top / 4
    if rough <= 1:
        return list(range(top + 1))
    unit = 10 ** floor(log10(rough))
    step = next(int(unit * factor) for factor in (1, 2, 5, 10) if unit * factor >= rough)
    return list(range(0, top + 1, max(1, step)))
