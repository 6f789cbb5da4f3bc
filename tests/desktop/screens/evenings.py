"""Evenings of invented results, made through the real services with a clock that the test moves."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import DoorAdded, PersonAdded, ResidenceBegan
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.entry import Mark, Shift, open_shift, record
from canvass_app.services.ridings import note_riding
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.desktop.screens.world import CAMPAIGN, FIRST, LAST, RIDING, an_id

# A Tuesday at 18:00 in Toronto.
START_MS = int(datetime(2015, 10, 6, 22, 0, tzinfo=UTC).timestamp() * 1000)
DAY_MS = 86_400_000


@dataclass
class Clock:
    """A wall clock that the test moves."""

    ms: int = START_MS

    def __call__(self) -> int:
        return self.ms


def open_evenings(folder: Path, clock: Clock) -> Book:
    """A book with the test campaign and a riding without doors."""
    book = open_book(folder, passphrase="test", now_ms=clock)
    set_campaign(book, CAMPAIGN)
    with book.act("") as act:
        note_riding(act.db, Riding(RIDING, Text("Testville", "Villétest"), "ON"))
    return book


def add_street(book: Book, street: str, doors: int, north: int = 0) -> list[bytes]:
    """One side of a street, two people behind every third door, one behind the others."""
    made: list[bytes] = []
    with book.act("") as act:
        for n in range(doors):
            door = an_id(f"{street} {n}")
            body = DoorAdded(
                number=2 * n + 1, suffix="", street=street.split()[0].upper(), street_type="ST", street_direction="",
                street_label=street, unit="", floor=0, municipality="Testville", postal_code="K1A0A1",
                point=(-75_700_000 + 260 * n, 45_400_000 + north),
            )  # fmt: skip
            act.add(RIDING, door, body)
            for at in range(2 if n % 3 == 0 else 1):
                person = an_id(f"{street} {n} {at}")
                named = PersonAdded(last=LAST[n % len(LAST)], first=FIRST[(n + at) % len(FIRST)])
                act.add(RIDING, person, named)
                act.add(RIDING, person, ResidenceBegan(door=door))
            made.append(door)
    return made


def cut(book: Book, name: str, doors: list[bytes]) -> int:
    """A turf of these doors and its walk list; the list's number."""
    turf = make_turf(book, RIDING, name, doors)
    return issue_walk_list(book, RIDING, turf.turf_id).document.number


MARKS = (
    *[Mark(code="not_home")] * 60, *[Mark(code="refused")] * 4, Mark(code="moved"), *[Mark(code="come_back")] * 2,
    Mark(code="language_barrier"), *[Mark(code="left_literature")] * 5, *[Mark(code="inaccessible")] * 3,
    *[Mark(support="1", answers={"pledge": ("yes",)})] * 5, *[Mark(support="2", second="L")] * 4,
    *[Mark(support="3")] * 4, *[Mark(support="4")] * 2, Mark(support="5"), Mark(support="WS"),
    Mark(code="do_not_knock"),
)  # fmt: skip


def walk(book: Book, clock: Clock, number: int, volunteer: str, lines: range, seed: int = 1) -> Shift:
    """One shift: a result on each of these lines, three minutes apart."""
    chance = random.Random(seed)
    shift = open_shift(book, volunteer, RIDING, number)
    for line in lines:
        clock.ms += 180_000
        record(book, shift, number, line, chance.choice(MARKS))
    return shift


def three_evenings(folder: Path, clock: Clock, *, long_names: bool = False) -> Book:
    """Four turfs of forty doors; three evenings on three of them."""
    book = open_evenings(folder, clock)
    names = ["Turf 1", "Turf 2", "=Turf 3", "Turf 4"]
    people = ["Luc Roy", "Priya Sandhu", "Anne Tremblay"]
    if long_names:
        names[1] = (
            "The towers between the railway and the river, north side, with the courtyard <b>behind</b>"
        )
        people[1] = "Marie-Antoinette Desjardins-Vaillancourt de la Rivière-aux-Bouleaux"
    streets = ("Birch Street", "Elm Street", "Rue du Quai", "Maple Street")
    numbers = [
        cut(book, name, add_street(book, street, 40, 900 * place))
        for place, (name, street) in enumerate(zip(names, streets, strict=True))
    ]
    add_street(book, "Ash Street", 25, 5000)
    for evening, (number, volunteer) in enumerate(zip(numbers[:3], people, strict=True)):
        clock.ms = START_MS + evening * DAY_MS
        walk(book, clock, number, volunteer, range(1, 31 + 6 * evening), seed=evening)
        walk(book, clock, numbers[0], people[0], range(31, 37), seed=evening + 10)
    return book
