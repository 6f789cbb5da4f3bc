"""Sync by itself: soon after something was saved, and now and then to hear what others did. Never in anyone's way.

One controller serves one `AppContext`: the shell makes it, the screen Sync finds it with `background_of`. Nothing of
the network runs on the GUI or the writer thread, and no two syncs run at once.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, WeakKeyDictionary, ref

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from canvass_app.desktop.screens.base import AppContext
from canvass_app.domain.errors import Cancelled, CanvassError, Refused

if TYPE_CHECKING:
    from canvass_app.services.book import Book
    from canvass_app.services.syncing import SyncReport
    from canvass_app.storage.changes import ChangeSet

AFTER_START_MS = 2_000
AFTER_A_SAVE_MS = 4_000
LIVELY_MS = 30_000
"""Between syncs while something is pending or something moved lately."""
QUIET_MS = 120_000
LONGEST_MS = 300_000
LATELY_MS = 900_000
_LAST = "last_sync"
EVERY = "sync_every_ms"
"""A fact of the book that overrides both waits: the demo sets it, so that its figures are seen to move."""

_of_context: WeakKeyDictionary[AppContext, ReferenceType[BackgroundSync]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class LastMove:
    """The last sync that moved something: when, and how many entries went each way."""

    wall_ms: int
    sent: int
    arrived: int


def wait_ms(failures: int, lively: bool, share: float, every_ms: int = 0) -> int:
    """How long until the next sync by itself.

    After failures in a row the wait doubles from 30 s up to five minutes. `share` (0..1, by chance) spreads it over
    its upper half, so that the laptops of a room that lost its network do not all come back in the same second.
    """
    if not failures:
        return every_ms or (LIVELY_MS if lively else QUIET_MS)
    # Five doublings are past the longest wait; the bound keeps the number small however long the night.
    longest = min(LONGEST_MS, LIVELY_MS << min(failures, 5))
    return round(longest * (0.5 + 0.5 * share))


def last_move(book: Book) -> LastMove | None:
    """What the last sync that moved something moved; None before the first. Any thread."""
    text = book.meta(_LAST)
    if not text:
        return None
    kept = json.loads(text)
    return LastMove(int(kept["ms"]), int(kept["sent"]), int(kept["arrived"]))


class BackgroundSync(QObject):
    """Runs `services.syncing.sync_now` while this laptop is joined, and knows how the last try went."""

    connection = Signal(str)  # "alone", "online", "offline"
    refused = Signal(object)  # CanvassError: said once, then no more tries by itself
    state_changed = Signal()  # a sync began or ended: whoever shows it looks again
    _moved = Signal(object)  # ChangeSet, from the network thread

    def __init__(
        self,
        context: AppContext,
        parent: QObject | None = None,
        *,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._chance = chance
        self._joined = self._stopped = self._refused = False
        self._running = self._by_hand = self._again = False
        self._failures = 0
        self._pending = 0
        self._moved_ms = 0
        self._every_ms = int(context.book.meta(EVERY, "0"))
        self.error: CanvassError | None = None
        self.report: SyncReport | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # What remains is compared with the waits above: Qt's coarse timers round it up by a twentieth.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.run_now)
        self._moved.connect(context.apply)
        _of_context[context] = ref(self)

    # what others may ask

    def is_running(self) -> bool:
        """Whether a sync is under way."""
        return self._running

    def next_in_ms(self) -> int | None:
        """Milliseconds until the next try by itself; None when none is planned."""
        return self._timer.remainingTime() if self._timer.isActive() else None

    def set_joined(self, joined: bool) -> None:
        """Told by whoever read the state: a laptop that is on its own leaves the network alone."""
        if joined and not self._joined:
            self._timer.start(AFTER_START_MS)
        elif not joined and (self._joined or not self._timer.isActive()):
            self._timer.stop()
            self.connection.emit("alone")
        self._joined = joined

    def set_pending(self, pending: int) -> None:
        """Told how many results headquarters does not have: while there are some, it is tried more often."""
        self._pending = pending

    def soon(self) -> None:
        """Something was saved: let it leave in a moment, together with what follows it.

        Saves that follow do not put it off again, or a volunteer who types all evening would never be synced; while
        headquarters cannot be reached it waits for its turn.
        """
        if not self._joined or self._refused or self._failures:
            return
        self._moved_ms = self._context.book.now_ms()
        if self._running:
            self._again = True
        elif not self._timer.isActive() or self._timer.remainingTime() > AFTER_A_SAVE_MS:
            self._timer.start(AFTER_A_SAVE_MS)

    def joined_anew(self) -> None:
        """A code was accepted: whatever was wrong before no longer counts. Syncs at once, in sight."""
        self._refused, self._failures, self.error = False, 0, None
        self._joined = True
        self.run_now(shown=True)

    def run_now(self, *, shown: bool = False) -> None:
        """Sync once, unless one is under way. `shown`: a person asked for it, so its progress and a Cancel are shown."""
        if self._running or self._stopped or not self._joined or (self._refused and not shown):
            return
        self._running, self._by_hand, self._again = True, shown, False
        self._timer.stop()
        title = self.tr("Syncing with headquarters") if shown else ""
        self._context.tasks.long(
            title, self._sync, self._done, self._failed, writes=False, shown=shown, owner=self
        )
        self.state_changed.emit()

    def stop(self) -> None:
        """The window closes: plan nothing more. What is under way is cancelled by the tasks' own end."""
        self._stopped = True
        self._timer.stop()

    # how it is done

    def _sync(self, progress: Any, cancelled: Any) -> SyncReport:
        from canvass_app.services.syncing import sync_now

        book = self._context.book
        report = sync_now(book, progress=progress, cancelled=cancelled, changed=self._tell)
        if report.pushed or report.pulled:
            kept = {"ms": book.now_ms(), "sent": report.pushed, "arrived": report.pulled}
            book.set_meta(_LAST, json.dumps(kept))
        return report

    def _tell(self, changes: ChangeSet) -> None:
        # On the network's thread: the signal carries them over.
        self._moved.emit(changes)

    def _done(self, report: SyncReport) -> None:
        self.report, self.error = report, None
        self._failures, self._refused = 0, False
        if report.pushed or report.pulled:
            self._moved_ms = self._context.book.now_ms()
        for note in report.notes:
            self._context.error(CanvassError(note))
        self.connection.emit("online")
        self._end()

    def _failed(self, error: CanvassError) -> None:
        if isinstance(error, Cancelled):
            # A person stopped it: not a sign of a bad network, but no reason to try again at once either.
            self._end()
            return
        self.error = error
        if isinstance(error, Refused):
            first, self._refused = not self._refused, True
            if first or self._by_hand:
                self.refused.emit(error)
        else:
            self._failures += 1
            self.connection.emit("offline")
            if self._by_hand:
                self._context.error(error)
        self._end()

    def _end(self) -> None:
        self._running = False
        if self._joined and not self._stopped and not self._refused:
            self._timer.start(AFTER_A_SAVE_MS if self._again and not self._failures else self._wait())
        self._again = False
        self._context.status_wanted.emit()
        self.state_changed.emit()

    def _wait(self) -> int:
        lately = self._context.book.now_ms() - self._moved_ms < LATELY_MS
        return wait_ms(self._failures, bool(self._pending) or lately, self._chance(), self._every_ms)


def background_of(context: AppContext) -> BackgroundSync:
    """The one controller of a context, made now when the shell has not made it (in tests, in the tour)."""
    known = _of_context.get(context)
    found = known() if known is not None else None
    return found if found is not None and shiboken6.isValid(found) else BackgroundSync(context, context)
