from __future__ import annotations

from pathlib import Path

import pytest

from canvass_app.domain.codes import DoorState
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.numbers import page_code
from canvass_app.services.book import Book, open_book
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.entry import (
    EntryLine,
    Mark,
    Shift,
    add_person,
    amend_second_choice,
    close_shift,
    open_page,
    open_shift,
    record,
    results_of_shift,
    undo,
    undo_last,
)
from canvass_app.services.map_data import door_card, door_states
from canvass_app.services.progress import progress, recount
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document

from .conftest import RIDING, FakeTime, Town


@pytest.fixture
def number(book: Book, town: Town) -> int:
    made = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors])
    return issue_walk_list(book, RIDING, made.turf_id, canvasser="Zoé").document.number


@pytest.fixture
def shift(book: Book, number: int) -> Shift:
    return open_shift(book, "Zoé Côté", RIDING, number)


def line_of(book: Book, number: int, civic: str, name: str = "") -> int:
    return next(
        e.line for e in load_document(book, number).lines if e.civic == civic and e.name.endswith(name)
    )


def _all_lines(book: Book, number: int) -> list[EntryLine]:
    pages = load_document(book, number).pages
    return [entry for sheet in pages for entry in open_page(book, page_code(number, sheet.page)).lines]


def test_a_page_opens_in_exactly_the_printed_order(book: Book, number: int) -> None:
    document = load_document(book, number)
    assert [line.line for line in document.lines] == list(range(1, len(document.lines) + 1))
    assert [line.civic for line in document.lines if line.first_at_door] == [str(n) for n in range(2, 26, 2)]
    for sheet in document.pages:
        page = open_page(book, page_code(number, sheet.page))
        assert tuple(e.line for e in page.lines) == sheet.lines
        assert page.done == 0


def test_a_line_typed_three_times_counts_once(book: Book, number: int, shift: Shift) -> None:
    line = line_of(book, number, "4")
    record(book, shift, number, line, Mark(support="3"))
    record(book, shift, number, line, Mark(code="not_home"))
    record(book, shift, number, line, Mark(code="refused"))
    assert progress(book, RIDING).by_code == {"refused": 1}
    assert not any(progress(book, RIDING).by_support.values())
    undo_last(book, shift)
    assert progress(book, RIDING).by_code == {"not_home": 1}
    undo_last(book, shift)
    assert progress(book, RIDING).by_code == {"canvassed": 1}
    assert progress(book, RIDING).by_support["3"] == 1


def test_not_home_marks_the_whole_household_with_one_attempt(book: Book, number: int, shift: Shift) -> None:
    line = line_of(book, number, "2", "Luc")
    recorded = record(book, shift, number, line, Mark(code="not_home"))
    assert [saved.code for _, saved in recorded.saved if saved] == ["not_home", "not_home"]
    assert progress(book, RIDING).attempts == 1


def test_a_conversation_marks_one_person_and_the_door(
    book: Book, town: Town, number: int, shift: Shift
) -> None:
    line = line_of(book, number, "2", "Marie")
    record(book, shift, number, line, Mark(support="2", answers={"pledge": ("yes",)}))
    amend_second_choice(book, shift, number, line, "l")
    card = door_card(book, RIDING, town.at(2).door_id)
    assert {p.name: p.support for p in card.people} == {"Roy, Luc": "", "Roy, Marie": "2L"}
    assert card.state == DoorState.TALKED
    report = progress(book, RIDING)
    assert (report.identified, report.pledges, report.contacts) == (1, 1, 1)


def test_undo_goes_back_to_the_start_of_the_shift(book: Book, town: Town, number: int, shift: Shift) -> None:
    fresh = state_digest(book.read(), RIDING)
    line = line_of(book, number, "4")
    record(book, shift, number, line, Mark(support="1", answers={"pledge": ("yes",)}, note="dog"))
    record(book, shift, number, line_of(book, number, "8"), Mark(code="do_not_knock"))
    assert state_digest(book.read(), RIDING) != fresh
    assert undo_last(book, shift) is not None
    assert undo_last(book, shift) is not None
    assert undo_last(book, shift) is None
    assert results_of_shift(book, shift) == 0
    assert state_digest(book.read(), RIDING) == fresh
    assert door_states(book, RIDING, [town.at(8).door_id]) == {town.at(8).door_id: DoorState.NEVER}


def test_undo_brings_back_what_was_known_before(book: Book, town: Town, number: int, shift: Shift) -> None:
    line = line_of(book, number, "4")
    record(book, shift, number, line, Mark(support="3", second="G"))
    second = open_shift(book, "Ann", RIDING, number)
    record(book, second, number, line, Mark(support="1"))
    undo_last(book, second)
    card = door_card(book, RIDING, town.at(4).door_id)
    assert [p.support for p in card.people] == ["3G"]
    assert progress(book, RIDING).attempts == 1
    assert [e.saved.support_text for e in _all_lines(book, number) if e.line.line == line and e.saved] == [
        "3G"
    ]


