"""Cycles of objects end on the GUI thread: on a worker's they would leave timers behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from canvass_app.desktop.collecting import EVERY_MS, collect_here, collect_what_is_due


@pytest.fixture
def owner() -> Iterator[QObject]:
    one = QObject()
    yield one
    one.deleteLater()


class _Part:
    """Something that says on which thread it ended, and that only a search for cycles ends."""

    def __init__(self, ended: list[int]) -> None:
        self.itself, self.ended = self, ended

    def __del__(self) -> None:
        self.ended.append(threading.get_ident())


def _make_many() -> None:
    kept = [[number] for number in range(200_000)]
    assert len(kept) == 200_000


def test_what_a_worker_makes_ends_nothing_and_the_gui_thread_does(owner: QObject, qtbot: QtBot) -> None:
    gc.collect()
    ended: list[int] = []
    timer = collect_here(owner)
    assert not gc.isenabled()
    assert (timer.isActive(), timer.interval()) == (True, EVERY_MS)
    _Part(ended)
    worker = threading.Thread(target=_make_many)
    worker.start()
    worker.join()
    assert ended == []
    kept = [[number] for number in range(20_000)]
    qtbot.waitUntil(lambda: bool(ended), timeout=20_000)
    assert len(kept) == 20_000
    assert ended == [threading.get_ident()]


def test_nothing_is_looked_through_before_its_turn() -> None:
    gc.collect()
    ended: list[int] = []
    _Part(ended)
    collect_what_is_due()
    assert ended == []
