"""A table that stands whole on a scrolling page and is shown anew while somebody looks at it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets.data_table import ROW_HEIGHT, DataTable
from canvass_app.desktop.widgets.rows_model import RowsModel


class ShortTable(DataTable):
    """As tall as its rows, up to `most` of them. What is chosen, sorted and scrolled to outlives new rows."""

    def __init__(self, model: RowsModel, most: int, parent: QWidget | None = None) -> None:
        self._most = most
        super().__init__(model, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def replace_rows(self, rows: Sequence[Any], ids: Sequence[Hashable]) -> None:
        """Show these rows instead."""
        chosen, scrolled = self.selected_ids(), self.verticalScrollBar().value()
        self.rows.set_rows(rows, ids)
        header = self.horizontalHeader()
        if 0 <= header.sortIndicatorSection() < self.rows.columnCount():
            self.rows.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self.select_ids(chosen)
        self.verticalScrollBar().setValue(scrolled)
        self._fit()

    def fit_columns(self, width: int) -> None:
        """Leave columns out, or widen them, for a table of this width in pixels."""

    def _size(self) -> None:
        super()._size()
        self._fit()

    def _fit(self) -> None:
        look = tokens()
        rows = max(1, min(self._most, self.rows.rowCount()))
        self.setFixedHeight(rows * look.px(ROW_HEIGHT) + look.px(36) + 2 * look.ring)
        self.fit_columns(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit()
