"""What the hand holds: chosen doors, a turf, or a hint how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QCompleter, QLayout, QLineEdit, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, key_name
from canvass_app.desktop.screens.lists.choices import PaperChoice
from canvass_app.desktop.screens.turfs.words import (
    doors_words,
    people_words,
    state_words,
    walk_words,
)
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, KeyHints, PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.services.turf_rows import TurfSummary

if TYPE_CHECKING:
    from canvass_app.services.turfs import TurfProposal


_BESIDE = 340  # pixels at 100 % from which fields stand beside each other


class _Panel(QWidget):
    """A column of words and fields; some of them stand beside each other where there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(8))
        self._rows: list[QBoxLayout] = []

    def _beside(self, *parts: QWidget | QLayout) -> QBoxLayout:
        """These parts in a row, or one below the other."""
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        row.setSpacing(tokens().px(8))
        for part in parts:
            if isinstance(part, QWidget):
                row.addWidget(part, 1)
            else:
                row.addLayout(part, 1)
        self._rows.append(row)
        return row

    @staticmethod
    def _field(label: QWidget, field: QWidget) -> QVBoxLayout:
        """A field under its name."""
        column = QVBoxLayout()
        column.setSpacing(tokens().px(4))
        column.addWidget(label)
        column.addWidget(field)
        return column

    def resizeEvent(self, event: object) -> None:
        """Beside each other, or below."""
        way = QBoxLayout.Direction
        wide = self.width() >= tokens().px(_BESIDE)
        for row in self._rows:
            row.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def retranslate(self) -> None:
        """Words in the language of the moment."""


