"""Case 24: a copied laptop and one put back from a backup are found; nothing is lost, nothing counts twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import Refused
from canvass_app.hq.doctor import projection_digests
from canvass_app.hq.projecting import catch_up
from canvass_app.ledger.events import open_event
from canvass_app.ledger.kinds import AttemptCorrected, AttemptMade
from canvass_app.services.book import Book, open_book
from canvass_app.services.doctor import examine
from canvass_app.services.identity import has_forked, take_new_identity
from canvass_app.services.progress import recount
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_street, knock, running_hq, street_door, talk

Open = Callable[[str], Book]


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Hq]:
    yield from running_hq(tmp_path / "hq")


@pytest.fixture
def opened(tmp_path: Path, hq: Hq) -> Iterator[Open]:
    books: list[Book] = []

    def open_it(name: str) -> Book:
        books.append(open_book(tmp_path / name, passphrase=PASSPHRASE, now_ms=hq.time))
        return books[-1]

    yield open_it
    for book in books:
        book.close()


def copied(book: Book, name: str) -> None:
    """The data folder as somebody copies it while the program is closed."""
    shutil.copytree(book.folder, book.folder.parent / name)


def attempts(db: Any) -> int:
    return int(db.query("SELECT COUNT(*) FROM attempt")[0][0])


def everywhere_alike(hq: Hq, *books: Book) -> int:
    """All hold and show the same as headquarters; the attempts that count."""
    for _ in range(2):
        for book in books:
            sync_now(book)
    catch_up(hq.office, RIDING)
    shown = projection_digests(hq.office.read(), RIDING)
    for book in books:
        assert projection_digests(book.read(), RIDING) == shown
        assert sync_status(book).pending_events == 0
        assert examine(book).ok
        assert recount(book, RIDING)["attempts"] == attempts(book.read())
    return attempts(hq.office.read())


def joins_again(book: Book, hq: Hq) -> None:
    """It was found, keeps everything, and is let in with a new code under its new number."""
    before = attempts(book.read())
    old = book.device_id
    told: list[str] = []
    try:
        told += [note.en for note in sync_now(book).notes]
    except Refused as refused:
        told.append(refused.text.en)
    assert any("new number" in one for one in told)
    assert book.device_id != old
    assert attempts(book.read()) >= before
    with pytest.raises(Refused, match="new number"):
        sync_now(book)
    join(book, hq.url, hq.code(), "Copy")


def test_case_24_a_copied_laptop_is_found_and_both_go_on(hq: Hq, opened: Open) -> None:
    one = opened("one")
    join(one, hq.url, hq.code(), "One")
    add_street(one)
    knock(one, 1)
    sync_now(one)
    knock(one, 2)  # not sent yet: both halves of the copy hold it
    one.close()
    copied(one, "copy")
    one, copy = opened("one"), opened("copy")
    for n in (3, 4, 5):
        knock(one, n)
    for n in (6, 7):
        knock(copy, n, "refused")
    talk(copy, 8, "1")
    with copy.act("Bea") as act:  # corrects what it wrote under a number that is not its own
        wrong = copy.read().query("SELECT device_seq FROM attempt WHERE door_id = ?", (street_door(6),))[0][0]
        act.add(
            RIDING,
            street_door(6),
            AttemptCorrected(device=copy.device_id, seq=int(wrong), code="moved"),
        )
    sync_now(one)
    joins_again(copy, hq)
    # Nothing of the copy came under a number of the other, although it had written more: the other keeps its own.
    before = one.device_id
    sync_now(one)
    assert one.device_id == before
    # Doors 1 to 8, each once.
    assert everywhere_alike(hq, one, copy) == 8
    codes = dict(one.read().query("SELECT door_id, code FROM attempt"))
    assert codes[street_door(6)] == "moved"
    assert codes[street_door(7)] == "refused"
    assert one.read().query("SELECT COUNT(*) FROM person WHERE support = '1'") == [(1,)]
    knock(copy, 9)
    knock(one, 10)
    assert everywhere_alike(hq, one, copy) == 10


def test_case_24_yesterdays_backup_is_found_and_its_own_history_comes_back(hq: Hq, opened: Open) -> None:
    one = opened("one")
    join(one, hq.url, hq.code(), "One")
    add_street(one)
    knock(one, 1)
    sync_now(one)
    knock(one, 2)
    one.close()
    copied(one, "backup")
    one = opened("one")
    for n in (3, 4):
        knock(one, n)
    sync_now(one)
    one.close()
    back = opened("backup")
    knock(back, 5)
    joins_again(back, hq)
    # 2 was in the backup and at headquarters: it is said again, and counts once.
    assert everywhere_alike(hq, back) == 5


def test_case_24_a_backup_with_more_than_headquarters_knows_loses_nothing(hq: Hq, opened: Open) -> None:
    one = opened("one")
    join(one, hq.url, hq.code(), "One")
    add_street(one)
    one.close()
    copied(one, "backup")
    one = opened("one")
    knock(one, 1)
    sync_now(one)
    one.close()
    back = opened("backup")
    for n in range(2, 9):
        knock(back, n)
    old = back.device_id
    sync_now(back)  # headquarters knows one number of these, and it is another event
    assert back.device_id != old
    join(back, hq.url, hq.code(), "Back")
    assert everywhere_alike(hq, back) == 8


def test_case_24_both_halves_change_their_number_and_nothing_doubles(hq: Hq, opened: Open) -> None:
    one = opened("one")
    join(one, hq.url, hq.code(), "One")
    add_street(one)
    knock(one, 1)
    one.close()
    copied(one, "copy")
    one, copy = opened("one"), opened("copy")
    knock(one, 2)
    knock(copy, 3)
    # They meet over a stick before headquarters hears of either.
    for source, target in ((one, copy), (copy, one)):
        events = [
            open_event(bytes(row[0]))
            for row in source.read().query("SELECT raw FROM event UNION SELECT raw FROM fork")
        ]
        with target.database.write() as db:
            project(db, insert_events(db, events).touched, target.time_zone)
    assert has_forked(one)
    assert has_forked(copy)
    for book in (one, copy):
        said = take_new_identity(book).said_again
        assert said == 4  # the file, 1, 2 and 3: whoever wrote them
        join(book, hq.url, hq.code(), "Half")
    assert everywhere_alike(hq, one, copy) == 3


def test_case_24_a_new_number_survives_a_crash_before_the_journal_follows(
    hq: Hq, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from canvass_app.services import identity

    one = opened("one")
    join(one, hq.url, hq.code(), "One")
    add_street(one)
    knock(one, 1)
    one.close()
    copied(one, "copy")
    one, copy = opened("one"), opened("copy")
    knock(one, 2)
    knock(copy, 3)
    sync_now(one)

    class Dead(Exception):
        pass

    def dies(_: Book) -> None:
        raise Dead

    monkeypatch.setattr(identity, "rewrite_journal", dies)
    with pytest.raises(Dead):
        sync_now(copy)
    monkeypatch.undo()
    copy.close()
    copy = opened("copy")
    assert copy.device_id != one.device_id
    knock(copy, 4)
    join(copy, hq.url, hq.code(), "Copy")
    assert everywhere_alike(hq, one, copy) == 4
    assert {
        type(open_event(bytes(row[0])).body)
        for row in copy.read().query("SELECT raw FROM event WHERE device_id = ?", (copy.device_id,))
    } >= {AttemptMade}
