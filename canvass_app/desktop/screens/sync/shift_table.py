"""What was recorded on this laptop, by volunteer and day: at headquarters, or only here."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Chip,
    Column,
    RowsModel,
    format_day,
    format_number,
    ui_language,
)
from canvass_app.desktop.widgets.short_table import ShortTable
from canvass_app.services.progress import ShiftHere

_MOST_ROWS = 20
_SENT = 3


def _number(value: float) -> str:
    return format_number(value, ui_language())


class ShiftTable(ShortTable):
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
        super().__init__(RowsModel(columns), _MOST_ROWS, parent)

    def show_shifts(self, shifts: list[ShiftHere], joined: bool) -> None:
        """Show these rows; order and selection stay."""
        if shifts == self._shown and joined == self._joined:
            return
        self._shown, self._joined = list(shifts), joined
        self.replace_rows(shifts, [(shift.volunteer, shift.day) for shift in shifts])

    def fit_columns(self, width: int) -> None:
        """What is at headquarters goes first: the state says it too; then the results."""
        self.setColumnHidden(_SENT, width < tokens().px(680))
        self.setColumnHidden(2, width < tokens().px(460))
