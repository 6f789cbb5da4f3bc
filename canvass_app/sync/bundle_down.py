"""A bundle on its way down: receipts are believed when they name what lies here, pages go on where this laptop is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from canvass_app.domain.errors import Refused, SyncProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, open_event
from canvass_app.storage.log import events_of
from canvass_app.storage.projections import project
from canvass_app.storage.roster_store import is_whole, roster_id_of

from .assets import check_asset, check_chunk, drop_roster, roster_verifies, store_asset, store_part
from .bundle_items import Acknowledgement, Item, Refusal, Run, names_digest, take
from .bundles import Broken
from .codec import BadMessage
from .inbox import HEARD, MET, adopt_epoch, apply_page, note_ridings, note_verified, read_place, start_over
from .messages import PROTOCOL, Asset, Batch, CampaignSettings, Hello, Page, Receipt, RosterCut, RosterPart
from .outbox import read_mark, set_acked
from .parts import settle, take_cut
from .problems import CONFUSED, COPIED, DAMAGED_ROSTER
from .pulling import agrees
from .pushing import Pushed, take_receipt
from .replica import Replica, fact, keep_fact
from .signing import open_receipt

OLD = Text(
    "This bundle is from before headquarters was put back from a backup. Nothing was changed. Write a new bundle and "
    "take it to headquarters.",
    "Ce lot date d’avant le rétablissement du quartier général à partir d’une sauvegarde. Rien n’a été modifié. Écrivez un "
    "nouveau lot et apportez-le au quartier général.",
)
DIFFERS = Text(
    "After this bundle, this computer and headquarters still differ. Nothing was lost; the next bundle, or the next sync, "
    "brings everything again.",
    "Après ce lot, cet ordinateur et le quartier général diffèrent encore. Rien n’est perdu; le prochain lot, ou la "
    "prochaine synchronisation, rapportera tout.",
)
_READING = Text("Reading what headquarters sent", "Lecture de l’envoi du quartier général")


@dataclass(slots=True)
class Brought:
    """What a bundle from headquarters came to. `receipts`: the last one of each riding."""

    receipts: dict[int, str] = field(default_factory=dict[int, str])
    acknowledged: int = 0
    pulled: int = 0
    files: int = 0
    quarantined: int = 0
    forks: int = 0
    refusals: list[Refusal] = field(default_factory=list[Refusal])
    notes: list[Text] = field(default_factory=list[Text])
    waiting: set[int] = field(default_factory=set[int])
    """Ridings whose pages begin after what this laptop has: a new bundle, or a sync, begins where it is."""
    campaign: str = ""
    taken: tuple[int, ...] = ()
    """Ridings that headquarters took from this laptop, by what it said last."""


@dataclass(slots=True)
class _Reading:
    me: Replica
    brought: Brought
    usable: set[int] = field(default_factory=set[int])
    """Ridings whose present run of pages joins on."""


def take_down(me: Replica, epoch: bytes, found: Iterable[Item], brought: Brought) -> None:
    """Take in the items of a bundle for this laptop, `brought` being told as they go; each stays once it is taken.

    Raises Refused (from before a restore), SyncProblem, SyncStopped, and what `found` raises.
    """
    reading = _Reading(me, brought)
    greeted = False
    done = 0
    try:
        for item in found:
            me.stop_if_cancelled()
            me.progress(_READING, done, 0)
            done += 1
            if item.kind == "hello":
                brought.taken = _hello(me, epoch, take(item, Hello))
                greeted = True
            elif not greeted:
                raise BadMessage("a bundle without a greeting")
            else:
                _one(reading, item)
    except Broken:
        raise
    except BadMessage as error:
        raise SyncProblem(CONFUSED, detail=str(error)) from error


def _one(reading: _Reading, item: Item) -> None:
    me, brought, riding_id = reading.me, reading.brought, item.riding_id
    match item.kind:
        case "campaign":
            brought.campaign = take(item, CampaignSettings).text
        case "receipt":
            _receipt(me, riding_id, take(item, Acknowledgement), brought)
        case "refusal":
            _refusal(me, riding_id, take(item, Refusal), brought)
        case "asset":
            _asset(me, riding_id, item.name, take(item, Asset))
            brought.files += 1
        case "roster":
            _chunks(me, riding_id, item.name, take(item, RosterPart))
        case "cut":
            take_cut(me, riding_id, item.name, take(item, RosterCut))
            brought.files += 1
        case "sealed":
            _sealed(me, riding_id, item.name, brought)
        case "run":
            _run(reading, riding_id, take(item, Run))
        case "page":
            _page(reading, riding_id, take(item, Page))
        case _:
            # A newer headquarters may say more.
            pass


def _hello(me: Replica, epoch: bytes, hello: Hello) -> tuple[int, ...]:
    """Take in the greeting; the ridings that were taken from this laptop, unless something later was heard."""
    if hello.protocol != PROTOCOL or hello.epoch != epoch:
        raise BadMessage("the greeting is of another protocol or epoch")
    with me.database.write() as db:
        known, heard = me.epoch(db), int(fact(db, HEARD, "0"))
        if hello.epoch != known:
            # A stick may have lain in a drawer: only what headquarters said later than what we heard is news.
            if known and hello.server_time <= heard:
                raise Refused(OLD)
            adopt_epoch(db, me.device_id, hello.epoch)
        if hello.role and hello.server_time >= heard:
            keep_fact(db, "role", hello.role)
        if hello.device_name and hello.server_time >= heard:
            keep_fact(db, "device_name", hello.device_name)
        if hello.server_time > heard:
            keep_fact(db, HEARD, str(hello.server_time))
            keep_fact(db, MET, str(me.clock.now_ms()))
        me.changes.ridings |= note_ridings(db, hello.ridings)
        me.heard(db, hello.server_time)
        for one in hello.ridings:
            mark = read_mark(db, one.riding_id, me.device_id)
            if one.acked_through > mark.last_seq:
                raise SyncProblem(
                    COPIED, detail=f"riding {one.riding_id}: {one.acked_through} > {mark.last_seq}"
                )
            db.run(
                "UPDATE sync_state SET last_contact_ms = ? WHERE riding_id = ?",
                (me.clock.now_ms(), one.riding_id),
            )
    return hello.taken if hello.server_time > heard else ()


def _receipt(me: Replica, riding_id: int, told: Acknowledgement, brought: Brought) -> None:
    """Believe a receipt when the events that it names are the ones that lie here under their numbers."""
    receipt = open_receipt(me.hq_key, Receipt, told.signed)
    if (receipt.riding_id, receipt.device_id) != (riding_id, me.device_id) or receipt.from_seq < 1:
        raise BadMessage("a receipt for somebody else")
    rows = me.database.read().query(
        "SELECT raw, stamp, hash FROM event WHERE riding_id = ? AND device_id = ? AND device_seq BETWEEN ? AND ?"
        " ORDER BY device_seq",
        (riding_id, me.device_id, receipt.from_seq, receipt.to_seq),
    )
    if names_digest(bytes(row[2]) for row in rows) != told.events:
        # Another computer wrote under our numbers, or this one was put back from a backup.
        raise SyncProblem(COPIED, detail=f"riding {riding_id}: {receipt.from_seq} to {receipt.to_seq}")
    events: list[Event] = [open_event(bytes(raw), stamp) for raw, stamp, _ in rows]
    batch = Batch(
        protocol=PROTOCOL, device_id=me.device_id, from_seq=receipt.from_seq, to_seq=receipt.to_seq, events=[]
    )
    before = read_mark(me.database.read(), riding_id, me.device_id).acked_through
    pushed = Pushed(receipts=[])
    take_receipt(me, riding_id, batch, events, told.signed, pushed)
    brought.acknowledged += read_mark(me.database.read(), riding_id, me.device_id).acked_through - before
    brought.quarantined += pushed.quarantined
    brought.forks += pushed.forks
    if pushed.receipts:
        brought.receipts[riding_id] = pushed.receipts[-1]


def _refusal(me: Replica, riding_id: int, refusal: Refusal, brought: Brought) -> None:
    brought.refusals.append(refusal)
    mark = read_mark(me.database.read(), riding_id, me.device_id)
    if refusal.code == "gap" and mark.acked_through == refusal.from_seq - 1 > refusal.have:
        # Headquarters holds less than it once acknowledged: the next bundle begins where it is.
        with me.database.write() as db:
            set_acked(db, riding_id, me.device_id, refusal.have)


# --- files ------------------------------------------------------------------------------------------


def _asset(me: Replica, riding_id: int, name: bytes, asset: Asset) -> None:
    check_asset(name, asset)
    with me.database.write() as db:
        store_asset(db, riding_id, name, asset)
    me.changes.ridings.add(riding_id)
    me.changes.layers |= asset.kind == "layer"


def _chunks(me: Replica, riding_id: int, name: bytes, part: RosterPart) -> None:
    for chunk in part.chunks:
        check_chunk(chunk)
    with me.database.write() as db:
        store_part(db, riding_id, name, part.chunks)


def _sealed(me: Replica, riding_id: int, name: bytes, brought: Brought) -> None:
    """All chunks of a roster came: keep them only if together they are what their name says."""
    if not roster_verifies(me.database.read(), riding_id, name):
        with me.database.write() as db:
            drop_roster(db, riding_id, name)
        brought.notes.append(DAMAGED_ROSTER)
        return
    brought.files += 1
    if is_whole(me.database.read(), riding_id, name):
        with me.database.write() as db:
            subject = roster_id_of(name)
            # Announced before it came, perhaps: then its doors are folded now.
            changes = project(db, events_of(db, riding_id, [subject]).get(subject, []), me.time_zone)
        me.changes.add(changes)


# --- pages ------------------------------------------------------------------------------------------


def _run(reading: _Reading, riding_id: int, run: Run) -> None:
    me = reading.me
    with me.database.write() as db:
        place = read_place(db, riding_id)
        if run.stale and place.cursor == run.stale:
            start_over(db, riding_id)
            place = read_place(db, riding_id)
        mark = read_mark(db, riding_id, me.device_id)
    if run.after <= place.pulled_through and run.skip <= mark.acked_through:
        reading.usable.add(riding_id)
        reading.brought.waiting.discard(riding_id)
    else:
        reading.usable.discard(riding_id)
        reading.brought.waiting.add(riding_id)


def _page(reading: _Reading, riding_id: int, page: Page) -> None:
    me, brought = reading.me, reading.brought
    if page.epoch != me.epoch(me.database.read()):
        raise BadMessage("a page of another epoch")
    # A page that begins before our place and goes on after it holds all that lies between: it joins on.
    if (
        riding_id not in reading.usable
        or page.through < read_place(me.database.read(), riding_id).pulled_through
    ):
        return
    if page.part is not None or not read_place(me.database.read(), riding_id).cursor:
        settle(me, riding_id, page.part)
    brought.pulled += apply_page(me, riding_id, page)
    if page.digest is None:
        return
    if agrees(me, riding_id, page.digest):
        with me.database.write() as db:
            note_verified(db, riding_id, me.clock.now_ms())
        return
    with me.database.write() as db:
        start_over(db, riding_id)
    brought.notes.append(DIFFERS)
