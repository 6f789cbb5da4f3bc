"""State chips and key-caps: small marks that a word or an icon always accompanies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from canvass_app.desktop.theme import Tokens, font, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets.labels import restyles

ChipTone = Literal["neutral", "accent", "good", "warn", "bad"]
_GROUNDS = {
    "neutral": "hover", "accent": "accent_soft", "good": "good_soft", "warn": "warn_soft", "bad": "bad_soft",
}  # fmt: skip
_ICONS = {"good": "check", "warn": "warning", "bad": "error"}


def badge_size(text: str, tone: ChipTone, look: Tokens, icon_name: str | None = None) -> QSize:
    """How much room a chip takes, in logical pixels."""
    width = QFontMetrics(font(look.small)).horizontalAdvance(text) + look.px(16)
    if icon_name or tone in _ICONS:
        width += look.px(17)
    return QSize(width, look.px(22))


def paint_badge(
    painter: QPainter, box: QRect, text: str, tone: ChipTone, look: Tokens, icon_name: str | None = None
) -> None:
    """Draw a chip at the left of `box`, centred in its height, shortened where it does not fit."""
    size = badge_size(text, tone, look, icon_name)
    width = min(size.width(), box.width())
    chip = QRectF(box.x(), box.y() + (box.height() - size.height()) / 2, width, size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(look, _GROUNDS[tone])))
    painter.drawRoundedRect(chip, look.px(4), look.px(4))
    left = chip.x() + look.px(8)
    shape = icon_name or _ICONS.get(tone)
    if shape:
        side = look.px(13)
        tint = look.quiet if tone == "neutral" else getattr(look, tone)
        draw_icon(painter, shape, QRectF(left - look.px(2), chip.center().y() - side / 2, side, side), tint)
        left += look.px(15)
    painter.setFont(font(look.small))
    painter.setPen(QColor(look.ink))
    room = QRectF(left, chip.y(), chip.right() - look.px(6) - left, chip.height())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.restore()


class Badge(QWidget):
    """A state as a chip: a word, and an icon for every state that carries a colour."""

    def __init__(
        self,
        text: str = "",
        tone: ChipTone = "neutral",
        icon_name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone: ChipTone = tone
        self._text, self._icon = text, icon_name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_state(self, text: str, tone: ChipTone = "neutral", icon_name: str | None = None) -> None:
        """Show another state."""
        self._text, self._tone, self._icon = text, tone, icon_name
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon and word at the current zoom."""
        return badge_size(self._text, self._tone, tokens(), self._icon)

    def minimumSizeHint(self) -> QSize:
        """A chip may be shortened, never cropped."""
        return QSize(tokens().px(32), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self._text, self._tone, tokens(), self._icon)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's sizes."""
        if restyles(event):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)


class KeyHints(QWidget):
    """The keys that work now, drawn as key-caps with their word beside; wraps to the width it is given."""

    def __init__(self, hints: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_hints(hints)

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show these (key, word) pairs, in this order."""
        self._hints = tuple(hints)
        self.setAccessibleName(", ".join(f"{key}: {word}" for key, word in self._hints))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The height follows from how the hints wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """The height of all lines at `width`."""
        return self._placed(width)[1]

    def sizeHint(self) -> QSize:
        """Everything on one line, where there is room."""
        look = tokens()
        plain, cap = QFontMetrics(font(look.small)), QFontMetrics(font(look.small, bold=True))
        width = sum(self._widths(hint, plain, cap, look)[2] for hint in self._hints)
        return QSize(max(0, width), look.px(24))

    def minimumSizeHint(self) -> QSize:
        """The widest single hint."""
        look = tokens()
        plain, cap = QFontMetrics(font(look.small)), QFontMetrics(font(look.small, bold=True))
        widest = max((self._widths(hint, plain, cap, look)[2] for hint in self._hints), default=0)
        return QSize(widest, look.px(24))

    @staticmethod
    def _widths(
        hint: tuple[str, str], plain: QFontMetrics, cap: QFontMetrics, look: Tokens
    ) -> tuple[int, int, int]:
        key = max(look.px(22), cap.horizontalAdvance(hint[0]) + look.px(12))
        word = plain.horizontalAdvance(hint[1])
        return key, word, key + look.px(6) + word + look.px(16)

    def _placed(self, width: int) -> tuple[list[tuple[QPointF, int, int]], int]:
        look = tokens()
        plain, cap = QFontMetrics(font(look.small)), QFontMetrics(font(look.small, bold=True))
        line, places, x, y = look.px(28), list[tuple[QPointF, int, int]](), 0, 0
        for hint in self._hints:
            key, word, step = self._widths(hint, plain, cap, look)
            if x and x + step - look.px(16) > width:
                x, y = 0, y + line
            places.append((QPointF(x, y), key, word))
            x += step
        return places, y + look.px(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw caps and words."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap_height = look.px(22)
        for (key, word), (corner, key_width, word_width) in zip(
            self._hints, self._placed(self.width())[0], strict=True
        ):
            cap = QRectF(corner.x() + 0.5, corner.y() + 1.5, key_width - 1, cap_height - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.edge))
            painter.drawRoundedRect(cap.translated(0, 1.5), look.px(4), look.px(4))
            painter.setPen(QPen(QColor(look.edge), 1))
            painter.setBrush(QColor(look.surface))
            painter.drawRoundedRect(cap, look.px(4), look.px(4))
            painter.setFont(font(look.small, bold=True))
            painter.setPen(QColor(look.ink))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            painter.setFont(font(look.small))
            painter.setPen(QColor(look.quiet))
            beside = QRectF(corner.x() + key_width + look.px(6), corner.y(), word_width + 2, look.px(24))
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, word)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's sizes."""
        if restyles(event):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)
