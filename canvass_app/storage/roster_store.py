"""Roster chunks on disk: writing, verifying, and finding a few rows among many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import zstandard

from canvass_app.ledger.rosters import (
    Chunk,
    DoorEntry,
    PersonEntry,
    Roster,
    chunk_kind,
    door_rows,
    name_of,
    person_rows,
)

from .database import Connection, query_in

_LEVEL = 1


@dataclass(frozen=True, slots=True)
class StoredRoster:
    """A roster that counts: complete and not withdrawn."""

    roster_id: bytes
    rank: int


def roster_id_of(name: bytes) -> bytes:
    """The subject under which a roster's events stand: the first half of its root hash."""
    return name[:16]


def store_chunks(db: Connection, riding_id: int, roster: Roster) -> None:
    """Write a roster's chunks; writing them again changes nothing."""
    compress = zstandard.ZstdCompressor(level=_LEVEL).compress
    roster_id = roster_id_of(roster.name)
    db.run_many(
        "INSERT INTO roster_chunk (riding_id, roster_id, chunk, kind, first_key, leaves, data) VALUES (?,?,?,?,?,?,?)"
        " ON CONFLICT DO NOTHING",
        [
            (riding_id, roster_id, n, chunk_kind(c), c.first_key, c.leaves, compress(c.rows))
            for n, c in enumerate(roster.chunks)
        ],
    )


def load_chunks(db: Connection, riding_id: int, roster_id: bytes) -> list[Chunk]:
    """Every chunk of a roster, in order."""
    expand = zstandard.ZstdDecompressor().decompress
    rows = db.query(
        "SELECT first_key, leaves, data FROM roster_chunk WHERE riding_id = ? AND roster_id = ? ORDER BY chunk",
        (riding_id, roster_id),
    )
    return [Chunk(bytes(key), bytes(leaves), expand(bytes(data))) for key, leaves, data in rows]


def is_whole(db: Connection, riding_id: int, name: bytes) -> bool:
    """Whether every chunk is here and together they have the roster's name."""
    leaves = db.query(
        "SELECT leaves FROM roster_chunk WHERE riding_id = ? AND roster_id = ? ORDER BY chunk",
        (riding_id, roster_id_of(name)),
    )
    return bool(leaves) and name_of(riding_id, [Chunk(b"", bytes(row[0]), b"") for row in leaves]) == name


def active_rosters(db: Connection, riding_id: int) -> list[StoredRoster]:
    """Rosters that count, the weakest first: a later one overwrites an earlier one's values."""
    rows = db.query(
        "SELECT roster_id, rank FROM roster WHERE riding_id = ? AND complete = 1 AND withdrawn = 0"
        " ORDER BY rank, roster_id",
        (riding_id,),
    )
    return [StoredRoster(bytes(roster_id), int(rank)) for roster_id, rank in rows]


def door_entries(db: Connection, riding_id: int, ids: Iterable[bytes]) -> dict[bytes, list[DoorEntry]]:
    """What active rosters say of the doors with these ids, the weakest first."""
    found: dict[bytes, list[DoorEntry]] = {}
    for chunk, wanted in _chunks_with(db, riding_id, "doors", ids):
        for row in door_rows(chunk):
            if row is not None and row.door_id in wanted:
                found.setdefault(row.door_id, []).append(row)
    return found


def person_entries(db: Connection, riding_id: int, ids: Iterable[bytes]) -> dict[bytes, list[PersonEntry]]:
    """What active rosters say of the people with these ids, the weakest first."""
    found: dict[bytes, list[PersonEntry]] = {}
    for chunk, wanted in _chunks_with(db, riding_id, "people", ids):
        for row in person_rows(chunk):
            if row is not None and row.person_id in wanted:
                found.setdefault(row.person_id, []).append(row)
    return found


def _chunks_with(
    db: Connection, riding_id: int, kind: str, ids: Iterable[bytes]
) -> Iterator[tuple[Chunk, frozenset[bytes]]]:
    wanted = sorted(set(ids))
    if not wanted:
        return
    expand = zstandard.ZstdDecompressor().decompress
    for roster in active_rosters(db, riding_id):
        index = db.query(
            "SELECT first_key, chunk FROM roster_chunk WHERE riding_id = ? AND roster_id = ? AND kind = ? ORDER BY chunk",
            (riding_id, roster.roster_id, kind),
        )
        if not index:
            continue
        keys = [bytes(key) for key, _ in index]
        by_chunk: dict[int, list[bytes]] = {}
        for one in wanted:
            at = bisect_right(keys, one) - 1
            if at >= 0:
                by_chunk.setdefault(int(index[at][1]), []).append(one)
        rows = query_in(
            db,
            "SELECT chunk, data FROM roster_chunk WHERE riding_id = ? AND roster_id = ? AND chunk IN (??)",
            (riding_id, roster.roster_id),
            by_chunk,
        )
        for number, data in rows:
            yield Chunk(b"", b"", expand(bytes(data))), frozenset(by_chunk[int(number)])
