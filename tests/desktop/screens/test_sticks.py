"""To headquarters and back on a stick, through the screen and by keyboard, with real files and a real headquarters."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync import SyncScreen
from canvass_app.desktop.screens.sync.places import Place
from canvass_app.desktop.theme import apply_theme
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.projecting import catch_up
from canvass_app.services.book import open_book
from canvass_app.services.bundling import write_bundle
from canvass_app.services.syncing import join, sync_now, sync_status
from tests.desktop.screens.sync_kit import (
    NOWHERE,
    Laptop,
    context,
    laptop,
    others_work,
    server,
    settle,
    street_folder,
)
from tests.desktop.screens.world import RIDING
from tests.hq.kit import Hq

__all__ = ["context", "laptop", "server", "street_folder"]
CTRL = Qt.KeyboardModifier.ControlModifier


class Stick:
    """A folder that stands for a drive; `is_in` says whether it is plugged in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path, self.is_in = folder, True

    def find(self) -> list[Place]:
        return [Place(self.path, "KINGSTON", 1_000_000, True)] if self.is_in and self.path.exists() else []

    def files(self) -> list[Path]:
        return sorted(self.path.iterdir())


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    return Stick(tmp_path / "stick")


Open = Callable[[Stick], SyncScreen]


@pytest.fixture
def opened(qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext) -> Open:
    """The screen of a laptop that has joined, has five results and no network."""

    def make(stick: Stick) -> SyncScreen:
        join(laptop.book, server.url, server.code(), "Laptop 4")
        sync_now(laptop.book)
        laptop.type_results(5)
        laptop.book.set_meta("hq_url", NOWHERE)
        screen = SyncScreen(context, find=stick.find)
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


