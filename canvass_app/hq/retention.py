"""The end of the time for which a campaign keeps people's data: what would go, and taking it.

A rehearsal reads. Carrying out erases everybody of a riding, in batches that are whole in themselves: `person.erased`
events in headquarters' own name, appended and folded like any other, so that laptops follow at their next sync
and an interrupted run goes on where it stopped. What is counted stays.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import zstandard

from canvass_app.domain.campaign import Retention, load_campaign
from canvass_app.domain.errors import Refused
from canvass_app.domain.text import Text
from canvass_app.ledger.clock import reading
from canvass_app.ledger.erasure import (
    SALT_BYTES,
    Listing,
    id_key,
    keys_of,
    listing_of,
    place_of,
    text_key,
    words_of,
)
from canvass_app.ledger.events import NOBODY, NONCE_BYTES, Event, Key, open_event, seal
from canvass_app.ledger.kinds import AttemptMade, Body, PersonErased, PersonSameAs
from canvass_app.ledger.rosters import Chunk, DoorEntry, chunk_kind, door_rows, person_rows
from canvass_app.services.progress import figures
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.days import local_day
from canvass_app.storage.erasing import kept_keys, salts_of
from canvass_app.sync.replica import fact, keep_fact

from .aside import own_device
from .office import Office
from .projecting import catch_up
from .receiving import append_own
from .ridings import riding_ids

BATCH = 500
"""People whom one transaction erases."""
_WORDS_AT_ONCE = 2_000
_PAGE = 5_000
_AUTHOR = "canvass-hq"
_REASON = "retention"

_NO_DATE = Text(
    "The campaign’s settings name no date until which people’s data is kept. Nothing was changed. Add "
    '"retention": {"until": "2016-04-19"} to the campaign file and run “canvass-hq init --campaign FILE”.',
    "Les paramètres de la campagne n’indiquent pas jusqu’à quelle date les données des gens sont conservées. Rien n’a été "
    'modifié. Ajoutez "retention": {"until": "2016-04-19"} au fichier de campagne et lancez « canvass-hq init --campaign '
    "FICHIER ».",
)
_TOO_EARLY = Text(
    "The date, {until}, has not passed. Nothing was changed. To carry it out now, look at “canvass-hq retention rehearse” and "
    "add --early with the number of people that it names.",
    "La date, {until}, n’est pas passée. Rien n’a été modifié. Pour le faire dès maintenant, consultez « canvass-hq retention "
    "rehearse » et ajoutez --early avec le nombre de personnes indiqué.",
)
_OTHER_NUMBER = Text(
    "{people:person|people} would go, not {typed}. Nothing was changed. Look at “canvass-hq retention rehearse” again.",
    "{people:personne serait effacée|personnes seraient effacées}, et non {typed}. Rien n’a été modifié. Consultez de nouveau « canvass-hq retention "
    "rehearse ».",
)


@dataclass(frozen=True, slots=True)
class Going:
    """What would go from a riding, and what stays: counts, no people."""

    riding_id: int
    people: int
    rows: int
    """Rows of people in imported files."""
    events: dict[str, int]
    """What was recorded about people, by kind: emptied."""
    words: int
    """Notes and other words about doors: emptied where the campaign's settings say so."""
    lists: int
    """Issued lists that name people: their lines are blanked."""
    unread: int
    """Events of a newer version, which this program can neither read nor empty; and what nobody could read is emptied."""
    stays: dict[str, int]
    """Attempts, contacts, doors, bars and the like, by name."""
    by_code: dict[str, int]
    by_support: dict[str, int]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would go, riding by riding. Nothing has been changed."""

    retention: Retention
    passed: bool
    ridings: list[Going]
    backups: list[str]
    """Files in headquarters' own folder that would still hold people."""

    @property
    def people(self) -> int:
        """In all ridings."""
        return sum(one.people for one in self.ridings)


@dataclass(slots=True)
class _Survey:
    """Whom and what a riding's log and files still hold."""

    people: set[bytes] = field(default_factory=set[bytes])
    rows: int = 0
    events: dict[str, int] = field(default_factory=dict[str, int])
    words: list[Event] = field(default_factory=list[Event])
    unread: int = 0


