"""What this laptop looks like, who sits at it, where its data lives, and what the product is made of."""

from canvass_app.desktop.screens.settings.screen import SettingsScreen

__all__ = ["SettingsScreen"]
