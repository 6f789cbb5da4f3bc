"""Work off the GUI thread."""

import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from canvass_app.desktop.tasks import LongTask, Tasks
from canvass_app.domain.errors import Cancelled, NotFound
from canvass_app.domain.text import Text
from canvass_app.storage.changes import ChangeSet

TROUBLE = NotFound(Text("Not here.", "Pas ici."))


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def _fail() -> None:
    raise TROUBLE


def test_a_read_runs_elsewhere_and_answers_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    threads: list[str] = []
    with qtbot.waitSignal(tasks.idle):
        tasks.read(
            lambda: threading.current_thread().name,
            lambda name: threads.extend((name, threading.current_thread().name)),
        )
    assert threads[0].startswith("canvass-read")
    assert threads[1] == threading.main_thread().name


def test_only_the_newest_read_of_a_key_is_answered(tasks: Tasks, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[int]()
    tasks.read(lambda: gate.wait(10) and 1, answers.append, key="look-up")
    tasks.read(lambda: 2, answers.append, key="look-up")
    with qtbot.waitSignal(tasks.idle):
        gate.set()
    assert answers == [2]


def test_an_answer_to_a_deleted_receiver_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[int]()
    owner = QObject()
    tasks.read(lambda: gate.wait(10), lambda _: answers.append(1), owner=owner)
    import shiboken6

    shiboken6.delete(owner)
    with qtbot.waitSignal(tasks.idle):
        gate.set()
    assert answers == []


def test_writes_run_on_one_thread_in_the_order_asked(tasks: Tasks, qtbot: QtBot) -> None:
    ran: list[tuple[int, str]] = []
    with qtbot.waitSignal(tasks.idle):
        for number in range(20):
            tasks.write(lambda number=number: ran.append((number, threading.current_thread().name)))
    assert [number for number, _ in ran] == list(range(20))
    assert {name for _, name in ran} == {"canvass-write"}


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_write_is_broadcast_after_its_own_answer(tasks: Tasks, qtbot: QtBot, wrapped: bool) -> None:
    changes = ChangeSet(ridings={201300001}, doors={b"d" * 16})
    result: Any = SimpleNamespace(changes=changes) if wrapped else changes
    heard: list[object] = []
    tasks.changed.connect(heard.append)
    with qtbot.waitSignal(tasks.idle):
        tasks.write(lambda: result, lambda answer: heard.append("answered"))
    assert heard == ["answered", changes]


def test_a_write_that_changed_nothing_is_not_broadcast(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[object] = []
    tasks.changed.connect(heard.append)
    with qtbot.waitSignal(tasks.idle):
        tasks.write(ChangeSet)
    assert heard == []


def test_a_known_trouble_goes_to_who_asked_for_it_or_to_the_shell(tasks: Tasks, qtbot: QtBot) -> None:
    mine: list[object] = []
    shells: list[object] = []
    tasks.failed.connect(shells.append)
    with qtbot.waitSignal(tasks.idle):
        tasks.read(_fail, lambda _: None, mine.append)
    assert (mine, shells) == ([TROUBLE], [])
    with qtbot.waitSignal(tasks.idle):
        tasks.write(_fail)
    assert shells == [TROUBLE]


def test_a_bug_goes_to_the_crash_report(tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, traceback: caught.append(kind))
    with qtbot.waitSignal(tasks.idle):
        tasks.read(lambda: 1 / 0, lambda _: None)
    assert caught == [ZeroDivisionError]


def test_closing_waits_for_every_write(qtbot: QtBot) -> None:
    tasks, done = Tasks(), list[int]()
    for number in range(50):
        tasks.write(lambda number=number: done.append(number))
    for _ in range(5):
        tasks.read(lambda: None, lambda _: None)
    tasks.close()
    assert done == list(range(50))


def test_long_work_tells_how_far_it_is_and_can_be_stopped(tasks: Tasks, qtbot: QtBot) -> None:
    def work(progress: Any, cancelled: Any) -> None:
        done = 0
        while not cancelled():
            progress(Text("Walking", "En marche"), done := done + 1, 0)
        raise Cancelled

    errors: list[object] = []
    with qtbot.waitSignal(tasks.long_moved) as moved:
        task = tasks.long("Walk", work, on_error=errors.append, writes=False)
    seen: LongTask = moved.args[0]
    assert seen is task
    assert seen.what is not None
    assert seen.done > 0
    with qtbot.waitSignal(tasks.long_ended):
        task.cancel()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)


def test_closing_stops_long_work(qtbot: QtBot) -> None:
    tasks, started = Tasks(), threading.Event()

    def work(progress: Any, cancelled: Any) -> None:
        started.set()
        while not cancelled():
            threading.Event().wait(0.001)

    tasks.long("Endless", work, writes=False)
    assert started.wait(10)
    tasks.close()
