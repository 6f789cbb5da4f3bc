"""What the map of a riding is drawn from, kept in step with the book. Plain arrays: no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.desktop.map.layers import (
    AreaKind,
    AreaLayer,
    DoorLayer,
    LineKind,
    LineLayer,
    MapLayers,
    WalkLayer,
)
from canvass_app.services.book import Book
from canvass_app.services.map_data import AreaData, LineData, MapData, load_map, turf_of_doors
from canvass_app.services.turf_rows import TurfSummary, list_turfs, turf_door_ids

# Doors that a filter leaves aside are drawn in a hue of their own, after the twelve of the turfs.
HUES = 12
DIMMED = HUES

_LINES = {
    "major": LineKind.MAJOR_STREET, "major_street": LineKind.MAJOR_STREET, "rail": LineKind.RAIL,
    "water": LineKind.WATER, "river": LineKind.WATER, "path": LineKind.PATH,
}  # fmt: skip
_AREAS = {
    "outline": AreaKind.RIDING,
    "water": AreaKind.WATER,
    "park": AreaKind.PARK,
    "division": AreaKind.DIVISION,
}


@dataclass(slots=True)
class Ground:
    """A riding's doors in the order of the map, and where each is found."""

    data: MapData
    place: dict[bytes, int]
    state: NDArray[np.uint8]
    turf: NDArray[np.int32]
    """Index into `turfs`, or -1."""
    turfs: list[TurfSummary]
    only: frozenset[str] = frozenset()
    """States of turfs outside of which doors are dimmed; none: no door is."""

    @classmethod
    def of(cls, data: MapData) -> Ground:
        """Ready to be kept in step."""
        place = {door: index for index, door in enumerate(data.ids)}
        return cls(data, place, data.state.copy(), data.turf.copy(), list(data.turfs))

    def __len__(self) -> int:
        return len(self.data.ids)

    def heart(self) -> NDArray[np.int64]:
        """The places of the doors where most people live: without the last twentieth on every side, so that a few
        farms far out do not make the town small."""
        lon, lat = self.data.lon_e6, self.data.lat_e6
        if len(lon) < 100:
            return np.arange(len(lon))
        # Sorted by hand: numpy's quantile imports its masked arrays, a fortieth of a second of the start.
        low, high = len(lon) // 20, len(lon) - 1 - len(lon) // 20
        west, east = np.sort(lon)[[low, high]]
        south, north = np.sort(lat)[[low, high]]
        return np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))

    def hues(self, shown: frozenset[int]) -> NDArray[np.int32]:
        """The hue of each door: its turf's, -1 without one, `DIMMED` for states that are not among `shown`."""
        colours = np.array([turf.color % HUES for turf in self.turfs] or [0], dtype=np.int32)
        hues = np.where(self.turf >= 0, colours[self.turf], -1).astype(np.int32)
        if shown or self.only:
            hues[~self.matches(shown)] = DIMMED
        return hues

    def matches(self, shown: frozenset[int]) -> NDArray[np.bool_]:
        """Which doors a filter lets through; no states let everything through."""
        found = np.isin(self.state, list(shown)) if shown else np.ones(len(self), bool)
        if self.only:
            within = np.array([turf.state in self.only for turf in self.turfs] + [False], bool)
            found &= within[self.turf]
        return found

    def counts(self) -> list[int]:
        """How many doors are in each of the five states."""
        return [int(n) for n in np.bincount(self.state, minlength=5)[:5]]

    def doors_of(self, turf_id: bytes) -> NDArray[np.int64]:
        """The places of a turf's doors."""
        index = next((i for i, turf in enumerate(self.turfs) if turf.turf_id == turf_id), None)
        return np.flatnonzero(self.turf == index) if index is not None else np.zeros(0, np.int64)

    def turf_at(self, place: int) -> TurfSummary | None:
        """The turf that a door is in."""
        index = int(self.turf[place])
        return self.turfs[index] if 0 <= index < len(self.turfs) else None

    def ids_at(self, places: NDArray[np.int64]) -> list[bytes]:
        """The ids of doors by their places."""
        return [self.data.ids[int(place)] for place in places]


