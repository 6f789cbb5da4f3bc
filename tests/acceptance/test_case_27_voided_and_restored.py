"""Case 27: a shift voided after others corrected it, with late arrivals, then restored: as specified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.kinds import (
    AttemptCorrected,
    AttemptMade,
    BarSet,
    PersonDescribed,
    ResidenceEnded,
    RosterAdded,
    RosterRestored,
    RosterWithdrawn,
    ShiftOpened,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
)
from canvass_app.services.book import Book
from canvass_app.services.doctor import state_digest
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project
from tests.acceptance.evening import Desk, all_alike, laptop
from tests.acceptance.served import NewDesk
from tests.services.conftest import RIDING, FakeTime, add_roster, make_town

TOWN = make_town()
DOOR, OTHER_DOOR = TOWN.doors[0].door_id, TOWN.doors[1].door_id
PERSON, OTHER = TOWN.people[0].person_id, TOWN.people[1].person_id
SHIFT = b"s" * 16


@pytest.fixture
def three(tmp_path: Path, new_desk: NewDesk) -> Iterator[tuple[Desk, list[Book], bytes]]:
    """Ana's laptop with a shift of four results, Bea's and the lead's; all know the file."""
    time = FakeTime()
    desk, books = new_desk(time), [laptop(tmp_path / str(n), time) for n in range(3)]
    roster = add_roster(books[0], TOWN.doors, TOWN.people)
    all_alike(desk, *books)
    with books[0].act("Ana", SHIFT) as act:
        act.add(RIDING, SHIFT, ShiftOpened(volunteer="Ana"))
        act.add(RIDING, DOOR, AttemptMade(code="canvassed", person=PERSON))
        act.add(RIDING, PERSON, SupportMarked(level="1"))
        act.add(RIDING, OTHER, SupportMarked(level="2"))
        act.add(RIDING, OTHER_DOOR, BarSet(target="door"))
    yield desk, books, roster
    for book in books:
        book.close()


def say(book: Book, author: str, *said: tuple[bytes, Any]) -> None:
    with book.act(author) as act:
        for subject, body in said:
            act.add(RIDING, subject, body)


def supports(book: Book) -> tuple[str, str]:
    rows = dict(book.read().query("SELECT person_id, support FROM person"))
    return rows[PERSON], rows[OTHER]


def attempts(book: Book) -> list[str]:
    return [str(row[0]) for row in book.read().query("SELECT code FROM attempt ORDER BY device_seq")]


def conflicts(book: Book) -> list[Any]:
    return book.read().query("SELECT subject, field FROM conflict")


def test_case_27_voided_after_corrections_with_late_arrivals_then_restored(
    three: tuple[Desk, list[Book], bytes],
) -> None:
    desk, (ana, bea, lead), _ = three
    all_alike(desk, ana, bea, lead)
    # Bea corrects one mark of Ana's; later Ana's shift is voided by the lead, while Ana types on, unheard.
    say(bea, "Bea", (PERSON, SupportMarked(level="4")))
    desk.meet(bea)
    with ana.act("Ana", SHIFT) as act:
        act.add(RIDING, OTHER_DOOR, AttemptMade(code="not_home"))
        act.add(RIDING, PERSON, SupportMarked(level="5"))
    desk.meet(lead)
    say(lead, "Lead", (SHIFT, ShiftVoided(reason="made up")))
    all_alike(desk, lead, bea)
    for book in (lead, bea):
        assert attempts(book) == []
        assert supports(book) == ("4", "")  # the correction by somebody else stands
        assert book.read().query("SELECT barred FROM door WHERE door_id = ?", (OTHER_DOOR,)) == [(1,)]
        assert conflicts(book) == []
    all_alike(desk, ana, bea, lead)  # the late arrivals do not count either
    for book in (ana, bea, lead):
        assert attempts(book) == []
        assert supports(book) == ("4", "")
        assert conflicts(book) == []
    say(bea, "Bea", (OTHER, SupportMarked(level="3")))
    say(lead, "Lead", (SHIFT, ShiftRestored()))
    all_alike(desk, ana, bea, lead)
    for book in (ana, bea, lead):
        assert attempts(book) == ["canvassed", "not_home"]
        # Ana's 5 and Bea's 4 had not seen each other: a person decides. Bea's 3 had not seen Ana's 2 either.
        assert sorted(conflicts(book)) == sorted([(PERSON, "support"), (OTHER, "support")])
    say(lead, "Lead", (SHIFT, ShiftVoided()))
    say(lead, "Lead", (SHIFT, ShiftRestored()))
    say(bea, "Bea", (SHIFT, ShiftRestored()))
    all_alike(desk, ana, bea, lead)
    assert attempts(ana) == ["canvassed", "not_home"]


def test_case_27_a_middle_event_that_is_voided_still_links(three: tuple[Desk, list[Book], bytes]) -> None:
    desk, (ana, bea, lead), _ = three
    say(bea, "Bea", (PERSON, PersonDescribed(phone="1")))
    all_alike(desk, ana, bea, lead)
    with ana.act("Ana", SHIFT) as act:
        act.add(RIDING, PERSON, PersonDescribed(phone="2"))
    all_alike(desk, ana, bea, lead)
    say(lead, "Lead", (PERSON, PersonDescribed(phone="3")))
    say(lead, "Lead", (SHIFT, ShiftVoided()))
    all_alike(desk, ana, bea, lead)
    assert conflicts(lead) == []
    assert lead.read().query("SELECT phone FROM person WHERE person_id = ?", (PERSON,)) == [("3",)]


