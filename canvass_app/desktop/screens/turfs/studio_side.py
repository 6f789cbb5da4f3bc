"""Beside the map: the proposal as a table, the turf and the doors in hand, what an edit would break, and Make turfs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language, key_name
from canvass_app.desktop.screens.turfs.studio_state import DraftRow
from canvass_app.desktop.screens.turfs.words import doors_words, minutes_words
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Balance,
    Chip,
    Column,
    DataTable,
    Heading,
    PlainLabel,
    RowsModel,
    make_button,
)
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.geo import LEAST_METRES
from canvass_app.services.drafts import Missed

_SMALL = 420  # pixels of height below which words that only help are left out


class StudioSide(QWidget):
    """Signals: `picked(number | None)`, `renamed(str)`, `recoloured`, `aimed(str)` (typed target), `aim_left`, `answered(str)`
    ("mend", "anyway", "leave"), `accept_wanted`, `throw_wanted`, `left`, `free_wanted`, `placeless_wanted`."""

    picked = Signal(object)
    renamed = Signal(str)
    recoloured = Signal()
    aimed = Signal(str)
    aim_left = Signal()
    answered = Signal(str)
    accept_wanted = Signal()
    throw_wanted = Signal()
    left = Signal()
    free_wanted = Signal()
    placeless_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self._rows: list[DraftRow] = []
        self._numbers = (0, 0, 0)
        self._missed = Missed()
        self._target = 0.0
        self._filling = False
        self._busy = False
        self._aim: tuple[str, str] = ("", "")
        self._question: tuple[list[tuple[str, int]], bool] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), 0, 0, 0)
        column.setSpacing(look.px(8))
        self._title = Heading(level="section")
        self._leave = make_button("", "quiet", "close")
        self._leave.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._leave)
        self._sum = PlainLabel(kind="quiet", wrap=True)
        self._news = PlainLabel(wrap=True)
        self._free = make_button("", "quiet", "door")
        self._free.clicked.connect(self.free_wanted)
        self._placeless = make_button("", "quiet", "warning")
        self._placeless.clicked.connect(self.placeless_wanted)
        loose = QHBoxLayout()
        loose.addWidget(self._free)
        loose.addWidget(self._placeless)
        loose.addStretch(1)
        self._hand = PlainLabel(wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.name.editingFinished.connect(self._rename)
        self._name_label = PlainLabel(kind="small")
        self._colour = make_button("", "", "turfs")
        self._colour.clicked.connect(self.recoloured)
        self._naming = QWidget()
        naming = QHBoxLayout(self._naming)
        naming.setContentsMargins(0, 0, 0, 0)
        naming.setSpacing(look.px(8))
        naming.addWidget(self.name, 1)
        naming.addWidget(self._colour)
        self.question = self._make_question()
        self.aim = self._make_aim()
        self.table = DataTable(RowsModel(self._columns()))
        self.table.row_selected.connect(self._pick)
        self.accept = make_button("", "primary", "check")
        self.accept.clicked.connect(self.accept_wanted)
        self._throw = make_button("", "quiet", "close")
        self._throw.clicked.connect(self.throw_wanted)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addWidget(self.accept, 1)
        foot.addWidget(self._throw)
        column.addLayout(head)
        for widget in (self._sum, self._news):
            column.addWidget(widget)
        column.addLayout(loose)
        for widget in (self.question, self.aim, self._hand, self._name_label, self._naming):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.name.installEventFilter(self)
        self.target.installEventFilter(self)
        for part in (self.question, self.aim, self._naming, self._name_label):
            part.hide()
        self.retranslate()

    def _make_question(self) -> QFrame:
        card, look = QFrame(), tokens()
        card.setProperty("kind", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        column.setSpacing(look.px(8))
        self._asks = PlainLabel(wrap=True)
        column.addWidget(self._asks)
        self._answers = {
            "mend": make_button("", "primary", "check"), "anyway": make_button("", "", "warning"),
            "leave": make_button("", "quiet", "close"),
        }  # fmt: skip
        for key, button in self._answers.items():
            button.clicked.connect(lambda _=False, answer=key: self.answered.emit(answer))
            column.addWidget(button)
        return card

    def _make_aim(self) -> QFrame:
        card, look = QFrame(), tokens()
        card.setProperty("kind", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        column.setSpacing(look.px(4))
        self._aim_words = PlainLabel(wrap=True)
        self.target = QLineEdit()
        self._names = QStringListModel(self)
        completer = self._completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.target.setCompleter(completer)
        self.target.returnPressed.connect(lambda: self.aimed.emit(self.target.text()))
        column.addWidget(self._aim_words)
        column.addWidget(self.target)
        return card

    def _columns(self) -> list[Column[DraftRow]]:
        def number(value: float) -> str:
            return format_number(value, current_language())

        def kilometres(row: DraftRow) -> str:
            return (
                format_number(row.metres / 1000, current_language(), 1) if row.metres >= LEAST_METRES else "…"
            )

        def minutes(row: DraftRow) -> Balance:
            return Balance(row.minutes, self._target)

        def code(row: DraftRow) -> Chip:
            if row.pieces > 1:
                return Chip(row.code, "warn")
            return Chip(row.code, "neutral", "lock") if row.locked else Chip(row.code)

        return [
            Column("", code, width=72, sort_key=lambda row: row.number),
            Column(lambda: self.tr("Turf"), lambda row: row.name, strong=True),
            Column(lambda: self.tr("Doors"), lambda row: row.doors, number, align="right", width=64),
            Column(lambda: self.tr("Minutes"), minutes, number, width=104, sort_key=lambda row: row.minutes),
            Column(lambda: self.tr("km"), kilometres, align="right", width=56, sort_key=lambda row: row.metres),
        ]  # fmt: skip

    # what is shown

    def show_rows(
        self, rows: Sequence[DraftRow], doors: int, free: int, placeless: int, missed: Missed
    ) -> None:
        """The proposal; the row that was chosen stays chosen."""
        chosen = self.table.selected_ids()
        self._numbers, self._missed = (doors, free, placeless), missed
        self._target = sum(row.minutes for row in rows) / len(rows) if rows else 0.0
        self._filling = True
        if [row.number for row in rows] == [row.number for row in self._rows]:
            for row in rows:
                self.table.rows.replace_row(row.number, row)
            self.table.viewport().update()
        else:
            self.table.rows.set_rows(rows, [row.number for row in rows])
            self.table.select_ids(chosen)
        self._rows = list(rows)
        self._names.setStringList([f"{row.code} · {row.name}" for row in rows])
        self._filling = False
        self._write()

    def show_hand(self, turf: DraftRow | None, chosen: int, names: str, hint: str) -> None:
        """The turf in hand, or `chosen` doors of the turfs called `names`."""
        self._filling = True
        if turf is None:
            self.table.clearSelection()
        elif self.table.selected_ids() != [turf.number]:
            self.table.select_id(turf.number)
        self._filling = False
        self._naming.setVisible(turf is not None and not chosen)
        self._name_label.setVisible(turf is not None and not chosen)
        if turf is not None and not (self.name.hasFocus() and self.name.isModified()):
            self.name.setText(turf.name)
        words = (
            self.tr("%1 of %2").replace("%1", doors_words(chosen)).replace("%2", names)
            if names
            else doors_words(chosen)
        )
        lines = [
            words if chosen else "",
            "" if self._aim[0] else hint,
            self._standing(turf) if not chosen else "",
        ]
        self._hand.setText("\n".join(filter(None, lines)))
        self._hand.setVisible(bool(self._hand.text()) and self._question is None)

    def _standing(self, turf: DraftRow | None) -> str:
        if turf is None:
            return ""
        pieces = self.tr("It lies in %1 pieces.").replace(
            "%1", format_number(turf.pieces, current_language())
        )
        locked = self.tr("Locked: no change touches it.")
        return " ".join(filter(None, (pieces if turf.pieces > 1 else "", locked if turf.locked else "")))

    def show_aim(self, what: str, words: str) -> None:
        """Ask for a turf ("move", "merge"); "" asks for none."""
        self._aim = (what, words)
        self.aim.setVisible(bool(what))
        self._aim_words.setText(words)
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()
        if what:
            self.target.clear()
            self.target.setFocus()

    def show_question(self, cut_off: list[tuple[str, int]], can_mend: bool) -> None:
        """Turfs that would fall into pieces, with the doors cut off; an empty list asks nothing."""
        self._question = (cut_off, can_mend) if cut_off else None
        self.question.setVisible(bool(cut_off))
        self._hand.setVisible(not cut_off and bool(self._hand.text()))
        self._write_question()
        if cut_off:
            self._answers["mend" if can_mend else "leave"].setFocus()

    def show_busy(self, busy: bool) -> None:
        """Long work is under way: nothing is made of a proposal that is about to change."""
        self._busy = busy
        self._write()

    def _pick(self, number: object) -> None:
        if not self._filling:
            self.picked.emit(number)

    def _rename(self) -> None:
        name = " ".join(self.name.text().split())
        if name and self.name.isModified():
            self.name.setModified(False)
            self.renamed.emit(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc leaves the field that asks for a turf."""
        if (
            watched is self.target
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.aim_left.emit()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: object) -> None:
        """Fewer columns in a small window."""
        # Names have the first claim to the room.
        self.table.setColumnHidden(4, self.width() < tokens().px(400))
        self._sum.setVisible(self.height() >= tokens().px(_SMALL))

    def _write(self) -> None:
        doors, free, placeless = self._numbers
        turfs = len(self._rows)
        self._title.setText(
            counted(turfs, self.tr("%1 turf proposed"), self.tr("%1 turfs proposed"), format_number)
        )
        minutes = [row.minutes for row in self._rows if row.minutes]
        words = [doors_words(doors)]
        if minutes:
            low, high = min(minutes), max(minutes)
            between = self.tr("%1 to %2").replace("%1", format_number(low, current_language()))
            words.append(minutes_words(low) if low == high else between.replace("%2", minutes_words(high)))
        self._sum.setText(" · ".join(words))
        self._free.setText(self.tr("In no turf: %1").replace("%1", format_number(free, current_language())))
        self._free.setVisible(free > 0)
        self._placeless.setText(
            self.tr("Without a place: %1").replace("%1", format_number(placeless, current_language()))
        )
        self._placeless.setVisible(placeless > 0)
        self._news.setText(self._missed_words())
        self._news.setVisible(bool(self._missed))
        self.accept.setEnabled(turfs > 0 and not self._busy)
        self.accept.setText(counted(turfs, self.tr("Make %1 turf"), self.tr("Make %1 turfs"), format_number))
        for button in (self._free, self._placeless, self.accept):
            button.setAccessibleName(button.text())

    def _missed_words(self) -> str:
        missed, said = self._missed, list[str]()
        for number, one, many in (
            (missed.elsewhere, self.tr("%1 door is in another turf now and stays there."),
             self.tr("%1 doors are in other turfs now and stay there.")),
            (missed.barred, self.tr("%1 door is not to be knocked at any more."),
             self.tr("%1 doors are not to be knocked at any more.")),
            (missed.away, self.tr("%1 door is no longer in this riding."),
             self.tr("%1 doors are no longer in this riding.")),
            (missed.new, self.tr("%1 new door is not in this cut."), self.tr("%1 new doors are not in this cut.")),
        ):  # fmt: skip
            if number:
                said.append(counted(number, one, many, format_number))
        return " ".join(said)

    def _write_question(self) -> None:
        if self._question is None:
            return
        cut_off, can_mend = self._question
        lines: list[str] = []
        for name, doors in cut_off[:3]:
            words = self.tr("%1 would fall into pieces. Cut off: %2.")
            lines.append(words.replace("%1", name).replace("%2", doors_words(doors)))
        if not can_mend:
            lines.append(self.tr("They cannot go to another turf instead."))
        self._asks.setText("\n".join(lines))
        self._answers["mend"].setVisible(can_mend)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._leave.setText(self.tr("Later"))
        self._leave.setToolTip(self.tr("The proposal stays on this laptop as it is."))
        self._name_label.setText(self.tr("Name of the turf"))
        self.name.setAccessibleName(self._name_label.text())
        self._answers["mend"].setText(self.tr("Give them to the turf beside"))
        self._answers["anyway"].setText(self.tr("Do it anyway"))
        self._answers["leave"].setText(self.tr("Leave it as it was"))
        self.target.setPlaceholderText(self.tr("letters or name, then Enter"))
        self.target.setAccessibleName(self.tr("Which turf"))
        self._throw.setText(self.tr("Throw away"))
        self._throw.setToolTip(self.tr("No turf is made; the doors stay as they were."))
        self.table.setAccessibleName(self.tr("Turfs proposed"))
        self._colour.setText(self.tr("Colour"))
        self._colour.setToolTip(self.tr("Draw the turf in the next of the twelve colours"))
        for button in (self._leave, self._throw, self._colour, *self._answers.values()):
            button.setAccessibleName(button.text())
        self._answers["leave"].setToolTip(key_name("Esc"))
        self._write()
        self._write_question()
