"""Case 20, the pending part: a laptop that is no longer welcome keeps its twenty results and delivers them later.

Scopes smaller than a riding are not built yet; that part of the case comes with them.
"""

from __future__ import annotations

from typing import Any

import pytest

from canvass_app.domain.errors import Refused
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.sync.problems import NoLongerWelcome
from tests.acceptance.bad_network import all_is_everywhere, own
from tests.hq.kit import OTHER, RIDING, Hq, add_street, hq_log, knock


def revoke(hq: Hq, device_id: bytes) -> None:
    hq.office.write(lambda db: db.run("UPDATE device SET revoked = 1 WHERE device_id = ?", (device_id,)))


def test_case_20_a_revoked_laptop_keeps_what_is_pending_until_it_may_speak_again(
    hq: Hq, new_laptop: Any
) -> None:
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    for number in range(1, 21):
        knock(book, number)
    before = own(book)
    revoke(hq, book.device_id)
    for _ in range(3):
        with pytest.raises(NoLongerWelcome):
            sync_now(book)
        assert sync_status(book).pending_events == 20
    assert own(book) == before
    assert len(hq_log(hq)) == 1
    knock(book, 30)
    assert sync_status(book).pending_events == 21
    with pytest.raises(Refused):
        join(book, hq.url, "AAAA-AAAA", "Laptop")
    join(book, hq.url, hq.code(), "Laptop")
    assert sync_now(book).pushed == 21
    assert all_is_everywhere(hq, book) == 22


def test_case_20_results_of_a_riding_that_was_taken_away_stay_and_are_said(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq, ridings=frozenset({RIDING}))
    add_street(book)
    sync_now(book)
    for number in range(1, 21):
        knock(book, number)
    hq.office.write(
        lambda db: db.run(
            "UPDATE device SET ridings = ?, scope_generation = scope_generation + 1 WHERE device_id = ?",
            (f"[{OTHER}]", book.device_id),
        )
    )
    report = sync_now(book)
    assert any(str(RIDING % 100_000) in note.en for note in report.notes)
    assert sync_status(book).pending_events == 20
    assert len(hq_log(hq)) == 1
    hq.office.write(
        lambda db: db.run(
            "UPDATE device SET ridings = ?, scope_generation = scope_generation + 1 WHERE device_id = ?",
            (f"[{RIDING}]", book.device_id),
        )
    )
    assert sync_now(book).pushed == 20
    assert all_is_everywhere(hq, book) == 21
