"""A bundle on its way up: what headquarters has not acknowledged, with the files that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection

from .assets import lacking, load_asset, load_part, named_assets, named_rosters, roster_index
from .bundle_items import Ask, Item, PlaceNow, put
from .inbox import read_place
from .messages import MAX_BATCH_BYTES, PROTOCOL, Declare, RosterPart
from .outbox import next_batch, read_mark
from .relaying import relays
from .replica import Replica

_WRITING = Text("Writing results", "Écriture des résultats")


@dataclass(slots=True)
class Loaded:
    """What went into a bundle: by riding, the numbers after which and through which events are in it."""

    ridings: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    relayed: int = 0
    """Events of others that a restored headquarters lacks."""

    @property
    def events(self) -> int:
        """How many events."""
        return sum(through - after for after, through in self.ridings.values())


def ridings_to_ask(me: Replica) -> list[int]:
    """The ridings that this laptop syncs or has something to send in."""
    rows = me.database.read().query(
        "SELECT riding_id FROM sync_state UNION SELECT riding_id FROM device_log WHERE device_id = ?"
        " AND last_seq > acked_through ORDER BY riding_id",
        (me.device_id,),
    )
    return [int(row[0]) for row in rows]


def has_relays(me: Replica, ridings: list[int]) -> bool:
    """Whether a restored headquarters lacks something of others that lies here."""
    return any(next(relays(me, riding_id, 1), None) is not None for riding_id in ridings)


def up_items(
    me: Replica,
    ridings: list[int],
    campaign_hash: bytes,
    loaded: Loaded,
    batch_events: int,
    begin: Mapping[int, int] | None = None,
    declared: Iterable[Declare] = (),
) -> Iterator[Item]:
    """The items of a bundle to headquarters; `loaded` is told as they go. Raises SyncStopped.

    `begin`: by riding, a number after which to begin, when it is not the last receipt's; `declared`: who accepted the
    campaign's declaration.
    """
    yield put("ask", Ask(protocol=PROTOCOL, campaign_hash=campaign_hash))
    for one in declared:
        yield put("declared", one)
    total = sum(read_mark(me.database.read(), one, me.device_id).pending for one in ridings)
    for riding_id in ridings:
        db = me.database.read()
        acked = read_mark(db, riding_id, me.device_id).acked_through
        assets, rosters = lacking(db, riding_id)
        here = PlaceNow(
            cursor=read_place(db, riding_id).cursor, acked_through=acked, assets=assets, rosters=rosters
        )
        yield put("place", here, riding_id)
        sent: set[bytes] = set()
        first = after = (begin or {}).get(riding_id, acked)
        while True:
            me.stop_if_cancelled()
            me.progress(_WRITING, loaded.events, total)
            found = next_batch(
                me.database.read(), riding_id, me.device_id, batch_events, MAX_BATCH_BYTES, after
            )
            if found is None:
                break
            batch, events = found
            yield from files_of(
                me.database.read(), riding_id, named_assets(events), named_rosters(events), sent
            )
            yield put("events", batch, riding_id)
            after = batch.to_seq
            loaded.ridings[riding_id] = (first, after)
        for relay, events in relays(me, riding_id, batch_events):
            me.stop_if_cancelled()
            yield from files_of(
                me.database.read(), riding_id, named_assets(events), named_rosters(events), sent
            )
            yield put("relay", relay, riding_id)
            loaded.relayed += len(events)


def files_of(
    db: Connection, riding_id: int, assets: Iterable[bytes], rosters: Iterable[bytes], sent: set[bytes]
) -> Iterator[Item]:
    """Assets and rosters as far as they are here and not `sent`; one part at a time."""
    for name in assets:
        asset = load_asset(db, riding_id, name) if name not in sent else None
        if asset is not None:
            sent.add(name)
            yield put("asset", asset, riding_id, name)
    for name in rosters:
        index = roster_index(db, riding_id, name) if name not in sent else None
        if index is None or not index.whole:
            continue
        sent.add(name)
        todo = [chunk.number for chunk in index.chunks]
        while todo:
            part = load_part(db, riding_id, name, todo)
            yield put("roster", RosterPart(chunks=part), riding_id, name)
            todo = todo[len(part) :]
        yield put("sealed", None, riding_id, name)
