"""What is done with a proposal: cut, edited, taken back, evened out, made. Every step off the GUI thread.

The desk changes on the one writer thread only, so that two keys pressed quickly are two edits one after the other; the
screen shows what comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import counted, say_error
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs.screen import TurfsScreen
from canvass_app.desktop.screens.turfs.words import doors_words
from canvass_app.desktop.tasks import LongTask
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.errors import Cancelled, CanvassError

if TYPE_CHECKING:
    from canvass_app.desktop.screens.turfs.studio_panel import CutAsk
    from canvass_app.desktop.screens.turfs.studio_state import Work
    from canvass_app.services.draft_cutting import Accepted, Proposal, TakenBack
    from canvass_app.services.drafts import Desk
    from canvass_app.turf.draft import Draft
    from canvass_app.turf.draft_edits import Change

Places = NDArray[np.int64]


class Outcome(NamedTuple):
    """What came of a step: the desk as it is, and the change that waits for an answer or that moved nothing."""

    desk: Desk | None
    change: Change | None = None


class StudioEdits(TurfsScreen):
    """The verbs of the studio; `TurfStudio` shows what they did."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._desk: Desk | None = None
        self._held: Desk | None = None
        """As the writer thread left it; the screen's is `_desk`."""
        self._number: int | None = None
        self._picked: Places = np.zeros(0, np.int64)
        """Chosen doors, by their places in the draft."""
        self._work: dict[int, Work] = {}
        self._question: Change | None = None
        self._asked: Callable[[], str] | None = None
        self._long: LongTask | None = None
        self._meeting: tuple[tuple[int, int], ...] = ()
        super().__init__(context, parent)
        context.tasks.long_ended.connect(self._see_end)

    # what the other half does

    def show_desk(self, desk: Desk | None) -> None:
        """Show a desk; None closes the studio."""
        raise NotImplementedError

    def show_question(self, change: Change | None) -> None:
        """Ask what is to become of a turf that would break."""
        raise NotImplementedError

    def show_long(self, under_way: bool) -> None:
        """Long work began or ended."""
        raise NotImplementedError

    # cutting

    def cut(self, ask: CutAsk, door_ids: list[bytes] | None) -> None:
        """Propose turfs; the proposal becomes the draft."""
        riding, book, language = self._riding, self.context.book, self.context.language
        if riding is None or self._long is not None:
            return
        meeting = self._meeting

        def work(report: Any, cancelled: Any) -> Proposal:
            proposal: Proposal = _cutting().propose(
                book, riding, ask.by, ask.amount, seed=ask.seed, meeting=meeting, door_ids=door_ids,
                buildings=ask.buildings, major_streets=ask.major_streets, language=language, report=report,
                cancelled=cancelled,
            )  # fmt: skip
            self._held = proposal.desk
            return proposal

        def done(proposal: Proposal) -> None:
            self._end_long()
            self._number, self._picked = None, np.zeros(0, np.int64)
            self._work = _state().routed(proposal.desk, proposal.routes)
            self.show_desk(proposal.desk)
            words = counted(
                len(proposal.desk.draft.turfs), self.tr("%1 turf is proposed. Nothing is made yet."),
                self.tr("%1 turfs are proposed. Nothing is made yet."), format_number,
            )  # fmt: skip
            self.context.say(words)

        self._begin_long(self.tr("Cutting turfs"), work, done)

    def balance(self) -> None:
        """Even out every turf that is not locked."""
        book = self.context.book
        self._recut(
            self.tr("Evening out the turfs"),
            lambda desk, report, cancelled: _cutting().rebalance(
                book, desk, report=report, cancelled=cancelled
            ),
            lambda: self.tr("The turfs are evened out."),
        )

    def one_fewer(self) -> None:
        """Cut what is neither locked nor walked for one volunteer fewer."""
        book, language = self.context.book, self.context.language
        self._recut(
            self.tr("Cutting for one fewer"),
            lambda desk, report, cancelled: _cutting().recut(
                book, desk, language=language, report=report, cancelled=cancelled
            ),
            lambda: self.tr("There is one turf fewer."),
        )

    def _recut(self, title: str, plan: Callable[[Desk, Any, Any], Change], said: Callable[[], str]) -> None:
        if self._held is None or self._long is not None:
            return
        book = self.context.book

        def work(report: Any, cancelled: Any) -> Outcome:
            desk = self._held
            assert desk is not None
            change = plan(desk, report, cancelled)
            if cancelled():
                raise Cancelled
            if change:
                self._held = desk = _drafts().keep(book, desk, change.edit)
            return Outcome(desk, change)

        def done(outcome: Outcome) -> None:
            self._end_long()
            self._take(outcome, said)

        self._begin_long(title, work, done)

    def _begin_long(self, title: str, work: Callable[[Any, Any], Any], done: Callable[[Any], None]) -> None:
        def failed(error: CanvassError) -> None:
            self._end_long()
            if isinstance(error, Cancelled):
                self.context.say(self.tr("Stopped. Everything is as it was."))
            else:
                self.show_trouble(error)

        self._long = self.context.tasks.long(title, work, done, failed, owner=self)
        self.show_long(True)

    def _see_end(self, task: LongTask) -> None:
        """However it ended, also by a fault of the program's: the studio is free again."""
        if task is self._long:
            self._end_long()

    def _end_long(self) -> None:
        self._long = None
        self.show_long(False)

    def show_trouble(self, error: CanvassError) -> None:
        """Say a known trouble."""
        self.context.say(say_error(error), tone="warn")

    # edits

    def edit(self, plan: Callable[[Draft], Change], said: Callable[[], str]) -> None:
        """Make an edit and keep it, unless it would break a turf: then ask first."""
        book = self.context.book
        self.show_question(None)

        def work() -> Outcome:
            desk = self._held
            if desk is None:
                return Outcome(None)
            change = plan(desk.draft)
            if change and not change.breaks:
                self._held = desk = _drafts().keep(book, desk, change.edit)
            return Outcome(desk, change)

        self.context.tasks.write(work, lambda outcome: self._take(outcome, said), owner=self)

    def answer(self, how: str) -> None:
        """What becomes of a turf that would break: "mend", "anyway", "leave"."""
        change, said, book = self._question, self._asked, self.context.book
        self.show_question(None)
        edit = (
            change.mended
            if change is not None and how == "mend"
            else change.edit
            if change is not None
            else None
        )
        if how == "leave" or edit is None or change is None or said is None:
            return

        def work() -> Outcome:
            assert self._held is not None
            self._held = _drafts().keep(book, self._held, edit)
            return Outcome(self._held, change._replace(edit=edit, breaks=()))

        self.context.tasks.write(work, lambda outcome: self._take(outcome, said), owner=self)

    def step(self, back: bool) -> None:
        """Take the last edit back, or make it again."""
        book = self.context.book
        self.show_question(None)

        def work() -> Outcome:
            if self._held is not None:
                self._held = (_drafts().undo if back else _drafts().redo)(book, self._held)
            return Outcome(self._held)

        self.context.tasks.write(work, lambda outcome: self._take(outcome, lambda: ""), owner=self)

    def _take(self, outcome: Outcome, said: Callable[[], str]) -> None:
        desk, change = outcome
        if desk is None or self._held is None:
            return
        if change is not None and change.breaks and desk is self._desk:
            self._question, self._asked = change, said
            self.show_question(change)
            return
        if change is not None and not change:
            words = self.tr("Nothing was changed.")
            if change.kept:
                words = self.tr("Nothing was changed: the turf is locked.")
            self.context.say(words, tone="warn")
            return
        self._picked = np.zeros(0, np.int64)
        self.show_desk(desk)
        # Ctrl+Z is the studio's now, not the bottom line's.
        self.context.overtake()
        words = said()
        if words and change is not None and change.kept:
            stay = self.tr("%1 stay in a locked turf.").replace("%1", doors_words(change.kept))
            words = f"{words} {stay}"
        if words:
            self.context.say(words, lambda: self.step(back=True))

    # the end

    def accept(self) -> None:
        """Make the proposed turfs, all at once."""
        book, author = self.context.book, self.context.author
        before = self._desk
        if self._held is None or self._long is not None:
            return
        known = {number: one.routed for number, one in self._work.items() if one.routed is not None}

        def work(report: Any, cancelled: Any) -> Accepted:
            desk = self._held
            assert desk is not None
            accepted: Accepted = _cutting().accept(
                book, desk, known, author=author, report=report, cancelled=cancelled
            )
            self._held = None
            return accepted

        def done(accepted: Accepted) -> None:
            self._end_long()
            self.show_desk(None)
            words = counted(
                accepted.turfs, self.tr("%1 turf is made."), self.tr("%1 turfs are made."), format_number
            )
            if accepted.kept_out:
                out = counted(
                    accepted.kept_out, self.tr("%1 door stays where it was."),
                    self.tr("%1 doors stay where they were."), format_number,
                )  # fmt: skip
                words = f"{words} {out}"
            made = set(accepted.changes.turfs)

            def again() -> TakenBack:
                taken: TakenBack = _cutting().take_back(book, before, made, author=author)
                self._held = taken.desk
                return taken

            def back() -> None:
                self.context.tasks.write(again, lambda taken: self.show_desk(taken.desk), owner=self)

            self.context.say(words, back if before is not None else None)

        self._begin_long(self.tr("Making turfs"), work, done)

    def throw_away(self) -> None:
        """The proposal goes; what it was can be brought back until something else is done."""
        desk, book, riding = self._desk, self.context.book, self._riding
        if desk is None or riding is None or self._long is not None:
            return

        def work() -> None:
            _drafts().throw_away(book, riding)
            self._held = None

        def again() -> Outcome:
            self._held = _drafts().bring_back(book, desk)
            return Outcome(self._held)

        def back() -> None:
            self.context.tasks.write(again, lambda outcome: self.show_desk(outcome.desk), owner=self)

        def done(_: None) -> None:
            self.show_desk(None)
            self.context.say(self.tr("The proposal is thrown away. No turf was made."), back)

        self.context.tasks.write(work, done, owner=self)


# Imported when somebody cuts: this screen is the first to be shown.


def _drafts() -> ModuleType:
    from canvass_app.services import drafts

    return drafts


def _cutting() -> ModuleType:
    from canvass_app.services import draft_cutting

    return draft_cutting


def _state() -> ModuleType:
    from canvass_app.desktop.screens.turfs import studio_state

    return studio_state
