"""The first minutes on a new laptop."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from canvass_app.desktop.first_run.assistant import FirstRun
from canvass_app.desktop.first_run.passphrase import PassphraseDialog, strength
from canvass_app.desktop.first_run.trouble import TroubleWindow
from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.tasks import Tasks
from canvass_app.domain.errors import AlreadyOpen
from canvass_app.domain.text import Text
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.journalling import settle
from canvass_app.services.ridings import list_ridings
from canvass_app.services.salvage import repair_folder
from tests.services.conftest import CAMPAIGN

Wait = Callable[[AppContext], None]


@pytest.fixture
def new_book(tmp_path: Path) -> Iterator[Book]:
    opened = open_book(tmp_path / "new", passphrase="test")
    yield opened
    opened.close()


@pytest.fixture
def first(new_book: Book, qtbot: QtBot) -> Iterator[FirstRun]:
    tasks = Tasks()
    window = FirstRun(AppContext(new_book, tasks, Preferences(None)))
    qtbot.addWidget(window)
    window.show()
    yield window
    tasks.close()
    set_language("en")


def test_the_demo_is_one_press_away(first: FirstRun, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.ready, timeout=60_000):
        qtbot.keyClick(first.demo_card, Qt.Key.Key_Space)
    book = first.context.book
    assert book.campaign is not None
    assert list_ridings(book)[0].doors > 1000


def test_stopping_the_demo_leaves_nothing_half_written(first: FirstRun, qtbot: QtBot) -> None:
    first.load_demo()
    assert first.pages.currentIndex() == 3
    first._cancel()
    qtbot.waitUntil(lambda: first.pages.currentIndex() == 0, timeout=60_000)
    assert first.context.book.campaign is None
    assert list_ridings(first.context.book) == []


def test_a_name_is_enough_to_start_alone(first: FirstRun, qtbot: QtBot) -> None:
    qtbot.mouseClick(first.alone_card, Qt.MouseButton.LeftButton)
    assert not first.start_button.isEnabled()
    qtbot.keyClicks(first.name, "Vote Together 2015")
    with qtbot.waitSignal(first.ready):
        qtbot.keyClick(first.name, Qt.Key.Key_Return)
    assert first.context.book.campaign_name("en") == "Vote Together 2015"


def test_a_file_that_is_no_campaign_is_refused_in_words(
    first: FirstRun, qtbot: QtBot, tmp_path: Path, wait_idle: Wait
) -> None:
    path = tmp_path / "campaign.json"
    for text in ("[]", "{", json.dumps({"name": "x"})):
        path.write_text(text, "utf-8")
        first.show_page(2)
        first.take_file(path)
        qtbot.mouseClick(first.start_button, Qt.MouseButton.LeftButton)
        wait_idle(first.context)
        assert "Nothing was changed" in first._problem.text()
    assert first.context.book.campaign is None


def test_joining_wants_all_three_and_says_when_nobody_answers(
    first: FirstRun, qtbot: QtBot, wait_idle: Wait
) -> None:
    qtbot.mouseClick(first.join_card, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(first.address, "http://127.0.0.1:9")
    assert not first.join_button.isEnabled()
    qtbot.keyClicks(first.code, "ABCD-EFGH")
    first.device.setText("Laptop 3")
    qtbot.mouseClick(first.join_button, Qt.MouseButton.LeftButton)
    wait_idle(first.context)
    assert first.pages.currentIndex() == 1
    assert first._problem.text()


def test_the_language_is_chosen_before_anything_else(first: FirstRun, qtbot: QtBot) -> None:
    assert first.demo_card.text() == "Try the &demo"
    set_language("fr")
    qtbot.waitUntil(lambda: first.demo_card.text() == "Essayer la &démonstration")


def test_strength_grows_with_words() -> None:
    levels = [
        strength(text)
        for text in ("short", "password", "two words", "three words here", "four quiet herons at noon long")
    ]
    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == (0, 3)


def test_a_new_passphrase_is_asked_twice(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = PassphraseDialog(tmp_path / "data", new=True)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.first, "four quiet herons")
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.second, "four quiet heron")
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.second, "s")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.book is not None)
    assert dialog.book is not None
    dialog.book.close()
    open_book(tmp_path / "data", passphrase="four quiet herons").close()


def test_a_wrong_passphrase_is_said_once_and_clearly(new_book: Book, qtbot: QtBot) -> None:
    new_book.close()
    dialog = PassphraseDialog(new_book.folder, new=False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.first, "not this one")
    qtbot.keyClick(dialog.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not fit" in dialog._hint.text())
    dialog.first.clear()
    qtbot.keyClicks(dialog.first, "test")
    qtbot.keyClick(dialog.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.book is not None)
    assert dialog.book is not None
    dialog.book.close()


def test_caps_lock_is_noticed(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = PassphraseDialog(tmp_path, new=False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.first, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    dialog.first.clear()
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(dialog.first, event)
    assert "Caps Lock" in dialog._hint.text()
    dialog.reject()


def test_a_second_copy_on_the_same_data_says_so(new_book: Book, qtbot: QtBot) -> None:
    with pytest.raises(AlreadyOpen) as caught:
        open_book(new_book.folder, passphrase="test")
    window = TroubleWindow(caught.value)
    qtbot.addWidget(window)
    assert "already open" in window.sentence.text()


def test_a_damaged_database_is_repaired_by_one_button(new_book: Book, qtbot: QtBot) -> None:
    folder = new_book.folder
    set_campaign(new_book, CAMPAIGN)
    settle(new_book)
    new_book.close()
    path = folder / "canvass.db"
    path.write_bytes(path.read_bytes()[:100] + bytes(4000) + path.read_bytes()[4100:])
    dialog = PassphraseDialog(folder, new=False)
    qtbot.addWidget(dialog)
    dialog.first.setText("test")
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.damaged is not None)
    assert dialog.damaged is not None
    error, passphrase = dialog.damaged

    def repair() -> tuple[Book, list[Text]]:
        done = repair_folder(folder, passphrase=passphrase)
        return open_book(folder, passphrase=passphrase), done.texts()

    window = TroubleWindow(error, repair)
    qtbot.addWidget(window)
    assert "journal" in window.sentence.text()
    window.go.click()
    window.reject()  # Escape does not end a repair half-way
    assert not window.result()
    qtbot.waitUntil(lambda: window.book is not None)
    assert "built again" in window.sentence.text()
    window.go.click()
    assert window.result() == window.DialogCode.Accepted
    assert window.book is not None
    assert window.book.campaign is not None
    window.book.close()
