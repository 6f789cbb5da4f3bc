"""`canvass-hq` that dies by its own hand at its first push: for case 21. The first argument says when.

"before": when everything is written and not yet committed; "after": committed and not yet answered.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from canvass_app.hq import cli, routes
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.postgres import PostgresDatabase

_thread = threading.local()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fatal(write: Callable[[Any], Any]) -> Any:
    """`write` of a database that kills the process with a push's transaction open."""

    @contextmanager
    def dying(database: Any) -> Generator[Connection]:
        with write(database) as db:
            yield db
            if getattr(_thread, "receives", False):
                die()

    return dying


def main(when: str, arguments: list[str]) -> None:
    receive = routes.receive

    def received(*what: Any) -> Any:
        _thread.receives = True
        receive(*what)
        die()

    routes.receive = received
    if when == "before":
        for kind in (SqliteDatabase, PostgresDatabase):
            kind.write = fatal(kind.write)
    sys.exit(cli.main(arguments))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
