"""Projections: folded events as rows. One entry, `project`, refolds exactly the subjects that new events touch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptCorrected,
    AttemptMade,
    BarLifted,
    BarSet,
    DoorSameAs,
    NoteWithdrawn,
    NoteWritten,
    PersonSameAs,
    ResidenceBegan,
    ResidenceEnded,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
)
from canvass_app.storage.bulk import unhurried_collector
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, Rows
from canvass_app.storage.erasing import Erasure, apply_erasures, clean_stored
from canvass_app.storage.log import Reread, events_of, resolve, subjects_of_shift
from canvass_app.storage.roster_store import Files

from . import doors, groups, numbers, outings, people, rosters, selections, teams, turfs

BULK = 2_000
# What a conversation adds to a person who is known already: nothing in a file can change with it.
_CONVERSATION = (SupportMarked, AnswerGiven, ResidenceEnded, BarSet, BarLifted, NoteWritten, NoteWithdrawn)
# What happens at a door: nothing about the place can change with it.
_ACTIVITY = (AttemptMade, AttemptCorrected, BarSet, BarLifted, NoteWritten, NoteWithdrawn)
_LIGHT = sorted({body.KIND for body in (*_ACTIVITY, *_CONVERSATION)})
REBUILT_AT_ONCE = 20_000


def project(db: Connection, events: Iterable[Event], time_zone: str) -> ChangeSet:
    """Refold what `events` (already in the log, or taken out of it) touch. Returns what changed.

    The result depends on the log alone, never on the order in which events came.
    `time_zone` (IANA name) says which calendar day an attempt belongs to.
    """
    by_riding: dict[int, list[Event]] = {}
    for event in events:
        by_riding.setdefault(event.riding_id, []).append(event)
    changes = ChangeSet()
    for riding_id, group in by_riding.items():
        with unhurried_collector(len(group) > BULK or any(event.entity == "roster" for event in group)):
            changes.add(_project_riding(db, riding_id, group, time_zone))
    return changes


def _ids() -> set[bytes]:
    return set()


@dataclass(slots=True)
class _Touched:
    """The ids that events are about, by what has to be folded again."""

    places: set[bytes] = field(default_factory=_ids)
    activity: set[bytes] = field(default_factory=_ids)
    people: set[bytes] = field(default_factory=_ids)
    said: set[bytes] = field(default_factory=_ids)
    """People of whom only conversations changed."""
    named: set[bytes] = field(default_factory=_ids)
    """People whom attempts name."""
    homes: set[bytes] = field(default_factory=_ids)
    """Doors at which somebody was said to live."""
    same_doors: set[bytes] = field(default_factory=_ids)
    same_people: set[bytes] = field(default_factory=_ids)
    others: dict[str, set[bytes]] = field(default_factory=dict[str, set[bytes]])

    def of(self, entity: str) -> set[bytes]:
        """The touched subjects of another sort."""
        return self.others.get(entity, set())


def _sorted_out(events: Iterable[Event], gone: Erasure) -> _Touched:
    touched = _Touched(places=set(gone.doors), activity=set(gone.doors), people=set(gone.people))
    for event in events:
        body, entity = event.body, event.entity
        if entity == "door":
            (touched.activity if isinstance(body, _ACTIVITY) else touched.places).add(event.subject)
        elif entity == "person":
            (touched.said if isinstance(body, _CONVERSATION) else touched.people).add(event.subject)
        elif entity is not None:
            touched.others.setdefault(entity, set()).add(event.subject)
        if isinstance(body, AttemptMade) and body.person:
            touched.named.add(body.person)
        elif isinstance(body, ResidenceBegan):
            touched.homes.add(body.door)
        elif isinstance(body, DoorSameAs):
            touched.same_doors |= {event.subject, body.other}
        elif isinstance(body, PersonSameAs):
            touched.same_people |= {event.subject, body.other}
    return touched


def _project_riding(db: Connection, riding_id: int, events: list[Event], time_zone: str) -> ChangeSet:
    changes = ChangeSet(ridings={riding_id})
    gone = apply_erasures(db, riding_id, events)
    came, events = events, clean_stored(db, events)
    for before, after in zip(came, events, strict=True):
        if after is not before:
            # It came while the erasure was being folded: whoever it was about may stand there by what it said.
            (gone.people if before.entity == "person" else gone.doors).add(before.subject)
    for event in [e for e in events if isinstance(e.body, ShiftVoided | ShiftRestored)]:
        outings.refold_shifts(db, riding_id, {event.subject})
        events = [*events, *subjects_of_shift(db, riding_id, event.subject)]
    touched = _sorted_out(events, gone)
    changes.totals = any(isinstance(e.body, AttemptMade | AnswerGiven) for e in events)

    # Before people: whoever is written anew below is compared with the numbers that stand barred by then.
    silenced = numbers.refold_numbers(db, riding_id, touched.of("number"))
    # Files and what was said of ids come first: they say which ids are one door or one person.
    files = Files(db, riding_id)
    new_doors, new_people = set[bytes](), set(gone.regroup)
    if touched.of("roster"):
        new_doors, listed_people = rosters.refold_rosters(db, riding_id, touched.of("roster"), files)
        new_people |= listed_people
        changes.bulk = changes.totals = True
    new_doors |= groups.refold_same_as(db, riding_id, "door", touched.same_doors)
    new_people |= groups.refold_same_as(db, riding_id, "person", touched.same_people | gone.regroup)
    told = touched.people | touched.said
    withdrawn = groups.has_withdrawn(db, riding_id)
    relist = bool(new_doors or new_people) or (
        withdrawn
        and groups.doors_to_decide(db, riding_id, touched.places | touched.activity, told, touched.homes)
    )

    # Then places, what happened there, people, and last what is said of a door and its people together.
    moved = _resolved(db, riding_id, touched.places)
    regrouped: set[bytes] = set()
    home = _same
    if relist:
        doors_listed = rosters.relist_doors(db, riding_id, new_doors, files)
        moved = _resolved(db, riding_id, touched.places | doors_listed.dirty)
        regrouped, home = doors_listed.regrouped, doors_listed.subject
    regrouped |= doors.refold_places(db, riding_id, moved)
    visited = doors.refold_attempts(
        db, riding_id, _resolved(db, riding_id, touched.activity | touched.homes) | moved, time_zone
    )
    folk = touched.people | people.residents(db, riding_id, regrouped)
    busy: set[bytes] = set()
    if withdrawn:
        # An attempt that was taken back names nobody any more, and who stood there because of it goes.
        corrected = {event.subject for event in events if isinstance(event.body, AttemptCorrected)}
        touched.named |= groups.ever_named(db, riding_id, corrected)
    if not relist and withdrawn and groups.people_to_decide(db, riding_id, touched.named):
        relist, home = True, groups.subject_of_doors(db, riding_id)
    if relist:
        people_listed, busy = rosters.relist_people(db, riding_id, new_people, files, home)
        folk |= people_listed.dirty
    folk = _resolved(db, riding_id, folk)
    said = _resolved(db, riding_id, touched.said) - folk
    busy |= people.refold_people(db, riding_id, folk) | people.refold_answers(db, riding_id, said)
    folk |= said
    busy = _resolved(db, riding_id, busy) - visited.keys()
    visited |= doors.refold_attempts(db, riding_id, busy, time_zone)
    doors.write_summaries(db, riding_id, visited)

    turfs.refold_turfs(db, riding_id, touched.of("turf") | turfs.turfs_with(db, riding_id, regrouped))
    turfs.refold_lists(db, riding_id, touched.of("walk_list"))
    outings.refold_shifts(db, riding_id, touched.of("shift"))
    if touched.of("layer"):
        turfs.refold_layers(db, riding_id)
        changes.layers = True
    erased_members = teams.members_here(db, riding_id, gone.people) if gone.people else set[bytes]()
    teams.refold_teams(db, riding_id, touched.of("team"))
    teams.refold_members(db, riding_id, touched.of("member") | erased_members)
    teams.refold_gatherings(db, riding_id, touched.of("gathering"))
    changes.teams = bool(erased_members or any(map(touched.of, ("team", "member", "gathering"))))
    selections.refold_selections(db, riding_id, touched.of("selection"))
    changes.selections = bool(touched.of("selection"))
    changes.doors |= visited.keys()
    changes.people |= folk | silenced
    changes.turfs |= touched.of("turf")
    changes.lists |= touched.of("walk_list")
    changes.shifts |= touched.of("shift")
    changes.totals |= bool(visited or folk)
    changes.forgotten = bool(gone.people)
    if len(changes.doors) > BULK or len(changes.people) > BULK:
        changes.bulk = True
        changes.doors, changes.people = set(), set()
    return changes


def _same(one: bytes) -> bytes:
    return one


def _resolved(db: Connection, riding_id: int, ids: set[bytes]) -> set[bytes]:
    return set(resolve(db, riding_id, ids).values()) if ids else set()


def rebuild(db: Connection, riding_id: int, time_zone: str, at_once: int = REBUILT_AT_ONCE) -> ChangeSet:
    """Throw a riding's projections away and fold the whole log again (doctor, HQ's projector).

    `at_once` events, about, are in memory at a time: a riding may have a million.
    """
    for table in PROJECTED:
        db.run(f"DELETE FROM {table} WHERE riding_id = ?", (riding_id,))
    # First what makes doors, people and the like, as if nothing had happened to them yet; then, subject by subject,
    # what did. Each event is read and opened once.
    light = ",".join("?" * len(_LIGHT))
    rows = db.query(
        f"SELECT raw, stamp FROM event WHERE riding_id = ? AND kind NOT IN ({light})", (riding_id, *_LIGHT)
    )
    changes = project(Reread(db, hidden=_LIGHT), _opened(rows), time_zone)
    del rows
    for held in _subject_by_subject(db, riding_id, at_once):
        changes.add(_project_held(db, held, time_zone))
    return changes


def project_subjects(
    db: Connection, riding_id: int, subjects: Collection[bytes], time_zone: str
) -> ChangeSet:
    """Refold what happened at these doors and to these people; each of their events is read and opened once."""
    return _project_held(db, events_of(db, riding_id, subjects), time_zone)


def _project_held(db: Connection, held: dict[bytes, list[Event]], time_zone: str) -> ChangeSet:
    happened = [event for events in held.values() for event in events if event.kind in _LIGHT]
    return project(Reread(db, held=held), happened, time_zone)


def _opened(rows: Rows) -> list[Event]:
    return [open_event(bytes(raw), stamp) for raw, stamp in rows]


def _subject_by_subject(db: Connection, riding_id: int, at_once: int) -> Iterator[dict[bytes, list[Event]]]:
    """Every event of the subjects to which something happened, about `at_once` at a time, by subject."""
    light = ",".join("?" * len(_LIGHT))
    counted = db.query(
        f"SELECT subject, COUNT(*) FROM event WHERE riding_id = ? AND kind IN ({light}) GROUP BY subject"
        " ORDER BY subject",
        (riding_id, *_LIGHT),
    )
    first, events = b"", 0
    for place, (subject, count) in enumerate(counted):
        first, events = first or bytes(subject), events + int(count)
        if events >= at_once or place == len(counted) - 1:
            held: dict[bytes, list[Event]] = {}
            for event in _opened(
                db.query(
                    "SELECT raw, stamp FROM event WHERE riding_id = ? AND subject BETWEEN ? AND ?",
                    (riding_id, first, bytes(subject)),
                )
            ):
                held.setdefault(event.subject, []).append(event)
            yield held
            first, events = b"", 0


PROJECTED = (
    "roster", "door", "alias", "person", "attempt", "answer", "note", "turf", "turf_door", "walk_list", "shift",
    "layer", "conflict", "same_as", "off_file", "erased", "team", "member", "team_member", "gathering", "sign_up",
    "barred_number", "selection",
)  # fmt: skip
