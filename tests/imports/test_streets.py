"""Street files: what each kind of file gives, and what is said of one that cannot be used."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.address import normalise_street
from canvass_app.domain.errors import Cancelled, FileProblem
from canvass_app.domain.streets import NumberRange, StreetClass
from canvass_app.imports import street_blobs
from canvass_app.imports.streets import OSM_CREDIT, Box, read_streets

OSM = """<osm version="0.6">
{nodes}
<way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/><tag k="name" v="Birch Street West"/></way>
<way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/><tag k="bridge" v="yes"/></way>
<way id="12"><nd ref="3"/><nd ref="4"/><tag k="railway" v="rail"/></way>
<way id="13"><nd ref="1"/><nd ref="4"/><tag k="waterway" v="river"/><tag k="tunnel" v="no"/></way>
<way id="14"><nd ref="1"/><nd ref="3"/><tag k="highway" v="footway"/><tag k="access" v="private"/></way>
<way id="15"><nd ref="1"/><nd ref="3"/><tag k="highway" v="path"/></way>
<way id="16"><nd ref="1"/><nd ref="3"/><tag k="highway" v="service"/><tag k="service" v="driveway"/></way>
<way id="17"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="leisure" v="park"/></way>
<way id="18"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way>
<way id="19"><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
<way id="20"><nd ref="5"/><nd ref="6"/><tag k="highway" v="residential"/></way>
<way id="21"><nd ref="7"/><nd ref="1"/><tag k="highway" v="motorway"/></way>
<way id="22"><nd ref="99"/><nd ref="98"/><tag k="highway" v="residential"/></way>
<relation id="30"><member type="way" ref="18" role="outer"/><member type="way" ref="19" role="outer"/>
<tag k="type" v="multipolygon"/><tag k="natural" v="water"/></relation>
</osm>"""
NODES = {1: (-75.70, 45.40), 2: (-75.69, 45.40), 3: (-75.69, 45.41), 4: (-75.70, 45.41), 5: (-79.0, 43.0),
         6: (-79.1, 43.0), 7: (-75.75, 45.40)}  # fmt: skip
BOX = Box(-75_710_000, 45_395_000, -75_680_000, 45_415_000)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "town.osm"
    nodes = "".join(f'<node id="{n}" lon="{lon}" lat="{lat}"/>\n' for n, (lon, lat) in NODES.items())
    path.write_text(OSM.format(nodes=nodes), "utf-8")
    return path


def geojson(path: Path, *features: tuple[str, Any, dict[str, Any]], **more: Any) -> Path:
    content = {"type": "FeatureCollection", **more, "features": [
        {"type": "Feature", "properties": says, "geometry": {"type": kind, "coordinates": at}}
        for kind, at, says in features
    ]}  # fmt: skip
    path.write_text(json.dumps(content), "utf-8")
    return path


LINE = [[-75.70, 45.40], [-75.69, 45.40]]


def test_an_extract_gives_streets_paths_barriers_and_who_made_it(extract: Path) -> None:
    found = read_streets(extract, BOX)
    assert {(one.id, one.kind, one.bridge) for one in found.segments} == {
        ("w10", StreetClass.STREET, False), ("w11", StreetClass.ARTERIAL, True), ("w12", StreetClass.RAIL, False),
        ("w13", StreetClass.WATER, False), ("w15", StreetClass.PATH, False), ("w21", StreetClass.MOTORWAY, False),
    }  # fmt: skip
    birch = next(one for one in found.segments if one.id == "w10")
    assert birch.key == normalise_street("BIRCH ST W").key
    assert birch.points == ((-75_700_000, 45_400_000), (-75_690_000, 45_400_000))
    assert found.credit == OSM_CREDIT
    assert found.elsewhere == 2


def test_parks_and_lakes_of_several_ways_come_along(extract: Path) -> None:
    shapes = {one.kind: one.rings for one in read_streets(extract, BOX).shapes}
    assert [len(shapes["park"][0]), len(shapes["water"][0])] == [4, 5]
    assert set(shapes["water"][0]) == {
        (round(lon * 1e6), round(lat * 1e6)) for n, (lon, lat) in NODES.items() if n < 5
    }


def test_a_large_extract_keeps_its_nodes_on_the_disk_and_says_the_same(
    extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = read_streets(extract, BOX)
    monkeypatch.setattr("canvass_app.imports.street_osm.LARGE_BYTES", 0)
    assert read_streets(extract, BOX) == small


def test_columns_of_ontario_and_of_statistics_canada_are_known(tmp_path: Path) -> None:
    ontario = {"OGF_ID": 7.0, "FULL_NA": "LYON STREET NORTH", "ST_TYPE_S": "Street", "ROAD_CL": "Collector",
               "L_FIRST": 22, "L_LAST": 10, "L_STRUC": "Even", "R_FIRST": 0, "R_LAST": 0, "R_STRUC": "None"}  # fmt: skip
    canada = {
        "NAME": "Principale",
        "TYPE": "RUE",
        "DIR": "",
        "AFL_VAL": "1",
        "ATL_VAL": "9",
        "AFR_VAL": None,
        "ATR_VAL": "",
    }
    one, two = read_streets(
        geojson(tmp_path / "s.geojson", ("LineString", LINE, ontario), ("LineString", LINE, canada))
    ).segments
    assert (one.id, one.key) == ("7", normalise_street("Lyon St N").key)
    assert (one.left, one.right) == (NumberRange(22, 10, "even"), None)
    assert two.key == normalise_street("rue Principale").key
    assert (two.left, two.right) == (NumberRange(1, 9, "odd"), None)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Arterial", StreetClass.ARTERIAL), ("Freeway", StreetClass.MOTORWAY), ("Trail", StreetClass.PATH),
     ("rail", StreetClass.RAIL), ("river", StreetClass.WATER), ("Local / Street", StreetClass.STREET)],
)  # fmt: skip
def test_a_files_own_words_for_a_road_are_understood(tmp_path: Path, word: str, kind: StreetClass) -> None:
    path = geojson(tmp_path / "s.geojson", ("LineString", LINE, {"class": word}), ("LineString", LINE, {}))
    assert read_streets(path).segments[0].kind is kind


def test_where_no_column_tells_of_bridges_a_motorway_cuts_no_street(tmp_path: Path) -> None:
    silent = geojson(
        tmp_path / "a.geojson", ("LineString", LINE, {"class": "Freeway"}), ("LineString", LINE, {})
    )
    assert read_streets(silent).segments[0].bridge
    telling = geojson(tmp_path / "b.geojson", ("LineString", LINE, {"class": "Freeway", "bridge": "no"}),
                      ("LineString", LINE, {"bridge": "yes"}))  # fmt: skip
    assert [one.bridge for one in read_streets(telling).segments] == [False, True]
    kind = geojson(tmp_path / "c.geojson", ("LineString", LINE, {"kind": "bridge"}))
    assert [one.bridge for one in read_streets(kind).segments] == [True]


def test_features_that_are_no_lines_are_left_out_by_their_place(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "s.geojson", ("Point", [-75.7, 45.4], {}), ("LineString", LINE, {}), ("LineString", [LINE[0]], {}),
        ("MultiLineString", [LINE, LINE], {}), ("LineString", "no", {}),
    )  # fmt: skip
    found = read_streets(path)
    assert [one.line for one in found.problems] == [1, 3, 5]
    assert [one.id for one in found.segments] == ["2", "4.0", "4.1"]


BAD: dict[str, tuple[str, str]] = {
    "absent.osm": ("", "cannot be read"),
    "empty.osm.pbf": ("", "is empty"),
    "words.osm.pbf": ("hello, this is no extract", "damaged"),
    "cut.osm": ("<osm version='0.6'><node id='1'", "damaged"),
    "page.osm": ("<html></html>", "damaged"),
    "nothing.osm": ("<osm version='0.6'></osm>", "no streets"),
    "cut.geojson": ('{"type": "FeatureCollection", "features": [', "damaged"),
    "number.geojson": ("7", "damaged"),
    "odd.geojson": ('{"features": 7}', "damaged"),
    "streets.shp": ("x", "no street file"),
    "packed.zip": ("PK\x03\x04 and so on", "packed"),
    "packed.osm.pbf": ("PK\x03\x04 and so on", "packed"),
    "none.geojson": ('{"type": "FeatureCollection", "features": []}', "without a single feature"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_is_named_in_both_languages(tmp_path: Path, name: str) -> None:
    content, said = BAD[name]
    if not name.startswith("absent"):
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(FileProblem) as caught:
        read_streets(tmp_path / name)
    assert said in caught.value.say("en")
    for language, safe in (("en", "Nothing was changed"), ("fr", "Rien n’a été modifié")):
        assert name in caught.value.say(language)
        assert safe in caught.value.say(language)


def test_coordinates_that_are_no_degrees_and_points_alone_are_refused(tmp_path: Path) -> None:
    metres = geojson(tmp_path / "m.geojson", ("LineString", [[445_000, 5_030_000], [445_100, 5_030_000]], {}))
    named = geojson(
        tmp_path / "n.geojson", ("LineString", LINE, {}), crs={"properties": {"name": "EPSG:3347"}}
    )
    points = geojson(tmp_path / "p.geojson", ("Point", [-75.7, 45.4], {}))
    ring = [[-75.7, 45.4], [-75.69, 45.4], [-75.69, 45.41], [-75.7, 45.4]]
    parks = geojson(tmp_path / "a.geojson", ("Polygon", [ring], {"kind": "park"}))
    for path, said in (
        (metres, "EPSG:4326"), (named, "EPSG:4326"), (points, "no streets"), (parks, "no streets")
    ):  # fmt: skip
        with pytest.raises(FileProblem, match=said):
            read_streets(path)


def test_streets_of_another_place_are_refused(extract: Path, tmp_path: Path) -> None:
    far = Box(-123_200_000, 49_200_000, -123_000_000, 49_300_000)
    for path in (extract, geojson(tmp_path / "s.geojson", ("LineString", LINE, {}))):
        with pytest.raises(FileProblem, match="another place"):
            read_streets(path, far)


def test_turned_coordinates_are_told_apart_from_another_place(tmp_path: Path) -> None:
    turned = geojson(tmp_path / "t.geojson", ("LineString", [[lat, lon] for lon, lat in LINE], {}))
    with pytest.raises(FileProblem, match="wrong way round"):
        read_streets(turned, BOX)


@pytest.fixture
def packed(extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same extract as a PBF, with far more nodes than one piece holds."""
    import osmium

    monkeypatch.setattr(street_blobs, "PIECE_BYTES", 20_000)
    path = tmp_path / "town.osm.pbf"
    engine: Any = osmium
    with engine.SimpleWriter(str(path)) as writer:
        for one in osmium.FileProcessor(extract):
            if isinstance(one, osmium.osm.Node):
                writer.add_node(one)
        rest = random.Random(5)
        for number in range(100, 40_000):
            place = (rest.uniform(-80, -60), rest.uniform(43, 50))
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place))
        for one in osmium.FileProcessor(extract):
            if not isinstance(one, osmium.osm.Node):
                writer.add(one)
    return path


