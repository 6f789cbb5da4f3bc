"""Chains of the log of who saw whom on disk: their heads, and appending to them (ledger/trail.py)."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from canvass_app.domain.accesses import OF_CHAINS, Access
from canvass_app.ledger.trail import (
    PART,
    REF_BYTES,
    START,
    BadRecord,
    Draft,
    Entry,
    Record,
    index_refs,
    open_record,
    page_of,
    person_ref,
    said_again,
    seal,
)

from .database import Connection, query_in

CHAIN_BYTES = 16
FOREIGN, OWN, FORMER = 0, 1, 2
PLACES = b""
"""What stands for a chain where a reference finds no record but a number of headquarters' order."""
_ADD_REF = "INSERT INTO audit_ref (riding_id, ref, chain, number) VALUES (?,?,?,?)"


class Head(NamedTuple):
    """How far a chain has come."""

    chain: bytes
    device_id: bytes
    own: int
    number: int
    hash: bytes
    acked: int
    broken: int
    trouble: str


_HEAD = "chain, device_id, own, number, hash, acked, broken, trouble"


# --- heads -----------------------------------------------------------------------------------------


def heads(db: Connection, riding_id: int | None = None) -> list[tuple[int, Head]]:
    """(riding, head) of every chain here, or of a riding's."""
    where, values = ("", ()) if riding_id is None else (" WHERE riding_id = ?", (riding_id,))
    rows = db.query(f"SELECT riding_id, {_HEAD} FROM audit_head{where} ORDER BY riding_id, chain", values)
    return [(int(row[0]), _head(row[1:])) for row in rows]


def _head(row: Sequence[Any]) -> Head:
    chain, device, own, number, digest, acked, broken, trouble = row
    return Head(
        bytes(chain), bytes(device), int(own), int(number), bytes(digest), int(acked), int(broken), str(trouble)
    )  # fmt: skip


def head_of(db: Connection, riding_id: int, chain: bytes, *, lock: bool = False) -> Head | None:
    """A chain's head; `lock` holds its row until the commit, so that two who append take turns."""
    locking = " FOR UPDATE" if lock and db.dialect != "sqlite" else ""
    rows = db.query(
        f"SELECT {_HEAD} FROM audit_head WHERE riding_id = ? AND chain = ?{locking}", (riding_id, chain)
    )
    return _head(rows[0]) if rows else None


def own_head(db: Connection, riding_id: int) -> Head | None:
    """The chain of a riding that this laptop writes, if it has begun."""
    rows = db.query(f"SELECT {_HEAD} FROM audit_head WHERE riding_id = ? AND own = ?", (riding_id, OWN))
    return _head(rows[0]) if rows else None


def make_head(db: Connection, riding_id: int, chain: bytes, device_id: bytes, own: int) -> Head:
    """A chain without a record yet, or as it stands here; its row is held until the commit."""
    db.run(
        "INSERT INTO audit_head (riding_id, chain, device_id, own, hash) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
        (riding_id, chain, device_id, own, START),
    )
    found = head_of(db, riding_id, chain, lock=True)
    assert found is not None
    return found


def note_trouble(db: Connection, riding_id: int, chain: bytes, number: int, trouble: str) -> bool:
    """Mark a chain as broken from a record on; False when it was marked before."""
    return bool(
        db.run(
            "UPDATE audit_head SET broken = ?, trouble = ? WHERE riding_id = ? AND chain = ? AND broken = 0",
            (max(number, 1), trouble, riding_id, chain),
        )
    )


# --- appending -------------------------------------------------------------------------------------


def append(db: Connection, riding_id: int, head: Head, drafts: Sequence[Draft]) -> Head:
    """Append to a chain whose head row this transaction holds; the head afterwards."""
    number, before = head.number, head.hash
    records: list[Record] = []
    for draft in drafts:
        number += 1
        records.append(seal(riding_id, head.chain, number, before, draft))
        before = records[-1].hash
    return keep(db, riding_id, head, records)


