"""The one-line questions under the sheet: which line, whom to find, a new person's name, an answer in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.enter.orders import Ask
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel
from canvass_app.domain.walk_list import SheetLine

_CODES = {
    "Enter": Qt.Key.Key_Return,
    "Backspace": Qt.Key.Key_Backspace,
    "Space": Qt.Key.Key_Space,
    "Esc": Qt.Key.Key_Escape,
}


class PromptBar(QFrame):
    """Asks one thing. Enter answers (with two fields, from the second), Esc puts it away."""

    answered = Signal(str, str)
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self._ask: Ask | None = None
        self._row: SheetLine | None = None
        self._words = PlainLabel()
        self.first = QLineEdit()
        self.second = QLineEdit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(4), 0, look.px(4))
        row.setSpacing(look.px(8))
        row.addWidget(self._words)
        row.addWidget(self.first, 1)
        row.addWidget(self.second, 1)
        row.addStretch(1)
        for field in (self.first, self.second):
            field.setMaxLength(80)
            field.installEventFilter(self)
        self.hide()

    def again(self) -> None:
        """Ask for the same once more, from the first field."""
        for field in (self.first, self.second):
            field.clear()
        self.first.setFocus()

    def ask(self, order: Ask, row: SheetLine | None) -> None:
        """Ask for what the order wants; `row` is the line whose door a new person is added at."""
        self._ask, self._row = order, row
        numbers = QIntValidator(1, 99_999, self.first)
        anything = QRegularExpressionValidator(self.first)
        self.first.setValidator(numbers if order.what == "line" else anything)
        for field in (self.first, self.second):
            field.clear()
        self.second.setVisible(order.what == "person")
        self.retranslate()
        self.show()
        self.first.setFocus()

    @property
    def asking(self) -> Ask | None:
        """What is being asked now."""
        return self._ask

    def close_bar(self) -> None:
        """Ask nothing any more."""
        self._ask = None
        self.hide()

    def feed(self, key: str) -> None:
        """A key that was typed before the question stood on the screen."""
        target = self.second if self.second.hasFocus() else self.first
        code = _CODES.get(key, Qt.Key.Key_unknown)
        text = {"Space": " "}.get(key, key if len(key) == 1 else key[6:] if key.startswith("Shift+") else "")
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter and Esc."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._ask is not None:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.first and self.second.isVisible():
                    self.second.setFocus()
                else:
                    self.answered.emit(self.first.text(), self.second.text())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.put_away.emit()
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        if self._ask is None:
            return
        if self._ask.what == "person" and self._row is not None:
            place = f"{self._row.civic} {self._row.street}" + (
                f" ({self._row.unit})" if self._row.unit else ""
            )
            words = self.tr("New person at %1").replace("%1", place)
        elif self._ask.what == "text" and self._ask.answer is not None:
            words = self._ask.answer.title.say(current_language())
        else:
            words = self.tr("Go to line") if self._ask.what == "line" else self.tr("Find a name or a door")
        self._words.setText(words)
        self.first.setAccessibleName(words)
        self.first.setPlaceholderText(self.tr("last name") if self._ask.what == "person" else "")
        self.second.setPlaceholderText(self.tr("first name"))
        self.second.setAccessibleName(self.tr("first name"))
