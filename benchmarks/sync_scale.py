"""Sync at size: the same work in one riding and spread over 338, and a thousand devices at once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from canvass_app.hq.devices import Device
from canvass_app.hq.office import Office
from canvass_app.hq.receiving import receive
from canvass_app.hq.sending import page
from canvass_app.ledger.events import Key, seal
from canvass_app.services.book import open_book
from canvass_app.services.syncing import join, sync_now
from canvass_app.storage.database import Connection, Params, Rows
from canvass_app.storage.postgres import PgConnection
from canvass_app.sync.codec import pack
from canvass_app.sync.http import Link
from canvass_app.sync.joining import ask_to_join
from canvass_app.sync.messages import PROTOCOL, Batch, Receipt, Signed
from canvass_app.sync.signing import open_receipt
from canvass_app.sync.steps import Call, read_answer

from .sync_parts import PASSPHRASE, Headquarters, events

MANY_RIDING = 201399800
_FIRST = 201300001
EACH = 200
CLIENTS = 16
_DOORS = 40_000
_START_MS = 1_444_000_000_000


def _sealed(riding_id: int, device_id: bytes, count: int, first: int = 1, street: int = 0) -> list[bytes]:
    """A device's events from number `first` on; devices of different streets knock at different doors."""
    made: list[bytes] = []
    for seq, (subject, body) in enumerate(events(count, _DOORS, street * count + first), first):
        wall = _START_MS + seq * 1_000
        event = seal(
            riding_id, Key(device_id, seq), subject, body, author="Bench", shift=b"", hlc=wall << 16, wall_ms=wall,
            sees=(), nonce=hashlib.sha256(device_id + seq.to_bytes(8, "big")).digest()[:8],
        )  # fmt: skip
        made.append(event.raw)
    return made


def _batch(device_id: bytes, raws: list[bytes], first: int = 1) -> Batch:
    return Batch(
        protocol=PROTOCOL, device_id=device_id, from_seq=first, to_seq=first + len(raws) - 1, events=raws
    )


# --- one riding and 338 -----------------------------------------------------------------------------


class _Counted(PgConnection):
    """A connection that counts its statements."""

    statements = 0

    def query(self, sql: str, params: Params = ()) -> Rows:
        self.statements += 1
        return super().query(sql, params)

    def run(self, sql: str, params: Params = ()) -> int:
        self.statements += 1
        return super().run(sql, params)

    def run_many(self, sql: str, rows: Iterable[Params]) -> None:
        self.statements += 1
        super().run_many(sql, rows)

    def copy_in(self, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Params]) -> None:
        self.statements += 1
        super().copy_in(table, columns, rows)


class _CountedDatabase:
    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.dialect: str = inner.dialect
        self.statements = 0

    def read(self) -> Connection:
        """Not counted: a receipt's own reads are in the transaction."""
        return self.inner.read()

    @contextmanager
    def write(self) -> Generator[Any]:
        with self.inner.write() as db:
            counted = _Counted(lambda: db.raw)
            yield counted
        self.statements += counted.statements


def _pushes(office: Office, ridings: list[int], device_ids: list[bytes]) -> tuple[float, int]:
    """Seconds and statements of one push of EACH events into each of these ridings, and of a page from each."""
    batches = [
        (
            riding,
            Device(device, "", None, 1),
            _batch(device, _sealed(riding, device, EACH, at * EACH + 1), at * EACH + 1),
        )
        for at, riding, device in _numbered(ridings, device_ids)
    ]
    counted = _CountedDatabase(office.database)
    office.database = counted  # type: ignore[assignment]
    try:
        begun = time.perf_counter()
        for riding, device, batch in batches:
            receive(office, device, riding, batch)
        seconds = time.perf_counter() - begun
    finally:
        office.database = counted.inner
    begun = time.perf_counter()
    reader = Device(b"R" * 16, "", None, 1)
    for riding in ridings:
        page(office, reader, riding, "", EACH, 0)
    return seconds + time.perf_counter() - begun, counted.statements


