"""What the map shows of a riding, as arrays; and one door's card."""

from __future__ import annotations

import json
import threading
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.domain.address import address_label
from canvass_app.domain.codes import DoorState
from canvass_app.domain.errors import NotFound
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text
from canvass_app.storage.database import query_in

from .assets import get_asset
from .book import Book
from .turf_rows import TurfSummary, list_turfs

IntArray = NDArray[np.int32]
AreaKind = Literal["outline", "water", "park", "division", "rail"]


class LineData(NamedTuple):
    """Street lines: line i is points[offsets[i]:offsets[i + 1]] as (lon_e6, lat_e6)."""

    points: IntArray
    offsets: IntArray
    kinds: list[str]
    names: list[str]


class AreaData(NamedTuple):
    """An area of the map; the first ring is its outside."""

    kind: str
    rings: list[IntArray]
    name: str


class MapData(NamedTuple):
    """Everything that the map of a riding draws. Arrays run parallel to `ids`."""

    riding_id: int
    ids: list[bytes]
    lon_e6: IntArray
    lat_e6: IntArray
    state: NDArray[np.uint8]
    turf: IntArray
    """Index into `turfs`, or -1."""
    turfs: list[TurfSummary]
    streets: LineData | None
    areas: list[AreaData]
    bounds: tuple[int, int, int, int]
    """(min_lon, min_lat, max_lon, max_lat) of the doors, zeros when there are none."""
    attribution: str
    missing: int
    """Doors on file without a place: no coordinates, and no street that has their number."""


class PersonCard(NamedTuple):
    """A person at a door."""

    person_id: bytes
    name: str
    support: str
    gone: str
    barred: bool
    birth_year: int
    no_call: bool = False
    """Their telephone number is not to be called."""
    has_phone: bool = False


class AttemptCard(NamedTuple):
    """An attempt at a door."""

    code: str
    person: str
    author: str
    wall_ms: int
    day: str


class NoteCard(NamedTuple):
    """A note about a door or a person there."""

    text: str
    author: str
    wall_ms: int


class DoorCard(NamedTuple):
    """All that is known of a door."""

    door_id: bytes
    address: str
    municipality: str
    postal_code: str
    state: DoorState
    people: list[PersonCard]
    attempts: list[AttemptCard]
    notes: list[NoteCard]
    turf_name: str
    barred: bool
    on_file: bool


class _Ahead:
    """A map being read in advance; whoever wants it waits for it."""

    def __init__(self, writes: int) -> None:
        self.writes = writes
        self.ready = threading.Event()
        self.data: MapData | None = None


def load_ahead(book: Book) -> None:
    """Read the map of the only riding here while the window is still being made; `load_map` hands it out once."""
    rows = book.read().query("SELECT riding_id FROM riding")
    if len(rows) != 1:
        return
    riding_id = int(rows[0][0])
    ahead = book.ahead[("map", riding_id)] = _Ahead(book.database.writes)
    try:
        ahead.data = _load_map(book, riding_id)
    finally:
        ahead.ready.set()


def load_map(book: Book, riding_id: int) -> MapData:
    """Doors, turfs, streets and areas of a riding."""
    ahead = book.ahead.pop(("map", riding_id), None)
    if isinstance(ahead, _Ahead):
        ahead.ready.wait()
        if ahead.data is not None and ahead.writes == book.database.writes:
            return ahead.data
    return _load_map(book, riding_id)


