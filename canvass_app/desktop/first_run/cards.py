"""The large buttons of the first window, and the product's mark above them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from canvass_app.desktop.shell.navigation import paint_mark
from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.theme.icons import draw_icon

WIDTH = 560


class ChoiceCard(QAbstractButton):
    """A large button: an icon, what it does, and a sentence about when to choose it."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon_name
        self._detail = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_words(self, title: str, detail: str) -> None:
        """Name the choice."""
        self.setText(title)
        self._detail = detail
        self.setAccessibleName(title.replace("&", ""))
        self.setAccessibleDescription(detail)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of detail."""
        return QSize(tokens().px(WIDTH), tokens().px(84))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = look.ring if self.hasFocus() else 1
        box = QRectF(self.rect()).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2)
        pen = painter.pen()
        pen.setWidth(ring)
        pen.setColor(
            QColor(look.accent if self.hasFocus() else look.edge if self.underMouse() else look.line)
        )
        painter.setPen(pen)
        painter.setBrush(QColor(look.pressed if self.isDown() else look.surface))
        painter.drawRoundedRect(box, look.radius, look.radius)
        side = look.px(28)
        draw_icon(
            painter, self._icon, QRectF(look.px(20), box.center().y() - side / 2, side, side), look.accent
        )
        left = look.px(20) + side + look.px(20)
        width = box.width() - left - look.px(44)
        painter.setFont(font(look.large, bold=True))
        painter.setPen(QColor(look.ink))
        title = QRectF(left, look.px(12), width, look.px(24))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(title, int(flags), self.text())
        painter.setFont(font(look.text))
        painter.setPen(QColor(look.quiet))
        below = QRectF(left, look.px(36), width, box.height() - look.px(42))
        painter.drawText(below, int(Qt.TextFlag.TextWordWrap), self._detail)
        arrow = look.px(18)
        draw_icon(
            painter, "chevron-right",
            QRectF(box.right() - look.px(32), box.center().y() - arrow / 2, arrow, arrow), look.quiet,
        )  # fmt: skip
        painter.end()


class Mark(QWidget):
    """The mark, as large as a heading."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(tokens().px(60))

    def sizeHint(self) -> QSize:
        """Mark and air below."""
        return QSize(tokens().px(52), tokens().px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(48)
        paint_mark(painter, QRectF(0, 0, side, side), look.accent, look.surface)
        painter.end()
