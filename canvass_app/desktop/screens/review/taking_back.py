"""A tab whose rows can be taken back: first what that would change, then the doing, then the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from canvass_app.desktop.i18n import key_name
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.page import ReviewPage
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.storage.changes import ChangeSet

MAX_REASON = 200


class TakingBackPage(ReviewPage):
    """Shows a preview in the side before anything is done; no dialog."""

    def __init__(self, context: AppContext, icon_name: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(context, icon_name, parent)
        self.preview: Any = None
        self._counting = False
        self._key = key
        self.reason = QLineEdit()
        self.confirm = QPushButton()
        self.bind(key, self.ask)
        self.bind("R", self.restore)
        self.retranslate()

    # what a subclass says

    def taken_back(self, row: Any) -> bool:
        """Whether the row counts no more."""
        raise NotImplementedError

    def preview_of(self, row: Any) -> Callable[[], Any]:
        """What computes the preview."""
        raise NotImplementedError

    def take(self, row: Any, reason: str) -> Callable[[], ChangeSet]:
        """What takes the row back."""
        raise NotImplementedError

    def give(self, row: Any) -> Callable[[], ChangeSet]:
        """What makes it count again."""
        raise NotImplementedError

    def write_facts(self, row: Any) -> None:
        """What is known of the row, before anything is asked."""
        raise NotImplementedError

    def write_preview(self, preview: Any) -> None:
        """What taking it back would change."""
        raise NotImplementedError

    def words(self) -> dict[str, str]:
        """ask, confirm, leave, restore, done, restored, hint: the words of the buttons and of the line at the foot."""
        raise NotImplementedError

    # showing

    def is_busy(self) -> bool:
        """While a preview is computed."""
        return self._counting

    def _choose(self, row_id: Any) -> None:
        before = self.row_id(self.chosen) if self.chosen is not None else None
        if row_id != before:
            self.preview = None
        super()._choose(row_id)

    def write_side(self) -> None:
        """The facts of the chosen row, or the preview of its taking back."""
        self.side.begin()
        if self.chosen is not None:
            said = self.words()
            self.write_facts(self.chosen)
            if self.preview is not None:
                self.side.column.addSpacing(tokens().px(6))
                self.write_preview(self.preview)
                self._write_confirm(said)
            elif self.taken_back(self.chosen):
                self._button(said["restore"], "primary", "undo", "R", self.restore)
            else:
                self.side.line(said["hint"], "quiet")
                self._button(said["ask"], "", "undo", self._key, self.ask)
        self.side.end()

    def _button(self, words: str, role: Any, icon: str, key: str, act: Callable[[], None]) -> QPushButton:
        row = QHBoxLayout()
        button = make_button(words, role, icon)
        button.setToolTip(key_name(key))
        button.clicked.connect(act)
        row.addWidget(button)
        row.addStretch(1)
        self.side.column.addLayout(row)
        return button

    def _write_confirm(self, said: dict[str, str]) -> None:
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        self.reason.setAccessibleName(self.tr("Why?"))
        self.reason.returnPressed.connect(self.do)
        row = QHBoxLayout()
        row.setSpacing(tokens().px(8))
        words = self.tr("Why? (for the history; may stay blank)")
        if self.stacked():
            self.reason.setPlaceholderText(words)
            row.addWidget(self.reason, 1)
        else:
            self.side.foot.addWidget(PlainLabel(words, kind="small", wrap=True))
            self.side.foot.addWidget(self.reason)
        self.confirm = make_button(said["confirm"], "danger", "undo")
        self.confirm.setToolTip(key_name("Enter"))
        self.confirm.clicked.connect(self.do)
        leave = make_button(said["leave"], "quiet")
        leave.setToolTip(key_name("Esc"))
        leave.clicked.connect(self.step_back)
        row.addWidget(self.confirm)
        row.addWidget(leave)
        if not self.stacked():
            row.addStretch(1)
        self.side.foot.addLayout(row)

    # doing

    def ask(self) -> None:
        """Compute what taking the chosen row back would change, and show it."""
        row = self.chosen
        if row is None or self.taken_back(row) or self._counting:
            return
        self._counting = True
        wanted = self.row_id(row)

        def done(preview: Any) -> None:
            self._counting = False
            if self.chosen is not None and self.row_id(self.chosen) == wanted:
                self.preview = preview
                self.write_side()
                self.reason.setFocus()

        # It folds in a transaction that is put back, so it takes its turn among the writes.
        self.context.tasks.write(self.preview_of(row), done, self._failed, owner=self)

    def do(self) -> None:
        """Take the chosen row back, now that its preview was seen."""
        row, said = self.chosen, self.words()
        if row is None or self.preview is None:
            return
        self.preview = None
        context = self.context
        give = self.give(row)
        context.tasks.write(
            self.take(row, self.reason.text()),
            lambda _: context.say(said["done"], lambda: context.tasks.write(give)),
            self._failed,
            owner=self,
        )
        self.table.setFocus()

    def restore(self) -> None:
        """Make the chosen row count again."""
        row, said, context = self.chosen, self.words(), self.context
        if row is None or not self.taken_back(row):
            return
        take = self.take(row, "")
        context.tasks.write(
            self.give(row),
            lambda _: context.say(said["restored"], lambda: context.tasks.write(take)),
            self._failed,
            owner=self,
        )

    def step_back(self) -> bool:
        """Esc: leave it as it is."""
        if self.preview is None:
            return False
        self.preview = None
        self.write_side()
        self.table.setFocus()
        return True

    def _failed(self, error: Any) -> None:
        self._counting = False
        self.context.error(error)
        self.refresh()
