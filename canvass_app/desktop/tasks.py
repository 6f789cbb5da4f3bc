"""Work off the GUI thread: many readers, one writer, long work with progress and a way out.

The GUI thread never waits for a disk or a network. Functions given here run on threads of ours and must not touch
widgets; what they return comes back on the GUI thread. Known troubles (`CanvassError`) reach `on_error`, or the
`failed` signal where there is none; anything else is a bug and goes to `sys.excepthook` (the crash report).
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from canvass_app.domain.errors import CanvassError
from canvass_app.domain.text import Text
from canvass_app.storage.changes import ChangeSet

READERS = 2
POLL_MS = 150
MOMENT_SECONDS = 3.0

Done = Callable[[Any], None]
Failed = Callable[[CanvassError], None]


@dataclass(slots=True, eq=False)
class LongTask:
    """One piece of long work: its title, how far it is, and whether the person wants it stopped."""

    title: str
    what: Text | None = None
    done: int = 0
    total: int = 0
    stop: bool = False
    shown: bool = True
    let_go: Callable[[], None] | None = None
    """Ends a wait of the work's at once (a call that nobody answers); called from the GUI thread on Cancel."""

    def progress(self, what: Text, done: int, total: int) -> None:
        """Called by the work itself, on its thread, as often as it likes."""
        self.what, self.done, self.total = what, done, total

    def cancelled(self) -> bool:
        """Asked by the work itself, on its thread."""
        return self.stop

    def cancel(self) -> None:
        """Ask the work to stop at the next safe place."""
        self.stop = True
        if self.let_go is not None:
            self.let_go()


@dataclass(slots=True, eq=False)
class _Job:
    func: Callable[[], Any]
    on_done: Done | None
    on_error: Failed | None
    owner: QObject | None
    key: str
    ticket: int
    writes: bool
    long: LongTask | None
    result: Any = None
    error: BaseException | None = None


