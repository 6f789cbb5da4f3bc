"""Offering a restored headquarters what it lost of others, and this laptop still holds, stamps included.

After an epoch was adopted, own events were pushed and the riding pulled to its end, whatever still has no number
here is what headquarters lacks: nothing needs to be asked, and where nothing is lacking nothing is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, open_event
from canvass_app.storage.database import Connection

from .codec import pack
from .inbox import is_verified, must_offer, note_offer
from .messages import MAX_BATCH_BYTES, PROTOCOL, Relay, Relayed
from .parts import holds_a_part
from .problems import TimedOut
from .pushing import PUSH_PATIENCE, send_named
from .replica import Replica
from .steps import Call, Declined, Steps, read_answer

_GIVING_BACK = Text(
    "Giving headquarters back what it lost", "Restitution au quartier général de ce qu’il a perdu"
)


@dataclass(slots=True)
class Offered:
    """What an offer came to.

    `declined`: what cannot go by the numbers that it has here and must be said again: by device, what is after a number.
    """

    taken: int = 0
    assets: int = 0
    declined: dict[bytes, int] = field(default_factory=dict[bytes, int])


def offer_riding(me: Replica, riding_id: int) -> Steps[Offered]:
    """Offer a riding's events of other devices that have no number, after a whole pull. Raises SyncProblem or Refused."""
    done = Offered()
    db = me.database.read()
    if not must_offer(db, riding_id):
        return done
    lacking = _lacking(db, riding_id, me.device_id)
    if not lacking:
        with me.database.write() as writing:
            note_offer(writing, riding_id, due=False)
        return done
    total, offered = sum(count for count, _, _ in lacking.values()), 0
    for device_id, (count, last, through) in sorted(lacking.items()):
        if through < last:
            done.declined[device_id] = through
        yield from _offer_device(me, riding_id, device_id, through, done, offered, total)
        offered += count
    return done


def relays(me: Replica, riding_id: int, count: int) -> Iterator[tuple[Relay, list[Event]]]:
    """What `offer_riding` would offer, `count` events at most in each part, for a bundle: nothing before a whole pull."""
    db = me.database.read()
    if not must_offer(db, riding_id) or not is_verified(db, riding_id) or holds_a_part(db, riding_id):
        return
    epoch = me.epoch(db)
    for device_id, (_, _, through) in sorted(_lacking(db, riding_id, me.device_id).items()):
        after = 0
        while events := _next_part(me.database.read(), riding_id, device_id, (after, through), count):
            yield _relay(epoch, device_id, events), events
            after = events[-1].key.device_seq


def _relay(epoch: bytes, device_id: bytes, events: list[Event]) -> Relay:
    told = [(event.key.device_seq, event.order, event.raw) for event in events]
    return Relay(protocol=PROTOCOL, epoch=epoch, device_id=device_id, events=told)


def _lacking(db: Connection, riding_id: int, own: bytes) -> dict[bytes, tuple[int, int, int]]:
    """By device: how many events have no number, the last of them, and through where they may go as they are.

    Where something of a device stands aside, its numbers may go on otherwise at headquarters from there on.
    """
    rows = db.query(
        "SELECT device_id, COUNT(*), MAX(device_seq), MIN(CASE WHEN stamp IS NULL THEN device_seq END) FROM event"
        " WHERE riding_id = ? AND device_id <> ? AND riding_sequence IS NULL GROUP BY device_id",
        (riding_id, own),
    )
    parted = {
        bytes(device): int(first)
        for device, first in db.query(
            "SELECT f.device_id, MIN(f.device_seq) FROM fork f JOIN event e ON e.riding_id = f.riding_id"
            " AND e.device_id = f.device_id AND e.device_seq = f.device_seq"
            " WHERE f.riding_id = ? AND e.riding_sequence IS NOT NULL AND e.hash <> f.hash GROUP BY f.device_id",
            (riding_id,),
        )
    }
    lacking: dict[bytes, tuple[int, int, int]] = {}
    for device, count, last, unstamped in rows:
        ends = [int(last) + 1, parted.get(bytes(device), int(last) + 1)]
        if unstamped is not None:
            ends.append(int(unstamped))
        lacking[bytes(device)] = (int(count), int(last), min(ends) - 1)
    return lacking


def _offer_device(
    me: Replica, riding_id: int, device_id: bytes, through: int, done: Offered, before: int, total: int
) -> Steps[None]:
    after = sent = 0
    while True:
        me.stop_if_cancelled()
        events = _next_part(me.database.read(), riding_id, device_id, (after, through), me.batch.value)
        if not events:
            return
        done.assets += yield from send_named(me, riding_id, events)
        me.progress(_GIVING_BACK, before + sent, total)
        relay = _relay(me.epoch(me.database.read()), device_id, events)
        try:
            call = Call("POST", f"/v1/ridings/{riding_id}/relay", pack(relay), PUSH_PATIENCE)
            answer = read_answer((yield call), Relayed)
        except TimedOut:
            if me.batch.at_least:
                raise
            me.batch.failed()
            continue
        except Declined as declined:
            if declined.problem.code != "not_taken":
                raise
            done.declined[device_id] = 0
            return
        me.batch.succeeded()
        done.taken += answer.taken
        sent += len(events)
        after = events[-1].key.device_seq


def _next_part(
    db: Connection, riding_id: int, device_id: bytes, within: tuple[int, int], count: int
) -> list[Event]:
    rows = db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq > ? AND device_seq <= ?"
        " AND riding_sequence IS NULL ORDER BY device_seq LIMIT ?",
        (riding_id, device_id, *within, count),
    )
    events: list[Event] = []
    size = 0
    for raw, stamp in rows:
        size += len(raw)
        if events and size > MAX_BATCH_BYTES:
            break
        events.append(open_event(bytes(raw), stamp))
    return events
