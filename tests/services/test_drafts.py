"""The cut in the hand is kept after every edit, brought up to date, and belongs to this laptop alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from canvass_app.services.bars import bar_shown
from canvass_app.services.book import Book, open_book
from canvass_app.services.drafts import (
    Desk,
    Missed,
    bring_back,
    freshen,
    keep,
    new_names,
    open_draft,
    redo,
    start_draft,
    throw_away,
    undo,
    walked,
)
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.turf_rows import has_draft
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.turf.draft import DraftTurf
from canvass_app.turf.draft_edits import change_turf, draw, merge, move, split
from tests.desktop.screens.world import RIDING, add_doors, issue, new_book
from tests.turf.draft_kit import DOORS, doors_at, grid_area

TURFS = [DraftTurf(0, "Élan", 0), DraftTurf(1, "Mill", 1), DraftTurf(2, "Hill", 2)]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    yield opened
    opened.close()


def begin(book: Book, more: int = 0) -> Desk:
    """A draft of 24 blocks in three turfs of two columns each."""
    doors = add_doors(book, 24 * DOORS + more)[: 24 * DOORS]
    area = grid_area(6, 4)
    return start_draft(book, RIDING, doors, area, (np.arange(24) % 6 // 2).astype(np.int32), TURFS)


def same(one: Desk, other: Desk | None) -> None:
    assert other is not None
    assert np.array_equal(one.draft.owner, other.draft.owner)
    assert one.draft.turfs == other.draft.turfs
    assert one.door_ids == other.door_ids
    assert [edit.what for edit in one.done] == [edit.what for edit in other.done]
    assert [edit.what for edit in one.undone] == [edit.what for edit in other.undone]


def test_a_flat_battery_loses_nothing_not_even_what_was_taken_back(book: Book) -> None:
    desk = begin(book)
    for _ in range(2):
        desk = keep(book, desk, move(desk.draft, doors_at(desk.draft, 2), 0 if not desk.done else 1).edit)
    desk = keep(book, desk, change_turf(desk.draft, 1, name="Côte-des-Neiges", locked=True).edit)
    desk = keep(book, desk, split(desk.draft, 2, "Half", 3).edit)
    desk = undo(book, desk)
    folder = book.folder
    book.close()
    again = open_book(folder, passphrase="test")
    try:
        found = open_draft(again, RIDING)
        same(desk, found)
        assert found is not None
        assert found.draft.turfs[1].name == "Côte-des-Neiges"
        same(redo(again, found), open_draft(again, RIDING))
    finally:
        again.close()


def test_ten_steps_are_taken_back_and_made_again(book: Book) -> None:
    desk = start = begin(book)
    for n in range(10):
        desk = keep(book, desk, move(desk.draft, [n], 1).edit)
    end = desk
    for _ in range(10):
        desk = undo(book, desk)
    same(desk, open_draft(book, RIDING))
    assert np.array_equal(desk.draft.owner, start.draft.owner)
    assert undo(book, desk) is desk
    for _ in range(10):
        desk = redo(book, desk)
    assert np.array_equal(desk.draft.owner, end.draft.owner)
    assert redo(book, desk) is desk


def test_a_new_edit_ends_what_could_be_made_again(book: Book) -> None:
    desk = begin(book)
    desk = keep(book, desk, draw(desk.draft, doors_at(desk.draft, 0), "New", 5).edit)
    desk = undo(book, desk)
    desk = keep(book, desk, merge(desk.draft, [0, 1]).edit)
    assert desk.undone == ()
    same(desk, open_draft(book, RIDING))


def test_a_draft_thrown_away_is_gone_and_a_new_one_takes_the_place_of_the_old(book: Book) -> None:
    desk = begin(book)
    keep(book, desk, merge(desk.draft, [0, 1]).edit)
    fresh = start_draft(book, RIDING, desk.door_ids, desk.draft.area, np.zeros(24, np.int32), TURFS[:1])
    same(fresh, open_draft(book, RIDING))
    desk = keep(book, fresh, split(fresh.draft, 0, "Half", 4).edit)
    desk = undo(book, keep(book, desk, change_turf(desk.draft, 0, name="Other").edit))
    throw_away(book, RIDING)
    same(bring_back(book, desk), open_draft(book, RIDING))
    same(redo(book, desk), open_draft(book, RIDING))
    throw_away(book, RIDING)
    assert not has_draft(book, RIDING)
    assert open_draft(book, RIDING) is None
    assert book.read().query("SELECT COUNT(*) FROM draft_edit")[0][0] == 0


def test_doors_that_others_cut_that_are_barred_and_that_are_new_are_said(book: Book) -> None:
    desk = begin(book, more=7)
    assert desk.missed == Missed()
    make_turf(book, RIDING, "Of another lead", desk.door_ids[:4])
    bar_shown(book, RIDING, "door", desk.door_ids[10], author="Luc Roy")
    add_doors(book, 3, street="Elm Street")
    desk = freshen(book, desk)
    assert desk.missed == Missed(elsewhere=4, barred=1, new=3)
    assert np.flatnonzero(desk.draft.gone).tolist() == [0, 1, 2, 3, 10]
    same(desk, open_draft(book, RIDING))
    # Edits from before still come back.
    desk = keep(book, desk, merge(desk.draft, [0, 1]).edit)
    assert undo(book, desk).draft.counts()[0] == 8 * DOORS - 5 + sum(
        int(desk.draft.area.unit[n]) % 6 > 1 for n in (0, 1, 2, 3, 10)
    )


def test_doors_taken_on_purpose_stay_until_their_list_is_out(book: Book) -> None:
    doors = add_doors(book, 24 * DOORS)
    made = make_turf(book, RIDING, "Before", doors[:5])
    desk = start_draft(book, RIDING, doors, grid_area(6, 4), np.zeros(24, np.int32), TURFS[:1])
    assert not desk.missed
    issue_walk_list(book, RIDING, made.turf_id)
    assert freshen(book, desk).missed == Missed(elsewhere=5)


def test_what_was_walked_is_known(book: Book) -> None:
    desk = begin(book)
    document = issue(book, desk.door_ids[3:4])
    record(book, open_shift(book, "Luc Roy", RIDING), document.number, 1, Mark("not_home"))
    assert walked(book, desk).tolist() == [3]


def test_new_turfs_get_names_that_nobody_has(book: Book) -> None:
    desk = begin(book)
    make_turf(book, RIDING, "Turf 5", desk.door_ids[:2])
    names = new_names(book, desk, RIDING, 3, "en")
    assert [one.name for one in names] == ["Turf 6", "Turf 7", "Turf 8"]
    assert new_names(book, None, RIDING, 1, "fr")[0].name == "Secteur 2"
