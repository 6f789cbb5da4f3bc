"""Plans: ridings, repeats, people's ids, the preview and the report."""

from __future__ import annotations

import csv
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvass_app.domain.address import Address, normalise_street
from canvass_app.domain.cells import safe_cell
from canvass_app.domain.errors import Cancelled, FileProblem
from canvass_app.domain.ids import listed_person_id
from canvass_app.imports import guess_mapping, plan_import, read_table, write_report_csv
from canvass_app.ledger.rosters import build_roster

RIDING = 201359036


class WestIsOne:
    """A finder with two outlines: west of 100 degrees west is 59036, east of it 35001, north of 60 nothing."""

    def find(self, lon_e6, lat_e6):
        assert lon_e6.dtype == lat_e6.dtype == np.int32
        found = np.where(lon_e6 < -100_000_000, 201359036, 201335001).astype(np.int32)
        found[lat_e6 > 60_000_000] = 0
        return found


def codes(plan):
    return [(p.line, p.severity, p.code) for p in plan.problems]


RIDINGS = "civic number,street,riding,latitude,longitude\n"


def test_the_column_then_the_asked_riding_then_the_outline(plan):
    text = RIDINGS + "1,A St,35001,,\n2,A St,201335001,,\n3,A St,,49,-120\n4,A St,,,\n"
    asked = plan(text, riding_id=201348001, finder=WestIsOne())
    assert {r: [d.number for d in rows.doors] for r, rows in asked.ridings.items()} == {
        201335001: [1, 2], 201348001: [3, 4],
    }  # fmt: skip
    found = plan(text, riding_id=None, finder=WestIsOne())
    assert {r: [d.number for d in rows.doors] for r, rows in found.ridings.items()} == {
        201335001: [1, 2], RIDING: [3],
    }  # fmt: skip
    assert codes(found) == [(5, "left_out", "riding_unknown")]
    assert "--riding" in found.problems[0].reason.en
    assert "--riding" in found.problems[0].reason.fr


def test_an_outline_that_disagrees_flags_the_row_and_the_column_wins(plan):
    result = plan(
        RIDINGS + "1,A St,35001,49,-120\n2,A St,59036,49,-120\n3,A St,35001,70,-120\n",
        riding_id=None,
        finder=WestIsOne(),
    )
    assert codes(result) == [(2, "note", "riding_outline")]
    assert [d.number for d in result.ridings[201335001].doors] == [1, 3]


def test_an_outline_of_another_map_is_no_disagreement(plan):
    result = plan(RIDINGS + "1,A St,35001,49,-120\n", map_year=2023, finder=WestIsOne())
    assert list(result.ridings) == [202335001]
    assert result.problems == []


def test_a_riding_that_is_no_number_is_noted_and_the_next_way_is_taken(plan):
    result = plan(RIDINGS + "1,A St,Granville,,\n2,A St,59036 Vancouver Granville,,\n")
    assert [d.number for d in result.ridings[RIDING].doors] == [1, 2]
    assert codes(result) == [(2, "changed", "riding_unreadable")]


def test_exact_repeats_collapse_with_a_note_that_names_both_lines(plan):
    result = plan("civic number,street,postal code\n12,Main St,\n14,Main St,\n12,MAIN STREET,K1A0B1\n")
    doors = result.ridings[RIDING].doors
    assert [(d.number, d.postal_code) for d in doors] == [(12, "K1A 0B1"), (14, "")]
    assert codes(result) == [(4, "note", "repeat")]
    assert "line 2" in result.problems[0].reason.en
    assert "ligne 2" in result.problems[0].reason.fr


def test_a_repeat_with_other_coordinates_is_reported_and_the_first_kept(plan):
    result = plan("civic number,street,lat,lon\n12,Main St,49.1,-123\n12,Main St,49.2,-123\n")
    assert result.ridings[RIDING].doors[0].lat_e6 == 49_100_000
    assert codes(result) == [(3, "changed", "repeat_elsewhere")]


def test_units_and_towns_keep_doors_apart_and_the_default_town_fills_blanks(plan):
    text = "civic number,street,unit,city\n12,Main St,1,Lévis\n12,Main St,2,Lévis\n12,Main St,1,Québec\n12,Main St,1,\n"
    assert plan(text).doors == 4
    filled = plan(text, municipality_default="LEVIS")
    assert filled.doors == 3
    assert {d.municipality for d in filled.ridings[RIDING].doors} == {"Lévis", "Québec"}


