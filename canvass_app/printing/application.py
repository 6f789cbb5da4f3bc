"""A Qt application for programs that only print."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

_ours: list[QGuiApplication] = []


def ensure_gui_application() -> QGuiApplication:
    """The running QGuiApplication, or a new one without a screen; fonts need one, an event loop they do not.

    Call it on the main thread. Raises RuntimeError when the process already runs a Qt application that
    cannot draw text (a bare QCoreApplication), because Qt allows only one.
    """
    running = QCoreApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if running is not None:
        raise RuntimeError("a QCoreApplication is running; printing needs a QGuiApplication")
    chosen = os.environ.get("QT_QPA_PLATFORM")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        _ours.append(QGuiApplication(["canvass-app"]))
    finally:
        if chosen is None:
            del os.environ["QT_QPA_PLATFORM"]
    return _ours[-1]
