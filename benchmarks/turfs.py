"""Cutting: how even, whole and short turfs are, and how long a cut takes, beside k-means-constrained.

Five invented cities of 20,000 doors (a river, a railway, towers) and one of 50,000, cut into turfs of 80 doors, and the
OpenStreetMap extracts where DATA has them. Both cuts deal the same doors into as many turfs; buildings that are turfs by
themselves are left out of both. Every turf is walked by the same search over the same streets. Whole is a turf whose stops
hang together when each joins what lies beside it on the network, stop by stop, whatever units the cut was made of.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.pace import USUAL
from canvass_app.services.streets import Doors, fit_doors
from canvass_app.turf.area import GRAIN, Area, build_area, connected
from canvass_app.turf.balance import ROUTE_OVER_TREE
from canvass_app.turf.cutting import cut
from canvass_app.turf.merging import merged
from canvass_app.turf.network import Int
from canvass_app.turf.snapping import Spots
from canvass_app.turf.tour import length, tour
from canvass_app.turf.walking import Sidewalks

from .city import City, city
from .sync_peers import BENCH_PYTHON, ROOT
from .walk_order import houses_along

TARGET = 80
SEEDS = tuple(int(seed) for seed in os.environ.get("TURF_SEEDS", "1,2,3,4,5").split(","))
_DATA = Path(os.environ.get("DATA", str(ROOT.parent / "shared" / "data"))) / "streets"
_KMEANS = """
import sys, time, numpy as np
from k_means_constrained import KMeansConstrained
xy = np.load(sys.argv[1])
begin = time.perf_counter()
found = KMeansConstrained(int(sys.argv[3]), size_min=int(sys.argv[4]), size_max=int(sys.argv[5]), n_init=1, random_state=1)
labels = found.fit_predict(xy)
np.save(sys.argv[2], labels)
print(time.perf_counter() - begin)
"""


class Ground(NamedTuple):
    """Doors on a network, ready to be cut."""

    walks: Sidewalks
    spots: Spots
    stop: Int
    seconds: Int
    xy: NDArray[np.float64]
    area: Area
    fine: Area
    """Every stop a unit of its own: the measure of what hangs together."""
    bare: Sidewalks
    """The same streets without bridges."""


class Result(NamedTuple):
    """What a cut came to; largest over smallest, per cent, seconds."""

    doors: float
    time: float
    whole: float
    walked: float
    seconds: float
    over_bridges: int
    """Turfs on both banks: their way leads over a bridge."""
    unjoined: int
    """Turfs with two doors that no walk joins at all."""


def run() -> dict[str, Any]:
    """The worst of the seeds for what has a limit, and each measure beside the peer's."""
    found: dict[str, Any] = {}
    rows: list[tuple[Result, Result | None, float]] = []
    for seed in SEEDS:
        ground = _city(20_000, seed)
        ours, routed = _ours(ground, seed)
        peer = _peer(ground)
        rows.append((ours, peer, routed))
        _say(f"20,000 doors, seed {seed}", ours, peer, routed)
    ours = [row[0] for row in rows]
    found |= {
        "doors": max(one.doors for one in ours), "time": max(one.time for one in ours),
        "whole": min(one.whole for one in ours), "unjoined": sum(one.unjoined for one in ours),
        "cut_and_routed_s": max(one.seconds + routed for one, _, routed in rows),
    }  # fmt: skip
    pairs = [(one, peer) for one, peer, _ in rows if peer is not None]
    if pairs:
        found["walked_over_kmeans"] = max(one.walked / peer.walked for one, peer in pairs)
        found["seconds_over_kmeans"] = max(one.seconds / peer.seconds for one, peer in pairs)
    big = _city(50_000, 1)
    ours_big, routed = _ours(big, 1)
    _say("50,000 doors", ours_big, None, routed)
    found |= {
        "big_cut_and_routed_s": ours_big.seconds + routed, "big_doors": ours_big.doors, "big_time": ours_big.time,
        "big_whole": ours_big.whole,
    }  # fmt: skip
    for name in ("Hoyerswerda", "north-bayreuth"):
        path = _DATA / f"{name}.osm.pbf"
        if not path.exists():
            continue
        ground = _town(path)
        turfs = max(2, round(len(_even(ground)) / TARGET))
        town, routed = _ours(ground, 1, turfs)
        peer = _peer(ground, turfs)
        _say(f"{name}, {turfs} turfs", town, peer, routed)
        key = name.lower().replace("-", "_")
        found |= {f"{key}_whole": town.whole, f"{key}_time": town.time}
        if peer is not None:
            found[f"{key}_walked_over_kmeans"] = town.walked / peer.walked
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in found.items()}


