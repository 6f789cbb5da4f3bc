"""Turfs: the map of doors, cut into walks."""

from canvass_app.desktop.screens.turfs.studio import TurfStudio as TurfsScreen

__all__ = ["TurfsScreen"]
