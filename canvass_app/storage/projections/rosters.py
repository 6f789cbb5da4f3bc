"""Rosters becoming doors and people, in bulk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import repeat

from canvass_app.ledger.events import Event
from canvass_app.ledger.fold import counts, fold_subject, is_set, standing
from canvass_app.ledger.kinds import RosterAdded
from canvass_app.storage.conflicts import note_conflicts
from canvass_app.storage.database import Connection
from canvass_app.storage.erasing import clean_rosters
from canvass_app.storage.log import delete_in, events_of, voided_shifts
from canvass_app.storage.roster_store import Files, is_whole, roster_id_of, rosters_here

from . import doors, people
from .groups import Entry, Listed, doors_that_left, eventful, regroup_doors, regroup_people


def refold_rosters(
    db: Connection, riding_id: int, rosters: Collection[bytes], files: Files
) -> tuple[set[bytes], set[bytes]]:
    """Write these rosters' rows anew; the ids of doors and of people of which files now say something else."""
    before = _standing(db, riding_id)
    voided = voided_shifts(db, riding_id)
    events = events_of(db, riding_id, rosters)
    for roster_id in rosters:
        _refold_roster(db, riding_id, roster_id, events.get(roster_id, []), voided)
    after = _standing(db, riding_id)
    changed = [one for one in {*before, *after} if before.get(one) != after.get(one)]
    if [one for one in before if one not in changed] != [one for one in after if one not in changed]:
        changed = list({*before, *after})
    for one in changed:
        if one in after:
            clean_rosters(db, riding_id, one)
    return (
        {entry.door_id for one in changed for entry in files.doors(one)},
        {entry.person_id for one in changed for entry in files.people(one)},
    )


def _standing(db: Connection, riding_id: int) -> dict[bytes, bool]:
    """The complete rosters in the order of their strength, and whether each counts."""
    counting = {one.roster_id: True for one in rosters_here(db, riding_id)}
    return counting | {one.roster_id: False for one in rosters_here(db, riding_id, withdrawn=True)}


def _refold_roster(
    db: Connection, riding_id: int, roster_id: bytes, events: list[Event], voided: frozenset[bytes]
) -> None:
    delete_in(db, "roster", "roster_id", riding_id, [roster_id])
    fields = fold_subject(events, voided)
    note_conflicts(db, riding_id, {roster_id: fields})
    known = standing(events, frozenset())
    added = sorted((e for e in known if isinstance(e.body, RosterAdded)), key=lambda e: e.key)
    if not added:
        return
    first, body = added[0], added[0].body
    assert isinstance(body, RosterAdded)
    withdrawn = is_set(fields, "withdrawn") or not any(counts(event, voided) for event in added)
    db.run(
        "INSERT INTO roster (riding_id, roster_id, name, source, doors, people, rank, added_ms, author, withdrawn,"
        " complete) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            riding_id, roster_id, body.name, body.source, body.doors, body.people,
            max(event.order for event in added), first.wall_ms, first.author, int(withdrawn),
            int(roster_id_of(body.name) == roster_id and is_whole(db, riding_id, body.name)),
        ),
    )  # fmt: skip


def relist_doors(
    db: Connection, riding_id: int, changed: Collection[bytes], files: Files
) -> Listed[doors.DoorEntry]:
    """Group doors anew and write those of which only files speak; `dirty` is left with those to be folded."""
    listed = regroup_doors(db, riding_id, changed, files)
    _drop_others(db, riding_id, listed, ("door", "door_id"), ("attempt", "door_id"))
    plain = _only_listed(db, riding_id, listed)
    doors.write_listed(db, riding_id, _rows(listed, plain))
    listed.dirty -= plain
    return listed


def relist_people(
    db: Connection, riding_id: int, changed: Collection[bytes], files: Files, home: Callable[[bytes], bytes]
) -> tuple[Listed[people.PersonEntry], set[bytes]]:
    """Like relist_doors, for people, after attempts were folded; also the doors whose summary may change."""
    listed = regroup_people(db, riding_id, changed, files, home)
    # Somebody who is the same as another now has no row of their own, and so leaves the door where it stood.
    joined = listed.others()
    left_behind = people.homes_of(db, riding_id, joined)
    _drop_others(db, riding_id, listed, ("person", "person_id"), ("answer", "person_id"))
    plain = _only_listed(db, riding_id, listed)
    if left := doors_that_left(db, riding_id):
        plain -= {one for one in plain if listed.entries[one].door_id in left}
    # Who lives there matters to a door's state only where somebody is barred.
    barred = {
        bytes(row[0])
        for row in db.query(
            "SELECT DISTINCT door_id FROM person WHERE riding_id = ? AND barred = 1", (riding_id,)
        )
    }
    busy = left_behind
    if barred:
        homes = people.homes_of(db, riding_id, plain) | {home(listed.entries[one].door_id) for one in plain}
        busy |= homes & barred
    people.write_listed(db, riding_id, _rows(listed, plain), listed.names, home)
    listed.dirty -= plain
    return listed, busy


def _only_listed(db: Connection, riding_id: int, listed: Listed[Entry]) -> set[bytes]:
    """Those of the dirty ids that stand for themselves alone, and of which nothing is known but files."""
    plain = listed.dirty & listed.entries.keys()
    return plain - eventful(db, riding_id, listed.dirty) - listed.regrouped - listed.subjects.keys()


def _rows(listed: Listed[Entry], ids: set[bytes]) -> Iterator[tuple[Entry, bool]]:
    """(row, whether a file that counts lists it), in the files' order, which is that of the table."""
    on_file = [row for one, row in listed.entries.items() if one in ids and one not in listed.off_file]
    yield from zip(on_file, repeat(True))
    yield from ((listed.entries[one], False) for one in sorted(ids & listed.off_file))


def _drop_others(
    db: Connection,
    riding_id: int,
    listed: Listed[doors.DoorEntry] | Listed[people.PersonEntry],
    *tables: tuple[str, str],
) -> None:
    """An id that stands for another now has no row of its own; `dirty` is left with subjects only."""
    others = listed.others()
    for table, column in (*tables, ("note", "subject"), ("conflict", "subject")):
        delete_in(db, table, column, riding_id, others)
    listed.dirty -= others
