"""What folding `person.erased` does on every replica, and what keeps an erased person out afterwards.

The table `erased` holds the salted keys of all erased people of a riding. When an erasure is folded,
whatever lies here of the person goes: bodies of events, roster rows, lines of frozen lists. What
arrives later is cleaned before it is written. Both are consequences of the events alone, so every
replica that knows the erasure, headquarters included, holds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import msgspec
import zstandard

from canvass_app.domain.people import PersonName
from canvass_app.domain.walk_list import WalkListDocument, without_people
from canvass_app.ledger.erasure import (
    Listing,
    candidates,
    cleaned,
    event_candidates,
    event_key,
    id_key,
    listing_of,
    named_people,
    text_key,
)
from canvass_app.ledger.events import BadEvent, Event, Key, open_event
from canvass_app.ledger.kinds import AttemptMade, PersonErased, PersonSameAs
from canvass_app.ledger.rosters import Chunk, DoorEntry, chunk_kind, door_rows, person_rows, without_rows

from .audit import note_places
from .database import Connection, query_in, run_in
from .listings import every_listing

DUE = "erasure_due"
"""The fact that says: something of an erased person was written over here; free pages, journal and backups
must still be cleaned. A laptop's service does that and removes it."""
_LEVEL = 1
_PAGE = 20_000
_MANY = 200
_FEW = 20


def _ids() -> set[bytes]:
    return set()


@dataclass(slots=True)
class Erasure:
    """What an erasure touched, for refolding."""

    people: set[bytes] = field(default_factory=_ids)
    """The erased, those whose rows in files went with theirs, and those said to be the same as they."""
    doors: set[bytes] = field(default_factory=_ids)
    """Doors of which an event lost a part."""
    regroup: set[bytes] = field(default_factory=_ids)
    """Those of the people without whom others may be joined, or not be, as they were."""


# --- the keys that are kept ---------------------------------------------------------------------


def salts_of(db: Connection, riding_id: int) -> list[bytes]:
    """The salts of a riding's erasures, as a rule one; none as long as nobody was erased."""
    found: list[bytes] = []
    while True:
        rows = db.query(
            "SELECT salt FROM erased WHERE riding_id = ? AND salt > ? ORDER BY salt LIMIT 1",
            (riding_id, found[-1] if found else b""),
        )
        if not rows:
            return found
        found.append(bytes(rows[0][0]))


def kept_keys(db: Connection, riding_id: int, wanted: Iterable[bytes], things: int = 0) -> set[bytes]:
    """Those of the wanted keys that are kept of an erased person; for many things all that are kept."""
    if things > _MANY:
        every = db.query("SELECT match_key FROM erased WHERE riding_id = ?", (riding_id,))
        return {bytes(row[0]) for row in every}
    rows = query_in(
        db,
        "SELECT match_key FROM erased WHERE riding_id = ? AND match_key IN (??)",
        (riding_id,),
        set(wanted),
    )
    return {bytes(row[0]) for row in rows}


def _keep(db: Connection, event: Event, body: PersonErased) -> None:
    keys = {
        *body.keys,
        id_key(body.salt, event.subject),
        *(event_key(body.salt, Key(*one)) for one in body.words),
    }
    db.run_many(
        "INSERT INTO erased (riding_id, salt, match_key) VALUES (?,?,?) ON CONFLICT DO NOTHING",
        [(event.riding_id, body.salt, key) for key in sorted(keys)],
    )


def is_erased(db: Connection, riding_id: int, listing: Listing) -> bool:
    """Whether what is said of a person here is said of an erased one."""
    return bool(erased_among(db, riding_id, [listing]))


def erased_among(db: Connection, riding_id: int, listings: Sequence[Listing]) -> list[int]:
    """The places, in `listings`, of erased people."""
    salts = salts_of(db, riding_id)
    if not salts:
        return []
    wanted = [[key for salt in salts for key in candidates(salt, one)] for one in listings]
    kept = kept_keys(db, riding_id, chain.from_iterable(wanted), len(listings))
    return [at for at, keys in enumerate(wanted) if not kept.isdisjoint(keys)]


# --- events -------------------------------------------------------------------------------------


def cleaned_events(db: Connection, events: Sequence[Event]) -> list[Event]:
    """The events as they may be written here: those of erased people emptied. Erasures among them count."""
    for event in events:
        if isinstance(event.body, PersonErased):
            _keep(db, event, event.body)
    return without_erased(db, events)


