"""The routes of protocol 1."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import APIRouter, Request, Response

from canvass_app.services.finding import id_of
from canvass_app.sync.codec import BadMessage, expand, pack, squeeze, unpack
from canvass_app.sync.messages import (
    CONTENT_TYPE,
    MAX_FRAME_BYTES,
    PROTOCOL,
    AskStanding,
    Asset,
    AuditPart,
    Batch,
    CampaignSettings,
    Declare,
    Emptied,
    Enrol,
    HandIn,
    Hello,
    Message,
    Names,
    Relay,
    Renew,
    RosterPart,
)

from . import filing, handing_in, sending, standing
from .auditing import Saying, asked_about, handed_asset, handed_cut, handed_page, handed_rows, take_records
from .declaring import note_declared
from .devices import Device, enrol
from .meters import CONTENT_TYPE as FIGURES_TYPE
from .passes import renew
from .projecting import catch_up
from .receiving import receive
from .refusals import bad_request, not_found, too_large
from .relaying import take_relayed
from .ridings import riding_states
from .sights import told_on_the_wire, who_saw
from .totals import riding_totals
from .watching import LOOK_SECONDS, may_see_figures

if TYPE_CHECKING:
    from .app import Desk

router = APIRouter()
_M = TypeVar("_M", bound=Message)
_SMALL = 200


def _desk(request: Request) -> Desk:
    return request.app.state.desk


def _device(request: Request) -> Device:
    """Who asks: `admit` let it in."""
    return request.state.device


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_FRAME_BYTES:
            raise too_large()
        parts.append(part)
    return b"".join(parts)


async def _message(request: Request, kind: type[_M]) -> _M:
    if request.headers.get("content-type", "").partition(";")[0].strip() != CONTENT_TYPE:
        raise bad_request("content_type")
    body = await _body(request)
    encoding = request.headers.get("content-encoding", "")

    def read() -> _M:
        return unpack(kind, expand(body, encoding))

    try:
        return await _desk(request).work(read)
    except BadMessage as error:
        raise bad_request("message") from error


async def _reply(request: Request, work: Callable[..., Message], *arguments: Any) -> Response:
    """Run `work` and pack what it returns, both away from the event loop."""
    accepted = request.headers.get("accept-encoding", "")
    encoding = "zstd" if "zstd" in accepted else "gzip"

    def run() -> bytes:
        return squeeze(pack(work(*arguments)), encoding)

    data = await _desk(request).work(run)
    headers = {"Cache-Control": "no-store", "Content-Encoding": encoding}
    return Response(data, 200, headers, CONTENT_TYPE)


def _name(text: str) -> bytes:
    try:
        name = bytes.fromhex(text)
    except ValueError:
        name = b""
    if len(name) != 32:
        raise bad_request("name")
    return name


# --- health -------------------------------------------------------------------------------------


@router.get("/healthz")
async def healthz() -> dict[str, bool]:
    """The process lives."""
    return {"ok": True}


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """Headquarters is open, is not being stopped, and its database answers."""
    state, here = request.app.state, None
    if state.ready and not state.draining:
        with suppress(TimeoutError):
            here = await asyncio.wait_for(
                asyncio.shield(asyncio.wrap_future(_desk(request).ask())), LOOK_SECONDS
            )
    ok = here is not None
    return Response(
        json.dumps({"ok": ok}), 200 if ok else 503, {"Cache-Control": "no-store"}, "application/json"
    )


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Headquarters' own figures, for programs on this machine; anybody else learns nothing of them."""
    if not may_see_figures(request):
        raise not_found()
    text = await asyncio.get_running_loop().run_in_executor(None, request.app.state.meters.text)
    return Response(text, 200, {"Cache-Control": "no-store"}, FIGURES_TYPE)


# --- joining and greeting -------------------------------------------------------------------------


@router.post("/v1/enrol")
async def post_enrol(request: Request) -> Response:
    """Exchange a one-time code for a token."""
    desk = _desk(request)
    asked = await _message(request, Enrol)
    if asked.protocol != PROTOCOL:
        raise bad_request("protocol")
    address = request.client.host if request.client else ""
    return await _reply(request, enrol, desk.office, desk.wrong_codes, address, asked)


@router.post("/v1/token")
async def post_token(request: Request) -> Response:
    """Exchange a refresh token for the next pass."""
    desk = _desk(request)
    asked = await _message(request, Renew)
    return await _reply(request, renew, desk.office, asked)


@router.post("/v1/standing")
async def post_standing(request: Request) -> Response:
    """What a laptop is to do whose pass is refused, or that misses ridings."""
    desk = _desk(request)
    asked = await _message(request, AskStanding)
    return await _reply(request, standing.standing_of, desk.office, asked)


