"""What must be known of a turf before anything else: its doors are in somebody's hand, or in another turf too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, say_error
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.errors import GivenAlready

if TYPE_CHECKING:
    from canvass_app.services.turf_overlaps import SharedDoors


class _Notice(QWidget):
    """Words and ways on, one below the other; hidden while there is nothing to say."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel(kind="bad" if kind == "bad" else "", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens().px(4))
        self.column.addWidget(self.words)
        self.setVisible(False)


class GivenNotice(_Notice):
    """A list was not printed, because its doors are on another one that is out."""

    anyway = Signal()
    list_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bad", parent)
        self._error: GivenAlready | None = None
        self.show_list = make_button("", "", "lists")
        self.show_list.clicked.connect(self._show_list)
        self.print_anyway = make_button("", "quiet", "print")
        self.print_anyway.clicked.connect(self.anyway)
        for button in (self.show_list, self.print_anyway):
            self.column.addWidget(button)
        self.retranslate()

    def show_given(self, error: GivenAlready | None) -> None:
        """Say why; None takes the notice away."""
        self._error = error
        self.words.setText(say_error(error) if error is not None else "")
        self.setVisible(error is not None)

    def _show_list(self) -> None:
        if self._error is not None:
            self.list_wanted.emit(self._error.lists[0])

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.show_list.setText(self.tr("Show the list that is out"))
        self.print_anyway.setText(self.tr("Print anyway"))
        self.print_anyway.setToolTip(
            self.tr("The history of the new list will say that its doors were out already.")
        )
        for button in (self.show_list, self.print_anyway):
            button.setAccessibleName(button.text())
        self.show_given(self._error)


class SharedNotice(_Notice):
    """Two leads cut the same doors: who keeps them? One click."""

    keep_here = Signal(bytes)
    keep_there = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bad", parent)
        self._shared: list[SharedDoors] = []
        self.here = make_button("", "", "check")
        self.here.clicked.connect(lambda: self._shared and self.keep_here.emit(self._shared[0].turf_id))
        self.there = make_button("", "quiet", "chevron-right")
        self.there.clicked.connect(lambda: self._shared and self.keep_there.emit(self._shared[0].turf_id))
        for button in (self.here, self.there):
            self.column.addWidget(button)
        self.retranslate()

    def show_shared(self, shared: list[SharedDoors]) -> None:
        """With which turfs; an empty list takes the notice away."""
        self._shared = list(shared)
        self._write()

    def _write(self) -> None:
        self.setVisible(bool(self._shared))
        if not self._shared:
            return
        other = self._shared[0]
        words = counted(
            other.doors,
            self.tr("%1 door is in %2 too: two leads cut it without knowing of each other."),
            self.tr("%1 doors are in %2 too: two leads cut them without knowing of each other."),
            format_number,
        )
        self.words.setText(words.replace("%2", other.name))
        self.here.setText(self.tr("Keep them here"))
        self.there.setText(self.tr("Leave them to %1").replace("%1", other.name))
        for button in (self.here, self.there):
            button.setAccessibleName(button.text())

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._write()
