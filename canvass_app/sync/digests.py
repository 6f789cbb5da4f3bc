"""The digest of a riding's events up to a number of HQ's order, kept up to date by addition.

It covers (device, seq, hash, stamp) of every event that has a riding_sequence: what laptop and HQ must agree on.
"""

from __future__ import annotations

from typing import NamedTuple

from canvass_app.ledger.digest import digest
from canvass_app.storage.database import Connection

_MODULUS = 1 << 256


class Tally(NamedTuple):
    """How many events, and the sum of their hashes."""

    events: int
    total: int

    @property
    def digest(self) -> bytes:
        """32 bytes."""
        return self.total.to_bytes(32, "big")

    def plus(self, other: Tally, sign: int = 1) -> Tally:
        """With the events of `other` too (or, with sign -1, without them)."""
        return Tally(self.events + sign * other.events, (self.total + sign * other.total) % _MODULUS)


def read_tally(events: int, text: str) -> Tally:
    """A tally as a table keeps it: the digest in hexadecimal, "" for nothing yet."""
    return Tally(events, int(text or "0", 16))


def tally_between(db: Connection, riding_id: int, after: int, through: int) -> Tally:
    """The events numbered after+1 .. through, as they are stored now."""
    rows = db.query(
        "SELECT device_id, device_seq, hash, stamp FROM event WHERE riding_id = ? AND riding_sequence > ?"
        " AND riding_sequence <= ?",
        (riding_id, after, through),
    )
    return Tally(len(rows), int.from_bytes(digest(rows), "big"))
