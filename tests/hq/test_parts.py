"""A device that is given to somebody holds their turfs and open lists, and nothing else of the riding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import NotFound, Refused, SyncProblem
from canvass_app.domain.roles import Role
from canvass_app.hq.backing_up import back_up
from canvass_app.hq.devices import find_device, issue_code
from canvass_app.hq.doctor import examine
from canvass_app.hq.giving import give_to
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.putting_back import put_back
from canvass_app.hq.sights import who_saw
from canvass_app.hq.slicing import slice_of
from canvass_app.hq.ward import find, held_by
from canvass_app.ledger.kinds import (
    KINDS,
    SAID_AT_DOORS,
    AttemptMade,
    NoteWritten,
    PersonDescribed,
    ResidenceBegan,
    TurfCut,
)
from canvass_app.ledger.rosters import DoorEntry, PersonEntry
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine as examine_laptop
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.erasure import erase_person
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.services.walk_lists import issue_walk_list, list_walk_lists, load_document, mark_returned
from canvass_app.storage.listings import every_listing
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_file, add_street, knock, street_door, street_person


@pytest.fixture
def lead(hq: Hq, new_laptop: Any) -> Book:
    """The organiser's laptop: the whole riding, forty doors."""
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    return book


def given(hq: Hq, book: Book, *names: str, role: Role = Role.CANVASSER) -> Book:
    """A laptop that joins and holds what is given to these names."""
    join(book, hq.url, issue_code(hq.office, frozenset({RIDING}), "", role, names).text, names[0])
    return book


def cut(book: Book, first: int, last: int, name: str = "") -> bytes:
    """A turf of these doors of the street."""
    doors = [street_door(number) for number in range(first, last + 1)]
    return make_turf(book, RIDING, name or f"Birch {first}", doors).turf_id


def issue(book: Book, turf: bytes, to: str) -> int:
    return issue_walk_list(book, RIDING, turf, canvasser=to).document.number


def names(book: Book) -> list[str]:
    """The last names that a laptop's screens show."""
    rows = book.read().query("SELECT last FROM person WHERE riding_id = ? AND last <> ''", (RIDING,))
    return sorted((str(row[0]) for row in rows), key=lambda one: int(one.removeprefix("Maple")))


def maples(first: int, last: int) -> list[str]:
    return [f"Maple{number}" for number in range(first, last + 1)]


def numbers(book: Book) -> list[int]:
    return sorted(one.number for one in list_walk_lists(book, RIDING))


def test_a_canvasser_holds_their_open_lists_and_nobody_else(hq: Hq, lead: Book, new_laptop: Any) -> None:
    mine, others = issue(lead, cut(lead, 1, 5), "Ana Invented"), issue(lead, cut(lead, 6, 9), "Ben Invented")
    sync_now(lead)
    ana = given(hq, new_laptop(), "ana  INVENTED")
    sync_now(ana)
    assert names(ana) == maples(1, 5)
    assert numbers(ana) == [mine]
    assert load_document(ana, mine).canvasser == "Ana Invented"
    with pytest.raises(NotFound):
        load_document(ana, others)
    rows = ana.read().query("SELECT COUNT(*) FROM door WHERE riding_id = ?", (RIDING,))
    assert rows == [(5,)]
    assert examine_laptop(ana).findings == []
    assert sync_now(ana).pulled == 0


def test_what_a_canvasser_types_counts_and_what_others_do_there_arrives(
    hq: Hq, lead: Book, new_laptop: Any
) -> None:
    number = issue(lead, cut(lead, 1, 5), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    shift = open_shift(ana, "Ana", RIDING, number)
    for line in (1, 2, 3):
        record(ana, shift, number, line, Mark(code="not_home"))
    knock(lead, 4, "refused")
    knock(lead, 30, "refused")
    sync_now(lead)
    sync_now(ana)
    sync_now(lead)
    tried = "SELECT COUNT(*) FROM attempt WHERE riding_id = ?"
    assert ana.read().query(tried, (RIDING,)) == [(4,)]
    assert lead.read().query(tried, (RIDING,)) == [(5,)]
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(5,)]
    assert examine_laptop(ana).findings == []
    assert examine(hq.office).findings == []


def test_a_list_that_came_back_leaves_and_another_arrives(hq: Hq, lead: Book, new_laptop: Any) -> None:
    first, second = issue(lead, cut(lead, 1, 5), "Ana"), issue(lead, cut(lead, 11, 14), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    assert names(ana) == maples(1, 5) + maples(11, 14)
    shift = open_shift(ana, "Ana", RIDING, first)
    record(ana, shift, first, 1, Mark(code="not_home"))
    mark_returned(
        lead, RIDING, next(one.list_id for one in list_walk_lists(lead, RIDING) if one.number == first)
    )
    third = issue(lead, cut(lead, 21, 22), "Ana")
    sync_now(lead)
    report = sync_now(ana)
    assert any("no longer yours" in one.en for one in report.notes)
    assert names(ana) == maples(11, 14) + maples(21, 22)
    assert numbers(ana) == [second, third]
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(1,)]
    assert sync_now(ana).notes == []
    assert examine_laptop(ana).findings == []


