"""Rosters becoming doors and people, in bulk, and the joining of what several files describe alike.

The grouping rule is a pure function of the members, so the order in which files arrive cannot
matter: doors of one match key are one door unless two municipalities are named; people of one name
at one door are one person unless birth years, ids of one source, or two rows without any tell them
apart. A group's subject is its smallest id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from canvass_app.domain.address import fold
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import RosterAdded
from canvass_app.ledger.rosters import DoorEntry, PersonEntry, chunk_kind, door_rows, person_rows
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.erasing import clean_rosters
from canvass_app.storage.log import delete_in, events_of, resolve, voided_shifts
from canvass_app.storage.roster_store import is_whole, load_chunks

from .doors import DOOR_COLUMNS, entry_match_key, refold_places
from .people import UPSERT_PERSON, listed_row, person_match_key, refold_people

_INSERT_DOOR = (
    f"INSERT INTO door (riding_id, door_id, {', '.join(DOOR_COLUMNS)}, match_key, on_file)"
    f" VALUES (?,?{',?' * len(DOOR_COLUMNS)},?,1)"
)


class Member(NamedTuple):
    """An id in a group, with what the grouping rule compares."""

    id: bytes
    detail: str


def refold_rosters(db: Connection, riding_id: int, rosters: Collection[bytes]) -> set[bytes]:
    """Write these rosters' rows and everything they describe anew.

    Returns the doors whose attempts and summary must be folded again: joined ones, and those whose
    events were here before the file.
    """
    busy: set[bytes] = set()
    voided = voided_shifts(db, riding_id)
    all_events = events_of(db, riding_id, rosters)
    for roster_id in rosters:
        events = all_events.get(roster_id, [])
        first = min((e for e in events if isinstance(e.body, RosterAdded)), key=lambda e: e.key, default=None)
        before = db.query(
            "SELECT complete, withdrawn, rank FROM roster WHERE riding_id = ? AND roster_id = ?",
            (riding_id, roster_id),
        )
        if first is None or not isinstance(first.body, RosterAdded):
            continue
        fields = fold_subject(events, voided)
        withdrawn = int(
            "withdrawn" in fields or all(e.shift in voided for e in events if isinstance(e.body, RosterAdded))
        )
        rank = max(e.order for e in events if isinstance(e.body, RosterAdded))
        whole = int(is_whole(db, riding_id, first.body.name))
        now = (whole, withdrawn, rank)
        delete_in(db, "roster", "roster_id", riding_id, [roster_id])
        db.run(
            "INSERT INTO roster (riding_id, roster_id, name, source, doors, people, rank, added_ms, author, withdrawn,"
            " complete) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                riding_id, roster_id, first.body.name, first.body.source, first.body.doors, first.body.people, rank,
                first.wall_ms, first.author, withdrawn, whole,
            ),
        )  # fmt: skip
        known_before = tuple(int(v) for v in before[0]) if before else (0, 0, 0)
        if whole and known_before != now:
            busy |= _apply(db, riding_id, roster_id)
    return _subjects(db, riding_id, busy)


def _apply(db: Connection, riding_id: int, roster_id: bytes) -> set[bytes]:
    clean_rosters(db, riding_id, roster_id)
    doors: list[DoorEntry] = []
    people: list[PersonEntry] = []
    for chunk in load_chunks(db, riding_id, roster_id):
        if chunk_kind(chunk) == "doors":
            doors.extend(row for row in door_rows(chunk) if row is not None)
        else:
            people.extend(row for row in person_rows(chunk) if row is not None)
    fresh_riding = not db.query("SELECT 1 FROM door WHERE riding_id = ? LIMIT 1", (riding_id,))
    if not _withdrawn(db, riding_id, roster_id):
        eventful = {
            bytes(row[0])
            for row in db.query("SELECT DISTINCT subject FROM event WHERE riding_id = ?", (riding_id,))
        }
        busy = _add_doors(db, riding_id, doors, fresh_riding, eventful)
        return busy | _add_people(db, riding_id, people, fresh_riding, eventful)
    refold_places(db, riding_id, _subjects(db, riding_id, (d.door_id for d in doors)))
    return refold_people(db, riding_id, _subjects(db, riding_id, (p.person_id for p in people)))


def _withdrawn(db: Connection, riding_id: int, roster_id: bytes) -> bool:
    rows = db.query(
        "SELECT withdrawn FROM roster WHERE riding_id = ? AND roster_id = ?", (riding_id, roster_id)
    )
    return bool(rows and rows[0][0])


def _subjects(db: Connection, riding_id: int, ids: Iterable[bytes]) -> set[bytes]:
    return set(resolve(db, riding_id, ids).values())


# --- doors --------------------------------------------------------------------------------------


def _add_doors(
    db: Connection, riding_id: int, entries: Sequence[DoorEntry], fresh: bool, eventful: set[bytes]
) -> set[bytes]:
    keys = [entry_match_key(entry) for entry in entries]
    repeated = {key for key, count in Counter(keys).items() if count > 1}
    known: set[bytes] = set()
    matches: Mapping[bytes, list[Member]] = {}
    if not fresh:
        known = _known(db, riding_id, "door", "door_id")
        matches = _members_by_key(db, riding_id, "door", "door_id", _door_detail)
    plain: list[tuple[Any, ...]] = []
    touched: set[bytes] = set()
    joining: dict[bytes, list[Member]] = {}
    for entry, key in zip(entries, keys, strict=True):
        if entry.door_id in known:
            touched.add(entry.door_id)
        elif key in matches or key in repeated:
            joining.setdefault(key, []).append(Member(entry.door_id, fold(entry.municipality)))
        else:
            plain.append((riding_id, *entry, key))
    db.run_many(_INSERT_DOOR, plain)
    joined: set[bytes] = set()
    if joining:
        joined = _join(db, riding_id, "door", "door_id", joining, matches, door_groups)
    waiting = {entry.door_id for entry in entries if entry.door_id in eventful}
    refold_places(db, riding_id, _subjects(db, riding_id, touched | joined | waiting))
    if joining and not fresh:
        _regroup_people(
            db, riding_id, _subjects(db, riding_id, (m.id for group in joining.values() for m in group))
        )
    return joined | waiting


def _regroup_people(db: Connection, riding_id: int, doors: Collection[bytes]) -> None:
    """Two doors became one: people of one name there may be one person."""
    rows = query_in(
        db, "SELECT person_id FROM person WHERE riding_id = ? AND door_id IN (??)", (riding_id,), doors
    )
    people = {bytes(row[0]) for row in rows}
    refold_people(db, riding_id, people)
    every = _members_by_key(db, riding_id, "person", "person_id", _person_detail)
    keys = query_in(
        db, "SELECT match_key FROM person WHERE riding_id = ? AND person_id IN (??)", (riding_id,), people
    )
    joining = {key: every[key] for key in {bytes(row[0]) for row in keys} if len(every.get(key, ())) > 1}
    if joining:
        touched = _join(db, riding_id, "person", "person_id", joining, {}, person_groups)
        refold_people(db, riding_id, _subjects(db, riding_id, touched))


def _door_detail(db: Connection, riding_id: int) -> list[tuple[Any, ...]]:
    rows = db.query("SELECT match_key, door_id, municipality FROM door WHERE riding_id = ?", (riding_id,))
    return [(key, one, fold(str(municipality))) for key, one, municipality in rows]


def door_groups(members: Sequence[Member]) -> list[list[Member]]:
    """Which doors of one match key are one door: `detail` is the folded municipality."""
    named = sorted({member.detail for member in members if member.detail})
    if len(named) <= 1:
        return [list(members)]
    blank = [m for m in members if not m.detail]
    groups = [[m for m in members if m.detail == town] for town in named]
    return [group for group in (*groups, blank) if group]


# --- people -------------------------------------------------------------------------------------


def _add_people(
    db: Connection, riding_id: int, entries: Sequence[PersonEntry], fresh: bool, eventful: set[bytes]
) -> set[bytes]:
    if not entries:
        return set()
    homes = _door_subjects(db, riding_id)
    keys = [person_match_key(homes.get(e.door_id, e.door_id), e.last, e.first) for e in entries]
    repeated = {key for key, count in Counter(keys).items() if count > 1}
    known: set[bytes] = set()
    matches: Mapping[bytes, list[Member]] = {}
    if not fresh:
        known = _known(db, riding_id, "person", "person_id")
        matches = _members_by_key(db, riding_id, "person", "person_id", _person_detail)
    plain: list[tuple[Any, ...]] = []
    touched: set[bytes] = set()
    joining: dict[bytes, list[Member]] = {}
    for entry, key in zip(entries, keys, strict=True):
        if entry.person_id in known:
            touched.add(entry.person_id)
        elif key in matches or key in repeated:
            detail = f"{entry.birth_year or ''}|{entry.source}|{entry.external_id}"
            joining.setdefault(key, []).append(Member(entry.person_id, detail))
        else:
            plain.append(listed_row(riding_id, entry, homes.get(entry.door_id, entry.door_id), key))
    db.run_many(UPSERT_PERSON, plain)
    if joining:
        touched |= _join(db, riding_id, "person", "person_id", joining, matches, person_groups)
    touched |= {entry.person_id for entry in entries if entry.person_id in eventful}
    return refold_people(db, riding_id, _subjects(db, riding_id, touched))


def _door_subjects(db: Connection, riding_id: int) -> dict[bytes, bytes]:
    rows = db.query("SELECT alias_id, subject FROM alias WHERE riding_id = ?", (riding_id,))
    return {bytes(alias): bytes(subject) for alias, subject in rows}


def _person_detail(db: Connection, riding_id: int) -> list[tuple[Any, ...]]:
    rows = db.query(
        "SELECT match_key, person_id, birth_year, source, external_id FROM person WHERE riding_id = ? AND on_file = 1",
        (riding_id,),
    )
    return [(key, one, f"{year or ''}|{source}|{external}") for key, one, year, source, external in rows]


def person_groups(members: Sequence[Member]) -> list[list[Member]]:
    """Which people of one name at one door are one person: `detail` is "birth year|source|external id"."""
    if _one_person(members):
        return [list(members)]
    years = sorted({_year(m) for m in members} - {""})
    groups: list[list[Member]] = []
    rest = [m for m in members if not _year(m)]
    for year in years:
        same = [m for m in members if _year(m) == year]
        if _one_person(same):
            groups.append(same)
        else:
            rest.extend(same)
    return [*groups, *([m] for m in rest)]


def _year(member: Member) -> str:
    return member.detail.split("|", 1)[0]


def _one_person(members: Sequence[Member]) -> bool:
    years: set[str] = set()
    sources: dict[str, set[str]] = {}
    for member in members:
        year, source, external = member.detail.split("|", 2)
        if year:
            years.add(year)
        # Rows without an external id are told apart by their own id: two of one year are two people.
        sources.setdefault(source or f"listed {year}", set()).add(external or member.id.hex())
    return len(years) <= 1 and all(len(ids) <= 1 for ids in sources.values())


# --- joining ------------------------------------------------------------------------------------


def _known(db: Connection, riding_id: int, table: str, column: str) -> set[bytes]:
    ids = {
        bytes(row[0]) for row in db.query(f"SELECT {column} FROM {table} WHERE riding_id = ?", (riding_id,))
    }
    return ids | {
        bytes(r[0]) for r in db.query("SELECT alias_id FROM alias WHERE riding_id = ?", (riding_id,))
    }


def _members_by_key(
    db: Connection,
    riding_id: int,
    table: str,
    column: str,
    details: Callable[[Connection, int], list[tuple[Any, ...]]],
) -> dict[bytes, list[Member]]:
    found: dict[bytes, list[Member]] = {}
    joined: set[bytes] = set()
    for key, one, subject, detail in db.query(
        f"SELECT a.match_key, a.alias_id, a.subject, a.detail FROM alias a JOIN {table} t"
        f" ON t.riding_id = a.riding_id AND t.{column} = a.subject WHERE a.riding_id = ?",
        (riding_id,),
    ):
        found.setdefault(bytes(key), []).append(Member(bytes(one), str(detail)))
        joined.add(bytes(subject))
    for key, one, detail in details(db, riding_id):
        if bytes(one) not in joined:
            found.setdefault(bytes(key), []).append(Member(bytes(one), str(detail)))
    return found


def _join(
    db: Connection,
    riding_id: int,
    table: str,
    column: str,
    joining: Mapping[bytes, list[Member]],
    matches: Mapping[bytes, list[Member]],
    grouping: Callable[[Sequence[Member]], list[list[Member]]],
) -> set[bytes]:
    """Group old and new members of each key; every subject that now must be refolded."""
    touched: set[bytes] = set()
    rows: list[tuple[Any, ...]] = []
    stale: set[bytes] = set()
    for key, fresh in joining.items():
        members = sorted({*matches.get(key, ()), *fresh})
        stale.update(m.id for m in members)
        for group in grouping(members):
            subject = min(member.id for member in group)
            touched.add(subject)
            if len(group) > 1:
                rows.extend((riding_id, m.id, subject, key, m.detail) for m in group)
    before = query_in(
        db,
        "SELECT alias_id, subject FROM alias WHERE riding_id = ? AND alias_id IN (??)",
        (riding_id,),
        stale,
    )
    old = {bytes(alias): bytes(subject) for alias, subject in before}
    new = {row[1]: row[2] for row in rows}
    delete_in(db, "alias", "alias_id", riding_id, stale)
    db.run_many(
        "INSERT INTO alias (riding_id, alias_id, subject, match_key, detail) VALUES (?,?,?,?,?)", rows
    )
    for one in sorted(stale):
        was, now = old.get(one, one), new.get(one, one)
        if was != now:
            touched |= _rename(db, riding_id, table, column, was, now)
        elif one != now:
            delete_in(db, table, column, riding_id, [one])
    return touched


def _rename(db: Connection, riding_id: int, table: str, column: str, was: bytes, now: bytes) -> set[bytes]:
    """A subject's id changed with its group: rows that point at it follow."""
    row = db.query(f"SELECT 1 FROM {table} WHERE riding_id = ? AND {column} = ?", (riding_id, was))
    if not row:
        return {now}
    delete_in(db, table, column, riding_id, [was])
    if table == "door":
        for other in ("person", "attempt", "turf_door"):
            db.run(
                f"UPDATE {other} SET door_id = ? WHERE riding_id = ? AND door_id = ?", (now, riding_id, was)
            )
        db.run("UPDATE note SET subject = ? WHERE riding_id = ? AND subject = ?", (now, riding_id, was))
    else:
        db.run("UPDATE answer SET person_id = ? WHERE riding_id = ? AND person_id = ?", (now, riding_id, was))
    return {now}
