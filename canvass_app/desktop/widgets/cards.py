"""Grounds that things stand on: a card, a tile with one number, the page that is still empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets.bars import SparkLine
from canvass_app.desktop.widgets.labels import Heading, PlainLabel, make_button, restyles, retranslates


class Card(QFrame):
    """A surface with a quiet edge; put things into `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self._space()

    def _space(self) -> None:
        look = tokens()
        self.body.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self.body.setSpacing(look.px(4))

    def changeEvent(self, event: QEvent) -> None:
        """Keep the margins in step with the zoom."""
        if event.type() == QEvent.Type.StyleChange:
            self._space()
        super().changeEvent(event)


class Tile(Card):
    """One number: what it is, how much, of what ("412 of 1,630 attempts"), its recent shape, and why it is so."""

    why_clicked = Signal()

    def __init__(
        self, label: str = "", value: str = "", sub: str = "", spark: Sequence[float] = (), *, why: bool = True,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._label = PlainLabel(kind="small", elide=True)
        self._value = PlainLabel(kind="display")
        self._sub = PlainLabel(kind="small", wrap=True)
        self._spark = SparkLine()
        self._why = make_button("", "link")
        self._why.clicked.connect(self.why_clicked)
        top = QHBoxLayout()
        top.addWidget(self._label, 1)
        top.addWidget(self._why)
        middle = QHBoxLayout()
        middle.setSpacing(tokens().px(12))
        middle.addWidget(self._value)
        middle.addWidget(self._spark, 1)
        self.body.addLayout(top)
        self.body.addLayout(middle)
        self.body.addWidget(self._sub)
        self.body.addStretch(1)
        # Only now that it has a parent: showing a button without one opens a window, which takes the keyboard.
        self._why.setVisible(why)
        self._retranslate()
        self.set_label(label)
        self.show_value(value, sub, spark)

    def set_label(self, label: str) -> None:
        """Name the number."""
        self._label.setText(label)
        self._describe()

    def show_value(self, value: str, sub: str = "", spark: Sequence[float] = ()) -> None:
        """Show a formatted number, the line that gives its denominator, and its series (oldest first)."""
        self._value.setText(value)
        self._sub.setText(sub)
        self._sub.setVisible(bool(sub))
        self._spark.set_values(spark)
        self._describe()

    def _describe(self) -> None:
        parts = (self._label.text(), self._value.text(), self._sub.text())
        self.setAccessibleName(" · ".join(part for part in parts if part))
        self._why.setAccessibleName(self.tr("Why? %1").replace("%1", self._label.text()))

    def _retranslate(self) -> None:
        self._why.setText(self.tr("why?"))
        self._why.setToolTip(self.tr("How this number is made"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the other language."""
        if retranslates(event):
            self._retranslate()
            self._describe()
        super().changeEvent(event)


class EmptyState(QWidget):
    """What stands where there is nothing yet: says what belongs here and how to begin."""

    action_triggered = Signal()

    def __init__(
        self, title: str = "", sentence: str = "", action: str = "", icon_name: str = "door", *, key: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Heading("", "section")
        self._sentence = PlainLabel(kind="quiet", wrap=True)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = make_button("", "primary", key=key)
        self._button.clicked.connect(self.action_triggered)
        self.setFocusProxy(self._button)
        column = QVBoxLayout(self)
        column.setSpacing(tokens().px(8))
        column.addStretch(1)
        for widget in (self._picture, self._title, self._sentence):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(tokens().px(8))
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._draw()
        self.set_texts(title, sentence, action)

    def set_texts(self, title: str, sentence: str, action: str = "") -> None:
        """Set the words; without an action there is no button."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self._draw()

    def showEvent(self, event: object) -> None:
        """Measure the words once the style has given them their size; what can be done takes the keyboard."""
        self._draw()
        held = self.window().focusWidget()
        if self._button.isVisibleTo(self) and (held is None or not held.isVisible()):
            self._button.setFocus()

    def _draw(self) -> None:
        look = tokens()
        self._picture.setPixmap(icon_pixmap(self._icon_name, look.px(40), "accent", self.devicePixelRatioF()))
        # Lines of some 60 characters are the easiest to read; the label may be narrower in a small window.
        width = min(look.px(400), max(look.px(160), self.width() - look.px(32)))
        width = self._balanced(width)
        self._sentence.setFixedWidth(width)
        # A centred item gets the height of its own hint, which knows nothing of the width it is wrapped at.
        self._sentence.setMinimumHeight(max(0, self._sentence.heightForWidth(width)))

    def _balanced(self, most: int) -> int:
        """The narrowest width that takes no more lines: a last line of one word looks like a mistake."""
        # A label never answers for less than its least width.
        self._sentence.setMinimumWidth(0)
        tall, step = self._sentence.heightForWidth(most), tokens().px(8)
        narrow = most
        while narrow - step >= most // 2 and self._sentence.heightForWidth(narrow - step) <= tall:
            narrow -= step
        return narrow

    def resizeEvent(self, event: object) -> None:
        """Keep the sentence inside the window."""
        self._draw()

    def sizeHint(self) -> QSize:
        """Enough for the words."""
        return QSize(tokens().px(440), tokens().px(240))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colour and sizes."""
        if restyles(event):
            self._draw()
        super().changeEvent(event)