def keep(db: Connection, riding_id: int, head: Head, records: Sequence[Record], taken_ms: int = 0) -> Head:
    """Keep records that follow a head; the head afterwards. They were checked."""
    if not records:
        return head
    last = records[-1]
    db.run_many(
        "INSERT INTO audit (riding_id, chain, number, wall_ms, hash, raw) VALUES (?,?,?,?,?,?)",
        [(riding_id, head.chain, r.entry.number, r.entry.wall_ms, r.hash, r.raw) for r in records],
    )
    find_by(db, [r.entry for r in records])
    db.run(
        "UPDATE audit_head SET number = ?, hash = ?, taken_ms = ? WHERE riding_id = ? AND chain = ?",
        (last.entry.number, last.hash, taken_ms, riding_id, head.chain),
    )
    return head._replace(number=last.entry.number, hash=last.hash)


def find_by(db: Connection, entries: Iterable[Entry]) -> None:
    """Keep by what records are found; what is here already stays."""
    refs, pages = finders(entries)
    if refs:
        db.run_many(f"{_ADD_REF} ON CONFLICT DO NOTHING", refs)
    if pages:
        db.run_many(
            "INSERT INTO audit_page (riding_id, ref, device, wall_ms, chain, number, low, high) VALUES (?,?,?,?,?,?,?,?)"
            " ON CONFLICT DO NOTHING",
            pages,
        )


def finders(entries: Iterable[Entry]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """By what records are found, as rows of `audit_ref` and of `audit_page`."""
    refs: list[tuple[Any, ...]] = []
    pages: list[tuple[Any, ...]] = []
    for e in entries:
        page = page_of(e)
        if page is None:
            refs += [(e.riding_id, ref, e.chain, e.number) for ref in sorted(index_refs(e))]
        else:
            pages += [
                (e.riding_id, ref, e.device, e.wall_ms, e.chain, e.number, page.low, page.high)
                for ref in sorted(page.refs)
            ]
    return refs, pages


def keep_set(db: Connection, riding_id: int, name: bytes, joined: bytes) -> None:
    """Keep a set of references under its name; one that is here stays as it is."""
    if db.query("SELECT 1 FROM audit_set WHERE riding_id = ? AND name = ? LIMIT 1", (riding_id, name)):
        return
    size = PART * REF_BYTES
    parts = [joined[at : at + size] for at in range(0, len(joined), size)]
    db.run_many(
        "INSERT INTO audit_set (riding_id, name, part, low, high, data) VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        [
            (riding_id, name, at, part[:REF_BYTES], part[-REF_BYTES:], part)
            for at, part in enumerate(parts)
        ],
    )  # fmt: skip


def set_of(db: Connection, riding_id: int, name: bytes) -> bytes:
    """The joined references of a set; b"" when it is not here."""
    rows = db.query(
        "SELECT data FROM audit_set WHERE riding_id = ? AND name = ? ORDER BY part", (riding_id, name)
    )
    return b"".join(bytes(row[0]) for row in rows)


def append_own(
    db: Connection, riding_id: int, device_id: bytes, drafts: Sequence[Draft], sets: Mapping[bytes, bytes]
) -> Head:
    """Append to this laptop's chain of a riding, begun when it is first needed."""
    head = own_head(db, riding_id) or make_head(db, riding_id, os.urandom(CHAIN_BYTES), device_id, OWN)
    for name, joined in sets.items():
        keep_set(db, riding_id, name, joined)
    return append(db, riding_id, head, drafts)


