"""The second step: what was understood of the file, row by row, with the mapping beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language, say_error
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.importing.checking import Checked
from canvass_app.desktop.screens.importing.mapping_editor import MappingEditor
from canvass_app.desktop.screens.importing.problems import ProblemTable
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Column, DataTable, PlainLabel, RowsModel, format_number, make_button


class CheckStep(QWidget):
    """Preview, remarks and mapping of one file. `agreed` when the person wants it taken."""

    mapping_changed = Signal(object)
    riding_changed = Signal(object)  # int | None
    agreed = Signal()
    back = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checked: Checked | None = None
        self._ridings: list[tuple[int, Any, str]] = []
        self._facts = PlainLabel(kind="quiet", elide=True)
        self._trouble = PlainLabel(kind="bad", wrap=True)
        self.mapping = MappingEditor()
        self.mapping.changed.connect(self.mapping_changed)
        self.riding = QComboBox()
        self.riding.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.riding.setMinimumContentsLength(16)
        self.riding.activated.connect(lambda _: self.riding_changed.emit(self.riding.currentData()))
        self._riding_label = PlainLabel()
        self.model = RowsModel(
            [
                Column(lambda: self.tr("Line"), lambda r: r.line, self._number, "right", 62),
                Column(
                    lambda: self.tr("As read"),
                    lambda r: " · ".join(cell for cell in r.cells if cell),
                    width=192,
                ),
                Column(lambda: self.tr("As understood"), self._understood, strong=True),
                Column(
                    lambda: self.tr("Riding"),
                    lambda r: str(r.riding_id % 100_000) if r.riding_id else "",
                    width=116,
                ),
                Column(lambda: self.tr("Remarks"), self._remarks),
            ]
        )
        self.preview = DataTable(self.model)
        self.problems = ProblemTable(context)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.preview, "")
        self.tabs.addTab(self.problems, "")
        self._back = make_button("", "", "chevron-left")
        self._back.clicked.connect(self.back)
        self.take = make_button("", "primary", "check")
        self.take.clicked.connect(self.agreed)
        self._lay_out()

    def _lay_out(self) -> None:
        look = tokens()
        left = QWidget()
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, look.px(16), 0)
        side.addWidget(self.mapping, 1)
        side.addSpacing(look.px(8))
        side.addWidget(self._riding_label)
        side.addWidget(self.riding)
        right = QWidget()
        middle = QVBoxLayout(right)
        middle.setContentsMargins(look.px(16), 0, 0, 0)
        middle.addWidget(self._trouble)
        middle.addWidget(self.tabs, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 5)
        split.setChildrenCollapsible(False)
        split.setSizes([look.px(412), look.px(718)])
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        column.addWidget(self._facts)
        column.addWidget(split, 1)
        column.addLayout(buttons)
        self.setFocusProxy(self.take)

    @staticmethod
    def _number(value: float) -> str:
        return format_number(value, current_language())

    @staticmethod
    def _understood(row: Any) -> str:
        return " · ".join(part for part in (row.person, row.address) if part)

    @staticmethod
    def _remarks(row: Any) -> str:
        return " ".join(text.say(current_language()) for text in row.remarks)

    def show_ridings(self, ridings: list[tuple[int, Any, str]]) -> None:
        """Offer these ridings for rows that do not say theirs."""
        self._ridings = ridings
        chosen = self.riding.currentData()
        with QSignalBlocker(self.riding):
            self.riding.clear()
            self.riding.addItem(self.tr("As the file or the map says"), None)
            for riding_id, name, province in ridings:
                parts = (str(riding_id % 100_000), name.say(current_language()), province)
                self.riding.addItem(" · ".join(part for part in parts if part), riding_id)
            self.riding.setCurrentIndex(max(0, self.riding.findData(chosen)))

    def show_checked(self, checked: Checked) -> None:
        """Show what a reading came to."""
        self.checked = checked
        plan = checked.plan
        samples: dict[str, str] = {}
        for row in plan.preview if plan is not None else ():
            for header, cell in zip(checked.mapping.headers, row.cells, strict=False):
                if cell and header not in samples:
                    samples[header] = cell
        self.mapping.show_mapping(checked.mapping, checked.kind, samples)
        self.model.set_rows(plan.preview if plan is not None else [])
        remarks = plan is not None and any(row.remarks for row in plan.preview)
        self.preview.setColumnHidden(len(self.model.columns) - 1, not remarks)
        self.problems.show_problems(plan.problems if plan is not None else [])
        self._write()

    def _write(self) -> None:
        language = current_language()
        checked = self.checked
        if checked is None:
            return
        plan = checked.plan
        self._trouble.setText(say_error(checked.error) if checked.error is not None else "")
        self._trouble.setVisible(checked.error is not None)
        self.tabs.setVisible(plan is not None)
        facts = [checked.path.name]
        if plan is not None:
            facts.append(counted(plan.rows_read, self.tr("%1 row"), self.tr("%1 rows"), format_number))
            facts.append(
                self.tr("header on line %1").replace("%1", format_number(plan.header_line, language))
            )
            if plan.encoding:
                facts.append(plan.encoding.upper())
            left = plan.rows_left_out
            facts.append(
                counted(left, self.tr("%1 row left out"), self.tr("%1 rows left out"), format_number)
            )
        if checked.mapping.layout:
            from canvass_app.imports.layouts import layout_named

            layout = layout_named(checked.mapping.layout)
            if layout is not None:
                facts.append(self.tr("known layout: %1").replace("%1", layout.shown.say(language)))
        self._facts.setText(" · ".join(facts))
        count = 0 if plan is None else plan.people if checked.kind == "people" else plan.doors
        if checked.kind == "people":
            words = counted(count, self.tr("Import %1 person"), self.tr("Import %1 people"), format_number)
        else:
            words = counted(count, self.tr("Import %1 door"), self.tr("Import %1 doors"), format_number)
        self.take.setText(words)
        self.take.setAccessibleName(words)
        self.take.setEnabled(count > 0)
        self.tabs.setTabText(0, self.tr("First rows"))
        remarks = len(plan.problems) if plan is not None else 0
        self.tabs.setTabText(1, counted(remarks, self.tr("%1 remark"), self.tr("%1 remarks"), format_number))

    def set_waiting(self, waiting: bool) -> None:
        """While the file is read again, nothing can be taken."""
        self.take.setEnabled(not waiting and self.checked is not None and self.checked.plan is not None)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._riding_label.setText(self.tr("Riding of rows that name none"))
        self.riding.setAccessibleName(self.tr("Riding of rows that name none"))
        self.preview.setAccessibleName(self.tr("First rows"))
        self._back.setText(self.tr("Another file"))
        self._back.setAccessibleName(self.tr("Another file"))
        self.mapping.retranslate()
        self.problems.retranslate()
        self.show_ridings(self._ridings)
        self._write()
