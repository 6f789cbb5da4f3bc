"""`python -m benchmarks`: every measure in one run, as ratios against limits and peers.

Other work on the machine may take a core, so its load stands beside the figures. Compare ratios.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table: where its figure comes from and what it must reach."""

    module: str
    key: str
    what: str
    unit: str
    must: float | None
    """None where the design sets only an aim."""
    aim: float
    more_is_better: bool = False

    def verdict(self, value: float) -> str:
        """In words, so that nobody has to compare by eye."""
        reached: Callable[[float], bool] = (
            (lambda limit: value >= limit) if self.more_is_better else (lambda limit: value <= limit)
        )
        if reached(self.aim):
            return "aim"
        if self.must is None:
            return "short of the aim"
        return "must" if reached(self.must) else "MISSED"


def more(module: str, key: str, what: str, must: float, aim: float) -> Goal:
    """A ratio of which more is better."""
    return Goal(module, key, what, "x", must, aim, more_is_better=True)


# The goals of the speed design.
GOALS = (
    Goal("cold_start", "ratio", "cold start, 13,000 doors, over a QtWidgets-only window", "x", 3.0, 2.0),
    Goal("cold_start", "memory_mb", "memory, 13,000 doors", "MB", 400.0, 250.0),
    Goal("map_pan", "pan_median_ms", "map pan, 50,000 doors, median frame offscreen", "ms", 16.0, 8.0),
    Goal(
        "importing",
        "rows_per_second",
        "import of 100,000 rows",
        "rows/s",
        25_000,
        50_000,
        more_is_better=True,
    ),
    Goal("entry", "p99_ms", "result to durable, 100,000 people, p99", "ms", 33.0, 16.0),
    Goal("entry", "ratio_to_commit", "the same, over a bare commit (p99)", "x", 3.0, 2.0),
    Goal("ledger", "ratio_p50", "the same with 1,000,000 events, over a bare commit (p50)", "x", None, 3.0),
    Goal("ledger", "ratio_p99", "the same (p99)", "x", None, 3.0),
    Goal("ledger", "growth", "a result at 1,000,000 events over one at 1,000 (p50)", "x", None, 1.2),
    Goal("ledger", "memory_mb", "memory: 100,000 people and 1,000,000 events", "MB", None, 400.0),
    more("sync", "push_over_anki_10k", "push of 10,000, one laptop, over Anki's notes", 1.8, 2.5),
    more("sync", "push_over_copy_10k", "the same, over binary COPY of the same rows", 0.18, 0.30),
    more("sync", "pull_over_anki_10k", "pull of 10,000 over Anki's notes", 2.0, 3.0),
    more("sync", "pull_over_sqlcipher_10k", "the same, over raw SQLCipher inserts of the events", 0.4, 0.5),
    more("sync", "push_over_anki_50k", "push of 50,000 over Anki's notes", 1.8, 2.5),
    more("sync", "push_over_copy_50k", "the same, over binary COPY of the same rows", 0.18, 0.30),
    more("sync", "pull_over_anki_50k", "pull of 50,000 over Anki's notes", 2.0, 3.0),
    more("sync", "pull_over_sqlcipher_50k", "the same, over raw SQLCipher inserts of the events", 0.4, 0.5),
    Goal("sync", "no_op_ms", "no-op sync, the laptop's whole time", "ms", 8.0, 4.0),
    more("sync", "cold_over_raw", "cold sync of 100,000 people over raw inserts", 0.5, 0.9),
    more("sync", "eight_over_one", "eight laptops pushing at once, over one", 1.3, 1.3),
    more("sync", "devices_exact", "1,000 devices x 200 events: 1 is exact", 1, 1),
    Goal("sync", "devices_seconds", "the same, until every receipt is there", "s", None, 60.0),
    more("sync", "statements_equal", "one riding to 338: 1 is equal statement counts", 1, 1),
    Goal("sync", "many_over_one", "the same, time for each event", "x", 1.3, 1.1),
    Goal(
        "walk_order", "gap_1s", "walk order, 11 instances of 51-400, 1 s, over the best known", "%", 0.2, 0.05
    ),
    Goal("walk_order", "gap_100ms", "the same at 0.1 s", "%", 0.5, 0.2),
    Goal(
        "walk_order", "grid_over_lkh", "street turfs of an invented city at 0.03 s, over LKH", "%", 0.5, 0.2
    ),
    Goal("walk_order", "osm_over_lkh", "street turfs of real map data at 0.03 s, over LKH", "%", 0.5, 0.2),
    Goal("walk_order", "grid_over_bound", "the same over the Held-Karp bound, invented city", "%", 2.5, 2.0),
    Goal("walk_order", "osm_over_bound", "the same over the Held-Karp bound, real map data", "%", 6.0, 5.0),
    Goal("turfs", "doors", "cut of 20,000 doors, five seeds, most over fewest doors", "x", 1.15, 1.15),
    Goal("turfs", "time", "the same, longest over shortest time", "x", 1.20, 1.15),
    more("turfs", "whole", "the same, turfs of one piece", 100, 100),
    Goal("turfs", "unjoined", "the same, turfs that no walk joins", "", 0, 0),
    Goal("turfs", "walked_over_kmeans", "the same, walking over k-means-constrained", "x", 0.85, 0.82),
    Goal("turfs", "seconds_over_kmeans", "the same, seconds of the cut over its seconds", "x", None, 0.05),
    Goal("turfs", "cut_and_routed_s", "the same, cut and routed", "s", None, 15),
    Goal("turfs", "big_cut_and_routed_s", "50,000 doors, cut and routed", "s", None, 40),
    more("turfs", "big_whole", "the same, turfs of one piece", 100, 100),
    more("turfs", "hoyerswerda_whole", "streets of Hoyerswerda, turfs of one piece", 100, 100),
    Goal("turfs", "hoyerswerda_time", "the same, longest over shortest time", "x", None, 1.30),
    Goal(
        "turfs",
        "hoyerswerda_walked_over_kmeans",
        "the same, walking over k-means-constrained",
        "x",
        None,
        0.90,
    ),
    more("turfs", "north_bayreuth_whole", "streets of north Bayreuth, turfs of one piece", 100, 100),
    Goal("turfs", "north_bayreuth_time", "the same, longest over shortest time", "x", None, 1.30),
    Goal(
        "turfs",
        "north_bayreuth_walked_over_kmeans",
        "the same, walking over k-means-constrained",
        "x",
        None,
        0.90,
    ),
    Goal("login", "p99_over_quiet", "eight laptops under a flood of log-ins, p99 over quiet", "x", 2.0, 1.5),
)


def main() -> int:
    """Run every measure and print the table; 1 when a must is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = set(sys.argv[1:])
    results: dict[str, dict[str, Any]] = {}
    missed = 0
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "")
    for goal in GOALS:
        if wanted and goal.module not in wanted:
            continue
        if goal.module not in results:
            results[goal.module] = import_module(f"benchmarks.{goal.module}").run()
        if goal.key not in results[goal.module]:
            print(f"{goal.what:<58} {'not measured':>12}", flush=True)
            continue
        value = float(results[goal.module][goal.key])
        verdict = goal.verdict(value)
        missed += verdict == "MISSED"
        must = "-" if goal.must is None else f"{goal.must:,g}"
        print(
            f"{goal.what:<58} {value:>12,.2f} {goal.unit:<7} must {must:>9}  aim {goal.aim:>9,g}  {verdict}",
            flush=True,
        )
    for module, result in results.items():
        print(f"{module}: " + ", ".join(f"{key} {value}" for key, value in result.items()))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
