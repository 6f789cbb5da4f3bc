"""A PIN says who opens a shift; it is no lock, and nobody is locked out for long."""

from __future__ import annotations

import pytest

from canvass_app.domain.errors import InputError
from canvass_app.services.book import Book, open_book
from canvass_app.services.pins import WrongPin, asks_pin, check_pin, clear_pin, set_pin
from canvass_app.services.team_rows import find_member
from canvass_app.services.teams import MemberFields, add_member, add_team, set_role

from .conftest import RIDING, FakeTime


@pytest.fixture
def anne(book: Book) -> bytes:
    team = add_team(book, RIDING, "North").id
    member = add_member(book, RIDING, team, MemberFields("Anne Roy")).id
    set_pin(book, RIDING, member, "2468")
    return member


def test_the_pin_opens_and_another_does_not(book: Book, anne: bytes) -> None:
    assert asks_pin(book, "anne  ROY")
    check_pin(book, "Anne Roy", "2468")
    with pytest.raises(WrongPin, match="Tries left: 4"):
        check_pin(book, "Anne Roy", "8642")
    check_pin(book, "Somebody Else", "")
    assert find_member(book, RIDING, "Anne Roy").has_pin
    assert anne


def test_five_wrong_tries_wait_a_minute_also_after_a_restart(
    book: Book, anne: bytes, fake_time: FakeTime
) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPin, match=f"Tries left: {left}"):
            check_pin(book, "Anne Roy", "0000")
    with pytest.raises(WrongPin, match="60 seconds"):
        check_pin(book, "Anne Roy", "0000")
    book.close()
    again = open_book(book.folder, passphrase="test", now_ms=fake_time)
    try:
        fake_time.forward(59_000)
        with pytest.raises(WrongPin, match="Wait 1 second,"):
            check_pin(again, "Anne Roy", "2468")
        fake_time.forward(1_000)
        check_pin(again, "Anne Roy", "2468")
        with pytest.raises(WrongPin, match="Tries left: 4"):
            check_pin(again, "Anne Roy", "0000")
    finally:
        again.close()
    assert anne


def test_a_clock_set_back_locks_nobody_out(book: Book, anne: bytes, fake_time: FakeTime) -> None:
    for _ in range(5):
        with pytest.raises(WrongPin):
            check_pin(book, "Anne Roy", "0000")
    fake_time.forward(-86_400_000)
    check_pin(book, "Anne Roy", "2468")
    assert anne


def test_a_forgotten_pin_is_taken_away_by_a_lead_and_chosen_anew(book: Book, anne: bytes) -> None:
    for _ in range(5):
        with pytest.raises(WrongPin):
            check_pin(book, "Anne Roy", "0000")
    with pytest.raises(InputError, match="already"):
        set_pin(book, RIDING, anne, "1111")
    clear_pin(book, RIDING, anne, author="Lead")
    assert not asks_pin(book, "Anne Roy")
    check_pin(book, "Anne Roy", "")
    set_pin(book, RIDING, anne, "11112222")
    check_pin(book, "Anne Roy", "11112222")


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２３４", "12 34"])
def test_only_four_to_eight_digits_are_a_pin(book: Book, anne: bytes, pin: str) -> None:
    clear_pin(book, RIDING, anne)
    with pytest.raises(InputError, match="4 to 8 digits"):
        set_pin(book, RIDING, anne, pin)


def test_a_namesake_without_a_pin_is_not_asked_for_one(book: Book, anne: bytes) -> None:
    team = add_team(book, RIDING, "South").id
    namesake = add_member(book, RIDING, team, MemberFields("Anne Roy")).id
    assert not asks_pin(book, "Anne Roy")
    set_pin(book, RIDING, namesake, "1357")
    for pin in ("2468", "1357"):
        check_pin(book, "Anne Roy", pin)
    set_role(book, RIDING, team, namesake, "")
    with pytest.raises(WrongPin):
        check_pin(book, "Anne Roy", "1357")
    assert anne


def test_the_record_holds_a_hash_and_never_the_pin(book: Book, anne: bytes) -> None:
    raw = b"".join(bytes(row[0]) for row in book.read().query("SELECT raw FROM event"))
    assert b"argon2id$2$19456$1$" in raw
    assert b"2468" not in raw
    assert anne


def test_a_hash_that_would_halt_the_laptop_is_no_pin(book: Book, anne: bytes) -> None:
    with book.database.write() as db:
        db.run("UPDATE member SET pin = ?", ("argon2id$999999$9999999$1$00$00",))
    with pytest.raises(WrongPin):
        check_pin(book, "Anne Roy", "2468")
    assert anne
