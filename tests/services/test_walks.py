"""Walks through the book's doors: along its streets, as the campaign and the laptop set them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from canvass_app.domain.errors import InputError
from canvass_app.ledger.rosters import DoorEntry
from canvass_app.services.book import Book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.pace import forget_pace, own_figures, pace_of, set_pace
from canvass_app.services.streets import import_streets
from canvass_app.services.turf_rows import turf_door_ids
from canvass_app.services.turfs import make_turf, propose_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document
from canvass_app.services.walks import turf_line
from tests.services.conftest import CAMPAIGN, RIDING, add_roster, door

# At 45 degrees north 1,000 micro-degrees are 79 m east and 111 m north.
WEST, EAST, SOUTH, NORTH = -75_000_000, -74_996_000, 45_000_000, 45_000_800


def house(number: int, street: str, lon_e6: int, lat_e6: int, unit: str = "") -> DoorEntry:
    return door(number, street, unit, lon_e6=lon_e6, lat_e6=lat_e6)


def hairpin() -> list[DoorEntry]:
    """Two streets back to back, joined at their eastern ends; houses stand on their inner sides."""
    birch = [house(2 * n, "Birch St", WEST + 300 * n, SOUTH + 100) for n in range(1, 13)]
    cedar = [house(2 * n + 1, "Cedar St", WEST + 300 * n, NORTH - 100) for n in range(1, 13)]
    return birch + cedar


@pytest.fixture
def streets(tmp_path: Path) -> Path:
    lines = {
        "Birch St": [(WEST, SOUTH), (EAST, SOUTH)],
        "Cedar St": [(WEST, NORTH), (EAST, NORTH)],
        "Dogwood Ave": [(EAST, SOUTH), (EAST, NORTH)],
    }
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[x / 1e6, y / 1e6] for x, y in points]},
            "properties": {"full_name": name},
        }
        for name, points in lines.items()
    ]
    file = tmp_path / "streets.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return file


def names(book: Book, ids: Sequence[bytes]) -> list[tuple[str, int, str]]:
    rows = book.read().query("SELECT door_id, street, number, unit FROM door WHERE riding_id = ?", (RIDING,))
    known = {bytes(row[0]): (str(row[1]), int(row[2]), str(row[3])) for row in rows}
    return [known[one] for one in ids]


def test_a_turf_walks_down_one_street_and_back_the_next_where_streets_are_known(
    book: Book, streets: Path
) -> None:
    doors = hairpin()
    add_roster(book, doors)
    import_streets(book, RIDING, streets, author="Zoé")
    walked = names(book, propose_turf(book, RIDING, [d.door_id for d in doors]).door_ids)
    one = [number for street, number, _ in walked if street == "BIRCH"]
    other = [number for street, number, _ in walked if street == "CEDAR"]
    assert [street for street, _, _ in walked] in (
        ["BIRCH"] * 12 + ["CEDAR"] * 12,
        ["CEDAR"] * 12 + ["BIRCH"] * 12,
    )
    assert {tuple(one), tuple(other)} <= {tuple(sorted(one)), tuple(sorted(one)[::-1]), tuple(sorted(other)),
                                          tuple(sorted(other)[::-1])}  # fmt: skip
    # Towards the join and away from it.
    assert (one == sorted(one)) != (other == sorted(other))


def test_without_streets_the_doors_themselves_tell_where_one_walks(book: Book) -> None:
    doors = hairpin()
    add_roster(book, doors)
    found = propose_turf(book, RIDING, [d.door_id for d in doors])
    walked = names(book, found.door_ids)
    assert len(set(walked)) == 24
    assert sum(a[0] != b[0] for a, b in pairwise(walked)) <= 3
    assert 500 < found.metres < 1500


def test_a_walk_starts_at_the_meeting_point(book: Book, streets: Path) -> None:
    doors = hairpin()
    add_roster(book, doors)
    import_streets(book, RIDING, streets, author="Zoé")
    ids = [d.door_id for d in doors]
    west = names(book, propose_turf(book, RIDING, ids, meeting=[(WEST, SOUTH)]).door_ids)
    assert west[0] == ("BIRCH", 2, "")
    north = names(book, propose_turf(book, RIDING, ids, meeting=[(WEST, NORTH)]).door_ids)
    assert north[0] == ("CEDAR", 3, "")


def test_floors_come_from_the_top_and_units_in_their_order(book: Book, streets: Path) -> None:
    tower = [
        house(40, "Birch St", WEST + 1000, SOUTH + 100, unit)
        for unit in ("101", "201", "1002", "1001", "202")
    ]
    add_roster(book, tower)
    import_streets(book, RIDING, streets, author="Zoé")
    found = propose_turf(book, RIDING, [d.door_id for d in tower])
    assert [unit for _, _, unit in names(book, found.door_ids)] == ["1001", "1002", "201", "202", "101"]
    assert found.metres == 0


def test_the_line_of_a_turf_runs_along_its_streets_and_stands_on_the_list(book: Book, streets: Path) -> None:
    doors = [house(2, "Birch St", WEST + 300, SOUTH + 100), house(3, "Cedar St", WEST + 300, NORTH - 100)]
    add_roster(book, doors)
    import_streets(book, RIDING, streets, author="Zoé")
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in doors]).turf_id
    line = turf_line(book, RIDING, turf_door_ids(book, RIDING, turf))
    assert len(line.stops) == 2
    assert line.path[:, 0].max() > EAST - 200
    gardens = (
        (line.path[:, 0] < EAST - 300) & (line.path[:, 1] > SOUTH + 100) & (line.path[:, 1] < NORTH - 100)
    )
    assert not gardens.any()
    issued = issue_walk_list(book, RIDING, turf, canvasser="Zoé").document
    assert np.array_equal(np.array(issued.path), line.path)
    book.frozen.clear()
    assert load_document(book, issued.number).path == issued.path


def test_minutes_follow_the_campaigns_figures_and_the_laptops_own(book: Book) -> None:
    doors = hairpin()
    add_roster(book, doors)
    ids = [d.door_id for d in doors]
    usual = propose_turf(book, RIDING, ids).seconds
    set_campaign(book, CAMPAIGN | {"pace": {"conversation_s": 600}})
    assert propose_turf(book, RIDING, ids).seconds - usual == pytest.approx(24 * 480 * 0.25, abs=24)
    assert set_pace(book, {"conversation_s": 120}).settings
    assert propose_turf(book, RIDING, ids).seconds == usual
    assert own_figures(book) == {"conversation_s": 120}
    forget_pace(book)
    assert pace_of(book).conversation_s == 600


def test_one_side_at_a_time_and_the_way_back_are_settings(book: Book, streets: Path) -> None:
    doors = [house(n, "Birch St", WEST + 130 * n, SOUTH + (100 if n % 2 else -100)) for n in range(1, 25)]
    add_roster(book, doors)
    import_streets(book, RIDING, streets, author="Zoé")
    ids = [d.door_id for d in doors]
    plain = propose_turf(book, RIDING, ids)
    set_pace(book, {"one_side": True, "back": True})
    tidy = propose_turf(book, RIDING, ids)
    parity = [number % 2 for _, number, _ in names(book, tidy.door_ids)]
    assert sum(a != b for a, b in pairwise(parity)) <= 2
    assert tidy.metres > plain.metres


@pytest.mark.parametrize(
    "figures",
    [{"walking_cm_s": 5}, {"conversation_s": "long"}, {"contact_percent": 101}, {"flying": 1}, {"back": 1},
     {"not_home_s": True}],
)  # fmt: skip
def test_figures_that_make_no_sense_change_nothing(book: Book, figures: dict[str, object]) -> None:
    before = pace_of(book)
    with pytest.raises(InputError) as told:
        set_pace(book, figures)
    assert "Rien n’a été modifié" in told.value.say("fr")
    assert pace_of(book) == before
    with pytest.raises(InputError):
        set_campaign(book, CAMPAIGN | {"pace": figures})


def test_a_campaign_that_says_only_how_long_a_door_takes_is_understood(book: Book) -> None:
    set_campaign(book, CAMPAIGN | {"seconds_per_door": 150})
    assert pace_of(book).door_s == 150


def test_figures_of_a_later_version_do_not_stop_a_walk(book: Book) -> None:
    book.set_meta("pace", json.dumps({"wings": 2}))
    assert pace_of(book).walking_cm_s == 130
    book.set_meta("pace", "{")
    assert pace_of(book).walking_cm_s == 130
