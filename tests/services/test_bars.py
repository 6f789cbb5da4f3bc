"""Do not contact: a person, a door, a number; at once on every way in which people leave the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.ledger.kinds import PersonDescribed, PersonSameAs, RosterWithdrawn
from canvass_app.printing import print_walk_list
from canvass_app.services.access import access_report
from canvass_app.services.bar_files import bar_file
from canvass_app.services.bars import (
    bars_of_number,
    bars_of_person,
    kept_from,
    lift_bar,
    number_of,
    set_bar,
)
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine
from canvass_app.services.entry import Mark, open_page, open_shift, record
from canvass_app.services.erasure import erase_person
from canvass_app.services.lists_now import document_now
from canvass_app.services.map_data import door_card
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document
from tests.printing.reading import page_texts

from .conftest import RIDING, FakeTime, Town, add_roster, door, person
from .laptops import exchange, second_laptop

NUMBER = "+16135550142"
KEY = phone_subject(RIDING, NUMBER)


@pytest.fixture
def anne(book: Book, town: Town) -> bytes:
    """Anne Tremblay of 4 Birch St, whose number everybody knows."""
    her = town.people[2].person_id
    with book.act("lead") as act:
        act.add(RIDING, her, PersonDescribed(phone="6135550142"))
    return her


def no_call(book: Book, one: bytes) -> int:
    ((flag,),) = book.read().query("SELECT no_call FROM person WHERE person_id = ?", (one,))
    return int(flag)


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("(613) 555-0142", NUMBER),
        ("1 613 555 0142", NUMBER),
        ("+1-613-555-0142", NUMBER),
        ("613.555.0142 x12", NUMBER),
        ("+44 20 7946 0958", "+442079460958"),
        ("011 44 20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("+49 12345678", "+4912345678"),
        ("12 Birch St", ""),
        ("5550142", ""),
        ("", ""),
    ],
)
def test_two_spellings_of_a_number_are_one(typed: str, meant: str) -> None:
    assert phone_number(typed) == meant


def test_what_is_no_number_cannot_be_barred() -> None:
    with pytest.raises(InputError, match="not a telephone number"):
        number_of("next door")


def test_no_number_stands_in_the_record(book: Book, town: Town) -> None:
    set_bar(book, RIDING, "number", KEY, author="Ana", reason="asked by letter")
    for (raw,) in book.read().query("SELECT raw FROM event WHERE kind = 'bar.set'"):
        assert b"6135550142" not in bytes(raw)
    # Nor is one riding's key another's.
    assert phone_subject(RIDING + 1, NUMBER) != KEY


def test_everybody_with_a_barred_number_is_not_called_and_may_be_knocked_for(
    book: Book, town: Town, anne: bytes
) -> None:
    other = town.people[0].person_id
    with book.act("lead") as act:
        act.add(RIDING, other, PersonDescribed(phone="6135550142"))
    changes = set_bar(book, RIDING, "number", KEY, author="Ana", reason="asked by letter")
    assert changes.people == {anne, other}
    assert (no_call(book, anne), no_call(book, other)) == (1, 1)
    assert kept_from(book.read(), RIDING, "phone", [anne, other]) == {anne, other}
    assert kept_from(book.read(), RIDING, "door", [anne, other]) == set()
    (bar,) = bars_of_person(book, RIDING, anne)
    assert (bar.target, bar.author, bar.reason, bar.day) == ("number", "Ana", "asked by letter", book.today())
    assert bars_of_number(book, RIDING, NUMBER) == [bar]
    assert examine(book).findings == []


def test_a_bar_is_set_once_and_lifted_with_a_reason(book: Book, town: Town, anne: bytes) -> None:
    set_bar(book, RIDING, "number", KEY, author="Ana")
    assert not set_bar(book, RIDING, "number", KEY, author="Bea").ridings
    with pytest.raises(InputError, match="why"):
        lift_bar(book, RIDING, "number", KEY, author="Bea", reason="  ")
    assert no_call(book, anne) == 1
    lift_bar(book, RIDING, "number", KEY, author="Bea", reason="they called us")
    assert no_call(book, anne) == 0
    assert not lift_bar(book, RIDING, "number", KEY, author="Bea", reason="again").ridings
    with pytest.raises(NotFound):
        set_bar(book, RIDING, "person", b"?" * 16, author="Ana")


def test_somebody_who_gets_a_barred_number_later_is_not_called_either(book: Book, town: Town) -> None:
    set_bar(book, RIDING, "number", KEY, author="Ana")
    # From another file, and told at a door.
    add_roster(book, [door(40)], [person(door(40), "Gagnon", "Zoé", phone="6135550142")], source="other.csv")
    met = town.people[0].person_id
    with book.act("lead") as act:
        act.add(RIDING, met, PersonDescribed(phone="6135550142"))
    rows = book.read().query("SELECT last FROM person WHERE no_call = 1 ORDER BY last")
    assert rows == [("Gagnon",), ("Roy",)]
    # With another number she may be called again: the bar is the number's.
    with book.act("lead") as act:
        act.add(RIDING, met, PersonDescribed(phone="6135550199"))
    assert no_call(book, met) == 0
    assert examine(book).findings == []


def test_a_number_stays_barred_through_withdrawal_joining_and_erasure(
    book: Book, town: Town, anne: bytes
) -> None:
    set_bar(book, RIDING, "number", KEY, author="Ana")
    file = add_roster(
        book, [door(40)], [person(door(40), "Gagnon", "Zoé", phone="6135550142")], source="other.csv"
    )
    with book.act("lead") as act:
        act.add(RIDING, file, RosterWithdrawn())
    erase_person(book, RIDING, anne, author="lead", clean=False)
    twin = person(door(42), "Roy", "L.", phone="6135550142")
    add_roster(book, [door(42)], [twin], source="third.csv")
    with book.act("lead") as act:
        act.add(RIDING, town.people[0].person_id, PersonSameAs(other=twin.person_id))
    rows = book.read().query("SELECT last, no_call FROM person WHERE phone <> ''")
    assert [int(flag) for _, flag in rows] == [1]
    assert examine(book).findings == []


def test_both_laptops_bar_one_number_without_having_met_and_a_lift_needs_to_have_seen_it(
    book: Book, town: Town, anne: bytes, tmp_path: Path, fake_time: FakeTime
) -> None:
    other = second_laptop(tmp_path / "other", fake_time)
    exchange(book, other)
    set_bar(book, RIDING, "number", KEY, author="Ana")
    set_bar(other, RIDING, "number", KEY, author="Bea")
    lift_bar(other, RIDING, "number", KEY, author="Bea", reason="a slip")
    exchange(book, other)
    assert no_call(book, anne) == no_call(other, anne) == 1
    lift_bar(other, RIDING, "number", KEY, author="Bea", reason="she called us")
    exchange(book, other)
    assert no_call(book, anne) == no_call(other, anne) == 0
    for one in (book, other):
        assert examine(one).findings == []
    other.close()


# --- a person who had barred herself and is erased ------------------------------------------------


@pytest.mark.parametrize("shared", [False, True])
def test_erasing_somebody_who_was_not_to_be_contacted_leaves_their_number_alone_unless_others_have_it(
    book: Book, town: Town, anne: bytes, shared: bool
) -> None:
    if shared:
        with book.act("lead") as act:
            act.add(RIDING, town.people[0].person_id, PersonDescribed(phone="6135550142"))
    set_bar(book, RIDING, "person", anne, author="Ana", reason="asked")
    erase_person(book, RIDING, anne, author="lead", clean=False)
    # Another file spells her otherwise, at another address: no key of hers fits, her number does.
    stranger = person(door(44), "Tremblay-Roy", "A.", phone="6135550142")
    add_roster(book, [door(44)], [stranger], source="bought.csv")
    assert no_call(book, stranger.person_id) == (0 if shared else 1)
    assert kept_from(book.read(), RIDING, "phone", [stranger.person_id]) == (
        set() if shared else {stranger.person_id}
    )


def test_erasing_somebody_who_may_be_contacted_bars_nothing(book: Book, town: Town, anne: bytes) -> None:
    erase_person(book, RIDING, anne, author="lead", clean=False)
    assert book.read().query("SELECT COUNT(*) FROM barred_number") == [(0,)]


@pytest.mark.parametrize(
    "row",
    [
        "Tremblay,Anne,1970,,4,Birch,Street",  # the same
        "TREMBLAY,ANNE,,,4,birch,st",  # no year, capitals
        "Tremblay,Anné,1970,,4,Birch,St",  # an accent
        "Tremblay-Roy,Anne,1970,613-555-0142,99,Elm,Ave",  # married and moved: her number and first name
    ],
)
def test_a_person_erased_after_a_bar_does_not_come_back_under_another_spelling(
    book: Book, town: Town, anne: bytes, tmp_path: Path, row: str
) -> None:
    from canvass_app.services.importing import import_file

    set_bar(book, RIDING, "person", anne, author="Ana")
    erase_person(book, RIDING, anne, author="lead", clean=False)
    file = tmp_path / "again.csv"
    file.write_text(
        "last_name,first_name,birth_year,phone,civic_number,street_name,street_type\n" + row + "\n", "utf-8"
    )
    before = book.read().query("SELECT COUNT(*) FROM person")
    report = import_file(book, file, "people", riding_id=RIDING, author="lead")
    assert [problem.code for problem in report.left_out] == ["person_erased"]
    assert book.read().query("SELECT COUNT(*) FROM person") == before


# --- every way out ------------------------------------------------------------------------------


@pytest.mark.usefixtures("qapp")
def test_a_list_that_is_out_shows_a_bar_at_once_on_the_screen_and_on_paper(
    book: Book, town: Town, anne: bytes, tmp_path: Path
) -> None:
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors], author="lead").turf_id
    document = issue_walk_list(book, RIDING, turf).document
    line = next(one.line for one in document.lines if one.person_id == anne)
    at_door = next(one.line for one in document.lines if one.door_id == town.at(8).door_id)
    assert document_now(book, document.number) == document
    set_bar(book, RIDING, "person", anne, author="Ana")
    set_bar(book, RIDING, "door", town.at(8).door_id, author="Ana")

    now = document_now(book, document.number)
    assert [one.line for one in now.lines if one.barred_since] == [line, at_door]
    assert all(one.barred for one in now.lines if one.barred_since)
    assert [stop.first_line for stop in now.route if stop.barred] == [at_door]
    # The document itself is frozen.
    assert load_document(book, document.number) == document
    page = open_page(book, str(document.number) + _check(document.number))
    shown = {one.line.line: one.line.barred_since for one in page.lines if one.line.barred_since}
    assert shown == {line: book.today(), at_door: book.today()}
    # What was written on paper before the bar is not lost.
    shift = open_shift(book, "Zoé", RIDING, document.number)
    record(book, shift, document.number, line, Mark(code="not_home"))

    out = tmp_path / "again.pdf"
    print_walk_list(now, out, "letter", "en")
    text = " ".join(page_texts(out))
    assert f"Lines {line}, {at_door} asked not to be contacted" in text
    assert text.count("Do not knock (since") == 2
    # The next list has them as barred from the start.
    after = issue_walk_list(book, RIDING, turf, anyway=True).document
    assert {one.line for one in after.lines if one.barred} == {line, at_door}
    assert not any(one.barred_since for one in after.lines)


def _check(number: int) -> str:
    from canvass_app.domain.numbers import check_character

    return check_character(number)


def test_a_bar_from_the_same_paper_is_no_news_on_its_page(book: Book, town: Town) -> None:
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors], author="lead").turf_id
    document = issue_walk_list(book, RIDING, turf).document
    shift = open_shift(book, "Zoé", RIDING, document.number)
    done = record(book, shift, document.number, 1, Mark(code="do_not_knock"))
    from canvass_app.services.entry import undo

    undo(book, shift, done.token)
    page = open_page(book, str(document.number) + _check(document.number))
    assert not any(one.line.barred_since for one in page.lines)


def test_cards_and_reports_say_it(book: Book, town: Town, anne: bytes) -> None:
    set_bar(book, RIDING, "number", KEY, author="Volunteeraname", reason="Luc Roy next door said so")
    (card,) = door_card(book, RIDING, town.at(4).door_id).people
    assert (card.barred, card.no_call) == (False, True)
    report = access_report(book, RIDING, anne)
    stands = {fact.name: fact.value.en for fact in report.stands}
    assert (stands["bar"], stands["no_call"]) == ("may be contacted", "do not call")
    said = [one for one in report.recorded if one.kind == "bar.set"]
    assert [one.what.en for one in said] == ["their door or number: do not contact"]
    assert "Volunteeraname" not in repr(report)
    assert "Luc" not in repr(report)


# --- files --------------------------------------------------------------------------------------


def test_a_file_of_numbers_and_addresses_is_taken_once(
    book: Book, town: Town, anne: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "stop.csv"
    file.write_text(
        "Phone,Address\n613-555-0142,\n,8 Birch St\n+44 20 7946 0958,10 birch street\n,1 Nowhere Rd\n12,\n,\n613 555 0142,\n",
        "utf-8",
    )
    rehearsed = bar_file(book, file, [RIDING], author="Ana", reason="their list", dry_run=True)
    assert book.read().query("SELECT COUNT(*) FROM barred_number") == [(0,)]
    done = bar_file(book, file, [RIDING], author="Ana", reason="their list")
    assert (done.numbers, done.doors, done.unchanged, done.people) == (2, 2, 0, 1)
    assert (rehearsed.numbers, rehearsed.doors, rehearsed.left_out) == (2, 2, done.left_out)
    assert [one.line for one in done.left_out] == [5, 6]
    assert no_call(book, anne) == 1
    rows = book.read().query("SELECT number FROM door WHERE barred = 1 ORDER BY number")
    assert rows == [(8,), (10,)]
    again = bar_file(book, file, [RIDING], author="Ana", reason="their list")
    assert (again.numbers, again.doors, again.unchanged) == (0, 0, 4)
    assert again.as_dict("en")["added"] == 0


@pytest.mark.parametrize("text", ["613-555-0142\n613-555-0143\n", "number\n613-555-0142\n613-555-0143\n"])
def test_a_bare_column_of_numbers_needs_no_header(
    book: Book, town: Town, anne: bytes, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(text, "utf-8")
    assert bar_file(book, file, [RIDING], author="Ana", reason="").numbers == 2
    assert no_call(book, anne) == 1


def test_a_file_without_numbers_and_addresses_is_refused(book: Book, town: Town, tmp_path: Path) -> None:
    file = tmp_path / "colours.csv"
    file.write_text("colour,shape\nred,round\nblue,square\n", "utf-8")
    with pytest.raises(InputError, match="no column of telephone numbers"):
        bar_file(book, file, [RIDING], author="Ana", reason="")
