"""Whatever was done, in whatever order and portions it arrives: one state, and equal to a fold from scratch."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvass_app.ledger.clock import reading
from canvass_app.ledger.events import Event, Key, Origin, open_event, seal
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptCorrected,
    AttemptMade,
    BarLifted,
    BarSet,
    Body,
    ConflictClosed,
    DoorAdded,
    DoorArrived,
    DoorDescribed,
    DoorLeft,
    DoorSameAs,
    GatheringAdded,
    GatheringChanged,
    LayerAdded,
    MemberAdded,
    MemberAttended,
    MemberJoined,
    MemberPinSet,
    MemberSignedUp,
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
    SelectionRemoved,
    SelectionSaved,
    ShiftOpened,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
    TeamAdded,
    TeamDescribed,
    TurfChanged,
    TurfCut,
)
from canvass_app.ledger.rosters import Roster, build_roster
from canvass_app.services.doctor import state_digest, table_digests
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.log import events_of, insert_events
from canvass_app.storage.migrate import migrate
from canvass_app.storage.projections import PROJECTED, project, rebuild
from canvass_app.storage.roster_store import roster_id_of, store_chunks
from tests.services.conftest import RIDING, START_MS, door, person

ZONE = "America/Toronto"
DEVICES = 3
EXAMPLES = int(os.environ.get("CANVASS_PROOF_ORDERS", "3000"))


def _rosters() -> list[Roster]:
    """Overlapping files: one town named, unnamed, and another; ids of another source; a newer version."""
    plain = [door(n) for n in (2, 4, 6)]
    named = [door(n, town="Birch River") for n in (2, 4)]
    far = [door(4, town="Elm Bay")]
    with_ids = [d._replace(door_id=bytes([d.number]) * 16, postal_code="K1A 0B1") for d in plain[1:]]
    newer = [plain[0]._replace(postal_code="H0H 0H0"), door(8)]
    folk = [person(plain[0], "Roy", "Luc"), person(plain[1], "Tremblay", "Anne", 1970)]
    return [
        build_roster(RIDING, plain, [*folk, person(plain[1], "Tremblay", "Anne", 1940)]),
        build_roster(RIDING, named, [person(named[0], "Roy", "Luc", 1960), person(named[1], "Tremblay", "Anne")]),
        build_roster(RIDING, far, [person(far[0], "Tremblay", "Anne", source="van", external_id="9")]),
        build_roster(RIDING, with_ids, [person(with_ids[0], "Tremblay", "Anne", 1970, source="van", external_id="7")]),
        build_roster(RIDING, newer, [folk[0]._replace(phone="6135550123")]),
    ]  # fmt: skip


ROSTERS = _rosters()
DOORS = sorted({*(door(n).door_id for n in (2, 4, 6, 8)), door(2, town="Birch River").door_id, bytes([4]) * 16, b"n" * 16})  # fmt: skip
HOMES = {n: door(n) for n in (2, 4)}
PEOPLE = sorted(
    {
        person(HOMES[2], "Roy", "Luc").person_id,
        person(HOMES[4], "Tremblay", "Anne", 1970).person_id,
        person(HOMES[4], "Tremblay", "Anne", 1940).person_id,
        person(door(4, town="Birch River"), "Tremblay", "Anne").person_id,
        person(door(4, town="Elm Bay"), "Tremblay", "Anne").person_id,
        b"p" * 16,
    }
)
SHIFTS = [bytes([200 + n]) * 16 for n in range(3)]
TURFS = [b"t" * 16, b"u" * 16]
TEAMS, MEMBERS, GATHERINGS = [b"T" * 16, b"U" * 16], [b"M" * 16, b"N" * 16], [b"G" * 16]
SELECTIONS = [b"S" * 16, b"R" * 16]


@dataclass
class Device:
    """One of several devices that write without knowing all that the others wrote."""

    number: int
    seq: int = 0
    known: list[Event] = field(default_factory=list[Event])

    def write(
        self, subject: bytes, body: Body, shift: bytes, hlc: int, origin: Origin | None = None
    ) -> Event:
        mine = [e for e in self.known if e.subject == subject]
        folded = fold_subject(mine)
        self.seq += 1
        event = seal(
            RIDING, Key(bytes([self.number]) * 16, self.seq), subject, body, author=f"device {self.number}",
            shift=shift, hlc=hlc, wall_ms=START_MS + self.seq,
            sees=sorted({key for name in body.sets() if name in folded for key in folded[name].heads}),
            nonce=sha256(bytes([self.number]) + self.seq.to_bytes(4, "big")).digest()[:8], reissue_of=origin,
        )  # fmt: skip
        self.known.append(event)
        return event


def _one(of: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    return st.sampled_from(of)


def _made(
    kind: type[Body], subjects: Sequence[bytes], **fields: Any
) -> st.SearchStrategy[tuple[bytes, Body]]:
    values = st.fixed_dictionaries(
        {k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in fields.items()}
    )
    return st.tuples(_one(subjects), values.map(lambda given: kind(**given)))


_LEVEL = st.sampled_from(["1", "2", ""])
_ATTEMPT_KEYS = st.tuples(st.integers(1, DEVICES), st.integers(1, 6))
_FREE = st.one_of(
    _made(AttemptMade, DOORS, code=st.sampled_from(["not_home", "refused", "canvassed"]), person=st.one_of(st.just(b""), _one(PEOPLE))),
    _ATTEMPT_KEYS.flatmap(
        lambda key: _made(AttemptCorrected, DOORS, device=bytes([key[0]]) * 16, seq=key[1], code=st.sampled_from(["", "moved"]))
    ),
    _made(BarSet, DOORS, target="door"), _made(BarLifted, DOORS, target="door"), _made(BarSet, PEOPLE, target="person"),
    _made(NoteWritten, DOORS, target="door", text="dog"), _made(NoteWritten, PEOPLE, target="person", text="cat"),
    _ATTEMPT_KEYS.flatmap(lambda key: _made(NoteWithdrawn, DOORS, target="door", device=bytes([key[0]]) * 16, seq=key[1])),
    _made(SupportMarked, PEOPLE, level=_LEVEL), _made(AnswerGiven, PEOPLE, question="pledge", answers=st.sampled_from([("yes",), ()])),
    _made(ResidenceEnded, PEOPLE, reason=st.sampled_from(["moved", ""])),
    _made(ResidenceEnded, PEOPLE, reason=st.sampled_from(["deceased", ""]), witness=_one(SHIFTS)),
    _made(PersonAdded, PEOPLE, last="New"), _made(PersonDescribed, PEOPLE, phone=st.sampled_from(["1", "2"])),
    _made(ResidenceBegan, PEOPLE, door=_one(DOORS)),
    _made(DoorAdded, DOORS, number=10, street="ELM"), _made(DoorDescribed, DOORS, postal_code=st.sampled_from(["A", "B"])),
    _made(DoorLeft, DOORS, riding=st.sampled_from([RIDING, RIDING + 1]), link_id=b"l" * 16),
    _made(DoorArrived, DOORS, riding=RIDING, origin=RIDING + 1, link_id=b"l" * 16, street="OAK"),
    _made(DoorSameAs, DOORS, other=_one(DOORS), joined=st.booleans()),
    _made(PersonSameAs, PEOPLE, other=_one(PEOPLE), joined=st.booleans()),
    _made(ConflictClosed, PEOPLE, target="person", field="support", value="1"),
    _made(ConflictClosed, DOORS, target="door", field="postal_code", value="C"),
    _made(ShiftOpened, SHIFTS, volunteer="Zoé"), _made(ShiftVoided, SHIFTS), _made(ShiftRestored, SHIFTS),
    _made(TurfCut, TURFS, name="Turf", doors=st.lists(_one(DOORS), unique=True, max_size=3).map(tuple)),
    _made(TurfChanged, TURFS, doors=st.lists(_one(DOORS), unique=True, max_size=3).map(tuple)),
    _made(TeamAdded, TEAMS, name="North"), _made(TeamDescribed, TEAMS, name=st.sampled_from(["East", "West"])),
    _made(MemberAdded, MEMBERS, name="Zoé Tremblay", languages=("en", "fr")),
    _made(MemberJoined, MEMBERS, team=_one(TEAMS), role=st.sampled_from(["lead", "member", ""])),
    _made(MemberSignedUp, MEMBERS, gathering=_one(GATHERINGS), answer=st.sampled_from(["coming", "no", ""])),
    _made(MemberAttended, MEMBERS, gathering=_one(GATHERINGS), came=st.sampled_from(["came", "absent", ""])),
    _made(MemberPinSet, MEMBERS, pin=st.sampled_from(["a", "b", ""])),
    _made(GatheringAdded, GATHERINGS, team=_one(TEAMS), sort="calls", when=(1, 2), places=4),
    _made(GatheringChanged, GATHERINGS, when=st.sampled_from([(3, 4), (5, 6)])),
    _made(SelectionSaved, SELECTIONS, name="Birch", query="{}"), _made(SelectionSaved, SELECTIONS, name=st.sampled_from(["Elm", "Oak"])),
    _made(SelectionSaved, SELECTIONS, query=st.sampled_from(["[]", "{}"])), _made(SelectionRemoved, SELECTIONS, removed=st.booleans()),
    _made(PersonErased, MEMBERS, salt=b"s" * 16, keys=()),
    _made(LayerAdded, [b"y" * 16, b"z" * 16], layer="streets", asset=st.sampled_from([b"1" * 32, b"2" * 32])),
)  # fmt: skip


def _file(number: int) -> st.SearchStrategy[tuple[bytes, Body]]:
    roster = ROSTERS[number]
    added = RosterAdded(name=roster.name, source=f"{number}.csv", doors=roster.doors, people=roster.people)
    return st.tuples(
        st.just(roster_id_of(roster.name)),
        st.sampled_from([added, added, RosterWithdrawn(), RosterRestored()]),
    )


_FILES = st.integers(0, len(ROSTERS) - 1).flatmap(_file)


@dataclass(frozen=True)
class Step:
    """One device writes something, or first learns what all others wrote."""

    device: int
    said: tuple[bytes, Body]
    shift: bytes
    late: int
    learns: bool
    turn: int
    """0: nothing more; 1: its number is given to something else too; 2: it is said again under a new number."""


_STEPS = st.lists(
    st.builds(
        Step, st.integers(1, DEVICES), st.one_of(_FREE, _FREE, _FILES), st.sampled_from([b"", *SHIFTS]),
        st.integers(-3, 3), st.booleans(), st.sampled_from([0, 0, 0, 0, 0, 1, 2]),
    ),
    min_size=8, max_size=30,
)  # fmt: skip


def write_history(steps: list[Step]) -> list[Event]:
    """Every event of the history, the forks and re-issues among them."""
    devices = {number: Device(number) for number in range(1, DEVICES + 1)}
    successor = Device(9)
    log: list[Event] = []
    for place, step in enumerate(steps):
        device = devices[step.device]
        if step.learns:
            device.known = list({e.key: e for e in (*log, *device.known)}.values())
        event = device.write(*step.said, step.shift, reading(START_MS + place + step.late))
        log.append(event)
        if step.turn == 1:
            twin = replace(device, known=list(device.known[:-1]), seq=device.seq - 1)
            other = twin.write(step.said[0], step.said[1], step.shift, reading(START_MS + place + 1))
            log.append(other)
            event = other
        if step.turn:
            origin = Origin(*event.key, event.hash)
            log.append(successor.write(*step.said, step.shift, event.hlc, origin))
    return log


def arrive(db: Connection, items: list[Any], log: list[Event]) -> None:
    """Portions of events, or a file's chunks, come in."""
    for item in items:
        if isinstance(item, Roster):
            store_chunks(db, RIDING, item)
            subject = roster_id_of(item.name)
            project(db, events_of(db, RIDING, [subject]).get(subject, []), ZONE)
        else:
            project(db, insert_events(db, item).touched, ZONE)
    # At last HQ's order becomes known, of every other number: of two events with one, the first that reached it.
    numbered = list({event.key: event for event in reversed(log)}.values())[::-2]
    stamped = [open_event(e.raw, e.hlc + 1 if n % 3 == 0 else e.hlc) for n, e in enumerate(numbered)]
    found = insert_events(db, stamped, range(1, len(stamped) + 1))
    project(db, [*found.touched, *(e for e in stamped if e.stamp != e.hlc)], ZONE)


