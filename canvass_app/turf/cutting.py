"""Cutting an area into turfs of about the same work that hang together: halved again and again. Deterministic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .area import Area
from .draft import unit_pieces
from .halving import halve

Int = NDArray[np.int32]
Balance = Literal["doors", "minutes", "both"]
Report = Callable[[float], None]
Cancelled = Callable[[], bool]


class Stopped(Exception):
    """Whoever asked for the cut no longer wants it; nothing was changed."""


def cut(
    area: Area, turfs: int, *, seed: int = 1, balance: Balance = "minutes", report: Report | None = None,
    cancelled: Cancelled | None = None,
) -> Int:  # fmt: skip
    """The turf of each unit, int32[units], 0 to k - 1; -1 for parts too small for a turf of their own."""
    load = area.doors.astype(np.float64) if balance == "doors" else (area.work + area.walk).astype(np.float64)
    groups = unit_pieces(area, range(len(area.doors)))
    weights = [float(load[group].sum()) for group in groups]
    owner = np.full(len(area.doors), -1, np.int32)
    shares = _shared(weights, turfs)
    work = [(group, share) for group, share in zip(groups, shares, strict=True) if share]
    number = 0
    while work:
        if cancelled is not None and cancelled():
            raise Stopped
        group, share = work.pop()
        if share == 1 or len(group) == 1:
            owner[group] = number
            number += 1
            if report is not None:
                report(number / max(turfs, 1))
            continue
        first, second = halve(area, {u: float(load[u]) for u in group}, (share // 2) / share)
        work += [(second, share - share // 2), (first, share // 2)] if second else [(first, 1)]
    return owner


def _shared(weights: list[float], turfs: int) -> list[int]:
    """How many turfs each part gets: by weight, the largest remainder first, one at least for the heaviest."""
    whole = sum(weights) or 1.0
    exact = [weight / whole * turfs for weight in weights]
    found = [int(one) for one in exact]
    order = sorted(range(len(weights)), key=lambda i: (found[i] - exact[i], i))
    for at in order[: max(0, turfs - sum(found))]:
        found[at] += 1
    return found


def estimate(area: Area, owner: Int) -> NDArray[np.float64]:
    """Seconds of each turf without a router: its doors, its faces, and the shortest ties between them."""
    count = int(owner.max(initial=-1)) + 1
    held = owner >= 0
    found = np.bincount(owner[held], weights=(area.work + area.walk)[held], minlength=count).astype(
        np.float64
    )
    source = np.repeat(np.arange(len(area.doors)), np.diff(area.starts))
    inside = (owner[source] == owner[area.near]) & (owner[source] >= 0) & (source < area.near)
    place = np.arange(len(area.doors))
    order = np.argsort(area.gap[inside], kind="stable")
    for a, b, gap in zip(
        source[inside][order].tolist(),
        area.near[inside][order].tolist(),
        area.gap[inside][order].tolist(),
        strict=True,
    ):
        one, other = _root(place, a), _root(place, b)
        if one != other:
            place[other] = one
            found[owner[a]] += gap
    return found


def _root(place: NDArray[np.int64], unit: int) -> int:
    while place[unit] != unit:
        place[unit] = place[place[unit]]
        unit = int(place[unit])
    return unit


def rebalance(
    area: Area, owner: Int, *, locked: Int, seed: int = 1, report: Report | None = None,
    cancelled: Cancelled | None = None,
) -> Int:  # fmt: skip
    """The same turfs, evened out by units given over their borders; locked ones keep their units."""
    load = (area.work + area.walk).astype(np.float64)
    now = owner.copy()
    count = int(now.max(initial=-1)) + 1
    held = [float(load[now == turf].sum()) for turf in range(count)]
    fixed = set(locked.tolist())
    members = [set(np.flatnonzero(now == turf).tolist()) for turf in range(count)]
    for _ in range(8):
        moved = 0
        for unit in range(len(area.doors)):
            if cancelled is not None and cancelled():
                raise Stopped
            turf = int(now[unit])
            if turf < 0 or turf in fixed:
                continue
            beside = (
                {int(now[v]) for v in area.near[area.starts[unit] : area.starts[unit + 1]]}
                - fixed
                - {turf, -1}
            )
            best = min(beside, key=lambda other: (held[other], other), default=None)
            if best is None or held[best] + load[unit] >= held[turf]:
                continue
            if len(members[turf]) > 1 and len(unit_pieces(area, members[turf] - {unit})) == 1:
                members[turf].discard(unit)
                members[best].add(unit)
                held[turf] -= float(load[unit])
                held[best] += float(load[unit])
                now[unit] = best
                moved += 1
        if not moved:
            break
    return now
