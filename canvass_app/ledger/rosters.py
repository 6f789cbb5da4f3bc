"""Rosters: imported files of doors and people, immutable, named by their content.

A roster is a hash tree: every row has a salted leaf hash, a chunk's hash covers its leaves, the
roster's name covers its chunks. One erased row can be removed, its leaf hash kept, and the name
still verifies. Rows are sorted by id, so one row is found by a search over the chunks' first keys.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from itertools import pairwise
from operator import lt
from typing import Any, Literal, NamedTuple, TypeVar, cast

import msgspec

CHUNK_ROWS = 512
RosterKind = Literal["doors", "people"]
Row = TypeVar("Row", "DoorEntry", "PersonEntry")


class DoorEntry(NamedTuple):
    """A door as a file gives it. Unknown texts are "", unknown numbers 0; a point of (0, 0) is unknown."""

    door_id: bytes
    number: int
    suffix: str
    street: str
    """The street's folded name: Street.name."""
    street_type: str
    street_direction: str
    street_label: str
    """The street as shown: Street.label."""
    unit: str
    floor: int
    municipality: str
    postal_code: str
    lon_e6: int
    lat_e6: int
    polling_division: str
    building_use: str


class PersonEntry(NamedTuple):
    """A person as a file gives them, at the door with id `door_id` of the same roster or another."""

    person_id: bytes
    door_id: bytes
    last: str
    first: str
    middle: str
    birth_year: int
    phone: str
    email: str
    language: str
    sex: str
    support: str
    """The support level the file claims ("1".."5" or ""): the weakest of all sources."""
    source: str
    """Where `external_id` comes from ("van", "nationbuilder", ...); "" without one."""
    external_id: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Up to CHUNK_ROWS rows, sorted by id. `rows` is msgpack: [kind, [row, ...]]; removed rows are null."""

    first_key: bytes
    leaves: bytes
    """32 bytes a row."""
    rows: bytes

    @property
    def hash(self) -> bytes:
        """SHA-256 over the leaf hashes."""
        return sha256(self.leaves).digest()


@dataclass(frozen=True, slots=True)
class Roster:
    """An immutable list of doors and people of one riding."""

    name: bytes
    """The root hash: 32 bytes."""
    doors: int
    people: int
    chunks: tuple[Chunk, ...]


_encoder = msgspec.msgpack.Encoder()
_DOOR_ROWS = msgspec.msgpack.Decoder(tuple[int, list[DoorEntry | None]])
_PERSON_ROWS = msgspec.msgpack.Decoder(tuple[int, list[PersonEntry | None]])
_RAW_ROWS = msgspec.msgpack.Decoder(tuple[int, list[msgspec.Raw]])


class _Id(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A row of which only the id is read."""

    id: bytes


_ID_ROWS = msgspec.msgpack.Decoder(tuple[int, list[_Id | None]])
_KIND_DOOR, _KIND_PERSON = 0, 1


def _leaves(salt: bytes, rows: Iterable[bytes | msgspec.Raw]) -> bytes:
    """The leaf hashes of encoded rows, one after the other."""
    # The salt (the hash of the whole content) keeps a removed row from being guessed from its leaf. Its block is
    # hashed once: a copy of that state costs half of beginning anew.
    salted = blake2b(digest_size=32, key=salt)
    leaves: list[bytes] = []
    for row in rows:
        leaf = salted.copy()
        leaf.update(row)
        leaves.append(leaf.digest())
    return b"".join(leaves)


def _chunks(kind: int, rows: Sequence[DoorEntry] | Sequence[PersonEntry], salt: bytes) -> list[Chunk]:
    chunks: list[Chunk] = []
    for start in range(0, len(rows), CHUNK_ROWS):
        part = rows[start : start + CHUNK_ROWS]
        leaves = _leaves(salt, (_encoder.encode(row) for row in part))
        chunks.append(Chunk(part[0][0], leaves, _encoder.encode((kind, part))))
    return chunks


def build_roster(riding_id: int, doors: Sequence[DoorEntry], people: Sequence[PersonEntry]) -> Roster:
    """Sort, chunk and name a roster. The same rows in any order give the same name.

    Raises ValueError when an id stands twice: the caller removes exact repeats and reports them.
    """
    sorted_doors, sorted_people = sorted(doors), sorted(people)
    for rows in (sorted_doors, sorted_people):
        if any(first[0] == second[0] for first, second in pairwise(rows)):
            raise ValueError("a roster holds each id once")
    content = sha256(b"canvass roster 1" + riding_id.to_bytes(8, "big"))
    content.update(_encoder.encode(sorted_doors))
    content.update(_encoder.encode(sorted_people))
    salt = content.digest()
    chunks = (*_chunks(_KIND_DOOR, sorted_doors, salt), *_chunks(_KIND_PERSON, sorted_people, salt))
    return Roster(name_of(riding_id, chunks), len(doors), len(people), chunks)


