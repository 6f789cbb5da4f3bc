"""Enter results: a printed page typed in as it lies on the table, one key a result, each durable at once."""

from canvass_app.desktop.screens.enter.screen import EnterScreen

__all__ = ["EnterScreen"]
