"""A button that says what is chosen of a short list, and a menu that stays open while one ticks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets.labels import plain_tip

_EDGE = "\u2002"
_ARROW = 48  # pixels at 100 % for the arrow and the button's edges


class ManyChoice(QPushButton):
    """Choose some of a few values. `changed` when what is chosen changed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[str] = []
        self._actions: dict[str, QAction] = {}
        self._nothing = ""
        self.setProperty("role", "choice")
        menu = QMenu(self)
        menu.installEventFilter(self)
        self.setMenu(menu)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def offer(self, values: Sequence[tuple[str, str]], nothing: str) -> None:
        """Offer values with their words; `nothing` stands on the button while none is chosen.

        What is chosen stays chosen, even what is not offered any more.
        """
        kept = [one for one in self._values if one not in {value for value, _ in values}]
        menu = self.menu()
        menu.clear()
        self._actions.clear()
        self._nothing = nothing
        for value, words in (*values, *((one, one) for one in kept)):
            action = QAction(words.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(value in self._values)
            action.toggled.connect(lambda on, value=value: self._toggle(value, on))
            menu.addAction(action)
            self._actions[value] = action
        self._write()

    def chosen(self) -> tuple[str, ...]:
        """The values chosen, in the order in which they were."""
        return tuple(self._values)

    def choose(self, values: Sequence[str]) -> None:
        """Choose exactly these; tells nobody."""
        self._values = list(values)
        for value, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(value in self._values)
            action.blockSignals(False)
        self._write()

    def _toggle(self, value: str, on: bool) -> None:
        if on and value not in self._values:
            self._values.append(value)
        elif not on and value in self._values:
            self._values.remove(value)
        self._write()
        self.changed.emit()

    def words(self) -> str:
        """What is chosen, in words."""
        return ", ".join(
            self._actions[one].text().replace("&&", "&") for one in self._actions if one in self._values
        )

    def _write(self) -> None:
        words = self.words()
        self.setToolTip(plain_tip(words))
        self.setAccessibleDescription(words)
        room = max(tokens().px(24), self.width() - tokens().px(_ARROW))
        shown = self.fontMetrics().elidedText(words or self._nothing, Qt.TextElideMode.ElideRight, room)
        # Left-aligned words of a button with a menu begin at its very edge.
        self.setText(_EDGE + shown.replace("&", "&&"))

    def minimumSizeHint(self) -> QSize:
        """A short word."""
        return QSize(tokens().px(72), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many words as there is room for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._write()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A click or Space ticks and leaves the menu open; Enter ticks and closes it."""
        menu = self.menu()
        if watched is menu:
            space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
            pressed = event.type() == QEvent.Type.KeyPress and space
            if pressed or event.type() == QEvent.Type.MouseButtonRelease:
                action = menu.activeAction()
                if action is not None and action.isCheckable():
                    action.toggle()
                    return True
        return super().eventFilter(watched, event)
