"""The order of a walk: its stops toured along the network, from a meeting point, both sides of a street or one at a time.

Seconds, metres and the order come from the same matrix everywhere: the cut, a turf made by hand, a list on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.geo import E6, EARTH_RADIUS_M
from canvass_app.domain.pace import USUAL

from .snapping import Spots
from .tour import UNREACHABLE, Seconds, tour
from .walking import Sidewalks

WALK_M_PER_S = USUAL.metres_per_second
DETOUR = 1.3
"""Streets are not straight lines: mean ratio of walked to straight distance on street grids."""
_LAST_RESORT_S = 600
"""Added, in the search only, to a step that no street joins: each island is entered once."""
_OTHER_SIDE_S = 60
"""One side at a time: how much walking a change of side or street must save before it is done."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the walker stands: doors at one civic number (indices into the caller's list).

    `street` is the caller's number of its street (-1: none), `number` the civic number; zeros for no coordinates.
    """

    doors: tuple[int, ...]
    lon_e6: int
    lat_e6: int
    street: int = -1
    number: int = 0


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk over stops: `order` indexes the stops; seconds with the time at the doors, metres on foot.

    `meeting` is the index of the meeting point from which it starts, or None. `back`: it returns to where it began, and
    that way is counted too.
    """

    order: tuple[int, ...]
    seconds: int
    metres: int
    meeting: int | None = None
    back: bool = False


class _Places(NamedTuple):
    """Different places of the stops, and which stops are at each, in the caller's order."""

    first: NDArray[np.int64]
    stops: list[list[int]]


def local_metres(lon_e6: NDArray[np.int64], lat_e6: NDArray[np.int64]) -> NDArray[np.float64]:
    """Points in micro-degrees as metres east and north of their mean, shape (n, 2).

    Equirectangular: within 30 km the error is below 0.1 %, more than walking needs.
    """
    lon, lat = lon_e6 / E6, lat_e6 / E6
    scale = np.radians(1.0) * EARTH_RADIUS_M
    mean_lat = float(lat.mean()) if len(lat) else 0.0
    east = (lon - (float(lon.mean()) if len(lon) else 0.0)) * scale * np.cos(np.radians(mean_lat))
    north = (lat - mean_lat) * scale
    return np.column_stack((east, north))


def walk_order(
    stops: Sequence[Stop],
    walks: Sidewalks,
    spots: Spots,
    *,
    meeting: Spots | None = None,
    budget: float = 0.03,
) -> Walk:
    """Walk all stops, in the way that the pace of `walks` asks for.

    `spots` says where each stop stands on the network; `meeting` likewise the points from which one may start: the one
    nearest to a stop is taken. A stop without any place is walked after the nearest number of its street, or last.
    """
    pace = walks.pace
    work = sum(pace.stop_seconds(len(one.doors)) for one in stops)
    xy, known = _positions(stops, walks, spots)
    places = _gathered(np.flatnonzero(known), spots, xy)
    if not places.stops:
        return Walk(tuple(range(len(stops))), work, 0)
    at, all_xy = spots.take(places.first), xy[places.first]
    count = len(places.first)
    if meeting is not None and len(meeting.segment):
        at = at.and_also(meeting)
        all_xy = np.concatenate((all_xy, walks.network.place(meeting.segment, meeting.offset)))
    seconds, searched = _seconds(walks, at, all_xy)
    start = None
    if len(at.segment) > count:
        nearest = seconds[count:, :count].min(axis=1)
        start = count + int(np.argmin(nearest))
        rows = np.append(np.arange(count), start)
        seconds, searched = seconds[np.ix_(rows, rows)], searched[np.ix_(rows, rows)]
    if pace.one_side:
        searched[:count, :count] += _sides(stops, places)
    found = tour(searched, start=None if start is None else count, loop=pace.back, budget=budget)
    onward = np.roll(found, -1) if pace.back else found[1:]
    walked = int(seconds[found if pace.back else found[:-1], onward].sum())
    order = [stop for place in found if place < count for stop in places.stops[int(place)]]
    return Walk(
        tuple(_with_placeless(stops, order)),
        walked + work,
        round(walked * walks.speed),
        None if start is None else start - count,
        pace.back,
    )


def _positions(
    stops: Sequence[Stop], walks: Sidewalks, spots: Spots
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Where each stop is, in metres, and whether that is known."""
    points = np.array([(one.lon_e6, one.lat_e6) for one in stops], np.int64).reshape(-1, 2)
    xy = walks.network.frame.metres(points) if len(points) else np.zeros((0, 2))
    located, on = (points != 0).any(axis=1), spots.segment >= 0
    lost = np.flatnonzero(on & ~located)
    if len(lost):
        xy[lost] = walks.network.place(spots.segment[lost], spots.offset[lost])
    return xy, located | on


def _gathered(known: NDArray[np.int64], spots: Spots, xy: NDArray[np.float64]) -> _Places:
    """Stops at one and the same place are walked as they come in the list."""
    groups: dict[tuple[float, ...], list[int]] = {}
    for i in known.tolist():
        where = (
            (float(spots.segment[i]), round(float(spots.offset[i]), 1), float(spots.side[i]))
            if spots.segment[i] >= 0
            else (-1.0, round(float(xy[i, 0]), 1), round(float(xy[i, 1]), 1))
        )
        groups.setdefault(where, []).append(i)
    return _Places(np.array([group[0] for group in groups.values()], np.int64), list(groups.values()))


def _seconds(walks: Sidewalks, at: Spots, xy: NDArray[np.float64]) -> tuple[Seconds, Seconds]:
    """Seconds between places, and the same as the search is to see them. No step is without an end."""
    seconds = walks.seconds(at)
    gap = np.hypot(*(xy[:, None, :] - xy[None, :, :]).transpose(2, 0, 1))
    straight = np.rint(gap * DETOUR / walks.speed).astype(np.int64)
    apart = seconds >= UNREACHABLE
    return np.where(apart, straight, seconds), np.where(apart, straight + _LAST_RESORT_S, seconds)


def _sides(stops: Sequence[Stop], places: _Places) -> Seconds:
    """What a change of side or street costs besides the way; nothing along one side of one street."""
    first = [stops[group[0]] for group in places.stops]
    street = np.array([one.street for one in first])
    odd = np.array([one.number % 2 for one in first])
    other_street = (street[:, None] != street[None, :]) | (street[:, None] < 0)
    other_side = odd[:, None] != odd[None, :]
    extra = np.where(other_street | other_side, _OTHER_SIDE_S, 0).astype(np.int64)
    np.fill_diagonal(extra, 0)
    return extra


def _with_placeless(stops: Sequence[Stop], order: list[int]) -> list[int]:
    """The walk with the stops that have no place: after the nearest number of their street, or at its end."""
    missing = sorted(set(range(len(stops))) - set(order))
    if not missing:
        return order
    after: dict[int, list[int]] = {}
    last: list[int] = []
    for i in missing:
        one = stops[i]
        hosts = [j for j in order if stops[j].street == one.street >= 0]
        if not hosts:
            last.append(i)
            continue
        host = min(
            hosts, key=lambda j: ((stops[j].number - one.number) % 2, abs(stops[j].number - one.number), j)
        )
        after.setdefault(host, []).append(i)
    return [i for j in order for i in (j, *after.get(j, ()))] + last
