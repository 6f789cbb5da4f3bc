"""The server: routes and what surrounds them. Each route reads its message, asks one function, packs its answer.

Requests run on a few threads of their own, because each thread keeps a database connection.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import psycopg
import structlog
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from canvass_app import __version__
from canvass_app.domain.errors import CanvassError, StorageProblem
from canvass_app.storage.postgres import PostgresDatabase
from canvass_app.sync.codec import pack, squeeze
from canvass_app.sync.messages import PROBLEM_TYPE, Problem

from .auditing import Scribe
from .devices import WrongCodes
from .logging_in import Door
from .meters import Meters
from .office import Office, Settings, open_office
from .policy import admit, declared
from .projecting import Projector
from .refusals import No, bad_request, busy, not_found
from .routes import router
from .watching import Measured, Ridings, look, ridings_now, route_of
from .web.asking import PLACE, LogInFirst
from .web.routes import web
from .web.showing import lead_to, refusal

THREADS = 8
PAGE_THREADS = 2
"""Of the pages for people, so that they take none of those that laptops wait for."""
STATEMENT_SECONDS = 120
"""No statement of a served request takes so long; one that does holds a lock that others wait for."""
_T = TypeVar("_T")
_log = structlog.get_logger("canvass_hq")


class Desk:
    """What a running server holds besides the office."""

    def __init__(self, office: Office, meters: Meters) -> None:
        self.office = office
        self.meters = meters
        office.on_taken = meters.taken
        if isinstance(office.database, PostgresDatabase):
            office.database.limit_statements(STATEMENT_SECONDS)
        self.wrong_codes = WrongCodes()
        self.projector = Projector(office)
        self.scribe = Scribe(office)
        self._threads = ThreadPoolExecutor(THREADS, "hq-work")
        # Of its own, so that a server whose threads all wait still says how it is.
        self._watch = ThreadPoolExecutor(1, "hq-watch")
        self._pages = ThreadPoolExecutor(PAGE_THREADS, "hq-page")
        self.door = Door(office)
        self._asking = threading.Lock()
        self._asked: Future[Ridings | None] | None = None

    async def work(self, function: Callable[..., _T], *arguments: Any) -> _T:
        """Run a blocking function on one of the server's threads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)

    async def show(self, function: Callable[..., _T], *arguments: Any) -> _T:
        """Run a blocking function for a page."""
        return await asyncio.get_running_loop().run_in_executor(self._pages, function, *arguments)

    def ask(self) -> Future[Ridings | None]:
        """How far each riding has come, or None when the database is away; one question at a time."""
        with self._asking:
            if self._asked is None or self._asked.done():
                self._asked = self._watch.submit(ridings_now, self.office)
            return self._asked

    def close(self) -> None:
        """Finish what runs, then close the office."""
        self.door.close()
        self._pages.shutdown(wait=True)
        self._threads.shutdown(wait=True)
        self._watch.shutdown(wait=True, cancel_futures=True)
        self.projector.stop()
        self.office.close()


def make_app(
    settings: Settings, *, figures: bool = False, console: bool = False, secure: bool = False
) -> FastAPI:
    """The application; it opens headquarters when it starts and closes it when it stops.

    `figures`: whether /metrics is answered, to programs on this machine that ask without a proxy. `console`: whether the
    pages for people are; `secure`: whether browsers reach them by https.
    """
    meters = Meters("postgresql" if settings.database_url else "sqlite")

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncGenerator[None]:
        desk = Desk(await asyncio.to_thread(open_office, settings), meters)
        await desk.work(desk.projector.start)
        app.state.desk = desk
        app.state.ready = True
        try:
            yield
        finally:
            app.state.ready = False
            await asyncio.to_thread(desk.close)

    app = FastAPI(
        title="Canvass headquarters",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=life,
        dependencies=[Depends(admit)],
    )
    app.state.ready = False
    app.state.draining = False
    app.state.figures = figures
    app.state.console = console
    app.state.secure = secure
    app.state.meters = meters
    app.state.connections = lambda: 0
    meters.watch(lambda: look(app, settings.folder))
    app.add_middleware(Measured, meters=meters)
    app.include_router(router)
    app.include_router(web)
    declared(app)
    app.add_exception_handler(No, _refuse)
    app.add_exception_handler(LogInFirst, _log_in_first)
    app.add_exception_handler(StorageProblem, _storage)
    app.add_exception_handler(psycopg.OperationalError, _storage)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(ClientDisconnect, _malformed)
    app.add_exception_handler(Exception, _fault)
    return app


def _problem(request: Request, no: No) -> Response:
    if request.app.state.console and (request.scope["path"] + "/").startswith(f"{PLACE}/"):
        return refusal(request, no)
    headers = {"Cache-Control": "no-store"}
    if no.retry_after:
        headers["Retry-After"] = str(no.retry_after)
    if no.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "msgpack" in request.headers.get("accept", ""):
        body = pack(Problem(code=no.code, en=no.text.en, fr=no.text.fr, have=no.have))
        encoding = "zstd" if "zstd" in request.headers.get("accept-encoding", "") else "gzip"
        headers["Content-Encoding"] = encoding
        return Response(squeeze(body, encoding), no.status, headers, PROBLEM_TYPE)
    plain = {"status": no.status, "code": no.code, "title": no.text.en, "title_fr": no.text.fr}
    return Response(json.dumps(plain, ensure_ascii=False), no.status, headers, "application/problem+json")


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, No)
    request.app.state.meters.refused(error.code)
    return _problem(request, error)


async def _log_in_first(request: Request, error: Exception) -> Response:
    return lead_to(f"{PLACE}/login")


async def _storage(request: Request, error: Exception) -> Response:
    # The first line says what is wrong; later lines of PostgreSQL may quote a row.
    detail = error.detail.partition("\n")[0][:200] if isinstance(error, CanvassError) else ""
    state = error.sqlstate if isinstance(error, psycopg.Error) else None
    _log.error("storage_problem", reason=type(error).__name__, detail=detail, sqlstate=state or "")
    request.app.state.meters.refused("busy")
    return _problem(request, busy())


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    no = not_found() if error.status_code == 404 else bad_request()
    return _problem(request, No(error.status_code, no.code, no.text))


async def _malformed(request: Request, error: Exception) -> Response:
    request.app.state.meters.refused("request")
    return _problem(request, bad_request())


async def _fault(request: Request, error: Exception) -> Response:
    _log.error("fault", path=route_of(request.scope), reason=type(error).__name__, exc_info=error)
    request.app.state.meters.refused("fault")
    no = busy()
    return _problem(request, No(500, "fault", no.text))
