"""Which column holds which field: what was guessed, and the place to correct it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from canvass_app.desktop.screens.importing.words import field_words, fields_of
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Badge, Heading, PlainLabel, plain_tip


class MappingEditor(QWidget):
    """One line a field: its name, a combo of the file's columns, and a mark for what was only guessed."""

    changed = Signal(object)  # the corrected Mapping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping: Any = None
        self._kind = ""
        self._samples: dict[str, str] = {}
        self.combos: dict[str, QComboBox] = {}
        self._marks: dict[str, Badge] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._heading = Heading("", "section")
        self._lead = PlainLabel(kind="small", wrap=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().px(8))
        column.addWidget(self._heading)
        column.addWidget(self._lead)
        column.addWidget(self._area, 1)

    def show_mapping(self, mapping: Any, kind: str, samples: dict[str, str]) -> None:
        """Show a mapping; `samples` is an example of each column's cells."""
        self._samples = samples
        rebuild = self._mapping is None or self._mapping.headers != mapping.headers or kind != self._kind
        self._mapping, self._kind = mapping, kind
        if rebuild:
            self._build()
        self._fill()

    def _build(self) -> None:
        look = tokens()
        page = QWidget()
        page.setProperty("kind", "scrolled")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, look.px(8), 0)
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(6))
        self.combos.clear()
        self._marks.clear()
        self._labels.clear()
        used = [field for field in fields_of(self._kind) if self._mapping.has(field)]
        rest = [field for field in fields_of(self._kind) if field not in used]
        for line, field in enumerate([*used, *rest]):
            combo = self.combos[field] = QComboBox()
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
            combo.addItem("", None)
            for header in self._mapping.headers:
                combo.addItem(header, header)
            combo.activated.connect(lambda _, field=field: self._choose(field))
            mark = self._marks[field] = Badge("")
            label = self._labels[field] = PlainLabel(elide=True)
            grid.addWidget(label, line, 0)
            grid.addWidget(combo, line, 1)
            grid.addWidget(mark, line, 2)
        grid.setColumnMinimumWidth(0, look.px(128))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        grid.setRowStretch(len(used) + len(rest), 1)
        self._area.setWidget(page)
        self.retranslate()

    def _fill(self) -> None:
        origins = {item.field: item.origin for item in self._mapping.fields}
        for field, combo in self.combos.items():
            columns = self._mapping.columns(field)
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(columns[0]) if columns else 0)
            for number in range(1, combo.count()):
                sample = self._samples.get(str(combo.itemData(number)), "")
                combo.setItemData(number, sample, Qt.ItemDataRole.StatusTipRole)
            # What a known layout says needs no mark on every line: the facts above name the layout.
            origin = origins.get(field) if columns else None
            words = {"part": self.tr("guessed"), "header": self.tr("found"), "user": self.tr("chosen")}.get(
                origin or "", ""
            )
            self._marks[field].setVisible(bool(words))
            self._marks[field].set_state(words, "warn" if origin == "part" else "neutral")
            sample = self._samples.get(columns[0], "") if columns else ""
            combo.setToolTip(plain_tip(sample))
            combo.setAccessibleDescription(sample)

    def _choose(self, field: str) -> None:
        header = self.combos[field].currentData()
        self._mapping = self._mapping.with_columns(field, (header,) if header else ())
        self._fill()
        self.changed.emit(self._mapping)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._heading.setText(self.tr("Columns"))
        self._lead.setText(
            self.tr("Which column of the file holds what. Change what is wrong; the check runs again.")
        )
        for field, combo in self.combos.items():
            self._labels[field].setText(field_words(field))
            combo.setAccessibleName(field_words(field))
            combo.setItemText(0, self.tr("not in the file"))
        if self._mapping is not None and self.combos:
            self._fill()
