"""A small window for a trouble that keeps the program from starting, such as a second copy on the same data."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout

from canvass_app.desktop.i18n import say_error
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button
from canvass_app.domain.errors import AlreadyOpen, CanvassError


class TroubleWindow(QDialog):
    """Says what happened, what is safe and what to do."""

    def __init__(self, error: CanvassError) -> None:
        super().__init__()
        look = tokens()
        self.setWindowTitle("Canvass")
        self.setMinimumWidth(look.px(460))
        already = isinstance(error, AlreadyOpen)
        picture = QLabel()
        picture.setPixmap(
            icon_pixmap("info" if already else "warning", look.px(28), "accent" if already else "warn")
        )
        heading = self.tr("Canvass is already open") if already else self.tr("Canvass cannot open your data")
        self.sentence = PlainLabel(say_error(error), wrap=True)
        close = make_button(self.tr("Close"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        words = QVBoxLayout()
        words.setSpacing(look.px(8))
        words.addWidget(Heading(heading, "section"))
        words.addWidget(self.sentence)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(look.px(16))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(20))
        column.setSpacing(look.px(20))
        column.addLayout(row)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
