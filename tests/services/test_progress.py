"""The figures of a riding mean what they say."""

from __future__ import annotations

import pytest

from canvass_app.ledger.kinds import ResidenceEnded
from canvass_app.services.book import Book
from canvass_app.services.entry import Mark, open_shift, record, undo_last
from canvass_app.services.progress import ShiftHere, progress, recount, shifts_here
from canvass_app.services.ridings import list_ridings
from canvass_app.services.turfs import make_turf, retire_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.services.conftest import RIDING, FakeTime, Town

DAY_MS = 86_400_000
MINUTE_MS = 60_000


@pytest.fixture
def number(book: Book, town: Town) -> int:
    """A walk list of the first eight doors of the street."""
    turf = make_turf(book, RIDING, "Turf 1", [door.door_id for door in town.doors[:8]])
    return issue_walk_list(book, RIDING, turf.turf_id).document.number


def line_of(book: Book, number: int, town: Town, civic: int) -> int:
    from canvass_app.services.walk_lists import load_document

    wanted = town.at(civic).door_id
    return next(line.line for line in load_document(book, number).lines if line.door_id == wanted)


def test_the_totals_equal_a_recount_from_the_events(book: Book, town: Town, number: int) -> None:
    shift = open_shift(book, "Luc", RIDING)
    for line, code in ((1, "not_home"), (3, "refused"), (4, "come_back"), (5, "vacant")):
        record(book, shift, number, line, Mark(code=code))
    undo_last(book, shift)
    report = progress(book, RIDING)
    assert recount(book, RIDING) == {"attempts": report.attempts, "contacts": report.contacts}
    assert (report.attempts, report.contacts) == (3, 2)
    assert (report.contact_rate.part, report.contact_rate.whole) == (2, 3)


def test_a_door_tried_on_two_evenings_is_one_door_of_the_first(
    book: Book, town: Town, number: int, fake_time: FakeTime
) -> None:
    shift = open_shift(book, "Luc", RIDING)
    first, second = line_of(book, number, town, 10), line_of(book, number, town, 12)
    record(book, shift, number, first, Mark(code="not_home"))
    fake_time.forward(DAY_MS)
    later = open_shift(book, "Anne", RIDING)
    other = issue_walk_list(
        book, RIDING, progress(book, RIDING).by_turf[0].turf_id, anyway=True
    ).document.number
    for line in (first, second):
        record(book, later, other, line, Mark(code="inaccessible"))
    report = progress(book, RIDING)
    assert report.doors.part == 2
    assert [day.doors for day in report.by_day] == [1, 1]
    assert sum(day.attempts for day in report.by_day) == report.attempts


def test_people_are_counted_in_the_evening_of_their_last_conversation(
    book: Book, town: Town, number: int, fake_time: FakeTime
) -> None:
    anne = line_of(book, number, town, 4)
    record(book, open_shift(book, "Luc", RIDING), number, anne, Mark(support="3"))
    fake_time.forward(DAY_MS)
    other = issue_walk_list(
        book, RIDING, progress(book, RIDING).by_turf[0].turf_id, anyway=True
    ).document.number
    line = line_of(book, other, town, 4)
    record(
        book, open_shift(book, "Priya", RIDING), other, line, Mark(support="1", answers={"pledge": ("yes",)})
    )
    report = progress(book, RIDING)
    assert (report.identified, report.supporters, report.pledges) == (1, 1, 1)
    assert [(day.identified, day.supporters, day.pledges) for day in report.by_day] == [(0, 0, 0), (1, 1, 1)]


def test_somebody_who_died_is_no_supporter_any_more(book: Book, town: Town, number: int) -> None:
    shift = open_shift(book, "Luc", RIDING)
    line = line_of(book, number, town, 4)
    record(book, shift, number, line, Mark(support="1", answers={"pledge": ("yes",)}))
    before = progress(book, RIDING)
    with book.act("Luc") as act:
        act.add(RIDING, town.people[2].person_id, ResidenceEnded(reason="deceased"))
    after = progress(book, RIDING)
    assert (before.identified, before.supporters, before.pledges) == (1, 1, 1)
    assert (after.identified, after.supporters, after.pledges, after.by_support["1"]) == (0, 0, 0, 0)
    assert sum(day.supporters for day in after.by_day) == 0
    assert after.attempts == before.attempts


