"""The laptop's outbox: its own events past the last receipt. Nothing but a signed receipt empties it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from canvass_app.ledger.events import Event, open_event
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.log import number_own
from canvass_app.storage.projections import project

from .codec import BadMessage
from .messages import PROTOCOL, Batch, Receipt, RidingName

# Crockford's base 32: no letter that is mistaken for a digit.
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a device's numbering has come, and through where HQ has acknowledged it."""

    last_seq: int
    acked_through: int

    @property
    def pending(self) -> int:
        """Events without a receipt."""
        return self.last_seq - self.acked_through


def read_mark(db: Connection, riding_id: int, device_id: bytes) -> Mark:
    """The device's mark in a riding."""
    rows = db.query(
        "SELECT last_seq, acked_through FROM device_log WHERE riding_id = ? AND device_id = ?",
        (riding_id, device_id),
    )
    return Mark(int(rows[0][0]), int(rows[0][1])) if rows else Mark(0, 0)


def next_batch(
    db: Connection, riding_id: int, device_id: bytes, count: int, most_bytes: int, after: int | None = None
) -> tuple[Batch, list[Event]] | None:
    """The next own events to send, with their opened form: those past number `after`, or past the last receipt.

    None when there is none.
    """
    acked = read_mark(db, riding_id, device_id).acked_through if after is None else after
    rows = db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq > ?"
        " ORDER BY device_seq LIMIT ?",
        (riding_id, device_id, acked, count),
    )
    events: list[Event] = []
    size = 0
    for raw, stamp in rows:
        event = open_event(bytes(raw), stamp)
        size += len(event.raw)
        if event.key.device_seq != acked + len(events) + 1 or (events and size > most_bytes):
            break
        events.append(event)
    if not events:
        return None
    batch = Batch(
        protocol=PROTOCOL,
        device_id=device_id,
        from_seq=acked + 1,
        to_seq=acked + len(events),
        events=[event.raw for event in events],
        stamps=[(e.key.device_seq, e.stamp) for e in events if e.stamp is not None],
        riding=_names(db, riding_id),
    )
    return batch, events


def _names(db: Connection, riding_id: int) -> RidingName | None:
    rows = db.query("SELECT name_en, name_fr, province FROM riding WHERE riding_id = ?", (riding_id,))
    return RidingName(en=rows[0][0], fr=rows[0][1], province=rows[0][2]) if rows and rows[0][0] else None


def check_receipt(receipt: Receipt, batch: Batch, riding_id: int, epoch: bytes, mark: Mark) -> None:
    """Raises BadMessage unless the receipt is for this very batch and promises nothing impossible."""
    same = (
        receipt.riding_id == riding_id
        and receipt.device_id == batch.device_id
        and receipt.from_seq == batch.from_seq
        and receipt.to_seq == batch.to_seq
        and receipt.epoch == epoch
    )
    least = batch.from_seq - 1 if receipt.forks else batch.to_seq
    if not same or not least <= receipt.acked_through <= mark.last_seq:
        raise BadMessage("the receipt is for something else")
    told = {seq for seq, _ in receipt.quarantined} | set(receipt.forks)
    for first, _, length in receipt.sequences:
        told.update(range(first, first + length))
    if told != set(range(batch.from_seq, batch.to_seq + 1)):
        raise BadMessage("the receipt leaves events out")


def apply_receipt(
    db: Connection, receipt: Receipt, events: list[Event], time_zone: str, now_ms: int, name: str
) -> ChangeSet:
    """Mark what HQ holds, learn its order, and refold what the order changes. In one transaction.

    From the first fork on nothing counts as held: it waits here until it is said again under a new identity.
    """
    riding_id, device_id = receipt.riding_id, receipt.device_id
    stamps = dict(receipt.stamps)
    by_seq = {event.key.device_seq: event for event in events}
    moved: list[Event] = []
    for first, sequence, length in receipt.sequences:
        number_own(db, riding_id, device_id, (first, sequence, length), stamps)
        for event in (by_seq[seq] for seq in range(first, first + length)):
            stamp = stamps.get(event.key.device_seq, event.hlc)
            if stamp != event.order:
                moved.append(open_event(event.raw, stamp))
    for seq, reason in receipt.quarantined:
        keep_aside(db, riding_id, device_id, seq, reason, by_seq[seq].raw)
    _keep_receipt(db, receipt, now_ms, name)
    # Headquarters may hold more (a stick was faster), but only of these does this receipt tell the order.
    through = _told_through(receipt)
    db.run(
        "UPDATE device_log SET acked_through = ? WHERE riding_id = ? AND device_id = ? AND acked_through < ?"
        " AND acked_through >= ?",
        (through, riding_id, device_id, through, receipt.from_seq - 1),
    )
    db.run(
        "INSERT INTO sync_state (riding_id, last_contact_ms, last_receipt) VALUES (?,?,?) ON CONFLICT (riding_id)"
        " DO UPDATE SET last_contact_ms = excluded.last_contact_ms, last_receipt = excluded.last_receipt",
        (riding_id, now_ms, name),
    )
    return project(db, moved, time_zone) if moved else ChangeSet()


def _told_through(receipt: Receipt) -> int:
    return min(receipt.forks) - 1 if receipt.forks else receipt.to_seq


def _keep_receipt(db: Connection, receipt: Receipt, now_ms: int, name: str) -> None:
    """Remember the receipt by its name where it moves the watermark on; told before the watermark is moved."""
    riding_id, device_id, through = receipt.riding_id, receipt.device_id, _told_through(receipt)
    acked = read_mark(db, riding_id, device_id).acked_through
    if not receipt.from_seq - 1 <= acked < through:
        return
    # Receipts from here on were given before headquarters was put back to an older day: they hold no more.
    db.run(
        "DELETE FROM receipt WHERE riding_id = ? AND device_id = ? AND through_seq > ?",
        (riding_id, device_id, acked),
    )
    db.run(
        "INSERT INTO receipt (riding_id, device_id, through_seq, name, received_ms) VALUES (?,?,?,?,?)",
        (riding_id, device_id, through, name, now_ms),
    )


def keep_aside(db: Connection, riding_id: int, device_id: bytes, seq: int, reason: str, raw: bytes) -> None:
    """Put an event that could not be taken into quarantine; once is enough."""
    db.run(
        "INSERT INTO quarantine (riding_id, device_id, device_seq, reason, raw) VALUES (?,?,?,?,?)"
        " ON CONFLICT DO NOTHING",
        (riding_id, device_id, seq, reason, raw),
    )


def set_acked(db: Connection, riding_id: int, device_id: bytes, through: int) -> None:
    """HQ says that it holds less than it once acknowledged: what is above is sent again."""
    db.run(
        "UPDATE device_log SET acked_through = ? WHERE riding_id = ? AND device_id = ?",
        (through, riding_id, device_id),
    )


def receipt_name(payload: bytes) -> str:
    """Four symbols that a person can read out: "7F3K"."""
    number = int.from_bytes(sha256(payload).digest()[:4], "big")
    return "".join(_SYMBOLS[number >> shift & 31] for shift in (15, 10, 5, 0))
