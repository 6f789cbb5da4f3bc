"""Walk order: how far from the shortest walk, against LKH, the Held-Karp bound and what people do without a program.

Seeded instances in the plane (six even, five clustered, 51 to 400 places) as loops, and street turfs as open walks: of an
invented city, and of OpenStreetMap extracts where DATA has them. LKH (`elkai`, licensed for non-commercial use) runs in the
peers' environment; without it the best of this program's own longer searches stands in, and the goals that name LKH are
left out. The Held-Karp bound is a 1-tree ascent after Held and Karp (1971).
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.streets import Segment, StreetClass
from canvass_app.services.streets import lines_of, streets_of
from canvass_app.turf.network import Int, build_network
from canvass_app.turf.snapping import snap
from canvass_app.turf.tour import UNREACHABLE, Seconds, length, nearest, tour
from canvass_app.turf.walking import Sidewalks

from .city import city
from .sync_peers import BENCH_PYTHON, ROOT

SIZES = (51, 70, 100, 130, 160, 200, 240, 280, 320, 360, 400)
TURFS = 40
_DATA = Path(os.environ.get("DATA", str(ROOT.parent / "shared" / "data"))) / "streets"
_LKH = """
import json, sys, elkai
for line in sys.stdin:
    seconds = json.loads(line)
    print(json.dumps(elkai.DistanceMatrix(seconds).solve_tsp(runs=10)[:-1]), flush=True)
"""
Turf = tuple[Seconds, NDArray[np.int64], NDArray[np.int64]]
"""Walking seconds, the number of each stop's street, its civic number."""


def run() -> dict[str, Any]:
    """All figures, per cent over the reference unless they say otherwise."""
    result = _instances() | _streets("grid", _grid_turfs())
    osm = [
        turf
        for name in ("Hoyerswerda.osm.pbf", "north-bayreuth.osm.pbf")
        for turf in _osm_turfs(_DATA / name)
    ]
    return result | (_streets("osm", osm) if osm else {})


def _instances() -> dict[str, Any]:
    matrices = [_plane(size, seed, clustered=seed % 2 == 1) for seed, size in enumerate(SIZES)]
    short = [length(m, tour(m, loop=True, budget=0.1), loop=True) for m in matrices]
    long = [length(m, tour(m, loop=True, budget=1.0), loop=True) for m in matrices]
    known = _lkh(matrices)
    # Without LKH a search of ten seconds stands in for the best that is known.
    other = known or [tour(m, loop=True, budget=10.0) for m in matrices]
    best = [
        min(s, g, length(m, o, loop=True)) for s, g, m, o in zip(short, long, matrices, other, strict=True)
    ]
    return {
        "gap_100ms": _over(short, best), "gap_1s": _over(long, best),
        "nearest_over_best": _over([length(m, nearest(m), loop=True) for m in matrices], best), "lkh": bool(known),
    }  # fmt: skip


def _streets(name: str, turfs: list[Turf]) -> dict[str, Any]:
    """Open walks: the bound and LKH get a place more, at no distance from any other."""
    opened = [_opened(seconds) for seconds, _, _ in turfs]
    ours = [tour(seconds) for seconds, _, _ in turfs]
    again = [tour(seconds) for seconds, _, _ in turfs]
    walked = [length(seconds, order) for (seconds, _, _), order in zip(turfs, ours, strict=True)]
    bound = [_held_karp(matrix, most) for matrix, most in zip(opened, walked, strict=True)]
    found: dict[str, Any] = {
        f"{name}_turfs": len(turfs),
        f"{name}_stops": int(np.mean([len(order) for order in ours])),
        f"{name}_over_bound": _over(walked, bound),
        f"{name}_same_twice": sum(bool((a == b).all()) for a, b in zip(ours, again, strict=True)),
    }
    known = _lkh(opened)
    if known:
        reference = [length(m, o, loop=True) for m, o in zip(opened, known, strict=True)]
        found[f"{name}_over_lkh"] = _over(walked, reference)
        for word, order in _BY_HAND.items():
            by_hand = [length(turf[0], order(turf)) for turf in turfs]
            found[f"{name}_{word}_over_lkh"] = _over(by_hand, reference)
    return found


def _by_number(turf: Turf) -> NDArray[np.int32]:
    return np.lexsort((turf[2], turf[1])).astype(np.int32)


def _up_and_down(turf: Turf) -> NDArray[np.int32]:
    """Odd numbers up, even numbers down, street by street."""
    _, street, number = turf
    odd = number % 2 == 1
    return np.lexsort((np.where(odd, number, -number), ~odd, street)).astype(np.int32)


_BY_HAND: dict[str, Callable[[Turf], NDArray[np.int32]]] = {
    "nearest": lambda turf: nearest(turf[0]),
    "number": _by_number,
    "up_and_down": _up_and_down,
}


def _over(lengths: list[Any], reference: list[Any]) -> float:
    """Mean per cent over the reference."""
    return round(float(np.mean([100.0 * (a / b - 1) for a, b in zip(lengths, reference, strict=True)])), 3)


