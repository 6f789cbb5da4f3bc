"""What whoever holds a part is told, field by field and route by route, and what it may say."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from canvass_app.domain.roles import Role
from canvass_app.hq.answering import Answering, down_items
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.devices import find_device
from canvass_app.ledger.kinds import (
    KINDS,
    SAID_AT_DOORS,
)
from canvass_app.ledger.rosters import DoorEntry, PersonEntry
from canvass_app.services.book import Book
from canvass_app.services.bundling import write_bundle
from canvass_app.services.syncing import sync_now
from canvass_app.services.team_rows import list_members, list_teams
from canvass_app.services.teams import MemberFields, add_member, add_team
from canvass_app.services.turfs import assign_turf
from canvass_app.storage.listings import every_listing
from canvass_app.sync.codec import unpack
from canvass_app.sync.messages import Page
from tests.hq.holders import Holder
from tests.hq.kit import (
    OTHER,
    RIDING,
    Hq,
    add_file,
    knock,
    street_door,
    street_person,
)
from tests.hq.parts_kit import cut, given, issue, lead

__all__ = ["lead"]


# What a role is told of a person and of a door, field by field, read by a person whenever it changes. Whoever walks needs
# no number to call, whoever calls no address of mail; the file's claim of support is what both begin a talk with.
EXPECTED_FIELDS = {
    Role.LEAD: {*PersonEntry._fields},
    Role.CANVASSER: {*PersonEntry._fields} - {"phone", "email"},
    Role.CALLER: {*PersonEntry._fields} - {"email"},
}


@pytest.mark.parametrize("role", EXPECTED_FIELDS)
def test_the_fields_of_a_person_are_those_of_the_table(
    hq: Hq, lead: Book, new_laptop: Any, role: Role
) -> None:
    door = DoorEntry(
        street_door(90), 90, "A", "BIRCH", "ST", "N", "Birch Street", "2", 1, "Millbrook", "K0K 1A0", -79_000_090,
        44_000_000, "12", "house",
    )  # fmt: skip
    person = PersonEntry(
        street_person(90), street_door(90), "Maple90", "Nobody", "B", 1950, "613 555 0190", "n@example.org", "en", "F",
        "2", "list", "77",
    )  # fmt: skip
    add_file(lead, [door], [person])
    assign_turf(lead, RIDING, cut(lead, 90, 90), "Ana")
    sync_now(lead)
    book = given(hq, new_laptop(), "Ana", role=role)
    sync_now(book)
    ((found, _),) = every_listing(book.read(), RIDING, [street_person(90)])
    assert {field for field, value in found._asdict().items() if value} == EXPECTED_FIELDS[role]
    ((number, access),) = book.read().query(
        "SELECT number, postal_code FROM door WHERE door_id = ?", (street_door(90),)
    )
    assert (number, access) == (90, "K0K 1A0")


def test_every_kind_is_said_at_doors_or_is_not() -> None:
    """A new kind is put on one side or the other by a person."""
    prepared = {
        "roster.added", "roster.withdrawn", "roster.restored", "layer.added", "conflict.closed", "person.same_as",
        "person.erased", "door.same_as", "door.left", "door.arrived", "export.made", "export.sealed", "team.added",
        "team.described", "team.closed", "member.added", "member.described", "member.joined", "member.pin_set",
        "member.signed_up", "member.attended", "gathering.added", "gathering.changed", "gathering.cancelled", "turf.cut",
        "turf.changed", "turf.assigned", "turf.retired", "walk_list.issued", "shift.voided", "shift.restored",
        "selection.saved", "selection.removed",
    }  # fmt: skip
    assert not prepared & SAID_AT_DOORS
    assert prepared | SAID_AT_DOORS == KINDS.keys()


def test_nothing_of_anybody_else_is_had_by_name(hq: Hq, lead: Book, new_laptop: Any) -> None:
    """Every route that takes a name, asked by a canvasser for what is not theirs: as if it did not exist."""
    cut(lead, 1, 5)
    others = issue(lead, cut(lead, 11, 15), "Ben")
    issue(lead, cut(lead, 21, 25), "Ana")
    sync_now(lead)
    for role in (Role.CANVASSER, Role.CALLER):
        holder = Holder(hq, 60 + len(role), role, frozenset({RIDING}), ("Ana",))
        rows = lead.read().query("SELECT asset FROM walk_list WHERE number = ?", (others,))
        roster = bytes(lead.read().query("SELECT name FROM roster")[0][0]).hex()
        riding = f"/v1/ridings/{RIDING}"
        (theirs,) = rows
        nothing = holder.ask("GET", f"{riding}/assets/{bytes(32).hex()}").body
        for path in (
            f"{riding}/assets/{bytes(theirs[0]).hex()}", f"{riding}/rosters/{roster}", f"{riding}/rosters/{roster}/chunks?numbers=0",
            f"{riding}/who-saw?person={street_person(22).hex()}", f"{riding}/progress",
        ):  # fmt: skip
            answer = holder.ask("GET", path)
            assert (answer.status, answer.body) == (404, nothing), path
        # Bulk: everything there is to fetch, whatever the cursor and the limit.
        page = unpack(Page, holder.ask("GET", f"{riding}/events?limit=5000&skip=0").body)
        cut_of_file = holder.ask("GET", f"{riding}/rosters/{roster}/part").body
        told = b"".join(raw for _, _, raw in page.events) + cut_of_file
        assert b"Maple21" in told
        assert not any(f"Maple{n}".encode() in told for n in range(10, 20))
        assert street_door(11) not in told
        assert holder.ask("GET", f"{riding}/events?cursor={stolen_cursor(lead)}").status == 409
        assert holder.ask("GET", f"/v1/ridings/{OTHER}/events").status == 404


def test_who_lost_a_turf_is_given_no_file_of_it_whatever_it_was_told_before(
    hq: Hq, lead: Book, new_laptop: Any
) -> None:
    """A laptop that never asks for the next page learns nothing by that."""
    turf = cut(lead, 1, 5)
    assign_turf(lead, RIDING, turf, "Ana")
    sync_now(lead)
    holder = Holder(hq, 61, Role.CANVASSER, frozenset({RIDING}), ("Ana",))
    holder.ask("GET", f"/v1/ridings/{RIDING}/events")
    roster = bytes(lead.read().query("SELECT name FROM roster")[0][0]).hex()
    part = f"/v1/ridings/{RIDING}/rosters/{roster}/part"
    assert b"Maple3" in holder.ask("GET", part).body
    assign_turf(lead, RIDING, turf, "Ben")
    sync_now(lead)
    assert b"Maple3" not in holder.ask("GET", part).body


def stolen_cursor(book: Book) -> str:
    """The cursor of a laptop that holds the whole riding."""
    return quote(str(book.read().query("SELECT cursor FROM sync_state")[0][0]))


def test_a_stick_opens_nothing_that_the_routes_do_not(hq: Hq, lead: Book, tmp_path: Path) -> None:
    """A lead's laptop that was made a canvasser's brings its list on a stick: neither file nor list is taken, results are."""
    issue(lead, cut(lead, 1, 5), "Ana")
    knock(lead, 1)
    hq.office.write(lambda db: db.run("UPDATE device SET role = 'canvasser', given_to = '[\"Ana\"]'"))
    up, down = tmp_path / "up", tmp_path / "down"
    up.mkdir()
    down.mkdir()
    (taken,), _ = import_bundles(hq.office, [write_bundle(lead, up).path], down)
    assert taken.quarantined == 2
    assert any("no such thing" in note.en for note in taken.notes)
    assert hq.rows("SELECT COUNT(*) FROM asset") == [(0,)]
    assert hq.rows("SELECT COUNT(*) FROM event WHERE kind IN ('turf.cut', 'walk_list.issued')") == [(0,)]
    assert hq.rows("SELECT COUNT(*) FROM event WHERE kind = 'attempt.made'") == [(1,)]


def test_a_team_lead_knows_the_team_and_a_canvasser_no_telephone_of_it(
    hq: Hq, lead: Book, new_laptop: Any
) -> None:
    for team, member in (("Team East", "Priya Invented"), ("Team West", "Wes Invented")):
        team_id = add_team(lead, RIDING, team).id
        add_member(lead, RIDING, team_id, MemberFields(member, phone="613 555 0140"))
    sync_now(lead)
    east = given(hq, new_laptop(), "team east", role=Role.LEAD)
    ana = given(hq, new_laptop(), "Team East")
    for book in (east, ana):
        sync_now(book)
    assert [one.name for one in list_teams(east, RIDING)] == ["Team East"]
    assert [one.name for one in list_members(east, RIDING)] == ["Priya Invented"]
    assert list_members(ana, RIDING) == list_teams(ana, RIDING) == []


def test_an_observer_s_device_is_told_of_nobody_by_stick_either(hq: Hq, lead: Book, tmp_path: Path) -> None:
    hq.office.write(lambda db: db.run("UPDATE device SET role = 'observer'"))
    device = find_device(hq.office, lead.device_id)
    assert device is not None
    items = {one.kind for one in down_items(hq.office, device, Answering(), 100)}
    assert items == {"hello", "campaign"}
