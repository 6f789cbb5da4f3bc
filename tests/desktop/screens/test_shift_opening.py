"""Whoever types says who they are; a member who chose a PIN is asked for it, and nobody else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.enter import EnterScreen
from canvass_app.domain.numbers import list_code
from canvass_app.services.book import Book
from canvass_app.services.pins import asks_pin, set_pin
from canvass_app.services.teams import MemberFields, add_member, add_team
from tests.desktop.screens.world import RIDING, add_doors, issue, new_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    team = add_team(opened, RIDING, "North").id
    anne = add_member(opened, RIDING, team, MemberFields("Anne Roy")).id
    add_member(opened, RIDING, team, MemberFields("Luc Singh"))
    set_pin(opened, RIDING, anne, "2468")
    yield opened
    opened.close()


@pytest.fixture
def code(book: Book) -> str:
    return list_code(issue(book, add_doors(book, 5)).number)


@pytest.fixture
def screen(context: AppContext, code: str, qtbot: QtBot) -> EnterScreen:
    context.set_riding(RIDING)
    made = EnterScreen(context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.refresh()
    settle(made, qtbot)
    return made


def settle(screen: EnterScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not screen.is_busy() and not screen.context.tasks.busy(), timeout=20_000)


def open_as(screen: EnterScreen, qtbot: QtBot, name: str, code: str) -> None:
    screen.desk.name.setText(name)
    screen.open_code(code)
    settle(screen, qtbot)


def give(screen: EnterScreen, qtbot: QtBot, pin: str) -> None:
    QTest.keyClicks(screen.desk.pin.first, pin)
    QTest.keyClick(screen.desk.pin.first, Qt.Key.Key_Return)
    settle(screen, qtbot)


def volunteers(book: Book) -> list[str]:
    return [str(row[0]) for row in book.read().query("SELECT volunteer FROM shift")]


def test_a_member_with_a_pin_types_it_once_and_then_types_results(
    book: Book, screen: EnterScreen, qtbot: QtBot, code: str
) -> None:
    open_as(screen, qtbot, "anne roy", code)
    assert screen.machine.page is None
    assert screen.desk.pin.first.hasFocus()
    give(screen, qtbot, "1357")
    assert screen.machine.page is None
    assert "Tries left: 4" in screen.desk.trouble.text()
    assert volunteers(book) == []
    give(screen, qtbot, "2468")
    assert screen.machine.page is not None
    assert not screen.desk.pin.isVisible()
    QTest.keyClick(screen.page.sheet, "n")
    settle(screen, qtbot)
    assert volunteers(book) == ["anne roy"]
    QTest.keyClick(screen.page.sheet, Qt.Key.Key_Escape)
    settle(screen, qtbot)
    # The same sitting: the next page opens at once.
    screen.open_code(code)
    settle(screen, qtbot)
    assert screen.machine.page is not None


def test_after_the_shift_the_next_one_is_asked_again(
    book: Book, screen: EnterScreen, qtbot: QtBot, code: str
) -> None:
    open_as(screen, qtbot, "Anne Roy", code)
    give(screen, qtbot, "2468")
    QTest.keyClick(screen.page.sheet, "n")
    settle(screen, qtbot)
    QTest.keyClick(screen.page.sheet, Qt.Key.Key_Escape)
    settle(screen, qtbot)
    screen.end_shift()
    settle(screen, qtbot)
    screen.open_code(code)
    settle(screen, qtbot)
    assert screen.machine.page is None
    assert screen.desk.pin.asking


def test_another_name_is_not_asked_for_the_pin_of_the_one_before(
    book: Book, screen: EnterScreen, qtbot: QtBot, code: str
) -> None:
    open_as(screen, qtbot, "Anne Roy", code)
    assert screen.desk.pin.asking
    for name in ("Luc Singh", "Somebody New"):
        screen.desk.name.setText(name)
        assert not screen.desk.pin.asking
        screen.open_code(code)
        settle(screen, qtbot)
        assert screen.machine.page is not None
        QTest.keyClick(screen.page.sheet, Qt.Key.Key_Escape)
        settle(screen, qtbot)
    assert screen.context.author == "Somebody New"
    open_as(screen, qtbot, "Anne Roy", code)
    assert screen.desk.pin.asking
    assert screen.context.author == "Somebody New"


def test_keys_typed_ahead_for_the_page_never_end_up_in_the_pin(
    screen: EnterScreen, qtbot: QtBot, code: str
) -> None:
    screen.desk.name.setText("Anne Roy")
    screen.open_code(code)
    for key in "n2r":
        QTest.keyClick(screen.desk, key)
    settle(screen, qtbot)
    assert screen.desk.pin.asking
    assert screen.desk.pin.first.text() == ""
    give(screen, qtbot, "2468")
    assert screen.machine.history == []


def test_esc_leaves_the_pin_and_the_desk_is_as_before(screen: EnterScreen, qtbot: QtBot, code: str) -> None:
    open_as(screen, qtbot, "Anne Roy", code)
    QTest.keyClick(screen.desk.pin.first, Qt.Key.Key_Escape)
    assert not screen.desk.pin.isVisible()
    assert screen.desk.code.hasFocus()
    assert not screen.step_back()


def test_a_member_chooses_a_pin_at_the_desk_by_typing_it_twice(
    book: Book, screen: EnterScreen, qtbot: QtBot, code: str
) -> None:
    desk = screen.desk
    assert desk.name.completer().model().index(1, 0).data() == "Luc Singh"
    desk.name.setText("Nobody Known")
    assert not desk._choose_pin.isVisible()
    desk.name.setText("Anne Roy")
    assert not desk._choose_pin.isVisible()
    desk.name.setText("Luc Singh")
    assert desk._choose_pin.isVisible()
    desk._choose_pin.click()
    for first, second, words in (("1234", "4321", "differ"), ("12", "12", "4 to 8 digits")):
        QTest.keyClicks(desk.pin.first, first)
        QTest.keyClick(desk.pin.first, Qt.Key.Key_Return)
        QTest.keyClicks(desk.pin.second, second)
        QTest.keyClick(desk.pin.second, Qt.Key.Key_Return)
        settle(screen, qtbot)
        assert words in desk.trouble.text()
        assert not asks_pin(book, "Luc Singh")
    for field in (desk.pin.first, desk.pin.second):
        QTest.keyClicks(field, "975310")
        QTest.keyClick(field, Qt.Key.Key_Return)
    settle(screen, qtbot)
    assert asks_pin(book, "Luc Singh")
    assert not desk._choose_pin.isVisible()
    open_as(screen, qtbot, "Luc Singh", code)
    give(screen, qtbot, "975310")
    assert screen.machine.page is not None
