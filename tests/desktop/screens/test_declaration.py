"""The declaration on the screen Sync, in the first window and in the trouble line: read, accepted by keyboard, told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.first_run.assistant import FirstRun
from canvass_app.desktop.first_run.locked import LockedWindow
from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync.background import REFUSED_MS
from canvass_app.desktop.shell.trouble_bar import tell_refusal
from canvass_app.desktop.shell.window import MainWindow
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import apply_theme
from canvass_app.domain.errors import SyncProblem
from canvass_app.hq.ward import find
from canvass_app.services.book import open_book
from canvass_app.services.declaring import accepted, wanted
from canvass_app.services.lease import DAY_MS, locked
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.sync.problems import UNREACHABLE, Undeclared
from tests.desktop.screens.sync_kit import (
    NOWHERE,
    Laptop,
    Show,
    context,
    fill_and_join,
    laptop,
    server,
    settle,
    show,
    street_folder,
)
from tests.hq.kit import DECLARATION, Hq

__all__ = ["context", "laptop", "server", "show", "street_folder"]

CHANGED = {"en": "<b>I also lock the door.</b>", "fr": "<b>Je ferme aussi la porte à clé.</b>"}


@pytest.fixture
def asking(server: Hq) -> Hq:
    server.ask_for(DECLARATION)
    return server


def names(hq: Hq, device: bytes) -> tuple[str, ...]:
    return find(hq.office, device.hex()).declared_by


def test_who_has_just_joined_reads_it_and_accepts_by_keyboard_alone(
    qtbot: QtBot, laptop: Laptop, asking: Hq, show: Show
) -> None:
    laptop.type_results(4)
    screen = show()
    fill_and_join(qtbot, screen, asking.url, asking.code())
    form = screen.declaration.form
    assert form.isVisible()
    assert not screen.join_card.isVisible()
    assert form.words.text() == DECLARATION["en"]
    assert form.words.textFormat() == Qt.TextFormat.PlainText
    # All was sent; the screen says why nothing comes, once.
    assert screen.lead.text().startswith("All 4 results of tonight are at headquarters.")
    assert "once the campaign’s declaration is accepted" in screen.detail.text()
    assert not screen.trouble.isVisible()
    assert screen.care.texts() == []
    assert screen.state.standing.incomplete != ()
    assert screen.focusProxy() is form.name
    screen.setFocus()
    assert form.name.hasFocus()
    assert DECLARATION["en"] in form.name.accessibleDescription()
    assert not form.button.isEnabled()
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert wanted(laptop.book) is not None
    qtbot.keyClicks(form.name, "Ana Roy")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not form.isVisible(), timeout=30_000)
    settle(qtbot, screen)
    assert names(asking, laptop.book.device_id) == ("Ana Roy",)
    assert screen.state.standing.incomplete == ()
    assert screen.focusProxy() is screen.try_button
    assert screen.background.error is None


def test_it_is_accepted_in_the_language_that_is_shown(
    qtbot: QtBot, laptop: Laptop, asking: Hq, show: Show
) -> None:
    join(laptop.book, asking.url, asking.code(), "Laptop 4")
    screen = show()
    form = screen.declaration.form
    form.name.setText("Zoé Côté")
    set_language("fr")
    QApplication.processEvents()
    assert form.words.text() == DECLARATION["fr"]
    assert (form.button.text(), form.name.text()) == ("J’accepte", "Zoé Côté")
    qtbot.keyClick(form.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not form.isVisible(), timeout=30_000)
    settle(qtbot, screen)
    assert [(one.by, one.language) for one in accepted(laptop.book)] == [("Zoé Côté", "fr")]
    assert names(asking, laptop.book.device_id) == ("Zoé Côté",)


def test_without_a_network_it_is_kept_and_the_next_sync_fetches(
    qtbot: QtBot, laptop: Laptop, asking: Hq, show: Show, tmp_path: Path
) -> None:
    join(laptop.book, asking.url, asking.code(), "Laptop 4")
    laptop.book.set_meta("hq_url", NOWHERE)
    screen = show()
    form = screen.declaration.form
    form.name.setText("Ana Roy")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not form.isVisible(), timeout=30_000)
    settle(qtbot, screen)
    assert "cannot be reached" in screen.trouble.text()
    assert names(asking, laptop.book.device_id) == ()
    laptop.book.set_meta("hq_url", asking.url)
    screen.try_now()
    settle(qtbot, screen)
    assert names(asking, laptop.book.device_id) == ("Ana Roy",)
    assert not screen.trouble.isVisible()


def test_a_text_that_changed_while_it_was_read_is_not_accepted(
    qtbot: QtBot, laptop: Laptop, asking: Hq, show: Show
) -> None:
    join(laptop.book, asking.url, asking.code(), "Laptop 4")
    screen = show()
    form = screen.declaration.form
    asking.ask_for(CHANGED)
    with pytest.raises(Undeclared):
        sync_now(laptop.book)
    form.name.setText("Ana Roy")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    settle(qtbot, screen)
    assert "changed its declaration" in form.trouble.text()
    assert form.words.text() == CHANGED["en"]
    assert accepted(laptop.book) == []
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not form.isVisible(), timeout=30_000)
    settle(qtbot, screen)
    assert names(asking, laptop.book.device_id) == ("Ana Roy",)


def test_the_sync_by_itself_says_so_once_and_goes_on_sending(
    qtbot: QtBot, laptop: Laptop, asking: Hq, show: Show
) -> None:
    join(laptop.book, asking.url, asking.code(), "Laptop 4")
    screen = show()
    said: list[Any] = []
    heard: list[str] = []
    screen.background.refused.connect(said.append)
    screen.background.connection.connect(heard.append)
    for first in (1, 2):
        laptop.type_results(1, first=first)
        screen.background.run_now()
        settle(qtbot, screen)
        assert sync_status(laptop.book).pending == 0
        assert screen.background.next_in_ms() < REFUSED_MS - 60_000
    assert [type(one) for one in said] == [Undeclared]
    assert heard == ["online", "online"]
    # A save is sent in a moment, as ever.
    screen.background.soon()
    assert screen.background.next_in_ms() <= 4_000


def test_the_trouble_line_leads_to_it_and_is_quiet_where_it_stands(
    qtbot: QtBot, laptop: Laptop, asking: Hq, context: AppContext
) -> None:
    join(laptop.book, asking.url, asking.code(), "Laptop 4")
    window = MainWindow(context)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start("ridings")
    tell_refusal(window, Undeclared())
    assert "declaration" in window.trouble.words.text()
    assert window.trouble.way.accessibleName() == "Read the declaration"
    qtbot.keyClick(window.trouble.way, Qt.Key.Key_Space)
    assert window.place == "sync"
    assert not window.trouble.isVisible()
    screen: Any = window.shown_screen()
    qtbot.waitUntil(lambda: not context.tasks.busy() and screen.declaration.form.isVisible())
    assert screen.declaration.form.name.hasFocus()
    tell_refusal(window, Undeclared())
    assert not window.trouble.isVisible()
    # Another trouble has no such button.
    context.error(SyncProblem(UNREACHABLE))
    assert window.trouble.isVisible()
    assert not window.trouble.way.isVisible()
    window.close()


def test_a_small_window_at_double_size_never_scrolls_sideways(
    qtbot: QtBot, qapp: QApplication, laptop: Laptop, asking: Hq, show: Show
) -> None:
    asking.ask_for({one: text * 20 for one, text in DECLARATION.items()})
    join(laptop.book, asking.url, asking.code(), "Laptop 4")
    screen = show()
    screen.resize(720, 480)
    apply_theme(qapp, "dark", 2.0)
    QApplication.processEvents()
    assert screen.declaration.form.isVisible()
    assert screen.area.widget().width() <= screen.area.viewport().width()


# --- the first window, and the locked one -----------------------------------------------------------------


@pytest.fixture
def first(tmp_path: Path, qtbot: QtBot, asking: Hq) -> Iterator[FirstRun]:
    book = open_book(tmp_path / "new", passphrase="test", now_ms=asking.time)
    tasks = Tasks()
    window = FirstRun(AppContext(book, tasks, Preferences(None)))
    qtbot.addWidget(window)
    window.show()
    window.show_page(1)
    window.address.setText(asking.url)
    window.code.setText(asking.code(label="New"))
    window.device.setText("Laptop 9")
    qtbot.keyClick(window.device, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.pages.currentIndex() == 4, timeout=30_000)
    yield window
    tasks.close()
    book.close()
    set_language("en")


def test_the_first_window_asks_after_joining_and_opens_when_it_was_accepted(
    first: FirstRun, laptop: Laptop, asking: Hq, qtbot: QtBot, tmp_path: Path
) -> None:
    form = first.declaration
    assert form.words.text() == DECLARATION["en"]
    qtbot.keyClicks(form.name, "Ana Roy")
    with qtbot.waitSignal(first.ready, timeout=30_000):
        qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert names(asking, first.context.book.device_id) == ("Ana Roy",)
    assert wanted(first.context.book) is None


def test_the_first_window_can_be_left_for_later_and_says_what_is_no_name(
    first: FirstRun, asking: Hq, qtbot: QtBot
) -> None:
    form = first.declaration
    form.name.setText("12")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: first.pages.currentIndex() == 4 and bool(first._problem.text()), timeout=30_000)
    assert "first and last name" in first._problem.text()
    with qtbot.waitSignal(first.ready):
        qtbot.keyClick(first.later_button, Qt.Key.Key_Space)
    assert sync_status(first.context.book).joined
    assert wanted(first.context.book) is not None


def test_the_first_window_opens_although_the_network_went_after_it_was_accepted(
    first: FirstRun, qtbot: QtBot
) -> None:
    first.context.book.set_meta("hq_url", NOWHERE)
    first.declaration.name.setText("Ana Roy")
    with qtbot.waitSignal(first.ready, timeout=30_000):
        qtbot.keyClick(first.declaration.name, Qt.Key.Key_Return)
    assert wanted(first.context.book) is None


def test_a_locked_laptop_that_met_headquarters_opens_to_be_asked(
    laptop: Laptop, asking: Hq, qtbot: QtBot
) -> None:
    join(laptop.book, asking.url, asking.code(), "Laptop 4")
    laptop.clock.ms += 31 * DAY_MS
    why = locked(laptop.book)
    assert why is not None
    window = LockedWindow(laptop.book, why)
    qtbot.addWidget(window)
    window.show()
    window.sync.click()
    qtbot.waitUntil(lambda: window.result() == 1, timeout=30_000)
    assert locked(laptop.book) is None
    assert wanted(laptop.book) is not None
