"""Taking in a push: one transaction that only appends, and a signed receipt once it is durable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from canvass_app.ledger.clock import stamp as stamp_of
from canvass_app.ledger.events import BadEvent, Event, Key
from canvass_app.ledger.kinds import SAID_AT_DOORS
from canvass_app.storage.database import Connection
from canvass_app.storage.erasing import without_erased
from canvass_app.storage.postgres import PgConnection
from canvass_app.sync.messages import (
    MAX_BATCH_EVENTS,
    PROTOCOL,
    Batch,
    Receipt,
    Signed,
)
from canvass_app.sync.outbox import keep_aside
from canvass_app.sync.signing import sign_receipt

from .aside import names_here, own_device, said_here, set_aside
from .devices import RECORDERS, Device
from .office import Office, Taken
from .refusals import bad_request, gap, not_found
from .ridings import has_riding, learn_name
from .vetting import vet

_COLUMNS = (
    ("riding_id", "int8"), ("device_id", "bytea"), ("device_seq", "int8"), ("kind", "text"), ("subject", "bytea"),
    ("shift", "bytea"), ("hlc", "int8"), ("wall_ms", "int8"), ("stamp", "int8"), ("riding_sequence", "int8"),
    ("hash", "bytea"), ("raw", "bytea"),
)  # fmt: skip
_INSERT = (
    f"INSERT INTO event ({', '.join(name for name, _ in _COLUMNS)}) VALUES ({','.join('?' * len(_COLUMNS))})"
)


class Poison(NamedTuple):
    """An event that cannot be taken, and why."""

    seq: int
    reason: str
    raw: bytes


def receive(office: Office, device: Device, riding_id: int, batch: Batch) -> Signed:
    """Keep a device's events and return the receipt. Raises No; then nothing was changed."""
    if (
        batch.protocol != PROTOCOL
        or batch.from_seq < 1
        or batch.to_seq - batch.from_seq + 1 != len(batch.events)
        or not 1 <= len(batch.events) <= MAX_BATCH_EVENTS
    ):
        raise bad_request()
    if not device.may_see(riding_id) or batch.device_id != device.device_id:
        raise not_found()
    received = office.now_ms()
    good, poison = allowed(device, *vetted(batch, riding_id))

    def work(db: Connection) -> tuple[Receipt, Taken]:
        done = append(office, db, riding_id, batch, good, poison, received)
        db.run("UPDATE device SET seen_ms = ? WHERE device_id = ?", (received, device.device_id))
        return done

    receipt, taken = office.write(work)
    office.on_taken(taken)
    return sign_receipt(office.seed, receipt)


def vetted(batch: Batch, riding_id: int) -> tuple[list[Event], list[Poison]]:
    """A batch's events that can be taken, and those that cannot."""
    good: list[Event] = []
    poison: list[Poison] = []
    for seq, raw in enumerate(batch.events, batch.from_seq):
        try:
            good.append(vet(raw, riding_id, batch.device_id, seq))
        except BadEvent as error:
            poison.append(Poison(seq, str(error)[:200].replace("\0", ""), raw))
    return good, poison


def allowed(device: Device, good: list[Event], poison: list[Poison]) -> tuple[list[Event], list[Poison]]:
    """The same, with what the device's role may not say among what cannot be taken."""
    if device.role not in RECORDERS:
        return good, poison
    refused = [
        Poison(e.key.device_seq, f"{e.kind} is not for a {device.role.value}", e.raw)
        for e in good
        if e.kind not in SAID_AT_DOORS
    ]
    return [e for e in good if e.kind in SAID_AT_DOORS], sorted([*poison, *refused])


