"""What became of a turf each time it was walked."""

from __future__ import annotations

from canvass_app.services.book import Book
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.turf_passes import turf_making, turf_passes
from canvass_app.services.turfs import make_turf, rename_turf
from canvass_app.services.walk_lists import issue_walk_list, mark_returned

from .conftest import RIDING, FakeTime, Town


def test_each_list_is_a_pass_with_its_own_figures(book: Book, town: Town, fake_time: FakeTime) -> None:
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors[:6]], author="Lea").turf_id
    first = issue_walk_list(book, RIDING, turf, canvasser="Zoé")
    number = first.document.number
    shift = open_shift(book, "Zoé", RIDING, number)
    doors: dict[bytes, int] = {line.door_id: line.line for line in reversed(first.document.lines)}
    for code, line in zip(("not_home", "refused", "not_home"), list(doors.values())[:3], strict=True):
        record(book, shift, number, line, Mark(code=code))
        fake_time.forward(120_000)
    mark_returned(book, RIDING, first.list_id)
    second = issue_walk_list(book, RIDING, turf, canvasser="Luc")
    newest, oldest = turf_passes(book, RIDING, turf)
    assert (newest.number, newest.canvasser, newest.returned) == (second.document.number, "Luc", False)
    assert (newest.tried, newest.attempts, newest.contacts, newest.minutes) == (0, 0, 0, 0)
    assert (oldest.number, oldest.canvasser, oldest.returned, oldest.doors) == (number, "Zoé", True, 6)
    assert (oldest.tried, oldest.attempts, oldest.contacts, oldest.minutes) == (3, 3, 1, 4)


def test_results_typed_in_from_paper_tell_no_minutes(book: Book, town: Town, fake_time: FakeTime) -> None:
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors]).turf_id
    number = issue_walk_list(book, RIDING, turf).document.number
    shift = open_shift(book, "Zoé", RIDING, number)
    for line in range(1, 13):
        record(book, shift, number, line, Mark(code="not_home"))
        fake_time.forward(12_000)
    [one] = turf_passes(book, RIDING, turf)
    assert (one.attempts > 0, one.minutes) == (True, 0)


def test_a_turf_says_who_made_it_and_who_changed_it_last(book: Book, town: Town) -> None:
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors], author="Lea").turf_id
    making = turf_making(book, RIDING, turf)
    assert (making.author, making.changed_by, making.changed_day) == ("Lea", "", "")
    assert making.day
    rename_turf(book, RIDING, turf, "Elm", author="Tom")
    assert turf_making(book, RIDING, turf).changed_by == "Tom"
    assert turf_making(book, RIDING, b"?" * 16).day == ""
