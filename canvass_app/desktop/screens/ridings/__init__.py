"""The ridings on this laptop: what each holds, and the way to bring in more."""

from canvass_app.desktop.screens.ridings.screen import RidingsScreen

__all__ = ["RidingsScreen"]