def test_case_27_the_voiding_may_come_before_what_it_voids(
    three: tuple[Desk, list[Book], bytes], tmp_path: Path
) -> None:
    desk, (ana, bea, lead), _ = three
    desk.meet(ana)
    desk.meet(lead)
    say(lead, "Lead", (SHIFT, ShiftVoided()))
    all_alike(desk, ana, bea, lead)
    log: list[Event] = [
        open_event(bytes(raw), stamp)
        for raw, stamp in lead.read().query("SELECT raw, stamp FROM event ORDER BY riding_sequence")
    ]
    late = laptop(tmp_path / "late", FakeTime())
    late_chunks = lead.read().query("SELECT * FROM roster_chunk")
    with late.database.write() as db:
        db.run_many(f"INSERT INTO roster_chunk VALUES ({','.join('?' * len(late_chunks[0]))})", late_chunks)
        # The file first: a file that comes later folds everything again.
        latest_first = list(reversed(log))
        latest_first.sort(key=lambda e: not isinstance(e.body, RosterAdded))
        for event in latest_first:
            project(db, insert_events(db, [event], [1 + log.index(event)]).touched, late.time_zone)
    assert state_digest(late.read(), RIDING) == state_digest(lead.read(), RIDING)
    assert attempts(late) == []
    late.close()


def test_case_27_voided_here_and_restored_there_is_a_field_like_any_other(
    three: tuple[Desk, list[Book], bytes],
) -> None:
    desk, (ana, bea, lead), _ = three
    all_alike(desk, ana, bea, lead)
    say(lead, "Lead", (SHIFT, ShiftVoided()))
    all_alike(desk, ana, bea, lead)
    say(bea, "Bea", (SHIFT, ShiftRestored()))
    say(lead, "Lead", (SHIFT, ShiftVoided(reason="again")))
    all_alike(desk, ana, bea, lead)
    # Concurrent: the later one holds on every replica, and both leads are told.
    assert conflicts(ana) == conflicts(bea) == conflicts(lead) == [(SHIFT, "voided")]
    voided = lead.read().query("SELECT voided FROM shift WHERE shift_id = ?", (SHIFT,))[0][0]
    assert attempts(ana) == ([] if voided else ["canvassed"])


def test_case_27_an_import_is_voided_by_withdrawing_it_and_comes_back(
    three: tuple[Desk, list[Book], bytes],
) -> None:
    desk, (ana, bea, lead), roster = three
    all_alike(desk, ana, bea, lead)
    before = {table: lead.read().query(f"SELECT * FROM {table}") for table in ("door", "person", "attempt")}
    say(lead, "Lead", (roster, RosterWithdrawn()))
    # A late arrival: somebody knocks at a door of the withdrawn file, from an old list.
    late = TOWN.doors[5]
    say(bea, "Bea", (late.door_id, AttemptMade(code="not_home")))
    all_alike(desk, ana, bea, lead)
    db = lead.read()
    # Those who were met stay with name and address, marked; the others go.
    assert db.query("SELECT DISTINCT on_file FROM door UNION SELECT DISTINCT on_file FROM person") == [(0,)]
    assert {bytes(row[0]) for row in db.query("SELECT door_id FROM door")} == {DOOR, OTHER_DOOR, late.door_id}
    assert db.query("SELECT number, street_label FROM door WHERE door_id = ?", (late.door_id,)) == [
        (late.number, late.street_label)
    ]
    assert db.query("SELECT last, first FROM person ORDER BY first") == [("Roy", "Luc"), ("Roy", "Marie")]
    say(bea, "Bea", (roster, RosterRestored()))
    say(ana, "Ana", (late.door_id, AttemptCorrected(device=bea.device_id, seq=_last(bea), code="")))
    all_alike(desk, ana, bea, lead)
    after = {table: lead.read().query(f"SELECT * FROM {table}") for table in ("door", "person", "attempt")}
    assert after["person"] == before["person"]
    assert len(after["door"]) == len(before["door"]) == 12


def _last(book: Book) -> int:
    rows = book.read().query("SELECT MAX(device_seq) FROM attempt WHERE device_id = ?", (book.device_id,))
    return int(rows[0][0])


def test_case_27_a_death_takes_two_witnesses_and_a_voided_one_is_none(
    three: tuple[Desk, list[Book], bytes],
) -> None:
    desk, books, _ = three
    ana, bea, lead = books

    def gone() -> list[str]:
        all_alike(desk, *books)
        return [
            str(book.read().query("SELECT gone FROM person WHERE person_id = ?", (PERSON,))[0][0])
            for book in books
        ]

    for book, author, shift in ((ana, "Ana", SHIFT), (bea, "Bea", b"t" * 16)):
        assert gone() == ["", "", ""], "one report alone keeps nobody off the list"
        with book.act(author, shift) as act:
            act.add(RIDING, PERSON, ResidenceEnded(reason="deceased", witness=shift))
    assert gone() == ["deceased"] * 3
    say(lead, "Lead", (SHIFT, ShiftVoided()))
    assert gone() == ["", "", ""]
    say(lead, "Lead", (SHIFT, ShiftRestored()))
    assert gone() == ["deceased"] * 3
