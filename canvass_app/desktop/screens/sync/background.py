"""Sync by itself: soon after something was saved, and now and then to hear what others did. Never in anyone's way.

One controller serves one `AppContext`: the shell makes it, the screen Sync finds it with `background_of`. Nothing of
the network runs on the GUI or the writer thread, and no two syncs run at once.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, WeakKeyDictionary, ref

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync.surroundings import on_battery, watch_network
from canvass_app.domain.errors import Cancelled, CanvassError, Refused, SyncProblem, Withdrawn
from canvass_app.domain.text import Text
from canvass_app.sync.pace import Backoff
from canvass_app.sync.problems import Undeclared

if TYPE_CHECKING:
    from canvass_app.desktop.tasks import LongTask
    from canvass_app.services.book import Book
    from canvass_app.services.syncing import SyncReport
    from canvass_app.storage.changes import ChangeSet

AFTER_START_MS = 2_000
AFTER_A_SAVE_MS = 4_000
LIVELY_MS = 30_000
"""Between syncs while something is pending or something moved lately."""
QUIET_MS = 120_000
BATTERY_LIVELY_MS, BATTERY_QUIET_MS = 60_000, 300_000
"""The same on a battery: each try wakes the radio, and headquarters can wait."""
REFUSED_MS = 900_000
"""Headquarters said no: a person has to act there, so it is asked again now and then only."""
AFTER_A_SIGN_MS = 1_500
"""After a sign that the network may be back: a moment for it to settle."""
LATELY_MS = 900_000
SLEPT_MS = 20_000
"""The wall clock went on that much further than this process: the laptop slept."""
FINE_MS = 10_000
"""Shorter waits are kept to the millisecond; longer ones may be moved, so that the computer wakes up less often."""
_LAST = "last_sync"
EVERY = "sync_every_ms"
"""A fact of the book that overrides both waits: the demo sets it, so that its figures are seen to move."""
_FAILED = Text(
    "The sync stopped at something Canvass did not expect. Everything is saved on this computer; it is tried again by "
    "itself. Please send the problem report.",
    "La synchronisation s’est arrêtée sur quelque chose que Canvass n’attendait pas. Tout est enregistré sur cet "
    "ordinateur; un nouvel essai se fera de lui-même. Veuillez envoyer le rapport de problème.",
)

_of_context: WeakKeyDictionary[AppContext, ReferenceType[BackgroundSync]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class LastMove:
    """The last sync that moved something: when, and how many entries went each way."""

    wall_ms: int
    sent: int
    arrived: int


def wait_ms(lively: bool, battery: bool = False, every_ms: int = 0) -> int:
    """How long until the next sync by itself when the last one went well."""
    if battery:
        return max(every_ms, BATTERY_LIVELY_MS if lively else BATTERY_QUIET_MS)
    return every_ms or (LIVELY_MS if lively else QUIET_MS)


def last_move(book: Book) -> LastMove | None:
    """What the last sync that moved something moved; None before the first. Any thread."""
    text = book.meta(_LAST)
    if not text:
        return None
    kept = json.loads(text)
    return LastMove(int(kept["ms"]), int(kept["sent"]), int(kept["arrived"]))


class BackgroundSync(QObject):
    """Runs `services.syncing.sync_now` while this laptop is joined, and knows how the last try went.

    After a failure it waits a second, then longer and longer up to five minutes, with a share by chance so that the
    laptops of a room that lost its network do not all come back at once. It never gives up. A sign that the network
    may be back (the system says so, the laptop woke, somebody turned to the window) makes it try soon.
    """

    connection = Signal(str)  # "alone", "online", "offline"
    refused = Signal(object)  # CanvassError: said once; asked again now and then
    state_changed = Signal()  # a sync began or ended: whoever shows it looks again
    _moved = Signal(object)  # ChangeSet, from the network thread

    def __init__(
        self,
        context: AppContext,
        parent: QObject | None = None,
        *,
        chance: Callable[[], float] = random.random,
        battery: Callable[[], bool] = on_battery,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._backoff = Backoff(chance)
        self._ask_battery = battery
        self._battery = False
        self._joined = self._stopped = self._refused = self._waiting = False
        self._by_hand = self._again = self._watching = False
        self._task: LongTask | None = None
        self._failures = 0
        self._pending = 0
        self._moved_ms = 0
        self._every_ms = int(context.book.meta(EVERY, "0"))
        self._brought: ChangeSet | None = None
        self._said: set[str] = set()
        self._beat_at: tuple[int, float] | None = None
        self._due: float | None = None
        self.error: CanvassError | None = None
        self.report: SyncReport | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.run_now)
        self._moved.connect(context.apply)
        context.tasks.long_ended.connect(self._ended)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._turned_to)
        _of_context[context] = ref(self)

    # what others may ask

    def is_running(self) -> bool:
        """Whether a sync is under way."""
        return self._task is not None

    def next_in_ms(self) -> int | None:
        """Milliseconds until the next try by itself; None when none is planned."""
        if self._due is None or not self._timer.isActive():
            return None
        return max(0, round((self._due - time.monotonic()) * 1000))

    def failures(self) -> int:
        """How many tries in a row failed."""
        return self._failures

    # what others tell

    def set_joined(self, joined: bool) -> None:
        """Told by whoever read the state: a laptop that is on its own leaves the network alone."""
        self._beat()
        if joined and not self._joined:
            self._plan(AFTER_START_MS)
        elif not joined and (self._joined or not self._timer.isActive()):
            self._timer.stop()
            self.connection.emit("alone")
        self._joined = joined

    def set_pending(self, pending: int) -> None:
        """Told how many results headquarters does not have: while there are some, it is tried more often."""
        self._pending = pending

    def soon(self, changes: ChangeSet | None = None) -> None:
        """Something was saved: let it leave in a moment, together with what follows it.

        Saves that follow do not put it off again, or a volunteer who types all evening would never be synced; while
        headquarters cannot be reached it waits for its turn. What a sync itself brought is nothing to send.
        """
        if changes is not None and changes is self._brought:
            return
        if not self._joined or self._refused or self._failures:
            return
        self._moved_ms = self._context.book.now_ms()
        if self.is_running():
            self._again = True
        elif not self._timer.isActive() or (self.next_in_ms() or 0) > AFTER_A_SAVE_MS:
            self._plan(AFTER_A_SAVE_MS)

    def sign_of_network(self) -> None:
        """Something says that headquarters may be reached again: try soon, and begin with short waits once more."""
        if not self._joined or self._stopped or not self._failures or self.is_running():
            return
        self._backoff.reset()
        left = self.next_in_ms()
        if left is None or left > AFTER_A_SIGN_MS:
            self._plan(AFTER_A_SIGN_MS)

    def joined_anew(self) -> None:
        """A code was accepted: whatever was wrong before no longer counts. Syncs at once, in sight."""
        self._refused, self._waiting, self._failures, self.error = False, False, 0, None
        self._backoff.reset()
        self._said.clear()
        self._joined = True
        self.run_now(shown=True)

    def run_now(self, *, shown: bool = False) -> None:
        """Sync once, unless one is under way. `shown`: a person asked for it, so its progress and a Cancel are shown."""
        if self._stopped or not self._joined:
            return
        if self._task is not None:
            if shown:
                self._come_forward(self._task)
            return
        self._listen()
        self._by_hand, self._again = shown, False
        self._timer.stop()
        tasks = self._context.tasks
        title = self._title() if shown else ""
        self._task = tasks.long(
            title, self._sync, self._done, self._failed, writes=False, shown=shown, owner=self
        )
        self._task.let_go = self._let_go
        self.state_changed.emit()

    def give_way(self) -> None:
        """Other work with headquarters waits, a stick's: what is under way by itself stops, and comes again later."""
        if self._task is not None:
            self._task.cancel()

    def tell(self, changes: ChangeSet) -> None:
        """On the thread of the work: what arrived although the work failed. The signal carries it over."""
        self._brought = changes
        self._moved.emit(changes)

    def stop(self) -> None:
        """The window closes: plan nothing more, and wait for nobody's answer."""
        self._stopped = True
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()

    # how it is done

    def _title(self) -> str:
        return self.tr("Syncing with headquarters")

    def _come_forward(self, task: LongTask) -> None:
        """A person asks for what is under way already: show it, with its Cancel."""
        self._by_hand = True
        if not task.shown:
            task.title, task.shown = self._title(), True
            self._context.tasks.long_started.emit(task)

    def _let_go(self) -> None:
        from canvass_app.services.syncing import stop_sync

        stop_sync(self._context.book)

    def _sync(self, progress: Any, cancelled: Any) -> SyncReport:
        from canvass_app.services.syncing import sync_now

        book = self._context.book
        self._battery = self._ask_battery()
        report = sync_now(
            book,
            progress=progress,
            cancelled=cancelled,
            changed=self.tell,
            typing=self._context.is_somebody_typing,
        )
        if report.pushed or report.pulled:
            kept = {"ms": book.now_ms(), "sent": report.pushed, "arrived": report.pulled}
            book.set_meta(_LAST, json.dumps(kept))
        return report

    def _done(self, report: SyncReport) -> None:
        self.report, self.error = report, None
        self._brought = report.changes
        self._failures, self._refused, self._waiting = 0, False, False
        self._backoff.reset()
        if report.pushed or report.pulled:
            self._moved_ms = self._context.book.now_ms()
        for note in report.notes:
            # Said once; the screen goes on showing it.
            if note.en not in self._said or self._by_hand:
                self._said.add(note.en)
                self._context.error(CanvassError(note))
        self.connection.emit("online")
        self._end()

    def _failed(self, error: CanvassError) -> None:
        if isinstance(error, Cancelled):
            # A person stopped it: not a sign of a bad network, but no reason to try again at once either.
            self._end()
            return
        self.error = error
        if isinstance(error, Withdrawn):
            self._stopped = True
            self._end()
            self._context.withdrawn.emit()
            return
        if isinstance(error, Undeclared):
            self._waits(error)
            return
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

    def _waits(self, error: Undeclared) -> None:
        """All was sent; a person has to accept the declaration before anything comes. It goes on sending meanwhile."""
        first, self._failures, self._refused = not self._waiting, 0, False
        self._waiting = True
        self._backoff.reset()
        self.connection.emit("online")
        if first or self._by_hand:
            self.refused.emit(error)
        self._end()

    def _ended(self, task: LongTask) -> None:
        # A bug ends without an answer. Whatever happened, the next try is planned.
        if task is self._task:
            QTimer.singleShot(0, self, lambda: self._never_left(task))

    def _never_left(self, task: LongTask) -> None:
        if task is self._task and not self._stopped:
            self._failed(SyncProblem(_FAILED))

    def _end(self) -> None:
        self._task = None
        if self._joined and not self._stopped:
            self._plan(self._wait())
        self._again = False
        self._context.status_wanted.emit()
        self.state_changed.emit()

    def _wait(self) -> int:
        if self._refused:
            return REFUSED_MS
        if self._failures and self.error is not None:
            return round(self._backoff.next_wait() * 1000)
        if self._again:
            return AFTER_A_SAVE_MS
        lately = self._context.book.now_ms() - self._moved_ms < LATELY_MS
        return wait_ms(bool(self._pending) or lately, self._battery, self._every_ms)

    def _plan(self, milliseconds: int) -> None:
        kinds = Qt.TimerType
        self._timer.setTimerType(kinds.PreciseTimer if milliseconds < FINE_MS else kinds.CoarseTimer)
        self._due = time.monotonic() + milliseconds / 1000
        self._timer.start(milliseconds)

    # signs of a network

    def _listen(self) -> None:
        if not self._watching:
            self._watching = True
            watch_network(self, self.sign_of_network)

    def _turned_to(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.sign_of_network()

    def _beat(self) -> None:
        """Called about once a minute: a wall clock that ran ahead of this process tells of a sleep."""
        now = (self._context.book.now_ms(), time.monotonic())
        if self._beat_at is not None:
            wall, here = now[0] - self._beat_at[0], (now[1] - self._beat_at[1]) * 1000
            if wall - here > SLEPT_MS:
                self._woke()
        self._beat_at = now

    def _woke(self) -> None:
        self.sign_of_network()
        if self._joined and not self._stopped and not self._failures and not self.is_running():
            left = self.next_in_ms()
            if left is None or left > AFTER_A_SIGN_MS:
                self._plan(AFTER_A_SIGN_MS)


def background_of(context: AppContext) -> BackgroundSync:
    """The one controller of a context, made now when the shell has not made it (in tests, in the tour)."""
    known = _of_context.get(context)
    found = known() if known is not None else None
    return found if found is not None and shiboken6.isValid(found) else BackgroundSync(context, context)
