"""Events that this program could not read when they came: kept, told of, and folded once it can."""

from __future__ import annotations

import json

from canvass_app.ledger.events import NOBODY, open_event
from canvass_app.ledger.kinds import KINDS
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, query_in

from . import project

_FACT = "kinds"
_PAGE = 5_000


def _present() -> dict[str, int]:
    return {name: kind.VERSION for name, kind in sorted(KINDS.items())}


def fold_grown_kinds(db: Connection, time_zone: str) -> ChangeSet:
    """Fold what this database kept unread, when the program's kinds have grown since; one small query when not."""
    rows = db.query("SELECT value FROM meta WHERE name = ?", (_FACT,))
    before: dict[str, int] = json.loads(rows[0][0]) if rows else {}
    now = _present()
    changes = ChangeSet()
    if before == now:
        return changes
    grown = [name for name, version in now.items() if version > before.get(name, 0)]
    # A database without the fact is new, or every kind in it has been read as it came.
    if rows:
        found = query_in(db, "SELECT raw, stamp FROM event WHERE kind IN (??)", (), grown)
        events = [open_event(bytes(raw), stamp) for raw, stamp in found]
        for start in range(0, len(events), _PAGE):
            changes.add(project(db, events[start : start + _PAGE], time_zone))
    db.run(
        "INSERT INTO meta (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_FACT, json.dumps(now)),
    )
    return changes


def not_understood(db: Connection) -> dict[tuple[int, str, int], int]:
    """How many events of which riding, kind and version this program keeps but cannot read. Reads the whole log."""
    found: dict[tuple[int, str, int], int] = {}
    last = (0, b"", 0)
    while True:
        rows = db.query(
            "SELECT riding_id, device_id, device_seq, raw FROM event WHERE (riding_id, device_id, device_seq) > (?,?,?)"
            f" ORDER BY riding_id, device_id, device_seq LIMIT {_PAGE}",
            last,
        )
        if not rows:
            return found
        last = rows[-1][:3]
        for riding_id, _, _, raw in rows:
            event = open_event(bytes(raw))
            if event.body is None and event.subject != NOBODY:
                place = (int(riding_id), event.kind, event.version)
                found[place] = found.get(place, 0) + 1
