"""Case 1: eight writers and a polling reader on a real PostgreSQL. None missed, none doubled."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq import receiving
from canvass_app.hq.devices import Device
from canvass_app.hq.office import Office, Settings, open_office
from canvass_app.hq.receiving import receive
from canvass_app.hq.ridings import add_ridings
from canvass_app.hq.sending import page
from canvass_app.storage.database import Connection
from tests.hq.kit import PASSPHRASE, RIDING, PostgresServer
from tests.hq.test_receiving import batch, event

WRITERS, PUSHES, EACH = 8, 30, 5


@pytest.fixture
def office(tmp_path: Path, postgres: PostgresServer) -> Any:
    url = postgres.make_database()
    made = open_office(Settings(tmp_path / "hq", PASSPHRASE, url), make=True)
    made.write(lambda db: add_ridings(db, [Riding(RIDING, Text("Invented", "Inventée"))]))
    yield made
    made.close()
    postgres.drop_database(url)


def _race(office: Office) -> list[int]:
    """Everybody pushes at once, with random holds between numbering and commit; what the reader saw."""
    seen: list[int] = []
    finished = threading.Event()

    def write(writer: int) -> None:
        device = Device(bytes([writer + 1]) * 16, "", None, 1)
        for number in range(PUSHES):
            first = number * EACH + 1
            raws = [event(seq, device=device).raw for seq in range(first, first + EACH)]
            receive(office, device, RIDING, batch(*raws, first=first, device=device))

    def read() -> None:
        reader = Device(b"R" * 16, "", None, 1)
        cursor = ""
        while True:
            last_round = finished.is_set()
            one = page(office, reader, RIDING, cursor, 50, 0)
            seen.extend(number for number, _, _ in one.events)
            cursor = one.cursor
            if last_round and not one.more:
                return

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(read)
        for writing in [pool.submit(write, one) for one in range(WRITERS)]:
            writing.result()
        finished.set()
        reading.result()
    return seen


def _hold(db: Connection, seconds: float) -> None:
    db.query("SELECT pg_sleep(?)", (seconds,))


def test_case_1_eight_writers_and_a_polling_reader_miss_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(1)
    insert = receiving._insert

    def slowly(db: Connection, *rest: Any) -> None:
        insert(db, *rest)
        if dice.random() < 0.3:
            _hold(db, dice.random() / 200)

    monkeypatch.setattr(receiving, "_insert", slowly)
    total = WRITERS * PUSHES * EACH
    assert _race(office) == list(range(1, total + 1))
    most, count = office.read().query("SELECT MAX(riding_sequence), COUNT(*) FROM event")[0]
    counter = office.read().query("SELECT last_sequence FROM riding_counter")[0][0]
    assert most == count == counter == total


def test_numbers_taken_outside_the_transaction_would_be_missed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same race with the naive way of numbering: the check above can fail."""
    dice = random.Random(2)
    insert = receiving._insert
    lock = threading.Lock()
    given = iter(range(1 << 30))

    def naive(_db: Connection, _riding: int, count: int) -> int:
        with lock:
            numbers = [next(given) for _ in range(count)]
        return numbers[0]

    def slowly(db: Connection, *rest: Any) -> None:
        insert(db, *rest)
        _hold(db, dice.random() / 100)

    monkeypatch.setattr(receiving, "_insert", slowly)
    monkeypatch.setattr(receiving, "_bump", naive)
    # The naive reader takes whatever it sees for all there is.
    monkeypatch.setattr("canvass_app.hq.sending.last_sequence", lambda db, riding: _greatest(db, riding))
    seen = _race(office)
    assert len(set(seen)) < WRITERS * PUSHES * EACH


def _greatest(db: Connection, riding_id: int) -> int:
    rows = db.query("SELECT COALESCE(MAX(riding_sequence), 0) FROM event WHERE riding_id = ?", (riding_id,))
    return int(rows[0][0])
