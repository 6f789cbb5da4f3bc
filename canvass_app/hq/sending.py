"""Answering a pull: pages of events in HQ's order, behind a cursor that only headquarters can write."""

from __future__ import annotations

import base64
import hmac
import struct

from canvass_app.ledger.kinds import KINDS
from canvass_app.storage.database import Connection
from canvass_app.sync.digests import Tally, read_tally, tally_between
from canvass_app.sync.messages import Digest, Page

from .devices import Device
from .office import Office
from .refusals import not_found, stale_cursor
from .ridings import has_riding

MOST_EVENTS = 5_000
PAGE_BYTES = 2 << 20
# epoch, riding, scope generation, riding_sequence
_CURSOR = struct.Struct(">16sQQQ")
_TAG_BYTES = 16

# Never sent to any device. A new kind of this audience is also left out of digests; see `digest_through`.
HELD_BACK = tuple(sorted(name for name, kind in KINDS.items() if kind.AUDIENCE == "hq"))


def write_cursor(office: Office, riding_id: int, generation: int, sequence: int) -> str:
    """An opaque, authenticated cursor."""
    data = _CURSOR.pack(office.epoch, riding_id, generation, sequence)
    return base64.urlsafe_b64encode(data + office.cursor_tag(data)).decode()


def read_cursor(office: Office, text: str, riding_id: int, generation: int) -> int:
    """The riding_sequence of a cursor; 0 for an empty one. Raises No (409) for any other that is not in force."""
    if not text:
        return 0
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError as error:
        raise stale_cursor() from error
    data, tag = raw[:-_TAG_BYTES], raw[-_TAG_BYTES:]
    if len(data) != _CURSOR.size or not hmac.compare_digest(tag, office.cursor_tag(data)):
        raise stale_cursor()
    epoch, riding, scope, sequence = _CURSOR.unpack(data)
    if epoch != office.epoch or riding != riding_id or scope != generation:
        raise stale_cursor()
    return int(sequence)


def check_scope(office: Office, device: Device, riding_id: int) -> None:
    """Raises No (404) for a riding that is not the device's, or not here: one answer for both."""
    if not device.may_see(riding_id) or not has_riding(office.read(), riding_id):
        raise not_found()


def page(office: Office, device: Device, riding_id: int, cursor: str, limit: int, skip: int) -> Page:
    """The events after `cursor`. The device's own up to number `skip` are left out: it has them. Raises No."""
    check_scope(office, device, riding_id)
    after = read_cursor(office, cursor, riding_id, device.scope_generation)
    db = office.read()
    # Read first: every number up to it is committed, because the counter row is held until the commit.
    last = last_sequence(db, riding_id)
    rows = db.query(
        "SELECT riding_sequence, stamp, raw FROM event WHERE riding_id = ? AND riding_sequence > ?"
        f" AND riding_sequence <= ? AND NOT (device_id = ? AND device_seq <= ?){_held_back()}"
        " ORDER BY riding_sequence LIMIT ?",
        (riding_id, after, last, device.device_id, skip, *HELD_BACK, min(max(limit, 1), MOST_EVENTS) + 1),
    )
    events: list[tuple[int, int, bytes]] = []
    size = 0
    more = len(rows) > min(max(limit, 1), MOST_EVENTS)
    for sequence, stamp, raw in rows[:-1] if more else rows:
        size += len(raw)
        if events and size > PAGE_BYTES:
            more = True
            break
        events.append((int(sequence), int(stamp), bytes(raw)))
    through = events[-1][0] if more else max(last, after)
    return Page(
        epoch=office.epoch,
        cursor=write_cursor(office, riding_id, device.scope_generation, through),
        through=through,
        more=more,
        events=events,
        server_time=office.now_ms(),
        digest=None if more else digest_through(db, riding_id, through),
    )


def _held_back() -> str:
    return f" AND kind NOT IN ({','.join('?' * len(HELD_BACK))})" if HELD_BACK else ""


def last_sequence(db: Connection, riding_id: int) -> int:
    """The riding's last number."""
    rows = db.query("SELECT last_sequence FROM riding_counter WHERE riding_id = ?", (riding_id,))
    return int(rows[0][0]) if rows else 0


def digest_through(db: Connection, riding_id: int, through: int) -> Digest:
    """The digest of the events up to a number: the projector's, with what lies between added or taken off."""
    rows = db.query("SELECT through, events, digest FROM projector WHERE riding_id = ?", (riding_id,))
    at, tally = (int(rows[0][0]), read_tally(int(rows[0][1]), str(rows[0][2]))) if rows else (0, Tally(0, 0))
    if at < through:
        tally = tally.plus(tally_between(db, riding_id, at, through))
    elif at > through:
        tally = tally.plus(tally_between(db, riding_id, through, at), -1)
    return Digest(through=through, events=tally.events, digest=tally.digest)
