"""A tab whose rows can be taken back: first what that would change, then the doing, then the way back."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from canvass_app.desktop.i18n import key_name
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.page import ReviewPage, Row, Tab
from canvass_app.desktop.screens.review.side import Side
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.desktop.widgets.labels import Role
from canvass_app.domain.errors import CanvassError
from canvass_app.storage.changes import ChangeSet

MAX_REASON = 200

Preview = TypeVar("Preview")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the buttons, of the hint above the first one, and of the line at the foot afterwards."""

    ask: str
    confirm: str
    leave: str
    restore: str
    hint: str
    done: str
    restored: str


class TakenBack(Tab[Row], Protocol[Row, Preview]):
    """What a tab shows whose rows can be taken back, and how they are."""

    def taken_back(self, row: Row) -> bool:
        """Whether the row counts no more."""
        ...

    def preview_of(self, row: Row) -> Callable[[], Preview]:
        """What computes the preview, among the writes."""
        ...

    def take(self, row: Row, reason: str) -> Callable[[], ChangeSet]:
        """What takes the row back."""
        ...

    def give(self, row: Row) -> Callable[[], ChangeSet]:
        """What makes it count again."""
        ...

    def write_preview(self, side: Side, preview: Preview) -> None:
        """Tell what taking it back would change."""
        ...

    def wording(self, row: Row) -> Wording:
        """The words for this row."""
        ...


class TakingBackPage(ReviewPage[Row], Generic[Row, Preview]):
    """Shows a preview in the side before anything is done; no dialog. `key` asks for it."""

    def __init__(
        self,
        context: AppContext,
        tab: TakenBack[Row, Preview],
        icon_name: str,
        key: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, tab, icon_name, parent)
        self._taken: TakenBack[Row, Preview] = tab
        self.preview: Preview | None = None
        self._counting = False
        self._key = key
        self.reason = QLineEdit()
        self.confirm = QPushButton()
        self.bind(key, self.ask)
        self.bind("R", self.restore)
        self.retranslate()

    # showing

    def is_busy(self) -> bool:
        """While a preview is computed."""
        return self._counting

    def _choose(self, row_id: Hashable | None) -> None:
        before = self.tab.row_id(self.chosen) if self.chosen is not None else None
        if row_id != before:
            self.preview = None
        super()._choose(row_id)

    def write_side(self) -> None:
        """The facts of the chosen row, or the preview of its taking back."""
        self.side.begin()
        if self.chosen is not None:
            said = self._taken.wording(self.chosen)
            self.tab.write(self.side, self.chosen)
            if self.preview is not None:
                self.side.column.addSpacing(tokens().px(6))
                self._taken.write_preview(self.side, self.preview)
                self._write_confirm(said)
            elif self._taken.taken_back(self.chosen):
                self._button(said.restore, "primary", "R", self.restore)
            else:
                self.side.line(said.hint, "quiet")
                self._button(said.ask, "", self._key, self.ask)
        self.side.end()

    def _button(self, words: str, role: Role, key: str, act: Callable[[], None]) -> None:
        row = QHBoxLayout()
        button = make_button(words, role, "undo")
        button.setToolTip(key_name(key))
        button.clicked.connect(act)
        row.addWidget(button)
        row.addStretch(1)
        self.side.column.addSpacing(tokens().px(4))
        self.side.column.addLayout(row)

    def _write_confirm(self, said: Wording) -> None:
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
        self.confirm = make_button(said.confirm, "danger", "undo")
        self.confirm.setToolTip(key_name("Enter"))
        self.confirm.clicked.connect(self.do)
        leave = make_button(said.leave, "quiet")
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
        if row is None or self._taken.taken_back(row) or self._counting:
            return
        self._counting = True
        wanted = self.tab.row_id(row)

        def done(preview: Preview) -> None:
            self._counting = False
            if self.chosen is not None and self.tab.row_id(self.chosen) == wanted:
                self.preview = preview
                self.write_side()
                self.reason.setFocus()

        # It folds in a transaction that is put back, so it takes its turn among the writes.
        self.context.tasks.write(self._taken.preview_of(row), done, self._failed, owner=self)

    def do(self) -> None:
        """Take the chosen row back, now that its preview was seen."""
        row = self.chosen
        if row is None or self.preview is None:
            return
        self.preview = None
        context, give, said = self.context, self._taken.give(row), self._taken.wording(row)
        context.tasks.write(
            self._taken.take(row, self.reason.text()),
            lambda _: context.say(said.done, lambda: context.tasks.write(give)),
            self._failed,
            owner=self,
        )
        self.table.setFocus()

    def restore(self) -> None:
        """Make the chosen row count again."""
        row = self.chosen
        if row is None or not self._taken.taken_back(row):
            return
        context, take, said = self.context, self._taken.take(row, ""), self._taken.wording(row)
        context.tasks.write(
            self._taken.give(row),
            lambda _: context.say(said.restored, lambda: context.tasks.write(take)),
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

    def _failed(self, error: CanvassError) -> None:
        self._counting = False
        self.context.error(error)
        self.refresh()