def press(
    screen: SyncScreen, qtbot: QtBot, key: Qt.Key, more: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key on whatever has the keyboard."""
    qtbot.keyClick(QApplication.focusWidget() or screen, key, more)
    settle(qtbot, screen)


def answered(server: Hq, *paths: Path, out: Path) -> Path:
    """Headquarters reads bundles and writes its answer."""
    out.mkdir(exist_ok=True)
    _, kept = import_bundles(server.office, paths, out)
    return Path(kept[0].path)


# --- there ----------------------------------------------------------------------------------------


def test_to_headquarters_and_back_by_keyboard_alone(
    qtbot: QtBot, laptop: Laptop, server: Hq, opened: Open, stick: Stick, tmp_path: Path
) -> None:
    screen = opened(stick)
    press(screen, qtbot, Qt.Key.Key_T, CTRL)
    take = screen.take
    assert take.isVisible()
    assert take.about.lead.text() == "5 results for headquarters"
    assert "nobody else can read it" in take.about.detail.text()
    assert "Luc Roy: 5 results" in take.about.lines.text()
    assert take.choices.hasFocus()
    press(screen, qtbot, Qt.Key.Key_Return)
    assert take.end.lead.text() == "Safe to remove."
    (up,) = stick.files()
    assert up.suffix == ".canvass-up"
    for words in ("5 results", "Luc Roy", up.name, "For: the headquarters at"):
        assert words in take.end.lines.text()
    # Nothing but a receipt empties the outbox.
    assert sync_status(laptop.book).pending == 5
    assert take.back.hasFocus()
    press(screen, qtbot, Qt.Key.Key_Space)
    assert not take.isVisible()
    assert screen.lead.text() == "5 results are only on this laptop."

    others_work(laptop, server, tmp_path / "other", (6,))
    down = answered(server, up, out=stick.path)
    press(screen, qtbot, Qt.Key.Key_O, CTRL)
    bring = screen.bring
    assert [(row.path, row.sort) for row in bring.choices._rows] == [(down, "answer"), (up, "own")]
    press(screen, qtbot, Qt.Key.Key_Return)
    status = sync_status(laptop.book)
    assert status.pending == 0
    assert bring.end.lead.text() == "Read in."
    assert f"Receipt {status.receipt}." in bring.end.lines.text()
    assert "of others arrived" in bring.end.lines.text()
    assert "safe to remove" in bring.end.detail.text()
    press(screen, qtbot, Qt.Key.Key_Space)
    assert screen.lead.text().startswith(
        f"All 5 results of tonight are at headquarters. Receipt {status.receipt}"
    )
    assert f"receipt {status.receipt}" in screen.sentence.text()
    assert "Nadia: 1 result" in screen.news.texts()
    assert server.rows("SELECT COUNT(*) FROM event WHERE kind = ?", "attempt.made") == [(6,)]


def test_a_stick_that_is_put_in_appears_by_itself(
    qtbot: QtBot, laptop: Laptop, opened: Open, stick: Stick
) -> None:
    stick.is_in = False
    screen = opened(stick)
    press(screen, qtbot, Qt.Key.Key_T, CTRL)
    assert screen.take.empty.isVisible()
    assert not screen.take.go.isEnabled()
    assert screen.take.other.hasFocus()
    stick.is_in = True
    qtbot.waitUntil(lambda: screen.take.choices.isVisible(), timeout=20_000)
    assert screen.take.choices.chosen().name == "KINGSTON"
    assert screen.take.go.isEnabled()
    press(screen, qtbot, Qt.Key.Key_Escape)
    assert screen.step_back()
    assert not screen.take.isVisible()
    assert not screen.take._timer.isActive()


def test_any_folder_will_do_and_is_offered_again(
    qtbot: QtBot, laptop: Laptop, opened: Open, stick: Stick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    screen = opened(stick)
    screen.take_on_a_stick()
    settle(qtbot, screen)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *what: str(desk))
    press(screen, qtbot, Qt.Key.Key_O, CTRL)
    rows = [(row.name, row.path) for row in screen.take.choices._rows]
    assert rows == [("KINGSTON", stick.path), ("", desk)]
    assert screen.take.choices.chosen().path == desk
    press(screen, qtbot, Qt.Key.Key_Return)
    assert len(list(desk.iterdir())) == 1
    assert stick.files() == []
    screen.step_back()
    screen.take_on_a_stick()
    settle(qtbot, screen)
    # A drive comes first all the same.
    assert screen.take.choices.chosen().path == stick.path
    assert screen.take.choices.rows.rowCount() == 2


def test_a_stick_that_was_pulled_out_is_said_and_nothing_is_lost(
    qtbot: QtBot, laptop: Laptop, opened: Open, stick: Stick
) -> None:
    screen = opened(stick)
    screen.take_on_a_stick()
    settle(qtbot, screen)
    shutil.rmtree(stick.path)
    screen.take.start()
    settle(qtbot, screen)
    assert screen.take.end.lead.text() == "Nothing was written."
    assert "pulled out" in screen.take.end.detail.text()
    assert "Everything is kept here" in screen.take.end.detail.text()
    assert sync_status(laptop.book).pending == 5
    stick.path.mkdir()
    screen.take.look()
    settle(qtbot, screen)
    assert screen.take.go.text() == "Try again"
    screen.take.start()
    settle(qtbot, screen)
    assert screen.take.end.lead.text() == "Safe to remove."


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit on a process")
def test_a_full_stick_is_said_and_no_half_file_stays(
    qtbot: QtBot, laptop: Laptop, server: Hq, opened: Open, stick: Stick
) -> None:
    import resource

    screen = opened(stick)
    # Headquarters is of the same process: it must have nothing left to write while the disk is called full.
    catch_up(server.office, RIDING)
    screen.take_on_a_stick()
    settle(qtbot, screen)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, before[1]))
    try:
        screen.take.start()
        settle(qtbot, screen)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    assert "not enough room" in screen.take.end.detail.text()
    assert stick.files() == []
    assert sync_status(laptop.book).pending == 5
    set_language("fr")
    QApplication.processEvents()
    assert screen.take.end.lead.text() == "Rien n’a été écrit."
    assert "pas assez de place" in screen.take.end.detail.text()


def test_cancel_leaves_nothing_on_the_stick(
    qtbot: QtBot, laptop: Laptop, opened: Open, stick: Stick, context: AppContext
) -> None:
    screen = opened(stick)
    screen.take_on_a_stick()
    settle(qtbot, screen)
    context.tasks.long_started.connect(lambda task: task.cancel())
    screen.take.start()
    assert screen.take.end.lead.text() == "Writing. Leave the stick in."
    assert not screen.take.go.isEnabled()
    settle(qtbot, screen)
    assert screen.take.end.lead.text().startswith("Stopped. Nothing was left on the stick")
    assert stick.files() == []
    assert sync_status(laptop.book).pending == 5


def test_with_nothing_to_send_the_stick_asks_what_others_did(
    qtbot: QtBot, laptop: Laptop, server: Hq, opened: Open, stick: Stick, tmp_path: Path
) -> None:
    screen = opened(stick)
    laptop.book.set_meta("hq_url", server.url)
    sync_now(laptop.book)
    laptop.book.set_meta("hq_url", NOWHERE)
    screen.refresh()
    settle(qtbot, screen)
    screen.take_on_a_stick()
    settle(qtbot, screen)
    assert screen.take.about.lead.text() == "Headquarters has everything of this laptop."
    screen.take.start()
    settle(qtbot, screen)
    assert "On it: the question what others did." in screen.take.end.lines.text()
    others_work(laptop, server, tmp_path / "other", (6,))
    answered(server, *stick.files(), out=stick.path)
    screen.step_back()
    screen.bring_a_stick()
    settle(qtbot, screen)
    screen.bring.start()
    settle(qtbot, screen)
    assert "of others arrived" in screen.bring.end.lines.text()
    assert "now at headquarters" not in screen.bring.end.lines.text()


# --- back -----------------------------------------------------------------------------------------


def test_the_same_answer_twice_changes_nothing_and_says_so(
    qtbot: QtBot, laptop: Laptop, server: Hq, opened: Open, stick: Stick
) -> None:
    screen = opened(stick)
    up = write_bundle(laptop.book, stick.path).path
    answered(server, up, out=stick.path)
    screen.bring_a_stick()
    settle(qtbot, screen)
    for _ in range(2):
        screen.bring.start()
        settle(qtbot, screen)
        first = screen.bring.end.lead.text()
        screen.bring.start()
        settle(qtbot, screen)
        assert not screen.bring.end.isVisible()
    assert first == "Everything on this stick was here already."
    assert sync_status(laptop.book).pending == 0


def test_a_half_copied_answer_is_shown_as_such_and_gives_what_is_good(
    qtbot: QtBot, laptop: Laptop, server: Hq, opened: Open, stick: Stick
) -> None:
    screen = opened(stick)
    down = answered(server, write_bundle(laptop.book, stick.path).path, out=stick.path)
    whole = down.read_bytes()
    down.write_bytes(whole[: len(whole) // 2])
    screen.bring_a_stick()
    settle(qtbot, screen)
    assert screen.bring.choices.chosen().sort == "half"
    screen.bring.start()
    settle(qtbot, screen)
    assert screen.bring.end.lead.text() == "Nothing more was taken from it."
    assert "Copy the file again" in screen.bring.end.detail.text()
    assert sync_status(laptop.book).pending == 5
    down.write_bytes(whole)
    screen.bring.reset()
    settle(qtbot, screen)
    assert screen.bring.choices.chosen().sort == "answer"
    screen.bring.start()
    settle(qtbot, screen)
    assert sync_status(laptop.book).pending == 0


def test_bundles_of_others_and_files_that_are_none_are_refused_with_the_reason(
    qtbot: QtBot, laptop: Laptop, server: Hq, opened: Open, stick: Stick, tmp_path: Path
) -> None:
    screen = opened(stick)
    other = open_book(tmp_path / "other", passphrase="test", now_ms=laptop.clock)
    try:
        join(other, server.url, server.code(), "Laptop 5")
        sync_now(other)
        theirs = write_bundle(other, stick.path, ask=True).path
    finally:
        other.close()
    for_them = answered(server, theirs, out=stick.path)
    noise = stick.path / "noise.canvass-down"
    noise.write_bytes(b"not a bundle at all")
    screen.bring_a_stick()
    settle(qtbot, screen)
    assert {row.path: row.sort for row in screen.bring.choices._rows} == {
        theirs: "other", for_them: "other", noise: "bad",
    }  # fmt: skip
    told: list[str] = []
    for path in (theirs, for_them, noise):
        assert screen.bring.choices.select_id(str(path))
        screen.bring.start()
        settle(qtbot, screen)
        assert screen.bring.outcome is None
        told.append(screen.bring.end.detail.text())
    assert "can carry it, not read it" in told[0]
    assert "to another computer" in told[1]
    assert "is not a bundle of Canvass" in told[2]
    assert all("Nothing was changed" in text for text in told)
    assert sync_status(laptop.book).pending == 5


def test_a_file_from_anywhere_can_be_read_in(
    qtbot: QtBot,
    laptop: Laptop,
    server: Hq,
    opened: Open,
    stick: Stick,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick.is_in = False
    screen = opened(stick)
    up = write_bundle(laptop.book, tmp_path).path
    down = answered(server, up, out=tmp_path / "mail")
    screen.bring_a_stick()
    settle(qtbot, screen)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *what: (str(down), ""))
    press(screen, qtbot, Qt.Key.Key_O, CTRL)
    assert screen.bring.end.lead.text() == "Read in."
    assert sync_status(laptop.book).pending == 0


# --- the pages ------------------------------------------------------------------------------------


def test_a_sync_that_waits_gives_way_to_the_stick(
    qtbot: QtBot, laptop: Laptop, opened: Open, stick: Stick, context: AppContext
) -> None:
    screen = opened(stick)
    screen.background.run_now()
    screen.take_on_a_stick()
    screen.take.choices.show_rows(stick.find(), [str(stick.path)])
    screen.take.start()
    settle(qtbot, screen)
    assert screen.take.end.lead.text() == "Safe to remove."
    assert screen.background.next_in_ms() is not None


def test_a_laptop_on_its_own_has_no_stick_to_take(qtbot: QtBot, laptop: Laptop, context: AppContext) -> None:
    screen = SyncScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    settle(qtbot, screen)
    screen.take_on_a_stick()
    screen.bring_a_stick()
    assert not screen.take.isVisible()
    assert not screen.bring.isVisible()
    assert screen.commands() == []


def test_the_pages_speak_french_have_names_and_never_scroll_sideways(
    qtbot: QtBot, qapp: QApplication, laptop: Laptop, opened: Open, stick: Stick
) -> None:
    screen = opened(stick)
    set_language("fr")
    apply_theme(qapp, "dark", 2.0)
    screen.resize(720, 480)
    settle(qtbot, screen)
    # Larger words ask for a layout, and its answer for another.
    qtbot.waitUntil(lambda: screen.area.widget().width() <= screen.area.viewport().width())
    for page in (screen.take, screen.bring):
        (screen.take_on_a_stick if page is screen.take else screen.bring_a_stick)()
        settle(qtbot, screen)
        assert page.area.widget().width() <= page.area.viewport().width()
        assert all(one.accessibleName() for one in page.findChildren(QAbstractButton) if one.isVisible())
        assert page.choices.accessibleName()
        labels = [label for label in page.findChildren(QLabel) if label.text()]
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
        assert page.back.text() == "Retour à Synchronisation"
        assert screen.keys()[-1][1] == "retour à Synchronisation"
