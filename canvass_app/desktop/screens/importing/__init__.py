"""The import assistant: choose a file, see what was understood, correct it, take it, read the report."""

from canvass_app.desktop.screens.importing.screen import ImportScreen

__all__ = ["ImportScreen"]
