"""Where doors without coordinates are: by their civic number, along their street. Computed, never written down."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from canvass_app.domain.errors import NotFound

from .book import Book

Point = tuple[int, int]
"""(lon_e6, lat_e6)."""
_KEPT = 4
_lock = threading.Lock()
_known: dict[tuple[bytes, int], dict[bytes, Point]] = {}


def placed_by_number(book: Book, riding_id: int) -> dict[bytes, Point]:
    """A place for each door of a riding that has no coordinates and whose street's numbers hold its own.

    A better street file says better: the places go with the file, and are kept only while the same doors have none.
    """
    db = book.read()
    layers = db.query("SELECT asset FROM layer WHERE riding_id = ? AND layer = 'streets'", (riding_id,))
    if not layers:
        return {}
    rows = db.query(
        "SELECT door_id, number, street, street_type, street_direction FROM door"
        " WHERE riding_id = ? AND lon_e6 = 0 AND lat_e6 = 0 ORDER BY door_id",
        (riding_id,),
    )
    if not rows:
        return {}
    key = bytes(layers[0][0]), hash(tuple(rows))
    with _lock:
        found = _known.get(key)
    if found is None:
        found = _placed(book, riding_id, rows)
        with _lock:
            _known[key] = found
            while len(_known) > _KEPT:
                _known.pop(next(iter(_known)))
    return found


def _placed(book: Book, riding_id: int, rows: Sequence[Sequence[object]]) -> dict[bytes, Point]:
    from canvass_app.turf.network import build_network
    from canvass_app.turf.snapping import place_by_number

    from .streets import lines_of, load_segments, streets_of

    try:
        segments = load_segments(book, riding_id)
    except NotFound:
        # The layer is known, its file has not arrived yet.
        return {}
    if not any(one.left or one.right for one in segments):
        return {}
    numbers: dict[str, int] = {}
    network = build_network(lines_of(segments, numbers))
    street = streets_of([f"{row[2]}|{row[3]}|{row[4]}" for row in rows], numbers)
    civic = np.array([row[1] for row in rows], np.int32)
    _, places = place_by_number(network, civic, street)
    return {
        bytes(row[0]): (int(lon), int(lat))  # type: ignore[arg-type]
        for row, (lon, lat) in zip(rows, places.tolist(), strict=True)
        if lon or lat
    }
