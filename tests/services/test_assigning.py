"""Which turf goes to whom: stairs, distances, hours, homes and languages, with reasons; given in one act."""

from __future__ import annotations

import pytest

from canvass_app.domain.errors import InputError
from canvass_app.services.assigning import Proposed, accept_assignment, propose_assignment, read_choices
from canvass_app.services.book import Book
from canvass_app.services.team_rows import find_member
from canvass_app.services.teams import (
    GatheringFields,
    MemberFields,
    add_gathering,
    add_member,
    add_team,
    close_team,
    set_role,
)
from canvass_app.services.turfs import assign_turf, list_turfs, make_turf, retire_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.storage.changes import ChangeSet

from .conftest import RIDING, add_roster, door, person

KM = 12_800
"""A kilometre along the parallel of 45 degrees, in micro-degrees."""


@pytest.fixture
def city(book: Book) -> Book:
    """Four turfs: houses on Birch St, a tower at 100 Elm St, Oak St three kilometres east, a long walk on Pine Rd."""
    birch = [door(n, "Birch St", lon_e6=-75_000_000 + n * 100) for n in range(2, 26, 2)]
    elm = [door(100, "Elm St", f"{floor}0{n}", lat_e6=45_003_000) for floor in (1, 2, 3) for n in (1, 2, 3)]
    oak = [door(n, "Oak St", lon_e6=-75_000_000 + 3 * KM + n * 100) for n in range(2, 26, 2)]
    pine = [door(n, "Pine Rd", lon_e6=-75_000_000 + n * 1000, lat_e6=45_010_000) for n in range(2, 60, 2)]
    people = [
        *(person(one, "Roy", "Luc", language="en") for one in (*birch, *elm, *pine)),
        *(person(one, "Tremblay", "Anne", language="fr") for one in oak),
    ]
    add_roster(book, [*birch, *elm, *oak, *pine], people)
    for name, doors in (("Birch", birch), ("Elm", elm), ("Oak", oak), ("Pine", pine)):
        make_turf(book, RIDING, name, [one.door_id for one in doors])
    return book


def team_of(book: Book, *members: tuple[str, str, str], team: str = "North") -> bytes:
    """A team of (name, needs, languages)."""
    made = add_team(book, RIDING, team, "Library", author="Lead").id
    for name, needs, languages in members:
        add_member(book, RIDING, made, MemberFields(name, needs=needs, languages=languages), author="Lead")
    return made


def given(found: list[Proposed]) -> dict[str, str]:
    return {one.member: one.turf.name for one in found if one.turf and one.member}


def said(found: list[Proposed], member: str, language: str = "en") -> list[str]:
    one = next(one for one in found if one.member == member)
    return [text.say(language) for text in (*one.reasons, *one.warnings)]


def test_who_climbs_no_stairs_gets_houses_and_is_told_so(city: Book) -> None:
    team_of(
        city, ("Anne Singh", "no stairs", ""), ("Bo Kask", "", ""), ("Cleo Park", "", ""), ("Di Wren", "", "")
    )
    found = propose_assignment(city, RIDING)
    assert sorted(given(found).values()) == ["Birch", "Elm", "Oak", "Pine"]
    assert given(found)["Anne Singh"] != "Elm"
    assert said(found, "Anne Singh") == [
        "no stairs: no building with floors (steps at houses are not known)",
        "1 turf with such buildings avoided",
    ]
    assert said(found, "Anne Singh", "fr")[1] == "1 secteur avec de tels immeubles évité"


def test_where_only_a_tower_is_left_nobody_is_sent_up_its_stairs(city: Book) -> None:
    team_of(city, ("Anne Singh", "sans escaliers", ""))
    tower = [turf.turf_id for turf in list_turfs(city, RIDING) if turf.name == "Elm"]
    turf, member = propose_assignment(city, RIDING, turf_ids=tower)
    assert (turf.pair, turf.member_id, member.turf) == (None, None, None)
    assert [text.en for text in turf.warnings] == ["nobody for this turf yet"]
    assert [text.say("fr") for text in member.warnings] == ["aucun secteur ne convient\u00a0: sans escaliers"]


def test_a_wish_that_cannot_be_bent_comes_before_what_fits_best(city: Book) -> None:
    """Bo could have any turf; Anne only the houses of Birch: as many as possible get one."""
    team_of(city, ("Anne Singh", "no stairs", ""), ("Bo Kask", "near 12 Birch St", ""))
    wanted = [turf.turf_id for turf in list_turfs(city, RIDING) if turf.name in ("Birch", "Elm")]
    assert given(propose_assignment(city, RIDING, turf_ids=wanted)) == {
        "Anne Singh": "Birch",
        "Bo Kask": "Elm",
    }


def test_short_walks_are_short_and_a_bike_takes_the_long_one(city: Book) -> None:
    team_of(city, ("Anne Singh", "at most 1 km", ""), ("Bo Kask", "by bike", ""), ("Cleo Park", "", ""))
    found = propose_assignment(city, RIDING)
    walks = {turf.name: turf.metres for turf in list_turfs(city, RIDING)}
    assert walks[given(found)["Anne Singh"]] <= 1000 < walks["Pine"]
    assert given(found)["Bo Kask"] == "Pine"
    assert said(found, "Anne Singh")[0].endswith("m, at most 1.0 km")
    assert said(found, "Anne Singh", "fr")[0].endswith("m, au plus 1,0 km")


