"""One sitting: carries out the machine's orders in the book. Plain Python; its verbs run on the writer thread."""

from __future__ import annotations

from dataclasses import dataclass

from canvass_app.desktop.screens.enter.orders import Amend, Save, TakeBack
from canvass_app.domain.walk_list import SheetLine
from canvass_app.services.book import Book
from canvass_app.services.entry import (
    Recorded,
    Shift,
    add_person,
    amend_second_choice,
    close_shift,
    open_shift,
    record,
    results_of_shift,
    undo,
    unsent_of_shift,
)
from canvass_app.storage.changes import ChangeSet


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an order did, with the opening of the shift where it opened one."""

    recorded: Recorded
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Farewell:
    """A closed shift: how many results it saved, and how many headquarters does not have yet."""

    volunteer: str
    results: int
    unsent: int
    changes: ChangeSet


@dataclass(slots=True)
class Sitting:
    """Who types, and the shift, which opens with the first result."""

    book: Book
    volunteer: str = ""
    shift: Shift | None = None

    def _open(self, riding_id: int, number: int, changes: ChangeSet) -> Shift:
        if self.shift is None or self.shift.riding_id != riding_id:
            if self.shift is not None:
                changes.add(close_shift(self.book, self.shift))
            self.shift = open_shift(self.book, self.volunteer, riding_id, number)
            changes.add(self.shift.changes)
        return self.shift

    def save(self, riding_id: int, number: int, order: Save | Amend) -> Outcome:
        """Record a line's result or its second choice. Raises what `record` raises."""
        changes = ChangeSet()
        shift = self._open(riding_id, number, changes)
        if isinstance(order, Save):
            recorded = record(self.book, shift, number, order.line, order.mark)
        else:
            recorded = amend_second_choice(self.book, shift, number, order.line, order.letter)
        changes.add(recorded.changes)
        return Outcome(recorded, changes)

    def take_back(self, riding_id: int, order: TakeBack) -> Outcome:
        """Take a result back; what it replaced stands again."""
        changes = ChangeSet()
        shift = self._open(riding_id, order.step.number, changes)
        recorded = undo(self.book, shift, order.step.token)
        changes.add(recorded.changes)
        return Outcome(recorded, changes)

    def add_person(
        self, riding_id: int, number: int, row: SheetLine, last: str, first: str, asked_again: bool = False
    ) -> ChangeSet:
        """Add somebody at a line's door. Raises InputError without a name."""
        changes = ChangeSet()
        shift = self._open(riding_id, number, changes)
        changes.add(
            add_person(self.book, shift, riding_id, row.door_id, last, first, asked_again=asked_again).changes
        )
        return changes

    def close(self) -> Farewell | None:
        """End the shift; None when none was opened."""
        if self.shift is None:
            return None
        shift, self.shift = self.shift, None
        changes = close_shift(self.book, shift)
        return Farewell(
            shift.volunteer, results_of_shift(self.book, shift), unsent_of_shift(self.book, shift), changes
        )
