"""Moving the write-ahead log into the database beside the typing, not within it.

SQLite's own way is to do it inside whichever commit fills a thousand pages: every sixtieth result or so would wait
for some twenty milliseconds. Here a thread with a connection of its own does it in the next pause; a commit never waits for it
(a passive checkpoint takes no lock that a writer wants), though one that comes meanwhile shares disk and memory with it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

ROWS = 400
"""After so many changed rows, about a thousand pages: what SQLite itself would wait for."""
PAUSE_S = 0.2
"""So long nothing was committed: somebody who types rests longer after each line."""
LONGEST_ROWS = 4 * ROWS
"""Whoever writes without any pause (an import, a pull) does not make the log grow beyond this."""
MOST_PAGES = 16_000
"""Should the thread be kept from it (somebody reads an old state for long), a commit does it after 64 MB as before."""


class Checkpointer:
    """`note` after each commit; the thread is started when it is first needed. `connect` gives a new connection."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self._connect = connect
        self._wanted = threading.Event()
        self._hurry = threading.Event()
        self._ended = False
        self._rows = self._done_at = 0
        self._latest = 0.0
        self._thread: threading.Thread | None = None
        self.busy = threading.Lock()
        """Held while the log is being moved: who empties it whole takes it first."""

    def note(self, rows: int) -> None:
        """`rows` the writer has changed since it was opened, as it commits. Called by one thread at a time."""
        self._rows, self._latest = rows, time.monotonic()
        if rows - self._done_at < ROWS:
            return
        if rows - self._done_at >= LONGEST_ROWS:
            self._hurry.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="canvass-checkpoint", daemon=True)
            self._thread.start()
        self._wanted.set()

    def close(self) -> None:
        """Let the thread end, and wait for it."""
        self._ended = True
        self._hurry.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        # Whatever goes wrong here is not lost: the log stays, and who reads or writes meets the trouble and says it.
        with suppress(Exception):
            connection = self._connect()
            try:
                while True:
                    self._wanted.wait()
                    self._pause()
                    if self._ended:
                        return
                    self._done_at = self._rows
                    self._hurry.clear()
                    self._wanted.clear()
                    with self.busy, suppress(Exception):
                        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            finally:
                connection.close()

    def _pause(self) -> None:
        """Wait until nobody writes for a moment; not when there is much to move, nor at the end."""
        while (rest := self._latest + PAUSE_S - time.monotonic()) > 0:
            if self._hurry.wait(rest):
                return