def portions(log: list[Event], draw: Callable[[Any], Any]) -> list[Any]:
    """The events in some order, cut in portions, with the files' chunks anywhere between."""
    order = draw(st.permutations(log))
    items: list[Any] = []
    while order:
        size = draw(st.integers(1, 6))
        items.append(order[:size])
        order = order[size:]
    for roster in ROSTERS:
        items.insert(draw(st.integers(0, len(items))), roster)
    return items


class Undo(Exception):
    """Ends an example without leaving anything."""


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[SqliteDatabase]]:
    folder: Path = tmp_path_factory.mktemp("order")
    made = [SqliteDatabase(folder / f"{n}.db", b"k" * 32) for n in range(2)]
    for one in made:
        migrate(one)
    yield made
    for one in made:
        one.close()


def rows(db: Connection) -> dict[str, list[Any]]:
    return {table: sorted(db.query(f"SELECT * FROM {table}"), key=repr) for table in PROJECTED}


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(steps=_STEPS, data=st.data())
def test_any_order_gives_the_state_of_a_fold_from_scratch(
    databases: list[SqliteDatabase], steps: list[Step], data: st.DataObject
) -> None:
    check(databases, write_history(steps), data.draw)


@pytest.mark.proof
@pytest.mark.timeout(0)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(steps=_STEPS, data=st.data())
def test_any_order_gives_the_state_of_a_fold_from_scratch_at_length(
    databases: list[SqliteDatabase], steps: list[Step], data: st.DataObject
) -> None:
    check(databases, write_history(steps), data.draw)


