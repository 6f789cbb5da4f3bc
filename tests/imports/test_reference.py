"""The shipped ridings: names, outlines and which riding a point lies in."""

import csv
from pathlib import Path

import numpy as np
import pytest

from canvass_app.domain.errors import FileProblem
from canvass_app.imports.reference import RidingFinder, outline, ridings
from canvass_app.imports.reference_build import build, pack_outlines, sources_page, unpack_outlines
from canvass_app.resource_path import resource

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared public data is not on this machine")

PLACES = {
    "Parliament Hill": (-75_700_900, 45_424_800, 201335075),
    "Vancouver City Hall": (-123_113_900, 49_260_500, 201359036),
    "Citadel of Quebec": (-71_208_000, 46_808_000, 201324059),
    "Halifax Town Clock": (-63_575_000, 44_647_500, 201312005),
    "mid-Atlantic": (-40_000_000, 45_000_000, 0),
}


def _square(west: int, south: int, side: int) -> np.ndarray:
    return np.array(
        [
            (west, south),
            (west + side, south),
            (west + side, south + side),
            (west, south + side),
            (west, south),
        ],
        np.int32,
    )


def _find(finder: RidingFinder, points: list[tuple[int, int]]) -> list[int]:
    lon, lat = np.array(points, np.int32).T
    return finder.find(lon, lat).tolist()


def test_all_338_ridings_have_names_people_and_an_outline() -> None:
    rows = ridings()
    assert len(rows) == len({row.riding_id for row in rows}) == 338
    assert all(row.riding_id == 201_300_000 + row.number for row in rows)
    assert all(row.name_en and row.name_fr and row.population > row.electors > 10_000 for row in rows)
    assert all(
        len(ring) >= 4 and (ring[0] == ring[-1]).all() for row in rows for ring in outline(row.riding_id)
    )
    assert sum(1 for row in rows if row.name_en != row.name_fr) == 68


def test_names_carry_a_real_em_dash() -> None:
    names = [name for row in ridings() for name in (row.name_en, row.name_fr)]
    assert "Esquimalt—Saanich—Sooke" in names
    assert not [name for name in names if "--" in name]


@pytest.mark.parametrize("place", PLACES)
def test_well_known_places_lie_in_their_riding(place: str) -> None:
    lon, lat, riding = PLACES[place]
    assert _find(RidingFinder(), [(lon, lat)]) == [riding]


def test_many_points_at_once_get_the_answers_they_get_alone() -> None:
    finder = RidingFinder()
    points = [(lon, lat) for lon, lat, _ in PLACES.values()]
    assert _find(finder, points[::-1]) == [_find(finder, [point])[0] for point in points[::-1]]


def test_no_points_give_no_ridings() -> None:
    assert RidingFinder().find(np.zeros(0, np.int32), np.zeros(0, np.int32)).tolist() == []


def test_a_campaigns_own_outline_wins_over_the_shipped_one() -> None:
    lon, lat, riding = PLACES["Parliament Hill"]
    own = RidingFinder({201399001: [_square(lon - 500, lat - 500, 1000)]})
    assert _find(own, [(lon, lat), (lon + 2000, lat)]) == [201399001, riding]


def test_a_hole_in_a_campaigns_outline_is_outside() -> None:
    own = RidingFinder({201399001: [_square(0, 0, 1000), _square(400, 400, 200)]})
    assert _find(own, [(100, 100), (500, 500), (1500, 500)]) == [201399001, 0, 0]


def test_a_campaigns_new_shape_of_a_shipped_riding_replaces_it() -> None:
    lon, lat, riding = PLACES["Parliament Hill"]
    assert _find(RidingFinder({riding: [_square(0, 0, 1000)]}), [(lon, lat), (500, 500)]) == [0, riding]


def test_changing_an_outline_that_was_given_out_changes_nothing() -> None:
    outline(201335075)[0][:] = 0
    lon, lat, riding = PLACES["Parliament Hill"]
    assert _find(RidingFinder(), [(lon, lat)]) == [riding]


def test_unknown_ridings_and_those_of_other_maps_have_no_outline() -> None:
    assert outline(200335075) == outline(201399001) == []


def test_outlines_survive_packing() -> None:
    rings = {10001: [_square(-52_000_000, 47_000_000, 90)], 59036: [_square(1, 2, 3), _square(-9, 4, 7)]}
    back = unpack_outlines(pack_outlines(2013, rings))
    assert {n: [r.tolist() for r in rr] for n, rr in back.items()} == {
        n: [r.tolist() for r in rr] for n, rr in rings.items()
    }


@pytest.mark.parametrize("damage", [b"", b"not zstandard", "cut"])
def test_damaged_outlines_are_told_in_both_languages(damage: bytes | str) -> None:
    packed = pack_outlines(2013, {10001: [_square(0, 0, 9)]})
    with pytest.raises(FileProblem) as told:
        unpack_outlines(packed[:-9] if isinstance(damage, str) else damage)
    assert "Install it again" in told.value.text.en
    assert "Réinstallez" in told.value.text.fr


def test_the_shipped_page_of_sources_is_the_one_the_command_writes() -> None:
    assert resource("reference", "SOURCES.md").read_text("utf-8") == sources_page()


@needs_shared
def test_at_most_six_in_a_thousand_vancouver_addresses_fall_to_a_neighbour() -> None:
    path = SHARED / "addresses" / "dev_vancouver_granville_59036_addresses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        points = [(round(float(r["lon"]) * 1e6), round(float(r["lat"]) * 1e6)) for r in csv.DictReader(file)]
    found = _find(RidingFinder(), points)
    assert len(found) == 12_984
    assert sum(1 for riding in found if riding != 201359036) <= 0.006 * len(found)


@needs_shared
def test_building_again_from_the_originals_gives_the_shipped_data(tmp_path: Path) -> None:
    build(SHARED, tmp_path)
    for name in ("ridings-2013.csv", "sources.json", "SOURCES.md"):
        assert (tmp_path / name).read_bytes() == resource("reference", name).read_bytes()
    built, shipped = (
        unpack_outlines((folder / "outlines-2013.bin").read_bytes())
        for folder in (tmp_path, resource("reference"))
    )
    assert built.keys() == shipped.keys()
    assert all((a == b).all() for n in built for a, b in zip(built[n], shipped[n], strict=True))