def begin_again(db: Connection, riding_id: int, device_id: bytes, wall_ms: int) -> Head | None:
    """Leave this laptop's chain of a riding as it is and begin another that names it and says again what headquarters has
    not taken. None where there was none: a computer that was copied or put back does not go on under numbers that another
    one may have given too.
    """
    old = own_head(db, riding_id)
    if old is None:
        return None
    db.run("UPDATE audit_head SET own = ? WHERE riding_id = ? AND chain = ?", (FORMER, riding_id, old.chain))
    db.run("UPDATE audit_set SET sent = 0 WHERE riding_id = ?", (riding_id,))
    began = Draft(
        Access.BEGAN, wall_ms, device_id, what=f"chain {old.chain.hex()}", numbers=(old.number,), link=old.hash
    )  # fmt: skip
    again = [said_again(one, device_id) for one in sound(db, riding_id, old.chain, old.acked)]
    head = make_head(db, riding_id, os.urandom(CHAIN_BYTES), device_id, OWN)
    return append(db, riding_id, head, [began, *again])


def begin_all_again(db: Connection, device_id: bytes, wall_ms: int) -> None:
    """`begin_again` in every riding: this laptop becomes another device."""
    for (riding_id,) in db.query("SELECT riding_id FROM audit_head WHERE own = ?", (OWN,)):
        begin_again(db, int(riding_id), device_id, wall_ms)


def sound(db: Connection, riding_id: int, chain: bytes, after: int) -> list[Record]:
    """The records after a number that can still be read and say something of people."""
    found: list[Record] = []
    for raw in raws(db, riding_id, chain, after, 1 << 62):
        try:
            record = open_record(raw)
        except BadRecord:
            continue
        if record.entry.act not in OF_CHAINS:
            found.append(record)
    return found


def raws(db: Connection, riding_id: int, chain: bytes, after: int, most: int) -> list[bytes]:
    """The bytes of the records after a number, in order."""
    rows = db.query(
        "SELECT raw FROM audit WHERE riding_id = ? AND chain = ? AND number > ? ORDER BY number LIMIT ?",
        (riding_id, chain, after, min(most, 1 << 62)),
    )
    return [bytes(row[0]) for row in rows]


def hash_at(db: Connection, riding_id: int, chain: bytes, number: int) -> bytes:
    """The hash of a record; what the first one names before it for 0, b"" for one that is not here."""
    if not number:
        return START
    rows = db.query(
        "SELECT hash FROM audit WHERE riding_id = ? AND chain = ? AND number = ?", (riding_id, chain, number)
    )
    return bytes(rows[0][0]) if rows else b""


def note_places(db: Connection, riding_id: int, people: Iterable[bytes]) -> None:
    """Before people are erased: under which numbers of headquarters' order something was said of them, so that it can still
    be told who was given it. Nothing but their references is kept."""
    rows = query_in(
        db,
        "SELECT subject, riding_sequence FROM event WHERE riding_id = ? AND riding_sequence IS NOT NULL"
        " AND subject IN (??)",
        (riding_id,),
        people,
    )
    db.run_many(
        f"{_ADD_REF} ON CONFLICT DO NOTHING",
        [(riding_id, person_ref(riding_id, bytes(subject)), PLACES, number) for subject, number in rows],
    )


def places_of(db: Connection, riding_id: int, people: Collection[bytes]) -> set[int]:
    """The numbers of headquarters' order under which something is, or before an erasure was, said of people."""
    rows = query_in(
        db,
        "SELECT riding_sequence FROM event WHERE riding_id = ? AND riding_sequence IS NOT NULL AND subject IN (??)",
        (riding_id,),
        people,
    )
    rows += query_in(
        db,
        "SELECT e.riding_sequence FROM attempt a JOIN event e ON e.riding_id = a.riding_id"
        " AND e.device_id = a.device_id AND e.device_seq = a.device_seq WHERE a.riding_id = ?"
        " AND e.riding_sequence IS NOT NULL AND a.person_id IN (??)",
        (riding_id,),
        people,
    )
    rows += query_in(
        db,
        "SELECT number FROM audit_ref WHERE riding_id = ? AND chain = ? AND ref IN (??)",
        (riding_id, PLACES),
        [person_ref(riding_id, one) for one in people],
    )
    return {int(row[0]) for row in rows}
