"""Lists: the walk lists that were issued, and their pages again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from canvass_app.desktop.screens.lists.screen import ListsScreen

__all__ = ["ListsScreen"]


def __getattr__(name: str) -> Any:
    # Turfs uses parts of this package at the start; the screen itself is made when it is first shown.
    if name == "ListsScreen":
        from canvass_app.desktop.screens.lists.screen import ListsScreen

        return ListsScreen
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