class HintPanel(_Panel):
    """Nothing is chosen: how a turf is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Heading(level="section")
        self._how = PlainLabel(kind="quiet", wrap=True)
        self._keys = KeyHints()
        self.missing = PlainLabel(kind="quiet", wrap=True)
        self._recording = False
        for widget in (self._title, self._how, self._keys, self.missing):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def show_missing(self, missing: int) -> None:
        """Say how many doors have no place on the map."""
        words = counted(
            missing,
            self.tr("%1 door has no coordinates and is not on the map."),
            self.tr("%1 doors have no coordinates and are not on the map."),
            format_number,
        )
        self.missing.setText(words if missing else "")
        self.missing.setVisible(missing > 0)

    def show_recording(self, recording: bool) -> None:
        """Say how doors are looked at, where turfs are made elsewhere."""
        if recording != self._recording:
            self._recording = recording
            self.retranslate()

    def retranslate(self) -> None:
        if self._recording:
            self._title.setText(self.tr("Your doors"))
            self._how.setText(self.tr("Click a door to see who lives there and what happened."))
            self._keys.set_hints([("P", self.tr("move the map")), ("0", self.tr("show all"))])
            return
        self._title.setText(self.tr("Make a turf"))
        self._how.setText(
            self.tr(
                "Draw around some sixty doors with the lasso. Shift adds to what is chosen, Alt takes away."
            )
        )
        self._keys.set_hints([
            ("L", self.tr("lasso")), ("S", self.tr("select")), ("P", self.tr("move the map")), ("0", self.tr("show all")),
        ])  # fmt: skip


class ChosenPanel(_Panel):
    """Doors are chosen: how much work they are, and the name of the turf they make."""

    make_wanted = Signal(str)
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposal: TurfProposal | None = None
        self._chosen = 0
        self._caption = PlainLabel(kind="small")
        self._count = PlainLabel(kind="display")
        self._work = PlainLabel(kind="lead", wrap=True)
        self._people = PlainLabel(kind="quiet", wrap=True)
        self._taken = PlainLabel(wrap=True)
        self._barred = PlainLabel(kind="quiet", wrap=True)
        self.trouble = PlainLabel(kind="bad", wrap=True)
        self._label = PlainLabel(kind="small")
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.name.returnPressed.connect(self._make)
        self.make = make_button("", "primary", "plus")
        self.make.clicked.connect(self._make)
        self._drop = make_button("", "quiet", "close")
        self._drop.clicked.connect(self.put_away)
        amounts = QVBoxLayout()
        amounts.setSpacing(tokens().px(2))
        for widget in (self._caption, self._count, self._work, self._people):
            amounts.addWidget(widget)
        self.column.addLayout(amounts)
        for widget in (self._taken, self._barred, self.trouble):
            self.column.addWidget(widget)
        self.column.addSpacing(tokens().px(4))
        self.column.addLayout(self._field(self._label, self.name))
        self.column.addLayout(self._beside(self.make, self._drop))
        self.column.addSpacing(tokens().px(4))
        self.column.addStretch(1)

    def _make(self) -> None:
        if self.make.isEnabled():
            self.make_wanted.emit(self.name.text())

    def show_count(self, chosen: int) -> None:
        """Show how many doors the hand holds, while the rest is worked out."""
        self._chosen, self._proposal = chosen, None
        self.trouble.setText("")
        self._write()

    def show_proposal(self, proposal: TurfProposal, name: str) -> None:
        """Show the work of those doors, and a name that is still free."""
        self._proposal = proposal
        if not self.name.isModified():
            self.name.setText(name)
        self._write()
        self.name.setFocus()
        self.name.selectAll()

    def show_trouble(self, words: str) -> None:
        """Say why no turf can be made of them."""
        self._proposal = None
        self.trouble.setText(words)
        self._write()

    def forget_name(self) -> None:
        """The next turf gets a suggested name again."""
        self.name.clear()
        self.name.setModified(False)

    def _write(self) -> None:
        proposal = self._proposal
        self._count.setText(doors_words(self._chosen))
        self.make.setEnabled(proposal is not None)
        self.trouble.setVisible(bool(self.trouble.text()))
        for widget in (self._work, self._people):
            widget.setVisible(proposal is not None)
        taken = sum(proposal.taken.values()) if proposal else 0
        barred = proposal.barred if proposal else 0
        self._taken.setVisible(taken > 0)
        self._barred.setVisible(barred > 0)
        if proposal is None:
            return
        self._work.setText(walk_words(proposal.minutes, proposal.metres))
        self._people.setText(people_words(proposal.people))
        if taken:
            names = sorted(proposal.taken, key=lambda one: -proposal.taken[one])
            told = ", ".join(f"{name} ({proposal.taken[name]})" for name in names[:3])
            told = f"{told} …" if len(names) > 3 else told
            words = counted(
                taken,
                self.tr("%1 of them stays in another turf: %2."),
                self.tr("%1 of them stay in other turfs: %2."),
                format_number,
            )
            left = counted(
                len(proposal.door_ids),
                self.tr("The new turf gets %1 door."),
                self.tr("The new turf gets %1 doors."),
                format_number,
            )
            self._taken.setText(f"{words.replace('%2', told)} {left}")
        one, many = (
            self.tr("%1 asked not to be contacted."),
            self.tr("%1 asked not to be contacted.", "several"),
        )
        self._barred.setText(counted(barred, one, many, format_number))

    def retranslate(self) -> None:
        self._caption.setText(self.tr("Chosen"))
        self._label.setText(self.tr("Name of the turf"))
        self.name.setAccessibleName(self._label.text())
        self.make.setText(self.tr("Make turf"))
        self.make.setAccessibleName(self.make.text())
        self.make.setToolTip(self.tr("Enter"))
        self._drop.setText(self.tr("Let go"))
        self._drop.setAccessibleName(self._drop.text())
        self._drop.setToolTip(key_name("Esc"))
        self._write()


class TurfPanel(_Panel):
    """A turf is selected: its name, who walks it, its paper."""

    renamed = Signal(str)
    assigned = Signal(str)
    print_wanted = Signal()
    retire_wanted = Signal()

    def __init__(self, paper: PaperChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turf: TurfSummary | None = None
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.who = QLineEdit()
        self.who.setMaxLength(80)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.who.setCompleter(completer)
        self.name.editingFinished.connect(self._rename)
        self.who.editingFinished.connect(self._assign)
        self._work = PlainLabel(kind="lead", wrap=True)
        self._state = PlainLabel(kind="quiet", wrap=True)
        self._name_label, self._who_label = PlainLabel(kind="small"), PlainLabel(kind="small")
        self._paper_label = PlainLabel(kind="small")
        self.paper = paper
        self.print = make_button("", "primary", "print")
        self.print.clicked.connect(self.print_wanted)
        self._retire = make_button("", "quiet", "close")
        self._retire.clicked.connect(self.retire_wanted)
        self._walk, self._known = PlainLabel(kind="lead", wrap=True), PlainLabel(kind="quiet", wrap=True)
        amounts = QVBoxLayout()
        amounts.setSpacing(tokens().px(2))
        for widget in (self._work, self._walk, self._known, self._state):
            amounts.addWidget(widget)
        from canvass_app.desktop.screens.turfs.notices import GivenNotice, SharedNotice
        from canvass_app.desktop.screens.turfs.story import TurfStory

        self.shared, self.given, self.story = SharedNotice(), GivenNotice(), TurfStory()
        self.column.addWidget(self.shared)
        names = self._beside(self._field(self._name_label, self.name), self._field(self._who_label, self.who))
        self.column.addLayout(names)
        self.column.addLayout(amounts)
        self.column.addLayout(self._field(self._paper_label, paper))
        self.column.addLayout(self._beside(self.print, self._retire))
        self.column.addWidget(self.given)
        self.column.addWidget(self.story)
        self.column.addSpacing(tokens().px(4))
        self.column.addStretch(1)
        self.name.installEventFilter(self)
        self.who.installEventFilter(self)

    @property
    def turf(self) -> TurfSummary | None:
        """The turf shown."""
        return self._turf

    def show_turf(self, turf: TurfSummary) -> None:
        """Show a turf; a field somebody is typing in is left alone."""
        other = self._turf is None or self._turf.turf_id != turf.turf_id
        self._turf = turf
        if other:
            self.given.show_given(None)
            self.shared.show_shared([])
            self.story.show_story(None, [])
        if other or not self.name.hasFocus():
            self.name.setText(turf.name)
        if other or not self.who.hasFocus():
            self.who.setText(turf.assigned)
        self._write()

    def show_names(self, names: list[str]) -> None:
        """Names that the field of the canvasser may complete to."""
        self._names.setStringList(names)

    def _rename(self) -> None:
        name = " ".join(self.name.text().split())
        if self._turf is not None and not name:
            self.name.setText(self._turf.name)
        elif self._turf is not None and name != self._turf.name:
            self.renamed.emit(name)

    def _assign(self) -> None:
        who = " ".join(self.who.text().split())
        if self._turf is not None and who != self._turf.assigned:
            self.assigned.emit(who)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc leaves a field as it was."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._turf is not None
        ):
            field, text = (
                (self.name, self._turf.name) if watched is self.name else (self.who, self._turf.assigned)
            )
            if field.text() != text:
                field.setText(text)
                return True
        return super().eventFilter(watched, event)

    def _write(self) -> None:
        turf = self._turf
        if turf is None:
            return
        self._work.setText(doors_words(turf.doors))
        self._walk.setText(walk_words(turf.minutes, turf.metres))
        self._known.setText(people_words(turf.people))
        self._state.setText(state_words(turf))
        self.setAccessibleName(turf.name)

    def retranslate(self) -> None:
        self._name_label.setText(self.tr("Turf"))
        self.name.setAccessibleName(self.tr("Name of the turf"))
        self._who_label.setText(self.tr("Who walks it"))
        self.who.setAccessibleName(self._who_label.text())
        self.who.setPlaceholderText(self.tr("nobody yet"))
        self._paper_label.setText(self.tr("Walk list: language and paper"))
        self.print.setText(self.tr("Print walk list"))
        self.print.setAccessibleName(self.print.text())
        self.print.setToolTip("Ctrl+P")
        self._retire.setText(self.tr("Retire turf"))
        self._retire.setAccessibleName(self._retire.text())
        self._retire.setToolTip(self.tr("Its doors become free; its walk lists can still be typed in."))
        self.paper.retranslate()
        for part in (self.shared, self.given, self.story):
            part.retranslate()
        self._write()
