"""Running seeds: one alone with its history, many on all cores, and a failing one made short."""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from . import keyboard, troubles, wires
from .broken import Broken
from .invariants import check_all
from .steps import Step, history
from .world import World

STEPS = 500
__all__ = ["STEPS", "Outcome", "keyboard", "run", "run_seed", "shrink", "troubles", "wires"]


@dataclass
class Outcome:
    """What became of a history. `broken` is the name of the invariant, or of the exception; "" when all is well."""

    seed: int
    steps: int
    seconds: float
    events: int = 0
    broken: str = ""
    problem: str = ""
    lines: list[str] = field(default_factory=list)


def run(
    seed: int, steps: Sequence[Step], fault: Callable[[], AbstractContextManager[object]] = nullcontext
) -> Outcome:
    """Run a history in a new world, let everything be delivered, and check."""
    began = time.perf_counter()
    outcome = Outcome(seed, len(steps), 0.0)
    with fault():
        world = World(seed)
        with world.determined():
            try:
                for step in steps:
                    world.run(step)
                world.chance = random.Random(seed)
                world.settle()
                check_all(world)
            except Broken as broken:
                outcome.broken, outcome.problem = broken.name, str(broken)
            except Exception as error:
                outcome.broken = f"{type(error).__name__}"
                outcome.problem = traceback.format_exc()
    outcome.lines = world.lines
    outcome.events = len(world.acknowledged)
    outcome.seconds = time.perf_counter() - began
    return outcome


def run_seed(
    seed: int, steps: int = STEPS, fault: Callable[[], AbstractContextManager[object]] = nullcontext
) -> Outcome:
    """Run a seed."""
    return run(seed, history(seed, steps), fault)


def shrink(
    outcome: Outcome, steps: Sequence[Step], fault: Callable[[], AbstractContextManager[object]] = nullcontext
) -> list[Step]:
    """A shorter history that breaks the same: chunks of steps are left out, then single ones, while it still does."""
    kept = list(steps)
    size = max(1, len(kept) // 2)
    while size:
        at = 0
        while at < len(kept):
            tried = kept[:at] + kept[at + size :]
            if run(outcome.seed, tried, fault).broken == outcome.broken:
                kept = tried
            else:
                at += size
        size //= 2
    return kept
