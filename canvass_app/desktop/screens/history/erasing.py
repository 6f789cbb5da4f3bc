"""Erasing a person for good: what it would take is shown first, and nothing brings it back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from canvass_app.desktop.i18n import current_language, key_name
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.side import Side, unbroken
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.domain.accesses import Access
from canvass_app.services.erasure import FOR_EVER, ErasurePreview, erase_person, preview_erasure

MAX_REASON = 200


class Erasing(QObject):
    """The preview of an erasure, its confirmation, and the doing."""

    over = Signal()  # the side should be written anew

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._counting = False
        self.preview: ErasurePreview | None = None
        self.reason = QLineEdit()
        self.confirm = QPushButton()
        self._words: list[tuple[QCheckBox, Any]] = []

    def is_busy(self) -> bool:
        """While the preview is computed."""
        return self._counting

    def ask(self, riding: int, person: bytes) -> None:
        """Compute what erasing would take."""
        book = self._context.book
        self._counting = True

        def done(preview: ErasurePreview) -> None:
            self._counting, self.preview = False, preview
            self._context.seen.note(Access.SEEN, riding, people=[person], what="erasure")
            self.over.emit()
            self.reason.setFocus()

        self._context.tasks.read(
            lambda: preview_erasure(book, riding, person),
            done,
            self._failed,
            key="history.erasure",
            owner=self,
        )

    def _failed(self, error: Any) -> None:
        self._counting = False
        self._context.error(error)

    def leave(self) -> bool:
        """Leave the person as they are; False when nothing was asked."""
        asked, self.preview = self.preview is not None, None
        return asked

    def write(self, side: Side, stacked: bool) -> None:
        """What would go, in the side; the confirmation in its foot, which is one line where it is `stacked`: wide and low."""
        preview, language = self.preview, current_language()
        assert preview is not None
        side.heading(self.tr("Erase %1 for good?").replace("%1", preview.name or self.tr("this person")))
        warning = PlainLabel(unbroken(FOR_EVER.say(language)), kind="bad", wrap=True)
        words = self.tr("How did they ask? Leave their name out: this is kept.")
        note = PlainLabel(words, kind="small", wrap=True)
        if stacked:
            # The foot has one line then: what must be read stands where it is seen without scrolling.
            side.column.addWidget(warning)
            side.column.addWidget(note)
        side.line(" · ".join(preview.places), "quiet")
        for line in preview.lines():
            side.line(line.say(language))
        self._words = []
        if preview.words:
            side.column.addSpacing(tokens().px(6))
            side.line(self.tr("These words elsewhere name the person. Those ticked go too."), "small")
            for one in preview.words:
                tick = QCheckBox(one.text.replace("&", "&&"))
                tick.setChecked(one.suggested)
                side.column.addWidget(tick)
                self._words.append((tick, one.key))
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        self.reason.setAccessibleName(words)
        row = QHBoxLayout()
        row.setSpacing(tokens().px(8))
        if stacked:
            self.reason.setPlaceholderText(words)
            row.addWidget(self.reason, 1)
        else:
            side.foot.addWidget(warning)
            side.foot.addWidget(note)
            side.foot.addWidget(self.reason)
        self.confirm = make_button(self.tr("Erase for good"), "danger", "close")
        self.confirm.clicked.connect(self.do)
        # Enter goes to the button and presses nothing: this is the one thing that has no way back.
        self.reason.returnPressed.connect(self.confirm.setFocus)
        leave = make_button(self.tr("Leave everything as it is"), "quiet")
        leave.setToolTip(key_name("Esc"))
        leave.clicked.connect(self._let_be)
        row.addWidget(self.confirm)
        row.addWidget(leave)
        if not stacked:
            row.addStretch(1)
        side.foot.addLayout(row)

    def _let_be(self) -> None:
        self.leave()
        self.over.emit()

    def do(self) -> None:
        """Erase the person, with the words that are ticked, and clean this computer's files."""
        preview, context = self.preview, self._context
        if preview is None:
            return
        book, author, reason = context.book, context.author, self.reason.text()
        words = [key for tick, key in self._words if tick.isChecked()]

        def done(_: object) -> None:
            self.leave()
            self.over.emit()
            context.say(self.tr("The person was erased, here and wherever this laptop\u2019s events go."))

        context.tasks.long(
            self.tr("Erasing a person"),
            lambda _progress, _stop: erase_person(
                book, preview.riding_id, preview.person_id, author=author, reason=reason, words=words
            ),
            done,
            self._failed,
            owner=self,
        )
