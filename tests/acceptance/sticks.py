"""What the tests of case 25 do with sticks: copies that stop half-way, bytes that change, laptops put back."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from canvass_app.hq.bundles import Taken, import_bundles
from canvass_app.hq.doctor import examine
from canvass_app.services.book import Book
from canvass_app.services.bundling import Imported, Written, import_bundle, write_bundle
from canvass_app.sync.bundles import Sizes
from tests.hq.kit import RIDING, Hq, hq_log, laptop_log

FINE = Sizes(chunk_bytes=1024, batch_events=10, page_events=10)
"""So finely divided that a cut leaves something."""


def written(book: Book, stick: Path) -> Written:
    """The laptop writes its bundle."""
    stick.mkdir(exist_ok=True)
    return write_bundle(book, stick, sizes=FINE)


def handed_in(hq: Hq, *paths: Path, out: Path | None = None) -> tuple[list[Taken], list[Path]]:
    """Headquarters imports bundles in this order; the answers it wrote."""
    if out is not None:
        out.mkdir(exist_ok=True)
    taken, kept = import_bundles(hq.office, paths, out, FINE)
    return taken, [one.path for one in kept]


def brought_back(book: Book, *paths: Path) -> list[Imported]:
    """The laptop imports answers in this order."""
    return [import_bundle(book, path) for path in paths]


def cut(path: Path, length: int, stick: Path) -> Path:
    """A copy that stopped after so many bytes."""
    stick.mkdir(exist_ok=True)
    copy = stick / path.name
    copy.write_bytes(path.read_bytes()[:length])
    return copy


def changed(path: Path, place: int, stick: Path) -> Path:
    """A copy of which one bit is another."""
    stick.mkdir(exist_ok=True)
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << place % 8
    copy = stick / path.name
    copy.write_bytes(data)
    return copy


def parts_of(path: Path) -> list[int]:
    """Where each part of a bundle ends, in bytes; before the first, where the header ends."""
    data = path.read_bytes()
    at = 20 + int.from_bytes(data[16:20], "big")
    ends = [at]
    while length := int.from_bytes(data[at : at + 4], "big") & 0x7FFFFFFF:
        at += 4 + length
        ends.append(at)
    return ends


def own(book: Book) -> set[Any]:
    """The laptop's own events, by number and hash."""
    return {one for one in laptop_log(book) if one[0] == book.device_id}


def exact(hq: Hq, *books: Book) -> None:
    """Headquarters holds these laptops' events, each once, without a hole, and no totals differ from their recount."""
    log = hq_log(hq)
    assert log == set[Any]().union(*(own(book) for book in books))
    assert hq.numbers() == (len(log), len(log), len(log))
    assert examine(hq.office).ok


def copied_folder(book: Book, name: str) -> Path:
    """The closed laptop's data folder, copied."""
    return Path(shutil.copytree(book.folder, book.folder.parent / name))


def marks(book: Book) -> tuple[int, int]:
    """(last number, acknowledged through)."""
    rows: Iterable[Any] = book.read().query(
        "SELECT last_seq, acked_through FROM device_log WHERE riding_id = ? AND device_id = ?",
        (RIDING, book.device_id),
    )
    return next(iter((int(last), int(acked)) for last, acked in rows), (0, 0))
