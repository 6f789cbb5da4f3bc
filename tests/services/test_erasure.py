"""Erasing a person: what goes, what stays, who stays out afterwards, and what a crash between cannot lose."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvass_app.domain.errors import Forgotten, InputError, NotFound
from canvass_app.domain.numbers import list_code
from canvass_app.ledger.events import NOBODY
from canvass_app.ledger.kinds import NoteWritten, PersonSameAs
from canvass_app.services.book import Book, open_book
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.entry import Mark, Shift, add_person, open_page, open_shift, record
from canvass_app.services.erasure import (
    cleaning_due,
    erase_people,
    erase_person,
    finish_erasures,
    preview_erasure,
)
from canvass_app.services.importing import commit_plan, import_file, preview_file
from canvass_app.services.search import find
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document

from .conftest import RIDING, FakeTime, Town, add_roster, door, person
from .laptops import carry, exchange, second_laptop

HEAD = (
    "last_name,first_name,birth_year,phone,email,civic_number,street_name,street_type,municipality,riding\n"
)


@pytest.fixture
def number(book: Book, town: Town) -> int:
    """An issued list of the whole street, with a shift's results on everybody of it."""
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors], author="lead").turf_id
    document = issue_walk_list(book, RIDING, turf, canvasser="Zoé").document
    shift = open_shift(book, "Zoé", RIDING, document.number)
    for line in document.lines:
        if line.person_id:
            record(book, shift, document.number, line.line, Mark(support="2", note=f"line {line.line}"))
    return document.number


def anne(town: Town) -> bytes:
    return next(p.person_id for p in town.people if p.first == "Anne")


def people(book: Book) -> set[str]:
    return {str(r[0]) for r in book.read().query("SELECT first || ' ' || birth_year FROM person")}


def test_the_preview_says_what_would_go_and_changes_nothing(book: Book, town: Town, number: int) -> None:
    before = state_digest(book.read(), RIDING)
    seen = preview_erasure(book, RIDING, anne(town))
    assert (seen.name, seen.places, seen.records, seen.rows) == ("Tremblay, Anne", ("4 Birch St",), 1, 1)
    assert seen.events == {"support.marked": 1, "note.written": 1}
    assert (seen.attempts, len(seen.lists), seen.lists[0][0]) == (1, 1, number)
    assert all(line.en and line.fr for line in seen.lines())
    assert state_digest(book.read(), RIDING) == before
    with pytest.raises(NotFound):
        preview_erasure(book, RIDING, b"nobody at all..."[:16])


def test_attempts_and_everybody_else_stay_and_every_total_equals_its_recount(
    book: Book, town: Town, number: int
) -> None:
    changes = erase_person(book, RIDING, anne(town), author="lead")
    assert town.at(4).door_id in changes.doors
    assert changes.forgotten
    db = book.read()
    assert db.query("SELECT attempts, contacts FROM door WHERE door_id = ?", (town.at(4).door_id,)) == [
        (1, 1)
    ]
    assert db.query("SELECT COUNT(*) FROM attempt") == [(5,)]
    assert db.query("SELECT COUNT(*) FROM attempt WHERE person_id = ?", (anne(town),)) == [(0,)]
    assert people(book) == {"Luc 0", "Marie 0", "Arjun 1950", "Arjun 1980"}
    assert db.query("SELECT COUNT(*) FROM note") == [(4,)]
    assert not [hit for hit in find(book, "Tremblay") if hit.kind == "person"]
    assert db.query("SELECT COUNT(*) FROM event WHERE subject = ?", (NOBODY,)) == [(2,)]
    assert examine(book).findings == []
    with pytest.raises(NotFound):
        erase_person(book, RIDING, anne(town), author="lead")


def test_a_printed_list_opens_with_an_empty_line_in_the_same_place(
    book: Book, town: Town, number: int
) -> None:
    before = load_document(book, number)
    erase_person(book, RIDING, anne(town), author="lead")
    after = load_document(book, number)
    lines = list(zip(before.lines, after.lines, strict=True))
    changed = [(old, new) for old, new in lines if old != new]
    assert len(changed) == 1
    old, new = changed[0]
    assert (old.name, old.line, old.door_id) == ("Tremblay, Anne", new.line, new.door_id)
    assert (new.name, new.person_id, new.support, new.erased) == ("", b"", "", True)
    assert (before.number, [p.page for p in before.pages]) == (after.number, [p.page for p in after.pages])


