"""Enter results: the desk where a page's code is typed, and the page itself.

The machine decides, the sitting saves, this screen carries orders between them: a result goes to the writer thread,
and the next key is taken only when it is durable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, say_error
from canvass_app.desktop.screens.base import AppContext, Command, Screen
from canvass_app.desktop.screens.enter.desk import Desk
from canvass_app.desktop.screens.enter.machine import Machine
from canvass_app.desktop.screens.enter.orders import Amend, Ask, Close, Order, Save, TakeBack, Turn
from canvass_app.desktop.screens.enter.page_panel import PagePanel
from canvass_app.desktop.screens.enter.sitting import Farewell, Outcome, Sitting
from canvass_app.desktop.screens.enter.words import all_keys
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import EmptyState
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.errors import CanvassError
from canvass_app.domain.numbers import list_code, page_code
from canvass_app.services.entry import EntryPage, open_page, saved_of_page
from canvass_app.services.walk_lists import ListSummary, list_walk_lists, mark_returned
from canvass_app.storage.changes import ChangeSet


class EnterScreen(Screen):
    """Types a page in, exactly as it was printed."""

    place = "enter"
    shortcut = 4

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        letters = context.book.campaign.party_letters if context.book.campaign else frozenset[str]()
        self.machine = Machine(letters=letters)
        self.sitting = Sitting(context.book, context.author)
        self._own_changes: ChangeSet | None = None
        self._finished: ListSummary | None = None
        self._lists: list[ListSummary] = []
        self._farewell: Farewell | None = None
        self._trouble: CanvassError | None = None
        self._code_trouble: CanvassError | None = None
        self._loading = False
        self.desk = Desk()
        self.page = PagePanel(self.machine)
        self._empty = EmptyState(icon_name="enter")
        self._stack = QStackedWidget()
        for widget in (self.desk, self.page, self._empty):
            self._stack.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._stack)
        self.desk.name.setText(context.author)
        self.desk.code_given.connect(self.open_code)
        self.desk.list_chosen.connect(lambda number: self.open_code(list_code(number)))
        self.desk.typed.connect(lambda key: self.machine.press(key))
        self.desk.return_wanted.connect(self._mark_returned)
        self.desk.shift_end_wanted.connect(self.end_shift)
        self.page.typed.connect(self.type_key)
        self.page.line_clicked.connect(self._go_to_line)
        self.page.close_wanted.connect(lambda: self.type_key("Esc"))
        self.page.prompt.answered.connect(self._answered)
        self.page.prompt.put_away.connect(self._put_away)
        self._empty.action_triggered.connect(lambda: self.context.go("importing"))
        self.setFocusProxy(self.desk.code)
        self.retranslate()

    # the shell asks

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Enter results")

    def refresh(self) -> None:
        """Read which lists are out; a page in hand stays."""
        riding = self.context.riding_id
        if riding is None:
            self._stack.setCurrentWidget(self._empty)
            return
        if self._stack.currentWidget() is self._empty:
            self._stack.setCurrentWidget(self.desk)
        book = self.context.book
        self.context.tasks.read(lambda: list_walk_lists(book, riding), self._show_lists, key="enter.lists", owner=self)
        self._reload_marks()

    def on_changes(self, changes: ChangeSet) -> None:
        """What this screen saved it shows already; results from elsewhere are read."""
        if changes is self._own_changes:
            return
        if changes.settings and self.context.book.campaign:
            self.machine.letters = self.context.book.campaign.party_letters
        super().on_changes(changes)

    def activate(self, argument: Any) -> None:
        """Open a page ("4127Y-1"), a list by its number, or the field for the code (None)."""
        if isinstance(argument, int):
            self.open_code(list_code(argument))
        elif isinstance(argument, str):
            self.open_code(argument)
        elif self.machine.page is None:
            self.desk.code.setFocus()
        else:
            self.page.sheet.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """Every key of the page."""
        return all_keys()

    def commands(self) -> list[Command]:
        """What find-anything can do here."""
        return [Command(lambda: self.tr("End the shift"), self.end_shift, icon="clock")]

    def step_back(self) -> bool:
        """Esc: the question, the answers, the page."""
        if self.page.prompt.asking is not None:
            self._put_away()
            return True
        if self.machine.page is None:
            return False
        self.type_key("Esc")
        return True

    def undo(self) -> bool:
        """Ctrl+Z: back to the start of the shift, also from the desk."""
        if self.machine.page is None:
            if not self.machine.history or self._loading:
                return False
            step = self.machine.history[-1]
            self._load(page_code(step.number, step.page), step.line, lambda: self.type_key("Ctrl+Z"))
            return True
        self.type_key("Ctrl+Z")
        return True

    def can_leave(self) -> bool:
        """Answers half-typed are kept; a result that could not be saved keeps the person here."""
        if self.machine.trouble:
            self._show()
            return False
        if self.machine.mode == "answers":
            self.type_key("Enter")
        return True

    def is_busy(self) -> bool:
        """While a page is read or a result written."""
        return self._loading or (
            self.machine.order is not None and not self.machine.trouble and self.page.prompt.asking is None
        )

    # opening pages

    def open_code(self, text: str) -> None:
        """Open the page whose code was typed; what is wrong is said in place."""
        name = " ".join(self.desk.name.text().split())
        if not name:
            self._stack.setCurrentWidget(self.desk)
            self.desk.code.setText(text)
            self.desk.trouble.setText(self.tr("Type your name too, so that everybody knows who entered these results."))
            self.desk.trouble.show()
            self.desk.name.setFocus()
            return
        self._name(name)
        # What is typed from here on is meant for the page.
        self.desk.setFocus()
        self._load(text, 0, None)

    def _name(self, name: str) -> None:
        if name != self.context.author:
            self.context.set_author(name)
        if name != self.sitting.volunteer:
            if self.sitting.shift is not None:
                self.end_shift()
            self.sitting.volunteer = name

    def _load(self, text: str, line: int, then: Callable[[], None] | None) -> None:
        self._loading = True
        book = self.context.book

        def done(page: EntryPage) -> None:
            self._loading = False
            self._take_page(page, line)
            if then is not None:
                then()

        self.context.tasks.read(lambda: open_page(book, text), done, self._no_page, key="enter.page", owner=self)

    def _take_page(self, page: EntryPage, line: int) -> None:
        if self.sitting.shift is not None and self.sitting.shift.riding_id != page.document.riding_id:
            self.end_shift()
        if page.document.riding_id != self.context.riding_id:
            self.context.set_riding(page.document.riding_id)
        self._finished, self._farewell, self._trouble, self._code_trouble = None, None, None, None
        self.desk.show_trouble("")
        self.machine.open(page, line)
        self.page.page_opened()
        self._stack.setCurrentWidget(self.page)
        self.setFocusProxy(self.page.sheet)
        self.page.sheet.setFocus()
        self._show()
        self._perform(self.machine.pump())

    def _no_page(self, error: CanvassError) -> None:
        self._loading = False
        if self.machine.page is not None and isinstance(self.machine.order, Turn):
            self._fail(error)
            return
        self._code_trouble = error
        self.machine.take_keys()
        self._stack.setCurrentWidget(self.desk)
        self._show_desk()

    def _reload_marks(self) -> None:
        page = self.machine.page
        if page is None or self.machine.order is not None:
            return
        book = self.context.book

        def done(marks: dict[int, Any]) -> None:
            if self.machine.page is page and self.machine.order is None:
                self.machine.refresh(marks)
                self._show()

        self.context.tasks.read(lambda: saved_of_page(book, page), done, key="enter.marks", owner=self)

    # keys and orders

    def type_key(self, key: str) -> None:
        """A key of the page, by its name."""
        order = self.machine.press(key)
        if order is None:
            self._show()
        else:
            self._perform(order)

    def _perform(self, order: Order | None) -> None:
        if order is None:
            return
        page = self.machine.page
        assert page is not None
        number, riding = page.number, page.document.riding_id
        tasks, sitting = self.context.tasks, self.sitting
        self._trouble = None
        if isinstance(order, Save | Amend):
            tasks.write(lambda: sitting.save(riding, number, order), self._saved, self._fail, owner=self)
        elif isinstance(order, TakeBack):
            tasks.write(lambda: sitting.take_back(riding, order), self._taken_back, self._fail, owner=self)
        elif isinstance(order, Turn):
            self._load(page_code(order.number, order.page), order.line, None)
        elif isinstance(order, Ask):
            self._open_prompt(order)
        else:
            self._close_page(order)
        self._show()

    def _saved(self, outcome: Outcome) -> None:
        self._own_changes = outcome.changes
        self.machine.saved(outcome.recorded)
        self._go_on(None)

    def _taken_back(self, outcome: Outcome) -> None:
        self._own_changes = outcome.changes
        self._go_on(self.machine.taken_back(outcome.recorded))

    def _go_on(self, order: Order | None) -> None:
        self._perform(order or self.machine.pump())
        self._show()

    def _fail(self, error: CanvassError) -> None:
        self._trouble = error
        self.machine.failed()
        self._show()

    def _go_to_line(self, line: int) -> None:
        if self.machine.order is None and self.machine.mode == "lines":
            self.machine.go_to(line)
            self._show()

    # questions

    def _open_prompt(self, order: Ask) -> None:
        row = self.machine.person_door() if order.what == "person" else None
        self.page.ask(order, row)
        waiting = self.machine.take_keys()
        for place, key in enumerate(waiting):
            if self.page.prompt.asking is None:
                for later in waiting[place:]:
                    self.type_key(later)
                return
            self.page.prompt.feed(key)

    def _put_away(self) -> None:
        self.page.close_prompt()
        self.machine.asked()
        self._go_on(None)

    def _answered(self, first: str, second: str) -> None:
        order = self.page.prompt.asking
        if order is None:
            return
        if order.what == "person":
            self._add_person(first, second)
            return
        self.page.close_prompt()
        if order.what == "line":
            self.machine.go_to(int(first) if first.isdigit() else 0)
        elif order.what == "find":
            self.machine.find(first)
        elif order.answer is not None:
            self.machine.answer_words(order.answer, first)
        self._go_on(self.machine.order)

    def _add_person(self, last: str, first: str) -> None:
        page, row = self.machine.page, self.machine.person_door()
        if page is None or row is None:
            self._put_away()
            return
        name = ", ".join(part for part in (last.strip(), first.strip()) if part)
        sitting, riding, number = self.sitting, page.document.riding_id, page.number

        def done(changes: ChangeSet) -> None:
            self._own_changes = changes
            self.page.close_prompt()
            self.machine.person_was_added(name)
            self._go_on(None)

        def failed(error: CanvassError) -> None:
            self._trouble = error
            self._show()

        self._trouble = None
        self.context.tasks.write(
            lambda: sitting.add_person(riding, number, row, last, first), done, failed, owner=self
        )

    # closing

    def _close_page(self, order: Close) -> None:
        page = self.machine.page
        assert page is not None
        self.page.close_prompt()
        self.machine.page, self.machine.order = None, None
        self._finished = None
        if order.finished:
            self._finished = next((one for one in self._lists if one.number == page.number), None)
        self._stack.setCurrentWidget(self.desk)
        self.setFocusProxy(self.desk.code)
        self.desk.code.clear()
        self.desk.code.setFocus()
        self._show_desk()
        self.refresh()
        for key in self.machine.take_keys():
            self.desk.feed(key)

    def end_shift(self) -> None:
        """Close the shift and say what it saved."""
        if self.sitting.shift is None:
            return
        sitting = self.sitting
        self.machine.forget()

        def done(farewell: Farewell | None) -> None:
            if farewell is not None:
                self._own_changes = farewell.changes
                self._farewell = farewell
                self.context.say(self._farewell_words())
            self._show_desk()

        self.context.tasks.write(sitting.close, done, owner=self)

    def _mark_returned(self) -> None:
        chosen, book, author = self._finished, self.context.book, self.context.author
        if chosen is None:
            return
        self._finished = None

        def back(returned: bool) -> None:
            self.context.tasks.write(
                lambda: mark_returned(book, chosen.riding_id, chosen.list_id, returned, author=author)
            )

        back(True)
        words = self.tr("List %1 is marked as returned.").replace("%1", chosen.code)
        self.context.say(words, lambda: back(False))
        self._show_desk()

    # showing

    def _show_lists(self, lists: list[ListSummary]) -> None:
        self._lists = lists
        if self._finished is not None:
            self._finished = next((one for one in lists if one.number == self._finished.number), None)
        self.desk.show_lists(lists)
        self._show_desk()

    def _show(self) -> None:
        if self.machine.page is None:
            self._show_desk()
            return
        self.page.show_state(self._trouble, self.sitting.volunteer, len(self.machine.history))

    def _show_desk(self) -> None:
        self.desk.show_farewell(self._farewell_words())
        done = self._finished
        words = ""
        if done is not None:
            words = self.tr("List %1: %2 of %3 lines have a result. Is the paper back?")
            for mark, value in (("%1", done.code), ("%2", str(done.results)), ("%3", str(done.lines))):
                words = words.replace(mark, value)
        self.desk.show_finished(words, offer=done is not None and not done.returned)
        self.desk.show_shift(self.sitting.volunteer if self.sitting.shift is not None else "")
        if self._code_trouble is not None:
            self.desk.show_trouble(say_error(self._code_trouble))

    def _farewell_words(self) -> str:
        gone = self._farewell
        if gone is None:
            return ""
        saved = counted(gone.results, self.tr("%1 result saved"), self.tr("%1 results saved"), format_number)
        if gone.unsent == 0:
            rest = self.tr("headquarters has them all")
        else:
            rest = counted(
                gone.unsent, self.tr("%1 only on this laptop"), self.tr("%1 only on this laptop", "several"), format_number
            )
        words = self.tr("Shift of %1 closed: %2, %3.")
        return words.replace("%1", gone.volunteer).replace("%2", saved).replace("%3", rest)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._empty.set_texts(
            self.tr("No results to enter yet"),
            self.tr("Results are typed from printed walk lists. First import the addresses of a riding, then make a turf."),
            self.tr("Import addresses"),
        )
        self.desk.retranslate()
        self.page.retranslate()
        self._space()
        self._show()

    def _space(self) -> None:
        edge = tokens().px(24 if self.width() >= tokens().px(800) else 16)
        self._column.setContentsMargins(edge, edge, edge, edge // 2)

    def resizeEvent(self, event: object) -> None:
        """Smaller margins in a small window."""
        self._space()

    # pictures

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """A page half-way, its end, and a wrong code."""

        def started(one: ListSummary) -> bool:
            return 0 < one.results < one.lines

        def choose(wanted: Callable[[ListSummary], bool]) -> ListSummary | None:
            return next((one for one in self._lists if wanted(one)), self._lists[0] if self._lists else None)

        def show(wanted: Callable[[ListSummary], bool], keys: tuple[str, ...]) -> None:
            one = choose(wanted)
            if one is None:
                return
            self.sitting.volunteer = self.sitting.volunteer or "Anne Roy"

            def then() -> None:
                for key in keys:
                    self.type_key(key)

            self._load(page_code(one.number, 1), 0, then)

        def wrong() -> None:
            if self.machine.page is not None:
                self.type_key("Esc")
            self.desk.name.setText(self.sitting.volunteer or "Anne Roy")
            self.desk.code.setText("4127A-1")
            QTimer.singleShot(0, self, lambda: self._load("4127A-1", 0, None))

        return [
            ("page", lambda: show(started, ())),
            ("page-end", lambda: show(started, ("End",))),
            ("wrong-code", wrong),
        ]
