"""Lists: the walk lists that were issued, and their pages again."""

from canvass_app.desktop.screens.lists.screen import ListsScreen

__all__ = ["ListsScreen"]
