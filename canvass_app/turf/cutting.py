"""Cutting an area into turfs that take about the same time, hold about as many doors, and hang together.

A first cut, then turfs regrouped two by two, then single units moved; what each turf walks is measured in between,
without a clock, so that the same input and the same seed give the same cut. Buildings that are turfs by themselves and
parts that no walk joins to the rest, and that make no turf of that size, stand apart: they count in no balance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .annealing import PROPOSALS, anneal
from .area import Area, pieces
from .balance import ROUTE_OVER_TREE, Aim, Cancelled, Mean, Report, Rule, Walking, neighbours
from .balance import CutCancelled as CutCancelled
from .first_cut import first_cut, mend
from .network import Float, Int
from .regrouping import TRIES, regroup, short_tree

SMALL_PART = 0.5
"""A part of the network with less than this share of a turf's doors is no turf among those that were asked for."""
_HOT, _COLD = 50.0, 2.0
_SHAKEN, _WARM, _STILL = 100.0, 6.0, 0.7
_ROUNDS = 2
_MAY = 0.068
"""So far from the mean a turf may be: the largest is then at most 1.15 times the smallest."""
_MENDS = 40
_PATIENCE = 5


class Cut(NamedTuple):
    """A turf number for each unit, and which turfs stand apart."""

    owner: Int
    """int32[units], 0 .. turfs - 1; -1 for units that were left out. Balanced turfs come first."""
    apart: Int
    """The numbers of turfs by themselves: large buildings, then small parts."""

    @property
    def turfs(self) -> int:
        """How many turfs there are, those apart included."""
        return int(self.owner.max(initial=-1)) + 1


def never() -> bool:
    """Nobody cancels."""
    return False


def unheard(_: float) -> None:
    """Nobody wants to know how far it is."""


def cut(
    area: Area, turfs: int, *, seed: int = 1, aim: Aim = "both", units: Int | None = None,
    walking: Walking | None = None, building: float = 0.0, report: Report = unheard, cancelled: Cancelled = never,
) -> Cut:  # fmt: skip
    """Deal the area's units, or just `units`, into that many turfs, and more for what stands apart.

    `building`: the doors that a turf within a large building is to have, else as many as the others. `walking` measures what turfs walk; without it, it is estimated. There are fewer turfs where there are fewer units.
    Raises CutCancelled.
    """
    wanted = np.arange(len(area), dtype=np.int32) if units is None else np.unique(units).astype(np.int32)
    even, odd = _parts(area, wanted[~area.alone[wanted]], turfs)
    owner = np.full(len(area), -1, np.int32)
    task = _Task(area, 0, Rule.of(aim), seed, walking, report, cancelled)
    count = _deal(task, owner, even, 0, aim)
    apart = count
    for part in odd:
        count = _deal(task._replace(report=unheard), owner, [part], count, aim)
    even_doors = sum(int(area.doors[part.units].sum()) for part in even)
    target = building or even_doors / max(1, apart)
    count = _buildings(area, owner, wanted[area.alone[wanted]], count, target)
    return Cut(owner, np.arange(apart, count, dtype=np.int32))


class _Part(NamedTuple):
    """Units that hang together, and how many turfs they make."""

    units: Int
    turfs: int


def _parts(area: Area, units: Int, turfs: int) -> tuple[list[_Part], list[_Part]]:
    """The parts of the network that make even turfs, and those too small for that, each in order of doors."""
    parts = pieces(area, units)
    if not parts:
        return [], []
    doors = [int(area.doors[part].sum()) for part in parts]
    target = sum(doors) / max(1, turfs)
    large = max(1, sum(size >= SMALL_PART * target for size in doors))
    shares = _shares(doors[:large], [len(part) for part in parts[:large]], turfs) + [1] * (len(parts) - large)
    known = [_Part(part, share) for part, share in zip(parts, shares, strict=True)]
    off = [abs(size / share / target - 1) for size, share in zip(doors, shares, strict=True)]
    # The largest part sets the measure, whatever its rounding.
    odd = {at for at, away in enumerate(off) if at and away > _MAY}
    return [one for at, one in enumerate(known) if at not in odd], [known[at] for at in sorted(odd)]


