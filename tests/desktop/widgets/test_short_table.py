"""A short table is as tall as its rows, and new rows take nothing from whoever is looking at it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.widgets import Column, RowsModel
from canvass_app.desktop.widgets.short_table import ShortTable


def names(table: ShortTable) -> list[str]:
    return [str(table.rows.index(row, 0).data()) for row in range(table.rows.rowCount())]


def make(qtbot: QtBot, rows: list[str]) -> ShortTable:
    model = RowsModel([Column(lambda: "Name", lambda row: row), Column(lambda: "Length", len)])
    table = ShortTable(model, 5)
    qtbot.addWidget(table)
    table.resize(300, 100)
    table.show()
    table.replace_rows(rows, rows)
    QApplication.processEvents()
    return table


def test_it_grows_with_its_rows_and_then_scrolls(qtbot: QtBot) -> None:
    heights = [make(qtbot, [str(n) for n in range(count)]).height() for count in (0, 1, 3, 5, 40)]
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_order_choice_and_place_outlive_new_rows(qtbot: QtBot) -> None:
    table = make(qtbot, [f"{n:02}" for n in range(40)])
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    table.select_id("07")
    table.verticalScrollBar().setValue(300)
    new = [f"{n:02}" for n in range(41)]
    table.replace_rows(new, new)
    assert names(table)[:2] == ["40", "39"]
    assert table.selected_ids() == ["07"]
    assert table.verticalScrollBar().value() == 300


def test_a_chosen_row_that_is_gone_is_chosen_no_more(qtbot: QtBot) -> None:
    table = make(qtbot, ["a", "b"])
    table.select_id("b")
    table.replace_rows(["a"], ["a"])
    assert table.selected_ids() == []
