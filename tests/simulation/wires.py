"""Steps on the wire and with sticks: everything that can happen to a request, an answer, a parcel."""

from __future__ import annotations

from canvass_app.domain.errors import SyncProblem
from canvass_app.services.identity import has_forked, say_displaced_again, take_new_identity
from canvass_app.sync.codec import BadMessage, expand, pack, squeeze, unpack
from canvass_app.sync.exchange import Exchanged
from canvass_app.sync.messages import CONTENT_TYPE, Batch, Receipt, Signed
from canvass_app.sync.problems import COPIED, TimedOut, Unreachable
from canvass_app.sync.steps import Answer, Call

from . import sticks
from .invariants import check_call
from .laptop import Laptop
from .memory import Crash
from .steps import Step, op
from .sticks import Stick
from .town import RIDING
from .world import World

FATES = (
    *("ok",) * 14, "lost_request", "lost_reply", "lost_reply", "twice", "echo", "cut_request", "cut_reply", "portal",
    "bad_gateway", "forged", "slow", "stall", "stall", "hq_dies_before", "hq_dies_after", "dies_before", "dies_after",
)  # fmt: skip


@op(26)
def wire(world: World, step: Step) -> str:
    """Some calls of a laptop's exchange; the last one meets its fate."""
    laptop = world.laptop(step)
    said = []
    for left in range(step.a % 8, -1, -1):
        fate = FATES[step.b % len(FATES)] if left == 0 else "ok"
        laptop.dial()
        call = laptop.call
        assert call is not None
        done = exchange_once(world, laptop, fate)
        said.append(
            f"{call.method} {call.path.partition('?')[0].removeprefix('/v1/ridings')}{'' if fate == 'ok' else ' ' + fate}"
        )
        if done is not None:
            said.append(f"done, {done.pushed} up, {done.pulled} down")
            break
    return ", ".join(said)


def exchange_once(world: World, laptop: Laptop, fate: str) -> Exchanged | None:
    """One call and its answer, or what becomes of them."""
    assert laptop.call is not None
    check_call(laptop, world.hq.office.epoch)
    if laptop.stalled is not None:
        answer, laptop.stalled = laptop.stalled, None
    else:
        found = _carry(world, laptop, laptop.call, fate)
        if found is None:
            return None
        answer = found
    if fate in ("dies_before", "dies_after"):
        laptop.memory.crash_at = fate.removeprefix("dies_")
    try:
        done = laptop.hear(answer)
    except SyncProblem as problem:
        if problem.text == COPIED:
            laptop.forked = True
            renew(world, laptop)
        raise
    finally:
        if fate in ("dies_before", "dies_after"):
            laptop.memory.crash_at = ""
    if done is not None:
        laptop.forked |= bool(done.forks)
        renew(world, laptop, done)
    return done


def renew(world: World, laptop: Laptop, done: Exchanged | None = None) -> None:
    """After an exchange: somebody else wrote under our numbers, so we become another device and join again; and what
    lost its number at a restored headquarters is said again."""
    if laptop.forked or has_forked(laptop.book):
        old = laptop.book.device_id
        laptop.hang_up()
        again = take_new_identity(laptop.book).said_again
        laptop.forked = laptop.has_cursor = False
        world.lines.append(
            f"  laptop {laptop.index} was {old.hex()[:3]}, is {laptop.book.device_id.hex()[:3]} and says {again} again"
        )
    again = say_displaced_again(laptop.book, done.unrelayed if done else None).said_again
    if again:
        world.lines.append(f"  laptop {laptop.index} says {again} again that lost their numbers")


def _carry(world: World, laptop: Laptop, call: Call, fate: str) -> Answer | Exception | None:
    device_id = laptop.book.device_id
    if call.method != "GET" and fate == "echo":
        world.echoes.append((device_id, call))
    if fate == "lost_request":
        return Unreachable("simulated")
    if fate == "portal":
        return Answer(200, "text/html; charset=utf-8", b"<html>Welcome to our free Wi-Fi</html>")
    if fate == "bad_gateway":
        return Answer(502, "text/html", b"<html>bad gateway</html>")
    if fate == "forged" and call.path.endswith("/events"):
        return _forged(laptop, call)
    if fate == "cut_request" and call.body:
        return _cut(world, device_id, call)
    if fate == "twice":
        knock(world, call, device_id)
    answer = knock(world, call, device_id, fate)
    if answer is None or fate == "lost_reply":
        return Unreachable("simulated")
    if fate == "slow":
        return TimedOut("simulated")
    if fate == "cut_reply":
        return _cut_answer(world, answer)
    if fate == "stall":
        laptop.stalled = answer
        return None
    return answer


