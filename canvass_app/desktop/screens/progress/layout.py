"""A grid that takes as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from canvass_app.desktop.theme import tokens


class ReflowGrid(QWidget):
    """Lays its widgets out in rows of equal columns, each at least `least` pixels wide (at 100 %)."""

    def __init__(
        self,
        least: int,
        most: int = 4,
        gap: int = 12,
        parent: QWidget | None = None,
        *,
        fill: bool = False,
    ) -> None:
        """`fill`: widgets of a last row that is not full share its whole width."""
        super().__init__(parent)
        self._fill = fill
        self._least, self._most, self._gap = least, most, gap
        self._widgets: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens().px(gap))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show exactly these, in this order; others that were shown before are hidden, not destroyed."""
        if list(widgets) == self._widgets:
            return
        for old in self._widgets:
            if old not in widgets:
                self._grid.removeWidget(old)
                old.hide()
        self._widgets = list(widgets)
        self._columns = 0
        self._place()

    def columns(self) -> int:
        """How many stand side by side now."""
        return self._columns

    def _place(self) -> None:
        room = self.width() + self._grid.spacing()
        fitting = max(1, min(self._most, room // (tokens().px(self._least) + self._grid.spacing())))
        rows = -(-len(self._widgets) // fitting) or 1
        # As many rows as needed, filled evenly: seven tiles stand as 4 + 3, five as 3 + 2.
        columns = min(fitting, -(-len(self._widgets) // rows)) or 1
        if columns == self._columns:
            return
        over = len(self._widgets) % columns if self._fill else 0
        fine = lcm(columns, over) if over else columns
        for number in range(max(fine, self._grid.columnCount())):
            self._grid.setColumnStretch(number, 1 if number < fine else 0)
        self._columns = columns
        for place, widget in enumerate(self._widgets):
            line, at = divmod(place, columns)
            last = over and place >= len(self._widgets) - over
            span = fine // over if last else fine // columns
            self._grid.addWidget(widget, line, at * span, 1, span)
            widget.show()

    def sizeHint(self) -> QSize:
        """As tall as its words are at the width it has."""
        hint = super().sizeHint()
        if self._grid.hasHeightForWidth() and self.isVisible():
            hint.setHeight(self._grid.totalHeightForWidth(self.width()))
        return hint

    def minimumSizeHint(self) -> QSize:
        """One column is always enough: the grid never keeps its place from shrinking."""
        return QSize(min(tokens().px(self._least), 160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take more columns, or fewer."""
        super().resizeEvent(event)
        self._place()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        if event.type() == QEvent.Type.StyleChange:
            self._grid.setSpacing(tokens().px(self._gap))
            self._columns = 0
            self._place()
        super().changeEvent(event)
