"""The bar above: which campaign and riding, find anything, and what headquarters has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.shell.hq_status import HqStatusButton
from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets import PlainLabel, plain_tip

# Pixels at 100 %: a longer name is shortened; with less room than the least it is left out, the title has it.
_CAMPAIGN_MOST, _CAMPAIGN_LEAST = 260, 110


class FindButton(QAbstractButton):
    """Looks like the field it opens, and shows its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """No more than it must have; it takes what the others leave, so that it is the first to shrink."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """The icon alone."""
        return QSize(tokens().px(40), tokens().control)

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
        bare = self.width() < look.px(96)
        left = box.center().x() - side / 2 if bare else look.px(10)
        draw_icon(painter, "search", QRectF(left, box.center().y() - side / 2, side, side), look.quiet)
        if not bare:
            self._paint_words(painter, box, left + side + look.px(8))
        painter.end()

    def _paint_words(self, painter: QPainter, box: QRectF, left: float) -> None:
        look = tokens()
        painter.setPen(QColor(look.quiet))
        painter.setFont(font(look.small))
        key_width = QFontMetrics(painter.font()).horizontalAdvance("Ctrl+K")
        key = QRectF(box.right() - key_width - look.px(10), 0, key_width + 2, self.height())
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(key, centred, "Ctrl+K")
        painter.setFont(font(look.text))
        room = QRectF(left, 0, key.left() - look.px(8) - left, self.height())
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        if room.width() > look.px(56):
            painter.drawText(room, centred, words)


class RidingBox(QComboBox):
    """The riding's name, whole as long as it is no longer than most; a longer one is shortened, never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _longest(self) -> int:
        metrics = QFontMetrics(font(tokens().text))
        return max((metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)

    def sizeHint(self) -> QSize:
        """Room for the longest name, up to 320 pixels."""
        look = tokens()
        return QSize(min(look.px(320), max(look.px(120), self._longest() + look.px(48))), look.control)

    def minimumSizeHint(self) -> QSize:
        """Room for the beginning of a name."""
        return QSize(tokens().px(96), tokens().control)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Offer every name whole."""
        self.view().setMinimumWidth(max(self.width(), self._longest() + tokens().px(48)))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name, shortened at the end where it must be."""
        if self.fontMetrics().horizontalAdvance(self.currentText()) + tokens().px(48) <= self.width():
            super().paintEvent(event)
            return
        # Imported here: the enumerations of QStyle take ten milliseconds, which the start of the window need not pay.
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter

        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, field.width())
        option.currentText = text
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
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
        self.ridings = RidingBox()
        self.ridings.activated.connect(self._choose)
        self.find_button = FindButton()
        self.find_button.clicked.connect(self.find_wanted)
        self.status = HqStatusButton(now_ms)
        self.status.clicked.connect(self.sync_wanted)
        self.status.words_changed.connect(self._fit)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self.campaign)
        row.addWidget(self._chevron)
        row.addWidget(self.ridings)
        row.addWidget(self.find_button, 1)
        row.addWidget(self.status)
        self._space()
        self.retranslate()

    def set_campaign(self, name: str) -> None:
        """Name the campaign."""
        self.campaign.setText(name)
        self._fit()

    def _fit(self) -> None:
        """Share the width out: the search gives way first, then the end of the status, the campaign, the riding."""
        look = tokens()
        gap, edges = self._row.spacing(), self._row.contentsMargins()
        room = self.width() - edges.left() - edges.right()
        room -= self.find_button.minimumSizeHint().width() + gap
        if self._cards:
            room -= self.ridings.sizeHint().width() + gap
        chevron = self._chevron.sizeHint().width() + gap if self._cards else 0
        name = QFontMetrics(font(look.text)).horizontalAdvance(self.campaign.text()) + look.px(4)
        wanted = min(name, look.px(_CAMPAIGN_MOST))
        short = wanted + gap + chevron + self.status.width_for(short=False) > room
        self.status.set_short(short)
        left = room - self.status.width_for(short=short) - gap - chevron
        shown = bool(self.campaign.text()) and left >= min(wanted, look.px(_CAMPAIGN_LEAST))
        self.campaign.setMaximumWidth(max(0, min(wanted, left)))
        self.campaign.setVisible(shown)
        self._chevron.setVisible(shown and bool(self._cards))

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
        self.ridings.setVisible(bool(cards))
        self._names_changed()

    def _names_changed(self) -> None:
        self._tell_riding()
        self.ridings.updateGeometry()
        self._fit()

    def _tell_riding(self) -> None:
        self.ridings.setToolTip(plain_tip(self.ridings.currentText()) or self.tr("Riding"))

    def set_riding(self, riding_id: int | None) -> None:
        """Show which one is current."""
        self.ridings.setCurrentIndex(self.ridings.findData(riding_id))
        self._tell_riding()

    def _choose(self, place: int) -> None:
        self.riding_chosen.emit(self.ridings.itemData(place))

    def _space(self) -> None:
        look = tokens()
        self._row.setContentsMargins(look.px(16), look.px(8), look.px(8), look.px(9))
        self._row.setSpacing(look.px(10))

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.find_button.setText(self.tr("Find people, addresses, lists, commands"))
        self.find_button.setAccessibleName(self.tr("Find people, addresses, lists, commands"))
        self.find_button.setToolTip(self.tr("Find anything (Ctrl+K)"))
        self.ridings.setAccessibleName(self.tr("Riding"))
        for number, card in enumerate(self._cards):
            self.ridings.setItemText(number, card.name.say(current_language()))
        self._names_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width out."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and zoom."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._space()
            self._fit()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with a rule below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens().line))
        painter.end()
