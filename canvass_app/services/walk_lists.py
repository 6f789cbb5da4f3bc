"""Issuing walk lists: a turf frozen into numbered lines on pages, and found again by its number."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from math import cos, radians

import msgspec

from canvass_app.domain.address import civic_text
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.geo import E6
from canvass_app.domain.numbers import list_code
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import RoutePoint, SheetLine, Side, WalkListDocument, paginate
from canvass_app.ledger.kinds import WalkListIssued, WalkListReturned
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.days import local_day

from .act import Act
from .assets import get_asset, put_asset
from .book import Book
from .doors_out import NOT_PRINTED, lists_out, refuse_twice
from .map_data import LineData, load_streets
from .placing import placed_by_number
from .ridings import get_riding
from .turf_rows import turf_door_ids

# A laptop that never joined a headquarters draws its numbers from here; HQ leases blocks below it.
UNJOINED_FIRST = 100_000
UNJOINED_BLOCKS = 9_000
BLOCK = 100
# Streets this far beyond the turf's own box are drawn on the cover's map (micro-degrees, about 150 m).
_MARGIN_E6 = 1_500
_COVER_ASPECT = 3.3

_NO_CAMPAIGN = Text(
    "No campaign is set on this laptop, so there is no script to print. Join a campaign or set one first.",
    "Aucune campagne n’est définie sur cet ordinateur : il n’y a pas de questionnaire à imprimer. "
    "Joignez-vous à une campagne ou définissez-en une.",
)
_EMPTY = Text(
    "This turf has no doors any more. Choose another turf.",
    "Ce secteur n’a plus de portes. Choisissez un autre secteur.",
)


@dataclass(frozen=True, slots=True)
class ListSummary:
    """A walk list in tables. `results`: lines that have one."""

    list_id: bytes
    riding_id: int
    number: int
    code: str
    turf_name: str
    canvasser: str
    lines: int
    doors: int
    pages: int
    issued_ms: int
    issued_day: str
    results: int
    returned: bool
    language: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A freshly issued list."""

    list_id: bytes
    document: WalkListDocument
    changes: ChangeSet


def issue_walk_list(
    book: Book,
    riding_id: int,
    turf_id: bytes,
    *,
    language: str = "en",
    canvasser: str = "",
    author: str = "",
    at_ms: int | None = None,
    anyway: bool = False,
) -> Issued:
    """Freeze a turf into a numbered list, issued now or at `at_ms`. `anyway`: also with doors on a list that is out; the
    event says which list that was.

    Raises InputError (no campaign, empty turf), NotFound, GivenAlready (doors on a list that is out).
    """
    campaign = book.campaign
    if campaign is None:
        raise InputError(_NO_CAMPAIGN)
    riding = get_riding(book, riding_id)
    turf = book.read().query(
        "SELECT name, assigned, seconds, metres FROM turf WHERE riding_id = ? AND turf_id = ?",
        (riding_id, turf_id),
    )
    if not turf:
        raise NotFound(Text("This turf is not on this laptop.", "Ce secteur n’est pas sur cet ordinateur."))
    name, assigned, seconds, metres = turf[0]
    doors = turf_door_ids(book, riding_id, turf_id)
    lines, route, people = _lines(book, riding_id, doors)
    if not lines:
        raise InputError(_EMPTY)
    pages = paginate(lines)
    issued_ms = book.now_ms() if at_ms is None else at_ms
    with book.act(author) as act:
        act.wall_ms = issued_ms
        listed = {line.door_id for line in lines}
        if not anyway:
            refuse_twice(book, riding_id, listed, NOT_PRINTED, act.db)
        out = lists_out(book, riding_id, listed, act.db) if anyway else []
        number = _next_number(act)
        list_id = os.urandom(16)
        document = WalkListDocument(
            number=number,
            riding_id=riding_id,
            riding=riding.name,
            campaign=campaign.name,
            authorisation=campaign.authorisation,
            turf_id=turf_id,
            turf_name=name,
            canvasser=canvasser or assigned,
            issued_ms=issued_ms,
            issued_day=local_day(issued_ms, book.time_zone),
            language=language,
            doors=len(listed),
            people=people,
            minutes=max(1, round(seconds / 60)),
            metres=int(metres),
            script=campaign.script,
            pages=pages,
            route=tuple(route),
            streets=_streets_near(book, riding_id, route),
            path=_path(book, riding_id, doors),
        )
        asset = put_asset(act.db, riding_id, "walk_list", msgspec.msgpack.encode(document))
        act.add(
            riding_id,
            list_id,
            WalkListIssued(
                number=number,
                turf=turf_id,
                asset=asset,
                canvasser=document.canvasser,
                lines=len(lines),
                pages=len(pages),
                doors=document.doors,
                language=language,
                although=tuple(sorted(one.number for one in out)),
            ),
        )
    act.changes.turfs.add(turf_id)
    return Issued(list_id, document, act.changes)


