"""How a page is made: templates that escape everything, the two languages, headers that allow nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from canvass_app.domain.roles import NAMES, Role
from canvass_app.domain.text import Language
from canvass_app.hq.refusals import No
from canvass_app.hq.sessions import form_token
from canvass_app.resource_path import resource

from .asking import FORM, PLACE, language_of, shown
from .words import WORDS

if TYPE_CHECKING:
    from jinja2 import Environment

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Of every answer under /console: no script, nothing from elsewhere, kept by nobody."""


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resource("console")), autoescape=True, undefined=StrictUndefined, auto_reload=False,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@cache
def style() -> bytes:
    """The style sheet."""
    return resource("console", "style.css").read_bytes()


def render(request: Request, template: str, status: int = 200, secret: str = "", **values: Any) -> Response:
    """A page in the language of who asks. `secret`: what its forms answer for, when the browser shows nothing yet."""
    language = language_of(request)
    visitor = getattr(request.state, "visitor", None)
    if visitor is not None:
        secret = visitor.secret
    desk = getattr(request.app.state, "desk", None)
    page = _templates().get_template(template).render(
        t={name: text.say(language) for name, text in WORDS.items()},
        language=language,
        place=PLACE,
        here=_here(request, status),
        account=visitor.account if visitor else None,
        role_name=lambda role: NAMES[Role(role)].say(language),
        manages=visitor is not None and visitor.account.role in (Role.ADMIN, Role.ORGANISER),
        form_token=form_token(desk.office, secret or shown(request, FORM)) if desk else "",
        **values,
    )  # fmt: skip
    return HTMLResponse(page, status, dict(HEADERS))


def _here(request: Request, status: int) -> str:
    """The page to come back to with the other language: one of our own that was asked for without a form and is there."""
    return request.scope["path"] if status == 200 and request.method == "GET" else PLACE


def lead_to(path: str) -> Response:
    """Send the browser to another page of ours."""
    return RedirectResponse(path, 303, dict(HEADERS))


def refusal(request: Request, no: No) -> Response:
    """A refusal as a page."""
    page = render(request, "refusal.html", no.status, message=no.text.say(language_of(request)))
    if no.retry_after:
        page.headers["Retry-After"] = str(no.retry_after)
    return page


# --- numbers and times --------------------------------------------------------------------------------


def figures(number: int, language: Language) -> str:
    """A number as people of the language write it."""
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def moment(request: Request, ms: int, zone: str) -> str:
    """A moment in the campaign's time zone; "never" for 0."""
    language = language_of(request)
    if not ms:
        return WORDS["never"].say(language)
    at = datetime.fromtimestamp(ms / 1000, UTC).astimezone(ZoneInfo(zone))
    return f"{at:%Y-%m-%d} {clock(at, language)}"


def clock(at: datetime, language: Language) -> str:
    """A time of day: 19:42, or 19 h 42."""
    return f"{at:%H:%M}" if language == "en" else f"{at:%H} h {at:%M}".replace(" ", "\N{NO-BREAK SPACE}")
