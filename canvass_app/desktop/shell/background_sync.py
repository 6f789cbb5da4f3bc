"""Sync by itself: soon after something was saved, and now and then to hear what others did. Never in anyone's way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from canvass_app.desktop.screens.base import AppContext
from canvass_app.domain.errors import CanvassError, Refused

AFTER_START_MS = 2_000
AFTER_A_SAVE_MS = 4_000
EVERY_MS = 30_000
LONGEST_MS = 300_000


class BackgroundSync(QObject):
    """Runs `services.syncing.sync_now` when this laptop is joined. Each failure doubles the wait, up to five minutes."""

    connection = Signal(str)  # "alone", "online", "offline"
    refused = Signal(object)  # CanvassError: said once, then no more tries by itself

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wait = EVERY_MS
        self._running = False
        self._joined = False
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.run_now)

    def set_joined(self, joined: bool) -> None:
        """Told by whoever read the state: a laptop that is on its own leaves the network alone."""
        if joined and not self._joined:
            self._timer.start(AFTER_START_MS)
        elif not joined:
            self._timer.stop()
            self.connection.emit("alone")
        self._joined = joined

    def soon(self) -> None:
        """Something was saved: let it leave in a moment, together with what follows it."""
        if self._joined and not self._running and not self._stopped and self._wait == EVERY_MS:
            self._timer.start(AFTER_A_SAVE_MS)

    def run_now(self) -> None:
        """Sync once, unless one is under way."""
        if self._running or not self._joined or self._stopped:
            return
        self._running = True
        self._context.tasks.long(
            "", self._sync, self._done, self._failed, writes=False, shown=False, owner=self
        )

    def _sync(self, progress: Any, cancelled: Any) -> Any:
        from canvass_app.services.syncing import sync_now

        return sync_now(self._context.book, progress=progress, cancelled=cancelled)

    def _done(self, report: Any) -> None:
        self._running = False
        self._wait = EVERY_MS
        self._timer.start(self._wait)
        self.connection.emit("online")
        self._context.status_wanted.emit()

    def _failed(self, error: CanvassError) -> None:
        self._running = False
        if isinstance(error, Refused):
            self._stopped = True
            self.refused.emit(error)
            return
        self._wait = min(LONGEST_MS, self._wait * 2)
        self._timer.start(self._wait)
        self.connection.emit("offline")
        self._context.status_wanted.emit()
