"""Case 17: laptops and headquarters of earlier releases and of today understand each other.

Nothing has been released yet: the one recording is of protocol 1 as it is now, and each release adds its own
(`python -m tests.acceptance.record_release`). Old requests are sent byte for byte to today's headquarters over HTTP,
on both databases; old answers are given over HTTP to today's laptop.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
import pytest
import requests

from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.services.doctor import examine as examine_book
from canvass_app.services.progress import progress
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.walk_lists import load_document
from canvass_app.sync.codec import expand, unpack
from canvass_app.sync.messages import CONTENT_TYPE, Batch, Enrol, Receipt, Signed
from canvass_app.sync.signing import open_receipt
from tests.hq.kit import FakeTime, Hq, laptop_log, serving

RECORDINGS = sorted((Path(__file__).parent / "data" / "protocol-1").glob("*.json"))[-3:]
# What is another headquarters' own, or drawn by chance.
OWN = {"token", "hq_key", "hq_box", "epoch", "signature", "cursor"}

pytestmark = pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def data(text: str) -> bytes:
    return base64.b64decode(text)


def opened(message: bytes) -> Any:
    """A message in plain values; a signed one by what it says."""
    value = msgspec.msgpack.decode(message)
    if isinstance(value, dict) and set(value) == {"payload", "signature"}:
        return msgspec.msgpack.decode(value["payload"])
    return value


def understood(old: Any, new: Any, where: str) -> None:
    """All that the old side said is said today, in the same form and with the same values; more may be."""
    assert type(old) is type(new), where
    if isinstance(old, dict):
        for name, value in old.items():
            assert name in new, f"{where}.{name} is no longer said"
            if name in OWN:
                assert type(new[name]) is type(value), f"{where}.{name}"
            else:
                understood(value, new[name], f"{where}.{name}")
    elif isinstance(old, list):
        assert len(old) == len(new), where
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            understood(one, other, f"{where}[{place}]")
    else:
        assert old == new, where


class OldLaptops:
    """Send recorded requests as they were, with what today's headquarters gave in place of what the old one had."""

    def __init__(self, hq: Hq) -> None:
        self.hq = hq
        self.tokens: dict[str, str] = {}
        self.cursor: dict[str, str] = {}

    def say(self, told: dict[str, Any]) -> Any:
        who = told["scene"].partition(" ")[0]
        path, _, query = told["path"].partition("?")
        if "cursor=" in query:
            kept = query.partition("cursor=")
            # An old cursor is opaque; the one that today's headquarters gave last stands in its place.
            query = kept[0] + "cursor=" + (quote(self.cursor.get(who, "")) if kept[2] else "")
        headers = {"Accept": CONTENT_TYPE, "Accept-Encoding": "zstd, gzip"}
        if who in self.tokens:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        frame = None
        if told["frame"] is not None:
            frame = data(told["frame"])
            headers |= {"Content-Type": CONTENT_TYPE, "Content-Encoding": "zstd"}
        with requests.Session() as session:
            session.trust_env = False
            url = self.hq.url + path + (f"?{query}" if query else "")
            answer = session.request(
                told["method"], url, data=frame, headers=headers, timeout=30, stream=True
            )
            body = answer.raw.read(decode_content=False)
        assert answer.status_code == told["status"], told["path"]
        assert answer.headers["Content-Type"] == told["type"]
        said = opened(expand(body, answer.headers.get("Content-Encoding", "")))
        if path.endswith("/enrol"):
            self.tokens[who] = said["token"]
        if "cursor" in said:
            self.cursor[who] = said["cursor"]
        return said


def test_case_17_laptops_of_a_release_are_understood_by_todays_headquarters(
    tmp_path: Path, database_url: str, recording: Path
) -> None:
    kept = load(recording)
    time = FakeTime(kept["time_ms"])
    with serving(tmp_path / "hq", database_url, (kept["riding"],), time) as hq:
        for code in kept["codes"]:
            allow(hq, code)
        old = OldLaptops(hq)
        for told in kept["exchanges"]:
            understood(opened(data(told["answer"])), old.say(told), f"{told['scene']}: {told['path']}")
        rows = hq.rows("SELECT hash FROM event WHERE riding_id = ? ORDER BY riding_sequence", kept["riding"])
        assert [bytes(row[0]).hex() for row in rows] == kept["events"]
        assert hq.numbers(kept["riding"]) == (len(rows),) * 3
        catch_up(hq.office, kept["riding"])
        assert examine(hq.office).ok


def allow(hq: Hq, code: str) -> None:
    """A code that was issued elsewhere is good here too."""
    hq.office.write(
        lambda db: db.run(
            "INSERT INTO enrolment (selector, code_hash, ridings, label, expires_ms, tries, used_by)"
            " VALUES (?,?,?,?,?,0,?)",
            (code[:4], hq.office.code_hash(code), '"*"', "", hq.time.ms + 900_000, b""),
        )
    )


def test_case_17_todays_laptop_fetches_everything_from_a_headquarters_of_a_release(
    new_laptop: Any, recording: Path
) -> None:
    kept = load(recording)
    told = [one for one in kept["exchanges"] if one["scene"] in ("two joins", "two fetches")]
    book = new_laptop(time=FakeTime(kept["time_ms"]))
    with old_headquarters(told) as url:
        join(book, url, kept["codes"][1], "Two")
        report = sync_now(book)
    here = {digest.hex() for _, _, digest in laptop_log(book, kept["riding"])}
    assert here == set(kept["events"][: len(here)])
    assert report.pulled == len(here) == len(kept["events"]) - 1
    assert report.notes == []
    assert progress(book, kept["riding"]).attempts == 6
    number = int(book.read().query("SELECT number FROM walk_list")[0][0])
    assert len({one.name for one in load_document(book, number).lines if one.name}) == 8
    assert examine_book(book).ok


@contextmanager
def old_headquarters(told: list[dict[str, Any]]) -> Iterator[str]:
    """Gives recorded answers over HTTP, each path's in their order, the last one again and again."""
    answers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in told:
        answers.setdefault((one["method"], urlsplit(one["path"]).path), []).append(one)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            known = answers[self.command, urlsplit(self.path).path]
            one = known.pop(0) if len(known) > 1 else known[0]
            body = data(one["answer"])
            self.send_response(one["status"])
            self.send_header("Content-Type", one["type"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = answer  # noqa: N815 - the names that http.server asks for

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_case_17_receipts_and_requests_of_a_release_are_read_today(recording: Path) -> None:
    kept = load(recording)
    batches = enrolments = 0
    for told in kept["exchanges"]:
        frame = expand(data(told["frame"]), "zstd") if told["frame"] else b""
        if told["path"] == "/v1/enrol":
            assert unpack(Enrol, frame).code in kept["codes"]
            enrolments += 1
        elif told["method"] == "POST" and told["path"].endswith("/events"):
            batch = unpack(Batch, frame)
            signed = unpack(Signed, data(told["answer"]))
            receipt = open_receipt(bytes.fromhex(kept["hq_key"]), Receipt, signed)
            assert (receipt.from_seq, receipt.acked_through) == (batch.from_seq, batch.to_seq)
            batches += 1
    assert (enrolments, batches) == (2, 2)
