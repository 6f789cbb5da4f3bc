"""Who walks which turf: a proposal by the volunteers' needs, changed by hand, given in one go; Undo takes all back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import counted, current_language, say_error
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.errors import CanvassError
from canvass_app.storage.changes import ChangeSet

if TYPE_CHECKING:
    from canvass_app.desktop.screens.turfs.verbs import TurfVerbs
    from canvass_app.services.assigning import Choices, Proposed

_WIDTH, _HEIGHT, _WHO = 880, 560, 208


class AssignDialog(QDialog):
    """The proposal as a table; `give_wanted` carries (turf, name) pairs."""

    give_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        look = tokens()
        self._choices: Choices | None = None
        self.combos: dict[bytes, QComboBox] = {}
        self.whys: dict[bytes, PlainLabel] = {}
        title = Heading(self.tr("Assign turfs"), "section")
        self.setWindowTitle(title.text())
        self.words = PlainLabel(self.tr("The needs of members are read…"), kind="quiet", wrap=True)
        self.trouble = PlainLabel(kind="bad", wrap=True)
        self._page = QScrollArea()
        self._page.setWidgetResizable(True)
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.give = make_button(self.tr("Give the turfs"), "primary", "check")
        self.give.setEnabled(False)
        self.give.setDefault(True)
        self.give.clicked.connect(self._give)
        self.leave = make_button(self.tr("Close"), "", "close")
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.give)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        column.setSpacing(look.px(12))
        column.addWidget(title)
        column.addWidget(self.words)
        column.addWidget(self._page, 1)
        column.addWidget(self.trouble)
        column.addLayout(foot)
        screen = parent.window().size()
        self.resize(min(look.px(_WIDTH), screen.width()), min(look.px(_HEIGHT), screen.height()))
        self.show_trouble("")

    def show_trouble(self, words: str) -> None:
        """What went wrong; "" for nothing."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        if words and not self.combos:
            self.words.hide()

    def show_proposal(self, choices: Choices, proposed: Sequence[Proposed]) -> None:
        """Fill the table: a row a turf, then the members for whom there is none."""
        look, page = tokens(), QWidget()
        page.setProperty("kind", "scrolled")
        self._choices = choices
        self.combos.clear()
        self.whys.clear()
        grid = QGridLayout(page)
        grid.setContentsMargins(look.ring, look.ring, look.px(8), look.ring)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnMinimumWidth(0, look.px(112))
        grid.setColumnStretch(4, 1)
        heads = (self.tr("Turf"), self.tr("Minutes"), self.tr("km"), self.tr("Who"), self.tr("Why"))
        for at, words in enumerate(heads):
            grid.addWidget(PlainLabel(words, kind="small"), 0, at, _RIGHT if at in (1, 2) else _LEFT)
        for one in proposed:
            self._add_row(grid, one)
        grid.setRowStretch(grid.rowCount(), 1)
        self._page.setWidget(page)
        self.words.setText(
            self.tr(
                "Stairs, short walks and the hour to be home are kept. Nothing is given before you say so."
            )
        )
        self._count()
        if self.combos:
            next(iter(self.combos.values())).setFocus()

    def _add_row(self, grid: QGridLayout, one: Proposed) -> None:
        row, why = grid.rowCount(), PlainLabel(_said(one), kind="quiet", wrap=True)
        grid.addWidget(why, row, 4, Qt.AlignmentFlag.AlignVCenter)
        if one.turf is None:
            grid.addWidget(PlainLabel("–"), row, 0, _LEFT)
            grid.addWidget(PlainLabel(one.member, wrap=True), row, 3)
            return
        turf = one.turf
        name, language = PlainLabel(turf.name, wrap=True), current_language()
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(PlainLabel(format_number(turf.minutes, language)), row, 1, _RIGHT)
        grid.addWidget(PlainLabel(format_number(turf.metres / 1000, language, 1)), row, 2, _RIGHT)
        combo = QComboBox()
        combo.setFixedWidth(tokens().px(_WHO))
        combo.setAccessibleName(self.tr("Who walks %1").replace("%1", turf.name))
        combo.addItem(self.tr("nobody"), None)
        for walker in self._choices.walkers if self._choices else ():
            combo.addItem(walker.name, walker.member_id)
        combo.setCurrentIndex(max(0, combo.findData(one.member_id)) if one.member_id else 0)
        combo.currentIndexChanged.connect(lambda _, turf_id=turf.turf_id: self._change(turf_id))
        grid.addWidget(combo, row, 3, Qt.AlignmentFlag.AlignVCenter)
        self.combos[turf.turf_id], self.whys[turf.turf_id] = combo, why

    def _change(self, turf_id: bytes) -> None:
        """Somebody else was chosen: the reasons are theirs, and who had two turfs now leaves the other one."""
        combo = self.combos[turf_id]
        member: bytes | None = combo.currentData()
        self._explain(turf_id)
        for other, held in self.combos.items():
            if other != turf_id and member is not None and held.currentData() == member:
                held.setCurrentIndex(0)
        self._count()

    def _explain(self, turf_id: bytes) -> None:
        if self._choices is not None:
            self.whys[turf_id].setText(_said(self._choices.why(turf_id, self.combos[turf_id].currentData())))

    def _count(self) -> None:
        self.give.setEnabled(bool(self.pairs()))

    def pairs(self) -> list[tuple[bytes, str]]:
        """Each turf that somebody gets, with their name."""
        return [
            (turf, combo.currentText())
            for turf, combo in self.combos.items()
            if combo.currentData() is not None
        ]

    def _give(self) -> None:
        self.give.setEnabled(False)
        self.give_wanted.emit(self.pairs())


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _said(one: Proposed) -> str:
    return "; ".join(text.say(current_language()) for text in (*one.reasons, *one.warnings))