class _Worker(threading.Thread):
    """Takes jobs from a queue until it is handed None."""

    def __init__(
        self, name: str, jobs: queue.SimpleQueue[_Job | None], finished: Callable[[_Job], None]
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._jobs = jobs
        self._finished = finished
        self._job: _Job | None = None
        self._left = False

    def let_go(self) -> None:
        """End after what is queued: one None for each worker of the queue."""
        self._jobs.put(None)

    def wait(self) -> None:
        """Wait for its end; for one that only waits for a network and was told to stop, no longer than a moment."""
        while self.is_alive():
            self.join(MOMENT_SECONDS)
            job = self._job
            if job is not None and job.long is not None and job.long.let_go is not None:
                # Looking up a name cannot be cut short. It will find itself stopped, and touches nothing any more.
                self._left = True
                return

    def run(self) -> None:
        while not self._left and (job := self._jobs.get()) is not None:
            self._job = job
            try:
                job.result = job.func()
            except BaseException as error:
                job.error = error
            self._job = None
            self._finished(job)


class Tasks(QObject):
    """The one place that starts threads. Lives on the GUI thread; close it before the book.

    Signals: `changed(ChangeSet)` after a write that changed something; `failed(CanvassError)` for a trouble nobody
    else takes; `long_started`, `long_moved`, `long_ended` (LongTask) for the strip at the foot of the window;
    `idle` when nothing is under way any more.
    """

    changed = Signal(object)
    failed = Signal(object)
    long_started = Signal(object)
    long_moved = Signal(object)
    long_ended = Signal(object)
    idle = Signal()
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._write_jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._long_jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._workers: dict[str, _Worker] = {}
        self._latest: dict[str, int] = {}
        self._tickets = 0
        self._pending = 0
        self._closed = False
        self._longs: list[LongTask] = []
        self._finished.connect(self._take)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look)

    # asking for work

    def read(
        self, func: Callable[[], Any], on_done: Done, on_error: Failed | None = None, *, key: str = "",
        owner: QObject | None = None,
    ) -> None:  # fmt: skip
        """Run a query on a reader thread. With a `key`, only the newest call of that key is answered.

        `owner` (by default the object that `on_done` is a method of) must still be alive for the answer to be given.
        """
        for number in range(READERS):
            self._hire(f"canvass-read-{number}", self._read_jobs)
        self._put(self._read_jobs, self._job(func, on_done, on_error, key, owner))

    def write(
        self, func: Callable[[], Any], on_done: Done | None = None, on_error: Failed | None = None, *,
        owner: QObject | None = None,
    ) -> None:  # fmt: skip
        """Run a writing verb on the one writer thread, in the order asked; then `on_done(result)`, then `changed`."""
        self._hire("canvass-write", self._write_jobs)
        job = self._job(func, on_done, on_error, "", owner)
        job.writes = True
        self._put(self._write_jobs, job)

    def long(
        self, title: str, func: Callable[[Callable[[Text, int, int], None], Callable[[], bool]], Any],
        on_done: Done | None = None, on_error: Failed | None = None, *, writes: bool = True, shown: bool = True,
        owner: QObject | None = None,
    ) -> LongTask:  # fmt: skip
        """Run `func(progress, cancelled)`, showing `title` and a Cancel at the foot of the window.

        `writes`: it writes to the database for its whole length, so it takes its turn on the writer thread; network
        work says False and runs beside it. What it returns is broadcast like a write's. `shown=False` is for work in
        the background (the regular sync). A stopped task ends with the error `Cancelled`.
        """
        task = LongTask(title, shown=shown)
        job = self._job(lambda: func(task.progress, task.cancelled), on_done, on_error, "", owner)
        job.long, job.writes = task, True
        jobs = self._write_jobs if writes else self._long_jobs
        self._hire("canvass-write" if writes else "canvass-long", jobs)
        self._longs.append(task)
        self.long_started.emit(task)
        self._poll.start()
        self._put(jobs, job)
        return task

    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._pending > 0

    def close(self) -> None:
        """Finish every write, stop the rest, end the threads. Answers that are still out are not given."""
        if self._closed:
            return
        self._closed = True
        for task in self._longs:
            task.cancel()
        for worker in self._workers.values():
            worker.let_go()
        for worker in self._workers.values():
            worker.wait()
        self._poll.stop()

    # how it is done

    def _job(self, func: Any, on_done: Any, on_error: Any, key: str, owner: QObject | None) -> _Job:
        holder = owner or getattr(on_done, "__self__", None)
        self._tickets += 1
        if key:
            self._latest[key] = self._tickets
        qt_owner = holder if isinstance(holder, QObject) else None
        return _Job(func, on_done, on_error, qt_owner, key, self._tickets, False, None)

    def _hire(self, name: str, jobs: queue.SimpleQueue[_Job | None]) -> None:
        if name not in self._workers and not self._closed:
            worker = self._workers[name] = _Worker(name, jobs, self._tell)
            worker.start()

    def _put(self, jobs: queue.SimpleQueue[_Job | None], job: _Job) -> None:
        if self._closed:
            return
        self._pending += 1
        jobs.put(job)

    def _tell(self, job: _Job) -> None:
        # On the worker's thread: the signal carries the job over.
        if shiboken6.isValid(self):
            self._finished.emit(job)

    def _look(self) -> None:
        for task in self._longs:
            self.long_moved.emit(task)

    def _take(self, job: _Job) -> None:
        self._pending -= 1
        try:
            if job.long is not None:
                self._longs.remove(job.long)
                if not self._longs:
                    self._poll.stop()
                self.long_ended.emit(job.long)
            if not self._closed:
                self._answer(job)
        finally:
            if self._pending == 0:
                self.idle.emit()

    def _answer(self, job: _Job) -> None:
        alive = job.owner is None or shiboken6.isValid(job.owner)
        wanted = not job.key or self._latest.get(job.key) == job.ticket
        if job.error is not None:
            self._answer_error(job, job.error, alive and wanted)
            return
        try:
            if alive and wanted and job.on_done is not None:
                job.on_done(job.result)
        finally:
            if job.writes:
                changes = changes_of(job.result)
                if changes:
                    self.changed.emit(changes)

    def _answer_error(self, job: _Job, error: BaseException, wanted: bool) -> None:
        if not isinstance(error, CanvassError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif wanted and job.on_error is not None:
            job.on_error(error)
        elif wanted or job.writes:
            # A write that failed is said even when its screen is gone.
            self.failed.emit(error)


def changes_of(result: Any) -> ChangeSet | None:
    """The ChangeSet in what a writing verb returned: itself, or its `changes`."""
    found = result if isinstance(result, ChangeSet) else getattr(result, "changes", None)
    return found if isinstance(found, ChangeSet) else None
