"""Enter results: what the shell asks, the words of the desk, and the end of a page and of a shift."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import counted, say_error
from canvass_app.desktop.screens.base import AppContext, Command
from canvass_app.desktop.screens.enter.flow import EntryFlow
from canvass_app.desktop.screens.enter.orders import Close
from canvass_app.desktop.screens.enter.sitting import Farewell
from canvass_app.desktop.screens.enter.words import all_keys
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.numbers import list_code, page_code
from canvass_app.services.walk_lists import ListSummary, list_walk_lists, mark_returned
from canvass_app.storage.changes import ChangeSet


class EnterScreen(EntryFlow):
    """Types a page in, exactly as it was printed."""

    place = "enter"
    shortcut = 4

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
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
        self.context.tasks.read(
            lambda: list_walk_lists(book, riding), self._show_lists, key="enter.lists", owner=self
        )
        self.read_members()
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

    def history_subject(self) -> tuple[str, bytes] | None:
        """The person of the current line, else its door."""
        row = self.machine.current if self.machine.page is not None else None
        if row is None:
            return None
        return ("person", row.person_id) if row.person_id else ("door", row.door_id)

    def step_back(self) -> bool:
        """Esc: the question, the answers, the page."""
        if self.page.prompt.asking is not None:
            self._put_away()
            return True
        if self.machine.page is None and self.desk.pin.asking:
            self.put_pin_away()
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
        self.forget_who()

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
                gone.unsent,
                self.tr("%1 only on this laptop"),
                self.tr("%1 only on this laptop", "several"),
                format_number,
            )
        words = self.tr("Shift of %1 closed: %2, %3.")
        return words.replace("%1", gone.volunteer).replace("%2", saved).replace("%3", rest)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._empty.set_texts(
            self.tr("No results to enter yet"),
            self.tr(
                "Results are typed from printed walk lists. First import the addresses of a riding, then make a turf."
            ),
            self.tr("Import addresses"),
        )
        self.desk.retranslate()
        self.page.retranslate()
        self._space()
        self._show()

    def _space(self) -> None:
        edge = tokens().px(24 if self.width() >= tokens().px(800) else 16)
        self._column.setContentsMargins(edge, edge - tokens().px(4), edge, edge // 2)

    def resizeEvent(self, event: object) -> None:
        """Smaller margins in a small window."""
        self._space()

    # pictures

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """A wrong code, the end of a page, and a page half-way."""

        def show(wanted: Callable[[ListSummary], bool], keys: str) -> None:
            one = next((one for one in self._lists if wanted(one)), None)
            if one is None:
                return
            self.sitting.volunteer = self.sitting.volunteer or "Anne Roy"

            def then() -> None:
                for key in keys.split():
                    self.type_key(key)

            self._load(page_code(one.number, 1), 0, then)

        def wrong() -> None:
            self.desk.name.setText(self.sitting.volunteer or "Anne Roy")
            self.desk.code.setText("4127A-1")
            QTimer.singleShot(0, self, lambda: self._load("4127A-1", 0, None))

        return [
            ("wrong-code", wrong),
            ("page-end", lambda: show(lambda one: 0 < one.results < one.lines, "End")),
            ("page", lambda: show(lambda one: not one.results, "n n r 1 Enter n 2 Enter")),
        ]
