"""A trouble told in full above the foot: what happened, what is safe, what to do next. No dialog; it waits to be read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from canvass_app.desktop.i18n import say_error
from canvass_app.desktop.theme import icon, icon_pixmap, tokens
from canvass_app.desktop.widgets import PlainLabel
from canvass_app.domain.errors import CanvassError


class TroubleBar(QFrame):
    """Shows one `CanvassError` until it is closed or something else happens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._error: CanvassError | None = None
        self._picture = QLabel()
        self.words = PlainLabel(wrap=True)
        self._close = QToolButton()
        self._close.setIcon(icon("close", "quiet"))
        self._close.clicked.connect(self.clear)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setVisible(False)
        self._space()
        self._write()

    def tell(self, error: CanvassError) -> None:
        """Show a trouble in the language of the screen."""
        self._error = error
        self._write()
        self.setVisible(True)

    def clear(self) -> None:
        """Go away."""
        self._error = None
        self.setVisible(False)

    def _write(self) -> None:
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

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, theme and zoom."""
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._space()
        super().changeEvent(event)