# --- looking ------------------------------------------------------------------------------------


def rehearse(office: Office, folder_backups: Sequence[str] = ()) -> Rehearsal:
    """What carrying it out would take, and what would stay. Reads only. Raises Refused when no date is set."""
    retention = retention_of(office)
    return Rehearsal(
        retention,
        has_passed(office, retention),
        [_going(office, riding, retention) for riding in riding_ids(office.read())],
        list(folder_backups),
    )


def retention_of(office: Office) -> Retention:
    """Until when the campaign keeps people's data. Raises Refused when it does not say."""
    text, _ = office.campaign()
    found = load_campaign(json.loads(text)).retention if text else None
    if found is None:
        raise Refused(_NO_DATE)
    return found


def has_passed(office: Office, retention: Retention) -> bool:
    """Whether the last day is over, where the campaign is."""
    return local_day(office.now_ms(), office.time_zone()) > retention.until


def _going(office: Office, riding_id: int, retention: Retention) -> Going:
    db = office.read()
    found = _survey(db, riding_id)
    report = figures(db, riding_id)
    counts = {
        name: int(db.query(sql, (riding_id,))[0][0])
        for name, sql in (
            ("doors", "SELECT COUNT(*) FROM door WHERE riding_id = ?"),
            ("barred_doors", "SELECT COUNT(*) FROM door WHERE riding_id = ? AND barred = 1"),
            ("barred_numbers", "SELECT COUNT(*) FROM barred_number WHERE riding_id = ?"),
            ("turfs", "SELECT COUNT(*) FROM turf WHERE riding_id = ? AND retired = 0"),
            ("lists", "SELECT COUNT(*) FROM walk_list WHERE riding_id = ?"),
            ("shifts", "SELECT COUNT(*) FROM shift WHERE riding_id = ?"),
        )
    }
    lists = db.query("SELECT COUNT(*) FROM asset WHERE riding_id = ? AND kind = 'walk_list'", (riding_id,))
    return Going(
        riding_id=riding_id,
        people=len(found.people),
        rows=found.rows,
        events=dict(sorted(found.events.items())),
        words=len(found.words) if "notes" in retention.covers else 0,
        lists=int(lists[0][0]) if found.people else 0,
        unread=found.unread,
        stays={"attempts": report.attempts, "contacts": report.contacts, **counts},
        by_code=dict(sorted(report.by_code.items())),
        by_support=with_kept(report.by_support, db, riding_id),
    )


def _survey(db: Connection, riding_id: int) -> _Survey:
    found = _Survey()
    salts = salts_of(db, riding_id)
    for (person,) in db.query("SELECT person_id FROM person WHERE riding_id = ?", (riding_id,)):
        found.people.add(bytes(person))
    for chunk in _chunks(db, riding_id, "people"):
        rows = [row.person_id for row in person_rows(chunk) if row is not None]
        found.people.update(rows)
        found.rows += len(rows)
    for event in _events(db, riding_id):
        if event.subject == NOBODY or isinstance(event.body, PersonErased):
            continue
        if event.body is None:
            found.unread += 1
        elif event.entity == "person":
            found.people.add(event.subject)
            found.events[event.kind] = found.events.get(event.kind, 0) + 1
            if isinstance(event.body, PersonSameAs):
                found.people.add(event.body.other)
        elif isinstance(event.body, AttemptMade):
            if event.body.person:
                found.people.add(event.body.person)
        elif words_of(event):
            found.words.append(event)
    wanted = {id_key(salt, one): one for salt in salts for one in found.people}
    for key in kept_keys(db, riding_id, wanted, len(wanted)):
        found.people.discard(wanted.get(key, b""))
    return found


def _events(db: Connection, riding_id: int) -> Iterator[Event]:
    """The riding's log, in pages."""
    devices = db.query("SELECT device_id, last_seq FROM device_log WHERE riding_id = ?", (riding_id,))
    for device, last in devices:
        for start in range(1, int(last) + 1, _PAGE):
            rows = db.query(
                "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq BETWEEN ? AND ?"
                " ORDER BY device_seq",
                (riding_id, device, start, start + _PAGE - 1),
            )
            yield from (open_event(bytes(raw), stamp) for raw, stamp in rows)


