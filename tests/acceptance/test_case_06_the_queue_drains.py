"""Case 6: after any fault of the network the queue drains untouched; nothing acknowledged is lost or doubled.

Real laptops, a real headquarters, real sockets between them, and a proxy that spoils requests by a seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from canvass_app.services.syncing import sync_now, sync_status
from tests.acceptance.bad_network import ByItself, acknowledged_is_held, all_is_everywhere, through
from tests.hq.kit import Hq, add_street, knock, talk
from tests.sync.proxy import FATES, Asked, Fate, seeded

SMALL, BIG = 20, 250


def test_case_06_a_network_that_does_one_thing_wrong_is_sat_out(hq: Hq, new_laptop: Any) -> None:
    """For each fault: two requests in a row meet it, then two pushes (a link asks twice); then the network is well."""
    book = new_laptop(hq)
    add_street(book)
    dice = random.Random(6)
    said = 1
    for number, kind in enumerate(FATES, 1):
        for pushes_only in (False, True):
            knock(book, number)
            knock(book, number, "refused")
            said += 2
            left = 2

            def spoil(asked: Asked, kind: str = kind, pushes_only: bool = pushes_only) -> Fate:
                nonlocal left
                if left <= 0 or (pushes_only and not asked.push):
                    return Fate()
                left -= 1
                return Fate(kind, dice.randrange(len(asked.data)))

            alone = ByItself(book, dice.random, hq.time.pass_ms)
            with through(hq, book, plan=spoil) as proxy:
                while not alone.once() or sync_status(book).pending_events:
                    acknowledged_is_held(hq, book)
                assert proxy.count(kind) >= 1
            assert acknowledged_is_held(hq, book) == said
    assert all_is_everywhere(hq, book) == said


def storm(hq: Hq, new_laptop: Any, seed: int, faults: int) -> tuple[int, int, int]:
    """Two laptops work and sync through `faults` faults. (faults, failed syncs, events that are everywhere)"""
    dice = random.Random(seed)
    books = [new_laptop(hq), new_laptop(hq)]
    add_street(books[0])
    for book in books:
        sync_now(book)
    sync_now(books[1])
    crew = [ByItself(book, dice.random, hq.time.pass_ms) for book in books]
    with through(hq, *books, plan=seeded(seed, 0.4, faults)) as proxy:
        while proxy.faults < faults:
            laptop = dice.choice(crew)
            for _ in range(dice.randrange(4)):
                number = dice.randrange(1, 41)
                if dice.random() < 0.3:
                    talk(laptop.book, number, dice.choice("12345"))
                else:
                    knock(laptop.book, number, dice.choice(["not_home", "refused", "come_back"]))
            laptop.once()
            acknowledged_is_held(hq, *books)
        for laptop in crew:
            laptop.until_drained()
        met = proxy.faults
    return met, sum(one.failures for one in crew), all_is_everywhere(hq, *books)


def test_case_06_random_faults_lose_and_double_nothing(hq: Hq, new_laptop: Any) -> None:
    met, failures, events = storm(hq, new_laptop, 6, SMALL)
    assert met == SMALL
    assert failures > 2
    assert events > SMALL // 4


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_case_06_500_random_faults_lose_and_double_nothing(
    hq: Hq, new_laptop: Any, record_property: Callable[[str, object], None]
) -> None:
    met, failures, events = storm(hq, new_laptop, 2026, BIG)
    assert met == BIG
    record_property("proof", ("random faults on the wire", met))
    record_property("proof", ("syncs that failed on the way and were made up for by themselves", failures))
    record_property("proof", ("events through random faults, none lost, none doubled", events))
