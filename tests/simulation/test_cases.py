"""Acceptance cases of ledger-and-sync.md over a model of the wire: the product's own steps on both sides, modelled bytes between.

The same cases over real sockets, processes and files are elsewhere (tests/sync, tests/hq, tests/system, tests/acceptance).
Cases of which a model can show nothing (1: eight writers at once; 17: earlier releases) are not here.
"""

from __future__ import annotations

import random
from hashlib import sha256

import msgspec
import pytest
import zstandard

from canvass_app.domain.errors import CanvassError, NotFound, Refused, SyncProblem
from canvass_app.ledger.events import FORMAT
from canvass_app.ledger.kinds import (
    AttemptMade,
    Body,
    PersonDescribed,
    RosterAdded,
    SupportMarked,
    TurfChanged,
    TurfCut,
    WalkListIssued,
)
from canvass_app.ledger.rosters import build_roster
from canvass_app.services.doctor import state_digest
from canvass_app.services.walk_lists import load_document
from canvass_app.storage.roster_store import roster_id_of, store_chunks
from canvass_app.sync.codec import BadMessage, expand, squeeze, unpack
from canvass_app.sync.messages import Batch
from canvass_app.sync.problems import NotHeadquarters, Unreachable
from canvass_app.sync.steps import Answer

from . import keyboard, sticks, wires
from .invariants import check_all, check_receipts
from .laptop import Laptop
from .memory import Crash
from .scenes import knocks, pending, stored, sync, sync_all, three_laptops
from .steps import Step
from .sticks import Stick
from .town import RIDING, door, door_ids, listed, people_ids, person
from .world import DAY, World


@pytest.fixture
def world() -> World:
    return three_laptops()


def test_case_02_modelled_laptop_killed_at_every_commit_of_a_pull(world: World) -> None:
    many = [(door_ids()[n % 4], AttemptMade(code="not_home", page_line=f"{n}")) for n in range(300)]
    world.acknowledge(world.laptops[0].act("lea", [*many]))
    sync(world, world.laptops[0])
    for when in ("before", "after"):
        deaths = 0
        for at in range(1, 50):
            reader = Laptop(9, sha256(b"%d" % at).digest()[:16], world.now_ms)
            reader.dial()
            try:
                live_through(world, reader, at, when)
            except Crash:
                deaths += 1
                reader.start()
                sync(world, reader)
                world.hq.catch_up()
                assert state_digest(reader.memory.read(), RIDING) == state_digest(
                    world.hq.memory.read(), RIDING
                )
            else:
                break
        assert deaths >= 4


def live_through(world: World, laptop: Laptop, commits: int, when: str) -> None:
    """An exchange of a laptop that dies at its n-th commit."""
    left = commits
    real = laptop.memory.write

    def write() -> object:
        nonlocal left
        left -= 1
        laptop.memory.crash_at = when if left == 0 else ""
        return real()

    laptop.memory.write = write  # type: ignore[method-assign]
    try:
        while wires.exchange_once(world, laptop, "ok") is None:
            pass
    finally:
        del laptop.memory.write  # type: ignore[method-assign]


def test_case_03_modelled_a_lost_reply_costs_one_batch(world: World) -> None:
    laptop = world.laptops[0]
    knocks(world, laptop, 60)
    sent: list[int] = []
    lost = False
    for _ in range(2):
        laptop.dial()
        while True:
            call = laptop.call
            assert call is not None
            push = call.method == "POST" and call.path.endswith("/events")
            if push:
                sent.append(len(unpack(Batch, call.body or b"").events))
            try:
                if (
                    wires.exchange_once(world, laptop, "lost_reply" if push and not lost else "ok")
                    is not None
                ):
                    break
            except Unreachable:
                lost = True
                break
    assert lost
    assert sum(sent) == stored(world) + sent[0]
    assert pending(laptop) == 0
    sync_all(world)
    check_all(world)


def test_case_04_modelled_yesterdays_headquarters(world: World) -> None:
    for laptop in world.laptops:
        knocks(world, laptop, 10)
    sync_all(world)
    yesterday = world.hq.memory.copy()
    for laptop in world.laptops:
        knocks(world, laptop, 7)
    sync_all(world)
    before, stamps = stored(world), {e.hash: e.stamp for _, e in world.hq_events()}
    world.hq.restore(yesterday)
    assert stored(world) == before - 21
    world.ms += 30 * DAY
    sync_all(world)
    assert stored(world) == before
    assert {e.hash: e.stamp for _, e in world.hq_events()} == stamps
    check_all(world)


def test_case_05_modelled_a_push_cut_at_every_64th_byte(world: World) -> None:
    laptop = world.laptops[0]
    knocks(world, laptop, 40)
    waiting = pending(laptop)
    cut = 0
    while True:
        laptop.hang_up()
        laptop.dial()
        while not (laptop.call is not None and laptop.call.path.endswith("/events")):
            wires.exchange_once(world, laptop, "ok")
        frame = squeeze(laptop.call.body or b"")
        if cut >= len(frame):
            break
        with pytest.raises(BadMessage):
            expand(frame[:cut], "zstd")
        with pytest.raises(Unreachable):
            laptop.hear(Unreachable("cut"))
        assert pending(laptop) == waiting
        assert stored(world) == 0
        cut += 64
    assert cut > 1_000
    sync(world, laptop)
    assert (pending(laptop), stored(world)) == (0, waiting)


