"""What was recorded on this laptop, shift by shift, and the receipt that says headquarters has it.

A receipt stands for every event of a device through its last number, so a shift is at headquarters when its last
event is, and the receipt that says so is the first one that reaches it. A laptop that took a new identity keeps
showing the shifts of the old one: they were recorded here.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass

from canvass_app.domain.numbers import list_code
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.storage.database import Connection
from canvass_app.storage.days import local_clock, local_day

from .book import Book, put_meta

_FORMER = "former_devices"


@dataclass(frozen=True, slots=True)
class ShiftReceipt:
    """A shift that was recorded here. `number` counts this laptop's shifts from 1; 0: results without a shift.

    `pending` of its results are only here, `aside` of its entries headquarters could not read. `receipt` is the
    name of the receipt that covers its last event, "" while there is none; it came at `received_ms` (UTC).
    `voided`: the shift was taken back, so its results are kept and do not count.
    """

    number: int
    riding_id: int
    shift_id: bytes
    volunteer: str
    day: str
    clock: str
    list_code: str
    results: int
    pending: int
    waiting: int
    """Events of any kind that are only here: 0 when headquarters has the whole shift."""
    aside: int
    receipt: str
    received_ms: int
    closed: bool
    voided: bool


@dataclass(slots=True)
class _Shift:
    """What the log says of one shift on this laptop. `after`: its last event's (device, number)."""

    began: int
    wall_ms: int
    author: str
    recorded: int = 0
    results: int = 0
    pending: int = 0
    waiting: int = 0
    aside: int = 0
    receipt: str = ""
    received_ms: int = 0


def own_devices(book: Book) -> list[bytes]:
    """The device ids that this laptop has had, the present one last."""
    return [*(bytes.fromhex(name) for name in json.loads(book.meta(_FORMER, "[]"))), book.device_id]


def note_former_device(db: Connection, device_id: bytes) -> None:
    """This laptop takes a new identity: remember the one it had, within the same transaction."""
    rows = db.query("SELECT value FROM meta WHERE name = ?", (_FORMER,))
    known: list[str] = json.loads(rows[0][0]) if rows else []
    put_meta(db, _FORMER, json.dumps([*known, device_id.hex()]))


def shift_receipts(book: Book) -> list[ShiftReceipt]:
    """The shifts recorded on this laptop in all its ridings, the latest first. Any thread."""
    db = book.read()
    found: dict[tuple[int, bytes], _Shift] = {}
    loose: dict[tuple[int, str, str], _Shift] = {}
    for device in own_devices(book):
        marks = db.query("SELECT riding_id, acked_through FROM device_log WHERE device_id = ?", (device,))
        for riding_id, acked in marks:
            # What an earlier identity did not send was said again under this one.
            through = int(acked) if device == book.device_id else 1 << 62
            _read(db, int(riding_id), device, through, found, loose)
    numbers = {
        key: number for number, key in enumerate(sorted(found, key=lambda k: (found[k].began, k)), start=1)
    }
    shown = [
        one
        for key, shift in found.items()
        if (one := _shown(book, db, key, shift, numbers[key])).results or one.waiting
    ]
    shown += [
        ShiftReceipt(
            0, riding_id, b"", author, day, "", "", one.results, one.pending, one.waiting, 0, one.receipt,
            one.received_ms, closed=True, voided=False,
        )
        for (riding_id, author, day), one in loose.items()
    ]  # fmt: skip
    return sorted(shown, key=lambda one: (one.day, one.number), reverse=True)


def _read(
    db: Connection,
    riding_id: int,
    device: bytes,
    acked: int,
    found: dict[tuple[int, bytes], _Shift],
    loose: dict[tuple[int, str, str], _Shift],
) -> None:
    receipts = db.query(
        "SELECT through_seq, name, received_ms FROM receipt WHERE riding_id = ? AND device_id = ?"
        " ORDER BY through_seq",
        (riding_id, device),
    )
    reach = [int(row[0]) for row in receipts]

    def covers(shift: _Shift, last: int) -> None:
        place = bisect_left(reach, last)
        if last <= acked and place < len(reach):
            shift.receipt, shift.received_ms = str(receipts[place][1]), int(receipts[place][2])
        else:
            shift.receipt, shift.received_ms = "", 0

    rows = db.query(
        "SELECT shift, MIN(hlc), MIN(wall_ms), MAX(device_seq), SUM(CASE WHEN kind = ? THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN device_seq > ? THEN 1 ELSE 0 END) FROM event WHERE riding_id = ? AND device_id = ?"
        " GROUP BY shift",
        (AttemptMade.KIND, acked, riding_id, device),
    )
    for shift_id, began, wall_ms, last, recorded, waiting in rows:
        if not bytes(shift_id).strip(b"\0"):
            continue
        one = found.setdefault((riding_id, bytes(shift_id)), _Shift(int(began), int(wall_ms), ""))
        one.began = min(one.began, int(began))
        one.recorded += int(recorded)
        one.waiting += int(waiting)
        covers(one, int(last))
    rows = db.query(
        "SELECT shift, author, day, COUNT(*), SUM(CASE WHEN device_seq > ? THEN 1 ELSE 0 END), MAX(device_seq)"
        " FROM attempt WHERE riding_id = ? AND device_id = ? GROUP BY shift, author, day",
        (acked, riding_id, device),
    )
    for shift_id, author, day, results, pending, last in rows:
        one = found.get((riding_id, bytes(shift_id)))
        if one is None:
            one = loose.setdefault((riding_id, str(author), str(day)), _Shift(0, 0, str(author)))
            one.waiting += int(pending)
            covers(one, int(last))
        one.author = one.author or str(author)
        one.results += int(results)
        one.pending += int(pending)
    rows = db.query(
        "SELECT e.shift, COUNT(*) FROM quarantine q JOIN event e ON e.riding_id = q.riding_id"
        " AND e.device_id = q.device_id AND e.device_seq = q.device_seq"
        " WHERE q.riding_id = ? AND q.device_id = ? GROUP BY e.shift",
        (riding_id, device),
    )
    for shift_id, aside in rows:
        one = found.get((riding_id, bytes(shift_id)))
        if one is not None:
            one.aside += int(aside)


def _shown(book: Book, db: Connection, key: tuple[int, bytes], shift: _Shift, number: int) -> ShiftReceipt:
    riding_id, shift_id = key
    rows = db.query(
        "SELECT volunteer, walk_list, opened_ms, closed, voided FROM shift WHERE riding_id = ? AND shift_id = ?",
        (riding_id, shift_id),
    )
    volunteer, walk_list, opened, closed, voided = rows[0] if rows else ("", 0, 0, 0, 0)
    wall_ms = int(opened) or shift.wall_ms
    return ShiftReceipt(
        number,
        riding_id,
        shift_id,
        str(volunteer) or shift.author,
        local_day(wall_ms, book.time_zone),
        local_clock(wall_ms, book.time_zone),
        list_code(int(walk_list)) if walk_list else "",
        # Results of a shift that was taken back leave the counts, not the record.
        shift.recorded if voided else shift.results,
        shift.pending,
        shift.waiting,
        shift.aside,
        shift.receipt,
        shift.received_ms,
        bool(closed),
        bool(voided),
    )
