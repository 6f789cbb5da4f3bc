"""Accepting the campaign's declaration on the screen Sync."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Card
from canvass_app.desktop.widgets.declaration import DeclarationForm
from canvass_app.domain.errors import Cancelled, CanvassError
from canvass_app.domain.text import Text

if TYPE_CHECKING:
    from canvass_app.desktop.screens.base import AppContext
    from canvass_app.desktop.screens.sync.background import BackgroundSync

_WIDTH = 620


class DeclarationCard(Card):
    """The form on the screen Sync: keeps that it was accepted, tells headquarters, and syncs. `settled` when it ended."""

    settled = Signal()

    def __init__(
        self, context: AppContext, background: BackgroundSync, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._background = context, background
        self.form = DeclarationForm()
        self.form.accepted.connect(self._accept)
        self.body.addWidget(self.form)
        self.setFocusProxy(self.form)
        self.setMaximumWidth(tokens().px(_WIDTH))

    def _accept(self, name: str, language: str, text: Text) -> None:
        book = self._context.book
        # Headquarters is asked by one at a time.
        self._background.give_way()
        self.form.set_busy(True)

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.declaring import accept

            return accept(book, name, language, read=text, cancelled=cancelled)

        self._context.tasks.long(
            self.tr("Accepting the declaration"), work, self._done, self._failed, writes=False, owner=self
        )

    def _done(self, declared: Any) -> None:
        self.form.set_busy(False)
        self._context.say(
            self.tr("Accepted by %1. What others did is being fetched.").replace("%1", declared.by)
        )
        self._background.joined_anew()
        self.settled.emit()

    def _failed(self, error: CanvassError) -> None:
        self.form.set_busy(False)
        self.form.show_error(None if isinstance(error, Cancelled) else error)
        self.settled.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "form"):
            self.setMaximumWidth(tokens().px(_WIDTH))
