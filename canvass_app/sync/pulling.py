"""Pulling a riding: pages in HQ's order, what they name fetched first, and a digest compared at the end."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from canvass_app.domain.errors import SyncProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event
from canvass_app.storage.bulk import unhurried_collector
from canvass_app.storage.log import events_of, left_behind
from canvass_app.storage.projections import project
from canvass_app.storage.roster_store import is_whole, roster_id_of

from .assets import (
    check_asset,
    check_chunk,
    drop_roster,
    index_has_name,
    lacking,
    missing_assets,
    named_assets,
    named_rosters,
    roster_index,
    roster_verifies,
    store_asset,
    store_part,
)
from .codec import BadMessage
from .inbox import (
    Opened,
    apply_page,
    is_verified,
    keep_ahead,
    note_verified,
    open_page,
    read_place,
    recount,
    start_over,
)
from .messages import Asset, ChunkName, Digest, Page, RosterCut, RosterIndex, RosterPart
from .outbox import read_mark
from .parts import holds_a_part, settle, take_cut
from .problems import CONFUSED, DAMAGED_ROSTER, DIFFERS, RESTORED, TimedOut
from .replica import APPLY_SECONDS, FIRST_PAGE, TYPING_SECONDS, Replica
from .steps import Call, Declined, Steps, read_answer
from .waiting import MOST_WAITING, fold_waiting

_FETCHING = Text("Fetching what others did", "Récupération du travail des autres")
_FETCHING_FILES = Text("Fetching lists and maps", "Récupération des listes et des cartes")
ASSET_PATIENCE = 180.0
_CHUNKS_A_CALL = 64


@dataclass(slots=True)
class Pulled:
    """What a pull came to. `verified`: the digests were compared and are equal."""

    events: int = 0
    assets: int = 0
    verified: bool = False


def pull_riding(me: Replica, riding_id: int, last_sequence: int) -> Steps[Pulled]:
    """Fetch a riding's events from the cursor on. Raises SyncProblem or Refused; each page applied stays applied."""
    done = Pulled()
    started_over = False
    while True:
        digest = yield from _pull_pages(me, riding_id, last_sequence, done, everything=started_over)
        done.assets += yield from _fetch_lacking(me, riding_id)
        if digest is None or agrees(me, riding_id, digest):
            done.verified = digest is not None
            if done.verified and not is_verified(me.database.read(), riding_id):
                with me.database.write() as db:
                    note_verified(db, riding_id, me.clock.now_ms())
            return done
        if started_over:
            raise SyncProblem(DIFFERS, detail=f"riding {riding_id} through {digest.through}")
        started_over = True
        with me.database.write() as db:
            start_over(db, riding_id)


def agrees(me: Replica, riding_id: int, digest: Digest) -> bool:
    """Whether what lies here up to headquarters' number is what headquarters has; counted anew before it is denied."""

    def equal() -> bool:
        place = read_place(me.database.read(), riding_id)
        return (place.pulled_through, place.tally.events, place.tally.digest) == (
            digest.through,
            digest.events,
            digest.digest,
        )

    if equal():
        return True
    with me.database.write() as db:
        recount(db, riding_id)
    return equal()


