"""Settings and ridings."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.ridings import RidingsScreen
from canvass_app.desktop.screens.settings import SettingsScreen
from canvass_app.services.ridings import list_ridings

Wait = Callable[[AppContext], None]


def test_the_name_of_who_sits_here_is_nowhere_in_clear(
    context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    screen = SettingsScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.keyClicks(screen.name, "Maxime Planted-Okafor")
    assert screen.can_leave()
    wait_idle(context)
    assert context.book.meta("author") == context.author == "Maxime Planted-Okafor"
    files = [path for path in Path(context.book.folder).rglob("*") if path.is_file()]
    assert files
    assert all(b"Planted" not in path.read_bytes() for path in files)


def test_an_empty_laptop_teaches_where_to_begin(context: AppContext, qtbot: QtBot, wait_idle: Wait) -> None:
    screen = RidingsScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    wait_idle(context)
    assert screen.empty.isVisible()
    with qtbot.waitSignal(context.place_wanted) as wanted:
        screen.empty.action_triggered.emit()
    assert wanted.args[0] == "importing"


def test_a_riding_shows_its_contact_rate_with_the_denominator(
    demo_context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    screen = RidingsScreen(demo_context)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    wait_idle(demo_context)
    card = list_ridings(demo_context.book)[0]
    cells = [str(screen.model.index(0, column).data()) for column in range(screen.model.columnCount())]
    assert f"{card.doors:,}" in cells
    assert f"({card.contacts:,} of {card.attempts:,})" in cells[-1]


def test_enter_opens_the_ridings_map(demo_context: AppContext, qtbot: QtBot, wait_idle: Wait) -> None:
    screen = RidingsScreen(demo_context)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    wait_idle(demo_context)
    with qtbot.waitSignal(demo_context.place_wanted) as wanted:
        qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert wanted.args[0] == "turfs"
