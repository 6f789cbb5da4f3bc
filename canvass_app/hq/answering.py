"""What a laptop is sent on a stick: HQ's greeting, the answers to what it sent, and what others did since."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from canvass_app.domain.address import fold
from canvass_app.domain.errors import NotFound, Refused
from canvass_app.domain.text import Text
from canvass_app.services.bundle_files import Kept, file_name, keep_bundle
from canvass_app.sync.assets import named_assets, named_rosters
from canvass_app.sync.bundle_items import Item, PlaceNow, Run, pieces, put
from canvass_app.sync.bundle_up import files_of
from canvass_app.sync.bundles import DOWN, USUAL, Header, Sizes, make_header, seal
from canvass_app.sync.inbox import open_page
from canvass_app.sync.messages import PROTOCOL, CampaignSettings, Hello

from . import auditing, filing, sending
from .declaring import may_be_handed
from .devices import MAY_FETCH, Device, find_device, keys_of
from .office import Office
from .refusals import No
from .ridings import riding_states
from .standing import taken_from

_NO_DEVICE = Text(
    "No laptop “{name}” has joined this headquarters, or it is no longer accepted. Nothing was written. Give the number "
    "that the laptop shows, or its label.",
    "Aucun ordinateur « {name} » ne s’est joint à ce quartier général, ou il n’est plus accepté. Rien n’a été écrit. Donnez "
    "le numéro que montre l’ordinateur, ou son étiquette.",
)
_NOT_DECLARED = Text(
    "“{name}” has not accepted the campaign’s declaration, so nothing was written for it. It is accepted there under Sync; "
    "the next sync or bundle says so here.",
    "« {name} » n’a pas accepté la déclaration de la campagne; rien n’a donc été écrit pour lui. Elle s’accepte là-bas, sous "
    "Synchronisation; la prochaine synchronisation ou le prochain lot le dira ici.",
)


@dataclass(slots=True)
class Answering:
    """What a laptop is to be told: what it asked, and the answers to its batches."""

    campaign_hash: bytes = b""
    places: dict[int, PlaceNow] = field(default_factory=dict[int, PlaceNow])
    answers: list[Item] = field(default_factory=list[Item])
    through: dict[int, int] = field(default_factory=dict[int, int])
    """By riding, the laptop's number through which a receipt is among the answers."""
    asked_ms: int = -1
    touched: set[int] = field(default_factory=set[int])
    """Ridings in which something new came."""


def write_answer(office: Office, device: Device, told: Answering, folder: Path, sizes: Sizes = USUAL) -> Kept:
    """Write a laptop's answer into `folder`, sealed to it, and read it back. Raises StorageProblem, DiskFull."""
    header, blocks = answer(office, device, told, sizes)
    return keep_bundle(folder, file_name(header, office.time_zone()), blocks)


def answer(
    office: Office, device: Device, told: Answering, sizes: Sizes = USUAL
) -> tuple[Header, Iterator[bytes]]:
    """A laptop's answer as bytes, with its header."""
    keys, ephemeral = keys_of(office, device.device_id), os.urandom(32)
    ridings = [one.riding_id for one in riding_states(office, device.device_id, device.ridings)]
    header = make_header(
        DOWN, epoch=office.epoch, ridings=ridings, device=device.device_id, recipient=keys.box, ephemeral=ephemeral,
        made_ms=office.now_ms(),
    )  # fmt: skip
    inside = pieces(down_items(office, device, told, sizes.page_events))
    return header, seal(header, ephemeral, keys.box, office.seed, inside, sizes.chunk_bytes)


def down_items(office: Office, device: Device, told: Answering, page_events: int) -> Iterator[Item]:
    """The items of a bundle to a laptop: HQ's greeting, the answers to what it sent, and what others did since."""
    states = riding_states(office, device.device_id, device.ridings)
    text, campaign_hash = office.campaign()
    yield put(
        "hello",
        Hello(
            protocol=PROTOCOL, epoch=office.epoch, server_time=office.now_ms(), campaign_hash=campaign_hash,
            ridings=states, hq_box=office.box_key, role=device.role.value, scope=device.scope_generation,
            device_name=device.name, taken=tuple(taken_from(office, device.device_id)),
        ),
    )  # fmt: skip
    if text and told.campaign_hash != campaign_hash:
        yield put("campaign", CampaignSettings(text=text, hash=sha256(text.encode()).digest()))
    yield from told.answers
    if device.role not in MAY_FETCH or not may_be_handed(office, device):
        return
    for state in states:
        pages = _pages(office, device, state.riding_id, told, page_events)
        yield from auditing.handed_items(office, device, state.riding_id, pages)


def _pages(
    office: Office, device: Device, riding_id: int, told: Answering, page_events: int
) -> Iterator[Item]:
    place = told.places.get(riding_id, PlaceNow(cursor="", acked_through=0))
    cursor, stale = place.cursor, ""
    try:
        after = sending.place_of(office, device, riding_id, cursor)
    except No:
        after, cursor, stale = 0, "", cursor
    # A laptop at the beginning is sent its own events too: it may lack some.
    skip = max(place.acked_through, told.through.get(riding_id, 0)) if cursor else 0
    sent: set[bytes] = set()
    yield from _files(office, device, riding_id, place.assets, place.rosters, sent)
    yield put("run", Run(after=after, skip=skip, stale=stale), riding_id)
    more = True
    while more:
        page = sending.page(office, device, riding_id, cursor, page_events, skip)
        events, _, _ = open_page(page)
        if not device.holds_a_part:
            yield from _files(office, device, riding_id, named_assets(events), named_rosters(events), sent)
        yield put("page", page, riding_id)
        if device.holds_a_part:
            # What is cut to its part comes once the page has said what the part is.
            yield from _files(office, device, riding_id, named_assets(events), named_rosters(events), sent)
        cursor, more = page.cursor, page.more


def _files(
    office: Office,
    device: Device,
    riding_id: int,
    assets: Sequence[bytes],
    rosters: Sequence[bytes],
    sent: set[bytes],
) -> Iterator[Item]:
    """Files, as far as they are here, may be the device's and are not `sent`."""
    if not device.holds_a_part:
        yield from files_of(office.read(), riding_id, assets, rosters, sent)
        return
    for name in assets:
        with suppress(No):
            if name not in sent:
                yield put("asset", filing.give_asset(office, device, riding_id, name), riding_id, name)
                sent.add(name)
    for name in rosters:
        with suppress(No):
            yield put("cut", filing.give_cut(office, device, riding_id, name), riding_id, name)


def export_for(office: Office, name: str, out: Path) -> Kept:
    """Write everything in a laptop's scope into `out`, sealed to it. `name`: its id, the id's beginning, or its label.

    Raises NotFound, Refused (the declaration was not accepted there), StorageProblem, DiskFull.
    """
    rows = office.read().query("SELECT device_id, name FROM device WHERE revoked = 0")
    plain = name.strip().lower()
    found = [
        bytes(device_id)
        for device_id, label in rows
        if str(label).lower() == plain or (len(plain) >= 4 and bytes(device_id).hex().startswith(plain))
    ] or [bytes(device_id) for device_id, label in rows if fold(name) and fold(str(label)) == fold(name)]
    device = find_device(office, found[0]) if len(found) == 1 else None
    if device is None:
        raise NotFound(_NO_DEVICE.fill(name=name.strip()))
    if not may_be_handed(office, device):
        raise Refused(_NOT_DECLARED.fill(name=device.name))
    return write_answer(office, device, Answering(), out)
