"""What the cases of the wire stand on: syncing by itself through a bad network, and what must then be true."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from canvass_app.domain.errors import SyncProblem
from canvass_app.hq.doctor import examine, projection_digests
from canvass_app.hq.projecting import catch_up
from canvass_app.services.book import Book
from canvass_app.services.syncing import sync_now, sync_status
from canvass_app.sync.pace import MOST_WAIT, Backoff
from tests.hq.kit import Hq, hq_log, laptop_log
from tests.hq.street import RIDING, acknowledged
from tests.sync.proxy import Plan, Proxy

PATIENCE = 0.005
"""Of the usual one: a stall is given up after 0.15 s (a push: 0.3 s). It grows while nothing gets through."""


@contextmanager
def through(hq: Hq, *books: Book, plan: Plan) -> Iterator[Proxy]:
    """The books reach headquarters by way of a proxy that spoils what `plan` says."""
    library = logging.getLogger("urllib3.connection")
    with Proxy(hq.url, plan) as proxy:
        for book in books:
            book.set_meta("hq_url", proxy.url)
        library.addFilter(_remarkable)
        try:
            yield proxy
        finally:
            library.removeFilter(_remarkable)
            for book in books:
                book.set_meta("hq_url", hq.url)


def _remarkable(record: logging.LogRecord) -> bool:
    """An answer whose head ends early is what these tests make; the library's remark on it is no surprise."""
    return not str(record.msg).startswith("Failed to parse headers")


class ByItself:
    """A laptop that nobody touches: it syncs, and after a failure waits as long as its back-off says, by this clock."""

    def __init__(self, book: Book, chance: Callable[[], float], wait: Callable[[int], None]) -> None:
        self.book, self.failures, self.longest = book, 0, 0.0
        self._wait, self._backoff, self._in_a_row = wait, Backoff(chance), 0

    def once(self) -> bool:
        """One attempt; whether it went through. A failure is followed by its wait."""
        try:
            sync_now(self.book, patience=PATIENCE * 1.5 ** min(self._in_a_row, 12))
        except SyncProblem:
            self.failures += 1
            self._in_a_row += 1
            wait = self._backoff.next_wait()
            self.longest = max(self.longest, wait)
            self._wait(round(wait * 1000))
            return False
        self._in_a_row = 0
        self._backoff.reset()
        return True

    def until_drained(self, most: int = 500) -> None:
        """Go on until nothing waits."""
        for _ in range(most):
            if self.once() and sync_status(self.book).pending_events == 0:
                assert self.longest <= MOST_WAIT
                return
        raise AssertionError("the queue did not drain")


def own(book: Book, upto: int | None = None) -> set[tuple[bytes, int, bytes]]:
    """The laptop's own events, up to a number."""
    return {one for one in laptop_log(book) if one[0] == book.device_id and (upto is None or one[1] <= upto)}


def acknowledged_is_held(hq: Hq, *books: Book) -> int:
    """Nothing that a laptop believes acknowledged is missing at headquarters, byte for byte. How many they are."""
    before = hq.numbers()
    held = hq_log(hq)
    found = 0
    for book in books:
        mine = own(book, acknowledged(book))
        assert mine <= held
        found += len(mine)
    # It may be at work: a push whose laptop was told of a failure is tried again until it lands.
    after = hq.numbers()
    assert len(set(before)) == len(set(after)) == 1
    assert before[1] <= len(held) <= after[1]
    return found


def all_is_everywhere(hq: Hq, *books: Book) -> int:
    """Every event of every laptop is at headquarters and on all the others, once, and all show the same. How many."""
    everything = set().union(*(own(book) for book in books))
    for book in books:
        sync_now(book)
    for book in books:
        sync_now(book)
        assert sync_status(book).pending_events == 0
    assert hq_log(hq) == everything
    catch_up(hq.office, RIDING)
    shown = projection_digests(hq.office.read(), RIDING)
    for book in books:
        assert laptop_log(book) == everything
        assert projection_digests(book.read(), RIDING) == shown
    assert hq.numbers() == (len(everything),) * 3
    assert examine(hq.office).ok
    return len(everything)
