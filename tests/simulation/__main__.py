"""`python -m tests.simulation --seed 7` replays a seed and prints its history; `--shrink` makes a failing one short."""

from __future__ import annotations

import argparse
import sys

from .runner import STEPS, run, run_seed, shrink
from .steps import history


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument(
        "--count", type=int, default=0, help="run this many seeds from --seed on and print only what fails"
    )
    parser.add_argument("--fault", default="", help="run with a planted fault (see docs/planted-faults.md)")
    parser.add_argument("--shrink", action="store_true", help="make a failing history short")
    parser.add_argument("--quiet", action="store_true", help="only the outcome")
    chosen = parser.parse_args()
    fault = {}
    if chosen.fault:
        from .faults import FAULTS

        fault = {"fault": FAULTS[chosen.fault].plant}
    if chosen.count:
        failed = seconds = 0.0
        for seed in range(chosen.seed, chosen.seed + chosen.count):
            outcome = run_seed(seed, chosen.steps, **fault)
            seconds += outcome.seconds
            if outcome.broken:
                failed += 1
                print(f"seed {seed}: {outcome.problem.strip().splitlines()[-1]}", flush=True)
        print(f"{failed:.0f} of {chosen.count} failed, {chosen.count * chosen.steps / seconds:.0f} steps/s")
        return int(failed > 0)
    steps = history(chosen.seed, chosen.steps)
    outcome = run(chosen.seed, steps, **fault)
    if outcome.broken and chosen.shrink:
        steps = shrink(outcome, steps, **fault)
        outcome = run(chosen.seed, steps, **fault)
    if not chosen.quiet:
        for number, line in enumerate(outcome.lines):
            print(f"{number:4} {line}")
    print(
        f"seed {chosen.seed}, {len(steps)} steps, {outcome.events} events, {outcome.seconds:.2f} s: {outcome.problem or 'all holds'}"
    )
    return int(bool(outcome.broken))


if __name__ == "__main__":
    sys.exit(main())
