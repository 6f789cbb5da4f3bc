"""Is the log of who saw whom whole? Each chain is walked from its first record to its head; what finds records is counted too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain as joined
from typing import Any, Literal, NamedTuple

import msgspec

from canvass_app.domain.accesses import Access
from canvass_app.ledger.trail import START, BadRecord, Entry, open_record, set_name

from .audit import FOREIGN, PLACES, Head, find_by, finders, hash_at, heads, set_of
from .database import Connection

Why = Literal[
    "altered", "missing", "end", "head", "set", "anchor", "index", "cut", "fork", "came", "restored"
]
_PAGE = 1_000
_MODULUS = 1 << 128
_encode = msgspec.msgpack.Encoder().encode


class Flaw(NamedTuple):
    """The first bad record of a chain. `device_id`: whose chain it is; `number` 0 where no single record is at fault."""

    riding_id: int
    chain: bytes
    device_id: bytes
    number: int
    why: Why


@dataclass(slots=True)
class Checked:
    """What a riding's log came to."""

    records: int = 0
    chains: int = 0
    flaws: list[Flaw] = field(default_factory=list[Flaw])
    anchors: dict[bytes, tuple[int, bytes]] = field(default_factory=dict[bytes, tuple[int, bytes]])
    """Of each device's chain the last head that headquarters' own chain took in."""
    total: int = 0
    """The sum of what ought to find the records."""
    sets: set[bytes] = field(default_factory=set[bytes])


def check_riding(db: Connection, riding_id: int) -> Checked:
    """Walk every chain of a riding; the first bad record of each, if there is one."""
    done = Checked()
    known = {head.chain: head for _, head in heads(db, riding_id)}
    stray = db.query("SELECT DISTINCT chain FROM audit WHERE riding_id = ?", (riding_id,))
    for (chain,) in stray:
        if bytes(chain) not in known:
            done.flaws.append(Flaw(riding_id, bytes(chain), bytes(16), 0, "head"))
    for head in known.values():
        flaw = check_chain(db, riding_id, head, done)
        if flaw is None and head.broken:
            flaw = Flaw(riding_id, head.chain, head.device_id, head.broken, _told(head))
        if flaw is not None:
            done.flaws.append(flaw)
    for chain, (number, digest) in done.anchors.items():
        if hash_at(db, riding_id, chain, number) != digest and all(one.chain != chain for one in done.flaws):
            owner = known[chain].device_id if chain in known else bytes(16)
            done.flaws.append(Flaw(riding_id, chain, owner, number, "anchor"))
    if not done.flaws and _index(db, riding_id) != done.total:
        done.flaws.append(Flaw(riding_id, PLACES, bytes(16), 0, "index"))
    return done


def check_chain(db: Connection, riding_id: int, head: Head, done: Checked | None = None) -> Flaw | None:
    """The first bad record of a chain; None when it leads from its beginning to its head without a break."""
    done = Checked() if done is None else done
    done.chains += 1
    number, before = 0, START
    while True:
        rows = db.query(
            "SELECT number, wall_ms, hash, raw FROM audit WHERE riding_id = ? AND chain = ? AND number > ?"
            " ORDER BY number LIMIT ?",
            (riding_id, head.chain, number, _PAGE),
        )
        if not rows:
            break
        for row_number, wall_ms, digest, raw in rows:
            number += 1
            why: Why | None = "missing" if int(row_number) != number else None
            if why is None:
                entry, name = _read(bytes(raw))
                place = (riding_id, head.chain, number, int(wall_ms), before)
                if entry is None or name != bytes(digest) or _place(entry) != place:
                    why = "altered"
                else:
                    before = name
                    why = _follow(db, entry, done, head.own != FOREIGN)
            if why is not None:
                return Flaw(riding_id, head.chain, head.device_id, number, why)
    if number < head.number:
        return Flaw(riding_id, head.chain, head.device_id, number + 1, "end")
    if number > head.number or before != head.hash or number < head.acked:
        return Flaw(riding_id, head.chain, head.device_id, number, "head")
    return None


