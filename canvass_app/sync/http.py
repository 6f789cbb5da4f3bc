"""The only place that speaks HTTP: one session, bounded in time and size, that trusts nobody's surroundings."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from canvass_app import __version__
from canvass_app.domain.errors import Refused

from .codec import BadMessage, expand, squeeze
from .messages import CONTENT_TYPE, MAX_FRAME_BYTES
from .problems import INSECURE, NOT_AN_ADDRESS, NotHeadquarters, TimedOut, Unreachable
from .steps import Answer, Call, Steps, drive

if TYPE_CHECKING:
    import requests

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
        token: str = "",
        *,
        ca: str = "",
        timer: Callable[[], float] = time.monotonic,
        patience: float = 1.0,
    ) -> None:
        """`ca`: a file with the campaign's own certificate authority, when it has one. `patience` times each call's."""
        import requests

        self._url = checked_address(url)
        self._timer = timer
        self._patience = patience
        self._session = requests.Session()
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
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def run(self, steps: Steps[_T]) -> _T:
        """Drive steps over this link."""
        return drive(steps, self.send)

    def send(self, call: Call) -> Answer:
        """One request and its whole answer. Raises Unreachable, TimedOut or NotHeadquarters."""
        import requests

        try:
            return self._send(call)
        except Unreachable as broken:
            if not isinstance(broken.__cause__, requests.ConnectionError):
                raise
            # A kept connection that the other side closed meanwhile; every call may be repeated.
            return self._send(call)

    def _send(self, call: Call) -> Answer:
        import requests

        headers: dict[str, str] = {}
        body: bytes | None = None
        if call.body is not None:
            headers = {"Content-Type": CONTENT_TYPE, "Content-Encoding": "zstd"}
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
        """Let the connection go."""
        self._session.close()
