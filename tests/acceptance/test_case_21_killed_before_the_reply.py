"""Case 21: headquarters killed between COMMIT and reply, and just before COMMIT: nothing lost, nothing doubled."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import SyncProblem
from canvass_app.services.syncing import join, sync_now, sync_status
from tests.acceptance.bad_network import all_is_everywhere
from tests.acceptance.killing import HqProcess, looked_into
from tests.hq.kit import Hq, hq_log, knock, made_headquarters

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


@pytest.mark.parametrize(("when", "committed"), [("after", 10), ("before", 0)])
def test_case_21_headquarters_killed_around_its_commit(
    tmp_path: Path, database_url: str, new_laptop: Any, when: str, committed: int
) -> None:
    settings = made_headquarters(tmp_path / "hq", database_url)
    process = HqProcess(settings, "tests.acceptance.hq_dying", when)
    book = new_laptop()
    with looked_into(settings) as record:
        try:
            join(book, process.start(), record.code(), "Laptop")
            for number in range(1, 11):
                knock(book, number)
            with pytest.raises(SyncProblem):
                sync_now(book)
            assert process.wait() == -signal.SIGKILL
        finally:
            process.stop()
        assert len(hq_log(record)) == committed
        assert record.numbers() == (committed,) * 3
        assert sync_status(book).pending_events == 10
    again = Hq(settings, record.time).start()
    try:
        book.set_meta("hq_url", again.url)
        assert sync_now(book).pushed == 10
        assert all_is_everywhere(again, book) == 10
    finally:
        again.stop()
