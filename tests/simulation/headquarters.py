"""One headquarters: the product's own receiving, projecting and sending behind a door that dispatches calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq import filing, projecting, receiving, relaying, sending
from canvass_app.hq.devices import Device
from canvass_app.hq.office import Office
from canvass_app.hq.refusals import No, bad_request, unknown_device
from canvass_app.hq.restoring import begin_recovery
from canvass_app.hq.ridings import add_ridings, riding_states
from canvass_app.sync.boxes import LAPTOP_BOX, box_key
from canvass_app.sync.codec import BadMessage, pack, unpack
from canvass_app.sync.messages import (
    CONTENT_TYPE,
    PROBLEM_TYPE,
    PROTOCOL,
    Asset,
    Batch,
    Hello,
    Message,
    Names,
    Page,
    Problem,
    Relay,
    RosterPart,
)
from canvass_app.sync.replica import keep_fact
from canvass_app.sync.signing import public_key
from canvass_app.sync.steps import Answer, Call

from .memory import Memory
from .town import RIDING


def seed_of(device_id: bytes) -> bytes:
    """The key of a laptop that has joined under this id: both halves of a copy have it."""
    return sha256(b"laptop " + device_id).digest()


@cache
def keys_of(device_id: bytes) -> tuple[bytes, bytes]:
    """The public keys that it told headquarters."""
    seed = seed_of(device_id)
    return public_key(seed), box_key(seed, LAPTOP_BOX)


Delivered = tuple[bytes, bytes, int, int, int, tuple[int, ...]]
"""A page as it left: (epoch, device, skip, after, through, numbers)."""


class Headquarters:
    """`epochs` counts restores. `delivered` notes every page, for the check that a cursor skips nothing."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self.memory = Memory()
        self.now_ms = now_ms
        self.epochs = 0
        self.revoked: set[bytes] = set()
        self.delivered: list[Delivered] = []
        with self.memory.write() as db:
            add_ridings(db, [Riding(RIDING, Text("Birch River", "Rivière-aux-Bouleaux"))])
        self._open()

    def _open(self) -> None:
        epoch = sha256(b"epoch %d" % self.epochs).digest()[:16]
        with self.memory.write() as db:
            if self.epochs:
                begin_recovery(db, epoch, self.now_ms())
            else:
                keep_fact(db, "hq_epoch", epoch.hex())
        self.office = Office(self.memory, bytes(range(32)), epoch, self.now_ms)  # pyright: ignore[reportArgumentType]

    def restore(self, earlier: Memory) -> None:
        """Yesterday's backup, and the restore command that changes the epoch."""
        self.memory.go_back_to(earlier)
        self.epochs += 1
        self._open()

    def device(self, device_id: bytes) -> Device:
        """Every device may see the riding, and joins where it is not known; codes and tokens are not simulated."""
        if not self.memory.read().query("SELECT 1 FROM device WHERE device_id = ?", (device_id,)):
            doom, self.memory.crash_at = self.memory.crash_at, ""
            with self.memory.write() as db:
                db.run(
                    "INSERT INTO device (device_id, name, public_key, box_key, ridings, scope_generation)"
                    " VALUES (?,'laptop',?,?,'\"*\"',1)",
                    (device_id, *keys_of(device_id)),
                )
            self.memory.crash_at = doom
        return Device(device_id, "laptop", None, 1)

    def meet(self, device_id: bytes) -> None:
        """Somebody brings this device's stick: whether it is accepted is looked up in the real table."""
        self.device(device_id)
        with self.memory.write() as db:
            db.run(
                "UPDATE device SET revoked = ? WHERE device_id = ?",
                (int(device_id in self.revoked), device_id),
            )

    def answer(self, call: Call, device_id: bytes) -> Answer:
        """Answer a call as the server does. A Crash passes through: whoever called hears nothing."""
        try:
            if device_id in self.revoked:
                raise unknown_device()
            return Answer(200, CONTENT_TYPE, pack(self._work(call, self.device(device_id))))
        except No as no:
            problem = Problem(code=no.code, en=no.text.en, fr=no.text.fr, have=no.have)
            return Answer(no.status, PROBLEM_TYPE, pack(problem))
        except BadMessage:
            no = bad_request("message")
            problem = Problem(code=no.code, en=no.text.en, fr=no.text.fr)
            return Answer(no.status, PROBLEM_TYPE, pack(problem))

    def _work(self, call: Call, device: Device) -> Message:
        url = urlsplit(call.path)
        parts = url.path.strip("/").split("/")
        query = {name: values[0] for name, values in parse_qs(url.query, keep_blank_values=True).items()}
        office, body = self.office, call.body or b""
        match (call.method, *parts):
            case ("GET", "v1", "ridings"):
                return Hello(
                    protocol=PROTOCOL, epoch=office.epoch, server_time=office.now_ms(),
                    campaign_hash=office.campaign()[1],
                    ridings=riding_states(office, device.device_id, device.ridings),
                )  # fmt: skip
            case ("POST", "v1", "ridings", riding, "events"):
                return receiving.receive(office, device, int(riding), unpack(Batch, body))
            case ("POST", "v1", "ridings", riding, "relay"):
                return relaying.take_relayed(office, device, int(riding), unpack(Relay, body))
            case ("GET", "v1", "ridings", riding, "events"):
                return self.page(
                    device, int(riding), query["cursor"], int(query["limit"]), int(query["skip"])
                )
            case ("POST", "v1", "ridings", riding, "missing"):
                return filing.missing(office, device, int(riding), unpack(Names, body))
            case ("PUT", "v1", "ridings", riding, "assets", name):
                return filing.take_asset(
                    office, device, int(riding), bytes.fromhex(name), unpack(Asset, body)
                )
            case ("GET", "v1", "ridings", riding, "assets", name):
                return filing.give_asset(office, device, int(riding), bytes.fromhex(name))
            case ("GET", "v1", "ridings", riding, "rosters", name):
                return filing.give_index(office, device, int(riding), bytes.fromhex(name))
            case ("PUT", "v1", "ridings", riding, "rosters", name, "chunks"):
                part = unpack(RosterPart, body)
                return filing.take_chunks(office, device, int(riding), bytes.fromhex(name), part)
            case ("GET", "v1", "ridings", riding, "rosters", name, "chunks"):
                numbers = [int(one) for one in query["numbers"].split(",")]
                return filing.give_chunks(office, device, int(riding), bytes.fromhex(name), numbers)
            case ("POST", "v1", "ridings", riding, "rosters", name, "seal"):
                return filing.seal_roster(office, device, int(riding), bytes.fromhex(name))
            case _:
                raise AssertionError(f"no such call: {call.method} {call.path}")

    def page(self, device: Device, riding: int, cursor: str, limit: int, skip: int) -> Page:
        """A page, noted in `delivered`."""
        after = sending.read_cursor(self.office, cursor, riding, device.scope_generation)
        page = sending.page(self.office, device, riding, cursor, limit, skip)
        numbers = tuple(sequence for sequence, _, _ in page.events)
        self.delivered.append((page.epoch, device.device_id, skip, after, page.through, numbers))
        return page

    def catch_up(self) -> None:
        """What the projector's thread does in between."""
        projecting.catch_up(self.office, RIDING)
