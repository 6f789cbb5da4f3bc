"""Says on the standard output when the window is usable: shown, with the riding's doors painted. For the benchmark."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

MARK = "canvass-usable"


class _Watch(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        from canvass_app.desktop.map import MapCanvas

        for canvas in self._window.findChildren(MapCanvas):
            if len(canvas.layers().doors):
                self._timer.stop()
                canvas.installEventFilter(self)
                canvas.update()
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt’s name
        if event.type() == QEvent.Type.Paint:
            from canvass_app.desktop.map import MapCanvas

            if isinstance(watched, MapCanvas) and watched.is_settled():
                watched.removeEventFilter(self)
                # After this very paint.
                QTimer.singleShot(0, self, self._tell)
            else:
                watched.update() if isinstance(watched, QWidget) else None
        return False

    def _tell(self) -> None:
        sys.stdout.write(f"{MARK} {time.monotonic_ns()}\n")
        sys.stdout.flush()
        QApplication.quit()


def watch(window: QWidget) -> None:
    """Watch `window`, say once that it is usable, and end the application."""
    _Watch(window)
