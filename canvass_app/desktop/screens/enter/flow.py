"""How a page is opened, typed in and asked about: orders go from the machine to the sitting and back.

The machine decides, the sitting saves, this carries orders between them: a result goes to the writer thread, and the
next key is taken only when it is durable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.enter.machine import Machine
from canvass_app.desktop.screens.enter.opening import Opening
from canvass_app.desktop.screens.enter.orders import Amend, Ask, Close, Order, Save, TakeBack, Turn
from canvass_app.desktop.screens.enter.page_panel import PagePanel
from canvass_app.desktop.screens.enter.sitting import Farewell, Outcome, Sitting
from canvass_app.desktop.widgets import EmptyState
from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import CanvassError, Forgotten
from canvass_app.domain.numbers import list_code, page_code
from canvass_app.services.entry import EntryPage, open_page, saved_of_page
from canvass_app.services.walk_lists import ListSummary
from canvass_app.storage.changes import ChangeSet


class EntryFlow(Opening):
    """The desk, the page, and the way of every key; `EnterScreen` answers the shell and finds the words."""

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
        self._forgotten = ""
        self.page = PagePanel(self.machine)
        self._empty = EmptyState(icon_name="enter")
        self._stack = QStackedWidget()
        for widget in (self.desk, self.page, self._empty):
            self._stack.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._stack)
        for field in self.findChildren(QLineEdit):
            field.textEdited.connect(lambda _: context.somebody_types())
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

    # opening pages

    def open_code(self, text: str) -> None:
        """Open the page whose code was typed; what is wrong is said in place."""
        name = self.typed_name()
        if not name:
            self._stack.setCurrentWidget(self.desk)
            self.desk.code.setText(text)
            self.desk.trouble.setText(
                self.tr("Type your name too, so that everybody knows who entered these results.")
            )
            self.desk.trouble.show()
            self.desk.name.setFocus()
            return
        # What is typed from here on is meant for the page.
        self.desk.setFocus()
        if self.is_known(name):
            self.begin(text, name)
        else:
            self.meet(text, name)

    def begin(self, text: str, name: str) -> None:
        """It is they who type: open the page."""
        self._name(name)
        self._load(text, 0, None)

    def hold(self) -> None:
        """The page waits for a PIN: what was typed ahead for it is dropped."""
        self.machine.take_keys()
        self._stack.setCurrentWidget(self.desk)

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

        self.context.tasks.read(
            lambda: open_page(book, text), done, self._no_page, key="enter.page", owner=self
        )

    def _take_page(self, page: EntryPage, line: int) -> None:
        if self.sitting.shift is not None and self.sitting.shift.riding_id != page.document.riding_id:
            self.end_shift()
        if page.document.riding_id != self.context.riding_id:
            self.context.set_riding(page.document.riding_id)
        self._finished, self._farewell, self._trouble, self._code_trouble = None, None, None, None
        self.desk.show_trouble("")
        self.machine.open(page, line)
        self.page.page_opened()
        self.context.seen.note(
            Access.ENTERED,
            page.document.riding_id,
            people={one.line.person_id for one in page.lines if one.line.person_id},
            what="list",
            numbers=(page.number, page.page),
        )
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
        self.context.somebody_types()
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
            self.context.overtake()
            tasks.write(lambda: sitting.save(riding, number, order), self._saved, self._fail, owner=self)
            self.page.sheet.update()
            return
        if isinstance(order, TakeBack):
            tasks.write(lambda: sitting.take_back(riding, order), self._taken_back, self._fail, owner=self)
            self.page.sheet.update()
            return
        if isinstance(order, Turn):
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
        # What is durable is shown before the next key is taken.
        self._show()
        following = order or self.machine.pump()
        if following is not None:
            self._perform(following)
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
        # Typed twice, the same name of somebody who had asked to be forgotten is what they now ask for themselves.
        asked_again, self._forgotten = self._forgotten == name, ""

        def done(changes: ChangeSet) -> None:
            self._own_changes = changes
            self.page.close_prompt()
            self.machine.person_was_added(name)
            self._go_on(None)

        def failed(error: CanvassError) -> None:
            self._trouble = error
            if isinstance(error, Forgotten):
                self._forgotten = name
                self.page.prompt.again()
            self._show()

        self._trouble = None
        self.context.tasks.write(
            lambda: sitting.add_person(riding, number, row, last, first, asked_again),
            done,
            failed,
            owner=self,
        )

    # what the screen adds

    def end_shift(self) -> None:
        """Close the shift and say what it saved."""

    def _mark_returned(self) -> None:
        """Note that the paper of the list just closed is back."""

    def _close_page(self, order: Close) -> None:
        """Back to the desk."""

    def _show(self) -> None:
        """Show the machine as it is now."""

    def _show_desk(self) -> None:
        """Show the desk as it is now."""
