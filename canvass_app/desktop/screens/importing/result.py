"""The last step: what the import did."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.importing.problems import ProblemTable
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, Tile, format_number, make_button


class ResultStep(QWidget):
    """Four numbers, a sentence, and every remark."""

    map_wanted = Signal()
    another = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report: Any = None
        self._heading = Heading("", "section")
        self._sentence = PlainLabel(kind="quiet", wrap=True)
        self.tiles = {name: Tile(why=False) for name in ("added", "changed", "unchanged", "left_out")}
        self.problems = ProblemTable(context)
        self._another = make_button("", "", "import")
        self._another.clicked.connect(self.another)
        self._map = make_button("", "primary", "turfs")
        self._map.clicked.connect(self.map_wanted)
        look = tokens()
        row = QGridLayout()
        row.setSpacing(look.px(12))
        for place, tile in enumerate(self.tiles.values()):
            row.addWidget(tile, 0, place)
        buttons = QHBoxLayout()
        buttons.addWidget(self._another)
        buttons.addStretch(1)
        buttons.addWidget(self._map)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        column.addWidget(self._heading)
        column.addWidget(self._sentence)
        column.addLayout(row)
        column.addWidget(self.problems, 1)
        column.addLayout(buttons)
        self.setFocusProxy(self._map)

    def show_report(self, report: Any) -> None:
        """Show an `ImportReport`."""
        self.report = report
        self.problems.show_problems([*report.left_out, *report.changed_rows, *report.notes])
        self._write()

    def _write(self) -> None:
        report = self.report
        if report is None:
            return
        language = current_language()
        tally = report.main
        values = {
            "added": tally.added, "changed": tally.changed, "unchanged": tally.unchanged,
            "left_out": len({problem.line for problem in report.left_out}),
        }  # fmt: skip
        people = report.kind == "people"
        what = (self.tr("person"), self.tr("people")) if people else (self.tr("door"), self.tr("doors"))
        subs = {name: counted(value, *what, format_number) for name, value in values.items()}
        lines = (self.tr("row of the file"), self.tr("rows of the file"))
        subs["left_out"] = counted(values["left_out"], *lines, format_number)
        labels = {
            "added": self.tr("Added"), "changed": self.tr("Changed"), "unchanged": self.tr("There already, unchanged"),
            "left_out": self.tr("Left out"),
        }  # fmt: skip
        for name, tile in self.tiles.items():
            tile.set_label(labels[name])
            tile.show_value(format_number(values[name], language), subs[name])
        self._heading.setText(self.tr("“%1” is imported").replace("%1", report.source))
        if tally.added == 0 and tally.changed == 0:
            words = self.tr("Everything in it was here already. Nothing changed.")
        else:
            words = self.tr(
                "It is saved. What was learned at doors stays as it was; bring a newer file at any time."
            )
        self._sentence.setText(words)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._another.setText(self.tr("Another file"))
        self._another.setAccessibleName(self.tr("Another file"))
        self._map.setText(self.tr("Show on the map"))
        self._map.setAccessibleName(self.tr("Show on the map"))
        self.problems.retranslate()
        self._write()
