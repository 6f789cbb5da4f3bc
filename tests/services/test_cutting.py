"""Proposing a cut of a riding's doors and making it: the same each time, even, and in words when it cannot be."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from benchmarks.city import City, city
from canvass_app.domain.errors import Cancelled, GivenAlready, InputError
from canvass_app.domain.streets import Segment, StreetClass
from canvass_app.services.bars import set_bar
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.cutting import Wish, accept_cut, propose_cut, walk_turf
from canvass_app.services.draft_cutting import propose
from canvass_app.services.importing import import_file
from canvass_app.services.map_data import load_map
from canvass_app.services.streets import import_streets
from canvass_app.services.turf_export import export_turfs
from canvass_app.services.turf_rows import list_turfs, turf_door_ids
from canvass_app.services.turfs import make_turf, retire_turf
from canvass_app.services.walk_lists import issue_walk_list

from .conftest import CAMPAIGN
from .cut_kit import write_doors, write_streets

NUMBER = 99001
RIDING = 201399001


@pytest.fixture(scope="module")
def town() -> City:
    return city(1200, 8)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, town: City) -> Path:
    """A book with the invented city's doors and streets, made once."""
    folder = tmp_path_factory.mktemp("city")
    with _book(folder / "book", town, folder):
        pass
    return folder / "book"


@pytest.fixture
def made(tmp_path: Path, kept: Path) -> Iterator[Book]:
    """That book, for one test alone."""
    shutil.copytree(kept, tmp_path / "book")
    with closing(open_book(tmp_path / "book", passphrase="pass phrase for tests")) as book:
        yield book


@contextmanager
def _book(
    folder: Path, town: City, files: Path, *, shuffled: int = 0, placed: bool = True, streets: bool = True
) -> Iterator[Book]:
    with closing(open_book(folder, passphrase="pass phrase for tests")) as book:
        doors = write_doors(town, files / f"doors{shuffled}.csv", shuffled=shuffled, placed=placed)
        import_file(book, doors, "doors", riding_id=RIDING, author="Zoé")
        if streets:
            import_streets(book, RIDING, write_streets(town, files / "streets.geojson"), author="Zoé")
        yield book


def test_the_cut_is_the_same_twice_and_whatever_the_order_of_the_rows(
    tmp_path: Path, town: City, made: Book
) -> None:
    wish = Wish(doors=60, seed=7)
    first = propose_cut(made, RIDING, wish)
    again = propose_cut(made, RIDING, wish)
    with _book(tmp_path / "other", town, tmp_path, shuffled=3) as other:
        shuffled = propose_cut(other, RIDING, wish)

    def cut_of(found: object) -> bytes:
        turfs = [(t.name, t.apart, sorted(t.door_ids)) for t in found.turfs]  # type: ignore[attr-defined]
        return repr(turfs).encode()

    assert cut_of(first) == cut_of(again) == cut_of(shuffled)
    assert first.owner.tobytes() == again.owner.tobytes() == shuffled.owner.tobytes()


def test_every_free_door_is_in_one_turf_and_walked_once(made: Book) -> None:
    found = propose_cut(made, RIDING, Wish(doors=60))
    walked = [door for turf in found.turfs for door in turf.door_ids]
    assert len(walked) == len(set(walked)) == 1200
    assert not found.left_out
    assert found.balance.doors <= 1.25
    assert found.balance.minutes <= 1.25
    assert all(turf.doors == len(turf.door_ids) and turf.seconds > 0 for turf in found.turfs)


@pytest.mark.parametrize("minutes", [60, 120])
def test_turfs_take_the_minutes_that_were_asked_for(made: Book, minutes: int) -> None:
    found = propose_cut(made, RIDING, Wish(minutes=minutes))
    even = [turf.seconds / 60 for turf in found.turfs if not turf.apart]
    assert np.mean(even) == pytest.approx(minutes, rel=0.08)


def test_as_many_turfs_as_volunteers_towers_counted(made: Book) -> None:
    found = propose_cut(made, RIDING, Wish(turfs=12))
    assert any(turf.apart for turf in found.turfs)
    assert len(found.turfs) == 12