def _read(raw: bytes) -> tuple[Entry | None, bytes]:
    try:
        record = open_record(raw)
    except BadRecord:
        return None, b""
    return record.entry, record.hash


def _place(entry: Entry) -> tuple[int, bytes, int, int, bytes]:
    return entry.riding_id, entry.chain, entry.number, entry.wall_ms, entry.before


def _follow(db: Connection, entry: Entry, done: Checked, own: bool) -> Why | None:
    """Count a sound record in, and look whether the set that it names is here. `own`: what it anchors is believed."""
    done.records += 1
    for row in joined.from_iterable(finders([entry])):
        done.total = (done.total + _weight(*row[1:])) % _MODULUS
    if entry.set_name and entry.set_name not in done.sets:
        if set_name(set_of(db, entry.riding_id, entry.set_name)) != entry.set_name:
            return "set"
        if _ranges_off(db, entry.riding_id, entry.set_name):
            return "set"
        done.sets.add(entry.set_name)
    if own and entry.act == Access.ANCHORED and entry.numbers:
        _, _, chain = entry.what.partition(" ")
        done.anchors[bytes.fromhex(chain)] = entry.numbers[0], entry.link
    return None


def _ranges_off(db: Connection, riding_id: int, name: bytes) -> bool:
    rows = db.query(
        "SELECT low, high, data FROM audit_set WHERE riding_id = ? AND name = ?", (riding_id, name)
    )
    return any(bytes(low) != bytes(data)[:8] or bytes(high) != bytes(data)[-8:] for low, high, data in rows)


def _told(head: Head) -> Why:
    told: dict[str, Why] = {"cut": "cut", "fork": "fork", "restored": "restored"}
    return told.get(head.trouble, "came")


def _weight(*row: Any) -> int:
    """A row that finds a record, as a number: two sums of them are alike where the rows are."""
    return int.from_bytes(blake2b(_encode(row), digest_size=16).digest(), "big")


def _index(db: Connection, riding_id: int) -> int:
    """The sum of what does find the records."""
    by_ref = _rows_of(db, riding_id, "audit_ref", ("ref", "chain", "number"))
    by_page = _rows_of(
        db, riding_id, "audit_page", ("ref", "device", "wall_ms", "chain", "number", "low", "high"), 5
    )
    total = sum(_weight(*row) for row in by_ref if row[1] != PLACES)
    return (total + sum(_weight(*row) for row in by_page)) % _MODULUS


def _rows_of(
    db: Connection, riding_id: int, table: str, columns: Sequence[str], key: int = 3
) -> Iterator[tuple[Any, ...]]:
    """Every row of a riding, a part at a time. `key`: so many columns, the first ones, are its key."""
    names, key_names = ", ".join(columns), ", ".join(columns[:key])
    last: tuple[Any, ...] | None = None
    while True:
        after, values = (f" AND ({key_names}) > ({','.join('?' * key)})", last[:key]) if last else ("", ())
        rows = db.query(
            f"SELECT {names} FROM {table} WHERE riding_id = ?{after} ORDER BY {key_names} LIMIT 20000",
            (riding_id, *values),
        )
        if not rows:
            return
        for row in rows:
            last = tuple(one if isinstance(one, int) else bytes(one) for one in row)
            yield last


def index_again(db: Connection, riding_id: int) -> None:
    """Write anew what finds the records of a riding; the records themselves are not touched."""
    db.run("DELETE FROM audit_ref WHERE riding_id = ? AND chain <> ?", (riding_id, PLACES))
    db.run("DELETE FROM audit_page WHERE riding_id = ?", (riding_id,))
    for _, head in heads(db, riding_id):
        number = 0
        while True:
            rows = db.query(
                "SELECT number, raw FROM audit WHERE riding_id = ? AND chain = ? AND number > ? ORDER BY number LIMIT ?",
                (riding_id, head.chain, number, _PAGE),
            )
            if not rows:
                break
            number = int(rows[-1][0])
            entries = (_read(bytes(raw))[0] for _, raw in rows)
            find_by(db, [one for one in entries if one is not None])