def _load_map(book: Book, riding_id: int) -> MapData:
    db = book.read()
    turfs = list_turfs(book, riding_id)
    # One row of long texts instead of a row a door: SQLite does it in one go outside of Python, which matters while
    # another thread is busy making the window.
    packed, lons, lats, states, missing = db.query(
        "SELECT group_concat(hex(door_id), '') FILTER (WHERE lon_e6 <> 0),"
        " group_concat(lon_e6) FILTER (WHERE lon_e6 <> 0), group_concat(lat_e6) FILTER (WHERE lon_e6 <> 0),"
        " group_concat(state) FILTER (WHERE lon_e6 <> 0), COUNT(*) FILTER (WHERE lon_e6 = 0)"
        " FROM door WHERE riding_id = ?",
        (riding_id,),
    )[0]
    raw = bytes.fromhex(packed or "")
    ids = [raw[at : at + 16] for at in range(0, len(raw), 16)]
    lon, lat, state = _integers(lons, np.int32), _integers(lats, np.int32), _integers(states, np.uint8)
    if missing:
        more = _by_number(book, riding_id)
        ids += list(more)
        lon, lat, state = (
            np.concatenate((column, np.array([row[at] for row in more.values()], column.dtype)))
            for at, column in enumerate((lon, lat, state))
        )
        missing -= len(more)
    bounds = (int(lon.min()), int(lat.min()), int(lon.max()), int(lat.max())) if ids else (0, 0, 0, 0)
    streets, areas, attribution = _layers(book, riding_id)
    return MapData(
        riding_id, ids, lon, lat, state, turf_of_doors(book, riding_id, ids, turfs), turfs,
        streets, areas, bounds, attribution, int(missing),
    )  # fmt: skip


def _by_number(book: Book, riding_id: int) -> dict[bytes, tuple[int, int, int]]:
    """(lon_e6, lat_e6, state) of doors without coordinates whose number says where they are."""
    from .placing import placed_by_number

    placed = placed_by_number(book, riding_id)
    if not placed:
        return {}
    rows = book.read().query(
        "SELECT door_id, state FROM door WHERE riding_id = ? AND lon_e6 = 0 ORDER BY door_id", (riding_id,)
    )
    return {bytes(door): (*placed[bytes(door)], int(state)) for door, state in rows if bytes(door) in placed}


def _integers(text: str | None, kind: type[np.int32 | np.uint8]) -> NDArray[Any]:
    return np.fromstring(text, dtype=np.int64, sep=",").astype(kind) if text else np.zeros(0, kind)


def turf_of_doors(book: Book, riding_id: int, ids: list[bytes], turfs: list[TurfSummary]) -> IntArray:
    """For each door the index of its turf in `turfs`, or -1. A door cut twice offline belongs to the later turf."""
    place = {door: index for index, door in enumerate(ids)}
    index_of = {turf.turf_id: index for index, turf in enumerate(turfs)}
    found = np.full(len(ids), -1, dtype=np.int32)
    rows = book.read().query(
        "SELECT td.door_id, td.turf_id FROM turf_door td JOIN turf t ON t.riding_id = td.riding_id"
        " AND t.turf_id = td.turf_id WHERE td.riding_id = ? AND t.retired = 0 ORDER BY t.rank, t.turf_id",
        (riding_id,),
    )
    for door, turf in rows:
        at = place.get(bytes(door))
        if at is not None:
            found[at] = index_of[bytes(turf)]
    return found


def door_states(book: Book, riding_id: int, door_ids: list[bytes]) -> dict[bytes, int]:
    """The present state of some doors."""
    rows = query_in(
        book.read(),
        "SELECT door_id, state FROM door WHERE riding_id = ? AND door_id IN (??)",
        (riding_id,),
        door_ids,
    )
    return {bytes(door): int(state) for door, state in rows}


def _layers(book: Book, riding_id: int) -> tuple[LineData | None, list[AreaData], str]:
    streets: LineData | None = None
    areas: list[AreaData] = []
    quiet: list[AreaData] = []
    credits: list[str] = []
    db = book.read()
    for layer, asset, attribution in db.query(
        "SELECT layer, asset, attribution FROM layer WHERE riding_id = ?", (riding_id,)
    ):
        try:
            content = json.loads(get_asset(db, riding_id, bytes(asset)))
        except NotFound:
            continue  # it arrives with the next sync
        if layer == "streets":
            streets = _lines(content)
            quiet = _areas(content.get("areas", []))
        else:
            areas = _areas(content["areas"])
        if attribution and attribution not in credits:
            credits.append(attribution)
    # The map fills overlaps of one kind by the even-odd rule: the same lake from two files would be land again.
    drawn = {area.kind for area in areas}
    return streets, areas + [area for area in quiet if area.kind not in drawn], " · ".join(credits)


