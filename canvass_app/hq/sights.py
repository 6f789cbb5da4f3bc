"""Who saw somebody, from everything that headquarters holds: the records of devices, and what it handed out itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from canvass_app.domain.accesses import Access
from canvass_app.ledger.trail import LOG_SPAN, Entry, Record, chunk_ref, log_refs, person_ref
from canvass_app.services.audit import Sight, sight_of
from canvass_app.storage.audit import places_of
from canvass_app.storage.audit_finding import Pages, in_time, is_said_again, pages_with, records_with
from canvass_app.storage.bulk import unhurried_collector
from canvass_app.storage.database import Connection
from canvass_app.storage.log import members, resolve
from canvass_app.sync.messages import SightRow, WhoSaw

from .office import Office
from .ridings import riding_ids

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer: the newest first. `more`: older ones are left out."""

    riding_id: int
    sights: list[Sight]
    more: bool


def who_saw(
    office: Office, riding_id: int, person_id: bytes, *, since_ms: int = 0, most: int = MOST
) -> Seen | None:
    """Who saw a person of a riding, under every id they have; None when neither the log nor the riding knows them.

    What headquarters handed to one device is told in one line for each sort: how often, first and last. Raises AlteredLog
    where what would be told is not as it was kept.
    """
    db = office.read()
    ids = ids_of(db, riding_id, person_id)
    places = places_of(db, riding_id, ids)
    refs = {person_ref(riding_id, one) for one in ids} | log_refs(places) | _chunks_of(db, riding_id, ids)
    # Of a person whom every laptop was given often, tens of thousands of rows are read at once.
    with unhurried_collector():
        found = records_with(db, riding_id, refs, since_ms=since_ms, pages=False)
        pages = pages_with(db, riding_id, places, since_ms=since_ms)
        if pages and any(is_said_again(one) for one in found):
            # It may repeat one of the pages, and must not be told beside it: all of them are opened.
            found, pages = records_with(db, riding_id, refs, since_ms=since_ms), {}
        found = [one for one in found if _concerns(one, places)]
        if not found and not pages and not places and not _is_known(db, riding_id, ids):
            return None
        names = {bytes(device): str(name) for device, name in db.query("SELECT device_id, name FROM device")}
        sights = _told([*found, *(one.last for one in pages.values())], pages, names)
    return Seen(riding_id, sights[:most], len(sights) > most)


def who_saw_anywhere(office: Office, person_id: bytes, *, since_ms: int = 0) -> list[Seen]:
    """`who_saw` in every riding that knows the person."""
    found = (who_saw(office, one, person_id, since_ms=since_ms) for one in riding_ids(office.read()))
    return [one for one in found if one is not None]


def ids_of(db: Connection, riding_id: int, person_id: bytes) -> set[bytes]:
    """Every id that means the person."""
    main = resolve(db, riding_id, [person_id])[person_id]
    return {person_id, *(one for some in members(db, riding_id, [main]).values() for one in some)}


def _is_known(db: Connection, riding_id: int, ids: Collection[bytes]) -> bool:
    return any(
        db.query("SELECT 1 FROM person WHERE riding_id = ? AND person_id = ?", (riding_id, one))
        for one in ids
    )


def _chunks_of(db: Connection, riding_id: int, ids: Collection[bytes]) -> set[bytes]:
    """What finds the chunks of imported files in which the person has, or would have, a row: rows lie in the ids' order."""
    rosters = db.query(
        "SELECT DISTINCT roster_id FROM roster_chunk WHERE riding_id = ? AND kind = 'people'", (riding_id,)
    )
    found: set[bytes] = set()
    for (roster_id,) in rosters:
        for one in ids:
            rows = db.query(
                "SELECT chunk FROM roster_chunk WHERE riding_id = ? AND roster_id = ? AND kind = 'people'"
                " AND first_key <= ? ORDER BY first_key DESC LIMIT 1",
                (riding_id, roster_id, one),
            )
            found |= {chunk_ref(bytes(roster_id), int(row[0])) for row in rows}
    return found


def _concerns(record: Record, places: Collection[int]) -> bool:
    """Whether a page of the log held one of the numbers: what finds it is a span of them."""
    e = record.entry
    # A laptop may claim whatever it likes: what names the person itself concerns them.
    if e.act != Access.HANDED or e.what != "log" or e.count or len(e.numbers) < 2:
        return True
    first, last, *spans = e.numbers
    return any(first <= one <= last and one // LOG_SPAN in spans for one in places)


def _told(records: Iterable[Record], pages: Mapping[bytes, Pages], names: Mapping[bytes, str]) -> list[Sight]:
    """Records as lines, the newest first; what was handed to one device in many parts is one line, at its last time.

    Of `pages`, which were counted, the last one is among the records.
    """
    newest: list[Record] = []
    many = {(device, "log"): (one.times - 1, one.first.entry.wall_ms) for device, one in pages.items()}
    shown: set[tuple[bytes, str]] = set()
    for one in sorted(records, key=in_time, reverse=True):
        e = one.entry
        if e.act == Access.HANDED:
            key = (e.device, sort_of(e))
            times, first_ms = many.get(key, (0, e.wall_ms))
            many[key] = times + 1, min(first_ms, e.wall_ms)
            if key in shown:
                continue
            shown.add(key)
        newest.append(one)
    lines: list[Sight] = []
    for one in newest:
        line = sight_of(one, names.get(one.entry.device, ""))
        if line.act == Access.HANDED:
            times, first_ms = many[line.device_id, sort_of(line)]
            line = replace(line, times=times, first_ms=first_ms)
        lines.append(line)
    return lines


def sort_of(sight: Sight | Entry) -> str:
    """What was handed out: "log", "roster" or "list"."""
    return sight.what.partition(" ")[0]


def told_on_the_wire(seen: Seen, now_ms: int) -> WhoSaw:
    """An answer as a laptop gets it."""
    return WhoSaw(
        rows=[
            SightRow(
                wall_ms=one.wall_ms, act=one.act, who=one.who, device=one.device_id, device_name=one.device_name,
                what=one.what, numbers=list(one.numbers), reason=one.reason, count=one.count, times=one.times,
                first_ms=one.first_ms,
            )
            for one in seen.sights
        ],
        more=seen.more,
        server_time=now_ms,
    )  # fmt: skip
