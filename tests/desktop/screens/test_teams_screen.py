"""Teams on the real screen, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.teams import TeamsScreen
from canvass_app.services.book import Book
from canvass_app.services.pins import set_pin
from canvass_app.services.team_rows import find_member, list_gatherings, list_members, list_teams, roll_of
from canvass_app.services.teams import (
    GatheringFields,
    MemberFields,
    add_gathering,
    add_member,
    add_team,
    attend,
    sign_up,
)
from tests.desktop.screens.world import RIDING, new_book

NAMED = {
    "Space": Qt.Key.Key_Space, "Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down, "Tab": Qt.Key.Key_Tab, "Del": Qt.Key.Key_Delete, "F2": Qt.Key.Key_F2,
    "Home": Qt.Key.Key_Home,
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    yield opened
    opened.close()


class Sitting:
    """The screen, and a keyboard that counts."""

    def __init__(self, context: AppContext, qtbot: QtBot) -> None:
        context.set_riding(RIDING)
        self.screen, self.qtbot, self.count = TeamsScreen(context), qtbot, 0
        self.said: list[str] = []
        context.message.connect(lambda text, _tone, _undo: self.said.append(text))
        context.changed.connect(self.screen.on_changes)
        qtbot.addWidget(self.screen)
        self.screen.resize(1160, 760)
        self.screen.show()
        self.screen.activateWindow()
        qtbot.waitUntil(self.screen.isActiveWindow)
        self.screen.refresh()
        self.settle()
        self.screen.activate(None)

    def settle(self) -> None:
        """Wait until everything is durable and shown."""
        screen = self.screen
        self.qtbot.waitUntil(lambda: not screen.context.tasks.busy() and not screen.is_busy(), timeout=20_000)

    def press(self, *keys: str) -> None:
        """Keys, one after the other, without waiting for anything."""
        for key in keys:
            self.count += 1
            target = QApplication.focusWidget()
            assert target is not None, f"nothing has the focus for {key}"
            QTest.keyClick(target, NAMED[key]) if key in NAMED else QTest.keyClick(target, key)

    def type(self, text: str) -> None:
        """A text into the field that has the keyboard, over what stands there."""
        target = QApplication.focusWidget()
        assert isinstance(target, QLineEdit)
        target.selectAll()
        QTest.keyClicks(target, text) if text else QTest.keyClick(target, Qt.Key.Key_Delete)


@pytest.fixture
def evening(book: Book) -> tuple[bytes, list[bytes]]:
    """A team of 25 and its evening."""
    team = add_team(book, RIDING, "North", "Library").id
    members = [add_member(book, RIDING, team, MemberFields(f"Member {n:02}")).id for n in range(25)]
    day = book.today()
    event = add_gathering(book, RIDING, team, GatheringFields("canvass", day, "18:00", "21:00")).id
    return event, members


@pytest.fixture
def sitting(context: AppContext, evening: tuple[bytes, list[bytes]], qtbot: QtBot) -> Sitting:
    return Sitting(context, qtbot)


def marks(book: Book, event: bytes) -> list[str]:
    return [one.came for one in roll_of(book, RIDING, event)]


def test_the_roll_of_25_is_taken_with_at_most_30_keys(
    book: Book, sitting: Sitting, evening: tuple[bytes, list[bytes]]
) -> None:
    event, _ = evening
    # As fast as names are called: no key waits for the disk.
    sitting.press(*["Space"] * 25)
    # One of them did not come after all: back to the last row, which the roll never left.
    sitting.press("Space")
    sitting.settle()
    assert marks(book, event) == ["came"] * 24 + ["absent"]
    assert sitting.count <= 30
    [row] = list_gatherings(book, RIDING)
    assert (row.came, row.absent) == (24, 1)


def test_attendance_and_answers_go_round_and_are_taken_back_step_by_step(
    book: Book, sitting: Sitting, evening: tuple[bytes, list[bytes]]
) -> None:
    event, _ = evening
    sitting.press("Space", "Up", "Space", "Up", "Space")
    sitting.settle()
    assert marks(book, event)[0] == ""
    sitting.press("Home", "s", "s", "s")
    sitting.settle()
    assert roll_of(book, RIDING, event)[0].answer == "no"
    told: list[tuple[str, str]] = []
    while sitting.screen.undo():
        sitting.settle()
        row = roll_of(book, RIDING, event)[0]
        told.append((row.answer, row.came))
    assert told == [("maybe", ""), ("coming", ""), ("", ""), ("", "absent"), ("", "came"), ("", "")]
    assert sitting.said[-1] == "Taken back: Member 00: came"


def test_the_cursor_stays_with_the_member_when_another_laptop_writes(
    book: Book, sitting: Sitting, evening: tuple[bytes, list[bytes]]
) -> None:
    event, members = evening
    sitting.press("Down", "Down")
    changes = attend(book, RIDING, event, members[9], "came")
    changes.add(
        add_member(book, RIDING, list_teams(book, RIDING)[0].team_id, MemberFields("Aaron First")).changes
    )
    sitting.screen.context.apply(changes)
    sitting.settle()
    row = sitting.screen.chosen_roll()
    assert row is not None
    assert row.name == "Member 02"


def test_a_lead_makes_a_team_a_member_and_an_event_from_an_empty_screen(
    book: Book, context: AppContext, qtbot: QtBot
) -> None:
    sitting = Sitting(context, qtbot)
    assert QApplication.focusWidget() is not None
    sitting.press("n")
    sitting.type("North side")
    sitting.press("Enter")
    sitting.type("Library")
    sitting.press("Enter", "Enter")
    sitting.settle()
    assert [(one.name, one.place) for one in list_teams(book, RIDING)] == [("North side", "Library")]
    sitting.screen.setFocus()
    sitting.screen.teams.setFocus()
    sitting.press("m")
    sitting.type("Anne Roy")
    sitting.press("Enter")
    sitting.type("12")
    sitting.press("Enter", "Enter", "Enter", "Enter")
    sitting.settle()
    assert "12" in sitting.screen.form.trouble.text()
    assert list_members(book, RIDING) == []
    phone = sitting.screen.form.fields["phone"]
    phone.setFocus()
    sitting.type("613 555 0142")
    QTest.keyClick(phone, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sitting.settle()
    assert find_member(book, RIDING, "Anne Roy").phone == "6135550142"
    sitting.press("e")
    sitting.press("Down", "Enter")
    sitting.type("2030-10-14")
    sitting.press(*["Enter"] * 6)
    sitting.settle()
    [row] = list_gatherings(book, RIDING)
    assert (row.sort, row.day, row.start, row.place, row.silent) == (
        "calls",
        "2030-10-14",
        "18:00",
        "Library",
        1,
    )
    sitting.press("Space")
    sitting.settle()
    assert marks(book, row.gathering_id) == ["came"]


def test_leads_leaving_cancelling_and_closing_have_keys_and_ways_back(
    book: Book, sitting: Sitting, evening: tuple[bytes, list[bytes]]
) -> None:
    screen = sitting.screen
    sitting.press("l")
    sitting.settle()
    assert list_teams(book, RIDING)[0].leads == ("Member 00",)
    screen._turn_to("member")
    sitting.press("Del")
    sitting.settle()
    assert list_teams(book, RIDING)[0].members == 24
    screen.undo()
    sitting.settle()
    assert list_teams(book, RIDING)[0].members == 25
    screen.events.setFocus()
    screen._turn_to("event")
    sitting.press("Del")
    sitting.settle()
    assert list_gatherings(book, RIDING)[0].cancelled
    screen.undo()
    sitting.settle()
    assert not list_gatherings(book, RIDING)[0].cancelled
    screen._turn_to("team")
    sitting.press("Del")
    sitting.settle()
    assert list_teams(book, RIDING) == []
    screen.undo()
    sitting.settle()
    assert [one.name for one in list_teams(book, RIDING)] == ["North"]


def test_a_form_that_is_left_changes_nothing(book: Book, sitting: Sitting) -> None:
    before = book.read().query("SELECT COUNT(*) FROM event")
    sitting.press("F2")
    assert sitting.screen.form.is_open
    sitting.press("Esc")
    assert not sitting.screen.form.is_open
    sitting.press("F2")
    assert sitting.screen.step_back()
    sitting.settle()
    assert book.read().query("SELECT COUNT(*) FROM event") == before
    assert not sitting.screen.step_back()


def test_a_member_is_erased_only_after_a_look_and_one_press(
    book: Book, sitting: Sitting, evening: tuple[bytes, list[bytes]]
) -> None:
    event, members = evening
    screen = sitting.screen
    sign_up(book, RIDING, event, members[0], "coming")
    set_pin(book, RIDING, members[0], "2468")
    screen.refresh()
    sitting.settle()
    screen._turn_to("member")
    screen.ask_erasure()
    sitting.settle()
    assert screen.step_back()
    assert len(list_members(book, RIDING)) == 25
    screen.clear_pin()
    sitting.settle()
    assert not list_members(book, RIDING)[0].has_pin
    screen.ask_erasure()
    sitting.settle()
    QTest.keyClicks(screen.details.reason, "by letter")
    QTest.keyClick(screen.details.reason, Qt.Key.Key_Return)
    sitting.settle()
    assert len(list_members(book, RIDING)) == 25
    assert screen.details.confirm.hasFocus()
    screen.details.confirm.click()
    sitting.settle()
    assert list_members(book, RIDING)[0].name == "Member 01"
    assert not screen.undo()


def test_an_empty_riding_teaches_what_a_team_is(context: AppContext, qtbot: QtBot) -> None:
    sitting = Sitting(context, qtbot)
    assert sitting.screen._empty.isVisible()
    assert "name, a meeting place, members" in sitting.screen._empty.accessibleDescription()
    context.set_riding(None)
    sitting.screen.refresh()
    sitting.screen.retranslate()
    assert "First import" in sitting.screen._empty.accessibleDescription()