@router.post("/v1/handed-in")
async def post_handed_in(request: Request) -> Response:
    """A part of what a laptop may not push; durable before it is answered."""
    desk = _desk(request)
    part = await _message(request, HandIn)
    return await _reply(request, handing_in.hand_in, desk.office, part)


@router.post("/v1/emptied")
async def post_emptied(request: Request) -> Response:
    """A laptop holds nothing more."""
    desk = _desk(request)
    said = await _message(request, Emptied)
    return await _reply(request, standing.note_emptied, desk.office, said)


@router.get("/v1/ridings")
async def get_ridings(request: Request) -> Response:
    """What this device may see, and how far everything goes."""
    desk, device = _desk(request), _device(request)

    def hello() -> Hello:
        return Hello(
            protocol=PROTOCOL,
            epoch=desk.office.epoch,
            server_time=desk.office.now_ms(),
            campaign_hash=desk.office.campaign()[1],
            ridings=riding_states(desk.office, device.device_id, device.ridings),
            hq_box=desk.office.box_key,
            role=device.role.value,
            scope=device.scope_generation,
            device_name=device.name,
        )

    return await _reply(request, hello)


@router.get("/v1/campaign")
async def get_campaign(request: Request) -> Response:
    """The campaign's settings."""
    desk = _desk(request)

    def settings() -> CampaignSettings:
        text, name = desk.office.campaign()
        return CampaignSettings(text=text, hash=name)

    return await _reply(request, settings)


@router.post("/v1/declaration")
async def post_declaration(request: Request) -> Response:
    """Somebody accepted the campaign's declaration; durable before it is answered."""
    desk, device = _desk(request), _device(request)
    said = await _message(request, Declare)
    return await _reply(request, note_declared, desk.office, device.device_id, said)


# --- events ---------------------------------------------------------------------------------------


@router.post("/v1/ridings/{riding_id}/events")
async def post_events(request: Request, riding_id: int) -> Response:
    """Push: durable before it is answered."""
    desk, device = _desk(request), _device(request)
    batch = await _message(request, Batch)

    def work() -> Message:
        with desk.projector.pushing():
            signed = receive(desk.office, device, riding_id, batch)
        desk.projector.notify(riding_id)
        return signed

    return await _reply(request, work)


@router.post("/v1/ridings/{riding_id}/relay")
async def post_relay(request: Request, riding_id: int) -> Response:
    """After a restore: another device's events, from a laptop that still has them."""
    desk, device = _desk(request), _device(request)
    relay = await _message(request, Relay)

    def work() -> Message:
        relayed = take_relayed(desk.office, device, riding_id, relay)
        desk.projector.notify(riding_id)
        return relayed

    return await _reply(request, work)


@router.get("/v1/ridings/{riding_id}/events")
async def get_events(
    request: Request, riding_id: int, cursor: str = "", limit: int = 500, skip: int = 0
) -> Response:
    """Pull: a page and the cursor after it."""
    desk, device = _desk(request), _device(request)

    def work() -> Message:
        page = sending.page(desk.office, device, riding_id, cursor[:_SMALL], limit, _number(skip))
        _record(desk, handed_page(desk.office, device, riding_id, page))
        desk.meters.page(len(page.events), last=not page.more)
        return page

    return await _reply(request, work)


@router.get("/v1/ridings/{riding_id}/digest")
async def get_digest(request: Request, riding_id: int, through: int) -> Response:
    """The digest of the events up to a number."""
    desk, device = _desk(request), _device(request)

    def work() -> Message:
        return sending.digest_for(desk.office, device, riding_id, _number(through))

    return await _reply(request, work)


@router.get("/v1/ridings/{riding_id}/progress")
async def get_progress(request: Request, riding_id: int) -> Response:
    """The riding's totals, folded up to the last push, as JSON."""
    desk, device = _desk(request), _device(request)

    def work() -> dict[str, Any]:
        sending.check_scope(desk.office, device, riding_id)
        catch_up(desk.office, riding_id)
        return riding_totals(desk.office.read(), riding_id)

    text = json.dumps(await desk.work(work), ensure_ascii=False)
    return Response(text, 200, {"Cache-Control": "no-store"}, "application/json")


def _number(value: int) -> int:
    return min(max(value, 0), (1 << 63) - 1)


# --- assets and rosters -----------------------------------------------------------------------------