def test_a_door_has_the_id_of_its_normalised_address(plan):
    door = (
        plan("civic number,street,unit,city\n12A,Birch Street West,Apt 204,MONTREAL\n")
        .ridings[RIDING]
        .doors[0]
    )
    assert door.door_id == Address(12, "A", normalise_street("Birch St W"), "204", "Montréal").door_id
    assert door.street == "BIRCH"
    assert (door.street_type, door.street_direction, door.floor) == ("ST", "W", 2)


def test_spellings_of_one_street_are_shown_alike(plan):
    result = plan("civic number,street\n1,RUE MCGILL\n2,rue McGill\n3,RUE ELIE\n4,rue Élie\n")
    assert [d.street_label for d in result.ridings[RIDING].doors] == ["rue McGill"] * 2 + ["rue Élie"] * 2


PEOPLE = "last name,first name,birth year,address,phone\n"


def test_father_and_son_of_one_name_at_one_door_stay_two(plan):
    text = PEOPLE + "Roy,Luc,,12 Main St,6045550123\nRoy,Luc,,12 Main St,\nRoy,Anne,1970,12 Main St,\n"
    result = plan(text, "people")
    rows = result.ridings[RIDING]
    assert (len(rows.doors), len({p.person_id for p in rows.people})) == (1, 3)
    assert codes(result) == [(2, "note", "namesake")]
    ids = {listed_person_id(rows.doors[0].door_id, "ROY|LUC", 0, n) for n in (0, 1)}
    assert ids < {p.person_id for p in rows.people}


def test_two_equal_rows_without_a_birth_year_may_be_two_people_and_stay_two(plan):
    result = plan(PEOPLE + "Roy,Luc,,12 Main St,\nRoy,Luc,,12 Main St,\n", "people")
    assert len({p.person_id for p in result.ridings[RIDING].people}) == 2


def test_a_known_birth_year_makes_an_equal_row_the_same_person(plan):
    result = plan(
        PEOPLE + "Roy,Luc,1970,12 Main St,\nROY,LUC,1970,12 Main St,\nRoy,Luc,1970,12 Main St,\n", "people"
    )
    assert result.people == 2  # written otherwise: doubtful, kept for a person to judge
    assert ("note", "person_repeat") in {(p.severity, p.code) for p in result.problems}


def test_one_external_id_is_one_person(plan):
    text = "VANID,LastName,FirstName,StreetNo,StreetName\n7,Roy,Luc,12,Main St\n7,Roy,Luc,14,Main St\n8,Roy,Luc,12,Main St\n"
    result = plan(text, "people")
    assert [p.external_id for p in result.ridings[RIDING].people] == ["7", "8"]
    assert codes(result) == [(3, "changed", "person_repeat")]


def test_people_without_a_name_or_a_door_are_left_out_with_their_reasons(plan):
    result = plan(
        PEOPLE + ",,,12 Main St,\nRoy,Luc,,,\nRoy,Anne,,PO Box 7,\nRoy,Eve,,12 Main St,\n", "people"
    )
    assert codes(result) == [
        (2, "left_out", "name_missing"), (3, "left_out", "address_missing"), (4, "left_out", "address_unreadable"),
    ]  # fmt: skip
    assert (result.people, result.doors, result.rows_left_out, result.rows_read) == (1, 1, 3, 4)


def test_people_are_at_doors_of_the_same_plan(plan):
    result = plan(PEOPLE + "Roy,Luc,,12 Main St,\nLee,Jo,,14 Main St,\nChen,Li,,12 Main Street,\n", "people")
    rows = result.ridings[RIDING]
    assert {p.door_id for p in rows.people} == {d.door_id for d in rows.doors}
    assert (rows.person_lines, rows.door_lines) == ([2, 3, 4], [2, 3])


def test_the_preview_shows_rows_as_read_and_as_understood(plan):
    result = plan(PEOPLE + "Roy,Luc,,4-12 MAIN ST,555\nRoy,Luc,,PO Box 7,\n", "people")
    first, second = result.preview
    assert (first.line, first.cells[3], first.address, first.person, first.riding_id) == (
        2,
        "4-12 MAIN ST",
        "4-12 Main St",
        "Roy, Luc",
        RIDING,
    )
    assert len(first.remarks) == 1
    assert (second.address, second.person) == ("", "")


