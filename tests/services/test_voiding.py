"""A shift or an import can be taken back, shown before, and the taking back undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.domain.codes import DoorState
from canvass_app.domain.errors import NotFound
from canvass_app.ledger.kinds import BarSet, ResidenceEnded, SupportMarked
from canvass_app.services.book import Book
from canvass_app.services.decisions import close_decision, count_decisions, open_decisions
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.entry import Mark, Shift, add_person, open_shift, record, undo_last
from canvass_app.services.map_data import door_card, door_states
from canvass_app.services.progress import progress
from canvass_app.services.turfs import make_turf
from canvass_app.services.voiding import (
    find_outing,
    list_outings,
    preview_void,
    restore_shift,
    void_shift,
)
from canvass_app.services.walk_lists import issue_walk_list, load_document
from canvass_app.services.withdrawing import (
    list_imports,
    preview_withdraw,
    restore_import,
    withdraw_import,
)

from .conftest import RIDING, FakeTime, Town, add_roster, door, person
from .laptops import carry, exchange, second_laptop


@pytest.fixture
def number(book: Book, town: Town) -> int:
    made = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors])
    return issue_walk_list(book, RIDING, made.turf_id, canvasser="Zoé").document.number


@pytest.fixture
def other(book: Book, number: int, tmp_path: Path, fake_time: FakeTime) -> Iterator[Book]:
    opened = second_laptop(tmp_path / "other", fake_time)
    carry(book, opened)
    yield opened
    opened.close()


def line_of(book: Book, number: int, civic: str, name: str = "") -> int:
    return next(
        e.line for e in load_document(book, number).lines if e.civic == civic and e.name.endswith(name)
    )


def evening(book: Book, number: int) -> Shift:
    """Four doors: a pledge at 4, nobody at 8, never again at 10, a new person at 12."""
    shift = open_shift(book, "Zoé", RIDING, number)
    record(
        book,
        shift,
        number,
        line_of(book, number, "4"),
        Mark(support="1", answers={"pledge": ("yes",)}, note="dog"),
    )
    record(book, shift, number, line_of(book, number, "8"), Mark(code="not_home"))
    record(book, shift, number, line_of(book, number, "10"), Mark(code="do_not_knock"))
    document = load_document(book, number)
    home = next(e.door_id for e in document.lines if e.civic == "12")
    add_person(book, shift, RIDING, home, "Côté", "Léa")
    return shift


def test_a_preview_says_exactly_what_voiding_then_does(book: Book, town: Town, number: int) -> None:
    shift = evening(book, number)
    before = state_digest(book.read(), RIDING)
    seen = preview_void(book, RIDING, shift.shift_id)
    assert (seen.attempts, seen.contacts, seen.answers, seen.notes, seen.bars_kept) == (3, 2, 1, 1, 1)
    assert [(m.name, m.before.en, m.after.en) for m in seen.doors] == [
        ("4 Birch St", "talked", "never tried"),
        ("8 Birch St", "not home so far", "never tried"),
    ]
    assert [(m.name, m.before.en, m.after.fr) for m in seen.people] == [
        ("Tremblay, Anne", "strong support (1)", "non indiqué")
    ]
    assert (seen.people_gone, seen.stands) == (1, ())
    assert state_digest(book.read(), RIDING) == before
    attempts = progress(book, RIDING).attempts
    void_shift(book, RIDING, shift.shift_id, "Lead", "typed on the wrong list")
    assert progress(book, RIDING).attempts == attempts - seen.attempts
    assert door_states(book, RIDING, [town.at(4).door_id, town.at(10).door_id]) == {
        town.at(4).door_id: DoorState.NEVER,
        town.at(10).door_id: DoorState.BARRED,
    }
    assert preview_void(book, RIDING, shift.shift_id).empty
    assert examine(book).ok


def test_restoring_a_shift_brings_everything_back_and_both_can_be_repeated(book: Book, number: int) -> None:
    shift = evening(book, number)
    before = state_digest(book.read(), RIDING)
    for _ in range(2):
        void_shift(book, RIDING, shift.shift_id, "Lead")
        assert state_digest(book.read(), RIDING) != before
        restore_shift(book, RIDING, shift.shift_id, "Lead")
        assert state_digest(book.read(), RIDING) == before


def test_the_list_of_shifts_says_who_when_how_many_and_whether_it_counts(
    book: Book, other: Book, number: int, fake_time: FakeTime
) -> None:
    evening(book, number)
    fake_time.forward(86_400_000)
    away = open_shift(other, "Ann", RIDING, number)
    record(other, away, number, line_of(other, number, "14"), Mark(code="not_home"))
    carry(other, book)
    void_shift(book, RIDING, away.shift_id, "Lead")
    first, second = list_outings(book, RIDING)
    assert (first.volunteer, first.day, first.clock, first.results, first.voided, first.here) == (
        "Ann",
        "2015-09-24",
        "05:20",
        1,
        True,
        False,
    )
    assert (second.volunteer, second.results, second.voided, second.here) == ("Zoé", 3, False, True)
    assert find_outing(book, first.shift_id.hex()[:8]) == first
    with pytest.raises(NotFound):
        find_outing(book, "")
    with pytest.raises(NotFound):
        void_shift(book, RIDING, b"\1" * 16, "Lead")


def test_results_that_arrive_late_do_not_count_either(book: Book, other: Book, number: int) -> None:
    away = open_shift(other, "Ann", RIDING, number)
    record(other, away, number, line_of(other, number, "14"), Mark(code="not_home"))
    carry(other, book)
    void_shift(book, RIDING, away.shift_id, "Lead")
    record(other, away, number, line_of(other, number, "16"), Mark(code="not_home"))
    exchange(book, other)
    assert progress(book, RIDING).attempts == 0
    assert state_digest(book.read(), RIDING) == state_digest(other.read(), RIDING)


def test_corrections_by_others_stand_and_wait_to_be_looked_at(
    book: Book, other: Book, town: Town, number: int
) -> None:
    shift = evening(book, number)
    carry(book, other)
    anne = town.people[2].person_id
    with other.act("Ann") as act:
        act.add(RIDING, anne, SupportMarked(level="3"))
    exchange(book, other)
    seen = preview_void(book, RIDING, shift.shift_id)
    assert [(row.what.en, row.sides[0].author) for row in seen.stands] == [("support", "Ann")]
    assert count_decisions(book) == 0
    void_shift(book, RIDING, shift.shift_id, "Lead")
    [row] = open_decisions(book, RIDING)
    assert (row.kind, [side.value.en for side in row.sides]) == ("correction", ["undecided (3)", "not said"])
    assert [p.support for p in door_card(book, RIDING, town.at(4).door_id).people] == ["3"]
    close_decision(book, row, 0, "Lead")
    exchange(book, other)
    assert (count_decisions(book), count_decisions(other)) == (0, 0)
    assert [p.support for p in door_card(other, RIDING, town.at(4).door_id).people] == ["3"]


def test_a_correction_can_be_taken_back_to_what_was_known_before(
    book: Book, other: Book, town: Town, number: int, fake_time: FakeTime
) -> None:
    line = line_of(book, number, "4")
    first = open_shift(book, "Bo", RIDING, number)
    record(book, first, number, line, Mark(support="2"))
    fake_time.forward(60_000)
    second = open_shift(book, "Zoé", RIDING, number)
    record(book, second, number, line, Mark(support="5"))
    carry(book, other)
    with other.act("Ann") as act:
        act.add(RIDING, town.people[2].person_id, SupportMarked(level="4"))
    carry(other, book)
    void_shift(book, RIDING, second.shift_id, "Lead")
    [row] = open_decisions(book, RIDING)
    assert [(side.value.en, side.author) for side in row.sides] == [
        ("weak oppose (4)", "Ann"),
        ("weak support (2)", "Bo"),
    ]
    close_decision(book, row, 1, "Lead")
    assert [p.support for p in door_card(book, RIDING, town.at(4).door_id).people] == ["2"]
    assert count_decisions(book) == 0


def test_withdrawing_a_file_keeps_who_was_met_and_says_so_before(book: Book, town: Town, number: int) -> None:
    extra = [door(n, "Elm St") for n in (1, 3, 5)]
    folk = [person(extra[0], "Nguyen", "Thi"), person(extra[1], "Okafor", "Ada")]
    roster = add_roster(book, extra, folk, "elm.csv")
    shift = open_shift(book, "Zoé", RIDING)
    with book.act("Zoé", shift.shift_id) as act:
        act.add(RIDING, folk[0].person_id, SupportMarked(level="1"))
    # Somebody whom no file has ever listed: the withdrawal is none of their business.
    add_person(book, shift, RIDING, town.at(20).door_id, "Côté", "Léa")
    before = state_digest(book.read(), RIDING)
    seen = preview_withdraw(book, RIDING, roster)
    assert (seen.doors_gone, seen.doors_stay, seen.people_gone, seen.people_stay) == (2, 1, 1, 1)
    assert (seen.gone_names, seen.stay_names) == (("Okafor, Ada",), ("Nguyen, Thi",))
    assert state_digest(book.read(), RIDING) == before
    withdraw_import(book, RIDING, roster, "Lead", "wrong town")
    [file] = [one for one in list_imports(book, RIDING) if one.roster_id == roster]
    assert (file.withdrawn, file.source, file.doors, file.people) == (True, "elm.csv", 3, 2)
    stays = book.read().query("SELECT on_file FROM person WHERE person_id = ?", (folk[0].person_id,))
    assert stays == [(0,)]
    assert progress(book, RIDING).doors.whole == len(town.doors) + 1
    restore_import(book, RIDING, roster, "Lead")
    assert state_digest(book.read(), RIDING) == before
    assert examine(book).ok


def test_who_stayed_because_of_an_attempt_goes_when_it_is_taken_back(book: Book, town: Town) -> None:
    extra = [door(n, "Elm Ave") for n in (2, 4)]
    folk = [person(extra[0], "Nguyen", "Thi"), person(extra[1], "Okafor", "Ada")]
    roster = add_roster(book, extra, folk, "elm.csv")
    turf = make_turf(book, RIDING, "Elm", [one.door_id for one in extra]).turf_id
    number = issue_walk_list(book, RIDING, turf).document.number
    shift = open_shift(book, "Zoé", RIDING, number)
    record(book, shift, number, 1, Mark(code="refused"))
    withdraw_import(book, RIDING, roster, "Lead", "wrong town")

    def shown() -> list[str]:
        rows = book.read().query("SELECT last FROM person WHERE last IN ('Nguyen', 'Okafor') ORDER BY last")
        return [str(row[0]) for row in rows]

    assert len(shown()) == 1
    undo_last(book, shift)
    assert shown() == []
    assert examine(book).ok


def test_a_preview_names_a_door_whose_state_changes_with_who_lives_there(book: Book, town: Town) -> None:
    luc, marie = town.people[0].person_id, town.people[1].person_id
    with book.act("Lead") as act:
        act.add(RIDING, luc, BarSet(target="person", reason="asked"))
    shift = open_shift(book, "Zoé", RIDING)
    with book.act("Zoé", shift.shift_id) as act:
        act.add(RIDING, marie, ResidenceEnded(reason="moved"))
    seen = preview_void(book, RIDING, shift.shift_id)
    assert [(m.name, m.before.en, m.after.en) for m in seen.doors] == [
        ("2 Birch St", "do not knock", "never tried")
    ]
    assert [(m.name, m.before.en, m.after.en) for m in seen.people] == [
        ("Roy, Marie", "moved away", "lives there")
    ]
