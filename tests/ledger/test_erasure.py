"""What is left of an event after an erasure, and by which keys a person is known again."""

from __future__ import annotations

import pytest

from canvass_app.ledger.erasure import (
    Listing,
    candidates,
    cleaned,
    event_candidates,
    event_key,
    id_key,
    keys_of,
    text_key,
)
from canvass_app.ledger.events import NOBODY, BadEvent, Event, Key, open_event, redacted, seal
from canvass_app.ledger.kinds import (
    AttemptMade,
    BarSet,
    Body,
    DoorDescribed,
    NoteWritten,
    PersonErased,
    PersonSameAs,
    SupportMarked,
)
from canvass_app.ledger.rosters import PersonEntry, build_roster, name_of, person_rows, without_rows

SALT = b"s" * 16
HER, HIM, DOOR = b"h" * 16, b"x" * 16, b"d" * 16


def event(subject: bytes, body: Body, seq: int = 1) -> Event:
    return seal(
        7, Key(b"v" * 16, seq), subject, body, author="Zoé", shift=b"", hlc=5, wall_ms=5,
        sees=[Key(b"w" * 16, 3)], nonce=b"12345678",
    )  # fmt: skip


def after(one: Event, *keys: bytes) -> Event:
    return cleaned(one, [SALT], set(keys))


def test_an_emptied_event_keeps_its_name_and_opens_anywhere() -> None:
    full = event(HER, NoteWritten(target="person", text="secret"))
    emptied = open_event(after(full, id_key(SALT, HER)).raw, 9)
    assert (emptied.key, emptied.hash, emptied.kind, emptied.sees) == (
        full.key,
        full.hash,
        full.kind,
        full.sees,
    )
    assert (emptied.body, emptied.entity, emptied.subject, emptied.stamp) == (None, None, NOBODY, 9)
    for gone in (b"secret", HER, b"12345678"):
        assert gone not in emptied.raw
    assert redacted(emptied).raw == emptied.raw
    assert after(emptied, id_key(SALT, HER)) is emptied


def test_an_emptied_event_without_a_whole_hash_is_refused() -> None:
    raw = redacted(event(HER, SupportMarked(level="2"))).raw
    cut = raw[:-33] + b"\xc4\x1f" + raw[-31:]
    with pytest.raises(BadEvent):
        open_event(cut)


def test_the_erasure_itself_and_everybody_else_stay_untouched() -> None:
    for one in (
        event(HER, PersonErased(salt=SALT, keys=())),
        event(HIM, SupportMarked(level="2")),
        event(DOOR, AttemptMade(code="not_home", person=HIM)),
    ):
        assert after(one, id_key(SALT, HER)) is one


def test_an_attempt_still_counts_and_names_nobody() -> None:
    made = AttemptMade(code="canvassed", person=HER, walk_list=4, line=2, turf=b"t" * 16)
    left = after(event(DOOR, made), id_key(SALT, HER))
    assert left.body == AttemptMade(code="canvassed", walk_list=4, line=2, turf=b"t" * 16)
    assert left.subject == DOOR
    assert HER not in left.raw


def test_who_was_said_to_be_the_same_is_not_named_any_more() -> None:
    assert after(event(HIM, PersonSameAs(other=HER)), id_key(SALT, HER)).body is None


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (BarSet(target="door", reason="Anne asked"), BarSet(target="door")),
        (DoorDescribed(access="ask for Anne", floor=3), DoorDescribed(access="", floor=3)),
        (NoteWritten(target="door", text="Anne has the key"), None),
    ],
)
def test_words_that_named_the_person_go_and_the_rest_of_the_door_stays(body: Body, left: Body | None) -> None:
    one = event(DOOR, body)
    assert after(one, event_key(SALT, one.key)).body == left
    # The same words under another number: issued again, or typed on a list.
    words = getattr(body, "reason", None) or getattr(body, "access", None) or getattr(body, "text", "")
    assert after(event(DOOR, body, 99), text_key(SALT, words)).body == left
    assert set(event_candidates(SALT, one)) >= {event_key(SALT, one.key), text_key(SALT, words)}


# --- keys ---------------------------------------------------------------------------------------

ANNE = Listing(HER, "Tremblay", "Anne", 1970, "6135550101", "anne@example.ca", b"place 4")
OTHER_ID = ANNE._replace(person_id=b"another id......")


def known(kept: Listing | list[Listing], seen: Listing) -> bool:
    keys = keys_of(SALT, kept if isinstance(kept, list) else [kept])
    return not keys.isdisjoint(candidates(SALT, seen))


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({}, True),
        ({"last": "TREMBLAY", "first": "ANNE", "phone": "", "email": ""}, True),
        ({"birth_year": 0}, True),
        ({"place": b"elsewhere"}, True),
        ({"place": b"elsewhere", "phone": ""}, True),
        ({"place": b"elsewhere", "email": "", "last": "Roy"}, True),
        ({"place": b"elsewhere", "phone": "", "email": ""}, False),
        ({"birth_year": 1995}, False),
        ({"first": "Luc"}, False),
        ({"first": "Luc", "last": "Roy", "place": b""}, False),
    ],
)
def test_a_listing_is_known_again_by_name_and_address_or_number_and_given_name(
    change: dict[str, object], again: bool
) -> None:
    assert known(ANNE, OTHER_ID._replace(**change)) is again  # type: ignore[arg-type]
    assert known(ANNE, ANNE._replace(**change))  # type: ignore[arg-type]


def test_where_no_year_was_ever_known_every_namesake_at_the_door_is_taken_for_the_person() -> None:
    nobody_knows = ANNE._replace(birth_year=0)
    assert known(nobody_knows, OTHER_ID)
    assert not known([nobody_knows, ANNE], OTHER_ID._replace(birth_year=1995))


def test_another_salt_says_nothing() -> None:
    assert keys_of(b"t" * 16, [ANNE]).isdisjoint(candidates(SALT, ANNE))


# --- rosters ------------------------------------------------------------------------------------


def test_a_roster_keeps_its_name_when_rows_go_even_the_first_and_the_last() -> None:
    entries = [
        PersonEntry(bytes([n]) * 16, DOOR, f"Name{n}", "Kim", "", 0, "", "", "", "", "", "", "")
        for n in range(5)
    ]
    roster = build_roster(7, [], entries)
    (chunk,) = roster.chunks
    left = without_rows(chunk, {bytes(16), b"\x04" * 16})
    assert [row.last if row else None for row in person_rows(left)] == [None, "Name1", "Name2", "Name3", None]
    assert left.first_key == b"\x01" * 16
    assert name_of(7, [left]) == roster.name
    empty = without_rows(left, {bytes([n]) * 16 for n in range(5)})
    assert person_rows(empty) == [None] * 5
    assert name_of(7, [empty]) == roster.name
    assert b"Name" not in empty.rows
