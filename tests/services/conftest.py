"""A small invented riding for service tests: one street, two towers, a campaign with a pledge question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.address import Address, normalise_street
from canvass_app.domain.ids import listed_person_id
from canvass_app.domain.people import PersonName
from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import RosterAdded
from canvass_app.ledger.rosters import DoorEntry, PersonEntry, build_roster
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.ridings import note_riding
from canvass_app.storage.roster_store import roster_id_of, store_chunks

RIDING = 201399001
START_MS = 1_443_000_000_000

CAMPAIGN: dict[str, Any] = {
    "name": {"en": "Test Campaign", "fr": "Campagne d’essai"},
    "map_year": 2013,
    "time_zone": "America/Toronto",
    "parties": [
        {"key": "lib", "letter": "L", "name": {"en": "Maple", "fr": "Érable"}, "color": "#aa0000"},
        {"key": "grn", "letter": "G", "name": {"en": "Birch", "fr": "Bouleau"}, "color": "#00aa00"},
    ],
    "script": {
        "id": "door",
        "version": 1,
        "name": {"en": "Door", "fr": "Porte"},
        "questions": [
            {
                "id": "pledge",
                "kind": "yes_no",
                "text": {"en": "Will you pledge?", "fr": "Vous engagez-vous?"},
                "choices": [
                    {"id": "yes", "key": "y", "text": {"en": "yes", "fr": "oui"}},
                    {"id": "no", "key": "z", "text": {"en": "no", "fr": "non"}},
                ],
            }
        ],
    },
}


@dataclass
class FakeTime:
    """A wall clock that the test moves."""

    ms: int = START_MS

    def __call__(self) -> int:
        return self.ms

    def forward(self, ms: int) -> None:
        self.ms += ms


def door(number: int, street: str = "Birch St", unit: str = "", town: str = "", **more: Any) -> DoorEntry:
    """A door of the invented town."""
    named = normalise_street(street)
    address = Address(number, "", named, unit, town)
    values = {
        "door_id": address.door_id, "number": number, "suffix": "", "street": named.name, "street_type": named.type,
        "street_direction": named.direction, "street_label": named.label, "unit": unit,
        "floor": int(unit) // 100 if unit else 0, "municipality": town, "postal_code": "",
        "lon_e6": -75_000_000 + number * 100, "lat_e6": 45_000_000, "polling_division": "12", "building_use": "",
    }  # fmt: skip
    return DoorEntry(**(values | more))


def person(
    home: DoorEntry, last: str, first: str, year: int = 0, ordinal: int = 0, **more: Any
) -> PersonEntry:
    """Somebody invented at a door."""
    values: dict[str, Any] = {
        "person_id": listed_person_id(home.door_id, PersonName(last, first).key, year, ordinal),
        "door_id": home.door_id, "last": last, "first": first, "middle": "", "birth_year": year, "phone": "",
        "email": "", "language": "", "sex": "", "support": "", "source": "", "external_id": "",
    }  # fmt: skip
    return PersonEntry(**(values | more))


def add_roster(
    book: Book, doors: list[DoorEntry], people: list[PersonEntry] | None = None, source: str = "test.csv"
) -> bytes:
    """Add a roster the way the import does; its id."""
    roster = build_roster(RIDING, doors, people or [])
    with book.act("lead") as act:
        note_riding(act.db, Riding(RIDING, Text("Birch River", "Rivière-aux-Bouleaux")))
        store_chunks(act.db, RIDING, roster)
        body = RosterAdded(name=roster.name, source=source, doors=len(doors), people=len(people or []))
        act.add(RIDING, roster_id_of(roster.name), body)
    return roster_id_of(roster.name)


@dataclass
class Town:
    """The invented street as test cases use it."""

    doors: list[DoorEntry] = field(default_factory=list)
    people: list[PersonEntry] = field(default_factory=list)

    def at(self, number: int) -> DoorEntry:
        return next(d for d in self.doors if d.number == number)


def make_town() -> Town:
    """Twelve houses on Birch St; 2 holds a couple, 4 one person, 6 a father and son of one name."""
    town = Town([door(n) for n in range(2, 26, 2)])
    town.people = [
        person(town.at(2), "Roy", "Luc"),
        person(town.at(2), "Roy", "Marie"),
        person(town.at(4), "Tremblay", "Anne", 1970),
        person(town.at(6), "Singh", "Arjun", 1950),
        person(town.at(6), "Singh", "Arjun", 1980),
    ]
    return town


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def book(tmp_path: Path, fake_time: FakeTime) -> Iterator[Book]:
    opened = open_book(tmp_path / "data", passphrase="test", now_ms=fake_time)
    set_campaign(opened, CAMPAIGN)
    yield opened
    opened.close()


@pytest.fixture
def town(book: Book) -> Town:
    made = make_town()
    add_roster(book, made.doors, made.people)
    return made
