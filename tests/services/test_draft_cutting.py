"""A proposal becomes a draft, what is left is cut anew, and the draft becomes turfs: no door lost, none doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from canvass_app.domain.errors import Cancelled, InputError
from canvass_app.services.bars import bar_shown
from canvass_app.services.book import Book
from canvass_app.services.draft_cutting import accept, estimates, propose, rebalance, recut, route
from canvass_app.services.drafts import Desk, keep, open_draft
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.turf_rows import has_draft
from canvass_app.services.turfs import list_turfs, make_turf, turf_door_ids
from canvass_app.turf.draft import FREE, broken
from canvass_app.turf.draft_edits import change_turf, move
from tests.desktop.screens.world import RIDING, add_doors, an_id, issue, new_book

DOORS = 120


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    for row in range(4):
        add_doors(opened, 30, street=f"Row{row} Street", north=400 * row)
    yield opened
    opened.close()


def unheard(*_: object) -> None:
    """Nobody wants to know how far it is."""


def never() -> bool:
    return False


def at_once() -> bool:
    return True


def proposed(book: Book, turfs: int = 4, *, seed: int = 1) -> Desk:
    return propose(book, RIDING, "turfs", turfs, seed=seed, report=unheard, cancelled=never).desk


def whole_and_once(desk: Desk) -> None:
    held = [door for n in (*desk.draft.turfs, FREE) for door in desk.draft.doors_of(n).tolist()]
    assert sorted(held) == np.flatnonzero(~desk.draft.gone).tolist()


def test_a_proposal_is_kept_with_its_walks_and_the_same_number_gives_the_same_cut(book: Book) -> None:
    found = propose(book, RIDING, "doors", 30, seed=3, report=unheard, cancelled=never)
    again = propose(book, RIDING, "doors", 30, seed=3, report=unheard, cancelled=never)
    assert np.array_equal(found.desk.draft.owner, again.desk.draft.owner)
    kept = open_draft(book, RIDING)
    assert kept is not None
    assert np.array_equal(kept.draft.owner, found.desk.draft.owner)
    assert kept.said["by"] == "doors"
    for number, turf in found.routes.items():
        assert set(turf.door_ids) == set(found.desk.ids_at(found.desk.draft.doors_of(number)))
    whole_and_once(found.desk)


def test_a_stopped_cut_keeps_the_draft_that_was_there(book: Book) -> None:
    before = proposed(book)
    with pytest.raises(Cancelled):
        propose(book, RIDING, "turfs", 2, report=unheard, cancelled=at_once)
    kept = open_draft(book, RIDING)
    assert kept is not None
    assert kept.draft.turfs == before.draft.turfs
    with pytest.raises(Cancelled):
        rebalance(book, before, report=unheard, cancelled=at_once)


def test_volunteers_get_a_turf_each(book: Book) -> None:
    found = propose(book, RIDING, "volunteers", 3, report=unheard, cancelled=never)
    assert len(found.desk.draft.turfs) == 3


def test_uneven_turfs_are_evened_out_and_the_locked_one_stays(book: Book) -> None:
    desk = proposed(book)
    counts = desk.draft.counts()
    locked, small, large = 0, 1, 2
    assert counts[small]
    doors = desk.draft.doors_of(small)[2:]
    desk = keep(book, desk, move(desk.draft, doors, large).edit)
    desk = keep(book, desk, change_turf(desk.draft, locked, locked=True).edit)
    before = desk.draft.doors_of(locked).tolist()
    desk = keep(book, desk, rebalance(book, desk, report=unheard, cancelled=never).edit)
    whole_and_once(desk)
    assert desk.draft.doors_of(locked).tolist() == before
    even = [count for number, count in desk.draft.counts().items() if number != locked]
    assert max(even) - min(even) <= 8
    assert not broken(desk.draft)


def test_one_fewer_leaves_doors_that_were_walked_where_they_are(book: Book) -> None:
    desk = proposed(book)
    first = desk.draft.doors_of(0).tolist()
    done = desk.ids_at(first[:2])
    # The doors were tried from an older list; that turf is not in use any more.
    document = issue(book, done, "Before")
    record(book, open_shift(book, "Luc Roy", RIDING), document.number, 1, Mark(code="not_home"))
    tried = [place for place in first if desk.door_ids[place] == done[0] or desk.door_ids[place] == done[1]]
    change = recut(book, desk, report=unheard, cancelled=never)
    after = keep(book, desk, change.edit)
    whole_and_once(after)
    stayed = [place for place in tried if int(after.draft.owner[place]) == 0]
    assert stayed
    assert len(after.draft.turfs) == 4  # the walked turf, and three for the rest


def test_nothing_is_left_to_cut_when_all_is_locked(book: Book) -> None:
    desk = proposed(book, 2)
    for number in desk.draft.turfs:
        desk = keep(book, desk, change_turf(desk.draft, number, locked=True).edit)
    with pytest.raises(InputError, match="locked or walked"):
        recut(book, desk, report=unheard, cancelled=never)


def test_seconds_are_known_before_the_walk_and_the_walk_of_an_edited_turf_after(book: Book) -> None:
    desk = proposed(book)
    guessed = estimates(desk)
    walked = route(book, desk, desk.draft.turfs)
    for number, turf in walked.items():
        assert 0.7 < guessed[number] / turf.seconds < 1.4
        assert turf.doors == desk.draft.counts()[number]
    assert route(book, desk, [99]) == {}


def test_what_belongs_to_others_or_is_barred_meanwhile_is_kept_out_of_the_turfs_that_are_made(
    book: Book,
) -> None:
    desk = proposed(book)
    theirs = make_turf(book, RIDING, "Theirs", desk.door_ids[:3]).turf_id
    bar_shown(book, RIDING, "door", desk.door_ids[5], author="Luc Roy")
    accepted = accept(book, desk, author="Ana", report=unheard, cancelled=never)
    assert (accepted.turfs, accepted.kept_out) == (4, 4)
    assert len(accepted.changes.turfs) == 4
    turfs = list_turfs(book, RIDING)
    doors = [door for turf in turfs for door in turf_door_ids(book, RIDING, turf.turf_id)]
    assert len(doors) == len(set(doors)) == DOORS - 1
    assert desk.door_ids[5] not in doors
    assert set(turf_door_ids(book, RIDING, theirs)) == set(desk.door_ids[:3])
    assert not has_draft(book, RIDING)


def test_a_proposal_of_nothing_is_not_made(book: Book) -> None:
    desk = proposed(book, 1)
    desk = keep(book, desk, move(desk.draft, np.arange(DOORS), FREE).edit)
    with pytest.raises(InputError, match="no turf with doors"):
        accept(book, desk, author="", report=unheard, cancelled=never)
    assert has_draft(book, RIDING)


def test_a_door_without_a_place_walks_with_the_turf_that_it_was_put_into(book: Book) -> None:
    with book.act("") as act:
        from canvass_app.ledger.kinds import DoorAdded

        lost = an_id("lost")
        act.add(
            RIDING, lost,
            DoorAdded(
                number=7, suffix="", street="NOWHERE", street_type="ST", street_direction="", street_label="Nowhere Street",
                unit="", floor=0, municipality="Testville", postal_code="K1A0A1", point=None,
            ),
        )  # fmt: skip
    desk = proposed(book)
    assert desk.ids_at(desk.draft.placeless()) == [lost]
    assert len(desk.draft.doors_of(FREE)) == 1
    desk = keep(book, desk, move(desk.draft, desk.draft.placeless(), 1).edit)
    assert lost in route(book, desk, [1])[1].door_ids
    accept(book, desk, author="", report=unheard, cancelled=never)
    doors = [d for turf in list_turfs(book, RIDING) for d in turf_door_ids(book, RIDING, turf.turf_id)]
    assert lost in doors
    assert len(doors) == DOORS + 1
