"""The report row by row: line, what happened, why; filtered, and saved as a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Chip,
    Column,
    DataTable,
    PlainLabel,
    RowsModel,
    format_number,
    make_button,
)
from canvass_app.domain.address import fold


class ProblemTable(QWidget):
    """All remarks of a reading."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._problems: list[Any] = []
        self.severity = QComboBox()
        self.severity.activated.connect(self._fill)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(100)
        self.search.textChanged.connect(self._fill)
        self._save = make_button("", "", "export")
        self._save.clicked.connect(self._save_as)
        self.model = RowsModel(
            [
                Column(lambda: self.tr("Line"), lambda p: p.line, self._number, "right", 68),
                Column(lambda: self.tr("What happened"), self._chip, width=120),
                Column(lambda: self.tr("Column"), lambda p: p.column, width=128),
                Column(lambda: self.tr("Value"), lambda p: p.value, width=96),
                Column(lambda: self.tr("Reason"), lambda p: p.reason.say(current_language())),
            ]
        )
        self.table = DataTable(self.model)
        self._none = PlainLabel(kind="quiet", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.severity)
        row.addWidget(self.search, 1)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().px(8))
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self._none)
        column.addStretch(0)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the reason keeps it: it names the value and the column itself, and the CSV has all."""
        for column in (2, 3):
            self.table.setColumnHidden(column, self.width() < tokens().px(760))
        super().resizeEvent(event)

    @staticmethod
    def _number(value: float) -> str:
        return format_number(value, current_language())

    def _chip(self, problem: Any) -> Chip:
        words = {"left_out": self.tr("left out"), "changed": self.tr("changed"), "note": self.tr("note")}
        tones: dict[str, Any] = {"left_out": "bad", "changed": "warn"}
        return Chip(words[problem.severity], tones.get(problem.severity, "neutral"))

    def show_problems(self, problems: list[Any]) -> None:
        """Show these `Problem`s."""
        self._problems = problems
        self._fill()

    def _fill(self) -> None:
        wanted, words = self.severity.currentData(), fold(self.search.text())
        language = current_language()
        shown = [
            problem
            for problem in self._problems
            if (not wanted or problem.severity == wanted)
            and (not words or words in fold(f"{problem.line} {problem.value} {problem.reason.say(language)}"))
        ]
        self.model.set_rows(shown)
        self._none.setText(
            self.tr("Every row was understood as it stands.")
            if not self._problems
            else self.tr("No row fits the filter.")
        )
        self._none.setVisible(not shown)
        self.table.setVisible(bool(shown))
        self._save.setEnabled(bool(self._problems))

    def _save_as(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), "report.csv", "CSV (*.csv)")
        if name:
            self.save_csv(Path(name))

    def save_csv(self, path: Path) -> None:
        """Write all remarks as CSV."""
        problems, language = self._problems, current_language()

        def work() -> int:
            from canvass_app.imports import write_report_csv

            return write_report_csv(problems, path, language)

        def done(_: int) -> None:
            self._context.say(self.tr("Report saved as %1").replace("%1", path.name))

        self._context.tasks.read(work, done, owner=self)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        place = max(0, self.severity.currentIndex())
        self.severity.clear()
        for words, value in (
            (self.tr("All remarks"), ""), (self.tr("Left out"), "left_out"), (self.tr("Changed"), "changed"),
            (self.tr("Notes"), "note"),
        ):  # fmt: skip
            self.severity.addItem(words, value)
        self.severity.setCurrentIndex(place)
        self.severity.setAccessibleName(self.tr("Which remarks"))
        self.search.setPlaceholderText(self.tr("Filter by line, value or reason"))
        self.search.setAccessibleName(self.tr("Filter by line, value or reason"))
        self._save.setText(self.tr("Save as CSV…"))
        self._save.setAccessibleName(self.tr("Save as CSV…"))
        self.table.setAccessibleName(self.tr("Remarks"))
        self._fill()