def _chunks(db: Connection, riding_id: int, kind: str) -> Iterator[Chunk]:
    expand = zstandard.ZstdDecompressor().decompress
    names = db.query(
        "SELECT roster_id, chunk FROM roster_chunk WHERE riding_id = ? AND kind = ? ORDER BY roster_id, chunk",
        (riding_id, kind),
    )
    for roster, number in names:
        ((first, leaves, data),) = db.query(
            "SELECT first_key, leaves, data FROM roster_chunk WHERE riding_id = ? AND roster_id = ? AND chunk = ?",
            (riding_id, roster, number),
        )
        chunk = Chunk(bytes(first), bytes(leaves), expand(bytes(data)))
        assert chunk_kind(chunk) == kind
        yield chunk


# --- what is counted stays ----------------------------------------------------------------------


def kept_figures(db: Connection, riding_id: int) -> dict[str, int]:
    """How many people had said which level, when their data went; empty as long as none did."""
    text = fact(db, f"kept_support:{riding_id}")
    return json.loads(text) if text else {}


def with_kept(by_support: dict[str, int], db: Connection, riding_id: int) -> dict[str, int]:
    """Levels by how many said them, those included whose data went."""
    kept = kept_figures(db, riding_id)
    # While it is being carried out, those who have not gone yet are among the kept ones.
    return _sum({}, kept) if fact(db, _retiring(riding_id)) else _sum(by_support, kept)


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {level: one.get(level, 0) + other.get(level, 0) for level in {**one, **other}}


# --- taking -------------------------------------------------------------------------------------


@dataclass(slots=True)
class CarriedOut:
    """What a run erased, and what it found when it had ended."""

    people: int = 0
    words: int = 0
    ridings: dict[int, int] = field(default_factory=dict[int, int])
    before: dict[int, Going] = field(default_factory=dict[int, Going])
    after: dict[int, Going] = field(default_factory=dict[int, Going])
    backups: list[str] = field(default_factory=list[str])
    cleaned: bool = True
    """Whether the database's free pages were cleaned too (a PostgreSQL that spreads tables does that by itself, later)."""


def carry_out(
    office: Office,
    *,
    early: int | None = None,
    batch: int = BATCH,
    folder_backups: Sequence[str] = (),
    told: Callable[[int, int], None] = lambda done, total: None,
) -> CarriedOut:
    """Erase everybody, riding by riding; again after an interruption it goes on. `told(done, of)` counts people.

    Raises Refused: no date, or it has not passed and `early` is not the number of people who would go.
    """
    retention = retention_of(office)
    for riding_id in riding_ids(office.read()):
        catch_up(office, riding_id)
    before = rehearse(office)
    if not before.passed:
        if early is None:
            raise Refused(_TOO_EARLY.fill(until=retention.until))
        if early != before.people:
            raise Refused(_OTHER_NUMBER.fill(people=before.people, typed=early))
    done = CarriedOut(before={one.riding_id: one for one in before.ridings}, backups=list(folder_backups))
    for riding_id in done.before:
        _retire(office, riding_id, retention, batch, done, before.people, told)
    done.cleaned = _leave_no_trace(office)
    done.after = {one.riding_id: one for one in rehearse(office).ridings}
    return done


def _retire(
    office: Office,
    riding_id: int,
    retention: Retention,
    batch: int,
    done: CarriedOut,
    total: int,
    told: Callable[[int, int], None],
) -> None:
    found = _survey(office.read(), riding_id)
    words = found.words if "notes" in retention.covers else []
    if not found.people and not words:
        return
    _keep_figures(office, riding_id)
    salt = next(iter(salts_of(office.read(), riding_id)), b"") or os.urandom(SALT_BYTES)
    listings = _listings(office.read(), riding_id, found.people)
    people = iter(sorted(found.people))
    while ids := list(islice(people, batch)):
        bodies = [
            (one, PersonErased(salt=salt, keys=tuple(sorted(_keys(salt, one, listings))), reason=_REASON))
            for one in ids
        ]
        _say(office, riding_id, bodies)
        done.people += len(ids)
        told(done.people, total)
    done.ridings[riding_id] = len(found.people)
    for start in range(0, len(words), _WORDS_AT_ONCE):
        some = words[start : start + _WORDS_AT_ONCE]
        body = PersonErased(
            salt=salt,
            keys=tuple(sorted({text_key(salt, words_of(one)) for one in some})),
            words=tuple(sorted((one.key.device_id, one.key.device_seq) for one in some)),
            reason=_REASON,
        )
        # Words about doors are nobody's: the event that takes them has a subject of its own.
        _say(office, riding_id, [(os.urandom(16), body)])
        done.words += len(some)

    def unreadable(db: Connection) -> None:
        db.run("UPDATE quarantine SET raw = ? WHERE riding_id = ?", (b"", riding_id))

    office.write(unreadable)


