"""A headquarters that was put back, in short histories: what comes back, by whom, and which planted faults that shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pytest

from canvass_app.services.identity import take_new_identity

from . import wires
from .broken import Broken
from .faults import FAULTS
from .invariants import check_all
from .laptop import Laptop
from .scenes import knocks, sync, sync_all, three_laptops
from .steps import Step
from .town import RIDING
from .troubles import back_up_hq, restore_hq
from .world import World

Plant = Callable[[], AbstractContextManager[object]]
STEP = Step("restore_hq", 0, 0, 0, 1)


def restored(world: World) -> None:
    """Yesterday's backup."""
    world.ms += 3_600_000
    restore_hq(world, STEP)


def ends(world: World) -> None:
    """Everything is delivered, and everything holds."""
    world.chance = random.Random(1)
    world.settle()
    check_all(world)


def gone(world: World, laptop: Laptop) -> None:
    """Its owner moved away with it."""
    world.laptops.remove(laptop)
    world.count_losses()


def a_lost_laptops_results_are_with_others() -> None:
    world = three_laptops()
    lost = world.laptops[1]
    sync_all(world)
    back_up_hq(world, STEP)
    lost.skew_ms = 86_400_000
    knocks(world, lost, 3)
    sync_all(world)
    gone(world, lost)
    restored(world)
    ends(world)
    assert {e.key.device_id for _, e in world.hq_events()} >= {lost.book.device_id}


def a_laptop_of_which_headquarters_never_heard() -> None:
    world = three_laptops()
    back_up_hq(world, STEP)
    sync_all(world)
    lost = world.laptops[1]
    knocks(world, lost, 3)
    sync_all(world)
    gone(world, lost)
    restored(world)
    ends(world)
    assert lost.book.device_id not in {e.key.device_id for _, e in world.hq_events()}


def a_former_identitys_numbers_are_anothers_now() -> None:
    world = three_laptops()
    half = world.laptops[0]
    sync_all(world)
    other = half.twin(len(world.laptops))
    back_up_hq(world, STEP)
    knocks(world, half, 3)
    sync_all(world)
    take_new_identity(half.book)
    half.has_cursor = False
    world.laptops.append(other)
    restored(world)
    knocks(world, other, 2)
    sync(world, other)
    ends(world)


def the_third_of_a_row_of_restores_meets_halves_of_halves() -> None:
    world = three_laptops()
    sync_all(world)
    back_up_hq(world, STEP)
    for number in range(3):
        twin = world.laptops[number].twin(len(world.laptops))
        knocks(world, world.laptops[number], 2)
        for laptop in world.laptops:
            world.sync_whole(laptop)
        world.laptops.append(twin)
        knocks(world, twin, 3)
        restored(world)
        world.sync_whole(twin)
    ends(world)


def two_bring_back_the_same_at_once() -> None:
    world = three_laptops()
    sync_all(world)
    back_up_hq(world, STEP)
    one, lost, two = world.laptops
    knocks(world, lost, 3)
    sync_all(world)
    gone(world, lost)
    restored(world)
    one.dial()
    while not (one.call is not None and one.call.path.endswith("/relay")):
        wires.exchange_once(world, one, "ok")
    sync(world, two)
    while wires.exchange_once(world, one, "ok") is None:
        pass
    ends(world)


SCENES = (
    two_bring_back_the_same_at_once,
    a_lost_laptops_results_are_with_others,
    a_laptop_of_which_headquarters_never_heard,
    a_former_identitys_numbers_are_anothers_now,
    the_third_of_a_row_of_restores_meets_halves_of_halves,
)


def run(scene: Callable[[], None], plant: Plant = nullcontext) -> None:
    with plant():
        scene()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_restored_headquarters_loses_nothing_that_a_laptop_has(scene: Callable[[], None]) -> None:
    run(scene)


@pytest.mark.parametrize(
    ("fault", "scene"),
    [
        ("relay_without_stamps", a_lost_laptops_results_are_with_others),
        ("relay_overwrites", two_bring_back_the_same_at_once),
        ("no_relay", a_lost_laptops_results_are_with_others),
        ("displaced_forgotten", a_laptop_of_which_headquarters_never_heard),
        ("displaced_forgotten", a_former_identitys_numbers_are_anothers_now),
    ],
)
def test_a_planted_fault_of_a_restore_is_caught(fault: str, scene: Callable[[], None]) -> None:
    with pytest.raises(Broken) as broken:
        run(scene, FAULTS[fault].plant)
    assert broken.value.name in FAULTS[fault].caught_by


def test_what_is_given_back_is_noted_by_who_brought_it() -> None:
    world = three_laptops()
    sync_all(world)
    back_up_hq(world, STEP)
    lost, carrier = world.laptops[1], world.laptops[2]
    knocks(world, lost, 2)
    sync_all(world)
    gone(world, lost)
    restored(world)
    sync(world, carrier)
    rows = world.hq.memory.read().query(
        "SELECT device_id, carrier, from_seq, to_seq, events FROM relayed WHERE riding_id = ?", (RIDING,)
    )
    assert [(bytes(row[0]), bytes(row[1]), *row[2:]) for row in rows] == [
        (lost.book.device_id, carrier.book.device_id, 1, 2, 2)
    ]
