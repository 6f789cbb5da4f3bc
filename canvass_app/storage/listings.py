"""All that files ever said of a few people, whether or not the files still count."""

from __future__ import annotations

from collections.abc import Iterable

import zstandard

from canvass_app.ledger.rosters import Chunk, DoorEntry, PersonEntry, door_rows, find_row, person_rows

from .database import Connection


def every_listing(
    db: Connection, riding_id: int, people: Iterable[bytes]
) -> list[tuple[PersonEntry, DoorEntry | None]]:
    """Every row about these people in any roster, withdrawn or not, with the door as the same roster has it."""
    wanted = sorted(set(people))
    found: list[tuple[PersonEntry, DoorEntry | None]] = []
    rosters = db.query("SELECT DISTINCT roster_id FROM roster_chunk WHERE riding_id = ?", (riding_id,))
    for (roster,) in rosters:
        for one in wanted:
            chunk = _chunk_with(db, riding_id, roster, "people", one)
            row = find_row(person_rows(chunk), one) if chunk is not None else None
            if row is None:
                continue
            chunk = _chunk_with(db, riding_id, roster, "doors", row.door_id)
            found.append((row, find_row(door_rows(chunk), row.door_id) if chunk is not None else None))
    return found


def _chunk_with(db: Connection, riding_id: int, roster: bytes, kind: str, key: bytes) -> Chunk | None:
    """The chunk in which a row with this id would stand."""
    rows = db.query(
        "SELECT data FROM roster_chunk WHERE riding_id = ? AND roster_id = ? AND kind = ? AND first_key <= ?"
        " ORDER BY first_key DESC LIMIT 1",
        (riding_id, roster, kind, key),
    )
    return Chunk(b"", b"", zstandard.ZstdDecompressor().decompress(bytes(rows[0][0]))) if rows else None
