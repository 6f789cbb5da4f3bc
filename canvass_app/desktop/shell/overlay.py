"""A panel over the window: find-anything and the keys of F1 stand on it. Part of the window, never a window of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from canvass_app.desktop.theme import tokens


class Overlay(QWidget):
    """Dims the window and holds one panel; Esc or a press beside the panel closes it, and focus goes back."""

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self._window = parent
        self._panel_width = width
        self._came_from: QWidget | None = None
        self.panel = QFrame(self)
        self.panel.setProperty("kind", "card")
        self.body = QVBoxLayout(self.panel)
        self.setVisible(False)
        parent.installEventFilter(self)

    def open(self) -> None:
        """Show the panel over the whole window."""
        self._came_from = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self._place()
        self.setVisible(True)
        self.raise_()

    def close_panel(self) -> None:
        """Go away and give the focus back."""
        if not self.isVisible():
            return
        self.setVisible(False)
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()
        self._came_from = None

    def panel_height(self) -> int:
        """How tall the panel wants to be."""
        return self.panel.sizeHint().height()

    def _place(self) -> None:
        look = tokens()
        width = min(look.px(self._panel_width), self.width() - look.px(32))
        top = look.px(56)
        self.panel.setFixedWidth(width)
        height = min(self.panel_height(), self.height() - top - look.px(24))
        self.panel.setGeometry((self.width() - width) // 2, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt’s name
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the panel closes it."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is behind; a soft edge lifts the panel."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scrim = QColor("#000000")
        scrim.setAlphaF(0.45 if look.is_dark else 0.18)
        painter.fillRect(self.rect(), scrim)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.panel.geometry())
        for step in range(1, 7):
            shade = QColor("#000000")
            shade.setAlphaF(0.028)
            painter.setBrush(shade)
            grown = look.px(2) * step
            painter.drawRoundedRect(
                box.adjusted(-grown, -grown + look.px(4), grown, grown + look.px(4)),
                look.px(6) + grown,
                look.px(6) + grown,
            )
        painter.end()
