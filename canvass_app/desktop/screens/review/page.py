"""One tab of Review: a table, and beside it what is known of the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.side import Side
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Column, DataTable, EmptyState, RowsModel
from canvass_app.domain.accesses import Access
from canvass_app.services.book import Book

Row = TypeVar("Row")


class Tab(Protocol[Row]):
    """What a tab shows: where its rows come from, and how one is told."""

    def columns(self) -> list[Column[Row]]:
        """The table's columns."""
        ...

    def left_out(self, width: int) -> Collection[int]:
        """The columns for which a table of this width, in pixels, has no room."""
        ...

    def read(self, book: Book, riding_id: int) -> list[Row]:
        """The rows of a riding; called on a reader thread."""
        ...

    def row_id(self, row: Row) -> Hashable:
        """A row's id in the table."""
        ...

    def subject(self, row: Row) -> tuple[str, bytes] | None:
        """The row as a history asks for it; None when it has none."""
        ...

    def write(self, side: Side, row: Row) -> None:
        """Tell what is known of a row, beside the table."""
        ...

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the tab."""
        ...

    def table_name(self) -> str:
        """What the table is called to those who hear the screen."""
        ...

    def empty_texts(self) -> tuple[str, str, str]:
        """Title, words and button (or "") of the tab without rows."""
        ...


class ReviewPage(QWidget, Generic[Row]):
    """The widget of one tab: it reads the rows, keeps the chosen one and gives the side its room."""

    counted = Signal(int)

    def __init__(
        self, context: AppContext, tab: Tab[Row], icon_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.tab = tab
        self.rows: list[Row] = []
        self.chosen: Row | None = None
        self._loaded = False
        self.table = DataTable(RowsModel(tab.columns()))
        self.side = Side()
        self.empty = EmptyState(icon_name=icon_name)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._held = beside(self._split, self.table)
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

    def subject(self) -> tuple[str, bytes] | None:
        """The chosen row as a history asks for it."""
        return self.tab.subject(self.chosen) if self.chosen is not None else None

    def step_back(self) -> bool:
        """Esc: close what is open in this tab."""
        return False

    def bind(self, key: str, act: Callable[[], object]) -> None:
        """A key of this tab: a shortcut, because the table takes letters for a search."""
        shortcut = QShortcut(QKeySequence(key), self, act)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def refresh(self) -> None:
        """Read the rows."""
        book, riding, tab = self.context.book, self.context.riding_id, self.tab
        if riding is None:
            self.show_rows([])
            return
        self.context.tasks.read(
            lambda: tab.read(book, riding), self.show_rows, key=f"review.{type(tab).__name__}", owner=self
        )

    def show_rows(self, rows: list[Row]) -> None:
        """Show these rows; the chosen one stays chosen."""
        row_id = self.tab.row_id
        place = self.table.currentIndex().row()
        keep = row_id(self.chosen) if self.chosen is not None else None
        had_none, self.rows, self._loaded = not self.rows, rows, True
        self.table.rows.set_rows(rows, [row_id(row) for row in rows])
        self._stack.setCurrentWidget(self._split if rows else self.empty)
        if rows and had_none and self._has_keyboard():
            self.table.setFocus()
        if rows and (keep is None or not self.table.select_id(keep)):
            self.table.select_id(row_id(rows[min(max(0, place), len(rows) - 1)]))
        self.counted.emit(len(rows))
        named = [one for one in map(self.tab.subject, rows) if one is not None]
        self.context.seen.note(
            Access.READ,
            self.context.riding_id,
            people={one for kind, one in named if kind == "person"},
            doors={one for kind, one in named if kind == "door"},
            what="decision",
        )

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
        self.chosen = next((row for row in self.rows if self.tab.row_id(row) == row_id), None)
        self.write_side()

    def write_side(self) -> None:
        """Show the chosen row beside the table."""
        self.side.begin()
        if self.chosen is not None:
            self.tab.write(self.side, self.chosen)
        self.side.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side goes below the table where there is no room beside it."""
        wide = self.width() >= tokens().px(760)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        keep_apart(self._held, wide)
        if wide:
            self._split.setSizes([self.width() * 66 // 100, self.width() * 34 // 100])
        else:
            # The side holds what is asked and done: below the table it has the larger part.
            self._split.setSizes([self.height() * 35 // 100, self.height() * 65 // 100])
        left_out = self.tab.left_out(self.width() * 60 // 100 if wide else self.table.width())
        for column in range(len(self.table.rows.columns)):
            self.table.setColumnHidden(column, column in left_out)
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

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.table.setAccessibleName(self.tab.table_name())
        self.empty.set_texts(*self.tab.empty_texts())
        if self._loaded:
            self.write_side()


def beside(split: QSplitter, table: DataTable) -> QVBoxLayout:
    """Put a table no taller than its rows at the top of its half; the layout that holds it there."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(table, 1)
    column.addStretch(0)
    table.keep_short()
    split.addWidget(held)
    return column


def keep_apart(held: QVBoxLayout, wide: bool) -> None:
    """Leave room between a table and the rule beside it, or below it."""
    gap = tokens().px(12)
    held.setContentsMargins(0, 0, gap if wide else 0, 0 if wide else gap)


AnyPage = ReviewPage[Any]
