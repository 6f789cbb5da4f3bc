"""Doors on the network: at which segment each stands, how far along, on which side; and places for doors that have none."""

from __future__ import annotations

from enum import IntEnum
from math import hypot
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.streets import StreetClass

from .network import NO_STREET, Float, Int, Network, walkable

NEAR_M = 120.0
"""A door within this distance of its own street belongs there, whatever street is nearer."""
SET_BACK_M = 10.0
_SAMPLE_M = 25.0
_CANDIDATES = 16


class Fit(IntEnum):
    """How a door came to its segment."""

    NONE = 0
    """It has no place on the network."""
    NAMED = 1
    """Its own street, by name."""
    NEAREST = 2
    """The nearest street: its own is not on the network, or not within 120 m."""
    FAR = 3
    """The nearest street, more than 120 m away."""
    NUMBERED = 4
    """No coordinates; placed by its civic number in its street's address ranges."""


class Spots(NamedTuple):
    """Doors (or stops) on the network, arrays of one length. `side` is 1 left of the segment's direction, -1 right."""

    segment: Int
    """-1 where there is none."""
    offset: Float
    """Metres along the segment."""
    side: NDArray[np.int8]
    distance: Float
    """Metres from the segment."""
    fit: NDArray[np.uint8]

    def take(self, places: NDArray[np.integer]) -> Spots:
        """Some of them, in that order."""
        return Spots(
            self.segment[places],
            self.offset[places],
            self.side[places],
            self.distance[places],
            self.fit[places],
        )

    def and_also(self, more: Spots) -> Spots:
        """These, then more of them."""
        return Spots(
            np.concatenate((self.segment, more.segment)),
            np.concatenate((self.offset, more.offset)),
            np.concatenate((self.side, more.side)),
            np.concatenate((self.distance, more.distance)),
            np.concatenate((self.fit, more.fit)),
        )


class _Pieces(NamedTuple):
    """The straight pieces of what is walked, by their first point."""

    first: NDArray[np.int64]
    segment: Int


def _pieces(network: Network) -> _Pieces:
    lines = network.lines
    owner = np.repeat(np.arange(len(lines), dtype=np.int32), np.diff(lines.offsets))
    first = np.flatnonzero(owner[1:] == owner[:-1]) if len(owner) else np.zeros(0, np.int64)
    first = first[walkable(lines.kind)[owner[first]]]
    return _Pieces(first, owner[first])


def snap(network: Network, lon_e6: Int, lat_e6: Int, street: Int) -> Spots:
    """Put doors on the network: on their own street within 120 m, else on the nearest street (a path only when no street
    is within 120 m). `street` numbers names as the lines do, -1 for a name that the network does not have; doors without
    coordinates (0, 0) stay without a place."""
    count = len(lon_e6)
    spots = Spots(
        np.full(count, -1, np.int32), np.zeros(count), np.zeros(count, np.int8), np.full(count, np.inf),
        np.zeros(count, np.uint8),
    )  # fmt: skip
    pieces = _pieces(network)
    located = np.flatnonzero((lon_e6 != 0) | (lat_e6 != 0))
    if not len(pieces.first) or not len(located):
        return spots
    xy = np.zeros((count, 2))
    xy[located] = network.frame.metres(np.column_stack((lon_e6, lat_e6))[located])
    _by_name(network, pieces, xy, located, street, spots)
    left = located[spots.segment[located] < 0]
    if len(left):
        streets = network.lines.kind[pieces.segment] != StreetClass.PATH
        for some in (streets, ~streets):
            if some.any():
                _by_distance(network, _Pieces(pieces.first[some], pieces.segment[some]), xy, left, spots)
                left = left[spots.distance[left] > NEAR_M]
            if not len(left):
                break
        near = located[spots.fit[located] == Fit.NONE]
        spots.fit[near] = np.where(spots.distance[near] <= NEAR_M, Fit.NEAREST, Fit.FAR)
    return spots


