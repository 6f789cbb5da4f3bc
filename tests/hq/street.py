"""An invented street and what people do at its doors.

Without headquarters: laptops that tests run as processes of their own start with this and what a laptop needs, no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from canvass_app.domain.ids import door_id, listed_person_id
from canvass_app.ledger.kinds import AttemptMade, RosterAdded, SupportMarked
from canvass_app.ledger.rosters import DoorEntry, PersonEntry, build_roster
from canvass_app.services.book import Book
from canvass_app.storage.roster_store import roster_id_of, store_chunks

RIDING = 201399001
PASSPHRASE = "a river with two bridges"
START_MS = 1_443_700_000_000
"""An evening of October 2015."""


def street_door(number: int) -> bytes:
    return door_id(f"{number}|BIRCH")


def street_person(number: int) -> bytes:
    return listed_person_id(street_door(number), "nobody|maple", 0, 0)


def add_street(book: Book, doors: int = 40, riding_id: int = RIDING, first: int = 1) -> bytes:
    """Import a street of doors, one invented person behind each; the roster's name."""
    numbers = range(first, first + doors)
    entries = [
        DoorEntry(
            street_door(n), n, "", "BIRCH", "ST", "", "Birch Street", "", 0, "Millbrook", "", -79_000_000 - n,
            44_000_000, "", "",
        )
        for n in numbers
    ]  # fmt: skip
    people = [
        PersonEntry(
            street_person(n), street_door(n), f"Maple{n}", "Nobody", "", 0, "", "", "en", "", "", "", ""
        )
        for n in numbers
    ]
    return add_file(book, entries, people, riding_id)


def add_file(
    book: Book, doors: Sequence[DoorEntry], people: Sequence[PersonEntry], riding_id: int = RIDING
) -> bytes:
    """Import these rows as a file; the roster's name."""
    roster = build_roster(riding_id, doors, people)
    with book.act("Importer") as act:
        store_chunks(act.db, riding_id, roster)
        act.add(
            riding_id,
            roster_id_of(roster.name),
            RosterAdded(name=roster.name, source="street.csv", doors=len(doors), people=len(people)),
        )
    return roster.name


def knock(
    book: Book, number: int, code: str = "not_home", riding_id: int = RIDING, author: str = "Ana"
) -> None:
    """Record an attempt at a door of the street."""
    with book.act(author) as act:
        act.add(riding_id, street_door(number), AttemptMade(code=code))


def knock_often(book: Book, times: int, doors: int = 40, author: str = "Ana") -> None:
    """Record many attempts in one act."""
    with book.act(author) as act:
        for place in range(times):
            act.add(RIDING, street_door(place % doors + 1), AttemptMade(code="not_home"))


def talk(book: Book, number: int, level: str, riding_id: int = RIDING, author: str = "Ana") -> None:
    """Record a conversation with a support level."""
    with book.act(author) as act:
        attempt = act.add(
            riding_id, street_door(number), AttemptMade(code="canvassed", person=street_person(number))
        )
        mark = SupportMarked(level=level, act=attempt.key.device_seq)
        act.add(riding_id, street_person(number), mark)


def acknowledged(book: Book) -> int:
    """Up to which of its own events a laptop believes that headquarters has them."""
    rows = book.read().query(
        "SELECT acked_through FROM device_log WHERE riding_id = ? AND device_id = ?", (RIDING, book.device_id)
    )
    return int(rows[0][0]) if rows else 0
