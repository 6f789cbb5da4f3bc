"""`canvass-hq serve`: the socket, TLS, logs and a graceful end."""

from __future__ import annotations

import json
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
import uvicorn

from canvass_app.domain.errors import Refused, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.storage.lock import InstanceLock
from canvass_app.sync.http import is_loopback

from .app import make_app
from .office import Settings, open_office

GRACE_SECONDS = 20

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


def log_as_json(level: int = logging.INFO) -> None:
    """One JSON object a line on standard error, without names, numbers or addresses of people."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class _Server(uvicorn.Server):
    """Tells when it listens, so that whoever started it need not ask again and again."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._tell()


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    tls_cert: Path | None = None,
    tls_key: Path | None = None,
    behind_proxy: bool = False,
    announce: bool = False,
    end_with_input: bool = False,
) -> int:
    """Serve until told to stop; the exit code. `port` 0 takes a free one; `announce` prints {"url": ...} once it listens.

    Raises Refused or StorageProblem before anything is started.
    """
    secure = tls_cert is not None and tls_key is not None
    if not is_loopback(host) and not secure and not behind_proxy:
        raise Refused(_EXPOSED.fill(host=host))
    for file in (tls_cert, tls_key):
        if file is not None and not file.is_file():
            raise Refused(_NO_FILE.fill(name=file.name))
    lock = InstanceLock(settings.folder)
    try:
        # Opened once before listening, so that a wrong passphrase is said in words and not by a dead server.
        open_office(settings).close()
        listening = _listen(host, port)
        with listening:
            return _run(
                settings, listening, secure, tls_cert, tls_key, behind_proxy, announce, end_with_input
            )
    finally:
        lock.release()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise StorageProblem(_TAKEN.fill(port=port, host=host), detail=str(error)) from error


def _run(
    settings: Settings,
    listening: socket.socket,
    secure: bool,
    tls_cert: Path | None,
    tls_key: Path | None,
    behind_proxy: bool,
    announce: bool,
    end_with_input: bool,
) -> int:
    log = structlog.get_logger("canvass_hq")
    host, port = listening.getsockname()[:2]
    url = f"{'https' if secure else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"
    options: dict[str, Any] = {}
    if secure:
        options = {"ssl_certfile": str(tls_cert), "ssl_keyfile": str(tls_key)}
    config = uvicorn.Config(
        make_app(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1" if behind_proxy else "",
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=30,
        limit_concurrency=1_000,
        **options,
    )

    def started() -> None:
        log.info("listening", url=url)
        if announce:
            print(json.dumps({"url": url}), flush=True)

    server = _Server(config, started)
    if end_with_input:
        threading.Thread(target=_end_with_input, args=(server,), name="hq-parent", daemon=True).start()
    _end_quietly()
    server.run(sockets=[listening])
    log.info("stopped")
    return 0 if server.started else 1


def _end_quietly() -> None:
    """uvicorn raises the signal that ended it once more; by then everything is closed, and this lets it pass."""
    if threading.current_thread() is threading.main_thread():
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda _number, _frame: None)


def _end_with_input(server: uvicorn.Server) -> None:
    """Stop when standard input ends: the program that started this one is gone."""
    sys.stdin.buffer.read()
    server.should_exit = True
