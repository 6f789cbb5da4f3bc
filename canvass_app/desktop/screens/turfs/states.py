"""How turfs stand: the legend of the map's edges and marks, which is also the filter of table and map."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.map.layers import TurfState
from canvass_app.desktop.map.turf_marks import TURF_GLYPHS
from canvass_app.desktop.screens.turfs.shapes import STATES
from canvass_app.desktop.screens.turfs.words import turf_state_name
from canvass_app.desktop.theme import Tokens, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets.format import format_number
from canvass_app.desktop.widgets.labels import restyles
from canvass_app.services.turf_rows import TurfSummary


class TurfStates(QWidget):
    """Five marks with words and counts; toggled ones alone are shown. `changed(frozenset of states)`."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = dict.fromkeys(STATES, 0)
        self._look: Tokens | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens().px(4))
        self._buttons: dict[str, QToolButton] = {}
        for name in STATES:
            button = QToolButton()
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.toggled.connect(lambda _: self.changed.emit(self.shown()))
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def shown(self) -> frozenset[str]:
        """The states that are toggled; none: every turf."""
        return frozenset(name for name, button in self._buttons.items() if button.isChecked())

    def toggle(self, name: str) -> None:
        """Toggle a state."""
        self._buttons[name].toggle()

    def clear(self) -> bool:
        """Show every turf again. False when none was hidden."""
        if not self.shown():
            return False
        for button in self._buttons.values():
            button.setChecked(False)
        return True

    def show_turfs(self, turfs: list[TurfSummary]) -> None:
        """Count turfs by how they stand."""
        self._counts = dict.fromkeys(STATES, 0)
        for turf in turfs:
            self._counts[turf.state] += 1
        self.setVisible(bool(turfs))
        self._write()

    def _write(self) -> None:
        fresh, self._look = self._look is not tokens(), tokens()
        side = tokens().px(16)
        short = self.width() < tokens().px(420)
        for name, button in self._buttons.items():
            number = format_number(self._counts[name], current_language())
            words = self.tr("%1: %2").replace("%1", turf_state_name(name)).replace("%2", number)
            button.setText(number if short else f"{turf_state_name(name)} {number}")
            if fresh:
                button.setIcon(_mark(STATES[name]))
                button.setIconSize(QSize(side, side))
            button.setAccessibleName(words)
            button.setToolTip(self.tr("Turfs, %1. Press to show only these.").replace("%1", words))
            # A legend explains what is there; proposed turfs are there only while a cut is being drafted.
            button.setVisible(name != "proposed" or self._counts[name] > 0)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.setAccessibleName(self.tr("How turfs stand"))
        self._write()

    def resizeEvent(self, event: QEvent) -> None:
        """Numbers alone where words have no room; the tool tips say them."""
        self._write()

    def minimumSizeHint(self) -> QSize:
        """Marks and numbers."""
        return QSize(tokens().px(200), tokens().px(32))

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        if restyles(event) and hasattr(self, "_buttons") and self._look is not tokens():
            self._write()
        super().changeEvent(event)


def _mark(state: TurfState) -> QIcon:
    look = tokens()
    size = look.px(16)
    picture = QPixmap(size * 2, size * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_icon(painter, TURF_GLYPHS[state], QRectF(0, 0, size, size), look.ink)
    painter.end()
    return QIcon(picture)
