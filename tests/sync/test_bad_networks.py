"""Bad networks: whatever happens on the way, nothing leaves the outbox without a receipt and nothing counts twice."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import CanvassError, Refused, SyncProblem
from canvass_app.hq.doctor import projection_digests
from canvass_app.services.book import Book
from canvass_app.services.syncing import join, pass_of, sync_now, sync_status
from canvass_app.sync import http
from canvass_app.sync.codec import pack
from canvass_app.sync.exchange import exchange_ridings, greet
from canvass_app.sync.http import Link
from canvass_app.sync.messages import RosterPart
from canvass_app.sync.problems import NotHeadquarters, TimedOut, Unreachable
from canvass_app.sync.replica import Replica
from canvass_app.sync.steps import Answer, Call, drive
from tests.hq.kit import RIDING, Hq, add_street, hq_log, knock, knock_often, laptop_log, running_hq


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Hq]:
    """The network is the subject here, not HQ's database: SQLite alone."""
    yield from running_hq(tmp_path / "hq")


def replica(book: Book) -> Replica:
    ticks = iter(range(1 << 30))
    return Replica(
        database=book.database,
        device_id=book.device_id,
        clock=book.clock,
        time_zone=book.time_zone,
        hq_key=bytes.fromhex(book.meta("hq_key")),
        timer=lambda: next(ticks) * 0.001,
    )


def exchange(book: Book, send: Callable[[Call], Answer]) -> Any:
    me = replica(book)
    hello = drive(greet(me), send)
    return drive(exchange_ridings(me, hello), send)


@contextmanager
def link_of(book: Book) -> Iterator[Link]:
    link = Link(book.meta("hq_url"), pass_of(book))
    try:
        yield link
    finally:
        link.close()


