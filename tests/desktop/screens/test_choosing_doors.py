"""Choosing doors by conditions on the real screen: typed and clicked, counted, taken in hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.condition_row import ConditionRow
from canvass_app.desktop.screens.turfs.many_choice import ManyChoice
from canvass_app.desktop.screens.turfs.selection_panel import SelectionPanel
from canvass_app.domain.selection_language import parse_selection
from canvass_app.domain.selections import Inside, Selection
from canvass_app.ledger.kinds import BarSet, DoorAdded
from canvass_app.services.book import Book
from canvass_app.services.selections import count
from canvass_app.services.turfs import list_turfs
from tests.desktop.screens.choosing_kit import Settle, book, draw, panel, said, screen, settle, show, take
from tests.desktop.screens.world import RIDING, an_id, issue

__all__ = ["book", "panel", "said", "screen", "settle"]


def test_a_key_opens_the_panel_and_a_beginning_chooses_doors_that_become_a_turf(
    book: Book, screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    assert panel.isVisible()
    assert panel.count.text() == "120 doors"
    assert QApplication.focusWidget() is panel._starts["never"]
    QTest.keyClick(panel._starts["never"], Qt.Key.Key_Space)
    panel._add.click()
    take(panel.rows[1], "street")
    panel.rows[1].street.setText("Cedar Street")
    panel.rows[1].high.setText("19")
    settle()
    assert panel.count.text() == "10 doors"
    assert panel.words.text() == "never tried, on Cedar Street, up to number 19"
    with_ids: list[list[bytes]] = []
    panel.chosen.connect(with_ids.append)
    QTest.mouseClick(panel.choose, Qt.MouseButton.LeftButton)
    settle()
    assert [len(ids) for ids in with_ids] == [10]
    assert len(screen.map.selection()) == 10
    assert screen.view.chosen.isVisible()
    QTest.keyClick(screen.view.chosen.name, Qt.Key.Key_Return)
    settle()
    (turf,) = list_turfs(book, RIDING)
    assert turf.doors == 10


def test_conditions_are_joined_by_and_or_and_not(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    panel._starts["never"].click()
    for sort, joined, yes, fill in (
        ("street", "and", False, lambda row: row.street.setText("Birch")),
        ("tried", "or", True, lambda row: row.words.setText("2015-09-20")),
        ("division", "and", True, lambda row: row.words.setText("12,  13 A,")),
        ("result", "or", True, lambda row: row.values.choose(("refused",))),
    ):  # fmt: skip
        panel._add.click()
        row = panel.rows[-1]
        take(row, sort)
        row.joined.setCurrentIndex(row.joined.findData(joined))
        row.yes.setCurrentIndex(row.yes.findData(yes))
        fill(row)
    selection = panel.selection()
    assert selection is not None
    assert selection.where == parse_selection(
        'state:never and not street:Birch or tried-since:2015-09-20 and division:12,"13 A" or result:refused'
    )
    settle()
    assert panel.count.text() == "90 doors"
    # Without the first, what was joined to it stands first.
    panel.rows[0]._drop.click()
    selection = panel.selection()
    assert selection is not None
    assert selection.where == parse_selection(
        'not street:Birch or tried-since:2015-09-20 and division:12,"13 A" or result:refused'
    )
    assert panel.rows[0].joined.isHidden()


@pytest.mark.parametrize(
    "typed",
    [
        "state:never,come_back", "result:refused,not_home", "support:1,2N", "answer:issue=health", "answer:pledge=yes,no",
        "answer:sign", "answer:unheard=of", "language:fr,tagalog", 'division:12,"13 A"', "street:Birch odd 1-99", "even", "-7",
        "not tried-since:2015-09-20", "lasso:45.4;-75.7,45.5;-75.7,45.5;-75.6", "all",
        "state:never and odd or not language:en and 7",
    ],
)  # fmt: skip
def test_every_condition_is_shown_in_fields_that_say_the_same(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle, typed: str
) -> None:
    show(screen, typed)
    settle()
    wanted = Selection(parse_selection(typed))
    assert panel.selection() == wanted
    assert panel.count.text().startswith(str(count(screen.context.book, RIDING, wanted).doors))
    set_language("fr")
    assert panel.selection() == wanted
    set_language("en")


def test_a_condition_without_a_value_chooses_nothing_yet(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    panel._add.click()
    settle()
    assert panel.selection() is None
    assert not panel.choose.isEnabled()
    assert not panel.save.isEnabled()
    assert panel.kept.text() == "A condition still lacks its value."
    take(panel.rows[0], "tried")
    panel.rows[0].words.setText("2015-13-01")
    settle()
    assert not panel.choose.isEnabled()
    panel.rows[0].words.setText("2015-10-01")
    settle()
    assert panel.count.text() == "0 doors"
    assert not panel.choose.isEnabled()
    panel.rows[0].yes.setCurrentIndex(1)
    settle()
    assert panel.count.text() == "120 doors"
    assert panel.choose.isEnabled()


def test_doors_that_are_kept_out_are_counted_and_can_be_asked_for(
    book: Book, screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    birch = [an_id(f"Birch Street {2 * n + 1}") for n in range(30)]
    with book.act("") as act:
        act.add(RIDING, birch[0], BarSet(target="door"))
    issue(book, birch[10:15])
    show(screen, "street:Birch")
    settle()
    assert panel.count.text() == "24 doors"
    assert panel.kept.text().splitlines() == [
        "Kept out: 1 door where nobody is to knock.", "Checked out: 5 doors on walk lists that are not back.",
    ]  # fmt: skip
    panel.barred.setChecked(True)
    panel.out.setChecked(True)
    settle()
    assert panel.count.text() == "30 doors"
    assert panel.kept.isHidden()


def test_what_happens_elsewhere_is_counted_at_once(
    context: AppContext, book: Book, screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    settle()

    def bar() -> Any:
        with book.act("") as act:
            act.add(RIDING, an_id("Oak Street 1"), BarSet(target="door"))
        return act.changes

    context.tasks.write(bar)
    settle()
    assert panel.count.text() == "119 doors"


def test_quick_typing_counts_the_last_word_and_never_queues_up(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Selection] = []
    real = count

    def counting(book: Any, riding: int, selection: Selection) -> Any:
        asked.append(selection)
        return real(book, riding, selection)

    monkeypatch.setattr("canvass_app.services.selections.count", counting)
    panel._add.click()
    take(panel.rows[0], "street")
    for end in range(1, len("Birch Street") + 1):
        panel.rows[0].street.setText("Birch Street"[:end])
    settle()
    assert panel.count.text() == "30 doors"
    assert len(asked) <= 3
    assert asked[-1] == panel.selection()


def test_a_lasso_drawn_for_a_condition_belongs_to_it_and_the_panel_stays(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    panel._add.click()
    take(panel.rows[0], "inside")
    settle()
    assert panel.selection() is None
    draw(screen, (1, 2))
    settle()
    assert panel.isVisible()
    assert panel.count.text() == "60 doors"
    selection = panel.selection()
    assert selection is not None
    assert isinstance(selection.where, Inside)
    panel.rows[0].yes.setCurrentIndex(1)
    settle()
    assert panel.count.text() == "60 doors"
    # Without a condition that waits for one, a lasso takes doors in hand as ever.
    panel.rows[0]._drop.click()
    draw(screen, (0, 0))
    settle()
    assert screen.view.chosen.isVisible()
    assert len(screen.map.selection()) == 30


def test_a_lasso_that_was_drawn_before_is_taken_when_the_condition_is_made(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    screen.selecting.close()
    draw(screen, (0, 0))
    settle()
    screen.selecting.open()
    panel._add.click()
    take(panel.rows[0], "inside")
    settle()
    assert panel.count.text() == "30 doors"


def test_a_very_long_lasso_is_thinned_and_means_the_same_doors(screen: TurfsScreen, settle: Settle) -> None:
    from canvass_app.desktop.map.geometry import points_in_polygon, thinned

    turn = np.linspace(0, 2 * np.pi, 4_000, endpoint=False)
    round_one = np.column_stack([1000 * np.cos(turn), 700 * np.sin(turn)])
    thin = thinned(round_one, 500)
    assert 3 <= len(thin) <= 500
    ground = np.random.default_rng(1).uniform(-1200, 1200, (5_000, 2))
    differing = points_in_polygon(ground[:, 0], ground[:, 1], round_one) != points_in_polygon(
        ground[:, 0], ground[:, 1], thin
    )
    assert differing.sum() <= 2


def test_a_selection_too_intertwined_for_rows_is_used_as_it_is(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    typed = " and ".join(f"(street:Birch or {n}-)" for n in range(1, 21))
    show(screen, typed)
    settle()
    assert panel.rows == []
    assert panel.selection() == Selection(parse_selection(typed))
    assert panel.count.text() == "90 doors"
    assert "too intertwined" in panel.words.text()
    panel.choose.click()
    settle()
    assert len(screen.map.selection()) == 90


def test_doors_without_a_place_on_the_map_are_told(
    book: Book, screen: TurfsScreen, panel: SelectionPanel, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    with book.act("") as act:
        act.add(
            RIDING,
            an_id("nowhere"),
            DoorAdded(number=8, street="BIRCH", street_type="ST", street_label="Birch Street"),
        )
    screen.context.apply(act.changes)
    show(screen, "street:Birch and -9")
    settle()
    assert panel.count.text() == "6 doors"
    panel.choose.click()
    settle()
    assert len(screen.map.selection()) == 5
    assert said[-1][0] == "1 door of the selection has no place on the map."


def test_escape_goes_from_the_doors_chosen_to_the_conditions_and_out(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    show(screen, "street:Birch")
    settle()
    panel.choose.click()
    settle()
    assert screen.view.chosen.isVisible()
    assert screen.step_back()
    assert panel.isVisible()
    assert panel.selection() == Selection(parse_selection("street:Birch"))
    assert screen.step_back()
    assert screen.view.hint.isVisible()
    assert not screen.step_back()
    screen.tools.choose.click()
    settle()
    assert panel.isVisible()
    assert panel.count.text() == "30 doors"


def test_another_riding_begins_anew(screen: TurfsScreen, panel: SelectionPanel, settle: Settle) -> None:
    show(screen, "street:Birch")
    settle()
    screen.context.set_riding(RIDING - 1)
    settle()
    assert not screen.selecting.is_open()
    assert panel.selection() == Selection()


def test_whoever_only_records_chooses_no_doors(context: AppContext, book: Book, qtbot: QtBot) -> None:
    context.only_records = True
    context.set_riding(RIDING)
    made = TurfsScreen(context)
    qtbot.addWidget(made)
    assert made.tools.choose.isHidden()
    made.selecting.open()
    assert not made.view.has_selection()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
def test_a_menu_of_values_stays_open_while_one_ticks(qtbot: QtBot) -> None:
    choice = ManyChoice()
    qtbot.addWidget(choice)
    choice.resize(200, 32)
    choice.show()
    choice.offer([("a", "Apple & pear"), ("b", "Berry")], "choose…")
    assert choice.text().strip() == "choose…"
    menu = choice.menu()
    menu.show()
    heard: list[tuple[str, ...]] = []
    choice.changed.connect(lambda: heard.append(choice.chosen()))
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert heard == [("a",), ("a", "b")]
    assert choice.words() == "Apple & pear, Berry"
    QTest.keyClick(menu, Qt.Key.Key_Space)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert choice.chosen() == ("a",)
    menu.show()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[1]).center())
    assert menu.isVisible()
    assert choice.chosen() == ("a", "b")
    menu.close()
    # What is not offered any more stays chosen.
    choice.choose(("z",))
    choice.offer([("a", "Apple")], "choose…")
    assert choice.chosen() == ("z",)


def test_every_field_has_a_name_and_nothing_needs_more_room_than_there_is(
    screen: TurfsScreen, panel: SelectionPanel, settle: Settle
) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    show(
        screen,
        "street:Birch odd 1-9 and answer:pledge=yes or state:never and division:12 or lasso:45;-75,46;-75,46;-74",
    )
    for width, height, language in ((1280, 800, "en"), (900, 560, "fr"), (760, 520, "fr")):
        screen.resize(width, height)
        set_language(language)
        settle()
        fields = [one for kind in (QAbstractButton, QComboBox, QLineEdit) for one in panel.findChildren(kind)]
        unnamed = [
            one
            for one in fields
            if one.isVisibleTo(panel) and not (one.accessibleName() or one.parent() in fields)
        ]
        assert unnamed == []
        assert panel.minimumSizeHint().width() <= screen.view._side.viewport().width(), (width, language)
    set_language("en")


def test_a_row_shows_what_no_script_asks_for_any_more(qtbot: QtBot) -> None:
    row = ConditionRow(None, frozenset())
    qtbot.addWidget(row)
    take(row, "answer")
    assert row.row() is None
