"""Who asks for a page, in which language, and what a form says: looked at before any page's own code."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from canvass_app.domain.roles import Role
from canvass_app.domain.text import Language
from canvass_app.hq import sessions
from canvass_app.hq.refusals import bad_request, not_found, stale_form, too_large

if TYPE_CHECKING:
    from canvass_app.hq.app import Desk

PLACE = "/console"
SESSION, KNOWN, FORM, LANGUAGE = "canvass_session", "canvass_known", "canvass_form", "canvass_language"
FORM_TYPE = "application/x-www-form-urlencoded"
_MOST_FORM_BYTES = 64 << 10
_MOST_FIELDS = 2_000
"""A box for every riding of the country, several times over."""
_OWN_SITE = ("", "same-origin", "none")


class LogInFirst(Exception):
    """Nobody is logged in: the answer leads to the door."""


def desk_of(request: Request) -> Desk:
    """What the running server holds."""
    return request.app.state.desk


def language_of(request: Request) -> Language:
    """The language of a page: the one that was chosen, or that the browser likes best; English when neither says."""
    chosen = request.cookies.get(LANGUAGE, "")
    if chosen in ("en", "fr"):
        return "fr" if chosen == "fr" else "en"
    best: tuple[float, Language] = (0.0, "en")
    for part in request.headers.get("accept-language", "")[:500].split(","):
        name, _, rest = part.strip().lower().partition(";")
        try:
            weight = float(rest.partition("=")[2]) if rest else 1.0
        except ValueError:
            continue
        spoken = name.partition("-")[0]
        if weight > best[0] and spoken in ("en", "fr"):
            best = (weight, "fr" if spoken == "fr" else "en")
    return best[1]


def cookie_name(request: Request, name: str) -> str:
    """Over https a browser takes the cookie from this very host alone, and from no plain page."""
    return f"__Host-{name}" if request.app.state.secure else name


def shown(request: Request, name: str) -> str:
    """What the browser shows under this name; "" when nothing."""
    return request.cookies.get(cookie_name(request, name), "")


def keep(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Let the browser hold something; "" takes it away."""
    response.set_cookie(
        cookie_name(request, name), value, max_age=0 if not value else seconds, path="/",
        secure=request.app.state.secure, httponly=True, samesite="strict",
    )  # fmt: skip


async def let_in(request: Request, roles: frozenset[Role] | None) -> None:
    """Before every page: who asks, if the role may, and the form, if it is this browser's own.

    `roles` None: the door itself. Raises LogInFirst, or No (400, 403, 404, 413).
    """
    if not request.app.state.console:
        raise not_found()
    desk = desk_of(request)
    secret = shown(request, FORM)
    if roles is not None:
        visitor = await desk.show(sessions.find, desk.office, shown(request, SESSION))
        if visitor is None:
            raise LogInFirst
        request.state.visitor, secret = visitor, visitor.secret
        if visitor.account.role not in roles:
            raise not_found()
    if request.method == "POST":
        form = await _form(request)
        elsewhere = request.headers.get("sec-fetch-site", "") not in _OWN_SITE
        if elsewhere or not sessions.is_form_token(desk.office, secret, form.get("form", [""])[0]):
            raise stale_form()
        request.state.form = form


async def _form(request: Request) -> dict[str, list[str]]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise bad_request("content_type")
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > _MOST_FORM_BYTES:
            raise too_large()
        parts.append(part)
    try:
        pairs = parse_qsl(
            b"".join(parts).decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise bad_request("form") from error
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        if "\0" in name + value:
            raise bad_request("form")
        form.setdefault(name, []).append(value)
    return form


def field(request: Request, name: str) -> str:
    """The first value of a form's field; "" when there is none."""
    return request.state.form.get(name, [""])[0]


def fields(request: Request, name: str) -> list[str]:
    """Every value of a form's field."""
    return request.state.form.get(name, [])
