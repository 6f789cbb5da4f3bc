"""Tours: every row once, ends where they are asked for, near the best, the same again."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from canvass_app.turf.tour import UNREACHABLE, Seconds, length, nearest, tour


def plane(count: int, seed: int, wide: int = 1000) -> Seconds:
    places = np.random.default_rng(seed).integers(0, wide, (count, 2))
    gap = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    return np.rint(gap).astype(np.int64)


def two_opt(seconds: Seconds, order: list[int]) -> int:
    """The plainest 2-opt on an open walk, written apart from the one under test."""
    best = int(length(seconds, np.array(order, np.int32)))
    better = True
    while better:
        better = False
        for i, j in itertools.combinations(range(len(order)), 2):
            turned = order[:i] + order[i : j + 1][::-1] + order[j + 1 :]
            cost = length(seconds, np.array(turned, np.int32))
            if cost < best:
                order, best, better = turned, cost, True
    return best


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 21, 60])
@pytest.mark.parametrize("loop", [False, True])
def test_every_place_is_walked_once(count: int, loop: bool) -> None:
    order = tour(plane(count, 1), loop=loop)
    assert order.dtype == np.int32
    assert sorted(order.tolist()) == list(range(count))


@pytest.mark.parametrize("count", [2, 3, 6, 30])
def test_a_walk_begins_and_ends_where_it_is_asked_to(count: int) -> None:
    for seed in range(4):
        seconds = plane(count, seed)
        for start, end in itertools.permutations(range(min(count, 4)), 2):
            order = tour(seconds, start=start, end=end)
            assert (order[0], order[-1]) == (start, end)
            assert tour(seconds, start=start)[0] == start
            assert tour(seconds, end=end)[-1] == end
            assert tour(seconds, start=start, loop=True)[0] == start


def test_small_walks_are_the_shortest_there_are() -> None:
    for seed in range(12):
        seconds = plane(7, seed)
        orders = [np.array(p, np.int32) for p in itertools.permutations(range(7))]
        assert length(seconds, tour(seconds)) == min(length(seconds, o) for o in orders)
        assert length(seconds, tour(seconds, start=2)) == min(length(seconds, o) for o in orders if o[0] == 2)
        assert length(seconds, tour(seconds, start=2, end=5)) == min(
            length(seconds, o) for o in orders if o[0] == 2 and o[-1] == 5
        )
        assert length(seconds, tour(seconds, loop=True), loop=True) == min(
            length(seconds, o, loop=True) for o in orders
        )


@pytest.mark.parametrize("count", [25, 40])
def test_no_walk_is_longer_than_nearest_neighbour_untangled(count: int) -> None:
    for seed in range(5):
        seconds = plane(count, seed)
        assert length(seconds, tour(seconds)) <= two_opt(seconds, nearest(seconds).tolist())


def test_a_search_that_has_no_time_is_no_worse_than_nearest_neighbour() -> None:
    seconds = plane(120, 3)
    assert length(seconds, tour(seconds, start=0, budget=1e-6)) <= length(seconds, nearest(seconds))


def test_a_walk_is_the_same_in_whichever_direction_it_was_found() -> None:
    for seed in range(6):
        seconds = plane(12, seed)
        there = tour(seconds)
        assert there[0] < there[-1]
        assert tour(seconds).tolist() == there.tolist()
        around = tour(seconds, loop=True)
        assert around[0] == 0
        assert around[1] < around[-1]


def test_islands_are_walked_one_after_the_other() -> None:
    seconds = plane(40, 5)
    island = np.arange(40) % 4 == 1
    seconds[np.ix_(island, ~island)] = seconds[np.ix_(~island, island)] = UNREACHABLE
    ends = (
        (None, None, False),
        (0, None, False),
        (1, None, False),
        (0, 1, False),
        (None, 0, False),
        (None, None, True),
    )
    for start, end, loop in ends:
        order = tour(seconds, start=start, end=end, loop=loop)
        assert sorted(order.tolist()) == list(range(40))
        assert np.count_nonzero(np.diff(island[order])) == 1
    both = tour(seconds, start=0, end=2)
    assert (both[0], both[-1]) == (0, 2)
    assert sorted(both.tolist()) == list(range(40))


def test_places_that_nothing_joins_keep_their_order() -> None:
    apart = np.full((5, 5), UNREACHABLE, np.int64)
    np.fill_diagonal(apart, 0)
    assert tour(apart).tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("times", [70, 10_000, 10**6])
def test_long_ways_do_not_overflow(times: int) -> None:
    near = plane(120, 2)
    far = tour(near * times)
    assert length(near, far) <= 1.01 * length(near, tour(near))


def test_everything_in_one_place_is_a_walk_all_the_same() -> None:
    assert sorted(tour(np.zeros((50, 50), np.int64)).tolist()) == list(range(50))


def test_four_hundred_places_make_one_walk() -> None:
    seconds = plane(400, 9, 4000)
    order = tour(seconds, start=7)
    assert order[0] == 7
    assert sorted(order.tolist()) == list(range(400))
    assert length(seconds, order) < 0.9 * length(seconds, nearest(seconds, 7))


def test_ends_that_cannot_be_are_refused() -> None:
    for start, end, loop in ((9, None, False), (None, -1, False), (1, 1, False), (None, 1, True)):
        with pytest.raises(ValueError, match="start"):
            tour(plane(5, 1), start=start, end=end, loop=loop)
