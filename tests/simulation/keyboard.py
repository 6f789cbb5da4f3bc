"""Steps at a laptop's keyboard: everything that people write."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec
import zstandard

from canvass_app.domain.scripts import Script
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import SheetLine, SheetPage, WalkListDocument
from canvass_app.ledger.erasure import SALT_BYTES, Listing, keys_of
from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptCorrected,
    AttemptMade,
    BarLifted,
    BarSet,
    Body,
    ConflictClosed,
    DoorAdded,
    DoorDescribed,
    DoorSameAs,
    NoteWithdrawn,
    NoteWritten,
    PersonAdded,
    PersonDescribed,
    PersonErased,
    PersonSameAs,
    ResidenceBegan,
    ResidenceEnded,
    RosterAdded,
    RosterRestored,
    RosterWithdrawn,
    ShiftClosed,
    ShiftOpened,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
    TurfAssigned,
    TurfChanged,
    TurfCut,
    TurfRetired,
    WalkListIssued,
    WalkListReturned,
)
from canvass_app.storage.erasing import salts_of
from canvass_app.storage.roster_store import roster_id_of, store_chunks
from canvass_app.sync.assets import store_asset
from canvass_app.sync.messages import Asset

from .invariants import check_sees, group_of
from .laptop import Laptop
from .steps import Step, op
from .town import AUTHORS, RIDING, door, door_ids, listed, people_ids, rosters
from .world import World

CODES = ("not_home", "not_home", "canvassed", "canvassed", "refused", "moved", "not_found")
_MANY_CODES = ("not_home", "refused", "canvassed", "")


def _door(n: int) -> bytes:
    return door_ids()[n % len(door_ids())]


def _person(n: int) -> bytes:
    return people_ids()[n % len(people_ids())]


def _act(world: World, step: Step, bodies: list[tuple[bytes, Body]], before: Any = None) -> str:
    laptop = world.laptop(step)
    groups = {subject: group_of(laptop, subject) for subject, _ in bodies}
    events = laptop.act(AUTHORS[laptop.index % len(AUTHORS)], bodies, laptop.shift, before)
    world.acknowledge(events)
    check_sees(laptop, events, groups)
    return ", ".join(f"{_name(e)} {_words(e)}" for e in events)


def _words(event: Event) -> str:
    assert event.body is not None
    said = msgspec.structs.asdict(event.body)
    given = {field.name for field in msgspec.structs.fields(event.body) if said[field.name] != field.default}
    values = " ".join(f"{name}={_short(value)}" for name, value in said.items() if name in given)
    sees = f" sees {','.join(f'{d.hex()[:3]}:{s}' for d, s in event.sees)}" if event.sees else ""
    return f"{event.kind} {event.subject.hex()[:6]} {values}{sees}"


def _short(value: object) -> str:
    if isinstance(value, tuple):
        return "(" + ",".join(_short(one) for one in value) + ")"
    return value.hex()[:6] if isinstance(value, bytes) else repr(value)


def _name(event: Event) -> str:
    return f"{event.key.device_id.hex()[:3]}:{event.key.device_seq}"


def _here(laptop: Laptop, kind: str, n: int) -> Event | None:
    """One of the events of a kind that are known here."""
    rows = laptop.memory.read().query(
        "SELECT raw, stamp, hash FROM event WHERE riding_id = ? AND kind = ? ORDER BY device_id, device_seq",
        (RIDING, kind),
    )
    if not rows:
        return None
    raw, stamp, _ = rows[n % len(rows)]
    event = open_event(bytes(raw), stamp)
    return event if event.body is not None else None


# --- visits -------------------------------------------------------------------------------------


def _knock(step: Step, code: str, person: bytes = b"") -> AttemptMade:
    # What is written on the paper's margin tells every attempt of a history from every other.
    return AttemptMade(code=code, person=person, page_line=f"m{step.salt}", line=1, walk_list=step.b % 3)


@op(14)
def attempt(world: World, step: Step) -> str:
    """A knock that met nobody, or somebody."""
    return _act(world, step, [(_door(step.a), _knock(step, CODES[step.b % len(CODES)]))])


@op(7)
def talk(world: World, step: Step) -> str:
    """A conversation: one act of several events."""
    laptop, person = world.laptop(step), _person(step.b)
    seq = laptop.own_last() + 1
    bodies: list[tuple[bytes, Body]] = [
        (_door(step.a), _knock(step, "canvassed", person)),
        (person, SupportMarked(level=str(1 + step.salt % 5), act=seq)),
    ]
    if step.salt % 3 == 0:
        bodies.append(
            (person, AnswerGiven(question="pledge", answers=(("yes", "no")[step.salt % 2],), act=seq))
        )
    return _act(world, step, bodies)


@op(4)
def correct(world: World, step: Step) -> str:
    """An attempt ended otherwise, or was a slip of the keyboard."""
    made = _here(world.laptop(step), "attempt.made", step.a)
    if made is None:
        return "nothing to correct"
    code = _MANY_CODES[step.b % len(_MANY_CODES)]
    body = AttemptCorrected(device=made.key.device_id, seq=made.key.device_seq, code=code)
    return _act(world, step, [(made.subject, body)])


@op(2)
def bar(world: World, step: Step) -> str:
    """Do not contact."""
    if step.b % 2:
        return _act(world, step, [(_door(step.a), BarSet(target="door", reason="asked"))])
    return _act(world, step, [(_person(step.a), BarSet(target="person", reason="asked"))])


@op(1)
def lift(world: World, step: Step) -> str:
    """A bar was a mistake."""
    kind = _here(world.laptop(step), "bar.set", step.a)
    if kind is None or not isinstance(kind.body, BarSet):
        return "no bar"
    return _act(world, step, [(kind.subject, BarLifted(target=kind.body.target))])


@op(1)
def note(world: World, step: Step) -> str:
    """Plain words."""
    if step.b % 2:
        return _act(world, step, [(_door(step.a), NoteWritten(target="door", text=f"dog {step.salt % 97}"))])
    return _act(
        world, step, [(_person(step.a), NoteWritten(target="person", text=f"works late {step.salt % 97}"))]
    )


@op(0.5)
def unnote(world: World, step: Step) -> str:
    """A note is withdrawn, or stands again."""
    found = _here(world.laptop(step), "note.written", step.a)
    if found is None or not isinstance(found.body, NoteWritten):
        return "no note"
    body = NoteWithdrawn(
        target=found.body.target,
        device=found.key.device_id,
        seq=found.key.device_seq,
        withdrawn=bool(step.b % 3),
    )
    return _act(world, step, [(found.subject, body)])


# --- doors and people ------------------------------------------------------------------------------


@op(2)
def describe_door(world: World, step: Step) -> str:
    """Something learned about a place."""
    if step.b % 3 == 0:
        return _act(world, step, [(_door(step.a), DoorDescribed(polling_division=str(10 + step.salt % 9)))])
    if step.b % 3 == 1:
        return _act(world, step, [(_door(step.a), DoorDescribed(access=f"side door {step.salt % 9}"))])
    return _act(
        world, step, [(_door(step.a), DoorDescribed(municipality=("Birch River", "Elm Bay")[step.salt % 2]))]
    )


@op(0.6)
def add_door(world: World, step: Step) -> str:
    """A door that no file lists."""
    entry = door((14, 16)[step.a % 2])
    body = DoorAdded(
        number=entry.number,
        street=entry.street,
        street_type=entry.street_type,
        street_label=entry.street_label,
    )
    return _act(world, step, [(entry.door_id, body)])


@op(3)
def describe_person(world: World, step: Step) -> str:
    """Something learned about a person."""
    if step.b % 3 == 0:
        return _act(world, step, [(_person(step.a), PersonDescribed(phone=f"613555{step.salt % 10000:04}"))])
    if step.b % 3 == 1:
        return _act(
            world, step, [(_person(step.a), PersonDescribed(first=("Luca", "Ana", "Kim")[step.salt % 3]))]
        )
    return _act(world, step, [(_person(step.a), SupportMarked(level=("", "1", "3", "5")[step.salt % 4]))])


@op(0.8)
def add_person(world: World, step: Step) -> str:
    """Somebody met at a door."""
    person = people_ids()[-1 - step.a % 2]
    body = PersonAdded(last="Cole", first="Ann", phone=f"613555{step.salt % 10000:04}")
    return _act(world, step, [(person, body), (person, ResidenceBegan(door=_door(step.b)))])


@op(1)
def move(world: World, step: Step) -> str:
    """Somebody moved in, moved away, died, or did not after all."""
    if step.b % 2:
        return _act(world, step, [(_person(step.a), ResidenceBegan(door=_door(step.salt)))])
    reason = ("moved", "deceased", "")[step.salt % 3]
    witness = world.laptop(step).shift if step.salt % 2 else b""
    return _act(world, step, [(_person(step.a), ResidenceEnded(reason=reason, witness=witness))])  # pyright: ignore[reportArgumentType]


@op(0.8)
def same_door(world: World, step: Step) -> str:
    """Two doors are one, or are not."""
    one, other = _door(step.a), _door(step.b)
    if one == other:
        return "one door"
    return _act(world, step, [(one, DoorSameAs(other=other, joined=step.salt % 3 > 0))])


@op(0.8)
def same_person(world: World, step: Step) -> str:
    """Two records are one person, or are not."""
    one, other = _person(step.a), _person(step.b)
    if one == other:
        return "one person"
    return _act(world, step, [(one, PersonSameAs(other=other, joined=step.salt % 3 > 0))])


@op(0.35)
def erase(world: World, step: Step) -> str:
    """A person asks to be forgotten. The service that gathers what is known has its own tests; here it knows the files."""
    laptop, person = world.laptop(step), _person(step.a)
    salts = salts_of(laptop.memory.read(), RIDING)
    salt = salts[0] if salts else world.chance.randbytes(SALT_BYTES)
    listings = [
        Listing(row.person_id, row.last, row.first, row.birth_year, row.phone, row.email, place)
        for row, place in listed()
        if row.person_id == person
    ]
    body = PersonErased(salt=salt, keys=tuple(sorted(keys_of(salt, listings))))
    text = _act(world, step, [(person, body)])
    world.erased.add(person)
    return text


@op(2)
def close_conflict(world: World, step: Step) -> str:
    """A person decides what two others said."""
    laptop = world.laptop(step)
    rows = laptop.memory.read().query(
        "SELECT subject, field FROM conflict WHERE riding_id = ? ORDER BY subject, field", (RIDING,)
    )
    if not rows:
        return "no conflict"
    subject, field = bytes(rows[step.a % len(rows)][0]), str(rows[step.a % len(rows)][1])
    events = laptop.memory.read().query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND subject = ? ORDER BY device_id, device_seq",
        (RIDING, subject),
    )
    values: list[tuple[Any, Any]] = []
    for raw, stamp in events:
        event = open_event(bytes(raw), stamp)
        if event.body is not None and field in event.body.sets():
            values.append((event.entity, event.body.sets()[field]))
    if not values:
        return "set by another record"
    entity, value = values[step.b % len(values)]
    return _act(world, step, [(subject, ConflictClosed(target=entity, field=field, value=value))])


# --- turfs and lists ---------------------------------------------------------------------------------


def _turf(n: int) -> bytes:
    return sha256(b"turf %d" % (n % 4)).digest()[:16]


@op(1.5)
def turf(world: World, step: Step) -> str:
    """A turf is cut, changed, given to somebody, or retired."""
    doors = tuple(door_ids()[n] for n in sorted(world.chance.sample(range(len(door_ids())), 3)))
    body: Body = (
        TurfCut(name=f"Turf {step.a % 4}", doors=doors, seconds=600, metres=300, color=1),
        TurfChanged(doors=doors),
        TurfChanged(name=f"Birch {step.salt % 9}"),
        TurfAssigned(to=AUTHORS[step.salt % len(AUTHORS)]),
        TurfRetired(retired=bool(step.salt % 2)),
    )[step.b % 5]
    return _act(world, step, [(_turf(step.a), body)])


@op(1)
def issue(world: World, step: Step) -> str:
    """A walk list goes out; its frozen document is an asset."""
    number = 1_000 + step.salt % 50
    plain = msgspec.msgpack.encode(_document(number, _turf(step.a), _person(step.b)))
    name = sha256(plain).digest()
    asset = Asset(kind="walk_list", size=len(plain), data=zstandard.ZstdCompressor().compress(plain))
    body = WalkListIssued(
        number=number,
        turf=_turf(step.a),
        asset=name,
        canvasser="lea",
        lines=3,
        pages=1,
        doors=3,
        language="en",
    )
    subject = sha256(b"list %d" % step.salt).digest()[:16]
    return _act(world, step, [(subject, body)], lambda act: store_asset(act.db, RIDING, name, asset))


def _document(number: int, turf: bytes, person: bytes) -> WalkListDocument:
    line = SheetLine(
        1, _door(number), person, "2", "", 0, "Birch St", "even", "Roy, Luc", "", "", "", "", False, True,
    )  # fmt: skip
    return WalkListDocument(
        number, RIDING, Text("", ""), Text("", ""), Text("", ""), turf, "Turf", "lea", 0, "2026-11-22", "en", 1, 1, 10,
        100, Script("door", 1, Text("", ""), Text("", ""), ()), (SheetPage(1, (line,)),), (),
    )  # fmt: skip


@op(0.6)
def give_back(world: World, step: Step) -> str:
    """A walk list comes back, or goes out again."""
    issued = _here(world.laptop(step), "walk_list.issued", step.a)
    if issued is None:
        return "no list"
    return _act(world, step, [(issued.subject, WalkListReturned(returned=bool(step.b % 3)))])


# --- shifts --------------------------------------------------------------------------------------


@op(2)
def shift(world: World, step: Step) -> str:
    """A sitting begins, or ends."""
    laptop = world.laptop(step)
    if laptop.shift:
        subject, laptop.shift = laptop.shift, b""
        return _act(world, step, [(subject, ShiftClosed(results=1))])
    opened = sha256(b"shift %d" % step.salt).digest()[:16]
    text = _act(world, step, [(opened, ShiftOpened(volunteer=AUTHORS[step.b % len(AUTHORS)]))])
    laptop.shift = opened
    return text


@op(1.5)
def void(world: World, step: Step) -> str:
    """A sitting was typed wrongly from end to end, or was not."""
    found = _here(world.laptop(step), "shift.opened", step.a)
    if found is None:
        return "no shift"
    body = ShiftVoided(reason="test") if step.b % 5 < 3 else ShiftRestored()
    laptop = world.laptop(step)
    laptop.shift = b"" if laptop.shift == found.subject else laptop.shift
    return _act(world, step, [(found.subject, body)])


# --- rosters -------------------------------------------------------------------------------------


@op(1.2)
def roster(world: World, step: Step) -> str:
    """A file is imported."""
    chosen = rosters()[step.a % len(rosters())]
    body = RosterAdded(
        name=chosen.name, source=f"file{step.a % len(rosters())}", doors=chosen.doors, people=chosen.people
    )
    return _act(
        world, step, [(roster_id_of(chosen.name), body)], lambda act: store_chunks(act.db, RIDING, chosen)
    )


@op(1)
def withdraw(world: World, step: Step) -> str:
    """An imported file is withdrawn, or counts again."""
    found = _here(world.laptop(step), "roster.added", step.a)
    if found is None:
        return "no file"
    return _act(world, step, [(found.subject, RosterWithdrawn() if step.b % 2 else RosterRestored())])
