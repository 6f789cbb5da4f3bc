"""The turf studio on the real screen: cut, edited by mouse and keys, taken back, made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.map import Tool
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.studio_panel import CutAsk
from canvass_app.services.book import Book
from canvass_app.services.turf_rows import has_draft
from canvass_app.services.turfs import list_turfs, make_turf, turf_door_ids
from canvass_app.turf.draft import FREE, broken
from canvass_app.turf.draft_edits import move
from tests.desktop.screens.studio_kit import (
    A_STREET,
    STREETS,
    Settle,
    book,
    border_doors,
    click,
    cut,
    draft_of,
    lasso,
    said,
    screen,
    settle,
    shown,
    whole_and_once,
)  # fmt: skip
from tests.desktop.screens.world import RIDING

__all__ = ["book", "said", "screen", "settle", "shown"]


def test_a_cut_is_proposed_in_a_table_and_on_the_map_and_nothing_is_made_yet(
    book: Book, screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    draft = cut(screen, settle)
    assert len(draft.turfs) == 6
    assert said[-1][0] == "6 turfs are proposed. Nothing is made yet."
    whole_and_once(screen)
    assert not broken(draft)
    assert list_turfs(book, RIDING) == []
    assert has_draft(book, RIDING)
    assert len(screen.map._proposed) == 6
    assert screen.view._right.currentWidget() is screen.parts.side
    assert all(work.routed is not None for work in screen._work.values())


def test_an_evening_out_that_is_stopped_leaves_the_proposal_as_it_was(
    screen: TurfsScreen, settle: Settle
) -> None:
    before = cut(screen, settle)
    screen.use("balance")
    assert screen._long is not None
    screen._long.cancel()
    settle(screen)
    assert draft_of(screen) is before


def test_a_cut_that_is_stopped_half_way_leaves_nothing(
    book: Book, screen: TurfsScreen, settle: Settle
) -> None:
    QTest.keyClick(screen.map, Qt.Key.Key_C)
    QTest.mouseClick(screen.parts.panel.cut, Qt.MouseButton.LeftButton)
    assert screen._long is not None
    screen._long.cancel()
    settle(screen)
    assert screen._desk is None
    assert not has_draft(book, RIDING)
    assert list_turfs(book, RIDING) == []
    assert len(cut(screen, settle).turfs) == 6


def test_houses_only_and_not_across_major_streets_are_asked_for_under_more(
    screen: TurfsScreen, settle: Settle
) -> None:
    QTest.keyClick(screen.map, Qt.Key.Key_C)
    settle(screen)
    panel, asked = screen.parts.panel, list[CutAsk]()
    panel.cut_wanted.disconnect()
    panel.cut_wanted.connect(asked.append)
    assert not panel.houses.isVisible()
    QTest.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert panel.houses.isVisible()
    panel.ask()
    for box in (panel.houses, panel.one_side):
        QTest.keyClick(box, Qt.Key.Key_Space)
    panel.ask()
    assert [(one.buildings, one.major_streets) for one in asked] == [(True, True), (False, False)]


def test_a_lasso_and_letters_move_doors_and_ten_steps_are_taken_back_and_made_again(
    screen: TurfsScreen, settle: Settle
) -> None:
    start = cut(screen, settle)
    for _ in range(10):
        places, _, to = border_doors(screen)
        lasso(screen, places)
        assert len(screen._picked) == 1
        QTest.keyClick(screen.map, Qt.Key.Key_M)
        target = screen.parts.side.target
        target.setText(draft_of(screen).turfs[to].code.lower())
        QTest.keyClick(target, Qt.Key.Key_Return)
        settle(screen)
        whole_and_once(screen)
    end = draft_of(screen)
    assert screen._desk is not None
    assert len(screen._desk.done) == 10
    assert not broken(end)
    for _ in range(10):
        assert screen.undo()
        settle(screen)
    assert np.array_equal(draft_of(screen).owner, start.owner)
    assert not screen.parts.tools.button("undo").isEnabled()
    for _ in range(10):
        QTest.keyClick(screen.map, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        settle(screen)
    assert np.array_equal(draft_of(screen).owner, end.owner)
    whole_and_once(screen)


def test_a_block_is_clicked_and_then_the_turf_that_takes_it(
    screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    cut(screen, settle)
    screen.map.set_tool(Tool.SELECT)
    (place,), number, to = border_doors(screen)
    assert screen._sheet is not None
    door = int(screen._sheet.to_draft[place])
    click(screen, place)
    assert door in screen._picked
    assert screen._number == number
    click(screen, int(screen._sheet.on_map(draft_of(screen).doors_of(to))[0]))
    settle(screen)
    assert int(draft_of(screen).owner[door]) == to
    assert said[-1][0].startswith("Moved to Turf ")
    said[-1][2]()
    settle(screen)
    assert int(draft_of(screen).owner[door]) == number


@pytest.mark.parametrize(("answer", "pieces", "moved"), [("anyway", True, True), ("leave", False, False)])
def test_an_edit_that_would_break_a_turf_asks_first(
    screen: TurfsScreen, settle: Settle, answer: str, pieces: bool, moved: bool
) -> None:
    draft = cut(screen, settle)
    far = next(
        (door, other) for door in range(len(draft)) for other in draft.turfs
        if other != draft.owner[door] and move(draft, [door], other).breaks
    )  # fmt: skip
    screen._picked = np.array(far[:1])
    screen._move(far[1])
    settle(screen)
    side = screen.parts.side
    assert side.question.isVisible()
    assert "would fall into pieces" in side._asks.text()
    QTest.mouseClick(side._answers[answer], Qt.MouseButton.LeftButton)
    settle(screen)
    assert not side.question.isVisible()
    assert bool(broken(draft_of(screen))) is pieces
    assert (int(draft_of(screen).owner[far[0]]) == far[1]) is moved
    whole_and_once(screen)


def test_what_is_cut_off_goes_to_the_turf_beside_when_one_says_so(
    screen: TurfsScreen, settle: Settle
) -> None:
    draft = cut(screen, settle)
    assert screen._sheet is not None
    by_place = np.argsort(screen._sheet.to_map)
    windows = (by_place[at : at + size] for size in range(1, 12) for at in range(len(draft)))
    found = next(
        (doors, other) for doors in windows for other in draft.turfs
        if other not in draft.owner[doors] and move(draft, doors, other).mended is not None
    )  # fmt: skip
    screen._picked = np.sort(found[0])
    screen._move(found[1])
    settle(screen)
    assert screen.parts.side._answers["mend"].isVisible()
    screen.answer("mend")
    settle(screen)
    assert not broken(draft_of(screen))
    whole_and_once(screen)


def test_two_locked_turfs_stay_when_the_rest_is_cut_for_one_fewer_and_evened_out(
    screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    draft = cut(screen, settle)
    locked = sorted(draft.turfs)[:2]
    for number in locked:
        screen._pick_turf(number)
        QTest.keyClick(screen.map, Qt.Key.Key_K)
        settle(screen)
    held = {number: draft.doors_of(number).tolist() for number in locked}
    for tool in ("fewer", "balance"):
        screen.use(tool)
        settle(screen)
        after = draft_of(screen)
        assert {number: after.doors_of(number).tolist() for number in locked} == held
        assert not broken(after)
        whole_and_once(screen)
    assert len(draft_of(screen).turfs) == 5
    assert not screen.parts.tools.button("split").isEnabled()
    screen._picked = np.array(held[locked[0]][:3])
    screen._move(max(draft_of(screen).turfs))
    settle(screen)
    assert said[-1][0] == "Nothing was changed: the turf is locked."


def test_turfs_are_split_joined_given_up_and_named(screen: TurfsScreen, settle: Settle) -> None:
    cut(screen, settle)
    screen._pick_turf(0)
    QTest.keyClick(screen.map, Qt.Key.Key_X)
    settle(screen)
    assert len(draft_of(screen).turfs) == 7
    QTest.keyClick(screen.map, Qt.Key.Key_J)
    screen.parts.side.target.setText("g")
    QTest.keyClick(screen.parts.side.target, Qt.Key.Key_Return)
    settle(screen)
    assert len(draft_of(screen).turfs) == 6
    side = screen.parts.side
    side.name.setFocus()
    side.name.selectAll()
    side.name.insert("Côte-des-Neiges")
    QTest.keyClick(side.name, Qt.Key.Key_Return)
    settle(screen)
    assert draft_of(screen).turfs[0].name == "Côte-des-Neiges"
    QTest.mouseClick(side._colour, Qt.MouseButton.LeftButton)
    settle(screen)
    assert draft_of(screen).turfs[0].color == 1
    screen.map.setFocus()
    QTest.keyClick(screen.map, Qt.Key.Key_Delete)
    settle(screen)
    assert 0 not in draft_of(screen).turfs
    assert len(draft_of(screen).doors_of(FREE)) == 0
    whole_and_once(screen)


def test_doors_drawn_around_become_a_turf_of_their_own(screen: TurfsScreen, settle: Settle) -> None:
    draft = cut(screen, settle)
    assert screen._sheet is not None
    lasso(screen, screen._sheet.on_map(draft.doors_of(2)).tolist()[:4])
    chosen = screen._picked.tolist()
    assert len(chosen) > 1
    QTest.keyClick(screen.map, Qt.Key.Key_D)
    settle(screen)
    if screen._question is not None:
        screen.answer("anyway")
        settle(screen)
    assert draft_of(screen).doors_of(6).tolist() == chosen
    whole_and_once(screen)


def test_a_flat_battery_brings_the_proposal_back_as_it_was(
    screen: TurfsScreen, shown: Callable[[], TurfsScreen], settle: Settle
) -> None:
    cut(screen, settle)
    screen._pick_turf(1)
    screen.use("split")
    settle(screen)
    before = draft_of(screen)
    again = shown()
    settle(again)
    assert again.proposing
    assert np.array_equal(draft_of(again).owner, before.owner)
    assert again.undo()
    settle(again)
    assert len(draft_of(again).turfs) == 6


def test_the_proposal_becomes_turfs_all_at_once_under_their_names(
    book: Book, screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    draft = cut(screen, settle)
    QTest.mouseClick(screen.parts.side.accept, Qt.MouseButton.LeftButton)
    settle(screen)
    made = list_turfs(book, RIDING)
    assert [turf.name for turf in made] == [turf.name for turf in draft.turfs.values()]
    doors = [door for turf in made for door in turf_door_ids(book, RIDING, turf.turf_id)]
    assert len(doors) == len(set(doors)) == len(STREETS) * A_STREET
    assert said[-1][0] == "6 turfs are made."
    assert not screen.proposing
    assert not has_draft(book, RIDING)
    assert screen.map._proposed == ()
    assert screen.table.rows.rowCount() == 6
    said[-1][2]()
    settle(screen)
    assert list_turfs(book, RIDING) == []
    assert screen.proposing
    assert np.array_equal(draft_of(screen).owner, draft.owner)
    whole_and_once(screen)


def test_doors_that_another_lead_cut_meanwhile_are_kept_out_and_said(
    book: Book, screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    cut(screen, settle)
    assert screen._desk is not None
    theirs = screen._desk.door_ids[:5]
    made = make_turf(book, RIDING, "Theirs", theirs)
    screen.context.apply(made.changes)
    settle(screen)
    assert screen.parts.side._news.text() == "5 doors are in other turfs now and stay there."
    screen.accept()
    settle(screen)
    assert "5 doors stay where they were." in said[-1][0]
    turfs = list_turfs(book, RIDING)
    doors = [door for turf in turfs for door in turf_door_ids(book, RIDING, turf.turf_id)]
    assert len(doors) == len(set(doors)) == len(STREETS) * A_STREET
    assert sorted(turf_door_ids(book, RIDING, made.turf_id)) == sorted(theirs)


def test_a_proposal_thrown_away_can_be_brought_back(
    book: Book, screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    before = cut(screen, settle)
    screen.throw_away()
    settle(screen)
    assert not has_draft(book, RIDING)
    assert not screen.proposing
    said[-1][2]()
    settle(screen)
    assert screen.proposing
    assert np.array_equal(draft_of(screen).owner, before.owner)


def test_later_puts_the_proposal_aside_and_c_opens_it_again(screen: TurfsScreen, settle: Settle) -> None:
    before = cut(screen, settle)
    screen.leave()
    assert screen.view._right.currentWidget() is not screen.parts.side
    QTest.keyClick(screen.map, Qt.Key.Key_C)
    settle(screen)
    assert draft_of(screen) is before


def test_esc_lets_go_step_by_step_and_closes_the_panel(screen: TurfsScreen, settle: Settle) -> None:
    cut(screen, settle)
    screen._pick_turf(0)
    screen._picked = draft_of(screen).doors_of(0)[:2]
    screen.use("move")
    assert screen.parts.side.aim.isVisible()
    for _ in range(3):
        assert screen.step_back()
    assert screen._number is None
    assert not screen.step_back()
    assert screen.proposing


def test_the_studio_speaks_french_at_once(screen: TurfsScreen, settle: Settle) -> None:
    cut(screen, settle)
    set_language("fr")
    screen.retranslate()
    assert screen.parts.side._title.text() == "6 secteurs proposés"
    assert screen.parts.side.accept.text() == "Créer 6 secteurs"
    assert screen.parts.tools.button("split").text() == "Diviser"


def test_every_state_for_the_pictures_is_reached(screen: TurfsScreen, settle: Settle, book: Book) -> None:
    seen: list[str] = []
    for name, prepare in screen.tour_states():
        prepare()
        settle(screen)
        seen.append(name)
        if name == "question":
            assert screen.parts.side.question.isVisible()
    assert seen[-5:] == ["cut-panel", "proposal", "block", "question", "thrown-away"]
    assert not has_draft(book, RIDING)
