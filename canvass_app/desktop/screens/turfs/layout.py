"""Where things stand on the turfs screen: the panel, the map with its tools and legend, the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.map import MapCanvas, MapLegend
from canvass_app.desktop.screens.lists.choices import PaperChoice
from canvass_app.desktop.screens.turfs.columns import turf_columns
from canvass_app.desktop.screens.turfs.door_panel import DoorPanel
from canvass_app.desktop.screens.turfs.panels import ChosenPanel, HintPanel, TurfPanel
from canvass_app.desktop.screens.turfs.tools_row import ToolsRow
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import DataTable, EmptyState, Heading, PlainLabel, RowsModel
from canvass_app.desktop.widgets.format import format_number
from canvass_app.services.turf_rows import TurfSummary

_PANEL = 232


class TurfsLayout(QWidget):
    """The widgets of the screen; the screen connects them."""

    def __init__(self, paper: str, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        look = tokens()
        self._target = 0.0
        self._turfs = 0
        self._missing = 0
        self.map = MapCanvas()
        self.tools = ToolsRow()
        self.legend = MapLegend()
        self.paper = PaperChoice(paper, language)
        self.hint, self.chosen = HintPanel(), ChosenPanel()
        self.turf, self.door = TurfPanel(self.paper), DoorPanel()
        self.table = DataTable(RowsModel(turf_columns(lambda: self._target)))
        self.none = PlainLabel(kind="quiet", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.empty = EmptyState(icon_name="turfs")
        self._panels = QStackedWidget()
        for panel in (self.hint, self.chosen, self.turf, self.door):
            self._panels.addWidget(panel)
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panels.setProperty("kind", "scrolled")
        self._side.setWidget(self._panels)
        self._title = Heading(level="section")
        right = QWidget()
        column = self._right_column = QVBoxLayout(right)
        column.setContentsMargins(look.px(12), 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self._title)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        middle = QWidget()
        ground = QVBoxLayout(middle)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.setSpacing(look.px(8))
        ground.addWidget(self.tools)
        ground.addWidget(self.map, 1)
        ground.addWidget(self.legend)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(middle)
        self._split.addWidget(right)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._right = right
        page = QWidget()
        self._row = QHBoxLayout(page)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._side)
        self._row.addWidget(self._split, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        whole = self._whole = QVBoxLayout(self)
        whole.addWidget(self._stack)
        outer = QVBoxLayout(parent)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self)
        self._space()

    # what is shown

    def show_map(self) -> None:
        """The page with the map."""
        self._stack.setCurrentIndex(0)

    def show_no_doors(self, missing: int) -> None:
        """The page that teaches: no doors at all, or `missing` doors without a place on the map."""
        self._missing = missing
        if missing:
            title = self.tr("No door has a place on the map")
            sentence = self.tr(
                "The file of addresses had no coordinates. Import one that has them: the same doors are found again "
                "and get their places."
            )
        else:
            title = self.tr("No doors yet")
            sentence = self.tr(
                "Turfs are made of doors. Import a file of addresses, and they appear here on the map."
            )
        self.empty.set_texts(title, sentence, self.tr("Import addresses"))
        self._stack.setCurrentWidget(self.empty)

    def show_panel(self, panel: QWidget) -> None:
        """What the left side shows."""
        self._panels.setCurrentWidget(panel)

    def shows_door(self) -> bool:
        """Whether a door's card is open."""
        return self._panels.currentWidget() is self.door

    def show_turfs(self, turfs: list[TurfSummary]) -> None:
        """Fill the table; the bars compare each turf with the average."""
        self._turfs = len(turfs)
        self._target = sum(turf.minutes for turf in turfs) / len(turfs) if turfs else 0.0
        self.table.rows.set_rows(turfs, [turf.turf_id for turf in turfs])
        self.table.setVisible(bool(turfs))
        self.none.setVisible(not turfs)
        self._write()

    def _write(self) -> None:
        words = counted(self._turfs, self.tr("%1 turf"), self.tr("%1 turfs"), format_number)
        self._title.setText(words if self._turfs else self.tr("No turfs yet"))

    # room

    def _space(self) -> None:
        look = tokens()
        narrow, medium = self.width() < look.px(960), self.width() < look.px(1480)
        edge = look.px(16 if medium else 24)
        self._whole.setContentsMargins(edge, edge, edge, edge // 2)
        self._row.setSpacing(look.px(16))
        self._side.setFixedWidth(look.px(200 if narrow else 216 if medium else _PANEL))
        # Without much room the table keeps the columns by which one chooses.
        for column, hidden in ((1, medium), (2, narrow), (3, medium), (4, medium)):
            self.table.setColumnHidden(column, hidden)
        wanted = look.px(280 if narrow else 392 if medium else 600)
        self.legend.setVisible(not (narrow and self.height() < look.px(600)))
        # In a very small window, or at a large zoom, the table stands below the map.
        below = self.width() < look.px(760)
        self._split.setOrientation(Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal)
        self._right_column.setContentsMargins(0 if below else look.px(12), look.px(8) if below else 0, 0, 0)
        if below:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
            # Once the splitter has its new height.
            QTimer.singleShot(0, self._split, lambda: self._split.setSizes([700, 300]))
        elif wanted != self._right.minimumWidth():
            self._right.setMinimumWidth(wanted)
            self._right.setMaximumWidth(wanted * 3 // 2)
            self._split.setSizes([10_000, wanted])

    def resizeEvent(self, event: object) -> None:
        """Fewer columns in a small window."""
        self._space()

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        for part in (self.tools, self.hint, self.chosen, self.turf, self.door):
            part.retranslate()
        self.table.setAccessibleName(self.tr("Turfs"))
        self.none.setText(
            self.tr("Turfs appear here as they are made, with their length and who walks them.")
        )
        self._write()
        if self._stack.currentWidget() is self.empty:
            self.show_no_doors(self._missing)
