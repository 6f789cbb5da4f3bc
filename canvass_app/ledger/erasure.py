"""Erasing a person: by which salted keys they are known again, and what is left of an event. Pure.

A key is a keyed hash (BLAKE2b, 16 bytes) of its sort and a value. It tells that a row at hand is
the erased person's, and gives nothing back to somebody who has no row at hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from canvass_app.domain.address import fold
from canvass_app.domain.people import PersonName

from .events import NOBODY, Event, Key, redacted
from .kinds import (
    AttemptMade,
    BarLifted,
    BarSet,
    ConflictClosed,
    DoorAdded,
    DoorArrived,
    DoorDescribed,
    NoteWritten,
    PersonErased,
    PersonSameAs,
)
from .rosters import DoorEntry, PersonEntry

KEY_BYTES = SALT_BYTES = 16


class Listing(NamedTuple):
    """What one file or one conversation says of a person. Unknown texts are "", an unknown year is 0."""

    person_id: bytes
    last: str
    first: str
    birth_year: int
    phone: str
    email: str
    place: bytes
    """`place_of` the door; b"" when it is not known."""


def place_of(number: int, suffix: str, street: str, kind: str, direction: str, unit: str) -> bytes:
    """Sixteen bytes that two descriptions of one address share: the address without its municipality."""
    text = f"{street}|{kind}|{direction}|{number}|{suffix}|{unit}"
    return blake2b(text.encode(), digest_size=16).digest()


def listing_of(person: PersonEntry, door: DoorEntry | None) -> Listing:
    """What a row of a file says of a person; `door` is the row of the door they are listed at."""
    place = b""
    if door is not None:
        place = place_of(
            door.number, door.suffix, door.street, door.street_type, door.street_direction, door.unit
        )
    return Listing(
        person.person_id, person.last, person.first, person.birth_year, person.phone, person.email, place
    )


def key_of(salt: bytes, sort: str, value: bytes) -> bytes:
    """The salted key of a value of one sort."""
    return blake2b(sort.encode() + b"\0" + value, digest_size=KEY_BYTES, key=salt).digest()


def id_key(salt: bytes, person_id: bytes) -> bytes:
    """The key of a person's id."""
    return key_of(salt, "id", person_id)


def event_key(salt: bytes, key: Key) -> bytes:
    """The key of an event whose words named the person."""
    return key_of(salt, "event", key.device_id + key.device_seq.to_bytes(8, "big"))


def text_key(salt: bytes, text: str) -> bytes:
    """The key of words that named the person, as they stand on printed lists too."""
    return key_of(salt, "text", text.encode())


def _anchors(listing: Listing) -> Iterator[tuple[str, bytes]]:
    """What, together with the birth year, makes a listing this person's.

    A number or an address of mail alone does not: households share them. With the given name it does.
    """
    name = PersonName(listing.last, listing.first).key
    given = (fold(listing.first) or fold(listing.last)).encode()
    if listing.place and name != "|":
        yield "place", listing.place + name.encode()
    if listing.phone and given:
        yield "phone", listing.phone.encode() + b"|" + given
    if listing.email and given:
        yield "email", listing.email.strip().casefold().encode() + b"|" + given


def keys_of(salt: bytes, listings: Sequence[Listing]) -> set[bytes]:
    """The keys kept of a person who is described by `listings`.

    Father and son of one name are told apart by their years; a row without a year is taken for either,
    and a person whose year nobody knows for every namesake.
    """
    years = {listing.birth_year for listing in listings if listing.birth_year}
    found = {id_key(salt, listing.person_id) for listing in listings}
    for listing in listings:
        for sort, value in _anchors(listing):
            found.add(key_of(salt, f"{sort} unknown", value))
            for year in years or {0}:
                found.add(_dated(salt, sort, value, year))
    return found


def _dated(salt: bytes, sort: str, value: bytes, year: int) -> bytes:
    return key_of(salt, f"{sort} {year or 'any'}", value)


def candidates(salt: bytes, listing: Listing) -> list[bytes]:
    """The keys of which one being kept says that this listing is an erased person's."""
    found = [id_key(salt, listing.person_id)]
    for sort, value in _anchors(listing):
        if listing.birth_year:
            found += (_dated(salt, sort, value, listing.birth_year), _dated(salt, sort, value, 0))
        else:
            found.append(key_of(salt, f"{sort} unknown", value))
    return found


# --- events -------------------------------------------------------------------------------------


def named_people(event: Event) -> tuple[bytes, ...]:
    """The people whom an event is about or names by their id."""
    body = event.body
    if isinstance(body, AttemptMade):
        return (body.person,) if body.person else ()
    if isinstance(body, PersonSameAs):
        return (event.subject, body.other)
    return (event.subject,) if event.subject != NOBODY else ()


def event_candidates(salt: bytes, event: Event) -> list[bytes]:
    """The keys of which one being kept says that this event must not stay as it is."""
    return [*_words_keys(salt, event), *(id_key(salt, one) for one in named_people(event))]


def _words_keys(salt: bytes, event: Event) -> list[bytes]:
    """By its number, and by its words: the same may have been issued again under another number."""
    words = words_of(event)
    return [event_key(salt, event.key), text_key(salt, words)] if words else [event_key(salt, event.key)]


def cleaned(event: Event, salts: Iterable[bytes], kept: Collection[bytes]) -> Event:
    """The event as it may stay, given the keys kept of erased people; the very same when it may stay as it is.

    What is about the person is emptied. An attempt is the door's: it stays and counts, and no longer
    says who it met. A do-not-contact or a description of a door stays without its words.
    """
    if isinstance(event.body, PersonErased) or event.subject == NOBODY:
        return event
    salts = tuple(salts)

    def gone(person: bytes) -> bool:
        return any(id_key(salt, person) in kept for salt in salts)

    if gone(event.subject):
        return redacted(event)
    body = event.body
    if isinstance(body, PersonSameAs) and gone(body.other):
        return redacted(event)
    if any(key in kept for salt in salts for key in _words_keys(salt, event)):
        return _without_words(event)
    if isinstance(body, AttemptMade) and body.person and gone(body.person):
        return redacted(event, msgspec.structs.replace(body, person=b""))
    return event


def _without_words(event: Event) -> Event:
    body = event.body
    if isinstance(body, BarSet | BarLifted):
        return redacted(event, msgspec.structs.replace(body, reason="")) if body.reason else event
    if isinstance(body, DoorAdded | DoorDescribed | DoorArrived):
        return redacted(event, msgspec.structs.replace(body, access="")) if body.access else event
    if isinstance(body, ConflictClosed):
        return redacted(event, msgspec.structs.replace(body, value="")) if words_of(event) else event
    return redacted(event)


def words_of(event: Event) -> str:
    """The free words of an event about a door, in which somebody may be named; "" without any."""
    body = event.body
    if isinstance(body, DoorAdded | DoorDescribed | DoorArrived):
        return body.access or ""
    if isinstance(body, BarSet | BarLifted):
        return body.reason
    if isinstance(body, NoteWritten):
        return body.text
    if isinstance(body, ConflictClosed) and body.field == "access" and isinstance(body.value, str):
        return body.value
    return ""