class Assigning(QObject):
    """What the turfs screen has to do with giving turfs: asked, shown, given, undone."""

    def __init__(self, screen: TurfVerbs) -> None:
        super().__init__(screen)
        self._screen, self._context = screen, screen.context
        self.dialog: AssignDialog | None = None
        screen.view.assign.clicked.connect(self.open)
        screen.view.assign.setVisible(not screen.context.only_records)

    def open(self) -> None:
        """Show who could walk which turf."""
        riding, book = self._context.riding_id, self._context.book
        if riding is None or self._context.only_records:
            return
        dialog = self.dialog = AssignDialog(self._screen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.give_wanted.connect(lambda pairs: self._give(dialog, riding, pairs))

        def work() -> tuple[Choices, list[Proposed]]:
            from canvass_app.services.assigning import propose, read_choices

            choices = read_choices(book, riding)
            return choices, propose(choices)

        def done(found: tuple[Choices, list[Proposed]]) -> None:
            dialog.show_proposal(*found)

        def failed(error: CanvassError) -> None:
            dialog.show_trouble(say_error(error))

        self._context.tasks.read(work, done, failed, owner=dialog)
        dialog.open()

    def _give(self, dialog: AssignDialog, riding: int, pairs: list[tuple[bytes, str]]) -> None:
        book, author = self._context.book, self._context.author

        def work() -> ChangeSet:
            from canvass_app.services.assigning import accept_assignment

            return accept_assignment(book, riding, pairs, author=author)

        def back() -> ChangeSet:
            from canvass_app.services.turfs import assign_turfs

            return assign_turfs(book, riding, [(turf, "") for turf, _ in pairs], author=author)

        def done(_: ChangeSet) -> None:
            dialog.accept()
            words = counted(
                len(pairs), self.tr("%1 turf is given."), self.tr("%1 turfs are given."), format_number
            )
            self._context.say(words, lambda: self._context.tasks.write(back))

        def failed(error: CanvassError) -> None:
            dialog.show_trouble(say_error(error))

        self._context.tasks.write(work, done, failed, owner=dialog)
