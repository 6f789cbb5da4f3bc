"""The cards of the screen Sync: the sentence on top with what can be done, what to know, what arrived, the facts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language, say_error
from canvass_app.desktop.screens.sync.telling import Care, cares, did_words, news_words, who_words
from canvass_app.desktop.screens.sync.words import Headline, State, exchange, moment
from canvass_app.desktop.theme import icon, icon_pixmap, set_role, tokens
from canvass_app.desktop.theme.icons import Tone
from canvass_app.desktop.widgets import Card, Heading, PlainLabel, format_number, make_button, plain_tip
from canvass_app.desktop.widgets.labels import button_tone
from canvass_app.domain.errors import CanvassError, Refused

_MOST_PEOPLE = 8
_NAME_WIDTH = 240


def fit_row(row: QBoxLayout, room: int) -> None:
    """Lay the shown buttons of a row side by side within `room` pixels, or below one another where they are wider.

    A row that is too wide would push its page out of the window at double size.
    """
    items = [item.widget() for place in range(row.count()) if (item := row.itemAt(place)) is not None]
    shown = [widget for widget in items if widget is not None and not widget.isHidden()]
    wide = sum(widget.sizeHint().width() for widget in shown) + row.spacing() * (len(shown) - 1)
    ways = QBoxLayout.Direction
    row.setDirection(ways.LeftToRight if wide <= room else ways.TopToBottom)


def in_a_row(card: QWidget) -> QWidget:
    """A card in a row of its own: its words wrap at the card's own greatest width."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(card, 100)
    line.addStretch(1)
    return row


