"""Buttons that lie on the map, and the legend that says in words what the shapes mean."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from canvass_app.desktop.map.layers import DoorState
from canvass_app.desktop.map.sprites import draw_mark
from canvass_app.desktop.theme import font, icon, tokens
from canvass_app.desktop.widgets.labels import restyles, retranslates


class ZoomButtons(QWidget):
    """Closer, farther, everything. The keys + - 0 do the same and stand in the tool tips."""

    zoom_in = Signal()
    zoom_out = Signal()
    fit = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().px(4))
        self._buttons: list[QToolButton] = []
        for name, signal in (("plus", self.zoom_in), ("minus", self.zoom_out), ("zoom-fit", self.fit)):
            button = QToolButton()
            button.setProperty("kind", "map")
            button.setIcon(icon(name))
            # A click must not take the keys away from the map; Tab still reaches the buttons.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
            column.addWidget(button)
            self._buttons.append(button)
        self._retranslate()

    def _retranslate(self) -> None:
        words = (
            (self.tr("Zoom in"), self.tr("Zoom in (+)")),
            (self.tr("Zoom out"), self.tr("Zoom out (-)")),
            (self.tr("Show everything"), self.tr("Show everything (0)")),
        )
        for button, (name, tip) in zip(self._buttons, words, strict=True):
            button.setAccessibleName(name)
            button.setToolTip(tip)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the other language."""
        if retranslates(event):
            self._retranslate()
        super().changeEvent(event)


class MapLegend(QWidget):
    """The five door marks with their words, in one row that wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._words: list[str] = []
        self._placed: dict[int, tuple[object, tuple[list[QPointF], int, int]]] = {}
        self._retranslate()

    def _retranslate(self) -> None:
        self._words = [
            self.tr("never tried"),
            self.tr("not home"),
            self.tr("talked"),
            self.tr("final answer"),
            self.tr("do not knock"),
        ]
        self.setAccessibleName(self.tr("What the marks on the map mean"))
        self.setAccessibleDescription(", ".join(self._words))
        self.updateGeometry()
        self.update()

    def words(self) -> list[str]:
        """The words as they stand, in the order of `DoorState`."""
        return list(self._words)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The height follows from how the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """The height of all lines at `width`."""
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        """Everything in one row."""
        return QSize(self._places(1_000_000)[2], tokens().px(24))

    def minimumSizeHint(self) -> QSize:
        """One word at a time."""
        return QSize(self._places(0)[2], tokens().px(24))

    def _places(self, width: int) -> tuple[list[QPointF], int, int]:
        key = (width, tuple(self._words), tokens())
        known = self._placed.get(width)
        if known is None or known[0] != key:
            known = self._placed[width] = (key, self._measured(width))
        return known[1]

    def _measured(self, width: int) -> tuple[list[QPointF], int, int]:
        look = tokens()
        metrics = QFontMetrics(font(look.small))
        places, x, y, widest = list[QPointF](), 0, 0, 0
        for word in self._words:
            step = look.px(22) + metrics.horizontalAdvance(word)
            if x and x + step > width:
                x, y = 0, y + look.px(24)
            places.append(QPointF(x, y))
            widest = max(widest, x + step)
            x += step + look.px(12)
        return places, y + look.px(24), widest

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw marks and words."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(look.small))
        height = look.px(24)
        for state, (word, corner) in enumerate(zip(self._words, self._places(self.width())[0], strict=True)):
            centre = QPointF(corner.x() + look.px(7), corner.y() + height / 2)
            draw_mark(painter, centre, look.px(12), DoorState(state), None, look)
            painter.setPen(QColor(look.ink))
            room = QRectF(corner.x() + look.px(20), corner.y(), self.width(), height)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, word)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme, zoom and language."""
        if retranslates(event):
            self._retranslate()
        if restyles(event):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)
