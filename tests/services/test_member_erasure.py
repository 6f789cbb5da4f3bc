"""A volunteer who asks to be forgotten is: in every file here, and on whatever laptop hears of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.ledger.kinds import MemberDescribed, MemberSignedUp
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.member_erasure import erase_member, preview_member_erasure
from canvass_app.services.pins import set_pin
from canvass_app.services.team_rows import list_gatherings, list_members, list_teams
from canvass_app.services.teams import (
    GatheringFields,
    MemberFields,
    add_gathering,
    add_member,
    add_team,
    attend,
    sign_up,
)

from .conftest import RIDING, FakeTime
from .erasure_scan import places_with
from .laptops import exchange, second_laptop

NAME, PHONE, MAIL, NEEDS = "Qzvokum Vexolint", "6135550177", "qzvokum@example.ca", "wexquibble at noon"
WORDS = {"qzvokum", "vexolint", PHONE, "wexquibble"}


@pytest.fixture
def other(tmp_path: Path, fake_time: FakeTime) -> Iterator[Book]:
    opened = second_laptop(tmp_path / "second", fake_time)
    yield opened
    opened.close()


def volunteer(book: Book) -> tuple[bytes, bytes]:
    team = add_team(book, RIDING, "North").id
    add_member(book, RIDING, team, MemberFields("Luc Singh"))
    member = add_member(book, RIDING, team, MemberFields(NAME, PHONE, MAIL, "en", NEEDS)).id
    event = add_gathering(book, RIDING, team, GatheringFields("calls", "2015-10-14", "18:00", "20:00")).id
    sign_up(book, RIDING, event, member, "coming")
    attend(book, RIDING, event, member, "came")
    set_pin(book, RIDING, member, "2468")
    book.set_meta("author", NAME)
    return member, event


def test_nothing_of_an_erased_volunteer_is_left_in_the_data_folder(book: Book, tmp_path: Path) -> None:
    member, _ = volunteer(book)
    copy = tmp_path / "copy"
    shutil.copytree(book.folder, copy)
    assert {"pages of canvass.db", "journal"} <= places_with(copy, "test", WORDS).keys()
    seen = preview_member_erasure(book, RIDING, member)
    assert (seen.name, seen.events) == (NAME, 5)
    with pytest.raises(InputError, match="names the member"):
        erase_member(book, RIDING, member, author="Lead", reason="Vexolint wrote")
    erase_member(book, RIDING, member, author="Lead", reason="asked by telephone")
    shutil.rmtree(copy)
    shutil.copytree(book.folder, copy)
    assert places_with(copy, "test", WORDS) == {}
    assert [one.name for one in list_members(book, RIDING)] == ["Luc Singh"]
    assert (list_teams(book, RIDING)[0].members, list_gatherings(book, RIDING)[0].coming) == (1, 0)
    assert examine(book).findings == []
    with pytest.raises(NotFound):
        erase_member(book, RIDING, member, author="Lead")
    book.close()
    assert places_with(book.folder, "test", WORDS) == {}


def test_what_another_laptop_says_later_of_an_erased_volunteer_stays_empty(book: Book, other: Book) -> None:
    member, event = volunteer(book)
    exchange(book, other)
    erase_member(book, RIDING, member, author="Lead")
    with other.act("There") as act:
        act.add(RIDING, member, MemberDescribed(needs=NEEDS))
        act.add(RIDING, member, MemberSignedUp(gathering=event, answer="maybe"))
    exchange(book, other)
    exchange(book, other)
    for one in (book, other):
        assert [row.name for row in list_members(one, RIDING)] == ["Luc Singh"]
        raw = b"".join(bytes(row[0]) for row in one.read().query("SELECT raw FROM event"))
        assert not any(word.encode() in raw.lower() for word in WORDS)
        assert examine(one).findings == []
    assert state_digest(book.read(), RIDING) == state_digest(other.read(), RIDING)


def test_two_records_of_one_volunteer_go_together_and_a_namesake_stays(book: Book, other: Book) -> None:
    member, _ = volunteer(book)
    team = list_teams(book, RIDING)[0].team_id
    add_member(other, RIDING, add_team(other, RIDING, "South").id, MemberFields(NAME.upper(), PHONE))
    add_member(book, RIDING, team, MemberFields(NAME, "6135550188"))
    exchange(book, other)
    erase_member(book, RIDING, member, author="Lead")
    exchange(book, other)
    assert [one.phone for one in list_members(other, RIDING) if one.name != "Luc Singh"] == ["6135550188"]


def test_who_was_erased_can_volunteer_again(book: Book) -> None:
    member, _ = volunteer(book)
    erase_member(book, RIDING, member, author="Lead")
    again = add_member(book, RIDING, list_teams(book, RIDING)[0].team_id, MemberFields(NAME, PHONE)).id
    assert again != member
    assert NAME in {one.name for one in list_members(book, RIDING)}
