"""The export of people on the real screen: a reason, a name, an archive, and a passphrase that is shown once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import pyzipper
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.exporting import ExportScreen
from canvass_app.desktop.screens.lists import ListsScreen
from canvass_app.ledger.kinds import BarSet
from canvass_app.services.book import Book
from tests.desktop.screens.world import RIDING, add_doors, issue, new_book

Settle = Callable[[], None]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    opened.set_meta("author", "Ana Lead")
    doors = add_doors(opened, 20, people=(1, 2))
    issue(opened, doors[:6], name="Birch")
    with opened.act("Ana Lead") as act:
        act.add(RIDING, doors[1], BarSet(target="door"))
    yield opened
    opened.close()


@pytest.fixture
def screen(context: AppContext, qtbot: QtBot, tmp_path: Path) -> ExportScreen:
    context.set_riding(RIDING)
    made = ExportScreen(context)
    made.choose_folder = lambda _: tmp_path
    qtbot.addWidget(made)
    made.resize(1000, 700)
    context.changed.connect(made.on_changes)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.refresh()
    qtbot.waitUntil(lambda: not context.tasks.busy() and not made.is_busy())
    return made


@pytest.fixture
def settle(screen: ExportScreen, qtbot: QtBot) -> Settle:
    return lambda: qtbot.waitUntil(
        lambda: not screen.context.tasks.busy() and not screen.is_busy(), timeout=20_000
    )


def shown(screen: ExportScreen) -> str:
    return screen._count.text()


def archives(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("*.zip"))


def test_who_would_leave_and_who_stays_is_counted_before_anything_is_written(screen: ExportScreen) -> None:
    assert shown(screen) == "28 people · 2 stay: marked “do not contact”"


def test_by_keyboard_alone_a_list_leaves_and_its_passphrase_opens_it(
    screen: ExportScreen, settle: Settle, tmp_path: Path
) -> None:
    screen.reason.setFocus()
    QTest.keyClicks(screen.reason, "Signs for the weekend")
    QTest.keyClick(screen.reason, Qt.Key.Key_Return, CONTROL)
    settle()
    (path,) = archives(tmp_path)
    words = screen.done.passphrase.text()
    with pyzipper.AESZipFile(BytesIO(path.read_bytes())) as archive:
        archive.setpassword(words.encode())
        assert any(b"Tremblay" in archive.read(name) for name in archive.namelist())
    assert screen.done.finish.hasFocus()
    QTest.keyClick(screen.done.finish, Qt.Key.Key_Space)
    assert screen.done.passphrase.text() == ""
    assert screen.done.exported is None
    assert screen.reason.text() == ""
    assert not screen.go.isEnabled()


def test_the_passphrase_waits_for_who_looks_elsewhere_first(screen: ExportScreen, settle: Settle) -> None:
    screen.reason.setText("Signs for the weekend")
    screen.export()
    settle()
    words = screen.done.passphrase.text()
    screen.refresh()
    settle()
    assert screen.done.isVisible()
    assert screen.done.passphrase.text() == words


@pytest.mark.parametrize("left_out", ["reason", "name", "columns", "sure", "people"])
def test_what_is_missing_is_said_and_nothing_leaves(
    screen: ExportScreen, settle: Settle, tmp_path: Path, left_out: str
) -> None:
    said = {
        "reason": "Give a reason, in a few words.", "name": "Give your name.", "columns": "Choose a column.",
        "sure": "Say that the file must be open, or encrypt it.",
        "people": "Nobody is in this choice who may be contacted.",
    }  # fmt: skip
    screen.reason.setText("signs" if left_out == "reason" else "Signs for Sunday")
    if left_out == "name":
        screen.name.setText(" ")
    if left_out == "columns":
        for box in screen.columns.values():
            box.setChecked(False)
    if left_out == "sure":
        screen.plain.setChecked(True)
        assert screen.sure.isVisible()
    if left_out == "people":
        screen.whom.setCurrentIndex(1)
        settle()
    assert screen._missing.text() == said[left_out]
    assert not screen.go.isEnabled()
    screen.export()
    settle()
    assert archives(tmp_path) == []


def test_an_open_file_needs_a_second_tick_and_has_no_passphrase(
    screen: ExportScreen, settle: Settle, tmp_path: Path
) -> None:
    screen.reason.setText("The mail house wants it open")
    screen.plain.setChecked(True)
    screen.sure.setChecked(True)
    screen.export()
    settle()
    assert len(archives(tmp_path)) == 1
    assert not screen.done.passphrase.isVisible()
    screen.done.finish.click()
    assert not screen.plain.isChecked()


def test_a_role_that_may_not_export_is_told_so(
    book: Book, screen: ExportScreen, settle: Settle, tmp_path: Path
) -> None:
    book.set_facts({"hq_url": "https://hq.example", "role": "caller"})
    screen.reason.setText("Signs for Sunday")
    screen.refresh()
    settle()
    assert "caller" in shown(screen)
    assert not screen.go.isEnabled()


def test_a_walk_list_leads_to_its_people(
    context: AppContext, screen: ExportScreen, settle: Settle, qtbot: QtBot
) -> None:
    lists = ListsScreen(context)
    qtbot.addWidget(lists)
    lists.show()
    lists.refresh()
    qtbot.waitUntil(lambda: not context.tasks.busy() and not lists.is_busy())
    asked: list[tuple[str, object]] = []
    context.place_wanted.connect(lambda place, argument: asked.append((place, argument)))
    lists.table.setFocus()
    QTest.keyClick(lists.table, Qt.Key.Key_X)
    ((place, number),) = asked
    assert place == "exporting"
    screen.activate(number)
    settle()
    assert screen.whom.currentText().startswith("List ")
    assert shown(screen) == "7 people · 2 stay: marked “do not contact”"
