"""What two people said without knowing of each other waits for a third, who closes it with one choice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.domain.errors import InputError
from canvass_app.ledger.kinds import BarLifted, BarSet, SupportMarked, TurfChanged
from canvass_app.services.book import Book
from canvass_app.services.decisions import (
    Decision,
    close_decision,
    count_decisions,
    find_decision,
    open_decisions,
    reopen_decision,
)
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.map_data import door_card
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document

from .conftest import RIDING, FakeTime, Town
from .laptops import carry, exchange, second_laptop


@pytest.fixture
def other(tmp_path: Path, fake_time: FakeTime) -> Iterator[Book]:
    opened = second_laptop(tmp_path / "other", fake_time)
    yield opened
    opened.close()


@pytest.fixture
def number(book: Book, town: Town, other: Book) -> int:
    made = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors])
    issued = issue_walk_list(book, RIDING, made.turf_id, canvasser="Zoé").document.number
    carry(book, other)
    return issued


def anne(book: Book, number: int) -> int:
    return next(line.line for line in load_document(book, number).lines if line.name == "Tremblay, Anne")


def say(book: Book, who: str, number: int, level: str) -> None:
    shift = open_shift(book, who, RIDING, number)
    record(book, shift, number, anne(book, number), Mark(support=level))


@pytest.fixture
def conflict(book: Book, other: Book, number: int, fake_time: FakeTime) -> Decision:
    """Zoé here heard 2, Ann over there heard 5 an hour later."""
    say(book, "Zoé", number, "2")
    fake_time.forward(3_600_000)
    say(other, "Ann", number, "5")
    exchange(book, other)
    [found] = open_decisions(book, RIDING)
    return found


def supports(book: Book, town: Town) -> list[str]:
    return [p.support for p in door_card(book, RIDING, town.at(4).door_id).people]


def test_a_row_says_what_who_when_and_from_which_laptop(conflict: Decision, other: Book) -> None:
    assert (conflict.subject_name.en, conflict.what.en, conflict.what.fr) == (
        "Tremblay, Anne",
        "support",
        "appui",
    )
    first, second = conflict.sides
    assert (first.value.en, first.author, first.stands) == ("strong oppose (5)", "Ann", True)
    assert first.device is not None
    assert first.device.en == f"laptop {other.device_id.hex()[:4].upper()}"
    assert (second.value.fr, second.author, second.stands) == ("appui faible (2)", "Zoé", False)
    assert second.device is not None
    assert second.device.en == "this laptop"
    assert (second.day, second.clock) == ("2015-09-23", "05:20")
    assert first.clock == "06:20"


def test_a_choice_closes_it_on_every_laptop_and_both_show_it(
    book: Book, other: Book, town: Town, conflict: Decision
) -> None:
    assert supports(book, town) == ["5"]
    close_decision(book, conflict, 1, "Lead")
    assert (supports(book, town), count_decisions(book)) == (["2"], 0)
    exchange(book, other)
    assert (supports(other, town), count_decisions(other)) == (["2"], 0)
    assert state_digest(book.read(), RIDING) == state_digest(other.read(), RIDING)
    assert examine(book).ok


def test_undoing_a_closing_brings_both_sides_back_and_it_can_be_closed_again(
    book: Book, town: Town, conflict: Decision
) -> None:
    closed = close_decision(book, conflict, 1, "Lead")
    reopen_decision(book, closed, "Lead")
    assert (supports(book, town), open_decisions(book)) == (["5"], [conflict])
    close_decision(book, conflict, 0, "Lead")
    assert (supports(book, town), count_decisions(book)) == (["5"], 0)


def test_a_row_that_changed_since_it_was_shown_is_not_closed(
    book: Book, other: Book, town: Town, number: int, conflict: Decision
) -> None:
    say(other, "Ann", number, "3")
    carry(other, book)
    with pytest.raises(InputError):
        close_decision(book, conflict, 1, "Lead")
    with pytest.raises(InputError):
        close_decision(book, conflict, 7, "Lead")
    assert supports(book, town) != ["2"]


def test_equal_values_are_no_decision(book: Book, other: Book, number: int) -> None:
    say(book, "Zoé", number, "2")
    say(other, "Ann", number, "2")
    exchange(book, other)
    assert open_decisions(book) == []


def test_a_bar_is_only_lifted_by_lifting_it(book: Book, other: Book, town: Town, number: int) -> None:
    door = town.at(8).door_id
    with book.act("Zoé") as act:
        act.add(RIDING, door, BarSet(target="door"))
    carry(book, other)
    with book.act("Zoé") as act:
        act.add(RIDING, door, BarLifted(target="door"))
    with other.act("Ann") as act:
        act.add(RIDING, door, BarSet(target="door", reason="again"))
    exchange(book, other)
    [row] = open_decisions(book)
    assert [side.value.en for side in row.sides] == ["do not contact", "may be contacted"]
    closed = close_decision(book, row, 1, "Lead")
    assert not door_card(book, RIDING, door).barred
    kinds = [r[0] for r in book.read().query("SELECT kind FROM event WHERE subject = ?", (door,))]
    assert kinds.count("bar.lifted") == 2
    with pytest.raises(InputError):
        reopen_decision(book, closed, "Lead")
    assert not door_card(book, RIDING, door).barred


def test_what_one_change_set_together_is_one_row(book: Book, other: Book, town: Town, number: int) -> None:
    turf = book.read().query("SELECT turf_id FROM turf")[0][0]
    for laptop, doors, metres in ((book, town.doors[:3], 200), (other, town.doors[3:9], 500)):
        with laptop.act("Lead") as act:
            act.add(
                RIDING,
                bytes(turf),
                TurfChanged(doors=tuple(d.door_id for d in doors), seconds=600, metres=metres),
            )
    exchange(book, other)
    [row] = open_decisions(book)
    assert set(row.fields) == {"doors", "metres"}
    values = {side.value.en for side in row.sides}
    assert {v.split(" · ")[0].split(" from ")[0] for v in values} == {"3 doors", "6 doors"}
    choice = next(n for n, side in enumerate(row.sides) if "3 doors" in side.value.en)
    close_decision(book, row, choice, "Lead")
    assert book.read().query("SELECT metres FROM turf") == [(200,)]
    assert len(book.read().query("SELECT 1 FROM turf_door")) == 3


def test_a_row_is_found_by_the_start_of_its_name(book: Book, conflict: Decision) -> None:
    assert find_decision(book, conflict.id[:5]) == conflict
    with pytest.raises(InputError):
        find_decision(book, "zz")


def test_three_sides_have_three_choices(
    book: Book, other: Book, town: Town, number: int, conflict: Decision, tmp_path: Path, fake_time: FakeTime
) -> None:
    third = second_laptop(tmp_path / "third", fake_time)
    try:
        person = conflict.subject
        with third.act("Bo") as act:
            act.add(RIDING, person, SupportMarked(level="1"))
        carry(third, book)
    finally:
        third.close()
    # The row that was shown before the third side came is not closed: its sides are not all there are.
    with pytest.raises(InputError):
        close_decision(book, conflict, 1, "Lead")
    [row] = open_decisions(book)
    assert len(row.sides) == 3
    choice = next(n for n, side in enumerate(row.sides) if side.author == "Bo")
    close_decision(book, row, choice, "Lead")
    assert supports(book, town) == ["1"]


def test_a_reopened_closing_asks_for_no_second_look(book: Book, town: Town, conflict: Decision) -> None:
    closed = close_decision(book, conflict, 1, "Lead")
    with book.act("Zoé") as act:
        act.add(RIDING, conflict.subject, SupportMarked(level="1"))
    reopen_decision(book, closed, "Lead")
    assert open_decisions(book) == []
    assert supports(book, town) == ["1"]


@pytest.mark.parametrize(
    ("choice", "sizes"), [("West", {"West": 8, "East": 4}), ("East", {"West": 6, "East": 6})]
)
def test_two_leads_who_cut_the_same_doors_are_told_and_one_turf_keeps_them(
    book: Book, other: Book, town: Town, fake_time: FakeTime, choice: str, sizes: dict[str, int]
) -> None:
    add = [d.door_id for d in town.doors]
    carry(book, other)
    make_turf(book, RIDING, "West", add[:8], author="Zoé")
    fake_time.forward(60_000)
    make_turf(other, RIDING, "East", add[6:], author="Ann")
    exchange(book, other)
    [row] = open_decisions(book)
    assert (row.kind, row.what.en, row.what.fr) == (
        "turfs",
        "2 doors in two turfs",
        "2 portes, deux secteurs",
    )
    assert [(side.value.en, side.author, side.stands) for side in row.sides] == [
        ("East", "Ann", True),
        ("West", "Zoé", False),
    ]
    at = next(n for n, side in enumerate(row.sides) if side.value.en == choice)
    closed = close_decision(book, row, at, "Lead")
    exchange(book, other)
    assert open_decisions(book) == open_decisions(other) == []
    held = "SELECT t.name, COUNT(*) FROM turf_door d JOIN turf t ON t.turf_id = d.turf_id GROUP BY t.name"
    assert dict(book.read().query(held)) == sizes
    reopen_decision(book, closed, "Lead")
    assert open_decisions(book) == [row]


def test_a_turf_that_shares_all_its_doors_goes_out_of_use(book: Book, other: Book, town: Town) -> None:
    add = [d.door_id for d in town.doors]
    carry(book, other)
    make_turf(book, RIDING, "West", add[:3], author="Zoé")
    make_turf(other, RIDING, "East", add, author="Ann")
    exchange(book, other)
    [row] = open_decisions(book)
    at = next(n for n, side in enumerate(row.sides) if side.value.en == "East")
    close_decision(book, row, at, "Lead")
    assert book.read().query("SELECT retired FROM turf WHERE name = 'West'") == [(1,)]
    assert open_decisions(book) == []
