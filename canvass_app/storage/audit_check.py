"""Is the log of who saw whom whole? Each chain is walked from its first record to its head; what finds records is counted too."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal, NamedTuple

from canvass_app.domain.accesses import Access
from canvass_app.ledger.trail import START, BadRecord, Entry, index_refs, open_record, set_name

from .audit import FOREIGN, PLACES, Head, hash_at, heads, set_of
from .database import Connection

Why = Literal[
    "altered", "missing", "end", "head", "set", "anchor", "index", "cut", "fork", "came", "restored"
]
_PAGE = 1_000
_MODULUS = 1 << 128


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
    for ref in index_refs(entry):
        done.total = (done.total + _weight(ref, entry.chain, entry.number)) % _MODULUS
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


def _weight(ref: bytes, chain: bytes, number: int) -> int:
    joined = b"%s%s%d" % (ref, chain, number)
    return int.from_bytes(blake2b(joined, digest_size=16).digest(), "big")


def _index(db: Connection, riding_id: int) -> int:
    total, last = 0, (b"", b"", -1)
    while True:
        rows = db.query(
            "SELECT ref, chain, number FROM audit_ref WHERE riding_id = ? AND (ref, chain, number) > (?,?,?)"
            " ORDER BY ref, chain, number LIMIT 20000",
            (riding_id, *last),
        )
        if not rows:
            return total
        for ref, chain, number in rows:
            if bytes(chain) != PLACES:
                total = (total + _weight(bytes(ref), bytes(chain), int(number))) % _MODULUS
        last = bytes(rows[-1][0]), bytes(rows[-1][1]), int(rows[-1][2])


def index_again(db: Connection, riding_id: int) -> None:
    """Write anew what finds the records of a riding; the records themselves are not touched."""
    db.run("DELETE FROM audit_ref WHERE riding_id = ? AND chain <> ?", (riding_id, PLACES))
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
            db.run_many(
                "INSERT INTO audit_ref (riding_id, ref, chain, number) VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
                [
                    (riding_id, ref, head.chain, int(at))
                    for at, raw in rows
                    for entry in [_read(bytes(raw))[0]]
                    if entry is not None
                    for ref in sorted(index_refs(entry))
                ],
            )
