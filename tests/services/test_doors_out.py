"""Doors in somebody's hand are not given a second time, unless a lead says so; and then the record says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvass_app.domain.errors import GivenAlready
from canvass_app.domain.numbers import list_code
from canvass_app.services.book import Book
from canvass_app.services.doors_out import doors_in_hand, lists_out
from canvass_app.services.entry import Mark, open_shift, record, undo_last
from canvass_app.services.history import history_of
from canvass_app.services.turfs import list_turfs, make_turf, retire_turf
from canvass_app.services.walk_lists import Issued, issue_walk_list, mark_returned

from .conftest import RIDING, FakeTime, Town
from .laptops import carry, second_laptop


@pytest.fixture
def turf(book: Book, town: Town) -> bytes:
    return make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors[:8]]).turf_id


@pytest.fixture
def out(book: Book, turf: bytes) -> Issued:
    return issue_walk_list(book, RIDING, turf, canvasser="Zoé")


def counted(book: Book) -> tuple[int, ...]:
    return tuple(
        int(book.read().query(f"SELECT COUNT(*) FROM {table}")[0][0])
        for table in ("event", "asset", "turf", "walk_list")
    )


def test_a_turf_whose_list_is_out_is_not_printed_again(book: Book, turf: bytes, out: Issued) -> None:
    before = counted(book)
    with pytest.raises(GivenAlready) as told:
        issue_walk_list(book, RIDING, turf, canvasser="Luc")
    assert told.value.lists == (out.document.number,)
    code = list_code(out.document.number)
    assert told.value.say("en").startswith(
        f"8 of these doors are on list {code} (Birch, Zoé), which is still out."
    )
    assert told.value.say("fr").startswith(
        f"8 de ces portes figurent sur la liste {code} (Birch, Zoé), encore sortie."
    )
    assert counted(book) == before


def test_a_list_that_came_back_frees_its_doors(book: Book, turf: bytes, out: Issued) -> None:
    mark_returned(book, RIDING, out.list_id)
    assert doors_in_hand(book.read(), RIDING) == {}
    second = issue_walk_list(book, RIDING, turf)
    assert second.document.number != out.document.number
    mark_returned(book, RIDING, out.list_id, returned=False)
    assert [one.number for one in lists_out(book, RIDING, [turf_door(book, turf)])] == [
        out.document.number, second.document.number,
    ]  # fmt: skip


def turf_door(book: Book, turf: bytes) -> bytes:
    return bytes(book.read().query("SELECT door_id FROM turf_door WHERE turf_id = ?", (turf,))[0][0])


def test_a_door_with_a_result_from_the_list_is_in_nobodys_hand(book: Book, turf: bytes, out: Issued) -> None:
    number = out.document.number
    shift = open_shift(book, "Zoé", RIDING, number)
    doors = {line.line: line.door_id for line in out.document.lines}
    assert set(doors_in_hand(book.read(), RIDING)) == set(doors.values())
    record(book, shift, number, 1, Mark(code="not_home"))
    assert set(doors_in_hand(book.read(), RIDING)) == set(doors.values()) - {doors[1]}
    undo_last(book, shift)
    assert set(doors_in_hand(book.read(), RIDING)) == set(doors.values())


def test_doors_of_a_list_that_is_out_are_not_cut_into_another_turf(
    book: Book, town: Town, turf: bytes, out: Issued
) -> None:
    taken = [d.door_id for d in town.doors[6:]]
    before = counted(book)
    with pytest.raises(GivenAlready, match="No turf was made"):
        make_turf(book, RIDING, "Elm", taken, take=True)
    # Neither when their own turf is not in use any more: the paper still is.
    retire_turf(book, RIDING, turf)
    with pytest.raises(GivenAlready, match="2 of these doors"):
        make_turf(book, RIDING, "Elm", taken)
    assert counted(book)[1:] == before[1:]
    made = make_turf(book, RIDING, "Elm", [d.door_id for d in town.doors[8:]])
    assert [one.name for one in list_turfs(book, RIDING)] == ["Elm"]
    mark_returned(book, RIDING, out.list_id)
    make_turf(book, RIDING, "Oak", taken, take=True)
    assert made.turf_id


def test_printing_anyway_is_said_in_the_lists_history(book: Book, turf: bytes, out: Issued) -> None:
    second = issue_walk_list(book, RIDING, turf, canvasser="Luc", author="Léa", anyway=True)
    [row] = history_of(book, RIDING, "list", second.list_id).rows
    code = list_code(out.document.number)
    assert row.author == "Léa"
    assert f"although doors of it were out on list {code}" in row.said.say("en")
    assert f"alors que des portes étaient déjà sorties sur la liste {code}" in row.said.say("fr")
    [first] = history_of(book, RIDING, "list", out.list_id).rows
    assert "although" not in first.said.say("en")


def test_printing_anyway_what_is_free_says_nothing_of_it(book: Book, turf: bytes) -> None:
    issued = issue_walk_list(book, RIDING, turf, anyway=True)
    [row] = history_of(book, RIDING, "list", issued.list_id).rows
    assert "although" not in row.said.say("en")


def test_a_list_of_another_laptop_holds_its_doors_too(
    book: Book, turf: bytes, out: Issued, tmp_path: Path, fake_time: FakeTime
) -> None:
    other = second_laptop(tmp_path / "other", fake_time)
    try:
        carry(book, other)
        with pytest.raises(GivenAlready):
            issue_walk_list(other, RIDING, turf)
        # Its pages may come later than the list itself: then its turf speaks for it.
        with other.act("x") as act:
            act.db.run("DELETE FROM asset WHERE hash = (SELECT asset FROM walk_list)")
        assert len(doors_in_hand(other.read(), RIDING)) == 8
    finally:
        other.close()


def test_several_lists_are_counted_and_the_one_with_most_doors_is_named(
    book: Book, town: Town, turf: bytes, out: Issued
) -> None:
    small = make_turf(book, RIDING, "Elm", [d.door_id for d in town.doors[8:10]]).turf_id
    issue_walk_list(book, RIDING, small, canvasser="Luc")
    with pytest.raises(GivenAlready, match=r"8 of these doors .* \(1 more list has others\)") as told:
        make_turf(book, RIDING, "All", [d.door_id for d in town.doors], take=True)
    assert len(told.value.lists) == 2