def _pull_pages(
    me: Replica, riding_id: int, last_sequence: int, done: Pulled, *, everything: bool
) -> Steps[Digest | None]:
    again = False
    ready: tuple[str, Call] | None = None
    kept = 0
    while True:
        me.stop_if_cancelled()
        db = me.database.read()
        place = read_place(db, riding_id)
        # Own events that have their receipt are here with stamp and number; the others HQ may send.
        everything = everything or bool(left_behind(db, riding_id))
        skip = 0 if everything else read_mark(db, riding_id, me.device_id).acked_through
        me.progress(_FETCHING, place.pulled_through, max(last_sequence, place.pulled_through))
        known = ready is not None and ready[0] == place.cursor
        call = ready[1] if ready is not None and known else _page_call(me, riding_id, skip, place.cursor)
        ready = None
        try:
            page = read_answer((yield call), Page)
        except TimedOut:
            if me.page.at_least:
                raise
            me.page.failed()
            continue
        except Declined as declined:
            if declined.problem.code != "cursor" or again:
                raise
            again = everything = True
            with me.database.write() as writing:
                start_over(writing, riding_id)
            continue
        if page.epoch != me.epoch(db):
            # Its numbers mean something else than ours. The next greeting learns of it, and pulls once, not twice.
            raise SyncProblem(RESTORED, detail=f"riding {riding_id}")
        if page.through < place.pulled_through or (page.more and page.through == place.pulled_through):
            raise SyncProblem(CONFUSED, detail="a page leads nowhere")
        if not place.cursor:
            _settle(me, riding_id, page)
        opened = open_page(page)
        if page.more and not me.typing():
            # Headquarters looks for the next page while this one is folded.
            ready = page.cursor, _page_call(me, riding_id, skip, page.cursor)
            me.ahead(ready[1])
        done.assets += yield from _fetch_named(me, riding_id, opened[0])
        new = _apply(me, riding_id, page, opened)
        done.events += new
        kept += new
        if not page.more:
            return page.digest
        if kept >= MOST_WAITING:
            fold_waiting(me, riding_id)
            kept = 0


def _settle(me: Replica, riding_id: int, page: Page) -> None:
    try:
        settle(me, riding_id, page.part)
    except BadMessage as error:
        raise SyncProblem(CONFUSED, detail=str(error)) from error


def _page_call(me: Replica, riding_id: int, skip: int, cursor: str) -> Call:
    path = f"/v1/ridings/{riding_id}/events?limit={me.page.value}&skip={skip}&cursor={quote(cursor)}"
    return Call("GET", path)


def _apply(me: Replica, riding_id: int, page: Page, opened: Opened) -> int:
    """Apply a page: at once, or in small parts while somebody types, whose key must not wait for it."""
    with unhurried_collector():
        return _apply_now(me, riding_id, page, opened)


def _apply_now(me: Replica, riding_id: int, page: Page, opened: Opened) -> int:
    events, sequences, bad = opened
    new = at = 0
    while me.typing() and len(events) - at > me.part.value:
        me.stop_if_cancelled()
        end = at + me.part.value
        began = me.timer()
        new += keep_ahead(me, events[at:end], sequences[at:end])
        me.part.fits(me.timer() - began, TYPING_SECONDS)
        at = end
    began = me.timer()
    rest = events[at:], sequences[at:], bad
    new += apply_page(me, riding_id, page, rest, later=not me.typing())
    took = me.timer() - began
    if me.typing():
        me.part.fits(took, TYPING_SECONDS)
        me.page.value = max(me.page.least, min(me.page.value, FIRST_PAGE))
    elif page.more:
        me.page.fits(took, APPLY_SECONDS)
    return new


def _fetch_named(me: Replica, riding_id: int, events: list[Event]) -> Steps[int]:
    fetched = 0
    for name in missing_assets(me.database.read(), riding_id, named_assets(events)):
        fetched += yield from _fetch_asset(me, riding_id, name)
    part = holds_a_part(me.database.read(), riding_id)
    for name in named_rosters(events):
        if part:
            fetched += yield from _fetch_cut(me, riding_id, name)
        elif not is_whole(me.database.read(), riding_id, name):
            fetched += yield from _fetch_roster(me, riding_id, name)
    return fetched


def _fetch_cut(me: Replica, riding_id: int, name: bytes) -> Steps[int]:
    """What a roster says of the part that this laptop holds."""
    me.stop_if_cancelled()
    me.progress(_FETCHING_FILES, 0, 0)
    path = f"/v1/ridings/{riding_id}/rosters/{name.hex()}/part"
    try:
        take_cut(me, riding_id, name, read_answer((yield Call("GET", path, None, ASSET_PATIENCE)), RosterCut))
    except Declined as declined:
        if declined.status != 404:
            raise
        return 0
    except BadMessage as error:
        raise SyncProblem(DAMAGED_ROSTER, detail=str(error)) from error
    return 1


