"""The server: routes and what surrounds them. Each route reads its message, asks one function, packs its answer.

Requests run on a few threads of their own, because each thread keeps a database connection.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import psycopg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from canvass_app import __version__
from canvass_app.domain.errors import CanvassError, StorageProblem
from canvass_app.sync.codec import pack, squeeze
from canvass_app.sync.messages import PROBLEM_TYPE, Problem

from .devices import WrongCodes
from .office import Office, Settings, open_office
from .projecting import Projector
from .refusals import No, bad_request, busy, not_found
from .routes import router

THREADS = 8
_T = TypeVar("_T")
_log = structlog.get_logger("canvass_hq")


class Desk:
    """What a running server holds besides the office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.wrong_codes = WrongCodes()
        self.projector = Projector(office)
        self._threads = ThreadPoolExecutor(THREADS, "hq-work")

    async def work(self, function: Callable[..., _T], *arguments: Any) -> _T:
        """Run a blocking function on one of the server's threads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)

    def close(self) -> None:
        """Finish what runs, then close the office."""
        self._threads.shutdown(wait=True)
        self.projector.stop()
        self.office.close()


def make_app(settings: Settings) -> FastAPI:
    """The application; it opens headquarters when it starts and closes it when it stops."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncGenerator[None]:
        desk = Desk(await asyncio.to_thread(open_office, settings))
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
    )
    app.state.ready = False
    app.include_router(router)
    app.add_exception_handler(No, _refuse)
    app.add_exception_handler(StorageProblem, _storage)
    app.add_exception_handler(psycopg.OperationalError, _storage)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(ClientDisconnect, _malformed)
    app.add_exception_handler(Exception, _fault)
    return app


def _problem(request: Request, no: No) -> Response:
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
    return _problem(request, error)


async def _storage(request: Request, error: Exception) -> Response:
    detail = error.detail if isinstance(error, CanvassError) else ""
    _log.error("storage_problem", reason=type(error).__name__, detail=detail[:200])
    return _problem(request, busy())


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    no = not_found() if error.status_code == 404 else bad_request()
    return _problem(request, No(error.status_code, no.code, no.text))


async def _malformed(request: Request, error: Exception) -> Response:
    return _problem(request, bad_request())


async def _fault(request: Request, error: Exception) -> Response:
    _log.error("fault", path=_route(request), reason=type(error).__name__, exc_info=error)
    no = busy()
    return _problem(request, No(500, "fault", no.text))


def _route(request: Request) -> str:
    # The pattern, never the address itself: an address may name a list or a device.
    return str(getattr(request.scope.get("route"), "path", ""))
