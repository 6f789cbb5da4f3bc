"""Case 23 over real sockets, on both databases: a portal's page in place of any answer is no receipt.

A dozen kinds of strangers that answer are in tests/sync/test_bad_networks.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from canvass_app.domain.errors import SyncProblem
from canvass_app.services.book import Book
from canvass_app.services.syncing import sync_now, sync_status
from canvass_app.sync.problems import NotHeadquarters, Unreachable
from tests.acceptance.bad_network import acknowledged, acknowledged_is_held, all_is_everywhere, through
from tests.hq.kit import Hq, add_street, hq_log, knock
from tests.sync.proxy import Asked, Fate

KINDS = {"portal": NotHeadquarters, "redirect": NotHeadquarters, "gateway": Unreachable}


def trouble_of(book: Book) -> SyncProblem | None:
    """What went wrong in a sync."""
    try:
        sync_now(book)
    except SyncProblem as problem:
        return problem
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_case_23_a_portals_page_at_any_moment_is_no_receipt(hq: Hq, new_laptop: Any, kind: str) -> None:
    book = new_laptop(hq)
    add_street(book)
    knock(book, 1)
    strangers = 0
    with through(hq, book, plan=lambda _: Fate()) as proxy:
        while True:
            met = len(proxy.done) + strangers

            def stranger(asked: Asked, at: int = met) -> Fate:
                return Fate(kind) if asked.number == at else Fate()

            proxy.plan = stranger
            before = acknowledged(book)
            trouble = trouble_of(book)
            if not proxy.count(kind) > strangers:
                assert trouble is None
                break
            assert type(trouble) is KINDS[kind]
            assert trouble.text.fr
            if proxy.done[-1][0].push:
                assert acknowledged(book) == before == 0
                assert sync_status(book).pending_events == 2
                assert len(hq_log(hq)) == 0
            acknowledged_is_held(hq, book)
            strangers += 1
    assert strangers >= 4
    assert "/login" not in {asked.path for asked, _ in proxy.done}
    assert all_is_everywhere(hq, book) == 2
