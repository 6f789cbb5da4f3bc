"""The windows of a laptop that is locked, and of one that headquarters has withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.first_run.locked import LockedWindow
from canvass_app.desktop.first_run.withdrawn import WithdrawnWindow
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.session import Session
from canvass_app.domain.campaign import LEASE_DAYS
from canvass_app.domain.errors import Withdrawn
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.devices import revoke
from canvass_app.hq.handing_in import all_waiting
from canvass_app.services.book import open_book
from canvass_app.services.farewell import UNSENT, read_farewell, write_farewell
from canvass_app.services.lease import DAY_MS, locked
from canvass_app.services.syncing import sync_now, sync_status
from tests.hq.kit import PASSPHRASE, Hq, add_street, knock, new_laptop, running_hq

__all__ = ["new_laptop"]


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Hq]:
    yield from running_hq(tmp_path / "hq")


@pytest.fixture
def laptop(hq: Hq, new_laptop: Any) -> Any:
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    for number in (1, 2, 3):
        knock(book, number)
    return book


@pytest.fixture
def front(hq: Hq, laptop: Any, qtbot: QtBot) -> Iterator[LockedWindow]:
    hq.time.pass_ms(LEASE_DAYS * DAY_MS)
    why = locked(laptop)
    assert why is not None
    window = LockedWindow(laptop, why)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.done(0)


def test_a_locked_laptop_opens_by_a_sync(laptop: Any, front: LockedWindow, qtbot: QtBot) -> None:
    assert "3 results are unsent" in front.sentence.text()
    front.sync.click()
    front.reject()  # Escape does not end it half-way
    qtbot.waitUntil(lambda: front.result() == 1)
    assert locked(laptop) is None
    assert sync_status(laptop).pending == 0


def test_without_a_network_it_stays_locked_and_says_both(
    hq: Hq, laptop: Any, front: LockedWindow, qtbot: QtBot
) -> None:
    hq.stop()
    try:
        front.sync.click()
        qtbot.waitUntil(front.sync.isEnabled)
    finally:
        hq.start()
    assert "cannot be reached" in front.sentence.text()
    assert "3 results are unsent" in front.sentence.text()
    assert locked(laptop) is not None


def test_a_locked_laptop_opens_by_a_stick(
    hq: Hq, laptop: Any, front: LockedWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    front.write_to(tmp_path)
    qtbot.waitUntil(front.sync.isEnabled)
    assert "is written" in front.sentence.text()
    (written,) = tmp_path.glob("*.canvass-up")
    _, answers = import_bundles(hq.office, [written])
    front.bring_in(answers[0].path)
    qtbot.waitUntil(lambda: front.result() == 1)
    assert locked(laptop) is None


def test_a_locked_laptop_opens_by_a_new_code(hq: Hq, laptop: Any, front: LockedWindow, qtbot: QtBot) -> None:
    front.join.click()
    assert front.isVisible()  # nothing was typed
    front.code.setText(hq.code().lower())
    front.join_again()
    qtbot.waitUntil(lambda: front.result() == 1)
    assert locked(laptop) is None


def test_a_locked_laptop_that_headquarters_withdrew_goes_on_to_be_emptied(
    hq: Hq, laptop: Any, front: LockedWindow, qtbot: QtBot
) -> None:
    revoke(hq.office, laptop.device_id)
    front.sync.click()
    qtbot.waitUntil(lambda: front.withdrawn)
    assert not front.isVisible()


def test_the_window_of_a_withdrawn_laptop_hands_in_and_lets_it_be_used_again(
    hq: Hq, laptop: Any, qtbot: QtBot
) -> None:
    revoke(hq.office, laptop.device_id)
    with pytest.raises(Withdrawn):
        sync_now(laptop)
    laptop.close()
    window = WithdrawnWindow(laptop.folder)
    qtbot.addWidget(window)
    window.go_on()
    window.show()
    window.reject()
    assert window.isVisible()  # not in the middle
    qtbot.waitUntil(window.start.isVisible)
    assert not window.again.isVisible()
    assert "nothing was lost" in window.sentence.text()
    assert all_waiting(hq.office)[0].kinds == {"attempt.made": 3}
    window.start.click()
    assert window.anew
    fresh = open_book(laptop.folder, passphrase=PASSPHRASE)
    assert fresh.campaign is None
    fresh.close()


def test_without_a_network_the_sealed_file_can_be_taken_on_a_stick(
    hq: Hq, laptop: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    revoke(hq.office, laptop.device_id)
    with pytest.raises(Withdrawn):
        sync_now(laptop)
    laptop.close()
    hq.stop()
    try:
        window = WithdrawnWindow(laptop.folder)
        qtbot.addWidget(window)
        window.go_on()
        window.show()
        qtbot.waitUntil(window.again.isEnabled)
    finally:
        hq.start()
    assert window.stick.isVisible()
    assert not window.start.isVisible()
    assert UNSENT in window.sentence.text()
    stick = tmp_path / "stick"
    stick.mkdir()
    window.copy_to(stick)
    qtbot.waitUntil(window.start.isVisible)
    (copied,) = stick.iterdir()
    assert copied.name in window.sentence.text()
    left = read_farewell(laptop.folder)
    assert left is not None
    write_farewell(laptop.folder, replace(left, url=hq.url))  # it has another port now
    window.again.click()  # the network is back after all
    qtbot.waitUntil(lambda: "nothing was lost" in window.sentence.text())
    window.done(0)


def test_an_order_that_comes_while_somebody_works_closes_the_window(
    hq: Hq, laptop: Any, qtbot: QtBot, qapp: Any
) -> None:
    from canvass_app.desktop.screens.sync.background import background_of

    session = Session(qapp, laptop, Preferences(laptop.folder, "en"))
    session.start()
    window = session.window
    assert window is not None
    qtbot.waitUntil(window.isVisible)
    revoke(hq.office, laptop.device_id)
    background = background_of(session.context)
    background.set_joined(True)
    background.run_now()
    qtbot.waitUntil(lambda: session.withdrawn)
    qtbot.waitUntil(lambda: not window.isVisible())
    session.close()


def test_a_window_that_stays_open_for_weeks_is_locked(
    hq: Hq, laptop: Any, qtbot: QtBot, qapp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(qapp, laptop, Preferences(laptop.folder, "en"))
    session.start()
    window = session.window
    assert window is not None
    qtbot.waitUntil(window.isVisible)
    session.check_lease()
    assert window.isVisible()
    hq.time.pass_ms(LEASE_DAYS * DAY_MS)
    hidden: list[bool] = []

    def closes(front: LockedWindow) -> int:
        hidden.append(not window.isVisible())
        front.sync.click()
        qtbot.waitUntil(lambda: front.result() == 1)
        return front.result()

    monkeypatch.setattr(LockedWindow, "exec", closes)
    session.check_lease()
    assert hidden == [True]
    assert window.isVisible()
    session.close()
