"""What is known of a person, gathered before it is erased: under which ids, in which rows, words and lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import product

from canvass_app.domain.address import address_label, fold
from canvass_app.domain.errors import NotFound
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text
from canvass_app.ledger.erasure import Listing, candidates, keys_of, listing_of, place_of, words_of
from canvass_app.ledger.events import Event, Key, open_event
from canvass_app.ledger.kinds import PersonAdded, PersonDescribed, PersonErased, ResidenceBegan
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.listings import every_listing
from canvass_app.storage.log import events_of, members, resolve

_NOT_HERE = Text(
    "This person is not on this laptop. Nothing was changed.",
    "Cette personne n’est pas sur cet ordinateur. Rien n’a été modifié.",
)


@dataclass(frozen=True, slots=True)
class NamingWords:
    """Words about a door or another person in which the person is named. `suggested`: they go unless kept."""

    key: Key
    subject: bytes
    where: str
    text: str
    author: str
    wall_ms: int
    suggested: bool


@dataclass(slots=True)
class Facts:
    """Everything that is known of one person."""

    riding_id: int
    ids: set[bytes]
    """Every id that means this person here."""
    name: str
    places: list[str]
    doors: set[bytes]
    listings: list[Listing]
    names: set[tuple[str, str]]
    rows: int = 0
    """Rows in files."""


def gather(db: Connection, riding_id: int, person_id: bytes, salt: bytes) -> Facts:
    """What is known of a person, under every id. Raises NotFound."""
    ids = _group(db, riding_id, [person_id])
    facts = _facts(db, riding_id, ids)
    if not facts.names and not count_events_of(db, facts):
        raise NotFound(_NOT_HERE)
    while more := _same_person(db, facts, keys_of(salt, facts.listings), salt) - facts.ids:
        facts = _facts(db, riding_id, facts.ids | _group(db, riding_id, more))
    return facts


def _group(db: Connection, riding_id: int, people: Iterable[bytes]) -> set[bytes]:
    wanted = set(people)
    groups = members(db, riding_id, resolve(db, riding_id, wanted).values())
    return wanted | {one for group in groups.values() for one in group}


def _same_person(db: Connection, facts: Facts, keys: Collection[bytes], salt: bytes) -> set[bytes]:
    """People of other ids who are, by name and address, telephone or mail, the same."""
    wanted = {
        "p.phone": {listing.phone for listing in facts.listings if listing.phone},
        "p.email": {listing.email for listing in facts.listings if listing.email},
        "p.search": {f" {fold(last)} {fold(first)}" for last, first in facts.names},
    }
    # No index finds them, so the riding's people are read once.
    where = " OR ".join(f"{column} IN ({','.join('?' * len(of))})" for column, of in wanted.items() if of)
    if not where:
        return set()
    rows = db.query(
        "SELECT p.person_id, p.last, p.first, p.birth_year, p.phone, p.email, d.number, d.suffix, d.street,"
        " d.street_type, d.street_direction, d.unit FROM person p"
        " LEFT JOIN door d ON d.riding_id = p.riding_id AND d.door_id = p.door_id"
        f" WHERE p.riding_id = ? AND ({where})",
        (facts.riding_id, *(value for of in wanted.values() for value in of)),
    )
    found: set[bytes] = set()
    for person, last, first, year, phone, email, *address in rows:
        place = place_of(*address) if address[0] is not None else b""
        one = Listing(bytes(person), last, first, int(year), phone, email, place)
        if not set(candidates(salt, one)).isdisjoint(keys):
            found.add(one.person_id)
    return found


def _facts(db: Connection, riding_id: int, ids: set[bytes]) -> Facts:
    events = [e for found in events_of(db, riding_id, ids).values() for e in found]
    listed = every_listing(db, riding_id, ids)
    folded = query_in(
        db,
        "SELECT last, first, birth_year, phone, email, door_id FROM person WHERE riding_id = ? AND person_id IN (??)",
        (riding_id,),
        ids,
    )
    names: set[tuple[str, str]] = set()
    years: set[int] = set()
    phones: set[str] = set()
    emails: set[str] = set()
    doors: set[bytes] = {e.body.door for e in events if isinstance(e.body, ResidenceBegan)}
    places = {listing_of(row, door).place for row, door in listed}
    said = [e.body for e in events if isinstance(e.body, PersonAdded | PersonDescribed)]
    rows = [(r.last, r.first, r.birth_year, r.phone, r.email) for r, _ in listed]
    rows += [(r[0], r[1], int(r[2]), r[3], r[4]) for r in folded]
    rows += [(b.last or "", b.first or "", b.birth_year or 0, b.phone or "", b.email or "") for b in said]
    for last, first, year, phone, email in rows:
        names.add((last, first))
        years.add(year)
        phones.add(phone)
        emails.add(email)
    doors |= {r.door_id for r, _ in listed} | {bytes(r[5]) for r in folded}
    doors = set(resolve(db, riding_id, doors - {b""}).values())
    here = query_in(
        db,
        "SELECT number, suffix, street, street_type, street_direction, unit, street_label FROM door WHERE riding_id = ? AND door_id IN (??)",
        (riding_id,),
        doors,
    )
    places |= {place_of(*row[:6]) for row in here}
    places.discard(b"")
    names.discard(("", ""))
    every = product(
        ids,
        names or {("", "")},
        years - {0} or {0},
        phones - {""} or {""},
        emails - {""} or {""},
        places or {b""},
    )
    shown = next((person_label(r[0], r[1]) for r in (*folded, *rows) if r[0] or r[1]), "")
    return Facts(
        riding_id=riding_id,
        ids=ids,
        name=shown,
        places=sorted(address_label(row[0], row[1], row[6], row[5]) for row in here),
        doors=doors,
        listings=[Listing(one, *name, year, phone, mail, place) for one, name, year, phone, mail, place in every],
        names=names,
        rows=len(listed),
    )  # fmt: skip


# --- words --------------------------------------------------------------------------------------


def naming_words(db: Connection, facts: Facts) -> list[NamingWords]:
    """Words about doors and other people that name the person.

    At a door where the person lives or lived, the last name is enough. Anywhere else first and last name
    are: somebody else of that name is not erased with them. A first name alone, at home, is shown and stays.
    """
    names = [(set(fold(last).split()), set(fold(first).split())) for last, first in facts.names]
    home = {one for group in members(db, facts.riding_id, facts.doors).values() for one in group}
    found: dict[Key, NamingWords] = {}
    for event in _events_with_words(db, facts, home):
        words = set(fold(words_of(event)).split())
        at_home = event.subject in home
        last = any(a and a <= words for a, _ in names)
        first = any(b and b <= words for _, b in names)
        if (last and first) or (at_home and (last or first)):
            found[event.key] = NamingWords(
                event.key, event.subject, _where(db, facts.riding_id, event), words_of(event), event.author,
                event.wall_ms, last,
            )  # fmt: skip
    return sorted(found.values(), key=lambda one: (one.wall_ms, one.key))


def _events_with_words(db: Connection, facts: Facts, home: set[bytes]) -> list[Event]:
    found = {e.key: e for group in events_of(db, facts.riding_id, home).values() for e in group}
    rows = db.query(
        "SELECT e.raw FROM note n JOIN event e ON e.riding_id = n.riding_id AND e.device_id = n.device_id"
        " AND e.device_seq = n.device_seq WHERE n.riding_id = ?",
        (facts.riding_id,),
    )
    for (raw,) in rows:
        event = open_event(bytes(raw))
        found.setdefault(event.key, event)
    return [e for e in found.values() if e.subject not in facts.ids and words_of(e)]


def _where(db: Connection, riding_id: int, event: Event) -> str:
    doors = resolve(db, riding_id, [event.subject])
    rows = db.query(
        "SELECT number, suffix, street_label, unit FROM door WHERE riding_id = ? AND door_id = ?",
        (riding_id, doors[event.subject]),
    )
    if rows:
        return address_label(*rows[0])
    people = resolve(db, riding_id, [event.subject])
    rows = db.query(
        "SELECT last, first FROM person WHERE riding_id = ? AND person_id = ?",
        (riding_id, people[event.subject]),
    )
    return person_label(*rows[0]) if rows else ""


# --- counts -------------------------------------------------------------------------------------


def count_events_of(db: Connection, facts: Facts) -> dict[str, int]:
    """How many events there are about the person, by kind; erasures left out."""
    counted: dict[str, int] = {}
    for found in events_of(db, facts.riding_id, facts.ids).values():
        for event in found:
            if not isinstance(event.body, PersonErased):
                counted[event.kind] = counted.get(event.kind, 0) + 1
    return counted


def count_attempts(db: Connection, facts: Facts) -> int:
    """How many attempts name the person; they stay, and then name nobody."""
    rows = query_in(
        db,
        "SELECT COUNT(*) FROM attempt WHERE riding_id = ? AND person_id IN (??)",
        (facts.riding_id,),
        facts.ids,
    )
    return sum(int(row[0]) for row in rows)
