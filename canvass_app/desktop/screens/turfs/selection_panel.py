"""The panel that chooses doors: conditions in a column, how many doors that is, and saved selections.

It edits and shows; `selecting.py` counts, saves and takes the doors in hand.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import counted, current_language, key_name
from canvass_app.desktop.screens.turfs.condition_row import ConditionRow
from canvass_app.desktop.screens.turfs.words import doors_words
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.scripts import Script
from canvass_app.domain.selection_rows import MAX_ROWS, Row, as_rows, from_rows
from canvass_app.domain.selection_words import selection_words
from canvass_app.domain.selections import STATES, InState, Selection
from canvass_app.services.saved_selections import Offer, SavedSelection
from canvass_app.services.selections import Counted

_BESIDE = 400  # pixels at 100 % from which two beginnings stand beside each other
_STARTS = ("never", "not_home", "come_back", "remind")


class SelectionPanel(QWidget):
    """`edited` after each change; `chosen(list[bytes])` when the doors are to be taken in hand, on the map or in a draft.

    The others ask for work: `choose_wanted`, `save_wanted(name)`, `remove_wanted`, `picked(selection id or None)`.
    """

    edited = Signal()
    chosen = Signal(object)
    choose_wanted = Signal()
    save_wanted = Signal(str)
    remove_wanted = Signal()
    picked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self._script: Script | None = None
        self._parties: frozenset[str] = frozenset()
        self._offer = Offer((), (), ())
        self._saved: list[SavedSelection] = []
        self._whole: Selection | None = None
        """A selection that is too intertwined for rows: it is used as it is."""
        self._found: Counted | None = None
        self.rows: list[ConditionRow] = []
        self._title = Heading(level="section")
        self._close = make_button("", "quiet", "close")
        self._close.clicked.connect(self.closed)
        self.saved = QComboBox()
        self.saved.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.saved.setMinimumContentsLength(8)
        self.saved.activated.connect(lambda _: self.picked.emit(self.saved.currentData()))
        self._saved_label = PlainLabel(kind="small")
        self.count = PlainLabel(kind="display")
        self.kept = PlainLabel(kind="quiet", wrap=True)
        self.words = PlainLabel(wrap=True)
        self.trouble = PlainLabel(kind="bad", wrap=True)
        self.choose = make_button("", "primary", "check")
        self.choose.clicked.connect(self._wish)
        self._begin = PlainLabel(kind="quiet", wrap=True)
        self._starts = {one: make_button("", "") for one in _STARTS}
        for state, button in self._starts.items():
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, one=state: self._start(one))
        self._add = make_button("", "quiet", "plus")
        self._add.clicked.connect(self._add_row)
        self.barred, self.out = QCheckBox(), QCheckBox()
        for box in (self.barred, self.out):
            box.toggled.connect(self._tell)
        self._name_label = PlainLabel(kind="small")
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.name.returnPressed.connect(self._keep)
        self.save, self.remove = make_button("", "", "check"), make_button("", "quiet", "close")
        self.save.clicked.connect(self._keep)
        self.remove.clicked.connect(self.remove_wanted)
        self._lay_out(look.px(4), look.px(8))

    def _lay_out(self, small: int, gap: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        column.addLayout(head)
        column.addLayout(_stacked(small, self._saved_label, self.saved))
        column.addLayout(_stacked(small, self.count, self.kept, self.trouble))
        column.addWidget(self.choose)
        self._start_grid = QWidget()
        grid = QGridLayout(self._start_grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(small)
        grid.addWidget(self._begin, 0, 0, 1, 2)
        self._grid = grid
        self._place_starts(2)
        column.addWidget(self._start_grid)
        self._list = QVBoxLayout()
        self._list.setSpacing(gap)
        column.addLayout(self._list)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.words)
        column.addLayout(_stacked(0, self.barred, self.out))
        column.addLayout(_stacked(small, self._name_label, self.name))
        foot = QHBoxLayout()
        foot.setSpacing(gap)
        foot.addWidget(self.save, 1)
        foot.addWidget(self.remove, 1)
        column.addLayout(foot)
        column.addSpacing(small)
        column.addStretch(1)

    def _place_starts(self, columns: int) -> None:
        for place, button in enumerate(self._starts.values()):
            across = 2 // columns
            self._grid.addWidget(button, 1 + place // columns, place % columns, 1, across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The beginnings below each other where their words have no room beside each other."""
        super().resizeEvent(event)
        self._place_starts(2 if event.size().width() >= tokens().px(_BESIDE) else 1)

    # what is edited

    def selection(self) -> Selection | None:
        """The selection as it stands; None while a condition lacks a value."""
        if self._whole is not None:
            where = self._whole.where
        else:
            rows = [row.row() for row in self.rows]
            if any(row is None for row in rows):
                return None
            where = from_rows(tuple(row for row in rows if row is not None))
        return Selection(where, self.barred.isChecked(), self.out.isChecked())

    def show_selection(self, selection: Selection, name: str = "") -> None:
        """Show another selection; tells nobody."""
        rows = as_rows(selection.where)
        self._whole = selection if rows is None else None
        self._clear()
        for row in rows or ():
            self._make_row(row)
        for box, on in ((self.barred, selection.barred), (self.out, selection.out)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        self.name.setText(name)
        self.trouble.setText("")
        self._found = None
        self._write()

    def show_campaign(self, script: Script | None, parties: frozenset[str]) -> None:
        """The questions and parties of the campaign, for the conditions that are made from now on."""
        self._script, self._parties = script, parties

    def show_offer(self, offer: Offer) -> None:
        """What the riding has to choose from."""
        self._offer = offer
        for row in self.rows:
            row.show_offer(offer)

    def show_saved(self, saved: list[SavedSelection], current: bytes | None) -> None:
        """The saved selections, and which of them is being edited."""
        self._saved = saved
        self.saved.blockSignals(True)
        self.saved.clear()
        self.saved.addItem(self.tr("a new selection"), None)
        for one in saved:
            self.saved.addItem(one.name, one.selection_id)
        found = next((n for n, one in enumerate(saved, 1) if one.selection_id == current), 0)
        self.saved.setCurrentIndex(found)
        self.saved.blockSignals(False)
        self.remove.setVisible(found > 0)
        self._write_save()

    def show_count(self, found: Counted | None) -> None:
        """How many doors that is; None while it is being counted, or cannot be."""
        self._found = found
        self._write()

    def show_trouble(self, words: str) -> None:
        """Say what cannot be done."""
        self.trouble.setText(words)
        self._write()

    def take_lasso(self, points: tuple[tuple[int, int], ...]) -> bool:
        """Take what was drawn on the map into the last condition about a lasso; False when there is none."""
        return any(row.take_lasso(points) for row in reversed(self.rows))

    def wants_lasso(self) -> bool:
        """Whether a condition waits for a lasso."""
        return any(row.wants_lasso() for row in self.rows)

    def start(self) -> None:
        """The keyboard goes to where one goes on."""
        if self.rows:
            self.rows[-1].start()
        elif self._whole is None:
            self._starts["never"].setFocus()
        else:
            self.choose.setFocus()

    # rows

    def _clear(self) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def _make_row(self, row: Row) -> ConditionRow:
        made = ConditionRow(self._script, self._parties)
        made.show_offer(self._offer)
        made.show_row(row, not self.rows)
        made.changed.connect(self._tell)
        made.removed.connect(lambda: self._drop(made))
        self.rows.append(made)
        self._list.addWidget(made)
        return made

    def _start(self, state: str) -> None:
        self._make_row(Row("and", True, InState((state,)))).start()
        self._tell()

    def _add_row(self) -> None:
        self._make_row(Row("and", True, InState(()))).start()
        self._tell()

    def _drop(self, row: ConditionRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        if self.rows:
            self.rows[0].show_first(True)
            self.rows[min(place, len(self.rows) - 1)].start()
        else:
            self._add.setFocus()
        self._tell()

    def _tell(self) -> None:
        self._found = None
        self.trouble.setText("")
        self._write()
        self.edited.emit()

    def _wish(self) -> None:
        if self.choose.isEnabled():
            self.choose_wanted.emit()

    def _keep(self) -> None:
        if self.save.isEnabled():
            self.save_wanted.emit(self.name.text())

    # words

    def _write(self) -> None:
        selection, found, language = self.selection(), self._found, current_language()
        whole = self._whole is not None
        self._start_grid.setVisible(not self.rows and not whole)
        self._add.setVisible(not whole and len(self.rows) < MAX_ROWS)
        self.trouble.setVisible(bool(self.trouble.text()))
        self.choose.setEnabled(found is not None and found.doors > 0)
        if found is not None:
            self.count.setText(doors_words(found.doors))
        elif selection is None:
            self.count.setText(self.tr("which doors?"))
        told: list[str] = []
        if found is not None and found.barred:
            told.append(counted(
                found.barred, self.tr("Kept out: %1 door where nobody is to knock."),
                self.tr("Kept out: %1 doors where nobody is to knock."), format_number,
            ))  # fmt: skip
        if found is not None and found.out:
            told.append(counted(
                found.out, self.tr("Checked out: %1 door on a walk list that is not back."),
                self.tr("Checked out: %1 doors on walk lists that are not back."), format_number,
            ))  # fmt: skip
        if selection is None:
            told = [self.tr("A condition still lacks its value.")]
        self.kept.setText("\n".join(told))
        self.kept.setVisible(bool(told))
        self.words.setText(selection_words(selection, self._script).say(language) if selection else "")
        self.words.setVisible(selection is not None and (whole or len(self.rows) > 1))
        if whole:
            more = self.tr(
                "It is too intertwined to be changed here; the command “canvass-app selections” does that."
            )
            self.words.setText(f"{self.words.text()}\n{more}")
        self._write_save()

    def _write_save(self) -> None:
        self.save.setEnabled(self.selection() is not None)
        self.save.setText(self.tr("Save changes") if self.saved.currentIndex() > 0 else self.tr("Save"))
        self.save.setAccessibleName(self.save.text())

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        language = current_language()
        self._title.setText(self.tr("Choose doors"))
        self._saved_label.setText(self.tr("Saved selections"))
        self._begin.setText(
            self.tr("Every door, for now. Begin with one of these, or add a condition of your own.")
        )
        for state, button in self._starts.items():
            button.setText(STATES[state].say(language).replace("&", "&&"))
            button.setAccessibleName(STATES[state].say(language))
        self.barred.setText(self.tr("with doors where nobody is to knock"))
        self.out.setText(self.tr("with doors on lists that are out"))
        self._name_label.setText(self.tr("Name, to use it again; the riding shares it"))
        for widget, words in (
            (self._add, self.tr("Add a condition")), (self.choose, self.tr("Choose on the map")),
            (self.remove, self.tr("Remove")),
        ):  # fmt: skip
            widget.setText(words)
            widget.setAccessibleName(words)
        for widget, words in (
            (self._close, self.tr("Close")), (self.saved, self._saved_label.text()),
            (self.name, self.tr("Name of the selection")), (self.barred, self.barred.text()), (self.out, self.out.text()),
        ):  # fmt: skip
            widget.setAccessibleName(words)
        self._close.setToolTip(f"{self.tr('Close')} ({key_name('Esc')})")
        for row in self.rows:
            row.retranslate()
        self.saved.setItemText(0, self.tr("a new selection"))
        self._write()


def _stacked(gap: int, *parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(gap)
    for part in parts:
        column.addWidget(part)
    return column