def load_streets(book: Book, riding_id: int) -> LineData | None:
    """The riding's street lines, or None when there are none (yet)."""
    return _layers(book, riding_id)[0]


def riding_outlines(book: Book) -> dict[int, list[IntArray]]:
    """The outlines that this campaign brought along, by riding: rings of (lon_e6, lat_e6)."""
    found: dict[int, list[IntArray]] = {}
    for (riding_id,) in book.read().query("SELECT riding_id FROM layer WHERE layer = 'areas'"):
        rings = [
            ring for area in _layers(book, riding_id)[1] if area.kind == "outline" for ring in area.rings
        ]
        if rings:
            found[int(riding_id)] = rings
    return found


def _areas(said: list[dict[str, Any]]) -> list[AreaData]:
    return [
        AreaData(
            a["kind"], [np.array(r, dtype=np.int32).reshape(-1, 2) for r in a["rings"]], a.get("name", "")
        )
        for a in said
    ]


def _lines(content: dict[str, Any]) -> LineData:
    lines: list[list[list[int]]] = [line["points"] for line in content["lines"]]
    offsets = np.zeros(len(lines) + 1, dtype=np.int32)
    offsets[1:] = np.cumsum([len(line) for line in lines])
    points = np.array([point for line in lines for point in line], dtype=np.int32).reshape(-1, 2)
    return LineData(
        points,
        offsets,
        [line["kind"] for line in content["lines"]],
        [line["name"] for line in content["lines"]],
    )


def door_card(book: Book, riding_id: int, door_id: bytes) -> DoorCard:
    """Everything known of a door. Raises NotFound."""
    db = book.read()
    rows = db.query(
        "SELECT number, suffix, street_label, unit, municipality, postal_code, state, barred, on_file FROM door"
        " WHERE riding_id = ? AND door_id = ?",
        (riding_id, door_id),
    )
    if not rows:
        raise NotFound(Text("This door is not on this laptop.", "Cette porte n’est pas sur cet ordinateur."))
    number, suffix, street, unit, town, postal, state, barred, on_file = rows[0]
    folk = db.query(
        "SELECT person_id, last, first, support, gone, barred, birth_year, no_call, phone <> '' FROM person WHERE riding_id = ? AND door_id = ?"
        " ORDER BY last, first, birth_year, person_id",
        (riding_id, door_id),
    )
    people = [
        PersonCard(
            bytes(p[0]), person_label(p[1], p[2]), p[3], p[4], bool(p[5]), int(p[6]), bool(p[7]), bool(p[8])
        )
        for p in folk
    ]
    names = {person.person_id: person.name for person in people}
    attempts = [
        AttemptCard(code, names.get(bytes(person), ""), author, int(ms), day)
        for code, person, author, ms, day in db.query(
            "SELECT code, person_id, author, wall_ms, day FROM attempt WHERE riding_id = ? AND door_id = ?"
            " ORDER BY wall_ms DESC, device_seq DESC",
            (riding_id, door_id),
        )
    ]
    notes = [
        NoteCard(text, author, int(ms))
        for text, author, ms in query_in(
            db,
            "SELECT text, author, wall_ms FROM note WHERE riding_id = ? AND subject IN (??) ORDER BY wall_ms DESC",
            (riding_id,),
            [door_id, *names],
        )
    ]
    turf = db.query(
        "SELECT t.name FROM turf_door td JOIN turf t ON t.riding_id = td.riding_id AND t.turf_id = td.turf_id"
        " WHERE td.riding_id = ? AND td.door_id = ? AND t.retired = 0 ORDER BY t.rank DESC",
        (riding_id, door_id),
    )
    return DoorCard(
        door_id, address_label(number, suffix, street, unit), town, postal, DoorState(state), people, attempts, notes,
        turf[0][0] if turf else "", bool(barred), bool(on_file),
    )  # fmt: skip
