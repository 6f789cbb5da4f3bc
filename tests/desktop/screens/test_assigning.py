"""Giving turfs by needs in the window: proposed, changed by keys, given in one go, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.assigning import AssignDialog
from canvass_app.services.book import Book
from canvass_app.services.teams import MemberFields, add_member, add_team
from canvass_app.services.turfs import list_turfs, make_turf
from tests.desktop.screens.choosing_kit import Settle, said, screen, settle
from tests.desktop.screens.world import RIDING, add_doors, new_book

__all__ = ["said", "screen", "settle"]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    for row, street in enumerate(("Birch Street", "Cedar Street", "Elm Street")):
        doors = add_doors(opened, 12, street=street, north=600 * row)
        make_turf(opened, RIDING, street.split()[0], doors)
    yield opened
    opened.close()


def members(book: Book, *people: tuple[str, str]) -> None:
    team = add_team(book, RIDING, "North", "Library", author="Lead").id
    for name, needs in people:
        add_member(book, RIDING, team, MemberFields(name, needs=needs), author="Lead")


def opened(screen: TurfsScreen, settle: Settle) -> AssignDialog:
    QTest.mouseClick(screen.view.assign, Qt.MouseButton.LeftButton)
    settle()
    assert screen.assigning.dialog is not None
    return screen.assigning.dialog


def given(book: Book) -> dict[str, str]:
    return {turf.name: turf.assigned for turf in list_turfs(book, RIDING)}


def test_turfs_are_proposed_given_in_one_go_and_taken_back(
    book: Book, screen: TurfsScreen, settle: Settle, said: list[tuple[Any, ...]]
) -> None:
    members(book, ("Ana Roy", "no stairs"), ("Bo Singh", "brings her dog"), ("Cleo Park", "calls only"))
    dialog = opened(screen, settle)
    assert len(dialog.combos) == 3
    assert sorted(name for _, name in dialog.pairs()) == ["Ana Roy", "Bo Singh"]
    told = " ".join(why.text() for why in dialog.whys.values())
    assert "no stairs: no building with floors" in told
    assert "not considered: “brings her dog”" in told
    assert dialog.focusWidget() in dialog.combos.values()
    assert set(given(book).values()) == {""}
    QTest.mouseClick(dialog.give, Qt.MouseButton.LeftButton)
    settle()
    assert sorted(given(book).values()) == ["", "Ana Roy", "Bo Singh"]
    assert said[-1][0] == "2 turfs are given."
    said[-1][2]()
    settle()
    assert set(given(book).values()) == {""}


def test_another_name_is_chosen_by_keys_and_nobody_gets_two(
    book: Book, screen: TurfsScreen, settle: Settle
) -> None:
    members(book, ("Ana Roy", ""), ("Bo Singh", "short walks, at most 10 m"))
    dialog = opened(screen, settle)
    first = next(one for one, name in dialog.pairs() if name == "Ana Roy")
    second = next(one for one in dialog.combos if one != first)
    combo = dialog.combos[second]
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert dialog.pairs() == [(second, "Ana Roy")]
    assert dialog.whys[first].text() == "nobody for this turf yet"
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert "short walk" in dialog.whys[second].text()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    assert not dialog.give.isEnabled()


def test_without_members_it_says_what_to_do(screen: TurfsScreen, settle: Settle) -> None:
    dialog = opened(screen, settle)
    assert "Add members under Teams" in dialog.trouble.text()
    assert not dialog.give.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_speaks_french(
    book: Book, context: AppContext, screen: TurfsScreen, settle: Settle, qtbot: QtBot
) -> None:
    members(book, ("Ana Roy", "pas d’escaliers"))
    set_language("fr")
    screen.retranslate()
    assert screen.view.assign.text() == "Confier…"
    dialog = opened(screen, settle)
    assert dialog.give.text() == "Confier les secteurs"
    assert any("sans escaliers\u00a0: aucun immeuble" in why.text() for why in dialog.whys.values())
