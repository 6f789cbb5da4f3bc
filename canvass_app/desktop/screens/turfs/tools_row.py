"""One row over the map: the tools, and the toggles that dim doors of other states."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.map.layers import DoorState
from canvass_app.desktop.map.sprites import draw_mark
from canvass_app.desktop.map.tools import Tool
from canvass_app.desktop.theme import Tokens, icon, tokens
from canvass_app.desktop.widgets.format import format_number
from canvass_app.desktop.widgets.labels import restyles

_TOOLS = ((Tool.SELECT, "select", "S"), (Tool.LASSO, "lasso", "L"), (Tool.PAN, "pan", "P"))


class ToolsRow(QWidget):
    """`tool_chosen(Tool)`, `fit_wanted`, `filter_changed(frozenset of states)`; no state toggled shows everything."""

    tool_chosen = Signal(object)
    fit_wanted = Signal()
    choose_wanted = Signal()
    filter_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = [0] * len(DoorState)
        self._narrow = False
        self._look: Tokens | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens().px(4))
        self._tools: dict[Tool, QToolButton] = {}
        for tool, name, _ in _TOOLS:
            button = self._button(True)
            button.setIcon(icon(name))
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _=False, chosen=tool: self.tool_chosen.emit(chosen))
            self._tools[tool] = button
            row.addWidget(button)
        self._fit = self._button(False)
        self._fit.setIcon(icon("zoom-fit"))
        self._fit.clicked.connect(self.fit_wanted)
        row.addWidget(self._fit)
        self.choose = self._button(False)
        self.choose.setIcon(icon("filter"))
        self.choose.clicked.connect(self.choose_wanted)
        row.addWidget(self.choose)
        row.addStretch(1)
        self._states: dict[DoorState, QToolButton] = {}
        for state in DoorState:
            button = self._button(True)
            button.toggled.connect(self._tell)
            self._states[state] = button
            row.addWidget(button)
        self.retranslate()

    @staticmethod
    def _button(checkable: bool) -> QToolButton:
        button = QToolButton()
        button.setCheckable(checkable)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def show_tool(self, tool: Tool) -> None:
        """The tool in hand."""
        self._tools[tool].setChecked(True)

    def show_counts(self, counts: list[int]) -> None:
        """How many doors are in each state."""
        self._counts = list(counts)
        self._write()

    def shown_states(self) -> frozenset[int]:
        """The states that are toggled; none: everything."""
        return frozenset(int(state) for state, button in self._states.items() if button.isChecked())

    def toggle_state(self, state: int) -> None:
        """Toggle a state's filter."""
        self._states[DoorState(state)].toggle()

    def clear_filter(self) -> bool:
        """Show everything again. False when nothing was dimmed."""
        if not self.shown_states():
            return False
        for button in self._states.values():
            button.setChecked(False)
        return True

    def _tell(self) -> None:
        self.filter_changed.emit(self.shown_states())

    def _words(self) -> list[str]:
        return [
            self.tr("never tried"), self.tr("not home"), self.tr("talked"), self.tr("final answer"),
            self.tr("do not knock"),
        ]  # fmt: skip

    def _write(self) -> None:
        self._look = tokens()
        language = current_language()
        for state, words in zip(DoorState, self._words(), strict=True):
            button, number = self._states[state], format_number(self._counts[state], language)
            button.setText(number)
            button.setIcon(_mark(state))
            button.setIconSize(QSize(tokens().px(16), tokens().px(16)))
            told = self.tr("%1: %2").replace("%1", words).replace("%2", number)
            button.setAccessibleName(told)
            button.setToolTip(self.tr("%1. Press to dim the others.").replace("%1", told))

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        words = {
            Tool.SELECT: self.tr("Select"), Tool.LASSO: self.tr("Lasso"), Tool.PAN: self.tr("Move"),
        }  # fmt: skip
        for tool, _, key in _TOOLS:
            self._tools[tool].setText(words[tool])
            self._tools[tool].setAccessibleName(words[tool])
            self._tools[tool].setToolTip(f"{words[tool]} ({key})")
        self._fit.setText(self.tr("Show all"))
        self._fit.setAccessibleName(self._fit.text())
        self._fit.setToolTip(f"{self._fit.text()} (0)")
        self.choose.setText(self.tr("Choose doors"))
        self.choose.setAccessibleName(self.choose.text())
        self.choose.setToolTip(f"{self.choose.text()} (Ctrl+D)")
        self._write()
        self._fold()

    def resizeEvent(self, event: QEvent) -> None:
        """Icons alone where words have no room; the tool tips say them."""
        self._fold()

    def _fold(self) -> None:
        style = Qt.ToolButtonStyle
        wide = self.width() >= tokens().px(840)
        for button in (*self._tools.values(), self._fit, self.choose):
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly)
        counted = self.width() >= tokens().px(500)
        for button in self._states.values():
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if counted else style.ToolButtonIconOnly)
        self.setMinimumWidth(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Icons alone."""
        return QSize(tokens().px(200), tokens().px(36))

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        # Qt tells each change of style, palette and font apart, many times while a window is being built.
        if restyles(event) and hasattr(self, "_states") and self._look is not tokens():
            self._write()
        super().changeEvent(event)


def _mark(state: DoorState) -> QIcon:
    look = tokens()
    size = look.px(16)
    picture = QPixmap(size * 2, size * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_mark(painter, QPointF(size / 2, size / 2), look.px(12), state, None, look)
    painter.end()
    return QIcon(picture)
