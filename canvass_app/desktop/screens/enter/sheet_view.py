"""The page as the volunteer holds it: the printed lines in their order, the current one large and in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from canvass_app.desktop.screens.enter.keys import key_name
from canvass_app.desktop.screens.enter.machine import Machine
from canvass_app.desktop.screens.enter.orders import Save
from canvass_app.desktop.screens.enter.words import (
    door_words,
    end_words,
    past_words,
    result_words,
    section_words,
    since_words,
)
from canvass_app.desktop.theme import Tokens, font, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets.labels import restyles, retranslates
from canvass_app.domain.walk_list import Section, SheetLine, sections
from canvass_app.services.entry import SavedMark

_ROW, _CURRENT, _HEADING, _END = 34, 76, 30, 96
_SIDE = 16
_V = Qt.AlignmentFlag.AlignVCenter
_ONE_LINE = Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Band:
    """A horizontal piece of the page: a heading, a line (by index), or the end."""

    top: int
    height: int
    index: int = -1
    heading: Section | None = None
    end: bool = False


class SheetView(QWidget):
    """Paints the page of a `Machine` and takes its keys. A click on a line goes there."""

    typed = Signal(str)
    line_clicked = Signal(int)

    def __init__(self, machine: Machine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._machine = machine
        self._bands: list[Band] = []
        self._sections: list[Section] = []
        self._nudge = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(tokens().px(_CURRENT))

    def page_opened(self) -> None:
        """Another page is in hand."""
        self._sections = list(sections(self._machine.rows))
        self.show_state()

    def show_state(self) -> None:
        """The cursor or a mark changed."""
        self._nudge = 0
        self._lay_out()
        self._describe()
        self.update()

    def _lay_out(self) -> None:
        look, machine = tokens(), self._machine
        bands: list[Band] = []
        top = 0
        for index in range(len(machine.rows)):
            section = self._sections[index]
            if index == 0 or section != self._sections[index - 1]:
                bands.append(Band(top, look.px(_HEADING), heading=section))
                top += look.px(_HEADING)
            height = look.px(_CURRENT if index == machine.at else _ROW)
            bands.append(Band(top, height, index=index))
            top += height
        height = look.px(_END if machine.at_end else _ROW)
        bands.append(Band(top, height, end=True))
        self._bands = bands

    def _offset(self) -> int:
        """How far the page is scrolled so that the current line stands in the middle."""
        if not self._bands:
            return 0
        total = self._bands[-1].top + self._bands[-1].height
        current = next((b for b in self._bands if b.index == self._machine.at), self._bands[-1])
        wanted = current.top + current.height // 2 - self.height() // 2 + self._nudge
        offset = max(0, min(wanted, total - self.height()))
        # The page begins with a whole line.
        return next((band.top for band in self._bands if band.top >= offset), offset)

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key that means something goes to the machine."""
        name = key_name(event)
        if name:
            self.typed.emit(name)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the line that was clicked."""
        self.setFocus()
        at = event.position().y() + self._offset()
        rows = self._machine.rows
        for band in self._bands:
            if band.index >= 0 and band.top <= at < band.top + band.height:
                self.line_clicked.emit(rows[band.index].line)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look elsewhere on the page; the next key brings the current line back."""
        before = self._offset()
        self._nudge -= event.angleDelta().y() // 2
        if self._offset() == before:
            self._nudge += event.angleDelta().y() // 2
        self.update()
        event.accept()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines in sight."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), look.radius, look.radius)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(look.surface))
        offset, rows = self._offset(), self._machine.rows
        for band in self._bands:
            box = QRectF(0, band.top - offset, self.width(), band.height)
            if box.bottom() < 0 or box.top() > self.height():
                continue
            if band.heading is not None:
                _paint_heading(painter, box, section_words(band.heading), look)
            elif band.end:
                self._paint_end(painter, box, look)
            else:
                following = rows[band.index + 1] if band.index + 1 < len(rows) else None
                self._paint_line(painter, box, rows[band.index], band.index, following, look)
        ring = QColor(look.accent if self.hasFocus() else look.line)
        width = look.ring if self.hasFocus() else 1
        painter.setPen(QPen(ring, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), look.radius, look.radius
        )
        painter.end()

    def _paint_line(
        self,
        painter: QPainter,
        box: QRectF,
        row: SheetLine,
        index: int,
        following: SheetLine | None,
        look: Tokens,
    ) -> None:
        current = index == self._machine.at
        mark = self._machine.marks.get(row.line)
        if current:
            painter.fillRect(box, QColor(look.accent_soft))
            painter.fillRect(QRectF(box.x(), box.y(), look.px(4), box.height()), QColor(look.accent))
        inside = following is not None and not following.first_at_door
        painter.setPen(QPen(QColor(look.line if inside else look.edge), 1))
        left = box.x() + (look.px(96) if inside else look.px(_SIDE))
        painter.drawLine(
            QPointF(left, box.bottom() - 0.5), QPointF(box.right() - look.px(_SIDE), box.bottom() - 0.5)
        )
        columns = self._columns(box, look)
        main = box.adjusted(0, look.px(8), 0, -look.px(26)) if current else box
        ink = look.quiet if row.barred else look.ink
        big, middle = (look.display, look.title) if current else (look.title, look.text)
        first = row.first_at_door or current
        _text(painter, columns[0], main, str(row.line), look.small, look.quiet, right=True)
        if first:
            _text(painter, columns[1], main, row.civic, big, ink, bold=True)
        unit = self.tr("unit %1").replace("%1", row.unit) if row.unit and first else ""
        name = row.name or self._nobody(row)
        shown = " · ".join(part for part in (unit, name) if part)
        tint = look.quiet if row.barred or not row.name else look.ink
        _text(painter, columns[2], main, shown, middle, tint, struck=row.barred)
        self._paint_result(painter, columns[3], main, row, mark, current, look)
        if current:
            below = QRectF(
                columns[2][0], box.bottom() - look.px(30), box.right() - columns[2][0], look.px(22)
            )
            past = past_words(row)
            _text(painter, (below.x(), below.width() - look.px(_SIDE)), below, past, look.small, look.quiet)

    def _nobody(self, row: SheetLine) -> str:
        """What stands for a name where there is none."""
        return self.tr("(erased at the person’s request)") if row.erased else self.tr("(nobody known)")

    def _columns(self, box: QRectF, look: Tokens) -> list[tuple[float, float]]:
        """(x, width) of number, civic number, name and result."""
        number, civic, gap = look.px(34), look.px(84), look.px(12)
        left = box.x() + look.px(8)
        rest = box.width() - number - civic - 3 * gap - look.px(_SIDE) - look.px(8)
        name = rest * 0.52
        places = [(left, number), (left + number + gap, civic)]
        start = left + number + civic + 2 * gap
        return [*places, (start, name), (start + name + gap, rest - name)]

    def _paint_result(
        self, painter: QPainter, column: tuple[float, float], box: QRectF, row: SheetLine, mark: SavedMark | None,
        current: bool, look: Tokens,
    ) -> None:  # fmt: skip
        x, width = column
        size = look.title if current else look.text
        if mark is not None:
            side = look.px(16)
            tick = QRectF(x + width - side, box.center().y() - side / 2, side, side)
            draw_icon(painter, "check", tick, look.good)
            width -= side + look.px(8)
            if mark.support:
                x += _paint_level(painter, x, box, mark, size, look) + look.px(8)
                width = column[0] + column[1] - side - look.px(8) - x
            assert self._machine.page is not None
            words = result_words(mark, self._machine.page.document.script)
            if not mark.mine and mark.author:
                words = self.tr("%1 · by %2").replace("%1", words).replace("%2", mark.author)
            _text(painter, (x, width), box, words, size, look.ink)
        elif row.barred:
            side = look.px(14)
            draw_icon(painter, "lock", QRectF(x, box.center().y() - side / 2, side, side), look.bad)
            place = (x + side + look.px(6), width - side - look.px(6))
            _text(painter, place, box, self.tr("do not contact"), look.text, look.quiet)
        elif row.barred_since and not self._being_saved(row):
            side = look.px(14)
            draw_icon(painter, "lock", QRectF(x, box.center().y() - side / 2, side, side), look.warn)
            place = (x + side + look.px(6), width - side - look.px(6))
            _text(painter, place, box, since_words(row), look.text, look.quiet)
        elif self._being_saved(row):
            _text(painter, (x, width), box, self.tr("saving…"), look.text, look.quiet)
        elif current:
            painter.setPen(QPen(QColor(look.accent), look.px(2)))
            y = box.center().y() + size * 0.55
            painter.drawLine(QPointF(x, y), QPointF(x + min(width, look.px(180)), y))

    def _being_saved(self, row: SheetLine) -> bool:
        order = self._machine.order
        return isinstance(order, Save) and order.line == row.line and not self._machine.trouble

    def _paint_end(self, painter: QPainter, box: QRectF, look: Tokens) -> None:
        machine = self._machine
        if not machine.at_end:
            return
        first, second = end_words(machine)
        painter.fillRect(box, QColor(look.accent_soft))
        painter.fillRect(QRectF(box.x(), box.y(), look.px(4), box.height()), QColor(look.accent))
        side = look.px(24)
        shape, tint = ("check", look.good) if not machine.open_lines else ("warning", look.warn)
        draw_icon(painter, shape, QRectF(look.px(20), box.center().y() - side / 2, side, side), tint)
        left = look.px(60)
        half = QRectF(left, box.y() + look.px(14), box.width() - left - look.px(_SIDE), look.px(34))
        _text(painter, (half.x(), half.width()), half, first, look.title, look.ink, bold=True)
        below = half.translated(0, look.px(34))
        _text(painter, (below.x(), below.width()), below, second, look.large, look.quiet)

    # the widget

    def sizeHint(self) -> QSize:
        """A page wants room."""
        return QSize(tokens().px(720), tokens().px(400))

    def _describe(self) -> None:
        machine, row = self._machine, self._machine.current
        self.setAccessibleName(self.tr("The page, line by line"))
        if row is None:
            told = " ".join(end_words(machine)) if machine.page else ""
        else:
            name = row.name or self._nobody(row)
            told = self.tr("Line %1: %2, %3").replace("%1", str(row.line)).replace("%2", door_words(row))
            told = told.replace("%3", name)
            mark = machine.marks.get(row.line)
            if row.barred_since and mark is None:
                told = f"{told}. {since_words(row)}"
            if mark is not None and machine.page is not None:
                told = f"{told}. {result_words(mark, machine.page.document.script)}"
        self.setAccessibleDescription(told)

    def resizeEvent(self, event: QEvent) -> None:
        """Keep the current line in the middle."""
        self.update()

    def focusInEvent(self, event: QEvent) -> None:
        """Show the ring."""
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        """Hide the ring."""
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme, zoom and language."""
        if (
            (restyles(event) or retranslates(event))
            and hasattr(self, "_bands")
            and self._machine.page is not None
        ):
            self._lay_out()
            self._describe()
            self.update()
        super().changeEvent(event)


@lru_cache(maxsize=64)
def _letters(size: int, bold: bool = False, struck: bool = False) -> tuple[QFont, QFontMetrics]:
    """A font and its measure. Asking the system for one costs more than drawing a line with it."""
    letters = font(size, bold=bold)
    letters.setStrikeOut(struck)
    return letters, QFontMetrics(letters)


def _text(
    painter: QPainter, place: tuple[float, float], box: QRectF, words: str, size: int, colour: str, *,
    bold: bool = False, right: bool = False, struck: bool = False,
) -> None:  # fmt: skip
    """One line of words, centred in the height of `box`, shortened at the end."""
    letters, metrics = _letters(size, bold, struck)
    painter.setFont(letters)
    painter.setPen(QColor(colour))
    x, width = place
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(width))
    align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(x, box.y(), width + 1, box.height()), int(align | _V) | int(_ONE_LINE), shown)


def _paint_heading(painter: QPainter, box: QRectF, words: str, look: Tokens) -> None:
    painter.fillRect(box, QColor(look.paper))
    painter.setPen(QPen(QColor(look.edge), 1))
    painter.drawLine(QPointF(box.x(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
    _text(
        painter,
        (box.x() + look.px(_SIDE), box.width() - 2 * look.px(_SIDE)),
        box,
        words,
        look.text,
        look.ink,
        bold=True,
    )


def _paint_level(painter: QPainter, x: float, box: QRectF, mark: SavedMark, size: int, look: Tokens) -> float:
    """The support level as a chip in its colour, its number on it; returns its width."""
    letters, metrics = _letters(size, True)
    width = metrics.horizontalAdvance(mark.support_text) + look.px(14)
    chip = QRectF(x, box.center().y() - size * 0.78, width, size * 1.56)
    level = int(mark.support) - 1 if mark.support.isdigit() else -1
    painter.setPen(Qt.PenStyle.NoPen if level >= 0 else QPen(QColor(look.edge), 1))
    painter.setBrush(QColor(look.support[level]) if level >= 0 else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(chip, look.px(4), look.px(4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(letters)
    painter.setPen(QColor(look.on_support[level] if level >= 0 else look.ink))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, mark.support_text)
    return width
