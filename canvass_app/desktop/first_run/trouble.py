"""A small window for a trouble that keeps the program from starting: a second copy on the same data, a damaged file.

A damaged database can be built again from here, by one button.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout

from canvass_app.desktop.i18n import current_language, say_error
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button
from canvass_app.domain.errors import AlreadyOpen, CanvassError
from canvass_app.domain.text import Text
from canvass_app.services.book import Book


class TroubleWindow(QDialog):
    """Says what happened, what is safe and what to do. `book` is the open book after a repair was accepted.

    `repair` mends the data (on a thread), and gives the open book with what was done, in words.
    """

    def __init__(
        self, error: CanvassError, repair: Callable[[], tuple[Book, list[Text]]] | None = None
    ) -> None:
        super().__init__()
        self.book: Book | None = None
        self._repair = repair
        self._tasks = Tasks(self)
        look = tokens()
        self.setWindowTitle("Canvass")
        already = isinstance(error, AlreadyOpen)
        self._picture = QLabel()
        self._picture.setPixmap(
            icon_pixmap("info" if already else "warning", look.px(28), "accent" if already else "warn")
        )
        heading = self.tr("Canvass is already open") if already else self.tr("Canvass cannot open your data")
        self._heading = Heading(heading, "section")
        self.sentence = PlainLabel(say_error(error), wrap=True)
        self.close_button = make_button(self.tr("Close"), "" if repair else "primary")
        self.close_button.clicked.connect(self.reject)
        self.go = make_button(self.tr("Repair now"), "primary")
        self.go.setVisible(repair is not None)
        self.go.clicked.connect(self._go_on)
        (self.close_button if repair is None else self.go).setDefault(True)
        words = QVBoxLayout()
        words.setSpacing(look.px(8))
        words.addWidget(self._heading)
        words.addWidget(self.sentence)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(look.px(16))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(20))
        column.setSpacing(look.px(20))
        column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(8))
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        self._fit()

    def _fit(self) -> None:
        """As tall as the words need in this language: wrapped labels tell a layout only when it is asked."""
        layout = self.layout()
        if layout is not None:
            self.setFixedWidth(tokens().px(520))
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def _go_on(self) -> None:
        if self.book is not None:
            self.accept()
        elif self._repair is not None:
            self.go.setEnabled(False)
            self.close_button.setEnabled(False)
            self.go.setText(self.tr("Repairing…"))
            self._tasks.read(self._repair, self._repaired, self._failed)

    def _repaired(self, done: tuple[Book, list[Text]]) -> None:
        self.book, told = done
        self._heading.setText(self.tr("Your data is repaired"))
        self.sentence.setText("\n\n".join(text.say(current_language()) for text in told))
        self.close_button.hide()
        self.go.setText(self.tr("Open Canvass"))
        self.go.setEnabled(True)
        self.go.setFocus()
        look = tokens()
        self._picture.setPixmap(icon_pixmap("check", look.px(28), "good"))
        self._fit()

    def _failed(self, error: CanvassError) -> None:
        self.sentence.setText(say_error(error))
        self._fit()
        self.go.setText(self.tr("Repair now"))
        for button in (self.go, self.close_button):
            button.setEnabled(True)

    def reject(self) -> None:
        """Close, but never in the middle of a repair."""
        if self.book is not None:
            self.accept()
        elif self.close_button.isEnabled():
            super().reject()

    def done(self, result: int) -> None:
        """End the thread with the window."""
        self._tasks.close()
        super().done(result)
