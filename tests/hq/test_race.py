"""Case 1: eight writers and a polling reader on a real PostgreSQL. None missed, none doubled."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

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

WRITERS = 8
SECONDS, LONG_SECONDS = 3, 60


class Outcome(NamedTuple):
    """What a race came to."""

    written: int
    missed: int
    doubled: int
    out_of_order: int
    most: int
    count: int
    counter: int


def sound(found: Outcome) -> bool:
    """What must hold after every race: nothing missed, nothing doubled, and max = count = counter."""
    return (
        found.missed == found.doubled == found.out_of_order == 0
        and found.written == found.most == found.count == found.counter > 0
    )


@pytest.fixture
def office(tmp_path: Path, postgres: PostgresServer) -> Iterator[Office]:
    url = postgres.make_database()
    made = open_office(Settings(tmp_path / "hq", PASSPHRASE, url), make=True)
    made.write(lambda db: add_ridings(db, [Riding(RIDING, Text("Invented", "Inventée"))]))
    yield made
    made.close()
    postgres.drop_database(url)


def race(office: Office, seconds: float) -> Outcome:
    """Everybody pushes for so long, while one polls: by its cursor alone, never twice the same page."""
    seen: list[tuple[bytes, int]] = []
    finished = threading.Event()
    end = time.monotonic() + seconds

    def write(writer: int) -> int:
        dice = random.Random(writer)
        device = Device(bytes([writer + 1]) * 16, "", None, 1)
        first = 1
        while time.monotonic() < end:
            each = dice.randrange(1, 12)
            raws = [event(seq, device=device).raw for seq in range(first, first + each)]
            receive(office, device, RIDING, batch(*raws, first=first, device=device))
            first += each
        return first - 1

    def read() -> int:
        reader = Device(b"R" * 16, "", None, 1)
        cursor, last, backwards = "", 0, 0
        while True:
            last_round = finished.is_set()
            one = page(office, reader, RIDING, cursor, 50, 0)
            for number, _, raw in one.events:
                seen.append((raw, number))
                backwards += number <= last
                last = number
            cursor = one.cursor
            if last_round and not one.more:
                return backwards

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(read)
        try:
            written = sum(done.result() for done in [pool.submit(write, one) for one in range(WRITERS)])
        finally:
            finished.set()
        backwards = reading.result()
    times = Counter(raw for raw, _ in seen)
    most, count = office.read().query("SELECT MAX(riding_sequence), COUNT(*) FROM event")[0]
    counter = office.read().query("SELECT last_sequence FROM riding_counter")[0][0]
    doubled = sum(many - 1 for many in times.values())
    return Outcome(written, written - len(times), doubled, backwards, int(most), int(count), int(counter))


def hold_at_random(monkeypatch: pytest.MonkeyPatch, most_seconds: float) -> None:
    """Some transactions stay open for a moment between numbering and commit."""
    dice = random.Random(1)
    append = receiving.append

    def slowly(office: Office, db: Connection, *rest: Any) -> Any:
        done = append(office, db, *rest)
        if dice.random() < 0.3:
            db.query("SELECT pg_sleep(?)", (dice.random() * most_seconds,))
        return done

    monkeypatch.setattr(receiving, "append", slowly)


def number_naively(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: numbers as a sequence gives them, taken without a lock, and a reader who takes what he sees."""
    lock = threading.Lock()
    last = 0

    def naive(_db: Connection, _riding: int, count: int) -> int:
        nonlocal last
        with lock:
            last += count
            return last - count

    def greatest(db: Connection, riding_id: int) -> int:
        rows = db.query(
            "SELECT COALESCE(MAX(riding_sequence), 0) FROM event WHERE riding_id = ?", (riding_id,)
        )
        return int(rows[0][0])

    monkeypatch.setattr(receiving, "_bump", naive)
    monkeypatch.setattr("canvass_app.hq.sending.last_sequence", greatest)


def test_case_01_eight_writers_and_a_polling_reader_miss_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_at_random(monkeypatch, 0.005)
    found = race(office, SECONDS)
    assert sound(found), found


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_case_01_eight_writers_and_a_polling_reader_miss_nothing_for_a_minute(
    office: Office, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    hold_at_random(monkeypatch, 0.02)
    found = race(office, LONG_SECONDS)
    assert sound(found), found
    record_property("proof", ("seconds of race on PostgreSQL, eight writers and a reader", LONG_SECONDS))
    record_property("proof", ("events of the race: max = count = counter, missed 0, doubled 0", found.count))


def race_of_a_fault(
    office: Office, monkeypatch: pytest.MonkeyPatch, seconds: float, most_seconds: float
) -> Outcome:
    hold_at_random(monkeypatch, most_seconds)
    number_naively(monkeypatch)
    found = race(office, seconds)
    assert not sound(found)
    assert found.missed > 0
    return found


def test_case_01_fails_with_numbers_taken_outside_the_transaction(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same race with the naive way of numbering: the check above can fail."""
    race_of_a_fault(office, monkeypatch, 1, 0.02)


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_case_01_fails_within_a_minute_with_numbers_taken_outside_the_transaction(
    office: Office, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    found = race_of_a_fault(office, monkeypatch, LONG_SECONDS, 0.02)
    record_property("proof", ("events that the naive cursor wrote", found.written))
    record_property("proof", ("events that the naive cursor missed (the same race fails)", found.missed))
