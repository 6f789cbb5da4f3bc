"""Where things stand on the turfs screen: the map with its tools and legend, the panel, the table.

The map is the page: what the hand holds and the table of turfs share one column beside it, so that the map is never
squeezed between two, and never moves when something is chosen.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.map import MapCanvas, MapLegend
from canvass_app.desktop.screens.turfs.columns import turf_columns
from canvass_app.desktop.screens.turfs.panels import HintPanel
from canvass_app.desktop.screens.turfs.states import TurfStates
from canvass_app.desktop.screens.turfs.tools_row import ToolsRow
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import DataTable, EmptyState, Heading, PlainLabel, RowsModel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.services.turf_rows import TurfSummary

if TYPE_CHECKING:
    from canvass_app.desktop.screens.turfs.door_panel import DoorPanel
    from canvass_app.desktop.screens.turfs.panels import ChosenPanel, TurfPanel
    from canvass_app.desktop.screens.turfs.selection_panel import SelectionPanel
    from canvass_app.services.map_data import DoorCard

_Panel = TypeVar("_Panel", "ChosenPanel", "TurfPanel", "DoorPanel", "SelectionPanel")

# What the table needs for names of some 25 letters; with the minutes and the state; with every column.
_NAMES, _CHOICE, _TABLE = 260, 456, 752
# From here on the panel that cuts and the table stand on either side of the map.
_TWO = 1180


class _Side(QScrollArea):
    """As tall as the panel it shows, as far as there is room; the rest scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._panels: list[QWidget] = []
        self.current: QWidget | None = None
        self.setWidget(page)

    def add(self, panel: QWidget) -> None:
        """One of the panels; the first is shown."""
        self._panels.append(panel)
        panel.installEventFilter(self)
        panel.setVisible(self.current is None)
        self._column.addWidget(panel)
        self.current = self.current or panel

    def show_panel(self, panel: QWidget) -> None:
        """Show this one instead."""
        self.current = panel
        for one in self._panels:
            one.setVisible(one is panel)
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """What the panel's words take at this width."""
        layout = self.current.layout() if self.current is not None else None
        tall = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        return QSize(tokens().px(_NAMES), max(0, tall))

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(tokens().px(160), min(self.sizeHint().height(), tokens().px(96)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that wrap otherwise are as tall as they are."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow a panel whose words changed."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.current:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class TurfsLayout(QWidget):
    """The widgets of the screen; the screen connects them. Panels but the first are made when they are first wanted:
    the window opens sooner."""

    panel_made = Signal(QWidget)

    def __init__(self, paper: str, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        look = tokens()
        self._paper = (paper, language)
        self._names: list[str] = []
        self._target = 0.0
        self._turfs = 0
        self._missing = 0
        self._shared: frozenset[bytes] = frozenset()
        self.map = MapCanvas()
        self.tools = ToolsRow()
        self.legend = MapLegend()
        self.states = TurfStates()
        self.hint = HintPanel()
        self.table = DataTable(
            RowsModel(turf_columns(lambda: self._target, lambda turf: turf.turf_id in self._shared))
        )
        self.none = PlainLabel(kind="quiet", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.empty = EmptyState(icon_name="turfs")
        self._resting: QWidget = self.hint
        self._side = _Side()
        self._side.add(self.hint)
        rule = QFrame()
        rule.setProperty("kind", "rule")
        self._title = Heading(level="section")
        self.assign = make_button("", "quiet", "teams")
        self.cut = make_button("", "quiet", "split")
        title = QHBoxLayout()
        title.setSpacing(look.px(8))
        title.addWidget(self._title, 1)
        title.addWidget(self.assign)
        title.addWidget(self.cut)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(look.px(12), 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self._side)
        self._right_column = column
        column.addWidget(rule)
        column.addLayout(title)
        column.addWidget(self.states)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        middle = QWidget()
        ground = QVBoxLayout(middle)
        ground.setContentsMargins(0, 0, look.px(12), 0)
        ground.setSpacing(look.px(8))
        ground.addWidget(self.tools)
        ground.addWidget(self.map, 1)
        ground.addWidget(self.legend)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._right = QStackedWidget()
        self._right.addWidget(right)
        self._split.addWidget(middle)
        self._split.addWidget(self._right)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._ground = ground
        self._studio: tuple[QWidget, QWidget, QWidget] | None = None
        page = QWidget()
        row = self._row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        whole = self._whole = QVBoxLayout(self)
        whole.addWidget(self._stack)
        outer = QVBoxLayout(parent)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self)
        self._space()

    # the panels

    @cached_property
    def chosen(self) -> ChosenPanel:
        """The doors in hand."""
        from canvass_app.desktop.screens.turfs.panels import ChosenPanel

        return self._add(ChosenPanel())

    @cached_property
    def turf(self) -> TurfPanel:
        """The turf in hand."""
        from canvass_app.desktop.screens.lists.choices import PaperChoice
        from canvass_app.desktop.screens.turfs.panels import TurfPanel

        made = self._add(TurfPanel(PaperChoice(*self._paper)))
        made.show_names(self._names)
        return made

    @cached_property
    def door(self) -> DoorPanel:
        """A door's card."""
        from canvass_app.desktop.screens.turfs.door_panel import DoorPanel

        return self._add(DoorPanel())

    @cached_property
    def selection(self) -> SelectionPanel:
        """Choosing doors by conditions."""
        from canvass_app.desktop.screens.turfs.selection_panel import SelectionPanel

        return self._add(SelectionPanel())

    def _add(self, panel: _Panel) -> _Panel:
        panel.retranslate()
        self._side.add(panel)
        self.panel_made.emit(panel)
        return panel

    def show_names(self, names: list[str]) -> None:
        """Whom a turf can be given to, for the panel of a turf."""
        self._names = names
        if "turf" in vars(self):
            self.turf.show_names(names)

    def shown_card(self) -> DoorCard | None:
        """The door whose card is open."""
        return self.door.card if self.shows_door() else None

    # the studio

    def host(self, panel: QWidget, tools: QWidget, side: QWidget) -> None:
        """Make room for the studio: its panel left of the map, its tools over it, its table in place of the turfs'."""
        self._studio = (panel, tools, side)
        self._row.insertWidget(0, panel)
        self._ground.insertWidget(1, tools)
        self._right.addWidget(side)
        self.show_studio(panel=False, proposal=False)

    def show_studio(self, *, panel: bool, proposal: bool) -> None:
        """Show the cut panel, or the proposal with its tools, or neither."""
        if self._studio is not None:
            left, tools, side = self._studio
            left.setVisible(panel)
            tools.setVisible(proposal)
            self.tools.setVisible(not proposal)
            self._right.setCurrentIndex(1 if proposal else 0)
            side.setEnabled(proposal)
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
        """What stands over the table."""
        self._side.show_panel(self._resting if panel is self.hint else panel)
        # Conditions take room: while they are edited, the table leaves them the most.
        self._right_column.setStretchFactor(
            self._side, 2 * int(self.is_selecting() and self._side.current is self._resting)
        )

    def rest_on(self, panel: QWidget | None) -> None:
        """What stands over the table where the hint stands otherwise; None: the hint."""
        self._resting = panel or self.hint
        self.show_panel(self._resting)

    def has_selection(self) -> bool:
        """Whether doors were ever chosen by conditions here."""
        return "selection" in vars(self)

    def is_selecting(self) -> bool:
        """Whether doors are being chosen by conditions."""
        return self.has_selection() and self._resting is self.selection

    def shows_door(self) -> bool:
        """Whether a door's card is open."""
        return "door" in vars(self) and self._side.current is self.door

    def show_turfs(self, turfs: list[TurfSummary], shared: frozenset[bytes] = frozenset()) -> None:
        """Fill the table; the bars compare each turf with the average. `shared`: turfs that hold doors of others too."""
        self._shared = shared
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
        width = self.width()
        tiny, narrow, wide = width < look.px(760), width < look.px(960), width >= look.px(1480)
        edge = look.px(24 if wide else 16)
        self._whole.setContentsMargins(edge, edge, edge, edge // 2)
        # Without much room the table keeps the columns by which one chooses.
        for column, hidden in ((1, not wide), (2, narrow), (3, not wide), (4, not wide), (5, tiny)):
            self.table.setColumnHidden(column, hidden)
        self.table.setMinimumHeight(look.px(112 if tiny else 160))
        self.legend.setVisible(not (narrow and self.height() < look.px(600)))
        # The map is not squeezed between two: in a small window the panel that cuts takes the table's place.
        cutting = self._studio is not None and not self._studio[0].isHidden()
        self._right.setVisible(not (cutting and width < look.px(_TWO)))
        wanted = look.px(_TABLE if wide else _NAMES if tiny else _CHOICE - 96 if narrow else _CHOICE)
        if wanted != self._right.minimumWidth():
            self._right.setMinimumWidth(wanted)
            self._right.setMaximumWidth(wanted * 3 // 2)
            self._split.setSizes([10_000, wanted])

    def resizeEvent(self, event: object) -> None:
        """Fewer columns in a small window."""
        self._space()

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        made = vars(self)
        for part in (
            self.tools,
            self.states,
            self.hint,
            made.get("chosen"),
            made.get("turf"),
            made.get("door"),
            made.get("selection"),
        ):
            if part is not None:
                part.retranslate()
        self.table.setAccessibleName(self.tr("Turfs"))
        self.cut.setText(self.tr("Cut turfs…"))
        self.cut.setAccessibleName(self.cut.text())
        self.cut.setToolTip("C")
        self.assign.setText(self.tr("Assign…"))
        self.assign.setAccessibleName(self.assign.text())
        self.none.setText(
            self.tr("Turfs appear here as they are made, with their length and who walks them.")
        )
        self._write()
        if self._stack.currentWidget() is self.empty:
            self.show_no_doors(self._missing)
