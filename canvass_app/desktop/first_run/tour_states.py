"""The windows of a laptop that is locked or was withdrawn, for pictures: no headquarters needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from canvass_app.desktop.first_run.locked import LockedWindow
from canvass_app.desktop.first_run.notice import Notice
from canvass_app.desktop.first_run.withdrawn import WithdrawnWindow
from canvass_app.services.book import Book
from canvass_app.services.farewell import Farewell
from canvass_app.services.lease import Locked, locked_words


def notices(book: Book) -> Iterator[tuple[str, Notice]]:
    """(name, window) of each, in the order of the pictures."""
    yield "locked", LockedWindow(book, Locked(locked_words(22, 14)))
    left = Farewell(
        "https://hq.example.ca", "", "", "", "", 0, results=14, events=17, seal="00", emptied=True
    )
    yield "withdrawn", WithdrawnWindow(book.folder)
    waits = WithdrawnWindow(book.folder)
    waits.show_left(left)
    yield "withdrawn-unsent", waits
    done = WithdrawnWindow(book.folder)
    done.show_left(replace(left, handed_in=True, told=True))
    yield "withdrawn-done", done