def append(
    office: Office,
    db: Connection,
    riding_id: int,
    batch: Batch,
    good: list[Event],
    poison: list[Poison],
    received: int,
) -> tuple[Receipt, Taken]:
    """Append a batch within a transaction, whoever brought it. Raises No.

    From the first fork on nothing of the batch is appended under its own numbers: it is the other half of a copy that
    speaks. It is kept aside, and said again here at once (`aside`); that half says it again too, if it comes back.
    """
    if not has_riding(db, riding_id):
        raise not_found()
    device_id = batch.device_id
    good = without_erased(db, good)
    have = lock_watermark(db, riding_id, device_id)
    if batch.from_seq > have + 1:
        raise gap(have)
    stored = _stored(db, riding_id, batch) if batch.from_seq <= have else {}
    aside = _aside(db, riding_id, batch) if batch.from_seq <= have else {}
    holes = {seq for seq, raw in aside.items() if not raw}
    forked = {
        e.key.device_seq
        for e in good
        if e.key.device_seq <= have and e.key.device_seq not in holes and _is_fork(e, stored, aside)
    }
    # Poison under a number that already holds a sound event is a fork that nobody can read.
    forked |= {p.seq for p in poison if p.seq <= have and p.seq not in aside}
    parted = min(forked, default=batch.to_seq + 1)
    if forked:
        forked |= {seq for seq in (*holes, *range(have + 1, batch.to_seq + 1)) if seq > parted}
    is_open = [
        (seq > have or seq in holes) and seq < parted for seq in range(batch.from_seq, batch.to_seq + 1)
    ]
    fresh = [e for e in good if is_open[e.key.device_seq - batch.from_seq]]
    forks = [e for e in good if e.key.device_seq in forked]
    earlier = dict(batch.stamps)
    stamps = {e.key.device_seq: _stamp(e, earlier, received) for e in fresh}
    again = _put_aside(office, db, riding_id, forks, {})
    first = _bump(db, riding_id, len(fresh) + len(again)) + 1 if fresh or again else 0
    numbers = {e.key.device_seq: first + place for place, e in enumerate(fresh)}
    _insert(db, fresh, stamps, numbers)
    _say_again(db, again, first + len(fresh), received)
    _fill(db, riding_id, device_id, [seq for seq in sorted(holes) if seq < parted])
    for one in poison:
        if is_open[one.seq - batch.from_seq]:
            keep_aside(db, riding_id, device_id, one.seq, one.reason, one.raw)
    through = have if forked else max(have, batch.to_seq)
    if through > have:
        db.run(
            "UPDATE device_log SET last_seq = ?, acked_through = ? WHERE riding_id = ? AND device_id = ?",
            (through, through, riding_id, device_id),
        )
    if batch.riding is not None:
        learn_name(db, riding_id, batch.riding)
    for event in good:
        seq = event.key.device_seq
        if seq in stored and seq not in forked:
            _, stamps[seq], numbers[seq] = stored[seq]
    quarantined = [(p.seq, p.reason) for p in poison if p.seq not in forked]
    hlcs = {e.key.device_seq: e.hlc for e in good}
    receipt = Receipt(
        riding_id=riding_id,
        device_id=device_id,
        from_seq=batch.from_seq,
        to_seq=batch.to_seq,
        acked_through=through,
        stamps=[(seq, stamp) for seq, stamp in sorted(stamps.items()) if stamp != hlcs[seq]],
        sequences=_runs(sorted(numbers.items())),
        quarantined=quarantined,
        forks=sorted(forked),
        epoch=office.epoch,
        server_time=office.now_ms(),
    )
    aside_now = sum(is_open[p.seq - batch.from_seq] for p in poison)
    repeated = len(batch.events) - len(fresh) - len(forked) - aside_now
    return receipt, Taken(len(fresh), repeated, len(forked), aside_now)


def hear_out(office: Office, device: Device, riding_id: int, batch: Batch, before: Mapping[Key, Key]) -> int:
    """What a stick brings after a fork: the other half of a copy goes on speaking, and may never come itself.

    Kept aside and said again; nothing is acknowledged. How many events that is. `before`: what its earlier batches are
    called here (`called_here`). Raises No.
    """
    if not device.may_see(riding_id) or batch.device_id != device.device_id:
        raise not_found()
    received = office.now_ms()
    good, _ = allowed(device, *vetted(batch, riding_id))

    def work(db: Connection) -> int:
        lock_watermark(db, riding_id, device.device_id)
        again = _put_aside(office, db, riding_id, without_erased(db, good), before)
        if again:
            _say_again(db, again, _bump(db, riding_id, len(again)) + 1, received)
        return len(good)

    return office.write(work)


def called_here(office: Office, riding_id: int, batch: Batch) -> dict[Key, Key]:
    """Under which numbers stands here what a batch says: later ones of the same copy may point at it."""
    good, _ = vetted(batch, riding_id)
    return names_here(office.read(), riding_id, good)


def _put_aside(
    office: Office, db: Connection, riding_id: int, forks: Sequence[Event], before: Mapping[Key, Key]
) -> list[Event]:
    """Keep forks; what headquarters says again of them, not appended yet. Watermarks before the counter, everywhere."""
    if not set_aside(db, riding_id, forks):
        return []
    own = own_device(office)
    return said_here(db, riding_id, forks, own, lock_watermark(db, riding_id, own), before)