def test_on_an_erased_line_only_the_knock_is_typed(book: Book, town: Town, number: int) -> None:
    erase_person(book, RIDING, anne(town), author="lead")
    page = open_page(book, list_code(number))
    line = next(one.line.line for one in page.lines if one.line.erased)
    shift = open_shift(book, "Zoé", RIDING, number)
    for mark in (
        Mark(support="1"),
        Mark(answers={"pledge": ("yes",)}),
        Mark(code="not_home", note="she is away"),
    ):
        with pytest.raises(Forgotten):
            record(book, shift, number, line, mark)
    record(book, shift, number, line, Mark(code="not_home"))
    assert people(book) == {"Luc 0", "Marie 0", "Arjun 1950", "Arjun 1980"}


def test_a_page_that_was_open_since_before_records_nothing_about_the_person(
    book: Book, town: Town, number: int
) -> None:
    document = load_document(book, number)
    line = next(one for one in document.lines if one.person_id == anne(town))
    erase_person(book, RIDING, anne(town), author="lead")
    from canvass_app.services.entry import write_mark

    with book.act("Zoé") as act:
        write_mark(act, document, line, Mark(support="1", note="says yes"))
    assert "Anne 1970" not in people(book)
    assert not any(b"says yes" in bytes(r[0]) for r in book.read().query("SELECT raw FROM event"))
    from canvass_app.storage.journal import EventRecord

    kept = [r.raw for r in book.journal.read() if isinstance(r, EventRecord)]
    assert kept
    assert not any(b"says yes" in raw for raw in kept)


def test_notes_on_the_door_that_name_the_person_go_unless_they_are_kept(book: Book, town: Town) -> None:
    home, next_door = town.at(4).door_id, town.at(8).door_id
    with book.act("Zoé") as act:
        for place, text in (
            (home, "Mrs. TREMBLAY is deaf, knock hard"),
            (home, "Anne has the key"),
            (home, "the dog bites"),
            (next_door, "Tremblay of the bakery"),
            (next_door, "friend of Anne Tremblay"),
        ):
            act.add(RIDING, place, NoteWritten(target="door", text=text))
    seen = {one.text: one.suggested for one in preview_erasure(book, RIDING, anne(town)).words}
    assert seen == {
        "Mrs. TREMBLAY is deaf, knock hard": True,
        "Anne has the key": False,
        "friend of Anne Tremblay": True,
    }
    chosen = [one.key for one in preview_erasure(book, RIDING, anne(town)).words if "key" in one.text]
    erase_person(book, RIDING, anne(town), author="lead", words=chosen)
    texts = {str(r[0]) for r in book.read().query("SELECT text FROM note")}
    assert "Anne has the key" not in texts
    assert len(texts) == 4


def test_father_and_son_of_one_name_are_two(book: Book, town: Town, tmp_path: Path) -> None:
    father = next(p for p in town.people if p.birth_year == 1950)
    erase_person(book, RIDING, father.person_id, author="lead")
    assert "Arjun 1980" in people(book)
    file = tmp_path / "new.csv"
    file.write_text(
        HEAD
        + "Singh,Arjun,1980,,,6,Birch,St,,99001\n"
        + "Singh,Arjun,1950,,,6,Birch,St,,99001\n"
        + "SINGH,arjun,,,,6,Birch,Street,,99001\n",
        "utf-8",
    )
    report = import_file(book, file, "people", riding_id=RIDING)
    assert [problem.line for problem in report.left_out] == [3, 4]
    assert "Arjun 1950" not in people(book)


@pytest.fixture
def known(book: Book) -> Town:
    """A couple that shares a telephone."""
    made = Town([door(2), door(4)])
    made.people = [
        person(made.at(2), "Roy", "Luc", 1960, phone="6135550101", email="home@example.ca", source="van", external_id="7"),
        person(made.at(2), "Roy", "Marie", 1962, phone="6135550101", email="home@example.ca"),
    ]  # fmt: skip
    add_roster(book, made.doors, made.people)
    return made


