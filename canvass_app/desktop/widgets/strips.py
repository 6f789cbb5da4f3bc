"""The lines at the foot of the window: a message that needs no decision, and work that takes its time."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.theme.icons import Tone
from canvass_app.desktop.widgets.chips import KeyHints
from canvass_app.desktop.widgets.format import format_duration, format_number, ui_language
from canvass_app.desktop.widgets.labels import PlainLabel, make_button, restyles, retranslates

MessageTone = Literal["quiet", "good", "warn", "bad"]
_ICONS: dict[str, str] = {"good": "check", "warn": "warning", "bad": "error"}

# Work shorter than this shows nothing: a strip that flashes is a disturbance (look.md: anything over 300 ms).
SHOW_AFTER_MS = 300


class MessageLine(QFrame):
    """One line that says what happened, with at most one thing to do about it (such as Undo). Never a dialog."""

    action_triggered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._tone: MessageTone = "quiet"
        self._picture = QLabel()
        self._text = PlainLabel(elide=True)
        self._action = make_button("", "link")
        self._action.clicked.connect(self.action_triggered)
        self._key = KeyHints()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens().px(16), tokens().px(4), tokens().px(16), tokens().px(4))
        row.setSpacing(tokens().px(8))
        row.addWidget(self._picture)
        # What can be done stands by the words, not at the far end of the line.
        row.addWidget(self._text, 1000)
        row.addWidget(self._action)
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.setMinimumHeight(tokens().px(36))
        self.clear()

    def show_message(
        self, text: str, tone: MessageTone = "quiet", *, action: str = "", key: str = ""
    ) -> None:
        """Say `text`; `action` is the word on the button and `key` the shortcut that does the same (shown, not bound:
        the screen owns its keys)."""
        self._tone = tone
        self._text.setText(text)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._key.set_hints([(key, "")] if key and action else [])
        self._key.setVisible(bool(key and action))
        self._draw()
        self._limit()
        self.setAccessibleName(text)

    def clear(self) -> None:
        """Say nothing."""
        self.show_message("")

    def text(self) -> str:
        """The words shown now."""
        return self._text.text()

    def _draw(self) -> None:
        shape = _ICONS.get(self._tone)
        self._picture.setVisible(shape is not None)
        if shape is not None:
            tone: Tone = self._tone
            self._picture.setPixmap(icon_pixmap(shape, tokens().px(16), tone, self.devicePixelRatioF()))

    def _limit(self) -> None:
        self._text.setMaximumWidth(self._text.fontMetrics().horizontalAdvance(self._text.text()) + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours."""
        if restyles(event) and hasattr(self, "_picture"):
            self._draw()
            self._limit()
            self.setMinimumHeight(tokens().px(36))
        super().changeEvent(event)


class TaskStrip(QFrame):
    """Long work: what, how far, how long, and a way out. Appears only when the work outlasts `delay_ms`."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, delay_ms: int = SHOW_AFTER_MS) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._what = PlainLabel(elide=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._how_far = PlainLabel(kind="quiet")
        self._how_long = PlainLabel(kind="quiet")
        self._cancel = make_button("", "quiet", "close")
        self._cancel.clicked.connect(self._ask_to_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens().px(16), tokens().px(4), tokens().px(8), tokens().px(4))
        row.setSpacing(tokens().px(16))
        row.addWidget(self._what, 2)
        row.addWidget(self._bar, 3, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._how_far)
        row.addWidget(self._how_long)
        row.addWidget(self._cancel)
        self._done, self._total, self._cancelling = 0, 0, False
        self._clock = QElapsedTimer()
        self._show_timer = QTimer(self)
        self._show_timer.setSingleShot(True)
        self._show_timer.setInterval(delay_ms)
        self._show_timer.timeout.connect(self.show)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._write)
        self.setVisible(False)
        self._retranslate()

    def start(self, what: str, total: int = 0, *, can_cancel: bool = True) -> None:
        """Begin: `what` in words, `total` steps (0 = not known yet)."""
        self._what.setText(what)
        self._done, self._total, self._cancelling = 0, total, False
        self._cancel.setVisible(can_cancel)
        self._cancel.setEnabled(True)
        self._clock.start()
        self._write()
        self._tick.start()
        self._show_timer.start()

    def advance(self, done: int, total: int | None = None, what: str | None = None) -> None:
        """Say how far the work is: `done` of `total` steps."""
        self._done = done
        if total is not None:
            self._total = total
        if what is not None:
            self._what.setText(what)
        self._write()

    def finish(self) -> None:
        """The work is over, however it ended: the strip goes away (say how on the message line)."""
        self._show_timer.stop()
        self._tick.stop()
        self.setVisible(False)

    def _ask_to_cancel(self) -> None:
        self._cancelling = True
        self._cancel.setEnabled(False)
        self._write()
        self.cancel_requested.emit()

    def _write(self) -> None:
        lang = ui_language()
        spent = self._clock.elapsed() / 1000 if self._clock.isValid() else 0.0
        self._bar.setRange(0, max(0, self._total))
        self._bar.setValue(min(self._done, self._total))
        if self._total:
            text = self.tr("%1 of %2").replace("%1", format_number(self._done, lang))
            self._how_far.setText(text.replace("%2", format_number(self._total, lang)))
        else:
            self._how_far.setText(format_number(self._done, lang) if self._done else "")
        if self._cancelling:
            self._how_long.setText(self.tr("stopping"))
        elif self._total and self._done > 0 and spent >= 1:
            left = spent * (self._total - self._done) / self._done
            self._how_long.setText(self.tr("about %1 left").replace("%1", format_duration(left, lang)))
        else:
            self._how_long.setText(format_duration(spent, lang) if spent >= 1 else "")
        self.setAccessibleName(self._what.text())
        self.setAccessibleDescription(self._how_far.text())

    def _retranslate(self) -> None:
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel"))
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the other language."""
        if retranslates(event):
            self._retranslate()
        super().changeEvent(event)
