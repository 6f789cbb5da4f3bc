"""The screen Sync."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language, say_error
from canvass_app.desktop.screens.base import AppContext, Command, Screen
from canvass_app.desktop.screens.sync.background import background_of, last_move
from canvass_app.desktop.screens.sync.join_card import JoinCard
from canvass_app.desktop.screens.sync.shift_table import ShiftTable
from canvass_app.desktop.screens.sync.words import State, exchange, headline, moment
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets import Card, Heading, PlainLabel, make_button
from canvass_app.domain.errors import Cancelled, CanvassError, Refused
from canvass_app.storage.changes import ChangeSet

_NARROW = 900


class SyncScreen(Screen):
    """Says what is at headquarters and what is only here, and lets a laptop join and sync."""

    place: ClassVar[str] = "sync"
    shortcut: ClassVar[int] = 7

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.state: State | None = None
        self._busy = False
        self._joining = False
        self.background = background_of(context)
        self.background.state_changed.connect(self._background_moved)
        self._heading = Heading("")
        self._mark = QLabel()
        self.lead, self.detail = Heading("", "section"), PlainLabel(kind="quiet", wrap=True)
        self.lead.setWordWrap(True)
        self.try_button = make_button("", "primary", "sync")
        self.try_button.clicked.connect(self.try_now)
        self._trouble_mark = QLabel()
        self.trouble = PlainLabel(wrap=True)
        self._fact_names = [PlainLabel(kind="quiet") for _ in range(5)]
        self._facts = [PlainLabel(wrap=True) for _ in range(5)]
        for fact in self._facts:
            fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.join_card = JoinCard()
        self.join_card.wanted.connect(self._join)
        self._table_title = Heading("", "section")
        self._table_words = PlainLabel(kind="small", wrap=True)
        self.table = ShiftTable()
        self._build()
        self._bind("Ctrl+R", self.try_now)
        self._bind("F5", self.try_now)
        self.retranslate()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(page)
        top = Card()
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self.lead)
        words.addWidget(self.detail)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(tokens().px(8))
        row.addLayout(words, 1)
        row.addSpacing(tokens().px(8))
        row.addWidget(self.try_button, 0, Qt.AlignmentFlag.AlignVCenter)
        top.body.addLayout(row)
        self._trouble_row = QWidget()
        trouble = QHBoxLayout(self._trouble_row)
        trouble.setContentsMargins(0, tokens().px(8), 0, 0)
        trouble.setSpacing(tokens().px(12))
        trouble.addWidget(self._trouble_mark, 0, Qt.AlignmentFlag.AlignTop)
        trouble.addWidget(self.trouble, 1)
        self._trouble_row.hide()
        top.body.addWidget(self._trouble_row)
        self._facts_card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens().px(24))
        grid.setVerticalSpacing(tokens().px(6))
        grid.setColumnStretch(1, 1)
        for number, (name, fact) in enumerate(zip(self._fact_names, self._facts, strict=True)):
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(fact, number, 1)
        self._facts_card.body.addLayout(grid)
        self._table_part = QWidget()
        table = QVBoxLayout(self._table_part)
        table.setContentsMargins(0, 0, 0, 0)
        table.addWidget(self._table_title)
        table.addWidget(self._table_words)
        table.addWidget(self.table)
        # In a row of its own: its words wrap at the card's own greatest width.
        self._join_row = QWidget()
        join = QHBoxLayout(self._join_row)
        join.setContentsMargins(0, 0, 0, 0)
        join.addWidget(self.join_card, 100)
        join.addStretch(1)
        for widget in (top, self._join_row, self._table_part, self._facts_card):
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
            self._column.addWidget(widget)
        for widget in (self._join_row, self._table_part, self._facts_card):
            widget.hide()
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._heading)
        self._outer.addWidget(self.area, 1)
        self.setFocusProxy(self.try_button)
        self._space()

    def _bind(self, key: str, run: Callable[[], object]) -> None:
        # Of the whole window: wherever the keyboard is, the key works while this screen is the one that is shown.
        QShortcut(QKeySequence(key), self).activated.connect(run)

    def _space(self) -> None:
        look = tokens()
        edge = look.px(24 if self.width() >= look.px(_NARROW) else 16)
        self._outer.setContentsMargins(edge, look.px(20), edge - look.px(12), look.px(8))
        self._outer.setSpacing(look.px(12))
        self._column.setContentsMargins(0, 0, look.px(12), look.px(16))
        self._column.setSpacing(look.px(16))

    # --- reading ------------------------------------------------------------------------------

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Sync")

    def refresh(self) -> None:
        """Read what headquarters has and lacks."""
        book = self.context.book

        def read() -> State:
            from canvass_app.services.progress import shifts_here
            from canvass_app.services.syncing import sync_status

            return State(
                sync_status(book),
                tuple(shifts_here(book)),
                last_move(book),
                book.now_ms(),
                book.today(),
                book.time_zone,
            )

        self._busy = True
        self.context.tasks.read(read, self._take, self._failed, key="sync", owner=self)

    def on_changes(self, changes: ChangeSet) -> None:
        """Anything that was saved may be waiting to be sent."""
        self.refresh()

    def _background_moved(self) -> None:
        self._show()
        self.refresh()

    def _failed(self, error: CanvassError) -> None:
        self._busy = False
        self.context.error(error)

    def _take(self, state: State) -> None:
        self._busy = False
        first, self.state = self.state is None, state
        self.background.set_joined(state.status.joined)
        self.background.set_pending(state.status.pending)
        self._show()
        # Until the first reading this screen has nothing to hold the keyboard: it fell to whatever stands beside it.
        if first and self.isVisible() and not self.isAncestorOf(self.window().focusWidget() or self):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        state, lang, look = self.state, current_language(), tokens()
        if state is None:
            return
        status, running = state.status, self.background.is_running()
        error = self.background.error if status.joined else None
        refused = isinstance(error, Refused)
        said = headline(state, running, refused)
        self.lead.setText(said.lead)
        self.detail.setText(said.detail)
        self._mark.setPixmap(icon_pixmap(said.icon, look.px(24), said.tone, self.devicePixelRatioF()))
        self.try_button.setVisible(status.joined)
        words = self.tr("Syncing…") if running else self.tr("Sync now")
        if status.pending and not running:
            words = self.tr("Try now")
        self.try_button.setText(words)
        self.try_button.setAccessibleName(words)
        self._trouble_row.setVisible(error is not None)
        if error is not None:
            self.trouble.setText(say_error(error))
            self._trouble_mark.setPixmap(
                icon_pixmap(
                    "error" if refused else "offline",
                    look.px(16),
                    "bad" if refused else "quiet",
                    self.devicePixelRatioF(),
                )
            )
        self._join_row.setVisible(not status.joined or refused)
        self.join_card.set_address(status.hq_url, again=refused)
        self._facts_card.setVisible(status.joined)
        next_ms = self.background.next_in_ms()
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
        for label, text in zip(self._facts, facts, strict=True):
            label.setText(text)
        self.table.show_shifts(list(state.shifts), status.joined)
        self._table_part.setVisible(bool(state.shifts))
        self.setFocusProxy(self.try_button if status.joined else self.join_card.address)

    # --- doing --------------------------------------------------------------------------------

    def try_now(self) -> None:
        """Ctrl+R: sync at once, with progress and a Cancel at the foot of the window."""
        if self.state is not None and self.state.status.joined:
            self.background.run_now(shown=True)

    def _join(self, url: str, code: str, name: str) -> None:
        book = self.context.book

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.syncing import join

            return join(book, url, code, name)

        self._joining = True
        self.join_card.set_busy(True)
        self.context.tasks.long(
            self.tr("Joining the campaign"), work, self._joined, self._not_joined, writes=False, owner=self
        )

    def _joined(self, report: Any) -> None:
        self._joining = False
        self.join_card.set_busy(False)
        self.join_card.clear_code()
        self.context.say(
            self.tr("Joined %1. What you saved is being sent.").replace(
                "%1", self.context.book.campaign_name(current_language())
            )
        )
        self.background.joined_anew()

    def _not_joined(self, error: CanvassError) -> None:
        self._joining = False
        self.join_card.set_busy(False)
        self.join_card.show_error(None if isinstance(error, Cancelled) else error)

    # --- what the shell asks ------------------------------------------------------------------

    def is_busy(self) -> bool:
        """Whether the state is being read or headquarters is being asked to let this laptop in."""
        return self._busy or self._joining

    def keys(self) -> list[tuple[str, str]]:
        """For F1."""
        return [
            ("Ctrl+R", self.tr("sync now")),
            ("F5", self.tr("sync now")),
            ("Tab", self.tr("next field")),
            ("Enter", self.tr("join, when the three fields are filled")),
        ]

    def commands(self) -> list[Command]:
        """For find-anything."""
        if self.state is None or not self.state.status.joined:
            return []
        return [Command(lambda: self.tr("Sync now"), self.try_now, "Ctrl+R", "sync")]

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """The form filled in, on a laptop that has not joined."""

        def form() -> None:
            self.join_card.address.setText("https://hq.example.ca")
            self.join_card.code.setText("K7QF-29MD")
            self.join_card.name.setText(self.tr("Laptop 4"))

        def scrolled() -> None:
            page = self.area.widget()
            top = self._table_title.mapTo(page, QPoint(0, 0)).y() if page is not None else 0
            self.area.verticalScrollBar().setValue(top - tokens().px(4))

        if self.state is not None and not self.state.status.joined:
            return [("join", form), ("by shift", scrolled)]
        return [("by shift", scrolled)]

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._heading.setText(self.tr("Sync"))
        names = (
            self.tr("Headquarters"),
            self.tr("Last contact"),
            self.tr("Last receipt"),
            self.tr("Last exchange"),
            self.tr("Next, by itself"),
        )
        for label, text in zip(self._fact_names, names, strict=True):
            label.setText(text)
        self._table_title.setText(self.tr("Recorded on this laptop"))
        self._table_words.setText(
            self.tr(
                "Every result is saved here first. A receipt signed by headquarters says that it is there too."
            )
        )
        self.table.setAccessibleName(self.tr("Recorded on this laptop"))
        self.try_button.setToolTip("Ctrl+R")
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower margins in a small window."""
        super().resizeEvent(event)
        self._space()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme, zoom and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_outer"):
            self._space()
            self._show()
