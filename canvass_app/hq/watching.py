"""How headquarters is doing: what /readyz and /metrics answer, and the measuring of every request."""

from __future__ import annotations

import shutil
from concurrent.futures import TimeoutError as LateError
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg
import structlog

from canvass_app.domain.errors import CanvassError
from canvass_app.storage.postgres import retries
from canvass_app.sync.http import is_loopback

from .meters import Look, Meters
from .office import Office

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from .app import Desk

Ridings = dict[int, tuple[int, int]]
"""riding_id -> (its last number, the number up to which it is folded)."""

LOOK_SECONDS = 3.0
"""After this long a database that says nothing counts as away."""
HEALTH = frozenset({"/healthz", "/readyz", "/metrics"})
# What a proxy adds to a request that is not its own.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_log = structlog.get_logger("canvass_hq")


def ridings_now(office: Office) -> Ridings | None:
    """How far each riding has come and is folded; None when the database is away."""
    try:
        rows = office.read().query(
            "SELECT c.riding_id, c.last_sequence, COALESCE(p.through, 0) FROM riding_counter c"
            " LEFT JOIN projector p ON p.riding_id = c.riding_id"
        )
    except (CanvassError, psycopg.Error):
        return None
    return {int(riding_id): (int(last), int(through)) for riding_id, last, through in rows}


def look(app: FastAPI, folder: Path) -> Look:
    """The state for /metrics. Not on the event loop: it may wait for the database."""
    ready = app.state.ready and not app.state.draining
    free = None
    with suppress(OSError):
        free = shutil.disk_usage(folder).free
    desk: Desk | None = getattr(app.state, "desk", None)
    if desk is None or not app.state.ready:
        return Look(False, False, disk_free=free, retries=retries())
    try:
        ridings = desk.ask().result(LOOK_SECONDS)
    except LateError:
        ridings = None
    return Look(
        ready and ridings is not None,
        ridings is not None,
        ridings or {},
        desk.office.database.open_connections(),
        app.state.connections(),
        retries(),
        free,
    )


def may_see_figures(request: Request) -> bool:
    """Whether a request for /metrics comes from this machine, to this machine, and through no proxy."""
    if not request.app.state.figures or any(name in request.headers for name in _FORWARDED):
        return False
    host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
    return request.client is not None and is_loopback(request.client.host) and is_loopback(host)


def route_of(scope: Any) -> str:
    """A request's pattern, never the address itself: an address may name a list or a device. "" when none fits."""
    return str(getattr(scope.get("route"), "path", ""))


class Measured:
    """Times every request and writes one line of log about it, health checks left out."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app = app
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        start = perf_counter()

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._meters.running.inc()
        try:
            await self._app(scope, receive, note)
        finally:
            seconds = perf_counter() - start
            route = route_of(scope)
            self._meters.running.dec()
            self._meters.answered(scope["method"], route, status, seconds)
            if route not in HEALTH:
                method = scope["method"] if route else ""
                _log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))