def _fetch_asset(me: Replica, riding_id: int, name: bytes) -> Steps[int]:
    me.stop_if_cancelled()
    me.progress(_FETCHING_FILES, 0, 0)
    path = f"/v1/ridings/{riding_id}/assets/{name.hex()}"
    try:
        asset = read_answer((yield Call("GET", path, None, ASSET_PATIENCE)), Asset)
        check_asset(name, asset)
    except Declined as declined:
        if declined.status != 404:
            raise
        # Its owner has not sent it yet; it is asked for again at every sync.
        return 0
    except BadMessage as error:
        raise SyncProblem(CONFUSED, detail=str(error)) from error
    with me.database.write() as db:
        store_asset(db, riding_id, name, asset)
    me.changes.ridings.add(riding_id)
    me.changes.layers |= asset.kind == "layer"
    return 1


def _fetch_roster(me: Replica, riding_id: int, name: bytes) -> Steps[int]:
    path = f"/v1/ridings/{riding_id}/rosters/{name.hex()}"
    try:
        index = read_answer((yield Call("GET", path)), RosterIndex)
    except Declined as declined:
        if declined.status != 404:
            raise
        return 0
    if not index_has_name(riding_id, name, index.chunks):
        return 0
    wanted = {chunk.number: chunk for chunk in index.chunks}
    here = set(roster_index(me.database.read(), riding_id, name).chunks)
    todo = [number for number, chunk in wanted.items() if chunk not in here]
    while todo:
        me.stop_if_cancelled()
        me.progress(_FETCHING_FILES, len(wanted) - len(todo), len(wanted))
        part = read_answer((yield _chunks_call(path, todo)), RosterPart)
        got = {chunk.number for chunk in part.chunks}
        todo = [number for number in todo if number not in got]
        if got and todo:
            me.ahead(_chunks_call(path, todo))
        _check(part, wanted)
        with me.database.write() as db:
            store_part(db, riding_id, name, part.chunks)
    if not roster_verifies(me.database.read(), riding_id, name):
        with me.database.write() as db:
            drop_roster(db, riding_id, name)
        raise SyncProblem(DAMAGED_ROSTER)
    return 1


def _chunks_call(path: str, numbers: list[int]) -> Call:
    """Ask for the first of these chunks; the answer may hold fewer."""
    listed = ",".join(str(number) for number in numbers[:_CHUNKS_A_CALL])
    return Call("GET", f"{path}/chunks?numbers={listed}", None, ASSET_PATIENCE)


def _check(part: RosterPart, wanted: dict[int, ChunkName]) -> None:
    """Raises SyncProblem unless chunks came, and each is one that was asked for."""
    try:
        for chunk in part.chunks:
            check_chunk(chunk)
            name = ChunkName(
                number=chunk.number,
                leaves=sha256(chunk.leaves).digest(),
                rows=sha256(chunk.rows).digest(),
            )
            if wanted.get(chunk.number) != name:
                raise BadMessage("a chunk is not the one that was asked for")
        if not part.chunks:
            raise BadMessage("no chunk came")
    except BadMessage as error:
        raise SyncProblem(DAMAGED_ROSTER, detail=str(error)) from error


def _fetch_lacking(me: Replica, riding_id: int) -> Steps[int]:
    fetched = 0
    assets, rosters = lacking(me.database.read(), riding_id)
    for name in assets:
        fetched += yield from _fetch_asset(me, riding_id, name)
    part = holds_a_part(me.database.read(), riding_id)
    for name in rosters:
        if part:
            fetched += yield from _fetch_cut(me, riding_id, name)
            continue
        if not is_whole(me.database.read(), riding_id, name):
            fetched += yield from _fetch_roster(me, riding_id, name)
        if is_whole(me.database.read(), riding_id, name):
            with me.database.write() as db:
                subject = roster_id_of(name)
                changes = project(db, events_of(db, riding_id, [subject]).get(subject, []), me.time_zone)
            me.changes.add(changes)
    return fetched
