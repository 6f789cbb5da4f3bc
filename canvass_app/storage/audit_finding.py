"""What concerns somebody in the log of who saw whom (ledger/trail.py).

Records are opened and their hash is made again before anything of them is told. Pages of the log that headquarters handed
out, of which a person may be in tens of thousands, are counted by what finds them; the ones at both ends of a count are opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain as flat
from typing import Any, NamedTuple

from canvass_app.domain.accesses import OF_CHAINS
from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.trail import (
    LOG_SPAN,
    BadRecord,
    LogPage,
    Record,
    holds,
    kept_record,
    log_ref,
    page_of,
    set_ref,
    spans_of,
)

from .database import Connection, query_in

ENDLESS = 1 << 62
_AT_ONCE = 200


_ALTERED = Text(
    "The record of who saw whom is not as it was kept: this answer would rest on an altered part. Nothing was changed. At "
    "headquarters, “canvass-hq audit verify” names the first bad record.",
    "Le registre de consultation n’est plus tel qu’il a été conservé : cette réponse reposerait sur une partie modifiée. Rien "
    "n’a été changé. Au quartier général, « canvass-hq audit verify » nomme la première inscription en cause.",
)


class AlteredLog(StorageProblem):
    """A record that was to be told is not the one that was kept."""


class Pages(NamedTuple):
    """The pages of the log that one device was given: how many, the first and the last."""

    times: int
    first: Record
    last: Record


def sets_with(db: Connection, riding_id: int, refs: Iterable[bytes]) -> set[bytes]:
    """The names of the sets that hold one of these references."""
    # The database looks first: of five thousand sets most are in reach of any reference, and few hold it.
    inside = "instr(data, ?) > 0" if db.dialect == "sqlite" else "position(? IN data) > 0"
    found: set[bytes] = set()
    for ref in refs:
        rows = db.query(
            f"SELECT name, data FROM audit_set WHERE riding_id = ? AND low <= ? AND high >= ? AND {inside}",
            (riding_id, ref, ref, ref),
        )
        found.update(bytes(name) for name, data in rows if holds(bytes(data), ref))
    return found


def records_with(
    db: Connection, riding_id: int, refs: Collection[bytes], *, since_ms: int = 0, until_ms: int = ENDLESS,
    pages: bool = True,
) -> list[Record]:  # fmt: skip
    """Every record that is found by one of these references, or by a set that holds one, the oldest first.

    What was said again after a copy or a restore comes once. `pages`: pages of the log that were handed out, too. Raises
    AlteredLog for one that is not as it was kept.
    """
    wanted = sorted({*refs, *(set_ref(name) for name in sets_with(db, riding_id, refs))})
    rows: list[tuple[Any, ...]] = []
    for table in ("audit_ref", "audit_page") if pages else ("audit_ref",):
        rows += query_in(
            db,
            f"SELECT a.hash, a.raw FROM {table} r JOIN audit a ON a.riding_id = r.riding_id AND a.chain = r.chain"
            " AND a.number = r.number WHERE r.riding_id = ? AND a.wall_ms >= ? AND a.wall_ms < ? AND r.ref IN (??)",
            (riding_id, since_ms, until_ms),
            wanted,
        )
    found = {bytes(digest): bytes(raw) for digest, raw in rows}
    opened = [_checked(raw, digest) for digest, raw in found.items()]
    told: set[bytes] = set()
    kept: list[Record] = []
    for one in sorted(opened, key=in_time):
        link = one.entry.link
        if link and is_said_again(one):
            if link in found or link in told:
                continue
            told.add(link)
        kept.append(one)
    return kept


def _checked(raw: bytes, digest: bytes) -> Record:
    try:
        return kept_record(raw, digest)
    except BadRecord as error:
        raise AlteredLog(_ALTERED, detail=str(error)) from error


def is_said_again(record: Record) -> bool:
    """Whether it names a record of another chain that it repeats."""
    return bool(record.entry.link) and record.entry.act not in OF_CHAINS


def in_time(record: Record) -> tuple[int, bytes, int]:
    """The order in which records are told."""
    return record.entry.wall_ms, record.entry.chain, record.entry.number


# --- pages that were handed out --------------------------------------------------------------------


def pages_with(
    db: Connection, riding_id: int, places: Collection[int], *, since_ms: int = 0, until_ms: int = ENDLESS
) -> dict[bytes, Pages]:
    """By device: the pages that held one of these numbers of headquarters' order. Raises AlteredLog when the record at either
    end of them is not as it was kept, or not what its page says."""
    found: set[tuple[int, bytes, int, bytes]] = set()
    # CROSS JOIN: SQLite keeps that order, and looks up each of the few in the many.
    wanted = [(log_ref(span), first, last) for span, first, last in spans_of(places)]
    for values in _parts(wanted):
        rows = db.query(
            f"SELECT p.device, p.wall_ms, p.chain, p.number FROM (VALUES {_places(values)}) AS w CROSS JOIN audit_page p"
            " WHERE p.riding_id = ? AND p.ref = w.column1 AND p.low <= w.column3 AND p.high >= w.column2"
            " AND p.wall_ms >= ? AND p.wall_ms < ?",
            (*flat.from_iterable(values), riding_id, since_ms, until_ms),
        )
        found.update(
            (int(ms), bytes(chain), int(number), bytes(device)) for device, ms, chain, number in rows
        )
    times: dict[bytes, int] = {}
    ends: dict[bytes, tuple[tuple[int, bytes, int], tuple[int, bytes, int]]] = {}
    for wall_ms, chain, number, device in found:
        place = (wall_ms, chain, number)
        first, last = ends.get(device, (place, place))
        ends[device] = min(first, place), max(last, place)
        times[device] = times.get(device, 0) + 1
    records = _opened(db, riding_id, {one for both in ends.values() for one in both})
    done = {
        device: Pages(times[device], records[first], records[last]) for device, (first, last) in ends.items()
    }
    for device, pages in done.items():
        for one in (pages.first, pages.last):
            page = page_of(one.entry)
            if one.entry.device != device or page is None or not _holds(page, places):
                raise AlteredLog(_ALTERED, detail="a page is not what its record says")
    return done


def _holds(page: LogPage, places: Collection[int]) -> bool:
    return any(page.low <= one <= page.high and log_ref(one // LOG_SPAN) in page.refs for one in places)


def _opened(
    db: Connection, riding_id: int, places: Collection[tuple[int, bytes, int]]
) -> dict[tuple[int, bytes, int], Record]:
    """Records, by their moment, chain and number."""
    found: dict[tuple[int, bytes, int], Record] = {}
    for values in _parts([(chain, number) for _, chain, number in sorted(places)]):
        rows = db.query(
            f"SELECT a.hash, a.raw FROM (VALUES {_places(values)}) AS w CROSS JOIN audit a WHERE a.riding_id = ?"
            " AND a.chain = w.column1 AND a.number = w.column2",
            (*flat.from_iterable(values), riding_id),
        )
        for digest, raw in rows:
            record = _checked(bytes(raw), bytes(digest))
            found[in_time(record)] = record
    if found.keys() != set(places):
        raise AlteredLog(_ALTERED, detail="a page has no record, or another one")
    return found


def _parts(values: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))


def _places(values: Sequence[tuple[Any, ...]]) -> str:
    return ",".join(f"({','.join('?' * len(one))})" for one in values)
