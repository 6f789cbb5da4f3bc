"""What stands aside at headquarters is said again there, under numbers of headquarters' own.

The other half of a copied laptop takes a new identity and says its events again itself. But it may never come back: it
was lost after its stick had arrived, or put back from a backup. What headquarters was told counts all the same, and
counts once, whoever else says it too (ledger/fold.py, rule 1).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
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


def names_here(db: Connection, riding_id: int, events: Sequence[Event]) -> dict[Key, Key]:
    """For what these events say: the number under which it stands here, where it does."""
    stored = events_of(db, riding_id, {event.subject for event in events})
    known = {one.identity: one.key for found in stored.values() for one in found}
    return {event.key: known[event.identity] for event in events if event.identity in known}


def said_here(
    db: Connection,
    riding_id: int,
    aside: Sequence[Event],
    own: bytes,
    last: int,
    before: Mapping[Key, Key],
) -> list[Event]:
    """What stands aside and nobody has said again yet, under the numbers of `own` after `last`.

    `before`: under which numbers stands what the same copy had said before these; they may point at it.
    """
    spoken = [event for event in aside if event.subject != NOBODY]
    names = {**before, **names_here(db, riding_id, spoken)}
    silent = [event for event in spoken if event.key not in names]
    names |= {event.key: Key(own, last + place) for place, event in enumerate(silent, 1)}
    return [said_again(event, names[event.key], names, os.urandom(NONCE_BYTES)) for event in silent]
