"""The line that always says how many results headquarters does not have yet, and when it last had contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets import format_clock, format_day, format_number, plain_tip

DAY_MS = 86_400_000


def status_words(status: Any, now_ms: int) -> tuple[str, str, str]:
    """(long, middle, short) words for a `services.syncing.SyncStatus`, for wide to narrow windows."""
    pending = status.pending
    if not status.joined:
        if pending == 0:
            quiet = QCoreApplication.translate("HqStatus", "not joined to a headquarters")
            return quiet, quiet, QCoreApplication.translate("HqStatus", "no headquarters")
        one = QCoreApplication.translate(
            "HqStatus", "not joined to a headquarters: %1 result only on this laptop"
        )
        many = QCoreApplication.translate(
            "HqStatus", "not joined to a headquarters: %1 results only on this laptop"
        )
        here_one = QCoreApplication.translate("HqStatus", "%1 result only on this laptop")
        here = QCoreApplication.translate("HqStatus", "%1 results only on this laptop")
        short = QCoreApplication.translate("HqStatus", "%1 only here")
        return (
            counted(pending, one, many, format_number),
            counted(pending, here_one, here, format_number),
            counted(pending, short, short, format_number),
        )
    when = _when(status.last_contact_ms, now_ms)
    if pending == 0:
        words = QCoreApplication.translate("HqStatus", "all at HQ · %1").replace("%1", when)
        return words, words, words
    many = QCoreApplication.translate("HqStatus", "%1 not at HQ · %2")
    words = counted(pending, many, many, format_number).replace("%2", when)
    return words, words, words


def _when(moment: int | None, now_ms: int) -> str:
    if moment is None:
        return QCoreApplication.translate("HqStatus", "no contact yet")
    language = current_language()
    if now_ms - moment < DAY_MS // 2:
        return format_clock(moment, language)
    return f"{format_day(moment, language)} {format_clock(moment, language)}"


class HqStatusButton(QAbstractButton):
    """Shows the words with a mark that tells the state by shape too; pressing it opens Sync."""

    def __init__(self, now_ms: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now_ms = now_ms
        self._status: Any = None
        self._long = self._middle = self._short = ""
        self._room = "middle"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_status(self, status: Any) -> None:
        """Show a `SyncStatus`."""
        self._status = status
        self._write()

    def words(self) -> str:
        """The whole words, whatever there is room for."""
        return self._long

    def set_room(self, room: str) -> None:
        """ "wide", "middle" or "narrow": how many words there is room for."""
        self._room = room
        self.updateGeometry()
        self.update()

    def _wanted(self) -> str:
        return {"wide": self._long, "middle": self._middle}.get(self._room, self._short)

    def _write(self) -> None:
        if self._status is None:
            return
        self._long, self._middle, self._short = status_words(self._status, self._now_ms())
        self.setToolTip(plain_tip(self._long))
        self.setAccessibleName(self._long)
        self.setText(self._long)
        self.updateGeometry()
        self.update()

    def _width(self, words: str) -> int:
        look = tokens()
        return QFontMetrics(font(look.text)).horizontalAdvance(words) + look.px(44)

    def sizeHint(self) -> QSize:
        """Room for the words that the window has room for."""
        return QSize(self._width(self._wanted()), tokens().px(32))

    def minimumSizeHint(self) -> QSize:
        """Room for the short ones."""
        return QSize(self._width(self._short), tokens().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and words."""
        if self._status is None:
            return
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.pressed if self.isDown() else look.hover))
            painter.drawRoundedRect(box, look.radius, look.radius)
        name, colour = self._mark()
        side = look.px(16)
        draw_icon(painter, name, QRectF(look.px(10), box.center().y() - side / 2, side, side), colour)
        words = self._wanted() if self._width(self._wanted()) <= self.width() else self._short
        painter.setFont(font(look.text))
        painter.setPen(QColor(look.ink))
        left = look.px(10) + side + look.px(8)
        room = QRectF(left, 0, box.width() - left - look.px(8), box.height())
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(QColor(look.accent))
            pen.setWidth(look.ring)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.radius, look.radius)
        painter.end()

    def _mark(self) -> tuple[str, str]:
        look = tokens()
        if not self._status.joined:
            return "home", look.quiet
        return ("sync", look.warn) if self._status.pending else ("check", look.good)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and zoom."""
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        elif event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()
        super().changeEvent(event)
