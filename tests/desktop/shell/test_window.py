"""The window around the screens, on the demo campaign."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import key_name
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.enter import EnterScreen
from canvass_app.desktop.shell.window import MIN_SIZE, MainWindow, first_place
from canvass_app.desktop.theme import current_mode, tokens
from canvass_app.domain.errors import NotFound
from canvass_app.domain.numbers import page_code
from canvass_app.domain.text import Text
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.turfs import list_turfs
from canvass_app.services.walk_lists import issue_walk_list

Wait = Callable[[AppContext], None]


@pytest.fixture
def window(demo_context: AppContext, qtbot: QtBot, wait_idle: Wait) -> Iterator[MainWindow]:
    made = MainWindow(demo_context)
    made.resize(1280, 800)
    made.show()
    made.start("ridings")
    made.read_status()
    wait_idle(demo_context)
    yield made
    made.close()
    made.deleteLater()


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, control: bool = False) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_screens_are_made_when_they_are_first_opened(
    window: MainWindow, qtbot: QtBot, wait_idle: Wait
) -> None:
    assert window.stack.count() == 1
    press(qtbot, window, Qt.Key.Key_6, control=True)
    wait_idle(window.context)
    assert (window.place, window.stack.count()) == ("progress", 2)
    press(qtbot, window, Qt.Key.Key_1, control=True)
    assert (window.place, window.stack.count()) == ("ridings", 2)


def test_escape_leaves_the_settings_for_where_one_was(
    window: MainWindow, qtbot: QtBot, wait_idle: Wait
) -> None:
    press(qtbot, window, Qt.Key.Key_Comma, control=True)
    assert window.place == "settings"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.place == "ridings"


def test_the_last_place_is_remembered_but_never_the_settings(window: MainWindow, wait_idle: Wait) -> None:
    window.show_place("progress")
    window.show_place("settings")
    wait_idle(window.context)
    assert window.context.preferences.place == "progress"
    assert first_place("settings") == first_place("nowhere") == "turfs"


def test_the_bar_says_how_many_results_are_only_here(
    window: MainWindow, qtbot: QtBot, wait_idle: Wait
) -> None:
    from canvass_app.services.syncing import sync_status

    book, riding = window.context.book, window.context.riding_id
    assert riding is not None
    before = sync_status(book).pending
    turf = list_turfs(book, riding)[0]

    def write() -> object:
        document = issue_walk_list(book, riding, turf.turf_id, canvasser="Bénévole").document
        shift = open_shift(book, "Bénévole", riding, document.number)
        return record(book, shift, document.number, 1, Mark(code="not_home"))

    window.context.tasks.write(write)
    wait_idle(window.context)
    now = sync_status(book).pending
    assert now > before
    status = window.top_bar.status
    assert status.text() == f"{now:,} only here · no headquarters"
    assert "not joined to a headquarters" in status.accessibleDescription()
    assert f"{now:,}" in status.toolTip()
    assert window.foot.saved.text().startswith("saved ")


def test_the_language_switches_while_everything_stays_open(
    window: MainWindow, qtbot: QtBot, wait_idle: Wait
) -> None:
    window.show_place("settings")
    press(qtbot, window, Qt.Key.Key_L, control=True)
    wait_idle(window.context)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Réglages"))
    assert window.context.preferences.language == "fr"
    press(qtbot, window, Qt.Key.Key_L, control=True)
    wait_idle(window.context)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Settings"))


def test_theme_and_size_change_at_once_and_are_kept(window: MainWindow, qtbot: QtBot) -> None:
    window.set_theme("dark")
    assert (current_mode(), tokens().is_dark) == ("dark", True)
    press(qtbot, window, Qt.Key.Key_Plus, control=True)
    assert tokens().zoom == window.context.preferences.zoom == 1.1
    press(qtbot, window, Qt.Key.Key_0, control=True)
    assert tokens().zoom == 1.0
    window.set_theme("light")


def test_settings_show_a_size_chosen_by_keys(window: MainWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    window.show_place("settings")
    wait_idle(window.context)
    settings: Any = window.stack.currentWidget()
    press(qtbot, window, Qt.Key.Key_Plus, control=True)
    assert settings.zoom.currentData() == 1.1
    press(qtbot, window, Qt.Key.Key_0, control=True)
    assert settings.zoom.currentData() == 1.0


def test_the_keyboard_goes_into_sync_when_it_is_first_opened(window: MainWindow, wait_idle: Wait) -> None:
    window.show_place("sync")
    wait_idle(window.context)
    sync: Any = window.stack.currentWidget()
    assert window.focusWidget() is sync.join_card.address


def test_keys_are_named_as_french_keyboards_name_them(window: MainWindow) -> None:
    window.set_language("fr")
    assert [key_name(key) for key in ("Enter", "Esc", "Shift / Alt", "Ctrl+K")] == [
        "Entrée",
        "Échap",
        "Maj / Alt",
        "Ctrl+K",
    ]


def test_what_happened_is_said_and_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[str] = []
    window.context.say("Turf 7 retired", lambda: undone.append("back"))
    assert window.foot.message.text() == "Turf 7 retired"
    window.stack.setFocus()
    press(qtbot, window, Qt.Key.Key_Z, control=True)
    press(qtbot, window, Qt.Key.Key_Z, control=True)
    assert undone == ["back"]


def test_what_is_taken_back_is_the_last_thing_done(window: MainWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    context, book = window.context, window.context.book
    riding = context.riding_id
    assert riding is not None
    issued = issue_walk_list(book, riding, list_turfs(book, riding)[0].turf_id, canvasser="Bénévole").document
    undone: list[str] = []
    context.say("Turf 7 is given to Bénévole", lambda: undone.append("given"))

    window.show_place("enter")
    enter = window.shown_screen()
    assert isinstance(enter, EnterScreen)
    wait_idle(context)
    enter.desk.name.setText("Bénévole")
    enter.open_code(page_code(issued.number, 1))
    qtbot.waitUntil(lambda: enter.machine.page is not None and not enter.is_busy())

    def results() -> int:
        qtbot.waitUntil(lambda: not enter.is_busy() and not context.tasks.busy())
        return len(enter.machine.history)

    # A result is newer: the offer is gone, and Ctrl+Z takes the result back.
    press(qtbot, window, Qt.Key.Key_N)
    assert results() == 1
    assert window.foot.message.text() == ""
    press(qtbot, window, Qt.Key.Key_Z, control=True)
    assert (results(), undone) == (0, [])
    # What is said now is newer than the result: Ctrl+Z does what the line says, and so does its button.
    press(qtbot, window, Qt.Key.Key_N)
    assert results() == 1
    context.say("List 1 is marked as returned", lambda: undone.append("returned"))
    press(qtbot, window, Qt.Key.Key_Z, control=True)
    context.say("Turf 8 is retired", lambda: undone.append("retired"))
    window.foot.undo_wanted.emit()
    assert undone == ["returned", "retired"]
    assert results() == 1
    # A line that went with its language takes nothing back.
    context.say("Turf 9 is retired", lambda: undone.append("retired unseen"))
    window.set_language("fr")
    press(qtbot, window, Qt.Key.Key_Z, control=True)
    assert (results(), undone) == (0, ["returned", "retired"])


def test_a_trouble_is_said_in_the_language_of_the_screen(window: MainWindow, wait_idle: Wait) -> None:
    window.set_language("fr")
    window.context.error(NotFound(Text("Not here.", "Pas ici.")))
    assert window.trouble.words.text() == "Pas ici."
    assert window.trouble.isVisible()
    window.step_back()
    assert not window.trouble.isVisible()
    wait_idle(window.context)


def test_a_narrow_window_keeps_its_places_as_icons(window: MainWindow) -> None:
    wide = window.navigation.width()
    window.resize(*MIN_SIZE)
    assert window.navigation.width() < wide
    assert (window.width(), window.height()) == MIN_SIZE


def test_every_key_of_the_shell_is_on_the_f1_page(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_F1)
    assert window.keys_help.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.keys_help.isVisible()


def test_the_window_comes_back_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(910, 640)
    window.close()
    again = MainWindow(window.context)
    qtbot.addWidget(again)
    # The screen of the tests is 800 wide, so the width is cut down to the least there is.
    assert (again.width(), again.height()) == (MIN_SIZE[0], 640)


def test_every_control_of_the_shell_has_an_accessible_name(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for part in (window.navigation, window.top_bar, window.foot):
            for control in part.findChildren(kind):
                if control.isVisible() and not control.objectName().startswith("qt_"):
                    assert control.accessibleName(), control


def test_no_other_window_flashes_up_while_places_open(
    window: MainWindow, qtbot: QtBot, wait_idle: Wait
) -> None:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QWidget

    class Watch(QObject):
        shown: list[str] = []  # noqa: RUF012 - one test, one list

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.shown.append(type(watched).__name__)
            return False

    watch, app = Watch(), QApplication.instance()
    assert isinstance(app, QApplication)
    before = {one for one in app.topLevelWidgets() if one.isVisible()}
    app.installEventFilter(watch)
    try:
        for place in ("progress", "sync", "settings", "importing", "ridings"):
            window.show_place(place)
            wait_idle(window.context)
        window.find_anything()
        window.show_keys()
    finally:
        app.removeEventFilter(watch)
    assert watch.shown == []
    assert {one for one in app.topLevelWidgets() if one.isVisible()} == before
