"""The panel Choose doors on the real screen over an invented riding, for its tests."""

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
from canvass_app.desktop.screens.turfs.condition_row import ConditionRow
from canvass_app.desktop.screens.turfs.selection_panel import SelectionPanel
from canvass_app.domain.selection_language import parse_selection
from canvass_app.domain.selections import Selection
from canvass_app.services.book import Book
from tests.desktop.screens.world import RIDING, add_doors, new_book

Settle = Callable[[], None]
STREETS = ("Birch Street", "Cedar Street", "Elm Street", "Oak Street")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    for row, street in enumerate(STREETS):
        add_doors(opened, 30, street=street, north=600 * row, people=(1, 2))
    yield opened
    opened.close()


@pytest.fixture
def screen(context: AppContext, qtbot: QtBot) -> TurfsScreen:
    context.set_riding(RIDING)
    made = TurfsScreen(context)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    context.changed.connect(made.on_changes)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.refresh()
    qtbot.waitUntil(lambda: not made.is_busy() and not context.tasks.busy(), timeout=20_000)
    return made


@pytest.fixture
def settle(screen: TurfsScreen, qtbot: QtBot) -> Settle:
    return lambda: qtbot.waitUntil(
        lambda: not screen.is_busy() and not screen.context.tasks.busy(), timeout=20_000
    )


@pytest.fixture
def panel(screen: TurfsScreen, settle: Settle) -> SelectionPanel:
    QTest.keyClick(screen.map, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    return screen.view.selection


@pytest.fixture
def said(context: AppContext) -> list[tuple[Any, ...]]:
    heard: list[tuple[Any, ...]] = []
    context.message.connect(lambda *what: heard.append(what))
    return heard


def show(screen: TurfsScreen, typed: str) -> None:
    screen.selecting.start(Selection(parse_selection(typed)))


def take(row: ConditionRow, sort: str) -> None:
    row.sort.setCurrentIndex(row.sort.findData(sort))


def draw(screen: TurfsScreen, rows: tuple[int, int]) -> None:
    """Draw around these rows of doors with the mouse."""
    assert screen._ground is not None
    lat = screen._ground.data.lat_e6 - 45_400_000
    doors = [int(i) for i in np.flatnonzero((lat >= 600 * rows[0]) & (lat <= 600 * rows[1]))]
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
