"""A very small invented town: few doors and people, so that laptops meet at the same ones again and again."""

from __future__ import annotations

from functools import cache

from canvass_app.domain.address import Address, normalise_street
from canvass_app.domain.ids import external_person_id, listed_person_id
from canvass_app.domain.people import PersonName
from canvass_app.ledger.erasure import place_of
from canvass_app.ledger.rosters import (
    DoorEntry,
    PersonEntry,
    Roster,
    build_roster,
    chunk_kind,
    door_rows,
    person_rows,
)

RIDING = 201399001
ZONE = "America/Toronto"
AUTHORS = ("lea", "tom", "mia", "sam", "zoe")


def door(number: int, town: str = "", division: str = "1") -> DoorEntry:
    named = normalise_street("Birch St")
    address = Address(number, "", named, "", town)
    return DoorEntry(
        address.door_id, number, "", named.name, named.type, named.direction, named.label, "", 0, town, "",
        -75_000_000 + number * 100, 45_000_000, division, "",
    )  # fmt: skip


def person(
    home: DoorEntry, last: str, first: str, year: int = 0, phone: str = "", van: str = ""
) -> PersonEntry:
    name = PersonName(last, first).key
    one = external_person_id("van", van) if van else listed_person_id(home.door_id, name, year, 0)
    return PersonEntry(
        one, home.door_id, last, first, "", year, phone, "", "", "", "", "van" if van else "", van,
    )  # fmt: skip


@cache
def rosters() -> tuple[Roster, ...]:
    """Four files that overlap: a first list, one that names the town, a newer one with ids, a late one."""
    first = [door(n) for n in (2, 4, 6, 8)]
    named = [door(n, "Birch River", "2") for n in (2, 4, 10)]
    newer = [door(n, division="3") for n in (4, 6, 10)]
    late = [door(n, "Birch River", "4") for n in (2, 8)]
    return (
        build_roster(RIDING, first, [
            person(first[0], "Roy", "Luc"), person(first[0], "Roy", "Marie"),
            person(first[1], "Tremblay", "Anne"), person(first[2], "Singh", "Arjun", 1950),
            person(first[2], "Singh", "Arjun", 1980),
        ]),
        build_roster(RIDING, named, [
            person(named[0], "Roy", "Luc", 1971, "6135550101"), person(named[1], "Tremblay", "Anne", 1970),
        ]),
        build_roster(RIDING, newer, [
            person(newer[0], "Tremblay", "Anne", 1970, "6135550199", van="71"),
            person(newer[2], "Nguyen", "Kim", 1988, van="72"),
        ]),
        build_roster(RIDING, late, [person(late[1], "Cyr", "Paul", 1990), person(late[0], "Roy", "Marie", 1975)]),
    )  # fmt: skip


def door_ids() -> tuple[bytes, ...]:
    """Every id of a door that a file may bring, and two that no file has."""
    listed = [door(n).door_id for n in (2, 4, 6, 8, 10)]
    listed += [door(n, "Birch River").door_id for n in (2, 4)]
    return (*listed, door(14).door_id, door(16).door_id)


@cache
def listed() -> tuple[tuple[PersonEntry, bytes], ...]:
    """Every row about a person, with its door’s place as erasures match it."""
    found: list[tuple[PersonEntry, bytes]] = []
    for roster in rosters():
        places: dict[bytes, bytes] = {}
        for chunk in roster.chunks:
            if chunk_kind(chunk) == "doors":
                places |= {row.door_id: _place(row) for row in door_rows(chunk) if row is not None}
            else:
                found += [(row, places[row.door_id]) for row in person_rows(chunk) if row is not None]
    return tuple(found)


def _place(door: DoorEntry) -> bytes:
    return place_of(door.number, door.suffix, door.street, door.street_type, door.street_direction, door.unit)


@cache
def people_ids() -> tuple[bytes, ...]:
    """Every id of a person that a file may bring, and two met at a door."""
    met = [listed_person_id(door(14).door_id, PersonName("Cole", "Ann").key, n, 0) for n in (0, 1)]
    return tuple(dict.fromkeys([*(row.person_id for row, _ in listed()), *met]))
