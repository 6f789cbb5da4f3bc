"""The address normaliser, version 1: one form for the many spellings of a door."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.domain.address import (
    Address,
    floor_of_unit,
    fold,
    normalise_phone,
    normalise_postal_code,
    normalise_street,
    normalise_unit,
    parse_civic,
)
from canvass_app.domain.errors import InputError

SAME_STREETS = [
    [("W 12TH AV",), ("12th Avenue West",), ("12TH", "AVE", "W"), ("12", "Av.", "Ouest"), ("12 AVE W",)],
    [("Highway 7",), ("7", "HWY"), ("HWY 7",), ("7", "Highway")],
    [("2e Rue",), ("2", "RUE"), ("2E", "rue"), ("Deuxième", "RUE")],
    [("rue du Bouleau",), ("Bouleau, rue du",), ("DU BOULEAU", "RUE")],
    [("boul. René-Lévesque O",), ("BOUL RENE-LEVESQUE OUEST",), ("René-Lévesque", "BOUL", "O")],
    [("rue Saint-Denis",), ("RUE ST-DENIS",), ("Saint-Denis", "RUE"), ("St. Denis", "rue")],
    [("Mount Pleasant Rd",), ("MT PLEASANT", "ROAD")],
    [("Main St",), ("Main St", "St"), ("MAIN", "STREET"), ("main", "St.")],
    [("W King St",), ("King St W",), ("W King", "St", "W"), ("KING", "ST", "WEST")],
    [("First Ave",), ("1ST AVE",), ("1", "AV")],
    [("No. 3 Road",), ("NO 3", "RD")],
    [("Concession 5",), ("5", "CONC")],
]


@pytest.mark.parametrize("spellings", SAME_STREETS, ids=lambda s: s[0][0])
def test_spellings_of_one_street_share_one_key(spellings):
    assert len({normalise_street(*spelling).key for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Main St",), ("Main Ave",)),
        (("King St E",), ("King St W",)),
        (("12th Ave",), ("13th Ave",)),
        (("Park St",), ("South Park St",)),
        (("rue du Parc",), ("avenue du Parc",)),
        (("Avenue E",), ("Avenue F",)),
        (("No 3 Rd",), ("3 Rd",)),
        (("Maple Cres",), ("Maple Crt",)),
    ],
)
def test_different_streets_never_share_a_key(one, other):
    assert normalise_street(*one).key != normalise_street(*other).key


@pytest.mark.parametrize(
    ("spelling", "label"),
    [
        (("W 12TH AV",), "12th Ave W"),
        (("DE LA MONTAGNE", "RUE"), "rue de la Montagne"),
        (("SAINT-PAUL", "RUE", "E"), "rue Saint-Paul E"),
        (("boulevard René-Lévesque Ouest",), "boulevard René-Lévesque O"),
        (("12e Avenue",), "12e Avenue"),
        (("2E", "RUE"), "2e Rue"),
        (("7", "HWY"), "Hwy 7"),
        (("O'CONNOR ST",), "O'Connor St"),
        (("Avenue Rd",), "Avenue Rd"),
        (("Parc Ave",), "Parc Ave"),
        (("I St. SW",), "I St SW"),
        (("R St",), "R St"),
        (("The Esplanade",), "The Esplanade"),
        (("rue Park",), "rue Park"),
        (("West St",), "West St"),
        (("St Clair Ave W",), "St Clair Ave W"),
    ],
)
def test_a_street_is_shown_as_people_write_it(spelling, label):
    assert normalise_street(*spelling).label == label


def test_normaliser_1_is_frozen_because_ids_are_made_of_its_keys():
    address = Address(12, "A", normalise_street("Birch St W"), "204", "Montréal")
    assert address.key == "MONTREAL|BIRCH|ST|W|12|A|204"
    assert (
        address.door_id.hex()
        == Address(12, "A", normalise_street("BIRCH", "STREET", "WEST"), "204", "MONTREAL").door_id.hex()
    )
    assert address.door_id.hex() == "d54461ffd7fc58c1b4c07aa691d28910"


def test_a_street_in_syllabics_keeps_its_name():
    assert normalise_street("ᐃᖃᓗᐃᑦ").name == "ᐃᖃᓗᐃᑦ"
    assert fold("ᐃᖃᓗᐃᑦ") != fold("ᓄᓇᕗᑦ")


@pytest.mark.parametrize("blank", ["", "  ", "-", "…"])
def test_a_street_without_a_name_is_refused_in_both_languages(blank):
    with pytest.raises(InputError) as caught:
        normalise_street(blank)
    assert caught.value.text.en
    assert caught.value.text.fr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", (12, "")),
        ("12A", (12, "A")),
        ("12-a", (12, "A")),
        ("12 1/2", (12, "1/2")),
        ("12½", (12, "1/2")),
        ("007", (7, "")),
    ],
)
def test_civic_numbers_are_read_with_letters_and_fractions(text, expected):
    assert parse_civic(text) == expected


@pytest.mark.parametrize("text", ["", "0", "-3", "abc", "12-14", "12AB", "1234567", "12.5", "٣"])
def test_what_is_no_civic_number_is_refused(text):
    with pytest.raises(InputError):
        parse_civic(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Apt. 204", "204"),
        ("#204", "204"),
        ("app 4b", "4B"),
        ("Unité 12", "12"),
        ("PH-3", "PH-3"),
        ("", ""),
        ("204-B", "204-B"),
    ],
)
def test_units_lose_their_labels(text, unit):
    assert normalise_unit(text) == unit


def test_postal_codes_and_telephones_have_one_form_or_none():
    assert normalise_postal_code("k1a0b1") == "K1A 0B1"
    assert normalise_postal_code("20024") == ""
    assert normalise_phone("1 (604) 555-0123 x5") == "6045550123"
    assert normalise_phone("555-0123") == ""


def test_floors_come_from_three_and_four_digit_units_only():
    assert [floor_of_unit(unit) for unit in ("204", "1204", "4", "PH3", "12B")] == [2, 12, 0, 0, 0]


_WORDS = st.sampled_from(
    "W N E O NO SE St Ave rue Av boul Main 12th 12e 3 King du Parc Park The Saint Ste chemin HWY Route A R".split()
)


@given(st.lists(_WORDS, min_size=1, max_size=5))
def test_capitals_and_dots_never_change_a_street(words):
    street = normalise_street(" ".join(words))
    assert normalise_street(" ".join(words).upper()).key == street.key
    assert normalise_street(" ".join(words).lower()).key == street.key
    assert normalise_street(".  ".join(words) + ".").key == street.key


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=12))
def test_any_text_is_a_street_or_a_refusal(name, kind, direction):
    try:
        street = normalise_street(name, kind, direction)
    except InputError:
        return
    assert street.name
    assert street.label
