"""The places at the left: icon, word and number; icons alone where the window is narrow."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.screens import PLACES
from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets.focus import paint_focus
from canvass_app.desktop.widgets.format import format_number

NARROW = 56
# With words the column is as wide as its longest one needs, between these.
WIDE_LEAST, WIDE_MOST = 160, 200
# Across one row: the edge of its ground, then what stands within it.
_EDGE, _BEFORE_ICON, _ICON, _AFTER_ICON, _BEFORE_DIGIT, _AFTER_DIGIT = 8, 10, 20, 10, 6, 10


class NavButton(QAbstractButton):
    """One place: its icon and word, the digit that Ctrl takes, and a bar at the left while one is there."""

    def __init__(self, icon_name: str, digit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon_name
        self._digit = digit
        self._narrow = False
        self._badge = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        self._narrow = narrow
        self.update()

    def set_badge(self, text: str, sentence: str) -> None:
        """Show that something waits there: `text` in a mark, `sentence` for whoever hears the screen."""
        self._badge = text
        self.setAccessibleDescription(sentence)
        self.update()

    def set_words(self, word: str, key: str) -> None:
        """Name the place; `key` is the whole shortcut, for the tool tip and for screen readers."""
        self.setText(word)
        self.setToolTip(f"{word} ({key})" if key else word)
        self.setAccessibleName(word)
        self.setAccessibleDescription(key)
        self.update()

    def wanted_width(self) -> int:
        """Pixels that the whole word takes, as heavy as it is drawn where one is."""
        look = tokens()
        frame = 2 * _EDGE + _BEFORE_ICON + _ICON + _AFTER_ICON + _BEFORE_DIGIT + _AFTER_DIGIT
        word = QFontMetrics(font(look.text, bold=True)).horizontalAdvance(self.text())
        return look.px(frame) + word + QFontMetrics(font(look.small)).horizontalAdvance(self._digit) + 2

    def sizeHint(self) -> QSize:
        """A row of 40 pixels."""
        return QSize(tokens().px(NARROW), tokens().px(40))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, bar, icon, word and digit."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(look.px(_EDGE), look.px(2), -look.px(_EDGE), -look.px(2))
        here = self.isChecked()
        ground = (
            look.accent_soft
            if here
            else look.pressed
            if self.isDown()
            else look.hover
            if self.underMouse()
            else ""
        )
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, look.radius, look.radius)
        if here:
            painter.setBrush(QColor(look.accent))
            bar = QRectF(box.left(), box.center().y() - look.px(9), look.px(3), look.px(18))
            painter.drawRoundedRect(bar, look.px(1.5), look.px(1.5))
        side = look.px(_ICON)
        left = box.center().x() - side / 2 if self._narrow else box.left() + look.px(_BEFORE_ICON)
        tint = look.accent if here else look.ink
        draw_icon(painter, self._icon, QRectF(left, box.center().y() - side / 2, side, side), tint)
        if not self._narrow:
            self._paint_words(painter, box, left + side + look.px(_AFTER_ICON))
        if self._badge:
            self._paint_badge(painter, box)
        if self.hasFocus():
            paint_focus(painter, box)
        painter.end()

    def _paint_badge(self, painter: QPainter, box: QRectF) -> None:
        """A number in a mark: in the digit's place, or at the icon's corner."""
        look = tokens()
        painter.setFont(font(look.small, bold=True))
        height = look.px(18)
        width = max(height, painter.fontMetrics().horizontalAdvance(self._badge) + look.px(10))
        right = box.right() - look.px(1 if self._narrow else _AFTER_DIGIT - 4)
        top = box.top() if self._narrow else box.center().y() - height / 2
        mark = QRectF(right - width, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent))
        painter.drawRoundedRect(mark, height / 2, height / 2)
        painter.setPen(QColor(look.on_accent))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, self._badge)

    def _paint_words(self, painter: QPainter, box: QRectF, left: float) -> None:
        look, here = tokens(), self.isChecked()
        quiet = font(look.small)
        width = QFontMetrics(quiet).horizontalAdvance(self._digit)
        painter.setFont(quiet)
        painter.setPen(QColor(look.quiet))
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        edge = box.right() - look.px(_AFTER_DIGIT)
        if not self._badge:
            painter.drawText(QRectF(edge - width, box.y(), width + 1, box.height()), centred, self._digit)
        painter.setFont(font(look.text, bold=here))
        painter.setPen(QColor(look.ink))
        room = edge - width - look.px(_BEFORE_DIGIT) - left
        word = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, box.y(), room, box.height()), centred, word)


class Navigation(QWidget):
    """The column of places, with the product's mark above and the settings below."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self._waiting = 0
        self.left_out: frozenset[str] = frozenset()
        self._buttons: dict[str, NavButton] = {}
        self._column = QVBoxLayout(self)
        self._group = QButtonGroup(self)
        self._mark = _Mark()
        self._column.addWidget(self._mark)
        for place in PLACES:
            if place.key:
                self._add(place.name, str(place.key))
        self._column.addStretch(1)
        self._add("settings", "")
        self.retranslate()

    def _add(self, name: str, digit: str) -> None:
        button = NavButton(name, digit)
        button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
        self._group.addButton(button)
        self._buttons[name] = button
        self._column.addWidget(button)

    def set_current(self, name: str) -> None:
        """Show where one is; a place outside the navigation leaves no mark."""
        self._group.setExclusive(False)
        for place, button in self._buttons.items():
            button.setChecked(place == name)
        self._group.setExclusive(name in self._buttons)

    def leave_out(self, places: Collection[str]) -> None:
        """Show the places that this laptop has."""
        self.left_out = frozenset(places)
        for name, button in self._buttons.items():
            button.setVisible(name not in places)

    def set_waiting(self, waiting: int) -> None:
        """How many decisions wait: a mark at the place where they are made."""
        self._waiting = waiting
        text = "" if not waiting else str(waiting) if waiting < 100 else "99+"
        one, many = self.tr("%1 needs a decision"), self.tr("%1 need a decision")
        words = counted(waiting, one, many, format_number) if waiting else ""
        key = "Ctrl+8"
        self._buttons["review"].set_badge(text, f"{key}. {words}" if words else key)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, or icons with words."""
        if narrow != self._narrow:
            self._narrow = narrow
            for button in self._buttons.values():
                button.set_narrow(narrow)
            self._mark.set_narrow(narrow)
            self._space()

    def _space(self) -> None:
        look = tokens()
        wanted = max(button.wanted_width() for button in self._buttons.values())
        wide = min(look.px(WIDE_MOST), max(look.px(WIDE_LEAST), wanted))
        self.setFixedWidth(look.px(NARROW) if self._narrow else wide)
        self._column.setContentsMargins(0, look.px(8), 0, look.px(8))
        self._column.setSpacing(0)

    def retranslate(self) -> None:
        """Name the places in the language of the moment."""
        words = {
            "ridings": self.tr("Ridings"), "turfs": self.tr("Turfs"), "lists": self.tr("Lists"),
            "enter": self.tr("Enter"), "progress": self.tr("Progress"), "sync": self.tr("Sync"),
            "review": self.tr("Review"), "teams": self.tr("Teams"), "settings": self.tr("Settings"),
        }  # fmt: skip
        keys = {place.name: f"Ctrl+{place.key}" for place in PLACES if place.key} | {"settings": "Ctrl+,"}
        for name, button in self._buttons.items():
            button.set_words(words[name], keys[name])
        self.setAccessibleName(self.tr("Places"))
        self.set_waiting(self._waiting)
        self._space()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and zoom."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and self._buttons:
            self._space()
            for button in self._buttons.values():
                button.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with a rule at its right."""
        look = tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.surface))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(look.line))
        painter.end()


