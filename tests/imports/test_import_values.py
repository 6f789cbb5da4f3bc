"""Values: what is read, what is changed with a note, what leaves its row out."""

from __future__ import annotations

import pytest

from canvass_app.imports import values
from canvass_app.imports.full_address import parse_address_line

RIDING = 201359036


def codes(plan):
    return [(p.line, p.severity, p.code) for p in plan.problems]


@pytest.mark.parametrize(
    ("civic", "expected"),
    [("12", (12, "")), ("12.0", (12, "")), ("12 a", (12, "A")), ("12½", (12, "1/2")), ("12 1/2", (12, "1/2")), (" 7 ", (7, ""))],
)  # fmt: skip
def test_civic_numbers_are_taken(plan, civic, expected):
    door = plan(f"civic number,street\n{civic},Main St\n").ridings[RIDING].doors[0]
    assert (door.number, door.suffix) == expected


def test_a_half_number_is_taken_with_a_note_that_says_so(plan):
    result = plan("civic number,street\n12½,Main St\n")
    assert codes(result) == [(2, "note", "civic_fraction")]
    assert "12" in result.problems[0].reason.en
    assert "1/2" in result.problems[0].reason.fr


@pytest.mark.parametrize(
    ("civic", "code"),
    [("12-14", "civic_range"), ("12 à 16", "civic_range"), ("abc", "civic_unreadable"), ("0", "civic_zero"),
     ("-5", "civic_zero"), ("", "civic_missing"), ("12 AB", "civic_unreadable"), ("9" * 300, "civic_unreadable")],
)  # fmt: skip
def test_what_is_no_civic_number_leaves_its_row_out_with_line_and_reason(plan, civic, code):
    result = plan(f"civic number,street\n1,Main St\n{civic},Main St\n3,Main St\n")
    assert codes(result) == [(3, "left_out", code)]
    assert result.problems[0].column == "civic number"
    assert len(result.problems[0].value) <= 200
    assert [d.number for d in result.ridings[RIDING].doors] == [1, 3]
    assert result.rows_left_out == 1


def test_a_suffix_column_joins_the_number(plan):
    result = plan("civic number,civic suffix,street\n12,b,Main St\n12,½,Main St\n12,BIS,Main St\n")
    assert [d.suffix for d in result.ridings[RIDING].doors] == ["B", "1/2", "BIS"]
    assert codes(result) == [(3, "note", "civic_fraction"), (4, "note", "suffix_unusual")]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("204-12A Birch St W", (12, "A", "Birch St W", "204", "")),
        ("12 rue du Bouleau app. 4", (12, "", "rue du Bouleau", "4", "")),
        ("12, rue Principale, app. 4B, Lévis (Québec) G6V 1A1", (12, "", "rue Principale", "4B", "Lévis")),
        ("12 Main St Unit 4", (12, "", "Main St", "4", "")),
        ("12 Main St #4", (12, "", "Main St", "4", "")),
        ("Unit 1205, 123 Main St, Toronto ON M5V 2T6", (123, "", "Main St", "1205", "Toronto")),
        ("901-560 Birchmount Rd, Toronto ON", (560, "", "Birchmount Rd", "901", "Toronto")),
        ("#4 - 12 Main St", (12, "", "Main St", "4", "")),
        ("Apt 4 12 Main St", (12, "", "Main St", "4", "")),
        ("204, 12 Main St", (12, "", "Main St", "204", "")),
        ("PH3-12 Main St", (12, "", "Main St", "PH3", "")),
        ("12½ Main St", (12, "1/2", "Main St", "", "")),
        ("12 1/2 Main St", (12, "1/2", "Main St", "", "")),
        ("12 A rue Principale", (12, "A", "rue Principale", "", "")),
        ("401 I St. SW", (401, "", "I St SW", "", "")),
        ("450 12e Avenue", (450, "", "12e Avenue", "", "")),
        ("12 5th Ave", (12, "", "5th Ave", "", "")),
        ("12 rue Ste Anne", (12, "", "rue Ste Anne", "", "")),
        ("PO Box 12, 34 Main St", (34, "", "Main St", "", "")),
        ("1 Rideau St, Ottawa, ON, Canada", (1, "", "Rideau St", "", "Ottawa")),
    ],
)
def test_whole_addresses_are_taken_apart(line, parts):
    found = parse_address_line(line)
    assert found is not None
    assert (found.number, found.suffix, found.street.label, found.unit, found.municipality) == parts