def _retiring(riding_id: int) -> str:
    """The fact that says: some of the riding's people went, and others not yet."""
    return f"retiring:{riding_id}"


def _keep_figures(office: Office, riding_id: int) -> None:
    """Write down how many said what, before the first of them goes; a run that goes on leaves it as it was."""

    def work(db: Connection) -> None:
        name = f"kept_support:{riding_id}"
        kept = kept_figures(db, riding_id)
        if fact(db, _retiring(riding_id)):
            return
        now = {level: count for level, count in figures(db, riding_id).by_support.items() if count}
        keep_fact(db, name, json.dumps(_sum(kept, now), sort_keys=True))
        keep_fact(db, _retiring(riding_id), "1")

    office.write(work)


def _listings(db: Connection, riding_id: int, people: set[bytes]) -> dict[bytes, list[Listing]]:
    """What files and screens say of everybody, by id."""
    doors: dict[bytes, DoorEntry] = {}
    for chunk in _chunks(db, riding_id, "doors"):
        doors.update((row.door_id, row) for row in door_rows(chunk) if row is not None)
    found: dict[bytes, list[Listing]] = {}
    for chunk in _chunks(db, riding_id, "people"):
        for row in person_rows(chunk):
            if row is not None and row.person_id in people:
                found.setdefault(row.person_id, []).append(listing_of(row, doors.get(row.door_id)))
    rows = db.query(
        "SELECT p.person_id, p.last, p.first, p.birth_year, p.phone, p.email, d.number, d.suffix, d.street,"
        " d.street_type, d.street_direction, d.unit FROM person p"
        " LEFT JOIN door d ON d.riding_id = p.riding_id AND d.door_id = p.door_id WHERE p.riding_id = ?",
        (riding_id,),
    )
    for person, last, first, year, phone, email, *address in rows:
        place = place_of(*address) if address[0] is not None else b""
        one = Listing(bytes(person), last, first, int(year), phone, email, place)
        found.setdefault(one.person_id, []).append(one)
    return found


def _keys(salt: bytes, person: bytes, listings: dict[bytes, list[Listing]]) -> set[bytes]:
    return keys_of(salt, listings.get(person, [])) | {id_key(salt, person)}


def _say(office: Office, riding_id: int, bodies: Sequence[tuple[bytes, Body]]) -> None:
    """Append headquarters' own events in one transaction, then fold them."""
    device, now = own_device(office), office.now_ms()

    def made(last: int) -> list[Event]:
        return [
            seal(
                riding_id, Key(device, last + place), subject, body, author=_AUTHOR, shift=b"", hlc=reading(now),
                wall_ms=now, sees=(), nonce=os.urandom(NONCE_BYTES),
            )
            for place, (subject, body) in enumerate(bodies, 1)
        ]  # fmt: skip

    append_own(office, riding_id, made)
    catch_up(office, riding_id)


def _leave_no_trace(office: Office) -> bool:
    """Clean what the database keeps of rows that went. False where it refuses, and then does it in its own time."""
    for riding_id in riding_ids(office.read()):

        def work(db: Connection, riding_id: int = riding_id) -> None:
            keep_fact(db, _retiring(riding_id), "")

        office.write(work)
    if isinstance(office.database, SqliteDatabase):
        office.database.leave_no_trace()
        return True
    return office.database.leave_no_trace()
