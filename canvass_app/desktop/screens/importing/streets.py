"""Streets from a file: how the riding's doors fit on them, seen before they are taken and again after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Chip,
    Column,
    DataTable,
    Heading,
    PlainLabel,
    RowsModel,
    Tile,
    format_number,
    make_button,
)
from canvass_app.desktop.widgets.format import NO_BREAK_SPACE

if TYPE_CHECKING:
    from canvass_app.services.streets import StreetsPlan, StreetsReport

_TILES = ("well", "nearest", "far", "none", "cut_off")
_NARROW = 900  # pixels at 100 % under which the tiles stand in two rows


class StreetsStep(QWidget):
    """Five numbers, the doors that fit worst, whom to thank. `agreed` when the streets are wanted."""

    agreed = Signal()
    another = Signal()
    map_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: StreetsPlan | None = None
        self.report: StreetsReport | None = None
        self._heading = Heading("", "section")
        self._facts = PlainLabel(kind="quiet", wrap=True)
        self.tiles = {name: Tile(why=False) for name in _TILES}
        self._worst = Heading("", "section")
        self._all_well = PlainLabel(kind="quiet", wrap=True)
        self.model = RowsModel(
            [
                Column(lambda: self.tr("Door"), lambda row: row["address"], strong=True),
                Column(lambda: self.tr("How it fits"), self._chip, width=208),
                Column(
                    lambda: self.tr("Metres to the street"),
                    lambda row: -1 if row["metres"] is None else row["metres"],
                    self._metres,
                    "right",
                    168,
                ),
            ]
        )
        self.table = DataTable(self.model)
        self._thanks_label = PlainLabel(kind="small")
        self.credit = PlainLabel(wrap=True)
        self.thanks = QLineEdit()
        self.thanks.setMaxLength(200)
        self._left = PlainLabel(kind="small", wrap=True)
        self._another = make_button("", "", "chevron-left")
        self._another.clicked.connect(self.another)
        self.take = make_button("", "primary", "check")
        self.take.clicked.connect(self.agreed)
        self.show_map = make_button("", "primary", "turfs")
        self.show_map.clicked.connect(self.map_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        look = tokens()
        self._grid = QGridLayout()
        self._grid.setSpacing(look.px(12))
        self._columns = 0
        thanks = QVBoxLayout()
        thanks.setSpacing(look.px(4))
        for widget in (self._thanks_label, self.credit, self.thanks):
            thanks.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self._another)
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        buttons.addWidget(self.show_map)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        column.addWidget(self._heading)
        column.addWidget(self._facts)
        column.addLayout(self._grid)
        column.addWidget(self._worst)
        column.addWidget(self.table, 1)
        column.addWidget(self._all_well)
        column.addWidget(self._left)
        column.addLayout(thanks)
        column.addStretch(0)
        column.addLayout(buttons)
        self._arrange()

    def _arrange(self) -> None:
        columns = 3 if self.width() < tokens().px(_NARROW) else len(_TILES)
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(len(_TILES)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tiles in two rows where room is short."""
        self._arrange()
        super().resizeEvent(event)

    def show_plan(self, plan: StreetsPlan) -> None:
        """Streets that were read and are not taken yet."""
        self.plan, self.report = plan, None
        self.thanks.setText("" if plan.credit else plan.thanked)
        self._fill(plan.fit)
        self.setFocusProxy(self.take)

    def show_report(self, report: StreetsReport) -> None:
        """The same streets, taken."""
        self.report = report
        self.setFocusProxy(self.show_map)
        self._write()

    def set_waiting(self, waiting: bool) -> None:
        """While the streets are being written, they cannot be taken a second time."""
        self.take.setEnabled(not waiting and self.plan is not None)

    def _fill(self, fit: Any) -> None:
        from canvass_app.services.streets import badly

        rows = badly(fit)
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._write()

    def _metres(self, value: float) -> str:
        return f"{format_number(value, current_language())}{NO_BREAK_SPACE}m" if value >= 0 else "–"

    def _chip(self, row: dict[str, Any]) -> Chip:
        words = {
            "none": self.tr("no place"),
            "nearest": self.tr("on the nearest street"),
            "far": self.tr("far from any street"),
        }
        tones: dict[str, Any] = {"none": "bad", "far": "warn"}
        return Chip(words[row["fit"]], tones.get(row["fit"], "neutral"))

    def _write(self) -> None:
        plan, report = self.plan, self.report
        if plan is None:
            return
        from canvass_app.turf.snapping import Fit

        fit, riding = plan.fit, plan.riding.say(current_language())
        doors = len(fit.doors.ids)
        numbered = fit.count(Fit.NUMBERED)
        values = {
            "well": fit.count(Fit.NAMED) + numbered, "nearest": fit.count(Fit.NEAREST), "far": fit.count(Fit.FAR),
            "none": fit.count(Fit.NONE), "cut_off": fit.cut_off(),
        }  # fmt: skip
        labels = {
            "well": self.tr("On their own street"), "nearest": self.tr("On the nearest street"),
            "far": self.tr("Far from any street"), "none": self.tr("Without a place"), "cut_off": self.tr("Cut off"),
        }  # fmt: skip
        by_number = counted(
            numbered,
            self.tr("%1 of them by its number"),
            self.tr("%1 of them by their numbers"),
            format_number,
        )
        subs = {
            "well": by_number if numbered else counted(doors, self.tr("of %1 door"), self.tr("of %1 doors"), format_number),
            "nearest": self.tr("their own is not in the file"), "far": self.tr("more than 120 m away"),
            "none": self.tr("no coordinates, no such number"), "cut_off": self.tr("no walk leads there"),
        }  # fmt: skip
        for name, tile in self.tiles.items():
            tile.set_label(labels[name])
            tile.show_value(format_number(values[name], current_language()), subs[name])
        heading = self.tr("The streets of %1 are in") if report else self.tr("Streets for %1")
        self._heading.setText(heading.replace("%1", riding))
        self._facts.setText(self._said(plan))
        badly = values["nearest"] + values["far"] + values["none"]
        self._worst.setText(
            counted(badly, self.tr("%1 door fits badly"), self.tr("%1 doors fit badly"), format_number)
            if badly <= self.model.rowCount()
            else self.tr("%1 doors fit badly; the %2 worst").replace("%1", format_number(badly, current_language()))
            .replace("%2", format_number(self.model.rowCount(), current_language()))
        )  # fmt: skip
        self._worst.setVisible(badly > 0)
        self._all_well.setText(
            self.tr("Every door stands on its own street.")
            if doors
            else self.tr("This riding has no doors yet. They find their streets when they come.")
        )
        self._all_well.setVisible(not badly)
        self._left.setText(
            counted(
                len(plan.problems),
                self.tr("%1 feature of the file is no line and was left out."),
                self.tr("%1 features of the file are no lines and were left out."),
                format_number,
            )
        )
        self._left.setVisible(bool(plan.problems))
        self.credit.setText(report.attribution if report else plan.credit)
        self.credit.setVisible(bool(self.credit.text()))
        self.thanks.setVisible(report is None)
        self._thanks_label.setVisible(report is None or bool(report.attribution))
        self.take.setVisible(report is None)
        self.show_map.setVisible(report is not None)
        self.take.setEnabled(report is None)

    def _said(self, plan: StreetsPlan) -> str:
        said = [
            plan.source,
            counted(
                len(plan.segments),
                self.tr("%1 piece of street"),
                self.tr("%1 pieces of street"),
                format_number,
            ),
        ]
        if plan.shapes:
            areas = self.tr("%1 area of water or park"), self.tr("%1 areas of water and parks")
            said.append(counted(len(plan.shapes), *areas, format_number))
        facts = " · ".join(said) + "."
        if self.report is not None:
            if self.report.unchanged:
                return (
                    f"{facts} {self.tr('They are the streets that the riding has already. Nothing changed.')}"
                )
            return f"{facts} {self.tr('They are saved, and go to the other laptops with the next sync.')}"
        if plan.replaces:
            return f"{facts} {self.tr('They will replace the streets that the riding has now.')}"
        return f"{facts} {self.tr('Nothing is changed yet.')}"

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._thanks_label.setText(self.tr("Whom the map thanks for the data"))
        self.thanks.setPlaceholderText(
            self.tr("as the licence of the data asks, for instance “City of Birch River”")
        )
        self.thanks.setAccessibleName(self._thanks_label.text())
        for button, words in (
            (self._another, self.tr("Another file")),
            (self.take, self.tr("Use these streets")),
            (self.show_map, self.tr("Show on the map")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.table.setAccessibleName(self.tr("Doors that fit badly"))
        self._write()
