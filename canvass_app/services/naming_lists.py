"""Which frozen walk lists name a person."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
import zstandard

from canvass_app.domain.walk_list import WalkListDocument
from canvass_app.storage.database import Connection


def lines_naming(db: Connection, riding_id: int, people: Collection[bytes]) -> list[tuple[int, int]]:
    """(list number, line) of every line of a frozen list that names any of these ids, which are all those of one person."""
    expand = zstandard.ZstdDecompressor().decompress
    found: list[tuple[int, int]] = []
    names = db.query("SELECT hash FROM asset WHERE riding_id = ? AND kind = 'walk_list'", (riding_id,))
    for (name,) in names:
        ((data,),) = db.query("SELECT data FROM asset WHERE riding_id = ? AND hash = ?", (riding_id, name))
        data = expand(bytes(data))
        # Decoding a list takes a hundred times longer than looking whether the id is in it.
        if any(one in data for one in people):
            document = msgspec.msgpack.decode(data, type=WalkListDocument)
            found += [(document.number, line.line) for line in document.lines if line.person_id in people]
    return sorted(found)
