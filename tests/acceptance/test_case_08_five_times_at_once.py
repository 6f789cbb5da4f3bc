"""Case 8 over real HTTP: the same batch posted five times at once counts once, and all five answers are one receipt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from canvass_app.domain.errors import SyncProblem
from canvass_app.services.syncing import sync_now, sync_status
from tests.acceptance.bad_network import all_is_everywhere, through
from tests.hq.kit import Hq, add_street, knock_often
from tests.sync.proxy import Asked, Fate


def test_case_08_the_same_batch_posted_five_times_at_once(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    had = 1

    def keep_back(asked: Asked) -> Fate:
        return Fate("cut") if asked.push else Fate()

    with through(hq, book, plan=keep_back) as proxy:
        # The second time there is something stored already, and its row is what they take turns at.
        for _ in range(2):
            knock_often(book, 60)
            with pytest.raises(SyncProblem):
                sync_now(book)
            push = next(asked.data for asked, _ in reversed(proxy.done) if asked.push)
            start = Barrier(5)

            def post(_: int, push: bytes = push, start: Barrier = start) -> bytes:
                start.wait()
                return proxy.ask(push)

            with ThreadPoolExecutor(5) as pool:
                answers = list(pool.map(post, range(5)))
            had += 60
            assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers)
            assert len({answer.partition(b"\r\n\r\n")[2] for answer in answers}) == 1
            assert hq.numbers() == (had, had, had)
            assert sync_status(book).pending_events == 60
            # The laptop, which heard none of the five, sends it a sixth time.
            proxy.plan = lambda _: Fate()
            assert sync_now(book).pushed == 60
            proxy.plan = keep_back
    assert all_is_everywhere(hq, book) == had
