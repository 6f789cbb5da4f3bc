"""The panel beside the figures that says how one of them is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import key_name
from canvass_app.desktop.screens.progress.figures import Figure, Part
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button

WIDTH = 320


class WhyPanel(QFrame):
    """A figure, its formula, its denominator and what was counted."""

    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._shown: tuple[Figure, str, tuple[Part, ...]] | None = None
        self._heading = Heading("", "section")
        self._heading.setWordWrap(True)
        self._close = make_button("", "quiet", "close")
        self._close.clicked.connect(self.close_wanted)
        self._value = PlainLabel(kind="display")
        self._sub = PlainLabel(kind="quiet", wrap=True)
        self._formula = PlainLabel(wrap=True)
        self._parts = QWidget()
        self._parts.setProperty("kind", "scrolled")
        self._rows = QGridLayout(self._parts)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setColumnStretch(0, 1)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(inside)
        for widget in (self._value, self._sub, self._formula, self._parts):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(top)
        self._outer.addWidget(self._area, 1)
        self._space()
        self.retranslate()

    def show_figure(self, figure: Figure, formula: str, parts: Sequence[Part]) -> None:
        """Explain a figure; showing the same again changes nothing on the screen."""
        wanted = (figure, formula, tuple(parts))
        if wanted == self._shown:
            return
        other = self._shown is None or self._shown[0].key != figure.key
        self._shown = wanted
        self._heading.setText(figure.label)
        self._value.setText(figure.value)
        self._sub.setText(figure.sub)
        self._sub.setVisible(bool(figure.sub))
        self._formula.setText(formula)
        self._fill(parts)
        self.setAccessibleName(figure.label)
        self.setAccessibleDescription(formula)
        if other:
            self._area.verticalScrollBar().setValue(0)

    def key(self) -> str:
        """Which figure is explained ("" for none yet)."""
        return self._shown[0].key if self._shown else ""

    def words(self) -> list[str]:
        """Everything that is written in the panel, top to bottom."""
        labels = [self._heading, self._value, self._sub, self._formula]
        return [one.text() for one in (*labels, *self._parts.findChildren(PlainLabel)) if not one.isHidden()]

    def focus(self) -> None:
        """Give the keyboard to the panel."""
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, parts: Sequence[Part]) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        look, row = tokens(), 0
        for part in parts:
            heading = PlainLabel(part.heading, kind="small", wrap=True)
            heading.setContentsMargins(0, look.px(12), 0, look.px(2))
            self._rows.addWidget(heading, row, 0, 1, 2)
            row += 1
            for what, how_much in part.rows:
                name, value = PlainLabel(what, wrap=True), PlainLabel(how_much)
                value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                self._rows.addWidget(name, row, 0)
                self._rows.addWidget(value, row, 1)
                row += 1

    def _space(self) -> None:
        look = tokens()
        self._outer.setContentsMargins(look.px(16), look.px(8), look.px(8), look.px(12))
        self._outer.setSpacing(look.px(4))
        self._column.setContentsMargins(0, 0, look.px(12), 0)
        self._column.setSpacing(look.px(6))
        self._rows.setHorizontalSpacing(look.px(12))
        self._rows.setVerticalSpacing(look.px(4))

    def retranslate(self) -> None:
        """Words in the language of the moment; the figure itself is shown again by the screen."""
        self._close.setText(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(key_name("Esc"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow zoom and language."""
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_outer"):
            self._space()
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_outer"):
            self.retranslate()
        super().changeEvent(event)
