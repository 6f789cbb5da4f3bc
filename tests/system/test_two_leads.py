"""Two leads cut the same doors while neither has a network: both are told, and one click of either settles it for both."""

from __future__ import annotations

from typing import Any

import pytest

from canvass_app.domain.errors import InputError
from canvass_app.services.book import Book
from canvass_app.services.decisions import open_decisions
from canvass_app.services.syncing import sync_now
from canvass_app.services.turf_overlaps import SharedDoors, keep_doors_in, shared_doors
from canvass_app.services.turfs import list_turfs, make_turf, turf_door_ids
from tests.hq.kit import RIDING, Hq, add_street, database_url, hq, new_laptop, postgres, street_door

__all__ = ["database_url", "hq", "new_laptop", "postgres"]

DOORS = [street_door(number) for number in range(1, 21)]


@pytest.fixture
def leads(hq: Hq, new_laptop: Any) -> tuple[Book, Book, bytes, bytes]:
    """Lea cut doors 1 to 12, Tom 9 to 20, each without knowing of the other; then both met headquarters."""
    lea, tom = new_laptop(hq), new_laptop(hq)
    add_street(lea, 20)
    sync_now(lea)
    sync_now(tom)
    north = make_turf(lea, RIDING, "North", DOORS[:12], author="Lea").turf_id
    south = make_turf(tom, RIDING, "South", DOORS[8:], author="Tom").turf_id
    sync_now(lea)
    sync_now(tom)
    return lea, tom, north, south


def test_each_lead_is_told_of_the_other_turf_at_the_first_contact(
    leads: tuple[Book, Book, bytes, bytes],
) -> None:
    lea, tom, north, south = leads
    both = {north: [SharedDoors(south, "South", 4)], south: [SharedDoors(north, "North", 4)]}
    assert shared_doors(tom, RIDING) == both
    assert (
        shared_doors(lea, RIDING) == {}
    )  # she came first; nobody had told headquarters of the other turf yet
    sync_now(lea)
    assert shared_doors(lea, RIDING) == both
    for book in (lea, tom):
        [row] = open_decisions(book, RIDING)
        assert row.kind == "turfs"
        assert {side.value.en for side in row.sides} == {"North", "South"}


@pytest.mark.parametrize("who", ["lea", "tom"])
def test_one_click_of_either_settles_it_for_both(leads: tuple[Book, Book, bytes, bytes], who: str) -> None:
    lea, tom, north, south = leads
    sync_now(lea)
    first, second = (lea, tom) if who == "lea" else (tom, lea)
    keep_doors_in(first, RIDING, north, south, who)
    sync_now(first)
    sync_now(second)
    for book in (lea, tom):
        assert shared_doors(book, RIDING) == {}
        assert open_decisions(book, RIDING) == []
        held = {
            turf.name: set(turf_door_ids(book, RIDING, turf.turf_id)) for turf in list_turfs(book, RIDING)
        }
        assert held == {"North": set(DOORS[:12]), "South": set(DOORS[12:])}


def test_both_click_at_once_and_the_second_is_told_that_it_is_settled(
    leads: tuple[Book, Book, bytes, bytes],
) -> None:
    lea, tom, north, south = leads
    sync_now(lea)
    keep_doors_in(lea, RIDING, north, south, "Lea")
    with pytest.raises(InputError, match="no door in common"):
        keep_doors_in(lea, RIDING, south, north, "Lea")
    # Tom decides otherwise before he hears of it. Both mean that the other turf goes without them: then they are free.
    keep_doors_in(tom, RIDING, south, north, "Tom")
    for _ in range(2):
        sync_now(lea)
        sync_now(tom)
    for book in (lea, tom):
        held = {
            turf.name: set(turf_door_ids(book, RIDING, turf.turf_id)) for turf in list_turfs(book, RIDING)
        }
        assert held == {"North": set(DOORS[:8]), "South": set(DOORS[12:])}
        assert shared_doors(book, RIDING) == {}
