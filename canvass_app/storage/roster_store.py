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
    _write_chunks(db, riding_id, roster_id_of(roster.name), roster.chunks)


def _write_chunks(db: Connection, riding_id: int, roster_id: bytes, chunks: Iterable[Chunk]) -> None:
    compress = zstandard.ZstdCompressor(level=_LEVEL).compress
    db.run_many(
        "INSERT INTO roster_chunk (riding_id, roster_id, chunk, kind, first_key, leaves, data) VALUES (?,?,?,?,?,?,?)"
        " ON CONFLICT DO NOTHING",
        [
            (riding_id, roster_id, n, chunk_kind(c), c.first_key, c.leaves, compress(c.rows))
            for n, c in enumerate(chunks)
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
    """Whether every chunk is here and together they have the roster's name, or that of what was cut from it for here."""
    leaves = db.query(
        "SELECT leaves FROM roster_chunk WHERE riding_id = ? AND roster_id = ? ORDER BY chunk",
        (riding_id, roster_id_of(name)),
    )
    here = name_of(riding_id, [Chunk(b"", bytes(row[0]), b"") for row in leaves])
    if leaves and here == name:
        return True
    cut = db.query("SELECT value FROM meta WHERE name = ?", (_cut_fact(riding_id, roster_id_of(name)),))
    return bool(cut) and here.hex() == cut[0][0]


CUT = "cut_"
"""Facts "cut_<riding>_<roster>": of an imported file only what concerns this laptop is here, and this names it."""


def _cut_fact(riding_id: int, roster_id: bytes) -> str:
    return f"{CUT}{riding_id}_{roster_id.hex()}"


def keep_cut(db: Connection, riding_id: int, roster_id: bytes, cut: Roster | None) -> None:
    """Have a roster be what was cut from it for this laptop; None: nothing of it, until it comes whole."""
    db.run("DELETE FROM roster_chunk WHERE riding_id = ? AND roster_id = ?", (riding_id, roster_id))
    if cut is None:
        db.run("DELETE FROM meta WHERE name = ?", (_cut_fact(riding_id, roster_id),))
        return
    _write_chunks(db, riding_id, roster_id, cut.chunks)
    db.run(
        "INSERT INTO meta (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_cut_fact(riding_id, roster_id), cut.name.hex()),
    )


def rosters_here(db: Connection, riding_id: int, *, withdrawn: bool = False) -> list[StoredRoster]:
    """The complete rosters that count (or those that were withdrawn), the weakest first: a later one overwrites
    an earlier one's values."""
    rows = db.query(
        "SELECT roster_id, rank FROM roster WHERE riding_id = ? AND complete = 1 AND withdrawn = ?"
        " ORDER BY rank, roster_id",
        (riding_id, int(withdrawn)),
    )
    return [StoredRoster(bytes(roster_id), int(rank)) for roster_id, rank in rows]


def door_entries(
    db: Connection, riding_id: int, ids: Iterable[bytes], *, withdrawn: bool = False
) -> dict[bytes, list[tuple[int, DoorEntry]]]:
    """What rosters say of the doors with these ids: (place in the order of strength, row), the weakest first."""
    found: dict[bytes, list[tuple[int, DoorEntry]]] = {}
    for place, chunk, wanted in _chunks_with(db, riding_id, "doors", ids, withdrawn):
        for row in door_rows(chunk):
            if row is not None and row.door_id in wanted:
                found.setdefault(row.door_id, []).append((place, row))
    return found


def person_entries(
    db: Connection, riding_id: int, ids: Iterable[bytes], *, withdrawn: bool = False
) -> dict[bytes, list[tuple[int, PersonEntry]]]:
    """What rosters say of the people with these ids: (place in the order of strength, row), the weakest first."""
    found: dict[bytes, list[tuple[int, PersonEntry]]] = {}
    for place, chunk, wanted in _chunks_with(db, riding_id, "people", ids, withdrawn):
        for row in person_rows(chunk):
            if row is not None and row.person_id in wanted:
                found.setdefault(row.person_id, []).append((place, row))
    return found


class Files:
    """A riding's rosters as they stand in one transaction, each opened once."""

    def __init__(self, db: Connection, riding_id: int) -> None:
        self._db, self._riding_id = db, riding_id
        self._doors: dict[bytes, list[DoorEntry]] = {}
        self._people: dict[bytes, list[PersonEntry]] = {}

    def doors(self, roster_id: bytes) -> list[DoorEntry]:
        """All doors of a roster."""
        if roster_id not in self._doors:
            chunks = _load(self._db, self._riding_id, roster_id, "doors")
            self._doors[roster_id] = [row for chunk in chunks for row in door_rows(chunk) if row is not None]
        return self._doors[roster_id]

    def people(self, roster_id: bytes) -> list[PersonEntry]:
        """All people of a roster."""
        if roster_id not in self._people:
            chunks = _load(self._db, self._riding_id, roster_id, "people")
            self._people[roster_id] = [
                row for chunk in chunks for row in person_rows(chunk) if row is not None
            ]
        return self._people[roster_id]


def _load(db: Connection, riding_id: int, roster_id: bytes, kind: str) -> Iterator[Chunk]:
    expand = zstandard.ZstdDecompressor().decompress
    for (data,) in db.query(
        "SELECT data FROM roster_chunk WHERE riding_id = ? AND roster_id = ? AND kind = ? ORDER BY chunk",
        (riding_id, roster_id, kind),
    ):
        yield Chunk(b"", b"", expand(bytes(data)))


def _chunks_with(
    db: Connection, riding_id: int, kind: str, ids: Iterable[bytes], withdrawn: bool
) -> Iterator[tuple[int, Chunk, frozenset[bytes]]]:
    wanted = sorted(set(ids))
    if not wanted:
        return
    expand = zstandard.ZstdDecompressor().decompress
    for place, roster in enumerate(rosters_here(db, riding_id, withdrawn=withdrawn)):
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
            yield place, Chunk(b"", b"", expand(bytes(data))), frozenset(by_chunk[int(number)])
