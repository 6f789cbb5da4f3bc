"""`canvass-hq serve`: the socket, TLS, logs and a graceful end."""

from __future__ import annotations

import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import structlog
import uvicorn
from starlette.datastructures import State

from canvass_app.domain.errors import Refused, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.storage.lock import InstanceLock
from canvass_app.sync.http import is_loopback

from .app import make_app
from .meters import Meters
from .office import Settings, open_office

GRACE_SECONDS = 20
"""What runs when the server is stopped has so long to finish."""

_EXPOSED = Text(
    "Headquarters would listen on {host} without protection. Give --tls-cert and --tls-key, or --behind-proxy when a "
    "proxy such as Caddy does the encryption. Nothing was started.",
    "Le quartier général écouterait sur {host} sans protection. Donnez --tls-cert et --tls-key, ou --behind-proxy si un "
    "mandataire comme Caddy chiffre les échanges. Rien n’a été démarré.",
)
_TAKEN = Text(
    "Port {port} on {host} cannot be opened; another program may use it. Choose another with --port.",
    "Impossible d’ouvrir le port {port} sur {host}; un autre programme l’utilise peut-être. Choisissez-en un autre "
    "avec --port.",
)
_NO_FILE = Text(
    "The certificate or its key cannot be read: “{name}”. Nothing was started.",
    "Le certificat ou sa clé est illisible : « {name} ». Rien n’a été démarré.",
)


@dataclass(frozen=True, slots=True)
class Where:
    """Where and how a server listens. Port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8321
    tls_cert: Path | None = None
    tls_key: Path | None = None
    behind_proxy: bool = False
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = None
    """Where /metrics is served by itself; None: only on the main port, to this machine, without a proxy."""
    console: bool = False
    """Whether the pages for people who log in are served."""

    @property
    def secure(self) -> bool:
        """Whether the server does the encryption itself."""
        return self.tls_cert is not None and self.tls_key is not None


class _Server(uvicorn.Server):
    """Tells when it listens, so that whoever started it need not ask again and again; says "not ready" before it ends."""

    def __init__(
        self, config: uvicorn.Config, state: State, started: Callable[[], None], drain_seconds: float
    ) -> None:
        super().__init__(config)
        self._state = state
        self._tell = started
        self._drain_seconds = drain_seconds
        self._stop_at = 0.0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._tell()

    def stop_soon(self) -> None:
        """Say "not ready" from now on, serve on for the time of the drain, then stop accepting."""
        if not self._state.draining:
            self._state.draining = True
            self._stop_at = time.monotonic() + self._drain_seconds
            structlog.get_logger("canvass_hq").info("stopping", seconds=self._drain_seconds)
        else:
            # Asked twice: at once.
            self._stop_at = 0.0
        if time.monotonic() >= self._stop_at:
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        if self._state.draining and time.monotonic() >= self._stop_at:
            self.should_exit = True
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Not raised once more afterwards: a server that was told to end has ended well.
        del frame
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.stop_soon()


def serve(
    settings: Settings,
    where: Where,
    *,
    drain_seconds: float = 0.0,
    announce: bool = False,
    end_with_input: bool = False,
) -> int:
    """Serve until told to stop; the exit code. `announce` prints {"url": ...} once it listens.

    Told to stop, it says "not ready" for `drain_seconds` (so that a balancer sends nothing more), stops accepting,
    and finishes what runs. Raises Refused or StorageProblem before anything is started.
    """
    if not is_loopback(where.host) and not where.secure and not where.behind_proxy:
        raise Refused(_EXPOSED.fill(host=where.host))
    for file in (where.tls_cert, where.tls_key):
        if file is not None and not file.is_file():
            raise Refused(_NO_FILE.fill(name=file.name))
    lock = InstanceLock(settings.folder)
    try:
        # Opened once before listening, so that a wrong passphrase is said in words and not by a dead server.
        open_office(settings).close()
        with listen(where.host, where.port) as listening:
            return _run(settings, listening, where, drain_seconds, announce, end_with_input)
    finally:
        lock.release()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose answers leave at once; port 0 takes a free one. Raises StorageProblem when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise StorageProblem(_TAKEN.fill(port=port, host=host), detail=str(error)) from error
    # Connections inherit it. The event loop sets it on sockets that it made itself alone; without it the second part of
    # every answer waits some 40 ms for the other side's acknowledgement of the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _run(
    settings: Settings,
    listening: socket.socket,
    where: Where,
    drain_seconds: float,
    announce: bool,
    end_with_input: bool,
) -> int:
    log = structlog.get_logger("canvass_hq")
    host, port = listening.getsockname()[:2]
    url = f"{'https' if where.secure else 'http'}://{_named(host)}:{port}"
    options: dict[str, Any] = {}
    if where.secure:
        options = {"ssl_certfile": str(where.tls_cert), "ssl_keyfile": str(where.tls_key)}
    app = make_app(
        settings,
        figures=not where.behind_proxy,
        console=where.console,
        secure=where.secure or where.behind_proxy,
    )
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=where.behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1" if where.behind_proxy else "",
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=30,
        limit_concurrency=1_000,
        **options,
    )
    with _figures(app.state.meters, where) as figures_url:

        def started() -> None:
            log.info("listening", url=url)
            if announce:
                said = {"url": url} | ({"metrics_url": figures_url} if figures_url else {})
                print(json.dumps(said), flush=True)

        server = _Server(config, app.state, started, drain_seconds)
        app.state.connections = lambda: len(server.server_state.connections)
        if end_with_input:
            threading.Thread(target=_end_with_input, args=(server,), name="hq-parent", daemon=True).start()
        if threading.current_thread() is threading.main_thread():
            # Before uvicorn's own and after them: no signal is lost, and none ends it in the middle.
            for one in (signal.SIGTERM, signal.SIGINT):
                signal.signal(one, server.handle_exit)
        server.run(sockets=[listening])
    log.info("stopped")
    return 0 if server.started else 1


@contextmanager
def _figures(meters: Meters, where: Where) -> Generator[str]:
    """Serve /metrics on a port of its own; its address, "" when there is none. Raises StorageProblem."""
    if where.metrics_port is None:
        yield ""
        return
    from prometheus_client import start_http_server

    # The library opens the port itself; tried first, so that one that is taken is told in words.
    listen(where.metrics_host, where.metrics_port).close()
    server, thread = start_http_server(where.metrics_port, where.metrics_host, meters.registry)
    try:
        yield f"http://{_named(where.metrics_host)}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _end_with_input(server: _Server) -> None:
    """Stop when standard input ends: the program that started this one is gone."""
    sys.stdin.buffer.read()
    server.stop_soon()
