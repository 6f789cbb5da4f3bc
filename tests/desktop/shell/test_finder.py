"""Find anything, by keyboard alone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.shell.finder import Finder, matches
from canvass_app.desktop.shell.window import MainWindow

Wait = Callable[[AppContext], None]


@pytest.fixture
def window(demo_context: AppContext, qtbot: QtBot, wait_idle: Wait) -> Iterator[MainWindow]:
    made = MainWindow(demo_context)
    made.show()
    made.start("ridings")
    wait_idle(demo_context)
    yield made
    made.close()
    made.deleteLater()


def find(window: MainWindow, qtbot: QtBot, wait_idle: Wait, words: str) -> Finder:
    window.find_anything()
    # QTest types only ASCII; a name may have an accent.
    window.finder.field.setText(words)
    wait_idle(window.context)
    return window.finder


def titles(finder: Finder) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(finder.list.item(row).data(role)) for row in range(finder.list.count())]


def test_words_find_what_they_begin_with_accents_or_not() -> None:
    assert matches("elys", "Champs-Élysées")
    assert matches("imp adr", "Importer des adresses")
    assert not matches("resse", "Importer des adresses")
    assert matches("aujourd'hui", "Aujourd’hui")
    assert matches("aujourd’hui", "Aujourd'hui")


def test_a_command_is_found_and_run(window: MainWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    finder = find(window, qtbot, wait_idle, "import addr")
    assert titles(finder)[0] == "Import addresses"
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    wait_idle(window.context)
    assert (window.place, finder.isVisible()) == ("importing", False)


def test_a_person_is_found_by_the_beginning_of_the_name(
    window: MainWindow, qtbot: QtBot, wait_idle: Wait
) -> None:
    last, first = window.context.book.read().query("SELECT last, first FROM person LIMIT 1")[0]
    finder = find(window, qtbot, wait_idle, f"{last} {first}")
    assert any(last in title for title in titles(finder))


def test_a_riding_is_opened(window: MainWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    name = window.context.book.read().query("SELECT name_en FROM riding")[0][0]
    finder = find(window, qtbot, wait_idle, name)
    assert name in " ".join(titles(finder))


def test_what_is_not_there_is_said(window: MainWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    finder = find(window, qtbot, wait_idle, "qqqqzzzz")
    assert titles(finder) == []
    qtbot.keyClick(finder.field, Qt.Key.Key_Escape)
    assert not finder.isVisible()


def test_arrows_go_round(window: MainWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    window.find_anything()
    finder = window.finder
    qtbot.keyClick(finder.field, Qt.Key.Key_Up)
    assert finder.list.currentRow() == finder.list.count() - 1
    qtbot.keyClick(finder.field, Qt.Key.Key_Down)
    assert finder.list.currentRow() == 0
