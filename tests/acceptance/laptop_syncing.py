"""A laptop program that types and syncs without rest, for tests that kill it.

Arguments: data folder, seed. It prints "ready", then after each act "saved NUMBER HASH" of its last own event, and after
each sync "acked NUMBER"; it ends only when it is killed.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from canvass_app.domain.errors import SyncProblem
from canvass_app.services.book import Book, open_book
from canvass_app.services.syncing import sync_now
from tests.hq.street import PASSPHRASE, RIDING, START_MS, acknowledged, knock, knock_often, talk


def say(book: Book) -> None:
    """What is said here was committed."""
    rows = book.read().query(
        "SELECT device_seq, hash FROM event WHERE riding_id = ? AND device_id = ? ORDER BY device_seq DESC LIMIT 1",
        (RIDING, book.device_id),
    )
    print("saved", rows[0][0], bytes(rows[0][1]).hex(), flush=True)


def main(folder: Path, seed: int) -> None:
    rng = random.Random(seed)
    book = open_book(folder, passphrase=PASSPHRASE, now_ms=lambda: START_MS)
    print("ready", flush=True)
    while True:
        for _ in range(rng.randrange(1, 6)):
            act = rng.random()
            if act < 0.5:
                knock(book, rng.randrange(1, 41), rng.choice(["not_home", "refused"]))
            elif act < 0.8:
                talk(book, rng.randrange(1, 41), rng.choice("12345"))
            else:
                knock_often(book, rng.randrange(1, 60))
            say(book)
        try:
            sync_now(book)
        except SyncProblem as problem:
            print("trouble", type(problem).__name__, problem.detail, flush=True)
        else:
            print("acked", acknowledged(book), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