def _say(what: str, ours: Result, peer: Result | None, routed: float) -> None:
    for name, one in (("ours", ours), ("k-means-constrained", peer)):
        if one is not None:
            print(
                f"  {what:<24} {name:<20} doors {one.doors:.3f}  time {one.time:.3f}  whole {one.whole:5.1f} %  "
                f"walked {one.walked:6.0f} s a turf  cut in {one.seconds:6.1f} s  over bridges {one.over_bridges}  "
                f"unjoined {one.unjoined}" + (f"  routed in {routed:.1f} s" if one is ours else ""),
                flush=True,
            )


def _city(doors: int, seed: int) -> Ground:
    town: City = city(doors, seed)
    columns = Doors(town.ids, [""] * len(town.ids), town.street, town.number, town.lon_e6, town.lat_e6)
    fit = fit_doors(town.segments, columns)
    numbers: dict[tuple[str, int], int] = {}
    keys = zip(town.street, town.number.tolist(), strict=True)
    stop = np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int32)
    bare = [one for one in town.segments if not one.bridge]
    without = fit_doors(bare, columns)
    return _ground(Sidewalks(fit.network), fit.spots, stop, columns, Sidewalks(without.network))


def _ground(walks: Sidewalks, spots: Spots, stop: Int, doors: Doors, bare: Sidewalks) -> Ground:
    size = np.bincount(stop)
    each = np.array([USUAL.stop_seconds(int(n)) / max(int(n), 1) for n in size])
    seconds = np.rint(each[stop]).astype(np.int32)
    lone = round(0.85 * TARGET)
    area = merged(build_area(walks, spots, stop, seconds, lone=lone), GRAIN)
    fine = build_area(walks, spots, stop, seconds, lone=lone, grain=1)
    xy = walks.network.frame.metres(np.column_stack((doors.lon_e6, doors.lat_e6)))
    return Ground(walks, spots, stop, seconds, xy, area, fine, bare)


def _town(path: Path) -> Ground:
    """The streets of a map extract, with invented houses along them."""
    from canvass_app.imports.streets import read_streets

    segments = read_streets(path, None).segments
    keys, number, places = houses_along(segments)
    ids = [int(at).to_bytes(16, "big") for at in range(len(keys))]
    doors = Doors(ids, [""] * len(ids), keys, number, places[:, 0], places[:, 1])
    fit = fit_doors(segments, doors)
    bare = fit_doors([one for one in segments if not one.bridge], doors)
    stop = np.arange(len(ids), dtype=np.int32)
    return _ground(Sidewalks(fit.network), fit.spots, stop, doors, Sidewalks(bare.network))


def _even(ground: Ground) -> NDArray[np.int64]:
    """The doors that are to be even: in the largest part, in no building that is a turf by itself."""
    area = ground.area
    unit = np.maximum(area.unit, 0)
    return np.flatnonzero((area.unit >= 0) & ~area.alone[unit] & (area.part[unit] == 0))


def _ours(ground: Ground, seed: int, turfs: int = 0) -> tuple[Result, float]:
    """The cut with its seconds, and the seconds in which its walks were found."""
    area, even = ground.area, _even(ground)
    count = turfs or round(len(even) / TARGET)
    units = np.unique(area.unit[even])
    first = np.unique(ground.stop, return_index=True)[1]
    spots = ground.spots.take(first)

    def walking(owner: Int, which: Int) -> NDArray[np.float64]:
        from scipy.sparse.csgraph import minimum_spanning_tree

        held = np.append(owner, np.int32(-1))[area.unit]
        found = np.zeros(len(which))
        for place, turf in enumerate(which.tolist()):
            stops = np.unique(ground.stop[held == turf])
            if len(stops) > 1:
                found[place] = (
                    ROUTE_OVER_TREE
                    * minimum_spanning_tree(
                        np.minimum(ground.walks.seconds(spots.take(stops)), 900).astype(np.float64) + 1e-3
                    ).sum()
                )
        return found

    begin = time.perf_counter()
    made = cut(area, count, seed=seed, units=units, walking=walking)
    cut_in = time.perf_counter() - begin
    held = np.append(made.owner, np.int32(-1))[area.unit]
    begin = time.perf_counter()
    walked = _walked(ground, held, count)
    return _measured(ground, held, walked, cut_in), time.perf_counter() - begin