def without_erased(db: Connection, events: Sequence[Event]) -> list[Event]:
    """Like cleaned_events, by the erasures folded here before: nothing is written."""
    by_riding: dict[int, tuple[list[bytes], set[bytes]]] = {}
    for riding_id in {event.riding_id for event in events}:
        salts = salts_of(db, riding_id)
        kept: set[bytes] = set()
        if salts:
            mine = [event for event in events if event.riding_id == riding_id]
            wanted = (key for event in mine for salt in salts for key in event_candidates(salt, event))
            kept = kept_keys(db, riding_id, wanted, len(mine))
        by_riding[riding_id] = salts, kept
    if not any(salts for salts, _ in by_riding.values()):
        return list(events)
    return [cleaned(event, *by_riding[event.riding_id]) for event in events]


def clean_stored(db: Connection, events: Sequence[Event]) -> list[Event]:
    """Events that are in the log already, cleaned there too."""
    after = cleaned_events(db, events)
    _write_over(db, [new for old, new in zip(events, after, strict=True) if new is not old])
    return after


def _write_over(db: Connection, events: Sequence[Event]) -> None:
    if not events:
        return
    db.run_many(
        "UPDATE event SET subject = ?, raw = ? WHERE riding_id = ? AND device_id = ? AND device_seq = ? AND hash = ?",
        [(e.subject, e.raw, e.riding_id, *e.key, e.hash) for e in events],
    )


def apply_erasures(db: Connection, riding_id: int, events: Sequence[Event]) -> Erasure:
    """Take everything of the people whom the `person.erased` among these events name out of what lies here."""
    erasures = [(event, event.body) for event in events if isinstance(event.body, PersonErased)]
    if not erasures:
        return Erasure()
    for event, body in erasures:
        _keep(db, event, body)
    gone = {event.subject for event, _ in erasures}
    note_places(db, riding_id, gone)
    named = {Key(*key) for _, body in erasures for key in body.words}
    done = Erasure(people=set(gone))
    done.regroup = gone if _bears_on_others(db, riding_id, gone) else set()
    changed = _clean_log(db, riding_id, gone, named, done)
    changed |= _clean_assets(db, riding_id)
    changed |= _clean_aside(db, riding_id, gone)
    if (found := clean_rosters(db, riding_id)) - gone:
        done.regroup = done.people | found
    done.people |= found
    run_in(db, "DELETE FROM meta WHERE name IN (??)", (), [_waiting(riding_id, one) for one in gone])
    if changed:
        note_due(db)
    return done


def _bears_on_others(db: Connection, riding_id: int, gone: set[bytes]) -> bool:
    """Whether some of these people are joined with others, or are of one name with somebody at their door.

    Grouping a whole riding anew takes seconds, and as a rule nobody else is concerned.
    """
    if db.query("SELECT 1 FROM roster WHERE riding_id = ? AND withdrawn = 1 LIMIT 1", (riding_id,)):
        return True
    for table, column in (("alias", "alias_id"), ("same_as", "low"), ("same_as", "high")):
        sql = f"SELECT 1 FROM {table} WHERE riding_id = ? AND {column} IN (??) LIMIT 1"
        if query_in(db, sql, (riding_id,), gone):
            return True
    rows = every_listing(db, riding_id, gone)
    names = {PersonName(row.last, row.first).key for row, _ in rows}
    doors = {row.door_id for row, _ in rows}
    aliases = query_in(
        db, "SELECT subject FROM alias WHERE riding_id = ? AND alias_id IN (??)", (riding_id,), doors
    )
    neighbours = query_in(
        db,
        "SELECT person_id FROM person WHERE riding_id = ? AND door_id IN (??)",
        (riding_id,),
        doors | {bytes(row[0]) for row in aliases},
    )
    others = every_listing(db, riding_id, {bytes(row[0]) for row in neighbours} - gone)
    return any(PersonName(row.last, row.first).key in names for row, _ in others)


def _clean_log(db: Connection, riding_id: int, gone: set[bytes], named: set[Key], done: Erasure) -> bool:
    rows = query_in(db, "SELECT raw FROM event WHERE riding_id = ? AND subject IN (??)", (riding_id,), gone)
    for device in {key.device_id for key in named}:
        rows += query_in(
            db,
            "SELECT raw FROM event WHERE riding_id = ? AND device_id = ? AND device_seq IN (??)",
            (riding_id, device),
            {key.device_seq for key in named if key.device_id == device},
        )
    found = [open_event(bytes(row[0])) for row in rows]
    found.extend(_events_naming(db, riding_id, gone))
    changed = [
        (old, new) for old, new in zip(found, cleaned_events(db, found), strict=True) if new is not old
    ]
    _write_over(db, [new for _, new in changed])
    for old, _ in changed:
        (done.people if old.entity in ("person", "member") else done.doors).add(old.subject)
    return bool(changed)


