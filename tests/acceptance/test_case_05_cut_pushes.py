"""Cases 3 and 5: a push whose request or answer ends early, or whose answer is lost: pending never falls without a receipt."""

from __future__ import annotations

from typing import Any

import pytest

from canvass_app.domain.errors import SyncProblem
from canvass_app.services.book import Book
from canvass_app.services.syncing import sync_now, sync_status
from tests.acceptance.bad_network import all_is_everywhere, through
from tests.hq.kit import Hq, add_street, hq_log, knock_often
from tests.sync.proxy import Asked, Fate, Proxy

EVENTS, STEP = 20, 64


@pytest.fixture
def ready(hq: Hq, new_laptop: Any) -> Book:
    """A laptop whose street is at headquarters, and twenty results that are not."""
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    knock_often(book, EVENTS)
    return book


def _sizes(proxy: Proxy, book: Book) -> int:
    """How long the push of these events is on the wire."""
    proxy.plan = lambda asked: Fate("cut" if asked.push else "ok")
    with pytest.raises(SyncProblem):
        sync_now(book)
    return next(len(asked.data) for asked, _ in proxy.done if asked.push)


@pytest.mark.parametrize("kind", ["cut", "reset"])
def test_case_05_a_push_cut_at_every_64th_byte(hq: Hq, ready: Book, kind: str, record_property: Any) -> None:
    with through(hq, ready, plan=lambda _: Fate()) as proxy:
        before = len(hq_log(hq))
        whole = _sizes(proxy, ready)
        cuts = 0
        for at in range(0, whole, STEP):
            proxy.plan = lambda asked, at=at: Fate(kind, at) if asked.push else Fate()
            with pytest.raises(SyncProblem):
                sync_now(ready)
            cuts += 1
            assert sync_status(ready).pending_events == EVENTS
            assert len(hq_log(hq)) == before
        # Now it arrives, and the receipt ends early at every 64th byte.
        length = 1
        at = 0
        while at < length:
            proxy.plan = lambda asked, at=at: Fate(f"{kind}_answer", at) if asked.push else Fate()
            with pytest.raises(SyncProblem):
                sync_now(ready)
            length = len(proxy.answers[-1])
            at += STEP
            cuts += 1
            assert sync_status(ready).pending_events == EVENTS
            assert len(hq_log(hq)) == before + EVENTS
        assert cuts > 15
        proxy.plan = lambda _: Fate()
        assert sync_now(ready).pushed == EVENTS
    record_property("proof", (f"pushes {kind} at every 64th byte", cuts))
    assert all_is_everywhere(hq, ready) == before + EVENTS


def test_case_03_a_lost_reply_costs_one_batch_sent_again(hq: Hq, ready: Book) -> None:
    lost = False

    def lose_one(asked: Asked) -> Fate:
        nonlocal lost
        if asked.push and not lost:
            lost = True
            return Fate("lose")
        return Fate()

    with through(hq, ready, plan=lose_one) as proxy:
        # The link itself asks once more, because a kept connection may have been closed meanwhile.
        assert sync_now(ready).pushed == EVENTS
        pushes = [asked.data for asked, _ in proxy.done if asked.push]
    assert len(pushes) == 2
    assert pushes[0] == pushes[1]
    assert all_is_everywhere(hq, ready) == EVENTS + 1
