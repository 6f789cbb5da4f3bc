"""What must hold, at every moment and at the end, when everything was delivered."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import unquote

from canvass_app.ledger.clock import MAX_AHEAD_MS, milliseconds, reading
from canvass_app.ledger.erasure import named_people
from canvass_app.ledger.events import Event
from canvass_app.services.doctor import state_digest, table_digests
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import members, resolve, voided_shifts
from canvass_app.storage.projections import PROJECTED, rebuild
from canvass_app.sync.outbox import read_mark

from .broken import Broken
from .reference import recount
from .town import RIDING, ZONE

if TYPE_CHECKING:
    from .laptop import Laptop
    from .world import World


class _PutBack(Exception):
    """Undoes a trial rebuild."""


# --- at every moment ---------------------------------------------------------------------------------


def check_numbers(world: World) -> None:
    """At headquarters: highest number = count = counter."""
    (row,) = world.hq.memory.read().query(
        "SELECT COALESCE(MAX(e.riding_sequence), 0), COUNT(e.riding_sequence), COUNT(*), c.last_sequence FROM"
        " riding_counter c LEFT JOIN event e ON e.riding_id = c.riding_id WHERE c.riding_id = ?",
        (RIDING,),
    )
    highest, count, _, counter = map(int, row)
    if not highest == count == counter:
        raise Broken("max = count = counter", f"{highest}, {count}, {counter}")


def check_receipts(world: World, laptop: Laptop) -> None:
    """A laptop believes no more than headquarters ever acknowledged."""
    device = laptop.book.device_id
    acked = read_mark(laptop.memory.read(), RIDING, device).acked_through
    if acked > world.hq_high.get(device, 0):
        raise Broken(
            "pending falls by receipts alone",
            f"laptop {laptop.index} believes {acked}, headquarters said {world.hq_high.get(device, 0)}",
        )


class Before:
    """What a laptop showed before a step."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.book = laptop.book
        self.clock = laptop.book.clock.last
        self.bars = bars(laptop.memory.read())


def check_clock(before: Before) -> None:
    """What came over the wire never takes this laptop's clock more than five minutes past its own time."""
    laptop = before.laptop
    most = max(before.clock, reading(laptop.now_ms() + MAX_AHEAD_MS))
    if laptop.book is before.book and laptop.book.clock.last > most:
        raise Broken(
            "a far clock never enters ours", f"laptop {laptop.index}: {milliseconds(laptop.book.clock.last)}"
        )


def check_call(laptop: Laptop, epoch: bytes) -> None:
    """A riding is pulled from its beginning once; again only where headquarters, the disk or the identity changed."""
    call = laptop.call
    if call is None or call.method != "GET" or "cursor=" not in call.path:
        return
    cursor = unquote(call.path.rpartition("cursor=")[2])
    if cursor:
        laptop.has_cursor = base64.urlsafe_b64decode(cursor)[: len(epoch)] == epoch
    elif laptop.has_cursor and not laptop.in_doubt:
        raise Broken("digests agree", f"laptop {laptop.index} found a difference and pulls everything again")


def group_of(laptop: Laptop, one: bytes) -> set[bytes]:
    """Every id that means the same door or person here."""
    db = laptop.memory.read()
    subject = resolve(db, RIDING, [one])[one]
    return {one, *members(db, RIDING, [subject])[subject]}


def check_sees(laptop: Laptop, events: list[Event], groups: dict[bytes, set[bytes]]) -> None:
    """Whoever writes a field here has seen all sides, so here no conflict about it is left.

    `groups` as they were before: an act may itself show that two records are one.
    """
    db = laptop.memory.read()
    voided = voided_shifts(db, RIDING)
    for event in events:
        if (
            event.body is None
            or event.shift in voided
            or group_of(laptop, event.subject) != groups[event.subject]
        ):
            continue
        subject = resolve(db, RIDING, [event.subject])[event.subject]
        for field in event.body.sets():
            if db.query(
                "SELECT 1 FROM conflict WHERE riding_id = ? AND subject = ? AND field = ?",
                (RIDING, subject, field),
            ):
                raise Broken(
                    "who saw both sides ends the conflict",
                    f"laptop {laptop.index}: {field} of {subject.hex()[:6]}",
                )


