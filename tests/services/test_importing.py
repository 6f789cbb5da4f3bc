from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from canvass_app.domain.errors import Cancelled, CanvassError
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.importing import commit_plan, import_file, preview_file
from canvass_app.services.ridings import list_ridings

from .conftest import RIDING

HEAD = "civic_number,street_name,street_type,unit,municipality,latitude,longitude,riding\n"


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def doors_file(tmp_path: Path, rows: int = 5, name: str = "doors.csv", **change: str) -> Path:
    town = change.get("town", "Birch River")
    lines = [f"{n},Birch,St,,{town},45.{n:06d},-75.{n:06d},99001\n" for n in range(2, 2 * rows + 1, 2)]
    return write(tmp_path, name, HEAD + "".join(lines))


def test_importing_the_same_file_again_adds_nothing(book: Book, tmp_path: Path) -> None:
    path = doors_file(tmp_path)
    first = import_file(book, path, "doors", riding_id=RIDING)
    assert (first.main.added, first.left_out) == (5, [])
    before = state_digest(book.read(), RIDING)
    again = import_file(book, path, "doors", riding_id=RIDING)
    assert (again.main.added, again.main.changed, again.main.unchanged) == (0, 0, 5)
    assert state_digest(book.read(), RIDING) == before
    assert [card.riding_id for card in list_ridings(book)] == [RIDING]


def test_a_rehearsal_says_what_would_happen_and_changes_nothing(book: Book, tmp_path: Path) -> None:
    path = doors_file(tmp_path)
    rehearsed = import_file(book, path, "doors", riding_id=RIDING, dry_run=True)
    assert rehearsed.main.added == 5
    assert list_ridings(book) == []
    assert import_file(book, path, "doors", riding_id=RIDING).main.added == 5


def test_a_newer_file_changes_and_adds(book: Book, tmp_path: Path) -> None:
    import_file(book, doors_file(tmp_path), "doors", riding_id=RIDING)
    newer = HEAD + "2,Birch,St,,Birch River,45.1,-75.1,99001\n4,Birch,St,,Birch River,45.000004,-75.000004,99001\n" \
        "40,Birch,St,,Birch River,45.2,-75.2,99001\n"  # fmt: skip
    report = import_file(book, write(tmp_path, "newer.csv", newer), "doors", riding_id=RIDING)
    assert (report.main.added, report.main.changed, report.main.unchanged) == (1, 1, 1)
    assert examine(book).ok


def test_two_files_that_name_the_town_differently_give_each_door_once(book: Book, tmp_path: Path) -> None:
    import_file(book, doors_file(tmp_path, town=""), "doors", riding_id=RIDING)
    report = import_file(book, doors_file(tmp_path, name="b.csv"), "doors", riding_id=RIDING)
    assert report.main.added == 0
    assert list_ridings(book)[0].doors == 5
    assert examine(book).ok


def test_stopping_an_import_leaves_nothing_behind(book: Book, tmp_path: Path) -> None:
    plan = preview_file(book, doors_file(tmp_path), "doors", riding_id=RIDING)
    with pytest.raises(Cancelled):
        commit_plan(book, plan, cancelled=lambda: True)
    assert list_ridings(book) == []
    assert book.read().query("SELECT COUNT(*) FROM roster_chunk") == [(0,)]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 \x00\x01", b"just words\n"])
def test_a_file_that_is_no_table_changes_nothing(book: Book, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(CanvassError) as caught:
        import_file(book, path, "doors", riding_id=RIDING)
    assert caught.value.say("en") != caught.value.say("fr")
    assert list_ridings(book) == []


def test_people_come_with_their_doors_and_meet_those_already_there(book: Book, tmp_path: Path) -> None:
    import_file(book, doors_file(tmp_path), "doors", riding_id=RIDING)
    people = "last_name,first_name,birth_year,civic_number,street_name,street_type,municipality,riding\n" \
        "Tremblay,Anne,1970,2,Birch,St,Birch River,99001\nRoy,Luc,,60,Birch,St,Birch River,99001\n"  # fmt: skip
    report = import_file(book, write(tmp_path, "people.csv", people), "people", riding_id=RIDING)
    assert (report.people.added, report.doors.added) == (2, 1)
    card = list_ridings(book)[0]
    assert (card.doors, card.people) == (6, 2)


def test_the_shared_vancouver_addresses_give_every_door_once(
    book: Book, shared_data: Callable[[str], Path]
) -> None:
    path = shared_data("addresses/dev_vancouver_granville_59036_addresses.csv")
    first = import_file(book, path, "doors")
    assert list_ridings(book)[0].doors == 12_984
    assert (first.main.added, len(first.left_out)) == (12_984, 0)
    assert import_file(book, path, "doors").main.added == 0
