"""What screens show is recorded beside the work, and the screen that says who saw whom tells where it knows it from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from canvass_app.desktop import seeing
from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.enter import EnterScreen
from canvass_app.desktop.screens.history import HistoryScreen
from canvass_app.desktop.screens.sights import SightsScreen
from canvass_app.desktop.seeing import Shown
from canvass_app.desktop.shell.window import MainWindow
from canvass_app.domain.accesses import Access
from canvass_app.domain.numbers import page_code
from canvass_app.domain.text import Text
from canvass_app.ledger.trail import Entry, open_record
from canvass_app.services.audit import record
from canvass_app.services.book import Book

Wait = Callable[[AppContext], None]


def log(book: Book) -> list[Entry]:
    """The laptop's records, in their order."""
    return [
        open_record(bytes(raw)).entry
        for (raw,) in book.read().query("SELECT raw FROM audit ORDER BY riding_id, number")
    ]


def acts(book: Book) -> list[tuple[str, int]]:
    return [(one.act, one.count) for one in log(book)]


def somebody(context: AppContext) -> tuple[bytes, bytes]:
    """A person of the riding that somebody talked to, and their door."""
    ((person, door),) = context.book.read().query(
        "SELECT person_id, door_id FROM person WHERE riding_id = ? AND support = '1' ORDER BY last, person_id LIMIT 1",
        (context.riding_id,),
    )
    return bytes(person), bytes(door)


def opened(context: AppContext, qtbot: QtBot, wait_idle: Wait) -> MainWindow:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.start("turfs")
    at_rest(window, qtbot)
    return window


def at_rest(window: MainWindow, qtbot: QtBot) -> None:
    """Answers are here, and what they show has been written."""

    def rests() -> bool:
        screen = window.shown_screen()
        return not (window.context.tasks.busy() or (screen is not None and screen.is_busy()))

    qtbot.waitUntil(rests, timeout=20_000)
    qtbot.wait(1)
    qtbot.waitUntil(rests, timeout=20_000)


def press(window: MainWindow, widget: QWidget, key: Qt.Key, qtbot: QtBot) -> None:
    """A key on a widget that has the keyboard."""
    window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(lambda: window.isActiveWindow() and widget.hasFocus())
    QTest.keyClick(widget, key)


