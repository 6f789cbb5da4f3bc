"""Planted faults of a headquarters that was put back, and of what laptops give back to it (see `faults`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from canvass_app.hq import relaying
from canvass_app.services import identity
from canvass_app.storage.changes import ChangeSet
from canvass_app.sync import inbox

from . import wires
from .planting import everywhere, patched, plants


@plants(
    "what laptops give back to a restored headquarters comes without the stamps it had",
    "stamps outlive a restore",
)
def relay_without_stamps() -> Iterator[None]:
    real = relaying._runs

    def runs(relay: Any) -> list[Any]:
        return [msgspec.structs.replace(batch, stamps=[]) for batch in real(relay)]

    with patched((relaying, "_runs", runs)):
        yield


@plants(
    "what laptops give back takes the numbers that another history has meanwhile",
    "saved events reach headquarters",
    "one log everywhere",
    "max = count = counter",
    "stored = sum of acknowledged",
    "digests agree",
    "each event is delivered once, in order",
)
def relay_overwrites() -> Iterator[None]:
    real = relaying._take

    def take(office: Any, db: Any, riding_id: int, relay: Any, *more: Any) -> Any:
        for seq, _, _ in relay.events:
            db.run(
                "DELETE FROM event WHERE riding_id = ? AND device_id = ? AND device_seq >= ?",
                (riding_id, relay.device_id, seq),
            )
        db.run(
            "UPDATE device_log SET last_seq = ?, acked_through = ? WHERE riding_id = ? AND device_id = ?",
            (relay.events[0][0] - 1, relay.events[0][0] - 1, riding_id, relay.device_id),
        )
        return real(office, db, riding_id, relay, *more)

    with patched((relaying, "_take", take)):
        yield


@plants(
    "a laptop gives nothing back but what it wrote itself",
    "saved events reach headquarters",
    "one log everywhere",
)
def no_relay() -> Iterator[None]:
    def must_offer(*_: object) -> bool:
        return False

    with everywhere(inbox.must_offer, must_offer):
        yield


@plants(
    "what lost its number when headquarters was restored only stands aside",
    "saved events reach headquarters",
    "one log everywhere",
)
def displaced_forgotten() -> Iterator[None]:
    def say_displaced_again(*_: object) -> identity.Renewed:
        return identity.Renewed(ChangeSet(), 0)

    with patched((wires, "say_displaced_again", say_displaced_again)):
        yield