@router.post("/v1/ridings/{riding_id}/missing")
async def post_missing(request: Request, riding_id: int) -> Response:
    """Which assets headquarters lacks."""
    desk, device = _desk(request), _device(request)
    asked = await _message(request, Names)
    return await _reply(request, filing.missing, desk.office, device, riding_id, asked)


@router.put("/v1/ridings/{riding_id}/assets/{name}")
async def put_asset(request: Request, riding_id: int, name: str) -> Response:
    """Keep an asset."""
    desk, device = _desk(request), _device(request)
    asset = await _message(request, Asset)
    return await _reply(request, filing.take_asset, desk.office, device, riding_id, _name(name), asset)


@router.get("/v1/ridings/{riding_id}/assets/{name}")
async def get_asset(request: Request, riding_id: int, name: str) -> Response:
    """Hand an asset out."""
    desk, device, asked = _desk(request), _device(request), _name(name)

    def work() -> Message:
        asset = filing.give_asset(desk.office, device, riding_id, asked)
        _record(desk, handed_asset(desk.office, device, riding_id, asset))
        return asset

    return await _reply(request, work)


@router.get("/v1/ridings/{riding_id}/rosters/{name}")
async def get_roster(request: Request, riding_id: int, name: str) -> Response:
    """Which chunks of a roster are here."""
    desk, device = _desk(request), _device(request)
    return await _reply(request, filing.give_index, desk.office, device, riding_id, _name(name))


@router.put("/v1/ridings/{riding_id}/rosters/{name}/chunks")
async def put_chunks(request: Request, riding_id: int, name: str) -> Response:
    """Keep chunks of a roster."""
    desk, device = _desk(request), _device(request)
    part = await _message(request, RosterPart)
    return await _reply(request, filing.take_chunks, desk.office, device, riding_id, _name(name), part)


@router.get("/v1/ridings/{riding_id}/rosters/{name}/chunks")
async def get_chunks(request: Request, riding_id: int, name: str, numbers: str) -> Response:
    """Hand chunks of a roster out."""
    desk, device = _desk(request), _device(request)
    texts = numbers.split(",")
    if len(texts) > filing.MOST_CHUNKS_A_PART or not all(
        one.isascii() and one.isdigit() and len(one) < 7 for one in texts
    ):
        raise bad_request("numbers")
    wanted, asked = [int(one) for one in texts], _name(name)

    def work() -> Message:
        part = filing.give_chunks(desk.office, device, riding_id, asked, wanted)
        _record(desk, handed_rows(desk.office, device, riding_id, asked, part))
        return part

    return await _reply(request, work)


@router.get("/v1/ridings/{riding_id}/rosters/{name}/part")
async def get_cut(request: Request, riding_id: int, name: str) -> Response:
    """What a roster says of the part of the riding that the device holds."""
    desk, device, asked = _desk(request), _device(request), _name(name)

    def work() -> Message:
        cut = filing.give_cut(desk.office, device, riding_id, asked)
        _record(desk, handed_cut(desk.office, device, riding_id, cut))
        return cut

    return await _reply(request, work)


@router.post("/v1/ridings/{riding_id}/rosters/{name}/seal")
async def seal_roster(request: Request, riding_id: int, name: str) -> Response:
    """All chunks were sent."""
    desk, device = _desk(request), _device(request)
    return await _reply(request, filing.seal_roster, desk.office, device, riding_id, _name(name))


# --- who saw whom -----------------------------------------------------------------------------------


def _record(desk: Desk, said: Saying | None) -> None:
    """What is handed out is recorded, durably, before it leaves."""
    if said is not None:
        desk.scribe.write(said)


@router.post("/v1/ridings/{riding_id}/audit")
async def post_audit(request: Request, riding_id: int) -> Response:
    """Take in a device's own records of who saw whom."""
    desk, device = _desk(request), _device(request)
    part = await _message(request, AuditPart)
    return await _reply(request, take_records, desk.office, device, riding_id, part)


@router.get("/v1/ridings/{riding_id}/who-saw")
async def get_who_saw(request: Request, riding_id: int, person: str = "", since: int = 0) -> Response:
    """Who saw one person. That it was asked is recorded too."""
    desk, device = _desk(request), _device(request)

    def work() -> Message:
        sending.check_scope(desk.office, device, riding_id)
        catch_up(desk.office, riding_id)
        person_id = id_of(person[:_SMALL])
        seen = who_saw(desk.office, riding_id, person_id, since_ms=_number(since)) if person_id else None
        if seen is None or person_id is None:
            raise not_found()
        _record(desk, asked_about(desk.office, device.device_id, riding_id, person_id))
        return told_on_the_wire(seen, desk.office.now_ms())

    return await _reply(request, work)
