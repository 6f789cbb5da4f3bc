"""The hybrid logical clock: wall time that never runs backwards and respects what was seen.

A reading is one integer: milliseconds since 1970 UTC shifted left by 16 bits, plus a counter.
Source: Kulkarni et al., "Logical Physical Clocks" (2014), with the counter in the low bits.
"""

from __future__ import annotations

from collections.abc import Callable

COUNTER_BITS = 16
MAX_AHEAD_MS = 5 * 60_000
_MAX_MS = (1 << 47) - 1


def reading(ms: int, counter: int = 0) -> int:
    """The clock reading of a wall time in milliseconds."""
    return (min(max(ms, 0), _MAX_MS) << COUNTER_BITS) + counter


def milliseconds(value: int) -> int:
    """The wall part of a reading."""
    return value >> COUNTER_BITS


def stamp(hlc: int, received_ms: int) -> int:
    """What headquarters orders an event by: its own reading, but never far ahead of its arrival."""
    return min(hlc, reading(received_ms + MAX_AHEAD_MS))


class Clock:
    """A device's clock. `now_ms` gives the wall time; `last` is the persisted latest reading."""

    def __init__(self, now_ms: Callable[[], int], last: int = 0) -> None:
        self._now_ms = now_ms
        self.last = last

    def now_ms(self) -> int:
        """The wall time in milliseconds, as the machine tells it."""
        return self._now_ms()

    def tick(self) -> int:
        """The reading for a new event: later than every reading given or learned before."""
        self.last = max(self.last + 1, reading(self._now_ms()))
        return self.last

    def learn(self, remote: int) -> None:
        """Take notice of another clock's reading; one more than five minutes ahead never enters ours."""
        if milliseconds(remote) <= self._now_ms() + MAX_AHEAD_MS:
            self.last = max(self.last, remote)