def _by_name(
    network: Network, pieces: _Pieces, xy: Float, located: NDArray[np.int64], street: Int, spots: Spots
) -> None:
    named = located[street[located] != NO_STREET]
    named = named[np.argsort(street[named], kind="stable")]
    of_piece = network.lines.street[pieces.segment]
    order = np.argsort(of_piece, kind="stable")
    starts = np.flatnonzero(np.diff(street[named], prepend=-2))
    for doors in np.split(named, starts[1:]) if len(named) else []:
        low, high = np.searchsorted(of_piece[order], [street[doors[0]], street[doors[0]] + 1])
        own = order[low:high]
        if not len(own):
            continue
        for some in np.array_split(doors, 1 + len(doors) * len(own) // 2_000_000):
            pairs = np.broadcast_to(own, (len(some), len(own)))
            _keep(network, pieces, xy, some, pairs, spots, NEAR_M)
    found = named[spots.segment[named] >= 0]
    spots.fit[found] = Fit.NAMED


def _by_distance(
    network: Network, pieces: _Pieces, xy: Float, doors: NDArray[np.int64], spots: Spots
) -> None:
    from scipy.spatial import cKDTree

    a, b = network.xy[pieces.first], network.xy[pieces.first + 1]
    each = 1 + np.ceil(np.hypot(*(b - a).T) / _SAMPLE_M).astype(np.int64)
    piece = np.repeat(np.arange(len(each)), each)
    t = (np.arange(len(piece)) - np.repeat(np.cumsum(each) - each, each)) / np.maximum(each[piece] - 1, 1)
    tree = cKDTree(a[piece] + t[:, None] * (b - a)[piece])
    _, near = tree.query(xy[doors], k=min(_CANDIDATES, len(piece)))
    _keep(network, pieces, xy, doors, piece[np.asarray(near).reshape(len(doors), -1)], spots, np.inf)


def _keep(
    network: Network,
    pieces: _Pieces,
    xy: Float,
    doors: NDArray[np.int64],
    candidates: NDArray[np.int64],
    spots: Spots,
    most: float,
) -> None:
    """Put each door on the nearest of its candidate pieces if that is nearer than where it is, and within `most`."""
    first = pieces.first[candidates]
    a, step = network.xy[first], network.xy[first + 1] - network.xy[first]
    gap = xy[doors][:, None, :] - a
    square = np.maximum((step**2).sum(axis=2), 1e-12)
    t = np.clip((gap * step).sum(axis=2) / square, 0.0, 1.0)
    # Rounding must not decide between pieces that are as near: the first of the file wins, whatever the row order.
    off = gap - t[..., None] * step
    away = cast("Float", np.round(np.sqrt((off * off).sum(axis=2)), 3))  # pyright: ignore[reportUnknownMemberType]
    order: NDArray[np.int64] = np.lexsort((candidates, away), axis=1)[:, 0]
    row = np.arange(len(doors))
    best, distance = first[row, order], away[row, order]
    better = (distance <= most) & (distance < spots.distance[doors])
    at = doors[better]
    one, row, order = best[better], row[better], order[better]
    turn = step[row, order, 0] * gap[row, order, 1] - step[row, order, 1] * gap[row, order, 0]
    spots.segment[at] = pieces.segment[candidates[row, order]]
    spots.offset[at] = network.along[one] + t[row, order] * (network.along[one + 1] - network.along[one])
    spots.side[at] = np.where(turn >= 0, 1, -1)
    spots.distance[at] = distance[better]


def place_by_number(network: Network, number: Int, street: Int) -> tuple[Spots, Int]:
    """Places for doors by civic number: on the side of their street whose range has it with its parity, 10 m back.

    Also (lon_e6, lat_e6) of each, int32[n, 2], zeros where no range has the number. A number is put in the middle of its
    lot; of several ranges that have it the shortest counts, then the first.
    """
    ranges, lines = network.lines.ranges, network.lines
    count = len(number)
    segment, offset = np.full(count, -1, np.int32), np.zeros(count)
    side = np.zeros(count, np.int8)
    by_street: dict[int, list[tuple[int, int, int, int, int, int]]] = {}
    for one, hand in np.argwhere((ranges[:, :, 2] > 0) & walkable(lines.kind)[:, None]):
        first, last, parity = (int(n) for n in ranges[one, hand])
        by_street.setdefault(int(lines.street[one]), []).append(
            (abs(last - first), int(one), int(hand), first, last, parity)
        )
    for known in by_street.values():
        known.sort()
    for at in np.flatnonzero(street != NO_STREET):
        civic = int(number[at])
        for _, one, hand, first, last, parity in by_street.get(int(street[at]), ()):
            if min(first, last) <= civic <= max(first, last) and parity & (1 if civic % 2 else 2):
                step = 1 if parity == 3 else 2
                lots = abs(last - first) // step + 1
                lot = abs(civic - first) // step
                segment[at], side[at] = one, 1 if hand == 0 else -1
                offset[at] = (lot + 0.5) / lots * network.along[lines.offsets[one + 1] - 1]
                break
    found = segment >= 0
    fit = np.where(found, Fit.NUMBERED, Fit.NONE).astype(np.uint8)
    spots = Spots(segment, offset, side, np.where(found, SET_BACK_M, np.inf), fit)
    return spots, _beside(network, spots)


def _beside(network: Network, spots: Spots) -> Int:
    """Where the spots lie on the ground, set back from the middle of the street."""
    found = np.zeros((len(spots.segment), 2), np.int32)
    for at in np.flatnonzero(spots.segment >= 0):
        one, offset = int(spots.segment[at]), float(spots.offset[at])
        first, last = int(network.lines.offsets[one]), int(network.lines.offsets[one + 1])
        along = network.along[first:last]
        piece = first + min(max(int(np.searchsorted(along, offset)) - 1, 0), last - first - 2)
        a, b = network.xy[piece], network.xy[piece + 1]
        ahead = (b - a) / max(hypot(float(b[0] - a[0]), float(b[1] - a[1])), 1e-9)
        left = np.array([-ahead[1], ahead[0]])
        point = a + ahead * (offset - network.along[piece]) + left * spots.side[at] * SET_BACK_M
        found[at] = network.frame.degrees(point)
    return found
