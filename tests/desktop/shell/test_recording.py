"""A canvasser's laptop records results: what prepares is not offered, and says why when it is asked for all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.shell.commands import shell_commands
from canvass_app.desktop.shell.navigation import NavButton
from canvass_app.desktop.shell.record import PREPARING
from canvass_app.desktop.shell.window import MainWindow

Wait = Callable[[AppContext], None]


@pytest.fixture
def window(context: AppContext, qtbot: QtBot, wait_idle: Wait) -> Iterator[MainWindow]:
    """The window of a canvasser's laptop."""
    context.book.set_facts({"hq_url": "http://127.0.0.1:1", "role": "canvasser"})
    made = MainWindow(context)
    made.resize(1280, 800)
    made.show()
    made.start("turfs")
    made.read_status()
    wait_idle(context)
    yield made
    made.close()
    made.deleteLater()


def test_places_that_prepare_are_not_offered(window: MainWindow, wait_idle: Wait) -> None:
    shown = {button.text() for button in window.navigation.findChildren(NavButton) if not button.isHidden()}
    assert shown == {"Ridings", "Turfs", "Lists", "Enter", "Progress", "Sync", "Settings"}
    titles = {one.title() for one in shell_commands(window)}
    assert not titles & {"Import addresses", "Import people", "Export people", "What needs a decision"}
    for place in sorted(PREPARING):
        window.show_place(place)
        assert window.place == "turfs"
        assert "canvass lead" in window.trouble.words.text()
        window.trouble.clear()


def test_a_lead_s_laptop_has_every_place(window: MainWindow, wait_idle: Wait) -> None:
    """A new code made the canvasser a lead."""
    window.context.book.set_facts({"role": "lead"})
    window.read_status()
    wait_idle(window.context)
    shown = {button.text() for button in window.navigation.findChildren(NavButton) if not button.isHidden()}
    assert {"Review", "Teams"} <= shown
    window.show_place("importing")
    assert window.place == "importing"
