"""An export that is written: where it lies, and its passphrase, until the person says that they have it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Card, Heading, PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.services.exporting import Exported

_WIDTH = 720


class DonePanel(QWidget):
    """The only place where the passphrase is ever shown."""

    over = Signal()

    def __init__(self, show_folder: Callable[[Path], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.exported: Exported | None = None
        self.show_folder = show_folder
        self._title = Heading("", "section")
        self._where = PlainLabel(wrap=True)
        self._held = PlainLabel(kind="quiet", wrap=True)
        self._say = PlainLabel(wrap=True)
        self.passphrase = PlainLabel(kind="title", wrap=True)
        self.passphrase.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._next = PlainLabel(kind="quiet", wrap=True)
        self.finish = make_button("", "primary", "check")
        self.folder = make_button("", "")
        self._card = Card()
        for part in (self._title, self._where, self._held, self._say, self.passphrase, self._next):
            self._card.body.addWidget(part)
            self._card.body.addSpacing(tokens().px(4))
        row = QHBoxLayout()
        row.addWidget(self.finish)
        row.addWidget(self.folder)
        row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._card)
        self._column.addLayout(row)
        self._column.addStretch(1)
        self.finish.clicked.connect(self._leave)
        self.folder.clicked.connect(self._open)
        self.setFocusProxy(self.finish)
        self._space()
        self.retranslate()

    def _space(self) -> None:
        look = tokens()
        self.setMaximumWidth(look.px(_WIDTH))
        self._column.setSpacing(look.px(16))

    def show_export(self, exported: Exported) -> None:
        """Show what was written."""
        self.exported = exported
        self.retranslate()

    def _leave(self) -> None:
        self.exported = None
        self.retranslate()
        self.over.emit()

    def _open(self) -> None:
        if self.exported is not None:
            self.show_folder(self.exported.path)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        done = self.exported
        sealed = done is not None and bool(done.passphrase)
        self.finish.setText(self.tr("I have the passphrase") if sealed else self.tr("Done"))
        self.folder.setText(self.tr("Open the folder"))
        for button in (self.finish, self.folder):
            button.setAccessibleName(button.text())
        for label in (self._say, self.passphrase):
            label.setVisible(sealed)
        self.passphrase.setText(done.passphrase if done is not None else "")
        self.passphrase.setAccessibleName(self.tr("Passphrase"))
        if done is None:
            return
        people = counted(done.rows, self.tr("%1 person"), self.tr("%1 people"), format_number)
        words = self.tr("Export %1: %2").replace("%1", done.code)
        self._title.setText(words.replace("%2", people))
        self._where.setText(str(done.path))
        self._held.setVisible(bool(done.held_back))
        self._held.setText(
            counted(
                done.held_back,
                self.tr("%1 person stayed: marked “do not contact”."),
                self.tr("%1 people stayed: marked “do not contact”."),
                format_number,
            )
        )
        self._say.setText(
            self.tr("Passphrase. It is shown only here and kept nowhere. Write it down, and say it to who gets the list; do "
                    "not send it with the file.")
        )  # fmt: skip
        self._next.setText(
            self.tr(
                "Delete the list when it has served. If it turns up elsewhere, headquarters can tell that it is this copy."
            )
        )
