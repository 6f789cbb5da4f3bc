"""Cutting: even turfs of one piece that cross no barrier, the same each time, and whatever the ground."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.city import city
from canvass_app.domain.pace import USUAL
from canvass_app.domain.streets import Segment, StreetClass
from canvass_app.services.streets import Doors, fit_doors
from canvass_app.turf.area import GRAIN, Area, build_area, connected, pieces
from canvass_app.turf.cutting import CutCancelled, cut, cut_seconds, estimate, rebalance
from canvass_app.turf.merging import merged
from canvass_app.turf.walking import UNREACHABLE, Sidewalks


class Ground(NamedTuple):
    """An area and what it was made of."""

    area: Area
    walks: Sidewalks
    spots: object
    stop: NDArray[np.int32]


def ground(segments: list[Segment], doors: Doors, *, lone: int = 68, grain: int = GRAIN) -> Ground:
    fit = fit_doors(segments, doors)
    numbers: dict[tuple[str, int], int] = {}
    keys = zip(doors.street, doors.number.tolist(), strict=True)
    stop = np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int32)
    size = np.bincount(stop, minlength=1)
    each = np.array([USUAL.stop_seconds(int(n)) / max(int(n), 1) for n in size])
    walks = Sidewalks(fit.network)
    seconds = np.rint(each[stop]).astype(np.int32)
    area = merged(build_area(walks, fit.spots, stop, seconds, lone=lone, grain=grain), grain)
    return Ground(area, walks, fit.spots, stop)


def town(doors: int = 2000, seed: int = 3) -> Ground:
    made = city(doors, seed)
    columns = Doors(made.ids, [""] * len(made.ids), made.street, made.number, made.lon_e6, made.lat_e6)
    return ground(made.segments, columns)


STREET_M = 111.195
"""Metres of a thousandth of a degree at the equator."""


def row(
    name: str, y: int, numbers: range, *, x: int = 0, step: int = 100, side: int = 90
) -> tuple[list[str], list[int], list[tuple[int, int]]]:
    """Doors along an east-west street at the equator, micro-degrees."""
    return (
        [name] * len(numbers),
        list(numbers),
        [(x + step * at + 50, y + side) for at in range(len(numbers))],
    )


def street(
    name: str, *points: tuple[int, int], kind: StreetClass = StreetClass.STREET, bridge: bool = False
) -> Segment:
    return Segment(f"{name}{points}", points, name, name, kind, bridge)


def columns(*rows: tuple[list[str], list[int], list[tuple[int, int]]]) -> Doors:
    keys = [key for one in rows for key in one[0]]
    numbers = np.array([n for one in rows for n in one[1]], np.int32)
    points = np.array([p for one in rows for p in one[2]], np.int32).reshape(-1, 2)
    ids = [at.to_bytes(16, "big") for at in range(len(keys))]
    return Doors(ids, [""] * len(ids), keys, numbers, points[:, 0], points[:, 1])


def doors_of(one: Ground, owner: NDArray[np.int32]) -> NDArray[np.int64]:
    mine = owner >= 0
    return np.bincount(owner[mine], weights=one.area.doors[mine]).astype(np.int64)


@pytest.fixture(scope="module")
def invented() -> Ground:
    return town()


def test_links_are_told_from_both_ends_and_no_unit_is_its_own_neighbour(invented: Ground) -> None:
    area = invented.area
    one = np.repeat(np.arange(len(area)), np.diff(area.starts))
    there = {(int(a), int(b)): int(g) for a, b, g in zip(one, area.near, area.gap, strict=True)}
    assert all(there[b, a] == gap for (a, b), gap in there.items())
    assert not any(a == b for a, b in there)
    assert all((np.diff(area.of(unit)) > 0).all() for unit in range(len(area)))


def test_units_hold_every_door_once_and_only_doors_that_lie_together(invented: Ground) -> None:
    area = invented.area
    assert (area.unit >= 0).all()
    assert (np.bincount(area.unit, minlength=len(area)) == area.doors).all()
    assert int(area.doors[~area.alone].max()) <= 12
    assert area.part.max() == 0


def test_turfs_are_whole_even_and_hold_every_unit(invented: Ground) -> None:
    area = invented.area
    even = np.flatnonzero(~area.alone)
    turfs = round(int(area.doors[even].sum()) / 80)
    made = cut(area, turfs)
    assert (made.owner >= 0).all()
    assert all(connected(area, np.flatnonzero(made.owner == turf)) for turf in range(turfs))
    doors, seconds = doors_of(invented, made.owner)[:turfs], estimate(area, made.owner)[:turfs]
    assert doors.max() / doors.min() <= 1.20
    assert seconds.max() / seconds.min() <= 1.20
    assert cut_seconds(area) == pytest.approx(seconds.sum(), rel=0.05)


def test_large_buildings_are_turfs_by_themselves(invented: Ground) -> None:
    area = invented.area
    assert area.alone.any()
    made = cut(area, 20)
    for turf in made.apart.tolist():
        units = np.flatnonzero(made.owner == turf)
        assert area.alone[units].all()
        assert len(np.unique(area.building[units])) == 1
    assert not area.alone[np.isin(made.owner, np.arange(20))].any()


def test_the_same_seed_cuts_the_same_and_another_one_otherwise(invented: Ground) -> None:
    first = cut(invented.area, 20, seed=4).owner
    assert first.tobytes() == cut(invented.area, 20, seed=4).owner.tobytes()
    assert first.tobytes() != cut(invented.area, 20, seed=5).owner.tobytes()


def test_no_turf_lies_on_both_sides_of_the_river_but_over_a_bridge() -> None:
    """Two rows of doors, a river between them that no street without a bridge crosses."""

    def banks(bridge_at: int) -> Ground:
        points = sorted({0, 1_000, 2_000, bridge_at})
        segments = [
            *(street(name, *((x, y) for x in points)) for name, y in (("NORTH", 600), ("SOUTH", 0))),
            street("WATER", (-1_000, 300), (20_000, 300), kind=StreetClass.WATER),
            street("BRIDGE", (bridge_at, 0), (bridge_at, 600), bridge=True),
            street("FORD", (0, 0), (0, 600)),
        ]  # fmt: skip
        return ground(segments, columns(row("NORTH", 600, range(1, 41, 2)), row("SOUTH", 0, range(1, 41, 2))))

    two = banks(12_000)
    assert len(np.unique(two.area.part)) == 2  # so far a way is an outing of its own
    held = np.append(cut(two.area, 2).owner, -1)[two.area.unit]
    assert {frozenset(held[:20].tolist()), frozenset(held[20:].tolist())} == {frozenset({0}), frozenset({1})}
    assert banks(1_000).area.part.max() == 0


def test_an_island_is_a_turf_by_itself() -> None:
    segments = [street("MAIN", (0, 0), (8_000, 0)), street("ISLAND", (0, 3_000), (500, 3_000))]
    island = row("ISLAND", 3_000, range(1, 7, 2))
    both = ground(segments, columns(row("MAIN", 0, range(1, 161, 2)), island))
    made = cut(both.area, 4)
    held = np.append(made.owner, -1)[both.area.unit]
    assert len(np.unique(held[80:])) == 1
    assert held[80] in made.apart
    assert held[80] not in held[:80]
    assert made.turfs == 5


def test_one_door_ten_kilometres_away_is_a_turf_by_itself() -> None:
    segments = [street("MAIN", (0, 0), (4_000, 0)), street("MAIN", (4_000, 0), (94_000, 0))]
    far = (["MAIN"], [9_999], [(93_500, 90)])
    one = ground(segments, columns(row("MAIN", 0, range(1, 81, 2)), far))
    made = cut(one.area, 2)
    held = np.append(made.owner, -1)[one.area.unit]
    assert (held[:40] < 2).all()
    assert held[40] in made.apart
    assert (held == held[40]).sum() == 1


@pytest.mark.parametrize("turfs", [1, 5, 8])
def test_four_hundred_doors_in_one_tower_make_turfs_of_their_own_by_floors(turfs: int) -> None:
    segments = [street("MAIN", (0, 0), (1_000, 0))]
    tower = (["MAIN"] * 400, [7] * 400, [(500, 90)] * 400)
    one = ground(segments, columns(tower), lone=round(0.85 * 400 / turfs))
    made = cut(one.area, 1, building=400 / turfs)
    held = np.append(made.owner, -1)[one.area.unit]
    assert (np.diff(held) >= 0).all()  # floors stay together
    sizes = np.bincount(held)
    assert len(sizes) == turfs
    assert sizes.max() - sizes.min() <= 13
    assert made.apart.tolist() == list(range(turfs))


def test_doors_at_one_point_are_dealt_out_all_the_same() -> None:
    segments = [street("MAIN", (0, 0), (1_000, 0))]
    heap = (["MAIN"] * 60, list(range(1, 121, 2)), [(500, 90)] * 60)
    one = ground(segments, columns(heap))
    made = cut(one.area, 3)
    assert sorted(doors_of(one, made.owner).tolist()) == [18, 21, 21]  # units of three


def test_more_turfs_than_units_are_as_many_as_there_are_units() -> None:
    one = ground([street("MAIN", (0, 0), (1_000, 0))], columns(row("MAIN", 0, range(1, 7, 2))), grain=1)
    made = cut(one.area, 10)
    assert made.turfs == len(one.area) == 3
    assert sorted(made.owner.tolist()) == [0, 1, 2]


def test_nothing_to_cut_is_no_turf(invented: Ground) -> None:
    made = cut(invented.area, 3, units=np.zeros(0, np.int32))
    assert (made.turfs, len(made.apart)) == (0, 0)


def test_a_cut_of_some_units_leaves_the_others_alone(invented: Ground) -> None:
    some = pieces(invented.area, np.flatnonzero(invented.area.xy[:, 0] < 0))[0]
    made = cut(invented.area, 5, units=some)
    assert sorted(np.flatnonzero(made.owner >= 0).tolist()) == some.tolist()


def test_a_cut_tells_how_far_it_is_and_can_be_stopped(invented: Ground) -> None:
    heard: list[float] = []
    cut(invented.area, 12, report=heard.append)
    assert heard == sorted(heard)
    assert 0 <= heard[0] < heard[-1] <= 1
    left = iter([False] * 5)
    with pytest.raises(CutCancelled):
        cut(invented.area, 12, cancelled=lambda: next(left, True))


def test_measured_walking_moves_the_borders(invented: Ground) -> None:
    """A turf that is said to walk an hour more gives doors away."""
    before = cut(invented.area, 12, walking=lambda owner, which: np.zeros(len(which)), aim="minutes").owner

    def slow(owner: NDArray[np.int32], which: NDArray[np.int32]) -> NDArray[np.float64]:
        west = invented.area.xy[:, 0] < 0
        return np.array([3600.0 * west[owner == turf].mean() for turf in which.tolist()])

    after = cut(invented.area, 12, walking=slow, aim="minutes").owner
    doors = doors_of(invented, after)[:12]
    west = [invented.area.xy[after == turf, 0].mean() < 0 for turf in range(12)]
    assert doors[west].mean() < 0.9 * doors[np.logical_not(west)].mean()
    plain = doors_of(invented, before)[:12]
    assert plain.max() / plain.min() < 1.25


@settings(max_examples=6, deadline=None)
@given(
    seed=st.integers(1, 1000),
    turfs=st.integers(2, 14),
    locked=st.sets(st.integers(0, 13), max_size=6),
    moved=st.integers(0, 40),
)
def test_rebalancing_keeps_locked_turfs_and_every_unit(
    invented: Ground, seed: int, turfs: int, locked: set[int], moved: int
) -> None:
    area = invented.area
    made = cut(area, turfs, seed=seed)
    owner = made.owner.copy()
    rng = np.random.default_rng(seed)
    for unit in rng.integers(0, len(area), moved).tolist():
        beside = owner[area.of(unit)]
        if len(beside):
            owner[unit] = beside[0]
    held = np.array(sorted({*(one for one in locked if one < turfs), *made.apart.tolist()}), np.int32)
    after = rebalance(area, owner, locked=held, seed=seed)
    for turf in held.tolist():
        assert ((after == turf) == (owner == turf)).all()
    assert ((after >= 0) == (owner >= 0)).all()
    for turf in np.setdiff1d(np.arange(turfs), held).tolist():
        whole_before = connected(area, np.flatnonzero(owner == turf))
        assert connected(area, np.flatnonzero(after == turf)) or not whole_before


def test_stops_of_a_turf_can_all_be_walked_to(invented: Ground) -> None:
    made = cut(invented.area, 20)
    held = np.append(made.owner, np.int32(-1))[invented.area.unit]
    for turf in range(20):
        doors = np.flatnonzero(held == turf)
        seconds = invented.walks.seconds(invented.spots.take(doors[:: max(1, len(doors) // 12)]))  # type: ignore[attr-defined]
        assert (seconds < UNREACHABLE).all()
