"""How the canvass goes: numbers first, then their shape by evening, then by turf; each says how it is made."""

from canvass_app.desktop.screens.progress.screen import ProgressScreen

__all__ = ["ProgressScreen"]