def knock(world: World, call: Call, device_id: bytes, fate: str = "") -> Answer | None:
    """Headquarters' answer; None when it died over it."""
    hq = world.hq
    if fate in ("hq_dies_before", "hq_dies_after"):
        hq.memory.crash_at = fate.removeprefix("hq_dies_")
    try:
        return hq.answer(call, device_id)
    except Crash:
        return None
    finally:
        hq.memory.crash_at = ""
        world.note_watermarks()


def _cut(world: World, device_id: bytes, call: Call) -> Answer | Exception:
    """The connection breaks in the middle of a request: what arrived is no whole frame."""
    assert call.body is not None
    frame = squeeze(call.body)
    try:
        body = expand(frame[: world.chance.randrange(len(frame))], "zstd")
    except BadMessage:
        return Unreachable("simulated")
    knock(world, call._replace(body=body), device_id)
    return Unreachable("simulated")


def _cut_answer(world: World, answer: Answer) -> Answer | Exception:
    frame = squeeze(answer.body)
    try:
        return answer._replace(body=expand(frame[: world.chance.randrange(len(frame))], "zstd"))
    except BadMessage:
        return Unreachable("simulated")


def _forged(laptop: Laptop, call: Call) -> Answer:
    """Something between us and headquarters says: all received. It cannot sign."""
    batch = unpack(Batch, call.body or b"")
    receipt = Receipt(
        riding_id=RIDING, device_id=batch.device_id, from_seq=batch.from_seq, to_seq=batch.to_seq,
        acked_through=batch.to_seq, stamps=[], sequences=[(batch.from_seq, 1, len(batch.events))], quarantined=[],
        forks=[], epoch=bytes.fromhex(laptop.book.meta("hq_epoch")), server_time=laptop.now_ms(),
    )  # fmt: skip
    return Answer(200, CONTENT_TYPE, pack(Signed(payload=pack(receipt), signature=bytes(64))))


@op(1)
def echo(world: World, step: Step) -> str:
    """A request of long ago arrives once more."""
    if not world.echoes:
        return "none"
    device, call = world.echoes[step.a % len(world.echoes)]
    answer = knock(world, call, device)
    return f"{call.method} {call.path.partition('?')[0]} again: {answer.status if answer else 'dead'}"


@op(0.7)
def hang_up(world: World, step: Step) -> str:
    """The lid is closed in the middle of an exchange."""
    world.laptop(step).hang_up()
    return "hung up"


def _stick(world: World, step: Step) -> Stick:
    return world.sticks[step.a % len(world.sticks)]


@op(2)
def load_stick(world: World, step: Step) -> str:
    """A laptop writes its outbox on a stick."""
    return (
        f"{sticks.load(_stick(world, step), world.laptop(step))} events on stick {step.a % len(world.sticks)}"
    )


@op(2)
def deliver_stick(world: World, step: Step) -> str:
    """A stick reaches headquarters, whole or half-copied."""
    taken, refused = sticks.deliver(_stick(world, step), world.hq, world.chance, cut=step.b % 4 == 0)
    world.note_watermarks()
    return f"{taken} bundles taken, {refused} refused or cut"


@op(2)
def bring_stick(world: World, step: Step) -> str:
    """A stick comes back from headquarters."""
    laptop = world.laptop(step)
    used = sticks.bring_back(_stick(world, step), laptop, world.chance)
    renew(world, laptop)
    return f"{used} events told of"


@op(0.4)
def lose_stick(world: World, step: Step) -> str:
    """A stick is lost; its finder cannot read it."""
    world.sticks[step.a % len(world.sticks)] = Stick()
    world.count_losses()
    return "lost"
