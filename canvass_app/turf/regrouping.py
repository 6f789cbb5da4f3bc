"""Two neighbouring turfs are joined and parted anew along a spanning tree of both, again and again.

The cut edge of a tree leaves two pieces that hang together, and the tree is about what one has to walk. The idea comes
from drawing electoral districts ("ReCom": DeFord, Duchin and Solomon, "Recombination: a family of Markov chains for
redistricting", 2021); here the trees are short and better partings are kept (simulated annealing).
"""

from __future__ import annotations

from math import exp
from random import Random
from typing import NamedTuple

import numpy as np

from .area import Area
from .balance import ROUTE_OVER_TREE, Cancelled, CutCancelled, Mean, Report, Rule, neighbours
from .network import Int

TRIES = 27
"""Links looked at for each unit; those within one turf cost nothing."""
_SECOND = 0.8
"""The energy of a second of walking."""
_NOISE = 1.0
"""Links count as up to twice as long when a tree is drawn, so that no two trees are alike."""
_LEAST, _MOST = 0.5, 1.6
_EVERY = 2048

Links = list[list[tuple[int, int]]]
Edge = tuple[int, int, int]


class _Parting(NamedTuple):
    energy: float
    unit: int
    doors: float
    base: float
    tree: int
    gap: int


def regroup(
    area: Area, owner: Int, turfs: int, *, rule: Rule, seed: int, hot: float, cold: float, tries: int = TRIES,
    mean: Mean | None = None, report: Report, cancelled: Cancelled,
) -> Int:  # fmt: skip
    """A better cut with the same number of turfs. Units that no turf owns are left alone.

    Turfs are compared with `mean`, or with each other.
    """
    table = _Table(area, owner.tolist(), turfs, rule, mean, Random(seed))
    steps = tries * len(table.units)
    heat, cool = hot, (cold / hot) ** (1 / max(1, steps))
    for step in range(steps):
        heat *= cool
        if not step % _EVERY:
            if cancelled():
                raise CutCancelled
            report(step / steps)
            table.even_time()
        table.step(heat)
    return np.array(table.owner, np.int32)


