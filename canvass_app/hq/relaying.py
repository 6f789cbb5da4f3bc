"""Taking back from one laptop what another one had sent before headquarters was restored (docs/decisions/0018).

Only while headquarters recovers, only under ids it knows, only what an earlier headquarters had stamped before the
restore. It goes the way of any push: vetted, appended, never over what is there. Who carried it is kept in `relayed`.
"""

from __future__ import annotations

from itertools import pairwise

from canvass_app.ledger.clock import MAX_AHEAD_MS, milliseconds
from canvass_app.storage.database import Connection
from canvass_app.sync.messages import MAX_BATCH_EVENTS, PROTOCOL, Batch, Relay, Relayed
from canvass_app.sync.outbox import keep_aside

from .devices import Device
from .office import Office, Taken
from .receiving import append, lock_watermark, vetted
from .refusals import bad_request, not_found, not_taken, stale_cursor
from .restoring import recovering_since

MOST_HOLE = 1_000
"""So many numbers in a row may be missing; more is no accident."""
HOLE = "only its writer has it"


def take_relayed(office: Office, device: Device, riding_id: int, relay: Relay) -> Relayed:
    """Keep what headquarters lacks of another device's events. Raises No; then nothing was changed."""
    numbers = [seq for seq, _, _ in relay.events]
    if (
        relay.protocol != PROTOCOL
        or len(relay.device_id) != 16
        or relay.device_id == device.device_id
        or not 1 <= len(numbers) <= MAX_BATCH_EVENTS
        or numbers[0] < 1
        or any(one >= next_one for one, next_one in pairwise(numbers))
    ):
        raise bad_request()
    if not device.may_see(riding_id):
        raise not_found()
    if relay.epoch != office.epoch:
        raise stale_cursor()
    received = office.now_ms()
    restored = recovering_since(office.read(), received)
    if restored is None or any(
        not 0 <= milliseconds(stamp) <= restored + MAX_AHEAD_MS for _, stamp, _ in relay.events
    ):
        raise not_taken()

    def work(db: Connection) -> tuple[Relayed, list[Taken]]:
        return _take(office, db, riding_id, relay, device.device_id, received)

    answer, taken = office.write(work)
    for one in taken:
        office.on_taken(one)
    return answer


def _take(
    office: Office, db: Connection, riding_id: int, relay: Relay, carrier: bytes, received: int
) -> tuple[Relayed, list[Taken]]:
    device_id = relay.device_id
    if not db.query("SELECT 1 FROM device WHERE device_id = ?", (device_id,)):
        raise not_taken()
    taken: list[Taken] = []
    for batch in _runs(relay):
        have = lock_watermark(db, riding_id, device_id)
        if batch.from_seq > have + 1:
            _leave_hole(db, riding_id, device_id, have + 1, batch.from_seq - 1)
        good, poison = vetted(batch, riding_id)
        _, one = append(office, db, riding_id, batch, good, poison, received)
        taken.append(one)
    fresh = sum(one.appended for one in taken)
    if fresh:
        first, last = relay.events[0][0], relay.events[-1][0]
        db.run(
            "INSERT INTO relayed (riding_id, device_id, from_seq, carrier, received_ms, to_seq, events)"
            " VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
            (riding_id, device_id, first, carrier, received, last, fresh),
        )
    return Relayed(taken=fresh, have=lock_watermark(db, riding_id, device_id)), taken


def _runs(relay: Relay) -> list[Batch]:
    runs: list[list[tuple[int, int, bytes]]] = []
    for one in relay.events:
        if runs and runs[-1][-1][0] + 1 == one[0]:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [
        Batch(
            protocol=PROTOCOL,
            device_id=relay.device_id,
            from_seq=run[0][0],
            to_seq=run[-1][0],
            events=[raw for _, _, raw in run],
            stamps=[(seq, stamp) for seq, stamp, _ in run],
        )
        for run in runs
    ]


def _leave_hole(db: Connection, riding_id: int, device_id: bytes, first: int, last: int) -> None:
    """Go on after numbers that an earlier headquarters kept from everybody: quarantined, or for its own eyes only.

    Each is marked, so that no number is unaccounted for, and filled when its writer, or anybody, brings it.
    """
    if last - first >= MOST_HOLE:
        raise not_taken()
    for seq in range(first, last + 1):
        keep_aside(db, riding_id, device_id, seq, HOLE, b"")
    db.run(
        "UPDATE device_log SET last_seq = ?, acked_through = ? WHERE riding_id = ? AND device_id = ?",
        (last, last, riding_id, device_id),
    )
