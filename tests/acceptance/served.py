"""A desk that is a real headquarters: laptops meet it over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from canvass_app.hq.doctor import examine, projection_digests
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.ridings import riding_ids
from canvass_app.services.book import Book
from canvass_app.services.syncing import join, sync_now, sync_status
from tests.acceptance.evening import Desk
from tests.hq.kit import Hq
from tests.services.conftest import FakeTime

NewDesk = Callable[[FakeTime], Desk]


class Served(Desk):
    """Headquarters over loopback, on one of its databases."""

    def __init__(self, hq: Hq) -> None:
        self.hq = hq

    def meet(self, book: Book) -> None:
        """A laptop syncs; the first time it joins."""
        if not book.meta("hq_token"):
            join(book, self.hq.url, self.hq.code(), book.folder.name)
        sync_now(book)

    def agrees(self, *books: Book) -> None:
        """Headquarters shows what the laptops show, without a hole, and nothing waits."""
        office = self.hq.office
        for riding_id in riding_ids(office.read()):
            catch_up(office, riding_id)
            shown = projection_digests(office.read(), riding_id)
            for book in books:
                assert projection_digests(book.read(), riding_id) == shown
            most, count, counter = self.hq.numbers(riding_id)
            assert most == count == counter
        assert [sync_status(book).pending_events for book in books] == [0] * len(books)
        assert examine(office).ok
