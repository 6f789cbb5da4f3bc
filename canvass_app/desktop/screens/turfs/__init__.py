"""Turfs: the map of doors, cut into walks."""

from canvass_app.desktop.screens.turfs.screen import TurfsScreen

__all__ = ["TurfsScreen"]