def _deal(task: _Task, owner: Int, parts: list[_Part], begin: int, aim: Aim) -> int:
    """Cut these parts together, in place, into turfs numbered from `begin`; the number after the last."""
    area = task.area
    inner = np.full(len(area), -1, np.int32)
    weight, count = _weight(area, aim), 0
    for part in parts:
        inner[part.units] = count + first_cut(area, part.units, part.turfs, weight, task.seed)
        count += part.turfs
    if count > 1:
        numbers = np.arange(begin, begin + count, dtype=np.int32)
        walking = task.walking

        def measured(mine: Int, which: Int) -> Float:
            assert walking is not None
            return walking(_back(mine, numbers, owner), numbers[which])

        inner = _improved(task._replace(turfs=count, walking=measured if walking else None), inner, _HOT)
    inner = _renumbered(area, inner, count)
    mine = inner >= 0
    owner[mine] = begin + inner[mine]
    return begin + count


def rebalance(
    area: Area, owner: Int, *, locked: Int, seed: int = 1, aim: Aim = "both", walking: Walking | None = None,
    report: Report = unheard, cancelled: Cancelled = never,
) -> Int:  # fmt: skip
    """Even out the turfs that are not locked, keeping their number and, as far as may be, their places.

    Turfs by themselves should be among the locked ones. Raises CutCancelled.
    """
    numbers = np.setdiff1d(np.unique(owner[owner >= 0]), locked)
    if len(numbers) < 2:
        return owner.copy()
    inner = _only(owner, numbers)
    mend(area, inner, len(numbers))

    def measured(mine: Int, which: Int) -> Float:
        assert walking is not None
        return walking(_back(mine, numbers, owner), numbers[which])

    task = _Task(area, len(numbers), Rule.of(aim), seed, measured if walking else None, report, cancelled)
    return _back(_improved(task, inner, _WARM), numbers, owner)


def _only(owner: Int, numbers: Int) -> Int:
    """These turfs numbered from 0, all others out of play."""
    place = np.full(max(int(owner.max(initial=-1)), 0) + 1, -1, np.int32)
    place[numbers] = np.arange(len(numbers))
    return np.where(owner >= 0, place[np.maximum(owner, 0)], -1).astype(np.int32)


def _back(inner: Int, numbers: Int, owner: Int) -> Int:
    return np.where(inner >= 0, numbers[np.maximum(inner, 0)], owner).astype(np.int32)


def estimate(area: Area, owner: Int) -> Float:
    """Seconds that each turf takes, doors and walking, without routing: float64[turfs]."""
    turfs = int(owner.max(initial=-1)) + 1
    mine = owner >= 0
    return np.bincount(owner[mine], weights=area.work[mine], minlength=turfs) + _tree_walking(
        area, owner, turfs
    )


def cut_seconds(area: Area) -> float:
    """About what all turfs of this area will take together, large buildings left out: seconds, before it is cut."""
    whole = np.where(area.alone, -1, 0).astype(np.int32)
    return float(estimate(area, whole).sum())


def _tree_walking(area: Area, owner: Int, turfs: int) -> Float:
    links = neighbours(area, owner.tolist())
    members = [list[int]() for _ in range(turfs)]
    held: list[int] = owner.tolist()
    for unit, turf in enumerate(held):
        if turf >= 0:
            members[turf].append(unit)
    trees = [sum(gap for _, _, gap in short_tree(links, one, None)) for one in members]
    mine = owner >= 0
    along = np.bincount(owner[mine], weights=area.walk[mine], minlength=turfs)
    return along + ROUTE_OVER_TREE * np.array(trees, np.float64)