def _say_again(db: Connection, again: Sequence[Event], first: int, received: int) -> None:
    """Append what headquarters says itself, numbered from `first` on."""
    if not again:
        return
    stamps = {e.key.device_seq: stamp_of(e.hlc, received) for e in again}
    _insert(db, again, stamps, {e.key.device_seq: first + place for place, e in enumerate(again)})
    last = again[-1]
    db.run(
        "UPDATE device_log SET last_seq = ?, acked_through = ? WHERE riding_id = ? AND device_id = ?",
        (last.key.device_seq, last.key.device_seq, last.riding_id, last.key.device_id),
    )


def append_own(office: Office, riding_id: int, made: Callable[[int], Sequence[Event]]) -> int:
    """Append what headquarters itself decides, under its own device's next numbers; how many events.

    `made(last)` seals them, numbered from `last` + 1; it may be asked again when the database lost a race.
    """
    own, received = own_device(office), office.now_ms()

    def work(db: Connection) -> int:
        events = made(lock_watermark(db, riding_id, own))
        if events:
            _say_again(db, events, _bump(db, riding_id, len(events)) + 1, received)
        return len(events)

    return office.write(work)


def lock_watermark(db: Connection, riding_id: int, device_id: bytes) -> int:
    """The device's last number, its row held until the commit: two pushes of one device take turns."""
    db.run(
        "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,0,0)"
        " ON CONFLICT DO NOTHING",
        (riding_id, device_id),
    )
    lock = "" if db.dialect == "sqlite" else " FOR UPDATE"
    rows = db.query(
        f"SELECT last_seq FROM device_log WHERE riding_id = ? AND device_id = ?{lock}", (riding_id, device_id)
    )
    return int(rows[0][0])


def _stored(db: Connection, riding_id: int, batch: Batch) -> dict[int, tuple[bytes, int, int]]:
    rows = db.query(
        "SELECT device_seq, hash, stamp, riding_sequence FROM event WHERE riding_id = ? AND device_id = ?"
        " AND device_seq BETWEEN ? AND ?",
        (riding_id, batch.device_id, batch.from_seq, batch.to_seq),
    )
    return {int(seq): (bytes(digest), int(stamp), int(number)) for seq, digest, stamp, number in rows}


def _aside(db: Connection, riding_id: int, batch: Batch) -> dict[int, bytes]:
    rows = db.query(
        "SELECT device_seq, raw FROM quarantine WHERE riding_id = ? AND device_id = ?"
        " AND device_seq BETWEEN ? AND ?",
        (riding_id, batch.device_id, batch.from_seq, batch.to_seq),
    )
    return {int(seq): bytes(raw) for seq, raw in rows}


def _fill(db: Connection, riding_id: int, device_id: bytes, holes: Iterable[int]) -> None:
    """The numbers that somebody who brought a device's later events could not tell of (`relaying`) are told now."""
    db.run_many(
        "DELETE FROM quarantine WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
        [(riding_id, device_id, seq) for seq in holes],
    )


def _is_fork(event: Event, stored: dict[int, tuple[bytes, int, int]], aside: dict[int, bytes]) -> bool:
    known = stored.get(event.key.device_seq)
    return event.key.device_seq in aside if known is None else known[0] != event.hash


def _stamp(event: Event, earlier: dict[int, int], received: int) -> int:
    """HQ's stamp. One from before a restore may only be lower than what it would be today, so it cannot be abused."""
    today = stamp_of(event.hlc, received)
    return max(0, min(today, earlier.get(event.key.device_seq, today)))


def _bump(db: Connection, riding_id: int, count: int) -> int:
    """Take `count` numbers; the last number before them. The counter row stays held until the commit, so that
    the order of commits is the order of numbers."""
    db.run(
        "UPDATE riding_counter SET last_sequence = last_sequence + ? WHERE riding_id = ?", (count, riding_id)
    )
    rows = db.query("SELECT last_sequence FROM riding_counter WHERE riding_id = ?", (riding_id,))
    return int(rows[0][0]) - count


def _insert(db: Connection, events: Sequence[Event], stamps: dict[int, int], numbers: dict[int, int]) -> None:
    """One set of rows at once: a binary COPY where there is one."""
    if not events:
        return
    rows = (
        (
            e.riding_id, e.key.device_id, e.key.device_seq, e.kind, e.subject, e.shift, e.hlc, e.wall_ms,
            stamps[e.key.device_seq], numbers[e.key.device_seq], e.hash, e.raw,
        )
        for e in events
    )  # fmt: skip
    if isinstance(db, PgConnection):
        db.copy_in("event", _COLUMNS, rows)
    else:
        db.run_many(_INSERT, rows)


def _runs(numbers: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for seq, number in numbers:
        if runs:
            first, start, length = runs[-1]
            if seq == first + length and number == start + length:
                runs[-1] = (first, start, length + 1)
                continue
        runs.append((seq, number, 1))
    return runs
