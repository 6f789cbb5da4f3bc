"""A network made from doors alone, for ridings without a street file: street name, parity and civic order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.streets import StreetClass

from .network import NO_STREET, Frame, Int, Lines

LONGEST_GAP_M = 300.0
"""Neighbours in civic order that lie farther apart are not on one stretch of a street."""
_NEIGHBOURS = 5


def pseudo_lines(lon_e6: Int, lat_e6: Int, number: Int, street: Int) -> Lines:
    """Lines through the doors of each side of each street in civic order, joined to what lies nearest.

    Joints are paths, so that crossing them costs nothing: their length stands for it. The whole hangs together. Doors
    without coordinates are left out. Deterministic, whatever the order of the doors.
    """
    here = np.flatnonzero((lon_e6 != 0) | (lat_e6 != 0))
    rows = np.column_stack((street[here], number[here] % 2, number[here], lon_e6[here], lat_e6[here])).astype(
        np.int64
    )
    rows = np.unique(rows, axis=0)
    if len(rows) < 2:
        return _lines(np.zeros((0, 2), np.int32), np.zeros((0, 2), np.int64), np.zeros(0, np.int32))
    points = rows[:, 3:].astype(np.int32)
    # One place may have several civic numbers; it is one point of the network all the same.
    places, place = np.unique(points, axis=0, return_inverse=True)
    place = place.reshape(-1)
    xy = Frame.around(points).metres(places)
    gap = np.hypot(*(xy[place[1:]] - xy[place[:-1]]).T)
    chained = (rows[1:, 0] == rows[:-1, 0]) & (rows[1:, 1] == rows[:-1, 1]) & (rows[1:, 0] != NO_STREET)
    chained &= (gap <= LONGEST_GAP_M) & (gap > 0)
    first = np.flatnonzero(chained)
    links = np.column_stack((place[first], place[first + 1]))
    joints = _joints(xy, links)
    names = np.concatenate((rows[first, 0], np.full(len(joints), NO_STREET)))
    return _lines(
        places.astype(np.int32), np.concatenate((links, joints)), names.astype(np.int32), len(joints)
    )


def _joints(xy: NDArray[np.float64], links: NDArray[np.int64]) -> NDArray[np.int64]:
    """Links to the nearest places, and the shortest ones that tie what is still apart."""
    from scipy.spatial import cKDTree

    count = len(xy)
    _, near = cKDTree(xy).query(xy, k=min(_NEIGHBOURS, count))
    near = np.asarray(near).reshape(count, -1)
    pairs = np.column_stack((np.repeat(np.arange(count), near.shape[1]), near.reshape(-1)))
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    known = {(int(low), int(high)) for low, high in np.sort(links, axis=1)}
    pairs = np.array([p for p in pairs.tolist() if tuple(p) not in known], np.int64).reshape(-1, 2)
    return np.concatenate((pairs, _ties(xy, np.concatenate((links, pairs)))))


def _ties(xy: NDArray[np.float64], links: NDArray[np.int64]) -> NDArray[np.int64]:
    """The shortest links that make one part of all, each part tied to the nearest other in turn."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    ties: list[tuple[int, int]] = []
    size = len(xy)
    while True:
        every = np.concatenate((links, np.array(ties, np.int64).reshape(-1, 2)))
        graph = coo_array((np.ones(len(every)), (every[:, 0], every[:, 1])), shape=(size, size)).tocsr()
        count, part = connected_components(graph, directed=False)
        if count == 1:
            return np.array(ties, np.int64).reshape(-1, 2)
        for one in range(1, count):
            inside, outside = np.flatnonzero(part == one), np.flatnonzero(part != one)
            away, nearest = cKDTree(xy[outside]).query(xy[inside])
            at = int(np.argmin(away))
            ties.append((int(inside[at]), int(outside[nearest[at]])))


def _lines(places: Int, links: NDArray[np.int64], street: Int, joints: int = 0) -> Lines:
    count = len(links)
    kind = np.full(count, StreetClass.STREET, np.uint8)
    kind[count - joints :] = StreetClass.PATH
    return Lines(
        places[links.reshape(-1)].reshape(-1, 2),
        np.arange(0, 2 * count + 1, 2, dtype=np.int32),
        street,
        kind,
        np.zeros(count, bool),
        np.zeros((count, 2, 3), np.int32),
    )
