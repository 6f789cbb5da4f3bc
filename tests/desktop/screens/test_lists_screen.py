"""The lists of a riding on the real screen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.lists import ListsScreen
from canvass_app.domain.walk_list import WalkListDocument
from canvass_app.services.book import Book
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.walk_lists import list_walk_lists
from tests.desktop.screens.world import RIDING, add_doors, issue, new_book

Settle = Callable[[], None]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def documents(book: Book) -> list[WalkListDocument]:
    """Two lists, three results typed on the first."""
    first = issue(book, add_doors(book, 20, people=(1, 2)), name="Birch")
    second = issue(book, add_doors(book, 5, street="Elm Street", north=900), name="Elm")
    shift = open_shift(book, "Anne Roy", RIDING, first.number)
    for line in (1, 4, 7):
        record(book, shift, first.number, line, Mark(support="2"))
    return [first, second]


@pytest.fixture
def screen(context: AppContext, documents: list[WalkListDocument], qtbot: QtBot) -> ListsScreen:
    context.set_riding(RIDING)
    made = ListsScreen(context)
    qtbot.addWidget(made)
    made.resize(1160, 700)
    context.changed.connect(made.on_changes)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.refresh()
    qtbot.waitUntil(lambda: not context.tasks.busy() and not made.is_busy())
    return made


@pytest.fixture
def settle(screen: ListsScreen, qtbot: QtBot) -> Settle:
    return lambda: qtbot.waitUntil(
        lambda: not screen.context.tasks.busy() and not screen.is_busy(), timeout=20_000
    )


def shown(screen: ListsScreen, column: int) -> list[str]:
    model = screen.table.rows
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_lists_say_how_many_of_their_lines_are_typed(
    screen: ListsScreen, documents: list[WalkListDocument]
) -> None:
    lines = len(documents[0].lines)
    assert sorted(shown(screen, 3)) == sorted([f"3 of {lines}", "0 of 5"])


def test_the_pages_of_the_chosen_list_are_shown_as_they_are_printed(
    screen: ListsScreen, documents: list[WalkListDocument], settle: Settle
) -> None:
    screen.activate(documents[0].number)
    settle()
    first = screen.preview.image()
    assert first is not None
    assert first.height() > first.width()
    screen.preview.turn(1)
    settle()
    second = screen.preview.image()
    assert second is not None
    assert second != first


def test_printing_again_gives_the_same_frozen_lines_in_either_language(
    book: Book, screen: ListsScreen, documents: list[WalkListDocument], settle: Settle, tmp_path: Path
) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    screen.activate(documents[1].number)
    settle()
    add_doors(book, 1, street="Elm Street", north=1200)
    said: list[str] = []
    screen.context.message.connect(lambda text, *_: said.append(text))
    screen.show_folder = lambda _: None
    for language, paper in (("en", "letter"), ("fr", "a4")):
        out = tmp_path / f"{language}.pdf"
        screen.choose_file = lambda *_, path=out: path
        screen.paper.set_language(language)
        screen.paper.set_paper(paper)
        screen.print_again()
        settle()
        pdf = pdfium.PdfDocument(out)
        try:
            assert len(pdf) == 1 + len(documents[1].pages)
            width, _ = pdf[0].get_size()
            assert round(width) == (612 if paper == "letter" else 595)
        finally:
            pdf.close()
    assert len(documents[1].pages) == 1
    assert said[0] == "Saved “en.pdf” (a cover and 1 page). Print it on Letter paper."


def test_a_list_is_marked_as_returned_by_a_key_and_undone(
    book: Book, screen: ListsScreen, documents: list[WalkListDocument], settle: Settle
) -> None:
    undo: list[Any] = []
    screen.context.message.connect(lambda *what: undo.append(what[2]))
    screen.activate(documents[0].number)
    settle()
    QTest.keyClick(screen.table, Qt.Key.Key_R)
    settle()
    assert {one.number: one.returned for one in list_walk_lists(book, RIDING)}[documents[0].number]
    undo[-1]()
    settle()
    assert not any(one.returned for one in list_walk_lists(book, RIDING))


def test_enter_opens_the_page_where_results_are_typed(
    screen: ListsScreen, documents: list[WalkListDocument], settle: Settle, qtbot: QtBot
) -> None:
    screen.activate(documents[1].number)
    settle()
    with qtbot.waitSignal(screen.context.place_wanted) as wanted:
        QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0] == "enter"
    assert str(wanted.args[1]).startswith(str(documents[1].number))


def test_results_typed_elsewhere_appear(
    book: Book, screen: ListsScreen, documents: list[WalkListDocument], settle: Settle
) -> None:
    shift = open_shift(book, "Luc Roy", RIDING, documents[1].number)
    done = record(book, shift, documents[1].number, 1, Mark(code="refused"))
    screen.context.apply(done.changes)
    settle()
    assert "1 of 5" in shown(screen, 3)
