"""Steps as data: what happens, to whom, with which numbers. Any part of a history can be run again alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .world import World


class Step(NamedTuple):
    """`who` is a laptop (modulo how many there are); `a` and `b` choose among what there is at that moment;
    `salt` is the only source of chance within the step."""

    op: str
    who: int
    a: int
    b: int
    salt: int


Work = Callable[["World", Step], str]
OPS: dict[str, tuple[float, Work]] = {}


def op(weight: float) -> Callable[[Work], Work]:
    """Register a kind of step with how often it happens."""

    def register(work: Work) -> Work:
        OPS[work.__name__] = (weight, work)
        return work

    return register


# How much more or less of one kind of step a seed may have than another: what never meets is never tested together.
_SWARM = (0.0, 0.25, 1.0, 1.0, 3.0)
_ALWAYS = frozenset({"attempt", "wire", "roster"})


def history(seed: int, count: int) -> list[Step]:
    """The steps of a seed. It begins with a file, so that there is a town."""
    rng = random.Random(seed)
    # Sorted: a seed tells one history, whichever module was imported first.
    names = sorted(OPS)
    weights = [OPS[name][0] * (1.0 if name in _ALWAYS else rng.choice(_SWARM)) for name in names]
    chosen = rng.choices(names, weights, k=max(0, count - 1))
    first = Step("roster", 0, 0, 0, rng.getrandbits(32))
    return [
        first,
        *(
            Step(name, rng.getrandbits(8), rng.getrandbits(16), rng.getrandbits(16), rng.getrandbits(32))
            for name in chosen
        ),
    ]