def test_a_packed_extract_read_in_pieces_is_the_one_read_whole(extract: Path, packed: Path) -> None:
    assert packed.stat().st_size > 4 * street_blobs.PIECE_BYTES
    assert read_streets(packed, BOX) == read_streets(extract, BOX)


def test_reading_says_how_far_it_is_and_ends_at_the_whole(packed: Path, tmp_path: Path) -> None:
    lines = geojson(tmp_path / "s.geojson", *[("LineString", LINE, {})] * 5000)
    for path in (packed, lines):
        told: list[tuple[int, int]] = []
        read_streets(path, BOX, progress=lambda done, total, told=told: told.append((done, total)))
        done = [one for one, _ in told]
        assert done == sorted(done)
        assert len(set(done)) >= 3
        assert {total for _, total in told} == {2 * path.stat().st_size}
        assert done[-1] <= 2 * path.stat().st_size


@pytest.mark.parametrize("name", ["town.osm", "town.osm.pbf", "s.geojson"])
def test_reading_stops_where_it_is_asked_to(extract: Path, packed: Path, tmp_path: Path, name: str) -> None:
    lines = geojson(tmp_path / "s.geojson", *[("LineString", LINE, {})] * 5000)
    path = {one.name: one for one in (extract, packed, lines)}[name]
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    with pytest.raises(Cancelled):
        read_streets(path, BOX, cancelled=stop)
    assert asked == 3


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.999])
def test_a_packed_extract_that_breaks_off_is_damaged(packed: Path, keep: float) -> None:
    whole = packed.read_bytes()
    packed.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(FileProblem, match="damaged"):
        read_streets(packed, BOX)


