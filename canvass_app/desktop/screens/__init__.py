"""The places of the application, and where each one's screen is found the first time it is opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from canvass_app.desktop.screens.base import AppContext, Screen


class Place(NamedTuple):
    """One entry: `key` is the number of Ctrl+number (0: not in the navigation), `screen` the class in the room."""

    name: str
    key: int
    screen: str


# 5 is the phone's: the numbers stay where people's fingers know them.
PLACES = (
    Place("ridings", 1, "RidingsScreen"),
    Place("turfs", 2, "TurfsScreen"),
    Place("lists", 3, "ListsScreen"),
    Place("enter", 4, "EnterScreen"),
    Place("progress", 6, "ProgressScreen"),
    Place("sync", 7, "SyncScreen"),
    Place("review", 8, "ReviewScreen"),
    Place("teams", 9, "TeamsScreen"),
    Place("settings", 0, "SettingsScreen"),
    Place("importing", 0, "ImportScreen"),
    Place("history", 0, "HistoryScreen"),
    Place("sights", 0, "SightsScreen"),
    Place("exporting", 0, "ExportScreen"),
)
PLACE_NAMES = tuple(place.name for place in PLACES)


def make_screen(name: str, context: AppContext) -> Screen:
    """The screen of a place; its modules are loaded now. Raises KeyError when there is no such place."""
    place = {place.name: place for place in PLACES}[name]
    module = import_module(f"{__name__}.{name}")
    return getattr(module, place.screen)(context)
