"""A loopback proxy between laptops and headquarters that spoils what it is told to spoil, one request at a time.

It reads a request whole, asks its plan what shall happen to it, and does that on real sockets. Nothing in it sleeps:
a stall lasts until the laptop has given up or the proxy is closed.
"""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

PORTAL = b"<html><body><h1>Welcome to Maple Cafe Wi-Fi</h1><form action=/login></form></body></html>"
FATES = (
    "cut", "reset", "stall", "lose", "cut_answer", "reset_answer", "stall_answer", "trickle", "twice", "late",
    "portal", "redirect", "gateway",
)  # fmt: skip
TRICKLE_SECONDS = 0.02
_LENGTH = re.compile(rb"(?im)^content-length:\s*(\d+)\s*$")


class Fate(NamedTuple):
    """What happens to a request. `at`: after how many bytes of it (or of its answer); "ok" lets it pass."""

    kind: str = "ok"
    at: int = 0


class Asked(NamedTuple):
    """A request on its way: its place among all, its first line, and its bytes with the head."""

    number: int
    method: str
    path: str
    data: bytes

    @property
    def push(self) -> bool:
        """Whether it carries events to headquarters."""
        return self.method == "POST" and self.path.endswith("/events")


Plan = Callable[[Asked], Fate]


def seeded(seed: int, share: float = 0.5, most: int = 1 << 30) -> Plan:
    """A plan by chance: `share` of the requests meet a fault, and at most `most` of them."""
    dice = random.Random(seed)
    left = most

    def plan(asked: Asked) -> Fate:
        nonlocal left
        if left <= 0 or dice.random() >= share:
            return Fate()
        left -= 1
        return Fate(dice.choice(FATES), dice.randrange(len(asked.data) + 1))

    return plan


class Proxy:
    """Listens on a free loopback port and forwards to `upstream`, which may be changed while it runs."""

    def __init__(self, upstream: str, plan: Plan = lambda _: Fate()) -> None:
        self.upstream = upstream
        self.plan = plan
        self.done: list[tuple[Asked, Fate]] = []
        """Every request and what happened to it, in order of arrival."""
        self.answers: list[bytes] = []
        """Headquarters' answers, whole."""
        self.on_forward: Callable[[Asked], None] = lambda _: None
        """Called when the whole of a request is on its way to headquarters."""
        self._late: list[bytes] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._handlers: list[threading.Thread] = []
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, name="fault-proxy")
        self._thread.start()

    def count(self, kind: str) -> int:
        """How many requests met that fate."""
        return sum(fate.kind == kind for _, fate in self.done)

    @property
    def faults(self) -> int:
        """How many requests did not simply pass."""
        return sum(fate.kind != "ok" for _, fate in self.done)

    def close(self) -> None:
        """Stop listening and let every connection go."""
        self._closing.set()
        socket.create_connection(self._socket.getsockname()).close()
        self._thread.join()
        self._socket.close()
        with self._lock:
            for one in self._open:
                _shut(one)
        for handler in self._handlers:
            handler.join()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- threads ------------------------------------------------------------------------------------

    def _accept(self) -> None:
        while True:
            client, _ = self._socket.accept()
            if self._closing.is_set():
                client.close()
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.add(client)
                self._handlers = [one for one in self._handlers if one.is_alive()]
                handler = threading.Thread(target=self._serve, args=(client,), name="fault-proxy-client")
                self._handlers.append(handler)
            handler.start()

    def _serve(self, client: socket.socket) -> None:
        try:
            while not self._closing.is_set():
                data = _read_message(client)
                if not data:
                    return
                method, path = data.split(b" ", 2)[:2]
                with self._lock:
                    asked = Asked(len(self.done), method.decode(), path.decode(), data)
                    fate = self.plan(asked)
                    self.done.append((asked, fate))
                    late, self._late = self._late, []
                if not self._fulfil(client, asked, fate):
                    return
                for one in late:
                    self.ask(one)
        except OSError:
            return
        finally:
            with self._lock:
                self._open.discard(client)
            client.close()

    def _fulfil(self, client: socket.socket, asked: Asked, fate: Fate) -> bool:
        """Do what is to happen to one request; whether the connection goes on."""
        match fate.kind:
            case "ok":
                answer = self.ask(asked.data, asked)
                client.sendall(answer)
                return bool(answer)
            case "cut" | "reset" | "stall":
                with self._dial() as upstream:
                    upstream.sendall(asked.data[: fate.at])
                    if fate.kind == "stall":
                        _wait_until_gone(client)
                    elif fate.kind == "reset":
                        _reset_when_closed(client)
                        _reset_when_closed(upstream)
            case "lose":
                self.ask(asked.data, asked)
            case "cut_answer" | "reset_answer" | "stall_answer":
                answer = self.ask(asked.data, asked)
                client.sendall(answer[: fate.at % (len(answer) or 1)])
                if fate.kind == "stall_answer":
                    _wait_until_gone(client)
                elif fate.kind == "reset_answer":
                    _reset_when_closed(client)
            case "trickle":
                self._trickle(client, self.ask(asked.data, asked))
            case "twice":
                self.ask(asked.data, asked)
                answer = self.ask(asked.data, asked)
                client.sendall(answer)
                return bool(answer)
            case "late":
                with self._lock:
                    self._late.append(asked.data)
            case "portal":
                client.sendall(_page(b"200 OK", PORTAL))
            case "redirect":
                client.sendall(_page(b"302 Found\r\nLocation: /login", PORTAL))
            case "gateway":
                client.sendall(_page(b"502 Bad Gateway", b"<html>upstream went away</html>"))
            case other:
                raise AssertionError(other)
        return False

    def _trickle(self, client: socket.socket, answer: bytes) -> None:
        """The head at once, then a byte now and then, until the laptop has had enough."""
        head, _, body = answer.partition(b"\r\n\r\n")
        client.sendall(head + b"\r\n\r\n")
        for place in range(len(body)):
            client.sendall(body[place : place + 1])
            if self._closing.wait(TRICKLE_SECONDS):
                return

    # --- headquarters' side -------------------------------------------------------------------------

    def _dial(self) -> socket.socket:
        parts = urlsplit(self.upstream)
        upstream = socket.create_connection((parts.hostname or "", parts.port or 80))
        upstream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return upstream

    def ask(self, data: bytes, asked: Asked | None = None) -> bytes:
        """The whole answer to a request; b"" when headquarters gave none."""
        try:
            with self._dial() as upstream:
                with self._lock:
                    self._open.add(upstream)
                try:
                    upstream.sendall(data)
                    if asked is not None:
                        self.on_forward(asked)
                    answer = _read_message(upstream)
                finally:
                    with self._lock:
                        self._open.discard(upstream)
        except OSError:
            return b""
        with self._lock:
            self.answers.append(answer)
        return answer


def _read_message(source: socket.socket) -> bytes:
    """A request or an answer with a Content-Length, whole; b"" when the other side went away before its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = source.recv(1 << 16)
        if not part:
            return b""
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    parts, left = [data], (int(length.group(1)) if length else 0) - len(rest)
    while left > 0:
        part = source.recv(1 << 16)
        if not part:
            return b""
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _page(status: bytes, body: bytes) -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
    return head % (status, len(body)) + body


def _wait_until_gone(client: socket.socket) -> None:
    """Say nothing until the other side hangs up."""
    while client.recv(1 << 16):
        continue


def _reset_when_closed(one: socket.socket) -> None:
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _shut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
