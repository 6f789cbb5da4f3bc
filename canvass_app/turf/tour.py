"""A short walk through places whose distances are known: a travelling salesman's tour, open or closed.

The search (`fast_tsp`, iterated local search after Or and Lin-Kernighan) runs against a clock and with chances of its
own. What it finds is therefore made as repeatable as can be: equal walks are told apart by a fixed grain of at most half a
second a step, the walk is untangled to the end, and its direction is set by its ends.
"""

from __future__ import annotations

from time import thread_time

import numpy as np
from numpy.typing import NDArray

UNREACHABLE = 1 << 30
"""Seconds between places that no walk joins."""
Seconds = NDArray[np.int64]
Order = NDArray[np.int32]
_MOST = 65_535
"""The search counts in 16 bits."""
_FAR = 32_767
"""Distances stay below this, so that one step more than the longest still fits beside them."""
_TRIES = 4
_EXACT = 20
"""Up to so many rows are solved exactly, without a clock."""
_FINE = 64
"""Steps into which a second is split at most: the grain takes up to half of them."""


def tour(
    seconds: Seconds, *, start: int | None = None, end: int | None = None, loop: bool = False,
    budget: float = 0.03,
) -> Order:  # fmt: skip
    """The order of the rows of a symmetric matrix of whole seconds, int64[n, n], that makes a short walk.

    A walk is open, between ends of its own choice or the `start` and `end` given; a `loop` comes back to its first row.
    Rows that only an `UNREACHABLE` step joins are walked part by part. `budget`: seconds of search for each part with
    more than 20 rows (fewer are solved exactly). Raises ValueError for a start or end that cannot be.
    """
    count = len(seconds)
    if seconds.shape != (count, count) or (seconds < 0).any():
        raise ValueError("seconds")
    if any(row is not None and not 0 <= row < count for row in (start, end)):
        raise ValueError("start or end is no row")
    if end is not None and (loop or (end == start and count > 1)):
        raise ValueError("a loop ends where it starts")
    if start is None and end is not None:
        return tour(seconds, start=end, budget=budget)[::-1].copy()
    parts = _parts(seconds)
    if len(parts) > 1:
        return _by_parts(seconds, parts, start, end, budget)
    return _normal(seconds, _walk(seconds, start, end, loop, budget), start, end, loop)


def length(seconds: Seconds, order: Order, *, loop: bool = False) -> int:
    """Seconds of a walk in this order."""
    onward = np.roll(order, -1) if loop else order[1:]
    return int(seconds[order if loop else order[:-1], onward].sum())


def nearest(seconds: Seconds, start: int = 0) -> Order:
    """From a row to the nearest that is left, and so on; ties go to the lower row."""
    left = np.ones(len(seconds), bool)
    order = [start] if len(seconds) else []
    left[order] = False
    while len(order) < len(seconds):
        order.append(int(np.argmin(np.where(left, seconds[order[-1]], 2 * UNREACHABLE))))
        left[order[-1]] = False
    return np.array(order, np.int32)


def _parts(seconds: Seconds) -> list[Order]:
    """Rows that hang together, each part ascending, the part of the first row first."""
    if not len(seconds) or seconds.max() < UNREACHABLE:
        return [np.arange(len(seconds), dtype=np.int32)]
    left = np.ones(len(seconds), bool)
    parts: list[Order] = []
    while left.any():
        inside = np.zeros(len(left), bool)
        inside[np.argmax(left)] = True
        while True:
            more = inside | (seconds[inside] < UNREACHABLE).any(axis=0)
            if (more == inside).all():
                break
            inside = more
        parts.append(np.flatnonzero(inside).astype(np.int32))
        left &= ~inside
    return parts


def _by_parts(
    seconds: Seconds, parts: list[Order], start: int | None, end: int | None, budget: float
) -> Order:
    """One part after the other: that of the start first, that of the end last."""
    first = [p for p in parts if start is not None and start in p]
    last = [p for p in parts if end is not None and end in p and not any(p is one for one in first)]
    middle = [p for p in parts if not any(p is one for one in (*first, *last))]
    walks: list[Order] = []
    for part in (*first, *middle, *last):
        rows = part.tolist()
        walks.append(
            part[
                tour(
                    seconds[np.ix_(part, part)],
                    start=rows.index(start) if start in rows else None,
                    end=rows.index(end) if end in rows and len(rows) > 1 else None,
                    budget=budget,
                )
            ]
        )
    if first and end is not None and not last:
        # Both ends lie in one part: the others come before its last step.
        walks[0], walks[-1:] = walks[0][:-1], [*walks[-1:], walks[0][-1:]]
    return np.concatenate(walks)


