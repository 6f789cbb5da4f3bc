"""What a press, a drag and a release mean, by tool. Knows pixels and doors, paints nothing."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from canvass_app.desktop.map.geometry import Float64, View, points_in_polygon
from canvass_app.desktop.map.scene import Scene
from canvass_app.desktop.map.sprites import mark_size

Bools = NDArray[np.bool_]
# A hand that means to click may slip by this many pixels.
SLIP = 4
_REACH = 9.0


class Tool(Enum):
    """What dragging on the map does."""

    PAN = "pan"
    SELECT = "select"
    LASSO = "lasso"


class Blend(Enum):
    """How newly picked doors meet those selected before."""

    REPLACE = "replace"
    ADD = "add"
    REMOVE = "remove"

    @classmethod
    def of(cls, modifiers: Qt.KeyboardModifier) -> Blend:
        """Shift adds, Alt removes, nothing replaces."""
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return cls.REMOVE
        return cls.ADD if modifiers & Qt.KeyboardModifier.ShiftModifier else cls.REPLACE

    def apply(self, before: Bools, picked: Bools) -> Bools:
        """The selection afterwards."""
        if self is Blend.ADD:
            return before | picked
        return before & ~picked if self is Blend.REMOVE else picked


class Drag:
    """A drag in progress: where it went, in pixels."""

    def __init__(self, tool: Tool, x: float, y: float, blend: Blend) -> None:
        self.tool = tool
        self.blend = blend
        self.path: list[tuple[float, float]] = [(x, y)]
        self.at = (x, y)
        self.moved = False

    def to(self, x: float, y: float) -> tuple[float, float]:
        """Go on to (x, y); returns the step made. Until the hand has clearly moved there is no step."""
        x0, y0 = self.at
        if not self.moved:
            start_x, start_y = self.path[0]
            if max(abs(x - start_x), abs(y - start_y)) < SLIP:
                return 0.0, 0.0
            self.moved = True
        self.at = (x, y)
        last_x, last_y = self.path[-1]
        if self.tool is Tool.LASSO and max(abs(x - last_x), abs(y - last_y)) >= 2:
            self.path.append((x, y))
        return x - x0, y - y0

    def outline(self) -> list[tuple[float, float]]:
        """The band's corners or the lasso's points, in pixels."""
        if self.tool is Tool.LASSO:
            return [*self.path, self.at] if self.path[-1] != self.at else list(self.path)
        (x0, y0), (x1, y1) = self.path[0], self.at
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def to_ground(outline: list[tuple[float, float]], view: View) -> Float64:
    """Pixels to metres, float64[k, 2]."""
    return np.array([view.metres(x, y) for x, y in outline], np.float64).reshape(-1, 2)


def doors_inside(scene: Scene, polygon: Float64) -> Bools:
    """Which doors lie inside a polygon of metres."""
    return points_in_polygon(scene.door_x, scene.door_y, polygon)


def door_at(scene: Scene, view: View, px: float, py: float, zoom: float) -> int | None:
    """The door under a pixel, or the nearest within reach of it; None on open ground."""
    if not len(scene.door_x):
        return None
    x, y = view.metres(px, py)
    away = np.hypot(scene.door_x - x, scene.door_y - y)
    nearest = int(np.argmin(away))
    reach = max(_REACH, mark_size(view.scale) / 2 + 3) * zoom
    return nearest if float(away[nearest]) * view.scale <= reach else None
