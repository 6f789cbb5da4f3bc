"""The only place that speaks HTTP: one session, bounded in time and size, that trusts nobody's surroundings."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from canvass_app import __version__
from canvass_app.domain.errors import Refused, SyncProblem

from .codec import BadMessage, expand, squeeze
from .messages import CONTENT_TYPE, MAX_FRAME_BYTES
from .passes import Pass, has_expired
from .problems import INSECURE, NOT_AN_ADDRESS, NotHeadquarters, SyncStopped, TimedOut, Unreachable, Untrusted
from .steps import Answer, Call, Steps, drive

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    import requests
    from urllib3.connection import HTTPConnection

_T = TypeVar("_T")
CONNECT_SECONDS = 10.0
_BITE = 1 << 16


def checked_address(url: str) -> str:
    """The address of a headquarters without a trailing slash.

    Raises Refused for anything but https, except plain http to this very machine.
    """
    text = url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, None
    if parts is None or not host or parts.scheme not in ("http", "https") or parts.username or parts.query:
        raise Refused(NOT_AN_ADDRESS.fill(url=url.strip()))
    if parts.scheme == "http" and not is_loopback(host):
        raise Refused(INSECURE)
    return text


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine without asking anybody."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Link:
    """A connection to one headquarters. Not shared between threads."""

    def __init__(
        self,
        url: str,
        own: Pass | None = None,
        *,
        ca: str = "",
        timer: Callable[[], float] = time.monotonic,
        patience: float = 1.0,
    ) -> None:
        """`own`: this laptop's pass, once it has joined. `ca`: a file with the campaign's own certificate authority, when
        it has one. `patience` times each call's."""
        import requests
        from requests.adapters import HTTPAdapter

        self._url = checked_address(url)
        self._pass, self._ca = own, ca
        self._timer = timer
        self._patience = patience
        self._stopped = False
        self._second: Link | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._coming: tuple[Call, Future[Answer]] | None = None
        self._connections: list[HTTPConnection] = []
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            adapter = HTTPAdapter()
            adapter.poolmanager.pool_classes_by_scheme = {
                "http": self._watched,
                "https": self._watched_secure,
            }
            self._session.mount(scheme, adapter)
        # Proxies, .netrc and certificates of the surroundings are not the campaign's.
        self._session.trust_env = False
        self._session.verify = ca or True
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": f"canvass-app/{__version__}",
                "Accept": CONTENT_TYPE,
                "Accept-Encoding": "zstd, gzip",
            }
        )

    def run(self, steps: Steps[_T]) -> _T:
        """Drive steps over this link."""
        return drive(steps, self.send)

    def ahead(self, call: Call) -> None:
        """Begin a call that `send` is about to be asked for, on a connection and a thread of its own.

        Nothing comes of it unless `send` gets that very call next.
        """
        from concurrent.futures import ThreadPoolExecutor

        if self._coming is not None and self._coming[0] == call:
            return
        if self._second is None or self._thread is None:
            self._second = Link(
                self._url, self._pass, ca=self._ca, timer=self._timer, patience=self._patience
            )
            self._thread = ThreadPoolExecutor(1, "sync-ahead")
        if not self._stopped:
            self._coming = call, self._thread.submit(self._second.send, call)

    def send(self, call: Call) -> Answer:
        """One request and its whole answer. Raises Unreachable, TimedOut, NotHeadquarters or SyncStopped."""
        import requests

        self._go_on()
        coming, self._coming = self._coming, None
        if coming is not None and coming[0] == call:
            try:
                answer = coming[1].result()
            finally:
                self._go_on()
            return answer
        try:
            try:
                answer = self._shown(call)
            except Unreachable as broken:
                if not isinstance(broken.__cause__, requests.ConnectionError):
                    raise
                self._go_on()
                # A kept connection that the other side closed meanwhile; every call may be repeated.
                answer = self._shown(call)
        except SyncProblem:
            self._go_on()
            raise
        # An answer that came while it was stopped is not acted upon: the call is made again another time.
        self._go_on()
        return answer

    def stop(self) -> None:
        """From any thread: the call under way ends now, with SyncStopped, and no other is begun."""
        self._stopped = True
        if self._second is not None:
            self._second.stop()
        for connection in list(self._connections):
            line = connection.sock
            if line is not None:
                # It may be gone by now.
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def _go_on(self) -> None:
        if self._stopped:
            raise SyncStopped

    def _watched(self, *where: Any, **how: Any) -> Any:
        from urllib3.connectionpool import HTTPConnectionPool

        return self._watch(HTTPConnectionPool(*where, **how))

    def _watched_secure(self, *where: Any, **how: Any) -> Any:
        from urllib3.connectionpool import HTTPSConnectionPool

        return self._watch(HTTPSConnectionPool(*where, **how))

    def _watch(self, pool: Any) -> Any:
        """Keep hold of the connections that a pool makes: whoever stops the call cuts them."""
        make = pool.ConnectionCls

        def connect(*where: Any, **how: Any) -> Any:
            made = make(*where, **how)
            self._connections.append(made)
            return made

        pool.ConnectionCls = connect
        return pool

    def _shown(self, call: Call) -> Answer:
        """Send with this laptop's pass; once more with the next one when its time is over."""
        own = self._pass
        if own is None:
            return self._send(call)
        token = own.token
        answer = self._send(call, token)
        if not has_expired(answer):
            return answer
        own.renew(token, self._send)
        return self._send(call, own.token)

    def _send(self, call: Call, token: str = "") -> Answer:
        import requests

        headers: dict[str, str] = {"Authorization": f"Bearer {token}"} if token else {}
        body: bytes | None = None
        if call.body is not None:
            headers |= {"Content-Type": CONTENT_TYPE, "Content-Encoding": "zstd"}
            body = squeeze(call.body)
        seconds = call.patience * self._patience
        deadline = self._timer() + seconds
        try:
            with self._session.request(
                call.method,
                self._url + call.path,
                data=body,
                headers=headers,
                timeout=(CONNECT_SECONDS, seconds),
                allow_redirects=False,
                stream=True,
            ) as response:
                return self._read(response, deadline)
        except requests.Timeout as error:
            raise TimedOut(str(error)) from error
        except requests.exceptions.SSLError as error:
            raise Untrusted(str(error)) from error
        except requests.ConnectionError as error:
            raise Unreachable(str(error)) from error
        except requests.RequestException as error:
            raise Unreachable(str(error)) from error

    def _read(self, response: requests.Response, deadline: float) -> Answer:
        from urllib3.exceptions import HTTPError, ReadTimeoutError

        parts: list[bytes] = []
        size = 0
        try:
            # One read of the socket at a time: a trickle would fill a larger bite for hours before the clock is looked at.
            while part := response.raw.read1(_BITE, decode_content=False):
                parts.append(part)
                size += len(part)
                if size > MAX_FRAME_BYTES:
                    raise NotHeadquarters("an endless answer")
                if self._timer() > deadline:
                    raise TimedOut("a trickle")
        except ReadTimeoutError as error:
            raise TimedOut(str(error)) from error
        except HTTPError as error:
            raise Unreachable(str(error)) from error
        kind = response.headers.get("Content-Type", "")
        if not kind.startswith("application/vnd.canvass."):
            return Answer(response.status_code, kind, b"")
        try:
            plain = expand(b"".join(parts), response.headers.get("Content-Encoding", ""))
        except BadMessage as error:
            raise NotHeadquarters(str(error)) from error
        return Answer(response.status_code, kind, plain)

    def close(self) -> None:
        """Let the connections go; a call that was begun ahead for nothing is cut."""
        if self._second is not None and self._thread is not None:
            self._second.stop()
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._second.close()
        self._session.close()
