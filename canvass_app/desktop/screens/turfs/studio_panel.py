"""The cut panel, left of the map: which doors, how long, from where, and Cut."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import counted, key_name
from canvass_app.desktop.screens.turfs.words import doors_words, minutes_words
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number

By = Literal["minutes", "doors", "turfs", "volunteers"]
SECONDS_A_DOOR = 105
"""At the door and on the way to the next one: for the line that says about how many turfs there will be."""
_WIDTH = 264
_RANGES: dict[By, tuple[int, int, int, int]] = {
    "minutes": (20, 480, 120, 10), "doors": (5, 500, 60, 5), "turfs": (1, 999, 12, 1), "volunteers": (1, 999, 12, 1),
}  # fmt: skip


class CutAsk(NamedTuple):
    """What the panel asks for. `scope`: "free", "chosen", or the id of a selection (hex)."""

    scope: str
    by: By
    amount: int
    seed: int
    buildings: bool = True
    """Buildings of six doors and more, too."""
    major_streets: bool = True
    """Turfs may lie on both sides of a major street."""


def about_turfs(doors: int, by: By, amount: int) -> int:
    """About how many turfs a cut will give."""
    if by == "minutes":
        return max(1, round(doors * SECONDS_A_DOOR / 60 / amount))
    return max(1, round(doors / amount)) if by == "doors" else min(amount, max(1, doors))


class CutPanel(QScrollArea):
    """Shows what can be cut; asks by `cut_wanted(CutAsk)`, `closed`, `meeting_wanted(bool)`."""

    cut_wanted = Signal(object)
    closed = Signal()
    meeting_wanted = Signal(bool)
    scope_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self._doors = 0
        self._placed = False
        self._cutting = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, look.px(16), 0)
        self._column.setSpacing(look.px(8))
        self._title = Heading(level="section")
        self._labels = {name: PlainLabel(kind="small") for name in ("what", "by", "meet", "seed")}
        self.scope = QComboBox()
        self.scope.currentIndexChanged.connect(lambda _: self.scope_changed.emit(self.scope_key()))
        self.by = QComboBox()
        self.amount = QSpinBox()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setRange(*_RANGES["minutes"][:2])
        self.amount.valueChanged.connect(self._write)
        self.amount.lineEdit().returnPressed.connect(self.ask)
        self._count = PlainLabel(kind="display")
        self._about = PlainLabel(kind="quiet", wrap=True)
        self.meeting = make_button("", "", "flag")
        self.meeting.setCheckable(True)
        self.meeting.toggled.connect(self._meet)
        self._forget = make_button("", "quiet", "close")
        self._forget.clicked.connect(self._forget_place)
        self._place = PlainLabel(kind="quiet", wrap=True)
        self.more = make_button("", "quiet", "chevron-down")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._unfold)
        self.seed = QSpinBox()
        self.seed.setRange(1, 9999)
        self._seed_why = PlainLabel(kind="quiet", wrap=True)
        self.houses, self.one_side = QCheckBox(), QCheckBox()
        self.trouble = PlainLabel(kind="bad", wrap=True)
        self.cut = make_button("", "primary", "split")
        self.cut.clicked.connect(self.ask)
        self._close = make_button("", "quiet", "close")
        self._close.clicked.connect(self.closed)
        self._lay_out()
        self.setWidget(page)
        self.setFixedWidth(look.px(_WIDTH))
        self.retranslate()
        self.by.currentIndexChanged.connect(self._take_kind)
        self._take_kind()
        self._unfold(False)

    def _lay_out(self) -> None:
        look = tokens()
        self._column.addWidget(self._title)
        self._field("what", self.scope)
        self._column.addWidget(self._count)
        beside = QHBoxLayout()
        beside.setSpacing(look.px(8))
        beside.addWidget(self.by, 1)
        beside.addWidget(self.amount)
        self._column.addWidget(self._labels["by"])
        self._column.addLayout(beside)
        self._column.addWidget(self._about)
        self._field("meet", self.meeting)
        self._column.addWidget(self._place)
        self._column.addWidget(self._forget, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._field("seed", self.seed)
        for widget in (self._seed_why, self.houses, self.one_side, self.trouble, self.cut, self._close):
            self._column.addWidget(widget)
        self._column.addStretch(1)

    def _field(self, label: str, field: QWidget) -> None:
        self._column.addWidget(self._labels[label])
        self._column.addWidget(field)

    # what is asked

    def scope_key(self) -> str:
        """Which doors: "free", "chosen", or a selection's id."""
        return str(self.scope.currentData() or "free")

    def kind(self) -> By:
        """By what the cut is measured."""
        return cast("By", self.by.currentData() or "minutes")

    def ask(self) -> None:
        """Ask for the cut."""
        if self.cut.isEnabled():
            self.trouble.setText("")
            self._write()
            self.cut_wanted.emit(
                CutAsk(
                    self.scope_key(),
                    self.kind(),
                    self.amount.value(),
                    self.seed.value(),
                    not self.houses.isChecked(),
                    not self.one_side.isChecked(),
                )
            )

    # what is shown

    def show_scopes(self, selections: list[tuple[str, str]], *, chosen: bool, prefer_chosen: bool) -> None:
        """Offer every free door, the doors chosen on the map, and saved selections (id, name)."""
        before = "chosen" if prefer_chosen and chosen else self.scope_key()
        self.scope.blockSignals(True)
        self.scope.clear()
        self.scope.addItem(self.tr("Every door in no turf"), "free")
        if chosen:
            self.scope.addItem(self.tr("The doors chosen on the map"), "chosen")
        for key, name in selections:
            self.scope.addItem(name, key)
        at = self.scope.findData(before)
        self.scope.setCurrentIndex(max(0, at))
        self.scope.blockSignals(False)
        if self.scope_key() != before:
            self.scope_changed.emit(self.scope_key())

    def show_doors(self, doors: int) -> None:
        """How many doors that is."""
        self._doors = doors
        self._write()

    def show_meeting(self, placed: bool) -> None:
        """Whether a meeting point is on the map."""
        self._placed = placed
        self.meeting.blockSignals(True)
        self.meeting.setChecked(False)
        self.meeting.blockSignals(False)
        self._write()

    def show_cutting(self, cutting: bool) -> None:
        """A cut is under way: a second one waits."""
        self._cutting = cutting
        self._write()

    def show_trouble(self, words: str) -> None:
        """Say why there is no cut."""
        self.trouble.setText(words)
        self._write()

    def _take_kind(self) -> None:
        low, high, usual, step = _RANGES[self.kind()]
        self.amount.setRange(low, high)
        self.amount.setSingleStep(step)
        self.amount.setValue(usual)
        self._write()

    def _meet(self, wanted: bool) -> None:
        self.meeting_wanted.emit(wanted)
        self._write()

    def _forget_place(self) -> None:
        self._placed = False
        self.meeting_wanted.emit(False)
        self._write()

    def _unfold(self, open_: bool) -> None:
        for widget in (self._labels["seed"], self.seed, self._seed_why, self.houses, self.one_side):
            widget.setVisible(open_)

    def _write(self) -> None:
        self._count.setText(doors_words(self._doors))
        turfs = about_turfs(self._doors, self.kind(), self.amount.value())
        minutes = round(self._doors * SECONDS_A_DOOR / 60 / turfs)
        words = counted(
            turfs, self.tr("About %1 turf of %2."), self.tr("About %1 turfs of %2."), format_number
        )
        self._about.setText(words.replace("%2", minutes_words(minutes)) if self._doors else "")
        self._about.setVisible(self._doors > 0)
        self.cut.setEnabled(self._doors > 0 and not self._cutting)
        self.trouble.setVisible(bool(self.trouble.text()))
        self._forget.setVisible(self._placed)
        if self.meeting.isChecked():
            self._place.setText(self.tr("Click the place on the map."))
        elif self._placed:
            self._place.setText(self.tr("Walks begin near the flag."))
        else:
            self._place.setText(self.tr("None: each walk begins where it is shortest."))

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._title.setText(self.tr("Cut turfs"))
        for name, words in (
            ("what", self.tr("What to cut")), ("by", self.tr("How large")), ("meet", self.tr("Where walks begin")),
            ("seed", self.tr("Number of the try")),
        ):  # fmt: skip
            self._labels[name].setText(words)
        kinds = {
            "minutes": self.tr("minutes each"), "doors": self.tr("doors each"), "turfs": self.tr("turfs in all"),
            "volunteers": self.tr("volunteers tonight"),
        }  # fmt: skip
        if not self.by.count():
            for key in kinds:
                self.by.addItem("", key)
        for at, words in enumerate(kinds.values()):
            self.by.setItemText(at, words)
        if self.scope.count():
            self.scope.setItemText(0, self.tr("Every door in no turf"))
            at = self.scope.findData("chosen")
            if at >= 0:
                self.scope.setItemText(at, self.tr("The doors chosen on the map"))
        else:
            self.show_scopes([], chosen=False, prefer_chosen=False)
        self.meeting.setText(self.tr("Set a meeting point"))
        self._forget.setText(self.tr("Without a meeting point"))
        self.more.setText(self.tr("More"))
        self._seed_why.setText(
            self.tr("The same number gives the same cut. Another number gives another one.")
        )
        for box, words, why in (
            (
                self.houses, self.tr("Houses only"),
                self.tr("Buildings of six doors and more are left out, and said."),
            ),
            (
                self.one_side, self.tr("Not across major streets"),
                self.tr("Each turf stays on one side of them."),
            ),
        ):  # fmt: skip
            box.setText(words)
            box.setAccessibleName(words)
            box.setToolTip(why)
        self.cut.setText(self.tr("Cut"))
        self.cut.setToolTip(key_name("Enter"))
        self._close.setText(self.tr("Close"))
        self._close.setToolTip(key_name("Esc"))
        for button in (self.meeting, self._forget, self.more, self.cut, self._close):
            button.setAccessibleName(button.text())
        self.scope.setAccessibleName(self._labels["what"].text())
        self.by.setAccessibleName(self._labels["by"].text())
        self.amount.setAccessibleName(self._labels["by"].text())
        self.seed.setAccessibleName(self._labels["seed"].text())
        self._write()
