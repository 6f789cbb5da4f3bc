"""The screen Sync and the sync that runs by itself, against a real headquarters on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync import SyncScreen
from canvass_app.desktop.screens.sync.background import (
    AFTER_A_SAVE_MS,
    LIVELY_MS,
    LONGEST_MS,
    QUIET_MS,
    BackgroundSync,
    background_of,
    last_move,
    wait_ms,
)
from canvass_app.desktop.screens.sync.words import State, headline
from canvass_app.desktop.tasks import LongTask, Tasks
from canvass_app.desktop.theme import apply_theme
from canvass_app.domain.errors import Refused
from canvass_app.hq.devices import revoke
from canvass_app.services.book import Book, open_book
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.progress import ShiftHere, shifts_here
from canvass_app.services.syncing import SyncStatus, join, sync_now, sync_status
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

    def type_results(self, count: int, volunteer: str = "Luc Roy", first: int = 1) -> None:
        shift = open_shift(self.book, volunteer, RIDING, self.number)
        for line in range(first, first + count):
            record(self.book, shift, self.number, line, Mark(code="refused"))


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


# --- the screen -----------------------------------------------------------------------------------


def test_before_joining_it_says_what_is_only_here_and_that_it_is_safe(laptop: Laptop, show: Show) -> None:
    laptop.type_results(3)
    screen = show()
    assert screen.lead.text() == "3 results are only on this laptop."
    assert "safe" in screen.detail.text()
    assert screen.join_card.isVisible()
    assert not screen.try_button.isVisible()
    assert screen.table.rows.row(0) == ShiftHere("Luc Roy", laptop.book.today(), 3, 3)


def test_joining_by_the_form_sends_everything_and_shows_the_receipt(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    laptop.type_results(4)
    screen = show()
    fill_and_join(qtbot, screen, server.url, server.code())
    receipt = sync_status(laptop.book).receipt
    assert screen.lead.text() == f"All 4 results of tonight are at headquarters. Receipt {receipt}."
    assert len(receipt) == 4
    assert shifts_here(laptop.book)[0].pending == 0
    assert not screen.join_card.isVisible()
    assert screen.try_button.isVisible()
    assert screen.join_card.code.text() == ""
    assert server.rows("SELECT COUNT(*) FROM event WHERE riding_id = ?", RIDING)[0][0] > 4
    moved = last_move(laptop.book)
    assert moved is not None
    assert moved.sent > 4


def test_a_wrong_code_is_told_beside_the_form_and_changes_nothing(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    laptop.type_results(2)
    screen = show()
    fill_and_join(qtbot, screen, server.url, "AAAA-BBBB")
    assert "code" in screen.join_card._trouble.text()
    assert screen.join_card.address.text() == server.url
    assert screen.join_card.button.isEnabled()
    assert not sync_status(laptop.book).joined
    assert sync_status(laptop.book).pending == 2
    set_language("fr")
    QApplication.processEvents()
    assert "Rien n’a été" in screen.join_card._trouble.text()


def test_an_address_that_nobody_answers_leaves_everything_as_it_was(
    qtbot: QtBot, laptop: Laptop, show: Show
) -> None:
    screen = show()
    fill_and_join(qtbot, screen, NOWHERE, "AAAA-BBBB")
    assert "cannot be reached" in screen.join_card._trouble.text()
    assert not sync_status(laptop.book).joined


def test_without_a_network_results_stay_and_leave_when_it_is_back(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    sync_now(laptop.book)
    laptop.type_results(1)
    laptop.book.set_meta("hq_url", NOWHERE)
    screen = show()
    said: list[str] = []
    screen.background.connection.connect(said.append)
    with qtbot.waitSignal(screen.context.trouble):
        qtbot.keyClick(screen, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, screen)
    assert screen.lead.text() == "1 result is only on this laptop."
    assert "cannot be reached" in screen.trouble.text()
    assert screen.trouble.isVisible()
    assert screen.try_button.text() == "Try now"
    laptop.book.set_meta("hq_url", server.url)
    qtbot.mouseClick(screen.try_button, Qt.MouseButton.LeftButton)
    settle(qtbot, screen)
    assert screen.lead.text().startswith("The 1 result of tonight is at headquarters. Receipt ")
    assert not screen.trouble.isVisible()
    assert said == ["offline", "online"]


def test_what_others_sent_arrives_and_is_told(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show, tmp_path: Path
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    sync_now(laptop.book)
    other = open_book(tmp_path / "other", passphrase="test", now_ms=laptop.clock)
    try:
        join(other, server.url, server.code(), "Laptop 5")
        sync_now(other)
        shift = open_shift(other, "Nadia", RIDING, laptop.number)
        record(other, shift, laptop.number, 5, Mark(code="refused"))
        sync_now(other)
    finally:
        other.close()
    screen = show()
    with qtbot.waitSignal(screen.context.changed) as told:
        screen.try_now()
    settle(qtbot, screen)
    assert RIDING in told.args[0].ridings
    moved = last_move(laptop.book)
    assert moved is not None
    assert moved.arrived >= 2
    assert f"{moved.arrived} received" in screen._facts[3].text()


def test_a_revoked_laptop_keeps_its_results_and_is_asked_to_join_again(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    sync_now(laptop.book)
    laptop.type_results(2)
    assert revoke(server.office, laptop.book.device_id)
    screen = show()
    refusals: list[Any] = []
    screen.background.refused.connect(refusals.append)
    screen.background.run_now()
    settle(qtbot, screen)
    assert [type(error) for error in refusals if isinstance(error, Refused)] == [type(refusals[0])]
    assert screen.background.next_in_ms() is None
    assert screen.lead.text() == "2 results are only on this laptop."
    assert screen.join_card.isVisible()
    assert screen.join_card.address.text() == server.url
    screen.background.run_now()
    assert not screen.background.is_running()


def test_everything_speaks_french_at_once(qtbot: QtBot, laptop: Laptop, show: Show) -> None:
    laptop.type_results(1)
    screen = show()
    set_language("fr")
    QApplication.processEvents()
    assert screen.lead.text() == "1 résultat est sur cet ordinateur seulement."
    assert screen.title() == "Synchronisation"
    assert screen.join_card.button.text() == "Se joindre à la campagne"


def test_controls_have_names_and_labels_show_markup_literally(laptop: Laptop, show: Show) -> None:
    laptop.type_results(1, "<b>Nobody</b>")
    screen = show()
    assert all(one.accessibleName() for one in screen.findChildren(QAbstractButton) if one.isVisible())
    card = screen.join_card
    assert all(field.accessibleName() for field in (card.address, card.code, card.name))
    labels = [label for label in screen.findChildren(QLabel) if label.text()]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_a_small_window_at_double_size_never_scrolls_sideways(
    qtbot: QtBot, qapp: QApplication, laptop: Laptop, show: Show
) -> None:
    laptop.type_results(2, "Marie-Antoinette Desjardins-Vaillancourt de la Rivière")
    screen = show()
    screen.resize(720, 480)
    apply_theme(qapp, "dark", 2.0)
    QApplication.processEvents()
    assert screen.area.widget().width() <= screen.area.viewport().width()
    assert not screen.grab().isNull()


def test_the_tour_shows_every_state(qtbot: QtBot, laptop: Laptop, show: Show) -> None:
    laptop.type_results(2)
    screen = show()
    names: list[str] = []
    for name, prepare in screen.tour_states():
        prepare()
        settle(qtbot, screen)
        names.append(name)
        assert not screen.grab().isNull()
    assert names == ["join", "by shift"]


# --- the words ------------------------------------------------------------------------------------


def a_state(shifts: tuple[ShiftHere, ...] = (), **more: Any) -> State:
    values: dict[str, Any] = {
        "joined": True, "hq_url": "https://hq.example.ca", "pending": 0, "pending_by_shift": [],
        "last_contact_ms": START_MS, "receipt": "7F3K", "ridings": [RIDING], "pending_events": 0,
    }  # fmt: skip
    return State(SyncStatus(**(values | more)), shifts, None, START_MS, "2015-10-06", "America/Toronto")


def test_the_sentence_on_top_says_what_is_true(qapp: QApplication) -> None:
    tonight = (ShiftHere("Luc", "2015-10-06", 63, 0),)
    state = a_state(tonight)
    assert headline(state, False).lead == "All 63 results of tonight are at headquarters. Receipt 7F3K."
    morning = replace(state, now_ms=START_MS - 8 * 3_600_000)
    assert headline(morning, False).lead.startswith("All 63 results of today")
    before = replace(state, today="2015-10-07")
    assert headline(before, False).lead.startswith("All results of this laptop are at headquarters.")
    assert headline(a_state(receipt=""), False).lead == "Nothing waits to be sent."
    assert "on their way" in headline(a_state(tonight, pending_events=3), False).detail
    pending = a_state(tonight, pending=12, pending_events=20)
    assert headline(pending, False).lead == "12 results are only on this laptop."
    assert "when there is a network" in headline(pending, False).detail
    assert "on the way" in headline(pending, True).detail
    assert "accepts this laptop again" in headline(pending, False, refused=True).detail
    assert headline(a_state(joined=False, receipt=""), False).lead == "This laptop works on its own."


# --- by itself ------------------------------------------------------------------------------------


def test_the_wait_doubles_after_failures_up_to_five_minutes() -> None:
    assert wait_ms(0, True, 0.5) == LIVELY_MS == 30_000
    assert wait_ms(0, False, 0.5) == QUIET_MS
    longest = [wait_ms(failures, True, 1.0) for failures in range(1, 40)]
    assert longest[:4] == [60_000, 120_000, 240_000, 300_000]
    assert max(longest) == LONGEST_MS == 300_000
    assert wait_ms(4, True, 0.0) == 150_000
    assert all(wait_ms(n, True, share) <= LONGEST_MS for n in range(50) for share in (0.0, 0.3, 1.0))


def started(context: AppContext) -> list[LongTask]:
    tasks: list[LongTask] = []
    context.tasks.long_started.connect(tasks.append)
    return tasks


def test_a_laptop_on_its_own_leaves_the_network_alone(context: AppContext) -> None:
    background = BackgroundSync(context, context)
    tasks = started(context)
    background.set_joined(False)
    background.soon()
    background.run_now()
    assert background.next_in_ms() is None
    assert tasks == []


def test_a_save_is_sent_in_a_moment_and_typing_on_does_not_put_it_off(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    background = BackgroundSync(context, context)
    background.set_joined(True)
    with qtbot.waitSignal(background.connection) as said:
        background.run_now()
    assert said.args == ["online"]
    assert background.next_in_ms() > AFTER_A_SAVE_MS
    background.soon()
    planned = background.next_in_ms()
    assert planned <= AFTER_A_SAVE_MS
    qtbot.waitUntil(lambda: background.next_in_ms() < planned)
    left = background.next_in_ms()
    background.soon()
    assert background.next_in_ms() <= left


def test_no_two_syncs_run_at_once(qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    background = BackgroundSync(context, context)
    background.set_joined(True)
    tasks = started(context)
    with qtbot.waitSignal(background.connection):
        background.run_now()
        background.run_now()
        background.run_now(shown=True)
    assert len(tasks) == 1
    assert not tasks[0].shown


def test_after_a_failure_it_waits_longer_and_a_save_does_not_hurry_it(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    laptop.book.set_meta("hq_url", NOWHERE)
    background = BackgroundSync(context, context, chance=lambda: 1.0)
    background.set_joined(True)
    troubles: list[Any] = []
    context.trouble.connect(troubles.append)
    waits: list[int] = []
    for _ in range(2):
        with qtbot.waitSignal(background.connection) as said:
            background.run_now()
        assert said.args == ["offline"]
        background.soon()
        waits.append(background.next_in_ms())
    assert 30_000 < waits[0] <= 60_000 < waits[1] <= 120_000
    # What happens by itself disturbs nobody; the status line says it.
    assert troubles == []


def test_when_the_window_closes_nothing_more_is_planned(laptop: Laptop, context: AppContext) -> None:
    background = BackgroundSync(context, context)
    background.set_joined(True)
    assert background.next_in_ms() is not None
    background.stop()
    assert background.next_in_ms() is None
    background.run_now()
    assert not background.is_running()


def test_screen_and_shell_share_one_controller(context: AppContext, show: Show) -> None:
    background = BackgroundSync(context, context)
    assert background_of(context) is background
    assert show().background is background


def test_the_demo_looks_more_often_but_still_backs_off() -> None:
    assert wait_ms(0, False, 0.0, 5_000) == 5_000
    assert wait_ms(0, True, 0.0) == 30_000
    assert wait_ms(3, True, 1.0, 5_000) > 30_000
