"""What headquarters took from this laptop: told on the screen Sync until somebody has read it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.theme.icons import icon_pixmap
from canvass_app.desktop.widgets import Card, PlainLabel, format_day, make_button
from canvass_app.services.losing import Loss


class LossCard(Card):
    """A line for each riding that was taken, and the word that it was read. `was_read` when somebody says so."""

    was_read = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses: tuple[Loss, ...] = ()
        self._mark, self._lines = QLabel(), QVBoxLayout()
        self._labels: list[PlainLabel] = []
        self.button = make_button("")
        self.button.clicked.connect(self.was_read)
        row = QHBoxLayout()
        row.setContentsMargins(0, tokens().px(2), 0, tokens().px(2))
        row.setSpacing(tokens().px(20))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._lines, 1)
        self.body.addLayout(row)
        self._lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(False)

    def texts(self) -> list[str]:
        """What it says, the latest first."""
        return [label.text() for label in self._labels if not label.isHidden()]

    def show_losses(self, losses: Sequence[Loss]) -> None:
        """Show these in the language of the moment; away when there are none."""
        self._losses = tuple(losses)
        self.setVisible(bool(losses))
        while len(self._labels) < len(losses):
            label = PlainLabel(wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._lines.insertWidget(len(self._labels), label)
            self._labels.append(label)
        language = current_language()
        for place, label in enumerate(self._labels):
            label.setVisible(place < len(losses))
            if place < len(losses):
                day = format_day(losses[place].at_ms, language)
                label.setText(f"{day} · {losses[place].text.say(language)}")
        self.button.setText(self.tr("I have read it"))
        self.button.setAccessibleName(self.tr("I have read it"))
        self._draw()

    def _draw(self) -> None:
        self._mark.setPixmap(icon_pixmap("warning", tokens().px(16), "warn", self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_labels"):
            self._draw()