def test_a_turf_that_is_given_away_takes_its_people_along(hq: Hq, lead: Book, new_laptop: Any) -> None:
    turf = cut(lead, 1, 5)
    assign_turf(lead, RIDING, turf, "Team East")
    sync_now(lead)
    east = given(hq, new_laptop(), "Team East", role=Role.LEAD)
    sync_now(east)
    assert names(east) == maples(1, 5)
    knock(east, 1)
    assign_turf(lead, RIDING, turf, "Team West")
    sync_now(lead)
    sync_now(east)
    assert names(east) == []
    assert east.read().query("SELECT COUNT(*) FROM roster_chunk") == [(0,)]
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(1,)]


def test_what_is_typed_goes_on_after_something_left(hq: Hq, lead: Book, new_laptop: Any) -> None:
    kept = issue(lead, cut(lead, 1, 5), "Ana")
    turf = cut(lead, 6, 9)
    assign_turf(lead, RIDING, turf, "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    knock(ana, 7)
    assign_turf(lead, RIDING, turf, "Ben")
    sync_now(lead)
    sync_now(ana)
    shift = open_shift(ana, "Ana", RIDING, kept)
    for line in (1, 2):
        record(ana, shift, kept, line, Mark(code="not_home"))
    folder = ana.folder
    ana.close()
    from canvass_app.services.book import open_book

    again = open_book(folder, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        assert names(again) == maples(1, 5)
        sync_now(again)
        assert sync_now(again).pulled == 0
        assert examine_laptop(again).findings == []
    finally:
        again.close()
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(3,)]
    assert examine(hq.office).findings == []


def test_numbers_and_mail_stay_where_the_task_needs_none(hq: Hq, lead: Book, new_laptop: Any) -> None:
    with lead.act("Lead") as act:
        act.add(RIDING, street_person(1), PersonDescribed(phone="613 555 0199", email="one@example.org"))
    issue(lead, cut(lead, 1, 5), "Ana")
    sync_now(lead)
    told = {}
    for role in (Role.CANVASSER, Role.CALLER, Role.LEAD):
        book = given(hq, new_laptop(), "Ana", role=role)
        sync_now(book)
        told[role] = book.read().query(
            "SELECT phone, email FROM person WHERE person_id = ?", (street_person(1),)
        )
        assert examine_laptop(book).findings == []
        assert not any(b"555" in bytes(row[0]) for row in book.read().query("SELECT raw FROM event")) or (
            role is not Role.CANVASSER
        )
    assert told == {
        Role.CANVASSER: [("", "")],
        Role.CALLER: [("613 555 0199", "")],
        Role.LEAD: [("613 555 0199", "one@example.org")],
    }


def test_writing_about_a_stranger_brings_nothing_of_them(hq: Hq, lead: Book, new_laptop: Any) -> None:
    """Ids of files can be guessed: whoever says that somebody moved to their door is not told who that is."""
    issue(lead, cut(lead, 1, 5), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    with ana.act("Ana") as act:
        act.add(RIDING, street_person(30), ResidenceBegan(door=street_door(1)))
        act.add(RIDING, street_door(31), NoteWritten(target="door", text="who lives there?"))
        act.add(RIDING, street_person(32), PersonDescribed(first="X"))
    for _ in range(3):
        sync_now(ana)
    catch_up(hq.office, RIDING)
    device = find_device(hq.office, ana.device_id)
    assert device is not None
    assert street_person(30) not in slice_of(hq.office, device, RIDING).subjects
    assert names(ana) == maples(1, 5)
    assert b"Maple30" not in b"".join(
        bytes(row[0]) for row in ana.read().query("SELECT data FROM roster_chunk")
    )


def test_a_canvasser_says_what_is_said_at_doors_and_nothing_else_counts(
    hq: Hq, lead: Book, new_laptop: Any
) -> None:
    issue(lead, cut(lead, 1, 5), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    with pytest.raises(Refused, match="canvass lead"):
        make_turf(ana, RIDING, "All", [street_door(1)], take=True)
    # Somebody made it do so all the same.
    ana.set_meta("role", "lead")
    with ana.act("Ana") as act:
        act.add(
            RIDING, bytes(15) + b"t", TurfCut(name="All", doors=tuple(street_door(n) for n in range(1, 40)))
        )
        act.add(RIDING, street_door(1), AttemptMade(code="not_home"))
    assert any("set 1 " in one.en for one in sync_now(ana).notes)
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM turf WHERE name = 'All'") == [(0,)]
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(1,)]


def test_somebody_who_moves_in_arrives_and_an_erased_person_goes(hq: Hq, lead: Book, new_laptop: Any) -> None:
    issue(lead, cut(lead, 1, 5), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    with lead.act("Lead") as act:
        act.add(RIDING, street_person(20), ResidenceBegan(door=street_door(2)))
    sync_now(lead)
    sync_now(ana)
    assert names(ana) == [*maples(1, 5), "Maple20"]
    erase_person(lead, RIDING, street_person(20), author="Lead")
    sync_now(lead)
    sync_now(ana)
    assert names(ana) == maples(1, 5)
    assert sync_now(ana).pulled == 0
    assert examine_laptop(ana).findings == []


def test_a_device_is_given_to_others_and_a_whole_riding_again(hq: Hq, lead: Book, new_laptop: Any) -> None:
    for first, to in ((1, "Ana"), (11, "Ben")):
        issue(lead, cut(lead, first, first + 4), to)
    sync_now(lead)
    book = given(hq, new_laptop(), "Ana", role=Role.LEAD)
    sync_now(book)
    knock(book, 1)
    assert give_to(hq.office, book.device_id, ["Ben"])
    sync_now(book)
    assert names(book) == maples(11, 15)
    assert give_to(hq.office, book.device_id, [])
    sync_now(book)
    assert names(book) == maples(1, 40)
    assert examine_laptop(book).findings == []
    assert not give_to(hq.office, book.device_id, [])


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
    }  # fmt: skip
    assert not prepared & SAID_AT_DOORS
    assert prepared | SAID_AT_DOORS == KINDS.keys()


def test_headquarters_remembers_whose_data_a_part_held(hq: Hq, lead: Book, new_laptop: Any) -> None:
    issue(lead, cut(lead, 1, 3), "Ana")
    knock(lead, 20)
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    catch_up(hq.office, RIDING)

    def was_given(number: int) -> bool:
        seen = who_saw(hq.office, RIDING, street_person(number))
        return seen is not None and ana.device_id in {
            one.device_id for one in seen.sights if one.act == Access.HANDED
        }

    assert [was_given(number) for number in (1, 2, 3, 4, 20)] == [True, True, True, False, False]
    (held,) = held_by(hq.office, find(hq.office, ana.device_id.hex()))
    assert (held.doors, held.people, len(held.lists_out)) == (3, 3, 1)


def test_a_list_that_is_thirty_days_old_is_not_out_any_more(hq: Hq, lead: Book, new_laptop: Any) -> None:
    issue(lead, cut(lead, 1, 3), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    assert len(names(ana)) == 3
    hq.time.pass_ms(31 * 86_400_000)
    sync_now(ana)
    assert names(ana) == []


def test_while_somebody_types_nothing_is_taken_away(hq: Hq, lead: Book, new_laptop: Any) -> None:
    turf = cut(lead, 1, 3)
    assign_turf(lead, RIDING, turf, "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    assign_turf(lead, RIDING, turf, "Ben")
    sync_now(lead)
    knock(ana, 1)
    with pytest.raises(SyncProblem, match="when nobody is typing"):
        sync_now(ana, typing=lambda: True)
    assert names(ana) == maples(1, 3)
    sync_now(ana)
    assert names(ana) == []
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(1,)]


def test_a_restored_headquarters_gets_back_what_left_the_laptop(
    hq: Hq, lead: Book, new_laptop: Any, tmp_path: Path
) -> None:
    """What was typed and received left with its list; headquarters then loses it, and is offered it again."""
    turf = cut(lead, 1, 3)
    assign_turf(lead, RIDING, turf, "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    backup = back_up(hq.settings, tmp_path / "before.backup").path
    knock(ana, 1)
    sync_now(ana)
    assign_turf(lead, RIDING, turf, "Ben")
    sync_now(lead)
    sync_now(ana)
    assert ana.read().query("SELECT COUNT(*) FROM attempt") == [(0,)]
    sealed = [path for path in ana.folder.iterdir() if path.name.startswith(f"riding-{RIDING}")]
    assert len(sealed) == 1
    assert b"BIRCH" not in sealed[0].read_bytes()
    hq.stop()
    put_back(hq.settings, backup, overwrite=True)
    hq.start()
    for book in (ana, lead):
        book.set_meta("hq_url", hq.url)
    sync_now(ana)
    sync_now(lead)
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(1,)]
    assert examine_laptop(ana).findings == []