def check(databases: list[SqliteDatabase], log: list[Event], draw: Callable[[Any], Any]) -> None:
    """The events in two orders, and each state again from scratch: all one."""
    found: list[tuple[bytes, dict[str, list[Any]]]] = []
    # The second one is built again a few events at a time.
    for database, at_once in zip(databases, (50_000, 3), strict=True):
        try:
            with database.write() as db:
                arrive(db, portions(log, draw), log)
                before, digests = rows(db), table_digests(db, RIDING)
                digest = state_digest(db, RIDING)
                rebuild(db, RIDING, ZONE, at_once)
                assert rows(db) == before, [
                    t for t in PROJECTED if table_digests(db, RIDING)[t] != digests[t]
                ]
                assert state_digest(db, RIDING) == digest
                found.append((digest, before))
                raise Undo
        except Undo:
            pass
    assert found[0][1] == found[1][1]
    assert found[0][0] == found[1][0]


def test_an_event_of_a_kind_from_the_future_is_not_in_the_way(databases: list[SqliteDatabase]) -> None:
    one = Device(1).write(DOORS[0], AttemptMade(code="not_home"), b"", 1)
    values = msgspec.msgpack.decode(one.raw)
    values[3], values[4] = 2, "parrot.taught"
    future = open_event(msgspec.msgpack.encode(values, order="sorted"))
    assert future.body is None
    try:
        with databases[0].write() as db:
            project(db, insert_events(db, [one, future]).touched, ZONE)
            assert db.query("SELECT COUNT(*) FROM attempt") == [(1,)]
            raise Undo
    except Undo:
        pass
