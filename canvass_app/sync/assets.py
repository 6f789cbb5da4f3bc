"""Assets and rosters on both sides: which are named, which are missing, and taking one in only when it is what its
name says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec
import zstandard

from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import LayerAdded, RosterAdded, WalkListIssued
from canvass_app.ledger.rosters import (
    Chunk,
    chunk_kind,
    door_rows,
    name_of,
    person_rows,
    rows_are_sound,
)
from canvass_app.storage.bulk import unhurried_collector
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.erasing import cleaned_chunk, cleaned_list, is_list, note_found, salts_of
from canvass_app.storage.roster_store import is_whole, load_chunks, roster_id_of

from .codec import BadMessage
from .messages import Asset, ChunkName, RosterChunk, RosterIndex

MAX_ASSET_BYTES = 64 << 20
ASSET_KINDS = frozenset({"walk_list", "layer"})
PART_BYTES = 2 << 20
_LEVEL = 1


def named_assets(events: Iterable[Event]) -> list[bytes]:
    """The hashes of the assets that events name."""
    found = [e.body.asset for e in events if isinstance(e.body, LayerAdded | WalkListIssued)]
    return list(dict.fromkeys(found))


def named_rosters(events: Iterable[Event]) -> list[bytes]:
    """The names of the rosters that events name."""
    return list(dict.fromkeys(e.body.name for e in events if isinstance(e.body, RosterAdded)))


def names_files(events: Iterable[Event]) -> bool:
    """Whether something must be sent before these events."""
    return any(isinstance(e.body, LayerAdded | WalkListIssued | RosterAdded) for e in events)


# --- assets -------------------------------------------------------------------------------------


def missing_assets(db: Connection, riding_id: int, hashes: Iterable[bytes]) -> list[bytes]:
    """Those that are not here."""
    wanted = list(hashes)
    rows = query_in(db, "SELECT hash FROM asset WHERE riding_id = ? AND hash IN (??)", (riding_id,), wanted)
    here = {bytes(row[0]) for row in rows}
    return [one for one in wanted if one not in here]


def load_asset(db: Connection, riding_id: int, name: bytes) -> Asset | None:
    """An asset as it lies here, compressed."""
    rows = db.query(
        "SELECT kind, size, data, redacted FROM asset WHERE riding_id = ? AND hash = ?", (riding_id, name)
    )
    if not rows:
        return None
    kind, size, data, redacted = rows[0]
    return Asset(kind=kind, size=int(size), data=bytes(data), redacted=bool(redacted))


def check_asset(name: bytes, asset: Asset) -> None:
    """Raises BadMessage unless the asset's bytes have this name, or are a list from which somebody was erased."""
    if asset.kind not in ASSET_KINDS or not 0 <= asset.size <= MAX_ASSET_BYTES:
        raise BadMessage("an asset is too large or of an unknown kind")
    try:
        # One stream, one bound: a frame's own claim of its size is not believed.
        reader = zstandard.ZstdDecompressor().stream_reader(asset.data)
        plain = reader.read(asset.size + 1)
    except zstandard.ZstdError as error:
        raise BadMessage(str(error)) from error
    if len(plain) != asset.size:
        raise BadMessage("an asset is not as long as it says")
    if asset.redacted:
        if asset.kind != "walk_list" or not is_list(plain):
            raise BadMessage("only a list can be without its name")
    elif sha256(plain).digest() != name:
        raise BadMessage("an asset is not what its name says")


def store_asset(db: Connection, riding_id: int, name: bytes, asset: Asset) -> None:
    """Keep an asset that was checked, without people who were erased; keeping it again changes nothing."""
    size, data, redacted = asset.size, asset.data, asset.redacted
    if asset.kind == "walk_list" and salts_of(db, riding_id):
        after = cleaned_list(db, riding_id, zstandard.ZstdDecompressor().stream_reader(data).read(size))
        if after is not None:
            size, data, redacted = len(after), zstandard.ZstdCompressor(level=_LEVEL).compress(after), True
    db.run(
        "INSERT INTO asset (riding_id, hash, kind, size, data, redacted) VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        (riding_id, name, asset.kind, size, data, int(redacted)),
    )


def lacking(db: Connection, riding_id: int) -> tuple[list[bytes], list[bytes]]:
    """Assets that projections name but are not here, and names of rosters that are not whole."""
    assets = db.query(
        "SELECT w.asset FROM walk_list w WHERE w.riding_id = ? AND NOT EXISTS (SELECT 1 FROM asset a"
        " WHERE a.riding_id = w.riding_id AND a.hash = w.asset) UNION SELECT l.asset FROM layer l"
        " WHERE l.riding_id = ? AND NOT EXISTS (SELECT 1 FROM asset a WHERE a.riding_id = l.riding_id"
        " AND a.hash = l.asset)",
        (riding_id, riding_id),
    )
    rosters = db.query("SELECT name FROM roster WHERE riding_id = ? AND complete = 0", (riding_id,))
    return [bytes(row[0]) for row in assets], [bytes(row[0]) for row in rosters]


# --- rosters ------------------------------------------------------------------------------------


