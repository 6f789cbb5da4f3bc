"""A riding's streets: taken from a file, drawn, sent as they are, and its doors put on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli import main
from canvass_app.domain.errors import Cancelled, FileProblem, NotFound
from canvass_app.domain.streets import StreetClass
from canvass_app.domain.text import Text
from canvass_app.services.book import Book
from canvass_app.services.layers import add_layer
from canvass_app.services.map_data import load_map
from canvass_app.services.streets import import_streets, load_segments, read_street_plan
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.turf.snapping import Fit

from .conftest import RIDING, Town, add_roster, door


@pytest.fixture
def streets(tmp_path: Path, town: Town) -> Path:
    """The street of the invented town, a path beside it, a park, and a line far away."""
    lons, lats = [d.lon_e6 / 1e6 for d in town.doors], [d.lat_e6 / 1e6 for d in town.doors]
    south = min(lats) - 0.0002
    label = town.doors[0].street_label
    ring = [[lons[0], south], [lons[0] + 0.001, south], [lons[0], south - 0.001], [lons[0], south]]
    features = [
        ("LineString", [[min(lons) - 0.001, south], [max(lons) + 0.001, south]],
         {"name": label, "left_from": 2, "left_to": 998, "left_parity": "even", "bridge": "no"}),
        ("LineString", [[min(lons), south], [min(lons), south - 0.001]], {"class": "path"}),
        ("LineString", [[min(lons), south - 0.0005], [max(lons), south - 0.0005]], {"class": "rail"}),
        ("LineString", [[-100.0, 50.0], [-100.1, 50.0]], {}),
        ("Point", [lons[0], south], {}),
        ("Polygon", [ring], {"kind": "park"}),
    ]  # fmt: skip
    path = tmp_path / "streets.geojson"
    path.write_text(json.dumps({"features": [
        {"geometry": {"type": kind, "coordinates": at}, "properties": says} for kind, at, says in features
    ]}), "utf-8")  # fmt: skip
    return path


def test_streets_from_a_file_become_the_ridings_network_and_its_map(
    book: Book, town: Town, streets: Path
) -> None:
    report = import_streets(book, RIDING, streets, author="Zoé", attribution="City of Birch River")
    assert (report.added, report.changed, report.unchanged, report.elsewhere) == (3, 0, 0, 1)
    assert [problem.line for problem in report.problems] == [5]
    assert report.changes.layers
    data = load_map(book, RIDING)
    assert data.streets is not None
    assert data.streets.kinds == ["street", "path", "rail"]
    assert data.streets.names[0] == town.doors[0].street_label
    assert [area.kind for area in data.areas] == ["park"]
    assert data.attribution == "City of Birch River"
    kept = load_segments(book, RIDING)
    assert [one.kind for one in kept] == [StreetClass.STREET, StreetClass.PATH, StreetClass.RAIL]
    assert kept[0].key == "BIRCH|ST|"
    assert kept[0].left == (2, 998, "even")


def test_a_park_that_the_areas_have_already_is_drawn_once(book: Book, town: Town, streets: Path) -> None:
    park = json.loads(streets.read_text("utf-8"))["features"][-1]
    with book.act("Zoé") as act:
        add_layer(act, RIDING, "areas", {"features": [park]})
    import_streets(book, RIDING, streets, author="Zoé")
    assert [area.kind for area in load_map(book, RIDING).areas] == ["park"]


def test_a_river_is_no_street_on_the_cover_of_a_walk_list(book: Book, town: Town, streets: Path) -> None:
    content = json.loads(streets.read_text("utf-8"))
    content["features"][2]["properties"] = {"class": "river", "name": "rivière aux Bouleaux"}
    streets.write_text(json.dumps(content), "utf-8")
    import_streets(book, RIDING, streets, author="Zoé")
    turf = make_turf(book, RIDING, "Birch", [d.door_id for d in town.doors]).turf_id
    document = issue_walk_list(book, RIDING, turf, canvasser="Zoé").document
    kinds = [one.kind for one in load_segments(book, RIDING)]
    assert (kinds.count(StreetClass.WATER), len(document.streets)) == (1, 2)
    drawn = load_map(book, RIDING).streets
    assert drawn is not None
    assert "rivière aux Bouleaux" in drawn.names


def test_a_layer_from_before_the_network_is_read_as_one(book: Book, town: Town, streets: Path) -> None:
    old = {"type": "LineString", "coordinates": [[-75.0, 45.0], [-75.001, 45.0]]}
    says = {"full_name": "Birch St", "kind": "bridge"}
    with book.act("Zoé") as act:
        add_layer(act, RIDING, "streets", {"features": [{"geometry": old, "properties": says}]})
    (one,) = load_segments(book, RIDING)
    assert (one.key, one.kind, one.bridge, one.left) == ("BIRCH|ST|", StreetClass.STREET, True, None)


def test_the_same_file_again_changes_nothing_and_another_replaces_it(book: Book, streets: Path) -> None:
    import_streets(book, RIDING, streets, author="Zoé")
    events = book.read().query("SELECT COUNT(*) FROM event")[0][0]
    again = import_streets(book, RIDING, streets, author="Zoé")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert book.read().query("SELECT COUNT(*) FROM event")[0][0] == events
    content = json.loads(streets.read_text("utf-8"))
    del content["features"][1]
    streets.write_text(json.dumps(content), "utf-8")
    other = import_streets(book, RIDING, streets, author="Zoé")
    assert (other.added, other.changed, other.unchanged) == (0, 2, 0)
    assert len(load_segments(book, RIDING)) == 2


def test_each_door_is_counted_once_by_how_it_fits(book: Book, town: Town, streets: Path) -> None:
    add_roster(book, [door(400, lon_e6=0, lat_e6=0), door(401, lon_e6=0, lat_e6=0)])
    report = import_streets(book, RIDING, streets, author="Zoé")
    fit = report.fit
    assert sum(fit.count(one) for one in Fit) == len(town.doors) + 2
    assert fit.count(Fit.NUMBERED) == 1  # 401 is odd, and the file knows even numbers only
    assert fit.count(Fit.NONE) == 1
    at = next(n for n, label in enumerate(fit.doors.labels) if label.startswith("400 "))
    lon, lat = fit.placed[at].tolist()
    assert min(d.lon_e6 for d in town.doors) - 1000 < lon < max(d.lon_e6 for d in town.doors) + 1000
    assert lat == pytest.approx(min(d.lat_e6 for d in town.doors) - 200 + 90, abs=2)
    badly = report.as_dict("fr")["badly"]
    assert badly[0]["fit"] == "none"
    assert badly[0]["address"].startswith("401 ")


def test_a_file_that_cannot_be_used_leaves_the_streets_as_they_were(book: Book, streets: Path) -> None:
    import_streets(book, RIDING, streets, author="Zoé")
    before = load_segments(book, RIDING)
    assets = book.read().query("SELECT COUNT(*) FROM asset")
    bad = streets.with_name("bad.osm.pbf")
    bad.write_bytes(b"\0" * 50)
    with pytest.raises(FileProblem):
        import_streets(book, RIDING, bad, author="Zoé")
    assert load_segments(book, RIDING) == before
    assert book.read().query("SELECT COUNT(*) FROM asset") == assets


def test_a_stopped_import_changes_nothing_wherever_it_is_stopped(
    book: Book, town: Town, streets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("canvass_app.services.streets.DOORS_AT_ONCE", 2)
    import_streets(book, RIDING, streets, author="Zoé")
    before = load_segments(book, RIDING), book.read().query("SELECT COUNT(*) FROM asset")
    streets.write_text(streets.read_text("utf-8").replace("998", "996"), "utf-8")
    asked = 0

    def stop_at(last: int) -> Callable[[], bool]:
        def stop() -> bool:
            nonlocal asked
            asked += 1
            return asked == last

        return stop

    for last in range(1, 100):
        asked = 0
        try:
            import_streets(book, RIDING, streets, author="Zoé", cancelled=stop_at(last))
        except Cancelled:
            assert (load_segments(book, RIDING), book.read().query("SELECT COUNT(*) FROM asset")) == before
        else:
            break
    assert last > 5
    assert load_segments(book, RIDING) != before[0]


def test_an_import_can_still_be_stopped_when_every_door_has_its_place(book: Book, streets: Path) -> None:
    placed = False

    def watch(what: Text, done: int, total: int) -> None:
        nonlocal placed
        placed = what.en.startswith("Putting") and done == total

    with pytest.raises(Cancelled):
        import_streets(book, RIDING, streets, author="Zoé", progress=watch, cancelled=lambda: placed)
    assert book.read().query("SELECT COUNT(*) FROM layer")[0][0] == 0


def test_an_import_tells_of_bytes_and_then_of_doors(
    book: Book, town: Town, streets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elm = door(400, "Elm St")
    add_roster(book, [elm._replace(lat_e6=elm.lat_e6 + 900)])
    content = json.loads(streets.read_text("utf-8"))
    line = [[(elm.lon_e6 + step) / 1e6, (elm.lat_e6 + 900) / 1e6] for step in (-900, 900)]
    content["features"].append(
        {"geometry": {"type": "LineString", "coordinates": line}, "properties": {"name": "Elm St"}}
    )
    streets.write_text(json.dumps(content), "utf-8")
    whole = import_streets(book, RIDING, streets, author="Zoé").fit
    monkeypatch.setattr("canvass_app.services.streets.DOORS_AT_ONCE", 2)
    told: list[tuple[str, int, int]] = []
    plan = read_street_plan(
        book, RIDING, streets, progress=lambda what, done, total: told.append((what.en, done, total))
    )
    assert list(dict.fromkeys(what for what, _, _ in told)) == [
        "Reading the streets",
        "Putting doors on their streets",
    ]
    assert told[-1][1:] == (len(town.doors) + 1, len(town.doors) + 1)
    assert whole.count(Fit.NAMED) == len(town.doors) + 1
    assert all((a == b).all() for a, b in zip(plan.fit.spots, whole.spots, strict=True))


def test_what_is_thanked_is_said_and_kept(book: Book, streets: Path) -> None:
    report = import_streets(book, RIDING, streets, author="Zoé", attribution="Ville de Rivière-aux-Bouleaux")
    assert report.attribution == "Ville de Rivière-aux-Bouleaux"
    assert load_map(book, RIDING).attribution == report.attribution


def test_a_riding_that_is_not_here_or_has_no_streets_says_so(book: Book, town: Town, streets: Path) -> None:
    with pytest.raises(NotFound):
        import_streets(book, RIDING + 1, streets, author="Zoé")
    with pytest.raises(NotFound, match="streets import"):
        load_segments(book, RIDING)


@pytest.mark.parametrize("name", ["far.osm", "far.geojson"])
def test_without_coordinates_or_outline_a_file_of_unknown_place_is_refused(
    book: Book, tmp_path: Path, name: str
) -> None:
    add_roster(book, [door(400, lon_e6=0, lat_e6=0)])
    line = {"type": "LineString", "coordinates": [[-100.0, 50.0], [-100.1, 50.0]]}
    (tmp_path / name).write_text(json.dumps({"features": [{"geometry": line}]}), "utf-8")
    with pytest.raises(FileProblem, match="Nothing says which streets"):
        import_streets(book, RIDING, tmp_path / name, author="Zoé")
    assert book.read().query("SELECT COUNT(*) FROM layer")[0][0] == 0


def test_without_coordinates_numbers_tell_that_the_streets_are_the_ridings(
    book: Book, tmp_path: Path
) -> None:
    add_roster(book, [door(400, lon_e6=0, lat_e6=0)])
    says = {"name": "Birch St", "left_from": 2, "left_to": 998}
    line = {"type": "LineString", "coordinates": [[-100.0, 50.0], [-100.1, 50.0]]}
    path = tmp_path / "s.geojson"
    path.write_text(json.dumps({"features": [{"geometry": line, "properties": says}]}), "utf-8")
    assert import_streets(book, RIDING, path, author="Zoé").fit.count(Fit.NUMBERED) == 1


# --- the command --------------------------------------------------------------------------------

HEAD = "civic_number,street_name,street_type,municipality,latitude,longitude,riding\n"


@pytest.fixture
def run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")
    table = tmp_path / "doors.csv"
    rows = [f"{n},Birch,St,Birch River,45.4001,-75.{700000 - 100 * n},99001\n" for n in range(2, 22, 2)]
    table.write_text(HEAD + "".join(rows) + "30,Birch,St,Birch River,,,99001\n", "utf-8")

    def call(*words: str) -> tuple[int, Any, str]:
        code = main([*words, "--data", str(tmp_path / "data")])
        said = capsys.readouterr()
        return code, said.out, said.err

    assert call("import", "doors", str(table))[0] == 0
    return call


@pytest.fixture
def birch(tmp_path: Path) -> Path:
    says = {"name": "Birch St", "left_from": 2, "left_to": 40, "left_parity": "even"}
    line = {"type": "LineString", "coordinates": [[-75.7, 45.4], [-75.69, 45.4]]}
    path = tmp_path / "birch.geojson"
    path.write_text(json.dumps({"features": [{"geometry": line, "properties": says}]}), "utf-8")
    return path


def test_the_command_says_how_the_doors_fit(run: Callable[..., tuple[int, str, str]], birch: Path) -> None:
    code, out, _ = run("streets", "import", str(birch), "--riding", "99001", "--json")
    said = json.loads(out)
    assert (code, said["added"], said["changed"], said["unchanged"], said["left_out"]) == (0, 1, 0, 0, [])
    assert said["segments"] == 1
    assert said["doors"] == {
        "all": 11, "well": 10, "nearest": 0, "far": 0, "interpolated": 1, "no_place": 0, "cut_off": 0,
    }  # fmt: skip
    code, out, _ = run("streets", "import", str(birch), "--lang", "fr")
    assert code == 0
    assert "Rien de nouveau" in out
    assert "Sur 11 portes, 10 dans leur rue" in out
    assert run("doctor")[0] == 0


def test_the_command_refuses_a_file_of_another_place(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    far = tmp_path / "far.geojson"
    line = {"type": "LineString", "coordinates": [[-123.1, 49.2], [-123.0, 49.2]]}
    far.write_text(json.dumps({"features": [{"geometry": line}]}), "utf-8")
    code, out, err = run("streets", "import", str(far), "--lang", "en")
    assert (code, out) == (1, "")
    assert "of another place" in err
