"""The map: read in one go, ahead of the window, and never older than the book."""

from __future__ import annotations

from canvass_app.domain.codes import DoorState
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.services.book import Book
from canvass_app.services.map_data import load_ahead, load_map

from .conftest import RIDING, Town, add_roster, door


def test_the_map_has_each_door_at_its_place(book: Book, town: Town) -> None:
    add_roster(book, [door(99, lon_e6=0, lat_e6=0)])
    data = load_map(book, RIDING)
    shown = {one: (int(x), int(y)) for one, x, y in zip(data.ids, data.lon_e6, data.lat_e6, strict=True)}
    assert shown == {d.door_id: (d.lon_e6, d.lat_e6) for d in town.doors}
    assert data.missing == 1
    assert load_map(book, RIDING + 1).ids == []


def test_a_map_read_ahead_is_handed_out_once(book: Book, town: Town) -> None:
    load_ahead(book)
    first = load_map(book, RIDING)
    assert load_map(book, RIDING) is not first
    assert len(first.ids) == len(town.doors)


def test_a_map_read_ahead_is_dropped_after_an_act(book: Book, town: Town) -> None:
    load_ahead(book)
    with book.act("Zoé") as act:
        act.add(RIDING, town.at(4).door_id, AttemptMade(code="not_home"))
    data = load_map(book, RIDING)
    assert data.state[data.ids.index(town.at(4).door_id)] == DoorState.NOT_HOME


def test_a_map_read_ahead_is_dropped_after_what_a_sync_writes(book: Book, town: Town) -> None:
    load_ahead(book)
    with book.database.write() as db:  # as a pull does, past Book.act
        db.run("UPDATE door SET state = 2 WHERE door_id = ?", (town.at(6).door_id,))
    data = load_map(book, RIDING)
    assert data.state[data.ids.index(town.at(6).door_id)] == DoorState.TALKED