def roster_index(db: Connection, riding_id: int, name: bytes) -> RosterIndex:
    """Which chunks of a roster are here."""
    expand = zstandard.ZstdDecompressor().decompress
    rows = db.query(
        "SELECT chunk, leaves, data FROM roster_chunk WHERE riding_id = ? AND roster_id = ? ORDER BY chunk",
        (riding_id, roster_id_of(name)),
    )
    chunks = [
        ChunkName(
            number=int(number),
            leaves=sha256(bytes(leaves)).digest(),
            rows=sha256(expand(bytes(data))).digest(),
        )
        for number, leaves, data in rows
    ]
    return RosterIndex(whole=index_has_name(riding_id, name, chunks), chunks=chunks)


def index_has_name(riding_id: int, name: bytes, chunks: Sequence[ChunkName]) -> bool:
    """Whether chunks with these leaf hashes, all and in order, make the roster `name`."""
    if [chunk.number for chunk in chunks] != list(range(len(chunks))) or not chunks:
        return False
    prefix = b"canvass roster 1" + riding_id.to_bytes(8, "big")
    return sha256(prefix + b"".join(chunk.leaves for chunk in chunks)).digest() == name


def load_part(
    db: Connection, riding_id: int, name: bytes, numbers: Sequence[int], most_bytes: int = PART_BYTES
) -> list[RosterChunk]:
    """Chunks by number, in order, up to about `most_bytes`; at least one of those that are here."""
    expand = zstandard.ZstdDecompressor().decompress
    part: list[RosterChunk] = []
    size = 0
    for number in sorted(set(numbers)):
        rows = db.query(
            "SELECT first_key, leaves, data FROM roster_chunk WHERE riding_id = ? AND roster_id = ? AND chunk = ?",
            (riding_id, roster_id_of(name), number),
        )
        if not rows:
            continue
        key, leaves, data = rows[0]
        chunk = RosterChunk(
            number=number, first_key=bytes(key), leaves=bytes(leaves), rows=expand(bytes(data))
        )
        size += len(chunk.leaves) + len(chunk.rows)
        if part and size > most_bytes:
            break
        part.append(chunk)
    return part


def check_chunk(chunk: RosterChunk) -> None:
    """Raises BadMessage unless a chunk is well formed in itself."""
    content = Chunk(chunk.first_key, chunk.leaves, chunk.rows)
    try:
        rows = door_rows(content) if chunk_kind(content) == "doors" else person_rows(content)
    except (msgspec.DecodeError, IndexError) as error:
        raise BadMessage(str(error)) from error
    keys = [row[0] for row in rows if row is not None]
    whole = len(keys) == len(rows)
    if (
        chunk.number < 0
        or len(chunk.leaves) != 32 * len(rows)
        or keys != sorted(keys)
        or (whole and keys[:1] != [chunk.first_key])
    ):
        raise BadMessage("a roster's chunk is malformed")


def _without_erased(db: Connection, riding_id: int, chunk: RosterChunk) -> tuple[RosterChunk, set[bytes]]:
    """By ids, telephones and mail; names and addresses are compared when the whole roster is here."""
    content, gone = cleaned_chunk(db, riding_id, Chunk(chunk.first_key, chunk.leaves, chunk.rows), {})
    if not gone:
        return chunk, gone
    after = RosterChunk(
        number=chunk.number, first_key=content.first_key, leaves=content.leaves, rows=content.rows
    )
    return after, gone


def store_part(db: Connection, riding_id: int, name: bytes, chunks: Iterable[RosterChunk]) -> None:
    """Keep chunks that were checked, without people who were erased. A roster that is whole is never touched again."""
    if is_whole(db, riding_id, name):
        return
    cleaned = [_without_erased(db, riding_id, chunk) for chunk in chunks]
    chunks = [chunk for chunk, _ in cleaned]
    # A list that came with the file names them by these ids.
    note_found(db, riding_id, {one for _, gone in cleaned for one in gone})
    pack = zstandard.ZstdCompressor(level=_LEVEL).compress
    db.run_many(
        "INSERT INTO roster_chunk (riding_id, roster_id, chunk, kind, first_key, leaves, data) VALUES (?,?,?,?,?,?,?)"
        " ON CONFLICT (riding_id, roster_id, chunk) DO UPDATE SET kind = excluded.kind,"
        " first_key = excluded.first_key, leaves = excluded.leaves, data = excluded.data",
        [
            (
                riding_id, roster_id_of(name), c.number, chunk_kind(Chunk(c.first_key, c.leaves, c.rows)),
                c.first_key, c.leaves, pack(c.rows),
            )
            for c in chunks
        ],
    )  # fmt: skip


def roster_verifies(db: Connection, riding_id: int, name: bytes) -> bool:
    """Whether the roster is here, its leaves make its name, and its rows make its leaves.

    Rows can be hashed again only while none has been erased: the hash's salt is made of all of them.
    """
    chunks = load_chunks(db, riding_id, roster_id_of(name))
    if not chunks or name_of(riding_id, chunks) != name:
        return False
    with unhurried_collector():
        return rows_are_sound(riding_id, chunks)


def drop_roster(db: Connection, riding_id: int, name: bytes) -> None:
    """Throw away chunks that together are not what their name says; they are fetched again."""
    db.run("DELETE FROM roster_chunk WHERE riding_id = ? AND roster_id = ?", (riding_id, roster_id_of(name)))
