"""The small window that stands alone, before or instead of the main one: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.theme.icons import Tone
from canvass_app.desktop.widgets import Heading, PlainLabel


class Notice(QDialog):
    """A picture, a heading, some sentences and buttons. `tasks` are its own and end with it."""

    def __init__(self, picture: tuple[str, Tone], heading: str, sentence: str) -> None:
        super().__init__()
        self.tasks = Tasks(self)
        look = tokens()
        self.setWindowTitle("Canvass")
        self._picture = QLabel()
        self.heading = Heading(heading, "section")
        self.sentence = PlainLabel(sentence, wrap=True)
        self.show_picture(*picture)
        self._words = QVBoxLayout()
        self._words.setSpacing(look.px(8))
        self._words.addWidget(self.heading)
        self._words.addWidget(self.sentence)
        self._words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(look.px(16))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(20))
        self._column.setSpacing(look.px(20))
        self._column.addLayout(row)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look.px(8))
        self._buttons.addStretch(1)
        self._column.addLayout(self._buttons)

    def show_picture(self, name: str, tone: Tone) -> None:
        """What it is about, by shape and colour."""
        self._picture.setPixmap(icon_pixmap(name, tokens().px(28), tone))

    def add_below(self, widget: QWidget) -> None:
        """A widget below the sentences."""
        self._words.insertWidget(self._words.count() - 1, widget)

    def add_button(self, button: QPushButton) -> None:
        """One more button, to the right of those before it."""
        self._buttons.addWidget(button)

    def fit(self) -> None:
        """As tall as the words need in this language: wrapped labels tell a layout only when it is asked."""
        layout = self.layout()
        if layout is not None:
            self.setFixedWidth(max(tokens().px(520), layout.minimumSize().width()))
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def done(self, result: int) -> None:
        """End the threads with the window."""
        self.tasks.close()
        super().done(result)
