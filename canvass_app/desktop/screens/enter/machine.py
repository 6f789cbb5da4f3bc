"""What every key does while a page is typed in. Plain Python: no Qt, no database, no words.

Keys come in by name ("n", "2", "Shift+L", "Enter", "Up" ...) and wait in a queue. The machine takes one after the
other and hands out an `Order` for whatever needs the world outside: a result to be saved, a page to be opened, a
question to be asked. While an order is out no further key is taken, so typing may be faster than the disk: a line is
left only when its result is durable. The keys themselves are decided in docs/decisions/0012-entry-keys.md.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from canvass_app.desktop.screens.enter.answers import AnswerKey, Answers, answer_keys, toggled
from canvass_app.desktop.screens.enter.orders import (
    RESULT_KEYS,
    SKIP_KEYS,
    SUPPORT_KEYS,
    UNDO_KEYS,
    Amend,
    Ask,
    Close,
    Mode,
    Notice,
    Order,
    Question,
    Save,
    Step,
    TakeBack,
    Turn,
)
from canvass_app.desktop.screens.enter.page_state import PageInHand
from canvass_app.domain.support import SECOND_CHOICE_LEVELS
from canvass_app.domain.walk_list import SheetLine
from canvass_app.services.entry import EntryPage, Mark, Recorded, SavedMark


@dataclass(slots=True)
class Machine(PageInHand):
    """One sitting at the keyboard: the page in hand, the cursor, the queue of keys, the way back."""

    letters: frozenset[str] = frozenset()
    mode: Mode = "lines"
    more: bool = False
    order: Order | None = None
    trouble: bool = False
    notice: Notice = field(default_factory=Notice)
    history: list[Step] = field(default_factory=list[Step])
    answers_line: int = 0
    draft: Answers = field(default_factory=dict[str, tuple[str, ...]])
    options: tuple[AnswerKey, ...] = ()
    _keys: deque[str] = field(default_factory=deque[str])
    _moved_door: int = 0

    def person_door(self) -> SheetLine | None:
        """The line at whose door a new person is added: the one just marked "moved", else the current one."""
        rows = self.rows
        if self._moved_door:
            return next((row for row in rows if row.line == self._moved_door), None)
        return self.current or (rows[-1] if rows else None)

    @property
    def waiting(self) -> int:
        """Keys typed and not yet taken."""
        return len(self._keys)

    # the world outside

    def open(self, page: EntryPage, line: int = 0) -> None:
        """Take a page in hand: at `line`, else at its first line without a result."""
        undone = isinstance(self.order, Turn) and self.order.undone
        self.page = page
        self.marks = {one.line.line: one.saved for one in page.lines if one.saved}
        self.mode, self.trouble, self.order, self._moved_door = "lines", False, None, 0
        self.skipped = set()
        self.options = answer_keys(page.document.script)
        self.at = 0
        if line:
            self.to_line(line)
        else:
            self.to_next(-1)
        self.notice = Notice("taken_back", line) if undone else Notice()

    def refresh(self, marks: dict[int, SavedMark]) -> None:
        """Results that came in from elsewhere."""
        self.marks = dict(marks)

    def press(self, key: str) -> Order | None:
        """A key was typed: the order it leads to, or None when nothing is needed (or it has to wait)."""
        if self.trouble:
            return self._press_in_trouble(key)
        self._keys.append(key)
        return self.pump()

    def pump(self) -> Order | None:
        """Take waiting keys until one needs the world outside."""
        while self._keys and self.order is None and not self.trouble and self.page is not None:
            order = self._take(self._keys.popleft())
            if order is not None:
                self.order = order
                return order
        return None

    def take_keys(self) -> list[str]:
        """The keys that wait, which now go somewhere else (into the field of a question)."""
        keys = list(self._keys)
        self._keys.clear()
        return keys

    def saved(self, recorded: Recorded) -> None:
        """The save or second choice that was ordered is durable."""
        order, self.order = self.order, None
        assert isinstance(order, Save | Amend)
        self._put(recorded)
        if isinstance(order, Amend):
            self.notice = Notice("second", order.line)
            return
        assert self.page is not None
        self.history.append(Step(self.page.number, self.page.page, order.line, recorded.token))
        self._moved_door = order.line if order.mark.code == "moved" else 0
        if order.amends:
            self.notice = Notice("answers_kept", order.line)
            return
        self.notice = self._saved_notice(order, recorded)
        self._leave(order)

    def taken_back(self, recorded: Recorded) -> Order | None:
        """The latest result was taken back. The order is to open its page, when it stood on another."""
        order, self.order = self.order, None
        assert isinstance(order, TakeBack)
        assert self.page is not None
        step = self.history.pop()
        self._moved_door = 0
        if (step.number, step.page) != (self.page.number, self.page.page):
            self.order = Turn(step.number, step.page, step.line, undone=True)
            return self.order
        self._put(recorded)
        self.skipped.discard(step.line)
        self.to_line(step.line)
        self.notice = Notice("taken_back", step.line)
        return None

    def failed(self) -> None:
        """The order could not be carried out. It and every key typed since are kept."""
        self.trouble = True

    def asked(self) -> None:
        """The question was answered or put away."""
        self.order = None

    def go_to(self, line: int) -> bool:
        """Go to a line by its number, on this page or another (the order says which). False when there is none."""
        assert self.page is not None
        self.order = None
        for sheet in self.page.document.pages:
            if any(one.line == line for one in sheet.lines):
                if sheet.page == self.page.page:
                    self.to_line(line)
                    self.notice = Notice()
                else:
                    self.order = Turn(self.page.number, sheet.page, line)
                return True
        self.notice = Notice("no_line", line)
        return False

    def find(self, text: str) -> bool:
        """Go to the next line with that name or number. False when the page has none."""
        self.order = None
        row = self.find_line(text)
        if row is None:
            self.notice = Notice("not_found", detail=text.strip())
            return False
        self.notice = Notice("barred", row.line) if row.barred else Notice()
        return True

    def answer_words(self, option: AnswerKey, words: str) -> None:
        """An answer in words (or a number) for the conversation whose answers are open."""
        self.order = None
        tidy = tuple(words.split())
        self.draft = {**self.draft, option.question: tidy}

    def person_was_added(self, name: str) -> None:
        """Somebody was added at a door."""
        self.order = None
        self._moved_door = 0
        self.notice = Notice("person_added", detail=name)

    def forget(self) -> None:
        """The shift was closed: its results can no longer be taken back from here."""
        self.history.clear()

    # keys

    def _press_in_trouble(self, key: str) -> Order | None:
        if key == "Enter":
            self.trouble = False
            return self.order
        if key == "Esc":
            self.trouble, self.order = False, None
            self._keys.clear()
            self.notice = Notice()
        return None

    def _take(self, key: str) -> Order | None:
        if self.mode == "answers":
            return self._take_answer(key)
        if key in UNDO_KEYS:
            if not self.history:
                self.notice = Notice("nothing_to_undo")
                return None
            return TakeBack(self.history[-1])
        if key == "Enter" and self.at_end:
            return self._leave_page()
        simple = self._simple(key)
        if simple is not False:
            return simple
        row = self.current
        if key in SUPPORT_KEYS or key in RESULT_KEYS or key == "a":
            if row is None:
                self.notice = Notice("at_end")
            elif row.barred:
                self.notice = Notice("barred", row.line)
            elif key == "a":
                self._open_answers(row.line)
            elif key in SUPPORT_KEYS:
                return Save(row.line, Mark(support=SUPPORT_KEYS[key]))
            else:
                return Save(row.line, Mark(code=RESULT_KEYS[key]))
            return None
        self.notice = Notice("unknown", detail=key)
        return None

    def _simple(self, key: str) -> Order | Literal[False] | None:
        """Keys that record nothing by themselves. False: it is none of them."""
        assert self.page is not None
        if key in SKIP_KEYS:
            self._skip()
        elif key in ("Up", "Down"):
            self._move(-1 if key == "Up" else 1)
        elif key in ("Home", "End"):
            self.at = -1 if key == "Home" else len(self.rows)
            self.notice = Notice()
            if key == "Home":
                self._move(1)
        elif key in ("PageUp", "PageDown"):
            wanted = self.page.page + (1 if key == "PageDown" else -1)
            return Turn(self.page.number, wanted) if 1 <= wanted <= self.page.pages else None
        elif key.startswith("Shift+"):
            return self._second_choice(key[6:])
        elif key == ",":
            self._open_last_answers()
        elif key in ("+", "g", "/"):
            what: dict[str, Question] = {"+": "person", "g": "line", "/": "find"}
            return Ask(what[key])
        elif key == "?":
            self.more = not self.more
        elif key == "Esc":
            return Close()
        else:
            return False
        return None

    def _second_choice(self, letter: str) -> Order | None:
        """A capital letter completes the support level that was saved last ("2", then "L": 2L)."""
        last = self.history[-1] if self.history else None
        here = self.page.number if self.page else 0
        mark = self.marks.get(last.line) if last and last.number == here else None
        if mark is None or mark.support not in SECOND_CHOICE_LEVELS or letter not in self.letters:
            self.notice = Notice("no_second", detail=letter)
            return None
        assert last is not None
        return Amend(last.line, letter)

    def _leave_page(self) -> Order:
        assert self.page is not None
        if self.page.page < self.page.pages:
            return Turn(self.page.number, self.page.page + 1)
        return Close(finished=True)

    # answers

    def _open_last_answers(self) -> None:
        row = self.current
        lines = [row.line] if row else []
        here = {one.line for one in self.rows}
        number = self.page.number if self.page else 0
        lines += [s.line for s in reversed(self.history) if s.number == number and s.line in here]
        for line in lines:
            mark = self.marks.get(line)
            if mark is not None and mark.mine and mark.code == "canvassed":
                self._open_answers(line)
                return
        self.notice = Notice("no_answers")

    def _open_answers(self, line: int) -> None:
        if not self.options:
            self.notice = Notice("no_answers")
            return
        mark = self.marks.get(line)
        talked = mark is not None and mark.code == "canvassed"
        self.mode, self.answers_line = "answers", line
        self.draft = dict(mark.answers) if mark is not None and talked else {}
        self.notice = Notice()

    def _take_answer(self, key: str) -> Order | None:
        if key in (",", *SKIP_KEYS):
            return self._keep_answers()
        if key == "Esc":
            self.mode = "lines"
            self.notice = Notice("answers_dropped", self.answers_line)
            return None
        option = next((one for one in self.options if one.key == key), None)
        if option is None:
            self.notice = Notice("unknown", detail=key)
        elif option.in_words:
            return Ask("text", option)
        else:
            self.draft = toggled(self.draft, option)
        return None

    def _keep_answers(self) -> Order | None:
        self.mode = "lines"
        mark, line = self.marks.get(self.answers_line), self.answers_line
        told = {question: answers for question, answers in self.draft.items() if answers}
        if mark is not None and mark.code == "canvassed":
            if told == {q: a for q, a in mark.answers.items() if a}:
                return None
            return Save(line, Mark(support=mark.support, second=mark.second, answers=told), amends=True)
        return Save(line, Mark(answers=told)) if told else None

    # moving

    def _leave(self, order: Save) -> None:
        # A result of the door marked its whole household, so the next open line is at the next door.
        index = next(i for i, row in enumerate(self.rows) if row.line == order.line)
        self.to_next(index)

    def _move(self, by: int) -> None:
        self.step_by(by)
        self.notice = Notice()

    def _skip(self) -> None:
        row = self.current
        self.notice = Notice()
        if row is not None:
            self.skipped.add(row.line)
            self.to_next(self.at)

    # marks

    def _put(self, recorded: Recorded) -> None:
        for line, mark in recorded.saved:
            if mark is None:
                self.marks.pop(line, None)
            else:
                self.marks[line] = mark

    def _saved_notice(self, order: Save, recorded: Recorded) -> Notice:
        if order.mark.code == "moved":
            return Notice("moved", order.line)
        marked = sum(1 for _, mark in recorded.saved if mark is not None and mark.token == recorded.token)
        return Notice("household" if marked > 1 else "saved", order.line, str(marked))
