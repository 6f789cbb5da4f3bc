"""The line below: what was saved and when, what happened last with its Undo, and the state of the connection."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.theme import icon, icon_pixmap, tokens
from canvass_app.desktop.widgets import MessageLine, PlainLabel, format_clock

Connection = Literal["alone", "unknown", "online", "offline"]


class Foot(QFrame):
    """The foot of the window."""

    undo_wanted = Signal()
    language_wanted = Signal(str)
    theme_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._saved_ms: int | None = None
        self._connection: Connection = "unknown"
        self.saved = PlainLabel(kind="quiet")
        self.message = MessageLine()
        self.message.setProperty("kind", "")
        inner = self.message.layout()
        if inner is not None:
            inner.setContentsMargins(0, 0, 0, 0)
        self.message.action_triggered.connect(self.undo_wanted)
        self._picture = QLabel()
        self.connection = PlainLabel(kind="quiet")
        self._english = self._language_button("EN", "en", "English")
        self._french = self._language_button("FR", "fr", "Français")
        self._theme = QToolButton()
        self._theme.setIcon(icon("moon", "quiet"))
        self._theme.clicked.connect(self.theme_wanted)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self.saved)
        row.addWidget(self.message, 1)
        row.addWidget(self._picture)
        row.addWidget(self.connection)
        row.addSpacing(tokens().px(8))
        row.addWidget(self._english)
        row.addWidget(self._french)
        row.addWidget(self._theme)
        self._space()
        self.retranslate()

    def _language_button(self, text: str, language: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self._ask_language(language))
        return button

    def _ask_language(self, language: str) -> None:
        self._show_language()
        self.language_wanted.emit(language)

    def show_saved(self, wall_ms: int) -> None:
        """Something became durable at this moment."""
        self._saved_ms = wall_ms
        self._write()

    def show_message(self, text: str, tone: str, undo: bool) -> None:
        """Say what happened; with `undo`, offer to take it back."""
        action = self.tr("Undo") if undo else ""
        self.message.show_message(text, tone, action=action, key="Ctrl+Z" if undo else "")  # type: ignore[arg-type]

    def show_connection(self, state: Connection) -> None:
        """Whether headquarters answers."""
        self._connection = state
        self._write()

    def show_theme(self, dark: bool) -> None:
        """Offer the other theme."""
        self._theme.setIcon(icon("sun" if dark else "moon", "quiet"))
        words = self.tr("Light theme") if dark else self.tr("Dark theme")
        self._theme.setToolTip(words)
        self._theme.setAccessibleName(words)

    def _write(self) -> None:
        language = current_language()
        if self._saved_ms is not None:
            moment = format_clock(self._saved_ms, language, seconds=True)
            self.saved.setText(self.tr("saved %1").replace("%1", moment))
        words = {
            "online": self.tr("online"), "offline": self.tr("offline"), "alone": self.tr("this laptop alone"),
            "unknown": "",
        }  # fmt: skip
        self.connection.setText(words[self._connection])
        shape = {"online": "online", "offline": "offline"}.get(self._connection)
        self._picture.setVisible(shape is not None)
        if shape:
            self._picture.setPixmap(icon_pixmap(shape, tokens().px(16), "quiet", self.devicePixelRatioF()))
        self.saved.setVisible(self._saved_ms is not None)

    def _show_language(self) -> None:
        self._english.setChecked(current_language() == "en")
        self._french.setChecked(current_language() == "fr")

    def _space(self) -> None:
        look = tokens()
        self._row.setContentsMargins(look.px(16), look.px(2), look.px(8), look.px(2))
        self._row.setSpacing(look.px(8))

    def retranslate(self) -> None:
        """Words in the language of the moment; a message that was said stays as it was said, then goes."""
        self._write()
        self._show_language()
        self.show_theme(tokens().is_dark)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, zoom and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.message.clear()
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._space()
            self._write()
            self.show_theme(tokens().is_dark)
        super().changeEvent(event)
