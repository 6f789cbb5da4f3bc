"""Walks through doors of the book: their stops, the network that they stand on, their order and their line on the map."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.errors import NotFound
from canvass_app.domain.pace import Pace
from canvass_app.storage.database import query_in
from canvass_app.turf.network import NO_STREET, Int, build_network
from canvass_app.turf.order import Stop, Walk, walk_order
from canvass_app.turf.paths import BESIDE_M, walk_path
from canvass_app.turf.pseudo import pseudo_lines
from canvass_app.turf.snapping import Spots, place_by_number, snap
from canvass_app.turf.walking import Sidewalks

from .book import Book
from .pace import pace_of
from .placing import placed_by_number
from .streets import lines_of, load_segments, streets_of

Point = tuple[int, int]
"""(lon_e6, lat_e6)."""
_KEPT = 2


class WalkDoor(NamedTuple):
    """A door as walks need it."""

    door_id: bytes
    lon_e6: int
    lat_e6: int
    street: str
    """Its street's key."""
    number: int
    suffix: str
    municipality: str
    floor: int
    unit: str


class WalkGround(NamedTuple):
    """What walks go along. `streets` numbers the streets' keys; without a street file the doors themselves make the lines."""

    walks: Sidewalks
    streets: dict[str, int]
    from_doors: bool


class DoorWalk(NamedTuple):
    """Doors in walk order. `stops` holds (lon_e6, lat_e6) of each stop in that order, `starts` the place in `door_ids` of
    each stop's first door; stops without a place on the map are in neither."""

    door_ids: list[bytes]
    walk: Walk
    stops: Int
    starts: list[int]


class WalkLine(NamedTuple):
    """A walk to be drawn: int32[n, 2] of (lon_e6, lat_e6)."""

    stops: Int
    """Each stop once, in order."""
    path: Int
    """The way along the streets."""


_NOTHING = np.zeros((0, 2), np.int32)
_lock = threading.Lock()
_grounds: dict[tuple[bytes, Pace], WalkGround] = {}


def read_walk_doors(book: Book, riding_id: int, door_ids: Sequence[bytes]) -> list[WalkDoor]:
    """These doors as one would list them: by street, number, floor from the top, unit."""
    rows = query_in(
        book.read(),
        "SELECT door_id, lon_e6, lat_e6, street, street_type, street_direction, number, suffix, municipality, floor, unit"
        " FROM door WHERE riding_id = ? AND door_id IN (??)",
        (riding_id,),
        list(door_ids),
    )
    lost = any(not (row[1] or row[2]) for row in rows)
    placed = placed_by_number(book, riding_id) if lost else {}
    doors = [
        WalkDoor(
            bytes(r[0]),
            *(placed.get(bytes(r[0]), (0, 0)) if not (r[1] or r[2]) else (int(r[1]), int(r[2]))),
            f"{r[3]}|{r[4]}|{r[5]}",
            int(r[6]),
            r[7],
            r[8],
            int(r[9]),
            r[10],
        )
        for r in rows
    ]
    return sorted(
        doors,
        key=lambda d: (d.municipality, d.street, d.number, d.suffix, -d.floor, _natural(d.unit), d.door_id),
    )


def _natural(unit: str) -> tuple[int, str]:
    digits = "".join(c for c in unit if c.isdigit())
    return (int(digits) if digits else 0, unit)


def walk_ground(book: Book, riding_id: int, doors: Sequence[WalkDoor]) -> WalkGround:
    """The riding's streets, kept while they are in use; lines made of these doors where it has none."""
    pace = pace_of(book)
    rows = book.read().query(
        "SELECT asset FROM layer WHERE riding_id = ? AND layer = 'streets'", (riding_id,)
    )
    if rows:
        key = (bytes(rows[0][0]), pace)
        with _lock:
            found = _grounds.get(key)
            if found is None:
                found = _street_ground(book, riding_id, pace)
                if found is not None:
                    _grounds[key] = found
                    while len(_grounds) > _KEPT:
                        _grounds.pop(next(iter(_grounds)))
        if found is not None:
            return found
    streets = {key: n for n, key in enumerate(sorted({d.street for d in doors}))}
    lon, lat = _columns(doors)
    lines = pseudo_lines(
        lon,
        lat,
        np.array([d.number for d in doors], np.int32),
        streets_of([d.street for d in doors], streets),
    )
    return WalkGround(Sidewalks(build_network(lines), pace), streets, True)


