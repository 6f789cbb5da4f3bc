"""Review and History on the real screen: decisions by one key, a voiding seen before it is done, and its way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.history import HistoryScreen
from canvass_app.desktop.screens.review import ReviewScreen
from canvass_app.desktop.shell.window import MainWindow
from canvass_app.desktop.theme import apply_theme
from canvass_app.domain.walk_list import WalkListDocument
from canvass_app.ledger.events import Key, seal
from canvass_app.ledger.kinds import SupportMarked
from canvass_app.services.book import Book
from canvass_app.services.decisions import count_decisions, open_decisions
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.progress import progress
from canvass_app.services.voiding import list_outings
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project
from tests.desktop.screens.world import RIDING, add_doors, issue, new_book

Settle = Callable[[Screen], None]
ELSEWHERE = b"\x3f\x2a" + b"\7" * 14


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def sheet(book: Book) -> WalkListDocument:
    """Twenty doors, three results typed by Anne."""
    document = issue(book, add_doors(book, 20, people=(1, 2)), name="Birch")
    shift = open_shift(book, "Anne Roy", RIDING, document.number)
    record(book, shift, document.number, 1, Mark(support="2", note="<b>dog</b>"))
    record(book, shift, document.number, 4, Mark(code="not_home"))
    record(book, shift, document.number, 7, Mark(code="do_not_knock"))
    return document


@pytest.fixture
def settle(qtbot: QtBot) -> Settle:
    return lambda screen: qtbot.waitUntil(
        lambda: not screen.context.tasks.busy() and not screen.is_busy(), timeout=20_000
    )


def shown(screen: Screen, context: AppContext, qtbot: QtBot, settle: Settle) -> Any:
    context.set_riding(RIDING)
    qtbot.addWidget(screen)
    screen.resize(1160, 700)
    context.changed.connect(screen.on_changes)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.refresh()
    settle(screen)
    return screen


@pytest.fixture
def review(context: AppContext, sheet: WalkListDocument, qtbot: QtBot, settle: Settle) -> ReviewScreen:
    return shown(ReviewScreen(context), context, qtbot, settle)


@pytest.fixture
def history(context: AppContext, sheet: WalkListDocument, qtbot: QtBot, settle: Settle) -> HistoryScreen:
    return shown(HistoryScreen(context), context, qtbot, settle)


def disagree(book: Book, person: bytes) -> None:
    """Another laptop heard a 5 from somebody of whom this one knows something else, and nothing of that."""
    away = seal(
        RIDING, Key(ELSEWHERE, 1), person, SupportMarked(level="5"), author="Ann", shift=b"", hlc=book.clock.tick(),
        wall_ms=book.now_ms(), sees=[], nonce=b"12345678",
    )  # fmt: skip
    with book.database.write() as db:
        project(db, insert_events(db, [away]).new, book.time_zone)


def words(widget: Any) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel)]
    return "\n".join([*labels, *(button.text() for button in widget.findChildren(QPushButton))])


def press(widget: Any, key: Any) -> None:
    QTest.keyClick(widget, key)


def test_a_decision_is_made_with_one_key_and_taken_back_from_the_foot(
    review: ReviewScreen, book: Book, sheet: WalkListDocument, settle: Settle
) -> None:
    assert review.decisions.empty.isVisibleTo(review)
    disagree(book, sheet.lines[0].person_id)
    review.refresh()
    settle(review)
    said = words(review.decisions.side)
    assert "weak support (2)" in said
    assert "strong oppose (5)" in said
    assert "laptop\u00a03F2A" in said
    assert "this\u00a0laptop" in said
    assert "(1)" in review.tabs.tabText(0)
    undo: list[Any] = []
    review.context.message.connect(lambda _text, _tone, way_back: undo.append(way_back))
    stands = open_decisions(book)[0].sides[0].value.en
    press(review.decisions.table, Qt.Key.Key_2)
    settle(review)
    assert count_decisions(book) == 0
    assert review.decisions.empty.isVisibleTo(review)
    undo[-1]()
    settle(review)
    [row] = open_decisions(book)
    assert row.sides[0].value.en == stands
    assert review.decisions.table.rows.rowCount() == 1


def test_the_keyboard_stays_in_review_and_goes_to_the_rows_once_there_are_some(
    review: ReviewScreen, book: Book, sheet: WalkListDocument, settle: Settle
) -> None:
    review.setFocus()
    assert review.tabs.tabBar().hasFocus()
    disagree(book, sheet.lines[0].person_id)
    review.refresh()
    settle(review)
    assert review.decisions.table.hasFocus()
    review.activate("imports")
    assert review.tabs.tabBar().hasFocus()
    review.activate("shifts")
    assert review.shifts.table.hasFocus()


def test_a_key_without_a_side_decides_nothing(
    review: ReviewScreen, book: Book, sheet: WalkListDocument, settle: Settle
) -> None:
    disagree(book, sheet.lines[0].person_id)
    review.refresh()
    settle(review)
    press(review.decisions.table, Qt.Key.Key_3)
    settle(review)
    assert count_decisions(book) == 1


def test_nothing_is_voided_before_its_preview_was_seen(
    review: ReviewScreen, book: Book, settle: Settle
) -> None:
    review.tabs.setCurrentIndex(1)
    page = review.shifts
    page.do()
    settle(review)
    assert progress(book, RIDING).attempts == 3
    press(page.table, Qt.Key.Key_V)
    settle(review)
    said = words(page.side)
    assert "3 attempts go" in said
    assert "2 “do not contact” stand all the same" in said
    assert page.reason.hasFocus()
    assert progress(book, RIDING).attempts == 3
    assert review.step_back()
    assert not review.step_back()
    assert "3 attempts go" not in words(page.side)
    press(page.table, Qt.Key.Key_V)
    settle(review)
    page.reason.setText("wrong list")
    undo: list[Any] = []
    review.context.message.connect(lambda _text, _tone, way_back: undo.append(way_back))
    press(page.reason, Qt.Key.Key_Return)
    settle(review)
    assert progress(book, RIDING).attempts == 0
    assert list_outings(book, RIDING)[0].voided
    undo[-1]()
    settle(review)
    assert progress(book, RIDING).attempts == 3


def test_a_voided_shift_is_restored_with_a_key(review: ReviewScreen, book: Book, settle: Settle) -> None:
    review.tabs.setCurrentIndex(1)
    review.shifts.ask()
    settle(review)
    review.shifts.do()
    settle(review)
    assert "Restore the shift" in words(review.shifts.side)
    press(review.shifts.table, Qt.Key.Key_V)
    settle(review)
    assert review.shifts.preview is None
    press(review.shifts.table, Qt.Key.Key_R)
    settle(review)
    assert progress(book, RIDING).attempts == 3


def test_the_tabs_are_turned_by_keys_and_speak_both_languages(
    review: ReviewScreen, settle: Settle, qtbot: QtBot
) -> None:
    press(review.decisions, Qt.Key.Key_BracketRight)
    assert review.page() is review.shifts
    press(review.shifts.table, Qt.Key.Key_BracketLeft)
    assert review.page() is review.decisions
    review.activate("imports")
    assert review.page() is review.imports
    set_language("fr")
    qtbot.waitUntil(
        lambda: [review.tabs.tabText(n) for n in range(3)] == ["À décider", "Quarts", "Importations"]
    )
    review.activate("shifts")
    review.shifts.ask()
    settle(review)
    assert "3 tentatives disparaissent" in words(review.shifts.side)


def test_a_history_shows_words_as_they_are_and_takes_an_entry_back(
    history: HistoryScreen, book: Book, sheet: WalkListDocument, settle: Settle
) -> None:
    person = sheet.lines[0].person_id
    assert history._empty.isVisibleTo(history)
    history.activate((RIDING, "person", person))
    settle(history)
    model = history.table.rows
    said = [str(model.index(row, 1).data()) for row in range(model.rowCount())]
    assert "Note: <b>dog</b>" in said
    assert "Support: weak support (2)" in said
    place = said.index("Support: weak support (2)")
    history.table.select_id(model.row_id(place))
    assert "Take this back" in words(history.side)
    press(history.table, Qt.Key.Key_U)
    settle(history)
    support = book.read().query("SELECT support FROM person WHERE person_id = ?", (person,))
    assert support == [("",)]
    assert model.rowCount() == len(said) + 1


def test_a_bar_is_lifted_with_a_reason_from_its_history(
    history: HistoryScreen, book: Book, sheet: WalkListDocument, settle: Settle
) -> None:
    door = sheet.lines[6].door_id
    history.activate((RIDING, "door", door))
    settle(history)
    bar = next(r for r in history.history.rows if r.kind == "bar.set" and r.about is None)  # type: ignore[union-attr]
    history.table.select_id(bar.key)
    press(history.table, Qt.Key.Key_U)
    settle(history)
    barred = "SELECT barred FROM door WHERE door_id = ?"
    assert book.read().query(barred, (door,)) == [(1,)]
    assert history.reason.hasFocus()
    history.reason.setText("they called us back")
    press(history.reason, Qt.Key.Key_Return)
    settle(history)
    assert book.read().query(barred, (door,)) == [(0,)]


def test_from_a_door_to_the_person_and_back(
    history: HistoryScreen, sheet: WalkListDocument, settle: Settle
) -> None:
    history.activate((RIDING, "door", sheet.lines[0].door_id))
    settle(history)
    about = next(r for r in history.history.rows if r.about_what is not None)  # type: ignore[union-attr]
    history.table.select_id(about.key)
    press(history.table, Qt.Key.Key_O)
    settle(history)
    assert history.history is not None
    assert (history.history.kind, history.history.id) == ("person", sheet.lines[0].person_id)
    assert history.step_back()
    settle(history)
    assert history.history.kind == "door"
    assert not history.step_back()


def test_a_person_is_erased_only_after_its_preview_and_never_by_enter_alone(
    history: HistoryScreen, book: Book, sheet: WalkListDocument, settle: Settle
) -> None:
    person = sheet.lines[0].person_id
    there = "SELECT COUNT(*) FROM person WHERE person_id = ?"
    history.activate((RIDING, "person", person))
    settle(history)
    press(history.table, Qt.Key.Key_E)
    settle(history)
    assert "for good?" in words(history.side)
    press(history.erasing.reason, Qt.Key.Key_Return)
    settle(history)
    assert book.read().query(there, (person,)) == [(1,)]
    assert history.erasing.confirm.hasFocus()
    press(history.erasing.confirm, Qt.Key.Key_Space)
    settle(history)
    assert book.read().query(there, (person,)) == [(0,)]
    assert sheet.lines[0].name not in words(history)


def test_ctrl_h_opens_the_history_of_what_is_chosen_and_esc_comes_back(
    context: AppContext, book: Book, sheet: WalkListDocument, qtbot: QtBot, settle: Settle
) -> None:
    context.set_riding(RIDING)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_place("lists")
    qtbot.waitUntil(lambda: not context.tasks.busy(), timeout=20_000)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "history"
    screen = window.shown_screen()
    assert isinstance(screen, HistoryScreen)
    settle(screen)
    assert screen.history is not None
    assert (screen.history.kind, screen.history.total) == ("list", 5)
    window.step_back()
    assert window.place == "lists"
    window.find_anything()
    window.finder.field.setText(sheet.lines[0].name.split(",")[0])
    qtbot.waitUntil(lambda: not context.tasks.busy() and window.finder.list.count() > 0, timeout=20_000)
    QTest.keyClick(window.finder.field, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    settle(screen)
    assert (window.place, screen.history.kind) == ("history", "person")
    window.close()


def test_the_navigation_says_how_many_decisions_wait(
    context: AppContext, book: Book, sheet: WalkListDocument, qtbot: QtBot
) -> None:
    disagree(book, sheet.lines[0].person_id)
    context.set_riding(RIDING)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.read_status()
    button = window.navigation._buttons["review"]
    qtbot.waitUntil(lambda: "1 needs a decision" in button.accessibleDescription())
    window.close()


def test_a_larger_text_keeps_what_was_asked_and_nothing_overlaps(
    review: ReviewScreen, qapp: Any, qtbot: QtBot, settle: Settle
) -> None:
    review.tabs.setCurrentIndex(1)
    review.shifts.ask()
    settle(review)
    before = review.shifts.confirm
    apply_theme(qapp, "light", 2.0)
    try:
        qtbot.waitUntil(lambda: review.shifts.confirm is not before)
        assert review.shifts.preview is not None
        reason, confirm = review.shifts.reason, review.shifts.confirm
        qtbot.waitUntil(lambda: confirm.isVisible() and confirm.width() > 100)
        assert not reason.geometry().intersects(confirm.geometry())
    finally:
        apply_theme(qapp, "light")


def test_what_an_erasure_asks_for_is_never_covered_where_the_text_is_large(
    history: HistoryScreen, sheet: WalkListDocument, qapp: Any, qtbot: QtBot, settle: Settle
) -> None:
    history.activate((RIDING, "person", sheet.lines[0].person_id))
    settle(history)
    history.ask_to_erase()
    settle(history)
    before = history.erasing.confirm
    apply_theme(qapp, "light", 2.0)
    try:
        history.resize(1136, 622)
        qtbot.waitUntil(lambda: history.erasing.confirm is not before)
        reason, confirm = history.erasing.reason, history.erasing.confirm
        qtbot.waitUntil(lambda: confirm.isVisible() and confirm.width() > 100)
        assert not reason.geometry().intersects(confirm.geometry())
        assert confirm.visibleRegion().boundingRect().height() == confirm.height()
    finally:
        apply_theme(qapp, "light")
