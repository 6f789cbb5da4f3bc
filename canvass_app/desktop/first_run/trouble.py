"""A small window for a trouble that keeps the program from starting: a second copy on the same data, a damaged file.

A damaged database can be built again from here, by one button.
"""

from __future__ import annotations

from collections.abc import Callable

from canvass_app.desktop.i18n import current_language, say_error
from canvass_app.desktop.widgets import make_button
from canvass_app.domain.errors import AlreadyOpen, CanvassError
from canvass_app.domain.text import Text
from canvass_app.services.book import Book

from .notice import Notice


class TroubleWindow(Notice):
    """Says what happened, what is safe and what to do. `book` is the open book after a repair was accepted.

    `repair` mends the data (on a thread), and gives the open book with what was done, in words.
    """

    def __init__(
        self, error: CanvassError, repair: Callable[[], tuple[Book, list[Text]]] | None = None
    ) -> None:
        already = isinstance(error, AlreadyOpen)
        super().__init__(("info", "accent") if already else ("warning", "warn"), "", say_error(error))
        self.heading.setText(
            self.tr("Canvass is already open") if already else self.tr("Canvass cannot open your data")
        )
        self.book: Book | None = None
        self._repair = repair
        self.close_button = make_button(self.tr("Close"), "" if repair else "primary")
        self.close_button.clicked.connect(self.reject)
        self.go = make_button(self.tr("Repair now"), "primary")
        self.go.setVisible(repair is not None)
        self.go.clicked.connect(self._go_on)
        (self.close_button if repair is None else self.go).setDefault(True)
        self.add_button(self.close_button)
        self.add_button(self.go)
        self.fit()

    def _go_on(self) -> None:
        if self.book is not None:
            self.accept()
        elif self._repair is not None:
            self.go.setEnabled(False)
            self.close_button.setEnabled(False)
            self.go.setText(self.tr("Repairing…"))
            self.tasks.read(self._repair, self._repaired, self._failed)

    def _repaired(self, done: tuple[Book, list[Text]]) -> None:
        self.book, told = done
        self.heading.setText(self.tr("Your data is repaired"))
        self.sentence.setText("\n\n".join(text.say(current_language()) for text in told))
        self.close_button.hide()
        self.go.setText(self.tr("Open Canvass"))
        self.go.setEnabled(True)
        self.go.setFocus()
        self.show_picture("check", "good")
        self.fit()

    def _failed(self, error: CanvassError) -> None:
        self.sentence.setText(say_error(error))
        self.fit()
        self.go.setText(self.tr("Repair now"))
        for button in (self.go, self.close_button):
            button.setEnabled(True)

    def reject(self) -> None:
        """Close, but never in the middle of a repair."""
        if self.book is not None:
            self.accept()
        elif self.close_button.isEnabled():
            super().reject()
