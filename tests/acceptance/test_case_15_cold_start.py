"""Case 15: a laptop fetches a large riding for the first time while many devices push: exact.

Small in `make test`; `make proof` has 100,000 people and 1,000 devices.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from canvass_app.hq.devices import Device
from canvass_app.hq.doctor import projection_digests
from canvass_app.hq.projecting import catch_up
from canvass_app.services.doctor import examine
from canvass_app.services.progress import progress
from canvass_app.services.syncing import sync_now
from tests.hq.kit import RIDING, Hq, add_street, hq_log, laptop_log
from tests.hq.senders import Sender
from tests.hq.test_receiving import event

AT_ONCE = 8


def cold_start(hq: Hq, new_laptop: Any, people: int, devices: int, each: int, first_events: int) -> int:
    """Half of the devices have pushed before; the others push while the new laptop fetches. Events in the end."""
    lead = new_laptop(hq)
    add_street(lead, people)
    sync_now(lead)
    begun, finished = threading.Event(), threading.Event()
    codes = iter([hq.code() for _ in range(devices)])
    taking = threading.Lock()

    def push(number: int) -> None:
        with taking:
            code = next(codes)
        sender = Sender(hq.url, code, number)
        device = Device(sender.device_id, "", None, 1)
        try:
            for first in range(1, each + 1, first_events):
                last = min(each, first + first_events - 1)
                raws = [
                    event(seq, device=device, door=(number * 7 + seq) % people + 1).raw
                    for seq in range(first, last + 1)
                ]
                sender.push(raws, first)
        finally:
            sender.close()

    numbers = range(1, devices + 1)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(push, number) for number in numbers if number % 2]:
            done.result()
    cold = new_laptop(hq)
    overlapped = 0

    def others() -> None:
        begun.wait()
        with ThreadPoolExecutor(AT_ONCE - 1) as pool:
            for done in [pool.submit(push, number) for number in numbers if not number % 2]:
                done.result()
        finished.set()

    with ThreadPoolExecutor(1) as pool:
        pushing = pool.submit(others)
        begun.set()
        while not finished.is_set() and not pushing.done():
            overlapped += sync_now(cold).pulled
        pushing.result()
    assert overlapped > 0
    sync_now(cold)
    total = 1 + devices * each
    assert hq.numbers() == (total, total, total)
    assert laptop_log(cold) == hq_log(hq)
    assert len(hq_log(hq)) == total
    db = cold.read()
    assert db.query("SELECT COUNT(*) FROM door") == db.query("SELECT COUNT(*) FROM person") == [(people,)]
    assert progress(cold, RIDING).attempts == devices * each
    catch_up(hq.office, RIDING)
    assert projection_digests(db, RIDING) == projection_digests(hq.office.read(), RIDING)
    assert examine(cold).ok
    return total


def test_case_15_a_cold_start_while_many_push_is_exact(hq: Hq, new_laptop: Any) -> None:
    assert cold_start(hq, new_laptop, 600, 16, 12, 5) == 193


@pytest.mark.proof
@pytest.mark.timeout(7200)
def test_case_15_a_cold_start_of_100_000_people_while_1_000_devices_push_is_exact(
    hq: Hq, new_laptop: Any, record_property: Callable[[str, object], None]
) -> None:
    total = cold_start(hq, new_laptop, 100_000, 1_000, 20, 20)
    record_property("proof", ("people of a cold start while 1,000 devices push", 100_000))
    record_property("proof", ("events of that cold start, exact on laptop and headquarters", total))
