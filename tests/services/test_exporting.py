"""Exports of people: who stays, what is recorded, what the file is, and that every copy can be told from every other."""

from __future__ import annotations

import csv
import hashlib
import random
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from canvass_app.domain.errors import DiskFull, FileProblem, InputError, NotFound, Refused
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.text import Text
from canvass_app.ledger.events import open_event
from canvass_app.ledger.kinds import BarLifted, BarSet, ExportMade, ResidenceEnded, SupportMarked
from canvass_app.services.book import Book
from canvass_app.services.erasure import erase_person
from canvass_app.services.export_decoys import how_many
from canvass_app.services.export_people import (
    COLUMNS,
    Choice,
    choose_people,
    read_choice,
    read_columns,
    read_filter,
)
from canvass_app.services.export_tracing import trace_own
from canvass_app.services.exporting import Asked, Exported, export_people, preview_export
from canvass_app.services.progress import progress
from canvass_app.services.ridings import list_ridings
from canvass_app.services.search import find
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list

from .conftest import RIDING, Town, add_roster, door, person
from .exporting import invented_people, opened

ALL = Choice(RIDING)
ASKED = Asked(ALL, "Signs for the weekend", "Ana Lead")


def table(done: Exported) -> list[list[str]]:
    return list(csv.reader(StringIO(opened(done)[f"people-{done.code}.csv"].decode("utf-8-sig"), newline="")))


def names(rows: list[list[str]]) -> set[str]:
    return {f"{row[0]}, {row[1]}" for row in rows[1:]}


def made(book: Book) -> list[ExportMade]:
    rows = book.read().query("SELECT raw FROM event WHERE kind = 'export.made' ORDER BY device_seq")
    bodies = [open_event(bytes(row[0])).body for row in rows]
    return [body for body in bodies if isinstance(body, ExportMade)]


def bar(book: Book, subject: bytes, target: Any, *, lifted: bool = False) -> None:
    with book.act("Ana") as act:
        act.add(
            RIDING, subject, BarLifted(target=target) if lifted else BarSet(target=target, reason="asked")
        )


# --- who leaves ------------------------------------------------------------------------------------


def test_who_must_not_be_contacted_never_leaves_and_is_counted(book: Book, tmp_path: Path) -> None:
    homes = [door(n) for n in range(2, 30, 4)]
    folk = [
        person(home, "Roy", first, phone="6135550190")
        for home, first in zip(homes, ("Luc", "Marie", "Ann"), strict=False)
    ]
    folk += [
        person(homes[3], "Kerr", "Di", phone="6135550111"),
        person(homes[4], "Kerr", "Bo", phone="6135550122"),
    ]
    folk += [person(homes[5], "Gone", "Al"), person(homes[6], "Wiped", "Zoe")]
    add_roster(book, homes, folk)
    bar(book, folk[0].person_id, "person")
    bar(book, homes[1].door_id, "door")
    bar(book, phone_subject(RIDING, "+16135550111"), "number")
    bar(book, phone_subject(RIDING, "+16135550122"), "number")
    bar(book, phone_subject(RIDING, "+16135550122"), "number", lifted=True)
    with book.act("Ana") as act:
        act.add(RIDING, folk[5].person_id, ResidenceEnded(reason="moved"))
    erase_person(book, RIDING, folk[6].person_id, author="Ana")
    done = export_people(book, ASKED, tmp_path)
    real = {"Roy, Ann", "Kerr, Bo"}
    everybody = names(table(done))
    assert real <= everybody
    assert not everybody & {"Roy, Luc", "Roy, Marie", "Kerr, Di", "Gone, Al", "Wiped, Zoe"}
    assert (done.rows, done.held_back) == (2, 3)
    assert preview_export(book, ALL).held_back == 3


def test_what_leaves_is_what_was_asked_for(book: Book, town: Town, tmp_path: Path) -> None:
    assert table(export_people(book, ASKED, tmp_path))[0] == [
        "Last name", "First name", "Address", "Municipality", "Postal code",
    ]  # fmt: skip
    asked = Asked(ALL, "Une affiche au balcon", "Ana", read_columns("first, phone"), language="fr")
    assert table(export_people(book, asked, tmp_path))[0] == ["Prénom", "Téléphone"]
    with pytest.raises(InputError, match="email"):
        read_columns("last,email")


