"""Pace: how large the next batch is, and how long to wait after a failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FIRST_BATCH, LEAST_BATCH, MOST_BATCH = 500, 10, 5_000
FIRST_WAIT, MOST_WAIT = 1.0, 300.0


@dataclass(slots=True)
class Size:
    """A number that halves after a time-out and doubles after a success."""

    value: int = FIRST_BATCH
    least: int = LEAST_BATCH
    most: int = MOST_BATCH

    def succeeded(self) -> None:
        """It went through: be bolder."""
        self.value = self.next

    @property
    def next(self) -> int:
        """What it will be after a success."""
        return min(self.most, self.value * 2)

    def failed(self) -> None:
        """It took too long: be more modest."""
        self.value = max(self.least, self.value // 2)

    def fits(self, took: float, bound: float) -> None:
        """It took so many seconds where so many are allowed: towards the number that fills a half to all of them."""
        if took > bound:
            self.value = max(self.least, min(self.value // 2, int(self.value * bound / took)))
        elif took < bound / 2:
            self.succeeded()

    @property
    def at_least(self) -> bool:
        """Whether it cannot shrink any more."""
        return self.value <= self.least


class Backoff:
    """Seconds to wait after each failure in a row: 1 s, doubled up to 5 min, of which a random half is taken off.

    `chance` gives a number in [0, 1). It never gives up; `reset` after a success.
    """

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._failures = 0

    def next_wait(self) -> float:
        """The wait after one more failure, in seconds: between half of the present step and all of it."""
        step = min(MOST_WAIT, FIRST_WAIT * 2 ** min(self._failures, 16))
        self._failures += 1
        return max(FIRST_WAIT, step * (1 - self._chance() / 2))

    def reset(self) -> None:
        """It worked."""
        self._failures = 0