class TopCard(Card):
    """How things stand, what is wrong, and the three things a person can do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: Headline | None = None
        self._error: CanvassError | None = None
        self._room = 0
        self._mark, self._trouble_mark = QLabel(), QLabel()
        self.lead, self.detail = Heading("", "section"), PlainLabel(kind="quiet", wrap=True)
        self.lead.setWordWrap(True)
        self.trouble = PlainLabel(wrap=True)
        self.try_button = make_button("", "primary", "sync")
        self.take_button = make_button("", "", "stick")
        self.bring_button = make_button("", "quiet", "import")
        words = QVBoxLayout()
        words.setSpacing(tokens().px(4))
        words.addWidget(self.lead)
        words.addWidget(self.detail)
        row = QHBoxLayout()
        row.setSpacing(tokens().px(12))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._trouble_row = QWidget()
        trouble = QHBoxLayout(self._trouble_row)
        trouble.setContentsMargins(0, tokens().px(8), 0, 0)
        trouble.setSpacing(tokens().px(20))
        trouble.addWidget(self._trouble_mark, 0, Qt.AlignmentFlag.AlignTop)
        trouble.addWidget(self.trouble, 1)
        self._buttons = QWidget()
        buttons = self._row = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, tokens().px(12), 0, tokens().px(4))
        buttons.setSpacing(tokens().px(8))
        for button in (self.try_button, self.take_button, self.bring_button):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._trouble_row)
        self.body.addWidget(self._buttons)
        self._trouble_row.hide()
        self._buttons.hide()

    def fit(self, room: int) -> None:
        """Put the buttons side by side where `room` pixels have room for them, else below one another."""
        self._room = room
        fit_row(self._row, room - 2 * tokens().px(20))

    def stand_back(self, back: bool) -> None:
        """Whether something else is to be done first: one button of a screen is the one to press."""
        role = "" if back else "primary"
        if self.try_button.property("role") != role:
            set_role(self.try_button, role)
            self.try_button.setIcon(icon("sync", button_tone(role), beside=True))

    def show_state(self, state: State, said: Headline, error: CanvassError | None, running: bool) -> None:
        """Show it in the language of the moment."""
        self._said, self._error = said, error
        self.lead.setText(said.lead)
        self.detail.setText(said.detail)
        self._buttons.setVisible(state.status.joined)
        words = self.tr("Syncing…") if running else self.tr("Sync now")
        if state.status.pending and not running:
            words = self.tr("Try now")
        named = (
            (self.try_button, words, "Ctrl+R"),
            (self.take_button, self.tr("Take it on a stick"), "Ctrl+T"),
            (self.bring_button, self.tr("I have a stick from headquarters"), "Ctrl+O"),
        )
        for button, text, key in named:
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(key)
        self._trouble_row.setVisible(error is not None)
        if error is not None:
            self.trouble.setText(say_error(error))
        if self._room:
            # Other words are wider or narrower.
            self.fit(self._room)
        self._draw()

    def _draw(self) -> None:
        if self._said is None:
            return
        look, ratio = tokens(), self.devicePixelRatioF()
        self._mark.setPixmap(icon_pixmap(self._said.icon, look.px(24), self._said.tone, ratio))
        name, tone = ("error", "bad") if isinstance(self._error, Refused) else ("offline", "quiet")
        mark: Tone = "bad" if tone == "bad" else "quiet"
        self._trouble_mark.setPixmap(icon_pixmap(name, look.px(16), mark, ratio))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_said"):
            self._draw()


class CareCard(Card):
    """What a person should know; away when there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Care] = []
        self._rows: list[tuple[QLabel, PlainLabel]] = []
        self.setVisible(False)

    def texts(self) -> list[str]:
        """What it says, in order."""
        return [one.text for one in self._shown]

    def show_state(self, state: State) -> None:
        """Show what is to be known in this state."""
        found = cares(state)
        self.setVisible(bool(found))
        if found == self._shown:
            return
        self._shown = found
        for mark, label in self._rows[len(found) :]:
            mark.hide()
            label.hide()
        while len(self._rows) < len(found):
            mark, label = QLabel(), PlainLabel(wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row = QHBoxLayout()
            row.setContentsMargins(0, tokens().px(2), 0, tokens().px(2))
            row.setSpacing(tokens().px(20))
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1)
            self.body.addLayout(row)
            self._rows.append((mark, label))
        for (mark, label), care in zip(self._rows, found, strict=False):
            label.setText(care.text)
            label.setToolTip(plain_tip(care.more))
            mark.show()
            label.show()
        self._draw()

    def _draw(self) -> None:
        for (mark, _), care in zip(self._rows, self._shown, strict=False):
            mark.setPixmap(icon_pixmap(care.icon, tokens().px(16), care.tone, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_rows"):
            self._draw()


class NewsCard(Card):
    """What arrived: who did what since somebody last looked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._since = Heading("", "section"), PlainLabel(kind="small", wrap=True)
        self._sum = PlainLabel(kind="lead", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens().px(24))
        self._grid.setVerticalSpacing(tokens().px(4))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, tokens().px(_NAME_WIDTH))
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []
        self._more = PlainLabel(kind="quiet")
        for widget in (self._title, self._since, self._sum):
            self.body.addWidget(widget)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._more)

    def texts(self) -> list[str]:
        """What it says, line by line."""
        lines = [self._since.text(), self._sum.text()]
        lines += [f"{who.text()}: {did.text()}" for who, did in self._rows if not who.isHidden()]
        return [line for line in lines if line]

    def show_state(self, state: State) -> None:
        """Show it in the language of the moment."""
        self.setVisible(state.status.joined)
        self._title.setText(self.tr("What arrived"))
        since, total = news_words(state.news, state.now_ms)
        self._since.setText(since)
        self._sum.setText(total)
        self._sum.setVisible(bool(total))
        rows = state.news.rows[:_MOST_PEOPLE]
        while len(self._rows) < len(rows):
            who, did = PlainLabel(elide=True), PlainLabel(kind="quiet", wrap=True)
            self._grid.addWidget(who, len(self._rows), 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(did, len(self._rows), 1)
            self._rows.append((who, did))
        for place, (who, did) in enumerate(self._rows):
            shown = place < len(rows)
            who.setVisible(shown)
            did.setVisible(shown)
            if shown:
                who.setText(who_words(rows[place]))
                did.setText(did_words(rows[place]))
        left = len(state.news.rows) - len(rows)
        self._more.setVisible(left > 0)
        self._more.setText(
            counted(left, self.tr("and %1 other"), self.tr("and %1 others"), format_number) if left else ""
        )

    def changeEvent(self, event: QEvent) -> None:
        """Keep the names' column in step with the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_rows"):
            self._grid.setColumnMinimumWidth(0, tokens().px(_NAME_WIDTH))


class FactsCard(Card):
    """Headquarters, last contact, last receipt, last exchange, next try: one line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = [PlainLabel(kind="quiet") for _ in range(5)]
        self.facts = [PlainLabel(wrap=True) for _ in range(5)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens().px(24))
        grid.setVerticalSpacing(tokens().px(6))
        grid.setColumnStretch(1, 1)
        for number, (name, fact) in enumerate(zip(self._names, self.facts, strict=True)):
            fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(fact, number, 1)
        self.body.addLayout(grid)

    def show_state(self, state: State, next_ms: int | None, running: bool) -> None:
        """Show it in the language of the moment."""
        status, lang = state.status, current_language()
        self.setVisible(status.joined)
        names = (
            self.tr("Headquarters"),
            self.tr("Last contact"),
            self.tr("Last receipt"),
            self.tr("Last exchange"),
            self.tr("Next, by itself"),
        )
        planned = (
            self.tr("about %1").replace("%1", moment(state.now_ms + next_ms, state.now_ms, lang))
            if next_ms is not None
            else self.tr("when you ask for it")
        )
        facts = (
            status.hq_url,
            moment(status.last_contact_ms, state.now_ms, lang),
            status.receipt or self.tr("none yet"),
            exchange(state.moved, state.now_ms, lang),
            self.tr("now") if running else planned,
        )
        for label, text in zip(self._names, names, strict=True):
            label.setText(text)
        for label, text in zip(self.facts, facts, strict=True):
            label.setText(text)