class _Mark(QWidget):
    """The product's mark and name."""

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tokens().px(NARROW), tokens().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(24)
        left = (self.width() - side) / 2 if self._narrow else look.px(_EDGE + _BEFORE_ICON - 2)
        middle = look.px(18)
        paint_mark(painter, QRectF(left, middle - side / 2, side, side), look.accent, look.surface)
        if not self._narrow:
            painter.setFont(font(look.large, bold=True))
            painter.setPen(QColor(look.ink))
            room = QRectF(left + side + look.px(10), 0, self.width(), middle * 2)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "Canvass")
        painter.end()


def paint_mark(painter: QPainter, box: QRectF, ground: str, door: str) -> None:
    """The product's mark: a door standing open on a rounded ground. Also the application's icon."""
    unit = box.width() / 24
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(unit, unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(0, 0, 24, 24), 5.5, 5.5)
    painter.setBrush(QColor(door))
    painter.drawRoundedRect(QRectF(6.5, 4.5, 11, 15.5), 1, 1)
    painter.setBrush(QColor(ground))
    painter.drawPolygon([QPointF(8.2, 6.2), QPointF(13.4, 8), QPointF(13.4, 20), QPointF(8.2, 20)])
    painter.setBrush(QColor(door))
    painter.drawPolygon([QPointF(8.2, 20), QPointF(8.2, 6.2), QPointF(12.4, 7.7), QPointF(12.4, 20)])
    painter.setBrush(QColor(ground))
    painter.drawEllipse(QPointF(11, 13.6), 0.9, 0.9)
    painter.restore()
