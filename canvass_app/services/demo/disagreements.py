"""What another laptop of the demo entered without knowing of this one: it waits for a decision.

Only pictures show it; whoever tries the demo meets the second laptop itself.
"""

from __future__ import annotations

from canvass_app.ledger.events import Event, Key, seal
from canvass_app.ledger.kinds import Body, SupportMarked, TurfCut
from canvass_app.services.book import Book
from canvass_app.services.turf_rows import turf_door_ids
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project

from .settings import DEMO_RIDING

# The other laptop; its name on screens begins with its first two bytes.
ELSEWHERE = bytes.fromhex("3f2a") + b"demo laptop 02"
SHARED_DOORS = 12
_MINUTE_MS = 60_000


def add_disagreements(book: Book) -> int:
    """Keep events of the other laptop that know nothing of this one's; how many rows wait for a decision then."""
    db = book.read()
    heard = db.query(
        "SELECT person_id FROM person WHERE riding_id = ? AND support = '2' ORDER BY last, first, person_id LIMIT 1",
        (DEMO_RIDING,),
    )
    cut = db.query(
        "SELECT turf_id FROM turf WHERE riding_id = ? AND retired = 0 ORDER BY name LIMIT 1",
        (DEMO_RIDING,),
    )
    said: list[tuple[bytes, Body, str]] = [
        (bytes(row[0]), SupportMarked(level="4"), "Wesley Fairweather") for row in heard
    ]
    for row in cut:
        doors = tuple(turf_door_ids(book, DEMO_RIDING, bytes(row[0])))[:SHARED_DOORS]
        turf = TurfCut(name="Pont Neuf", doors=doors, seconds=18 * 60, metres=420, color=3)
        said.append((ELSEWHERE[::-1], turf, "Jean-Sébastien Ouellet"))
    events = [_said(book, number, *one) for number, one in enumerate(said, 1)]
    with book.database.write() as writing:
        project(writing, insert_events(writing, events).new, book.time_zone)
    return len(events)


def _said(book: Book, number: int, subject: bytes, body: Body, author: str) -> Event:
    return seal(
        DEMO_RIDING, Key(ELSEWHERE, number), subject, body, author=author, shift=b"", hlc=book.clock.tick(),
        wall_ms=book.now_ms() - (20 - number) * _MINUTE_MS, sees=(), nonce=number.to_bytes(8, "big"),
    )  # fmt: skip