def test_water_and_parks_keep_the_name_of_what_most_of_them_is(tmp_path: Path) -> None:
    ids = {(x, y): 1 + x * 10 + y for x in range(4) for y in range(4)}
    nodes = "".join(
        f'<node id="{n}" lon="{-75.70 + x / 1000}" lat="{45.40 + y / 1000}"/>' for (x, y), n in ids.items()
    )

    def way(number: int, corners: list[tuple[int, int]], tags: str) -> str:
        return f'<way id="{number}">{"".join(f"<nd ref={chr(34)}{ids[c]}{chr(34)}/>" for c in corners)}{tags}</way>'

    park, lake = '<tag k="leisure" v="park"/>', '<tag k="natural" v="water"/>'
    ways = [
        way(50, [(0, 0), (3, 0), (3, 3), (0, 3), (0, 0)], park + '<tag k="name" v="Parc Jarry"/>'),
        way(51, [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], park + '<tag k="name" v="Jardin"/>'),
        way(52, [(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)], lake),
        way(53, [(0, 0), (3, 0)], '<tag k="highway" v="residential"/>'),
    ]
    path = tmp_path / "names.osm"
    path.write_text(f'<osm version="0.6">{nodes}{"".join(ways)}</osm>', "utf-8")
    assert [(one.kind, one.name) for one in read_streets(path).shapes] == [
        ("water", ""),
        ("park", "Parc Jarry"),
    ]


def test_the_public_files_give_the_streets_that_are_in_them(shared_data: Callable[[str], Path]) -> None:
    ottawa = read_streets(shared_data("streets/dev_ottawa_centre_streets_orn.geojson"))
    assert len(ottawa.segments) == 549
    assert sum(one.left is not None for one in ottawa.segments) == 395
    assert sum(bool(one.key) for one in ottawa.segments) == 545
    bayreuth = read_streets(shared_data("streets/north-bayreuth.osm.pbf"))
    kinds = [one.kind for one in bayreuth.segments]
    assert (kinds.count(StreetClass.RAIL), kinds.count(StreetClass.MOTORWAY)) == (17, 97)
    assert len(bayreuth.shapes) > 100