def name_of(riding_id: int, chunks: Sequence[Chunk]) -> bytes:
    """The root hash of chunks in order: what a received roster is verified against."""
    return sha256(
        b"canvass roster 1" + riding_id.to_bytes(8, "big") + b"".join(c.hash for c in chunks)
    ).digest()


def rows_are_sound(riding_id: int, chunks: Sequence[Chunk]) -> bool:
    """Whether the rows of chunks in order are those of their leaves, cut as `build_roster` cuts them.

    They are hashed as they were encoded, and not opened. Where one was erased nothing can be said: the salt is made of
    all of them.
    """
    kinds: tuple[list[Chunk], ...] = ([], [])
    for chunk in chunks:
        kind = chunk.rows[1]
        if None in _ID_ROWS.decode(chunk.rows)[1]:
            return True
        if kind not in (_KIND_DOOR, _KIND_PERSON) or (kind == _KIND_DOOR and kinds[_KIND_PERSON]):
            return False
        kinds[kind].append(chunk)
    content = sha256(b"canvass roster 1" + riding_id.to_bytes(8, "big"))
    for parts in kinds:
        ids = [row_ids(chunk) for chunk in parts]
        if any(len(rows) != CHUNK_ROWS for rows in ids[:-1]) or (ids and not ids[-1]):
            return False
        whole = [one for rows in ids for one in rows]
        if any(len(one) != 16 for one in whole) or not all(map(lt, whole, whole[1:])):
            return False
        content.update(_head(len(whole)))
        for chunk, rows in zip(parts, ids, strict=True):
            # Before its rows a chunk says what it holds and how many of them.
            content.update(memoryview(chunk.rows)[2 + len(_head(len(rows))) :])
    salt = content.digest()
    return all(chunk.leaves == _leaves(salt, _RAW_ROWS.decode(chunk.rows)[1]) for chunk in chunks)


def _head(count: int) -> bytes:
    """How MessagePack begins an array of so many."""
    if count < 16:
        return bytes((0x90 | count,))
    return b"\xdc" + count.to_bytes(2, "big") if count < 65_536 else b"\xdd" + count.to_bytes(4, "big")


def chunk_kind(chunk: Chunk) -> RosterKind:
    """Whether a chunk holds doors or people."""
    return "doors" if chunk.rows[1] == _KIND_DOOR else "people"


def door_rows(chunk: Chunk) -> list[DoorEntry | None]:
    """The doors of a chunk of doors; None where a row was erased."""
    return _DOOR_ROWS.decode(chunk.rows)[1]


def person_rows(chunk: Chunk) -> list[PersonEntry | None]:
    """The people of a chunk of people; None where a row was erased."""
    return _PERSON_ROWS.decode(chunk.rows)[1]


def row_ids(chunk: Chunk) -> list[bytes]:
    """The ids of a chunk's rows that were not erased."""
    return [row.id for row in _ID_ROWS.decode(chunk.rows)[1] if row is not None]


def without_rows(chunk: Chunk, keys: Collection[bytes]) -> Chunk:
    """The chunk with the rows of these ids null. Leaves, hash and so the roster's name stay as they were."""
    if chunk_kind(chunk) == "doors":
        doors = [row if row and row.door_id not in keys else None for row in door_rows(chunk)]
        present, content = [row.door_id for row in doors if row], _encoder.encode((_KIND_DOOR, doors))
    else:
        people = [row if row and row.person_id not in keys else None for row in person_rows(chunk)]
        present, content = [row.person_id for row in people if row], _encoder.encode((_KIND_PERSON, people))
    # The first key finds the chunk. It must not stay an erased id; where no row is left, its first half will do.
    first = chunk.first_key
    if first in keys or first not in present:
        first = present[0] if present else first[:8] + bytes(8)
    return Chunk(first, chunk.leaves, content)


def merged(entries: Sequence[Row]) -> Row:
    """What several rows of one thing say together: a later one updates, and what it leaves blank says nothing."""
    if len(entries) == 1:
        return entries[0]
    best: list[Any] = list(entries[0])
    for entry in entries[1:]:
        for place, value in enumerate(entry):
            if value:
                best[place] = value
    return cast("Row", type(entries[0])._make(best))


def find_row(rows: Sequence[Row | None], key: bytes) -> Row | None:
    """The row with id `key` among sorted rows, or None."""
    present = [row for row in rows if row is not None]
    at = bisect_left(present, key, key=lambda row: row[0])
    return present[at] if at < len(present) and present[at][0] == key else None
