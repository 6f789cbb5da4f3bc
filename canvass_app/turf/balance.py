"""What a cut is measured by while it is made, and how its makers say how far they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .area import Area
from .network import Float, Int

Aim = Literal["doors", "minutes", "both"]
Report = Callable[[float], None]
"""Told from time to time how far the work is, 0 to 1."""
Cancelled = Callable[[], bool]
Walking = Callable[[Int, Int], Float]
"""(owner, turfs) -> seconds of walking in each of these turfs."""
ROUTE_OVER_TREE = 1.12
"""A walk past all stops over the shortest tree that joins them: measured on invented and real streets, 1.11 to 1.13."""


class Mean(NamedTuple):
    """What turfs are compared with."""

    doors: float
    time: float
    """Seconds."""


class CutCancelled(Exception):
    """Whoever asked for the cut no longer wants it; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Energy of a turf that is `x` times the mean: A (x - 1)^2, and beyond the slack H (|x - 1| - slack)^2 more.

    `doors` and `time` say how much each measure counts; `walking` is the energy of a second of walking.
    """

    doors: float = 1.0
    time: float = 1.0
    pull: float = 1000.0
    wall: float = 100_000.0
    slack: float = 0.05

    @classmethod
    def of(cls, aim: Aim) -> Rule:
        """The rule for what a lead wants to be even."""
        return cls(doors=0.1 if aim == "minutes" else 1.0, time=0.1 if aim == "doors" else 1.0)

    def energy(self, share: float) -> float:
        """The energy of one measure."""
        off = abs(share - 1.0)
        return self.pull * off * off + (self.wall * (off - self.slack) ** 2 if off > self.slack else 0.0)


def neighbours(area: Area, owner: list[int]) -> list[list[tuple[int, int]]]:
    """(unit, gap) of each unit's neighbours, both in play: owned by a turf."""
    starts, near, gap = area.starts.tolist(), area.near.tolist(), area.gap.tolist()
    found: list[list[tuple[int, int]]] = []
    for unit, turf in enumerate(owner):
        span = range(starts[unit], starts[unit + 1]) if turf >= 0 else range(0)
        found.append([(near[at], gap[at]) for at in span if owner[near[at]] >= 0])
    return found
