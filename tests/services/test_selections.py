"""Selections on a laptop: who is kept out, and saved ones that two laptops agree on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.domain.address import normalise_street
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.selection_language import parse_selection
from canvass_app.domain.selections import Selection
from canvass_app.ledger.kinds import BarSet, SelectionSaved
from canvass_app.services.bars import bar_shown
from canvass_app.services.book import Book
from canvass_app.services.decisions import close_decision, open_decisions
from canvass_app.services.demo.loading import load_demo
from canvass_app.services.doctor import examine
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.event_words import event_words
from canvass_app.services.field_words import Words
from canvass_app.services.saved_selections import (
    find_selection,
    list_selections,
    offered,
    remove_selection,
    rename_selection,
    save_selection,
)
from canvass_app.services.selections import Counted, count, doors_of
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list, mark_returned
from canvass_app.storage.log import events_of
from tests.services.conftest import RIDING, FakeTime, Town, add_roster, door, person
from tests.services.laptops import exchange, second_laptop

NEVER = Selection(parse_selection("state:never"))
EVERY = Selection()


def numbers(book: Book, text: str, *, barred: bool = False, out: bool = False) -> list[int]:
    """The civic numbers of the doors chosen."""
    chosen = doors_of(book, RIDING, Selection(parse_selection(text), barred, out))
    rows = dict(book.read().query("SELECT door_id, number FROM door WHERE riding_id = ?", (RIDING,)))
    return sorted(int(rows[one]) for one in chosen.door_ids)


def test_what_was_typed_in_moves_a_door_from_one_selection_to_the_next(
    book: Book, town: Town, fake_time: FakeTime
) -> None:
    lines = issue_walk_list(
        book, RIDING, make_turf(book, RIDING, "T", [d.door_id for d in town.doors]).turf_id
    )
    shift = open_shift(book, "Zoé", RIDING, lines.document.number)
    at = {line.door_id: line.line for line in reversed(lines.document.lines)}
    for number, mark in (
        (2, Mark(support="1")),
        (4, Mark("not_home")),
        (6, Mark("come_back")),
        (8, Mark("refused")),
    ):
        record(book, shift, lines.document.number, at[town.at(number).door_id], mark)
    mark_returned(book, RIDING, lines.list_id)
    assert numbers(book, "state:talked") == numbers(book, "state:remind") == numbers(book, "support:1") == [2]
    assert numbers(book, "state:not_home") == [4, 6]
    assert numbers(book, "state:come_back") == numbers(book, "result:come_back") == [6]
    assert numbers(book, "state:final") == [8]
    assert numbers(book, "state:never and 10-14") == [10, 12, 14]
    today = book.today()
    assert numbers(book, f"tried-since:{today}") == [2, 4, 6, 8]
    fake_time.forward(86_400_000)
    assert numbers(book, f"tried-since:{book.today()}") == []
    assert numbers(book, f"not tried-since:{book.today()}") == list(range(2, 26, 2))


def test_a_door_where_nobody_is_to_knock_is_kept_out_and_counted_unless_asked_for(
    book: Book, town: Town
) -> None:
    bar_shown(book, RIDING, "door", town.at(10).door_id, author="")
    with book.act("") as act:
        # Everybody known at number 4; one of two at number 2.
        act.add(RIDING, town.people[2].person_id, BarSet(target="person"))
        act.add(RIDING, town.people[0].person_id, BarSet(target="person"))
    assert count(book, RIDING, EVERY) == Counted(10, 2, 0)
    assert 4 not in numbers(book, "all")
    assert 10 not in numbers(book, "state:barred")
    assert count(book, RIDING, Selection(parse_selection("state:barred"))) == Counted(0, 2, 0)
    assert numbers(book, "state:barred", barred=True) == [4, 10]
    assert count(book, RIDING, Selection(barred=True)) == Counted(12, 0, 0)


def test_who_asked_not_to_be_contacted_chooses_no_door(book: Book, town: Town) -> None:
    home = door(40)
    folk = [person(home, "Roy", "Luc", language="fr"), person(home, "Roy", "Ann", language="en")]
    add_roster(book, [*town.doors, home], [*town.people, *folk], source="more.csv")
    assert numbers(book, "language:fr") == numbers(book, "language:en") == [40]
    bar_shown(book, RIDING, "person", folk[0].person_id, author="")
    assert numbers(book, "language:fr") == []
    assert numbers(book, "language:en") == [40]


def test_doors_on_a_list_that_is_out_are_kept_out_until_it_comes_back(book: Book, town: Town) -> None:
    doors = [town.at(n).door_id for n in (2, 4, 6)]
    turf = make_turf(book, RIDING, "North", doors).turf_id
    assert count(book, RIDING, NEVER) == Counted(12, 0, 0)
    issued = issue_walk_list(book, RIDING, turf)
    assert count(book, RIDING, NEVER) == Counted(9, 0, 3)
    assert numbers(book, "state:never and -8") == [8]
    assert numbers(book, "state:never and -8", out=True) == [2, 4, 6, 8]
    # A door that nobody is to knock at is not counted twice.
    bar_shown(book, RIDING, "door", doors[0], author="")
    assert count(book, RIDING, EVERY) == Counted(9, 1, 2)
    mark_returned(book, RIDING, issued.list_id)
    assert count(book, RIDING, EVERY) == Counted(11, 1, 0)


def test_what_is_out_is_what_was_issued_whatever_became_of_the_turf(
    book: Book, town: Town, tmp_path: Path
) -> None:
    turf = make_turf(book, RIDING, "North", [town.at(n).door_id for n in (2, 4, 6)]).turf_id
    issue_walk_list(book, RIDING, turf)
    make_turf(book, RIDING, "South", [town.at(n).door_id for n in (2, 4, 6)], take=True, anyway=True)
    assert count(book, RIDING, EVERY) == Counted(9, 0, 3)
    # A laptop that has not fetched the list itself goes by the turf.
    with book.database.write() as db:
        db.run("UPDATE walk_list SET asset = ? WHERE riding_id = ?", (b"?" * 32, RIDING))
        db.run("DELETE FROM turf_door WHERE riding_id = ? AND turf_id = ? AND position > 0", (RIDING, turf))
    assert count(book, RIDING, EVERY).out == 1


# --- saved --------------------------------------------------------------------------------------


def test_a_selection_is_saved_found_changed_renamed_removed_and_brought_back(book: Book, town: Town) -> None:
    kept = save_selection(book, RIDING, "  Birch   never ", NEVER, author="Ana")
    assert kept.changes.selections
    (found,) = list_selections(book, RIDING)
    assert (found.name, found.selection, found.editor) == ("Birch never", NEVER, "Ana")
    save_selection(book, RIDING, "Birch never", EVERY, selection_id=kept.selection_id, author="Ben")
    rename_selection(book, RIDING, kept.selection_id, "Everything", author="Cy")
    (found,) = list_selections(book, RIDING)
    assert (found.name, found.selection, found.editor) == ("Everything", EVERY, "Cy")
    assert (
        find_selection(book, RIDING, "EVERYTHING")
        == find_selection(book, RIDING, kept.selection_id.hex()[:8])
        == found
    )
    remove_selection(book, RIDING, kept.selection_id)
    assert list_selections(book, RIDING) == []
    assert [one.removed for one in list_selections(book, RIDING, removed=True)] == [True]
    with pytest.raises(NotFound):
        find_selection(book, RIDING, "Everything")
    remove_selection(book, RIDING, kept.selection_id, False)
    assert [one.name for one in list_selections(book, RIDING)] == ["Everything"]
    assert examine(book).ok


def test_two_selections_of_one_laptop_have_two_names(book: Book, town: Town) -> None:
    kept = save_selection(book, RIDING, "Été", NEVER)
    other = save_selection(book, RIDING, "Winter", EVERY)
    for verb in (
        lambda: save_selection(book, RIDING, "ete", EVERY),
        lambda: save_selection(book, RIDING, "ÉTÉ", EVERY, selection_id=other.selection_id),
        lambda: rename_selection(book, RIDING, other.selection_id, "été"),
        lambda: save_selection(book, RIDING, " … ", EVERY),
        lambda: save_selection(book, RIDING, "Bad", Selection(parse_selection("all"), barred=True), selection_id=b"") and
        save_selection(book, RIDING, "bad", EVERY),
    ):  # fmt: skip
        with pytest.raises(InputError):
            verb()
    rename_selection(book, RIDING, kept.selection_id, "été")
    assert {one.name for one in list_selections(book, RIDING)} == {"été", "Winter", "Bad"}


def test_saving_what_is_saved_already_writes_nothing(book: Book, town: Town) -> None:
    kept = save_selection(book, RIDING, "Never", NEVER)
    before = book.read().query("SELECT COUNT(*) FROM event")
    save_selection(book, RIDING, "Never", NEVER, selection_id=kept.selection_id)
    assert book.read().query("SELECT COUNT(*) FROM event") == before


@pytest.fixture
def other(tmp_path: Path, fake_time: FakeTime, book: Book, town: Town) -> Iterator[Book]:
    made = second_laptop(tmp_path / "other", fake_time)
    exchange(book, made)
    yield made
    made.close()


def rows(book: Book) -> list[tuple[object, ...]]:
    return book.read().query("SELECT * FROM selection ORDER BY selection_id")


def test_two_laptops_that_edit_one_selection_agree_and_both_leads_are_asked(book: Book, other: Book) -> None:
    kept = save_selection(book, RIDING, "Evening", NEVER, author="Ana")
    exchange(book, other)
    assert rows(book) == rows(other)
    assert list_selections(other, RIDING)[0].selection == NEVER
    save_selection(book, RIDING, "Evening", EVERY, selection_id=kept.selection_id, author="Ana")
    rename_selection(other, RIDING, kept.selection_id, "Tuesday", author="Ben")
    exchange(book, other)
    # Different fields: both stay, nobody is asked.
    assert rows(book) == rows(other)
    (found,) = list_selections(book, RIDING)
    assert (found.name, found.selection) == ("Tuesday", EVERY)
    assert open_decisions(book) == []
    rename_selection(book, RIDING, kept.selection_id, "Wednesday", author="Ana")
    rename_selection(other, RIDING, kept.selection_id, "Thursday", author="Ben")
    exchange(book, other)
    assert rows(book) == rows(other)
    (decision,) = open_decisions(book)
    assert {side.value.en for side in decision.sides} == {"Wednesday", "Thursday"}
    wanted = next(n for n, side in enumerate(decision.sides) if not side.stands)
    name = decision.sides[wanted].value.en
    close_decision(book, decision, wanted, "Ana")
    exchange(book, other)
    assert rows(book) == rows(other)
    assert [one.name for one in list_selections(other, RIDING)] == [name]


def test_a_selection_removed_here_and_changed_there_is_removed_with_the_change_kept(
    book: Book, other: Book
) -> None:
    kept = save_selection(book, RIDING, "Evening", NEVER)
    exchange(book, other)
    remove_selection(book, RIDING, kept.selection_id)
    save_selection(other, RIDING, "Evening", EVERY, selection_id=kept.selection_id)
    exchange(book, other)
    assert list_selections(book, RIDING) == list_selections(other, RIDING) == []
    remove_selection(other, RIDING, kept.selection_id, False)
    exchange(book, other)
    assert [one.selection for one in list_selections(book, RIDING)] == [EVERY]


def test_one_name_on_two_laptops_is_two_selections_that_are_told_apart_by_id(book: Book, other: Book) -> None:
    first = save_selection(book, RIDING, "Evening", NEVER)
    second = save_selection(other, RIDING, "evening", EVERY)
    exchange(book, other)
    assert rows(book) == rows(other)
    with pytest.raises(InputError) as caught:
        find_selection(book, RIDING, "Evening")
    assert first.selection_id.hex()[:8] in caught.value.text.en
    assert find_selection(book, RIDING, second.selection_id.hex()[:8]).selection == EVERY


def test_a_row_that_the_events_do_not_tell_is_found_and_mended(book: Book, town: Town) -> None:
    kept = save_selection(book, RIDING, "Evening", NEVER)
    with book.database.write() as db:
        db.run("UPDATE selection SET definition = ? WHERE riding_id = ?", ('{"v":1,"where":["and"]}', RIDING))
        db.run(
            "INSERT INTO selection (riding_id, selection_id, name) VALUES (?,?,?)",
            (RIDING, b"x" * 16, "Nobody’s"),
        )
    report = examine(book)
    assert not report.ok
    assert any("Evening" in finding.en for finding in report.findings)
    assert examine(book, repair=True).repaired
    assert [(one.selection_id, one.selection) for one in list_selections(book, RIDING)] == [
        (kept.selection_id, NEVER)
    ]


def test_a_selection_of_a_newer_program_is_listed_and_not_read(book: Book, town: Town) -> None:
    with book.act("Zoé") as act:
        act.add(RIDING, b"s" * 16, SelectionSaved(name="Tomorrow", query='{"v":2,"where":["weather"]}'))
    (found,) = list_selections(book, RIDING)
    assert (found.name, found.selection) == ("Tomorrow", None)


def test_the_history_says_a_selection_in_words(book: Book, town: Town) -> None:
    kept = save_selection(book, RIDING, "Evening", NEVER)
    remove_selection(book, RIDING, kept.selection_id)
    told = [
        event_words(Words(book, RIDING), one)
        for one in events_of(book.read(), RIDING, [kept.selection_id])[kept.selection_id]
    ]
    assert {one.en for one in told} == {
        "selection saved: name Evening; doors of the selection never tried", "selection removed",
    }  # fmt: skip


def test_what_a_riding_offers_is_what_its_doors_and_people_say(book: Book, town: Town) -> None:
    homes = [
        door(7, street="Zed Ave", polling_division="9"),
        door(9, street="Zed Ave", polling_division="100-1"),
    ]
    add_roster(
        book,
        [*town.doors, *homes],
        [*town.people, person(homes[0], "A", "B", language="tagalog")],
        source="b",
    )
    offer = offered(book, RIDING)
    assert offer.streets == ("Birch St", "Zed Ave")
    assert offer.divisions == ("9", "12", "100-1")
    assert offer.languages == ("tagalog",)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    from canvass_app.services.book import open_book

    opened = open_book(tmp_path_factory.mktemp("demo") / "data", passphrase="test")
    load_demo(opened)
    yield opened
    opened.close()


def test_every_street_of_the_demo_is_found_by_what_stands_on_its_sign(demo: Book) -> None:
    db = demo.read()
    for riding, label, street, kind, direction in db.query(
        "SELECT DISTINCT riding_id, street_label, street, street_type, street_direction FROM door"
    ):
        assert normalise_street(label)[:3] == (street, kind, direction)
        found = doors_of(demo, riding, Selection(parse_selection(f'street:"{label}"'), True, True)).door_ids
        there = {
            bytes(row[0])
            for row in db.query(
                "SELECT door_id FROM door WHERE riding_id = ? AND street_label = ?", (riding, label)
            )
        }
        assert there <= set(found)
