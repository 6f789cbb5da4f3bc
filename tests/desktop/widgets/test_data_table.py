"""The table: rows in blocks, sorting, keys, selection."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from canvass_app.desktop.widgets import Balance, Chip, Column, DataTable, RowsModel, format_number
from canvass_app.desktop.widgets.rows_model import BLOCK


@dataclass(frozen=True)
class Turf:
    name: str
    doors: int
    who: str | None = None


COLUMNS = [
    Column[Turf]("Turf", lambda turf: turf.name, strong=True),
    Column[Turf](
        "Doors", lambda turf: turf.doors, format=lambda n: format_number(n, "en"), align="right", width=90
    ),
    Column[Turf]("Who", lambda turf: turf.who),
]
TURFS = [Turf("birch 2", 1204, "<b>Luc</b>"), Turf("Ash", 62), Turf("Quai", 49, "Anne")]
DISPLAY, TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole


def texts(model: RowsModel, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_cells_are_formatted_and_markup_is_literal(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.set_rows(TURFS)
    assert texts(model, 1) == ["1,204", "62", "49"]
    assert texts(model, 2) == ["<b>Luc</b>", "", "Anne"]
    assert model.index(0, 2).data(TIP) == "<span>&lt;b&gt;Luc&lt;/b&gt;</span>"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Doors"


def test_the_model_keeps_the_rules_of_qt(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(TURFS)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_rows([])
    model.set_ids(range(1000))
    model.refresh()
    assert tester.model() is model


def test_sorting_ignores_case_keeps_empty_cells_last_and_the_selection_on_its_row(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.set_rows(TURFS, ids=[b"b", b"a", b"q"])
    table = DataTable(model)
    qtbot.addWidget(table)
    table.select_id(b"b")
    model.sort(0, Qt.SortOrder.AscendingOrder)
    assert texts(model, 0) == ["Ash", "birch 2", "Quai"]
    assert table.selected_ids() == [b"b"]
    model.sort(2, Qt.SortOrder.AscendingOrder)
    assert texts(model, 2) == ["<b>Luc</b>", "Anne", ""]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert texts(model, 2) == ["Anne", "<b>Luc</b>", ""]


def test_only_the_blocks_in_sight_are_fetched(qtbot: QtBot) -> None:
    asked: list[Sequence[int]] = []

    def fetch(ids: Sequence[int]) -> list[Turf]:
        asked.append(list(ids))
        return [Turf(f"turf {row}", row) for row in ids]

    model = RowsModel(COLUMNS, fetch)
    table = DataTable(model)
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    model.set_ids(range(100_000))
    assert model.rowCount() == 100_000
    table.grab()
    assert [ids[0] for ids in asked] == [0]
    table.scrollToBottom()
    table.grab()
    assert asked[-1][-1] == 99_999
    assert len(asked) <= 3
    assert max(map(len, asked)) <= BLOCK
    assert model.index(99_999, 0).data() == "turf 99999"


def test_rows_that_come_later_replace_the_waiting_mark(qtbot: QtBot) -> None:
    asked: list[Sequence[int]] = []
    model = RowsModel(COLUMNS, lambda ids: asked.append(list(ids)))
    model.set_ids(range(300))
    assert model.index(0, 0).data() == "…"
    assert model.index(5, 0).data() == "…"
    assert len(asked) == 1
    with qtbot.waitSignal(model.dataChanged):
        model.supply(asked[0], [Turf(f"turf {row}", row) for row in asked[0]])
    assert model.index(5, 0).data() == "turf 5"


def test_rows_of_a_list_no_longer_shown_are_ignored(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, lambda ids: None)
    model.set_ids([1, 2, 3])
    model.set_ids([7, 8])
    with qtbot.assertNotEmitted(model.dataChanged):
        model.supply([1, 2, 3], TURFS)


def test_a_changed_row_is_fetched_again(qtbot: QtBot) -> None:
    doors = {row: row for row in range(600)}
    model = RowsModel(COLUMNS, lambda ids: [Turf(f"turf {row}", doors[row]) for row in ids])
    model.set_ids(range(600))
    assert model.index(300, 1).data() == "300"
    doors[300] = 7
    assert model.index(300, 1).data() == "300"
    model.refresh([300])
    assert model.index(300, 1).data() == "7"


def test_rows_that_are_not_in_memory_ask_their_owner_to_sort(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, lambda ids: None)
    model.set_ids(range(10))
    with qtbot.waitSignal(model.sort_asked) as asked:
        model.sort(1, Qt.SortOrder.DescendingOrder)
    assert asked.args == [1, Qt.SortOrder.DescendingOrder]


def test_rows_and_ids_must_be_of_one_length() -> None:
    with pytest.raises(ValueError, match="one id"):
        RowsModel(COLUMNS).set_rows(TURFS, ids=[1])


def test_the_table_is_worked_by_keys_alone(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.set_rows(TURFS, ids=["b", "a", "q"])
    table = DataTable(model)
    qtbot.addWidget(table)
    table.show()
    selected: list[object] = []
    table.row_selected.connect(selected.append)
    table.select_id("b")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert selected == ["b", "a", "q", "b"]
    with qtbot.waitSignal(table.row_activated) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["b"]
    assert not table.select_id("nobody")


def test_several_rows_can_be_selected_from_outside(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.set_rows(TURFS, ids=["b", "a", "q"])
    table = DataTable(model, many=True)
    qtbot.addWidget(table)
    with qtbot.waitSignal(table.rows_selected) as told:
        table.select_ids(["q", "b", "gone"])
    assert told.args[0] == table.selected_ids() == ["b", "q"]


def test_chips_and_balances_have_words_too(qtbot: QtBot) -> None:
    columns = [
        Column[Turf]("State", lambda turf: Chip("issued", "accent", "user")),
        Column[Turf]("Minutes", lambda turf: Balance(118.4, 120), format=lambda n: format_number(n, "en")),
    ]
    model = RowsModel(columns)
    model.set_rows(TURFS[:1])
    assert [model.index(0, column).data() for column in (0, 1)] == ["issued", "118"]
    table = DataTable(model)
    qtbot.addWidget(table)
    table.resize(400, 120)
    table.show()
    assert not table.grab().isNull()


def test_a_short_table_ends_with_its_last_row_and_takes_the_room_it_is_given_with_many(qtbot: QtBot) -> None:
    place, table = QWidget(), DataTable(RowsModel([Column[str]("Name", str)]))
    qtbot.addWidget(place)
    column = QVBoxLayout(place)
    column.addWidget(table, 1000)
    column.addStretch(1)
    table.keep_short()
    place.resize(300, 400)
    place.show()
    table.rows.set_rows(["one", "two"])
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() == 0)
    assert 2 * 36 <= table.height() < 140
    table.rows.set_rows([str(number) for number in range(40)])
    qtbot.waitUntil(lambda: table.height() > 360)
