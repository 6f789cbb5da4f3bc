"""USB sticks: what a laptop has to say, carried to headquarters by anybody; receipts and pages carried back.

A model of the bundles to come (ledger-and-sync.md): on a stick lie the very messages of the wire, in parcels that
can be repeated, mixed, cut short and forgotten in a drawer.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from canvass_app.hq import filing
from canvass_app.hq.refusals import No
from canvass_app.ledger.events import Event, open_event
from canvass_app.storage.database import Connection, query_in
from canvass_app.sync.assets import load_asset, load_part, named_assets, named_rosters, roster_index
from canvass_app.sync.codec import BadMessage
from canvass_app.sync.inbox import apply_page, read_place
from canvass_app.sync.messages import (
    MAX_BATCH_BYTES,
    Asset,
    Batch,
    Page,
    Receipt,
    RosterPart,
    Signed,
)
from canvass_app.sync.outbox import apply_receipt, check_receipt, next_batch, read_mark, receipt_name
from canvass_app.sync.replica import Replica
from canvass_app.sync.signing import open_receipt

from .headquarters import Headquarters
from .laptop import HQ_KEY, Laptop
from .town import RIDING, ZONE


@dataclass
class Parcel:
    """A batch, what its events name, and the cursor of whoever sends it."""

    batch: Batch
    cursor: str
    assets: list[tuple[bytes, Asset]] = field(default_factory=list)
    rosters: list[tuple[bytes, RosterPart]] = field(default_factory=list)


@dataclass
class Reply:
    """For one device: the receipt of its batch, and a page from the cursor that came with it."""

    batch: Batch
    signed: Signed
    cursor: str
    page: Page | None


@dataclass
class Stick:
    """Parcels on their way up, replies on their way down."""

    up: list[Parcel] = field(default_factory=list)
    down: list[Reply] = field(default_factory=list)

    def raws(self) -> list[bytes]:
        """Every event on it."""
        return [raw for parcel in self.up for raw in parcel.batch.events]


def pack_parcel(db: Connection, batch: Batch, events: list[Event], cursor: str) -> Parcel:
    """A batch with the files that it names, as far as they are here."""
    parcel = Parcel(batch, cursor)
    for name in named_assets(events):
        asset = load_asset(db, RIDING, name)
        if asset is not None:
            parcel.assets.append((name, asset))
    for name in named_rosters(events):
        here = roster_index(db, RIDING, name)
        if here.whole:
            part = load_part(db, RIDING, name, [chunk.number for chunk in here.chunks])
            parcel.rosters.append((name, RosterPart(chunks=part)))
    return parcel


def load(stick: Stick, laptop: Laptop) -> int:
    """Put the laptop's next batch on the stick; how many events that is."""
    db = laptop.memory.read()
    found = next_batch(db, RIDING, laptop.book.device_id, 40, MAX_BATCH_BYTES)
    if found is None:
        return 0
    batch, events = found
    stick.up.append(pack_parcel(db, batch, events, read_place(db, RIDING).cursor))
    return len(events)


def hand_in(hq: Headquarters, parcel: Parcel) -> Signed:
    """Give a parcel to headquarters, files first. Raises No."""
    device = hq.device(parcel.batch.device_id)
    for name, asset in parcel.assets:
        filing.take_asset(hq.office, device, RIDING, name, asset)
    for name, part in parcel.rosters:
        filing.take_chunks(hq.office, device, RIDING, name, part)
        filing.seal_roster(hq.office, device, RIDING, name)
    signed = hq.take(parcel.batch)
    assert isinstance(signed, Signed)
    return signed


def deliver(stick: Stick, hq: Headquarters, chance: random.Random, *, cut: bool) -> tuple[int, int]:
    """Import a stick at headquarters, in any order, some parcels twice; (taken, refused). `cut`: only a good prefix is left."""
    parcels = stick.up[: chance.randrange(len(stick.up) + 1)] if cut else list(stick.up)
    parcels += chance.sample(parcels, chance.randrange(len(parcels) + 1))
    chance.shuffle(parcels)
    refused = 0
    for parcel in parcels:
        try:
            signed = hand_in(hq, parcel)
        except No:
            refused += 1
            continue
        page = None
        try:
            device = hq.device(parcel.batch.device_id)
            page = hq.page(device, RIDING, parcel.cursor, chance.choice((1, 5, 500)), 0)
        except No:
            pass
        stick.down.append(Reply(parcel.batch, signed, parcel.cursor, page))
    return len(parcels) - refused, refused


def bring_back(stick: Stick, laptop: Laptop) -> int:
    """Apply every reply that is for this laptop; how many were of use. Raises DiskFull or Crash half-way."""
    used = 0
    for reply in stick.down:
        if reply.batch.device_id == laptop.book.device_id:
            used += _apply_receipt(laptop, reply)
            used += _apply_page(laptop, reply)
    return used


def _replica(laptop: Laptop) -> Replica:
    book = laptop.book
    return Replica(
        database=laptop.memory, device_id=book.device_id, clock=book.clock, time_zone=ZONE, hq_key=HQ_KEY,
        timer=lambda: 0.0,
    )  # fmt: skip


def _apply_receipt(laptop: Laptop, reply: Reply) -> bool:
    me = _replica(laptop)
    events = [open_event(raw) for raw in reply.batch.events]
    numbers = [event.key.device_seq for event in events]
    here = query_in(
        laptop.memory.read(),
        "SELECT hash FROM event WHERE riding_id = ? AND device_id = ? AND device_seq IN (??)",
        (RIDING, me.device_id),
        numbers,
    )
    if not {event.hash for event in events} <= {bytes(row[0]) for row in here}:
        # The other half of a copy filled this stick.
        return False
    try:
        receipt = open_receipt(HQ_KEY, Receipt, reply.signed)
        with laptop.memory.write() as db:
            mark = read_mark(db, RIDING, me.device_id)
            check_receipt(receipt, reply.batch, RIDING, me.epoch(db), mark)
            apply_receipt(db, receipt, events, ZONE, me.clock.now_ms(), receipt_name(reply.signed.payload))
            me.heard(db, receipt.server_time)
    except BadMessage:
        return False
    laptop.forked |= bool(receipt.forks)
    return True


def _apply_page(laptop: Laptop, reply: Reply) -> bool:
    me = _replica(laptop)
    place = read_place(laptop.memory.read(), RIDING)
    if (
        reply.page is None
        or place.cursor != reply.cursor
        or reply.page.epoch != me.epoch(laptop.memory.read())
    ):
        return False
    if reply.page.through < place.pulled_through:
        return False
    apply_page(me, RIDING, reply.page)
    return True
