"""Laptops that hold a part of the invented street, for tests."""

from __future__ import annotations

from typing import Any

import pytest

from canvass_app.domain.roles import Role
from canvass_app.hq.devices import issue_code
from canvass_app.services.book import Book
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list, list_walk_lists
from tests.hq.kit import (
    RIDING,
    Hq,
    add_street,
    street_door,
)


@pytest.fixture
def lead(hq: Hq, new_laptop: Any) -> Book:
    """The organiser's laptop: the whole riding, forty doors."""
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    return book


def given(hq: Hq, book: Book, *names: str, role: Role = Role.CANVASSER) -> Book:
    """A laptop that joins and holds what is given to these names."""
    join(book, hq.url, issue_code(hq.office, frozenset({RIDING}), "", role, names).text, names[0])
    return book


def cut(book: Book, first: int, last: int, name: str = "") -> bytes:
    """A turf of these doors of the street."""
    doors = [street_door(number) for number in range(first, last + 1)]
    return make_turf(book, RIDING, name or f"Birch {first}", doors).turf_id


def issue(book: Book, turf: bytes, to: str) -> int:
    return issue_walk_list(book, RIDING, turf, canvasser=to).document.number


def names(book: Book) -> list[str]:
    """The last names that a laptop's screens show."""
    rows = book.read().query("SELECT last FROM person WHERE riding_id = ? AND last <> ''", (RIDING,))
    return sorted((str(row[0]) for row in rows), key=lambda one: int(one.removeprefix("Maple")))


def maples(first: int, last: int) -> list[str]:
    return [f"Maple{number}" for number in range(first, last + 1)]


def numbers(book: Book) -> list[int]:
    return sorted(one.number for one in list_walk_lists(book, RIDING))