@pytest.mark.parametrize("fate", sorted(set(wires.FATES) - {"ok", "stall", "echo"}))
def test_case_06_modelled_the_queue_drains_by_itself_after(world: World, fate: str) -> None:
    laptop = world.laptops[0]
    knocks(world, laptop, 5)
    for at in range(6):
        laptop.dial()
        try:
            for call in range(at + 1):
                if wires.exchange_once(world, laptop, fate if call == at else "ok") is not None:
                    break
        except Crash:
            laptop.start()
        except CanvassError:
            pass
        check_receipts(world, laptop)
    sync(world, laptop)
    assert pending(laptop) == 0
    sync_all(world)
    check_all(world)


def test_case_07_modelled_poison_is_set_aside_and_the_rest_lands(world: World) -> None:
    laptop = world.laptops[0]
    good = knocks(world, laptop, 6)
    victim = good[2]
    del world.acknowledged[victim.hash]
    fields = list(msgspec.msgpack.decode(victim.raw))
    assert fields[0] == FORMAT
    fields[7] = "le\0a"
    raw = msgspec.msgpack.encode(fields)
    with laptop.memory.write() as db:
        db.run("UPDATE event SET raw = ?, hash = ? WHERE hash = ?", (raw, sha256(raw).digest(), victim.hash))
    sync(world, laptop)
    assert pending(laptop) == 0
    assert stored(world) == 6
    aside = world.hq.memory.read().query("SELECT device_seq, raw FROM quarantine")
    assert [(int(seq), bytes(kept)) for seq, kept in aside] == [(victim.key.device_seq, raw)]
    assert int(laptop.memory.read().query("SELECT COUNT(*) FROM quarantine")[0][0]) == 1


def test_case_08_modelled_the_same_batch_five_times(world: World) -> None:
    laptop = world.laptops[0]
    knocks(world, laptop, 20)
    knocks(world, world.laptops[1], 5)
    laptop.dial()
    while not (laptop.call is not None and laptop.call.path.endswith("/events")):
        wires.exchange_once(world, laptop, "ok")
    answers = []
    for _ in range(5):
        answers.append(wires.knock(world, laptop.call, laptop.book.device_id))
        sync(world, world.laptops[1])
    assert all(isinstance(answer, Answer) and answer.status == 200 for answer in answers)
    sync_all(world)
    assert stored(world) == 21 + 5
    check_all(world)


def test_case_13_modelled_an_erased_person_stays_erased(world: World) -> None:
    first, late = world.laptops[0], world.laptops[1]
    sync_all(world)
    at = people_ids().index(next(row.person_id for row, _ in listed() if row.first == "Anne"))
    anne = people_ids()[at]
    edit: list[tuple[bytes, Body]] = [
        (anne, PersonDescribed(phone="6135550147")),
        (anne, SupportMarked(level="2")),
    ]
    world.acknowledge(late.act("tom", edit))
    keyboard.erase(world, Step("erase", 0, at, 0, 7))
    sync(world, first)
    world.ms += 60 * DAY
    keyboard.roster(world, Step("roster", 2, 1, 0, 8))
    sync_all(world)
    assert pending(late) == 0
    for place in [world.hq.memory, *(laptop.memory for laptop in world.laptops)]:
        db = place.read()
        assert not db.query("SELECT 1 FROM person WHERE riding_id = ? AND last = 'Tremblay'", (RIDING,))
        for (raw,) in db.query("SELECT raw FROM event WHERE riding_id = ?", (RIDING,)):
            assert b"6135550147" not in bytes(raw)
        for (data,) in db.query("SELECT data FROM roster_chunk WHERE riding_id = ?", (RIDING,)):
            assert b"Tremblay" not in zstandard.ZstdDecompressor().decompress(bytes(data))
    check_all(world)


def test_case_15_modelled_a_cold_start_while_many_push() -> None:
    """Small: 600 doors and people, 24 laptops that push while one pulls everything for the first time."""
    world = World(4)
    world.chance = random.Random(4)
    world.laptops = [Laptop(n, sha256(b"%d" % n).digest()[:16], world.now_ms) for n in range(25)]
    doors = [door(n) for n in range(2, 1202, 2)]
    big = build_roster(RIDING, doors, [person(home, f"Name{n}", "Kim") for n, home in enumerate(doors)])
    lead, cold = world.laptops[0], world.laptops[-1]
    body = RosterAdded(name=big.name, source="big", doors=len(doors), people=len(doors))
    world.acknowledge(
        lead.act(
            "lea", [(roster_id_of(big.name), body)], before=lambda act: store_chunks(act.db, RIDING, big)
        )
    )
    sync(world, lead)
    for laptop in world.laptops[:-1]:
        knocks(world, laptop, 12)
    others = iter(world.laptops[:-1])
    cold.dial()
    while wires.exchange_once(world, cold, "ok") is None:
        other = next(others, None)
        if other is not None:
            sync(world, other)
    for laptop in others:
        sync(world, laptop)
    sync(world, cold)
    world.hq.catch_up()
    assert stored(world) == 1 + 24 * 12
    assert int(cold.memory.read().query("SELECT COUNT(*) FROM attempt")[0][0]) == 24 * 12
    assert int(cold.memory.read().query("SELECT COUNT(*) FROM door")[0][0]) == 600
    sync_all(world)
    check_all(world)


