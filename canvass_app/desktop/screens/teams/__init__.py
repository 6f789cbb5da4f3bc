"""Teams: who is in them, what is planned, who comes and who came."""

from canvass_app.desktop.screens.teams.screen import TeamsScreen

__all__ = ["TeamsScreen"]