def _events_naming(db: Connection, riding_id: int, people: Iterable[bytes]) -> Iterator[Event]:
    """Events of other subjects that hold one of these ids. No index finds them: the log is read in pages."""
    kinds = (AttemptMade.KIND, PersonSameAs.KIND)
    wanted = set(people)
    holds = _holds_any(wanted)
    devices = db.query(
        "SELECT device_id, MAX(device_seq) FROM event WHERE riding_id = ? GROUP BY device_id", (riding_id,)
    )
    for device, last in devices:
        for start in range(1, int(last) + 1, _PAGE):
            rows = db.query(
                "SELECT raw FROM event WHERE riding_id = ? AND device_id = ? AND device_seq BETWEEN ? AND ?"
                " AND kind IN (?,?)",
                (riding_id, device, start, start + _PAGE - 1, *kinds),
            )
            yield from (open_event(bytes(raw)) for (raw,) in rows if holds(raw))


def _holds_any(people: set[bytes]) -> Callable[[bytes], bool]:
    """Whether an event's bytes name one of these people. A few ids are looked for in the bytes; for many, opening is quicker."""
    if len(people) <= _FEW:
        search = re.compile(b"|".join(map(re.escape, people))).search
        return lambda raw: search(raw) is not None
    return lambda raw: not people.isdisjoint(named_people(open_event(raw)))


def _clean_aside(db: Connection, riding_id: int, people: Iterable[bytes]) -> bool:
    """Forks are cleaned like events; of what nobody could read, whatever holds an erased id goes."""
    changed = False
    rows = db.query("SELECT raw FROM fork WHERE riding_id = ?", (riding_id,))
    forks = [open_event(bytes(raw)) for (raw,) in rows]
    for before, after in zip(forks, cleaned_events(db, forks), strict=True):
        if after is not before:
            changed = True
            db.run(
                "UPDATE fork SET raw = ? WHERE riding_id = ? AND device_id = ? AND device_seq = ? AND hash = ?",
                (after.raw, riding_id, *after.key, after.hash),
            )
    for device, seq, raw in db.query(
        "SELECT device_id, device_seq, raw FROM quarantine WHERE riding_id = ?", (riding_id,)
    ):
        if any(one in bytes(raw) for one in people):
            changed = True
            db.run(
                "UPDATE quarantine SET raw = ? WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
                (_cleaned_raw(db, bytes(raw)), riding_id, device, seq),
            )
    return changed


def _cleaned_raw(db: Connection, raw: bytes) -> bytes:
    try:
        return cleaned_events(db, [open_event(raw)])[0].raw
    except BadEvent:
        return b""


# --- rosters ------------------------------------------------------------------------------------


def clean_rosters(db: Connection, riding_id: int, roster_id: bytes | None = None) -> set[bytes]:
    """Take erased people's rows out of a riding's rosters (or of one); whose rows went."""
    salts = salts_of(db, riding_id)
    if not salts:
        return set()
    ids = [roster_id] if roster_id is not None else [
        bytes(row[0])
        for row in db.query("SELECT DISTINCT roster_id FROM roster_chunk WHERE riding_id = ?", (riding_id,))
    ]  # fmt: skip
    gone: set[bytes] = set()
    for one in ids:
        gone |= _clean_roster(db, riding_id, one)
    note_found(db, riding_id, gone)
    return gone


def note_found(db: Connection, riding_id: int, gone: Collection[bytes]) -> None:
    """Keep in mind whose rows went from a file: of those who are erased under another id only, an erasure is due."""
    if gone:
        salts = salts_of(db, riding_id)
        kept = kept_keys(db, riding_id, (id_key(salt, one) for one in gone for salt in salts))
        note_due(db, riding_id, (one for one in gone if all(id_key(salt, one) not in kept for salt in salts)))


