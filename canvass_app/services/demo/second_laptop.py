"""The demo's second laptop: it joins the headquarters and keeps typing and sending results."""

from __future__ import annotations

import random
import threading
from typing import BinaryIO

from canvass_app.domain.errors import CanvassError
from canvass_app.domain.walk_list import SheetLine, WalkListDocument
from canvass_app.services.book import Book
from canvass_app.services.declaring import accept, wanted
from canvass_app.services.entry import Mark, Shift, close_shift, open_shift, record
from canvass_app.services.entry_marks import saved_marks
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.walk_lists import list_walk_lists, load_document

from .settings import DEMO_RIDING, DEMO_SECOND

# One result every few seconds: quick enough to see the figures move, slow enough to watch.
PAUSE_SECONDS = (2.0, 6.0)
# What an evening's doors answer, in hundredths (field guide: contact rate about 25 %).
_ANSWERS: tuple[tuple[int, Mark], ...] = (
    (62, Mark(code="not_home")),
    (8, Mark(code="left_literature")),
    (5, Mark(code="refused")),
    (3, Mark(code="come_back")),
    (6, Mark(support="1", answers={"pledge": ("yes",)})),
    (5, Mark(support="2", second="N", answers={"pledge": ("yes",)})),
    (5, Mark(support="3")),
    (2, Mark(support="4", second="G")),
    (4, Mark(support="5")),
)


def keep_sending(book: Book, url: str, code: str, until_closed: BinaryIO, seed: int = 2015) -> None:
    """Join with `code`, then record and sync until `until_closed` ends or every open list is typed."""
    over = threading.Event()
    watch = threading.Thread(target=lambda: (until_closed.read(), over.set()), daemon=True)
    watch.start()
    join(book, url, code, "Second laptop")
    if wanted(book) is not None:
        accept(book, DEMO_SECOND, "en")
    chance = random.Random(seed)
    _sync(book)
    for summary in list_walk_lists(book, DEMO_RIDING)[:2]:
        document = load_document(book, summary.number)
        shift = open_shift(book, summary.canvasser or DEMO_SECOND, DEMO_RIDING, summary.number)
        _type(book, document, shift, chance, over)
        close_shift(book, shift)
        _sync(book)
        if over.is_set():
            return


def _type(
    book: Book, document: WalkListDocument, shift: Shift, chance: random.Random, over: threading.Event
) -> None:
    for line in document.lines:
        if line.barred or line.line in saved_marks(book, document):
            continue
        if over.wait(chance.uniform(*PAUSE_SECONDS)):
            return
        record(book, shift, document.number, line.line, _answer(chance, line))
        _sync(book)


def _answer(chance: random.Random, line: SheetLine) -> Mark:
    roll = chance.randrange(100)
    for weight, mark in _ANSWERS:
        roll -= weight
        if roll < 0:
            return mark
    raise AssertionError(f"the answers do not add up to a hundred at line {line.line}")


def _sync(book: Book) -> None:
    try:
        sync_now(book)
    except CanvassError:
        return  # no network is the ordinary case: the results stay here and leave next time
