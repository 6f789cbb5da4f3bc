"""The studio's tools in one row over the map: each with its key, words under the icons where there is room."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from canvass_app.desktop.i18n import key_name
from canvass_app.desktop.map.tools import Tool
from canvass_app.desktop.theme import icon, tokens

TOOLS = {"select": Tool.SELECT, "lasso": Tool.LASSO, "pan": Tool.PAN}
# What each is called inside, its icon, its key, and whether a rule stands before it.
_ROW = (
    ("select", "select", "S", False), ("lasso", "lasso", "L", False), ("pan", "pan", "P", False),
    ("move", "chevron-right", "M", True), ("draw", "edit", "D", False), ("split", "split", "X", False),
    ("merge", "merge", "J", False), ("lock", "lock", "K", False), ("remove", "close", "Del", False),
    ("undo", "undo", "Ctrl+Z", True), ("redo", "redo", "Ctrl+Y", False),
    ("balance", "sync", "B", True), ("fewer", "user", "F", False),
)  # fmt: skip
KEYS = {name: key for name, _, key, _ in _ROW}


class StudioTools(QWidget):
    """`wanted(str)` tells what is to be done."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens().px(2))
        self._buttons: dict[str, QToolButton] = {}
        for name, icon_name, _, ruled in _ROW:
            if ruled:
                rule = QFrame()
                rule.setProperty("kind", "rule")
                rule.setFixedSize(1, tokens().px(24))
                row.addWidget(rule)
            button = QToolButton()
            button.setIcon(icon(icon_name))
            button.setIconSize(QSize(tokens().px(18), tokens().px(18)))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if name in TOOLS:
                button.setCheckable(True)
                button.setAutoExclusive(True)
            button.clicked.connect(lambda _=False, what=name: self.wanted.emit(what))
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        self._locked = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def button(self, name: str) -> QToolButton:
        """One of the buttons."""
        return self._buttons[name]

    def show_tool(self, tool: Tool) -> None:
        """The tool in hand."""
        name = next(key for key, value in TOOLS.items() if value is tool)
        self._buttons[name].setChecked(True)

    def show_able(self, able: Mapping[str, bool], *, locked: bool) -> None:
        """Which tools can do something now; `locked` names the lock's button "Unlock"."""
        for name, button in self._buttons.items():
            if name not in TOOLS:
                button.setEnabled(able.get(name, False))
        if locked != self._locked:
            self._locked = locked
            self.retranslate()

    def words(self) -> dict[str, str]:
        """What each is called."""
        return {
            "select": self.tr("Select"), "lasso": self.tr("Lasso"), "pan": self.tr("Pan"),
            "move": self.tr("Move to…"), "draw": self.tr("New turf"), "split": self.tr("Split"),
            "merge": self.tr("Join"), "lock": self.tr("Unlock") if self._locked else self.tr("Lock"),
            "remove": self.tr("Give up"), "undo": self.tr("Undo"), "redo": self.tr("Redo"),
            "balance": self.tr("Balance"), "fewer": self.tr("One fewer"),
        }  # fmt: skip

    def tips(self) -> dict[str, str]:
        """What each does, in a few words."""
        return {
            "select": self.tr("Choose blocks by clicking"), "lasso": self.tr("Draw around doors"),
            "pan": self.tr("Move the map"), "move": self.tr("Give the chosen doors to another turf"),
            "draw": self.tr("Make a new turf of the chosen doors"), "split": self.tr("Split the turf in two"),
            "merge": self.tr("Join the turf with one beside it"),
            "lock": self.tr("Keep the turf as it is, or let it change again"),
            "remove": self.tr("Give the turf up: the turfs beside it take its doors"),
            "undo": self.tr("Take the last change back"), "redo": self.tr("Make it again"),
            "balance": self.tr("Even out every turf that is not locked"),
            "fewer": self.tr("One volunteer fewer: cut what is not locked and not walked anew"),
        }  # fmt: skip

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        words, tips = self.words(), self.tips()
        for name, button in self._buttons.items():
            button.setText(words[name])
            button.setAccessibleName(words[name])
            button.setToolTip(f"{tips[name]} ({key_name(KEYS[name])})")
        self._fold()

    def _fold(self) -> None:
        style = Qt.ToolButtonStyle
        wide = self.width() >= sum(
            max(self.fontMetrics().horizontalAdvance(button.text()), tokens().px(18)) + tokens().px(16)
            for button in self._buttons.values()
        )
        for button in self._buttons.values():
            button.setToolButtonStyle(style.ToolButtonTextUnderIcon if wide else style.ToolButtonIconOnly)

    def resizeEvent(self, event: QEvent) -> None:
        """Icons alone where words have no room; the tool tips say them."""
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """Icons alone."""
        return QSize(tokens().px(200), tokens().px(36))
