"""The window of a laptop that headquarters told to hold nothing more: what happened, and how what is unsent gets there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from canvass_app.desktop.i18n import current_language, say_error
from canvass_app.desktop.widgets import make_button
from canvass_app.domain.errors import CanvassError
from canvass_app.services.book import WITHDRAWN
from canvass_app.services.farewell import Farewell, finish, start_anew, take_on_a_stick

from .notice import Notice


class WithdrawnWindow(Notice):
    """Does what is left to do while it shows. `anew`: the person wants to use Canvass here again; the folder is empty."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("info", "accent"), "", WITHDRAWN.say(current_language()))
        self.heading.setText(self.tr("This laptop was withdrawn"))
        self.anew = False
        self._folder = folder
        self.close_button = make_button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.stick = make_button(self.tr("Copy to a stick…"))
        self.stick.clicked.connect(self._choose_stick)
        self.again = make_button(self.tr("Try now"), "primary")
        self.again.clicked.connect(self.go_on)
        self.start = make_button(self.tr("Start anew"), "primary")
        self.start.clicked.connect(self._start_anew)
        for button in (self.close_button, self.stick, self.again, self.start):
            self.add_button(button)
            button.setVisible(button is self.close_button)
        self.fit()

    def go_on(self) -> None:
        """Empty what is left, hand in what is sealed, tell headquarters: as far as it goes now."""
        self.again.setEnabled(False)
        self.close_button.setEnabled(False)
        self.tasks.read(lambda: finish(self._folder), self.show_left, self.tell)

    def show_left(self, left: Farewell | None) -> None:
        """How it stands, and what can be done next."""
        if left is None:
            self.tell(CanvassError(WITHDRAWN))
            return
        self.sentence.setText(left.text.say(current_language()))
        if left.delivered:
            self.show_picture("check", "good")
        for button in (self.stick, self.again):
            button.setVisible(not left.delivered)
        self.start.setVisible(left.delivered or left.copied)
        self._ready(self.start if left.delivered else self.again)

    def tell(self, error: CanvassError) -> None:
        """Show a trouble, and the way to try again."""
        self.sentence.setText(say_error(error))
        self.show_picture("warning", "warn")
        self.again.setVisible(True)
        self._ready(self.again)

    def _ready(self, first: object) -> None:
        for button in (self.again, self.start, self.close_button):
            button.setEnabled(True)
            button.setDefault(button is first)
        self.fit()

    def _choose_stick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where the file goes"), str(Path.home()))
        if chosen:
            self.copy_to(Path(chosen))

    def copy_to(self, stick: Path) -> None:
        """Copy what is sealed onto a stick and read it back."""
        self.tasks.read(lambda: take_on_a_stick(self._folder, stick), self.tell_copied, self.tell)

    def tell_copied(self, path: Path) -> None:
        """Say which file is on the stick."""
        said = self.tr("“%1” is on the stick and reads back. Take it to headquarters.")
        self.sentence.setText(said.replace("%1", path.name))
        self.show_picture("check", "good")
        self.start.setVisible(True)
        self._ready(self.start)

    def _start_anew(self) -> None:
        try:
            start_anew(self._folder)
        except CanvassError as error:
            self.tell(error)
            return
        self.anew = True
        self.accept()

    def reject(self) -> None:
        """Close, but not while it is under way: what it does takes moments and ends by itself."""
        if self.close_button.isEnabled():
            super().reject()
