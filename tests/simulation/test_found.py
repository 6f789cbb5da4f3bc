"""What seeds have found, each as a short history of its own."""

from __future__ import annotations

import random

import pytest

from canvass_app.domain.errors import SyncProblem
from canvass_app.ledger.events import Key
from canvass_app.ledger.kinds import AttemptCorrected, NoteWritten
from canvass_app.services.identity import take_new_identity
from canvass_app.sync.problems import RESTORED

from . import sticks, wires
from .invariants import check_all
from .laptop import Laptop
from .runner import run
from .scenes import knocks, sync, sync_all, three_laptops
from .steps import Step
from .sticks import Stick
from .town import RIDING, door_ids, people_ids
from .world import World


@pytest.fixture
def world() -> World:
    return three_laptops()


@pytest.mark.parametrize("first", [0, 1])
def test_two_notes_under_one_number_change_places(world: World, first: int) -> None:
    """Found by a seed: a copied laptop's note about a person had the number of a note about a door."""
    half = world.laptops[0]
    sync_all(world)
    other = half.twin(len(world.laptops))
    world.laptops.append(other)
    world.acknowledge(half.act("lea", [(door_ids()[0], NoteWritten(target="door", text="dog"))]))
    world.acknowledge(other.act("tom", [(people_ids()[0], NoteWritten(target="person", text="works late"))]))
    for laptop in (half, other) if first == 0 else (other, half):
        sync(world, laptop)
    sync_all(world)
    sync_all(world)
    for laptop in world.laptops:
        notes = laptop.memory.read().query(
            "SELECT text FROM note WHERE riding_id = ? ORDER BY text", (RIDING,)
        )
        assert [str(row[0]) for row in notes] == ["dog", "works late"]
    check_all(world)


def test_a_stick_that_was_faster_than_the_wire_costs_no_second_pull(world: World) -> None:
    """Found by a seed: a receipt named more events as held than it told the order of."""
    laptop, stick = world.laptops[0], Stick()
    sync_all(world)
    knocks(world, laptop, 1)
    laptop.dial()
    while not (laptop.call is not None and laptop.call.path.endswith("/events")):
        wires.exchange_once(world, laptop, "ok")
    knocks(world, laptop, 3)
    assert sticks.load(stick, laptop) == 4
    sticks.deliver(stick, world.hq, random.Random(1), cut=False)
    # check_call, within, breaks when everything is pulled again.
    while wires.exchange_once(world, laptop, "ok") is None:
        pass
    sync_all(world)
    check_all(world)


def test_a_new_identity_outlives_a_disk_that_lied(world: World) -> None:
    """Found by a seed: the journal brought the new identity back, but the running program wrote under the old one."""
    laptop = world.laptops[0]
    sync_all(world)
    before, kept = laptop.book.device_id, laptop.memory.copy()
    knocks(world, laptop, 2)
    take_new_identity(laptop.book)
    now = laptop.book.device_id
    laptop.memory.go_back_to(kept)
    laptop.start()
    assert before != now == laptop.book.device_id
    knocks(world, laptop, 1)
    laptop.has_cursor = False
    sync_all(world)
    check_all(world)


def test_what_a_new_identity_said_again_steps_aside_on_an_older_database(world: World) -> None:
    """Found by a seed: the events came back under the new id, and stood under the old one as well."""
    laptop = world.laptops[0]
    sync_all(world)
    knocks(world, laptop, 2)
    kept = laptop.memory.copy()
    take_new_identity(laptop.book)
    laptop.memory.go_back_to(kept)
    laptop.start()
    laptop.has_cursor = False
    sync_all(world)
    check_all(world)


@pytest.mark.parametrize(
    ("seed", "steps"),
    [
        (
            96,
            [
                Step("roster", 0, 0, 0, 1305834408),
                Step("bar", 183, 22946, 62520, 1531112072),
                Step("roster", 156, 42859, 54592, 3406380900),
                Step("same_person", 155, 1947, 13183, 1896357611),
            ],
        ),
        (
            325,
            [
                Step("move", 23, 38666, 22183, 472381187),
                Step("bar", 71, 45293, 47756, 2890813851),
                Step("roster", 45, 47284, 33012, 2453661510),
                Step("roster", 250, 50381, 24346, 3196542637),
                Step("same_person", 101, 35725, 12912, 3348278588),
            ],
        ),
    ],
)
def test_a_barred_person_found_to_be_another_leaves_the_door_open(seed: int, steps: list[Step]) -> None:
    """Found by two seeds: the row went, and the door where it had stood alone stayed barred."""
    outcome = run(seed, steps)
    assert not outcome.broken, outcome.problem


