"""What the studio shows of a draft: where its doors are on the map, its outlines, its rows. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.desktop.screens.turfs.map_state import DIMMED, HUES, Ground
from canvass_app.services.drafts import Desk
from canvass_app.turf.draft import FREE, broken, turf_code

if TYPE_CHECKING:
    from canvass_app.services.cutting import ProposedTurf

Places = NDArray[np.int64]
Rings = tuple[NDArray[np.int32], ...]
_REACH = 3.6e-4  # degrees of latitude round each door: 40 m
_FARTHEST = 4  # times that, between farms
_SLIT = 2e-5  # degrees: 2 m
_POINTS = 2e-5  # degrees by which an outline may be straightened


class Line(NamedTuple):
    """A turf's outline: rings of (lon_e6, lat_e6), and where its letters stand."""

    rings: Rings
    at: tuple[int, int]


class Work(NamedTuple):
    """How much a turf is: seconds, metres (0 where only estimated), and the doors that it was worked out for."""

    seconds: int
    metres: int
    key: bytes
    routed: ProposedTurf | None = None


class DraftRow(NamedTuple):
    """A turf of the draft in the table."""

    number: int
    code: str
    name: str
    doors: int
    minutes: int
    metres: int
    routed: bool
    locked: bool
    pieces: int
    color: int


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A draft's doors on the map of a riding."""

    to_map: Places
    """For each door of the draft its place on the map, -1 without one."""
    to_draft: Places
    """For each door of the map its place in the draft, -1 for others."""
    lon_e6: NDArray[np.int32]
    lat_e6: NDArray[np.int32]
    """The map's."""
    _cells: list[_Cells] = field(default_factory=lambda: list[_Cells]())

    @classmethod
    def of(cls, desk: Desk, ground: Ground) -> Sheet:
        """Find every door."""
        to_map = np.array([ground.place.get(door, -1) for door in desk.door_ids], np.int64)
        to_draft = np.full(len(ground), -1, np.int64)
        here = np.flatnonzero(to_map >= 0)
        to_draft[to_map[here]] = here
        return cls(to_map, to_draft, ground.data.lon_e6, ground.data.lat_e6)

    def on_map(self, doors: Places) -> Places:
        """Doors of the draft as places on the map, those that have one, ascending."""
        found = self.to_map[doors]
        return np.sort(found[found >= 0])

    def in_draft(self, places: Places) -> Places:
        """Doors of the map as places in the draft, those that it has."""
        found = self.to_draft[places]
        return np.sort(found[found >= 0])

    def hues(self, desk: Desk, ground: Ground, hues: NDArray[np.int32]) -> NDArray[np.int32]:
        """The hue of each door of the map: its turf's in the draft; what is cut already steps back."""
        shown = hues.copy()
        shown[ground.turf >= 0] = DIMMED
        draft = desk.draft
        colours = np.full(max(draft.turfs, default=-1) + 2, FREE, np.int32)
        for number, turf in draft.turfs.items():
            colours[number] = turf.color % HUES
        mine = np.flatnonzero((self.to_map >= 0) & ~draft.gone)
        dimmed = hues[self.to_map[mine]] == DIMMED
        shown[self.to_map[mine]] = np.where(dimmed, DIMMED, colours[draft.owner[mine]])
        return shown

    def outline(self, places: Places) -> Line:
        """The outline of a turf with these doors of the map: the ground nearer to them than to others, up to some way
        off, so that no two outlines overlap. Its letters stand at the door in its middle. Empty without doors."""
        import shapely

        if not len(places):
            return Line((), (0, 0))
        lon, lat = self.lon_e6[places], self.lat_e6[places]
        middle = int(np.argmin(np.hypot(lon - lon.mean(), lat - lat.mean())))
        squeeze, cell_of, cells = self.cells
        shape = shapely.union_all(cells[np.unique(cell_of[places])])
        # Cells that were clipped one by one do not quite touch: the slits between them are closed.
        shape = shapely.buffer(shapely.buffer(shape, _SLIT, quad_segs=1), -_SLIT, quad_segs=1)
        shape = shapely.simplify(shape, _POINTS)
        rings = [
            shapely.get_coordinates(shapely.get_exterior_ring(part)) for part in shapely.get_parts(shape)
        ]
        shown = tuple(
            np.rint(ring / [squeeze, 1.0] * 1e6).astype(np.int32) for ring in rings if len(ring) > 2
        )
        return Line(shown, (int(lon[middle]), int(lat[middle])))

    @property
    def cells(self) -> _Cells:
        """The ground of each place with doors; worked out when it is first wanted."""
        if not self._cells:
            self._cells.append(_cells(self.lon_e6, self.lat_e6, self.to_map[self.to_map >= 0]))
        return self._cells[0]


class _Cells(NamedTuple):
    """`shapes[of[door of the map]]` is the ground round a door, degrees with the longitude times `squeeze`."""

    squeeze: float
    of: Places
    shapes: NDArray[np.object_]