class _Task(NamedTuple):
    """What stays the same while a cut is made better."""

    area: Area
    turfs: int
    rule: Rule
    seed: int
    walking: Walking | None
    report: Report
    cancelled: Cancelled

    def walked(self, owner: Int, which: Int | None = None) -> Float:
        """Seconds of walking in these turfs, or in all."""
        if self.walking:
            return self.walking(owner, np.arange(self.turfs, dtype=np.int32) if which is None else which)
        found = _tree_walking(self.area, owner, self.turfs)
        return found if which is None else found[which]


def _improved(task: _Task, owner: Int, hot: float) -> Int:
    area, turfs, rule, seed, report, cancelled = (
        task.area, task.turfs, task.rule, task.seed, task.report, task.cancelled,
    )  # fmt: skip
    owner = regroup(
        area, owner, turfs, rule=rule, seed=seed, hot=hot, cold=_COLD,
        report=lambda done: report(0.5 * done), cancelled=cancelled,
    )  # fmt: skip
    for turn in range(_ROUNDS):
        begin = 0.5 + 0.3 * turn / _ROUNDS
        owner = anneal(
            area, owner, turfs, task.walked(owner), rule=rule, seed=seed + turn,
            hot=_WARM if turn == 0 else _WARM / 2, cold=_STILL,
            report=lambda done, begin=begin: report(begin + 0.3 / _ROUNDS * done), cancelled=cancelled,
        )  # fmt: skip
    return straighten(task, owner)


class _Shares(NamedTuple):
    doors: Float
    time: Float
    mean: Mean

    def off(self, rule: Rule) -> Float:
        """How far each turf is off, 1 being as far as it may be."""
        by_doors, by_time = np.abs(self.doors - 1.0), np.abs(self.time - 1.0)
        if rule.doors < 1.0:
            return by_time / _MAY
        return by_doors / _MAY if rule.time < 1.0 else np.maximum(by_doors, by_time) / _MAY


def straighten(task: _Task, owner: Int) -> Int:
    """Work on the turf that is farthest off, with those around it, until none is too far off or nothing helps."""
    area, turfs, rule = task.area, task.turfs, task.rule
    walked = task.walked(owner)
    tired = np.zeros(turfs, np.int64)
    for turn in range(_MENDS):
        task.report(0.8 + 0.2 * turn / _MENDS)
        shares = _shares_of(area, owner, walked)
        off = shares.off(rule)
        open_ones = np.flatnonzero((off > 1.0) & (tired < _PATIENCE))
        if not len(open_ones):
            break
        worst = int(open_ones[np.argmax(off[open_ones])])
        some = _around(area, owner, worst, 6 + 4 * int(tired[worst]))
        inner = _only(owner, some)
        seed = task.seed + 100 * (turn + 1)
        # Each try shakes harder, and reaches farther, than the one before: a turf in a pocket gives nothing away at first.
        shake = 4 ** int(tired[worst])
        inner = regroup(
            area, inner, len(some), rule=rule, seed=seed, hot=_HOT / 2 * shake, cold=1.0, tries=2 * TRIES,
            mean=shares.mean, report=unheard, cancelled=task.cancelled,
        )  # fmt: skip
        for hot, proposals in (
            ((_SHAKEN, 4 * PROPOSALS), (_WARM, PROPOSALS)) if shake > 1 else ((_WARM, PROPOSALS),)
        ):
            now = task.walked(_back(inner, some, owner), some)
            inner = anneal(
                area, inner, len(some), now, rule=rule, seed=seed, hot=hot, cold=_STILL, proposals=proposals,
                mean=shares.mean, report=unheard, cancelled=task.cancelled,
            )  # fmt: skip
        tried = _back(inner, some, owner)
        again = walked.copy()
        again[some] = task.walked(tried, some)
        over = np.maximum(off[some] - 1.0, 0.0)
        left = np.maximum(_shares_of(area, tried, again).off(rule)[some] - 1.0, 0.0)
        if (left**2).sum() < (over**2).sum():
            owner, walked = tried, again
        else:
            tired[worst] += 1
    return owner