def test_a_door_a_history_a_page_and_a_list_are_recorded_when_they_are_shown(
    demo_context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    context, book = demo_context, demo_context.book
    window = opened(context, qtbot, wait_idle)
    context.set_author("Priya")
    person, door = somebody(context)
    assert acts(book) == []
    window.show_place("turfs", ("door", door))
    at_rest(window, qtbot)
    (first,) = log(book)
    assert (first.act, first.who, first.what, first.device) == ("seen", "Priya", "door", book.device_id)
    assert first.count >= 1
    # The card is read anew after a sync: that is the same sight.
    window.show_place("turfs", ("door", door))
    at_rest(window, qtbot)
    assert len(log(book)) == 1
    window.show_place("history", (context.riding_id, "person", person))
    at_rest(window, qtbot)
    assert log(book)[1].act == "read"
    ((number,),) = book.read().query(
        "SELECT number FROM walk_list WHERE riding_id = ? AND returned = 0 ORDER BY number DESC LIMIT 1",
        (context.riding_id,),
    )
    window.show_place("lists", number)
    at_rest(window, qtbot)
    assert log(book)[-1].act == "listed"
    assert number in {one for entry in log(book) if entry.act == "listed" for one in entry.numbers}
    window.show_place("enter")
    enter = window.shown_screen()
    assert isinstance(enter, EnterScreen)
    enter.desk.name.setText("Priya")
    enter.open_code(page_code(number, 1))
    qtbot.waitUntil(lambda: enter.machine.page is not None and not enter.is_busy())
    at_rest(window, qtbot)
    entered = log(book)[-1]
    assert (entered.act, entered.numbers) == ("entered", (number, 1))
    enter.type_key("n")
    at_rest(window, qtbot)
    before = book.database.writes
    enter.type_key("n")
    at_rest(window, qtbot)
    assert book.database.writes == before + 1, "a typed line is one write, as ever"
    assert log(book)[-1] == entered


def test_a_search_is_recorded_when_it_stays_and_not_for_each_key(
    demo_context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    context, book = demo_context, demo_context.book
    window = opened(context, qtbot, wait_idle)
    person, _ = somebody(context)
    ((last,),) = book.read().query(
        "SELECT last FROM person WHERE riding_id = ? AND person_id = ?", (context.riding_id, person)
    )
    window.find_anything()
    for end in range(1, len(last) + 1):
        window.finder.field.setText(last[:end])
        qtbot.waitUntil(lambda: not context.tasks.busy())
    assert [one.act for one in log(book)] == []
    qtbot.wait(seeing.STAYS_MS + 100)
    at_rest(window, qtbot)
    (found,) = log(book)
    assert (found.act, found.what) == ("searched", "find")
    assert last.encode() not in found.refs + found.what.encode() + found.reason.encode()
    # Who closes it at once, having seen what it found, has seen it.
    ((other,),) = book.read().query(
        "SELECT last FROM person WHERE riding_id = ? AND last <> '' ORDER BY last DESC LIMIT 1",
        (context.riding_id,),
    )
    window.finder.field.setText(other)
    qtbot.waitUntil(lambda: not context.tasks.busy())
    assert any(hit.kind == "person" for hit in window.finder._hits)
    window.finder.close_panel()
    at_rest(window, qtbot)
    assert [one.act for one in log(book)] == ["searched", "searched"]


def test_nothing_that_was_shown_is_lost_when_the_program_is_closed(
    demo_context: AppContext, qtbot: QtBot
) -> None:
    context = demo_context
    person, _ = somebody(context)
    context.seen.note(Access.SEEN, context.riding_id, people=[person], what="door")
    context.seen.soon([Shown(Access.SEARCHED, context.riding_id or 0, (person,), what="find")])
    context.seen.end()
    context.tasks.close()
    assert acts(context.book) == [("seen", 1), ("searched", 1)]


def test_a_book_that_is_open_for_reading_only_shows_people_all_the_same(
    demo_context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    context = demo_context
    person, _ = somebody(context)
    context.book.read_only = Text("Closed.", "Fermé.")
    context.seen.note(Access.SEEN, context.riding_id, people=[person])
    context.seen.flush()
    wait_idle(context)
    assert acts(context.book) == []


def test_from_a_person_s_history_w_says_who_saw_them_and_esc_leads_back(
    demo_context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    context, book = demo_context, demo_context.book
    window = opened(context, qtbot, wait_idle)
    person, door = somebody(context)
    assert context.riding_id is not None
    record(
        book, Access.EXPORTED, context.riding_id, people=[person, b"x" * 16], what="people csv",
        reason="A letter to all who asked for a sign", who="Anne Roy",
    )  # fmt: skip
    window.show_place("turfs", ("door", door))
    at_rest(window, qtbot)
    window.show_place("history", (context.riding_id, "person", person))
    at_rest(window, qtbot)
    history = window.shown_screen()
    assert isinstance(history, HistoryScreen)
    press(window, history.table, Qt.Key.Key_W, qtbot)
    at_rest(window, qtbot)
    sights = window.shown_screen()
    assert isinstance(sights, SightsScreen)
    assert sights.answer is not None
    assert not sights.answer.from_hq
    assert {one.act for one in sights.answer.sights} == {"exported", "seen", "read", "asked"}
    assert "has not joined" in sights._why.text()
    exported = next(n for n, one in enumerate(sights.answer.sights) if one.act == "exported")
    sights.table.select_id(exported)
    assert "A letter to all who asked for a sign" in sights._whole.text()
    assert "Anne Roy" in sights._whole.text()
    asked = sum(one.act == "asked" for one in log(book))
    press(window, sights.table, Qt.Key.Key_R, qtbot)
    at_rest(window, qtbot)
    assert sum(one.act == "asked" for one in log(book)) == asked + 1
    set_language("fr")
    sights.retranslate()
    assert "Cet ordinateur seulement" in sights._source.accessibleName()
    assert all(button.accessibleName() for button in sights.findChildren(QPushButton) if button.text())
    set_language("en")
    window.step_back()
    at_rest(window, qtbot)
    assert window.place == "history"
    window.step_back()
    assert window.place == "turfs"


def test_without_a_person_the_screen_teaches_how_to_ask(
    demo_context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    window = opened(demo_context, qtbot, wait_idle)
    window.show_place("sights")
    screen = window.shown_screen()
    assert isinstance(screen, SightsScreen)
    assert "press W" in screen._empty.accessibleDescription()
    QTest.keyClicks(screen, "r")
    assert not screen.is_busy()
    window.step_back()
    assert window.place == "turfs"
