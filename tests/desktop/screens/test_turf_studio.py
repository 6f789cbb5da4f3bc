"""The turf studio on the real screen: cut, stopped half-way, edited by mouse and keys, taken back, made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.map import Tool
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.studio_panel import about_turfs
from canvass_app.services.book import Book
from canvass_app.services.turf_rows import has_draft
from canvass_app.services.turfs import list_turfs, make_turf, turf_door_ids
from canvass_app.turf.draft import FREE, Draft, broken
from canvass_app.turf.draft_edits import move
from tests.desktop.screens.world import RIDING, add_doors, new_book

Settle = Callable[[TurfsScreen], None]
STREETS = ("Ash Street", "Birch Street", "Cedar Street", "Elm Street", "Fir Street", "Oak Street")
A_STREET = 30


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    for row, street in enumerate(STREETS):
        add_doors(opened, A_STREET, street=street, north=400 * row)
    yield opened
    opened.close()


@pytest.fixture
def settle(qtbot: QtBot) -> Settle:
    return lambda screen: qtbot.waitUntil(
        lambda: not screen.is_busy() and not screen.context.tasks.busy(), timeout=20_000
    )


@pytest.fixture
def said(context: AppContext) -> list[tuple[Any, ...]]:
    heard: list[tuple[Any, ...]] = []
    context.message.connect(lambda *what: heard.append(what))
    return heard


@pytest.fixture
def shown(context: AppContext, qtbot: QtBot, settle: Settle) -> Callable[[], TurfsScreen]:
    def show() -> TurfsScreen:
        context.set_riding(RIDING)
        made = TurfsScreen(context)
        qtbot.addWidget(made)
        made.resize(1300, 800)
        context.changed.connect(made.on_changes)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.refresh()
        settle(made)
        return made

    return show


@pytest.fixture
def screen(shown: Callable[[], TurfsScreen]) -> TurfsScreen:
    return shown()


def cut(screen: TurfsScreen, settle: Settle, turfs: int = 6) -> Draft:
    """Cut every free door into so many turfs, as a hand does."""
    QTest.keyClick(screen.map, Qt.Key.Key_C)
    panel = screen.parts.panel
    panel.by.setCurrentIndex(panel.by.findData("turfs"))
    panel.amount.setValue(turfs)
    QTest.mouseClick(panel.cut, Qt.MouseButton.LeftButton)
    settle(screen)
    return draft_of(screen)


def draft_of(screen: TurfsScreen) -> Draft:
    assert screen._desk is not None
    return screen._desk.draft


def whole_and_once(screen: TurfsScreen, doors: int = len(STREETS) * A_STREET) -> None:
    """No door lost, none doubled; the table and the map say the same."""
    draft = draft_of(screen)
    held = [door for number in (*draft.turfs, FREE) for door in draft.doors_of(number).tolist()]
    assert sorted(held) == list(range(doors))
    rows = [screen.parts.side.table.rows.row_id(n) for n in range(screen.parts.side.table.rows.rowCount())]
    assert rows == list(draft.turfs)


def lasso(screen: TurfsScreen, doors: list[int]) -> None:
    """Draw around these doors of the map with the mouse."""
    canvas = screen.map
    canvas.set_tool(Tool.LASSO)
    points = [canvas.door_position(door) for door in doors]
    left, right = min(p.x() for p in points) - 5, max(p.x() for p in points) + 5
    top, bottom = min(p.y() for p in points) - 5, max(p.y() for p in points) + 5
    corners = [
        QPoint(int(x), int(y)) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    ]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=corners[0])
    for corner in corners[1:]:
        QTest.mouseMove(canvas, corner)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=corners[-1])


def border_doors(screen: TurfsScreen) -> tuple[list[int], int, int]:
    """Map places of doors of one turf that may go to the turf beside it without breaking either; both numbers."""
    draft, sheet = draft_of(screen), screen._sheet
    assert sheet is not None
    for number in draft.turfs:
        for door in draft.doors_of(number).tolist():
            for other in draft.turfs:
                if other != number and not move(draft, [door], other).breaks:
                    return sheet.on_map(np.array([door])).tolist(), number, other
    raise AssertionError("no turf lies beside another")


def click(screen: TurfsScreen, place: int) -> None:
    QTest.mouseClick(screen.map, Qt.MouseButton.LeftButton, pos=screen.map.door_position(place).toPoint())


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


def test_a_cut_stopped_half_way_changes_nothing(
    book: Book, screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    screen.open_panel()
    screen.parts.panel.ask()
    assert screen._long is not None
    assert not screen.parts.panel.cut.isEnabled()
    screen._long.cancel()
    settle(screen)
    assert said[-1][0] == "Stopped. Everything is as it was."
    assert not has_draft(book, RIDING)
    assert not screen.proposing
    assert screen.parts.panel.cut.isEnabled()


def test_an_evening_out_that_is_stopped_leaves_the_proposal_as_it_was(
    screen: TurfsScreen, settle: Settle
) -> None:
    before = cut(screen, settle)
    screen.use("balance")
    assert screen._long is not None
    screen._long.cancel()
    settle(screen)
    assert draft_of(screen) is before


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


def test_chosen_doors_alone_are_cut(screen: TurfsScreen, settle: Settle) -> None:
    assert screen._ground is not None
    some = np.flatnonzero(screen._ground.data.lat_e6 < 45_400_000 + 700)
    screen.map.select(some, tell=True)
    settle(screen)
    screen.open_panel()
    panel = screen.parts.panel
    assert panel.scope_key() == "chosen"
    assert panel._count.text() == "60 doors"
    panel.by.setCurrentIndex(panel.by.findData("volunteers"))
    panel.amount.setValue(2)
    panel.ask()
    settle(screen)
    assert sum(draft_of(screen).counts().values()) == 60
    assert len(draft_of(screen).turfs) == 2
    assert not screen.parts.side._news.isVisible()


def test_a_meeting_point_is_set_by_a_click_and_forgotten(screen: TurfsScreen, settle: Settle) -> None:
    screen.open_panel()
    settle(screen)
    panel = screen.parts.panel
    panel.meeting.click()
    assert panel._place.text() == "Click the place on the map."
    QTest.mouseClick(screen.map, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert screen._meeting == (screen.map.place_at(200, 150),)
    assert panel._place.text() == "Walks begin near the flag."
    assert not panel.meeting.isChecked()
    panel._forget.click()
    assert screen._meeting == ()


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


@pytest.mark.parametrize(
    ("doors", "by", "amount", "turfs"),
    [
        (1204, "minutes", 120, 18),
        (1204, "doors", 60, 20),
        (1204, "turfs", 14, 14),
        (5, "volunteers", 9, 5),
        (1, "doors", 60, 1),
    ],
)
def test_the_panel_says_about_how_many_turfs_there_will_be(
    doors: int, by: Any, amount: int, turfs: int
) -> None:
    assert about_turfs(doors, by, amount) == turfs
