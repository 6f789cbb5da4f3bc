"""The bar above: which campaign and riding, find anything, and what headquarters has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.shell.hq_status import HqStatusButton
from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets import PlainLabel


class FindButton(QAbstractButton):
    """Looks like the field it opens, and shows its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """A field of ordinary height."""
        return QSize(tokens().px(200), tokens().control)

    def minimumSizeHint(self) -> QSize:
        """Icon and key."""
        return QSize(tokens().px(96), tokens().control)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a field with a search icon, its words and its key."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = look.ring if self.hasFocus() else 1
        box = QRectF(self.rect()).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2)
        pen = painter.pen()
        pen.setColor(
            QColor(look.accent if self.hasFocus() else look.quiet if self.underMouse() else look.edge)
        )
        pen.setWidth(ring)
        painter.setPen(pen)
        painter.setBrush(QColor(look.paper))
        painter.drawRoundedRect(box, look.radius, look.radius)
        side = look.px(16)
        draw_icon(painter, "search", QRectF(look.px(10), box.center().y() - side / 2, side, side), look.quiet)
        painter.setPen(QColor(look.quiet))
        painter.setFont(font(look.small))
        key_width = QFontMetrics(painter.font()).horizontalAdvance("Ctrl+K")
        key = QRectF(box.right() - key_width - look.px(10), 0, key_width + 2, self.height())
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(key, centred, "Ctrl+K")
        painter.setFont(font(look.text))
        left = look.px(10) + side + look.px(8)
        room = QRectF(left, 0, key.left() - look.px(8) - left, self.height())
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        if room.width() > look.px(24):
            painter.drawText(room, centred, words)
        painter.end()


class TopBar(QWidget):
    """Campaign and riding at the left, the search in the middle, headquarters at the right."""

    riding_chosen = Signal(object)
    find_wanted = Signal()
    sync_wanted = Signal()

    def __init__(self, now_ms: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: Sequence[Any] = ()
        self.campaign = PlainLabel(kind="quiet", elide=True)
        self.campaign.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._chevron = PlainLabel("›", kind="quiet")
        self.ridings = QComboBox()
        self.ridings.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ridings.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.ridings.activated.connect(self._choose)
        self.find_button = FindButton()
        self.find_button.clicked.connect(self.find_wanted)
        self.status = HqStatusButton(now_ms)
        self.status.clicked.connect(self.sync_wanted)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self.campaign)
        row.addWidget(self._chevron)
        row.addWidget(self.ridings)
        row.addSpacing(tokens().px(8))
        row.addWidget(self.find_button, 1)
        row.addSpacing(tokens().px(8))
        row.addWidget(self.status)
        self._space()
        self.retranslate()

    def set_campaign(self, name: str) -> None:
        """Name the campaign."""
        self.campaign.setText(name)
        self._fit_campaign()

    def _fit_campaign(self) -> None:
        width = QFontMetrics(font(tokens().text)).horizontalAdvance(self.campaign.text())
        self.campaign.setMaximumWidth(width + tokens().px(4))

    def set_ridings(self, cards: Sequence[Any], current: int | None) -> None:
        """Offer these `RidingCard`s."""
        self._cards = cards
        self.ridings.blockSignals(True)
        self.ridings.clear()
        for card in cards:
            self.ridings.addItem(card.name.say(current_language()), card.riding_id)
        place = self.ridings.findData(current)
        self.ridings.setCurrentIndex(place)
        self.ridings.blockSignals(False)
        longest = max((len(self.ridings.itemText(n)) for n in range(self.ridings.count())), default=8)
        self.ridings.setMinimumContentsLength(min(22, longest))
        for widget in (self.ridings, self._chevron):
            widget.setVisible(bool(cards))

    def set_riding(self, riding_id: int | None) -> None:
        """Show which one is current."""
        self.ridings.setCurrentIndex(self.ridings.findData(riding_id))

    def _choose(self, place: int) -> None:
        self.riding_chosen.emit(self.ridings.itemData(place))

    def set_room(self, room: str) -> None:
        """ "wide", "middle" or "narrow": the campaign's name is left out of the last, the window's title has it."""
        narrow = room == "narrow"
        self.status.set_room(room)
        self.campaign.setVisible(not narrow)
        self._chevron.setVisible(not narrow and bool(self._cards))

    def _space(self) -> None:
        look = tokens()
        self._row.setContentsMargins(look.px(16), look.px(8), look.px(8), look.px(9))
        self._row.setSpacing(look.px(8))

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.find_button.setText(self.tr("Find people, addresses, lists, commands"))
        self.find_button.setAccessibleName(self.tr("Find people, addresses, lists, commands"))
        self.find_button.setToolTip(self.tr("Find anything (Ctrl+K)"))
        self.ridings.setAccessibleName(self.tr("Riding"))
        self.ridings.setToolTip(self.tr("Riding"))
        for number, card in enumerate(self._cards):
            self.ridings.setItemText(number, card.name.say(current_language()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and zoom."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._space()
            self._fit_campaign()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with a rule below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens().line))
        painter.end()
