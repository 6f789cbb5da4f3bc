"""What stands aside at headquarters is said again there, under numbers of headquarters' own.

The other half of a copied laptop takes a new identity and says its events again itself. But it may never come back: it
was lost after its stick had arrived, or put back from a backup. What headquarters was told counts all the same, and
counts once, whoever else says it too (ledger/fold.py, rule 1).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import blake2b

from canvass_app.ledger.events import NOBODY, NONCE_BYTES, Event, Key
from canvass_app.ledger.reissue import said_again
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import events_of

from .office import Office


def own_device(office: Office) -> bytes:
    """The device id under which headquarters says things again. Another one after a restore, so that no number that an
    earlier headquarters gave out is given twice."""
    return blake2b(office.epoch, key=office.seed, person=b"canvass hq aside", digest_size=16).digest()


def set_aside(db: Connection, riding_id: int, forks: Sequence[Event]) -> list[Event]:
    """Keep events whose number another one holds; those of them that were not kept before."""
    if not forks:
        return []
    known = {
        bytes(row[0])
        for row in query_in(
            db,
            "SELECT hash FROM fork WHERE riding_id = ? AND hash IN (??)",
            (riding_id,),
            [e.hash for e in forks],
        )
    }
    fresh = [event for event in forks if event.hash not in known]
    db.run_many(
        "INSERT INTO fork (riding_id, device_id, device_seq, hash, raw) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
        [(riding_id, *event.key, event.hash, event.raw) for event in fresh],
    )
    return fresh


def said_here(db: Connection, riding_id: int, aside: Sequence[Event], own: bytes, last: int) -> list[Event]:
    """What stands aside and nobody has said again yet, under the numbers of `own` after `last`."""
    spoken = [event for event in aside if event.subject != NOBODY]
    stored = events_of(db, riding_id, {event.subject for event in spoken})
    known = {one.identity: one.key for events in stored.values() for one in events}
    names = {event.key: known[event.identity] for event in spoken if event.identity in known}
    silent = [event for event in spoken if event.identity not in known]
    names |= {event.key: Key(own, last + place) for place, event in enumerate(silent, 1)}
    return [said_again(event, names[event.key], names, os.urandom(NONCE_BYTES)) for event in silent]
