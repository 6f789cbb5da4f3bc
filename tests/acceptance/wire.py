"""What the wire's cases share: a headquarters that is put back, laptops that find it, and what must be equal then."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from canvass_app.hq.backing_up import back_up
from canvass_app.hq.doctor import examine as examine_hq
from canvass_app.hq.doctor import projection_digests
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.putting_back import put_back
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine
from canvass_app.services.progress import recount
from canvass_app.services.syncing import sync_now, sync_status
from canvass_app.storage.database import Connection
from tests.hq.kit import RIDING, Hq, hq_log, laptop_log

StampedLog = set[tuple[bytes, int, bytes, int]]


def backed_up(hq: Hq, folder: Path) -> Path:
    """Tonight's backup, made while it serves."""
    return back_up(hq.settings, folder / f"{hq.time.ms}.backup").path


def goes_back(hq: Hq, backup: Path, *laptops: Book) -> None:
    """Headquarters is put back; the laptops find it under its new port (a real one keeps its address)."""
    hq.stop()
    put_back(hq.settings, backup, overwrite=True)
    hq.start()
    for book in laptops:
        book.set_meta("hq_url", hq.url)


def stamped(db: Connection) -> StampedLog:
    """The record with headquarters' stamps."""
    rows = db.query("SELECT device_id, device_seq, hash, stamp FROM event WHERE riding_id = ?", (RIDING,))
    return {(bytes(d), int(s), bytes(h), int(stamp)) for d, s, h, stamp in rows}


def attempts(db: Connection) -> int:
    """How many attempts count."""
    return int(db.query("SELECT COUNT(*) FROM attempt WHERE riding_id = ?", (RIDING,))[0][0])


def all_alike(hq: Hq, books: Iterable[Book], rounds: int = 3) -> int:
    """After some syncs all hold and show the same as headquarters, without a hole; the attempts that count."""
    known = list(books)
    for _ in range(rounds):
        for book in known:
            sync_now(book)
    catch_up(hq.office, RIDING)
    most, events, counter = hq.numbers()
    assert most == events == counter
    assert examine_hq(hq.office).ok
    shown = projection_digests(hq.office.read(), RIDING)
    for book in known:
        assert laptop_log(book) == hq_log(hq)
        assert projection_digests(book.read(), RIDING) == shown
        assert sync_status(book).pending_events == 0
        assert examine(book).ok
        assert recount(book, RIDING)["attempts"] == attempts(book.read())
    return attempts(hq.office.read())
