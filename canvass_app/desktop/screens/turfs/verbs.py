"""What is done with doors and turfs: proposed, made, renamed, given to somebody, printed, retired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import say_error
from canvass_app.desktop.map import WalkLayer
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.turfs.layout import TurfsLayout
from canvass_app.desktop.screens.turfs.map_state import Ground
from canvass_app.desktop.screens.turfs.words import doors_words
from canvass_app.domain.errors import CanvassError, GivenAlready
from canvass_app.services.turf_rows import TurfSummary, canvasser_names
from canvass_app.storage.changes import ChangeSet

if TYPE_CHECKING:
    from canvass_app.services.bars import Barred, Target
    from canvass_app.services.turfs import TurfMade, TurfProposal
    from canvass_app.services.walk_lists import Issued
    from canvass_app.services.walks import WalkLine


class TurfVerbs(Screen):
    """The verbs of the screen, each with its Undo; `TurfsScreen` shows what they did."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.choose_file: Callable[[QWidget, int, str], Path | None] = _ask_for_pdf
        self.show_folder: Callable[[Path], None] = _open_folder
        self._ground: Ground | None = None
        self._riding: int | None = None
        self._loading = False
        self._chosen: NDArray[np.int64] = np.zeros(0, np.int64)
        self._turf: bytes | None = None
        self._wanted_turf: bytes | None = None
        self._wanted_door: bytes | None = None
        self._fresh: bytes | None = None
        self._filling = False
        self.view = TurfsLayout(context.preferences.paper, context.preferences.language, self)
        self.map, self.table, self.tools = self.view.map, self.view.table, self.view.tools

    def _propose(self) -> None:
        ground, book = self._ground, self.context.book
        assert ground is not None
        doors, riding, language = ground.ids_at(self._chosen), ground.data.riding_id, self.context.language

        def work() -> tuple[TurfProposal, str, WalkLine]:
            from canvass_app.services.walks import turf_line

            proposal = _verbs().propose_turf(book, riding, doors)
            name = _verbs().next_turf_name(book, riding, language)
            return proposal, name, turf_line(book, riding, proposal.door_ids)

        def done(found: tuple[TurfProposal, str, WalkLine]) -> None:
            if len(self._chosen):
                proposal, name, line = found
                self.view.chosen.show_proposal(proposal, name)
                self.map.set_walks((WalkLayer(line.stops, path=line.path),))

        def failed(error: CanvassError) -> None:
            self.map.set_walks(())
            self.view.chosen.show_trouble(say_error(error))

        self.context.tasks.read(work, done, failed, key="turfs.proposal", owner=self)

    def choose(self, doors: Sequence[bytes]) -> int:
        """Take these doors in hand, as a lasso would; how many of them have a place on the map."""
        ground = self._ground
        places = sorted(ground.place[door] for door in doors if door in ground.place) if ground else []
        if places:
            self.tools.clear_filter()
            self.map.select(places, tell=True)
            self.map.fit_to(places)
        return len(places)

    def make(self, name: str) -> None:
        """Make a turf of the doors chosen; it is selected, and Undo retires it."""
        ground, book, author = self._ground, self.context.book, self.context.author
        if ground is None or not len(self._chosen):
            return
        riding, doors = ground.data.riding_id, ground.ids_at(self._chosen)

        def done(made: TurfMade) -> None:
            self._chosen = np.zeros(0, np.int64)
            self._wanted_turf = self._fresh = made.turf_id
            self.view.chosen.forget_name()
            tidy = " ".join(name.split())
            words = self.tr("%1 is made.").replace("%1", tidy)
            self.context.say(words, lambda: self._retire(made.turf_id, riding))

        def failed(error: CanvassError) -> None:
            self.view.chosen.show_trouble(say_error(error))

        self.context.tasks.write(
            lambda: _verbs().make_turf(book, riding, name, doors, author=author), done, failed, owner=self
        )

    def _rename(self, name: str) -> None:
        self._write_turf(
            lambda book, riding, turf, author: _verbs().rename_turf(book, riding, turf, name, author=author)
        )

    def _assign(self, who: str) -> None:
        turf = self._summary()
        self._write_turf(
            lambda book, riding, turf, author: _verbs().assign_turf(book, riding, turf, who, author=author)
        )
        if turf is not None:
            words = self.tr("%1 is for %2.") if who else self.tr("%1 is nobody’s for now.")
            before = turf.assigned

            def undo() -> None:
                book, author, riding = self.context.book, self.context.author, self._riding
                if riding is not None:
                    self.context.tasks.write(
                        lambda: _verbs().assign_turf(book, riding, turf.turf_id, before, author=author)
                    )

            self.context.say(words.replace("%1", turf.name).replace("%2", who), undo)

    def _write_turf(self, verb: Callable[[Any, int, bytes, str], ChangeSet]) -> None:
        book, author, turf, riding = self.context.book, self.context.author, self._turf, self._riding
        if turf is not None and riding is not None:
            self.context.tasks.write(lambda: verb(book, riding, turf, author))

    def retire(self) -> None:
        """Take the selected turf out of use; Undo brings it back."""
        turf, riding = self._summary(), self._riding
        if turf is None or riding is None:
            return
        self._retire(turf.turf_id, riding)
        words = self.tr("%1 is retired. Free again: %2.").replace("%1", turf.name)

        def back() -> None:
            book, author = self.context.book, self.context.author
            self._wanted_turf = turf.turf_id
            self.context.tasks.write(
                lambda: _verbs().retire_turf(book, riding, turf.turf_id, False, author=author)
            )

        self.context.say(words.replace("%2", doors_words(turf.doors)), back)

    def _retire(self, turf_id: bytes, riding: int) -> None:
        book, author = self.context.book, self.context.author
        self.context.tasks.write(lambda: _verbs().retire_turf(book, riding, turf_id, author=author))

    def print_list(self) -> None:
        """Issue the selected turf as a walk list, then save its pages where the person says. Where its doors are in somebody's
        hand already, the panel says in whose."""
        self._print()

    def print_anyway(self) -> None:
        """The same, though its doors are on a list that is out; the new list's history says so."""
        self._print(anyway=True)

    def _print(self, *, anyway: bool = False) -> None:
        turf, riding = self._summary(), self._riding
        if turf is None or riding is None:
            return
        book, author = self.context.book, self.context.author
        chosen = self.view.turf.paper
        paper, language = chosen.paper, chosen.language
        who = " ".join(self.view.turf.who.text().split())

        def failed(error: CanvassError) -> None:
            if isinstance(error, GivenAlready):
                self.view.turf.given.show_given(error)
            else:
                self.context.error(error)

        def issued(done: Issued) -> None:
            self.view.turf.given.show_given(None)
            number = done.document.number
            out = self.choose_file(self, number, turf.name)
            if out is None:
                words = self.tr("The list is issued and not printed yet. Its pages are under Lists.")
                self.context.say(words, tone="warn")
                return
            _paper().save_pdf(
                self.context, lambda: done.document, out, paper, language, self.show_folder, self
            )

        self.context.tasks.write(
            lambda: _lists().issue_walk_list(
                book, riding, turf.turf_id, language=language, canvasser=who, author=author, anyway=anyway
            ),
            issued,
            failed,
            owner=self,
        )

    def bar(self, target: Target, one: bytes, name: str) -> None:
        """Do not contact a door, a person, or the number that a person has; Undo lifts it again."""
        riding, book, author = self._riding, self.context.book, self.context.author
        if riding is None:
            return
        slip = self.tr("a slip, taken back at once")

        def done(made: Barred) -> None:
            def back() -> None:
                self.context.tasks.write(
                    lambda: _bars().lift_bar(book, riding, target, made.subject, author=author, reason=slip)
                )

            words = {
                "door": self.tr("%1 is not knocked any more."),
                "person": self.tr("%1 is not contacted any more."),
                "number": self.tr("The number of %1 is not called any more."),
            }[target]
            self.context.say(words.replace("%1", name), back)

        self.context.tasks.write(
            lambda: _bars().bar_shown(book, riding, target, one, author=author), done, owner=self
        )

    def _read_names(self) -> None:
        book = self.context.book
        self.context.tasks.read(
            lambda: canvasser_names(book), self.view.show_names, key="turfs.names", owner=self
        )

    def _summary(self) -> TurfSummary | None:
        turfs = self._ground.turfs if self._ground else []
        return next((turf for turf in turfs if turf.turf_id == self._turf), None)


# What is only needed once somebody acts is imported then: this screen is the first to be shown.


def _verbs() -> ModuleType:
    from canvass_app.services import turfs

    return turfs


def _bars() -> ModuleType:
    from canvass_app.services import bars

    return bars


def _lists() -> ModuleType:
    from canvass_app.services import walk_lists

    return walk_lists


def _paper() -> ModuleType:
    from canvass_app.desktop.screens.lists import paper

    return paper


def _ask_for_pdf(parent: QWidget, number: int, name: str) -> Path | None:
    return _paper().ask_for_pdf(parent, number, name)


def _open_folder(folder: Path) -> None:
    _paper().open_folder(folder)