def test_a_turf_a_list_and_a_filter_choose_people(book: Book, town: Town, tmp_path: Path) -> None:
    turf = make_turf(book, RIDING, "North", [town.at(2).door_id, town.at(4).door_id]).turf_id
    number = issue_walk_list(book, RIDING, turf).document.number
    with book.act("Ana") as act:
        act.add(RIDING, town.people[2].person_id, SupportMarked(level="2", second="L"))

    def who(choice: Choice) -> set[str]:
        return {row.first for row in choose_people(book, choice).rows}

    assert who(read_choice(book, "99001", turf="north")) == {"Luc", "Marie", "Anne"}
    assert who(Choice(RIDING, "list", number=number)) == {"Luc", "Marie", "Anne"}
    assert who(read_filter(RIDING, "support=1,2")) == {"Anne"}
    assert who(read_filter(RIDING, "phone")) == set()
    assert who(read_filter(RIDING, "answer:sign=yes")) == set()
    for wrong in ("support=9", "phones", "answer:=yes", "support"):
        with pytest.raises(InputError):
            read_filter(RIDING, wrong)
    with pytest.raises(NotFound):
        read_choice(book, "99001", turf="South")
    with pytest.raises(InputError, match="not several"):
        read_choice(book, "99001", turf="north", only="phone")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(ALL, "", "Ana"), "reason"),
        (Asked(ALL, "signs", "Ana"), "reason"),
        (Asked(ALL, "12 34", "Ana"), "reason"),
        (Asked(ALL, "for signs " * 40, "Ana"), "shorter"),
        (Asked(ALL, "Signs for Sunday", " "), "name"),
        (Asked(ALL, "Signs for Sunday", "Ana", plain=True), "encrypted"),
        (Asked(read_filter(RIDING, "support=5"), "Signs for Sunday", "Ana"), "Nobody"),
    ],
)
def test_without_a_reason_a_name_and_somebody_to_export_nothing_is_written(
    book: Book, town: Town, tmp_path: Path, asked: Asked, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        export_people(book, asked, tmp_path)
    assert not list(tmp_path.glob("*.zip"))
    assert made(book) == []


@pytest.mark.parametrize(
    ("role", "may"),
    [("admin", True), ("organiser", True), ("lead", True), ("canvasser", False), ("caller", False), ("observer", False),
     ("", False), ("king", False)],
)  # fmt: skip
def test_only_leads_organisers_and_admins_export_people(
    book: Book, town: Town, tmp_path: Path, role: str, may: bool
) -> None:
    book.set_facts({"hq_url": "https://hq.example", "role": role})
    if may:
        assert export_people(book, ASKED, tmp_path).path.exists()
        assert made(book)[0].role == role
        return
    with pytest.raises(Refused):
        export_people(book, ASKED, tmp_path)
    with pytest.raises(Refused):
        preview_export(book, ALL)
    assert not list(tmp_path.glob("*.zip"))


# --- what is recorded --------------------------------------------------------------------------------


def test_every_export_is_on_record_without_anybody_who_is_in_it(
    book: Book, town: Town, tmp_path: Path
) -> None:
    done = export_people(book, ASKED, tmp_path)
    (body,) = made(book)
    content = opened(done)[f"people-{done.code}.csv"]
    assert (body.code, body.reason, body.rows, body.encrypted) == (done.code, ASKED.reason, 5, True)
    assert body.file == hashlib.sha256(content).digest()
    assert len(body.decoys) == 2 * done.decoys == 2 * how_many(5)
    text = repr(body).encode() + b"".join(
        bytes(r[0]) for r in book.read().query("SELECT raw FROM event WHERE kind = 'export.made'")
    )
    assert not [one for one in (b"Tremblay", b"Singh", done.passphrase.encode()) if one in text]
    assert done.code in done.path.name
    assert done.passphrase not in done.path.name


def test_a_plain_file_needs_a_second_yes_and_the_record_says_so(
    book: Book, town: Town, tmp_path: Path
) -> None:
    asked = Asked(ALL, "The mail house wants it open", "Ana", plain=True, plain_confirmed=True)
    done = export_people(book, asked, tmp_path)
    with ZipFile(done.path) as archive:
        assert b"Tremblay" in archive.read(f"people-{done.code}.csv")
    assert done.passphrase == ""
    assert not made(book)[0].encrypted


def test_a_note_beside_the_list_says_who_when_and_why_in_both_languages(
    book: Book, town: Town, tmp_path: Path
) -> None:
    done = export_people(book, ASKED, tmp_path / "for the signs.zip")
    assert done.path.name == f"for the signs-{done.code}.zip"
    note = opened(done)[f"README-{done.code}.txt"].decode("utf-8-sig")
    for word in (
        done.code,
        "Ana Lead",
        "Signs for the weekend",
        "2015-09-23",
        book.device_id.hex()[:8],
        "Motif\u00a0: ",
    ):
        assert word in note
    book.set_meta("device_name", "Table d’entrée")
    named = export_people(book, ASKED, tmp_path / "again.zip")
    note = opened(named)[f"README-{named.code}.txt"].decode("utf-8-sig")
    number = book.device_id.hex()[:8]
    assert f"on laptop “Table d’entrée” ({number}), " in note
    assert f"sur l’ordinateur «\u00a0Table d’entrée\u00a0» ({number}), " in note


def test_a_full_disk_leaves_no_file_and_no_clear_text(
    book: Book, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("canvass_app.services.export_files.os.fsync", full)
    with pytest.raises(DiskFull):
        export_people(book, ASKED, tmp_path)
    monkeypatch.undo()
    with pytest.raises(FileProblem):
        export_people(book, ASKED, tmp_path / "no folder" / "x.zip")
    assert [one.name for one in tmp_path.iterdir()] == ["data"]
    assert made(book) == []


def test_an_export_is_recorded_before_its_file_has_a_name_and_the_disk_never_sees_clear_text(
    book: Book, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    recorded: list[int] = []
    replace = Path.replace

    def look(self: Path, target: Path) -> Path:
        seen.extend(one.read_bytes() for one in tmp_path.iterdir() if one.is_file())
        recorded.append(len(made(book)))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", look)
    export_people(book, ASKED, tmp_path)
    assert seen
    assert recorded == [1]
    assert not [one for one in seen if b"Tremblay" in one or b"Birch" in one]


# --- invented people ---------------------------------------------------------------------------------


def test_invented_people_have_no_real_door_no_real_name_and_no_number_that_rings(
    book: Book, tmp_path: Path
) -> None:
    doors, people = invented_people(400)
    add_roster(book, doors, people)
    asked = Asked(ALL, "Calls on Sunday", "Ana", ("last", "first", "address", "town", "postal", "phone"))
    real = {f"{one.last}, {one.first}" for one in people}
    numbers = {(d.street, d.number) for d in doors}
    streets = {d.street_label for d in doors}
    phones = {one.phone for one in people}
    for _ in range(5):
        done = export_people(book, asked, tmp_path)
        strangers = [row for row in table(done)[1:] if f"{row[0]}, {row[1]}" not in real]
        assert len(strangers) == done.decoys == how_many(400)
        for row in strangers:
            from canvass_app.services.export_marks import phone_digits, read_address

            place = read_address(row[2])
            assert place is not None
            assert place.street.label in streets
            assert (place.street.name, int(place.civic)) not in numbers
            digits = phone_digits(row[5])
            assert not row[5] or (digits[3:8] == "55501" and digits not in phones)


def test_invented_people_are_in_no_list_count_or_search_of_the_app(
    book: Book, town: Town, tmp_path: Path
) -> None:
    before = [
        progress(book, RIDING).people,
        list_ridings(book)[0].people,
        book.read().query("SELECT COUNT(*) FROM person"),
    ]
    done = export_people(book, ASKED, tmp_path)
    real = {f"{one.last}, {one.first}" for one in town.people}
    strangers = names(table(done)) - real
    assert strangers
    after = [
        progress(book, RIDING).people,
        list_ridings(book)[0].people,
        book.read().query("SELECT COUNT(*) FROM person"),
    ]
    assert before == after
    assert not [one for one in strangers if find(book, one)]


def test_a_leak_of_this_laptop_is_traced_here(book: Book, tmp_path: Path) -> None:
    doors, people = invented_people(300)
    add_roster(book, doors, people)
    first, second = (
        export_people(book, Asked(ALL, why, "Ana Lead"), tmp_path)
        for why in ("For the signs", "For the mail")
    )
    leak = tmp_path / "leak.csv"
    leak.write_bytes(opened(second)[f"people-{second.code}.csv"])
    (source,) = trace_own(book, leak).sources
    assert (source.code, source.reason, source.author, source.finding.whole) == (
        second.code,
        "For the mail",
        "Ana Lead",
        True,
    )
    rows = table(first)[1:]
    random.Random(1).shuffle(rows)
    with leak.open("w", encoding="cp1252", errors="replace", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            [["Nom", "Prénom", "Rue", "Ville", "Code"], *([c.upper() for c in row] for row in rows[:60])]
        )
    traced = trace_own(book, leak)
    assert [one.code for one in traced.sources] == [first.code]
    assert traced.sources[0].finding.sure
    assert traced.compared == 2


def test_a_list_that_never_left_canvass_is_nobodys_export(book: Book, tmp_path: Path) -> None:
    doors, people = invented_people(300)
    add_roster(book, doors, people)
    for _ in range(5):
        export_people(book, ASKED, tmp_path)
    at = {one.door_id: one for one in doors}
    leak = tmp_path / "other.csv"
    with leak.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Last name", "First name", "Address", "Postal code", "Telephone"])
        for one in people:
            home = at[one.door_id]
            out.writerow(
                [one.last, one.first, f"{home.number} {home.street_label}", home.postal_code, one.phone]
            )
    assert trace_own(book, leak).sources == []


def test_the_note_and_the_words_are_in_both_languages() -> None:
    assert all(isinstance(text, Text) and text.en and text.fr for text in COLUMNS.values())
