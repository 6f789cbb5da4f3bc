"""When something breaks that should not: a report that can be shown to a stranger.

It names the kind of error, our own modules and line numbers, and versions. It never holds the error's message, a
value, a path outside the package or a name: those may be a person's. Known troubles (`CanvassError`) are no bugs and
are told in the bottom line.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from canvass_app import __version__
from canvass_app.domain.errors import CanvassError

_PACKAGE = "canvass_app"
_FOLDER = "reports"
_DEEPEST = 40


class CrashReport(NamedTuple):
    """What is known of a bug. `group` is the same for every occurrence of one bug in one version."""

    kind: str
    frames: tuple[str, ...]
    group: str
    versions: tuple[str, ...]

    def text(self) -> str:
        """The whole report: exactly what is shown, copied and saved."""
        lines = ["Canvass problem report", f"Group: {self.group}", "", f"Error: {self.kind}", "", "Where:"]
        lines += [f"  {frame}" for frame in self.frames] or ["  (outside Canvass)"]
        return "\n".join([*lines, "", "Versions:", *(f"  {version}" for version in self.versions), ""])


def make_report(kind: type[BaseException], traceback: TracebackType | None) -> CrashReport:
    """The report of an exception. Its message and arguments are never looked at."""
    import hashlib

    frames = tuple(_frames(traceback))
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    digest = hashlib.sha256("\n".join((name, *frames)).encode()).hexdigest()[:12]
    return CrashReport(name, frames, digest, _versions())


def _frames(traceback: TracebackType | None) -> list[str]:
    found: list[str] = []
    while traceback is not None and len(found) < _DEEPEST:
        frame = traceback.tb_frame
        module = str(frame.f_globals.get("__name__", ""))
        if module == _PACKAGE or module.startswith(_PACKAGE + "."):
            found.append(f"{module}:{traceback.tb_lineno} in {frame.f_code.co_name}")
        elif not found or found[-1] != "(library)":
            found.append("(library)")
        traceback = traceback.tb_next
    return found


def _versions() -> tuple[str, ...]:
    import platform

    from PySide6 import __version__ as pyside
    from PySide6.QtCore import qVersion

    return (
        f"Canvass {__version__}",
        f"Python {platform.python_version()}",
        f"PySide6 {pyside}, Qt {qVersion()}",
        f"{platform.system()} {platform.machine()}",
    )


def save_report(report: CrashReport, folder: Path) -> Path | None:
    """Write the report into the data folder, once a group. None when that is not possible."""
    target = folder / _FOLDER / f"{report.group}.txt"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.write_text(report.text(), "utf-8")
    except OSError:
        return None
    return target


class CrashCatcher:
    """Takes over `sys.excepthook` and its kin for threads and forgotten exceptions.

    `show(report, path, times)` is called on the GUI thread for each bug; `tell(error)` for each known trouble.
    """

    def __init__(
        self, folder: Path, show: Callable[[CrashReport, Path | None, int], None],
        tell: Callable[[CanvassError], None],
    ) -> None:  # fmt: skip
        from PySide6.QtCore import QObject, Signal

        class _Bridge(QObject):
            caught = Signal(object)

        self._folder = folder
        self._show = show
        self._tell = tell
        self._times: dict[str, int] = {}
        self._bridge = _Bridge()
        self._bridge.caught.connect(self._take)
        self._before: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """From now on, catch what nobody else does."""
        from PySide6.QtCore import qInstallMessageHandler

        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._excepthook
        threading.excepthook = lambda args: self._excepthook(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        sys.unraisablehook = lambda args: self._excepthook(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(_quiet_qt)

    def remove(self) -> None:
        """Put back what was there before."""
        from PySide6.QtCore import qInstallMessageHandler

        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None
            qInstallMessageHandler(None)

    def _excepthook(
        self, kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            from PySide6.QtCore import QCoreApplication

            QCoreApplication.quit()
        elif isinstance(error, CanvassError):
            self._bridge.caught.emit(error)
        else:
            # The exception itself goes no further: its message may hold a name.
            report = make_report(kind, traceback)
            sys.stderr.write(report.text()) if sys.stderr is not None else None
            self._bridge.caught.emit(report)

    def _take(self, caught: CrashReport | CanvassError) -> None:
        if isinstance(caught, CanvassError):
            self._tell(caught)
            return
        times = self._times[caught.group] = self._times.get(caught.group, 0) + 1
        self._show(caught, save_report(caught, self._folder), times)


def _quiet_qt(kind: Any, place: Any, words: str) -> None:
    """Qt's warnings may hold the text of a widget. Only the fatal ones are let through, without their words."""
    from PySide6.QtCore import QtMsgType

    if kind == QtMsgType.QtFatalMsg and sys.stderr is not None:
        sys.stderr.write("Qt gave up.\n")
