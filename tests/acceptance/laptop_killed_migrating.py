"""A laptop program that brings its data to a newer version and dies at a given statement of it.

Arguments: data folder, the head to migrate to, the number of the statement before which it is killed (0: none).
Prints how many statements there were.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from canvass_app.services.book import open_book
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.migrate import MIGRATIONS, Schema

NEXT = Path(__file__).parent / "next_versions"


def main(folder: Path, head: str, fatal: int) -> None:
    statements = 0
    real = SqliteDatabase.raw_connection

    def watched(self: SqliteDatabase) -> Any:
        raw = real(self)

        def before(_statement: str) -> None:
            nonlocal statements
            statements += 1
            if statements == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

        raw.set_trace_callback(before)
        return raw

    SqliteDatabase.raw_connection = watched  # type: ignore[method-assign]
    schema = Schema(head, (MIGRATIONS / "versions", NEXT))
    book = open_book(folder, passphrase="test", schema=schema)
    print(statements, flush=True)
    book.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
