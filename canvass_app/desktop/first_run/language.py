"""EN | FR, where there is no main window yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from canvass_app.desktop.i18n import current_language, set_language
from canvass_app.desktop.preferences import Preferences


class LanguageSwitch(QWidget):
    """Two buttons; the language of the screen is the one pressed in."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: dict[str, QToolButton] = {}
        for language, name in (("en", "English"), ("fr", "Français")):
            button = QToolButton()
            button.setText(name)
            button.setAccessibleName(name)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, language=language: self._choose(language))
            self._buttons[language] = button
            row.addWidget(button)
        self._show()

    def _choose(self, language: str) -> None:
        self._preferences.language = language
        set_language(language)
        self._show()

    def _show(self) -> None:
        for language, button in self._buttons.items():
            button.setChecked(language == current_language())

    def changeEvent(self, event: QEvent) -> None:
        """Show which language it is."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_buttons"):
            self._show()
        super().changeEvent(event)
