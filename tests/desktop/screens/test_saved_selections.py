"""Selections saved, changed and removed on the real screen, here and by others."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.selection_panel import SelectionPanel
from canvass_app.domain.selections import InState, Selection
from canvass_app.ledger.kinds import SelectionSaved
from canvass_app.services.book import Book
from canvass_app.services.saved_selections import list_selections, remove_selection, save_selection
from tests.desktop.screens.choosing_kit import Settle, book, panel, said, screen, settle
from tests.desktop.screens.world import RIDING

__all__ = ["book", "panel", "said", "screen", "settle"]


def test_a_selection_is_saved_changed_renamed_removed_and_each_is_undone(
    book: Book, screen: TurfsScreen, panel: SelectionPanel, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    panel._starts["never"].click()
    panel.name.setText("First")
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    settle()
    assert [(one.name, one.selection) for one in list_selections(book, RIDING)] == [
        ("First", Selection(InState(("never",))))
    ]
    assert panel.saved.currentText() == "First"
    assert panel.save.text() == "Save changes"
    panel.rows[0].values.choose(("talked",))
    panel.name.setText("Second")
    panel.save.click()
    settle()
    (found,) = list_selections(book, RIDING)
    assert (found.name, found.selection) == ("Second", Selection(InState(("talked",))))
    said[-1][2]()
    settle()
    (found,) = list_selections(book, RIDING)
    assert (found.name, found.selection) == ("First", Selection(InState(("never",))))
    panel.remove.click()
    settle()
    assert list_selections(book, RIDING) == []
    assert panel.saved.count() == 1
    said[-1][2]()
    settle()
    assert panel.saved.count() == 2
    panel.saved.setCurrentIndex(1)
    panel.saved.activated.emit(1)
    settle()
    assert panel.name.text() == "First"
    assert panel.selection() == Selection(InState(("never",)))


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(
    book: Book, screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    save_selection(book, RIDING, "Evening", Selection())
    panel._starts["never"].click()
    panel.name.setText("evening")
    panel.save.click()
    settle()
    assert panel.trouble.text().startswith("There is a selection “evening” already.")
    assert panel.selection() == Selection(InState(("never",)))
    panel.name.setText("")
    panel.save.click()
    settle()
    assert panel.trouble.text().startswith("The selection needs a name.")


def test_what_another_lead_saves_or_removes_is_seen_at_once(
    context: AppContext, book: Book, screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    context.tasks.write(lambda: save_selection(book, RIDING, "Theirs", Selection(), selection_id=b"s" * 16))
    settle()
    assert panel.saved.itemText(1) == "Theirs"
    panel.saved.activated.emit(panel.saved.setCurrentIndex(1) or 1)
    settle()
    assert not panel.remove.isHidden()
    context.tasks.write(lambda: remove_selection(book, RIDING, b"s" * 16))
    settle()
    assert panel.saved.count() == 1
    assert panel.remove.isHidden()


def test_a_selection_of_a_newer_program_is_told_and_left_alone(
    book: Book, screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    with book.act("") as act:
        act.add(RIDING, b"n" * 16, SelectionSaved(name="Tomorrow", query='{"v":9}'))
    screen.context.apply(act.changes)
    settle()
    panel.saved.activated.emit(panel.saved.setCurrentIndex(1) or 1)
    settle()
    assert "newer version" in panel.trouble.text()
    assert panel.saved.currentIndex() == 0
