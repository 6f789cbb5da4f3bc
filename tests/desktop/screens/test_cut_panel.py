"""The panel that cuts: which doors, how large, from where; and a cut that is stopped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.studio_panel import about_turfs
from canvass_app.domain.selection_language import parse_selection
from canvass_app.domain.selections import Selection
from canvass_app.services.book import Book
from canvass_app.services.saved_selections import save_selection
from canvass_app.services.turf_rows import has_draft
from tests.desktop.screens.studio_kit import Settle, book, draft_of, said, screen, settle, shown
from tests.desktop.screens.world import RIDING

__all__ = ["book", "said", "screen", "settle", "shown"]


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


def test_a_saved_selection_is_cut(book: Book, screen: TurfsScreen, settle: Settle) -> None:
    save_selection(book, RIDING, "Elm alone", Selection(parse_selection('street:"Elm Street"')))
    screen.open_panel()
    settle(screen)
    panel = screen.parts.panel
    panel.scope.setCurrentIndex(panel.scope.findText("Elm alone"))
    settle(screen)
    assert panel._count.text() == "30 doors"
    panel.by.setCurrentIndex(panel.by.findData("turfs"))
    panel.amount.setValue(2)
    panel.ask()
    settle(screen)
    assert sum(draft_of(screen).counts().values()) == 30
    assert len(draft_of(screen).turfs) == 2


def test_a_laptop_that_only_records_cuts_nothing(screen: TurfsScreen, settle: Settle) -> None:
    screen.context.only_records = True
    screen.open_panel()
    settle(screen)
    assert not screen._made
    assert all(command.key != "C" for command in screen.commands())
