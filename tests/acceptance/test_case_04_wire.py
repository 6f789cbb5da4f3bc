"""Case 4 over real HTTP, on SQLite and PostgreSQL: yesterday's headquarters is restored, and loses nothing that any
laptop still has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import Refused
from canvass_app.services.book import Book
from canvass_app.services.syncing import join, sync_now
from canvass_app.sync.http import Link
from canvass_app.sync.steps import Answer, Call
from tests.acceptance.wire import all_alike, attempts, backed_up, goes_back, stamped
from tests.hq.kit import RIDING, FakeTime, Hq, add_street, hq_log, knock, talk

NewLaptop = Callable[..., Book]


def test_case_04_what_lost_laptops_had_sent_comes_back_from_others_with_its_stamps(
    hq: Hq, new_laptop: NewLaptop, tmp_path: Path
) -> None:
    one, three = new_laptop(hq), new_laptop(hq)
    # A clock two hours ahead: headquarters' stamps are lower than its own readings.
    two = new_laptop(hq, time=FakeTime(hq.time.ms + 86_400_000 + 7_200_000))
    add_street(one)
    knock(one, 1)
    for book in (one, two, three):
        sync_now(book)
    backup = backed_up(hq, tmp_path)
    hq.time.pass_ms(86_400_000)
    late = new_laptop(hq)  # joins after the backup: the restored headquarters does not know it
    add_street(two, doors=5, first=101)  # a file that only the lost laptop had
    for n in range(2, 8):
        knock(two, n)
    talk(two, 101, "1")
    knock(late, 9, "refused")
    talk(late, 10, "2")
    for n in (11, 12):
        knock(one, n)
    for book in (two, late, one, three):
        sync_now(book)
    assert hq.rows("SELECT 1 FROM event WHERE stamp < hlc")
    before, counted = stamped(hq.office.read()), attempts(three.read())
    hq.time.pass_ms(3_600_000)
    goes_back(hq, backup, one, three)
    assert len(hq_log(hq)) == 2

    # The laptops `two` and `late` are gone. What headquarters knew them by decides how it comes back.
    sync_now(three)
    after = stamped(hq.office.read())
    known = {row for row in before if row[0] in (two.device_id, one.device_id)}
    assert {row for row in known if row[0] == two.device_id} <= after
    assert all_alike(hq, [three, one]) == counted
    assert known <= stamped(hq.office.read())
    carried = hq.rows("SELECT device_id, carrier, events FROM relayed")
    assert {(bytes(device), bytes(carrier)) for device, carrier, _ in carried} == {
        (two.device_id, three.device_id),
        (one.device_id, three.device_id),
    }
    # Of a device that headquarters never heard of, everything is said again by one that it knows; once.
    assert not hq.rows("SELECT 1 FROM event WHERE device_id = ?", late.device_id)
    support = "SELECT support FROM person WHERE riding_id = ? AND support <> '' ORDER BY support"
    assert [row[0] for row in one.read().query(support, (RIDING,))] == ["1", "2"]

    # The lost one turns up after all, joins again, and nothing counts twice.
    late.set_meta("hq_url", hq.url)
    with pytest.raises(Refused):
        sync_now(late)
    join(late, hq.url, hq.code(), "Late")
    assert all_alike(hq, [late, three, one]) == counted
    assert hq.rows("SELECT COUNT(*) FROM event WHERE device_id = ?", late.device_id) != [(0,)]


@pytest.mark.proof
def test_case_04_every_device_pushes_again_and_counts_are_equal(
    hq: Hq,
    new_laptop: NewLaptop,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    books = [new_laptop(hq) for _ in range(3)]
    add_street(books[0])
    sync_now(books[0])
    backup = backed_up(hq, tmp_path)
    for n, book in enumerate(books):
        for door in range(1, 12):
            knock(book, door + 11 * n)
    for book in books:
        sync_now(book)
    before = stamped(hq.office.read())
    for book in books:
        knock(book, 40)  # not sent before the restore
    hq.time.pass_ms(60_000)
    goes_back(hq, backup, *books)
    assert all_alike(hq, books) == 36
    assert before <= stamped(hq.office.read())
    record_property("proof", ("case 4: results of laptops that push again", 36))


@pytest.mark.proof
def test_case_04_two_restores_in_a_row_and_a_laptop_that_slept_through_both(
    hq: Hq,
    new_laptop: NewLaptop,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    one, two, sleeper = (new_laptop(hq) for _ in range(3))
    add_street(one)
    sync_now(one)
    first = backed_up(hq, tmp_path)
    for n in (1, 2, 3):
        knock(two, n)
    for book in (two, sleeper):
        sync_now(book)  # the sleeper holds what only the lost one had sent
    two.close()
    hq.time.pass_ms(60_000)
    goes_back(hq, first, one)
    knock(one, 4)
    sync_now(one)
    second = backed_up(hq, tmp_path)
    hq.time.pass_ms(60_000)
    knock(one, 5)
    sync_now(one)
    goes_back(hq, second, one, sleeper)
    assert all_alike(hq, [one, sleeper]) == 5
    record_property("proof", ("case 4: results over two restores", 5))


def test_case_04_where_nothing_is_lacking_nothing_is_sent(
    hq: Hq, new_laptop: NewLaptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    knock(two, 1)
    for book in (one, two, one):
        sync_now(book)
    backup = backed_up(hq, tmp_path)
    goes_back(hq, backup, one, two)
    called: list[str] = []
    real = Link.send

    def send(self: Link, call: Call) -> Answer:
        called.append(f"{call.method} {call.path.partition('?')[0]}")
        return real(self, call)

    monkeypatch.setattr(Link, "send", send)
    assert all_alike(hq, [one, two]) == 1
    assert not [one for one in called if one.endswith("/relay")]
    called.clear()
    sync_now(one)
    assert called == ["GET /v1/ridings"]


@pytest.mark.proof
def test_case_04_an_erased_person_does_not_come_back_with_what_laptops_bring(
    hq: Hq,
    new_laptop: NewLaptop,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    from canvass_app.services.erasure import erase_person
    from tests.hq.kit import street_person

    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    for book in (one, two):
        sync_now(book)
    backup = backed_up(hq, tmp_path)
    talk(two, 3, "1")
    for book in (two, one):
        sync_now(book)
    erase_person(one, RIDING, street_person(3), author="Ana")
    sync_now(one)
    hq.time.pass_ms(60_000)
    goes_back(hq, backup, one, two)
    sync_now(two)  # it has not heard of the erasure, and gives back what was said
    all_alike(hq, [one, two])
    for db in (hq.office.read(), one.read(), two.read()):
        rows: list[Any] = db.query("SELECT 1 FROM person WHERE person_id = ?", (street_person(3),))
        assert rows == []
        for raw, kind in db.query("SELECT raw, kind FROM event"):
            assert street_person(3) not in bytes(raw) or kind == "person.erased"
    record_property("proof", ("case 4: erased people that stay erased", 1))
