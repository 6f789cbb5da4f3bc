"""One JSON object a line on standard error, without names, numbers, addresses or secrets of people.

An exception's words may quote a row, so they are never written: its type and the places it went through are.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

import structlog

_MOST_PLACES = 30
_MOST_CAUSES = 5


def log_as_json(level: int = logging.INFO) -> None:
    """Set this program's logs up, those of the libraries too."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain())
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
    threading.excepthook = _thread_failed


def _thread_failed(what: threading.ExceptHookArgs) -> None:
    structlog.get_logger("canvass_hq").error("thread_failed", exc_info=what.exc_value)


def without_words(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put an exception's type and places in for the exception."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event.update(places_of(error))
    return event


def places_of(error: BaseException) -> dict[str, Any]:
    """The types of an exception and its causes, and the lines of code it went through."""
    types: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(types) < _MOST_CAUSES:
        types.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    return {
        "error": types,
        "places": [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames],
    }


def _short(file: str) -> str:
    """The file from its package on: where a machine keeps its programs is nobody's business."""
    return "/".join(PurePath(file).parts[-3:])


class _Plain(logging.Formatter):
    """A library's record: its template's first line without what was to be filled in."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        words = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        line: dict[str, Any] = {
            "event": words.partition("\n")[0][:200],
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= places_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)
