"""Told to stop, headquarters says so, finishes what runs, and ends well."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from canvass_app.hq.embedded import COMMAND
from canvass_app.hq.office import Settings, open_office
from canvass_app.services.book import Book
from canvass_app.services.syncing import join, sync_now
from canvass_app.sync.codec import pack, squeeze
from canvass_app.sync.messages import CONTENT_TYPE, PROTOCOL, Batch
from tests.hq.commands import typed
from tests.hq.kit import PASSPHRASE, RIDING, add_street, knock_often

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM")


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    url: str
    folder: Path

    def status(self, path: str) -> int:
        return requests.get(self.url + path, timeout=30).status_code

    def listens(self) -> bool:
        parts = urlsplit(self.url)
        try:
            socket.create_connection((parts.hostname, parts.port), 30).close()
        except (ConnectionRefusedError, ConnectionResetError):
            # Reset: it closed just as it was asked.
            return False
        return True

    def said(self, event: str) -> None:
        """Wait for a line of its log."""
        assert self.process.stderr is not None
        while json.loads(self.process.stderr.readline())["event"] != event:
            pass


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Server]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--data", str(folder), "--port", "0", "--announce", *arguments],
        env=os.environ | {"CANVASS_HQ_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        yield Server(process, json.loads(process.stdout.readline())["url"], folder)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert typed(tmp_path / "hq", "init", "--riding", "99001").returncode == 0
    return tmp_path / "hq"


class Push:
    """A push that is half on its way."""

    def __init__(self, book: Book, url: str) -> None:
        rows = book.read().query(
            "SELECT raw FROM event WHERE riding_id = ? AND device_id = ? ORDER BY device_seq",
            (RIDING, book.device_id),
        )
        raws = [bytes(row[0]) for row in rows]
        batch = Batch(protocol=PROTOCOL, device_id=book.device_id, from_seq=1, to_seq=len(raws), events=raws)
        body = squeeze(pack(batch))
        parts = urlsplit(url)
        head = (
            f"POST /v1/ridings/{RIDING}/events HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: {CONTENT_TYPE}\r\n"
            f"Authorization: Bearer {book.meta('hq_token')}\r\nContent-Encoding: zstd\r\n"
            f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
        ).encode()
        self._socket = socket.create_connection((parts.hostname, parts.port), 60)
        self._socket.sendall(head + body[: len(body) // 2])
        # The server says that it has begun to read; a connection that it has not met yet is none that runs.
        told = b""
        while not told.endswith(b"\r\n\r\n"):
            told += self._socket.recv(1)
        assert told.startswith(b"HTTP/1.1 100 ")
        self._rest = body[len(body) // 2 :]

    def finish(self) -> str:
        """Send the other half; the first line of the answer. The server then closes."""
        self._socket.sendall(self._rest)
        answer = b""
        while part := self._socket.recv(65536):
            answer += part
        self._socket.close()
        return answer.partition(b"\r\n")[0].decode()


def joined(server: Server, new_laptop: Any) -> Book:
    book = new_laptop()
    join(book, server.url, typed(server.folder, "enrol").stdout.split()[0], "Laptop")
    add_street(book, 10)
    knock_often(book, 20, doors=10)
    return book


def events_at(folder: Path) -> int:
    office = open_office(Settings(folder, PASSPHRASE))
    try:
        return int(office.read().query("SELECT COUNT(*) FROM event")[0][0])
    finally:
        office.close()


def test_a_push_that_runs_when_headquarters_is_stopped_is_finished(folder: Path, new_laptop: Any) -> None:
    with serving(folder) as server:
        push = Push(joined(server, new_laptop), server.url)
        server.process.send_signal(signal.SIGTERM)
        server.said("stopping")
        while server.listens():
            pass
        assert server.process.poll() is None
        assert push.finish() == "HTTP/1.1 200 OK"
        server.said("stopped")
        assert server.process.wait(60) == 0
    assert events_at(folder) == 21
    assert not list(folder.glob("*-wal"))


def test_before_it_stops_it_says_that_it_is_not_ready_and_still_serves(folder: Path, new_laptop: Any) -> None:
    with serving(folder, "--drain-seconds", "600") as server:
        book = joined(server, new_laptop)
        assert server.status("/readyz") == 200
        server.process.send_signal(signal.SIGTERM)
        server.said("stopping")
        assert (server.status("/readyz"), server.status("/healthz")) == (503, 200)
        assert sync_now(book).pushed == 21
        # Asked a second time it waits no longer.
        server.process.send_signal(signal.SIGTERM)
        server.said("stopped")
        assert server.process.wait(60) == 0
    assert events_at(folder) == 21


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_either_signal_ends_it_well_as_soon_as_it_listens(folder: Path, number: signal.Signals) -> None:
    with serving(folder) as server:
        server.process.send_signal(number)
        assert server.process.wait(60) == 0
