"""A trouble told in full above the foot: what happened, what is safe, what to do next. No dialog; it waits to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from canvass_app.desktop.i18n import say_error
from canvass_app.desktop.theme import icon, icon_pixmap, tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.domain.errors import CanvassError
from canvass_app.sync.problems import WAITS, Undeclared

if TYPE_CHECKING:
    from canvass_app.desktop.shell.window import MainWindow

_NARROW = 600


def tell_refusal(window: MainWindow, error: CanvassError) -> None:
    """Say that headquarters refused. Where it waits for the declaration, lead to Sync, which shows it; there, be quiet."""
    if not isinstance(error, Undeclared):
        window.context.error(error)
    elif window.place != "sync":
        window.foot.message.clear()
        window.trouble.tell(CanvassError(WAITS), lambda: window.show_place("sync"))


class TroubleBar(QFrame):
    """Shows one `CanvassError` until it is closed or something else happens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._error: CanvassError | None = None
        self._picture = QLabel()
        self.words = PlainLabel(wrap=True)
        self.way = make_button("")
        self.way.clicked.connect(self._go)
        self._lead: Callable[[], object] | None = None
        self._close = QToolButton()
        self._close.setIcon(icon("close", "quiet"))
        self._close.clicked.connect(self.clear)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._said.addWidget(self.words, 1)
        self._said.addWidget(self.way, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        row.addLayout(self._said, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setVisible(False)
        self._space()
        self._write()

    def tell(self, error: CanvassError, lead: Callable[[], object] | None = None) -> None:
        """Show a trouble in the language of the screen. `lead` shows what can be done: a button of its own calls it."""
        self._error, self._lead = error, lead
        self._write()
        self.setVisible(True)

    def clear(self) -> None:
        """Go away."""
        self._error = None
        self.setVisible(False)

    def _go(self) -> None:
        lead = self._lead
        self.clear()
        if lead is not None:
            lead()

    def _write(self) -> None:
        self.way.setVisible(self._lead is not None)
        self.way.setText(self.tr("Read the declaration"))
        self.way.setAccessibleName(self.way.text())
        self.words.setText(say_error(self._error) if self._error is not None else "")
        self.setAccessibleName(self.words.text())
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.setAccessibleName(self.tr("Close (Esc)"))

    def _space(self) -> None:
        look = tokens()
        self._row.setContentsMargins(look.px(16), look.px(8), look.px(8), look.px(8))
        self._row.setSpacing(look.px(8))
        # The sign stands at the middle of the first line, which is as high as the button that closes.
        self._picture.setFixedHeight(self._close.sizeHint().height())
        self._picture.setPixmap(icon_pixmap("error", look.px(18), "bad", self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the button stands below the words."""
        super().resizeEvent(event)
        wide = self.width() >= tokens().px(_NARROW)
        ways = QBoxLayout.Direction
        self._said.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, theme and zoom."""
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._space()
        super().changeEvent(event)