def test_doors_of_other_turfs_and_barred_ones_are_left_out_with_why(made: Book) -> None:
    rows = made.read().query(
        "SELECT door_id FROM door WHERE riding_id = ? ORDER BY street, number", (RIDING,)
    )
    doors = [bytes(row[0]) for row in rows]
    make_turf(made, RIDING, "Mine", doors[:30])
    set_bar(made, RIDING, "door", doors[40], author="Zoé", reason="asked")
    found = propose_cut(made, RIDING, Wish(doors=80))
    reasons = {door: reason.en for door, reason in found.left_out}
    assert {door for door, why in reasons.items() if why == "in another turf"} == set(doors[:30])
    assert {door for door, why in reasons.items() if why == "not to be knocked at"} == {doors[40]}
    taken = propose_cut(made, RIDING, Wish(doors=80, take=True))
    assert {door for door, _ in taken.left_out} == {doors[40]}
    told = found.as_dict("fr")["left_out"]
    assert {"reason": "dans un autre secteur", "doors": 30} in told


def test_only_the_doors_that_were_chosen_are_cut(made: Book) -> None:
    rows = made.read().query("SELECT door_id FROM door WHERE riding_id = ? ORDER BY door_id", (RIDING,))
    chosen = [bytes(row[0]) for row in rows[:200]]
    found = propose_cut(made, RIDING, Wish(turfs=3), chosen)
    assert {door for turf in found.turfs for door in turf.door_ids} == set(chosen)


