"""PostgreSQL goes away and comes back: headquarters says so, loses nothing, and goes on by itself."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests

from canvass_app.domain.errors import StorageProblem, SyncProblem
from canvass_app.hq.office import Settings, open_office
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.receiving import receive
from canvass_app.services.syncing import sync_now, sync_status
from canvass_app.storage.postgres import PostgresDatabase, retries, write_retrying
from tests.hq.kit import PASSPHRASE, RIDING, Hq, PostgresServer, add_street, knock_often, running_hq
from tests.hq.test_receiving import ANA, BEA, batch, events


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    url = postgres.make_database()
    yield url
    postgres.drop_database(url)


@pytest.fixture
def served(tmp_path: Path, url: str) -> Iterator[Hq]:
    yield from running_hq(tmp_path / "hq", url)


def name_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def cut(postgres: PostgresServer, url: str) -> int:
    """End every connection to the database, as a restart of the server does; how many there were."""
    with psycopg.connect(postgres.url, autocommit=True) as db:
        return len(
            db.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                (name_of(url),),
            ).fetchall()
        )


@contextmanager
def away(postgres: PostgresServer, url: str) -> Iterator[None]:
    """Nobody can connect meanwhile."""
    with psycopg.connect(postgres.url, autocommit=True) as db:
        db.execute(f"ALTER DATABASE {name_of(url)} WITH ALLOW_CONNECTIONS false")  # type: ignore[call-overload]
        cut(postgres, url)
        yield
        db.execute(f"ALTER DATABASE {name_of(url)} WITH ALLOW_CONNECTIONS true")  # type: ignore[call-overload]


@pytest.mark.expects_log("storage_problem")
def test_a_server_without_its_database_says_so_and_goes_on_when_it_is_back(
    served: Hq, postgres: PostgresServer, url: str, new_laptop: Any
) -> None:
    book = new_laptop(served)
    add_street(book, 10)
    knock_often(book, 30, doors=10)
    with away(postgres, url):
        ready = requests.get(f"{served.url}/readyz", timeout=60)
        assert (ready.status_code, ready.json()) == (503, {"ok": False})
        assert requests.get(f"{served.url}/healthz", timeout=60).status_code == 200
        answer = requests.get(
            f"{served.url}/v1/ridings",
            headers={"Authorization": f"Bearer {book.meta('hq_token')}"},
            timeout=60,
        )
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Everything is kept" in answer.json()["title"]
        with pytest.raises(SyncProblem):
            sync_now(book)
    assert sync_status(book).pending_events == 31
    assert requests.get(f"{served.url}/readyz", timeout=60).status_code == 200
    assert sync_now(book).pushed == 31
    assert served.numbers() == (31, 31, 31)


def test_connections_that_broke_meanwhile_are_nobodys_trouble(
    served: Hq, postgres: PostgresServer, url: str, new_laptop: Any
) -> None:
    book = new_laptop(served)
    add_street(book, 10)
    before = retries()["connection"]
    for _ in range(3):
        knock_often(book, 10, doors=10)
        # As many as there were threads at work: one at least.
        assert cut(postgres, url) >= 1
        sync_now(book)
    assert sync_status(book).pending_events == 0
    assert served.numbers() == (31, 31, 31)
    assert retries()["connection"] > before


def pushing_while_cut(office: Any, postgres: PostgresServer, url: str, batches: int) -> int:
    """Two devices push, and as each push begins every connection is cut; how many were.

    Not faster than that: what tries again would never get through, and nothing would be learned.
    """
    ended = threading.Event()
    begun = threading.Semaphore(0)
    cuts = 0

    def cutting() -> None:
        nonlocal cuts
        while not ended.is_set():
            begun.acquire()
            cuts += cut(postgres, url)

    def pushing(device: Any) -> None:
        through = 0
        while through < batches * 20:
            one = batch(*events(through + 1, through + 20, device), first=through + 1, device=device)
            begun.release()
            try:
                receive(office, device, RIDING, one)
                through += 20
            except (StorageProblem, psycopg.OperationalError):
                # What a laptop does: the same again.
                continue

    cutter = threading.Thread(target=cutting)
    devices = [threading.Thread(target=pushing, args=(one,)) for one in (ANA, BEA)]
    cutter.start()
    for one in devices:
        one.start()
    for one in devices:
        one.join()
    ended.set()
    begun.release()
    cutter.join()
    return cuts


@pytest.mark.parametrize("batches", [30, pytest.param(500, marks=pytest.mark.proof)])
def test_pushes_are_exact_while_connections_are_cut_all_the_time(
    tmp_path: Path,
    postgres: PostgresServer,
    url: str,
    batches: int,
    record_property: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from canvass_app.domain.riding import Riding
    from canvass_app.domain.text import Text
    from canvass_app.hq.doctor import examine
    from canvass_app.hq.ridings import add_ridings

    # The driver warns of a set of rows that broke off in the middle; what came of it is looked at below.
    monkeypatch.setattr(logging.getLogger("psycopg"), "level", logging.ERROR)
    office = open_office(Settings(tmp_path, PASSPHRASE, url), make=True)
    office.write(lambda db: add_ridings(db, [Riding(RIDING, Text("Invented", "Inventée"))]))
    try:
        cuts = pushing_while_cut(office, postgres, url, batches)
        assert cuts > 0
        catch_up(office, RIDING)
        rows = office.read().query(
            "SELECT MAX(riding_sequence), COUNT(*) FROM event WHERE riding_id = ?", (RIDING,)
        )
        assert rows == [(batches * 40, batches * 40)]
        assert examine(office).ok
        record_property("proof", ("PostgreSQL connections cut during pushes", cuts))
    finally:
        office.close()


def test_a_connection_that_was_cut_in_the_middle_of_many_rows_is_left_behind(url: str) -> None:
    """It stays in pipeline mode, and is neither closed nor broken to the driver; a thread had it for ever."""
    database = PostgresDatabase(url)
    try:
        stuck = database._connection().raw
        stuck.pgconn.enter_pipeline_mode()
        assert not stuck.closed
        assert not stuck.broken
        with database.write() as db:
            assert db.query("SELECT 1") == [(1,)]
        assert database.read().query("SELECT 2") == [(2,)]
        assert stuck.closed
        assert database.open_connections() == 1
    finally:
        database.close()


def test_a_statement_or_a_lock_that_takes_too_long_is_ended(url: str) -> None:
    database = PostgresDatabase(url)
    database.limit_statements(1)

    def slow() -> None:
        with pytest.raises(psycopg.errors.QueryCanceled):
            database.read().query("SELECT pg_sleep(60)")
        assert database.read().query("SHOW lock_timeout") == [("5s",)]
        assert database.read().query("SHOW idle_in_transaction_session_timeout") == [("5min",)]

    other = threading.Thread(target=slow)
    other.start()
    other.join()
    database.close()


def test_a_receipt_is_never_given_for_what_is_not_on_the_disk(url: str, postgres: PostgresServer) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as db:
        db.execute(f"ALTER DATABASE {name_of(url)} SET synchronous_commit = off")  # type: ignore[call-overload]
    database = PostgresDatabase(url)
    assert database.read().query("SHOW synchronous_commit") == [("on",)]
    database.close()


def test_nothing_is_asked_twice_within_a_transaction(url: str, postgres: PostgresServer) -> None:
    """A SELECT whose connection broke in a transaction runs again only with all that came before it."""
    database = PostgresDatabase(url)
    tries = 0

    def work() -> list[tuple[Any, ...]]:
        nonlocal tries
        tries += 1
        with database.write() as db:
            db.run("CREATE TEMP TABLE mine (a integer)")
            if tries == 1:
                cut(postgres, url)
            return db.query("SELECT COUNT(*) FROM mine")

    assert write_retrying(work) == [(0,)]
    assert tries == 2
    database.close()


@pytest.mark.parametrize(
    "wrong", ["postgresqlx://ana:se-cret@h/d", "nonsense se-cret", "postgresql://h/d?nosuch=se-cret"]
)
def test_an_address_that_is_none_is_told_without_its_password(wrong: str) -> None:
    with pytest.raises(StorageProblem, match="not a PostgreSQL address") as told:
        PostgresDatabase(wrong)
    assert "se-cret" not in repr(told.value) + told.value.detail
    assert told.value.__cause__ is None


def test_the_password_comes_from_a_file_that_the_address_names(
    tmp_path: Path, url: str, postgres: PostgresServer
) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        info = db.info
        db.execute("DROP ROLE IF EXISTS files_only")
        db.execute("CREATE ROLE files_only LOGIN PASSWORD 'kept in a file'")
        host, port = info.host, info.port
    file = tmp_path / "pgpass"
    file.write_text("*:*:*:files_only:kept in a file\n", "utf-8")
    file.chmod(0o600)
    address = f"postgresql://files_only@/{name_of(url)}?host={host}&port={port}&passfile={file}"
    database = PostgresDatabase(address)
    assert database.read().query("SELECT current_user") == [("files_only",)]
    raw = database.raw_connection()
    assert raw.info.password in ("kept in a file", "")
    raw.close()
    database.close()
    with psycopg.connect(postgres.url, autocommit=True) as db:
        db.execute("DROP ROLE files_only")


def test_what_the_address_says_of_encryption_reaches_the_driver_and_our_defaults_give_way(url: str) -> None:
    join = "&" if "?" in url else "?"
    database = PostgresDatabase(f"{url}{join}sslmode=allow&sslcrl=none.pem&connect_timeout=4")
    raw = database.raw_connection()
    told = raw.info.get_parameters()
    raw.close()
    database.close()
    assert (told["sslmode"], told["sslcrl"], told["connect_timeout"]) == ("allow", "none.pem", "4")
    assert told["tcp_user_timeout"] == "30000"
