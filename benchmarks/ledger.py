"""The record at size: a typed result and a fold from scratch, with a thousand and with a million events present.

`CANVASS_BENCH_EVENTS` sets the larger number. The peer of a typed result is that of `entry`; the peer of the fold is
the insertion of the same bytes into such a table.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from canvass_app.ledger.events import Event, Key, seal
from canvass_app.ledger.kinds import AnswerGiven, AttemptMade, Body, SupportMarked
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.demo.settings import demo_settings
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import rebuild

from .cold_start import memory_mb
from .entry import PEOPLE, RIDING, TYPED, Bare, fill, in_ms, typed_beside_bare

SMALL, LARGE = 1_000, int(os.environ.get("CANVASS_BENCH_EVENTS", "1000000"))
_DEVICES = 40
_START_MS = 1_444_000_000_000  # an evening of October 2015
_BATCH = 20_000


def _events(doors: list[bytes], count: int, first: int = 0) -> Iterator[Event]:
    """What forty other laptops recorded: eight attempts in ten, the rest what people said, each seeing what was said
    before."""
    devices = [hashlib.sha256(b"bench %d" % n).digest()[:16] for n in range(_DEVICES)]
    numbers = [first] * _DEVICES
    said: dict[tuple[bytes, str], Key] = {}
    codes = ("not_home", "not_home", "canvassed", "refused")
    for n in range(count):
        device = n % _DEVICES
        numbers[device] += 1
        key = Key(devices[device], numbers[device])
        person = (n * 7919 % PEOPLE).to_bytes(16, "big")
        body: Body = AttemptMade(code=codes[n % 4])
        subject, sees = doors[n * 104_729 % len(doors)], ()
        if n % 10 > 7:
            body = (
                SupportMarked(level=str(n % 5 + 1))
                if n % 2
                else AnswerGiven(question="sign", answers=("yes",))
            )
            subject = person
            earlier = said.get((person, body.KIND))
            sees = (earlier,) if earlier is not None else ()
            said[(person, body.KIND)] = key
        wall = _START_MS + n * 100
        yield seal(
            RIDING, key, subject, body, author="Bench", shift=b"", hlc=wall << 16, wall_ms=wall, sees=sees,
            nonce=n.to_bytes(8, "big"),
        )  # fmt: skip


def _add(book: Book, doors: list[bytes], count: int, first: int) -> None:
    batch: list[Event] = []
    for event in _events(doors, count, first):
        batch.append(event)
        if len(batch) == _BATCH:
            with book.database.write() as db:
                insert_events(db, batch)
            batch = []
    with book.database.write() as db:
        insert_events(db, batch)


def _rebuild(book: Book) -> float:
    """Seconds to fold every event of the riding from scratch."""
    begun = time.perf_counter()
    with book.database.write() as db:
        rebuild(db, RIDING, book.time_zone)
    return time.perf_counter() - begun


def run() -> dict[str, Any]:
    """Milliseconds, ratios to the peers, events a second, and the most memory the application held (MB)."""
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="canvass-bench-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        book, bare = open_book(folder / "book", passphrase="bench"), Bare(folder)
        set_campaign(book, demo_settings())
        doors = fill(book)
        present = 0
        for name, count in (("small", SMALL), ("large", LARGE)):
            _add(book, doors, count - present, present)
            present = count
            seconds = _rebuild(book)
            part = doors[:TYPED] if name == "small" else doors[TYPED : 2 * TYPED]
            typed, committed = typed_beside_bare(book, bare, part)
            results |= {
                f"{name}_events": count,
                f"{name}_p50_ms": in_ms(typed, 0.5),
                f"{name}_p99_ms": in_ms(typed, 0.99),
                f"{name}_bare_p50_ms": in_ms(committed, 0.5),
                f"{name}_bare_p99_ms": in_ms(committed, 0.99),
            }
        inserted, rows = _insert_again(book, bare)
        book.close()
        bare.close()
        results["memory_mb"] = memory_mb(folder / "book", "bench")
    results |= {
        "ratio_p50": round(results["large_p50_ms"] / results["large_bare_p50_ms"], 2),
        "ratio_p99": round(results["large_p99_ms"] / results["large_bare_p99_ms"], 2),
        "growth": round(results["large_p50_ms"] / results["small_p50_ms"], 2),
        "fold_per_second": round(LARGE / seconds),
        "insert_per_second": round(rows / inserted),
        "fold_over_insert": round((LARGE / seconds) / (rows / inserted), 2),
    }
    return results


def _insert_again(book: Book, bare: Bare) -> tuple[float, int]:
    """Seconds to insert the same bytes into the bare table, in as many transactions as a rebuild has parts; and rows."""
    seconds, done = 0.0, 0
    for (device,) in book.read().query("SELECT DISTINCT device_id FROM event WHERE riding_id = ?", (RIDING,)):
        part = book.read().query(
            "SELECT hash, raw FROM event WHERE riding_id = ? AND device_id = ?", (RIDING, device)
        )
        seconds += bare.commit([(hashlib.sha256(bytes(one)).digest(), bytes(raw)) for one, raw in part])
        done += len(part)
    return seconds, done


if __name__ == "__main__":
    print(run())
