"""What the tabs of Review have in common: a table, and beside it what is known of the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Column, DataTable, EmptyState, Heading, PlainLabel, RowsModel
from canvass_app.desktop.widgets.format import NO_BREAK_SPACE, format_day, format_number

SHOWN_NAMES = 12


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

    def names(self, title: str, lines: Sequence[str], total: int = 0) -> None:
        """A titled list of names, the first dozen, and how many more there are."""
        if not lines:
            return
        self.column.addSpacing(tokens().px(6))
        self.line(title, "small")
        for text in lines[:SHOWN_NAMES]:
            self.line(text)
        more = max(total, len(lines)) - min(len(lines), SHOWN_NAMES)
        if more > 0:
            words = QCoreApplication.translate("Review", "and %1 more")
            self.line(words.replace("%1", figure(more)), "quiet")


class ReviewPage(QWidget):
    """One tab: rows of one sort. Subclasses say what the rows are and write the side."""

    counted = Signal(int)

    def __init__(self, context: AppContext, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.rows: list[Any] = []
        self.chosen: Any = None
        self._loaded = False
        self._wanted: Hashable | None = None
        self.table = DataTable(RowsModel(self.columns()))
        self.side = Side()
        self.empty = EmptyState(icon_name=icon_name)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._held(self.table))
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, tokens().px(12), 0, 0)
        whole.addWidget(self._stack)
        self.table.row_selected.connect(self._choose)
        self.setFocusProxy(self.table)

    @staticmethod
    def _held(table: DataTable) -> QWidget:
        """A table no taller than its rows, at the top of its half."""
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(table, 1)
        column.addStretch(0)
        table.keep_short()
        return held

    # what a subclass says

    def columns(self) -> list[Column[Any]]:
        """The table's columns."""
        raise NotImplementedError

    def read(self) -> Callable[[], list[Any]]:
        """What reads the rows, on a reader thread."""
        raise NotImplementedError

    def row_id(self, row: Any) -> Hashable:
        """A row's id in the table."""
        raise NotImplementedError

    def write_side(self) -> None:
        """Show the chosen row beside the table."""
        raise NotImplementedError

    def subject(self) -> tuple[str, bytes] | None:
        """The chosen row as a history asks for it."""
        return None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this tab."""
        return []

    def step_back(self) -> bool:
        """Esc: close what is open in this tab."""
        return False

    # the same for all

    def bind(self, key: str, act: Callable[[], object]) -> None:
        """A key of this tab: a shortcut, because the table takes letters for a search."""
        shortcut = QShortcut(QKeySequence(key), self, act)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def refresh(self) -> None:
        """Read the rows."""
        if self.context.riding_id is None:
            self.show_rows([])
            return
        self.context.tasks.read(self.read(), self.show_rows, key=f"review.{type(self).__name__}", owner=self)

    def show_rows(self, rows: list[Any]) -> None:
        """Show these rows; the chosen one stays chosen."""
        place = self.table.currentIndex().row()
        keep = self.row_id(self.chosen) if self.chosen is not None else None
        self.rows, self._loaded = rows, True
        self.table.rows.set_rows(rows, [self.row_id(row) for row in rows])
        was_empty = self._stack.currentWidget() is self.empty
        self._stack.setCurrentWidget(self._split if rows else self.empty)
        if rows and was_empty and self._has_keyboard():
            self.table.setFocus()
        if rows and (keep is None or not self.table.select_id(keep)):
            self.table.select_id(self.row_id(rows[min(max(0, place), len(rows) - 1)]))
        self.counted.emit(len(rows))

    def _has_keyboard(self) -> bool:
        """Whether the keys go to this tab, or to nothing: then they are for the rows that have come."""
        focused = QApplication.focusWidget()
        # The tabs themselves count too: the keyboard goes there when a tab has nothing to hold it.
        around: QWidget | None = self
        while around is not None and not isinstance(around, QTabWidget):
            around = around.parentWidget()
        inside = around is not None and focused is not None and around.isAncestorOf(focused)
        return self.isVisible() and (focused is None or focused is self.window() or inside)

    def _choose(self, row_id: Hashable | None) -> None:
        self.chosen = next((row for row in self.rows if self.row_id(row) == row_id), None)
        self.write_side()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side goes below the table where there is no room beside it."""
        look = tokens()
        wide = self.width() >= look.px(760)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        if wide:
            self._split.setSizes([self.width() * 66 // 100, self.width() * 34 // 100])
        else:
            # The side holds what is asked and done: below the table it has the larger part.
            self._split.setSizes([self.height() * 35 // 100, self.height() * 65 // 100])
        self.fit_columns(self.table.width() if not wide else self.width() * 60 // 100)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Write the side at the new size of text."""
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_loaded", False):
            # Afterwards: Qt is going through all widgets now, and the side's old ones would be gone under its feet.
            QTimer.singleShot(0, self, self.write_side)
        super().changeEvent(event)

    def stacked(self) -> bool:
        """Whether the side stands below the table: it is wide then, and low."""
        return self._split.orientation() == Qt.Orientation.Vertical

    def fit_columns(self, width: int) -> None:
        """Leave columns out in a table of this width."""

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        if self._loaded:
            self.write_side()