def test_the_ridings_count_the_same_people_as_their_progress(book: Book, town: Town) -> None:
    with book.act("Luc") as act:
        act.add(RIDING, town.people[0].person_id, ResidenceEnded(reason="moved"))
        act.add(RIDING, town.people[2].person_id, ResidenceEnded(reason="deceased"))
    (card,) = list_ridings(book)
    assert card.people == progress(book, RIDING).people == len(town.people) - 2


def test_a_turf_counts_what_happened_at_its_doors_before_it_was_cut(
    book: Book, town: Town, number: int
) -> None:
    shift = open_shift(book, "Luc", RIDING)
    record(book, shift, number, line_of(book, number, town, 10), Mark(code="refused"))
    old = progress(book, RIDING).by_turf[0]
    assert (old.doors, old.attempted, old.attempts, old.contacts) == (8, 1, 1, 1)
    retire_turf(book, RIDING, old.turf_id)
    report = progress(book, RIDING)
    assert report.by_turf == []
    assert (report.no_turf.doors, report.no_turf.attempts) == (12, 1)
    make_turf(book, RIDING, "Turf 2", [town.at(10).door_id, town.at(12).door_id], anyway=True)
    report = progress(book, RIDING)
    new = report.by_turf[0]
    assert (new.name, new.doors, new.attempted, new.attempts, new.contacts) == ("Turf 2", 2, 1, 1, 1)
    assert (report.no_turf.doors, report.no_turf.attempts) == (10, 0)


def test_every_door_on_file_has_exactly_one_state(book: Book, town: Town, number: int) -> None:
    shift = open_shift(book, "Luc", RIDING)
    record(book, shift, number, line_of(book, number, town, 10), Mark(code="not_home"))
    record(book, shift, number, line_of(book, number, town, 12), Mark(code="do_not_knock"))
    report = progress(book, RIDING)
    assert sum(report.by_state.values()) == report.doors.whole == 12
    assert report.by_state[4] == 1


def test_an_evening_typed_from_paper_says_nothing_of_the_walk(
    book: Book, town: Town, number: int, fake_time: FakeTime
) -> None:
    typed = open_shift(book, "Luc", RIDING)
    for civic in (8, 10, 12):
        fake_time.forward(3_000)
        record(book, typed, number, line_of(book, number, town, civic), Mark(code="not_home"))
    assert progress(book, RIDING).doors_per_hour is None
    fake_time.forward(DAY_MS)
    walked = open_shift(book, "Anne", RIDING)
    for civic in (8, 10, 12):
        record(book, walked, number, line_of(book, number, town, civic), Mark(code="not_home"))
        fake_time.forward(15 * MINUTE_MS)
    report = progress(book, RIDING)
    assert (report.walked.shifts, report.walked.attempts, report.walked.hours) == (1, 3, 0.5)
    assert report.doors_per_hour == 6


def test_a_riding_without_results_has_figures_of_zero(book: Book, town: Town) -> None:
    report = progress(book, RIDING)
    assert (report.attempts, report.contacts, report.contact_rate.value, report.doors_per_hour) == (
        0,
        0,
        0.0,
        None,
    )
    assert (report.doors.part, report.doors.whole) == (0, 12)


def test_the_shifts_of_this_device_say_what_headquarters_lacks(
    book: Book, town: Town, number: int, fake_time: FakeTime
) -> None:
    record(
        book, open_shift(book, "Luc", RIDING), number, line_of(book, number, town, 10), Mark(code="not_home")
    )
    with book.database.write() as db:
        db.run("UPDATE device_log SET acked_through = last_seq WHERE riding_id = ?", (RIDING,))
    first_day = book.today()
    fake_time.forward(DAY_MS)
    shift = open_shift(book, "Anne", RIDING)
    for civic in (12, 14):
        record(book, shift, number, line_of(book, number, town, civic), Mark(code="refused"))
    assert shifts_here(book) == [ShiftHere("Anne", book.today(), 2, 2), ShiftHere("Luc", first_day, 1, 0)]
