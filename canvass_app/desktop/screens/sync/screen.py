"""The screen Sync: what is at headquarters, what is only here, what arrived, and the ways between the two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.base import AppContext, Command, Screen
from canvass_app.desktop.screens.sync.background import background_of
from canvass_app.desktop.screens.sync.bring_page import BringPage
from canvass_app.desktop.screens.sync.declaration import DeclarationCard
from canvass_app.desktop.screens.sync.join_card import JoinCard
from canvass_app.desktop.screens.sync.losses import LossCard
from canvass_app.desktop.screens.sync.parts import CareCard, FactsCard, NewsCard, TopCard, in_a_row
from canvass_app.desktop.screens.sync.reading import read_state
from canvass_app.desktop.screens.sync.shift_table import ShiftTable
from canvass_app.desktop.screens.sync.stick_page import Find, StickPage
from canvass_app.desktop.screens.sync.take_page import TakePage
from canvass_app.desktop.screens.sync.telling import shift_sentence
from canvass_app.desktop.screens.sync.words import State, headline
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel
from canvass_app.domain.errors import Cancelled, CanvassError, Refused
from canvass_app.storage.changes import ChangeSet
from canvass_app.sync.problems import Undeclared

_NARROW = 900


class SyncScreen(Screen):
    """Says what is at headquarters and what is only here, and lets a laptop join, sync, and use a stick."""

    place: ClassVar[str] = "sync"
    shortcut: ClassVar[int] = 7

    def __init__(self, context: AppContext, *, find: Find | None = None) -> None:
        super().__init__(context)
        self.state: State | None = None
        self._busy = self._joining = False
        self.background = background_of(context)
        self.background.state_changed.connect(self._background_moved)
        self._heading = Heading("")
        self.top = TopCard()
        self.lead, self.detail, self.trouble = self.top.lead, self.top.detail, self.top.trouble
        self.try_button = self.top.try_button
        self.try_button.clicked.connect(self.try_now)
        self.top.take_button.clicked.connect(self.take_on_a_stick)
        self.top.bring_button.clicked.connect(self.bring_a_stick)
        self.care, self.news, self.facts_card = CareCard(), NewsCard(), FactsCard()
        self.losses = LossCard()
        self.losses.was_read.connect(self._read_of_losses)
        self.join_card = JoinCard()
        self.join_card.wanted.connect(self._join)
        self.join_card.file_wanted.connect(self._read_invitation)
        self.declaration = DeclarationCard(context, self.background)
        self.declaration.settled.connect(self._declared)
        self._table_title = Heading("", "section")
        self._table_words = PlainLabel(kind="small", wrap=True)
        self.table = ShiftTable()
        self.table.row_selected.connect(lambda _: self._say_shift())
        self.sentence = PlainLabel(kind="quiet", wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take, self.bring = (
            TakePage(context, self.background, find),
            BringPage(context, self.background, find),
        )
        self.stack = QStackedWidget()
        self._build()
        for key, run in (
            ("Ctrl+R", self.try_now),
            ("F5", self.try_now),
            ("Ctrl+T", self.take_on_a_stick),
        ):
            self._bind(key, run, self)
        self._bind("Ctrl+O", self.bring_a_stick, self._home)
        self._bind("Ctrl+C", self.copy_shift, self.table)
        self.retranslate()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(page)
        self._table_part = QWidget()
        table = QVBoxLayout(self._table_part)
        table.setContentsMargins(0, 0, 0, 0)
        for widget in (self._table_title, self._table_words, self.table, self.sentence):
            table.addWidget(widget)
        self._join_row, self._declaration_row = in_a_row(self.join_card), in_a_row(self.declaration)
        parts = (self._declaration_row, self._join_row, self._table_part, self.news, self.facts_card)
        # What is asked for before anything else stands before everything else.
        for widget in (self._declaration_row, self.top, self.losses, self.care, *parts[1:]):
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
            self._column.addWidget(widget)
        for widget in parts:
            widget.hide()
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        self._home = QWidget()
        home = QVBoxLayout(self._home)
        home.setContentsMargins(0, 0, 0, 0)
        home.setSpacing(tokens().px(12))
        home.addWidget(self._heading)
        home.addWidget(self.area, 1)
        for widget in (self._home, self.take, self.bring):
            self.stack.addWidget(widget)
        for stick in (self.take, self.bring):
            stick.closed.connect(self.step_back)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self.stack, 1)
        self.setFocusProxy(self.try_button)
        self._space()

    def _bind(self, key: str, run: Callable[[], object], where: QWidget) -> None:
        # Of the whole window: wherever the keyboard is, the key works while its part is the one that is shown.
        shortcut = QShortcut(QKeySequence(key), where)
        if where is self.table:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)

    def _space(self) -> None:
        look = tokens()
        edge = look.px(24 if self.width() >= look.px(_NARROW) else 16)
        self._outer.setContentsMargins(edge, look.px(20), edge - look.px(12), look.px(8))
        self._column.setContentsMargins(0, 0, look.px(12), look.px(16))
        self._column.setSpacing(look.px(16))
        self.top.fit(self.width() - 2 * edge)

    # --- reading ------------------------------------------------------------------------------

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Sync")

    def refresh(self) -> None:
        """Read what headquarters has and lacks."""
        book, known = self.context.book, self.state.news if self.state is not None else None
        self._busy = True
        self.context.tasks.read(
            lambda: read_state(book, known), self._take, self._failed, key="sync", owner=self
        )

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
        # Or it went to the button that is there from the start, before it was known whether joining comes first.
        held = self.window().focusWidget() or self
        if first and self.isVisible() and (held is self.try_button or not self.isAncestorOf(held)):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self.state
        if state is None:
            return
        status, running = state.status, self.background.is_running()
        error = self.background.error if status.joined else None
        text = state.declaration if status.joined else None
        if isinstance(error, Undeclared):
            # Its card says so, once; after it was accepted there is nothing to say.
            error = None
        refused = isinstance(error, Refused)
        self._declaration_row.setVisible(text is not None)
        self.top.stand_back(text is not None)
        if text is not None:
            self.declaration.form.show_text(text)
        self.top.show_state(state, headline(state, running, refused), error, running)
        self.top.fit(self.width() - 2 * tokens().px(24))
        self.losses.show_losses(state.losses)
        self.care.show_state(state)
        self._join_row.setVisible(not status.joined or refused)
        self.join_card.set_address(status.hq_url, again=refused or state.standing.renewed)
        self.facts_card.show_state(state, self.background.next_in_ms(), running)
        self.news.show_state(state)
        self.table.show_shifts(list(state.shifts), status.joined)
        self._table_part.setVisible(bool(state.shifts))
        self._say_shift()
        self.take.show_status(status)
        if self.stack.currentWidget() is self._home:
            here = self.try_button if text is None else self.declaration.form.name
            self.setFocusProxy(here if status.joined else self.join_card.address)

    def _say_shift(self) -> None:
        chosen = self.table.chosen()
        joined = self.state is not None and self.state.status.joined
        self.sentence.setText(shift_sentence(chosen, joined) if chosen is not None else "")

    def copy_shift(self) -> None:
        """Ctrl+C: the sentence about the chosen shift, for whoever asks for the receipt."""
        QGuiApplication.clipboard().setText(self.sentence.text())
        self.context.say(self.tr("Copied: %1").replace("%1", self.sentence.text()), tone="quiet")

    # --- doing --------------------------------------------------------------------------------

    def try_now(self) -> None:
        """Ctrl+R: sync at once, with progress and a Cancel at the foot of the window."""
        if self.state is not None and self.state.status.joined:
            self.background.run_now(shown=True)

    def take_on_a_stick(self) -> None:
        """Ctrl+T: the guided way to headquarters without a network."""
        self._open(self.take)

    def bring_a_stick(self) -> None:
        """Ctrl+O: headquarters' answer is here on a stick."""
        self._open(self.bring)

    def _open(self, page: StickPage) -> None:
        here = self.stack.currentWidget()
        if self.state is None or not self.state.status.joined or here is page:
            return
        if isinstance(here, StickPage) and here.working:
            return
        page.reset()
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(page.choices)
        page.take_keyboard()

    def step_back(self) -> bool:
        """Esc: from a page about a stick back to the screen; what is being written goes on, with its Cancel below."""
        here = self.stack.currentWidget()
        if not isinstance(here, StickPage):
            return False
        self.stack.setCurrentWidget(self._home)
        self._show()
        button = self.top.take_button if here is self.take else self.top.bring_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()
        return True

    def _join(self, url: str, code: str, name: str) -> None:
        book, ca = self.context.book, self.join_card.ca()
        self.background.give_way()

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.syncing import join

            return join(book, url, code, name, ca=ca, cancelled=cancelled)

        def let_go() -> None:
            from canvass_app.services.syncing import stop_sync

            stop_sync(book)

        self._joining = True
        self.join_card.set_busy(True)
        task = self.context.tasks.long(
            self.tr("Joining the campaign"), work, self._joined, self._not_joined, writes=False, owner=self
        )
        task.let_go = let_go

    def _read_invitation(self, path: Path) -> None:
        def read() -> Any:
            from canvass_app.services.trust import read_invitation

            return read_invitation(path)

        self.context.tasks.read(read, self._invited, self.join_card.show_error, owner=self)

    def _invited(self, invitation: Any) -> None:
        self.join_card.take_invitation(invitation.url, invitation.code, invitation.ca)

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

    def _declared(self) -> None:
        form = self.declaration.form
        if form.trouble.text():
            self.area.ensureWidgetVisible(form.button)
        self.refresh()

    def _not_joined(self, error: CanvassError) -> None:
        self._joining = False
        self.join_card.set_busy(False)
        self.join_card.show_error(None if isinstance(error, Cancelled) else error)

    def _read_of_losses(self) -> None:
        from canvass_app.services.losing import note_read

        book, told = self.context.book, self.state.losses if self.state is not None else ()
        self.context.tasks.write(lambda: note_read(book, told), lambda _: self.refresh())

    # --- what the shell asks ------------------------------------------------------------------

    def is_busy(self) -> bool:
        """Whether something is being read, or headquarters is being asked to let this laptop in."""
        sticks = any(page.is_looking() or page.working for page in (self.take, self.bring))
        return self._busy or self._joining or sticks

    def keys(self) -> list[tuple[str, str]]:
        """For F1."""
        if isinstance(self.stack.currentWidget(), StickPage):
            return [
                ("↑ ↓", self.tr("choose a place or a file")),
                ("Enter", self.tr("write, or read in")),
                ("Ctrl+O", self.tr("another folder or file")),
                ("Esc", self.tr("back to Sync")),
            ]
        return [
            ("Ctrl+R", self.tr("sync now")),
            ("F5", self.tr("sync now")),
            ("Ctrl+T", self.tr("take it to headquarters on a stick")),
            ("Ctrl+O", self.tr("I have a stick from headquarters")),
            ("Ctrl+C", self.tr("in the table: copy the shift and its receipt")),
            ("Tab", self.tr("next field")),
            ("Enter", self.tr("join, when the three fields are filled")),
            ("Enter", self.tr("in the declaration: accept it")),
        ]

    def commands(self) -> list[Command]:
        """For find-anything."""
        if self.state is None or not self.state.status.joined:
            return []
        return [
            Command(lambda: self.tr("Sync now"), self.try_now, "Ctrl+R", "sync"),
            Command(
                lambda: self.tr("Take it to headquarters on a stick"), self.take_on_a_stick, "Ctrl+T", "stick"
            ),
            Command(
                lambda: self.tr("I have a stick from headquarters"), self.bring_a_stick, "Ctrl+O", "import"
            ),
        ]

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """Alone: the form filled in. Then, on an invented evening, every state of a laptop that has joined."""
        from canvass_app.desktop.screens.sync.tour_states import states

        return states(self)

    def show_invented(self, state: State | None, error: CanvassError | None = None) -> None:
        """For pictures: show this state with this error; None: what is really so."""
        self.stack.setCurrentWidget(self._home)
        for page in (self.take, self.bring):
            page.show_invented(None)
        self.background.error = error
        if state is None:
            self.refresh()
            return
        self.state = state
        self._show()
        self.area.verticalScrollBar().setValue(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_table(self) -> None:
        """Bring the shifts to the top of the page."""
        page = self.area.widget()
        top = self._table_title.mapTo(page, QPoint(0, 0)).y() if page is not None else 0
        self.area.verticalScrollBar().setValue(top - tokens().px(4))

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._heading.setText(self.tr("Sync"))
        self._table_title.setText(self.tr("Recorded on this laptop"))
        self._table_words.setText(
            self.tr(
                "Every result is saved here first. A receipt signed by headquarters says that it is there too."
            )
        )
        self.table.setAccessibleName(self.tr("Recorded on this laptop"))
        self._show()

    # --- events -------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """Somebody saw what arrived: from now on only what comes later is news."""
        super().hideEvent(event)
        state, book = self.state, self.context.book
        if event.spontaneous() or state is None or not state.news.fresh or not state.news.seen:
            return
        if book.read_only is not None:
            return
        from canvass_app.services.arrivals import note_seen

        self.context.tasks.write(lambda: note_seen(book, state.news))

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
