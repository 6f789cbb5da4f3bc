"""A laptop with a walk list, a real headquarters on loopback, and the screen Sync between them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync import SyncScreen
from canvass_app.desktop.screens.sync.background import background_of
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import apply_theme
from canvass_app.services.book import Book, open_book
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.syncing import join, sync_now
from canvass_app.storage.changes import ChangeSet
from tests.desktop.screens.evenings import START_MS, Clock, add_street, cut, open_evenings
from tests.desktop.screens.world import RIDING
from tests.hq.kit import Hq, running_hq

NOWHERE = "http://127.0.0.1:9"


@dataclass
class Laptop:
    """A book with one walk list of six doors, and its clock."""

    book: Book
    clock: Clock
    number: int
    _last: Any = None

    def type_results(self, count: int, volunteer: str = "Luc Roy", first: int = 1) -> None:
        shift = open_shift(self.book, volunteer, RIDING, self.number)
        for line in range(first, first + count):
            self._last = record(self.book, shift, self.number, line, Mark(code="refused"))

    def book_changes(self) -> ChangeSet:
        """What the last result changed."""
        return self._last.changes


@pytest.fixture(scope="session")
def street_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laptop with a street and its walk list, made once; tests copy it."""
    folder = tmp_path_factory.mktemp("street")
    book = open_evenings(folder, Clock())
    cut(book, "Turf 1", add_street(book, "Birch Street", 6))
    book.close()
    return folder


@pytest.fixture
def laptop(street_folder: Path, tmp_path: Path) -> Iterator[Laptop]:
    shutil.copytree(street_folder, tmp_path / "laptop", ignore=shutil.ignore_patterns("*.lock"))
    clock = Clock(START_MS + 3_600_000)
    book = open_book(tmp_path / "laptop", passphrase="test", now_ms=clock)
    number = int(book.read().query("SELECT number FROM walk_list")[0][0])
    yield Laptop(book, clock, number)
    book.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Hq]:
    """A headquarters on SQLite whose clock shows the laptop's evening."""
    (tmp_path / "hq").mkdir()
    for served in running_hq(tmp_path / "hq" / "data", "", (RIDING,)):
        served.time.ms = START_MS + 3_600_000
        yield served


@pytest.fixture
def context(laptop: Laptop, qapp: QApplication) -> Iterator[AppContext]:
    apply_theme(qapp, "light")
    set_language("en")
    made = AppContext(laptop.book, Tasks(), Preferences(None))
    made.set_riding(RIDING)
    yield made
    background_of(made).stop()
    made.tasks.close()
    set_language("en")
    apply_theme(qapp, "light")


Show = Callable[[], SyncScreen]


@pytest.fixture
def show(qtbot: QtBot, context: AppContext) -> Show:
    """Shows the screen and waits until it has read its state."""

    def make() -> SyncScreen:
        screen = SyncScreen(context)
        qtbot.addWidget(screen)
        context.changed.connect(screen.on_changes)
        screen.resize(1060, 720)
        with qtbot.waitActive(screen):
            screen.show()
            screen.activateWindow()
        screen.refresh()
        settle(qtbot, screen)
        return screen

    return make


def settle(qtbot: QtBot, screen: SyncScreen) -> None:
    qtbot.waitUntil(
        lambda: (
            not screen.context.tasks.busy() and not screen.is_busy() and not screen.background.is_running()
        ),
        timeout=30_000,
    )


def fill_and_join(qtbot: QtBot, screen: SyncScreen, url: str, code: str) -> None:
    card = screen.join_card
    card.address.setText(url)
    card.code.setText(code)
    card.name.setText("Laptop 4")
    qtbot.keyClick(card.code, Qt.Key.Key_Return)
    settle(qtbot, screen)


def others_work(laptop: Laptop, server: Hq, folder: Path, lines: tuple[int, ...] = (5,)) -> None:
    """Nadia types results of the same list on another laptop, and they reach headquarters."""
    other = open_book(folder, passphrase="test", now_ms=laptop.clock)
    try:
        join(other, server.url, server.code(), "Laptop 5")
        sync_now(other)
        shift = open_shift(other, "Nadia", RIDING, laptop.number)
        for line in lines:
            record(other, shift, laptop.number, line, Mark(code="refused"))
        sync_now(other)
    finally:
        other.close()
