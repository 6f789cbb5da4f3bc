"""Pushing a riding: what events name goes first, then batches of events, each emptied only by a signed receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from canvass_app.domain.errors import SyncProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event

from .assets import (
    load_asset,
    load_part,
    named_assets,
    named_rosters,
    names_files,
    roster_index,
)
from .codec import BadMessage, pack
from .messages import MAX_BATCH_BYTES, Batch, Done, Names, Receipt, RosterIndex, RosterPart, Signed
from .outbox import apply_receipt, check_receipt, next_batch, read_mark, receipt_name, set_acked
from .problems import FORGED, TimedOut
from .replica import Replica
from .signing import open_receipt
from .steps import Call, Declined, Steps, read_answer

_SENDING = Text("Sending results", "Envoi des résultats")
_SENDING_FILES = Text("Sending lists and maps", "Envoi des listes et des cartes")
PUSH_PATIENCE = 60.0
ASSET_PATIENCE = 180.0


@dataclass(slots=True)
class Pushed:
    """What a push came to."""

    events: int = 0
    assets: int = 0
    quarantined: int = 0
    forks: int = 0
    receipts: list[str] | None = None


class _Parcel(NamedTuple):
    """A batch that is ready to be sent."""

    batch: Batch
    events: list[Event]
    call: Call
    writes: int
    """The database's count of transactions when it was read: after another one it is read again."""


def _next_parcel(me: Replica, riding_id: int, count: int, after: int | None = None) -> _Parcel | None:
    writes = me.database.writes
    db = me.database.read()
    found = next_batch(db, riding_id, me.device_id, count, MAX_BATCH_BYTES, after)
    if found is None:
        return None
    batch, events = found
    call = Call("POST", f"/v1/ridings/{riding_id}/events", pack(batch), PUSH_PATIENCE)
    return _Parcel(batch, events, call, writes)


def push_riding(me: Replica, riding_id: int) -> Steps[Pushed]:
    """Send a riding's own events until each has its receipt. Raises SyncProblem or Refused; what is acknowledged stays.

    While headquarters works on a batch the next one is made ready, and sent before this one's receipt is written down.
    """
    done = Pushed(receipts=[])
    total = read_mark(me.database.read(), riding_id, me.device_id).pending
    rewound = False
    ready: _Parcel | None = None
    while True:
        me.stop_if_cancelled()
        parcel, ready = ready or _next_parcel(me, riding_id, me.batch.value), None
        if parcel is None:
            return done
        batch, events = parcel.batch, parcel.events
        done.assets += yield from send_named(me, riding_id, events)
        me.progress(_SENDING, done.events, total)
        if done.events + len(events) < total:
            me.ahead(parcel.call)
            ready = _next_parcel(me, riding_id, me.batch.next, batch.to_seq)
        try:
            signed = read_answer((yield parcel.call), Signed)
        except TimedOut:
            if me.batch.at_least:
                raise
            me.batch.failed()
            ready = None
            continue
        except Declined as declined:
            if declined.problem.code != "gap" or rewound:
                raise
            # Headquarters holds less than it once acknowledged: it is offered everything above again.
            rewound, ready = True, None
            with me.database.write() as db:
                set_acked(db, riding_id, me.device_id, min(declined.problem.have, batch.from_seq - 1))
            continue
        if ready is not None:
            # What was read before another transaction may have been erased in it.
            fresh = ready.writes == me.database.writes and not names_files(ready.events)
            ready = ready if fresh and _took_all(me, batch, signed) else None
        if ready is not None:
            me.ahead(ready.call)
        take_receipt(me, riding_id, batch, events, signed, done)
        if done.forks:
            # Somebody else writes under our numbers: nothing more is said until this computer has its own.
            return done
        me.batch.succeeded()


def _took_all(me: Replica, batch: Batch, signed: Signed) -> bool:
    """Whether headquarters goes on where this batch ends. Its receipt is believed in `take_receipt`, not here."""
    try:
        receipt = open_receipt(me.hq_key, Receipt, signed)
    except BadMessage:
        return False
    return not receipt.forks and receipt.acked_through == receipt.to_seq == batch.to_seq


def take_receipt(
    me: Replica, riding_id: int, batch: Batch, events: list[Event], signed: Signed, done: Pushed
) -> None:
    """Believe a receipt that headquarters signed for this batch. Raises SyncProblem; then nothing was changed."""
    try:
        receipt = open_receipt(me.hq_key, Receipt, signed)
        with me.database.write() as db:
            mark = read_mark(db, riding_id, me.device_id)
            check_receipt(receipt, batch, riding_id, me.epoch(db), mark)
            name = receipt_name(signed.payload)
            changes = apply_receipt(db, receipt, events, me.time_zone, me.clock.now_ms(), name)
            me.heard(db, receipt.server_time)
    except BadMessage as error:
        raise SyncProblem(FORGED, detail=str(error)) from error
    me.changes.add(changes)
    assert done.receipts is not None
    done.receipts.append(name)
    done.events += len(events)
    done.quarantined += len(receipt.quarantined)
    done.forks += len(receipt.forks)


def send_named(me: Replica, riding_id: int, events: list[Event]) -> Steps[int]:
    """Send the assets and rosters that events name and headquarters lacks. The number sent."""
    sent = 0
    assets = named_assets(events)
    if assets:
        answer = yield Call("POST", f"/v1/ridings/{riding_id}/missing", pack(Names(hashes=assets)))
        missing = read_answer(answer, Names).hashes
        for name in (one for one in missing if one in assets):
            me.stop_if_cancelled()
            asset = load_asset(me.database.read(), riding_id, name)
            if asset is not None:
                me.progress(_SENDING_FILES, sent, len(missing))
                path = f"/v1/ridings/{riding_id}/assets/{name.hex()}"
                read_answer((yield Call("PUT", path, pack(asset), ASSET_PATIENCE)), Done)
                sent += 1
    for name in named_rosters(events):
        sent += yield from _send_roster(me, riding_id, name)
    return sent


def _send_roster(me: Replica, riding_id: int, name: bytes) -> Steps[int]:
    path = f"/v1/ridings/{riding_id}/rosters/{name.hex()}"
    here = roster_index(me.database.read(), riding_id, name)
    there = read_answer((yield Call("GET", path)), RosterIndex)
    if there.whole or not here.whole:
        return 0
    known = set(there.chunks)
    todo = [chunk.number for chunk in here.chunks if chunk not in known]
    total = len(todo)
    while todo:
        me.stop_if_cancelled()
        me.progress(_SENDING_FILES, total - len(todo), total)
        part = load_part(me.database.read(), riding_id, name, todo)
        body = pack(RosterPart(chunks=part))
        read_answer((yield Call("PUT", f"{path}/chunks", body, ASSET_PATIENCE)), Done)
        todo = todo[len(part) :]
    read_answer((yield Call("POST", f"{path}/seal", None, ASSET_PATIENCE)), Done)
    return 1
