"""Immutable bytes named by their hash: frozen walk lists, street and area layers."""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

import zstandard

from canvass_app.domain.errors import NotFound, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection

AssetKind = Literal["walk_list", "layer"]


def put_asset(db: Connection, riding_id: int, kind: AssetKind, data: bytes) -> bytes:
    """Keep `data`; its name (SHA-256 of the plain bytes). Keeping it again changes nothing."""
    name = sha256(data).digest()
    db.run(
        "INSERT INTO asset (riding_id, hash, kind, size, data) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
        (riding_id, name, kind, len(data), zstandard.ZstdCompressor(level=9).compress(data)),
    )
    return name


def get_asset(db: Connection, riding_id: int, name: bytes) -> bytes:
    """The bytes named `name`, verified. Raises NotFound when they are not here (yet)."""
    rows = db.query("SELECT data, redacted FROM asset WHERE riding_id = ? AND hash = ?", (riding_id, name))
    if not rows:
        raise NotFound(
            Text(
                "This part has not arrived from headquarters yet. Nothing is lost; sync, then open it again.",
                "Cette partie n’est pas encore arrivée du quartier général. Rien n’est perdu; synchronisez, "
                "puis rouvrez-la.",
            )
        )
    data = zstandard.ZstdDecompressor().decompress(bytes(rows[0][0]))
    # A list from which an erasure took somebody keeps its name; the database itself vouches for its pages.
    if not rows[0][1] and sha256(data).digest() != name:
        raise StorageProblem(
            Text(
                "A stored document does not match its fingerprint, so it is not shown. Run “canvass-app doctor”.",
                "Un document enregistré ne correspond pas à son empreinte; il n’est pas affiché. "
                "Lancez « canvass-app doctor ».",
            )
        )
    return data
