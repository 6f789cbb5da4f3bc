"""The line that always says how many results headquarters does not have yet, and when it last had contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets import format_clock, format_day, format_number, plain_tip
from canvass_app.desktop.widgets.focus import paint_focus

DAY_MS = 86_400_000


class StatusWords(NamedTuple):
    """What the bar says: `short` where there is little room, `whole` otherwise, `sentence` for whoever asks."""

    short: str
    whole: str
    sentence: str


def status_words(status: Any, now_ms: int) -> StatusWords:
    """The words for a `services.syncing.SyncStatus`."""
    return _joined(status, now_ms) if status.joined else _alone(status.pending)


def _alone(pending: int) -> StatusWords:
    none = QCoreApplication.translate("HqStatus", "no headquarters")
    if pending == 0:
        sentence = QCoreApplication.translate("HqStatus", "This laptop is not joined to a headquarters.")
        return StatusWords(none, none, sentence)
    short = QCoreApplication.translate("HqStatus", "%1 only here")
    whole = QCoreApplication.translate("HqStatus", "%1 only here · no headquarters")
    one = QCoreApplication.translate(
        "HqStatus",
        "%1 result is only on this laptop. It is safe here; this laptop is not joined to a headquarters.",
    )
    many = QCoreApplication.translate(
        "HqStatus",
        "%1 results are only on this laptop. They are safe here; this laptop is not joined to a headquarters.",
    )
    return StatusWords(
        counted(pending, short, short, format_number),
        counted(pending, whole, whole, format_number),
        counted(pending, one, many, format_number),
    )


def _joined(status: Any, now_ms: int) -> StatusWords:
    pending, moment = status.pending, status.last_contact_ms
    if moment is None:
        when = QCoreApplication.translate("HqStatus", "no contact yet")
        last = QCoreApplication.translate("HqStatus", "Last contact: none yet.")
    else:
        when = _when(moment, now_ms)
        last = QCoreApplication.translate("HqStatus", "Last contact: %1.").replace("%1", when)
    if pending == 0:
        words = QCoreApplication.translate("HqStatus", "all at HQ · %1").replace("%1", when)
        sentence = QCoreApplication.translate("HqStatus", "All results are at headquarters.")
    else:
        words = QCoreApplication.translate("HqStatus", "%1 not at HQ · %2")
        words = counted(pending, words, words, format_number).replace("%2", when)
        one = QCoreApplication.translate("HqStatus", "%1 result is not at headquarters yet. It is safe here.")
        many = QCoreApplication.translate(
            "HqStatus", "%1 results are not at headquarters yet. They are safe here."
        )
        sentence = counted(pending, one, many, format_number)
    return StatusWords(words, words, f"{sentence} {last}")


def _when(moment: int, now_ms: int) -> str:
    language = current_language()
    if now_ms - moment < DAY_MS // 2:
        return format_clock(moment, language)
    return f"{format_day(moment, language)} {format_clock(moment, language)}"


class HqStatusButton(QAbstractButton):
    """Shows the words with a mark that tells the state by shape too; pressing it opens Sync.

    The whole sentence is its tool tip and its accessible description.
    """

    words_changed = Signal()

    def __init__(self, now_ms: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now_ms = now_ms
        self._status: Any = None
        self._words = StatusWords("", "", "")
        self._short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_status(self, status: Any) -> None:
        """Show a `SyncStatus`."""
        self._status = status
        self._write()

    def words(self) -> StatusWords:
        """All it has to say, whatever there is room for."""
        return self._words

    def set_short(self, short: bool) -> None:
        """Leave out what can be left out, or say it."""
        if short != self._short:
            self._short = short
            self.setText(self._said())
            self.updateGeometry()
            self.update()

    def width_for(self, *, short: bool) -> int:
        """Pixels that the words take, mark and edges included."""
        words = self._words.short if short else self._words.whole
        return QFontMetrics(font(tokens().text)).horizontalAdvance(words) + tokens().px(44)

    def _said(self) -> str:
        return self._words.short if self._short else self._words.whole

    def _write(self) -> None:
        if self._status is None:
            return
        self._words = status_words(self._status, self._now_ms())
        self.setToolTip(plain_tip(self._words.sentence))
        self.setAccessibleName(self._words.whole)
        self.setAccessibleDescription(self._words.sentence)
        self.setText(self._said())
        self.updateGeometry()
        self.update()
        self.words_changed.emit()

    def sizeHint(self) -> QSize:
        """Room for the words."""
        return QSize(self.width_for(short=self._short), tokens().px(32))

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
        painter.setFont(font(look.text))
        painter.setPen(QColor(look.ink))
        left = look.px(10) + side + look.px(8)
        room = QRectF(left, 0, box.width() - left - look.px(8), box.height())
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if self.hasFocus():
            paint_focus(painter, box)
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