def test_a_turf_starts_at_the_meeting_point_that_is_near(made: Book) -> None:
    plain = propose_cut(made, RIDING, Wish(doors=60))
    turf = next(one for one in plain.turfs if not one.apart)
    lon, lat = (int(v) for v in turf.route[len(turf.route) // 2])
    met = propose_cut(made, RIDING, Wish(doors=60, meeting=((lon, lat),)))
    gaps = [
        float(np.hypot(*(one.route[0].astype(float) - (lon, lat)))) for one in met.turfs if len(one.route)
    ]
    assert min(gaps) < 300  # micro-degrees: some thirty metres
    far = propose_cut(made, RIDING, Wish(doors=60, meeting=((lon + 500_000, lat),)))
    assert [one.seconds for one in far.turfs] == [one.seconds for one in plain.turfs]


def test_buildings_can_be_left_out_or_stand_by_themselves(made: Book) -> None:
    houses = propose_cut(made, RIDING, Wish(doors=60, buildings=False))
    assert houses.left_out
    assert {why.en for _, why in houses.left_out} == {"in a large building"}
    apart = propose_cut(made, RIDING, Wish(doors=60, building=6))
    assert sum(turf.apart for turf in apart.turfs) > sum(
        turf.apart for turf in propose_cut(made, RIDING, Wish(doors=60)).turfs
    )


@pytest.mark.parametrize("crossed", [True, False])
def test_turfs_stay_on_one_side_of_a_major_street_when_asked_to(tmp_path: Path, crossed: bool) -> None:
    """Doors on both sides of a main street whose ends are far away, with streets across it."""
    x0, y0 = -75_700_000, 45_400_000
    points = tuple((x0 + x, y0) for x in (-30_000, *range(0, 4_001, 1_000), 34_000))
    segments = [Segment("main", points, "Main St", "MAIN|ST|", StreetClass.ARTERIAL)]
    for at in range(5):
        line = tuple((x0 + 1_000 * at, y0 + y) for y in (-800, 0, 800))
        segments.append(Segment(f"{at}", line, f"Cross {at} Av", f"CROSS {at}|AV|", StreetClass.STREET))
    numbers = np.arange(2, 82, dtype=np.int32)
    lon = (x0 + 49 * numbers).astype(np.int32)
    lat = (y0 + np.where(numbers % 2, 100, -100)).astype(np.int32)
    made = City(segments, [bytes(16)] * 80, ["MAIN|ST|"] * 80, numbers, lon, lat)
    with _book(tmp_path / "main", made, tmp_path) as book:
        found = propose_cut(book, RIDING, Wish(turfs=2, major_streets=crossed))
        rows = book.read().query("SELECT door_id, number % 2 FROM door WHERE riding_id = ?", (RIDING,))
        odd = {bytes(door): int(side) for door, side in rows}
        sides = [{odd[door] for door in turf.door_ids} for turf in found.turfs]
        assert sorted(map(sorted, sides)) == ([[0, 1], [0, 1]] if crossed else [[0], [1]])


def test_without_streets_doors_alone_are_cut(tmp_path: Path, town: City) -> None:
    with _book(tmp_path / "bare", town, tmp_path, streets=False) as book:
        found = propose_cut(book, RIDING, Wish(doors=60))
        assert sum(turf.doors for turf in found.turfs) == 1200
        assert found.balance.doors <= 1.3


def test_without_coordinates_and_streets_it_is_said_and_nothing_changes(tmp_path: Path, town: City) -> None:
    with _book(tmp_path / "bare", town, tmp_path, streets=False, placed=False) as book:
        with pytest.raises(InputError) as told:
            propose_cut(book, RIDING, Wish(doors=60))
        assert "street file" in told.value.text.en
        assert list_turfs(book, RIDING) == []


@pytest.mark.parametrize(
    "wish",
    [Wish(), Wish(minutes=60, doors=60), Wish(minutes=2), Wish(doors=0), Wish(turfs=-1), Wish(turfs=99_999)],
)
def test_a_wish_that_cannot_be_is_refused_in_words(made: Book, wish: Wish) -> None:
    with pytest.raises(InputError) as told:
        propose_cut(made, RIDING, wish)
    assert "Nothing was changed" in told.value.text.en


def test_when_every_door_is_in_a_turf_it_is_said(made: Book) -> None:
    accept_cut(made, RIDING, propose_cut(made, RIDING, Wish(turfs=4)).turfs, author="Zoé")
    with pytest.raises(InputError):
        propose_cut(made, RIDING, Wish(turfs=4))


def test_a_cut_can_be_cancelled_and_tells_how_far_it_is(made: Book) -> None:
    heard: list[str] = []

    def told(what: object, done: int, total: int) -> None:
        heard.append(what.en)  # type: ignore[attr-defined]
        assert 0 <= done <= total

    propose_cut(made, RIDING, Wish(doors=60), report=told)
    assert list(dict.fromkeys(heard)) == ["Reading doors and streets", "Cutting", "Finding the walks"]
    for stop_after in (1, 4, 20):
        asked = iter([False] * stop_after)
        with pytest.raises(Cancelled):
            propose_cut(made, RIDING, Wish(doors=60), cancelled=lambda asked=asked: next(asked, True))
    assert list_turfs(made, RIDING) == []


def test_an_accepted_cut_is_ready_to_walk_in_that_order(made: Book) -> None:
    found = propose_cut(made, RIDING, Wish(doors=60), language="fr")
    changes = accept_cut(made, RIDING, found.turfs, author="Zoé")
    turfs = list_turfs(made, RIDING)
    assert [turf.name for turf in turfs] == [turf.name for turf in found.turfs]
    assert turfs[0].name == "Secteur 1"
    assert {turf.state for turf in turfs} == {"ready"}
    for turf, proposed in zip(turfs, found.turfs, strict=True):
        assert turf_door_ids(made, RIDING, turf.turf_id) == proposed.door_ids
        assert turf.minutes == round(proposed.seconds / 60)
    assert changes.doors == {door for turf in found.turfs for door in turf.door_ids}


def test_an_edited_turf_is_walked_like_a_cut_one(made: Book) -> None:
    turf = propose_cut(made, RIDING, Wish(doors=60)).turfs[0]
    again = walk_turf(made, RIDING, turf.name, turf.color, list(reversed(turf.door_ids)))
    assert sorted(again.door_ids) == sorted(turf.door_ids)
    assert again.seconds == pytest.approx(turf.seconds, rel=0.02)


def test_turfs_leave_as_a_map_and_as_a_table_and_without_a_name(made: Book, tmp_path: Path) -> None:
    found = propose_cut(made, RIDING, Wish(turfs=6))
    accept_cut(made, RIDING, found.turfs, author="Zoé")
    assert export_turfs(made, RIDING, "csv", tmp_path / "turfs.csv") == (6, 1200)
    with (tmp_path / "turfs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["position"]) for row in rows if row["turf"] == "Turf 1"] == list(
        range(1, found.turfs[0].doors + 1)
    )
    assert float(rows[0]["latitude"]) == pytest.approx(45.4, abs=0.2)
    export_turfs(made, RIDING, "geojson", tmp_path / "turfs.geojson")
    features = json.loads((tmp_path / "turfs.geojson").read_text("utf-8"))["features"]
    kinds = [feature["properties"]["kind"] for feature in features]
    assert (kinds.count("turf"), kinds.count("door")) == (6, 1200)
    walk = next(f for f in features if f["properties"]["kind"] == "turf" and f["geometry"])
    assert walk["geometry"]["type"] == "LineString"
    assert len(walk["geometry"]["coordinates"]) > 10


def test_an_export_that_cannot_be_written_leaves_nothing_behind(made: Book, tmp_path: Path) -> None:
    accept_cut(made, RIDING, propose_cut(made, RIDING, Wish(turfs=2)).turfs, author="Zoé")
    folder = tmp_path / "taken.csv"
    folder.mkdir()
    with pytest.raises(InputError):
        export_turfs(made, RIDING, "csv", folder)
    assert not list(tmp_path.glob(".*.part"))


def test_turfs_beside_each_other_have_different_colours(made: Book) -> None:
    found = propose_cut(made, RIDING, Wish(doors=60))
    area, owner = found.area, found.owner
    one = owner[np.repeat(np.arange(len(area)), np.diff(area.starts))]
    for a, b in zip(one.tolist(), owner[area.near].tolist(), strict=True):
        assert a == b or found.turfs[a].color != found.turfs[b].color


def test_doors_without_coordinates_stand_where_their_number_says(tmp_path: Path) -> None:
    """On the map, on the printed list, in the export: computed from the streets, not written on the doors."""
    x, y = -75.7, 45.4
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[x, y], [x + 0.004, y]]},
            "properties": {
                "name": "Birch St", "left_from": 1, "left_to": 79, "left_parity": "odd",
                "right_from": 2, "right_to": 80, "right_parity": "even",
            },
        }
    ]  # fmt: skip
    streets, doors = tmp_path / "streets.geojson", tmp_path / "doors.csv"
    streets.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    doors.write_text("number,street\n" + "".join(f"{n},Birch St\n" for n in (*range(1, 81), 999)), "utf-8")
    with closing(open_book(tmp_path / "book", passphrase="pass phrase for tests")) as book:
        set_campaign(book, CAMPAIGN)
        import_file(book, doors, "doors", riding_id=RIDING, author="Zoé")
        import_streets(book, RIDING, streets, author="Zoé")
        shown = load_map(book, RIDING)
        assert (len(shown.ids), shown.missing) == (80, 1)
        assert np.ptp(shown.lon_e6) > 3_500
        found = propose_cut(book, RIDING, Wish(turfs=2))
        assert [len(turf.route) for turf in found.turfs] == [40, 40]
        assert [reason.en for _, reason in found.left_out] == ["no place on the map"]
        accept_cut(book, RIDING, found.turfs, author="Zoé")
        turf = list_turfs(book, RIDING)[0]
        issued = issue_walk_list(book, RIDING, turf.turf_id, canvasser="Ana", author="Zoé")
        assert len(issued.document.route) == 40
        export_turfs(book, RIDING, "csv", tmp_path / "t.csv")
        with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
            assert all(float(row["longitude"]) < -75.6 for row in csv.DictReader(file))
        written = book.read().query("SELECT COUNT(*) FROM door WHERE lon_e6 <> 0")
        assert int(written[0][0]) == 0


