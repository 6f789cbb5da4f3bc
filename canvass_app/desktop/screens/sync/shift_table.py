"""What was recorded on this laptop, by volunteer and day: at headquarters, or only here."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Chip,
    Column,
    DataTable,
    RowsModel,
    format_day,
    format_number,
    ui_language,
)
from canvass_app.desktop.widgets.data_table import ROW_HEIGHT
from canvass_app.services.progress import ShiftHere

_MOST_ROWS = 12
_SENT = 3


def _number(value: float) -> str:
    return format_number(value, ui_language())


class ShiftTable(DataTable):
    """One row a volunteer and day, the latest day first; sortable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        self._joined = False
        self._shown: list[ShiftHere] = []

        def state(row: ShiftHere) -> Chip:
            if not row.pending:
                return Chip(translate("Sync", "all at headquarters"), "good")
            words = translate("Sync", "%1 only here").replace("%1", _number(row.pending))
            return Chip(words, "warn" if self._joined else "neutral", None if self._joined else "home")

        columns: list[Column[Any]] = [
            Column(
                lambda: translate("Sync", "Volunteer"),
                lambda r: r.volunteer or translate("Sync", "no name given"),
                strong=True,
            ),
            Column(
                lambda: translate("Sync", "Day"),
                lambda r: format_day(date.fromisoformat(r.day), ui_language()),
                width=120,
                sort_key=lambda r: r.day,
            ),
            Column(lambda: translate("Sync", "Results"), lambda r: r.results, _number, "right", 100),
            Column(
                lambda: translate("Sync", "At headquarters"),
                lambda r: r.results - r.pending,
                _number,
                "right",
                140,
            ),
            Column(lambda: translate("Sync", "State"), state, width=190, sort_key=lambda r: r.pending),
        ]
        super().__init__(RowsModel(columns), parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_shifts(self, shifts: list[ShiftHere], joined: bool) -> None:
        """Show these rows; order and selection stay."""
        if shifts == self._shown and joined == self._joined:
            return
        chosen, scrolled = self.selected_ids(), self.verticalScrollBar().value()
        self._shown, self._joined = list(shifts), joined
        self.rows.set_rows(shifts, [(shift.volunteer, shift.day) for shift in shifts])
        header = self.horizontalHeader()
        if 0 <= header.sortIndicatorSection() < self.rows.columnCount():
            self.rows.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self.select_ids(chosen)
        self.verticalScrollBar().setValue(scrolled)
        self._fit()

    def _size(self) -> None:
        super()._size()
        self._fit()

    def _fit(self) -> None:
        look = tokens()
        rows = max(1, min(_MOST_ROWS, self.rows.rowCount()))
        self.setFixedHeight(rows * look.px(ROW_HEIGHT) + look.px(36) + 2 * look.ring)
        self.setColumnHidden(_SENT, self.width() < look.px(680))
        self.setColumnHidden(2, self.width() < look.px(460))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave columns out where there is no room."""
        super().resizeEvent(event)
        self._fit()
