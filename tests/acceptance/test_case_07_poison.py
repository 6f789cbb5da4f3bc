"""Case 7 over real HTTP: a poison event is quarantined on both sides, its neighbours land, and nothing waits.

What all counts as poison is tried in tests/hq/test_receiving.py.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec
import pytest

from canvass_app.services.book import Book
from canvass_app.services.syncing import sync_now, sync_status
from tests.hq.kit import Hq, add_street, hq_log, knock, laptop_log, talk


def poisoned(book: Book, seq: int, change: tuple[int, Any]) -> bytes:
    """An own event as a broken program would have written it: one field is what it must not be."""
    (raw,) = book.read().query(
        "SELECT raw FROM event WHERE device_id = ? AND device_seq = ?", (book.device_id, seq)
    )[0]
    fields = list(msgspec.msgpack.decode(bytes(raw)))
    fields[change[0]] = change[1]
    bad = msgspec.msgpack.encode(fields)
    with book.database.write() as db:
        db.run(
            "UPDATE event SET raw = ?, hash = ? WHERE device_id = ? AND device_seq = ?",
            (bad, sha256(bad).digest(), book.device_id, seq),
        )
    return bad


AUTHOR, WALL_MS = 7, 10


@pytest.mark.parametrize("change", [(AUTHOR, "A\0na"), (WALL_MS, 1 << 60)], ids=["a NUL", "no such day"])
def test_case_07_a_poison_event_is_quarantined_and_the_rest_lands(
    hq: Hq, new_laptop: Any, change: tuple[int, Any]
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    for number in range(1, 8):
        knock(one, number)
    talk(one, 9, "1")
    bad = poisoned(one, 5, change)
    report = sync_now(one)
    assert any("set 1 entry aside" in note.en for note in report.notes)
    assert sync_status(one).pending_events == 0
    assert hq.numbers() == (9, 9, 9)
    aside = "SELECT device_seq, raw FROM quarantine"
    for rows in (hq.rows(aside), one.read().query(aside)):
        assert [(int(seq), bytes(raw)) for seq, raw in rows] == [(5, bad)]
    sync_now(two)
    assert laptop_log(two) == hq_log(hq)
    assert {seq for _, seq, _ in hq_log(hq)} == {1, 2, 3, 4, 6, 7, 8, 9, 10}
    # Asked again, the answer is the same, and nothing is sent a second time.
    assert sync_now(one).pushed == 0
    knock(one, 10)
    assert sync_now(one).pushed == 1
    assert hq.numbers() == (10, 10, 10)
