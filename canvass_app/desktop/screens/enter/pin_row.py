"""One line under the name: a member's PIN, asked for at a shift's opening, or chosen there by whoever has none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from canvass_app.desktop.i18n import key_name
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button

_FIELD = 128  # pixels at 100 %: eight digits and some air


class PinRow(QWidget):
    """`given(pin)` when it was typed, `chosen(pin)` when a new one was typed twice, `put_away` on Esc."""

    given = Signal(str)
    chosen = Signal(str)
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self._choosing = False
        self._name = ""
        self._words = PlainLabel(kind="quiet")
        self.first, self.second = QLineEdit(), QLineEdit()
        self._go = make_button("", "primary")
        self._go.clicked.connect(self._give)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self._words)
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMaxLength(8)
            field.setFixedWidth(look.px(_FIELD))
            field.installEventFilter(self)
            row.addWidget(field)
        row.addWidget(self._go)
        row.addStretch(1)
        self.hide()

    def ask(self, name: str) -> None:
        """Ask for the PIN of a member."""
        self._open(name, choosing=False)

    def choose(self, name: str) -> None:
        """Ask for a new PIN, twice."""
        self._open(name, choosing=True)

    def _open(self, name: str, *, choosing: bool) -> None:
        self._name, self._choosing = name, choosing
        self.retranslate()
        self.again()
        self.second.setVisible(choosing)
        self.show()
        self.first.setFocus()

    def again(self) -> None:
        """Empty, for another try."""
        self.first.clear()
        self.second.clear()
        if self.isVisible():
            self.first.setFocus()

    def close_row(self) -> None:
        """Ask nothing any more."""
        self._name = ""
        self.hide()
        self.first.clear()
        self.second.clear()

    @property
    def asking(self) -> bool:
        """Whether a PIN is being asked for, or chosen."""
        return bool(self._name)

    def same_twice(self) -> bool:
        """Whether a new PIN was typed the same both times."""
        return self.first.text() == self.second.text()

    def _give(self) -> None:
        if not self._choosing:
            self.given.emit(self.first.text())
        elif not self.second.text() and self.first.text():
            self.second.setFocus()
        else:
            self.chosen.emit(self.first.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter hands the PIN over, Esc leaves it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._give()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.put_away.emit()
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        if self._choosing:
            words = self.tr("New PIN for %1, 4 to 8 digits, twice:")
        else:
            words = self.tr("PIN of %1:")
        self._words.setText(words.replace("%1", self._name))
        self.first.setAccessibleName(self._words.text())
        self.second.setAccessibleName(self.tr("The same PIN again"))
        self._go.setText(self.tr("Keep this PIN") if self._choosing else self.tr("It is me"))
        self._go.setAccessibleName(self._go.text())
        self._go.setToolTip(key_name("Enter"))
