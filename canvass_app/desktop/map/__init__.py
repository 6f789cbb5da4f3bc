"""The map of doors: layers in (plain arrays), picks out (signals). Draws by hand on a QWidget; needs no network, no
tiles and no GPU, and works without a display. It knows nothing of storage or services."""

from canvass_app.desktop.map.canvas import MapCanvas
from canvass_app.desktop.map.colours import state_colour, turf_colours
from canvass_app.desktop.map.controls import MapLegend
from canvass_app.desktop.map.geometry import Projection, View, points_in_polygon
from canvass_app.desktop.map.layers import (
    NO_TURF,
    AreaKind,
    AreaLayer,
    DoorLayer,
    DoorState,
    LineKind,
    LineLayer,
    MapLayers,
    TurfLayer,
    TurfState,
    WalkLayer,
)
from canvass_app.desktop.map.proposed import Outline
from canvass_app.desktop.map.tools import Tool

__all__ = [
    "NO_TURF",
    "AreaKind",
    "AreaLayer",
    "DoorLayer",
    "DoorState",
    "LineKind",
    "LineLayer",
    "MapCanvas",
    "MapLayers",
    "MapLegend",
    "Outline",
    "Projection",
    "Tool",
    "TurfLayer",
    "TurfState",
    "View",
    "WalkLayer",
    "points_in_polygon",
    "state_colour",
    "turf_colours",
]
