"""Case 18, its end: after a repair the next sync brings what others had sent, and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.services.book import DATABASE, Book, open_book
from canvass_app.services.doctor import examine
from canvass_app.services.salvage import repair_folder
from canvass_app.services.syncing import sync_now, sync_status
from tests.hq.kit import (
    PASSPHRASE,
    RIDING,
    Hq,
    add_street,
    hq_log,
    knock,
    laptop_log,
    serving,
    talk,
)


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Hq]:
    with serving(tmp_path / "hq", database_url) as hq:
        yield hq


@pytest.mark.parametrize("from_journal", [False, True])
def test_case_18_what_others_sent_is_pulled_again_after_a_repair(
    office: Hq, new_laptop: Any, from_journal: bool
) -> None:
    one, two = new_laptop(office), new_laptop(office)
    add_street(one)
    for number in range(1, 11):
        knock(one, number)
        talk(one, number, "2")
    for book in (one, two):
        sync_now(book)
    for number in range(11, 21):
        knock(two, number, "refused", author="Bea")
    talk(two, 3, "5", author="Bea")
    for book in (two, one, two):
        sync_now(book)
    # Five results that nobody else has yet, and then the disk fails.
    for number in range(21, 26):
        knock(one, number)
    whole, device = laptop_log(one), one.device_id
    folder: Path = one.folder
    one.close()
    path = folder / DATABASE
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    repair_folder(folder, passphrase=PASSPHRASE, from_journal=from_journal)

    mended: Book = open_book(folder, passphrase=PASSPHRASE, now_ms=office.time)
    try:
        assert mended.device_id == device
        assert {entry for entry in whole if entry[0] == device} <= laptop_log(mended)
        # Nobody types a code anew: the laptop is still enrolled.
        sync_now(mended)
        sync_now(two)
        assert laptop_log(mended) == laptop_log(two) == hq_log(office) == whole
        assert sync_status(mended).pending_events == 0
        assert office.numbers() == (len(whole), len(whole), len(whole))
        assert mended.read().query("SELECT COUNT(*) FROM fork") == [(0,)]
        findings = examine(mended).findings
        assert findings == []
        assert examine(mended).digests[str(RIDING)] == examine(two).digests[str(RIDING)]
    finally:
        mended.close()
