"""Says on the standard output when the window is usable: shown, with the riding's doors painted. For the benchmark."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from canvass_app.desktop.map import MapCanvas

MARK = "canvass-usable"


class _Watch(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for canvas in window.findChildren(MapCanvas):
            canvas.painted_fine.connect(lambda canvas=canvas: self._painted(canvas))

    def _painted(self, canvas: MapCanvas) -> None:
        if len(canvas.layers().doors) and canvas.is_settled():
            canvas.removeEventFilter(self)
            canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt’s name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # After this very paint, which brings the picture to the screen.
            QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        sys.stdout.write(f"{MARK} {time.monotonic_ns()}\n")
        sys.stdout.flush()
        QApplication.quit()


def watch(window: QWidget) -> None:
    """Watch `window`, say once that it is usable, and end the application."""
    _Watch(window)