def _peer(ground: Ground, turfs: int = 0) -> Result | None:
    """The same doors by k-means-constrained: as many in each turf as its size limits of 7.5 % allow."""
    if not BENCH_PYTHON.exists():
        return None
    even = _even(ground)
    count = turfs or round(len(even) / TARGET)
    low, high = int(len(even) / count * 0.925), -int(-len(even) / count * 1.075 // 1)
    with tempfile.TemporaryDirectory() as folder:
        given, labels = Path(folder) / "xy.npy", Path(folder) / "labels.npy"
        np.save(given, ground.xy[even])
        done = subprocess.run(
            [str(BENCH_PYTHON), "-c", _KMEANS, str(given), str(labels), str(count), str(low), str(high)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            print(done.stderr[-500:], file=sys.stderr)
            return None
        held = np.full(len(ground.stop), -1, np.int32)
        held[even] = np.load(labels)
    return _measured(ground, held, _walked(ground, held, count), float(done.stdout))


def _stops(ground: Ground, held: Int, turf: int) -> NDArray[np.int64]:
    """The first door of each stop of a turf."""
    doors = np.flatnonzero(held == turf)
    return doors[np.unique(ground.stop[doors], return_index=True)[1]]


def _walked(ground: Ground, held: Int, turfs: int) -> NDArray[np.float64]:
    """Seconds of walking in each turf, found as the product finds them."""
    from concurrent.futures import ThreadPoolExecutor

    def walk(turf: int) -> float:
        seconds = ground.walks.seconds(ground.spots.take(_stops(ground, held, turf)))
        # What no walk joins is no way at all, and not one of thirty years.
        return float(length(np.minimum(seconds, 3600), tour(seconds)))

    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        return np.array(list(pool.map(walk, range(turfs))))


def _measured(ground: Ground, held: Int, walked: NDArray[np.float64], seconds: float) -> Result:
    turfs = len(walked)
    mine = held >= 0
    doors = np.bincount(held[mine], minlength=turfs)
    total = np.bincount(held[mine], weights=ground.seconds[mine], minlength=turfs) + walked
    fine = ground.fine
    hang = [connected(fine, np.unique(fine.unit[held == turf])) for turf in range(turfs)]
    joined = [_joined(ground.walks, ground, held, turf) for turf in range(turfs)]
    dry = [_joined(ground.bare, ground, held, turf) for turf in range(turfs)]
    return Result(
        float(doors.max() / doors.min()), float(total.max() / total.min()), 100.0 * float(np.mean(hang)),
        float(walked.mean()), seconds, sum(not one for one in dry), sum(not one for one in joined),
    )  # fmt: skip


def _joined(walks: Sidewalks, ground: Ground, held: Int, turf: int) -> bool:
    """Whether all stops of a turf are in one part of these streets."""
    stops = _stops(ground, held, turf)
    network = walks.network
    if walks is ground.walks:
        edge = network.edge_at(ground.spots.segment[stops], ground.spots.offset[stops])
        return len(np.unique(network.part[network.tail[edge[edge >= 0]]])) < 2
    # Segments are numbered otherwise without bridges: by the nearest corner.
    from scipy.spatial import cKDTree

    corner = network.part[np.column_stack((network.tail, network.head)).reshape(-1)]
    ends = np.column_stack(
        (network.place(network.segment, network.start), network.place(network.segment, network.stop))
    ).reshape(-1, 2)
    _, near = cKDTree(ends).query(ground.xy[stops])
    return len(np.unique(corner[near])) < 2
