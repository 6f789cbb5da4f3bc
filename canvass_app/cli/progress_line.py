"""One line that says how far long work is, for people who watch a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from canvass_app.domain.text import Text

from .session import Session

if TYPE_CHECKING:
    from canvass_app.services.steps import Progress

EVERY_SECONDS = 0.2
_PART = Text("{what}: {percent}%", "{what} : {percent} %")
_CLEAR = "\r\x1b[K"


@contextmanager
def progress_line(session: Session) -> Generator[Progress | None]:
    """What long work may call to say how far it is; None where nobody watches (a pipe, a file, JSON).

    The line stands on the error stream, so that what the command answers stays as it is, and is gone at the end.
    """
    stream = sys.stderr
    if session.as_json or not stream.isatty():
        yield None
        return
    line = _Line(stream, session.language)
    try:
        yield line.show
    finally:
        line.clear()


class _Line:
    def __init__(self, stream: TextIO, language: str) -> None:
        self._stream, self._language = stream, language
        self._shown, self._what = 0.0, ""

    def show(self, what: Text, done: int, total: int) -> None:
        now, said = time.monotonic(), what.say(self._language)
        if said == self._what and now - self._shown < EVERY_SECONDS:
            return
        self._shown, self._what = now, said
        if total:
            said = _PART.fill(what=said, percent=min(100, done * 100 // total)).say(self._language)
        self._stream.write(_CLEAR + said)
        self._stream.flush()

    def clear(self) -> None:
        if self._what:
            self._stream.write(_CLEAR)
            self._stream.flush()