def test_identical_reasons_are_summed_up_and_all_kept(plan):
    result = plan("civic number,street\n" + "abc,Main St\n" * 50 + "1,Main St\n" + "0,Main St\n" * 5)
    assert [(g.code, g.count, g.first_lines[:2]) for g in result.groups] == [
        ("civic_unreadable", 50, (2, 3)), ("civic_zero", 5, (53, 54)),
    ]  # fmt: skip
    assert len(result.problems) == 55


def test_a_plan_can_be_stopped_within_1000_rows(write):
    table = read_table(
        write("civic number,street\n" + "\n".join(f"{n},Main St" for n in range(1, 5001)) + "\n")
    )
    mapping = guess_mapping(table, "doors")
    done = []
    calls = []

    def cancelled():
        calls.append(1)
        return bool(done) and done[-1] >= 2000

    with pytest.raises(Cancelled):
        plan_import(
            table,
            mapping,
            kind="doors",
            riding_id=RIDING,
            progress=lambda n, _: done.append(n),
            cancelled=cancelled,
        )
    assert done == [1000, 2000]
    plan_import(table, mapping, kind="doors", riding_id=RIDING, progress=lambda n, _: done.append(n))
    assert all(later - earlier <= 1000 for earlier, later in pairwise(done[2:]))
    assert done[-1] == 5000


_streets = st.sampled_from(["Main St", "MAIN STREET", "rue Élie", "RUE ELIE", "W 12th Ave", "12th Ave W"])
_person = st.tuples(
    st.sampled_from(["Roy", "ROY", "Lee"]), st.sampled_from(["Luc", "Anne"]), st.sampled_from(["", "1970"]),
    st.integers(1, 3), _streets, st.sampled_from(["", "6045550123", "6045550199"]),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_person, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_that_is_stored(plan, rows, chance):
    def made(order):
        lines = [f"{a},{b},{c},{d},{e},{f}\n" for a, b, c, d, e, f in order]
        result = plan(
            "last name,first name,birth year,civic number,street,phone\n" + "".join(lines), "people"
        )
        found = result.ridings[RIDING]
        return sorted(found.doors), sorted(found.people)

    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert made(rows) == made(shuffled)


def test_a_shuffled_file_gives_the_same_roster(plan):
    rows = [f"{n},{street}\n" for street in ("Main St", "rue du Bouleau", "W 12th Ave") for n in range(1, 60)]
    names = set()
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        found = plan("civic number,street\n" + "".join(rows)).ridings[RIDING]
        names.add(build_roster(RIDING, found.doors, found.people).name)
    assert len(names) == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1"])
def test_a_report_cell_never_runs_as_a_formula(text):
    assert safe_cell(text).startswith("'")


def test_the_report_names_line_column_value_and_reason_in_either_language(plan, tmp_path):
    result = plan("civic number,street\n-5,Main St\n=2+2,Main St\n12,Main St\n")
    for language, word in (("en", "left out"), ("fr", "laissée de côté")):
        path = tmp_path / f"{language}.csv"
        assert write_report_csv(result.problems, path, language) == 2
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[1][:4] == ["2", word, "civic number", "'-5"]
        assert rows[2][3] == "'=2+2"
        assert rows[1][4] == result.problems[0].reason.say(language)


def test_a_report_that_cannot_be_written_is_a_known_trouble(tmp_path):
    with pytest.raises(FileProblem):
        write_report_csv([], tmp_path / "no" / "folder.csv")


def test_every_reason_is_said_in_both_languages_and_they_differ(plan):
    text = (
        "last name,civic number,civic suffix,street,unit,postal code,riding,lat,lon,phone,email,dob,support level\n"
        "Roy,1,,Main St,,K1A 0B1,59036,49,-120,,,,\n"
        "Roy,1,BIS,Main St,,x,x,-120,49,5,x,x,9\n"
        ",2,,Main St,,,,,,,,,\nRoy,2-4,,Main St,,,,,,,,,\nRoy,0,,Main St,,,,,,,,,\nRoy,x,,Main St,,,,,,,,,\n"
        "Roy,,,Main St,,,,,,,,,\nRoy,3,,,,,,,,,,,\nRoy,3½,,Main St,,,35001,49,-120,,,,\nRoy,4,,Main St,,,,2,48,,,,\n"
        "Roy,4,,Main St,,,,2,,,,,,too,long\n"
    )
    result = plan(text, "people", riding_id=None, finder=WestIsOne())
    assert len({p.code for p in result.problems}) >= 17
    for problem in result.problems:
        assert problem.line >= 1
        assert problem.reason.en.strip()
        assert problem.reason.fr.strip()
        assert problem.reason.en != problem.reason.fr
