"""A turf's own story in its panel: who made it, and what each walk brought. The whole of it is one click away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.screens.turfs.words import doors_words, minutes_words
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_day, format_number

if TYPE_CHECKING:
    from canvass_app.services.turf_passes import TurfMaking, TurfPass

SHOWN = 4


class TurfStory(QWidget):
    """Shows a `TurfMaking` and the latest `TurfPass`es. `history_wanted`: everything, event by event."""

    history_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._making: TurfMaking | None = None
        self._passes: list[TurfPass] = []
        self.made = PlainLabel(kind="quiet", wrap=True)
        self.lines = [(PlainLabel(wrap=True), PlainLabel(kind="small", wrap=True)) for _ in range(SHOWN)]
        self.more = PlainLabel(kind="small", wrap=True)
        self.history = make_button("", "quiet", "clock")
        self.history.clicked.connect(self.history_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().px(2))
        column.addWidget(self.made)
        for head, figures in self.lines:
            column.addWidget(head)
            column.addWidget(figures)
        column.addWidget(self.more)
        column.addWidget(self.history)
        self.show_story(None, [])
        self.retranslate()

    def show_story(self, making: TurfMaking | None, passes: list[TurfPass]) -> None:
        """Show a turf's making and its walks, the newest first."""
        self._making, self._passes = making, list(passes)
        self._write()

    def _write(self) -> None:
        making = self._making
        self.made.setText(self._made(making) if making is not None else "")
        self.made.setVisible(bool(self.made.text()))
        for place, (head, figures) in enumerate(self.lines):
            shown = place < len(self._passes)
            head.setVisible(shown)
            figures.setVisible(shown)
            if shown:
                one = self._passes[place]
                head.setText(_head(one))
                figures.setText(self._figures(one))
        rest = len(self._passes) - SHOWN
        self.more.setText(
            counted(rest, self.tr("%1 earlier list"), self.tr("%1 earlier lists"), format_number)
        )
        self.more.setVisible(rest > 0)

    def _made(self, making: TurfMaking) -> str:
        if not making.day:
            return ""
        words = self.tr("Made on %1 by %2.") if making.author else self.tr("Made on %1.")
        said = words.replace("%1", _day(making.day)).replace("%2", making.author)
        if making.changed_day:
            words = self.tr("Changed on %1 by %2.") if making.changed_by else self.tr("Changed on %1.")
            said += " " + words.replace("%1", _day(making.changed_day)).replace("%2", making.changed_by)
        return said

    def _figures(self, one: TurfPass) -> str:
        if not one.attempts:
            return " · ".join(
                (
                    doors_words(one.doors),
                    self.tr("back, no result") if one.returned else self.tr("out, no result yet"),
                )
            )
        language = current_language()
        tried = self.tr("%1 of %2 doors").replace("%1", format_number(one.tried, language))
        parts = [
            tried.replace("%2", format_number(one.doors, language)),
            counted(one.attempts, self.tr("%1 attempt"), self.tr("%1 attempts"), format_number),
            counted(one.contacts, self.tr("%1 contact"), self.tr("%1 contacts"), format_number),
        ]
        if one.minutes:
            parts.append(minutes_words(one.minutes))
        parts.append(self.tr("back") if one.returned else self.tr("out"))
        return " · ".join(parts)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.history.setText(self.tr("Whole history"))
        self.history.setAccessibleName(self.history.text())
        self._write()


def _day(iso: str) -> str:
    return format_day(date.fromisoformat(iso), current_language())


def _head(one: TurfPass) -> str:
    return " · ".join(filter(None, (one.code, _day(one.issued_day), one.canvasser)))