def test_case_20_modelled_a_revoked_laptop_keeps_what_is_pending_and_a_stick_delivers_it_later(
    world: World,
) -> None:
    """The part of the case that a model can show: nothing pending is lost. What is erased on the laptop then is scope."""
    laptop = world.laptops[1]
    sync(world, laptop)
    knocks(world, laptop, 20)
    world.hq.revoked.add(laptop.book.device_id)
    with pytest.raises(Refused):
        sync(world, laptop)
    assert pending(laptop) == 20
    stick = Stick()
    assert sticks.load(stick, laptop) == 20
    assert sticks.deliver(stick, world.hq, random.Random(1), cut=False)[0] == 0
    assert (pending(laptop), stored(world)) == (20, 0)
    world.hq.revoked.clear()
    sticks.deliver(stick, world.hq, random.Random(1), cut=False)
    assert sticks.bring_back(stick, laptop)
    assert pending(laptop) == 0
    assert stored(world) == 20


def test_case_21_modelled_headquarters_killed_between_commit_and_reply(world: World) -> None:
    laptop = world.laptops[0]
    saved = knocks(world, laptop, 25)
    laptop.dial()
    while not (laptop.call is not None and laptop.call.path.endswith("/events")):
        wires.exchange_once(world, laptop, "ok")
    with pytest.raises(Unreachable):
        wires.exchange_once(world, laptop, "hq_dies_after")
    assert stored(world) == 26
    assert pending(laptop) == 26
    sync(world, laptop)
    assert (stored(world), pending(laptop)) == (26, 0)
    assert {event.hash for event in saved} <= {event.hash for _, event in world.hq_events()}
    sync_all(world)
    check_all(world)


@pytest.mark.parametrize(
    ("fate", "problem"), [("portal", NotHeadquarters), ("bad_gateway", Unreachable), ("forged", SyncProblem)]
)
def test_case_23_modelled_a_portals_page_is_no_receipt(
    world: World, fate: str, problem: type[Exception]
) -> None:
    laptop = world.laptops[0]
    knocks(world, laptop, 8)
    laptop.dial()
    while not (laptop.call is not None and laptop.call.path.endswith("/events")):
        wires.exchange_once(world, laptop, "ok")
    waiting = pending(laptop)
    with pytest.raises(problem):
        wires.exchange_once(world, laptop, fate)
    assert pending(laptop) == waiting > 0
    sync(world, laptop)
    assert pending(laptop) == 0


def test_case_25_modelled_sticks_twice_in_any_order_half_copied(world: World) -> None:
    parts = [Stick(), Stick(), Stick()]
    for number, stick in enumerate(parts):
        for laptop in world.laptops[:2]:
            knocks(world, laptop, 4 + number)
            sticks.load(stick, laptop)
    whole = sum(
        len({e.key for e in world.acknowledged.values() if e.key.device_id == laptop.book.device_id})
        for laptop in world.laptops[:2]
    )
    chance = random.Random(3)
    for stick in reversed(parts):
        sticks.deliver(stick, world.hq, chance, cut=True)
    for stick in (*parts, *reversed(parts)):
        sticks.deliver(stick, world.hq, chance, cut=False)
    for stick in parts:
        for laptop in world.laptops[:2]:
            sticks.bring_back(stick, laptop)
    assert stored(world) == whole
    assert [pending(laptop) for laptop in world.laptops[:2]] == [0, 0]
    sync_all(world)
    check_all(world)


def test_case_29_modelled_a_list_opens_with_its_names_after_the_turf_was_cut_again(world: World) -> None:
    lead, other, typist = world.laptops[:3]
    sync_all(world)
    turf = sha256(b"turf").digest()[:16]
    world.acknowledge(
        lead.act("lea", [(turf, TurfCut(name="North", doors=door_ids()[:3], seconds=60, metres=50, color=1))])
    )
    keyboard.issue(world, Step("issue", 0, 0, 0, 17))
    sync_all(world)
    number = next(e.body.number for _, e in world.hq_events() if isinstance(e.body, WalkListIssued))
    world.acknowledge(other.act("tom", [(turf, TurfChanged(doors=door_ids()[3:5]))]))
    sync_all(world)
    document = load_document(typist.book, number)
    assert [line.name for line in document.lines] == ["Roy, Luc"]
    with pytest.raises(NotFound):
        load_document(typist.book, number + 1)
    check_all(world)
