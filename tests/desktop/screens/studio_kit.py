"""The turf studio in a window, for tests: six streets of thirty doors, cut and edited by mouse and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.map import Tool
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.services.book import Book
from canvass_app.turf.draft import FREE, Draft
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
