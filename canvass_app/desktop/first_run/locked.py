"""The window of a laptop whose lease is over: everything is safe, and four ways to go on."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from canvass_app.desktop.i18n import say_error
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.domain.errors import CanvassError, Withdrawn
from canvass_app.services.book import Book
from canvass_app.services.lease import Locked, locked
from canvass_app.sync.problems import Undeclared

from .notice import Notice


class LockedWindow(Notice):
    """Stands in front of everything until headquarters was met. `withdrawn`: headquarters wants the laptop emptied."""

    def __init__(self, book: Book, why: Locked) -> None:
        super().__init__(("warning", "warn"), "", say_error(why))
        self.heading.setText(self.tr("This laptop is locked"))
        self.withdrawn = False
        self._book, self._why = book, why
        self.code = QLineEdit()
        self.code.setMaxLength(20)
        self.code.setPlaceholderText("K7QF-29MD")
        self.code.setAccessibleName(self.tr("New code"))
        self.join = make_button(self.tr("Join again"))
        self.join.clicked.connect(self.join_again)
        self.code.returnPressed.connect(self.join_again)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, tokens().px(8), 0, 0)
        line.setSpacing(tokens().px(8))
        line.addWidget(PlainLabel(self.tr("New code")))
        line.addWidget(self.code, 1)
        line.addWidget(self.join)
        self.add_below(row)
        self.close_button = make_button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.write = make_button(self.tr("Write a bundle…"))
        self.write.clicked.connect(self._choose_folder)
        self.bring = make_button(self.tr("Bring in its answer…"))
        self.bring.clicked.connect(self._choose_answer)
        self.sync = make_button(self.tr("Sync now"), "primary")
        self.sync.clicked.connect(self.sync_now)
        self.sync.setDefault(True)
        self._all = (self.close_button, self.write, self.bring, self.sync, self.join)
        for button in self._all[:4]:
            self.add_button(button)
        self.join.setAutoDefault(False)
        self.sync.setFocus()
        self.fit()

    def sync_now(self) -> None:
        """Meet headquarters over the network."""
        from canvass_app.services.syncing import sync_now

        self._run(lambda: sync_now(self._book))

    def join_again(self) -> None:
        """Join with a new code, then sync."""
        from canvass_app.services.syncing import join, sync_now

        code = self.code.text()
        if not code.strip():
            self.code.setFocus()
            return

        def work() -> Any:
            join(self._book, self._book.meta("hq_url"), code, platform.node() or "laptop")
            return sync_now(self._book)

        self._run(work)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where the file goes"), str(Path.home()))
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, folder: Path) -> None:
        """Write what headquarters lacks, and a question to it, into a sealed file."""
        from canvass_app.services.bundling import write_bundle

        def written(done: Any) -> None:
            said = self.tr("“%1” is written. Take it to headquarters and bring its answer back.")
            self._ready(said.replace("%1", done.path.name))

        self._busy()
        self.tasks.read(lambda: write_bundle(self._book, folder, ask=True), written, self.tell)

    def _choose_answer(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Headquarters’ answer"), str(Path.home()), self.tr("Answers (*.canvass-down)")
        )
        if chosen:
            self.bring_in(Path(chosen))

    def bring_in(self, path: Path) -> None:
        """Take headquarters' answer in."""
        from canvass_app.services.bundling import import_bundle

        self._run(lambda: import_bundle(self._book, path))

    def _run(self, work: Any) -> None:
        self._busy()
        self.tasks.read(work, lambda _done: self._look(), self.tell)

    def _busy(self) -> None:
        for button in self._all:
            button.setEnabled(False)

    def _look(self) -> None:
        """Open, if headquarters was met."""
        why = locked(self._book)
        if why is None:
            self.accept()
        else:
            self._ready(say_error(why))

    def tell(self, error: CanvassError) -> None:
        """Show a trouble, above why the laptop is locked."""
        if isinstance(error, Withdrawn):
            self.withdrawn = True
            super().reject()
            return
        if isinstance(error, Undeclared) and locked(self._book) is None:
            # Headquarters was met; what it asks for is asked by the screen Sync.
            self._look()
            return
        self._ready(f"{say_error(error)}\n\n{say_error(self._why)}")

    def _ready(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        for button in self._all:
            button.setEnabled(True)
        self.fit()

    def reject(self) -> None:
        """Close, but not in the middle of something: it ends by itself."""
        if self.close_button.isEnabled():
            super().reject()
