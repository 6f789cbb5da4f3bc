"""The order that headquarters gives: an event may be stamped again, and what it says is folded again."""

from __future__ import annotations

from canvass_app.ledger.events import Event, Key, open_event, seal
from canvass_app.ledger.kinds import SupportMarked
from canvass_app.services.book import Book
from canvass_app.services.doctor import state_digest
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project, rebuild

from .conftest import RIDING, START_MS, add_roster, door, person


def _marked(subject: bytes, device: int, level: str, hlc: int) -> Event:
    return seal(
        RIDING, Key(bytes([device]) * 16, 1), subject, SupportMarked(level=level), author="lea", shift=b"", hlc=hlc,
        wall_ms=START_MS, sees=[], nonce=b"n" * 8,
    )  # fmt: skip


def _take(book: Book, events: list[Event], first: int) -> None:
    with book.database.write() as db:
        inserted = insert_events(db, events, range(first, first + len(events)))
        project(db, inserted.touched, book.time_zone)


def _support(book: Book, subject: bytes) -> str:
    return str(book.read().query("SELECT support FROM person WHERE person_id = ?", (subject,))[0][0])


def test_an_event_that_is_stamped_anew_is_folded_anew(book: Book) -> None:
    """A restored headquarters had lost a stamp that nobody could tell it; the new one is the event's own clock."""
    home = door(10)
    anne = person(home, "Roy", "Anne")
    add_roster(book, [home], [anne])
    early, late = _marked(anne.person_id, 1, "2", 1_000), _marked(anne.person_id, 2, "4", 2_000)
    _take(book, [open_event(early.raw, 1_000), open_event(late.raw, 500)], 10)
    assert _support(book, anne.person_id) == "2"
    _take(book, [open_event(late.raw, 2_000)], 20)
    assert _support(book, anne.person_id) == "4"
    state = state_digest(book.read(), RIDING)
    with book.database.write() as db:
        rebuild(db, RIDING, book.time_zone)
    assert state_digest(book.read(), RIDING) == state


def test_what_is_known_as_it_stands_is_not_folded_again(book: Book) -> None:
    event = open_event(_marked(b"p" * 16, 1, "2", 1_000).raw, 900)
    with book.database.write() as db:
        assert insert_events(db, [event], [1]).touched == [event]
        assert insert_events(db, [event], [1]).touched == []
        moved = open_event(event.raw, 1_000)
        assert insert_events(db, [moved], [1]).moved == [moved]