def _numbered(ridings: list[int], device_ids: list[bytes]) -> list[tuple[int, int, bytes]]:
    """How often a device has pushed into a riding before, the riding, the device."""
    before: dict[tuple[int, bytes], int] = {}
    found: list[tuple[int, int, bytes]] = []
    for riding, device in zip(ridings, device_ids, strict=True):
        found.append((before.get((riding, device), 0), riding, device))
        before[riding, device] = before.get((riding, device), 0) + 1
    return found


def many_ridings(hq: Headquarters, ridings: int, runs: int) -> dict[str, Any]:
    """The same events from one device: all into one riding, and one batch into each of `ridings`."""
    everywhere = [_FIRST + n for n in range(ridings)]
    hq.add(everywhere)
    seconds: dict[str, list[float]] = {"one": [], "many": []}
    statements: dict[str, int] = {}
    for run in range(runs):
        for name, where in (("one", [everywhere[run % ridings]] * ridings), ("many", everywhere)):
            device = hashlib.sha256(f"{name}{run}".encode()).digest()[:16]
            spent, statements[name] = _pushes(hq.office, where, [device] * ridings)
            seconds[name].append(spent)
    each = EACH * ridings
    one, many = median(seconds["one"]), median(seconds["many"])
    return {
        "ridings": ridings,
        "statements_one_riding": statements["one"],
        "statements_many_ridings": statements["many"],
        "statements_equal": int(statements["one"] == statements["many"]),
        "us_per_event_one_riding": round(one / each * 1e6, 1),
        "us_per_event_many_ridings": round(many / each * 1e6, 1),
        "many_over_one": round(many / one, 3),
    }


# --- a thousand devices -----------------------------------------------------------------------------


class _Phone:
    """A device without a database: a key, a token, and events to push over real HTTP."""

    def __init__(self, number: int, hq: Headquarters, code: str) -> None:
        self._number = number
        self.device_id = hashlib.sha256(b"device %d" % number).digest()[:16]
        link = Link(hq.url)
        try:
            answer = link.run(ask_to_join(code, self.device_id, f"Bench {number}", self.device_id * 2))
        finally:
            link.close()
        self._token, self._key, self._url = answer.token, answer.hq_key, hq.url

    def push(self) -> int:
        """Push EACH events; how many the signed receipt numbers."""
        raws = _sealed(MANY_RIDING, self.device_id, EACH, street=self._number)
        link = Link(self._url, self._token)
        try:
            call = Call(
                "POST", f"/v1/ridings/{MANY_RIDING}/events", pack(_batch(self.device_id, raws)), 120.0
            )
            receipt = open_receipt(self._key, Receipt, read_answer(link.send(call), Signed))
        finally:
            link.close()
        assert receipt.acked_through == EACH
        return sum(length for _, _, length in receipt.sequences)


def many_devices(folder: Path, hq: Headquarters, devices: int) -> dict[str, Any]:
    """`devices` devices of 200 events each over HTTP, from 16 threads; then one laptop pulls all and compares digests."""
    hq.add([MANY_RIDING])
    with ThreadPoolExecutor(CLIENTS) as pool:
        codes = [hq.code([MANY_RIDING]) for _ in range(devices)]
        begun = time.perf_counter()
        phones = list(pool.map(lambda n: _Phone(n, hq, codes[n]), range(devices)))
        joined = time.perf_counter() - begun
        begun = time.perf_counter()
        numbered = sum(pool.map(lambda one: one.push(), phones))
        seconds = time.perf_counter() - begun
    book = open_book(folder, passphrase=PASSPHRASE)
    try:
        join(book, hq.url, hq.code([MANY_RIDING]), "Bench")
        begun = time.perf_counter()
        report = sync_now(book)
        pulled = time.perf_counter() - begun
        here = int(book.read().query("SELECT COUNT(*) FROM event WHERE riding_id = ?", (MANY_RIDING,))[0][0])
    finally:
        book.close()
    want = devices * EACH
    exact = (
        numbered == want and hq.numbers(MANY_RIDING) == (want, want, want) and report.pulled == here == want
    )
    return {
        "devices": devices,
        "devices_exact": int(exact),
        "devices_joined_seconds": round(joined, 1),
        "devices_seconds": round(seconds, 1),
        "devices_per_second": round(want / seconds),
        "devices_pulled_seconds": round(pulled, 1),
    }
