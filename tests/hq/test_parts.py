"""A device that is given to somebody holds their turfs and open lists, and nothing else of the riding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import NotFound, Refused, SyncProblem
from canvass_app.domain.roles import Role
from canvass_app.hq.backing_up import back_up
from canvass_app.hq.devices import find_device
from canvass_app.hq.doctor import examine
from canvass_app.hq.giving import give_to
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.putting_back import put_back
from canvass_app.hq.sights import who_saw
from canvass_app.hq.slicing import slice_of
from canvass_app.hq.ward import find, held_by
from canvass_app.ledger.kinds import (
    AttemptMade,
    NoteWritten,
    PersonDescribed,
    ResidenceBegan,
    TurfCut,
)
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine as examine_laptop
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.erasure import erase_person
from canvass_app.services.syncing import sync_now
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.services.voiding import void_shift
from canvass_app.services.walk_lists import list_walk_lists, load_document, mark_returned
from canvass_app.storage.listings import every_listing
from canvass_app.sync import pulling
from canvass_app.sync.problems import Unreachable
from tests.hq.kit import (
    PASSPHRASE,
    RIDING,
    Hq,
    knock,
    street_door,
    street_person,
)
from tests.hq.parts_kit import cut, given, issue, lead, maples, names, numbers

__all__ = ["lead"]


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


def test_headquarters_remembers_whose_data_a_part_held(hq: Hq, lead: Book, new_laptop: Any) -> None:
    issue(lead, cut(lead, 1, 3), "Ana")
    with lead.act("Lead") as act:
        # Between two numbers that she is given lies somebody whom she is not.
        act.add(RIDING, street_person(20), PersonDescribed(first="Nadia"))
    knock(lead, 1)
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


def test_a_network_that_goes_after_the_first_page_leaves_nobody_else_behind(
    hq: Hq, lead: Book, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The imported file is cut here at once; what headquarters cuts of it may never come."""
    turf = cut(lead, 1, 5)
    assign_turf(lead, RIDING, turf, "Ana")
    issue(lead, cut(lead, 6, 7), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    assign_turf(lead, RIDING, turf, "Ben")
    sync_now(lead)

    def gone(*_: Any) -> Any:
        raise Unreachable("the network goes at this very moment")

    with monkeypatch.context() as patch:
        patch.setattr(pulling, "take_cut", gone)
        with pytest.raises(Unreachable):
            sync_now(ana)
    assert names(ana) == maples(6, 7)
    held = {person.last for person, _ in every_listing(ana.read(), RIDING, map(street_person, range(1, 41)))}
    assert held == {*maples(6, 7)}
    sync_now(ana)
    assert names(ana) == maples(6, 7)


def test_a_shift_that_was_just_opened_stays_open(hq: Hq, lead: Book, new_laptop: Any) -> None:
    """It has no result yet that would make it part of what the laptop holds."""
    turf = cut(lead, 1, 5)
    assign_turf(lead, RIDING, turf, "Ana")
    number = issue(lead, cut(lead, 6, 7), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    shift = open_shift(ana, "Ana", RIDING, number)
    sync_now(ana)
    assign_turf(lead, RIDING, turf, "Ben")
    sync_now(lead)
    sync_now(ana)
    assert ana.read().query("SELECT volunteer FROM shift WHERE shift_id = ?", (shift.shift_id,)) == [("Ana",)]
    record(ana, shift, number, 1, Mark(code="not_home"))
    sync_now(ana)
    assert examine_laptop(ana).findings == []


def test_a_shift_of_others_that_is_taken_back_counts_no_more_here_either(
    hq: Hq, lead: Book, new_laptop: Any
) -> None:
    number = issue(lead, cut(lead, 1, 5), "Ana")
    shift = open_shift(lead, "Lea", RIDING, number)
    record(lead, shift, number, 1, Mark(code="refused"))
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    counted = "SELECT COUNT(*) FROM attempt WHERE riding_id = ?"
    assert ana.read().query(counted, (RIDING,)) == [(1,)]
    void_shift(lead, RIDING, shift.shift_id, "Lea")
    sync_now(lead)
    sync_now(ana)
    assert ana.read().query(counted, (RIDING,)) == [(0,)]


def test_after_a_restore_who_holds_the_whole_gives_back_what_others_did(
    hq: Hq, lead: Book, new_laptop: Any, tmp_path: Path
) -> None:
    """A canvasser's laptop, which may not, syncs as ever."""
    assign_turf(lead, RIDING, cut(lead, 1, 5), "Ana")
    sync_now(lead)
    ana = given(hq, new_laptop(), "Ana")
    sync_now(ana)
    backup = back_up(hq.settings, tmp_path / "before.backup").path
    knock(lead, 2)
    sync_now(lead)
    sync_now(ana)
    hq.stop()
    put_back(hq.settings, backup, overwrite=True)
    hq.start()
    for book in (ana, lead, ana):
        book.set_meta("hq_url", hq.url)
        sync_now(book)
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(1,)]
    assert ana.read().query("SELECT COUNT(*) FROM attempt") == [(1,)]
    assert examine_laptop(ana).findings == []
