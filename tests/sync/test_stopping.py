"""A sync that waits for an answer can be stopped: it ends at once, and nothing is written after it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.services.syncing import stop_sync, sync_now, sync_status
from canvass_app.sync.http import Link
from canvass_app.sync.problems import SyncStopped
from canvass_app.sync.steps import Call
from tests.hq.kit import Hq, add_street, knock, running_hq
from tests.sync.silence import Silence, silence

__all__ = ["silence"]


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Hq]:
    """A headquarters on SQLite: nothing here depends on its database."""
    yield from running_hq(tmp_path / "hq")


def test_a_call_that_nobody_answers_ends_when_it_is_stopped(silence: Silence) -> None:
    link = Link(silence.url)
    ended: list[BaseException] = []

    def ask() -> None:
        try:
            link.send(Call("GET", "/v1/ridings"))
        except SyncStopped as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert silence.asked.wait(30)
    link.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert [type(error) for error in ended] == [SyncStopped]
    assert silence.gone.wait(20)
    with pytest.raises(SyncStopped):
        link.send(Call("GET", "/v1/ridings"))
    link.close()


def test_a_sync_that_was_stopped_keeps_everything_and_goes_on_another_time(
    hq: Hq, new_laptop: Any, silence: Silence
) -> None:
    book = new_laptop(hq)
    add_street(book)
    knock(book, 1)
    book.set_meta("hq_url", silence.url)
    stop = threading.Event()
    ended: list[BaseException] = []

    def run() -> None:
        try:
            sync_now(book, cancelled=stop.is_set)
        except SyncStopped as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert silence.asked.wait(30)
    stop.set()
    stop_sync(book)
    thread.join(20)
    assert not thread.is_alive()
    assert len(ended) == 1
    assert sync_status(book).pending == 1
    book.set_meta("hq_url", hq.url)
    sync_now(book)
    assert sync_status(book).pending == 0


def test_stopping_when_nothing_runs_harms_nothing(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    stop_sync(book)
    knock(book, 1)
    sync_now(book)
    assert sync_status(book).pending == 0
