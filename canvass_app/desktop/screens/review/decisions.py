"""What waits for a decision: every side with who, when and where from, and one key for each choice."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.page import ReviewPage, unbroken, when
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Badge, Card, Column, Heading, KeyHints, PlainLabel, make_button
from canvass_app.services.decisions import (
    Closed,
    Decision,
    Side,
    close_decision,
    open_decisions,
    reopen_decision,
)

MOST_CHOICES = 9
_HISTORIES = {
    "door": "door",
    "person": "person",
    "turf": "turf",
    "walk_list": "list",
    "shift": "shift",
    "roster": "import",
}


class DecisionsPage(ReviewPage):
    """The rows that wait; it blocks nothing."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "check", parent)
        for number in range(1, MOST_CHOICES + 1):
            self.bind(str(number), lambda number=number: self.decide(number - 1))
        self.retranslate()

    def columns(self) -> list[Column[Any]]:
        """What, what stands, since when."""

        def what(row: Decision) -> str:
            return row.what.say(current_language())

        def stands(row: Decision) -> str:
            return row.sides[0].value.say(current_language())

        def since(row: Decision) -> str:
            latest = max(row.sides, key=lambda side: side.wall_ms)
            return when(latest.day, latest.clock)

        return [
            Column(
                lambda: self.tr("About"), lambda row: row.subject_name.say(current_language()), strong=True
            ),
            Column(lambda: self.tr("What"), what, width=150),
            Column(lambda: self.tr("Stands now"), stands, width=190),
            Column(lambda: self.tr("Since"), since, width=176, sort_key=lambda row: row.opened_ms),
        ]

    def fit_columns(self, width: int) -> None:
        """The date goes first, then what stands: the side says both."""
        self.table.setColumnHidden(3, width < tokens().px(720))
        self.table.setColumnHidden(2, width < tokens().px(500))

    def read(self) -> Callable[[], list[Decision]]:
        """The open rows of the riding."""
        book, riding = self.context.book, self.context.riding_id
        return lambda: open_decisions(book, riding)

    def row_id(self, row: Decision) -> Hashable:
        """Its short name."""
        return row.id

    def subject(self) -> tuple[str, bytes] | None:
        """What the row is about."""
        row: Decision | None = self.chosen
        kind = _HISTORIES.get(row.target) if row else None
        return (kind, row.subject) if row and kind else None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the tab."""
        return [("1 … 9", self.tr("this side is right")), ("↑ ↓", self.tr("choose a row"))]

    # showing

    def write_side(self) -> None:
        """The sides, one card each."""
        row: Decision | None = self.chosen
        self.side.begin()
        if row is not None:
            language = current_language()
            self.side.heading(row.subject_name.say(language))
            self.side.line(row.what.say(language), "lead")
            self.side.line(row.why.say(language), "quiet")
            for number, side in enumerate(row.sides[:MOST_CHOICES]):
                self.side.column.addWidget(self._card(row, number, side))
        self.side.end()

    def _card(self, row: Decision, number: int, side: Side) -> Card:
        look, language = tokens(), current_language()
        card = Card()
        value = unbroken(side.value.say(language))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        title = Heading(value, "section")
        title.setWordWrap(True)
        cap = KeyHints([(str(number + 1), "")])
        cap.setFixedWidth(look.px(24))
        title.setIndent(0)
        head.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(title, 1)
        card.body.addLayout(head)
        device = side.device.say(language) if side.device else ""
        said = [side.author, when(side.day, side.clock), device]
        words = " · ".join(part for part in said if part) or self.tr("nobody has said anything else")
        card.body.addWidget(PlainLabel(words, wrap=True, kind="small"))
        foot = QHBoxLayout()
        if side.stands:
            foot.addWidget(Badge(self.tr("stands now"), "accent", "flag"))
        foot.addStretch(1)
        button = make_button(self._button_words(row, side), "" if number else "primary")
        button.setAccessibleName(f"{button.text()}: {value}")
        button.setToolTip(str(number + 1))
        button.clicked.connect(lambda: self.decide(number))
        foot.addWidget(button)
        card.body.addLayout(foot)
        card.setAccessibleName(f"{number + 1}: {value}. {words}")
        return card

    def _button_words(self, row: Decision, side: Side) -> str:
        if row.kind == "turfs":
            return self.tr("It keeps the doors")
        if row.kind != "correction":
            return self.tr("This is right")
        return self.tr("Keep the correction") if side.stands else self.tr("Back to before")

    # doing

    def decide(self, number: int) -> None:
        """Close the chosen row with that side."""
        row: Decision | None = self.chosen
        if row is None or number >= len(row.sides):
            return
        context, book, author = self.context, self.context.book, self.context.author
        value = row.sides[number].value.say(current_language())
        words = self.tr("Decided: %1, %2.").replace("%1", row.subject_name.say(current_language()))

        def done(closed: Closed) -> None:
            undo = (
                (lambda: context.tasks.write(lambda: reopen_decision(book, closed, author)))
                if closed.token
                else None
            )
            context.say(words.replace("%2", value), undo)

        context.tasks.write(lambda: close_decision(book, row, number, author), done, self._failed, owner=self)

    def _failed(self, error: Any) -> None:
        self.context.error(error)
        self.refresh()

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.table.setAccessibleName(self.tr("What needs a decision"))
        self.empty.set_texts(
            self.tr("Nothing needs a decision"),
            self.tr(
                "When two people enter different things without knowing of each other, both stand here, with who, when "
                "and from which laptop. Meanwhile everything works: one of them counts until you choose."
            ),
        )
        super().retranslate()
