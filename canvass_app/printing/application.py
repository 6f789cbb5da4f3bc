"""A Qt application for programs that only print."""

from __future__ import annotations

import os
from functools import cache

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QDate,
    QIODevice,
    QLocale,
    QMarginsF,
    QSizeF,
    QTranslator,
)
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

PICTURE_HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
_ours: list[QGuiApplication] = []


def ensure_gui_application() -> QGuiApplication:
    """The running QGuiApplication, or a new one without a screen; fonts need one, an event loop they do not.

    Call it on the main thread before a worker prints: it also meets Qt's drawing types there, which two threads
    must not meet first at once (docs/decisions/0008). Raises RuntimeError when the process already runs a Qt application that
    cannot draw text (a bare QCoreApplication), because Qt allows only one; StorageProblem when the computer
    has no font.
    """
    running = QCoreApplication.instance()
    if isinstance(running, QGuiApplication):
        _meet_drawing_types()
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
    _meet_drawing_types()
    return _ours[-1]


@cache
def _meet_drawing_types() -> None:
    """Use once, on a scratch page, what drawing a sheet uses."""
    from .canvas import Canvas, Style, sheet_family
    from .geometry import Rect

    # Before anything is painted: an error within painting would leave a painter behind its page, and Qt ends
    # the program for that.
    sheet_family()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    scratch = QImage(8, 8, QImage.Format.Format_RGB32)
    scratch.fill(0xFFFFFFFF)
    square = Rect(0, 0, 1, 1)
    for device in (blank_pdf(buffer, 10.0, 10.0), scratch):
        painter = QPainter(device)
        painter.setRenderHints(PICTURE_HINTS)
        canvas = Canvas(painter)
        canvas.text(0, 1, "a", Style(9, struck=True), width=0.1, align="right")
        canvas.upright_text(0, 1, "a", Style(9))
        canvas.line(0, 0, 1, 1, 0.1, dotted=True)
        canvas.path([(0, 0), (1, 1)], 0.1)
        canvas.box(square, 0.1)
        canvas.fill(square)
        canvas.polygon([(0, 0), (1, 0), (1, 1)])
        canvas.disc(0, 0, 1, 0, 0.1)
        canvas.modules(square, ((True,),))
        canvas.clip(square)
        canvas.clip(None)
        painter.end()
    buffer.close()
    QLocale(QLocale.Language.French, QLocale.Country.Canada).toString(QDate(2015, 10, 12), "d MMM")
    QTranslator()


def blank_pdf(device: QIODevice, width_mm: float, height_mm: float) -> QPdfWriter:
    """A PDF with pages of that size, no margins, and one unit for each hundredth of a millimetre."""
    writer = QPdfWriter(device)
    size = QPageSize(
        QSizeF(width_mm, height_mm), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch
    )
    none = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, none, QPageLayout.Unit.Millimeter)
    )
    writer.setResolution(2540)
    return writer
