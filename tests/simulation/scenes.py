"""Small histories for tests that tell one: a world of three laptops, results typed, exchanges without trouble."""

from __future__ import annotations

import random

from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.sync.outbox import read_mark

from . import keyboard, wires
from .laptop import Laptop
from .steps import Step
from .town import RIDING, door_ids
from .world import World


def three_laptops() -> World:
    """A world in which the first of three laptops has imported a file."""
    made = World(2)
    made.chance = random.Random(0)
    while len(made.laptops) < 3:
        made.laptops.append(Laptop(len(made.laptops), made.chance.randbytes(16), made.now_ms))
    keyboard.roster(made, Step("roster", 0, 0, 0, 1))
    return made


def knocks(world: World, laptop: Laptop, count: int) -> list[Event]:
    """So many attempts, each an act of its own."""
    made: list[Event] = []
    for number in range(count):
        world.ms += 1_000
        body = AttemptMade(code="not_home", page_line=f"l{laptop.index} {world.ms} {number}")
        made += laptop.act("lea", [(door_ids()[number % 4], body)])
    world.acknowledge(made)
    return made


def sync(world: World, laptop: Laptop) -> None:
    """A whole exchange without trouble."""
    laptop.hang_up()
    laptop.dial()
    while wires.exchange_once(world, laptop, "ok") is None:
        pass


def sync_all(world: World) -> None:
    """Until everybody has everything."""
    for _ in range(2):
        for laptop in world.laptops:
            sync(world, laptop)
    world.hq.catch_up()


def pending(laptop: Laptop) -> int:
    return read_mark(laptop.memory.read(), RIDING, laptop.book.device_id).pending


def stored(world: World) -> int:
    return int(
        world.hq.memory.read().query("SELECT COUNT(*) FROM event WHERE riding_id = ?", (RIDING,))[0][0]
    )
