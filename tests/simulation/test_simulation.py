"""Whatever wires, sticks, clocks, disks and people do: what was saved arrives, counts once, and looks the same everywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .faults import FAULTS, Fault
from .runner import STEPS, Outcome, run, run_seed, shrink
from .steps import history

SEEDS = int(os.environ.get("CANVASS_PROOF_SEEDS", "2000"))
PROOF_STEPS = int(os.environ.get("CANVASS_PROOF_STEPS", str(STEPS)))
A_PART = 50
MOST_SEEDS = 500
# These break something within a few hundred steps of almost any seed.
QUICK = ("ack_first", "no_dedupe", "own_clock_stamp", "remote_clock", "roster_overwrites", "seen_by_highest")
LIST = Path(__file__).resolve().parents[2] / "docs" / "planted-faults.md"


def story(outcome: Outcome, steps: int) -> str:
    """The whole history, and how to see it again."""
    again = f"python -m tests.simulation --seed {outcome.seed} --steps {steps} --shrink"
    return "\n".join([*outcome.lines, outcome.problem, f"seed {outcome.seed}; a short history: {again}"])


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_lost_or_doubled_and_all_agree(seed: int) -> None:
    outcome = run_seed(seed, 200)
    assert not outcome.broken, story(outcome, 200)


def test_a_seed_tells_the_same_history_each_time() -> None:
    first, second = run_seed(3, 120), run_seed(3, 120)
    assert first.lines == second.lines
    assert first.events == second.events > 0


def test_any_part_of_a_history_runs_alone() -> None:
    steps = history(5, 120)
    assert not run(5, steps[::3]).broken
    assert not run(5, steps[40:80]).broken


def test_a_failing_history_is_made_short() -> None:
    plant = FAULTS["no_dedupe"].plant
    seed, long = next((seed, found) for seed in range(20) if (found := run_seed(seed, 150, plant)).broken)
    short = shrink(long, history(seed, 150), plant)
    assert run(seed, short, plant).broken == long.broken
    assert len(short) < 15


def caught(fault: Fault, steps: int, most: int) -> int:
    """How many seeds it took until one broke, for the right reason, that holds without the fault."""
    for seed in range(most):
        if run_seed(seed, steps, fault.plant).broken in fault.caught_by and not run_seed(seed, steps).broken:
            return seed + 1
    pytest.fail(f"{fault.name} was not caught within {most} seeds")


@pytest.mark.parametrize("name", QUICK)
def test_a_planted_fault_is_caught(name: str) -> None:
    assert caught(FAULTS[name], 150, 20)


def test_every_planted_fault_is_listed() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", LIST.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name: what.strip() for name, what in listed.items()} == {f.name: f.what for f in FAULTS.values()}
    assert len(FAULTS) >= 12


@pytest.mark.proof
@pytest.mark.parametrize("start", range(0, SEEDS, A_PART))
def test_no_seed_loses_or_doubles_anything(
    start: int, record_property: Callable[[str, object], None]
) -> None:
    outcomes = [run_seed(seed, PROOF_STEPS) for seed in range(start, min(start + A_PART, SEEDS))]
    record_property("proof", ("simulation: seeds", len(outcomes)))
    record_property("proof", ("simulation: steps", sum(one.steps for one in outcomes)))
    record_property("proof", ("simulation: events saved by people", sum(one.events for one in outcomes)))
    record_property("proof", ("simulation: seconds of one core", sum(one.seconds for one in outcomes)))
    broken = [one for one in outcomes if one.broken]
    record_property("proof", ("simulation: seeds that broke", len(broken)))
    assert not broken, "\n".join(f"seed {o.seed}: {o.problem.splitlines()[-1]}" for o in broken) + story(
        broken[0], PROOF_STEPS
    )


@pytest.mark.proof
@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_planted_fault_is_caught(name: str, record_property: Callable[[str, object], None]) -> None:
    record_property(
        "proof", (f"planted fault {name}: caught after seeds", caught(FAULTS[name], PROOF_STEPS, MOST_SEEDS))
    )
