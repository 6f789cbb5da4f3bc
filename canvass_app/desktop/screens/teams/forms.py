"""A form in the side: a few labelled fields; Enter goes on and, from the last one, saves; Esc leaves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import current_language, key_name
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button
from canvass_app.domain.gatherings import SORTS

translate = QCoreApplication.translate
Answers = dict[str, str]


class Field(NamedTuple):
    """One field: its name, its words, what stands in it, a hint, and whether it is one of the sorts of event."""

    name: str
    words: str
    value: str = ""
    hint: str = ""
    sorts: bool = False


class Form(QWidget):
    """`done` is called with what was typed; `closed` says that the form is put away."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._done: Callable[[Answers], None] | None = None
        self._title = Heading("", "section")
        self._title.setWordWrap(True)
        self.trouble = PlainLabel(kind="bad", wrap=True)
        self._save = make_button("", "primary", "check")
        self._save.clicked.connect(self.save)
        self._leave = make_button("", "")
        self._leave.clicked.connect(self.leave)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addWidget(self._save)
        foot.addWidget(self._leave)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self._title)
        column.addWidget(self._area, 1)
        column.addWidget(self.trouble)
        column.addLayout(foot)

    @property
    def is_open(self) -> bool:
        """Whether somebody is asked something."""
        return self._done is not None

    def ask(self, title: str, fields: Sequence[Field], done: Callable[[Answers], None]) -> None:
        """Ask for these fields; the first one takes the keyboard."""
        look, page = tokens(), QWidget()
        page.setProperty("kind", "scrolled")
        column = QVBoxLayout(page)
        column.setContentsMargins(look.ring, 0, look.px(8), look.px(4))
        column.setSpacing(look.px(4))
        self.fields.clear()
        self._done = done
        self._title.setText(title)
        self.show_trouble("")
        for one in fields:
            edit = self._combo(one) if one.sorts else self._line(one)
            edit.setAccessibleName(one.words)
            edit.installEventFilter(self)
            self.fields[one.name] = edit
            column.addWidget(PlainLabel(one.words, kind="small"))
            column.addWidget(edit)
            column.addSpacing(look.px(4))
        column.addStretch(1)
        self._area.setWidget(page)
        self.retranslate()
        first = next(iter(self.fields.values()))
        first.setFocus()

    @staticmethod
    def _line(one: Field) -> QLineEdit:
        edit = QLineEdit(one.value)
        edit.setPlaceholderText(one.hint)
        edit.setMaxLength(400)
        return edit

    @staticmethod
    def _combo(one: Field) -> QComboBox:
        combo = QComboBox()
        for sort, words in SORTS.items():
            combo.addItem(words.say(current_language()), sort)
        combo.setCurrentIndex(max(0, list(SORTS).index(one.value) if one.value in SORTS else 0))
        return combo

    def answers(self) -> Answers:
        """What stands in the fields now."""
        return {
            name: str(edit.currentData()) if isinstance(edit, QComboBox) else edit.text()
            for name, edit in self.fields.items()
        }

    def save(self) -> None:
        """Hand over what was typed; the form stays until `close_form`."""
        if self._done is not None:
            self._done(self.answers())

    def leave(self) -> None:
        """Put the form away; what was typed in it is dropped."""
        if self._done is not None:
            self.close_form()

    def close_form(self) -> None:
        """What was typed is saved, or not wanted."""
        self._done = None
        self.closed.emit()

    def show_trouble(self, words: str) -> None:
        """Say in place what cannot be; what was typed stays."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter goes to the next field, and from the last one saves; with Ctrl it saves from anywhere."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                edits = list(self.fields.values())
                at = next((n for n, edit in enumerate(edits) if edit is watched), len(edits) - 1)
                if at + 1 < len(edits) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    edits[at + 1].setFocus()
                else:
                    self.save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Words of the buttons; the fields were named when they were asked for."""
        self._save.setText(translate("Teams", "Save"))
        self._leave.setText(translate("Teams", "Leave it"))
        for button, key in ((self._save, "Ctrl+Enter"), (self._leave, "Esc")):
            button.setAccessibleName(button.text())
            button.setToolTip(key_name(key))
