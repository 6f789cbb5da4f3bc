"""The street network: junctions, barriers, doors at their streets, numbers made places, and seconds on foot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from canvass_app.domain.streets import StreetClass
from canvass_app.turf.network import Frame, Lines, Network, build_network
from canvass_app.turf.pseudo import pseudo_lines
from canvass_app.turf.snapping import Fit, Spots, place_by_number, snap
from canvass_app.turf.walking import UNREACHABLE, Sidewalks

# About 0.7 m east and 1.11 m north in 1e-5 degrees at this latitude; the tests count in metres through this frame.
ORIGIN = Frame(-75.7, 45.4)
Metres = tuple[float, float]


def line(
    *points: Metres,
    street: int = 0,
    kind: StreetClass = StreetClass.STREET,
    bridge: bool = False,
    left: tuple[int, int, int] = (0, 0, 0),
    right: tuple[int, int, int] = (0, 0, 0),
) -> tuple[Sequence[Metres], int, StreetClass, bool, tuple[tuple[int, int, int], ...]]:
    return points, street, kind, bridge, (left, right)


def network(
    *lines: tuple[Sequence[Metres], int, StreetClass, bool, tuple[tuple[int, int, int], ...]],
) -> Network:
    points = np.array([point for one in lines for point in one[0]], float).reshape(-1, 2)
    return build_network(
        Lines(
            ORIGIN.degrees(points),
            np.cumsum([0] + [len(one[0]) for one in lines]).astype(np.int32),
            np.array([one[1] for one in lines], np.int32),
            np.array([one[2] for one in lines], np.uint8),
            np.array([one[3] for one in lines], bool),
            np.array([one[4] for one in lines], np.int32).reshape(-1, 2, 3),
        )
    )


def doors(net: Network, *at: Metres, street: int | Sequence[int] = 0) -> Spots:
    places = ORIGIN.degrees(np.array(at, float))
    streets = [street] * len(at) if isinstance(street, int) else list(street)
    return snap(net, places[:, 0], places[:, 1], np.array(streets, np.int32))


def seconds(net: Network, *at: Metres, street: int | Sequence[int] = 0) -> np.ndarray:
    return Sidewalks(net).seconds(doors(net, *at, street=street))


CROSS = (line((-100, 0), (0, 0), (100, 0)), line((0, -100), (0, 0), (0, 100), street=1))


def test_streets_that_share_a_point_meet_there_and_others_pass() -> None:
    assert len(network(*CROSS).tail) == 4
    over = network(line((-100, 0), (100, 0)), line((0, -100), (0, 100), street=1))
    assert (len(over.tail), over.parts) == (2, 2)


def test_parts_are_numbered_from_the_longest() -> None:
    net = network(line((500, 0), (600, 0)), *CROSS)
    assert net.parts == 2
    assert net.part[net.tail].tolist() == [1, 0, 0, 0, 0]


def test_a_door_belongs_to_its_own_street_within_120_metres_though_another_is_nearer() -> None:
    net = network(line((0, 0), (200, 0)), line((0, 90), (200, 90), street=1))
    near = doors(net, (50, 80), (50, 209), (50, -130), (50, 80), street=(0, 0, 0, -1))
    assert near.segment.tolist() == [0, 1, 0, 1]
    assert near.fit.tolist() == [Fit.NAMED, Fit.NEAREST, Fit.FAR, Fit.NEAREST]
    assert near.distance == pytest.approx([80, 119, 130, 10], abs=0.2)
    assert near.offset == pytest.approx([50, 50, 50, 50], abs=0.2)
    assert near.side.tolist() == [1, 1, -1, -1]


def test_a_door_without_a_street_prefers_a_street_to_a_nearer_path_and_never_stands_on_a_railway() -> None:
    net = network(
        line((0, 40), (200, 40)), line((0, 5), (200, 5), kind=StreetClass.PATH),
        line((0, 0), (200, 0), kind=StreetClass.RAIL),
    )  # fmt: skip
    assert doors(net, (50, 0), street=-1).segment.tolist() == [0]


def test_a_door_without_coordinates_has_no_place() -> None:
    net = network(*CROSS)
    none = snap(net, np.zeros(1, np.int32), np.zeros(1, np.int32), np.zeros(1, np.int32))
    assert (none.segment.tolist(), none.fit.tolist()) == ([-1], [Fit.NONE])
    assert Sidewalks(net).seconds(none).tolist() == [[0]]


def test_a_number_is_placed_on_the_side_of_its_parity_ten_metres_from_the_street() -> None:
    net = network(line((0, 0), (100, 0), left=(2, 20, 2), right=(19, 1, 1)))
    spots, places = place_by_number(net, np.array([2, 20, 19, 1, 3, 22], np.int32), np.zeros(6, np.int32))
    assert spots.fit.tolist() == [Fit.NUMBERED] * 5 + [Fit.NONE]
    assert ORIGIN.metres(places[:5]) == pytest.approx(
        np.array([(5, 10), (95, 10), (5, -10), (95, -10), (85, -10)]), abs=0.3
    )
    assert places[5].tolist() == [0, 0]


def test_a_number_of_another_street_or_parity_finds_no_place() -> None:
    net = network(line((0, 0), (100, 0), left=(2, 20, 2)), line((0, 50), (100, 50), street=1, left=(1, 9, 3)))
    spots, _ = place_by_number(net, np.array([4, 5, 5, 4], np.int32), np.array([-1, 0, 1, 1], np.int32))
    assert spots.segment.tolist() == [-1, -1, 1, 1]


def test_crossing_takes_six_seconds_in_mid_block_and_eight_at_an_intersection() -> None:
    net = network(*CROSS)
    walk = seconds(net, (-65, 10), (-26, 10), (-26, -10))
    assert walk[0, 1] == 30
    assert walk[0, 2] == 30 + 6
    # Along the north side past the crossing street: one crossing. Round the corner: none.
    past = seconds(net, (-26, 10), (26, 10), (-10, 26), street=(0, 0, 1))
    assert past[0, 1] == 40 + 8
    assert past[0, 2] == 40


def test_an_arterial_is_crossed_at_intersections_only() -> None:
    net = network(
        line((-900, 0), (0, 0), (100, 0), kind=StreetClass.ARTERIAL),
        line((0, -100), (0, 0), (0, 100), street=1),
    )
    assert seconds(net, (-65, 10), (-65, -10))[0, 1] == round(2 * 65 / 1.3) + 8


def test_round_the_end_of_a_street_costs_no_crossing() -> None:
    net = network(*CROSS)
    assert seconds(net, (-99, 10), (-99, -10))[0, 1] == round(2 / 1.3)


BARRIERS = (StreetClass.RAIL, StreetClass.WATER, StreetClass.MOTORWAY)


@pytest.mark.parametrize("kind", BARRIERS)
@pytest.mark.parametrize("carrier", ["none", "street", "barrier"])
def test_a_barrier_is_crossed_over_bridges_only(kind: StreetClass, carrier: str) -> None:
    net = network(
        line((-100, 0), (100, 0), bridge=carrier == "street"),
        line((10, -50), (10, 50), street=-1, kind=kind, bridge=carrier == "barrier"),
    )
    walk = seconds(net, (-50, 5), (50, 5), (90, 5))
    assert walk[0, 1] == (UNREACHABLE if carrier == "none" else round(100 / 1.3))
    assert walk[1, 2] == round(40 / 1.3)
    assert net.parts == (2 if carrier == "none" else 1)


@pytest.mark.parametrize("kind", [StreetClass.RAIL, StreetClass.WATER])
def test_a_level_crossing_is_no_way_over_the_tracks_but_the_streets_on_either_side_stay(
    kind: StreetClass,
) -> None:
    net = network(
        line((-100, 0), (10, 0), (100, 0)),
        line((10, -50), (10, 0), (10, 50), street=-1, kind=kind),
    )
    walk = seconds(net, (-50, 5), (0, 5), (50, 5))
    assert walk[0, 1] == round(50 / 1.3)
    assert walk[1, 2] == UNREACHABLE


def test_a_ramp_that_ends_on_a_street_does_not_cut_it() -> None:
    net = network(
        line((-100, 0), (10, 0), (100, 0)), line((10, 0), (60, 60), street=-1, kind=StreetClass.MOTORWAY)
    )
    assert seconds(net, (-50, 5), (50, 5))[0, 1] == round(100 / 1.3)


def test_a_path_between_two_streets_is_crossed_for_nothing() -> None:
    net = network(
        line((-100, 0), (0, 0)), line((0, 0), (50, 0), street=-1, kind=StreetClass.PATH),
        line((50, 0), (150, 0), street=1),
    )  # fmt: skip
    assert seconds(net, (-30, 10), (100, -10), street=(0, 1))[0, 1] == round(130 / 1.3)


def test_seconds_are_whole_symmetric_and_the_same_whatever_the_order() -> None:
    net = network(*CROSS)
    rng = np.random.default_rng(7)
    at = [(float(x), float(y)) for x, y in rng.uniform(-90, 90, (30, 2))]
    walk = seconds(net, *at, street=-1)
    turned = seconds(net, *reversed(at), street=-1)
    assert walk.dtype == np.int64
    assert (walk == walk.T).all()
    assert (walk == turned[::-1, ::-1]).all()
    assert (np.diagonal(walk) == 0).all()


def test_an_empty_network_gives_nobody_a_place() -> None:
    net = network()
    assert (net.parts, len(net.tail)) == (0, 0)
    assert doors(net, (0, 0)).segment.tolist() == [-1]


# --- without a street file ----------------------------------------------------------------------


def town() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two streets of 20 lots that lie 80 m apart, and a hamlet far away: places, numbers, streets."""
    at = [(12.0 * (n // 2), 80.0 * s + (10 if n % 2 else -10)) for s in range(2) for n in range(1, 41)]
    at += [(5000.0 + 20.0 * n, 0.0) for n in range(8)]
    number = np.array([n for _ in range(2) for n in range(1, 41)] + list(range(1, 17, 2)), np.int32)
    return ORIGIN.degrees(np.array(at)), number, np.array([0] * 40 + [1] * 40 + [2] * 8, np.int32)


def test_without_a_street_file_doors_alone_make_a_network_that_hangs_together() -> None:
    places, number, street = town()
    net = build_network(pseudo_lines(places[:, 0], places[:, 1], number, street))
    assert net.parts == 1
    spots = snap(net, places[:, 0], places[:, 1], street)
    walk = Sidewalks(net).seconds(spots)
    assert walk.max() < UNREACHABLE
    assert walk[0, 2] == round(12 / 1.3)  # 1 and 3, neighbours in civic order
    crow = np.linalg.norm(ORIGIN.metres(places)[:, None] - ORIGIN.metres(places)[None], axis=2) / 1.3
    assert (walk >= np.floor(crow) - 1).all()


def test_the_network_of_doors_does_not_depend_on_their_order() -> None:
    places, number, street = town()
    mixed = np.random.default_rng(3).permutation(len(number))
    one = pseudo_lines(places[:, 0], places[:, 1], number, street)
    other = pseudo_lines(places[mixed, 0], places[mixed, 1], number[mixed], street[mixed])
    assert all((a == b).all() for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("count", [0, 1])
def test_a_network_of_no_door_or_one_is_empty(count: int) -> None:
    places, number, street = town()
    lines = pseudo_lines(places[:count, 0], places[:count, 1], number[:count], street[:count])
    assert len(lines) == 0
    assert build_network(lines).parts == 0
