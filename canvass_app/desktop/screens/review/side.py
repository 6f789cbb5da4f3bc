"""The column beside a table, and how its days, numbers and quotes are set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel
from canvass_app.desktop.widgets.format import NO_BREAK_SPACE, format_day, format_number

SHOWN_NAMES = 12
# Pixels at 100 %: the side is never made to take more from the table than this.
MOST_WIDTH = 400


def when(day: str, clock: str) -> str:
    """A day and a time of day as services give them (ISO, 19:42), in words of the screen's language."""
    if not day:
        return ""
    language = current_language()
    if language == "fr":
        hour, _, minute = clock.partition(":")
        clock = f"{int(hour)}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{minute}"
    return f"{format_day(date.fromisoformat(day), language)}, {clock}"


def figure(value: float) -> str:
    """A number in the screen's language."""
    return format_number(value, current_language())


def capital(text: str) -> str:
    """Words of services, which are made to stand inside a sentence, at the beginning of one."""
    return text[:1].upper() + text[1:]


def together(*parts: str) -> str:
    """Parts in one line, those that are there; where the line breaks, it does between them."""
    return f"{NO_BREAK_SPACE}· ".join(part.replace(" ", NO_BREAK_SPACE) for part in parts if part)


def unbroken(text: str) -> str:
    """Words of services as French sets them: a line never breaks inside « » or before a colon."""
    if current_language() != "fr":
        return text
    for apart, together in (("« ", "«"), (" »", "»"), (" :", ":")):
        space = NO_BREAK_SPACE
        text = text.replace(apart, together + space if apart.endswith(" ") else space + together)
    return text


class Side(QWidget):
    """The column beside a table, written anew for each row: what scrolls, and below it what is done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._area, 1)
        self._page, self.column = self._empty_column()
        self._foot, self.foot = self._empty_column()
        self._whole.addWidget(self._foot)

    @staticmethod
    def _empty_column() -> tuple[QWidget, QVBoxLayout]:
        look, page = tokens(), QWidget()
        page.setProperty("kind", "scrolled")
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(12), 0, look.px(4), look.px(4))
        column.setSpacing(look.px(6))
        return page, column

    def begin(self) -> None:
        """Start over with an empty column and an empty foot."""
        self._page, self.column = self._empty_column()
        self._whole.removeWidget(self._foot)
        self._foot.hide()
        self._foot.deleteLater()
        self._foot, self.foot = self._empty_column()
        self._whole.addWidget(self._foot)

    def end(self) -> None:
        """Show what was written."""
        self.column.addStretch(1)
        # What cannot be broken decides how narrow the side may be: it has no bar to be moved sideways with.
        look, bar = tokens(), self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(min(self._page.minimumSizeHint().width() + bar, look.px(MOST_WIDTH)))
        self._area.setWidget(self._page)
        self._foot.setVisible(self.foot.count() > 0)

    def heading(self, text: str) -> None:
        """A heading that wraps."""
        heading = Heading(unbroken(text), "section")
        heading.setWordWrap(True)
        heading.setIndent(0)
        self.column.addWidget(heading)

    def line(self, text: str, kind: Any = "") -> None:
        """A line that wraps; nothing for a blank one."""
        if text:
            self.column.addWidget(PlainLabel(unbroken(text), wrap=True, kind=kind))

    def names(self, title: str, lines: Sequence[str], total: int = 0, most: int = SHOWN_NAMES) -> None:
        """A titled list of names, the first few, and how many more of the `total` there are."""
        if not lines:
            return
        self.column.addSpacing(tokens().px(6))
        self.line(title, "small")
        for text in lines[:most]:
            self.line(text)
        more = max(total, len(lines)) - min(len(lines), most)
        if more > 0:
            one = QCoreApplication.translate("Review", "and %1 other")
            many = QCoreApplication.translate("Review", "and %1 others")
            self.line(counted(more, one, many, format_number), "quiet")
