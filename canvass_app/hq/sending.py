"""Answering a pull: pages of events in HQ's order, behind a cursor that only headquarters can write."""

from __future__ import annotations

import base64
import hmac
import struct

from canvass_app.ledger.digest import digest
from canvass_app.ledger.kinds import KINDS
from canvass_app.storage.database import Connection
from canvass_app.sync.digests import Tally, read_tally, tally_between
from canvass_app.sync.messages import Digest, Page, Part

from . import slicing
from .devices import Device
from .office import Office
from .projecting import catch_up
from .refusals import not_found, stale_cursor
from .ridings import has_riding, last_sequence

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
    if device.holds_a_part:
        return _page_of_part(office, device, riding_id, cursor, limit, skip)
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


# --- a device that holds a part ---------------------------------------------------------------------


def place_of(office: Office, device: Device, riding_id: int, cursor: str) -> int:
    """How far a device has come by its cursor. Raises No (409) for one that is not in force."""
    if not device.holds_a_part:
        return read_cursor(office, cursor, riding_id, device.scope_generation)
    return _part(office, device, riding_id, cursor)[0] if cursor else 0


def _part(office: Office, device: Device, riding_id: int, cursor: str) -> tuple[int, slicing.Told]:
    """How far it has come, and what it holds by now."""
    catch_up(office, riding_id)
    db = office.read()
    held = slicing.told(db, riding_id, device.device_id)
    found = slicing.with_erased(db, riding_id, slicing.slice_of(office, device, riding_id), held)
    if not cursor:
        return 0, slicing.begin(office, device, riding_id, found)
    if held is None:
        raise stale_cursor()
    after = read_cursor(office, cursor, riding_id, _generation(device, held))
    new = found.subjects - held.subjects
    # Somebody or something does not belong to it any more; or came, and a file describes it that the device has read already.
    if held.subjects - found.subjects or slicing.are_listed(db, riding_id, new):
        raise stale_cursor()
    return after, slicing.widen(office, device, riding_id, held, new) if new else held


def _generation(device: Device, held: slicing.Told) -> int:
    return (device.scope_generation << 32 | held.generation) & (1 << 64) - 1


def _page_of_part(office: Office, device: Device, riding_id: int, cursor: str, limit: int, skip: int) -> Page:
    last = last_sequence(office.read(), riding_id)
    after, held = _part(office, device, riding_id, cursor)
    db = office.read()
    most = min(max(limit, 1), MOST_EVENTS)
    rows = [
        row
        for row in slicing.rows_between(db, riding_id, device, held, after, last, skip)
        if row[5] not in HELD_BACK
    ]
    found = slicing.events_at(db, riding_id, [row[0] for row in rows[:most]], device.role)
    events: list[tuple[int, int, bytes]] = []
    size = 0
    for one in found:
        size += len(one[2])
        if events and size > PAGE_BYTES:
            break
        events.append(one)
    more = len(events) < len(rows)
    through = events[-1][0] if more else max(last, after)
    part = Part(subjects=slicing.joined(held.subjects), own_through=held.own_after)
    return Page(
        epoch=office.epoch,
        cursor=write_cursor(office, riding_id, _generation(device, held), through),
        through=through,
        more=more,
        events=events,
        server_time=office.now_ms(),
        digest=None if more else _digest_of_part(db, riding_id, device, held, through),
        part=None if cursor else part,
    )


def _digest_of_part(
    db: Connection, riding_id: int, device: Device, held: slicing.Told, through: int
) -> Digest:
    rows = slicing.rows_between(db, riding_id, device, held, 0, through)
    told = [(writer, seq, name, stamp) for _, writer, seq, name, stamp, kind in rows if kind not in HELD_BACK]
    return Digest(through=through, events=len(told), digest=digest(told))


def digest_for(office: Office, device: Device, riding_id: int, through: int) -> Digest:
    """The digest of what a device was told, up to a number. Raises No."""
    check_scope(office, device, riding_id)
    db = office.read()
    through = min(through, last_sequence(db, riding_id))
    if not device.holds_a_part:
        return digest_through(db, riding_id, through)
    held = slicing.told(db, riding_id, device.device_id)
    if held is None:
        return Digest(through=through, events=0, digest=bytes(32))
    return _digest_of_part(db, riding_id, device, held, through)


def _held_back() -> str:
    return f" AND kind NOT IN ({','.join('?' * len(HELD_BACK))})" if HELD_BACK else ""


def digest_through(db: Connection, riding_id: int, through: int) -> Digest:
    """The digest of the events up to a number: the projector's, with what lies between added or taken off."""
    rows = db.query("SELECT through, events, digest FROM projector WHERE riding_id = ?", (riding_id,))
    at, tally = (int(rows[0][0]), read_tally(int(rows[0][1]), str(rows[0][2]))) if rows else (0, Tally(0, 0))
    if at < through:
        tally = tally.plus(tally_between(db, riding_id, at, through))
    elif at > through:
        tally = tally.plus(tally_between(db, riding_id, through, at), -1)
    return Digest(through=through, events=tally.events, digest=tally.digest)
