"""What was recorded on this laptop, shift by shift: at headquarters with its receipt, or only here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.screens.sync.telling import day_words, volunteer
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Chip, Column, RowsModel, format_number, ui_language
from canvass_app.desktop.widgets.short_table import ShortTable
from canvass_app.services.receipts import ShiftReceipt

_MOST_ROWS = 12
_DAY, _RESULTS, _RECEIPT = 2, 3, 5


def _number(value: float) -> str:
    return format_number(value, ui_language())


def state_chip(row: ShiftReceipt, joined: bool) -> Chip:
    """The state of a shift in a word or two."""
    translate = QCoreApplication.translate
    if row.voided:
        return Chip(translate("Sync", "taken back"), "neutral", "undo")
    if row.pending:
        words = translate("Sync", "%1 only here").replace("%1", _number(row.pending))
        return Chip(words, "warn" if joined else "neutral", None if joined else "home")
    if row.aside:
        return Chip(translate("Sync", "%1 set aside").replace("%1", _number(row.aside)), "warn")
    if row.waiting:
        return Chip(translate("Sync", "on its way"), "neutral", "sync")
    return Chip(translate("Sync", "all at headquarters"), "good")


class ShiftTable(ShortTable):
    """One row a shift, the latest first; sortable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        self._joined = False
        self._shown: list[ShiftReceipt] = []
        columns: list[Column[Any]] = [
            Column(
                lambda: translate("Sync", "Shift"),
                lambda r: r.number,
                lambda n: _number(n) if n else "–",
                "right",
                70,
            ),
            Column(lambda: translate("Sync", "Volunteer"), lambda r: volunteer(r.volunteer), strong=True),
            Column(
                lambda: translate("Sync", "Day"),
                lambda r: day_words(r.day),
                width=120,
                sort_key=lambda r: (r.day, r.number),
            ),
            Column(lambda: translate("Sync", "Results"), lambda r: r.results, _number, "right", 90),
            Column(
                lambda: translate("Sync", "State"),
                lambda r: state_chip(r, self._joined),
                width=190,
                sort_key=lambda r: r.pending,
            ),
            Column(lambda: translate("Sync", "Receipt"), lambda r: r.receipt or "–", width=96),
        ]
        super().__init__(RowsModel(columns), _MOST_ROWS, parent)

    def show_shifts(self, shifts: list[ShiftReceipt], joined: bool) -> None:
        """Show these rows; order and selection stay."""
        if shifts == self._shown and joined == self._joined:
            return
        self._shown, self._joined = list(shifts), joined
        self.replace_rows(shifts, [(one.riding_id, one.shift_id, one.volunteer, one.day) for one in shifts])

    def chosen(self) -> ShiftReceipt | None:
        """The selected shift; the first one where none is."""
        ids = self.selected_ids()
        if ids:
            for one in self._shown:
                if (one.riding_id, one.shift_id, one.volunteer, one.day) == ids[0]:
                    return one
        return self._shown[0] if self._shown else None

    def fit_columns(self, width: int) -> None:
        """In a narrow window the day goes first, then the results: the sentence below has both."""
        self.setColumnHidden(_DAY, width < tokens().px(620))
        self.setColumnHidden(_RESULTS, width < tokens().px(520))
        self.setColumnHidden(_RECEIPT, width < tokens().px(430))
