"""Cases 6 and 21 by chance: laptops, headquarters and PostgreSQL are killed with -9 while laptops sync.

Nothing acknowledged is lost, nothing counts twice, and the queue drains by itself once everything lives again.
"""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from canvass_app.services.book import Book, open_book
from canvass_app.services.doctor import examine
from canvass_app.services.syncing import join, sync_now
from tests.acceptance.bad_network import ByItself, acknowledged, acknowledged_is_held, all_is_everywhere, own
from tests.acceptance.killing import HqProcess, OwnPostgres, Said, looked_into, syncing_until_killed
from tests.hq.kit import PASSPHRASE, Hq, PostgresServer, add_street, knock, made_headquarters, talk
from tests.sync.proxy import Asked, Proxy

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
SMALL = 2
LAPTOP_KILLS, HQ_KILLS, POSTGRES_KILLS = 150, 50, 50
"""The first two on each database."""


# --- laptops ----------------------------------------------------------------------------------------


def check_survivor(hq: Hq, folder: Path, said: Said, known: dict[int, str], what: str) -> dict[int, str]:
    """Open what the dead laptop left: all it said was saved is there, all it believes acknowledged is at headquarters."""
    book = open_book(folder, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        held = {seq: digest.hex() for _, seq, digest in own(book)}
        lost = {seq for seq, digest in (known | said.saved).items() if held.get(seq) != digest}
        assert not lost, f"{what}: saved and lost: {sorted(lost)}"
        assert sorted(held) == list(range(1, len(held) + 1)), what
        assert acknowledged(book) >= said.acked, what
        acknowledged_is_held(hq, book)
    finally:
        book.close()
    return held


def kill_laptops(hq: Hq, new_laptop: Any, kills: int, seed: int) -> tuple[int, int]:
    """(events everywhere in the end, acknowledgements found again)"""
    rng = random.Random(seed)
    other = new_laptop(hq)
    add_street(other)
    sync_now(other)
    book = new_laptop(hq)
    folder = book.folder
    book.close()
    known: dict[int, str] = {}
    found = 0
    for number in range(kills):
        said = syncing_until_killed(folder, rng.randrange(1 << 30), rng.uniform(0.0, 0.5))
        assert said.troubles == []
        known = check_survivor(hq, folder, said, known, f"kill {number} of seed {seed}")
        found += len(said.saved)
        if rng.random() < 0.3:
            knock(other, rng.randrange(1, 41))
            sync_now(other)
    book = open_book(folder, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        everywhere = all_is_everywhere(hq, book, other)
        assert examine(book).ok
    finally:
        book.close()
    return everywhere, found


def test_a_laptop_killed_while_it_syncs_loses_and_doubles_nothing(hq: Hq, new_laptop: Any) -> None:
    everywhere, found = kill_laptops(hq, new_laptop, SMALL, 1)
    assert everywhere > 1
    assert found > 0


@pytest.mark.proof
@pytest.mark.timeout(7200)
def test_a_laptop_killed_300_times_while_it_syncs_loses_and_doubles_nothing(
    hq: Hq, new_laptop: Any, record_property: Callable[[str, object], None]
) -> None:
    everywhere, found = kill_laptops(hq, new_laptop, LAPTOP_KILLS, 2026)
    record_property("proof", ("kills of a syncing laptop", LAPTOP_KILLS))
    record_property("proof", ("acts it had said were saved, all found again", found))
    record_property("proof", ("events of killed laptops at headquarters, each once", everywhere))


# --- headquarters and PostgreSQL --------------------------------------------------------------------


class Evening:
    """Laptops of this process that work and sync, through a proxy that says when, with a headquarters that dies."""

    def __init__(self, process: HqProcess, record: Hq, books: list[Book], seed: int) -> None:
        self.process, self.record, self.books = process, record, books
        self.rng = random.Random(seed)
        self.failures = 0
        self.proxy = Proxy(process.start())
        for book in books:
            join(book, self.proxy.url, record.code(), "Laptop")
        add_street(books[0])
        for book in books:
            sync_now(book)

    def work(self, book: Book, seed: int, dead: threading.Event) -> None:
        """Type and sync until the other side is dead, and once more."""
        rng = random.Random(seed)
        alone = ByItself(book, rng.random, lambda _: None)
        while not dead.is_set():
            for _ in range(rng.randrange(1, 8)):
                if rng.random() < 0.3:
                    talk(book, rng.randrange(1, 41), rng.choice("12345"))
                else:
                    knock(book, rng.randrange(1, 41), rng.choice(["not_home", "refused"]))
            alone.once()
        self.failures += alone.failures

    def round(self, kill: Callable[[], None]) -> None:
        """Everybody works; at some request, and some moment of it, `kill` strikes; they notice and stop."""
        dead = threading.Event()
        strike_at = len(self.proxy.done) + self.rng.randrange(3, 25)
        delay = self.rng.choice([0.0, self.rng.random() / 100, self.rng.random() / 25])
        timers: list[threading.Timer] = []

        def strike() -> None:
            kill()
            dead.set()

        def watch(asked: Asked) -> None:
            if asked.number >= strike_at and not timers:
                timers.append(threading.Timer(delay, strike))
                timers[0].start()

        self.proxy.on_forward = watch
        with ThreadPoolExecutor(len(self.books)) as pool:
            tasks = [pool.submit(self.work, book, self.rng.randrange(1 << 30), dead) for book in self.books]
            for task in tasks:
                task.result()
        timers[0].join()

    def close(self) -> None:
        self.process.stop()
        self.proxy.close()

    def end(self) -> int:
        """Nobody touches anything: the queues drain. Then everything is everywhere."""
        for book in self.books:
            ByItself(book, self.rng.random, lambda _: None).until_drained()
        return all_is_everywhere(self.record, *self.books)


def kill_headquarters(tmp_path: Path, database_url: str, new_laptop: Any, kills: int, seed: int) -> int:
    settings = made_headquarters(tmp_path / "hq", database_url)
    process = HqProcess(settings)
    with looked_into(settings) as record:
        evening = Evening(process, record, [new_laptop() for _ in range(3)], seed)
        try:
            for _ in range(kills):
                evening.round(process.kill)
                process.wait()
                acknowledged_is_held(record, *evening.books)
                evening.proxy.upstream = process.start()
            return evening.end()
        finally:
            evening.close()


def test_headquarters_killed_while_laptops_sync_loses_and_doubles_nothing(
    tmp_path: Path, database_url: str, new_laptop: Any
) -> None:
    assert kill_headquarters(tmp_path, database_url, new_laptop, SMALL, 1) > 3


@pytest.mark.proof
@pytest.mark.timeout(7200)
def test_headquarters_killed_100_times_while_laptops_sync_loses_and_doubles_nothing(
    tmp_path: Path, database_url: str, new_laptop: Any, record_property: Callable[[str, object], None]
) -> None:
    events = kill_headquarters(tmp_path, database_url, new_laptop, HQ_KILLS, 2026)
    record_property("proof", ("kills of headquarters while laptops sync", HQ_KILLS))
    record_property("proof", ("events through kills of headquarters, each once", events))


@pytest.fixture
def own_postgres() -> Iterator[OwnPostgres]:
    server = OwnPostgres()
    yield server
    server.close()


def kill_postgres(tmp_path: Path, server: OwnPostgres, new_laptop: Any, kills: int, seed: int) -> int:
    """Headquarters lives on; its database dies under it."""
    database = PostgresServer(server.url)
    settings = made_headquarters(tmp_path / "hq", database.make_database())
    process = HqProcess(settings)
    with looked_into(settings) as record:
        evening = Evening(process, record, [new_laptop() for _ in range(3)], seed)
        try:
            for number in range(kills):
                evening.round(lambda number=number: server.kill(helpers_too=number % 2 == 0))
                server.start()
                fresh_look(record)
                acknowledged_is_held(record, *evening.books)
            return evening.end()
        finally:
            evening.close()


def fresh_look(record: Hq) -> None:
    """A connection that died with its server says so once; the next one is new."""
    with suppress(psycopg.Error):
        record.numbers()


def test_a_postgresql_killed_under_headquarters_loses_and_doubles_nothing(
    tmp_path: Path, own_postgres: OwnPostgres, new_laptop: Any
) -> None:
    assert kill_postgres(tmp_path, own_postgres, new_laptop, 1, 1) > 3


@pytest.mark.proof
@pytest.mark.timeout(7200)
def test_a_postgresql_killed_50_times_under_headquarters_loses_and_doubles_nothing(
    tmp_path: Path,
    own_postgres: OwnPostgres,
    new_laptop: Any,
    record_property: Callable[[str, object], None],
) -> None:
    events = kill_postgres(tmp_path, own_postgres, new_laptop, POSTGRES_KILLS, 2026)
    record_property("proof", ("kills (-9) of PostgreSQL while laptops sync", POSTGRES_KILLS))
    record_property("proof", ("events through kills of PostgreSQL, each once", events))
