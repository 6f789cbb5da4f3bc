"""Find anything finds what somebody types, in the order they happen to type it."""

from __future__ import annotations

import pytest

from canvass_app.domain.address import Address, normalise_street
from canvass_app.domain.numbers import list_code
from canvass_app.ledger.rosters import DoorEntry
from canvass_app.services.book import Book
from canvass_app.services.search import Hit, find
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.services.conftest import RIDING, add_roster, door, person


def house(number: int, street: str, *, suffix: str = "", unit: str = "") -> DoorEntry:
    """A door with a letter at its number or a unit, whatever it is written with."""
    address = Address(number, suffix, normalise_street(street), unit)
    return door(number, street)._replace(door_id=address.door_id, suffix=suffix, unit=unit)


@pytest.fixture
def streets(book: Book) -> Book:
    """Main St, a tower at 12 Birch St, two streets whose names have numbers, and somebody with an accent."""
    doors = [
        door(10, "Main St"),
        door(12, "Main St"),
        house(12, "Main St", suffix="A"),
        door(112, "Main St"),
        door(12, "Birch St"),
        *(house(12, "Birch St", unit=unit) for unit in ("203", "204", "PH2")),
        door(204, "Birch St"),
        house(12, "Elm St", suffix="1/2"),
        door(5, "Highway 7"),
        door(7, "Rue du Bouleau"),
        door(100, "12 Ave"),
    ]
    people = [person(doors[0], "Émond", "Zoé"), person(doors[1], "Roy", "Luc")]
    add_roster(book, doors, people)
    return book


def titles(hits: list[Hit], kind: str) -> list[str]:
    return [hit.title.en for hit in hits if hit.kind == kind]


@pytest.mark.parametrize("words", ["12 main", "main 12", "12 Main St", "MAIN ST. 12", "  main   12 "])
def test_an_address_is_found_whichever_of_street_and_number_comes_first(streets: Book, words: str) -> None:
    assert titles(find(streets, words), "door") == ["12 Main St", "12A Main St"]


@pytest.mark.parametrize(
    "words", ["Mme Émond", "mlle emond", "M. Zoé Émond", "Mrs. Emond", "Dr Émond", "Dre Émond"]
)
def test_a_title_in_front_of_a_name_is_not_part_of_it(streets: Book, words: str) -> None:
    assert titles(find(streets, words), "person") == ["Émond, Zoé"]


def test_a_title_alone_is_a_name(streets: Book) -> None:
    home = door(14, "Main St")
    add_roster(streets, [home], [person(home, "Dr", "Ana")])
    assert titles(find(streets, "dr"), "person") == ["Dr, Ana"]


@pytest.mark.parametrize("words", ["12a main", "main 12a", "Main St 12 A"])
def test_a_letter_at_the_number_narrows_it_down(streets: Book, words: str) -> None:
    assert titles(find(streets, words), "door") == ["12A Main St"]


@pytest.mark.parametrize("words", ["12½ elm", "12 1/2 elm", "elm 12½"])
def test_a_half_at_the_number_is_found_however_it_is_typed(streets: Book, words: str) -> None:
    assert titles(find(streets, words), "door") == ["12 1/2 Elm St"]


def test_a_street_alone_finds_its_doors(streets: Book) -> None:
    assert titles(find(streets, "main"), "door") == ["10 Main St", "12 Main St", "12A Main St", "112 Main St"]
    assert titles(find(streets, "mai"), "door") == titles(find(streets, "main"), "door")


@pytest.mark.parametrize("words", ["204-12 birch", "204 - 12 Birch St", "204-12"])
def test_a_unit_before_its_hyphen_finds_the_one_door(streets: Book, words: str) -> None:
    assert titles(find(streets, words), "door") == ["204-12 Birch St"]


def test_a_unit_of_letters_is_found_in_small_ones_too(streets: Book) -> None:
    assert titles(find(streets, "ph2-12 birch"), "door") == ["PH2-12 Birch St"]


def test_a_street_whose_name_is_a_number_is_found_by_it(streets: Book) -> None:
    assert titles(find(streets, "highway 7"), "door") == ["5 Hwy 7"]
    assert titles(find(streets, "100 12 ave"), "door") == ["100 12 Ave"]


def test_french_streets_are_found_from_both_ends(streets: Book) -> None:
    for words in ("7 rue du bouleau", "bouleau 7", "7 bouleau"):
        assert titles(find(streets, words), "door") == ["7 rue du Bouleau"]


def test_a_person_is_found_by_the_beginning_of_a_name_without_its_accents(streets: Book) -> None:
    for words in ("emo", "ÉMO", "zoe emond", "Émond, Z"):
        (hit,) = [hit for hit in find(streets, words) if hit.kind == "person"]
        assert hit.title.fr.startswith("Émond")
        assert hit.detail == "10 Main St"
    assert titles(find(streets, "mond"), "person") == []


@pytest.fixture
def listed(streets: Book) -> tuple[Book, int]:
    """A turf "Riverside" of Zoé Émond's and its walk list."""
    ids = [bytes(row[0]) for row in streets.read().query("SELECT door_id FROM door WHERE street = 'MAIN'")]
    turf = make_turf(streets, RIDING, "Riverside", ids)
    assign_turf(streets, RIDING, turf.turf_id, "Béatrice")
    return streets, issue_walk_list(streets, RIDING, turf.turf_id, canvasser="Béatrice").document.number


def test_a_list_is_found_by_its_number_with_its_letter_and_without(listed: tuple[Book, int]) -> None:
    book, number = listed
    code = list_code(number)
    for words in (str(number), code, code.lower(), f"{number} {code[-1]}", f"{code}-2", str(number)[:3]):
        assert [hit.number for hit in find(book, words) if hit.kind == "list"] == [number]
    wrong = "A" if code[-1] != "A" else "B"
    assert titles(find(book, f"{number}{wrong}"), "list") == []
    assert titles(find(book, f"{number} main"), "list") == []


def test_a_turf_is_found_by_its_name_and_by_who_walks_it(listed: tuple[Book, int]) -> None:
    for words in ("river", "beatrice", "Béa"):
        (hit,) = [hit for hit in find(listed[0], words) if hit.kind == "turf"]
        assert (hit.title.en, hit.detail) == ("Riverside", "Béatrice")


def test_a_riding_is_found_by_its_number_and_by_both_names(streets: Book) -> None:
    for words in (str(RIDING % 100_000), "birch river", "riviere-aux"):
        assert [hit.riding_id for hit in find(streets, words) if hit.kind == "riding"] == [RIDING]


@pytest.mark.parametrize(
    "words", ["", "   ", "-", "%", "_", "…", "9" * 40, "9" * 40 + " main", "main " + "9" * 40]
)
def test_blanks_and_nonsense_find_nothing_and_break_nothing(streets: Book, words: str) -> None:
    assert find(streets, words) == []


def test_people_stand_in_the_order_of_the_alphabet_whatever_their_accents(book: Book) -> None:
    home = door(3, "Quai Nord")
    names = ("Brisebois", "Bélanger", "Beauséjour", "Émond", "Fortin", "Deschênes")
    add_roster(book, [home], [person(home, name, "Élodie") for name in names])
    assert titles(find(book, "elodie"), "person") == [
        f"{name}, Élodie" for name in ("Beauséjour", "Bélanger", "Brisebois", "Deschênes", "Émond", "Fortin")
    ]
