"""The table every screen uses: quiet lines, one row selected as a whole, everything reachable by keys."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.widgets.bars import paint_balance
from canvass_app.desktop.widgets.chips import paint_badge
from canvass_app.desktop.widgets.labels import retranslates
from canvass_app.desktop.widgets.rows_model import Balance, Chip, PaintRole, RowsModel

ROW_HEIGHT = 36


class CellDelegate(QStyledItemDelegate):
    """Draws one cell from the tokens: ground, bottom rule, the mark of the current row, and text, chip or bar."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        look, box = tokens(), option.rect
        states = QtWidgets.QStyle.StateFlag  # named here only: making them takes ten milliseconds
        painter.save()
        selected = bool(option.state & states.State_Selected)
        hovered = bool(option.state & states.State_MouseOver)
        ground = look.accent_soft if selected else look.hover if hovered else look.surface
        painter.fillRect(box, QColor(ground))
        table = self.parent()
        if not (isinstance(table, DataTable) and table.frame_closes(index.row())):
            painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), QColor(look.line))
        if selected and index.column() == 0:
            painter.fillRect(QRect(box.x(), box.y(), look.px(3), box.height()), QColor(look.accent))
        cell = box.adjusted(look.px(12), 0, -look.px(12), -1)
        drawn = index.data(PaintRole)
        if isinstance(drawn, Chip):
            paint_badge(painter, cell, drawn.text, drawn.tone, look, drawn.icon_name)
        elif isinstance(drawn, Balance):
            self._paint_balance(painter, cell, drawn, str(index.data()))
        else:
            self._paint_text(painter, cell, index)
        painter.restore()

    @staticmethod
    def _paint_text(painter: QPainter, cell: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        look, text = tokens(), index.data()
        if not text:
            return
        model = index.model()
        strong = isinstance(model, RowsModel) and model.columns[index.column()].strong
        painter.setFont(font(look.text, bold=strong))
        painter.setPen(QColor(look.ink))
        line = str(text).replace("\n", " ")
        shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, cell.width())
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(cell, int(align) | int(Qt.TextFlag.TextSingleLine), shown)

    @staticmethod
    def _paint_balance(painter: QPainter, cell: QRect, drawn: Balance, text: str) -> None:
        look = tokens()
        painter.setFont(font(look.text))
        painter.setPen(QColor(look.ink))
        words = look.px(44)
        number = QRect(cell.x(), cell.y(), words, cell.height())
        painter.drawText(number, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        bar = QRectF(
            cell.x() + words + look.px(8), cell.y(), cell.width() - words - look.px(8), cell.height()
        )
        if bar.width() > look.px(16):
            paint_balance(painter, bar, drawn.value, drawn.target, look)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As tall as every other row."""
        return QSize(super().sizeHint(option, index).width(), tokens().px(ROW_HEIGHT))


class DataTable(QTableView):
    """A table over a `RowsModel`. Arrows, Page, Home and End move; Enter opens; Tab leaves for the next control."""

    row_selected = Signal(object)  # id of the current row, or None
    rows_selected = Signal(object)  # list of ids
    row_activated = Signal(object)  # id, by Enter or a double click

    def __init__(self, model: RowsModel, parent: QWidget | None = None, *, many: bool = False) -> None:
        super().__init__(parent)
        self._short = False
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(tokens().px(48))
        # Model order until the user asks for another; the header then sorts.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.rows = model
        self.setModel(model)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._activate)
        model.modelReset.connect(self._tell_none)
        self._size()

    def keep_short(self) -> None:
        """Be no taller than the rows: a frame around nothing says that something is missing."""
        self._short = True
        self.rows.modelReset.connect(self._shorten)
        self._shorten()

    def frame_closes(self, row: int) -> bool:
        """Whether the frame stands right under this row, so that it needs no rule of its own."""
        return self._short and row == self.rows.rowCount() - 1

    def _shorten(self) -> None:
        look = tokens()
        rows = max(1, self.rows.rowCount())
        self.setMaximumHeight(rows * look.px(ROW_HEIGHT) + look.px(32) + 2 * look.ring)

    def select_id(self, row_id: Hashable) -> bool:
        """Make a row current and bring it into sight; False when the table does not hold it."""
        place = self.rows.position(row_id)
        if place is None:
            return False
        self.setCurrentIndex(self.rows.index(place, 0))
        self.scrollTo(self.rows.index(place, 0))
        return True

    def select_ids(self, ids: Sequence[Hashable]) -> None:
        """Select exactly these rows, those of them that the table holds."""
        chosen = QItemSelection()
        last = self.rows.columnCount() - 1
        for row_id in ids:
            place = self.rows.position(row_id)
            if place is not None:
                chosen.select(self.rows.index(place, 0), self.rows.index(place, last))
        self.selectionModel().select(chosen, self.selectionModel().SelectionFlag.ClearAndSelect)

    def selected_ids(self) -> list[Any]:
        """The ids of the selected rows, top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.row_id(place) for place in places]

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        """Tell who is selected."""
        super().selectionChanged(selected, deselected)
        ids = self.selected_ids()
        self.rows_selected.emit(ids)
        current = self.rows.row_id(self.currentIndex().row()) if self.currentIndex().isValid() else None
        self.row_selected.emit(current if current in ids else (ids[0] if ids else None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row; Home and End go to the first and last row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activate(self.currentIndex())
        elif (
            event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End)
            and not event.modifiers()
            and self.rows.rowCount()
        ):
            place = 0 if event.key() == Qt.Key.Key_Home else self.rows.rowCount() - 1
            self.setCurrentIndex(self.rows.index(place, max(0, self.currentIndex().column())))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow zoom and language."""
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self._size()
        if retranslates(event) and hasattr(self, "rows"):
            last = self.rows.columnCount() - 1
            self.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
            self.viewport().update()
        super().changeEvent(event)

    def _size(self) -> None:
        look = tokens()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_HEIGHT))
        header = self.horizontalHeader()
        for place, column in enumerate(self.rows.columns):
            if column.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, look.px(column.width))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        if self._short:
            self._shorten()

    def _activate(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.row_activated.emit(self.rows.row_id(index.row()))

    def _tell_none(self) -> None:
        self.rows_selected.emit([])
        self.row_selected.emit(None)
