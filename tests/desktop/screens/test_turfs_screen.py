"""Cutting turfs on the real screen: lasso with the mouse, name, make, assign, print, undo."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from canvass_app.desktop.map import Tool
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.map_state import DIMMED
from canvass_app.desktop.screens.turfs.words import walk_words
from canvass_app.desktop.theme import apply_theme, font, tokens
from canvass_app.ledger.kinds import PersonDescribed
from canvass_app.services.book import Book
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.turfs import list_turfs, turf_door_ids
from canvass_app.services.walk_lists import list_walk_lists
from tests.desktop.screens.world import RIDING, add_doors, issue, new_book

Settle = Callable[[TurfsScreen], None]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    for row, street in enumerate(("Birch Street", "Cedar Street", "Elm Street", "Oak Street")):
        add_doors(opened, 30, street=street, north=600 * row, people=(1, 2))
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
def screen(context: AppContext, qtbot: QtBot, settle: Settle) -> TurfsScreen:
    context.set_riding(RIDING)
    made = TurfsScreen(context)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    context.changed.connect(made.on_changes)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.refresh()
    settle(made)
    return made


def lasso(screen: TurfsScreen, doors: list[int]) -> None:
    """Draw around these doors with the mouse, as a hand does."""
    canvas = screen.map
    canvas.set_tool(Tool.LASSO)
    points = [canvas.door_position(door) for door in doors]
    left, right = min(p.x() for p in points) - 5, max(p.x() for p in points) + 5
    top, bottom = min(p.y() for p in points) - 5, max(p.y() for p in points) + 5
    corners = [QPoint(int(x), int(y)) for x, y in (
        (left, top), (right, top), (right, bottom), (left, bottom), (left, top + 8),
    )]  # fmt: skip
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=corners[0])
    for corner in corners[1:]:
        QTest.mouseMove(canvas, corner)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=corners[-1])


def rows(screen: TurfsScreen, first: int, last: int) -> list[int]:
    """The places of the doors whose latitude lies in rows `first` to `last`."""
    assert screen._ground is not None
    lat = screen._ground.data.lat_e6 - 45_400_000
    return [int(i) for i in np.flatnonzero((lat >= 600 * first) & (lat <= 600 * last))]


def test_a_lasso_a_name_and_enter_make_a_turf_that_is_selected_and_can_be_undone(
    book: Book, screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    lasso(screen, rows(screen, 0, 1))
    settle(screen)
    assert screen.view.chosen._count.text() == "60 doors"
    assert screen.view.chosen.name.text() == "Turf 1"
    QTest.keyClick(screen.view.chosen.name, Qt.Key.Key_Return)
    settle(screen)
    (turf,) = list_turfs(book, RIDING)
    assert (turf.name, turf.doors) == ("Turf 1", 60)
    assert screen.table.selected_ids() == [turf.turf_id]
    assert len(screen.map.selection()) == 60
    assert len(screen.map.layers().walks) == 1
    said[-1][2]()
    settle(screen)
    assert list_turfs(book, RIDING) == []
    assert screen.table.rows.rowCount() == 0
    assert screen._ground is not None
    assert (screen._ground.turf < 0).all()


def test_doors_of_another_turf_are_named_and_stay_there(
    book: Book, screen: TurfsScreen, settle: Settle
) -> None:
    screen.map.select(rows(screen, 0, 0), tell=True)
    settle(screen)
    screen.make("First")
    settle(screen)
    lasso(screen, rows(screen, 0, 1))
    settle(screen)
    assert screen.view.chosen._taken.text() == (
        "30 of them stay in other turfs: First (30). The new turf gets 30 doors."
    )
    screen.make("Second")
    settle(screen)
    assert [(turf.name, turf.doors) for turf in list_turfs(book, RIDING)] == [("First", 30), ("Second", 30)]


def test_a_turf_is_renamed_and_given_to_somebody(
    book: Book, screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    screen.map.select(rows(screen, 2, 2), tell=True)
    settle(screen)
    screen.make("Elm")
    settle(screen)
    screen.view.turf.name.setText("Elm, south")
    screen.view.turf.name.editingFinished.emit()
    screen.view.turf.who.setText("Luc Roy")
    screen.view.turf.who.editingFinished.emit()
    settle(screen)
    (turf,) = list_turfs(book, RIDING)
    assert (turf.name, turf.assigned) == ("Elm, south", "Luc Roy")
    said[-1][2]()
    settle(screen)
    assert list_turfs(book, RIDING)[0].assigned == ""


def test_printing_issues_the_list_and_saves_its_pages(
    book: Book, screen: TurfsScreen, settle: Settle, tmp_path: Path
) -> None:
    screen.map.select(rows(screen, 1, 1), tell=True)
    settle(screen)
    screen.make("Cedar")
    settle(screen)
    opened: list[Path] = []
    screen.choose_file = lambda *_: tmp_path / "cedar.pdf"
    screen.show_folder = opened.append
    screen.view.turf.who.setText("Luc Roy")
    screen.print_list()
    settle(screen)
    (issued,) = list_walk_lists(book, RIDING)
    assert (issued.canvasser, issued.doors, issued.language) == ("Luc Roy", 30, "en")
    assert (tmp_path / "cedar.pdf").read_bytes().startswith(b"%PDF")
    assert opened == [tmp_path / "cedar.pdf"]


def test_one_side_lights_up_the_other(book: Book, screen: TurfsScreen, settle: Settle) -> None:
    for row in (0, 1):
        screen.map.select(rows(screen, row, row), tell=True)
        settle(screen)
        screen.make(f"Row {row}")
        settle(screen)
    first, second = list_turfs(book, RIDING)
    screen.table.select_id(first.turf_id)
    settle(screen)
    assert screen.map.selection().tolist() == sorted(rows(screen, 0, 0))
    screen.map.set_tool(Tool.PAN)
    screen.map.fit()
    door = rows(screen, 1, 1)[7]
    QTest.mouseClick(screen.map, Qt.MouseButton.LeftButton, pos=screen.map.door_position(door).toPoint())
    settle(screen)
    assert screen.table.selected_ids() == [second.turf_id]
    card = screen.view.door.card
    assert card is not None
    assert card.turf_name == "Row 1"
    assert screen.view.shows_door()


def test_escape_closes_the_card_then_lets_go(book: Book, screen: TurfsScreen, settle: Settle) -> None:
    screen._click_door(rows(screen, 1, 1)[3])
    settle(screen)
    assert screen.step_back()
    assert not screen.view.shows_door()
    assert not screen.step_back()


def test_only_the_doors_that_changed_are_repainted(book: Book, screen: TurfsScreen, settle: Settle) -> None:
    document = issue(book, turf_of(book, screen, settle))
    before = screen.map.states()
    ground = screen._ground
    shift = open_shift(book, "Anne Roy", RIDING, document.number)
    done = record(book, shift, document.number, 3, Mark(code="not_home"))
    screen.context.apply(done.changes)
    settle(screen)
    changed = np.flatnonzero(screen.map.states() != before)
    assert ground is not None
    assert [ground.data.ids[i] for i in changed] == [document.lines[2].door_id]
    assert screen._ground is ground


def turf_of(book: Book, screen: TurfsScreen, settle: Settle) -> list[bytes]:
    ground = screen._ground
    assert ground is not None
    return [ground.data.ids[place] for place in rows(screen, 3, 3)]


def test_a_filter_dims_the_others_and_keeps_them_out_of_the_lasso(
    book: Book, screen: TurfsScreen, settle: Settle
) -> None:
    document = issue(book, turf_of(book, screen, settle), name="Oak")
    shift = open_shift(book, "Anne Roy", RIDING, document.number)
    done = record(book, shift, document.number, 1, Mark(code="not_home"))
    screen.context.apply(done.changes)
    screen.refresh()
    settle(screen)
    screen.tools.toggle_state(1)
    ground = screen._ground
    assert ground is not None
    hues = ground.hues(screen.tools.shown_states())
    assert np.count_nonzero(hues != DIMMED) == 1
    lasso(screen, rows(screen, 3, 3))
    assert len(screen.map.selection()) == 1
    # Esc lets go of the doors first, then of the filter.
    assert screen.step_back()
    assert screen.tools.shown_states() == frozenset({1})
    assert screen.step_back()
    assert screen.tools.shown_states() == frozenset()


def test_an_empty_riding_teaches_the_import(context: AppContext, qtbot: QtBot, settle: Settle) -> None:
    context.set_riding(None)
    screen = TurfsScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    settle(screen)
    with qtbot.waitSignal(context.place_wanted) as wanted:
        screen.view.empty.action_triggered.emit()
    assert wanted.args == ["importing", "doors"]


def test_find_anything_leads_to_a_door_and_to_a_turf(book: Book, screen: TurfsScreen, settle: Settle) -> None:
    doors = turf_of(book, screen, settle)
    screen.activate(("door", doors[4]))
    settle(screen)
    card = screen.view.door.card
    assert card is not None
    assert card.door_id == doors[4]
    issue(book, doors, name="Oak")
    turf = list_turfs(book, RIDING)[0]
    assert set(turf_door_ids(book, RIDING, turf.turf_id)) == set(doors)
    screen.activate(turf.turf_id)
    screen.refresh()
    settle(screen)
    assert screen.table.selected_ids() == [turf.turf_id]


@pytest.mark.parametrize(("width", "height", "zoom"), [(1120, 711, 1.0), (968, 551, 1.0), (1168, 622, 2.0)])
def test_the_map_keeps_most_of_the_page_and_names_are_read_whole(
    book: Book, screen: TurfsScreen, settle: Settle, width: int, height: int, zoom: float
) -> None:
    """What the window leaves to the screen at 1,280 and 1,024 pixels, and at 1,280 pixels at 200 %."""
    screen.map.select(rows(screen, 0, 0), tell=True)
    settle(screen)
    screen.make("avenue du Ruisseau-Clair")
    settle(screen)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, "light", zoom)
    try:
        screen.resize(width, height)
        settle(screen)
        assert screen.map.width() >= 0.45 * width
        assert screen.map.height() >= 0.7 * height
        name = QFontMetrics(font(tokens().text, bold=True)).horizontalAdvance("avenue du Ruisseau-Clair")
        assert screen.table.columnWidth(0) >= name + tokens().px(24)
        assert screen.table.height() >= 2 * tokens().px(36)
    finally:
        apply_theme(application, "light")


def test_the_door_whose_card_is_open_is_marked_among_those_of_its_turf(
    book: Book, screen: TurfsScreen, settle: Settle
) -> None:
    places = rows(screen, 2, 2)
    screen.map.select(places, tell=True)
    settle(screen)
    screen.make("Elm")
    settle(screen)
    screen._click_door(places[4])
    settle(screen)
    assert screen.map.selection().tolist() == sorted(places)
    assert screen.map.marked() == places[4]
    screen.refresh()
    settle(screen)
    assert screen.map.marked() == places[4]
    assert screen.step_back()
    assert screen.map.marked() is None


@pytest.mark.parametrize(("choice", "flags"), [(0, (1, 0, 0)), (1, (0, 1, 0)), (2, (0, 0, 1))])
def test_a_door_a_person_and_a_number_are_barred_from_the_card_and_taken_back(
    screen: TurfsScreen,
    book: Book,
    settle: Settle,
    said: list[tuple[Any, ...]],
    choice: int,
    flags: tuple[int, ...],
) -> None:
    ((door, person),) = book.read().query(
        "SELECT door_id, person_id FROM person ORDER BY door_id, person_id LIMIT 1"
    )
    with book.act("Ana") as act:
        act.add(RIDING, bytes(person), PersonDescribed(phone="6135550142", last="Smith & Sons"))
    screen.activate(("door", bytes(door)))
    settle(screen)

    def barred() -> tuple[int, ...]:
        rows = book.read().query(
            "SELECT d.barred, p.barred, p.no_call FROM person p JOIN door d ON d.door_id = p.door_id"
            " WHERE p.person_id = ?",
            (bytes(person),),
        )
        return tuple(map(int, rows[0]))

    button = next(b for b in screen.findChildren(QPushButton) if b.accessibleName() == "Do not contact…")
    actions = button.menu().actions()
    hers = [a for a in actions if "Smith && Sons" in a.text()]
    assert actions[0].text() == "This door: do not knock"
    chosen = [actions[0], *hers][choice]
    words = chosen.text()
    chosen.trigger()
    settle(screen)
    assert barred() == flags
    assert words not in [a.text() for a in button.menu().actions()]
    said[-1][2]()
    settle(screen)
    assert barred() == (0, 0, 0)


def test_a_walk_without_a_length_tells_its_minutes_alone() -> None:
    assert (walk_words(95, 0), walk_words(1, 49)) == ("95 minutes", "1 minute")
    assert walk_words(95, 850) == "95 minutes · 850\u00a0m"
