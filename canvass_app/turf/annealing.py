"""Single units change turf, or two units change places, and no turf ever falls into pieces (simulated annealing).

The energy: how uneven doors and minutes are, and how near to each other the units lie that the cut separates.
"""

from __future__ import annotations

from math import exp
from random import Random

import numpy as np

from .area import Area
from .balance import Cancelled, CutCancelled, Mean, Report, Rule, neighbours
from .network import Float, Int

PROPOSALS = 150
"""Moves tried for each unit."""
_PULL = 12.0
"""The mean energy of a link that the cut severs, and how fast it falls with the way between the two units."""
_REACH_SECONDS = 80.0
_EVERY = 8192


def anneal(
    area: Area, owner: Int, turfs: int, walking: Float, *, rule: Rule, seed: int, hot: float, cold: float,
    proposals: int = PROPOSALS, mean: Mean | None = None, report: Report, cancelled: Cancelled,
) -> Int:  # fmt: skip
    """A better cut. `walking` says what each turf walks now, in seconds. Units that no turf owns are left alone.

    Turfs are compared with `mean`, or with each other.
    """
    table = _Table(area, owner.tolist(), turfs, walking, rule, mean, Random(seed))
    steps = proposals * len(table.units)
    heat, cool = hot, (cold / hot) ** (1 / max(1, steps))
    for step in range(steps):
        heat *= cool
        if not step % _EVERY:
            if cancelled():
                raise CutCancelled
            report(step / steps)
        table.step(heat)
    return np.array(table.owner, np.int32)


class _Table:
    """Units, their turfs, and each turf's doors and time as shares of the mean."""

    def __init__(
        self, area: Area, owner: list[int], turfs: int, walking: Float, rule: Rule, mean: Mean | None,
        random: Random,
    ) -> None:  # fmt: skip
        self.owner, self.rule, self.random = owner, rule, random.random
        pull = np.exp(-area.gap / _REACH_SECONDS)
        pull *= _PULL / max(float(pull.mean()) if len(pull) else 1.0, 1e-9)
        strength = {0: 0.0} | {int(gap): float(one) for gap, one in zip(area.gap, pull, strict=True)}
        self.links = [[(other, strength[gap]) for other, gap in links] for links in neighbours(area, owner)]
        self.units = [unit for unit, links in enumerate(self.links) if links]
        self.members: list[list[int]] = [[] for _ in range(turfs)]
        self.place = [0] * len(owner)
        for unit, turf in enumerate(owner):
            if turf >= 0:
                self.place[unit] = len(self.members[turf])
                self.members[turf].append(unit)
        own = np.asarray(owner)
        mine = own >= 0
        doors = np.bincount(own[mine], weights=area.doors[mine], minlength=turfs)
        work = np.bincount(own[mine], weights=area.work[mine], minlength=turfs)
        mean_doors = mean.doors if mean else max(1.0, float(doors.mean()))
        mean_time = mean.time if mean else max(1.0, float((work + walking).mean()))
        # Walking follows units as their doors do: what a turf really walks is measured again afterwards.
        share = float(walking.sum()) / max(1.0, float(work.sum()))
        self.doors = (area.doors / mean_doors).tolist()
        self.time = (area.work * (1.0 + share) / mean_time).tolist()
        self.turf_doors = (doors / mean_doors).tolist()
        self.turf_time = ((work + walking) / mean_time).tolist()

    def step(self, heat: float) -> None:
        """Propose one move to a neighbouring turf, or one exchange with it."""
        random, owner = self.random, self.owner
        unit = self.units[int(random() * len(self.units))]
        links = self.links[unit]
        here, there = owner[unit], owner[links[int(random() * len(links))][0]]
        if here == there or len(self.members[here]) == 1:
            return
        rise, held = 0.0, 0
        for other, pull in links:
            turf = owner[other]
            if turf == here:
                rise += pull
                held += 1
            elif turf == there:
                rise -= pull
        if not held:
            return
        doors, time = self.doors[unit], self.time[unit]
        back = -1
        if random() < 0.5:
            back = self.members[there][int(random() * len(self.members[there]))]
            if len(self.members[there]) == 1:
                return
            touches = False
            for other, pull in self.links[back]:
                turf = owner[other]
                if turf == there:
                    rise += pull
                elif turf == here:
                    rise -= pull
                    if other == unit:
                        rise += 2 * pull
                    else:
                        touches = True
            if not touches:
                return
            doors -= self.doors[back]
            time -= self.time[back]
        rise += self._rise(here, there, doors, time)
        if rise > 0 and random() >= exp(-rise / heat):
            return
        if held > 1 and not self._whole_without(unit, here):
            return
        if back < 0:
            self._move(unit, here, there)
        elif any(owner[other] == there and other != back for other, _ in links):
            self._move(unit, here, there)
            if self._whole_without(back, there):
                self._move(back, there, here)
            else:
                self._move(unit, there, here)

    def _rise(self, here: int, there: int, doors: float, time: float) -> float:
        rule = self.rule
        energy, by_doors, by_time = rule.energy, rule.doors, rule.time
        d1, d2, t1, t2 = (
            self.turf_doors[here], self.turf_doors[there], self.turf_time[here], self.turf_time[there],
        )  # fmt: skip
        return by_doors * (energy(d1 - doors) - energy(d1) + energy(d2 + doors) - energy(d2)) + by_time * (
            energy(t1 - time) - energy(t1) + energy(t2 + time) - energy(t2)
        )

    def _whole_without(self, unit: int, turf: int) -> bool:
        """Whether the turf hangs together without this unit: its neighbours there must still reach each other."""
        owner, links = self.owner, self.links
        wanted = {other for other, _ in links[unit] if owner[other] == turf}
        if len(wanted) < 2:
            return True
        first = wanted.pop()
        seen, edge = {unit, first}, [first]
        while edge:
            for other, _ in links[edge.pop()]:
                if other not in seen and owner[other] == turf:
                    seen.add(other)
                    edge.append(other)
                    wanted.discard(other)
                    if not wanted:
                        return True
        return False

    def _move(self, unit: int, here: int, there: int) -> None:
        self.owner[unit] = there
        self.turf_doors[here] -= self.doors[unit]
        self.turf_doors[there] += self.doors[unit]
        self.turf_time[here] -= self.time[unit]
        self.turf_time[there] += self.time[unit]
        held = self.members[here]
        last = held.pop()
        if last != unit:
            held[self.place[unit]] = last
            self.place[last] = self.place[unit]
        self.place[unit] = len(self.members[there])
        self.members[there].append(unit)
