"""Which ids files list, which of them mean one door or one person, and which stay after their file was withdrawn.

Everything here is worked out from the whole riding, because it is rarely asked: when a file comes, goes or
comes back, and when somebody says that two are the same. What changed is returned, so that only that is folded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Generic, TypeVar

from canvass_app.domain.address import fold
from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.fold import counts, fold_subject
from canvass_app.ledger.grouping import Member, Pair, door_groups, person_groups, subjects
from canvass_app.ledger.kinds import (
    AttemptMade,
    DoorLeft,
    DoorSameAs,
    PersonErased,
    PersonSameAs,
    ResidenceBegan,
)
from canvass_app.ledger.rosters import DoorEntry, PersonEntry, merged
from canvass_app.storage.database import Connection, query_in, run_in
from canvass_app.storage.log import events_of, voided_shifts
from canvass_app.storage.roster_store import (
    Files,
    door_entries,
    person_entries,
    rosters_here,
)

Entry = TypeVar("Entry", DoorEntry, PersonEntry)
address_of: Callable[[DoorEntry], Hashable] = attrgetter(
    "street", "street_type", "street_direction", "number", "suffix", "unit"
)
"""What two descriptions of one door share: the address without its municipality."""


def _ids() -> set[bytes]:
    return set()


@dataclass(slots=True)
class Listed(Generic[Entry]):
    """What files say, id by id, and how the ids are grouped now."""

    entries: dict[bytes, Entry] = field(default_factory=dict[bytes, Entry])
    """Of every id that files list, or that stays: all rows of it merged."""
    subjects: dict[bytes, bytes] = field(default_factory=dict[bytes, bytes])
    """Of every id that is grouped with another."""
    names: dict[bytes, tuple[str, str]] = field(default_factory=dict[bytes, tuple[str, str]])
    """Of people: last and first name, folded."""
    off_file: set[bytes] = field(default_factory=_ids)
    """Ids that stay though only withdrawn files list them."""
    dirty: set[bytes] = field(default_factory=_ids)
    """Ids, subjects or not any more, of which something changed."""
    regrouped: set[bytes] = field(default_factory=_ids)
    """Those among them whose group changed: what points at them follows."""

    def subject(self, one: bytes) -> bytes:
        """What an id stands for."""
        return self.subjects.get(one, one)

    def others(self) -> set[bytes]:
        """Those of the dirty ids that stand for another one."""
        return {one for one in self.dirty & self.subjects.keys() if self.subjects[one] != one}


# --- what people said of two ids ----------------------------------------------------------------


def refold_same_as(db: Connection, riding_id: int, entity: str, ids: Iterable[bytes]) -> set[bytes]:
    """Write anew what was said of these ids being the same as others; every id that it concerns."""
    wanted = set(ids)
    if not wanted:
        return wanted
    kind = DoorSameAs if entity == "door" else PersonSameAs
    events = events_of(db, riding_id, wanted)
    ends = wanted | {e.body.other for own in events.values() for e in own if isinstance(e.body, kind)}
    for here, there in (("low", "high"), ("high", "low")):
        rows = query_in(
            db,
            f"SELECT {there} FROM same_as WHERE riding_id = ? AND entity = ? AND {here} IN (??)",
            (riding_id, entity),
            wanted,
        )
        ends |= {bytes(row[0]) for row in rows}
        run_in(
            db,
            f"DELETE FROM same_as WHERE riding_id = ? AND entity = ? AND {here} IN (??)",
            (riding_id, entity),
            wanted,
        )
    events = events_of(db, riding_id, ends)
    voided = voided_shifts(db, riding_id)
    said: dict[Pair, bool] = {}
    for one in sorted(ends):
        for name, state in fold_subject(events.get(one, ()), voided).items():
            if name.startswith("same_as:"):
                other = bytes.fromhex(name[8:])
                if other != one and (one in wanted or other in wanted):
                    pair = (min(one, other), max(one, other))
                    # Said both ways round, and not agreed: two that may be one are safer apart.
                    said[pair] = said.get(pair, True) and state.value is True
    db.run_many(
        "INSERT INTO same_as (riding_id, entity, low, high, joined) VALUES (?,?,?,?,?)",
        [(riding_id, entity, *pair, int(joined)) for pair, joined in sorted(said.items())],
    )
    return ends


def _same_as(db: Connection, riding_id: int, entity: str) -> dict[Pair, bool]:
    rows = db.query(
        "SELECT low, high, joined FROM same_as WHERE riding_id = ? AND entity = ?", (riding_id, entity)
    )
    return {(bytes(low), bytes(high)): bool(joined) for low, high, joined in rows}


def subject_of_doors(db: Connection, riding_id: int) -> Callable[[bytes], bytes]:
    """What each door's id stands for, as it is grouped at present."""
    rows = db.query(
        "SELECT alias_id, subject FROM alias WHERE riding_id = ? AND entity = 'door'", (riding_id,)
    )
    known = {bytes(one): bytes(subject) for one, subject in rows}
    return lambda one: known.get(one, one)