def test_case_3_a_lost_reply_costs_one_batch_sent_again(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    knock_often(book, 50)
    pushes: list[int] = []
    with link_of(book) as link:

        def lossy(call: Call) -> Answer:
            answer = link.send(call)
            if call.method == "POST" and call.path.endswith("/events"):
                pushes.append(answer.status)
                if len(pushes) == 1:
                    raise Unreachable("the reply was lost")
            return answer

        with pytest.raises(Unreachable):
            exchange(book, lossy)
        assert hq.numbers() == (51, 51, 51)
        assert sync_status(book).pending_events == 51
        done = exchange(book, lossy)
    assert (done.pushed, len(pushes)) == (51, 2)
    assert hq.numbers() == (51, 51, 51)
    assert sync_status(book).pending_events == 0
    assert book.read().query("SELECT COUNT(*), MAX(riding_sequence) FROM event") == [(51, 51)]


def test_every_single_answer_may_be_lost_and_the_queue_drains(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    knock_often(one, 30)
    knock(two, 3)
    failures = 0
    for book in (one, two, one):
        lost = -1
        with link_of(book) as link:
            while True:
                calls = iter(range(1 << 30))
                lost += 1

                def lossy(
                    call: Call, calls: Iterator[int] = calls, lost: int = lost, link: Link = link
                ) -> Answer:
                    answer = link.send(call)
                    if next(calls) == lost:
                        raise Unreachable("lost")
                    return answer

                try:
                    exchange(book, lossy)
                    break
                except Unreachable:
                    failures += 1
    assert failures > 8
    assert laptop_log(one) == laptop_log(two) == hq_log(hq)
    assert hq.numbers() == (32, 32, 32)
    assert projection_digests(one.read(), RIDING) == projection_digests(two.read(), RIDING)


def test_slow_networks_get_smaller_batches(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    knock_often(book, 700)
    sizes: list[int] = []
    from canvass_app.sync.codec import unpack
    from canvass_app.sync.messages import Batch

    with link_of(book) as link:

        def slow(call: Call) -> Answer:
            if call.method == "POST" and call.path.endswith("/events") and call.body is not None:
                sizes.append(len(unpack(Batch, call.body).events))
                if sizes[-1] > 200:
                    raise TimedOut("too much")
            return link.send(call)

        done = exchange(book, slow)
    assert done.pushed == 701
    assert sizes[:4] == [500, 250, 125, 250]
    assert hq.numbers() == (701, 701, 701)


def test_a_network_that_never_answers_is_given_back_to_the_timer(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    knock(book, 1)
    calls = 0
    with link_of(book) as link:

        def dead(call: Call) -> Answer:
            nonlocal calls
            calls += 1
            if call.path.endswith("/events"):
                raise TimedOut("silence")
            return link.send(call)

        with pytest.raises(TimedOut):
            exchange(book, dead)
    assert calls < 12
    assert sync_status(book).pending == 1


# --- something else answers ---------------------------------------------------------------------------


class Impostor:
    """A listener that answers every request with the same bytes."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.paths: list[str] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                head = connection.recv(65_536)
                if head == b"end":
                    return
                self.paths.append(head.split(b" ", 2)[1].decode() if b" " in head else "")
                connection.sendall(self._answer)

    def close(self) -> None:
        host, port = self._socket.getsockname()
        with socket.create_connection((host, port)) as last:
            last.sendall(b"end")
        self._thread.join()
        self._socket.close()


def http_answer(body: bytes, kind: str, status: str = "200 OK", *more: str) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


PORTAL = b"<html><body><h1>Welcome to Maple Cafe Wi-Fi</h1></body></html>"
IMPOSTORS = {
    "a captive portal with status 200": http_answer(PORTAL, "text/html; charset=utf-8"),
    "a portal that redirects": http_answer(b"", "text/html", "302 Found", "Location: /login"),
    "a portal that denies": http_answer(PORTAL, "text/html", "401 Unauthorized"),
    "a portal that forbids": http_answer(PORTAL, "text/html", "403 Forbidden"),
    "an empty success": http_answer(b"", "application/octet-stream"),
    "no content": http_answer(b"", "text/plain", "204 No Content"),
    "HTML that claims to be ours": http_answer(PORTAL, "application/vnd.canvass.sync+msgpack", "200 OK", "Content-Encoding: zstd"),
    "JSON": http_answer(b'{"acked_through": 99}', "application/json"),
    "a proxy's complaint": http_answer(PORTAL, "text/html", "502 Bad Gateway"),
    "half an answer": http_answer(PORTAL, "application/vnd.canvass.sync+msgpack")[:-20],
    "not HTTP at all": b"SSH-2.0-OpenSSH_9.2\r\n",
    "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("what", IMPOSTORS)
def test_case_23_a_captive_portal_is_no_receipt(hq: Hq, new_laptop: Any, what: str) -> None:
    book = new_laptop(hq)
    knock(book, 1)
    columns = "riding_id, cursor, pulled_through, events, digest, last_receipt"
    state = f"SELECT {columns} FROM sync_state"
    before = book.read().query(state), book.read().query("SELECT * FROM device_log")
    impostor = Impostor(IMPOSTORS[what])
    book.set_meta("hq_url", impostor.url)
    try:
        with pytest.raises(SyncProblem) as problem:
            sync_now(book)
        # Only the events' own step, as if the greeting had still gone through.
        with pytest.raises(SyncProblem), link_of(book) as wrong:
            _push_through(hq, book, wrong)
    finally:
        impostor.close()
    assert problem.value.text.fr
    assert sync_status(book).pending_events == 1
    assert (book.read().query(state), book.read().query("SELECT * FROM device_log")) == before
    assert "/login" not in impostor.paths
    book.set_meta("hq_url", hq.url)
    assert sync_now(book).pushed == 1


def _push_through(hq: Hq, book: Book, wrong: Link) -> None:
    book_url = book.meta("hq_url")
    right = Link(hq.url, pass_of(book))
    try:
        exchange(book, lambda call: (right if call.path == "/v1/ridings" else wrong).send(call))
    finally:
        right.close()
        assert book.meta("hq_url") == book_url


def test_a_receipt_by_another_headquarters_empties_nothing(hq: Hq, new_laptop: Any, tmp_path: Path) -> None:
    book = new_laptop(hq)
    knock(book, 1)
    book.set_meta("hq_key", "11" * 32)
    with pytest.raises(SyncProblem) as problem:
        sync_now(book)
    assert "signed" in problem.value.text.en
    assert sync_status(book).pending_events == 1


def test_a_receipt_for_something_else_empties_nothing(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    knock(one, 1)
    knock(two, 1)
    receipts: list[Answer] = []
    with link_of(one) as link:

        def keep(call: Call) -> Answer:
            answer = link.send(call)
            if call.method == "POST" and call.path.endswith("/events"):
                receipts.append(answer)
            return answer

        exchange(one, keep)
    with link_of(two) as link:

        def swap(call: Call) -> Answer:
            return receipts[0] if call.method == "POST" and call.path.endswith("/events") else link.send(call)

        with pytest.raises(SyncProblem):
            exchange(two, swap)
    assert sync_status(two).pending_events == 1


def test_a_tampered_roster_is_not_used_and_is_fetched_again(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.sync.codec import unpack

    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    sync_now(one)
    with link_of(two) as link:

        def tamper(call: Call) -> Answer:
            answer = link.send(call)
            if "/chunks" not in call.path:
                return answer
            part = unpack(RosterPart, answer.body)
            first = part.chunks[0]
            rows = first.rows.replace(b"Birch Street", b"Bench Street").replace(b"Maple1", b"Poplar")
            changed = type(first)(number=0, first_key=first.first_key, leaves=first.leaves, rows=rows)
            return answer._replace(body=pack(RosterPart(chunks=[changed, *part.chunks[1:]])))

        with pytest.raises(SyncProblem):
            exchange(two, tamper)
        assert two.read().query("SELECT COUNT(*) FROM door") == [(0,)]
        exchange(two, link.send)
    assert two.read().query("SELECT COUNT(*) FROM door") == [(40,)]


def test_a_laptop_that_was_copied_or_restored_is_told_so(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    for number in range(1, 4):
        knock(book, number)
    sync_now(book)
    with book.database.write() as db:
        db.run("DELETE FROM event WHERE device_seq = 3")
        db.run("UPDATE device_log SET last_seq = 2, acked_through = 2")
    old = book.device_id
    with pytest.raises(Refused) as problem:
        sync_now(book)
    assert "copied" in problem.value.text.en
    assert book.device_id != old
    assert hq.numbers() == (3, 3, 3)
    join(book, hq.url, hq.code(), "Again")
    sync_now(book)
    # Its own third knock came back, and nothing is there twice.
    assert laptop_log(book) == hq_log(hq)
    assert book.read().query("SELECT COUNT(*) FROM attempt") == [(3,)]


def test_a_laptop_that_lost_an_event_finds_out_and_fetches_it_again(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    knock_often(one, 20)
    sync_now(one)
    sync_now(two)
    with two.database.write() as db:
        db.run("DELETE FROM event WHERE device_seq = 7")
        db.run("UPDATE sync_state SET events = 3, digest = '00'")
    knock(one, 5)
    sync_now(one)
    sync_now(two)
    assert laptop_log(two) == hq_log(hq)
    assert projection_digests(one.read(), RIDING) == projection_digests(two.read(), RIDING)


def test_nobody_listening_is_said_in_words(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    knock(book, 1)
    hq.stop()
    with pytest.raises(Unreachable) as problem:
        sync_now(book)
    assert "saved on this computer" in problem.value.text.en
    assert sync_status(book).pending == 1
    hq.start()


def test_who_has_not_joined_is_told_how(new_laptop: Any) -> None:
    book = new_laptop()
    knock(book, 1)
    with pytest.raises(CanvassError) as refused:
        sync_now(book)
    assert "Join" in refused.value.text.en
    assert sync_status(book).pending == 1


def test_joining_another_campaign_changes_nothing(hq: Hq, new_laptop: Any, tmp_path: Path) -> None:
    book = new_laptop(hq)
    token = book.meta("hq_token")
    other = running_hq(tmp_path / "other")
    elsewhere = next(other)
    with pytest.raises(CanvassError) as refused:
        join(book, elsewhere.url, elsewhere.code(), "Laptop")
    assert hq.url in refused.value.text.fr
    assert book.meta("hq_token") == token
    assert next(other, None) is None


def test_proxies_of_the_surroundings_are_not_asked(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = new_laptop(hq)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    knock(book, 1)
    assert sync_now(book).pushed == 1


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_FRAME_BYTES", 1 << 20)
    impostor = Impostor(http_answer(bytes(2 << 20), "application/vnd.canvass.sync+msgpack"))
    link = Link(impostor.url)
    try:
        with pytest.raises(NotHeadquarters):
            link.send(Call("GET", "/v1/ridings"))
    finally:
        link.close()
        impostor.close()


def test_a_trickle_ends_at_the_deadline() -> None:
    seconds = iter([0.0, 100.0, 200.0])
    impostor = Impostor(http_answer(bytes(300_000), "application/vnd.canvass.sync+msgpack"))
    link = Link(impostor.url, timer=lambda: next(seconds))
    try:
        with pytest.raises(TimedOut):
            link.send(Call("GET", "/v1/ridings"))
    finally:
        link.close()
        impostor.close()