def test_headquarters_put_back_in_the_middle_of_a_pull_is_pulled_once(world: World) -> None:
    """Found by a seed: the pages of the restored one were taken under the old one's numbers, differed, and were taken again."""
    laptop, other = world.laptops[0], world.laptops[1]
    sync_all(world)
    backup = world.hq.memory.copy()
    knocks(world, other, 3)
    sync(world, other)
    laptop.dial()
    while not (laptop.call is not None and "/events?" in laptop.call.path):
        wires.exchange_once(world, laptop, "ok")
    world.hq.restore(backup)
    for one in world.laptops:
        one.has_cursor = False
    with pytest.raises(SyncProblem) as problem:
        sync_on(world, laptop)
    assert problem.value.text == RESTORED
    sync_all(world)
    check_all(world)


def test_how_far_a_database_has_come_with_headquarters_is_not_in_the_journal() -> None:
    """Found by a seed: the journal brought a new epoch back beside the numbers of the one before."""
    outcome = run(
        1611,
        [
            Step("clone", 168, 49503, 57539, 114828505),
            Step("bar", 175, 19858, 63759, 4203141301),
            Step("back_up_hq", 7, 53569, 44434, 4115650025),
            Step("wire", 243, 38260, 49493, 3449355719),
            Step("talk", 60, 17032, 14160, 3632401239),
            Step("wire", 36, 23446, 9796, 2702660204),
            Step("back_up_hq", 136, 60166, 1994, 2378701894),
            Step("wire", 219, 28363, 65395, 4072937527),
            Step("lie", 123, 5652, 50639, 69615541),
            Step("clone", 0, 43731, 6229, 870112191),
            Step("back_up_hq", 97, 51683, 16717, 2103239353),
            Step("restore_hq", 213, 58557, 9592, 3395817722),
            Step("wire", 113, 2253, 20511, 3343914983),
            Step("power_cut", 58, 44914, 58989, 4077639659),
        ],
    )
    assert not outcome.broken, outcome.problem


def test_a_correction_on_a_stick_finds_its_attempt_in_an_earlier_part(world: World) -> None:
    """Found by a seed: the other half of a copy spoke in two parts, and the second knew nothing of the first's new
    numbers."""
    half = world.laptops[0]
    sync_all(world)
    other = half.twin(len(world.laptops))
    world.laptops.append(other)
    knocks(world, other, 2)
    sync(world, other)
    first = knocks(world, half, sticks.FINE.batch_events + 4)[0]
    body = AttemptCorrected(device=first.key.device_id, seq=first.key.device_seq, code="refused")
    (correction,) = half.act("lea", [(first.subject, body)])
    stick = Stick()
    sticks.load(stick, half)
    sticks.deliver(stick, world.hq, random.Random(1), cut=False)
    arrived = {event.identity: event for _, event in world.hq_events()}
    about = arrived[correction.identity].body
    assert isinstance(about, AttemptCorrected)
    assert Key(about.device, about.seq) == arrived[first.identity].key != first.key
    sync_all(world)
    sync_all(world)
    check_all(world)


def test_a_stick_outlives_the_headquarters_that_knew_what_came_before_it(world: World) -> None:
    """Found by a seed: a restored headquarters refused a stick for a gap, and nobody else had what was on it."""
    laptop = world.laptops[0]
    sync_all(world)
    backup = world.hq.memory.copy()
    knocks(world, laptop, 2)
    sync(world, laptop)
    made = knocks(world, laptop, 3)
    stick = Stick()
    sticks.load(stick, laptop)
    world.hq.restore(backup)
    for one in world.laptops:
        one.has_cursor = False
    sticks.deliver(stick, world.hq, random.Random(1), cut=False)
    assert {event.identity for event in made} <= {event.identity for _, event in world.hq_events()}
    # The laptop was not lost after all: each counts once.
    sync_all(world)
    sync_all(world)
    check_all(world)


def sync_on(world: World, laptop: Laptop) -> None:
    """Go on with the exchange that is under way, to its end."""
    while wires.exchange_once(world, laptop, "ok") is None:
        pass
