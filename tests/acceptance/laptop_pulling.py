"""A laptop program that syncs once and dies at a step of it, for case 2.

Arguments: data folder, the fatal step (0: none). A step lies before and after each request and before and after each
commit. When it lives through all of them it prints how many there were.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from canvass_app.services.book import open_book
from canvass_app.services.syncing import sync_now
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.sync.http import Link
from canvass_app.sync.steps import Answer, Call
from tests.hq.street import PASSPHRASE, START_MS


def main(folder: Path, fatal: int) -> None:
    book = open_book(folder, passphrase=PASSPHRASE, now_ms=lambda: START_MS)
    numbers = count(1)
    last = 0
    send, write = Link.send, SqliteDatabase.write

    def step() -> None:
        nonlocal last
        last = next(numbers)
        if last == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted_send(link: Link, call: Call) -> Answer:
        step()
        answer = send(link, call)
        step()
        return answer

    @contextmanager
    def counted_write(database: SqliteDatabase) -> Generator[Connection]:
        with write(database) as db:
            yield db
            step()
        step()

    Link.send, SqliteDatabase.write = counted_send, counted_write  # type: ignore[method-assign]
    sync_now(book)
    print(last)
    book.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
