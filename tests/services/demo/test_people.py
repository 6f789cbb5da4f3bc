"""The invented people and their three evenings: what the demo promises of them."""

import csv
import json
import re
from collections import Counter
from typing import Any

import pytest

from canvass_app.domain.address import normalise_phone
from canvass_app.domain.campaign import load_campaign
from canvass_app.domain.codes import BY_CODE, CONTACT_CODES, DOOR_CODES
from canvass_app.domain.support import LEVELS, parse_support
from canvass_app.imports import guess_mapping, plan_import, read_table
from canvass_app.resource_path import resource
from canvass_app.services.demo.people_names import DENIED

PLACE = ("civic_number", "civic_suffix", "street_name", "street_type", "street_direction", "unit")


@pytest.fixture(scope="module")
def people() -> list[dict[str, str]]:
    with resource("demo", "people.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def outings() -> list[dict[str, Any]]:
    return json.loads(resource("demo", "evenings.json").read_text("utf-8"))["outings"]


def _households(people: list[dict[str, str]]) -> dict[tuple[str, ...], list[dict[str, str]]]:
    homes: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for p in people:
        homes.setdefault(tuple(p[k] for k in PLACE), []).append(p)
    return homes


def _full_name(row: dict[str, str]) -> str:
    french = row["street_type"].islower() or row["street_type"] == "Concession"
    words = [row["street_type"], row["street_name"]] if french else [row["street_name"], row["street_type"]]
    return " ".join([*words, row["street_direction"]]).strip()


def test_about_nine_and_a_half_thousand_people_live_in_homes_of_one_to_six(
    people: list[dict[str, str]],
) -> None:
    assert 8_800 <= len(people) <= 10_000
    sizes = Counter(len(home) for home in _households(people).values())
    assert set(sizes) == {1, 2, 3, 4, 5, 6}


def test_of_some_doors_nobody_is_known(people: list[dict[str, str]]) -> None:
    with resource("demo", "doors.csv").open(encoding="utf-8", newline="") as file:
        doors = {tuple(d[k] for k in PLACE) for d in csv.DictReader(file)}
    homes = set(_households(people))
    assert homes < doors
    assert 0.15 < 1 - len(homes) / len(doors) < 0.30


def test_nobody_bears_the_name_of_a_known_politician(people: list[dict[str, str]]) -> None:
    assert len(DENIED) > 50
    assert not DENIED & {f"{p['first_name']} {p['last_name']}".lower() for p in people}


def test_telephones_and_addresses_are_those_kept_for_fiction(people: list[dict[str, str]]) -> None:
    phones = [p["phone"] for p in people if p["phone"]]
    assert len(phones) > 2_000
    assert all(re.fullmatch(r"\d{3}-555-01\d\d", phone) and normalise_phone(phone) for phone in phones)
    mail = [p["email"] for p in people if p["email"]]
    assert len(mail) > 1_000
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+\d\d@example\.(org|com)", address) for address in mail)


def test_a_number_rings_in_one_home_only(people: list[dict[str, str]]) -> None:
    homes: dict[str, set[tuple[str, ...]]] = {}
    for p in people:
        if p["phone"]:
            homes.setdefault(p["phone"], set()).add(tuple(p[k] for k in PLACE))
    assert all(len(places) == 1 for places in homes.values())


def test_everybody_is_of_age_to_vote(people: list[dict[str, str]]) -> None:
    years = [int(p["birth_year"]) for p in people if p["birth_year"]]
    assert 1900 < min(years) < max(years) <= 1997
    assert 0.05 < 1 - len(years) / len(people) < 0.2


def test_fathers_and_sons_of_one_name_share_a_door_and_differ_in_their_year(
    people: list[dict[str, str]],
) -> None:
    found = 0
    for home in _households(people).values():
        by_name: dict[str, list[str]] = {}
        for p in home:
            by_name.setdefault(f"{p['first_name']} {p['last_name']}", []).append(p["birth_year"])
        for years in by_name.values():
            if len(years) > 1:
                found += 1
                assert "" not in years
                assert len(set(years)) == len(years)
    assert found >= 5


def test_strangers_share_names_and_some_names_are_hard_to_print(people: list[dict[str, str]]) -> None:
    places: dict[str, set[tuple[str, ...]]] = {}
    for p in people:
        places.setdefault(f"{p['first_name']} {p['last_name']}", set()).add(tuple(p[k] for k in PLACE))
    assert max(len(where) for where in places.values()) >= 2
    last = {p["last_name"] for p in people}
    assert {"O'Dwyer", "d'Amours", "L'Heureux"} <= last
    assert max(map(len, last)) >= 28
    assert [name for name in last if name.count("-") >= 2]


def test_the_importer_takes_every_row_and_remarks_only_on_fractions() -> None:
    for name, kind in (("doors.csv", "doors"), ("people.csv", "people")):
        table = read_table(resource("demo", name))
        plan = plan_import(table, guess_mapping(table, kind), kind=kind)
        assert list(plan.ridings) == [201_399_001]
        notes = {(p.severity, p.code) for p in plan.problems}
        assert notes == {("note", "civic_fraction")}, plan.problems[:3]


def test_the_settings_load_and_carry_both_languages() -> None:
    raw = json.loads(resource("demo", "campaign.json").read_text("utf-8"))
    campaign = load_campaign(raw)
    assert campaign.party_letters == set("LNGCBO")
    assert [s["level"] for s in raw["support_scale"]] == list(LEVELS)
    assert [q.id for q in campaign.script.questions] == ["support", "pledge", "sign", "volunteer"]

    def pairs(value: Any) -> list[dict[str, str]]:
        if isinstance(value, dict):
            return [value] if set(value) == {"en", "fr"} else [p for v in value.values() for p in pairs(v)]
        return [p for v in value for p in pairs(v)] if isinstance(value, list) else []

    assert len(pairs(raw)) > 25
    assert all(pair["en"].strip() and pair["fr"].strip() for pair in pairs(raw))


def test_twenty_outings_of_forty_five_to_seventy_doors_fill_three_evenings(
    outings: list[dict[str, Any]],
) -> None:
    assert Counter(o["date"] for o in outings) == {"2015-09-22": 6, "2015-09-24": 7, "2015-09-29": 7}
    assert all(45 <= len(o["doors"]) <= 70 for o in outings)
    for date in ("2015-09-22", "2015-09-24", "2015-09-29"):
        volunteers = [o["volunteer"] for o in outings if o["date"] == date]
        assert len(set(volunteers)) == len(volunteers)


def test_an_outing_never_visits_a_door_of_another(outings: list[dict[str, Any]]) -> None:
    visited = [(d["civic"], d["suffix"], d["street"], d["unit"]) for o in outings for d in o["doors"]]
    assert len(set(visited)) == len(visited)


def test_results_are_of_doors_and_people_on_file(
    outings: list[dict[str, Any]], people: list[dict[str, str]]
) -> None:
    with resource("demo", "doors.csv").open(encoding="utf-8", newline="") as file:
        doors = {
            (int(d["civic_number"]), d["civic_suffix"], _full_name(d), d["unit"])
            for d in csv.DictReader(file)
        }
    known = {
        (int(p["civic_number"]), p["civic_suffix"], _full_name(p), p["unit"], p["last_name"], p["first_name"],
         int(p["birth_year"] or 0))
        for p in people
    }  # fmt: skip
    for outing in outings:
        for door in outing["doors"]:
            place = (door["civic"], door["suffix"], door["street"], door["unit"])
            assert place in doors
            for result in door["results"]:
                if "person" in result:
                    p = result["person"]
                    assert (*place, p["last"], p["first"], p["birth_year"]) in known


def test_every_result_is_a_code_or_answers_and_never_both(outings: list[dict[str, Any]]) -> None:
    raw = json.loads(resource("demo", "campaign.json").read_text("utf-8"))
    campaign = load_campaign(raw)
    about_a_person = {code for code, rule in BY_CODE.items() if rule.person}
    for result in (r for o in outings for d in o["doors"] for r in d["results"]):
        assert ("code" in result) != ("support" in result)
        if "code" in result:
            assert result["code"] in {c.code for c in DOOR_CODES} - {"canvassed"}
            assert "person" not in result or result["code"] in about_a_person
            assert "person" in result or result["code"] not in ("moved", "deceased")
        else:
            parse_support(result["support"] + result["second"], campaign.party_letters)
            assert "person" in result or "new_person" in result
            assert set(result["answers"]) <= {q.id for q in campaign.script.questions}
            assert set(result["answers"].values()) <= {"yes", "no"}


def test_about_a_quarter_of_the_doors_give_a_conversation(outings: list[dict[str, Any]]) -> None:
    doors = [d for o in outings for d in o["doors"]]
    met = sum(any(r.get("code", "canvassed") in CONTACT_CODES for r in d["results"]) for d in doors)
    assert 0.20 <= met / len(doors) <= 0.30
    said = {r["code"] for d in doors for r in d["results"] if "code" in r}
    assert said == {c.code for c in DOOR_CODES} - {"canvassed"}
    assert {r["support"] for d in doors for r in d["results"] if "support" in r} == set(LEVELS)


def test_minutes_go_forward_and_an_outing_ends_the_same_evening(outings: list[dict[str, Any]]) -> None:
    for outing in outings:
        minutes = [d["minute"] for d in outing["doors"]]
        assert minutes == sorted(minutes)
        assert outing["start_minute"] + minutes[-1] < 21 * 60 + 30
