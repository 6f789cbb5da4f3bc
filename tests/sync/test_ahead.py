"""What is done ahead of need: the next batch and the next page are under way while the last is written down, and the
record is the same; a page is taken in small parts while somebody types."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.hq.projecting import Projector
from canvass_app.services.book import Book
from canvass_app.services.syncing import sync_now, sync_status
from canvass_app.sync import pulling
from canvass_app.sync.http import Link
from canvass_app.sync.problems import SyncStopped
from canvass_app.sync.steps import Answer, Call
from tests.hq.kit import Hq, add_street, hq_log, knock, knock_often, laptop_log, running_hq
from tests.sync.test_bad_networks import exchange, link_of


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Hq]:
    """The laptop's order of things is the subject here, not HQ's database: SQLite alone."""
    yield from running_hq(tmp_path / "hq")


class _Watched:
    """Notes, in order, which calls were begun ahead and which were asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lines: list[tuple[str, Call]] = []
        begin, ask = Link.ahead, Link.send
        main = threading.get_ident()

        def ahead(link: Link, call: Call) -> None:
            self.lines.append(("ahead", call))
            begin(link, call)

        def send(link: Link, call: Call) -> Answer:
            if threading.get_ident() == main:
                self.lines.append(("asked", call))
            return ask(link, call)

        monkeypatch.setattr(Link, "ahead", ahead)
        monkeypatch.setattr(Link, "send", send)

    def asked(self, method: str) -> list[Call]:
        return [c for how, c in self.lines if how == "asked" and c.method == method and "/events" in c.path]

    def ahead(self) -> list[Call]:
        return [c for how, c in self.lines if how == "ahead"]


def test_batches_and_pages_are_under_way_before_they_are_asked_for_and_the_record_is_the_same(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    sync_now(one)
    knock_often(one, 2_000)
    watched = _Watched(monkeypatch)
    assert sync_now(one).pushed == 2_000
    batches = watched.asked("POST")
    assert len(batches) == 3
    assert set(batches[1:]) <= set(watched.ahead())
    assert sync_status(one).pending_events == 0
    watched.lines.clear()
    assert sync_now(two).pulled == 2_001
    pages = watched.asked("GET")
    assert len(pages) > 2
    assert pages[1:] == list(dict.fromkeys(watched.ahead()))
    assert laptop_log(one) == laptop_log(two) == hq_log(hq)
    assert hq.numbers() == (2_001, 2_001, 2_001)


def test_a_call_begun_ahead_for_nothing_changes_nothing(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    with link_of(book) as link:
        link.ahead(Call("GET", "/v1/campaign"))
        answer = link.send(Call("GET", "/v1/ridings"))
        assert b"riding_id" in answer.body


def test_a_trouble_of_a_call_begun_ahead_is_told_when_it_is_asked_for(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    with link_of(book) as link:
        call = Call("GET", "/v1/ridings")
        link.ahead(call)
        link.stop()
        with pytest.raises(SyncStopped):
            link.send(call)
        link.ahead(call)
        with pytest.raises(SyncStopped):
            link.send(call)


def test_what_was_made_ready_is_read_again_after_somebody_wrote(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    knock_often(book, 600)
    watched = _Watched(monkeypatch)
    with link_of(book) as link:
        typed = iter(range(1, 3))

        def send(call: Call) -> Answer:
            answer = link.send(call)
            if call.method == "POST" and next(typed, 0):
                knock(book, 7)
            return answer

        assert exchange(book, send).pushed == 602
    assert [len(hq_log(hq)), sync_status(book).pending_events] == [603, 0]
    assert len(watched.asked("POST")) == 3


def _pull_typing(book: Book, hq: Hq, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sync while somebody types; how many events each transaction of the pull took."""
    sizes: list[int] = []
    keep, apply = pulling.keep_ahead, pulling.apply_page

    def noted_part(me: Any, events: Any, sequences: Any) -> int:
        sizes.append(len(events))
        return keep(me, events, sequences)

    def noted_rest(me: Any, riding: int, page: Any, opened: Any, *, later: bool) -> int:
        sizes.append(len(opened[0]))
        return apply(me, riding, page, opened, later=later)

    monkeypatch.setattr(pulling, "keep_ahead", noted_part)
    monkeypatch.setattr(pulling, "apply_page", noted_rest)
    sync_now(book, typing=lambda: True)
    return sizes


def test_while_somebody_types_a_page_is_taken_in_small_parts(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    knock_often(one, 300)
    sync_now(one)
    sizes = _pull_typing(two, hq, monkeypatch)
    assert sum(sizes) == 301
    assert len(sizes) > 301 / pulling.FIRST_PAGE + 1
    assert laptop_log(one) == laptop_log(two) == hq_log(hq)


def test_a_laptop_that_dies_between_two_parts_of_a_page_is_whole_after_the_next_sync(
    hq: Hq, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    knock_often(one, 120)
    sync_now(one)
    sync_now(two)
    knock_often(one, 120)
    sync_now(one)
    parts = iter(range(3))
    keep = pulling.keep_ahead

    def dies(*arguments: Any) -> int:
        if next(parts, None) is None:
            raise MemoryError
        return keep(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(pulling, "keep_ahead", dies)
        with pytest.raises(MemoryError):
            sync_now(two, typing=lambda: True)
    here = len(laptop_log(two))
    assert 121 < here < 241
    report = sync_now(two)
    assert report.pulled == 241 - here
    assert laptop_log(two) == hq_log(hq)
    assert _counted(one) == _counted(two)


def _counted(book: Book) -> list[tuple[Any, ...]]:
    return book.read().query("SELECT door_id, attempts, contacts, state FROM door ORDER BY door_id")


def test_the_projector_gives_way_to_pushes_but_not_for_ever(hq: Hq, monkeypatch: pytest.MonkeyPatch) -> None:
    from canvass_app.hq import projecting

    projector = Projector(hq.office)
    monkeypatch.setattr(projecting, "LULL", 0.0)
    monkeypatch.setattr(projecting, "GIVES_WAY", 3_600.0)
    folded = threading.Event()
    waiting = threading.Thread(target=lambda: (projector._give_way(), folded.set()), daemon=True)
    with projector.pushing():
        waiting.start()
        assert not folded.wait(0.05)
        monkeypatch.setattr(projecting, "GIVES_WAY", 0.0)
        projector._give_way()
    assert folded.wait(30)