def test_a_line_typed_twice_counts_once(book: Book, number: int, shift: Shift) -> None:
    line = line_of(book, number, "10")
    record(book, shift, number, line, Mark(code="not_home"))
    record(book, shift, number, line, Mark(code="refused"))
    report = progress(book, RIDING)
    assert (report.attempts, report.by_code) == (1, {"refused": 1})


def test_do_not_contact_bars_the_person_named_on_the_line_too_and_both_are_taken_back(
    book: Book, town: Town, number: int, shift: Shift
) -> None:
    line = line_of(book, number, "4")
    done = record(book, shift, number, line, Mark(code="do_not_knock"))
    barred = "SELECT d.barred, p.barred FROM person p JOIN door d ON d.door_id = p.door_id WHERE p.last = 'Tremblay'"
    assert book.read().query(barred) == [(1, 1)]
    undo(book, shift, done.token)
    assert book.read().query(barred) == [(0, 0)]


def test_a_bar_is_not_lifted_by_a_later_not_home(book: Book, town: Town, number: int, shift: Shift) -> None:
    line = line_of(book, number, "12")
    record(book, shift, number, line, Mark(code="do_not_knock"))
    again = issue_walk_list(
        book, RIDING, make_turf(book, RIDING, "B", [town.at(12).door_id], take=True).turf_id
    )
    assert again.document.lines[0].barred
    other = open_shift(book, "Ann", RIDING, again.document.number)
    record(book, other, again.document.number, 1, Mark(code="not_home"))
    assert door_states(book, RIDING, [town.at(12).door_id]) == {town.at(12).door_id: DoorState.BARRED}


def test_somebody_unknown_who_talks_is_kept_without_a_name(
    book: Book, town: Town, number: int, shift: Shift
) -> None:
    record(book, shift, number, line_of(book, number, "14"), Mark(support="1"))
    card = door_card(book, RIDING, town.at(14).door_id)
    assert [(p.name, p.support) for p in card.people] == [("", "1")]


def test_deceased_takes_two_witnesses(book: Book, town: Town, number: int, shift: Shift) -> None:
    line = line_of(book, number, "4")
    record(book, shift, number, line, Mark(code="deceased"))
    assert [p.gone for p in door_card(book, RIDING, town.at(4).door_id).people] == [""]
    again = issue_walk_list(
        book, RIDING, make_turf(book, RIDING, "B", [town.at(4).door_id], take=True).turf_id
    )
    other = open_shift(book, "Ann", RIDING, again.document.number)
    record(book, other, again.document.number, 1, Mark(code="deceased"))
    assert [p.gone for p in door_card(book, RIDING, town.at(4).door_id).people] == ["deceased"]


def test_a_person_met_at_the_door_is_added(book: Book, town: Town, number: int, shift: Shift) -> None:
    add_person(book, shift, RIDING, town.at(16).door_id, " Nguyen ", "Thi", "(613) 555-0142")
    assert [p.name for p in door_card(book, RIDING, town.at(16).door_id).people] == ["Nguyen, Thi"]
    with pytest.raises(InputError):
        add_person(book, shift, RIDING, town.at(16).door_id, " ", "")


def test_a_code_and_an_answer_on_one_line_are_refused_and_nothing_is_written(
    book: Book, number: int, shift: Shift
) -> None:
    with pytest.raises(InputError):
        record(book, shift, number, 1, Mark(code="not_home", support="1"))
    with pytest.raises(InputError):
        record(book, shift, number, 1, Mark(support="1", second="L"))
    with pytest.raises(NotFound):
        record(book, shift, number, 999, Mark(code="not_home"))
    assert progress(book, RIDING).attempts == 0


def test_an_unknown_list_and_a_wrong_code_say_what_to_do(book: Book, number: int) -> None:
    with pytest.raises(NotFound):
        open_page(book, page_code(999_999_999, 1))
    with pytest.raises(InputError):
        open_page(book, f"{number}O")
    with pytest.raises(InputError):
        open_page(book, page_code(number, 99))


def test_results_are_there_after_the_book_is_opened_again(
    book: Book, number: int, shift: Shift, tmp_path: Path, fake_time: FakeTime
) -> None:
    for line in load_document(book, number).lines:
        fake_time.forward(2_000)
        record(book, shift, number, line.line, Mark(code="not_home"))
    close_shift(book, shift)
    before = progress(book, RIDING)
    assert before.attempts == 12
    assert recount(book, RIDING) == {"attempts": before.attempts, "contacts": before.contacts}
    assert examine(book).ok
    book.close()
    again = open_book(tmp_path / "data", passphrase="test", now_ms=fake_time)
    try:
        assert progress(again, RIDING) == before
        assert all(e.saved for e in open_page(again, page_code(number, 1)).lines)
    finally:
        again.close()