def _street_ground(book: Book, riding_id: int, pace: Pace) -> WalkGround | None:
    try:
        segments = load_segments(book, riding_id)
    except NotFound:
        # The layer is known, its file has not arrived yet.
        return None
    streets: dict[str, int] = {}
    network = build_network(lines_of(segments, streets))
    return WalkGround(Sidewalks(network, pace), streets, False) if len(network.tail) else None


def _columns(doors: Sequence[WalkDoor]) -> tuple[Int, Int]:
    points = np.array([(d.lon_e6, d.lat_e6) for d in doors], np.int32).reshape(-1, 2)
    return points[:, 0], points[:, 1]


def spots_of(ground: WalkGround, doors: Sequence[WalkDoor]) -> Spots:
    """Where these doors stand on the network, those without coordinates by their number."""
    network = ground.walks.network
    lon, lat = _columns(doors)
    street = streets_of([d.street for d in doors], ground.streets) if doors else np.zeros(0, np.int32)
    spots = snap(network, lon, lat, street)
    lost = np.flatnonzero((lon == 0) & (lat == 0))
    if len(lost):
        numbered, _ = place_by_number(
            network, np.array([d.number for d in doors], np.int32)[lost], street[lost]
        )
        for column, values in zip(spots, numbered, strict=True):
            column[lost] = values
    return spots


def order_doors(
    ground: WalkGround,
    doors: Sequence[WalkDoor],
    *,
    meeting: Sequence[Point] = (),
    budget: float = 0.03,
) -> DoorWalk:
    """Walk these doors, as `read_walk_doors` lists them. Doors of one civic number are one stop."""
    places: dict[tuple[object, ...], list[int]] = {}
    for index, door in enumerate(doors):
        places.setdefault((door.municipality, door.street, door.number, door.suffix), []).append(index)
    groups = list(places.values())
    # Of a building the first door with a place says where it stands.
    heads = [next((i for i in group if doors[i].lon_e6), group[0]) for group in groups]
    first = [doors[i] for i in heads]
    numbers = {key: n for n, key in enumerate(sorted({(d.municipality, d.street) for d in first}))}
    stops = [
        Stop(tuple(group), d.lon_e6, d.lat_e6, numbers[d.municipality, d.street], d.number)
        for group, d in zip(groups, first, strict=True)
    ]
    walk = walk_order(
        stops, ground.walks, spots_of(ground, first), meeting=meeting_spots(ground, meeting), budget=budget
    )
    ids: list[bytes] = []
    starts: list[int] = []
    points: list[Point] = []
    for stop in walk.order:
        if stops[stop].lon_e6:
            starts.append(len(ids))
            points.append((stops[stop].lon_e6, stops[stop].lat_e6))
        ids += [doors[index].door_id for index in stops[stop].doors]
    return DoorWalk(ids, walk, np.array(points, np.int32).reshape(-1, 2), starts)


def meeting_spots(ground: WalkGround, meeting: Sequence[Point]) -> Spots | None:
    """Meeting points on the network; None without any."""
    if not meeting:
        return None
    points = np.array(meeting, np.int32)
    return snap(ground.walks.network, points[:, 0], points[:, 1], np.full(len(points), NO_STREET, np.int32))


def turf_line(book: Book, riding_id: int, door_ids: Sequence[bytes]) -> WalkLine:
    """The walk over these doors, in this order, as it is drawn: along the streets, never across houses."""
    listed = {d.door_id: d for d in read_walk_doors(book, riding_id, door_ids)}
    doors = [listed[door] for door in door_ids if door in listed]
    stops: list[WalkDoor] = []
    for door in doors:
        if door.lon_e6 and (not stops or stops[-1][1:3] != door[1:3]):
            stops.append(door)
    points = np.array([stop[1:3] for stop in stops], np.int32).reshape(-1, 2)
    if len(stops) < 2:
        return WalkLine(points, _NOTHING)
    ground = walk_ground(book, riding_id, doors)
    return WalkLine(points, path_over(ground, stops, points))


def path_over(ground: WalkGround, stops: Sequence[WalkDoor], points: NDArray[np.int32]) -> Int:
    """The way along the network over stops with coordinates."""
    spots = spots_of(ground, stops)
    frame = ground.walks.network.frame
    # Lines made of doors lead through them, not along a street's middle.
    beside = 0.0 if ground.from_doors else BESIDE_M
    return frame.degrees(walk_path(ground.walks, spots, frame.metres(points), beside=beside))
