"""What every screen is, and what the shell gives it.

A screen calls services through `context.tasks`, never on the GUI thread; it shows what they return and says what
happened through `context.say`. The shell makes a screen the first time it is opened and keeps it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.seeing import Seeing
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.widgets.format import use_zone
from canvass_app.domain.errors import CanvassError
from canvass_app.services.holding import only_records
from canvass_app.storage.changes import ChangeSet

if TYPE_CHECKING:
    from canvass_app.desktop.preferences import Preferences
    from canvass_app.services.book import Book

Undo = Callable[[], None]

TYPING_SECONDS = 3.0
"""A pause between two keys of entry that is still typing."""


class Command(NamedTuple):
    """Something find-anything can do: its words (asked anew in each language), its key, and the doing."""

    title: Callable[[], str]
    run: Callable[[], None]
    key: str = ""
    icon: str = "more"


class AppContext(QObject):
    """What screens share: the open book, the threads, the riding and language of the moment, and ways to speak.

    The shell connects to the asking signals (`message`, `trouble`, `place_wanted`); screens call the methods.
    """

    riding_changed = Signal(object)  # int | None
    language_changed = Signal(str)
    changed = Signal(object)  # ChangeSet, after every write and sync
    message = Signal(str, str, object)  # text, tone, undo
    overtaken = Signal()  # something newer was done than what the bottom line offers to take back
    trouble = Signal(object)  # CanvassError
    withdrawn = Signal()  # headquarters wants this laptop to hold nothing more
    place_wanted = Signal(str, object)  # place, argument
    status_wanted = Signal()  # the line about headquarters should be read anew

    def __init__(
        self, book: Book, tasks: Tasks, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.book = book
        self.tasks = tasks
        self.preferences = preferences
        self._riding: int | None = preferences.riding or None
        self._author = book.meta("author")
        self._typed_at = float("-inf")
        self.only_records = only_records(book)
        """Whether this laptop only records results: it offers nothing that prepares (services/holding.py)."""
        self.seen = Seeing(self)
        """Whatever makes people visible says so here."""
        # The campaign's time everywhere, also after its settings came with a sync.
        use_zone(lambda: book.time_zone)
        tasks.changed.connect(self.changed)
        tasks.failed.connect(self.trouble)

    @property
    def riding_id(self) -> int | None:
        """The riding everything on the screen is about; None while there is none on this laptop."""
        return self._riding

    def set_riding(self, riding_id: int | None) -> None:
        """Turn to another riding."""
        if riding_id != self._riding:
            self._riding = riding_id
            self.preferences.riding = riding_id or 0
            self.riding_changed.emit(riding_id)

    @property
    def language(self) -> str:
        """ "en" or "fr": the language of the screen."""
        return self.preferences.language

    @property
    def author(self) -> str:
        """Who sits at this laptop, as they gave their name ("" until then). Kept in the encrypted database only."""
        return self._author

    def set_author(self, name: str) -> None:
        """Remember who sits here."""
        self._author = name
        self.tasks.write(lambda: self.book.set_meta("author", name))

    def somebody_types(self) -> None:
        """A key of entry was pressed: for a moment nothing may come between a key and what it does."""
        self._typed_at = time.monotonic()

    def is_somebody_typing(self) -> bool:
        """Whether somebody typed a moment ago. Any thread."""
        return time.monotonic() - self._typed_at < TYPING_SECONDS

    def say(self, text: str, undo: Undo | None = None, *, tone: str = "good") -> None:
        """Say in the bottom line what happened; with `undo`, offer to take it back (Ctrl+Z)."""
        self.message.emit(text, tone, undo)

    def overtake(self) -> None:
        """A screen with a history of its own writes down something newer: what the bottom line offered to take back is no
        longer the last thing done, and Ctrl+Z belongs to the screen."""
        self.overtaken.emit()

    def error(self, error: CanvassError) -> None:
        """Tell the person a known trouble, in their language, in the bottom line."""
        self.trouble.emit(error)

    def go(self, place: str, argument: Any = None) -> None:
        """Open a place; with an argument, the thing in it (see `Screen.activate`)."""
        self.place_wanted.emit(place, argument)

    def apply(self, changes: ChangeSet) -> None:
        """Broadcast changes made outside `tasks` (it broadcasts its own)."""
        if changes:
            self.changed.emit(changes)


class Screen(QWidget):
    """One place of the application. Subclasses set `place` and answer the questions below.

    The shell calls `refresh` when the screen is first shown, when it is shown again after changes it missed, and when
    the riding changes while it is shown; `on_changes` while it is shown.
    """

    place: ClassVar[str] = ""
    shortcut: ClassVar[int] = 0  # Ctrl+number; 0 for none

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("kind", "page")

    def title(self) -> str:
        """The screen's name in the language of the moment."""
        return self.place

    def refresh(self) -> None:
        """Read everything shown anew (through `context.tasks.read`)."""

    def on_changes(self, changes: ChangeSet) -> None:
        """Something was written while this screen is shown. Refresh only what it touches."""
        if changes.settings or self.context.riding_id in changes.ridings:
            self.refresh()

    def activate(self, argument: Any) -> None:
        """Open a thing in this screen: the argument of `context.go(place, argument)`."""

    def keys(self) -> list[tuple[str, str]]:
        """(key, what it does) of this screen, for F1."""
        return []

    def commands(self) -> list[Command]:
        """What find-anything can do while this screen is shown."""
        return []

    def history_subject(self) -> tuple[str, bytes] | None:
        """Ctrl+H: (kind, id) of what is chosen here, as a history asks for it (services.history.HistoryKind)."""
        return None

    def step_back(self) -> bool:
        """Esc: close what is open in this screen. False when there is nothing left to close."""
        return False

    def undo(self) -> bool:
        """Ctrl+Z where the screen keeps its own history and the bottom line offers nothing newer. False: nothing left."""
        return False

    def can_leave(self) -> bool:
        """False (after saying why) keeps the person here, when something half-typed would be lost."""
        return True

    def is_busy(self) -> bool:
        """Whether the screen waits for an answer (the tour and tests wait until it does not)."""
        return False

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """(name, prepare) of each state worth a picture beyond the first; run in this order, waiting until idle."""
        return []

    def retranslate(self) -> None:
        """Set every text again: called after each switch of language."""

    def changeEvent(self, event: QEvent) -> None:
        """Switch language live."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