def _walk(seconds: Seconds, start: int | None, end: int | None, loop: bool, budget: float) -> Order:
    count = len(seconds)
    if count <= 2:
        rows = [row for row in range(count) if row not in (start, end)]
        return np.array([r for r in (start, *rows, end) if r is not None][:count], np.int32)
    # A row that stands between the ends makes a loop of an open walk.
    joined = seconds if loop else _closed(seconds, start, end)
    found = _untangled(joined, _search(joined, budget))
    simple = _untangled(joined, nearest(joined, start or 0))
    order = simple if length(joined, simple, loop=True) < length(joined, found, loop=True) else found
    if loop:
        return order
    order = np.roll(order, -int(np.flatnonzero(order == count)[0]))[1:]
    return order if start is None or order[0] == start else order[::-1].copy()


def _closed(seconds: Seconds, start: int | None, end: int | None) -> Seconds:
    """With one row more, next to which a walk's ends lie: free ends at no cost, given ones at less than any other."""
    count = len(seconds)
    closed = np.zeros((count + 1, count + 1), np.int64)
    closed[:count, :count] = seconds
    if start is not None:
        # To begin elsewhere saves about the longest step at most: twice that keeps the end where it is.
        closed[:count, count] = closed[count, :count] = 2 * int(seconds.max()) + 1
        closed[[start, count], [count, start]] = 0
        if end is not None:
            closed[[end, count], [count, end]] = 0
    return closed


def _search(seconds: Seconds, budget: float) -> Order:
    import fast_tsp

    farthest = int(seconds.max())
    if farthest > _FAR:
        whole = seconds * _FAR // farthest
    else:
        fine = min(_FINE, _MOST // (farthest + 1))
        whole = seconds * fine
        whole += _grain(len(seconds)) % (fine // 2 + 1)
    np.fill_diagonal(whole, 0)
    short = whole.astype(np.uint16)
    best, least, began = None, 0, thread_time()
    for _ in range(_TRIES):
        found = np.array(fast_tsp.find_tour(short, budget), np.int32)
        cost = length(whole, found, loop=True)
        if best is None or cost < least:
            best, least = found, cost
        # A busy machine lets the clock run out before anything was searched.
        if len(whole) <= _EXACT or thread_time() - began >= budget / 2:
            break
    assert best is not None
    return best


def _grain(count: int) -> Seconds:
    """A number for each pair of rows, always the same, with no pattern (a multiplicative hash after Knuth)."""
    row = np.arange(count, dtype=np.uint64)
    low, high = np.minimum(row[:, None], row[None, :]), np.maximum(row[:, None], row[None, :])
    mixed = (low * np.uint64(2_654_435_761) ^ high * np.uint64(2_246_822_519)) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(40)).astype(np.int64)


def _untangled(seconds: Seconds, order: Order) -> Order:
    """2-opt on a closed walk: the best turn for each place in turn, until a round finds none.

    Deterministic. Source: Croes, "A method for solving traveling-salesman problems" (1958).
    """
    count = len(order)
    order = order.copy()
    better = True
    while better:
        better = False
        for i in range(count - 2):
            # Turning order[i + 1 .. j] round replaces the steps i -> i + 1 and j -> j + 1.
            here, after = order[i], order[i + 1]
            last = order[i + 2 :]
            beyond = np.append(order[i + 3 :], order[0])
            saved = (
                seconds[here, after] + seconds[last, beyond] - seconds[here, last] - seconds[after, beyond]
            )
            j = int(np.argmax(saved))
            if saved[j] > 0:
                order[i + 1 : i + 3 + j] = order[i + 1 : i + 3 + j][::-1]
                better = True
    return order


def _normal(seconds: Seconds, order: Order, start: int | None, end: int | None, loop: bool) -> Order:
    """Of the two directions, and of a loop's many beginnings, always the same one."""
    if len(order) < 2:
        return order
    if loop:
        order = np.roll(order, -int(np.flatnonzero(order == (start or 0))[0]))
        return np.concatenate((order[:1], order[:0:-1])) if order[1] > order[-1] else order
    if start is None and end is None and order[0] > order[-1]:
        return order[::-1].copy()
    return order
