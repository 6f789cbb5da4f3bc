"""The sync that runs by itself: on bad networks, beside somebody who types, on a battery, to the end."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync.background import (
    AFTER_A_SAVE_MS,
    AFTER_A_SIGN_MS,
    BATTERY_QUIET_MS,
    LIVELY_MS,
    QUIET_MS,
    REFUSED_MS,
    BackgroundSync,
    background_of,
    wait_ms,
)
from canvass_app.desktop.screens.sync.surroundings import on_battery
from canvass_app.desktop.tasks import LongTask
from canvass_app.domain.errors import Refused
from canvass_app.hq.devices import revoke
from canvass_app.services import syncing
from canvass_app.services.book import open_book
from canvass_app.services.syncing import join, sync_now, sync_status
from tests.desktop.screens.sync_kit import (
    NOWHERE,
    Laptop,
    Show,
    context,
    laptop,
    others_work,
    server,
    show,
    street_folder,
)
from tests.hq.kit import Hq
from tests.sync.silence import Silence, silence

__all__ = ["context", "laptop", "server", "show", "silence", "street_folder"]


def started(context: AppContext) -> list[LongTask]:
    tasks: list[LongTask] = []
    context.tasks.long_started.connect(tasks.append)
    return tasks


def joined(laptop: Laptop, server: Hq, context: AppContext, **more: Any) -> BackgroundSync:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    background = BackgroundSync(context, context, **({"battery": lambda: False} | more))
    background.set_joined(True)
    return background


def sync_once(qtbot: QtBot, background: BackgroundSync) -> str:
    with qtbot.waitSignal(background.connection, timeout=30_000) as said:
        background.run_now()
    return str(said.args[0])


# --- when -----------------------------------------------------------------------------------------


def test_the_wait_is_short_while_something_moves_and_long_on_a_battery() -> None:
    assert wait_ms(True) == LIVELY_MS == 30_000
    assert wait_ms(False) == QUIET_MS
    assert wait_ms(False, battery=True) == BATTERY_QUIET_MS > wait_ms(True, battery=True) > LIVELY_MS
    assert wait_ms(False, every_ms=5_000) == 5_000
    assert wait_ms(True, battery=True, every_ms=5_000) > 5_000


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
    background = joined(laptop, server, context)
    assert sync_once(qtbot, background) == "online"
    assert background.next_in_ms() > AFTER_A_SAVE_MS
    background.soon()
    planned = background.next_in_ms()
    assert planned <= AFTER_A_SAVE_MS
    qtbot.waitUntil(lambda: background.next_in_ms() < planned)
    left = background.next_in_ms()
    background.soon()
    assert background.next_in_ms() <= left


def test_what_a_sync_brought_is_nothing_to_send(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext, tmp_path: Path
) -> None:
    background = joined(laptop, server, context)
    sync_now(laptop.book)
    others_work(laptop, server, tmp_path / "other")
    context.changed.connect(background.soon)
    with qtbot.waitSignal(context.changed, timeout=30_000):
        sync_once(qtbot, background)
    assert background.next_in_ms() > AFTER_A_SAVE_MS
    laptop.type_results(1)
    context.apply(laptop.book_changes())
    assert background.next_in_ms() <= AFTER_A_SAVE_MS


def test_no_two_syncs_run_at_once(qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext) -> None:
    background = joined(laptop, server, context)
    tasks = started(context)
    with qtbot.waitSignal(background.connection, timeout=30_000):
        background.run_now()
        background.run_now()
    assert len(tasks) == 1
    assert not tasks[0].shown


def test_who_asks_while_one_is_under_way_sees_that_one(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext
) -> None:
    background = joined(laptop, server, context)
    tasks = started(context)
    with qtbot.waitSignal(background.connection, timeout=30_000):
        background.run_now()
        background.run_now(shown=True)
    assert len(tasks) == 2
    assert tasks[0] is tasks[1]
    assert (tasks[0].shown, tasks[0].title) == (True, "Syncing with headquarters")


# --- bad networks ---------------------------------------------------------------------------------


def test_after_failures_it_waits_longer_up_to_five_minutes_and_never_gives_up(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext
) -> None:
    background = joined(laptop, server, context, chance=lambda: 0.0)
    laptop.book.set_meta("hq_url", NOWHERE)
    troubles: list[Any] = []
    context.trouble.connect(troubles.append)
    waits: list[int] = []
    for _ in range(12):
        assert sync_once(qtbot, background) == "offline"
        background.soon()
        waits.append(background.next_in_ms())
    assert 900 < waits[0] <= 1_000 < waits[1] <= 2_000 < waits[2] <= 4_000
    assert all(earlier <= later + 1 for earlier, later in pairwise(waits))
    assert 299_000 < waits[-1] <= 300_000
    # What happens by itself disturbs nobody; the status line says it.
    assert troubles == []
    laptop.book.set_meta("hq_url", server.url)
    assert sync_once(qtbot, background) == "online"
    laptop.book.set_meta("hq_url", NOWHERE)
    assert sync_once(qtbot, background) == "offline"
    assert background.next_in_ms() <= 1_000


def test_the_laptops_of_a_room_do_not_come_back_in_the_same_second(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext
) -> None:
    background = joined(laptop, server, context, chance=lambda: 0.999)
    laptop.book.set_meta("hq_url", NOWHERE)
    for _ in range(4):
        sync_once(qtbot, background)
    assert 3_900 < background.next_in_ms() <= 4_100


@pytest.mark.parametrize("sign", ["the system", "a turn to the window", "waking up"])
def test_a_sign_of_a_network_makes_it_try_soon(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext, qapp: QApplication, sign: str
) -> None:
    background = joined(laptop, server, context, chance=lambda: 0.0)
    laptop.book.set_meta("hq_url", NOWHERE)
    for _ in range(6):
        sync_once(qtbot, background)
    assert background.next_in_ms() > 20_000
    if sign == "the system":
        background.sign_of_network()
    elif sign == "a turn to the window":
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    else:
        background.set_joined(True)
        laptop.clock.ms += 8 * 3_600_000
        background.set_joined(True)
    assert background.next_in_ms() <= AFTER_A_SIGN_MS
    # From then on it begins with short waits again.
    sync_once(qtbot, background)
    assert background.next_in_ms() <= 1_000


def test_a_laptop_that_slept_asks_what_others_did(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext
) -> None:
    background = joined(laptop, server, context)
    sync_once(qtbot, background)
    background.set_joined(True)
    assert background.next_in_ms() > AFTER_A_SIGN_MS
    laptop.clock.ms += 3_600_000
    background.set_joined(True)
    assert background.next_in_ms() <= AFTER_A_SIGN_MS


def test_a_refusal_is_said_once_and_headquarters_is_asked_again_now_and_then(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext
) -> None:
    background = joined(laptop, server, context)
    sync_once(qtbot, background)
    laptop.type_results(2)
    revoke(server.office, laptop.book.device_id, wipe=False)
    refusals: list[Any] = []
    background.refused.connect(refusals.append)
    for _ in range(2):
        with qtbot.waitSignal(background.state_changed, check_params_cb=None, timeout=30_000):
            background.run_now()
        qtbot.waitUntil(lambda: not background.is_running(), timeout=30_000)
    assert [isinstance(error, Refused) for error in refusals] == [True]
    assert REFUSED_MS - 5_000 < background.next_in_ms() <= REFUSED_MS
    assert sync_status(laptop.book).pending == 2


def test_a_bug_in_a_sync_does_not_end_syncing(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = joined(laptop, server, context)
    reports: list[Any] = []
    monkeypatch.setattr("sys.excepthook", lambda *what: reports.append(what[0]))
    with monkeypatch.context() as broken:
        broken.setattr(syncing, "exchange_ridings", None)
        assert sync_once(qtbot, background) == "offline"
    assert reports == [TypeError]
    assert not background.is_running()
    assert background.next_in_ms() is not None
    assert sync_once(qtbot, background) == "online"


# --- beside people --------------------------------------------------------------------------------


def test_a_sync_knows_while_it_runs_whether_somebody_types(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = joined(laptop, server, context)
    told: list[bool] = []

    def watched(*what: Any, **how: Any) -> Any:
        told.append(how["typing"]())
        return sync_now(*what, **how)

    monkeypatch.setattr(syncing, "sync_now", watched)
    sync_once(qtbot, background)
    context.somebody_types()
    sync_once(qtbot, background)
    assert told == [False, True]


def test_a_key_of_entry_is_typing(qtbot: QtBot, laptop: Laptop, context: AppContext) -> None:
    from canvass_app.desktop.screens.enter import EnterScreen

    screen = EnterScreen(context)
    qtbot.addWidget(screen)
    assert not context.is_somebody_typing()
    screen.type_key("Esc")
    assert context.is_somebody_typing()


def test_on_a_battery_it_tries_less_often(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext
) -> None:
    background = joined(laptop, server, context, battery=lambda: True)
    sync_once(qtbot, background)
    assert background.next_in_ms() > LIVELY_MS


@pytest.mark.parametrize(
    ("supplies", "expected"),
    [
        ({"AC": ("Mains", "1", ""), "BAT0": ("Battery", "", "Charging")}, False),
        ({"AC": ("Mains", "0", ""), "BAT0": ("Battery", "", "Discharging")}, True),
        ({"AC": ("Mains", "0", ""), "BAT0": ("Battery", "", "Full")}, False),
        ({"BAT0": ("Battery", "", "Discharging")}, True),
        ({}, False),
    ],
)
def test_whether_the_computer_runs_on_its_battery(
    supplies: dict[str, tuple[str, str, str]], expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name, (kind, online, status) in supplies.items():
        (tmp_path / name).mkdir()
        for file, text in (("type", kind), ("online", online), ("status", status)):
            if text:
                (tmp_path / name / file).write_text(text + "\n", "ascii")
    assert on_battery(tmp_path) is expected
    assert not on_battery(tmp_path / "nowhere")


# --- the end --------------------------------------------------------------------------------------


def test_when_the_window_closes_nothing_more_is_planned(laptop: Laptop, context: AppContext) -> None:
    background = BackgroundSync(context, context)
    background.set_joined(True)
    assert background.next_in_ms() is not None
    background.stop()
    assert background.next_in_ms() is None
    background.run_now()
    assert not background.is_running()


def test_closing_waits_for_no_answer(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext, silence: Silence, tmp_path: Path
) -> None:
    background = joined(laptop, server, context)
    laptop.type_results(2)
    laptop.book.set_meta("hq_url", silence.url)
    background.run_now()
    assert silence.asked.wait(30)
    background.stop()
    # Without the cut this would take the whole patience of the call.
    context.tasks.close()
    laptop.book.close()
    again = open_book(tmp_path / "laptop", passphrase="test", now_ms=laptop.clock)
    try:
        assert sync_status(again).pending == 2
    finally:
        again.close()


def test_cancel_waits_for_no_answer_either(
    qtbot: QtBot, laptop: Laptop, server: Hq, context: AppContext, silence: Silence
) -> None:
    background = joined(laptop, server, context)
    laptop.book.set_meta("hq_url", silence.url)
    tasks = started(context)
    background.run_now(shown=True)
    assert silence.asked.wait(30)
    tasks[0].cancel()
    qtbot.waitUntil(lambda: not background.is_running(), timeout=20_000)
    assert background.failures() == 0
    assert background.next_in_ms() is not None


def test_screen_and_shell_share_one_controller(context: AppContext, show: Show) -> None:
    background = BackgroundSync(context, context)
    assert background_of(context) is background
    assert show().background is background
