"""The pages. Each asks one function, on threads that no laptop waits for, and shows what it returns."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from canvass_app.domain.errors import InputError
from canvass_app.domain.numbers import list_code
from canvass_app.domain.riding import Riding
from canvass_app.domain.roles import NAMES, Role
from canvass_app.domain.text import Language, how_many
from canvass_app.hq import sessions
from canvass_app.hq.accounts import Account, Past, note_past, past_of
from canvass_app.hq.devices import issue_code, revoke
from canvass_app.hq.giving import checked_names
from canvass_app.hq.office import Office
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.refusals import No, not_found
from canvass_app.hq.ridings import ALL
from canvass_app.hq.sessions import Visitor
from canvass_app.hq.totals import riding_totals
from canvass_app.hq.ward import Known, held_by
from canvass_app.storage.database import Connection

from .asking import FORM, KNOWN, LANGUAGE, PLACE, SESSION, desk_of, field, fields, keep, language_of, shown
from .showing import HEADERS, clock, figures, lead_to, moment, render, style
from .touching import device_for, devices_for, ridings_for, roles_given_by, scope_of_code
from .words import WORDS

web = APIRouter(prefix=PLACE)
_KNOWN_SECONDS = 90 * 86_400
_YEAR_SECONDS = 365 * 86_400
_OWN_PLACE = re.compile(rf"{PLACE}(/[a-z0-9]+)*")


def _visitor(request: Request) -> Visitor:
    """Who is logged in: `admit` let this person in."""
    return request.state.visitor


def _account(request: Request) -> Account:
    return _visitor(request).account


@web.get("/style.css")
async def get_style() -> Response:
    """How the pages look. No secret, so a browser may keep it."""
    headers = {**HEADERS, "Cache-Control": "max-age=3600"}
    return Response(style(), 200, headers, "text/css")


@web.get("/language/{language}")
async def get_language(request: Request, language: str, back: str = PLACE) -> Response:
    """Another language from now on, on the page that one came from."""
    if language not in ("en", "fr"):
        raise not_found()
    answer = lead_to(back if _OWN_PLACE.fullmatch(back) else PLACE)
    answer.set_cookie(
        LANGUAGE, language, max_age=_YEAR_SECONDS, path=PLACE, secure=request.app.state.secure, httponly=True,
        samesite="strict",
    )  # fmt: skip
    return answer


# --- the door -------------------------------------------------------------------------------------------


@web.get("/login")
async def get_login(request: Request) -> Response:
    """The form to log in with."""
    return _door(request, 200)


def _door(request: Request, status: int, login: str = "", message: str = "") -> Response:
    secret = shown(request, FORM) or secrets.token_urlsafe(16)
    page = render(request, "login.html", status, secret=secret[:100], login=login[:200], message=message)
    keep(request, page, FORM, secret[:100])
    return page


@web.post("/login")
async def post_login(request: Request) -> Response:
    """Log in."""
    desk, login = desk_of(request), field(request, "login")
    address = request.client.host if request.client else ""
    try:
        entered = await desk.door.enter(
            login, field(request, "password"), address, shown(request, KNOWN), shown(request, SESSION)
        )
    except No as no:
        request.app.state.meters.refused(no.code)
        page = _door(request, no.status, login, no.text.say(language_of(request)))
        page.headers["Retry-After"] = str(no.retry_after)
        return page
    if entered is None:
        request.app.state.meters.refused("password")
        return _door(request, 403, login, WORDS["not_fitting"].say(language_of(request)))
    answer = lead_to(PLACE)
    keep(request, answer, SESSION, entered.secret, sessions.LASTS_MS // 1000)
    keep(request, answer, KNOWN, entered.known, _KNOWN_SECONDS)
    keep(request, answer, FORM, "")
    return answer


@web.post("/logout")
async def post_logout(request: Request) -> Response:
    """Log out, here and at headquarters."""
    desk, visitor = desk_of(request), _visitor(request)

    def work(db: Connection) -> None:
        sessions.end(db, visitor.secret)
        note_past(db, desk.office.now_ms(), visitor.account.login, "out")

    await desk.show(desk.office.write, work)
    answer = lead_to(f"{PLACE}/login")
    keep(request, answer, SESSION, "")
    return answer


@web.get("")
async def get_first(request: Request) -> Response:
    """The first page: laptops, or totals for who sees no laptops."""
    may = bool(roles_given_by(_account(request)))
    return lead_to(f"{PLACE}/devices" if may else f"{PLACE}/totals")


# --- laptops --------------------------------------------------------------------------------------------


@web.get("/devices")
async def get_devices(request: Request) -> Response:
    """Every laptop of one's ridings."""
    desk, language = desk_of(request), language_of(request)

    def work() -> tuple[list[Known], str]:
        return devices_for(desk.office, _account(request)), desk.office.time_zone()

    found, zone = await desk.show(work)
    rows = [_device(request, one, zone, language) for one in found]
    return render(request, "devices.html", devices=rows)