def test_the_turf_by_somebodys_home_is_theirs(city: Book) -> None:
    team_of(city, ("Anne Singh", "near 8 Oak Street", ""), ("Bo Kask", "près du 6, rue Inconnue", ""))
    found = propose_assignment(city, RIDING)
    assert given(found)["Anne Singh"] == "Oak"
    assert said(found, "Anne Singh") == ["near 8 Oak Street: 40 m away"]
    assert said(found, "Bo Kask") == ["near “6, rue Inconnue”: no such address here, not considered"]


def test_people_are_met_in_their_language(city: Book) -> None:
    team_of(city, ("Anne Singh", "", "English"), ("Bo Kask", "parle français", ""))
    found = propose_assignment(city, RIDING)
    assert given(found)["Bo Kask"] == "Oak"
    assert said(found, "Bo Kask") == ["speaks French: 100 % of the people there do"]
    assert said(found, "Bo Kask", "fr") == ["parle français\u00a0: 100\u00a0% des gens aussi"]


def test_home_by_eight_counts_from_the_next_canvass(city: Book) -> None:
    team = team_of(city, ("Anne Singh", "home by eight", ""))
    minutes = {turf.name: turf.minutes for turf in list_turfs(city, RIDING)}
    assert said(propose_assignment(city, RIDING), "Anne Singh") == [
        "home by 20:00: no canvass of the team is planned, so its start is not known"
    ]
    shortest = min(minutes.values())
    start = f"{(1200 - shortest) // 60}:{(1200 - shortest) % 60:02}"
    add_gathering(city, RIDING, team, GatheringFields("canvass", "2015-10-14", start, "22:00", "", ""))
    found = propose_assignment(city, RIDING)
    assert minutes[given(found)["Anne Singh"]] == shortest
    assert said(found, "Anne Singh") == [f"home by 20:00: {shortest} min from {start}"]
    add_gathering(city, RIDING, team, GatheringFields("canvass", "2015-10-13", "19:58", "22:00", "", ""))
    assert said(propose_assignment(city, RIDING), "Anne Singh") == ["no turf fits: home by 20:00"]


def test_what_is_not_understood_is_shown_and_who_only_calls_gets_no_turf(city: Book) -> None:
    team_of(city, ("Anne Singh", "brings her dog", ""), ("Bo Kask", "calls only", ""))
    found = propose_assignment(city, RIDING)
    assert said(found, "Anne Singh") == ["not considered: “brings her dog”"]
    assert said(found, "Bo Kask") == ["calls only: no turf"]


def test_only_free_turfs_and_members_without_one_are_matched(city: Book) -> None:
    team = team_of(
        city, ("Anne Singh", "", ""), ("Bo Kask", "", ""), ("Cleo Park", "", ""), ("Di Wren", "", "")
    )
    closed = team_of(city, ("Ed Moss", "", ""), team="South")
    close_team(city, RIDING, closed)
    set_role(city, RIDING, team, find_member(city, RIDING, "Di Wren").member_id, "")
    ids = {turf.name: turf.turf_id for turf in list_turfs(city, RIDING)}
    assign_turf(city, RIDING, ids["Birch"], "anne singh")
    retire_turf(city, RIDING, ids["Oak"])
    issue_walk_list(city, RIDING, ids["Elm"], author="Lead")
    choices = read_choices(city, RIDING)
    assert [turf.name for turf in choices.turfs] == ["Pine"]
    assert [walker.name for walker in choices.walkers] == ["Bo Kask", "Cleo Park"]
    found = propose_assignment(city, RIDING)
    assert [(one.turf.name if one.turf else "", one.member) for one in found] == [
        ("Pine", "Bo Kask"),
        ("", "Cleo Park"),
    ]
    assert said(found, "Cleo Park") == ["no turf is left"]


def test_a_proposal_is_the_same_twice_and_gives_nothing_before_it_is_accepted(city: Book) -> None:
    team_of(city, *((name, "", "") for name in ("Anne Singh", "Bo Kask", "Cleo Park", "Di Wren", "Ed Moss")))
    before = city.read().query("SELECT COUNT(*) FROM event")
    first = propose_assignment(city, RIDING)
    assert first == propose_assignment(city, RIDING)
    assert city.read().query("SELECT COUNT(*) FROM event") == before
    changes = accept(city, first)
    assert {turf.name: turf.assigned for turf in list_turfs(city, RIDING)} == {
        t: m for m, t in given(first).items()
    }
    assert len(changes.turfs) == 4


def accept(book: Book, found: list[Proposed]) -> ChangeSet:
    return accept_assignment(book, RIDING, [one.pair for one in found if one.pair], author="Lead")


def test_a_turf_that_somebody_got_in_the_meantime_is_not_taken_from_them(city: Book) -> None:
    team_of(city, ("Anne Singh", "", ""), ("Bo Kask", "", ""))
    found = propose_assignment(city, RIDING)
    taken = next(one.pair for one in found if one.pair)
    assign_turf(city, RIDING, taken[0], "Somebody Else")
    with pytest.raises(InputError, match="Nothing was changed"):
        accept(city, found)
    assert sorted(turf.assigned for turf in list_turfs(city, RIDING)) == ["", "", "", "Somebody Else"]


def test_without_turfs_or_without_members_the_words_say_what_to_do(city: Book) -> None:
    with pytest.raises(InputError, match="Add members under Teams"):
        propose_assignment(city, RIDING)
    for turf in list_turfs(city, RIDING):
        retire_turf(city, RIDING, turf.turf_id)
    with pytest.raises(InputError, match="Make turfs first"):
        propose_assignment(city, RIDING)
