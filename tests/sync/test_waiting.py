"""What a pull brings is kept first and folded in one go: nothing of it is missing in the end, whatever comes between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import SyncProblem
from canvass_app.ledger.kinds import BarSet
from canvass_app.services.book import Book, open_book
from canvass_app.services.doctor import examine, state_digest, table_digests
from canvass_app.services.syncing import sync_now
from canvass_app.storage.projections import PROJECTED
from canvass_app.sync import exchange, pulling, waiting
from canvass_app.sync.http import Link
from canvass_app.sync.problems import Unreachable
from canvass_app.sync.steps import Answer, Call
from canvass_app.sync.waiting import ridings_waiting
from tests.hq.kit import (
    PASSPHRASE,
    RIDING,
    Hq,
    add_street,
    hq_log,
    knock,
    knock_often,
    laptop_log,
    running_hq,
    street_door,
    talk,
)


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Hq]:
    """Only the laptop waits: SQLite alone."""
    yield from running_hq(tmp_path / "hq")


def _differ(one: Book, other: Book) -> list[str]:
    first, second = table_digests(one.read(), RIDING), table_digests(other.read(), RIDING)
    return [table for table in PROJECTED if first[table] != second[table]]


def _evening(book: Book, knocks: int = 300) -> None:
    add_street(book)
    knock_often(book, knocks)
    for number in range(1, 31):
        talk(book, number, str(number % 5 + 1))
    with book.act("Ana") as act:
        act.add(RIDING, street_door(7), BarSet(target="door", reason="asked"))
    sync_now(book)


def _never(*_: Any) -> None:
    return


def test_what_came_is_shown_when_the_sync_is_over(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    _evening(one)
    report = sync_now(two)
    assert (report.pulled, report.folding > 0) == (362, True)
    assert ridings_waiting(two.read()) == []
    assert _differ(one, two) == []
    assert report.changes.totals


def test_a_laptop_that_dies_before_it_folded_shows_everything_after_its_next_start(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    _evening(one)

    def dies(*_: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(exchange, "fold_waiting", dies)
        with pytest.raises(MemoryError):
            sync_now(two)
    assert laptop_log(two) == hq_log(hq)
    assert ridings_waiting(two.read()) == [RIDING]
    assert _differ(one, two) != []
    two.close()
    again = open_book(two.folder, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        # Its first act finds it, before anything is numbered.
        knock(again, 3)
        assert ridings_waiting(again.read()) == []
        sync_now(again)
        sync_now(one)
        assert state_digest(one.read(), RIDING) == state_digest(again.read(), RIDING)
    finally:
        again.close()


def test_a_doctor_finds_nothing_wrong_with_what_waits(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    _evening(one)
    with monkeypatch.context() as patch:
        patch.setattr(exchange, "fold_waiting", _never)
        sync_now(two)
    assert ridings_waiting(two.read()) == [RIDING]
    report = examine(two)
    assert [finding.en for finding in report.findings] == []
    assert _differ(one, two) == []


def test_do_not_knock_and_files_do_not_wait(hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    _evening(one)
    monkeypatch.setattr(exchange, "fold_waiting", _never)
    sync_now(two)
    assert two.read().query("SELECT COUNT(*) FROM door") == [(40,)]
    assert two.read().query("SELECT door_id FROM door WHERE barred = 1") == [(street_door(7),)]
    assert two.read().query("SELECT COUNT(*) FROM person WHERE support <> ''") == [(0,)]


def test_what_is_typed_at_a_door_of_which_something_waits_counts_once(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    _evening(one)
    real = waiting.fold_waiting

    def typed_before(me: Any, riding_id: int) -> None:
        knock(two, 5)
        real(me, riding_id)

    with monkeypatch.context() as patch:
        patch.setattr(exchange, "fold_waiting", typed_before)
        sync_now(two)
    sync_now(two)
    sync_now(one)
    assert _differ(one, two) == []
    assert examine(two).findings == []


def test_what_came_before_the_network_broke_is_shown(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    _evening(one, 700)
    pages = iter(range(2))
    real = Link.send

    def breaks(link: Link, call: Call) -> Answer:
        if call.method == "GET" and "/events?" in call.path and next(pages, None) is None:
            raise Unreachable("the network is away")
        return real(link, call)

    monkeypatch.setattr(Link, "ahead", _never)
    with monkeypatch.context() as patch:
        patch.setattr(Link, "send", breaks)
        with pytest.raises(SyncProblem):
            sync_now(two)
    here = len(laptop_log(two))
    assert 100 < here < len(hq_log(hq))
    assert ridings_waiting(two.read()) == []
    made = two.read().query("SELECT COUNT(*) FROM event WHERE kind = 'attempt.made'")
    assert two.read().query("SELECT COUNT(*) FROM attempt") == made
    sync_now(two)
    assert _differ(one, two) == []


def test_a_long_pull_folds_in_between_and_small_steps_come_to_the_same(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = new_laptop(hq), new_laptop(hq), new_laptop(hq)
    _evening(one, 700)
    folded: list[int] = []
    real = pulling.fold_waiting

    def noted(me: Any, riding_id: int) -> None:
        folded.append(len(laptop_log(two)))
        real(me, riding_id)

    monkeypatch.setattr(pulling, "MOST_WAITING", 200)
    monkeypatch.setattr(pulling, "fold_waiting", noted)
    monkeypatch.setattr(waiting, "_FIRST_STEP", 3)
    monkeypatch.setattr(waiting, "_MOST_STEP", 3)
    sync_now(two)
    assert len(folded) >= 1
    sync_now(three, typing=lambda: bool(laptop_log(three)))
    assert _differ(one, two) == _differ(one, three) == []