def _lkh(matrices: list[Seconds]) -> list[NDArray[np.int32]]:
    """Loops by LKH, best of ten runs; nothing where it is not installed."""
    if not BENCH_PYTHON.exists():
        return []
    asked = "\n".join(json.dumps(matrix.tolist()) for matrix in matrices)
    done = subprocess.run(
        [str(BENCH_PYTHON), "-c", _LKH], input=asked, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return []
    return [np.array(json.loads(line), np.int32) for line in done.stdout.splitlines()]


def _opened(seconds: Seconds) -> Seconds:
    opened = np.zeros((len(seconds) + 1, len(seconds) + 1), np.int64)
    opened[:-1, :-1] = seconds
    return opened


def _held_karp(matrix: Seconds, known: int, rounds: int = 600) -> float:
    """A bound that no loop undercuts: the longest 1-tree that prices on the places can make.

    `known`: the length of some loop; steps are sized by the gap to it (Polyak 1969).
    """
    price, best, size, stalled = np.zeros(len(matrix)), -np.inf, 2.0, 0
    for _ in range(rounds):
        tree, degree = _one_tree(matrix + price[:, None] + price[None, :])
        value = tree - 2 * float(price.sum())
        stalled = 0 if value > best + 1e-6 else stalled + 1
        best = max(best, value)
        off = degree - 2
        if stalled == 15:
            size, stalled = size / 2, 0
        if not off.any():
            break
        price += size * max(known - value, 1.0) / float((off * off).sum()) * off
    return best


def _one_tree(weight: NDArray[np.float64]) -> tuple[float, NDArray[np.int64]]:
    """The smallest tree over all places but the last (Prim), and the two shortest steps from that."""
    count = len(weight)
    degree = np.zeros(count, np.int64)
    near, via = weight[0].copy(), np.zeros(count, np.int64)
    left = np.ones(count, bool)
    left[[0, -1]] = False
    total = 0.0
    for _ in range(count - 2):
        at = int(np.argmin(np.where(left, near, np.inf)))
        total += float(near[at])
        degree[at] += 1
        degree[via[at]] += 1
        left[at] = False
        closer = left & (weight[at] < near)
        near[closer], via[closer] = weight[at][closer], at
    last = np.argsort(weight[-1, :-1], kind="stable")[:2]
    degree[last] += 1
    degree[-1] = 2
    return total + float(weight[-1, last].sum()), degree


def _plane(size: int, seed: int, *, clustered: bool) -> Seconds:
    rng = np.random.default_rng(seed)
    places = rng.uniform(0, 10_000, (size, 2))
    if clustered:
        hearts = rng.uniform(1_000, 9_000, (7, 2))
        places = hearts[rng.integers(0, 7, size)] + rng.normal(0, 500, (size, 2))
    gap = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    return np.rint(gap).astype(np.int64)


def _grid_turfs() -> list[Turf]:
    """Doors of one building are one stop."""
    town = city(20_000, 7)
    _, stops = np.unique(np.column_stack((town.lon_e6, town.lat_e6)), axis=0, return_index=True)
    keys = [town.street[at] for at in stops.tolist()]
    return _turfs(town.segments, keys, town.number[stops], town.lon_e6[stops], town.lat_e6[stops], 11)


def _osm_turfs(file: Path) -> list[Turf]:
    """Turfs of a real street network, with an invented house every 22 m on either side."""
    if not file.exists():
        return []
    from canvass_app.imports.streets import read_streets

    segments = read_streets(file, None).segments
    keys, number, places = houses_along(segments)
    return _turfs(segments, keys, number, places[:, 0], places[:, 1], 12)


def houses_along(segments: list[Segment]) -> tuple[list[str], NDArray[np.int32], Int]:
    """An invented house every 22 m on either side of the streets that have a name: street keys, numbers, (lon_e6, lat_e6)."""
    named = [one for one in segments if one.key and one.kind in (StreetClass.STREET, StreetClass.ARTERIAL)]
    network = build_network(lines_of(named, {}))
    rows: list[tuple[float, float, int, str]] = []
    last: dict[str, int] = {}
    for at, one in enumerate(named):
        first, stop = int(network.lines.offsets[at]), int(network.lines.offsets[at + 1])
        along = network.along[first:stop]
        offsets = np.arange(14.0, float(along[-1]) - 8, 22.0)
        if not len(offsets):
            continue
        here = network.place(np.full(len(offsets), at, np.int32), offsets)
        ahead = network.place(np.full(len(offsets), at, np.int32), offsets + 1.0) - here
        for (x, y), (dx, dy) in zip(here.tolist(), ahead.tolist(), strict=True):
            number = last.get(one.key, 0)
            last[one.key] = number + 2
            rows += [
                (x - 11 * dy, y + 11 * dx, number + 1, one.key),
                (x + 11 * dy, y - 11 * dx, number + 2, one.key),
            ]
    places = network.frame.degrees(np.array([row[:2] for row in rows]))
    number = np.array([row[2] for row in rows], np.int32)
    return [row[3] for row in rows], number, places


def _turfs(
    segments: list[Segment], keys: list[str], number: NDArray[np.int32], lon: Int, lat: Int, seed: int
) -> list[Turf]:
    """Turfs of 50 to 130 stops that lie together, none of them on an island."""
    streets: dict[str, int] = {}
    network = build_network(lines_of(segments, streets))
    street = streets_of(keys, streets)
    spots = snap(network, lon, lat, street)
    xy = network.frame.metres(np.column_stack((lon, lat)))
    walks = Sidewalks(network)
    rng = np.random.default_rng(seed)
    found: list[Turf] = []
    for _ in range(4 * TURFS):
        heart = xy[rng.integers(len(xy))]
        around = np.abs(xy - heart) @ np.array([rng.uniform(0.5, 2.0), 1.0])
        chosen = np.sort(np.argsort(around, kind="stable")[: int(rng.integers(50, 131))])
        seconds = walks.seconds(spots.take(chosen))
        if seconds.max() < UNREACHABLE:
            found.append((seconds, street[chosen].astype(np.int64), number[chosen].astype(np.int64)))
        if len(found) == TURFS:
            break
    return found


if __name__ == "__main__":
    print(run())
