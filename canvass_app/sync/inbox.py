"""The laptop's inbox: pages of events in HQ's order, each applied together with its cursor."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import filterfalse

from canvass_app.ledger.events import BadEvent, Event, open_event
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project
from canvass_app.storage.roster_store import CUT

from .digests import Tally, read_tally, tally_between
from .messages import Page, RidingState
from .outbox import keep_aside
from .replica import Replica, fact, keep_fact
from .waiting import WAITING, can_wait, let_wait

_EPOCH, _OFFER = "hq_epoch", "offer_"
HEARD = "hq_heard"
"""The fact that keeps HQ's time when it was last heard of: what a stick brings must be younger to change the epoch."""
MET = "hq_met"
"""When headquarters last said something, by this laptop's own clock (milliseconds UTC)."""
SCOPE = "hq_scope"
"""The fact that keeps headquarters' count of how often what this laptop may hold was changed."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far this laptop has pulled a riding, and the tally of what lies up to there."""

    cursor: str
    pulled_through: int
    tally: Tally


def read_place(db: Connection, riding_id: int) -> Place:
    """The place in a riding; the beginning when it was never pulled."""
    rows = db.query(
        "SELECT cursor, pulled_through, events, digest FROM sync_state WHERE riding_id = ?", (riding_id,)
    )
    if not rows:
        return Place("", 0, Tally(0, 0))
    cursor, through, events, text = rows[0]
    return Place(str(cursor), int(through), read_tally(int(events), str(text)))


def _keep_place(db: Connection, riding_id: int, place: Place) -> None:
    db.run(
        "INSERT INTO sync_state (riding_id, cursor, pulled_through, events, digest) VALUES (?,?,?,?,?)"
        " ON CONFLICT (riding_id) DO UPDATE SET cursor = excluded.cursor, pulled_through = excluded.pulled_through,"
        " events = excluded.events, digest = excluded.digest",
        (riding_id, place.cursor, place.pulled_through, place.tally.events, place.tally.digest.hex()),
    )


def start_over(db: Connection, riding_id: int) -> None:
    """Pull this riding again from its beginning; what is here already stays and counts once."""
    _keep_place(db, riding_id, Place("", 0, Tally(0, 0)))
    note_verified(db, riding_id, 0)


def is_verified(db: Connection, riding_id: int) -> bool:
    """Whether this riding's slice was found to be whole: until then what is shown of it is incomplete."""
    rows = db.query("SELECT verified_ms FROM sync_state WHERE riding_id = ?", (riding_id,))
    return bool(rows) and rows[0][0] > 0


def note_verified(db: Connection, riding_id: int, now_ms: int) -> None:
    """This riding's slice was found to be the same as headquarters' at this moment; 0: it has to be seen again."""
    db.run("UPDATE sync_state SET verified_ms = ? WHERE riding_id = ?", (now_ms, riding_id))


Opened = tuple[list[Event], list[int], list[tuple[int, bytes, str]]]


def open_page(page: Page) -> Opened:
    """The page's events with their numbers, and (number, bytes, reason) of what cannot be read here."""
    events: list[Event] = []
    sequences: list[int] = []
    bad: list[tuple[int, bytes, str]] = []
    for sequence, stamp, raw in page.events:
        try:
            events.append(open_event(raw, stamp))
            sequences.append(sequence)
        except BadEvent as error:
            bad.append((sequence, raw, str(error)))
    return events, sequences, bad


def apply_page(
    me: Replica, riding_id: int, page: Page, opened: Opened | None = None, *, later: bool = False
) -> int:
    """Keep a page's events, fold them and move the cursor, in one transaction. The number of events new here.

    `opened` is `open_page` of this page, where it was asked before; `later`: what can wait is folded by `fold_waiting`.
    """
    events, sequences, bad = opened or open_page(page)
    with me.database.write() as db:
        before = read_place(db, riding_id)
        new, changes = _keep(me, db, events, sequences, riding_id if later else None)
        for sequence, raw, reason in bad:
            keep_aside(db, riding_id, b"", sequence, reason, raw)
        tally = before.tally.plus(tally_between(db, riding_id, before.pulled_through, page.through))
        _keep_place(db, riding_id, Place(page.cursor, page.through, tally))
        db.run(
            "UPDATE sync_state SET last_contact_ms = ? WHERE riding_id = ?",
            (me.clock.now_ms(), riding_id),
        )
        me.heard(db, page.server_time, max((e.stamp or 0 for e in events), default=0))
    if new:
        me.changes.add(changes)
    return new


