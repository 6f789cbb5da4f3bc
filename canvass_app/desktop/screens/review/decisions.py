"""What waits for a decision: every side with who, when and where from, and one key for each choice."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.page import ReviewPage
from canvass_app.desktop.screens.review.side import Side as Beside
from canvass_app.desktop.screens.review.side import capital, together, unbroken, when
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Badge, Card, Column, Heading, KeyHints, PlainLabel, make_button
from canvass_app.domain.errors import CanvassError
from canvass_app.services.book import Book
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


class DecisionsTab(QObject):
    """The rows that wait, and the sides of each, one card a side."""

    sided = Signal(int)  # the place of the side whose button was pressed, from 0

    def columns(self) -> list[Column[Decision]]:
        """What, what stands, since when."""

        def about(row: Decision) -> str:
            return row.subject_name.say(current_language())

        def what(row: Decision) -> str:
            return capital(row.what.say(current_language()))

        def stands(row: Decision) -> str:
            return row.sides[0].value.say(current_language())

        def since(row: Decision) -> str:
            latest = max(row.sides, key=lambda side: side.wall_ms)
            return when(latest.day, latest.clock)

        return [
            Column(lambda: self.tr("About"), about, strong=True),
            Column(lambda: self.tr("What"), what, width=216),
            Column(lambda: self.tr("Stands now"), stands, width=160),
            Column(lambda: self.tr("Since"), since, width=176, sort_key=lambda row: row.opened_ms),
        ]

    def left_out(self, width: int) -> Collection[int]:
        """The date goes first, then what stands: the side says both."""
        look = tokens()
        return {column for column, room in ((3, 720), (2, 500)) if width < look.px(room)}

    def read(self, book: Book, riding_id: int) -> list[Decision]:
        """The open rows of the riding."""
        return open_decisions(book, riding_id)

    def row_id(self, row: Decision) -> Hashable:
        """Its short name."""
        return row.id

    def subject(self, row: Decision) -> tuple[str, bytes] | None:
        """What the row is about."""
        kind = _HISTORIES.get(row.target)
        return (kind, row.subject) if kind else None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the tab."""
        return [("1 … 9", self.tr("this side is right")), ("↑ ↓", self.tr("choose a row"))]

    def table_name(self) -> str:
        """What waits."""
        return self.tr("What needs a decision")

    def empty_texts(self) -> tuple[str, str, str]:
        """Nothing waits, and what would."""
        return (
            self.tr("Nothing needs a decision"),
            self.tr(
                "When two people enter different things without knowing of each other, both are shown here, with who, "
                "when and from which laptop. Meanwhile everything works: one of the two counts until you choose."
            ),
            "",
        )

    def write(self, side: Beside, row: Decision) -> None:
        """The sides, one card each."""
        language = current_language()
        side.heading(row.subject_name.say(language))
        side.line(capital(row.what.say(language)), "lead")
        side.line(row.why.say(language), "quiet")
        for number, one in enumerate(row.sides[:MOST_CHOICES]):
            side.column.addWidget(self._card(row, number, one))

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
        words = together(side.author, when(side.day, side.clock), device) or self.tr(
            "nobody has said anything else"
        )
        card.body.addWidget(PlainLabel(words, wrap=True, kind="small"))
        foot = QHBoxLayout()
        if side.stands:
            foot.addWidget(Badge(self.tr("stands now"), "accent", "flag"))
        foot.addStretch(1)
        button = make_button(self._button_words(row, side), "" if number else "primary")
        button.setAccessibleName(f"{button.text()}: {value}")
        button.setToolTip(str(number + 1))
        button.clicked.connect(lambda: self.sided.emit(number))
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


class DecisionsPage(ReviewPage[Decision]):
    """The rows that wait; it blocks nothing."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        tab = DecisionsTab()
        super().__init__(context, tab, "check", parent)
        tab.sided.connect(self.decide)
        for number in range(1, MOST_CHOICES + 1):
            self.bind(str(number), lambda number=number: self.decide(number - 1))
        self.retranslate()

    def decide(self, number: int) -> None:
        """Close the chosen row with that side."""
        row = self.chosen
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

    def _failed(self, error: CanvassError) -> None:
        self.context.error(error)
        self.refresh()