def _lines(book: Book, riding_id: int, doors: list[bytes]) -> tuple[list[SheetLine], list[RoutePoint], int]:
    db = book.read()
    places = {
        bytes(row[0]): row
        for row in query_in(
            db,
            "SELECT door_id, number, suffix, unit, floor, street_label, lon_e6, lat_e6, last_code, last_ms, barred, access"
            " FROM door WHERE riding_id = ? AND door_id IN (??)",
            (riding_id,),
            doors,
        )
    }
    folk: dict[bytes, list[tuple[bytes, str, str, bool]]] = {}
    for door, person, last, first, support, barred in query_in(
        db,
        "SELECT door_id, person_id, last, first, support, barred FROM person"
        " WHERE riding_id = ? AND gone = '' AND door_id IN (??) ORDER BY last, first, birth_year, person_id",
        (riding_id,),
        doors,
    ):
        folk.setdefault(bytes(door), []).append(
            (bytes(person), person_label(last, first), support, bool(barred))
        )
    notes = _notes(db, riding_id, doors)
    placed = placed_by_number(book, riding_id) if not all(row[6] for row in places.values()) else {}
    lines: list[SheetLine] = []
    route: list[RoutePoint] = []
    for door in doors:
        if door not in places:
            continue
        _, number, suffix, unit, floor, street, lon, lat, code, last_ms, barred, access = places[door]
        lon, lat = (lon, lat) if lon else placed.get(door, (0, 0))
        if lon and (not route or (route[-1].lon_e6, route[-1].lat_e6) != (lon, lat)):
            route.append(RoutePoint(int(lon), int(lat), len(lines) + 1, bool(barred)))
        side: Side = "even" if number % 2 == 0 else "odd"
        known = folk.get(door) or [(b"", "", "", False)]
        for at, (person, name, support, person_barred) in enumerate(known):
            lines.append(
                SheetLine(
                    line=len(lines) + 1,
                    door_id=door,
                    person_id=person,
                    civic=civic_text(number, suffix),
                    unit=unit,
                    floor=int(floor),
                    street=street,
                    side=side,
                    name=name,
                    last_result=code,
                    last_day=local_day(int(last_ms), book.time_zone) if last_ms else "",
                    support=support,
                    note=notes.get(door, "") if at == 0 else "",
                    access=access if at == 0 else "",
                    barred=bool(barred) or person_barred,
                    first_at_door=at == 0,
                )
            )
    return lines, route, sum(1 for line in lines if line.person_id)


def _path(book: Book, riding_id: int, doors: list[bytes]) -> tuple[tuple[int, int], ...]:
    from .walks import turf_line

    return tuple((int(lon), int(lat)) for lon, lat in turf_line(book, riding_id, doors).path)


def _notes(db: Connection, riding_id: int, doors: list[bytes]) -> dict[bytes, str]:
    rows = query_in(
        db,
        "SELECT subject, text FROM note WHERE riding_id = ? AND subject IN (??) ORDER BY wall_ms",
        (riding_id,),
        doors,
    )
    return {bytes(subject): text for subject, text in rows}