def keep_ahead(me: Replica, events: list[Event], sequences: list[int]) -> int:
    """Keep and fold a part of a page before its cursor moves: should nothing follow, the page comes again and these
    events are known. The number of events new here."""
    with me.database.write() as db:
        new, changes = _keep(me, db, events, sequences)
    me.changes.add(changes)
    return new


def _keep(
    me: Replica, db: Connection, events: list[Event], sequences: list[int], waiting: int | None = None
) -> tuple[int, ChangeSet]:
    """`waiting`: the riding in which what can wait is folded later."""
    inserted = insert_events(db, events, sequences)
    me.came_back |= any(event.key.device_id == me.device_id for event in inserted.new)
    # Own events whose receipt was lost come back here, and what a restored HQ stamped anew: both may be ordered otherwise.
    touched = inserted.touched
    if waiting is not None:
        let_wait(db, waiting, filter(can_wait, inserted.new))
        touched = [*filterfalse(can_wait, inserted.new), *inserted.replaced, *inserted.moved]
    return len(inserted.new), project(db, touched, me.time_zone) if touched else ChangeSet()


def recount(db: Connection, riding_id: int) -> bool:
    """Count the riding's digest anew from what is stored; True when it was off."""
    place = read_place(db, riding_id)
    tally = tally_between(db, riding_id, 0, place.pulled_through)
    _keep_place(db, riding_id, Place(place.cursor, place.pulled_through, tally))
    return tally != place.tally


def note_ridings(db: Connection, ridings: list[RidingState]) -> set[int]:
    """Keep the names of the ridings that HQ shows this device; those that are new or renamed here."""
    changed: set[int] = set()
    for one in ridings:
        rows = db.query("SELECT name_en, name_fr, province FROM riding WHERE riding_id = ?", (one.riding_id,))
        named = (one.name.en, one.name.fr, one.name.province)
        if not rows:
            db.run(
                "INSERT INTO riding (riding_id, name_en, name_fr, province) VALUES (?,?,?,?)",
                (one.riding_id, *named),
            )
            changed.add(one.riding_id)
        elif one.name.en and tuple(rows[0]) != named:
            db.run(
                "UPDATE riding SET name_en = ?, name_fr = ?, province = ? WHERE riding_id = ?",
                (*named, one.riding_id),
            )
            changed.add(one.riding_id)
        if not db.query("SELECT 1 FROM sync_state WHERE riding_id = ?", (one.riding_id,)):
            start_over(db, one.riding_id)
    return changed


def adopt_epoch(db: Connection, device_id: bytes, epoch: bytes) -> None:
    """HQ was restored: its numbers mean something new. Own events are offered again, everything is pulled again, and
    what others had sent and HQ lacks is offered too (`relaying`).

    Stamps stay: they travel with the events, so that HQ orders them as before.
    """
    forget_numbers(db)
    keep_fact(db, _EPOCH, epoch.hex())
    # What was left behind in a riding is not here to be offered: its sealed file is (services/losing.py).
    db.run(
        "UPDATE device_log SET acked_through = 0 WHERE device_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM meta f WHERE f.name = 'left_' || device_log.riding_id)",
        (device_id,),
    )


def forget_numbers(db: Connection) -> None:
    """What headquarters' numbers here mean is not known any more: everything is pulled again, and what still has no
    number then is what headquarters lacks.
    """
    joined = bool(fact(db, _EPOCH))
    for (riding_id,) in db.query("SELECT riding_id FROM sync_state UNION SELECT riding_id FROM riding"):
        if joined:
            note_offer(db, int(riding_id), due=True)
    for (riding_id,) in db.query("SELECT riding_id FROM sync_state"):
        start_over(db, int(riding_id))
    db.run("UPDATE event SET riding_sequence = NULL WHERE riding_sequence IS NOT NULL")


def is_of_this_database(name: str) -> bool:
    """Whether a fact tells how far this very database has come with headquarters: in another one it would be wrong."""
    return name in (_EPOCH, HEARD, MET, SCOPE) or name.startswith((_OFFER, WAITING, CUT))


def must_offer(db: Connection, riding_id: int) -> bool:
    """Whether headquarters was restored and this riding not yet gone through since."""
    return bool(fact(db, _flag(riding_id)))


def note_offer(db: Connection, riding_id: int, *, due: bool) -> None:
    """Remember, within a transaction, whether there is something to go through."""
    keep_fact(db, _flag(riding_id), "1" if due else "")


def _flag(riding_id: int) -> str:
    return f"{_OFFER}{riding_id}"
