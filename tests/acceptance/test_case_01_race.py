"""Case 1 over real HTTP, on both databases: eight devices push at once, a polling reader misses and doubles nothing.

The race at full speed, with held transactions and with the naive cursor that fails it, is in tests/hq/test_race.py.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from canvass_app.hq.devices import Device
from tests.hq.kit import Hq
from tests.hq.senders import Sender
from tests.hq.test_receiving import event

WRITERS, PUSHES, EACH = 8, 12, 4


@pytest.mark.parametrize("limit", [7, 500])
def test_case_01_eight_devices_push_over_http_and_a_reader_polls(hq: Hq, limit: int) -> None:
    crew = [Sender(hq.url, hq.code(), number) for number in range(1, WRITERS + 2)]
    reader = crew.pop()
    finished = threading.Event()

    def write(sender: Sender) -> None:
        device = Device(sender.device_id, "", None, 1)
        for first in range(1, PUSHES * EACH + 1, EACH):
            sender.push([event(seq, device=device).raw for seq in range(first, first + EACH)], first)

    def read() -> list[int]:
        seen: list[int] = []
        while True:
            last_round = finished.is_set()
            page = reader.pull(limit)
            seen += [number for number, _, _ in page.events]
            if last_round and not page.more:
                return seen

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(read)
        try:
            for done in [pool.submit(write, one) for one in crew]:
                done.result()
        finally:
            finished.set()
        seen = reading.result()
    for one in (*crew, reader):
        one.close()
    total = WRITERS * PUSHES * EACH
    assert seen == list(range(1, total + 1))
    assert hq.numbers() == (total, total, total)