def _device(request: Request, one: Known, zone: str, language: Language) -> dict[str, Any]:
    return {
        "id": one.device_id.hex(), "number": one.number, "name": one.name or one.number, "role": one.role.value, "given_to": list(one.given_to),
        "state": one.state, "seen": moment(request, one.seen_ms, zone), "joined": moment(request, one.joined_ms, zone),
        "events": figures(one.events, language), "wipe": one.wipe, "waiting": one.waiting,
        "told": moment(request, one.told_ms, zone) if one.told_ms else "",
        "emptied": moment(request, one.emptied_ms, zone) if one.emptied_ms else "",
        "ridings": None if one.ridings is None else [str(riding % 100_000) for riding in sorted(one.ridings)],
    }  # fmt: skip


@web.get("/devices/{device}")
async def get_device(request: Request, device: str) -> Response:
    """One laptop, and what it held."""
    desk, language = desk_of(request), language_of(request)

    def work() -> dict[str, Any]:
        found = device_for(desk.office, _account(request), device)
        zone, held = desk.office.time_zone(), held_by(desk.office, found)
        return {
            "device": _device(request, found, zone, language),
            "held": [
                {
                    "riding": str(one.riding_id % 100_000), "doors": figures(one.doors, language),
                    "people": figures(one.people, language), "results": figures(one.attempts, language),
                    "last": moment(request, one.last_ms, zone),
                }
                for one in held
            ],
            "lists": [
                {"code": list_code(number), "who": who, "lines": how_many(lines, WORDS["one_line"], WORDS["lines"]).say(language)}
                for one in held
                for number, who, lines in one.lists_out
            ],
        }  # fmt: skip

    return render(request, "device.html", **await desk.show(work))


@web.get("/devices/{device}/revoke")
async def get_revoke(request: Request, device: str) -> Response:
    """Whether one means it."""
    desk, language = desk_of(request), language_of(request)

    def work() -> dict[str, Any]:
        found = device_for(desk.office, _account(request), device)
        return _device(request, found, desk.office.time_zone(), language)

    found = await desk.show(work)
    question = WORDS["revoke_question"].fill(name=found["name"]).say(language)
    return render(request, "revoke.html", device=found, question=question)


@web.post("/devices/{device}/revoke")
async def post_revoke(request: Request, device: str) -> Response:
    """Shut it out: its next request is refused."""
    desk, account = desk_of(request), _account(request)

    def work() -> None:
        found = device_for(desk.office, account, device)
        revoke(desk.office, found.device_id)
        desk.office.write(
            lambda db: note_past(db, desk.office.now_ms(), account.login, "revoked", found.number)
        )

    await desk.show(work)
    return lead_to(f"{PLACE}/devices/{device}")


# --- codes ----------------------------------------------------------------------------------------------


@web.get("/codes")
async def get_codes(request: Request) -> Response:
    """What a code is to allow."""
    return await _code_form(request, 200)


async def _code_form(
    request: Request, status: int, message: str = "", label: str = "", given: str = ""
) -> Response:
    desk, account, language = desk_of(request), _account(request), language_of(request)
    found: list[Riding] = await desk.show(lambda: ridings_for(desk.office.read(), account))
    return render(
        request, "codes.html", status, message=message, label=label, given=given, every=account.ridings is None,
        roles=[one.value for one in roles_given_by(account)],
        ridings=[(one.riding_id, one.number, one.name.say(language)) for one in found],
    )  # fmt: skip