class TurfNews(NamedTuple):
    """Turfs as they are now, and to which of them each door belongs."""

    turfs: list[TurfSummary]
    turf: NDArray[np.int32]


def read_ground(book: Book, riding_id: int) -> tuple[Ground, MapLayers]:
    """Everything the map needs, for a reader thread."""
    data = load_map(book, riding_id)
    ground = Ground.of(data)
    return ground, layers_of(ground)


def read_turfs(book: Book, riding_id: int, ids: list[bytes]) -> TurfNews:
    """The turfs after a change, for a reader thread."""
    turfs = list_turfs(book, riding_id)
    return TurfNews(turfs, turf_of_doors(book, riding_id, ids, turfs))


def read_walk(book: Book, riding_id: int, turf_id: bytes, hue: int) -> WalkLayer:
    """A turf's walk along the streets, for a reader thread."""
    from canvass_app.services.walks import turf_line

    line = turf_line(book, riding_id, turf_door_ids(book, riding_id, turf_id))
    return WalkLayer(line.stops, turf=hue, path=line.path)


def doors_for_a_turf(ground: Ground | None, count: int) -> NDArray[np.int64]:
    """The places of `count` doors that lie together and are in no turf, for a picture; ascending."""
    if ground is None or not len(ground):
        return np.zeros(0, np.int64)
    free = np.flatnonzero(ground.turf < 0)
    free = free if len(free) else np.arange(len(ground))
    lon = ground.data.lon_e6[free].astype(np.float64) * 0.7
    lat = ground.data.lat_e6[free].astype(np.float64)
    start = int(np.argmin(np.hypot(lon - np.median(lon), lat - np.median(lat))))
    nearest = np.argsort(np.hypot(lon - lon[start], lat - lat[start]))[:count]
    return np.sort(free[nearest])


def layers_of(ground: Ground) -> MapLayers:
    """The layers of a riding's map."""
    data = ground.data
    doors = DoorLayer(data.lon_e6, data.lat_e6, ground.state, ground.hues(frozenset()), data.ids)
    return MapLayers(doors, _lines(data.streets, data.areas), _areas(data.areas), (), data.attribution)


def _lines(streets: LineData | None, areas: list[AreaData]) -> LineLayer:
    # Railways come with the areas, and are drawn as lines.
    rails = [ring for area in areas if area.kind == "rail" for ring in area.rings]
    if streets is None and not rails:
        return LineLayer()
    parts = [streets.points] if streets is not None else []
    offsets = streets.offsets if streets is not None else np.zeros(1, np.int32)
    kinds = [_LINES.get(kind, LineKind.STREET) for kind in streets.kinds] if streets is not None else []
    names = list(streets.names) if streets is not None else []
    for ring in rails:
        parts.append(ring)
        offsets = np.append(offsets, offsets[-1] + len(ring)).astype(np.int32)
        kinds.append(LineKind.RAIL)
        names.append("")
    return LineLayer(np.concatenate(parts).astype(np.int32), offsets, np.array(kinds, np.uint8), names)


def _areas(areas: list[AreaData]) -> AreaLayer:
    rings = [
        (_AREAS[area.kind], ring, "" if place else area.name)
        for area in areas
        if area.kind in _AREAS
        for place, ring in enumerate(area.rings)
    ]
    if not rings:
        return AreaLayer()
    lengths = [len(ring) for _, ring, _ in rings]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    points = np.concatenate([ring for _, ring, _ in rings]).astype(np.int32)
    kinds = np.array([kind for kind, _, _ in rings], np.uint8)
    return AreaLayer(points, offsets, kinds, [name for _, _, name in rings])
