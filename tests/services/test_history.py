"""Everything that was recorded about a thing is told, whether it counts or not, and can be taken back where allowed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from canvass_app.domain.codes import DoorState
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.numbers import list_code
from canvass_app.ledger.events import FORMAT, Key, Origin, open_event, seal
from canvass_app.ledger.kinds import AttemptCorrected, BarSet, PersonDescribed, SupportMarked, TurfChanged
from canvass_app.services.book import Book
from canvass_app.services.decisions import close_decision, count_decisions, open_decisions
from canvass_app.services.doctor import state_digest
from canvass_app.services.entry import Mark, Shift, open_shift, record
from canvass_app.services.finding import find_subject
from canvass_app.services.history import History, HistoryKind, HistoryRow, history_of
from canvass_app.services.history_undo import undo_event
from canvass_app.services.map_data import door_card, door_states
from canvass_app.services.progress import progress
from canvass_app.services.turfs import assign_turf, list_turfs, make_turf, rename_turf
from canvass_app.services.voiding import void_shift
from canvass_app.services.walk_lists import issue_walk_list, load_document
from canvass_app.services.withdrawing import list_imports, withdraw_import
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project

from .conftest import RIDING, FakeTime, Town
from .laptops import carry, exchange, second_laptop


@pytest.fixture
def number(book: Book, town: Town) -> int:
    made = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors])
    return issue_walk_list(book, RIDING, made.turf_id, canvasser="Zoé").document.number


@pytest.fixture
def other(book: Book, number: int, tmp_path: Path, fake_time: FakeTime) -> Iterator[Book]:
    opened = second_laptop(tmp_path / "other", fake_time)
    carry(book, opened)
    yield opened
    opened.close()


@pytest.fixture
def shift(book: Book, number: int) -> Shift:
    return open_shift(book, "Zoé", RIDING, number)


def line_of(book: Book, number: int, civic: str, name: str = "") -> int:
    return next(
        e.line for e in load_document(book, number).lines if e.civic == civic and e.name.endswith(name)
    )


def told(history: History) -> list[tuple[str, str]]:
    return [(row.said.en, row.standing) for row in history.rows]


def row_of(book: Book, kind: HistoryKind, one: bytes, said: str) -> HistoryRow:
    return next(row for row in history_of(book, RIDING, kind, one).rows if row.said.en.startswith(said))


def test_a_door_tells_who_when_from_where_and_whether_it_counts(
    book: Book, other: Book, town: Town, number: int, shift: Shift, fake_time: FakeTime
) -> None:
    line = line_of(book, number, "4")
    record(book, shift, number, line, Mark(support="2"))
    fake_time.forward(3_600_000)
    carry(book, other)
    away = open_shift(other, "Ann", RIDING, number)
    record(other, away, number, line, Mark(support="5", note="big dog"))
    exchange(book, other)
    history = history_of(book, RIDING, "door", town.at(4).door_id)
    code = list_code(number)
    assert told(history) == [
        ("note: big dog", "counts"),
        ("support: strong oppose (5)", "counts"),
        (f"result: canvassed, Tremblay, Anne (list {code}, line {line})", "counts"),
        ("support: weak support (2)", "replaced"),
        (f"result: canvassed, Tremblay, Anne (list {code}, line {line})", "counts"),
        ("file imported: test.csv (12 doors, 5 people)", "counts"),
    ]
    newest, oldest = history.rows[0], history.rows[4]
    assert (newest.author, newest.day, newest.clock) == ("Ann", "2015-09-23", "06:20")
    assert newest.device.en == f"laptop {other.device_id.hex()[:4].upper()}"
    assert (oldest.author, oldest.clock, oldest.device.fr) == ("Zoé", "05:20", "cet ordinateur")
    assert newest.about is not None
    assert newest.about.en == "Tremblay, Anne"
    assert oldest.about is None
    assert all(row.said.fr for row in history.rows)


def test_a_voided_shift_and_a_corrected_result_say_so(
    book: Book, town: Town, number: int, shift: Shift, fake_time: FakeTime
) -> None:
    recorded = record(book, shift, number, line_of(book, number, "8"), Mark(code="not_home"))
    fake_time.forward(1000)
    with book.act("Lead") as act:
        act.add(
            RIDING,
            town.at(8).door_id,
            AttemptCorrected(device=book.device_id, seq=recorded.token, code="refused"),
        )
    first = row_of(book, "door", town.at(8).door_id, "result: not home")
    assert (first.standing, first.standing_words.en, first.standing_words.fr) == (
        "corrected",
        "corrected since: refused",
        "corrigé depuis : refus",
    )
    void_shift(book, RIDING, shift.shift_id, "Lead", "wrong list")
    assert row_of(book, "door", town.at(8).door_id, "result: not home").standing == "voided"
    assert told(history_of(book, RIDING, "shift", shift.shift_id))[0] == (
        "shift voided: wrong list",
        "counts",
    )


def test_taking_a_result_back_takes_all_that_was_said_with_it_on_any_laptop(
    book: Book, other: Book, town: Town, number: int
) -> None:
    fresh = state_digest(book.read(), RIDING)
    away = open_shift(other, "Ann", RIDING, number)
    record(
        other,
        away,
        number,
        line_of(other, number, "4"),
        Mark(support="1", answers={"pledge": ("yes",)}, note="dog"),
    )
    carry(other, book)
    made = row_of(book, "door", town.at(4).door_id, "result: canvassed")
    assert made.undo is not None
    undo_event(book, RIDING, made.key, "Lead")
    card = door_card(book, RIDING, town.at(4).door_id)
    assert (card.state, card.attempts, card.notes, [p.support for p in card.people]) == (
        DoorState.NEVER,
        [],
        [],
        [""],
    )
    assert row_of(book, "door", town.at(4).door_id, "result: canvassed").standing == "taken_back"
    assert row_of(book, "door", town.at(4).door_id, "result: canvassed").undo is None
    back = row_of(book, "door", town.at(4).door_id, "result taken back")
    undo_event(book, RIDING, back.key, "Lead")
    assert progress(book, RIDING).attempts == 1
    assert fresh != state_digest(book.read(), RIDING)


def test_a_bar_is_lifted_with_a_reason_only(book: Book, town: Town, number: int, shift: Shift) -> None:
    record(book, shift, number, line_of(book, number, "8"), Mark(code="do_not_knock"))
    door = town.at(8).door_id
    bar = row_of(book, "door", door, "do not contact")
    assert bar.undo_asks_reason
    with pytest.raises(InputError):
        undo_event(book, RIDING, bar.key, "Lead", "  ")
    undo_event(book, RIDING, bar.key, "Lead", "the neighbour asked, not they")
    assert not door_card(book, RIDING, door).barred
    lifted = row_of(book, "door", door, "may be contacted again")
    assert lifted.said.en == "may be contacted again: the neighbour asked, not they"
    undo_event(book, RIDING, lifted.key, "Lead")
    assert door_states(book, RIDING, [door])[door] == DoorState.BARRED


def test_what_something_newer_replaced_is_not_taken_back(book: Book, town: Town) -> None:
    anne = town.people[2].person_id
    for level in ("1", "3"):
        with book.act("Zoé") as act:
            act.add(RIDING, anne, SupportMarked(level=level))
    first = row_of(book, "person", anne, "support: strong support")
    assert (first.standing, first.undo) == ("replaced", None)
    with pytest.raises(InputError):
        undo_event(book, RIDING, first.key, "Lead")
    undo_event(book, RIDING, row_of(book, "person", anne, "support: undecided").key, "Lead")
    assert [p.support for p in door_card(book, RIDING, town.at(4).door_id).people] == ["1"]
    with pytest.raises(NotFound):
        undo_event(book, RIDING, Key(b"\1" * 16, 1), "Lead")


def test_a_description_goes_back_to_what_the_file_says(book: Book, town: Town) -> None:
    anne = town.people[2].person_id
    with book.act("Zoé") as act:
        act.add(RIDING, anne, PersonDescribed(last="Trembley", phone="6135550142"))
    described = row_of(book, "person", anne, "person described")
    assert described.said.en == "person described: last name Trembley; telephone 613-555-0142"
    undo_event(book, RIDING, described.key, "Lead")
    rows = book.read().query("SELECT last, phone FROM person WHERE person_id = ?", (anne,))
    assert rows == [("Tremblay", "")]


def test_a_turf_its_lists_and_its_changes_are_told_and_changed_back(
    book: Book, town: Town, number: int
) -> None:
    [turf] = list_turfs(book, RIDING)
    rename_turf(book, RIDING, turf.turf_id, "Birch West", author="Lead")
    assign_turf(book, RIDING, turf.turf_id, "Marie", author="Lead")
    history = history_of(book, RIDING, "turf", turf.turf_id)
    said = [text for text, _ in told(history)]
    assert said[0] == "turf given to Marie"
    assert said[1] == "turf changed: name Birch West"
    assert any(text.startswith(f"list {list_code(number)} issued") for text in said)
    undo_event(book, RIDING, history.rows[1].key, "Lead")
    undo_event(book, RIDING, history.rows[0].key, "Lead")
    [turf] = list_turfs(book, RIDING)
    assert (turf.name, turf.assigned) == ("Birch", "")
    with book.act("Lead") as act:
        act.add(RIDING, turf.turf_id, TurfChanged(doors=(town.doors[0].door_id,)))
    undo_event(book, RIDING, history_of(book, RIDING, "turf", turf.turf_id).rows[0].key, "Lead")
    assert list_turfs(book, RIDING)[0].doors == 12


def test_a_list_and_a_phone_number_have_a_history(book: Book, town: Town, number: int, shift: Shift) -> None:
    record(book, shift, number, line_of(book, number, "8"), Mark(code="not_home"))
    riding, one = find_subject(book, "list", list_code(number))
    said = [text for text, _ in told(history_of(book, riding, "list", one))]
    assert said[0].startswith("result: not home")
    assert any(text.startswith("shift opened: Zoé") for text in said)
    assert any("issued" in text for text in said)
    with book.act("Zoé") as act:
        act.add(RIDING, town.people[2].person_id, PersonDescribed(phone="6135550142"))
        act.add(RIDING, phone_subject(RIDING, "+16135550142"), BarSet(target="number", reason="asked"))
    riding, one = find_subject(book, "phone", "(613) 555-0142")
    history = history_of(book, riding, "phone", one)
    assert history.name.en == "613-555-0142"
    assert [text for text, _ in told(history)][:2] == [
        "do not contact: asked",
        "person described: telephone 613-555-0142",
    ]


def test_a_person_tells_the_bars_on_their_number_and_the_lists_printed_with_them(
    book: Book, town: Town
) -> None:
    anne, luc = town.people[2].person_id, town.people[0].person_id
    for name, doors in (("Anne", [town.at(4)]), ("Others", [one for one in town.doors if one.number != 4])):
        turf = make_turf(book, RIDING, name, [one.door_id for one in doors])
        issue_walk_list(book, RIDING, turf.turf_id, canvasser=f"Zoé {name}")
    with book.act("Zoé") as act:
        act.add(RIDING, anne, PersonDescribed(phone="613 555-0142"))
        act.add(RIDING, phone_subject(RIDING, "+16135550142"), BarSet(target="number", reason="asked"))
    hers, his = ([text for text, _ in told(history_of(book, RIDING, "person", one))] for one in (anne, luc))
    assert "do not contact: asked" in hers
    assert "do not contact: asked" not in his
    assert [text.split(" ", 2)[2] for text in hers if "issued" in text] == [
        "issued (1 line, 1 page), for Zoé Anne"
    ]
    assert [text.split(" ", 2)[2] for text in his if "issued" in text] == [
        "issued (13 lines, 2 pages), for Zoé Others"
    ]
    bar = row_of(book, "person", anne, "do not contact")
    assert bar.about is not None
    assert bar.about.en == "a telephone number"


def test_people_shown_because_several_fit_are_told_of_first(book: Book, town: Town) -> None:
    shown: list[tuple[int, list[bytes]]] = []
    with pytest.raises(InputError, match="Several"):
        find_subject(book, "person", "Roy", lambda riding, people: shown.append((riding, people)))
    assert shown == [(RIDING, [one.person_id for one in town.people[:2]])]


def test_an_import_and_its_withdrawal_are_told_and_the_withdrawal_taken_back(book: Book, town: Town) -> None:
    [file] = list_imports(book, RIDING)
    withdraw_import(book, RIDING, file.roster_id, "Lead", "wrong town")
    history = history_of(book, RIDING, "import", file.roster_id)
    assert told(history) == [
        ("file withdrawn: wrong town", "counts"),
        ("file imported: test.csv (12 doors, 5 people)", "taken_back"),
    ]
    undo_event(book, RIDING, history.rows[0].key, "Lead")
    assert progress(book, RIDING).doors.whole == 12


def test_a_closed_decision_is_told_and_opened_again(book: Book, other: Book, town: Town) -> None:
    anne = town.people[2].person_id
    for laptop, level in ((book, "1"), (other, "4")):
        with laptop.act("Zoé") as act:
            act.add(RIDING, anne, SupportMarked(level=level))
    exchange(book, other)
    waiting = {row.standing for row in history_of(book, RIDING, "person", anne).rows}
    assert "waits" in waiting
    [row] = open_decisions(book)
    close_decision(book, row, 0, "Lead")
    decided = row_of(book, "person", anne, "decided: support")
    assert decided.standing == "counts"
    undo_event(book, RIDING, decided.key, "Lead")
    assert count_decisions(book) == 1


def test_an_event_of_a_newer_version_is_shown_as_such(book: Book, town: Town) -> None:
    door = town.at(4).door_id
    encode = msgspec.msgpack.Encoder(order="sorted").encode
    with book.act("Zoé") as act:
        known = act.add(RIDING, door, BarSet(target="door"))
    parts = msgspec.msgpack.decode(known.raw)
    parts[2], parts[3], parts[4], parts[5] = b"\7" * 16, 1, "door.sung", 3
    parts[-1] = os.urandom(8)
    assert parts[0] == FORMAT
    with book.database.write() as db:
        project(db, insert_events(db, [open_event(encode(tuple(parts)))]).new, book.time_zone)
    row = row_of(book, "door", door, "“door.sung”, version 3")
    assert (row.standing, row.undo) == ("unknown", None)
    assert "newer version" in row.standing_words.en


def test_a_long_history_comes_in_pages(book: Book, town: Town) -> None:
    anne = town.people[2].person_id
    for _ in range(7):
        with book.act("Zoé") as act:
            act.add(RIDING, anne, SupportMarked(level="1"))
    whole = history_of(book, RIDING, "person", anne)
    assert whole.total == 8
    pages = [history_of(book, RIDING, "person", anne, offset=at, limit=3) for at in (0, 3, 6)]
    assert [row.key for page in pages for row in page.rows] == [row.key for row in whole.rows]
    assert {page.total for page in pages} == {8}


def test_things_are_found_by_what_people_call_them(book: Book, town: Town) -> None:
    assert find_subject(book, "door", "4 Birch St")[1] == town.at(4).door_id
    assert find_subject(book, "person", "Tremblay")[1] == town.people[2].person_id
    assert find_subject(book, "door", town.at(4).door_id.hex())[1] == town.at(4).door_id
    with pytest.raises(InputError, match="Several"):
        find_subject(book, "person", "Roy")
    for kind, name in (("door", "99 Nowhere"), ("list", "999999"), ("phone", "12"), ("person", "f" * 32)):
        with pytest.raises(NotFound):
            find_subject(book, kind, name)  # type: ignore[arg-type]


def test_what_was_issued_again_is_told_once(book: Book, town: Town) -> None:
    door = town.at(4).door_id
    with book.act("Zoé") as act:
        first = act.add(RIDING, door, BarSet(target="door", reason="asked"))
    again = seal(
        RIDING, Key(b"\7" * 16, 1), door, BarSet(target="door", reason="asked"), author="Zoé", shift=b"", hlc=first.hlc,
        wall_ms=first.wall_ms, sees=[], nonce=b"12345678",
        reissue_of=Origin(first.key.device_id, first.key.device_seq, first.hash),
    )  # fmt: skip
    with book.database.write() as db:
        project(db, insert_events(db, [again]).new, book.time_zone)
    bars = [row for row in history_of(book, RIDING, "door", door).rows if row.kind == "bar.set"]
    assert [(row.key, row.standing) for row in bars] == [(first.key, "counts")]
