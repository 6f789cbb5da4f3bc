"""Entering results through the real screen: real key events, the real book, the real threads."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.enter import EnterScreen
from canvass_app.domain.numbers import list_code, page_code
from canvass_app.services.book import Book, open_book
from canvass_app.services.entry import add_person, open_page, open_shift
from canvass_app.services.erasure import erase_person
from tests.desktop.screens.world import RIDING, add_doors, issue, new_book

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    yield opened
    opened.close()


class Keyboard:
    """Types into whatever has the focus, and counts the keys."""

    def __init__(self, screen: EnterScreen, qtbot: QtBot) -> None:
        self.screen, self.qtbot, self.count = screen, qtbot, 0

    def press(self, *keys: str) -> None:
        """Press keys by name, one after the other, without waiting for anything."""
        for key in keys:
            self.count += 1
            target = QApplication.focusWidget()
            assert target is not None, f"nothing has the focus for {key}"
            named = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Backspace": Qt.Key.Key_Backspace,
                     "Down": Qt.Key.Key_Down, "End": Qt.Key.Key_End}  # fmt: skip
            if key in named:
                QTest.keyClick(target, named[key])
            elif len(key) == 1 and key.isupper():
                QTest.keyClick(target, key, SHIFT)
            else:
                QTest.keyClick(target, key)

    def settle(self) -> None:
        """Wait until everything typed is durable and shown."""
        screen = self.screen
        self.qtbot.waitUntil(lambda: not screen.is_busy() and not screen.context.tasks.busy(), timeout=20_000)


@pytest.fixture
def screen(context: AppContext, qtbot: QtBot) -> EnterScreen:
    context.set_riding(RIDING)
    made = EnterScreen(context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.desk.name.setText("Anne Roy")
    made.refresh()
    made.activate(None)
    qtbot.waitUntil(lambda: not context.tasks.busy())
    return made


@pytest.fixture
def keyboard(screen: EnterScreen, qtbot: QtBot) -> Keyboard:
    return Keyboard(screen, qtbot)


def saved(book: Book, number: int) -> dict[int, str]:
    """What the database holds of a list, by line."""
    page = open_page(book, page_code(number, 1))
    lines = [open_page(book, page_code(number, n)).lines for n in range(1, page.pages + 1)]
    return {
        one.line.line: one.saved.support_text or one.saved.code for part in lines for one in part if one.saved
    }


def test_25_lines_take_at_most_40_keys_from_the_code_to_the_list_closed(
    book: Book, screen: EnterScreen, keyboard: Keyboard
) -> None:
    document = issue(book, add_doors(book, 25))
    assert len(document.lines) == 25
    results = ["n", "n", "r", "n", "2"] * 5
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    for page in document.pages:
        for line in page.lines:
            keyboard.press(results[line.line - 1])
            keyboard.settle()
        keyboard.press("Enter")
        keyboard.settle()
    assert screen.machine.page is None
    told = saved(book, document.number)
    assert len(told) == 25
    assert sorted(told.values()).count("not_home") == 15
    assert sorted(told.values()).count("refused") == 5
    assert sorted(told.values()).count("2") == 5
    print(f"keystrokes for 25 lines: {keyboard.count}")
    assert keyboard.count <= 40


def test_typing_faster_than_the_disk_loses_nothing(
    book: Book, screen: EnterScreen, keyboard: Keyboard
) -> None:
    document = issue(book, add_doors(book, 25))
    first = len(document.pages[0].lines)
    keyboard.press(
        *list_code(document.number), "Enter", *("n" * first), "Enter", *("r" * (25 - first)), "Enter"
    )
    keyboard.settle()
    assert saved(book, document.number) == {
        line: "not_home" if line <= first else "refused" for line in range(1, 26)
    }
    assert screen.machine.page is None


def test_the_mark_appears_only_when_the_result_is_durable(
    book: Book, screen: EnterScreen, keyboard: Keyboard, qtbot: QtBot
) -> None:
    document = issue(book, add_doors(book, 3))
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("n")
    assert 1 not in screen.machine.marks
    qtbot.waitUntil(lambda: 1 in screen.machine.marks)
    assert saved(book, document.number) == {1: "not_home"}


def test_a_full_disk_stops_the_queue_says_so_and_loses_no_key(
    book: Book, screen: EnterScreen, keyboard: Keyboard
) -> None:
    document = issue(book, add_doors(book, 40))
    first = len(document.pages[0].lines)
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    with book.database.write() as db:
        pages = int(db.query("PRAGMA page_count")[0][0])
        db.query(f"PRAGMA max_page_count = {pages}")
    keyboard.press(*("2" * first))
    keyboard.settle()
    assert screen.machine.trouble
    told = saved(book, document.number)
    assert len(told) < first
    assert set(told) == set(screen.machine.marks)
    assert "room" in screen.page.said() or "full" in screen.page.said()
    assert not screen.can_leave()
    with book.database.write() as db:
        db.query(f"PRAGMA max_page_count = {pages + 10_000}")
    keyboard.press("Enter")
    keyboard.settle()
    assert saved(book, document.number) == dict.fromkeys(range(1, first + 1), "2")
    assert screen.can_leave()


def test_a_wrong_code_is_said_in_place_and_stays_selected(screen: EnterScreen, keyboard: Keyboard) -> None:
    keyboard.press(*"4127a-1", "Enter")
    keyboard.settle()
    assert screen.machine.page is None
    assert "wrong digit" in screen.desk.trouble.text()
    assert screen.desk.code.selectedText() == "4127a-1"


def test_an_unknown_list_says_what_to_do(screen: EnterScreen, keyboard: Keyboard) -> None:
    keyboard.press(*list_code(5000), "Enter")
    keyboard.settle()
    assert "Sync first" in screen.desk.trouble.text()


def test_without_a_name_no_page_opens(book: Book, screen: EnterScreen, keyboard: Keyboard) -> None:
    document = issue(book, add_doors(book, 2))
    screen.desk.name.clear()
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    assert screen.machine.page is None
    assert QApplication.focusWidget() is screen.desk.name
    keyboard.press(*"Luc", "Enter")
    keyboard.settle()
    assert screen.machine.page is not None
    assert screen.context.author == "Luc"


def test_caps_lock_left_on_changes_nothing(book: Book, screen: EnterScreen, keyboard: Keyboard) -> None:
    document = issue(book, add_doors(book, 3))
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    QTest.keyClick(screen.page.sheet, "N")
    keyboard.settle()
    assert saved(book, document.number) == {1: "not_home"}


def test_a_person_met_at_the_door_is_added_by_keyboard_alone(
    book: Book, screen: EnterScreen, keyboard: Keyboard
) -> None:
    document = issue(book, add_doors(book, 3))
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("m", "+")
    keyboard.settle()
    keyboard.press(*"Smith", "Enter", *"Jo", "Enter")
    keyboard.settle()
    rows = book.read().query("SELECT door_id FROM person WHERE last = 'Smith' AND first = 'Jo'")
    assert [bytes(row[0]) for row in rows] == [document.lines[0].door_id]
    keyboard.press("n")
    keyboard.settle()
    assert saved(book, document.number) == {1: "moved", 2: "not_home"}


def test_somebody_who_was_erased_is_added_only_when_the_name_is_typed_once_more(
    book: Book, screen: EnterScreen, keyboard: Keyboard
) -> None:
    document = issue(book, add_doors(book, 3))
    shift = open_shift(book, "Anne Roy", RIDING)
    met = add_person(book, shift, RIDING, document.lines[0].door_id, "Smith", "Jo").person_id
    erase_person(book, RIDING, met, author="lead")

    def people() -> int:
        return len(book.read().query("SELECT 1 FROM person WHERE last = 'Smith'"))

    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("+")
    keyboard.settle()
    keyboard.press(*"Smith", "Enter", *"Jo", "Enter")
    keyboard.settle()
    assert people() == 0
    # Enter alone does not do it: the fields are empty again.
    keyboard.press("Enter", "Enter")
    keyboard.settle()
    assert people() == 0
    for _ in range(2):
        screen.page.prompt.again()
        keyboard.press(*"Smith", "Enter", *"Jo", "Enter")
        keyboard.settle()
    assert people() == 1


def test_a_question_typed_ahead_gets_its_answer(book: Book, screen: EnterScreen, keyboard: Keyboard) -> None:
    document = issue(book, add_doors(book, 9))
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("n", "g", "7", "Enter", "r")
    keyboard.settle()
    assert saved(book, document.number) == {1: "not_home", 7: "refused"}


def test_closing_the_shift_counts_its_results_and_what_is_only_here(
    book: Book, screen: EnterScreen, keyboard: Keyboard, qtbot: QtBot
) -> None:
    document = issue(book, add_doors(book, 4))
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("n", "r", "2", "Backspace", "Esc")
    keyboard.settle()
    with qtbot.waitSignal(screen.context.message) as said:
        screen.end_shift()
    assert said.args is not None
    assert said.args[0] == "Shift of Anne Roy closed: 2 results saved, 2 only on this laptop."


def test_a_shift_that_headquarters_acknowledged_says_so(
    book: Book, screen: EnterScreen, keyboard: Keyboard, qtbot: QtBot
) -> None:
    document = issue(book, add_doors(book, 2))
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("n")
    keyboard.settle()
    with book.database.write() as db:
        db.run("UPDATE device_log SET acked_through = last_seq")
    with qtbot.waitSignal(screen.context.message) as said:
        screen.end_shift()
    assert said.args is not None
    assert said.args[0] == "Shift of Anne Roy closed: 1 result saved, headquarters has them all."


def test_undo_from_the_desk_opens_the_page_again(book: Book, screen: EnterScreen, keyboard: Keyboard) -> None:
    document = issue(book, add_doors(book, 4))
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("n", "Esc")
    keyboard.settle()
    assert screen.undo()
    keyboard.settle()
    assert saved(book, document.number) == {}
    assert screen.machine.page is not None


def test_a_finished_list_is_offered_as_returned(book: Book, screen: EnterScreen, keyboard: Keyboard) -> None:
    from canvass_app.services.walk_lists import list_walk_lists

    document = issue(book, add_doors(book, 2))
    screen.refresh()
    keyboard.settle()
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("n", "n", "Enter")
    keyboard.settle()
    screen.desk.return_wanted.emit()
    keyboard.settle()
    assert list_walk_lists(book, RIDING)[0].returned


def test_the_page_speaks_french_at_once(
    book: Book, screen: EnterScreen, keyboard: Keyboard, qtbot: QtBot
) -> None:
    document = issue(book, add_doors(book, 2))
    keyboard.press(*list_code(document.number), "Enter")
    keyboard.settle()
    keyboard.press("n")
    keyboard.settle()
    set_language("fr")
    try:
        assert screen.title() == "Saisir les résultats"
        qtbot.waitUntil(lambda: screen.page.said() == "La ligne 1 est enregistrée.")
    finally:
        set_language("en")


KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.enter import EnterScreen
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import apply_theme
from canvass_app.domain.numbers import list_code
from canvass_app.services.book import open_book

folder, number, results = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
app = QApplication([])
apply_theme(app, "light")
context = AppContext(open_book(folder, passphrase="test"), Tasks(), Preferences(None))
screen = EnterScreen(context)
screen.show()
screen.desk.name.setText("Anne Roy")
shown = 0
sheet, real = screen.page.sheet, screen.page.sheet.show_state

def seen():
    real()
    if len(screen.machine.marks) == results:
        os._exit(9)

sheet.show_state = seen
screen.open_code(list_code(number))
while screen.machine.page is None:
    app.processEvents()
for _ in range(60):
    QTest.keyClick(sheet, "n")
while True:
    app.processEvents()
"""


def test_what_the_screen_showed_as_saved_survives_the_death_of_the_program(
    tmp_path: Path, qapp: QApplication
) -> None:
    folder = tmp_path / "killed"
    book = new_book(folder)
    document = issue(book, add_doors(book, 60))
    book.close()
    first = len(document.pages[0].lines)
    command = [sys.executable, "-c", KILLED, str(folder), str(document.number), str(first - 3)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 9, done.stderr
    again = open_book(folder, passphrase="test")
    try:
        told = saved(again, document.number)
        # The next one may have been on its way to the disk when the program died; none before it is missing.
        assert set(range(1, first - 2)) <= set(told)
        assert len(told) <= first - 2
    finally:
        again.close()