def _streets_near(
    book: Book, riding_id: int, route: list[RoutePoint]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    streets: LineData | None = load_streets(book, riding_id)
    if streets is None or not route:
        return ()
    west, east = min(p.lon_e6 for p in route) - _MARGIN_E6, max(p.lon_e6 for p in route) + _MARGIN_E6
    south, north = min(p.lat_e6 for p in route) - _MARGIN_E6, max(p.lat_e6 for p in route) + _MARGIN_E6
    # The cover's map is wider than high: streets fill it to both sides.
    wanted = (north - south) * _COVER_ASPECT / cos(radians(south / E6))
    widen = max(0, round((wanted - (east - west)) / 2))
    west, east = west - widen, east + widen
    near: list[tuple[tuple[int, int], ...]] = []
    for kind, start, end in zip(streets.kinds, streets.offsets[:-1], streets.offsets[1:], strict=True):
        if kind == "water":
            continue  # the cover draws every line as a street
        part = streets.points[start:end]
        lon, lat = part[:, 0], part[:, 1]
        if lon.max() >= west and lon.min() <= east and lat.max() >= south and lat.min() <= north:
            near.append(tuple((int(x), int(y)) for x, y in part))
    return tuple(near)


def _next_number(act: Act) -> int:
    """The next free number of this laptop's block; of a random block until a headquarters leases one."""
    stored = act.db.query("SELECT value FROM meta WHERE name = 'number_blocks'")
    blocks: list[list[int]] = json.loads(stored[0][0]) if stored else []
    if not any(start < end for start, end in blocks):
        first = UNJOINED_FIRST + int.from_bytes(os.urandom(4), "big") % UNJOINED_BLOCKS * BLOCK
        blocks.append([first, first + BLOCK])
    block = next(one for one in blocks if one[0] < one[1])
    number = block[0]
    block[0] += 1
    act.set_meta("number_blocks", json.dumps([one for one in blocks if one[0] < one[1]]))
    return number


def add_number_block(book: Book, first: int, count: int = BLOCK) -> None:
    """Use numbers that headquarters leased to this laptop, before any it drew by itself."""
    blocks: list[list[int]] = json.loads(book.meta("number_blocks", "[]"))
    if not any(one[0] <= first < one[1] for one in blocks):
        book.set_meta("number_blocks", json.dumps([[first, first + count], *blocks]))


def list_walk_lists(book: Book, riding_id: int) -> list[ListSummary]:
    """The lists of a riding, newest first."""
    rows = book.read().query(
        "SELECT w.list_id, w.number, COALESCE(t.name, ''), w.canvasser, w.lines, w.doors, w.pages, w.issued_ms,"
        " (SELECT COUNT(DISTINCT a.line) FROM attempt a WHERE a.riding_id = w.riding_id AND a.walk_list = w.number),"
        " w.returned, w.language FROM walk_list w LEFT JOIN turf t ON t.riding_id = w.riding_id AND t.turf_id = w.turf_id"
        " WHERE w.riding_id = ? ORDER BY w.issued_ms DESC, w.number DESC",
        (riding_id,),
    )
    return [
        ListSummary(
            bytes(r[0]), riding_id, int(r[1]), list_code(int(r[1])), r[2], r[3], int(r[4]), int(r[5]), int(r[6]),
            int(r[7]), local_day(int(r[7]), book.time_zone), int(r[8]), bool(r[9]), r[10],
        )
        for r in rows
    ]  # fmt: skip


def load_document(book: Book, number: int, db: Connection | None = None) -> WalkListDocument:
    """The frozen document of list `number`. Within an act `db` is the act's connection. Raises NotFound."""
    db = db or book.read()
    rows = db.query(
        "SELECT riding_id, asset FROM walk_list WHERE number = ? ORDER BY issued_ms DESC", (number,)
    )
    if not rows:
        code = list_code(number)
        raise NotFound(
            Text(
                f"List {code} is not on this laptop. Sync first, or type it on the laptop that printed it.",
                f"La liste {code} n’est pas sur cet ordinateur. Synchronisez d’abord, ou saisissez-la sur "
                "l’ordinateur qui l’a imprimée.",
            )
        )
    name = bytes(rows[0][1])
    known = book.frozen.get(name)
    if not isinstance(known, WalkListDocument):
        data = get_asset(db, int(rows[0][0]), name)
        known = msgspec.msgpack.decode(data, type=WalkListDocument)
        book.frozen.put(name, known)
    return known


def mark_returned(
    book: Book, riding_id: int, list_id: bytes, returned: bool = True, *, author: str = ""
) -> ChangeSet:
    """Note that the paper came back (or went out again)."""
    with book.act(author) as act:
        act.add(riding_id, list_id, WalkListReturned(returned=returned))
    return act.changes
