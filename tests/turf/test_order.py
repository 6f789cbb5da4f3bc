from __future__ import annotations

import itertools
import random

import numpy as np

from canvass_app.turf.order import Stop, local_metres, stop_seconds, walk_order


def stops(points: list[tuple[int, int]]) -> list[Stop]:
    return [Stop((n,), -75_000_000 + x, 45_000_000 + y) for n, (x, y) in enumerate(points)]


def length(places: list[Stop], order: tuple[int, ...]) -> float:
    points = local_metres(np.array([s.lon_e6 for s in places]), np.array([s.lat_e6 for s in places]))[
        list(order)
    ]
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def test_every_stop_is_walked_once_and_no_stop_is_no_walk() -> None:
    chance = random.Random(3)
    places = stops([(chance.randrange(4000), chance.randrange(4000)) for _ in range(60)])
    walk = walk_order(places)
    assert sorted(walk.order) == list(range(60))
    assert walk_order([]).order == ()
    assert walk_order(places[:1]).order == (0,)
    assert walk_order(places).order == walk.order


def test_a_street_is_walked_from_one_end_to_the_other() -> None:
    assert walk_order(stops([(x * 300, 0) for x in (0, 3, 1, 4, 2)])).order == (0, 2, 4, 1, 3)


def test_small_walks_are_near_the_best_from_their_start() -> None:
    for seed in range(8):
        chance = random.Random(seed)
        places = stops([(chance.randrange(3000), chance.randrange(3000)) for _ in range(7)])
        walk = walk_order(places)
        rest = [n for n in range(7) if n != walk.order[0]]
        best = min(length(places, (walk.order[0], *order)) for order in itertools.permutations(rest))
        assert length(places, walk.order) <= 1.15 * best


def test_seconds_grow_with_doors_and_way() -> None:
    near, far = stops([(0, 0), (100, 0)]), stops([(0, 0), (9_000, 0)])
    assert walk_order(far).seconds > walk_order(near).seconds > 2 * stop_seconds(1)
    assert stop_seconds(12) > stop_seconds(2)
