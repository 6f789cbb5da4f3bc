"""The campaign's declaration: its text, a name, and « J’accepte ». Shown by Sync, and by the first window after joining."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language, say_error
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets.labels import Heading, PlainLabel, make_button
from canvass_app.domain.declaration import MOST_NAME, NONE
from canvass_app.domain.errors import CanvassError
from canvass_app.domain.text import Text


class DeclarationForm(QWidget):
    """What is to be accepted, and by whom. `accepted(name, language, text)` once somebody has; the keyboard is enough."""

    accepted = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._busy = NONE, False
        self._error: CanvassError | None = None
        self.heading = Heading("", "section")
        self._why = PlainLabel(kind="quiet", wrap=True)
        self.words = PlainLabel(wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label, self.name = PlainLabel(), QLineEdit()
        self._label.setBuddy(self.name)
        self.name.setMaxLength(MOST_NAME)
        self.name.textChanged.connect(self._check)
        self.name.returnPressed.connect(self._accept)
        self.button = make_button("", "primary")
        self.button.clicked.connect(self._accept)
        self._mark, self.trouble = QLabel(), PlainLabel(kind="bad", wrap=True)
        self._trouble_row = QWidget()
        row = QHBoxLayout(self._trouble_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.trouble, 1)
        look = tokens()
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        for widget, room in (
            (self.heading, 4), (self._why, 8), (self.words, 12), (self._label, 0), (self.name, 4),
            (self._trouble_row, 4),
        ):  # fmt: skip
            column.addWidget(widget)
            if room:
                column.addSpacing(look.px(room))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(look.px(8))
        self.buttons.addWidget(self.button)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        self.setFocusProxy(self.name)
        self.retranslate()
        self._check()

    def show_text(self, text: Text) -> None:
        """Ask for this declaration. A name that is being typed stays."""
        if text != self._text:
            self._text = text
            self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """While it is being kept and told, nothing can be changed."""
        self._busy = busy
        self.name.setEnabled(not busy)
        self._check()

    def show_error(self, error: CanvassError | None) -> None:
        """Say under the name what went wrong."""
        self._error = error
        self._say_error()
        if error is not None:
            self._draw()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.selectAll()

    def _check(self) -> None:
        self.button.setEnabled(not self._busy and self._text != NONE and bool(self.name.text().strip()))

    def _accept(self) -> None:
        if self.button.isEnabled():
            self.show_error(None)
            self.accepted.emit(self.name.text().strip(), current_language(), self._text)

    def _say_error(self) -> None:
        self.trouble.setText(say_error(self._error) if self._error is not None else "")
        self._trouble_row.setVisible(self._error is not None)

    def _draw(self) -> None:
        self._mark.setPixmap(icon_pixmap("error", tokens().px(16), "bad", self.devicePixelRatioF()))

    def retranslate(self) -> None:
        """Words in the language of the moment: the declaration is accepted in the one that is shown."""
        self.heading.setText(self.tr("The campaign’s declaration"))
        self._why.setText(
            self.tr(
                "Everybody who holds the campaign’s data accepts this by name. What was typed here is sent as ever; what "
                "others did arrives once it is accepted."
            )
        )
        self.words.setText(self._text.say(current_language()))
        self._label.setText(self.tr("Your first and last name"))
        self.name.setAccessibleName(self._label.text())
        # Whoever hears the screen hears what is accepted before the name is asked for.
        self.name.setAccessibleDescription(self.words.text())
        self.button.setText(self.tr("I accept"))
        self.button.setAccessibleName(self.button.text())
        self._say_error()
        self._check()

    def changeEvent(self, event: QEvent) -> None:
        """Follow zoom and language."""
        super().changeEvent(event)
        if not hasattr(self, "column"):
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._draw()