@web.post("/codes")
async def post_codes(request: Request) -> Response:
    """Make a code and show it, this once."""
    desk, account, language = desk_of(request), _account(request), language_of(request)
    label = field(request, "label").strip()[:200]
    every, chosen = field(request, "every") == "yes", fields(request, "riding")
    given = field(request, "given").strip()[:200]
    if not every and not chosen:
        return await _code_form(request, 400, WORDS["code_choose"].say(language), label, given)

    def work() -> dict[str, Any]:
        role, scope = scope_of_code(desk.office, account, field(request, "role"), every, chosen)
        names = checked_names(role, given.split(";"))
        code = issue_code(desk.office, scope, label or ", ".join(names), role, names)
        where = ALL if scope is None else ", ".join(str(one % 100_000) for one in sorted(scope))
        desk.office.write(
            lambda db: note_past(db, desk.office.now_ms(), account.login, "code", f"{role.value} {where}")
        )
        end = datetime.fromtimestamp(code.expires_ms / 1000, UTC).astimezone(
            ZoneInfo(desk.office.time_zone())
        )
        until = WORDS["code_until"].fill(time=clock(end, language)).say(language)
        return {
            "code": code.text, "until": until, "picture": _picture(code.text), "label": label, "role": role.value, "given_to": names,
            "ridings": None if scope is None else [str(one % 100_000) for one in sorted(scope)],
        }  # fmt: skip

    try:
        made = await desk.show(work)
    except InputError as error:
        return await _code_form(request, 400, error.text.say(language), label, given)
    return render(request, "code.html", **made)


def _picture(text: str) -> Any:
    """A QR code as SVG without any style of its own, which the pages' policy would refuse."""
    import segno
    from markupsafe import Markup

    drawn = segno.make_qr(text, error="m").svg_inline(
        scale=6, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=False
    )
    return Markup(drawn)


# --- totals, and one's own log-ins ----------------------------------------------------------------------


@web.get("/totals")
async def get_totals(request: Request) -> Response:
    """One's ridings."""
    desk, account, language = desk_of(request), _account(request), language_of(request)
    found: list[Riding] = await desk.show(lambda: ridings_for(desk.office.read(), account))
    rows = [(one.riding_id, one.number, one.name.say(language), one.province) for one in found]
    return render(request, "totals.html", ridings=rows)


@web.get("/totals/{riding_id}")
async def get_riding(request: Request, riding_id: str) -> Response:
    """How far a riding has come: counts, nobody's name."""
    desk, account, language = desk_of(request), _account(request), language_of(request)

    def work() -> dict[str, Any]:
        for one in ridings_for(desk.office.read(), account):
            if str(one.riding_id) == riding_id:
                return _totals(desk.office, one, language)
        raise not_found()

    return render(request, "riding.html", riding=await desk.show(work))


def _totals(office: Office, riding: Riding, language: Language) -> dict[str, Any]:
    catch_up(office, riding.riding_id)
    totals = riding_totals(office.read(), riding.riding_id)
    of = WORDS["rate_of"]
    parts = {
        name: of.fill(part=figures(one["part"], language), whole=figures(one["whole"], language)).say(
            language
        )
        for name, one in (("rate", totals["contact_rate"]), ("doors", totals["doors"]))
    }
    whole = totals["contact_rate"]["whole"]
    percent = round(100 * totals["contact_rate"]["part"] / whole) if whole else 0
    most = max((day["attempts"] for day in totals["by_day"]), default=0)
    return {
        "number": riding.number, "name": riding.name.say(language), "attempts": figures(totals["attempts"], language),
        "contacts": figures(totals["contacts"], language), "any": totals["attempts"] > 0,
        "percent": f"{percent} %" if language == "en" else f"{percent}\N{NO-BREAK SPACE}%", **parts,
        "days": [
            {
                "day": day["day"], "attempts": figures(day["attempts"], language),
                "contacts": figures(day["contacts"], language), "part": round(100 * day["attempts"] / most),
            }
            for day in totals["by_day"][-14:]
        ],
    }  # fmt: skip


@web.get("/history")
async def get_history(request: Request) -> Response:
    """What was done with one's own login."""
    desk, account, language = desk_of(request), _account(request), language_of(request)

    def work() -> list[dict[str, Any]]:
        zone = desk.office.time_zone()
        return [
            {
                "at": moment(request, one.at_ms, zone),
                "what": f"past_{one.what}",
                "detail": _detail(one, language),
            }
            for one in past_of(desk.office.read(), account.login)
        ]

    return render(request, "history.html", past=await desk.show(work))


def _detail(one: Past, language: Language) -> str:
    if one.what != "code":
        return one.detail
    role, _, where = one.detail.partition(" ")
    return (
        f"{NAMES[Role(role)].say(language)}, {where if where != ALL else WORDS['every_riding'].say(language)}"
    )