def _shares_of(area: Area, owner: Int, walked: Float) -> _Shares:
    turfs, mine = len(walked), owner >= 0
    doors = np.bincount(owner[mine], weights=area.doors[mine], minlength=turfs)
    time = np.bincount(owner[mine], weights=area.work[mine], minlength=turfs) + walked
    mean = Mean(max(1.0, float(doors.mean())), max(1.0, float(time.mean())))
    return _Shares(doors / mean.doors, time / mean.time, mean)


def _around(area: Area, owner: Int, turf: int, count: int) -> Int:
    """This turf and those next to it, and next to those, about so many, ascending."""
    found = {turf}
    while True:
        inside = np.isin(owner, list(found))
        one = np.repeat(np.arange(len(area)), np.diff(area.starts))
        beyond = np.setdiff1d(np.unique(owner[area.near[inside[one]]]), [-1, *found])
        if not len(beyond):
            break
        found |= {int(other) for other in beyond}
        if len(found) >= count:
            break
    return np.array(sorted(found), np.int32)


def _weight(area: Area, aim: Aim) -> Int:
    """What METIS shares out, in tens of seconds or in doors."""
    if aim == "doors":
        return area.doors
    nearest = np.zeros(len(area), np.int64)
    filled = np.diff(area.starts) > 0
    if len(area.gap):
        nearest[filled] = np.minimum.reduceat(area.gap, area.starts[:-1][filled])
    return np.maximum(1, (area.work + area.walk + nearest) // 10).astype(np.int32)


def _shares(doors: list[int], units: list[int], turfs: int) -> list[int]:
    """How many turfs each part gets: in proportion, at least one, at most one a unit (D'Hondt's rule for the rest)."""
    shares = [1] * len(doors)
    while sum(shares) < turfs:
        open_ones = [at for at, share in enumerate(shares) if share < units[at]]
        if not open_ones:
            break
        # Webster's divisors: as near to the mean as whole numbers allow.
        shares[max(open_ones, key=lambda at: (doors[at] / (shares[at] + 0.5), -at))] += 1
    return shares


def _renumbered(area: Area, owner: Int, turfs: int) -> Int:
    """Turfs numbered from the north-west as one reads a page: row by row of their middles."""
    mine = np.flatnonzero(owner >= 0)
    if not turfs:
        return owner
    weight = np.maximum(np.bincount(owner[mine], weights=area.doors[mine], minlength=turfs), 1e-9)
    middle = np.column_stack(
        [
            np.bincount(owner[mine], weights=area.doors[mine] * area.xy[mine, axis], minlength=turfs) / weight
            for axis in (0, 1)
        ]
    )
    high = float(middle[:, 1].max() - middle[:, 1].min())
    band = np.floor((middle[:, 1].max() - middle[:, 1]) / max(high / max(turfs, 1) ** 0.5, 1.0))
    rank = np.empty(turfs, np.int32)
    rank[np.lexsort((middle[:, 0], band))] = np.arange(turfs, dtype=np.int32)
    return np.where(owner >= 0, rank[np.maximum(owner, 0)], -1).astype(np.int32)


def _buildings(area: Area, owner: Int, lone: Int, count: int, target: float) -> int:
    """Number large buildings, in place; one of several turfs' size is shared out evenly. The number after the last."""
    for building in np.unique(area.building[lone]):
        units = lone[area.building[lone] == building]
        doors = int(area.doors[units].sum())
        turfs = max(1, min(len(units), round(doors / target) if target else 1))
        middle = np.cumsum(area.doors[units]) - area.doors[units] / 2
        owner[units] = count + np.minimum((middle * turfs / doors).astype(np.int64), turfs - 1)
        count += turfs
    return count