# --- grouping -----------------------------------------------------------------------------------


def regroup_doors(
    db: Connection, riding_id: int, changed: Iterable[bytes], files: Files
) -> Listed[DoorEntry]:
    """Group a riding's doors anew. `changed`: ids of which a file's rows came, went or changed."""
    listed: Listed[DoorEntry] = Listed()
    withdrawn = _read(db, riding_id, listed, files.doors)
    if withdrawn:
        lived_in = _touched_homes(db, riding_id, withdrawn, files)
        _keep(db, riding_id, "door", listed, withdrawn, _touched(db, riding_id, withdrawn) | lived_in)
    else:
        _keep(db, riding_id, "door", listed, withdrawn, set())
    alike = (
        [Member(e.door_id, fold(e.municipality)) for e in group]
        for group in _alike(listed.entries.values(), list(map(address_of, listed.entries.values())))
    )
    listed.subjects = subjects(alike, door_groups, _same_as(db, riding_id, "door"))
    _write_groups(db, riding_id, "door", listed, changed)
    return listed


def regroup_people(
    db: Connection, riding_id: int, changed: Iterable[bytes], files: Files, home: Callable[[bytes], bytes]
) -> Listed[PersonEntry]:
    """Group a riding's people anew; `home` gives the subject of a door. Attempts must be folded before."""
    listed: Listed[PersonEntry] = Listed()
    withdrawn = _read(db, riding_id, listed, files.people)
    met = _touched(db, riding_id, withdrawn) | named_in_attempts(db, riding_id, withdrawn)
    _keep(db, riding_id, "person", listed, withdrawn, met)

    listed.names = {one: (fold(entry.last), fold(entry.first)) for one, entry in listed.entries.items()}
    homes = (home(entry.door_id) for entry in listed.entries.values())
    alike = (
        [Member(e.person_id, f"{e.birth_year or ''}|{e.source}|{e.external_id}") for e in group]
        for group in _alike(listed.entries.values(), list(zip(homes, listed.names.values(), strict=True)))
    )
    listed.subjects = subjects(alike, person_groups, _same_as(db, riding_id, "person"))
    _write_groups(db, riding_id, "person", listed, changed)
    return listed


def _alike(entries: Iterable[Entry], keys: Sequence[Hashable]) -> Iterable[list[Entry]]:
    """Those of the entries that have their key in common with another, key by key."""
    if len(set(keys)) == len(keys):
        return []
    times = Counter(keys)
    groups: dict[Hashable, list[Entry]] = {}
    for entry, key in zip(entries, keys, strict=True):
        if times[key] > 1:
            groups.setdefault(key, []).append(entry)
    return groups.values()


def _read(
    db: Connection,
    riding_id: int,
    listed: Listed[Entry],
    every: Callable[[bytes], list[Entry]],
) -> dict[bytes, Entry]:
    """Fill `listed.entries` from the files that count; what only withdrawn files list is returned."""
    for roster in rosters_here(db, riding_id):
        _add(listed.entries, every(roster.roster_id))
    withdrawn: dict[bytes, Entry] = {}
    for roster in rosters_here(db, riding_id, withdrawn=True):
        _add(withdrawn, (e for e in every(roster.roster_id) if e[0] not in listed.entries))
    return withdrawn


