"""The layers projected to metres, as one value that a drawing thread can read while the screen moves on."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.desktop.map.geometry import Float64, Projection
from canvass_app.desktop.map.layers import NO_TURF, AreaKind, MapLayers
from canvass_app.desktop.map.turf_marks import NO_SHAPES, TurfShapes

_versions = count(1)


class Strands:
    """Lines or rings in metres with their boxes, ready to pick those in sight: `x`, `y` float64[m], `offsets`."""

    def __init__(self, x: Float64, y: Float64, offsets: NDArray[np.int32], kind: NDArray[np.uint8]) -> None:
        lengths = np.diff(offsets)
        whole = lengths >= 2
        self.number = np.flatnonzero(whole)
        self.kind = np.asarray(kind)[whole]
        self.start = np.asarray(offsets[:-1], np.int64)[whole]
        self.length = lengths[whole].astype(np.int64)
        self.x, self.y = x, y
        if len(self.start):
            # reduceat over start, end pairs: the odd results belong to gaps and are dropped
            edges = np.column_stack([self.start, self.start + self.length]).reshape(-1)
            padded_x, padded_y = np.append(x, x[-1]), np.append(y, y[-1])
            self.x0 = np.minimum.reduceat(padded_x, edges)[::2]
            self.x1 = np.maximum.reduceat(padded_x, edges)[::2]
            self.y0 = np.minimum.reduceat(padded_y, edges)[::2]
            self.y1 = np.maximum.reduceat(padded_y, edges)[::2]
        else:
            self.x0 = self.x1 = self.y0 = self.y1 = np.empty(0)

    def in_sight(self, box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
        """Which strands touch a box of metres (x0, y0, x1, y1)."""
        x0, y0, x1, y1 = box
        return (self.x1 >= x0) & (self.x0 <= x1) & (self.y1 >= y0) & (self.y0 <= y1)

    def points(self, chosen: NDArray[np.bool_]) -> tuple[Float64, Float64, NDArray[np.bool_]]:
        """The points of the chosen strands one after the other, and where each strand begins."""
        start, length = self.start[chosen], self.length[chosen]
        total = int(length.sum())
        if not total:
            return np.empty(0), np.empty(0), np.zeros(0, bool)
        first = np.zeros(total, bool)
        begins = np.cumsum(length) - length
        first[begins] = True
        at = np.arange(total) - np.repeat(begins, length) + np.repeat(start, length)
        return self.x[at], self.y[at], first


class Walk(NamedTuple):
    """A walk in metres."""

    x: Float64
    y: Float64
    labels: list[str]
    turf: int
    path_x: Float64
    path_y: Float64


class Scene(NamedTuple):
    """All that is drawn, in metres. `ground` counts changes of everything below the doors."""

    projection: Projection
    door_x: Float64
    door_y: Float64
    state: NDArray[np.uint8]
    turf: NDArray[np.int32]
    selected: NDArray[np.bool_]
    lines: Strands
    names: list[str]
    areas: Strands
    area_names: list[str]
    walks: tuple[Walk, ...]
    shapes: TurfShapes
    turf_colours: tuple[str, ...]
    ground: int

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (len(self.door_x) or len(self.areas.x) or len(self.lines.x))

    def box(self) -> tuple[float, float, float, float] | None:
        """The box of metres around the doors and the riding's outline; without either, around the lines."""
        outline = self.areas.kind == AreaKind.RIDING
        ring_x, ring_y, _ = self.areas.points(outline)
        for x, y in (
            (np.concatenate([self.door_x, ring_x]), np.concatenate([self.door_y, ring_y])),
            (self.areas.x, self.areas.y),
            (self.lines.x, self.lines.y),
        ):
            if len(x):
                return float(x.min()), float(y.min()), float(x.max()), float(y.max())
        return None


def make_scene(layers: MapLayers, turf_colours: tuple[str, ...] = ()) -> Scene:
    """Project every layer around the middle of the doors (or of what else there is)."""
    doors, lines, areas = layers.doors, layers.lines, layers.areas
    for lon, lat in (
        (doors.lon_e6, doors.lat_e6),
        (areas.points[:, 0], areas.points[:, 1]),
        (lines.points[:, 0], lines.points[:, 1]),
    ):
        projection = Projection.around(lon, lat)
        if len(lon):
            break
    door_x, door_y = projection.to_metres(doors.lon_e6, doors.lat_e6)
    size = len(doors)
    line_x, line_y = projection.to_metres(lines.points[:, 0], lines.points[:, 1])
    area_x, area_y = projection.to_metres(areas.points[:, 0], areas.points[:, 1])
    return Scene(
        projection=projection,
        door_x=door_x,
        door_y=door_y,
        state=np.zeros(size, np.uint8) if doors.state is None else np.array(doors.state, np.uint8),
        turf=np.full(size, NO_TURF, np.int32) if doors.turf is None else np.array(doors.turf, np.int32),
        selected=np.zeros(size, bool),
        lines=Strands(line_x, line_y, lines.offsets, lines.kind),
        names=list(lines.names) or [""] * len(lines.kind),
        areas=Strands(area_x, area_y, areas.offsets, areas.kind),
        area_names=list(areas.names),
        walks=tuple(project_walks(projection, layers)),
        shapes=NO_SHAPES,
        turf_colours=turf_colours,
        ground=next(_versions),
    )


def project_walks(projection: Projection, layers: MapLayers) -> list[Walk]:
    """The walks of `layers` in metres."""
    walks: list[Walk] = []
    for walk in layers.walks:
        x, y = projection.to_metres(walk.points[:, 0], walk.points[:, 1])
        labels = walk.labels or [str(number) for number in range(1, len(x) + 1)]
        path_x, path_y = projection.to_metres(walk.path[:, 0], walk.path[:, 1]) if len(walk.path) else (x, y)
        walks.append(Walk(x, y, labels, walk.turf, path_x, path_y))
    return walks