@pytest.mark.parametrize(
    "row",
    [
        "Roy,Luc,1960,,,2,Birch,St,,99001",
        "ROY,LUC,,,,2,Birch,Street,,99001",
        "Roy,Luc,,613-555-0101,,4,Birch,St,,99001",
        "Leroi,Luc,,,HOME@example.ca,4,Birch,St,,99001",
    ],
    ids=["address", "address in other letters", "telephone at another door", "mail under another name"],
)
def test_a_later_file_brings_them_back_under_no_description(
    book: Book, known: Town, tmp_path: Path, row: str
) -> None:
    erase_person(book, RIDING, known.people[0].person_id, author="lead")
    file = tmp_path / "new.csv"
    file.write_text(HEAD + "Gagnon,Zoé,1990,6135550199,,4,Birch,St,,99001\n" + row + "\n", "utf-8")
    plan = preview_file(book, file, "people", riding_id=RIDING)
    assert plan.people == 1
    report = commit_plan(book, plan)
    assert [(p.line, p.value) for p in report.left_out] == [(3, "")]
    said = report.left_out[0].reason
    assert said.en != said.fr
    assert not any(name in text for name in ("Luc", "Roy", "Leroi") for text in (said.en, said.fr))
    assert people(book) == {"Marie 1962", "Zoé 1990"}


def test_who_shares_a_telephone_with_an_erased_person_stays_and_comes_in(
    book: Book, known: Town, tmp_path: Path
) -> None:
    erase_person(book, RIDING, known.people[0].person_id, author="lead")
    file = tmp_path / "new.csv"
    file.write_text(HEAD + "Roy,Marie,1962,6135550101,home@example.ca,2,Birch,St,,99001\n", "utf-8")
    assert import_file(book, file, "people", riding_id=RIDING).left_out == []
    assert book.read().query("SELECT first, phone FROM person") == [("Marie", "6135550101")]