@pytest.mark.parametrize(
    "line",
    [
        "",
        "PO Box 12",
        "RR 2",
        "General Delivery",
        "Main St",
        "12e Avenue",
        "12",
        "C.P. 40, Lévis",
        "x" * 5000,
    ],
)
def test_what_names_no_door_is_no_address(line):
    assert parse_address_line(line) is None


def test_a_second_address_line_holds_the_unit_or_the_street():
    assert parse_address_line("12 Main St", "Apt 4").unit == "4"
    assert parse_address_line("12 Main St", "204").unit == "204"
    assert parse_address_line("12 Main St", "Attention: Anne").unit == ""
    swapped = parse_address_line("Apt 4", "12 Main St")
    assert (swapped.number, swapped.unit) == (12, "4")


@pytest.mark.parametrize(
    ("raw", "year"),
    [("1971-03-05", 1971), ("03/05/1971", 1971), ("19710305", 1971), ("1971", 1971), ("03/05/57", 1957), ("3/5/04", 2004),
     ("5 mars 1971", 1971), ("", 0), ("soon", 0)],
)  # fmt: skip
def test_birth_dates_in_every_form_give_the_year(raw, year):
    assert values.read_birth_year(raw)[0] == year


@pytest.mark.parametrize(
    ("raw", "language"),
    [("Français", "fr"), ("EN", "en"), ("english", "en"), ("F", "fr"), ("Punjabi", "punjabi"), ("", "")],
)
def test_languages_have_one_form(raw, language):
    assert values.read_language(raw)[0] == language


def test_unusable_values_are_left_blank_with_a_reason_and_the_row_stays(plan):
    result = plan(
        "last name,address,phone,email,postal code,dob\nRoy,12 Main St,555,nobody,20024,soon\n", "people"
    )
    person = result.ridings[RIDING].people[0]
    assert (person.phone, person.email, person.birth_year) == ("", "", 0)
    assert {(p.severity, p.code) for p in result.problems} == {
        ("changed", "phone"), ("changed", "email"), ("changed", "postal_code"), ("changed", "birth_year"),
    }  # fmt: skip
    assert {p.line for p in result.problems} == {2}


POINTS = "civic number,street,latitude,longitude\n"


def points(plan):
    return [(d.lat_e6, d.lon_e6) for d in plan.ridings[RIDING].doors]


def test_points_are_read_with_a_point_or_a_comma(plan):
    result = plan(
        POINTS.replace(",", ";") + "1;A St;49.25;-123.1\n2;A St;49,25;-123,1\n3;A St;;\n4;A St;0;0\n"
    )
    assert points(result) == [(49_250_000, -123_100_000)] * 2 + [(0, 0)] * 2
    assert result.problems == []


def test_a_file_with_swapped_columns_is_put_right_with_one_remark(plan):
    result = plan(POINTS + "1,A St,-123.1,49.25\n2,A St,-123.2,49.26\n3,A St,,\n")
    assert points(result) == [(49_250_000, -123_100_000), (49_260_000, -123_200_000), (0, 0)]
    assert codes(result) == [(1, "changed", "swapped_file")]


def test_a_single_swapped_row_and_a_point_abroad_are_taken_without_coordinates(plan):
    result = plan(
        POINTS + "1,A St,49.25,-123.1\n2,A St,-123.2,49.26\n3,A St,48.85,2.35\n4,A St,49.25,\n5,A St,x,-123\n"
    )
    assert points(result) == [(49_250_000, -123_100_000)] + [(0, 0)] * 4
    assert codes(result) == [
        (3, "changed", "swapped_row"), (4, "changed", "outside_canada"), (5, "changed", "coordinates"),
        (6, "changed", "coordinates"),
    ]  # fmt: skip


@pytest.mark.parametrize("raw", ["nan", "inf", "-inf", "1e400", "1_0"])
def test_strange_numbers_are_no_coordinates(plan, raw):
    result = plan(POINTS + f"1,A St,{raw},-123.1\n2,A St,49.2,-123.1\n")
    assert points(result)[0] == (0, 0)
    assert len(result.problems) == 1
