"""Logs say what happened and never of whom: no name, address, number, code, token, whatever goes wrong."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import redirect_stderr, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
import structlog

from canvass_app.domain.errors import CanvassError
from canvass_app.hq.embedded import COMMAND
from canvass_app.hq.logs import log_as_json, places_of
from canvass_app.services.syncing import join, sync_now
from canvass_app.sync.codec import pack, squeeze
from canvass_app.sync.messages import CONTENT_TYPE, Names
from tests.hq.commands import typed
from tests.hq.kit import PASSPHRASE, RIDING, add_street, talk

NAME, STREET, PHONE = "Wilhelmina Testperson", "Quinceberry Crescent", "613-555-0147"


class Serving:
    """A headquarters on PostgreSQL in a process of its own; all that it wrote to its log."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self._url = folder, url
        self.run("init", "--riding", "99001")
        self._process = subprocess.Popen(
            [*COMMAND, "serve", "--data", str(folder), "--port", "0", "--announce"],
            env=os.environ | {"CANVASS_HQ_PASSPHRASE": PASSPHRASE, "CANVASS_HQ_DATABASE_URL": url},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self.url = json.loads(self._process.stdout.readline())["url"]
        self._heard: list[bytes] = []
        self._listener = threading.Thread(target=self._listen, args=(self._process.stderr,))
        self._listener.start()

    def _listen(self, stderr: Any) -> None:
        self._heard.extend(stderr)

    def run(self, *arguments: str) -> str:
        done = typed(self._folder, *arguments, database_url=self._url)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def end(self) -> str:
        self._process.terminate()
        assert self._process.wait(60) == 0
        self._listener.join()
        for pipe in (self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()
        return b"".join(self._heard).decode()


@pytest.fixture
def url(postgres: Any) -> Iterator[str]:
    url = postgres.make_database()
    yield url
    postgres.drop_database(url)


def test_no_word_of_a_person_reaches_the_log(
    tmp_path: Path, url: str, postgres: Any, new_laptop: Any
) -> None:
    server = Serving(tmp_path / "hq", url)
    book = new_laptop()
    code = server.run("enrol", "--label", NAME).split()[0]
    wrong = "2222-3333"
    with suppress(CanvassError):
        join(book, server.url, wrong, NAME)
    join(book, server.url, code, NAME)
    add_street(book, 10)
    talk(book, 3, "1", author=NAME)
    sync_now(book)
    token = book.meta("hq_token")

    def ask(path: str, body: bytes | None = None, **headers: str) -> int:
        method = "GET" if body is None else "POST"
        given = {"Authorization": f"Bearer {token}", "Content-Type": CONTENT_TYPE, **headers}
        return requests.request(method, server.url + path, data=body, headers=given, timeout=60).status_code

    # Asked for wrongly, in every place that a word can stand in.
    assert ask(f"/v1/people/{NAME}?phone={PHONE}&street={STREET}") == 404
    assert ask(f"/v1/ridings/{RIDING}/events?cursor={NAME}") == 409
    assert ask(f"/v1/ridings/{RIDING}/assets/{PHONE}") == 400
    assert ask("/v1/ridings", Authorization=f"Bearer {NAME}.{PHONE}") == 401
    assert ask(f"/v1/ridings/{RIDING}/missing", NAME.encode()) == 400
    assert ask(f"/v1/ridings/{RIDING}/events", squeeze(NAME.encode()), **{"Content-Encoding": "zstd"}) == 400
    assert ask("/v1/ridings", **{"User-Agent": NAME, "X-Forwarded-For": PHONE, "Cookie": STREET}) == 200

    # A fault whose own words hold the row: PostgreSQL quotes it in full.
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("ALTER TABLE event ADD CONSTRAINT never CHECK (kind <> 'support.marked') NOT VALID")
        db.execute(
            "ALTER TABLE device ADD CONSTRAINT nobody CHECK (name <> 'Rosalinde Otherperson') NOT VALID"
        )
    talk(book, 4, "2", author=NAME)
    with pytest.raises(CanvassError):
        sync_now(book)
    other = new_laptop()
    second = server.run("enrol", "--label", "Rosalinde Otherperson").split()[0]
    with pytest.raises(CanvassError):
        join(other, server.url, second, "Rosalinde Otherperson")

    # The database breaks off, and the event loop meets something that is no request at all.
    with psycopg.connect(postgres.url, autocommit=True) as db:
        name = url.partition("?")[0].rpartition("/")[2]
        db.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")  # type: ignore[call-overload]
        db.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))
    assert ask(f"/v1/ridings/{RIDING}/missing", squeeze(pack(Names(hashes=[bytes(32)]))), **{"Content-Encoding": "zstd"}) == 503  # fmt: skip
    import socket
    from urllib.parse import urlsplit

    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port), 60) as raw:
        raw.sendall(f"{NAME} / {PHONE}\r\n\r\n".encode())
        assert raw.recv(65536).startswith(b"HTTP/1.1 400")

    log = server.end()
    secrets = [
        *NAME.split(), *STREET.split(), PHONE, "Rosalinde", "Otherperson", "Birch", "Maple3", "Millbrook", "Ana",
        code, second, wrong, token, token.partition(".")[2], PASSPHRASE, book.meta("device_seed"),
        book.device_id.hex(),
    ]  # fmt: skip
    hidden = log.lower()
    for secret in secrets:
        for form in (secret, secret.encode().hex(), secret.encode("utf-16-le").hex()):
            assert form.lower() not in hidden, secret
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"listening", "request", "fault", "storage_problem", "stopped"} <= {
        line["event"] for line in lines
    }
    assert {200, 400, 401, 403, 404, 409, 500, 503} <= {line["status"] for line in lines if "status" in line}
    fault = next(line for line in lines if line["event"] == "fault")
    assert "CheckViolation" in fault["error"]
    assert any("receiving.py" in place for place in fault["places"])


def test_an_error_is_told_by_its_kind_and_place_only() -> None:
    def inner() -> None:
        raise ValueError(f"the row of {NAME}")

    try:
        try:
            inner()
        except ValueError as error:
            raise RuntimeError(PHONE) from error
    except RuntimeError as error:
        told = places_of(error)
    assert told["error"] == ["RuntimeError", "ValueError"]
    assert told["places"][-1].startswith("tests/hq/test_logs.py:")
    assert NAME not in str(told)


@pytest.mark.leaves_threads("none; but the watch of threads would see the one that fails below")
def test_libraries_and_threads_are_told_in_the_same_form_without_what_they_fill_in() -> None:
    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, threading.excepthook
    out = io.StringIO()
    try:
        with redirect_stderr(out):
            log_as_json()
            logging.getLogger("uvicorn.error").error("Cannot serve %s\n%s", NAME, PHONE)
            logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: {NAME}")
            try:
                raise ValueError(NAME)
            except ValueError:
                logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
                structlog.get_logger("hq").error("fault", exc_info=True)

            def fail() -> None:
                raise ValueError(NAME)

            thread = threading.Thread(target=fail, name="hq-some")
            thread.start()
            thread.join()
    finally:
        structlog.configure(**before)
        root.handlers[:] = handlers
        root.setLevel(level)
        threading.excepthook = hook
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["event"] for line in lines] == [
        "Cannot serve %s", "Task exception was never retrieved", "Exception in ASGI application", "fault",
        "thread_failed",
    ]  # fmt: skip
    assert [line["error"] for line in lines[2:]] == [["ValueError"]] * 3
    assert NAME not in out.getvalue()
    assert sys.stderr is not out
