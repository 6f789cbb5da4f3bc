"""Words on the screen: always plain text, whatever a name or a note contains."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from canvass_app.desktop.theme import icon
from canvass_app.desktop.theme.icons import Tone

Kind = Literal["", "quiet", "small", "lead", "title", "section", "display", "bad"]
Role = Literal["", "primary", "quiet", "danger", "link"]


class PlainLabel(QLabel):
    """A label that shows its text literally. `kind` picks size and colour; `elide` shortens what does not fit.

    An elided label shows its whole text as a tool tip.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        kind: Kind = "",
        wrap: bool = False,
        elide: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        # A label with a padding of its own would else also move its words to the side.
        self.setIndent(0)
        if kind:
            self.setProperty("kind", kind)
        self._elide = elide
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """An elided label may shrink to an ellipsis; others keep their own size."""
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("…"), hint.height()) if self._elide else hint

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show `text`, literally."""
        super().setText(text)
        if self._elide:
            self._show_tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tool tip when it no longer fits."""
        super().resizeEvent(event)
        if self._elide:
            self._show_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened at the end where it must be."""
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        box = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, int(self.alignment() | Qt.TextFlag.TextSingleLine), text)
        painter.end()

    def _show_tip(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        self.setToolTip("" if fits else plain_tip(self.text()))


class Heading(PlainLabel):
    """The name of a screen ("title") or of a part of one ("section")."""

    def __init__(
        self, text: str = "", level: Literal["title", "section"] = "title", parent: QWidget | None = None
    ):
        super().__init__(text, parent, kind=level)


def plain_tip(text: str) -> str:
    """`text` as a tool tip that Qt shows literally: tool tips have no plain mode, so markup is escaped."""
    from html import escape

    return f"<span>{escape(text)}</span>" if text else ""


def make_button(
    text: str, role: Role = "", icon_name: str | None = None, parent: QWidget | None = None, *, key: str = ""
) -> QPushButton:
    """A push button in one of the roles, with an icon and a keyboard shortcut where given."""
    button = QPushButton(text, parent)
    button.setProperty("role", role)
    button.setAccessibleName(text.replace("&", ""))
    if icon_name is not None:
        button.setIcon(icon(icon_name, button_tone(role), beside=True))
        button.setProperty("beside", True)
    if key:
        button.setShortcut(key)
        button.setToolTip(key)
    return button


def button_tone(role: str) -> Tone:
    """The colour an icon takes on a button of this role."""
    tones: dict[str, Tone] = {"primary": "on_accent", "danger": "bad", "link": "accent"}
    return tones.get(role, "ink")


def retranslates(event: QEvent) -> bool:
    """Whether `event` tells a widget to set its texts again in another language."""
    return event.type() == QEvent.Type.LanguageChange


def restyles(event: QEvent) -> bool:
    """Whether `event` tells a hand-painted widget that theme or zoom changed."""
    return event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange)
