"""The demo campaign, loaded through the real services: import, turfs, walk lists, three evenings of results."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from canvass_app.domain.address import normalise_street
from canvass_app.domain.errors import Cancelled
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import SheetLine, WalkListDocument
from canvass_app.ledger.kinds import PersonAdded, ResidenceBegan, ShiftClosed, ShiftOpened, WalkListReturned
from canvass_app.services.act import Act
from canvass_app.services.book import Book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.entry import Mark, write_mark
from canvass_app.services.importing import import_file
from canvass_app.services.layers import add_layer
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.services.walk_lists import add_number_block, issue_walk_list
from canvass_app.storage.changes import ChangeSet

from .settings import DEMO_RIDING, demo_file, demo_settings
from .teams import add_demo_teams

Progress = Callable[[Text, int, int], None]

LEAD = "Dominique Lavoie"
FIRST_NUMBER = 4101
# Turfs that are ready but not walked: the first is for whoever tries the demo, the others for the second laptop.
OPEN_TURFS = (
    ("Old mill", "Alex Moreau"),
    ("Quai Nord", "Priya Nair"),
    ("Cedar Heights", "Jean-Sébastien Ouellet"),
)
OPEN_DOORS = 56

_PREPARING = Text("Preparing the demo riding", "Préparation de la circonscription de démonstration")
_EVENINGS = Text("Typing in three evenings", "Saisie de trois soirées")


def load_demo(
    book: Book, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> ChangeSet:
    """Fill an empty book with the demo campaign. Raises Cancelled between steps; each step is whole."""

    def step(what: Text, done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(what, done, total)

    outings: list[dict[str, Any]] = json.loads(demo_file("evenings.json").read_text("utf-8"))["outings"]
    total = len(outings) + 4
    step(_PREPARING, 0, total)
    set_campaign(book, demo_settings())
    add_number_block(book, FIRST_NUMBER)
    with book.act(LEAD) as act:
        add_layer(act, DEMO_RIDING, "streets", json.loads(demo_file("streets.geojson").read_text("utf-8")))
        add_layer(act, DEMO_RIDING, "areas", json.loads(demo_file("areas.geojson").read_text("utf-8")))
    step(_PREPARING, 1, total)
    import_file(book, demo_file("doors.csv"), "doors", author=LEAD)
    step(_PREPARING, 2, total)
    import_file(book, demo_file("people.csv"), "people", author=LEAD)
    doors = _doors_by_address(book)
    for number, outing in enumerate(outings):
        step(_EVENINGS, number + 3, total)
        _walk(book, outing, doors)
    step(_EVENINGS, total - 1, total)
    _open_turfs(book)
    add_demo_teams(book, LEAD)
    step(_EVENINGS, total, total)
    return ChangeSet(ridings={DEMO_RIDING}, bulk=True, totals=True, settings=True, layers=True, teams=True)


Address = tuple[int, str, str, str, str, str]


def _doors_by_address(book: Book) -> dict[Address, bytes]:
    rows = book.read().query(
        "SELECT number, suffix, street, street_type, street_direction, unit, door_id FROM door WHERE riding_id = ?",
        (DEMO_RIDING,),
    )
    return {(int(row[0]), *row[1:6]): bytes(row[6]) for row in rows}


def _door(doors: dict[Address, bytes], says: dict[str, Any]) -> bytes:
    street = normalise_street(says["street"])
    return doors[(says["civic"], says["suffix"], street.name, street.type, street.direction, says["unit"])]


def _start_ms(book: Book, day: str, minute: int) -> int:
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(book.time_zone))
    return int(midnight.timestamp() * 1000) + minute * 60_000


def _walk(book: Book, outing: dict[str, Any], doors: dict[Address, bytes]) -> None:
    """One volunteer's evening: turf, list, and every result at its minute."""
    start = _start_ms(book, outing["date"], outing["start_minute"])
    walked = [_door(doors, one) for one in outing["doors"]]
    turf = make_turf(book, DEMO_RIDING, outing["name"], walked, author=LEAD).turf_id
    assign_turf(book, DEMO_RIDING, turf, outing["volunteer"], author=LEAD)
    issued = issue_walk_list(
        book, DEMO_RIDING, turf, canvasser=outing["volunteer"], author=LEAD, at_ms=start - 3_600_000
    )
    document = issued.document
    lines: dict[bytes, list[SheetLine]] = {}
    for line in document.lines:
        lines.setdefault(line.door_id, []).append(line)
    shift = os.urandom(16)
    with book.act(outing["volunteer"], shift) as act:
        act.wall_ms = start
        act.add(DEMO_RIDING, shift, ShiftOpened(volunteer=outing["volunteer"], walk_list=document.number))
        results = 0
        for door, says in zip(walked, outing["doors"], strict=True):
            if lines[door][0].barred:
                continue
            act.wall_ms = start + says["minute"] * 60_000
            for result in says["results"]:
                _say(act, document, lines[door], result)
                results += 1
        act.add(DEMO_RIDING, shift, ShiftClosed(results=results))
        act.add(DEMO_RIDING, issued.list_id, WalkListReturned())


def _say(
    act: Act, document: WalkListDocument, household: Sequence[SheetLine], result: dict[str, Any]
) -> None:
    line = household[0]
    if "new_person" in result:
        line = replace(line, person_id=_meet(act, line.door_id, result["new_person"]))
    elif "person" in result:
        wanted = f"{result['person']['last']}, {result['person']['first']}"
        line = next((one for one in household if one.name == wanted), line)
    answers = {question: (answer,) for question, answer in result.get("answers", {}).items()}
    mark = Mark(result.get("code", ""), result.get("support", ""), result.get("second", ""), answers)
    write_mark(act, document, line, mark)


def _meet(act: Act, door: bytes, who: dict[str, Any]) -> bytes:
    person = os.urandom(16)
    act.add(
        DEMO_RIDING,
        person,
        PersonAdded(last=who["last"], first=who["first"], birth_year=who["birth_year"] or None),
    )
    act.add(DEMO_RIDING, person, ResidenceBegan(door=door))
    return person


def _open_turfs(book: Book) -> None:
    """Turfs for tonight: the doors nearest to a free corner of the town, three times."""
    import numpy as np

    from canvass_app.turf.order import local_metres

    for number, (name, walker) in enumerate(OPEN_TURFS):
        rows = book.read().query(
            "SELECT door_id, lon_e6, lat_e6 FROM door d WHERE riding_id = ? AND lon_e6 <> 0 AND unit = ''"
            " AND NOT EXISTS (SELECT 1 FROM turf_door td WHERE td.riding_id = d.riding_id AND td.door_id = d.door_id)"
            " ORDER BY door_id",
            (DEMO_RIDING,),
        )
        points = local_metres(
            np.array([row[1] for row in rows], dtype=np.int64),
            np.array([row[2] for row in rows], dtype=np.int64),
        )
        # Another corner of the town each time.
        share = (number + 1) / (len(OPEN_TURFS) + 1)
        corner = points[np.argsort(points.sum(axis=1))[int(len(points) * share)]]
        order: list[int] = np.argsort(np.hypot(*(points - corner).T)).tolist()
        near = [bytes(rows[n][0]) for n in order[:OPEN_DOORS]]
        turf = make_turf(book, DEMO_RIDING, name, near, author=LEAD).turf_id
        assign_turf(book, DEMO_RIDING, turf, walker, author=LEAD)
        issue_walk_list(book, DEMO_RIDING, turf, canvasser=walker, author=LEAD)