def _cells(lon_e6: NDArray[np.int32], lat_e6: NDArray[np.int32], mine: Places) -> _Cells:
    import shapely

    squeeze = float(np.cos(np.radians(lat_e6[mine].mean() / 1e6))) if len(mine) else 1.0
    places, at = np.unique(np.column_stack((lon_e6[mine], lat_e6[mine])), axis=0, return_inverse=True)
    of = np.full(len(lon_e6), -1, np.int64)
    of[mine] = at.reshape(-1)
    flat = places / 1e6 * [squeeze, 1.0]
    points = np.array(shapely.points(flat), np.object_)
    around = np.array(shapely.buffer(points, _reach(flat), quad_segs=3), np.object_)
    if len(points) < 2:
        return _Cells(squeeze, of, around)
    room = shapely.box(*shapely.total_bounds(around))
    ground = shapely.voronoi_polygons(shapely.multipoints(points.tolist()), extend_to=room, ordered=True)
    return _Cells(squeeze, of, np.array(shapely.intersection(shapely.get_parts(ground), around), np.object_))


def _reach(flat: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each place's ground goes: where doors stand far apart, far enough to meet the next but one."""
    from scipy.spatial import cKDTree

    if len(flat) < 3:
        return np.full(len(flat), _REACH)
    away = np.asarray(cKDTree(flat).query(flat, k=3)[0])[:, 2]
    return np.clip(away * 0.6, _REACH, _FARTHEST * _REACH)


class Picture(NamedTuple):
    """All that is shown of a desk, worked out off the GUI thread."""

    desk: Desk
    rows: list[DraftRow]
    work: dict[int, Work]
    outlines: dict[int, tuple[bytes, Line]]
    hues: NDArray[np.int32]
    free: int
    placeless: int


def picture(
    desk: Desk, sheet: Sheet, ground: Ground, hues: NDArray[np.int32], work: Mapping[int, Work],
    outlines: Mapping[int, tuple[bytes, Line]], estimates: Callable[[Desk], Mapping[int, int]],
) -> Picture:  # fmt: skip
    """Everything that the studio shows of a desk. What is known of turfs that did not change is taken over; `hues` are
    the map's without the draft. For a reader thread."""
    draft = desk.draft
    doors = {number: draft.doors_of(number) for number in draft.turfs}
    keys = {number: _key(found) for number, found in doors.items()}
    guessed: Mapping[int, int] = {}
    if any(number not in work or work[number].key != key for number, key in keys.items()):
        guessed = estimates(desk)
    known, lines = dict[int, Work](), dict[int, tuple[bytes, Line]]()
    for number, key in keys.items():
        old = work.get(number)
        known[number] = old if old and old.key == key else Work(guessed.get(number, 0), 0, key)
        line = outlines.get(number)
        if line is None or line[0] != key:
            line = (key, sheet.outline(sheet.on_map(doors[number])))
        lines[number] = line
    split = broken(draft)
    rows = [
        DraftRow(
            number, turf_code(number), turf.name, len(doors[number]), round(known[number].seconds / 60),
            known[number].metres, known[number].routed is not None, turf.locked, split.get(number, 1), turf.color,
        )
        for number, turf in draft.turfs.items()
    ]  # fmt: skip
    loose = draft.doors_of(FREE)
    placeless = draft.placeless()
    lost = placeless[draft.owner[placeless] == FREE]
    return Picture(
        desk, rows, known, lines, sheet.hues(desk, ground, hues), len(loose) - len(lost), len(lost)
    )


def routed(desk: Desk, found: Mapping[int, ProposedTurf]) -> dict[int, Work]:
    """What the router said of turfs of a desk."""
    return {
        number: Work(turf.seconds, turf.metres, _key(desk.draft.doors_of(number)), turf)
        for number, turf in found.items()
    }


def _key(doors: Places) -> bytes:
    return blake2b(doors.tobytes(), digest_size=16).digest()


def block_of(desk: Desk, door: int) -> Places:
    """The doors of a door's block (unit) that are in the same turf; the door alone where it has no place."""
    draft = desk.draft
    if draft.area.unit[door] < 0:
        return np.array([door], np.int64)
    same = (draft.area.unit == draft.area.unit[door]) & (draft.owner == draft.owner[door]) & ~draft.gone
    return np.flatnonzero(same)


def turf_named(desk: Desk, typed: str) -> int | None:
    """The turf that somebody means by its letters or its name; None when there is none or more than one."""
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return None
    turfs = desk.draft.turfs.values()
    by_code = [turf.number for turf in turfs if turf.code.casefold() == wanted]
    by_name = [turf.number for turf in turfs if turf.name.casefold() == wanted]
    both = [turf.number for turf in turfs if f"{turf.code} · {turf.name}".casefold() == wanted]
    for found in (by_code, both, by_name):
        if len(found) == 1:
            return found[0]
    return None