def _clean_roster(db: Connection, riding_id: int, roster_id: bytes) -> set[bytes]:
    expand = zstandard.ZstdDecompressor().decompress
    rows = db.query(
        "SELECT chunk, first_key, leaves, data FROM roster_chunk WHERE riding_id = ? AND roster_id = ? ORDER BY chunk",
        (riding_id, roster_id),
    )
    chunks = [
        (int(n), Chunk(bytes(key), bytes(leaves), expand(bytes(data)))) for n, key, leaves, data in rows
    ]
    doors: dict[bytes, DoorEntry] = {}
    gone: set[bytes] = set()
    for _, chunk in chunks:
        if chunk_kind(chunk) == "doors":
            doors.update((row.door_id, row) for row in door_rows(chunk) if row is not None)
    for number, chunk in chunks:
        if chunk_kind(chunk) == "people":
            after, out = cleaned_chunk(db, riding_id, chunk, doors)
            if out:
                gone |= out
                db.run(
                    "UPDATE roster_chunk SET first_key = ?, data = ? WHERE riding_id = ? AND roster_id = ? AND chunk = ?",
                    (
                        after.first_key, zstandard.ZstdCompressor(level=_LEVEL).compress(after.rows), riding_id,
                        roster_id, number,
                    ),
                )  # fmt: skip
    return gone


def cleaned_chunk(
    db: Connection, riding_id: int, chunk: Chunk, doors: Mapping[bytes, DoorEntry]
) -> tuple[Chunk, set[bytes]]:
    """A chunk without erased people's rows, and whose rows went. `doors`: those of the roster, by id."""
    if chunk_kind(chunk) != "people" or not salts_of(db, riding_id):
        return chunk, set()
    rows = [row for row in person_rows(chunk) if row is not None]
    listings = [listing_of(row, doors.get(row.door_id)) for row in rows]
    gone = {rows[at].person_id for at in erased_among(db, riding_id, listings)}
    return (without_rows(chunk, gone) if gone else chunk), gone


# --- frozen lists -------------------------------------------------------------------------------


def _clean_assets(db: Connection, riding_id: int) -> bool:
    expand, pack = zstandard.ZstdDecompressor().decompress, zstandard.ZstdCompressor(level=9).compress
    changed = False
    for (name,) in db.query(
        "SELECT hash FROM asset WHERE riding_id = ? AND kind = 'walk_list'", (riding_id,)
    ):
        rows = db.query("SELECT data FROM asset WHERE riding_id = ? AND hash = ?", (riding_id, name))
        after = cleaned_list(db, riding_id, expand(bytes(rows[0][0])))
        if after is not None:
            changed = True
            db.run(
                "UPDATE asset SET size = ?, data = ?, redacted = 1 WHERE riding_id = ? AND hash = ?",
                (len(after), pack(after), riding_id, name),
            )
    return changed


def cleaned_list(db: Connection, riding_id: int, document: bytes) -> bytes | None:
    """A frozen list's bytes without erased people; None when there is none of them on it."""
    salts = salts_of(db, riding_id)
    if not salts or not is_list(document):
        return None
    read = msgspec.msgpack.decode(document, type=WalkListDocument)
    people = {line.person_id for line in read.lines if line.person_id}
    words = {text for line in read.lines for text in (line.note, line.access) if text}
    kept = kept_keys(
        db,
        riding_id,
        (
            key
            for salt in salts
            for key in chain((id_key(salt, p) for p in people), (text_key(salt, w) for w in words))
        ),
    )
    gone = {p for p in people if any(id_key(salt, p) in kept for salt in salts)}
    said = {w for w in words if any(text_key(salt, w) in kept for salt in salts)}
    return msgspec.msgpack.encode(without_people(read, gone, said)) if gone or said else None


def is_list(document: bytes) -> bool:
    """Whether these bytes are a frozen list."""
    try:
        msgspec.msgpack.decode(document, type=WalkListDocument)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return True


# --- what is still to be done -------------------------------------------------------------------


def note_due(db: Connection, riding_id: int = 0, found: Iterable[bytes] = ()) -> None:
    """Keep in mind that this computer's files must still be cleaned.

    `found`: people of whom only a file told that they are an erased one under another id. An erasure of
    that id too is still to be written, by a laptop.
    """
    names = [DUE, *(_waiting(riding_id, one) for one in found)]
    db.run_many(
        "INSERT INTO meta (name, value) VALUES (?,'1') ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(name,) for name in names],
    )


def _waiting(riding_id: int, person: bytes) -> str:
    return f"{DUE}:{riding_id}:{person.hex()}"


def waiting_people(db: Connection) -> list[tuple[int, bytes]]:
    """(riding, person) for whom an erasure is still to be written."""
    rows = db.query("SELECT name FROM meta WHERE name LIKE ? ORDER BY name", (f"{DUE}:%",))
    parts = [str(row[0]).split(":") for row in rows]
    return [(int(riding), bytes.fromhex(person)) for _, riding, person in parts]