def test_a_draft_is_cut_as_it_was_wished(made: Book) -> None:
    found = propose(
        made, RIDING, "doors", 60, buildings=False, major_streets=False, report=lambda *_: None,
        cancelled=lambda: False,
    )  # fmt: skip
    same = propose_cut(made, RIDING, Wish(doors=60, buildings=False, major_streets=False))
    assert [turf.doors for turf in found.routes.values()] == [turf.doors for turf in same.turfs]
    assert sum(turf.doors for turf in same.turfs) < 1200


def test_doors_on_a_list_that_is_out_are_neither_cut_nor_made(made: Book) -> None:
    set_campaign(made, CAMPAIGN)
    rows = made.read().query(
        "SELECT door_id FROM door WHERE riding_id = ? ORDER BY street, number", (RIDING,)
    )
    lent = [bytes(row[0]) for row in rows[:30]]
    before = propose_cut(made, RIDING, Wish(turfs=12))
    turf = make_turf(made, RIDING, "Mine", lent).turf_id
    issue_walk_list(made, RIDING, turf, author="Zoé")
    retire_turf(made, RIDING, turf)
    found = propose_cut(made, RIDING, Wish(turfs=12))
    assert {door for door, why in found.left_out if why.en == "on a walk list that is out"} == set(lent)
    with pytest.raises(GivenAlready):
        accept_cut(made, RIDING, before.turfs)
    assert list_turfs(made, RIDING) == []


def test_a_tower_alone_makes_as_many_turfs_as_volunteers(tmp_path: Path) -> None:
    doors = tmp_path / "tower.csv"
    units = "".join(f"7,Birch St,{n // 8 + 1}{n % 8 + 1:02},-75.7,45.4\n" for n in range(400))
    doors.write_text(
        "number,street,unit,longitude,latitude\n" + units + "9,Birch St,,-75.6999,45.4\n", "utf-8"
    )
    with closing(open_book(tmp_path / "book", passphrase="pass phrase for tests")) as book:
        import_file(book, doors, "doors", riding_id=RIDING, author="Zoé")
        for wish, fewest in ((Wish(turfs=5), 5), (Wish(doors=80), 5), (Wish(minutes=120), 4)):
            found = propose_cut(book, RIDING, wish)
            assert sum(turf.doors for turf in found.turfs) == 401
            assert len([turf for turf in found.turfs if turf.doors > 40]) >= fewest
