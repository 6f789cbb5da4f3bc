"""The order of a walk: along streets, both sides or one at a time, from a meeting point, whatever is missing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from canvass_app.domain.pace import USUAL, Pace
from canvass_app.domain.streets import StreetClass
from canvass_app.turf.network import Network, build_network
from canvass_app.turf.order import Stop, Walk, local_metres, walk_order
from canvass_app.turf.paths import walk_path
from canvass_app.turf.pseudo import pseudo_lines
from canvass_app.turf.snapping import Spots, snap
from canvass_app.turf.walking import Sidewalks
from tests.turf.test_network import ORIGIN, Metres, line, network

# Two streets side by side, 80 m apart, joined at their eastern ends only.
HAIRPIN = (
    line((0, 0), (200, 0)),
    line((0, 80), (200, 80), street=1),
    line((200, 0), (200, 80), street=2),
)


def stop(n: int, at: Metres, street: int = 0, number: int = 0, doors: int = 1) -> Stop:
    lon, lat = ORIGIN.degrees(np.array([at], float))[0].tolist()
    return Stop(tuple(range(n, n + doors)), lon, lat, street, number)


def spots(net: Network, stops: Sequence[Stop]) -> Spots:
    return snap(
        net,
        np.array([one.lon_e6 for one in stops], np.int32),
        np.array([one.lat_e6 for one in stops], np.int32),
        np.array([one.street for one in stops], np.int32),
    )


def walk(net: Network, stops: Sequence[Stop], pace: Pace = USUAL, meeting: Metres | None = None) -> Walk:
    from_ = spots(net, [stop(0, meeting, -1)]) if meeting else None
    return walk_order(stops, Sidewalks(net, pace), spots(net, stops), meeting=from_)


def line_of(net: Network, stops: Sequence[Stop]) -> np.ndarray:
    """The line of a walk in the metres in which these tests count."""
    frame = net.frame
    there = frame.metres(np.array([(one.lon_e6, one.lat_e6) for one in stops]))
    return ORIGIN.metres(frame.degrees(walk_path(Sidewalks(net), spots(net, stops), there)))


def street_of_houses() -> tuple[Network, list[Stop]]:
    """Thirty houses on both sides of a street, opposite each other."""
    houses = [stop(n, (20.0 + 15 * (n // 2), 12.0 if n % 2 else -12.0), 0, n + 1) for n in range(30)]
    return network(line((0, 0), (250, 0))), houses


def test_a_walk_follows_the_streets_and_not_the_crow() -> None:
    net = network(*HAIRPIN)
    # Back to back across the gardens, and a long way round.
    stops = [stop(0, (10, 10)), stop(1, (10, 70), 1), stop(2, (190, 10)), stop(3, (190, 70), 1)]
    found = walk(net, stops)
    assert found.order in ((0, 2, 3, 1), (1, 3, 2, 0))
    assert found.metres == pytest.approx(180 + 60 + 180 + 20, abs=25)


def test_a_walk_starts_at_the_meeting_point_and_comes_back_when_asked() -> None:
    net = network(line((0, 0), (300, 0)))
    stops = [stop(n, (x, 10), 0, 2 * n) for n, x in enumerate((250, 50, 150))]
    there = walk(net, stops, meeting=(0, 5))
    assert (there.order, there.meeting, there.back) == ((1, 2, 0), 0, False)
    home = walk(net, stops, Pace(back=True), meeting=(300, 5))
    assert home.back
    assert home.metres == pytest.approx(500, abs=20)
    assert there.metres == pytest.approx(250, abs=10)


def test_of_several_meeting_points_the_nearest_is_taken() -> None:
    net = network(line((0, 0), (900, 0)))
    stops = [stop(n, (x, 10), 0, 2 * n) for n, x in enumerate((700, 800))]
    meeting = spots(net, [stop(0, (10, 5), -1), stop(0, (650, 5), -1)])
    found = walk_order(stops, Sidewalks(net), spots(net, stops), meeting=meeting)
    assert (found.meeting, found.order) == (1, (0, 1))


def test_both_sides_come_as_they_lie_or_one_after_the_other() -> None:
    net, houses = street_of_houses()
    both = walk(net, houses)
    one = walk(net, houses, Pace(one_side=True))
    sides = [n % 2 for n in one.order]
    assert sum(a != b for a, b in pairwise(sides)) == 1
    assert sorted(one.order) == sorted(both.order) == list(range(30))
    mixed = [n % 2 for n in both.order]
    assert sum(a != b for a, b in pairwise(mixed)) > 5
    assert both.seconds < one.seconds < 1.2 * both.seconds


def test_no_stop_is_no_walk_and_one_stop_takes_what_its_doors_take() -> None:
    net = network(*HAIRPIN)
    assert walk(net, []) == Walk((), 0, 0)
    assert walk(net, [stop(0, (10, 10))]) == Walk((0,), USUAL.stop_seconds(1), 0)


def test_a_tower_of_four_hundred_doors_is_one_stop() -> None:
    net = network(*HAIRPIN)
    found = walk(net, [stop(0, (10, 10), doors=400), stop(400, (30, 10), 0, 2)])
    assert sorted(found.order) == [0, 1]
    assert found.seconds >= USUAL.stop_seconds(400) + USUAL.stop_seconds(1)
    assert USUAL.stop_seconds(400) > 300 * USUAL.door_s


def test_doors_at_one_point_are_walked_as_they_are_listed() -> None:
    net = network(*HAIRPIN)
    court = [stop(n, (50, 10), 0, n) for n in range(30)]
    assert walk(net, court).order == tuple(range(30))


def test_doors_that_nobody_can_place_are_walked_all_the_same() -> None:
    net = network(*HAIRPIN)
    lost = [Stop((n,), 0, 0, 7, n) for n in range(5)]
    assert walk(net, lost) == Walk((0, 1, 2, 3, 4), 5 * USUAL.stop_seconds(1), 0)
    # Of its street the nearest number comes before it, on the same side if there is one.
    known = [stop(5, (20, 10), 7, 11), stop(6, (60, 10), 7, 2), stop(7, (100, 10), 7, 13)]
    places = walk(net, [*lost[3:4], *known]).order
    assert places.index(0) == places.index(1) + 1


def test_a_loop_goes_up_one_side_and_comes_back_on_the_other() -> None:
    net, houses = street_of_houses()
    found = walk(net, houses, Pace(back=True), meeting=(0, 5))
    sides = [n % 2 for n in found.order]
    assert sum(a != b for a, b in pairwise(sides)) <= 3
    assert found.metres == pytest.approx(2 * 230, abs=40)


def test_islands_are_visited_one_after_the_other() -> None:
    net = network(line((0, 0), (200, 0)), line((0, 30), (200, 30), street=1))
    stops = [stop(n, (20.0 * n, 10.0 if n % 2 else 20.0), 1 - n % 2, n) for n in range(10)]
    found = walk(net, stops)
    there = [n % 2 for n in found.order]
    assert sum(a != b for a, b in pairwise(there)) == 1
    assert found.metres < 2000


def test_the_same_doors_in_another_order_take_as_long_without_a_street_file() -> None:
    chance = random.Random(4)
    rows = [(chance.randrange(400), chance.randrange(400), n % 3, n) for n in range(18)]

    def found(order: list[int]) -> Walk:
        stops = [stop(i, rows[n][:2], rows[n][2], rows[n][3]) for i, n in enumerate(order)]
        columns = np.array([(s.lon_e6, s.lat_e6, s.number, s.street) for s in stops], np.int32).T
        return walk(build_network(pseudo_lines(*columns)), stops)

    shuffled = list(range(18))
    chance.shuffle(shuffled)
    plain = found(list(range(18)))
    assert sorted(plain.order) == list(range(18))
    assert found(shuffled).seconds == plain.seconds


def test_a_faster_team_needs_fewer_seconds_and_a_building_more() -> None:
    net, houses = street_of_houses()
    quick = Pace(walking_cm_s=200, conversation_s=60)
    assert walk(net, houses, quick).seconds < walk(net, houses).seconds
    assert USUAL.stop_seconds(3) > 3 * USUAL.stop_seconds(1) - 60
    assert USUAL.stop_seconds(0) == 0


def test_the_line_of_a_walk_stays_on_the_streets() -> None:
    net = network(*HAIRPIN)
    stops = [stop(0, (10, 10)), stop(1, (10, 70), 1)]
    path = line_of(net, stops)
    gardens = (path[:, 0] < 185) & (path[:, 1] > 10) & (path[:, 1] < 70)
    assert not gardens.any()
    walks = Sidewalks(net)
    way = float(np.hypot(*np.diff(path, axis=0).T).sum())
    assert way == pytest.approx(walks.seconds(spots(net, stops))[0, 1] * walks.speed, rel=0.08)
    assert path[0] == pytest.approx((10, 4), abs=1)
    assert path[-1] == pytest.approx((10, 76), abs=1)


def test_the_line_runs_on_the_side_where_one_walks() -> None:
    net, houses = street_of_houses()
    odd_places = [one for one in houses if one.number % 2 == 0]
    assert np.allclose(line_of(net, odd_places)[:, 1], 4, atol=0.5)
    across = line_of(net, houses[:2])
    assert (round(across[:, 1].min()), round(across[:, 1].max())) == (-4, 4)


def test_the_line_crosses_straight_where_no_street_leads() -> None:
    net = network(line((0, 0), (200, 0)), line((0, 400), (200, 400), street=1))
    stops = [stop(0, (50, 10)), stop(1, (50, 410), 1)]
    assert np.allclose(line_of(net, stops), [[50, 10], [50, 410]], atol=0.5)
    assert len(line_of(net, stops[:1])) == 0


def test_a_railway_is_walked_round_on_the_line_too() -> None:
    net = network(
        line((0, 0), (100, 0)), line((100, 0), (200, 0)), line((150, -50), (150, 50), kind=StreetClass.RAIL, street=-1),
        line((100, 0), (100, 90), (200, 90), (200, 0), street=1),
    )  # fmt: skip
    assert line_of(net, [stop(0, (140, 8)), stop(1, (160, 8))])[:, 1].max() > 80


def test_metres_are_measured_around_the_middle() -> None:
    xy = local_metres(np.array([-75_000_000, -74_999_000]), np.array([45_000_000, 45_000_000]))
    assert float(xy[1, 0] - xy[0, 0]) == pytest.approx(78.7, abs=0.5)
