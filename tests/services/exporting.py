"""A larger invented town, and what leaks of its exports look like."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO

import pyzipper

from canvass_app.ledger.rosters import DoorEntry, PersonEntry
from canvass_app.services.demo.people_names import COMMUNITIES
from canvass_app.services.exporting import Exported

from .conftest import door, person

STREETS = (
    "Birch St", "Cattail Street", "rue Principale", "Maple Ave", "chemin du Lac", "King St W", "Mill Rd",
    "croissant du Mélèze", "Pine Dr", "boulevard Laurier", "Queen St E", "Moonlight Way",
)  # fmt: skip


def invented_people(count: int, seed: int = 5) -> tuple[list[DoorEntry], list[PersonEntry]]:
    """`count` people in homes of one to three, on twelve streets of two languages, with gaps between the numbers."""
    chance = random.Random(seed)
    lasts = [name for one in COMMUNITIES for name in one.families]
    firsts = [name for one in COMMUNITIES for name in (*one.women, *one.men)]
    doors: dict[bytes, DoorEntry] = {}
    people: list[PersonEntry] = []
    while len(people) < count:
        unit = str(chance.randrange(101, 900)) if chance.random() < 0.15 else ""
        home = door(
            chance.randrange(1, max(60, count // 8)), chance.choice(STREETS), unit, "Greater Millbrook",
            postal_code=f"P3E {chance.randrange(1, 9)}A{chance.randrange(1, 9)}",
        )  # fmt: skip
        if home.door_id in doors:
            continue
        doors[home.door_id] = home
        last = chance.choice(lasts)
        for ordinal in range(chance.choice((1, 1, 2, 2, 3))):
            phone = f"705{chance.randrange(2000000, 9999999)}" if chance.random() < 0.6 else ""
            people.append(
                person(home, last, chance.choice(firsts), 1940 + len(people) % 60, ordinal, phone=phone)
            )
    return list(doors.values()), people[:count]


def sample(rows: Sequence[Sequence[str]], share: float, chance: random.Random) -> list[Sequence[str]]:
    """A random part of a table's rows, in another order."""
    return chance.sample(list(rows), max(1, round(len(rows) * share)))


def stretch(rows: Sequence[Sequence[str]], share: float, chance: random.Random) -> list[Sequence[str]]:
    """A part of a table's rows that stand together."""
    size = max(1, round(len(rows) * share))
    start = chance.randrange(len(rows) - size + 1)
    return list(rows[start : start + size])


def opened(done: Exported) -> dict[str, bytes]:
    with pyzipper.AESZipFile(BytesIO(done.path.read_bytes())) as archive:
        archive.setpassword(done.passphrase.encode())
        return {name: archive.read(name) for name in archive.namelist()}
