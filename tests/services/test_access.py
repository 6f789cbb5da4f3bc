"""What is held about one person, for that person: everything of theirs, and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from canvass_app.domain.errors import NotFound
from canvass_app.ledger.kinds import NoteWritten, PersonSameAs, RosterWithdrawn
from canvass_app.printing.access_report import print_access_report
from canvass_app.services.access import access_report, as_json
from canvass_app.services.book import Book
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.erasure import erase_person
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.printing.reading import page_sizes, page_texts

from .conftest import RIDING, Town, add_roster, door, person

# Paper needs a Qt application, and a process has one kind of it: the tests' own.
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def anne(book: Book, town: Town) -> bytes:
    """Anne Tremblay of 4 Birch St: on a list that was printed, met twice, and spoken of next door."""
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors], author="Leadaname").turf_id
    document = issue_walk_list(book, RIDING, turf, canvasser="Walkeraname").document
    her = next(p.person_id for p in town.people if p.first == "Anne")
    line = next(one.line for one in document.lines if one.person_id == her)
    shift = open_shift(book, "Walkeraname", RIDING, document.number)
    record(book, shift, document.number, line, Mark(support="4"))
    record(
        book,
        shift,
        document.number,
        line,
        Mark(support="2", answers={"pledge": ("yes",)}, note="has a <b>dog</b>"),
    )
    with book.act("Walkeraname", shift.shift_id) as act:
        act.add(
            RIDING, town.at(2).door_id, NoteWritten(target="door", text="Anne Tremblay next door has the key")
        )
    return her


def test_everything_of_hers_is_in_it(book: Book, anne: bytes) -> None:
    report = access_report(book, RIDING, anne)
    assert (report.name, report.places) == ("Tremblay, Anne", ("4 Birch St",))
    stands = {fact.name: fact.value.en for fact in report.stands}
    assert stands["last"] == "Tremblay"
    assert stands["home"] == "4 Birch St"
    assert "(2)" in stands["support"]
    assert stands["bar"] == "may be contacted"
    assert any(name.startswith("answer:") for name in stands)
    (row,) = report.files
    assert (row.file, row.counts) == ("test.csv", True)
    assert {fact.name for fact in row.facts} >= {"last", "first", "home"}
    said = [one.what.en for one in report.recorded]
    assert any("<b>dog</b>" in one for one in said)
    # What was said first is there too, and that it does not count any more.
    assert [one.counts for one in report.recorded if "(4)" in one.what.en] == [False]
    assert [one.day for one in report.recorded] == sorted(one.day for one in report.recorded)
    (line,) = report.lists
    assert not line.returned
    # It is about the neighbour as well: somebody reads it before anybody gets it.
    assert report.mentions == 1
    assert "has the key" not in json.dumps(as_json(report))


def test_nobody_else_is_in_it_and_no_volunteer(book: Book, town: Town, anne: bytes) -> None:
    told = json.dumps(as_json(access_report(book, RIDING, anne)), ensure_ascii=False)
    for name in (
        "Walkeraname",
        "Leadaname",
        *(p.first for p in town.people if p.person_id != anne and p.first),
    ):
        assert name not in told, name


def test_what_is_known_under_another_id_and_what_a_withdrawn_file_said(
    book: Book, town: Town, anne: bytes
) -> None:
    twin = person(town.at(6), "Tremblay", "Anne-Marie", phone="6135550199")
    roster = add_roster(book, [door(6)], [twin], "later.csv")
    with book.act("Lead") as act:
        act.add(RIDING, min(anne, twin.person_id), PersonSameAs(other=max(anne, twin.person_id)))
    for asked in (anne, twin.person_id):
        report = access_report(book, RIDING, asked)
        assert {row.file for row in report.files} == {"test.csv", "later.csv"}
    with book.act("Lead") as act:
        act.add(RIDING, roster, RosterWithdrawn())
    report = access_report(book, RIDING, anne)
    assert {row.file: row.counts for row in report.files} == {"test.csv": True, "later.csv": False}


def test_of_somebody_who_was_erased_there_is_nothing(book: Book, anne: bytes) -> None:
    erase_person(book, RIDING, anne, author="Lead")
    for one in (anne, b"n" * 16):
        with pytest.raises(NotFound):
            access_report(book, RIDING, one)


@pytest.mark.parametrize(("paper", "size"), [("letter", (216, 279)), ("a4", (210, 297))])
def test_on_paper_in_both_languages(
    book: Book, anne: bytes, tmp_path: Path, paper: str, size: tuple[int, int]
) -> None:
    report = access_report(book, RIDING, anne)
    for language, title in (("en", "What we hold about you"), ("fr", "Ce que nous détenons sur vous")):
        out = print_access_report(report, tmp_path / f"{language}.pdf", paper, language)  # type: ignore[arg-type]
        pages = page_texts(out)
        text = " ".join(pages)
        assert title in pages[0]
        assert {(round(width), round(height)) for width, height in page_sizes(out)} == {size}
        assert "has a <b>dog</b>" in text
        assert "Walkeraname" not in text
        assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, 1))


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(book: Book, anne: bytes, tmp_path: Path) -> None:
    """However long what comes before it is."""
    heads = ("What stands now", "What files said of you", "What was recorded", "Printed lists that name you")
    for count in range(1, 45, 3):
        with book.act("Lead") as act:
            for n in range(3):
                act.add(RIDING, anne, NoteWritten(target="person", text=f"note {count} {n}"))
        pages = page_texts(
            print_access_report(access_report(book, RIDING, anne), tmp_path / "a.pdf", "letter", "en")
        )
        for page in pages:
            body = page.rpartition("Tremblay, Anne")[0].strip()
            assert not body.endswith(heads), (count, body[-80:])
