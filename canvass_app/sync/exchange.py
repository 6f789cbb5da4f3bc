"""A whole exchange with headquarters: hello, then each riding pushed and pulled in turn."""

from __future__ import annotations

from dataclasses import dataclass, field

from canvass_app.domain.errors import SyncProblem

from .inbox import (
    HEARD,
    MET,
    SCOPE,
    adopt_epoch,
    is_verified,
    note_offer,
    note_ridings,
    note_verified,
    read_place,
)
from .messages import PROTOCOL, CampaignSettings, Hello, RidingState
from .outbox import read_mark, set_acked
from .parts import holds_a_part
from .problems import CONFUSED, COPIED
from .pulling import pull_riding
from .pushing import push_riding
from .relaying import offer_riding
from .replica import Replica, fact, keep_fact
from .steps import Call, Steps, read_answer
from .waiting import fold_waiting


@dataclass(slots=True)
class Exchanged:
    """What an exchange came to. `ridings` were gone through; `unverified` differ or could not be compared."""

    ridings: list[int] = field(default_factory=list[int])
    pushed: int = 0
    pulled: int = 0
    assets: int = 0
    quarantined: int = 0
    forks: int = 0
    receipts: dict[int, str] = field(default_factory=dict[int, str])
    """The last receipt of each riding that was pushed."""
    unverified: list[int] = field(default_factory=list[int])
    relayed: int = 0
    """Events of others that were given back to a headquarters that had lost them."""
    unrelayed: dict[tuple[int, bytes], int] = field(default_factory=dict[tuple[int, bytes], int])
    """(riding, device) -> number: later events that are here must be said again (`services.identity`)."""
    folding: float = 0.0
    """Seconds spent, once everything was here, on folding it (sync/waiting.py)."""


def greet(me: Replica) -> Steps[Hello]:
    """Say hello: learn HQ's time, epoch and ridings. Raises SyncProblem or Refused."""
    hello = read_answer((yield Call("GET", "/v1/ridings")), Hello)
    if hello.protocol != PROTOCOL:
        raise SyncProblem(CONFUSED, detail=f"protocol {hello.protocol}")
    with me.database.write() as db:
        if hello.epoch != me.epoch(db):
            adopt_epoch(db, me.device_id, hello.epoch)
        if hello.hq_box and not fact(db, "hq_box"):
            keep_fact(db, "hq_box", hello.hq_box.hex())
        if hello.role:
            keep_fact(db, "role", hello.role)
        if str(hello.scope) != fact(db, SCOPE):
            # What it holds may be another part now, though nothing was said in a riding since.
            for (riding_id,) in db.query("SELECT riding_id FROM sync_state"):
                note_verified(db, int(riding_id), 0)
            keep_fact(db, SCOPE, str(hello.scope))
        if hello.device_name:
            keep_fact(db, "device_name", hello.device_name)
        keep_fact(db, HEARD, str(hello.server_time))
        keep_fact(db, MET, str(me.clock.now_ms()))
        me.changes.ridings |= note_ridings(db, hello.ridings)
        me.heard(db, hello.server_time)
        for one in hello.ridings:
            db.run(
                "UPDATE sync_state SET last_contact_ms = ? WHERE riding_id = ?",
                (me.clock.now_ms(), one.riding_id),
            )
    return hello


def fetch_campaign() -> Steps[CampaignSettings]:
    """The campaign's settings as headquarters has them."""
    return read_answer((yield Call("GET", "/v1/campaign")), CampaignSettings)


def exchange_ridings(me: Replica, hello: Hello, *, only_send: bool = False) -> Steps[Exchanged]:
    """Push and pull every riding that HQ shows this device; `only_send`: push. Raises SyncProblem or Refused."""
    done = Exchanged()
    for riding in hello.ridings:
        yield from _one_riding(me, riding, done, only_send)
        done.ridings.append(riding.riding_id)
    return done


def _one_riding(me: Replica, riding: RidingState, done: Exchanged, only_send: bool) -> Steps[None]:
    riding_id = riding.riding_id
    mark = read_mark(me.database.read(), riding_id, me.device_id)
    if riding.acked_through > mark.last_seq:
        raise SyncProblem(COPIED, detail=f"riding {riding_id}: {riding.acked_through} > {mark.last_seq}")
    if riding.acked_through < mark.acked_through:
        with me.database.write() as db:
            set_acked(db, riding_id, me.device_id, riding.acked_through)
    pushed = yield from push_riding(me, riding_id)
    done.pushed += pushed.events
    done.assets += pushed.assets
    done.quarantined += pushed.quarantined
    done.forks += pushed.forks
    if pushed.receipts:
        done.receipts[riding_id] = pushed.receipts[-1]
    if only_send:
        done.unverified.append(riding_id)
        return
    try:
        yield from _fetch(me, riding, bool(pushed.events), done)
    except SyncProblem:
        # The network may be away for long: what came is shown.
        _fold(me, riding_id, done)
        raise
    _fold(me, riding_id, done)


def _fold(me: Replica, riding_id: int, done: Exchanged) -> None:
    began = me.timer()
    fold_waiting(me, riding_id)
    done.folding += me.timer() - began


def _fetch(me: Replica, riding: RidingState, pushed: bool, done: Exchanged) -> Steps[None]:
    riding_id = riding.riding_id
    place = read_place(me.database.read(), riding_id)
    db = me.database.read()
    # A part may have changed by time alone, or by lists in other parts of the riding.
    known = place.cursor and is_verified(db, riding_id) and not holds_a_part(db, riding_id)
    if pushed or place.pulled_through != riding.last_sequence or not known:
        pulled = yield from pull_riding(me, riding_id, riding.last_sequence)
        done.pulled += pulled.events
        done.assets += pulled.assets
        if not pulled.verified:
            done.unverified.append(riding_id)
            return
    if holds_a_part(me.database.read(), riding_id):
        # Whoever holds the whole gives a restored headquarters what it lacks of others.
        with me.database.write() as db:
            note_offer(db, riding_id, due=False)
        return
    offered = yield from offer_riding(me, riding_id)
    done.relayed += offered.taken
    done.assets += offered.assets
    done.unrelayed |= {(riding_id, device): after for device, after in offered.declined.items()}
    if offered.taken:
        # Their numbers come from headquarters like everybody's.
        pulled = yield from pull_riding(me, riding_id, riding.last_sequence + offered.taken)
        done.pulled += pulled.events
