"""A damaged database is found, told, kept aside and built again; every own event comes back."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from canvass_app.cli.commands import run
from canvass_app.domain.errors import Damaged, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.kinds import AttemptMade, NoteWritten
from canvass_app.services.backups import keep_daily_backup
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.salvage import repair_folder
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project

from .conftest import CAMPAIGN, RIDING, START_MS, FakeTime, Town, add_roster, make_town

PAGE = 4096


def attempts(book: Book, town: Town, count: int) -> None:
    for n in range(count):
        with book.act("Zoé") as act:
            act.add(RIDING, town.doors[n % len(town.doors)].door_id, AttemptMade(code="not_home"))


def own_raws(book: Book) -> set[bytes]:
    rows = book.read().query("SELECT raw FROM event WHERE device_id = ?", (book.device_id,))
    return {bytes(row[0]) for row in rows}


@pytest.fixture
def folder(tmp_path: Path, fake_time: FakeTime) -> Path:
    """A closed data folder with a town, 40 results and a frozen list, and no backup."""
    where = tmp_path / "data"
    book = open_book(where, passphrase="test", now_ms=fake_time)
    set_campaign(book, CAMPAIGN)
    town = make_town()
    add_roster(book, town.doors, town.people)
    attempts(book, town, 40)
    turf = make_turf(book, RIDING, "East", [door.door_id for door in town.doors])
    issue_walk_list(book, RIDING, turf.turf_id)
    book.close()
    return where


def reopened(where: Path) -> Book:
    return open_book(where, passphrase="test", now_ms=FakeTime(START_MS + 3_600_000))


def state(where: Path) -> tuple[set[bytes], bytes]:
    book = reopened(where)
    found = own_raws(book), state_digest(book.read(), RIDING)
    book.close()
    return found


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 0x40]))


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def first_page(path: Path) -> None:
    flip(path, 100)


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


@pytest.mark.parametrize("harm", [remove, empty, halve, first_page, noise])
def test_a_lost_database_is_said_to_be_lost_and_built_again_from_the_journal(
    folder: Path, harm: Callable[[Path], None]
) -> None:
    before = state(folder)
    harm(folder / "canvass.db")
    left = {path.name: path.read_bytes() for path in folder.glob("canvass.db*")}
    told = complaint(folder)
    assert "doctor --repair" in told.en
    assert "doctor --repair" in told.fr
    repair = repair_folder(folder, passphrase="test", now_ms=FakeTime())
    assert repair.from_journal == len(before[0])
    assert {path.name: path.read_bytes() for path in repair.kept.glob("canvass.db")} == {
        name: content for name, content in left.items() if name == "canvass.db"
    }
    assert state(folder) == before
    book = reopened(folder)
    assert examine(book).findings == []
    assert book.campaign is not None
    # The frozen list is there with its lines, and the next number is a new one.
    (number,) = book.read().query("SELECT number FROM walk_list")[0]
    assert len(load_document(book, number).pages) >= 1
    town = make_town()
    attempts(book, town, 3)
    assert examine(book).findings == []
    book.close()


def complaint(folder: Path) -> Text:
    """What is said of a damaged folder: when it is opened, or by the doctor."""
    try:
        book = reopened(folder)
    except Damaged as error:
        return error.text
    report = examine(book)
    book.close()
    assert report.damaged
    return report.findings[0]


def test_what_others_sent_is_taken_from_the_backup_and_the_damaged_file(
    folder: Path, tmp_path: Path, fake_time: FakeTime
) -> None:
    town = make_town()
    others: list[Event] = []
    other = open_book(tmp_path / "other", passphrase="test", now_ms=fake_time)
    set_campaign(other, CAMPAIGN)
    add_roster(other, town.doors, town.people)
    attempts(other, town, 60)
    for (raw,) in other.read().query("SELECT raw FROM event ORDER BY device_seq"):
        others.append(open_event(bytes(raw)))
    other.close()

    book = reopened(folder)
    receive(book, others[:20])
    assert keep_daily_backup(book.database, folder, book.today()) is not None
    receive(book, others[20:])
    attempts(book, town, 5)
    whole = own_raws(book)
    book.close()
    before = state(folder)

    path = folder / "canvass.db"
    size = path.stat().st_size
    flip(path, size - PAGE * 3 + 9)
    assert not diagnose(folder)
    repair = repair_folder(folder, passphrase="test", now_ms=FakeTime())
    assert repair.backup.startswith("canvass-")
    assert repair.from_backup == len(before[0]) - 5 + 20
    assert repair.from_journal == 5
    # All but those of the one bad page.
    assert repair.salvaged >= 20
    book = reopened(folder)
    assert own_raws(book) == whole
    assert examine(book).findings == []
    book.close()


def receive(book: Book, events: list[Event]) -> None:
    with book.database.write() as db:
        project(db, insert_events(db, events).new, book.time_zone)


def diagnose(folder: Path) -> bool:
    try:
        book = reopened(folder)
    except Damaged:
        return False
    try:
        return examine(book).ok
    except Damaged:
        return False
    finally:
        book.close()


def test_a_database_that_went_back_in_time_gets_its_own_events_back_before_a_number_is_given_twice(
    folder: Path,
) -> None:
    older = (folder / "canvass.db").read_bytes()
    book = reopened(folder)
    attempts(book, make_town(), 7)
    wanted, device = own_raws(book), book.device_id
    book.close()
    (folder / "canvass.db").write_bytes(older)
    book = reopened(folder)
    assert len(own_raws(book)) == len(wanted) - 7
    with book.act("Zoé") as act:
        act.add(RIDING, make_town().at(4).door_id, AttemptMade(code="refused"))
    # Whoever looks at the screen is told that more changed than was typed.
    assert act.changes.bulk
    assert own_raws(book) > wanted
    assert len(own_raws(book)) == len(wanted) + 1
    assert book.device_id == device
    assert book.read().query("SELECT COUNT(*) FROM fork") == [(0,)]
    assert examine(book).findings == []
    book.close()


def test_a_journal_that_is_missing_or_damaged_is_written_anew_from_the_database(folder: Path) -> None:
    path = folder / "journal.canvass"
    whole = path.stat().st_size
    for harm in (remove, halve, lambda p: flip(p, whole // 2)):
        for backup in (folder / "backups").glob("*"):
            backup.unlink()
        harm(path)
        book = reopened(folder)
        look_after(book)
        assert examine(book).findings == []
        book.close()
        before = state(folder)
        repair_folder(folder, passphrase="test", from_journal=True, now_ms=FakeTime())
        assert state(folder) == before


def test_the_doctor_says_which_journal_events_are_missing_on_either_side(folder: Path) -> None:
    book = reopened(folder)
    flip(book.journal.path, book.journal.path.stat().st_size // 3)
    report = examine(book)
    assert any("journal is damaged" in text.en for text in report.findings)
    assert examine(book, repair=True).repaired
    assert examine(book).findings == []
    book.close()


def test_the_doctor_names_the_door_the_person_and_the_field_that_differ(
    folder: Path,
) -> None:
    book = reopened(folder)
    with book.database.write() as db:
        db.run("UPDATE door SET attempts = 99 WHERE number = 4")
        db.run("UPDATE person SET support = '1' WHERE last = 'Tremblay'")
        db.run("DELETE FROM attempt WHERE device_seq IN (SELECT MAX(device_seq) FROM attempt)")
    report = examine(book)
    said = "\n".join(text.en for text in report.findings)
    assert "Door 4 Birch St" in said
    assert "“attempts” says “99”, the events say “4”" in said
    assert "Tremblay" in said
    assert "“support” says “1”, the events say “”" in said
    assert "Result" in said
    assert "in the events, but not shown" in said
    assert "Porte 4 Birch St" in "\n".join(text.fr for text in report.findings)
    assert not report.repaired
    assert examine(book, repair=True).repaired
    assert examine(book).findings == []
    book.close()


def test_many_differences_are_counted_not_listed(folder: Path) -> None:
    book = reopened(folder)
    with book.database.write() as db:
        db.run("UPDATE door SET attempts = 99")
    report = examine(book)
    assert len(report.findings) < 20
    assert any(text.en == "and 2 more: Door" for text in report.findings)
    book.close()


def test_a_repair_that_the_disk_refuses_leaves_the_folder_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    halve(folder / "canvass.db")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    # The room that the building needs is taken by a folder of the same name: the system refuses the file.
    (folder / "canvass.db.building-x").mkdir()
    (folder / "canvass.db.building-x" / "kept").touch()
    with pytest.raises(StorageProblem):
        repair_folder(folder, passphrase="test", now_ms=FakeTime())
    shutil.rmtree(folder / "canvass.db.building-x")
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    repair_folder(folder, passphrase="test", now_ms=FakeTime())
    assert diagnose(folder)


def test_the_command_repairs_and_says_what_it_did(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")
    call = ["doctor", "--data", str(folder)]
    assert run([*call, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"]
    first_page(folder / "canvass.db")
    assert run([*call, "--lang", "fr"]) == 1
    assert "endommagée" in capsys.readouterr().err
    assert run([*call, "--repair", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["ok"]
    assert "journal" in said["rebuilt"][0]
    assert run([*call, "--from-journal"]) == 0
    assert run(call) == 0


def test_notes_and_lists_survive_a_building_from_the_journal_alone(folder: Path) -> None:
    book = reopened(folder)
    with book.act("Zoé") as act:
        act.add(RIDING, make_town().at(2).door_id, NoteWritten(target="door", text="Chien méchant"))
    book.close()
    before = state(folder)
    repair = repair_folder(folder, passphrase="test", from_journal=True, now_ms=FakeTime())
    assert (repair.backup, repair.salvaged) == ("", 0)
    assert state(folder) == before


@pytest.mark.parametrize("page", [3, 20, 40, -1])
def test_after_an_unclean_end_a_bad_page_is_found_before_anybody_meets_it(folder: Path, page: int) -> None:
    book = reopened(folder)
    look_after(book)  # the day's backup: the next one does not read every page
    book.close()
    path = folder / "canvass.db"
    pages = path.stat().st_size // PAGE
    flip(path, (page % pages) * PAGE + 77)
    (folder / "canvass.lock").write_bytes(b"open\n")
    try:
        book = reopened(folder)
    except Damaged:
        return
    with pytest.raises(Damaged, match="doctor --repair"):
        look_after(book)
    assert book.read_only is not None
    with pytest.raises(StorageProblem), book.act("Zoé"):
        pass
    book.close()
    # It is not forgotten when the program is closed all the same: the next start offers the repair.
    with pytest.raises(Damaged, match="doctor --repair"):
        reopened(folder)
    repair_folder(folder, passphrase="test", now_ms=FakeTime())
    assert diagnose(folder)


def test_an_act_that_meets_damage_is_the_last_before_a_repair(folder: Path) -> None:
    before = state(folder)
    book = reopened(folder)
    path = folder / "canvass.db"
    content = path.read_bytes()
    path.write_bytes(content[: PAGE * 2] + bytes(len(content) - PAGE * 2))
    with pytest.raises(Damaged):
        attempts(book, make_town(), 1)
    with pytest.raises(StorageProblem, match="Nothing more is written"):
        attempts(book, make_town(), 1)
    book.close()
    with pytest.raises(Damaged):
        reopened(folder)
    repair_folder(folder, passphrase="test", now_ms=FakeTime())
    assert state(folder) == before
