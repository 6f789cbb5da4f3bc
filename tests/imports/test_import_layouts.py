"""Layouts known out of the box, by their column names; and the guesses for all other files."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvass_app.domain.errors import FileProblem, MappingProblem
from canvass_app.domain.ids import external_door_id, external_person_id
from canvass_app.imports import (
    Mapping,
    check_mapping,
    guess_mapping,
    header_signature,
    plan_import,
    read_table,
)

RIDING = 201359036
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def shared(path):
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the shared file {path} is not here")
    return found


def only(plan):
    return plan.ridings[RIDING]


def labels(plan):
    rows = only(plan).doors
    return [(f"{d.unit}-" if d.unit else "") + f"{d.number}{d.suffix} {d.street_label}" for d in rows]


def test_the_shared_vancouver_file_gives_its_12984_doors(plan):
    result = plan(shared("addresses/dev_vancouver_granville_59036_addresses.csv"), riding_id=None)
    assert list(result.ridings) == [RIDING]
    assert len(only(result).doors) == len({d.door_id for d in only(result).doors}) == 12_984
    assert result.mapping.layout == "vancouver"
    assert result.problems == []
    assert result.unmapped == ("neighbourhood_name", "on_street", "side", "n_trees")
    first = only(result).doors[0]
    assert (first.number, first.street_label, first.postal_code) == (2, "12th Ave W", "V5Y 1T5")
    assert (first.lon_e6, first.lat_e6) == (-123_105_099, 49_260_025)


def test_the_open_database_of_addresses_fixture_prefers_its_clean_columns(plan):
    result = plan(shared("addresses/oda_layout_fixture.csv"))
    assert result.mapping.layout == "oda"
    assert labels(result)[4:6] == ["350 rue Saint-Paul E", "1000 rue Saint-Denis"]
    assert labels(result)[1] == "1205-123 Main St"
    assert {d.municipality for d in only(result).doors} == {"Toronto", "Ottawa", "Montréal", "Vancouver"}
    assert result.problems == []


def test_open_database_rows_without_clean_columns_fall_back_to_the_others(plan):
    result = plan(
        "latitude,longitude,street_no,street,str_name,str_type,str_dir,unit,city,postal_code,full_addr,city_pcs,"
        "str_name_pcs,str_type_pcs,str_dir_pcs\n"
        "45.1,-75.1,12,King St W,KING X,ST,W,,OTTAWA,,,Ottawa,KING,ST,W\n"
        "45.2,-75.1,14,Queen St E,Queen,St,E,,OTTAWA,,,,,,\n"
        '45.3,-75.1,,,,,,,,,"3-16 Rue Élie, Gatineau QC J8X 1A1",,,,\n'
    )
    assert labels(result) == ["12 King St W", "14 Queen St E", "3-16 rue Élie"]
    assert [(d.municipality, d.postal_code) for d in only(result).doors] == [
        ("Ottawa", ""), ("Ottawa", ""), ("Gatineau", "J8X 1A1"),
    ]  # fmt: skip


NAR = (
    "LOC_GUID,ADDR_GUID,APT_NO_LABEL,CIVIC_NO,CIVIC_NO_SUFFIX,OFFICIAL_STREET_NAME,OFFICIAL_STREET_TYPE,"
    "OFFICIAL_STREET_DIR,MAIL_STREET_NAME,MAIL_STREET_TYPE,MAIL_STREET_DIR,MAIL_MUN_NAME,MAIL_POSTAL_CODE,BG_X,BG_Y,BU_USE\n"
    "l-1,A-1,,43,,Horncastle,DR,,,,,PARADISE,A1L1A1,1,2,1\n"
    "l-2,a-2,204,12,A,,,,DU BOULEAU,RUE,O,MONTRÉAL,H2Y1H2,1,2,1\n"
    "l-1,a-3,,45,,Horncastle,DR,,,,,PARADISE,A1L1A1,1,2,3\n"
)
LOCATIONS = (
    "LOC_GUID,CSD_CODE,FED_CODE,FED_ENG_NAME,BG_LATITUDE,BG_LONGITUDE,BF_REPPOINT_LATITUDE,BF_REPPOINT_LONGITUDE\n"
    "L-1,1001,10007,East,47.5,-52.8,47.6,-52.9\n"
    "l-2,2401,24025,Ouest,,,45.5,-73.6\n"
)


def test_the_national_address_register_takes_riding_and_point_from_the_locations_beside_it(write):
    write(LOCATIONS, "Locations/Location_10.csv")
    table = read_table(write("\ufeff" + NAR, "Addresses/Address_10_part_1.csv"))
    plan = plan_import(table, guess_mapping(table, "doors"), kind="doors")
    assert set(plan.ridings) == {201310007, 201324025}
    one, two = plan.ridings[201310007].doors[0], plan.ridings[201324025].doors[0]
    assert one.door_id == external_door_id("nar", "a-1")
    assert (one.lon_e6, one.lat_e6, one.building_use) == (-52_800_000, 47_500_000, "1")
    assert (two.unit, two.number, two.suffix, two.street_label) == ("204", 12, "A", "rue du Bouleau O")
    assert (two.lon_e6, two.lat_e6) == (-73_600_000, 45_500_000)
    assert (two.municipality, two.postal_code) == ("Montréal", "H2Y 1H2")


def test_what_the_register_marks_as_no_home_is_left_out_unless_wanted(plan, write):
    path = write(NAR, "register.csv")
    left = plan(path)
    assert [(p.line, p.code, p.value) for p in left.problems if p.severity == "left_out"] == [
        (4, "building_use", "3")
    ]
    assert plan(path, residential_only=False).doors == 3


def test_a_locations_file_can_be_named_and_a_wrong_one_is_refused(write):
    named = write(LOCATIONS, "elsewhere/places.csv")
    register = write(NAR, "register.csv")
    assert "FED_CODE" in read_table(register, locations=named).headers
    with pytest.raises(FileProblem):
        read_table(register, locations=write("a,b\n1,2\n", "other.csv"))
    with pytest.raises(FileProblem):
        read_table(write("civic number,street\n1,Main St\n"), locations=named)


VAN = (
    "Voter File VANID,Sex,LastName,FirstName,MiddleName,Suffix,Preferred Phone,Cell Phone,Home Phone,Party,Age,WorkPhone,"
    " WorkPhoneExt,StreetNo,StreetNoHalf,StreetPrefix,StreetName,StreetType,StreetSuffix,AptType,AptNo,City,State,Zip5,Zip4\n"
    "7001,F,Tremblay,Anne,,,,604-555-0123,,L,44,,,12,1/2,W,12TH,AVE,,APT,204,Vancouver,BC,V5Y 1T5,\n"
    "7002,M,Roy,Luc,B,Jr,555,,(604) 555-0199,L,44,,,14,,,Main,St,E,,,Vancouver,BC,,\n"
)


def test_a_van_walk_list_gives_people_by_their_van_ids(plan):
    result = plan(VAN, "people")
    assert result.mapping.layout == "van_walk"
    anne, luc = only(result).people
    assert (anne.person_id, anne.source, anne.external_id) == (
        external_person_id("van", "7001"),
        "van",
        "7001",
    )
    assert (anne.phone, luc.phone, luc.middle, luc.sex) == ("6045550123", "6045550199", "B", "M")
    assert labels(result) == ["204-121/2 12th Ave W", "14 Main St E"]
    assert {p.code for p in result.problems} == {"civic_fraction"}


def test_a_van_contact_export_reads_whole_addresses(plan):
    result = plan(
        "Account,Voter File VANID,FirstName,LastName,Fullname,Phone1,Phone2,vAddress,Adress2,City,State,Zip,Age,Sex,Party\n"
        "A,81,,,Anne Tremblay,bad,6045550123,12 Main St,Apt 4,Vancouver,BC,V5Y1T5,40,F,\n",
        "people",
    )
    assert result.mapping.layout == "van_contact"
    person = only(result).people[0]
    assert (person.last, person.first, person.phone) == ("Tremblay", "Anne", "6045550123")
    assert labels(result) == ["4-12 Main St"]
    assert result.problems == []


def test_van_standard_text_with_a_metadata_row_above_the_header(plan):
    result = plan("StandardText," + "," * 23 + "2015-10-02\n" + VAN, "people")
    assert (result.header_line, result.people) == (2, 2)


NATIONBUILDER = (
    "nationbuilder_id,first_name,last_name,email,mobile_number,primary_address1,primary_address2,primary_city,primary_zip,"
    "support_level,tag_list,born_at\n"
    '1,Anne,Tremblay,anne@Example.CA,604 555 0123,204-12A Birch St W,,Vancouver,V5Y 1T5,2,"red, blue",1971-03-05\n'
    "2,Luc,Roy,,,12 rue du Bouleau app. 4,,Montréal,H2Y 1H2,7,,\n"
    "3,Jo,Chen,,,12 Main St Unit 4,,Vancouver,,5,,03/05/57\n"
    "4,Sam,Lee,nope,,PO Box 12,,Vancouver,,,,\n"
)


def test_a_nationbuilder_export_gives_people_addresses_and_support(plan):
    result = plan(NATIONBUILDER, "people")
    rows = only(result)
    assert result.mapping.layout == "nationbuilder"
    assert [(p.source, p.external_id, p.support, p.birth_year) for p in rows.people] == [
        ("nationbuilder", "1", "2", 1971), ("nationbuilder", "2", "", 0), ("nationbuilder", "3", "5", 1957),
    ]  # fmt: skip
    assert rows.people[0].email == "anne@example.ca"
    assert labels(result) == ["204-12A Birch St W", "4-12 rue du Bouleau", "4-12 Main St"]
    assert [(p.line, p.severity, p.code) for p in result.problems] == [
        (3, "changed", "support"), (5, "left_out", "address_unreadable"), (5, "changed", "email"),
    ]  # fmt: skip
    assert "tag_list" in result.unmapped


def test_the_newer_nationbuilder_headers_are_known_too(plan):
    result = plan(
        "last_name,first_name,Address address1,Address city,support_level,tag_list\nRoy,Luc,12 Main St,Lévis,1,\n",
        "people",
    )
    assert (result.mapping.layout, result.people) == ("nationbuilder", 1)


def test_the_shared_osdi_people_all_find_their_doors(plan):
    result = plan(shared("imports/osdi_fake_people_first300.csv"), "people")
    assert result.mapping.layout == "osdi"
    assert (result.people, result.doors) == (299, 83)
    assert only(result).people[0].birth_year == 1976
    assert [g.code for g in result.groups] == ["postal_code"]
    assert result.groups[0].count == 299


def test_the_products_own_lists_are_known(plan):
    columns = (
        "civic_number,civic_suffix,street_name,street_type,street_direction,unit,floor,municipality,postal_code,"
        "latitude,longitude,polling_division,riding"
    )
    values = "12,A,Birch,St,W,204,3,Rivertown,K1A 0B1,45.5,-75.5,42,59036"
    doors = plan(f"{columns}\n{values}\n", riding_id=None)
    door = only(doors).doors[0]
    assert doors.mapping.layout == "canvass_doors"
    assert (door.floor, door.polling_division, door.municipality) == (3, "42", "Rivertown")
    people = plan(
        f"last_name,first_name,middle_name,birth_year,phone,email,language,{columns}\nRoy,Luc,,1980,,,fr,{values}\n",
        "people",
    )
    assert people.mapping.layout == "canvass_people"
    assert only(people).people[0].language == "fr"
    assert only(people).doors == [door]


@pytest.mark.parametrize(
    "header",
    [
        "No civique,Rue,Appartement,Code postal,Circonscription,Prénom,Nom de famille,Date de naissance,Courriel,Téléphone",
        "NO_CIVIQUE,NOM_RUE,APP,CODE_POSTAL,NO_CIRCONSCRIPTION,PRENOM,NOM,DDN,COURRIEL,TEL",
        "House Number,Street Name,Apt,Postal Code,Riding,First Name,Last Name,Date of Birth,E-mail,Phone Number",
        "street no.,street,unit #,postcode,electoral district,given name,surname,dob,email address,telephone",
    ],
)  # fmt: skip
def test_french_and_english_header_words_are_understood(plan, header):
    result = plan(
        f"{header}\n12,Main St,4,K1A 0B1,59036,Anne,Roy,1971-03-05,a@b.ca,6045550123\n",
        "people",
        riding_id=None,
    )
    person, door = only(result).people[0], only(result).doors[0]
    assert (person.last, person.first, person.birth_year) == ("Roy", "Anne", 1971)
    assert (person.email, person.phone) == ("a@b.ca", "6045550123")
    assert (door.number, door.unit, door.postal_code, door.street_label) == (12, "4", "K1A 0B1", "Main St")
    assert result.unmapped == ()


def test_a_mapping_says_where_each_guess_comes_from(write):
    table = read_table(write("No civique,Rue,Le code postal du client\n12,rue X,K1A 0B1\n"))
    mapping = guess_mapping(table, "doors")
    assert {(f.field, f.origin, f.confidence) for f in mapping.fields} == {
        ("civic_number", "header", 0.9), ("street_name", "header", 0.9), ("postal_code", "part", 0.5),
    }  # fmt: skip


def test_a_corrected_mapping_is_remembered_and_used(write):
    table = read_table(write("A,B,C\n12,Main St,x\n"))
    guessed = guess_mapping(table, "doors")
    with pytest.raises(MappingProblem):
        check_mapping(guessed, "doors")
    corrected = guessed.with_columns("civic_number", ["A"]).with_columns("street_name", ["B"])
    again = Mapping.from_json(corrected.to_json())
    assert again == corrected
    assert again.unmapped == ("C",)
    plan = plan_import(table, again, kind="doors", riding_id=RIDING)
    assert labels(plan) == ["12 Main St"]
    assert not corrected.with_columns("street_name", []).has("street_name")


def test_a_mapping_is_remembered_by_its_header_whatever_the_order():
    assert header_signature(["No civique", "Rue"], "doors") == header_signature(
        ["RUE", "no_civique"], "doors"
    )
    assert header_signature(["No civique", "Rue"], "doors") != header_signature(
        ["No civique", "Rue"], "people"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"kind": "doors"}',
        '{"kind":"doors","headers":[],"fields":[{"field":"shoe","columns":["A"]}]}',
    ],
)
def test_a_spoiled_mapping_file_is_refused(text):
    with pytest.raises(MappingProblem):
        Mapping.from_json(text)


def test_a_remembered_mapping_fits_the_same_columns_spelled_and_ordered_otherwise(write):
    mapping = guess_mapping(read_table(write("No civique,Rue,Ville\n12,rue X,Lévis\n")), "doors")
    other = read_table(write("VILLE;RUE;NO_CIVIQUE\nLévis;rue X;12\n", "other.csv"))
    plan = plan_import(other, mapping, kind="doors", riding_id=RIDING)
    assert labels(plan) == ["12 rue X"]
    assert plan.mapping.headers == ("VILLE", "RUE", "NO_CIVIQUE")


def test_a_remembered_mapping_for_another_file_is_refused_with_that_files_columns(write):
    mapping = guess_mapping(read_table(write("No civique,Rue\n12,rue X\n")), "doors")
    other = read_table(write("street name,civic\nMain,12\n", "other.csv"))
    with pytest.raises(MappingProblem, match="street name, civic"):
        plan_import(other, mapping, kind="doors", riding_id=RIDING)


def test_ids_of_unknown_systems_never_make_one_person_of_two(write):
    def people(header):
        table = read_table(write(f"{header},last name,address\n7,Roy,12 Main St\n"))
        mapping = guess_mapping(table, "people")
        chosen = mapping.with_columns("person_key", [header])
        plan = plan_import(table, chosen, kind="people", riding_id=RIDING)
        return mapping.has("person_key"), plan.ridings[RIDING].people[0]

    guessed, one = people("Contact ID")
    assert not guessed
    other = people("Membership number")[1]
    assert one.person_id != other.person_id
    assert (one.external_id, one.source) == ("7", "file:contactid")
    assert people("My VANID")[1].source == "van"


def test_a_mapping_for_columns_the_file_lacks_names_them(write):
    table = read_table(write("civic number,street\n12,Main St\n"))
    mapping = guess_mapping(table, "doors").with_columns("unit", ["Door"])
    with pytest.raises(MappingProblem, match="Door"):
        check_mapping(mapping, "doors")