class _Table:
    """The turfs in play with their doors, seconds and trees."""

    def __init__(
        self, area: Area, owner: list[int], turfs: int, rule: Rule, mean: Mean | None, random: Random
    ) -> None:
        self.owner, self.rule, self.random = owner, rule, random
        self.links = neighbours(area, owner)
        self.units = [unit for unit, links in enumerate(self.links) if links]
        self.doors = area.doors.tolist()
        self.base = (area.work + area.walk).tolist()
        self.members: list[list[int]] = [[] for _ in range(turfs)]
        for unit, turf in enumerate(owner):
            if turf >= 0:
                self.members[turf].append(unit)
        self.turf_doors = [float(sum(self.doors[unit] for unit in held)) for held in self.members]
        self.turf_base = [float(sum(self.base[unit] for unit in held)) for held in self.members]
        self.turf_tree = [
            sum(gap for _, _, gap in short_tree(self.links, held, None)) for held in self.members
        ]
        self.fixed = mean
        self.mean_doors = mean.doors if mean else max(1.0, sum(self.turf_doors) / max(1, turfs))
        self.mean_time = mean.time if mean else 1.0

    def even_time(self) -> None:
        """Take the mean time of a turf anew: shorter trees shorten it."""
        if self.fixed:
            return
        total = sum(self.turf_base) + ROUTE_OVER_TREE * sum(self.turf_tree)
        self.mean_time = max(1.0, total / max(1, len(self.members)))

    def energy(self, doors: float, base: float, tree: float) -> float:
        """The energy of one turf."""
        rule = self.rule
        time = (base + ROUTE_OVER_TREE * tree) / self.mean_time
        return (
            rule.doors * rule.energy(doors / self.mean_doors) + rule.time * rule.energy(time) + _SECOND * tree
        )

    def step(self, heat: float) -> None:
        """Try to part two turfs anew that a random link joins."""
        random, owner = self.random, self.owner
        unit = self.units[int(random.random() * len(self.units))]
        links = self.links[unit]
        one, other = owner[unit], owner[links[int(random.random() * len(links))][0]]
        if one == other:
            return
        both = self.members[one] + self.members[other]
        tree = short_tree(self.links, both, random)
        beside, above, order = _rooted(both, tree)
        parting = self._best(one, other, above, order, sum(gap for _, _, gap in tree))
        if parting is None:
            return
        now = sum(
            self.energy(self.turf_doors[turf], self.turf_base[turf], self.turf_tree[turf])
            for turf in (one, other)
        )
        rise = parting.energy - now
        if rise > 0 and random.random() >= exp(-rise / heat):
            return
        self._part(one, other, both, beside, above[parting.unit][0], parting, sum(g for _, _, g in tree))

    def _best(
        self, one: int, other: int, above: dict[int, tuple[int, int]], order: list[int], whole: int
    ) -> _Parting | None:
        """The edge of the tree whose cut leaves the least energy."""
        all_doors = self.turf_doors[one] + self.turf_doors[other]
        all_base = self.turf_base[one] + self.turf_base[other]
        doors = {unit: self.doors[unit] for unit in order}
        base = {unit: self.base[unit] for unit in order}
        tree = dict.fromkeys(order, 0)
        best: _Parting | None = None
        for unit in reversed(order[1:]):
            parent, gap = above[unit]
            d, b, t = doors[unit], base[unit], tree[unit]
            doors[parent] += d
            base[parent] += b
            tree[parent] += t + gap
            share, rest = d / self.mean_doors, (all_doors - d) / self.mean_doors
            if not (_LEAST <= share <= _MOST and _LEAST <= rest <= _MOST) and best is not None:
                continue
            energy = self.energy(d, b, t) + self.energy(all_doors - d, all_base - b, whole - t - gap)
            if best is None or energy < best.energy:
                best = _Parting(energy, unit, d, b, t, gap)
        return best

    def _part(
        self, one: int, other: int, both: list[int], beside: dict[int, list[tuple[int, int]]], parent: int,
        parting: _Parting, whole: int,
    ) -> None:  # fmt: skip
        branch, seen, edge = [parting.unit], {parting.unit, parent}, [parting.unit]
        while edge:
            for unit, _ in beside[edge.pop()]:
                if unit not in seen:
                    seen.add(unit)
                    branch.append(unit)
                    edge.append(unit)
        seen.discard(parent)
        rest = [unit for unit in both if unit not in seen]
        # The branch keeps the number that most of it had: colours and names stay put.
        if 2 * sum(self.owner[unit] == one for unit in branch) < len(branch):
            one, other = other, one
        doors = self.turf_doors[one] + self.turf_doors[other]
        base = self.turf_base[one] + self.turf_base[other]
        for turf, held in ((one, branch), (other, rest)):
            self.members[turf] = held
            for unit in held:
                self.owner[unit] = turf
        self.turf_doors[one], self.turf_doors[other] = parting.doors, doors - parting.doors
        self.turf_base[one], self.turf_base[other] = parting.base, base - parting.base
        self.turf_tree[one], self.turf_tree[other] = parting.tree, whole - parting.tree - parting.gap


def short_tree(links: Links, units: list[int], random: Random | None) -> list[Edge]:
    """The shortest spanning tree of these units (Kruskal, 1956), with `random` one that is a little longer."""
    inside = set(units)
    edges: list[tuple[float, int, int, int]] = []
    for unit in units:
        for other, gap in links[unit]:
            if other > unit and other in inside:
                length = gap + 0.01 if random is None else gap * (1.0 + _NOISE * random.random()) + 0.01
                edges.append((length, unit, other, gap))
    edges.sort()
    root = {unit: unit for unit in units}
    tree: list[Edge] = []
    left = len(units) - 1
    for _, unit, other, gap in edges:
        one = unit
        while root[one] != one:
            root[one] = one = root[root[one]]
        two = other
        while root[two] != two:
            root[two] = two = root[root[two]]
        if one != two:
            root[one] = two
            tree.append((unit, other, gap))
            left -= 1
            if not left:
                break
    return tree


def _rooted(
    units: list[int], tree: list[Edge]
) -> tuple[dict[int, list[tuple[int, int]]], dict[int, tuple[int, int]], list[int]]:
    """The tree's neighbours, each unit's parent with the gap to it, and an order in which parents come first."""
    beside: dict[int, list[tuple[int, int]]] = {unit: [] for unit in units}
    for unit, other, gap in tree:
        beside[unit].append((other, gap))
        beside[other].append((unit, gap))
    above = {units[0]: (-1, 0)}
    order: list[int] = []
    edge = [units[0]]
    while edge:
        unit = edge.pop()
        order.append(unit)
        for other, gap in beside[unit]:
            if other not in above:
                above[other] = (unit, gap)
                edge.append(other)
    return beside, above, order
