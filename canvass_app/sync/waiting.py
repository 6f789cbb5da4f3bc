"""Folding apart from the pull: results are kept page by page, and folded in one go when the pages are through.

What is kept is durable, counts in digests, and is shared like everything else; it only is not shown yet. So a door of
which ten pages speak is folded once, and headquarters does not wait for it. That concerns what people report by the
thousand (`_BY_THE_THOUSAND`); whatever bars, voids, erases, joins or lists is folded with its page, as before.

Which events wait is written down in the transaction that keeps them. After a crash the next start folds them
(`services.journalling.settle`). Folding what was folded already changes nothing, so what is written down may say too much.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptCorrected,
    AttemptMade,
    NoteWithdrawn,
    NoteWritten,
    SupportMarked,
)
from canvass_app.storage.bulk import unhurried_collector
from canvass_app.storage.database import Connection
from canvass_app.storage.projections import project_subjects

from .pace import Size
from .replica import APPLY_SECONDS, TYPING_SECONDS, Replica, fact, keep_fact

WAITING = "waiting_"
"""How the facts begin that tell what waits, a riding each: JSON {device: [first, last], ...}."""
MOST_WAITING = 100_000
"""So many events wait at most before they are folded in the middle of a pull: a first one may bring millions."""
_FIRST_STEP, _LEAST_STEP, _MOST_STEP = 500, 2, 10_000
"""How many doors and people a transaction folds."""
_BY_THE_THOUSAND = (
    AttemptMade,
    AttemptCorrected,
    SupportMarked,
    AnswerGiven,
    NoteWritten,
    NoteWithdrawn,
)


def can_wait(event: Event) -> bool:
    """Whether an event may be folded after its page."""
    return isinstance(event.body, _BY_THE_THOUSAND)


def let_wait(db: Connection, riding_id: int, events: Iterable[Event]) -> None:
    """Write down, within the transaction that keeps them, that these events wait."""
    came: dict[bytes, tuple[int, int]] = {}
    for event in events:
        device, seq = event.key
        first, last = came.get(device, (seq, seq))
        came[device] = min(first, seq), max(last, seq)
    if not came:
        return
    runs = _runs(db, riding_id)
    for device, (first, last) in came.items():
        run = runs.setdefault(device.hex(), [first, last])
        run[:] = min(run[0], first), max(run[1], last)
    keep_fact(db, f"{WAITING}{riding_id}", json.dumps(runs))


def ridings_waiting(db: Connection) -> list[int]:
    """The ridings in which something waits."""
    rows = db.query("SELECT name FROM meta WHERE name >= ? AND name < ?", (WAITING, WAITING[:-1] + "`"))
    return [int(str(row[0])[len(WAITING) :]) for row in rows]


def fold_waiting(me: Replica, riding_id: int) -> None:
    """Fold what waits in a riding, in steps that nobody's key waits long for. What changed joins `me.changes`.

    Raises SyncStopped between two steps, and StorageProblem; what was not folded then waits on.
    """
    name = f"{WAITING}{riding_id}"
    told = fact(me.database.read(), name)
    if not told:
        return
    size = Size(_FIRST_STEP, _LEAST_STEP, _MOST_STEP)
    subjects = _subjects(me.database.read(), riding_id, json.loads(told))
    at = 0
    with unhurried_collector():
        while True:
            me.stop_if_cancelled()
            typing = me.typing()
            if typing:
                size.value = min(size.value, _LEAST_STEP)
            part = subjects[at : at + size.value]
            at += len(part)
            began = me.timer()
            with me.database.write() as db:
                me.changes.add(project_subjects(db, riding_id, part, me.time_zone))
                if at == len(subjects):
                    if fact(db, name) == told:
                        db.run("DELETE FROM meta WHERE name = ?", (name,))
                    return
            size.fits(me.timer() - began, TYPING_SECONDS if typing else APPLY_SECONDS)


def _runs(db: Connection, riding_id: int) -> dict[str, list[int]]:
    text = fact(db, f"{WAITING}{riding_id}")
    return json.loads(text) if text else {}


def _subjects(db: Connection, riding_id: int, runs: dict[str, list[int]]) -> list[bytes]:
    """What the events in these runs are about."""
    found: set[bytes] = set()
    for device, (first, last) in runs.items():
        rows = db.query(
            "SELECT DISTINCT subject FROM event WHERE riding_id = ? AND device_id = ? AND device_seq BETWEEN ? AND ?",
            (riding_id, bytes.fromhex(device), first, last),
        )
        found.update(bytes(row[0]) for row in rows)
    return sorted(found)
