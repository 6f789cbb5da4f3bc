"""The server's surroundings: health, problem forms, sizes, and nothing that was not asked for."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path
from typing import Any

import pytest
import requests
import zstandard

from canvass_app.sync.codec import pack, unpack
from canvass_app.sync.messages import CONTENT_TYPE, MAX_FRAME_BYTES, PROBLEM_TYPE, Names, Problem
from tests.hq.kit import RIDING, Hq, running_hq


@pytest.fixture
def served(tmp_path: Path) -> Any:
    yield from running_hq(tmp_path / "hq")


def test_it_says_that_it_lives_and_is_ready(served: Hq) -> None:
    for path in ("/healthz", "/readyz"):
        answer = requests.get(served.url + path, timeout=30)
        assert (answer.status_code, answer.json()) == (200, {"ok": True})


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/", "/v1", "/.git/config", "/v1/people"]
)
def test_nothing_else_is_there(served: Hq, path: str) -> None:
    answer = requests.get(served.url + path, timeout=30)
    assert answer.status_code in (400, 404)
    problem = answer.json()
    assert set(problem) == {"status", "code", "title", "title_fr"}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_problem_is_told_in_both_languages_and_both_forms(served: Hq) -> None:
    plain = requests.get(f"{served.url}/v1/ridings", timeout=30).json()
    assert plain["code"] == "device"
    assert "Ask for a new code" in plain["title"]
    assert "nouveau code" in plain["title_fr"]
    answer = requests.get(
        f"{served.url}/v1/ridings", headers={"Accept": CONTENT_TYPE, "Accept-Encoding": "gzip"}, timeout=30
    )
    assert answer.headers["Content-Type"] == PROBLEM_TYPE
    assert unpack(Problem, answer.content).fr == plain["title_fr"]


def _post(served: Hq, book: Any, body: bytes, **headers: str) -> int:
    answer = requests.post(
        f"{served.url}/v1/ridings/{RIDING}/missing",
        data=body,
        headers={"Authorization": f"Bearer {book.meta('hq_token')}", "Content-Type": CONTENT_TYPE, **headers},
        timeout=30,
    )
    return answer.status_code


def test_bodies_are_read_in_either_compression_and_with_bounds(served: Hq, new_laptop: Any) -> None:
    book = new_laptop(served)
    body = pack(Names(hashes=[bytes(32)]))
    zstd = zstandard.ZstdCompressor().compress
    assert _post(served, book, zstd(body), **{"Content-Encoding": "zstd"}) == 200
    assert _post(served, book, gzip.compress(body), **{"Content-Encoding": "gzip"}) == 200
    assert _post(served, book, body) == 200
    bomb = zstd(bytes(200 << 20))
    assert len(bomb) < 100_000
    assert _post(served, book, bomb, **{"Content-Encoding": "zstd"}) == 400
    assert _post(served, book, zstd(body)[:-3], **{"Content-Encoding": "zstd"}) == 400
    assert _post(served, book, zstd(body) + b"more", **{"Content-Encoding": "zstd"}) == 400
    assert _post(served, book, body, **{"Content-Encoding": "br"}) == 400
    assert _post(served, book, body, **{"Content-Type": "application/json"}) == 400
    assert _post(served, book, b"\x81\xa6hashes\xc0") == 400
    assert _post(served, book, bytes(MAX_FRAME_BYTES + 1)) == 413


def test_the_readers_of_gzip_are_answered_in_gzip(served: Hq, new_laptop: Any) -> None:
    book = new_laptop(served)
    answer = requests.get(
        f"{served.url}/v1/ridings",
        headers={
            "Authorization": f"Bearer {book.meta('hq_token')}",
            "Accept": CONTENT_TYPE,
            "Accept-Encoding": "gzip",
        },
        timeout=30,
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_asset_that_is_not_what_its_name_says_is_refused(served: Hq, new_laptop: Any) -> None:
    from hashlib import sha256

    from canvass_app.sync.messages import Asset

    book = new_laptop(served)
    plain = b"streets"
    good = Asset(kind="layer", size=7, data=zstandard.ZstdCompressor().compress(plain))
    name = sha256(plain).hexdigest()
    other = sha256(b"else").hexdigest()
    lying = Asset(kind="layer", size=3, data=good.data)
    for path, asset, status in ((name, good, 200), (other, good, 400), (name, lying, 400), ("ab", good, 400)):
        answer = requests.put(
            f"{served.url}/v1/ridings/{RIDING}/assets/{path}",
            data=pack(asset),
            headers={"Authorization": f"Bearer {book.meta('hq_token')}", "Content-Type": CONTENT_TYPE},
            timeout=30,
        )
        assert answer.status_code == status, path
    assert [bytes(row[0]).hex() for row in served.rows("SELECT hash FROM asset")] == [name]


def test_the_secret_files_of_headquarters_hold_nothing_in_clear(served: Hq, new_laptop: Any) -> None:
    from canvass_app.services.syncing import sync_now
    from tests.hq.kit import add_street, talk

    book = new_laptop(served)
    add_street(book, 20)
    talk(book, 3, "1", author="Wilhelmina Testperson")
    sync_now(book)
    clear = [
        b"Wilhelmina",
        b"Maple3",
        b"Birch Street",
        b"Millbrook",
        served.office.seed,
        served.office.seed.hex().encode(),
    ]
    for path in served.settings.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [one for one in clear if one in content], path


def test_answers_do_not_wait_for_the_other_sides_acknowledgement() -> None:
    """A socket that the event loop did not make itself has it only when we say so: 40 ms on every answer."""
    from canvass_app.hq.serving import listen

    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()) as asking:
        answering, _ = listening.accept()
        with answering:
            assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert asking.getsockname() == answering.getpeername()


def test_what_is_malformed_is_told_to_nobody_without_a_pass(served: Hq) -> None:
    assert requests.get(f"{served.url}/v1/ridings/x/events", timeout=30).status_code == 401