def check_bars(before: Before) -> None:
    """A bar that was shown is still shown, unless a `bar.lifted` of that door or person is here."""
    laptop = before.laptop
    now = bars(laptop.memory.read())
    db = laptop.memory.read()
    for gone, subject in resolve(db, RIDING, before.bars - now).items():
        # A door that nothing describes any more (its file withdrawn, its shift voided) is not shown at all.
        if subject in now or not shown(db, subject):
            continue
        group = members(db, RIDING, [subject])[subject]
        kinds = {
            str(row[0])
            for row in query_in(
                db,
                "SELECT DISTINCT kind FROM event WHERE riding_id = ? AND kind IN ('bar.set', 'bar.lifted', 'person.erased')"
                " AND subject IN (??)",
                (RIDING,),
                {gone, *group},
            )
        }
        # Two who were joined are apart again: the bar is the other's.
        if kinds == {"bar.set"}:
            raise Broken("a bar stays until it is lifted", f"laptop {laptop.index}: {gone.hex()[:6]}")


def bars(db: Connection) -> set[bytes]:
    """The doors and people that are barred."""
    rows = db.query(
        "SELECT door_id FROM door WHERE riding_id = ? AND barred = 1 UNION ALL"
        " SELECT person_id FROM person WHERE riding_id = ? AND barred = 1",
        (RIDING, RIDING),
    )
    return {bytes(row[0]) for row in rows}


def shown(db: Connection, one: bytes) -> bool:
    """Whether a door or person has a row."""
    return bool(
        db.query(
            "SELECT 1 FROM door WHERE riding_id = ? AND door_id = ? UNION ALL"
            " SELECT 1 FROM person WHERE riding_id = ? AND person_id = ?",
            (RIDING, one, RIDING, one),
        )
    )


def check_deliveries(world: World) -> None:
    """Every page holds all of headquarters' numbers between its two ends, in order (the device's own up to `skip` left out)."""
    rows = world.hq.memory.read().query(
        "SELECT riding_sequence, device_id, device_seq FROM event WHERE riding_id = ? ORDER BY riding_sequence",
        (RIDING,),
    )
    epoch = world.hq.office.epoch
    for of, device, skip, after, through, numbers in world.hq.delivered:
        if of == epoch:
            due = tuple(
                int(n) for n, d, s in rows[after:through] if not (bytes(d) == device and int(s) <= skip)
            )
            if due != numbers:
                raise Broken(
                    "each event is delivered once, in order",
                    f"between {after} and {through}: {numbers}, not {due}",
                )
    world.hq.delivered.clear()


# --- at the end ----------------------------------------------------------------------------------------


def check_all(world: World) -> None:
    """Everything was delivered: one record, one state, nothing lost, nothing twice. Raises Broken."""
    check_numbers(world)
    check_deliveries(world)
    arrived = world.hq_events()
    # An erasure that a stolen disk took with it asks nothing of anybody.
    erased = {event.subject for _, event in arrived if event.kind == "person.erased"}
    for _, event in arrived:
        if event.stamp is None or event.stamp > event.hlc:
            raise Broken(
                "a stamp is never later than the event's own clock", f"{event.key.device_seq} {event.kind}"
            )
        if event.stamp != world.stamps.get(event.hash, event.stamp):
            raise Broken("stamps outlive a restore", f"{event.key.device_seq} {event.kind}")
        if event.subject in erased and event.body is not None and event.kind != "person.erased":
            raise Broken("erased stays erased", f"{event.kind} of {event.subject.hex()[:6]}")
    _nothing_lost(world, [event for _, event in arrived], erased)
    _stored_is_acknowledged(world)
    _nothing_pending(world)
    _one_log(world)
    _one_state(world)
    _equal_to_a_rebuild(world)
    recount(world.hq.memory.read(), [event for _, event in arrived], erased)


def _nothing_lost(world: World, arrived: list[Event], erased: set[bytes]) -> None:
    by_hash = {event.hash: event for event in arrived}
    said = {event.identity for event in arrived}
    for digest, event in world.acknowledged.items():
        name = f"{event.key.device_id.hex()[:3]}:{event.key.device_seq} {event.kind}"
        here = by_hash.get(digest)
        # A number that two laptops had given belongs to one of them; the other's event was issued again.
        # Nothing is said again of somebody who was erased.
        forgotten = not erased.isdisjoint(named_people(event))
        if event.identity not in said and digest not in world.lost and not forgotten:
            raise Broken("saved events reach headquarters", name)
        if here is not None and here.raw != event.raw and not erased:
            raise Broken("saved events reach headquarters", f"{name}: other bytes")