def _add(entries: dict[bytes, Entry], rows: Iterable[Entry]) -> None:
    if not entries:
        entries.update((row[0], row) for row in rows)
        return
    for row in rows:
        known = entries.get(row[0])
        entries[row[0]] = row if known is None else merged([known, row])


def _keep(
    db: Connection,
    riding_id: int,
    entity: str,
    listed: Listed[Entry],
    withdrawn: dict[bytes, Entry],
    touched: set[bytes],
) -> None:
    listed.off_file = {one for one in withdrawn if one in touched}
    listed.entries.update((one, withdrawn[one]) for one in listed.off_file)
    before = off_file(db, riding_id, entity)
    listed.dirty |= before ^ listed.off_file
    db.run_many(
        "DELETE FROM off_file WHERE riding_id = ? AND entity = ? AND id = ?",
        [(riding_id, entity, one) for one in before - listed.off_file],
    )
    db.run_many(
        "INSERT INTO off_file (riding_id, entity, id) VALUES (?,?,?)",
        [(riding_id, entity, one) for one in sorted(listed.off_file - before)],
    )


def _write_groups(
    db: Connection, riding_id: int, entity: str, listed: Listed[Entry], changed: Iterable[bytes]
) -> None:
    rows = db.query(
        "SELECT alias_id, subject FROM alias WHERE riding_id = ? AND entity = ?", (riding_id, entity)
    )
    before = {bytes(one): bytes(subject) for one, subject in rows}
    now = listed.subjects
    moved = {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)}
    db.run_many(
        "DELETE FROM alias WHERE riding_id = ? AND alias_id = ?",
        [(riding_id, one) for one in moved if one in before],
    )
    db.run_many(
        "INSERT INTO alias (riding_id, alias_id, subject, entity) VALUES (?,?,?,?)",
        [(riding_id, one, now[one], entity) for one in sorted(moved) if one in now],
    )
    listed.regrouped = {x for one in moved for x in (one, before.get(one, one), now.get(one, one))}
    listed.dirty |= listed.regrouped
    here = set(changed)
    listed.dirty |= {now[one] for one in (listed.dirty | here) & now.keys()} | (here - now.keys())


# --- what stays of a withdrawn file -------------------------------------------------------------


def off_file(db: Connection, riding_id: int, entity: str, ids: Iterable[bytes] | None = None) -> set[bytes]:
    """The ids (or those among `ids`) that stay though only withdrawn files list them."""
    sql = "SELECT id FROM off_file WHERE riding_id = ? AND entity = ?"
    head = (riding_id, entity)
    rows = db.query(sql, head) if ids is None else query_in(db, sql + " AND id IN (??)", head, set(ids))
    return {bytes(row[0]) for row in rows}


def has_withdrawn(db: Connection, riding_id: int) -> bool:
    """Whether a file of this riding was withdrawn."""
    return bool(rosters_here(db, riding_id, withdrawn=True))


def doors_to_decide(
    db: Connection, riding_id: int, doors: set[bytes], people: set[bytes], homes: set[bytes]
) -> bool:
    """Whether events of these doors and people, or residences begun at `homes`, may change what stays."""
    listed = _only_withdrawn(db, riding_id, doors | homes, door_entries)
    kept = off_file(db, riding_id, "door", listed)
    if listed & homes or (listed & doors & kept) - _touched(db, riding_id, doors & kept):
        return True
    if _touched(db, riding_id, (listed & doors) - kept):
        return True
    folk = _only_withdrawn(db, riding_id, people, person_entries)
    return _touched(db, riding_id, folk) != off_file(db, riding_id, "person", folk)


def people_to_decide(db: Connection, riding_id: int, named: set[bytes]) -> bool:
    """Whether attempts that name these people may change who stays."""
    folk = _only_withdrawn(db, riding_id, named, person_entries)
    met = _touched(db, riding_id, folk) | named_in_attempts(db, riding_id, folk)
    return met != off_file(db, riding_id, "person", folk)


