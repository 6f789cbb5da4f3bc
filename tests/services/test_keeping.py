"""A laptop says until when people's data is kept, when that day is near, and when it has passed."""

from __future__ import annotations

import pytest

from canvass_app.desktop.keeping import keeping_text
from canvass_app.services.book import Book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.erasure import erase_people
from canvass_app.services.retention import keeping

from .conftest import CAMPAIGN, RIDING, FakeTime, Town

DAY_MS = 86_400_000
# The clock of these tests stands at 23 September 2015, 05:20 in Toronto.
UNTIL = "2015-10-10"


def heard(book: Book) -> None:
    with book.database.write() as db:
        db.run(
            "INSERT INTO sync_state (riding_id, last_contact_ms) VALUES (?,?) ON CONFLICT (riding_id)"
            " DO UPDATE SET last_contact_ms = excluded.last_contact_ms",
            (RIDING, book.now_ms()),
        )


@pytest.mark.parametrize(
    ("days", "state", "left"),
    [(0, "kept", 17), (2, "kept", 15), (3, "soon", 14), (17, "soon", 0), (18, "unheard", -1)],
)
def test_the_warning_comes_fourteen_days_before(
    book: Book, town: Town, fake_time: FakeTime, days: int, state: str, left: int
) -> None:
    assert keeping(book).state == "none"
    set_campaign(book, CAMPAIGN | {"retention": {"until": UNTIL}})
    fake_time.forward(days * DAY_MS)
    found = keeping(book)
    assert (found.state, found.days_left, found.until) == (state, left, UNTIL)


def test_past_the_day_a_laptop_says_whether_it_heard_from_headquarters(
    book: Book, town: Town, fake_time: FakeTime
) -> None:
    set_campaign(book, CAMPAIGN | {"retention": {"until": UNTIL}})
    heard(book)
    fake_time.forward(30 * DAY_MS)
    found = keeping(book)
    assert (found.state, found.people) == ("unheard", 5)
    assert "Sync now" in keeping_text(found).en
    heard(book)
    assert keeping(book).state == "over"
    erase_people(book, RIDING, [p.person_id for p in town.people], author="lead", clean=False)
    assert keeping(book).state == "gone"
    assert "10 octobre" in keeping_text(keeping(book)).fr or "10 oct" in keeping_text(keeping(book)).fr
