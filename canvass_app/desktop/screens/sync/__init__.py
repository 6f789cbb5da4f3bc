"""Headquarters and this laptop: what is there, what is only here, in plain words; and the sync that runs by itself.

The shell starts `background.BackgroundSync` with the window; the screen itself is loaded when it is first opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from canvass_app.desktop.screens.sync.screen import SyncScreen

__all__ = ["SyncScreen"]


def __getattr__(name: str) -> Any:
    if name == "SyncScreen":
        from canvass_app.desktop.screens.sync.screen import SyncScreen

        return SyncScreen
    raise AttributeError(name)