def _only_withdrawn(
    db: Connection,
    riding_id: int,
    ids: set[bytes],
    entries: Callable[..., dict[bytes, list[tuple[int, Entry]]]],
) -> set[bytes]:
    missing = ids - entries(db, riding_id, ids).keys() if ids else ids
    return set(entries(db, riding_id, missing, withdrawn=True))


def _touched(db: Connection, riding_id: int, ids: Iterable[bytes]) -> set[bytes]:
    """Those of the ids that an event which counts is about."""
    wanted = set(ids)
    if not wanted:
        return wanted
    voided = voided_shifts(db, riding_id)
    found = events_of(db, riding_id, wanted & eventful(db, riding_id, wanted))
    return {one for one, events in found.items() if known_of(events, voided)}


def known_of(events: Iterable[Event], voided: frozenset[bytes]) -> bool:
    """Whether anything that counts is known; to be erased is not to be known."""
    return any(counts(event, voided) and event.kind != PersonErased.KIND for event in events)


def eventful(db: Connection, riding_id: int, ids: Sequence[bytes] | set[bytes]) -> set[bytes]:
    """Those of the ids that are subjects of events."""
    if len(ids) > 1000:
        rows = db.query("SELECT DISTINCT subject FROM event WHERE riding_id = ?", (riding_id,))
        return {bytes(row[0]) for row in rows} & set(ids)
    rows = query_in(
        db, "SELECT DISTINCT subject FROM event WHERE riding_id = ? AND subject IN (??)", (riding_id,), ids
    )
    return {bytes(row[0]) for row in rows}


def named_in_attempts(db: Connection, riding_id: int, people: Iterable[bytes]) -> set[bytes]:
    """Those of the people whom an attempt names."""
    rows = query_in(
        db,
        "SELECT DISTINCT person_id FROM attempt WHERE riding_id = ? AND person_id IN (??)",
        (riding_id,),
        set(people),
    )
    return {bytes(row[0]) for row in rows}


def ever_named(db: Connection, riding_id: int, doors: set[bytes]) -> set[bytes]:
    """The people whom attempts at these doors name, whatever became of the attempts."""
    found = events_of(db, riding_id, doors) if doors else {}
    bodies = (event.body for events in found.values() for event in events)
    return {body.person for body in bodies if isinstance(body, AttemptMade) and body.person}


def _touched_homes(db: Connection, riding_id: int, doors: dict[bytes, DoorEntry], files: Files) -> set[bytes]:
    """Those of the doors where somebody lives of whom something is known beyond a withdrawn file."""
    home: dict[bytes, bytes] = {}
    for roster in rosters_here(db, riding_id, withdrawn=True):
        home.update((e.person_id, e.door_id) for e in files.people(roster.roster_id))
    active = {e.person_id for r in rosters_here(db, riding_id) for e in files.people(r.roster_id)}
    folk = [one for one, door in home.items() if door in doors and one not in active]
    found = {home[one] for one in _touched(db, riding_id, folk)}
    voided = voided_shifts(db, riding_id)
    for raw, _ in events_of_kind(db, riding_id, ResidenceBegan.KIND):
        event = open_event(raw)
        if isinstance(event.body, ResidenceBegan) and event.body.door in doors and counts(event, voided):
            found.add(event.body.door)
    return found


def events_of_kind(db: Connection, riding_id: int, kind: str) -> list[tuple[bytes, bytes]]:
    """(bytes, subject) of all events of a kind; no index finds them, so this is for rare moments."""
    rows = db.query("SELECT raw, subject FROM event WHERE riding_id = ? AND kind = ?", (riding_id, kind))
    return [(bytes(raw), bytes(subject)) for raw, subject in rows]


def doors_that_left(db: Connection, riding_id: int) -> set[bytes]:
    """Ids of doors of which it was ever said that they belong to another riding."""
    return {subject for _, subject in events_of_kind(db, riding_id, DoorLeft.KIND)}