def test_erased_between_preview_and_import_is_out_too(book: Book, known: Town, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text(HEAD + "Roy,Luc,1960,6135550101,,2,Birch,St,,99001\n", "utf-8")
    plan = preview_file(book, file, "people", riding_id=RIDING)
    erase_person(book, RIDING, known.people[0].person_id, author="lead")
    assert [p.line for p in commit_plan(book, plan).left_out] == [2]
    assert people(book) == {"Marie 1962"}


def test_a_door_keeps_its_bar(book: Book, town: Town, number: int) -> None:
    line = next(one.line for one in load_document(book, number).lines if one.person_id == anne(town))
    shift = open_shift(book, "Zoé", RIDING, number)
    record(book, shift, number, line, Mark(code="do_not_knock", note="Tremblay says never again"))
    erase_person(book, RIDING, anne(town), author="lead")
    assert book.read().query("SELECT barred FROM door WHERE door_id = ?", (town.at(4).door_id,)) == [(1,)]
    assert not any(b"never again" in bytes(r[0]) for r in book.read().query("SELECT raw FROM event"))


def test_typed_again_at_a_door_they_come_back_only_when_they_ask_themselves(book: Book, town: Town) -> None:
    erase_person(book, RIDING, anne(town), author="lead")
    shift: Shift = open_shift(book, "Zoé", RIDING)
    with pytest.raises(Forgotten) as refused:
        add_person(book, shift, RIDING, town.at(4).door_id, "TREMBLAY", "anne")
    assert "Tremblay" not in refused.value.text.en
    assert "Anne 0" not in people(book)
    add_person(book, shift, RIDING, town.at(8).door_id, "Tremblay", "Anne")
    add_person(book, shift, RIDING, town.at(4).door_id, "Tremblay", "Anne", asked_again=True)
    assert [str(r[0]) for r in book.read().query("SELECT last FROM person WHERE first = 'Anne'")] == [
        "Tremblay",
        "Tremblay",
    ]
    assert examine(book).findings == []


def test_a_reason_that_names_the_person_is_refused(book: Book, town: Town) -> None:
    with pytest.raises(InputError):
        erase_person(book, RIDING, anne(town), author="lead", reason="letter of Anne, 3 May")
    assert "Anne 1970" in people(book)


def test_a_crash_before_the_files_are_clean_is_made_good_at_the_next_start(
    book: Book, town: Town, number: int, fake_time: FakeTime
) -> None:
    folder = book.folder
    look_after(book)
    (old,) = (folder / "backups").glob("*.db")
    old.rename(folder / "backups" / "canvass-2001-01-01.db")
    erase_person(book, RIDING, anne(town), author="lead", clean=False)
    assert cleaning_due(book)
    book.close()
    again = open_book(folder, passphrase="test", now_ms=fake_time)
    assert cleaning_due(again)
    look_after(again)
    assert not cleaning_due(again)
    assert not finish_erasures(again)
    assert not (folder / "backups" / "canvass-2001-01-01.db").exists()
    assert len(list((folder / "backups").glob("*.db"))) == 1
    assert examine(again).findings == []
    again.close()


def test_whatever_the_order_two_laptops_show_one_state(
    book: Book, town: Town, number: int, tmp_path: Path, fake_time: FakeTime
) -> None:
    second = second_laptop(tmp_path / "second", fake_time)
    exchange(book, second)
    # The second goes on typing about the person; the first erases; then each hears of the other.
    line = next(one.line for one in load_document(second, number).lines if one.person_id == anne(town))
    shift = open_shift(second, "Luc", RIDING, number)
    record(second, shift, number, line, Mark(support="5", second="L", note="changed her mind"))
    erase_people(book, RIDING, [anne(town)], author="lead")
    exchange(book, second)
    third = second_laptop(tmp_path / "third", fake_time)
    carry(second, third)
    digests = {state_digest(one.read(), RIDING) for one in (book, second, third)}
    assert len(digests) == 1
    for one in (book, second, third):
        assert examine(one).findings == []
        assert not any(b"changed her mind" in bytes(r[0]) for r in one.read().query("SELECT raw FROM event"))
    second.close()
    third.close()


def test_a_file_imported_elsewhere_under_another_id_is_cleaned_when_it_comes(
    book: Book, town: Town, tmp_path: Path, fake_time: FakeTime
) -> None:
    erase_person(book, RIDING, anne(town), author="lead")
    second = second_laptop(tmp_path / "second", fake_time)
    listed = person(town.at(4), "Tremblay", "Anne", 1970, source="van", external_id="77")
    other = listed._replace(person_id=b"another id......")
    add_roster(second, [town.at(4)], [other])
    carry(second, book)
    assert "Anne 1970" not in people(book)
    assert cleaning_due(book)
    finish_erasures(book)
    exchange(book, second)
    finish_erasures(second)
    exchange(book, second)
    for one in (book, second):
        assert "Anne 1970" not in people(one)
        assert examine(one).findings == []
    erased = {
        bytes(r[0]) for r in book.read().query("SELECT subject FROM event WHERE kind = 'person.erased'")
    }
    assert other.person_id in erased
    second.close()


def _said_of(book: Book, one: bytes, other: bytes, joined: bool) -> None:
    with book.act("lead") as act:
        act.add(RIDING, one, PersonSameAs(other=other, joined=joined))


def test_two_records_that_somebody_joined_go_together(
    book: Book, town: Town, tmp_path: Path, fake_time: FakeTime
) -> None:
    luc, marie = (p.person_id for p in town.people[:2])
    _said_of(book, luc, marie, True)
    second = second_laptop(tmp_path / "second", fake_time)
    carry(book, second)
    assert preview_erasure(book, RIDING, marie).records == 2
    erase_person(book, RIDING, marie, author="lead")
    exchange(book, second)
    for one in (book, second):
        assert people(one) == {"Anne 1970", "Arjun 1950", "Arjun 1980"}
        assert one.read().query("SELECT COUNT(*) FROM same_as") == [(0,)]
        assert examine(one).findings == []
    assert state_digest(book.read(), RIDING) == state_digest(second.read(), RIDING)
    second.close()


def test_who_was_said_to_be_somebody_else_stays_and_no_longer_names_the_erased(
    book: Book, town: Town
) -> None:
    luc, marie = (p.person_id for p in town.people[:2])
    _said_of(book, luc, marie, False)
    erase_person(book, RIDING, marie, author="lead")
    assert "Luc 0" in people(book)
    assert "Marie 0" not in people(book)
    raws = [bytes(r[0]) for r in book.read().query("SELECT raw FROM event WHERE kind <> 'person.erased'")]
    assert not any(marie in raw for raw in raws)
    assert examine(book).findings == []


def test_of_two_listings_of_one_person_both_go(book: Book, town: Town, tmp_path: Path) -> None:
    twice = person(town.at(4), "Tremblay", "Anne", source="van", external_id="9")
    add_roster(book, [town.at(4)], [twice._replace(person_id=b"listed elsewhere")], source="van.csv")
    assert len([p for p in people(book) if p.startswith("Anne")]) == 1
    erase_person(book, RIDING, anne(town), author="lead")
    assert not any(p.startswith("Anne") for p in people(book))
    assert book.read().query("SELECT COUNT(*) FROM alias") == [(0,)]
    assert examine(book).findings == []
