"""The order of a walk: nearest neighbour, then untangled (2-opt), units of a building together.

A first version by straight distance; the street network and a real tour come with the turf studio. Constants and their
sources stand in the turf design: walking 1.3 m/s, 75 s a door, 90 s plus 15 s a door in a building.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.geo import E6, EARTH_RADIUS_M

WALK_M_PER_S = 1.3
SECONDS_PER_DOOR = 75
BUILDING_SECONDS = 90
BUILDING_DOOR_SECONDS = 15
# Streets are not straight lines: mean ratio of walked to straight distance on street grids.
DETOUR = 1.3


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the walker stands: doors at one civic number (indices into the caller's list)."""

    doors: tuple[int, ...]
    lon_e6: int
    lat_e6: int


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk over stops: `order` indexes the stops; seconds and metres from first to last stop."""

    order: tuple[int, ...]
    seconds: int
    metres: int


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


def walk_order(stops: Sequence[Stop]) -> Walk:
    """Walk from the most south-westerly stop to the nearest that is left, and so on; then untangle the walk.

    Deterministic: ties go to the stop that comes first.
    """
    if not stops:
        return Walk((), 0, 0)
    points = local_metres(
        np.array([s.lon_e6 for s in stops], dtype=np.int64),
        np.array([s.lat_e6 for s in stops], dtype=np.int64),
    )
    gaps = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    order = _untangled(gaps, _nearest(gaps, int(np.argmin(points.sum(axis=1)))))
    metres = float(gaps[order[:-1], order[1:]].sum()) * DETOUR
    return Walk(
        tuple(int(stop) for stop in order),
        round(metres / WALK_M_PER_S) + sum(stop_seconds(len(s.doors)) for s in stops),
        round(metres),
    )


def _nearest(gaps: NDArray[np.float64], start: int) -> NDArray[np.int64]:
    left = np.ones(len(gaps), dtype=bool)
    order = [start]
    left[start] = False
    for _ in range(len(gaps) - 1):
        order.append(int(np.argmin(np.where(left, gaps[order[-1]], np.inf))))
        left[order[-1]] = False
    return np.array(order, dtype=np.int64)


def _untangled(gaps: NDArray[np.float64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """2-opt on an open path that keeps its start: turn round the stretch that saves most, until none saves.

    Deterministic. Source: Croes, "A method for solving traveling-salesman problems" (1958).
    """
    count = len(order)
    for _ in range(10 * count if count > 2 else 0):
        here = gaps[np.ix_(order, order)]
        # Turning order[i + 1 .. j] round replaces the steps i -> i + 1 and j -> j + 1; the last has no step on.
        step = np.append(np.diagonal(here, 1), 0.0)
        saved = step[:-1, None] + step[None, :] - here[:-1, :]
        saved[:, :-1] -= here[1:, 1:]
        saved[~np.triu(np.ones_like(saved, dtype=bool), 2)] = 0.0
        i, j = divmod(int(np.argmax(saved)), count)
        if saved[i, j] < 0.01:
            break
        order = np.concatenate((order[: i + 1], order[i + 1 : j + 1][::-1], order[j + 1 :]))
    return order


def stop_seconds(doors: int) -> int:
    """How long the walker stands at a stop with that many doors."""
    if doors <= 2:
        return doors * SECONDS_PER_DOOR
    return BUILDING_SECONDS + doors * (SECONDS_PER_DOOR + BUILDING_DOOR_SECONDS)
