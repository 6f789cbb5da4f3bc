"""Teams, members and events as a lead makes them, on one laptop and on two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.ledger.kinds import ConflictClosed
from canvass_app.services.book import Book
from canvass_app.services.decisions import close_decision, open_decisions
from canvass_app.services.doctor import examine
from canvass_app.services.pins import names_at_opening, set_pin
from canvass_app.services.team_rows import (
    find_gathering,
    find_member,
    find_team,
    list_gatherings,
    list_members,
    list_teams,
    roll_of,
    silent_members,
)
from canvass_app.services.teams import (
    GatheringFields,
    MemberFields,
    add_gathering,
    add_member,
    add_team,
    attend,
    cancel_gathering,
    change_gathering,
    close_team,
    describe_member,
    describe_team,
    set_role,
    sign_up,
)

from .conftest import RIDING, FakeTime, add_roster, make_town
from .laptops import exchange, second_laptop

EVENING = GatheringFields("canvass", "2015-10-14", "18:00", "21:00", "Library", "2")


@pytest.fixture
def town(book: Book) -> Book:
    town = make_town()
    add_roster(book, town.doors, town.people)
    return book


@pytest.fixture
def other(tmp_path: Path, fake_time: FakeTime) -> Iterator[Book]:
    opened = second_laptop(tmp_path / "second", fake_time)
    yield opened
    opened.close()


def team_of(book: Book, *names: str, team: str = "North") -> tuple[bytes, list[bytes]]:
    made = add_team(book, RIDING, team, "Library, 2 Main St", author="Lead").id
    return made, [add_member(book, RIDING, made, MemberFields(name), author="Lead").id for name in names]


def count(book: Book) -> int:
    return int(book.read().query("SELECT COUNT(*) FROM event")[0][0])


def test_a_team_shows_its_members_leads_and_what_is_planned(town: Book) -> None:
    team, (anne, luc) = team_of(town, "Anne Roy", "Luc Singh")
    set_role(town, RIDING, team, anne, "lead")
    add_gathering(town, RIDING, team, EVENING)
    [row] = list_teams(town, RIDING)
    assert (row.name, row.place, row.members, row.leads, row.upcoming) == (
        "North", "Library, 2 Main St", 2, ("Anne Roy",), 1,
    )  # fmt: skip
    assert [(one.name, one.role) for one in list_members(town, RIDING, team)] == [
        ("Anne Roy", "lead"),
        ("Luc Singh", "member"),
    ]
    describe_team(town, RIDING, team, "North side", row.place, "keys are with Luc")
    before = count(town)
    describe_team(town, RIDING, team, "North side", row.place, "keys are with Luc")
    assert count(town) == before
    close_team(town, RIDING, team)
    assert list_teams(town, RIDING) == []
    assert list_teams(town, RIDING, closed=True)[0].name == "North side"
    assert names_at_opening(town) == []
    close_team(town, RIDING, team, False)
    assert names_at_opening(town) == [("Anne Roy", False), ("Luc Singh", False)]
    assert luc in {one.member_id for one in list_members(town, RIDING)}


def test_an_event_counts_answers_attendance_and_who_is_silent(town: Book) -> None:
    team, (anne, luc, zoe) = team_of(town, "Anne Roy", "Luc Singh", "Zoé Tran")
    _, (guest,) = team_of(town, "Marie Côté", team="South")
    event = add_gathering(town, RIDING, team, EVENING).id
    sign_up(town, RIDING, event, anne, "coming")
    sign_up(town, RIDING, event, luc, "maybe")
    sign_up(town, RIDING, event, guest, "coming")
    [row] = list_gatherings(town, RIDING, team)
    assert (row.coming, row.maybe, row.declined, row.silent, row.full) == (2, 1, 0, 1, True)
    assert [one.name for one in roll_of(town, RIDING, event)] == [
        "Anne Roy",
        "Luc Singh",
        "Marie Côté",
        "Zoé Tran",
    ]
    assert [one.name for one in silent_members(town, RIDING, event)] == ["Zoé Tran"]
    attend(town, RIDING, event, anne, "came")
    attend(town, RIDING, event, luc, "absent")
    attend(town, RIDING, event, zoe, "came")
    attend(town, RIDING, event, zoe, "")
    [row] = list_gatherings(town, RIDING, team)
    assert (row.came, row.absent) == (1, 1)
    found = {one.name: (one.signed_up, one.came, one.absent) for one in list_members(town, RIDING)}
    assert found == {
        "Anne Roy": (1, 1, 0),
        "Luc Singh": (0, 0, 1),
        "Marie Côté": (1, 0, 0),
        "Zoé Tran": (0, 0, 0),
    }
    assert [(one.came, one.noted) for one in list_teams(town, RIDING)] == [(1, 2), (0, 0)]
    sign_up(town, RIDING, event, anne, "")
    assert {one.name for one in silent_members(town, RIDING, event)} == {"Anne Roy", "Zoé Tran"}
    cancel_gathering(town, RIDING, event)
    assert list_teams(town, RIDING)[0].noted == 0
    cancel_gathering(town, RIDING, event, False)
    assert list_teams(town, RIDING)[0].noted == 2


def test_an_event_is_at_its_local_time_on_both_sides_of_a_change_of_clocks(town: Book) -> None:
    team, _ = team_of(town)
    hour = 3_600_000
    for day, start, end, hours in (
        ("2015-10-31", "18:00", "21:00", 3),
        ("2015-11-01", "00:30", "03:30", 4),  # the clocks go back at two
        ("2015-03-08", "00:30", "03:30", 2),  # and forward in spring
    ):
        made = add_gathering(town, RIDING, team, GatheringFields("canvass", day, start, end)).id
        row = find_gathering(town, RIDING, made.hex())
        assert (row.day, row.start, row.end, row.end_ms - row.start_ms) == (day, start, end, hours * hour)
    for day, start in (
        ("2015-03-08", "02:30"),
        ("2015-02-29", "18:00"),
        ("14 Oct", "18:00"),
        ("2015-10-14", "25:00"),
    ):
        with pytest.raises(InputError, match="no time of day here"):
            add_gathering(town, RIDING, team, GatheringFields("canvass", day, start, "23:00"))
    with pytest.raises(InputError, match="before it begins"):
        add_gathering(town, RIDING, team, GatheringFields("canvass", "2015-10-14", "21:00", "18:00"))


def test_events_to_come_are_first_and_those_of_last_night_are_still_among_them(
    town: Book, fake_time: FakeTime
) -> None:
    team, _ = team_of(town)
    for day in ("2015-09-20", "2015-09-21", "2015-09-25"):
        add_gathering(town, RIDING, team, GatheringFields("calls", day, "18:00", "20:00"))
    assert [one.day for one in list_gatherings(town, RIDING)] == ["2015-09-25", "2015-09-21", "2015-09-20"]
    late = list_gatherings(town, RIDING)[1].end_ms
    fake_time.ms = late + 3_600_000
    assert [one.day for one in list_gatherings(town, RIDING)] == ["2015-09-21", "2015-09-25", "2015-09-20"]


def test_only_what_is_said_otherwise_of_an_event_or_a_member_is_written(town: Book) -> None:
    team, (anne,) = team_of(town, "Anne Roy")
    event = add_gathering(town, RIDING, team, EVENING).id
    before = count(town)
    change_gathering(town, RIDING, event, EVENING)
    describe_member(town, RIDING, anne, MemberFields("Anne Roy"))
    assert count(town) == before
    change_gathering(
        town, RIDING, event, GatheringFields("training", "2015-10-14", "18:00", "21:00", "Library", "")
    )
    describe_member(
        town,
        RIDING,
        anne,
        MemberFields("Anne Roy", "(613) 555-0142", "anne@example.ca", "en, fr , ", "no stairs"),
    )
    row = find_gathering(town, RIDING, "2015-10-14")
    assert (row.sort, row.places, row.place) == ("training", 0, "Library")
    who = find_member(town, RIDING, "anne roy")
    assert (who.phone, who.email, who.languages, who.needs) == (
        "6135550142",
        "anne@example.ca",
        "en, fr",
        "no stairs",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda b, t: add_team(b, RIDING, "  "),
        lambda b, t: add_member(b, RIDING, t, MemberFields(" ")),
        lambda b, t: add_member(b, RIDING, t, MemberFields("Anne", "12")),
        lambda b, t: add_member(b, RIDING, t, MemberFields("Anne", "", "nobody")),
        lambda b, t: add_gathering(b, RIDING, t, GatheringFields("party", "2015-10-14", "18:00", "19:00")),
        lambda b, t: add_gathering(b, RIDING, t, GatheringFields("calls", "2015-10-14", "18:00", "19:00", "", "-1")),
        lambda b, t: sign_up(b, RIDING, b"g" * 16, b"m" * 16, "perhaps"),
        lambda b, t: attend(b, RIDING, b"g" * 16, b"m" * 16, "later"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_and_nothing_is_saved(
    town: Book, wrong: Callable[[Book, bytes], object]
) -> None:
    team, _ = team_of(town)
    before = count(town)
    with pytest.raises(InputError, match="Nothing was saved"):
        wrong(town, team)
    assert count(town) == before


def test_a_volunteer_of_two_teams_is_one_member(town: Book) -> None:
    team, (anne,) = team_of(town)[0], [None]
    made = add_member(town, RIDING, team, MemberFields("Anne Roy", "613-555-0142")).id
    south, _ = team_of(town, team="South")
    assert add_member(town, RIDING, south, MemberFields("anne roy", "6135550142")).id == made
    assert add_member(town, RIDING, south, MemberFields("Anne Roy", "6135550199")).id != made
    assert find_member(town, RIDING, made.hex()[:8]).teams == ("North", "South")
    with pytest.raises(InputError, match="already"):
        add_member(town, RIDING, south, MemberFields("Anne Roy", "6135550142"))
    with pytest.raises(InputError, match="several"):
        find_member(town, RIDING, "Anne Roy")
    with pytest.raises(NotFound):
        find_team(town, RIDING, "West")
    set_role(town, RIDING, team, made, "")
    assert find_member(town, RIDING, made.hex()).teams == ("South",)
    assert anne is None


def test_two_laptops_that_worked_apart_agree(town: Book, other: Book) -> None:
    team, (anne, luc) = team_of(town, "Anne Roy", "Luc Singh")
    event = add_gathering(town, RIDING, team, EVENING).id
    exchange(town, other)
    sign_up(town, RIDING, event, anne, "coming", author="Here")
    sign_up(other, RIDING, event, luc, "coming", author="There")
    describe_member(town, RIDING, anne, MemberFields("Anne Roy", needs="no stairs"))
    describe_member(other, RIDING, anne, MemberFields("Anne Roy", "6135550142"))
    attend(town, RIDING, event, anne, "came")
    attend(other, RIDING, event, anne, "absent")
    exchange(town, other)
    for book in (town, other):
        assert list_gatherings(book, RIDING)[0].coming == 2
        who = find_member(book, RIDING, "Anne Roy")
        assert (who.needs, who.phone) == ("no stairs", "6135550142")
        assert examine(book).findings == []
        [asked] = open_decisions(book, RIDING)
        assert asked.subject_name.en == "Anne Roy"
        assert asked.what.en == "attendance on 2015-10-14"
        assert {side.value.en for side in asked.sides} == {"came", "did not come"}
    [asked] = open_decisions(town, RIDING)
    came = next(at for at, side in enumerate(asked.sides) if side.value.en == "came")
    close_decision(town, asked, came, "Lead")
    exchange(town, other)
    assert [open_decisions(book, RIDING) for book in (town, other)] == [[], []]
    assert list_gatherings(other, RIDING)[0].came == 1


def test_two_pins_chosen_apart_ask_nobody_for_a_decision(town: Book, other: Book) -> None:
    _, (anne,) = team_of(town, "Anne Roy")
    exchange(town, other)
    set_pin(town, RIDING, anne, "1234")
    set_pin(other, RIDING, anne, "9876")
    exchange(town, other)
    assert open_decisions(town, RIDING) == []
    pins = [book.read().query("SELECT pin FROM member") for book in (town, other)]
    assert pins[0] == pins[1] != [("",)]


@pytest.mark.parametrize("value", ["soon", (1,), ("a", "b"), (-5, 2**31 - 1), 7, None])
def test_a_decision_that_makes_no_sense_stops_nobody(town: Book, value: object) -> None:
    team, (anne,) = team_of(town, "Anne Roy")
    event = add_gathering(town, RIDING, team, EVENING).id
    with town.act("Somebody") as act:
        for field in ("when", "team", "places", "sort"):
            act.add(RIDING, event, ConflictClosed(target="gathering", field=field, value=value))
        for field in ("languages", "team:zz", f"team:{team.hex()}", "signup:", "came:00"):
            act.add(RIDING, anne, ConflictClosed(target="member", field=field, value=value))
    assert len(list_members(town, RIDING)) == 1
    list_gatherings(town, RIDING)
    assert examine(town).findings == []