def _stored_is_acknowledged(world: World) -> None:
    db = world.hq.memory.read()
    ((stored,),) = db.query("SELECT COUNT(*) FROM event WHERE riding_id = ?", (RIDING,))
    ((said,),) = db.query(
        "SELECT COALESCE(SUM(acked_through), 0) FROM device_log WHERE riding_id = ?", (RIDING,)
    )
    # Numbers that a relay passed over, because nobody but their writer ever had the event.
    ((holes,),) = db.query(
        "SELECT COUNT(*) FROM quarantine WHERE riding_id = ? AND LENGTH(raw) = 0", (RIDING,)
    )
    if int(stored) + int(holes) != int(said):
        raise Broken("stored = sum of acknowledged", f"{stored} stored, {holes} open, {said} acknowledged")


def _nothing_pending(world: World) -> None:
    for laptop in world.laptops:
        mark = read_mark(laptop.memory.read(), RIDING, laptop.book.device_id)
        if mark.pending:
            raise Broken("the queue drains", f"laptop {laptop.index}: {mark.pending} pending")


def _log(db: Connection) -> dict[tuple[bytes, int], tuple[bytes, int, bytes]]:
    rows = db.query(
        "SELECT device_id, device_seq, hash, stamp, raw FROM event WHERE riding_id = ?", (RIDING,)
    )
    return {(bytes(d), int(s)): (bytes(h), int(stamp or -1), bytes(raw)) for d, s, h, stamp, raw in rows}


def _one_log(world: World) -> None:
    wanted = _log(world.hq.memory.read())
    for laptop in world.laptops:
        found = _log(laptop.memory.read())
        if found != wanted:
            odd = min(key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key))
            what = "lacks" if odd not in found else "has alone" if odd not in wanted else "holds otherwise"
            raise Broken("one log everywhere", f"laptop {laptop.index} {what} {odd[0].hex()[:3]}:{odd[1]}")


def _one_state(world: World) -> None:
    wanted = table_digests(world.hq.memory.read(), RIDING)
    whole = state_digest(world.hq.memory.read(), RIDING)
    for laptop in world.laptops:
        db = laptop.memory.read()
        if state_digest(db, RIDING) != whole:
            found = table_digests(db, RIDING)
            tables = [table for table in PROJECTED if found[table] != wanted[table]]
            raise Broken(
                "one state everywhere",
                f"laptop {laptop.index}: {_difference(db, world.hq.memory.read(), tables[0])} ({', '.join(tables)})",
            )


def _equal_to_a_rebuild(world: World) -> None:
    for name, memory in [
        ("headquarters", world.hq.memory),
        *((f"laptop {x.index}", x.memory) for x in world.laptops),
    ]:
        before = table_digests(memory.read(), RIDING)
        rows = {
            table: memory.read().query(f"SELECT * FROM {table} WHERE riding_id = ?", (RIDING,))
            for table in PROJECTED
        }
        after, odd = before, ""
        try:
            with memory.write() as db:
                rebuild(db, RIDING, ZONE)
                after = table_digests(db, RIDING)
                for table in PROJECTED:
                    if before[table] != after[table]:
                        fresh = db.query(f"SELECT * FROM {table} WHERE riding_id = ?", (RIDING,))
                        odd = f"{table}: {_first_odd(rows[table], fresh)}"
                        break
                raise _PutBack
        except _PutBack:
            pass
        if odd:
            raise Broken("equal to a fold from scratch", f"{name}: {odd}")
        # One rebuild says it for all: their states were found equal, and so were their logs.
        break


def _difference(db: Connection, other: Connection, table: str) -> str:
    rows = [d.query(f"SELECT * FROM {table} WHERE riding_id = ?", (RIDING,)) for d in (db, other)]
    return f"{table}: {_first_odd(*rows)}"


def _first_odd(one: list[tuple[object, ...]], other: list[tuple[object, ...]]) -> str:
    here, there = set(one), set(other)
    return f"{_short(here - there)} against {_short(there - here)}"


def _short(rows: set[tuple[object, ...]]) -> str:
    return (
        "; ".join(
            str(tuple(v.hex()[:6] if isinstance(v, bytes) else v for v in row))
            for row in sorted(rows, key=repr)[:2]
        )
        or "nothing"
    )
