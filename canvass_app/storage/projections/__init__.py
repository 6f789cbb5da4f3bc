"""Projections: folded events as rows. One entry, `project`, refolds exactly the subjects that new events touch."""

from __future__ import annotations

from collections.abc import Iterable

from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptCorrected,
    AttemptMade,
    BarLifted,
    BarSet,
    LayerAdded,
    NoteWithdrawn,
    NoteWritten,
    ResidenceBegan,
    ResidenceEnded,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
)
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.erasing import apply_erasures, clean_stored
from canvass_app.storage.log import resolve, subjects_of_shift

from . import doors, outings, people, rosters, turfs

BULK = 2_000
# What a conversation adds to a person who is known already: nothing in a file can change with it.
_CONVERSATION = (SupportMarked, AnswerGiven, ResidenceEnded, BarSet, BarLifted, NoteWritten, NoteWithdrawn)


def project(db: Connection, events: Iterable[Event], time_zone: str) -> ChangeSet:
    """Refold what `events` (already in the log) touch. Returns what changed.

    The result depends on the log alone, never on the order in which events came.
    `time_zone` (IANA name) says which calendar day an attempt belongs to.
    """
    by_riding: dict[int, list[Event]] = {}
    for event in events:
        by_riding.setdefault(event.riding_id, []).append(event)
    changes = ChangeSet()
    for riding_id, group in by_riding.items():
        changes.add(_project_riding(db, riding_id, group, time_zone))
    return changes


def _project_riding(db: Connection, riding_id: int, events: list[Event], time_zone: str) -> ChangeSet:
    changes = ChangeSet(ridings={riding_id})
    gone = apply_erasures(db, riding_id, events)
    events = clean_stored(db, events)
    for event in [e for e in events if isinstance(e.body, ShiftVoided | ShiftRestored)]:
        outings.refold_shifts(db, riding_id, {event.subject})
        events = [*events, *subjects_of_shift(db, riding_id, event.subject)]
    touched: dict[str, set[bytes]] = {"person": set(gone.people), "door": set(gone.doors)}
    activity: set[bytes] = set(gone.doors)
    talked: set[bytes] = set()
    for event in events:
        entity = event.entity
        if entity is None:
            continue
        if entity == "door" and isinstance(
            event.body, AttemptMade | AttemptCorrected | BarSet | BarLifted | NoteWritten | NoteWithdrawn
        ):
            activity.add(event.subject)
        elif entity == "person" and isinstance(event.body, _CONVERSATION):
            talked.add(event.subject)
        else:
            touched.setdefault(entity, set()).add(event.subject)
        if isinstance(event.body, AttemptMade | AnswerGiven):
            changes.totals = True
        if isinstance(event.body, ResidenceBegan):
            activity.add(event.body.door)
    listed: set[bytes] = set()
    if touched.get("roster"):
        listed = rosters.refold_rosters(db, riding_id, touched["roster"])
        changes.bulk = changes.totals = True
    moved = _resolved(db, riding_id, touched.get("door", set()))
    doors.refold_places(db, riding_id, moved)
    folk = _resolved(db, riding_id, touched.get("person", set()))
    said = _resolved(db, riding_id, talked) - folk
    homes = people.refold_people(db, riding_id, folk) | people.refold_answers(db, riding_id, said)
    folk |= said
    busy = _resolved(db, riding_id, activity) | moved | homes | listed
    doors.refold_activity(db, riding_id, busy, time_zone)
    if touched.get("turf"):
        turfs.refold_turfs(db, riding_id, touched["turf"])
    if touched.get("walk_list"):
        turfs.refold_lists(db, riding_id, touched["walk_list"])
    if touched.get("shift"):
        outings.refold_shifts(db, riding_id, touched["shift"])
    if any(isinstance(e.body, LayerAdded) for e in events):
        turfs.refold_layers(db, riding_id, touched["layer"])
        changes.layers = True
    changes.doors |= busy
    changes.people |= folk
    changes.turfs |= touched.get("turf", set())
    changes.lists |= touched.get("walk_list", set())
    changes.shifts |= touched.get("shift", set())
    changes.totals |= bool(activity or folk)
    changes.forgotten = bool(gone.people)
    if len(changes.doors) > BULK or len(changes.people) > BULK:
        changes.bulk = True
        changes.doors, changes.people = set(), set()
    return changes


def _resolved(db: Connection, riding_id: int, ids: set[bytes]) -> set[bytes]:
    return set(resolve(db, riding_id, ids).values()) if ids else set()


def rebuild(db: Connection, riding_id: int, time_zone: str) -> ChangeSet:
    """Throw a riding's projections away and fold the whole log again (doctor, HQ's projector)."""
    from canvass_app.ledger.events import open_event

    for table in PROJECTED:
        db.run(f"DELETE FROM {table} WHERE riding_id = ?", (riding_id,))
    rows = db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? ORDER BY device_id, device_seq", (riding_id,)
    )
    return project(db, (open_event(bytes(raw), stamp) for raw, stamp in rows), time_zone)


PROJECTED = (
    "roster", "door", "alias", "person", "attempt", "answer", "note", "turf", "turf_door", "walk_list", "shift",
    "layer", "conflict", "erased",
)  # fmt: skip
