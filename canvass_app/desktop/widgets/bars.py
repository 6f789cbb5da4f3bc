"""Lengths that mean amounts, from zero: a balance against a target, support 1 to 5, a spark line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from canvass_app.desktop.theme import Tokens, font, tokens
from canvass_app.desktop.widgets.format import format_number, ui_language
from canvass_app.desktop.widgets.labels import restyles, retranslates

# How far from the target a turf may be before its bar asks for attention (turf.md: balanced within 15 %).
BALANCE_TOLERANCE = 0.15
_FULL = 1.6  # the bar's right end, in targets


def paint_balance(painter: QPainter, box: QRectF, value: float, target: float, look: Tokens) -> None:
    """Draw `value` as a length from zero, with a mark at `target`; outside the tolerance it changes colour and
    gains a hatch-like notch, so that it does not speak by colour alone."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    height = look.px(6)
    groove = QRectF(box.x(), box.center().y() - height / 2, box.width(), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.pressed))
    painter.drawRoundedRect(groove, height / 2, height / 2)
    if target > 0:
        share = max(0.0, min(value / target / _FULL, 1.0))
        uneven = abs(value - target) > BALANCE_TOLERANCE * target
        filled = QRectF(
            groove.x(), groove.y(), max(height, groove.width() * share) if value > 0 else 0, height
        )
        painter.setBrush(QColor(look.warn if uneven else look.accent))
        painter.drawRoundedRect(filled, height / 2, height / 2)
        if uneven and value > 0:
            painter.setBrush(QColor(look.surface))
            painter.drawEllipse(
                QPointF(filled.right() - height / 2, filled.center().y()), height / 4, height / 4
            )
        mark = groove.x() + groove.width() / _FULL
        painter.setPen(QPen(QColor(look.ink), look.px(1.5)))
        painter.drawLine(QPointF(mark, groove.y() - look.px(3)), QPointF(mark, groove.bottom() + look.px(3)))
    painter.restore()


class _Painted(QWidget):
    """A hand-painted widget that follows theme, zoom and language."""

    def changeEvent(self, event: QEvent) -> None:
        """Repaint for a new theme, describe anew in a new language."""
        if restyles(event):
            self.updateGeometry()
            self.update()
        if retranslates(event):
            self._describe()
            self.update()
        super().changeEvent(event)

    def _describe(self) -> None:
        """Set the accessible name from the values shown."""


class BalanceBar(_Painted):
    """One turf's minutes (or doors) against the target, from zero, with the target marked."""

    def __init__(self, value: float = 0, target: float = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_values(value, target)

    def set_values(self, value: float, target: float) -> None:
        """Show `value` against `target`, both in the same unit."""
        self._value, self._target = value, target
        self._describe()
        self.update()

    def _describe(self) -> None:
        lang = ui_language()
        self.setAccessibleName(
            self.tr("%1 of a target of %2")
            .replace("%1", format_number(self._value, lang))
            .replace("%2", format_number(self._target, lang))
        )

    def sizeHint(self) -> QSize:
        """Long enough to compare at a glance."""
        return QSize(tokens().px(120), tokens().px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        paint_balance(painter, QRectF(self.rect()), self._value, self._target, tokens())
        painter.end()


class SupportBar(_Painted):
    """How many stand at each support level, 1 (strong) to 5 (strong against); counts on the bar, levels below."""

    def __init__(self, counts: Sequence[int] = (0, 0, 0, 0, 0), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_counts(counts)

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show five counts. Raises ValueError when there are not five, or one is below zero."""
        if len(counts) != 5 or min(counts) < 0:
            raise ValueError("a support bar shows five counts, none below zero")
        self._counts = tuple(counts)
        self._describe()
        self.update()

    def _describe(self) -> None:
        lang = ui_language()
        text = self.tr("Support: 1 strong %1, 2 %2, 3 undecided %3, 4 %4, 5 strong against %5")
        for place, count in enumerate(self._counts, 1):
            text = text.replace(f"%{place}", format_number(count, lang))
        self.setAccessibleName(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """The bar and the line of levels below it."""
        return QSize(tokens().px(240), tokens().px(42))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw segments whose lengths are counts."""
        look, lang = tokens(), ui_language()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, gap, total = look.px(24), look.px(2), sum(self._counts)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), height), look.px(4), look.px(4))
        if not total:
            painter.fillPath(outline, QColor(look.pressed))
            painter.setPen(QColor(look.quiet))
            painter.setFont(font(look.small))
            nobody = self.tr("nobody asked yet")
            painter.drawText(QRectF(0, 0, self.width(), height), Qt.AlignmentFlag.AlignCenter, nobody)
            painter.end()
            return
        shown = [level for level in range(5) if self._counts[level]]
        room = self.width() - gap * (len(shown) - 1)
        x = 0.0
        for level in shown:
            count = self._counts[level]
            width = room * count / total
            segment = QRectF(x, 0, width, height)
            painter.save()
            painter.setClipPath(outline)
            painter.fillRect(segment, QColor(look.support[level]))
            painter.restore()
            painter.setFont(font(look.small, bold=True))
            painter.setPen(QColor(look.on_support[level]))
            text = format_number(count, lang)
            if painter.fontMetrics().horizontalAdvance(text) + look.px(4) <= width:
                painter.drawText(segment, Qt.AlignmentFlag.AlignCenter, text)
            painter.setFont(font(look.small))
            painter.setPen(QColor(look.quiet))
            if painter.fontMetrics().horizontalAdvance("0") <= width:
                below = QRectF(x, height + look.px(1), width, look.px(16))
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(level + 1))
            x += width + gap
        painter.end()


class SparkLine(_Painted):
    """The shape of a series, without axes: the last value is marked. For decoration of a number, not for reading."""

    def __init__(self, values: Sequence[float] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_values(values)

    def set_values(self, values: Sequence[float]) -> None:
        """Show a series, oldest first; fewer than two values draw nothing."""
        self._values = tuple(float(value) for value in values)
        self.update()

    def sizeHint(self) -> QSize:
        """A line of text high, twice."""
        return QSize(tokens().px(96), tokens().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line over a soft ground from zero."""
        if len(self._values) < 2:
            return
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = look.px(4)
        box = QRectF(self.rect()).adjusted(1, margin, -margin, -margin)
        low, high = min(0.0, *self._values), max(self._values)
        span = (high - low) or 1.0
        step = box.width() / (len(self._values) - 1)
        points = [
            QPointF(box.x() + i * step, box.bottom() - (value - low) / span * box.height())
            for i, value in enumerate(self._values)
        ]
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        area = QPainterPath(line)
        area.lineTo(points[-1].x(), box.bottom())
        area.lineTo(points[0].x(), box.bottom())
        area.closeSubpath()
        painter.fillPath(area, QColor(look.accent_soft))
        joined = Qt.PenJoinStyle.RoundJoin
        painter.setPen(
            QPen(QColor(look.accent), look.px(1.5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, joined)
        )
        painter.drawPath(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent))
        painter.drawEllipse(points[-1], look.px(2.5), look.px(2.5))
        painter.end()
