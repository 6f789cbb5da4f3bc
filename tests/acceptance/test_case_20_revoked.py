"""Case 20: a laptop that is no longer welcome, or loses a riding, with twenty results unsent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import Refused
from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.devices import narrow
from canvass_app.hq.handing_in import accept, all_waiting
from canvass_app.hq.ridings import add_ridings
from canvass_app.hq.sights import who_saw
from canvass_app.services.audit import record
from canvass_app.services.book import open_book
from canvass_app.services.bundling import import_bundle, write_bundle
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine as doctor
from canvass_app.services.losing import losses, note_read
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.sync.problems import NoLongerWelcome, Unreachable
from tests.acceptance.bad_network import all_is_everywhere, own
from tests.hq.kit import OTHER, PASSPHRASE, RIDING, Hq, add_street, hq_log, knock, street_person


def revoke(hq: Hq, device_id: bytes) -> None:
    hq.office.write(lambda db: db.run("UPDATE device SET revoked = 1 WHERE device_id = ?", (device_id,)))


@pytest.fixture
def two(hq: Hq, new_laptop: Any) -> Any:
    """A laptop with two ridings; in one of them twenty results were not sent, in the other one."""
    hq.office.write(lambda db: add_ridings(db, [Riding(OTHER, Text("Elsewhere", "Ailleurs"))]))
    book = new_laptop(hq, ridings=frozenset({RIDING, OTHER}))
    add_street(book)
    add_street(book, 5, OTHER)
    knock(book, 40)
    sync_now(book)
    for number in range(1, 21):
        knock(book, number)
    knock(book, 1, riding_id=OTHER)
    return book


def rows_of(book: Any, riding_id: int) -> dict[str, int]:
    """How many rows each table has of a riding, where it has any."""
    db, found = book.read(), {}
    for (table,) in db.query("SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = {row[1] for row in db.query(f"PRAGMA table_info({table})")}
        if "riding_id" in columns:
            ((count,),) = db.query(f"SELECT COUNT(*) FROM {table} WHERE riding_id = ?", (riding_id,))
            found |= {table: count} if count else {}
    return found


def sealed_files(book: Any) -> list[Any]:
    return sorted(book.folder.glob("riding-*.canvass-up"))


def test_case_20_a_riding_that_is_taken_away_leaves_with_nothing_lost(hq: Hq, two: Any) -> None:
    narrow(hq.office, two.device_id, frozenset({OTHER}))
    report = sync_now(two)
    (said,) = [note for note in report.notes if "took riding" in note.en]
    assert "20 results" in said.en
    assert rows_of(two, RIDING) == {"device_log": 1}
    assert rows_of(two, OTHER)["event"] == 2
    assert report.pushed == 1
    assert len(sealed_files(two)) == 1
    assert sync_status(two).pending_events == 0
    (waiting,) = all_waiting(hq.office)
    # Own results of the last 90 days are in it too: headquarters may be put back from an older backup.
    assert waiting.kinds == {"attempt.made": 21, "roster.added": 1}
    assert len(hq_log(hq)) == 2
    taken = accept(hq.office, waiting)
    assert (taken.events, taken.already, taken.forks) == (20, 2, 0)
    assert len(hq_log(hq)) == 22
    assert hq.numbers() == (22, 22, 22)
    look_after(two)
    assert doctor(two).ok
    assert sync_now(two).notes == []


def test_case_20_a_riding_that_comes_back_is_whole_and_goes_on_counting(hq: Hq, two: Any) -> None:
    narrow(hq.office, two.device_id, frozenset({OTHER}))
    sync_now(two)
    narrow(hq.office, two.device_id, frozenset({RIDING, OTHER}))
    # Headquarters takes what was handed in: the laptop may send it again.
    assert all_waiting(hq.office) == []
    assert len(hq_log(hq)) == 22
    sync_now(two)
    assert sync_now(two).notes == []
    assert rows_of(two, RIDING)["event"] == 22
    knock(two, 21)
    assert sync_now(two).pushed == 1
    assert all_is_everywhere(hq, two) == 23
    assert doctor(two).ok


def test_a_riding_that_was_taken_away_is_told_of_until_somebody_has_read_it(hq: Hq, two: Any) -> None:
    narrow(hq.office, two.device_id, frozenset({OTHER}))
    (said,) = [note for note in sync_now(two).notes if "took riding" in note.en]
    (loss,) = losses(two)
    assert (loss.riding_id, loss.results, loss.text) == (RIDING, 20, said)
    assert sync_now(two).notes == []
    assert losses(two) == [loss]
    note_read(two, [loss])
    assert losses(two) == []


def test_a_loss_is_told_of_for_thirty_days_and_not_once_the_riding_is_back(
    hq: Hq, two: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(hq.office, two.device_id, frozenset({OTHER}))
    sync_now(two)
    (loss,) = losses(two)
    with monkeypatch.context() as later:
        later.setattr(two, "now_ms", lambda: loss.at_ms + 29 * 86_400_000)
        assert losses(two) == [loss]
        later.setattr(two, "now_ms", lambda: loss.at_ms + 31 * 86_400_000)
        assert losses(two) == []
    narrow(hq.office, two.device_id, frozenset({RIDING, OTHER}))
    sync_now(two)
    assert losses(two) == []


def test_case_20_a_riding_is_only_lost_on_headquarters_own_word(hq: Hq, two: Any) -> None:
    """A headquarters that does not know the riding (it was made anew) has not taken it away."""
    narrow(hq.office, two.device_id, frozenset({OTHER}))
    hq.office.write(lambda db: db.run("UPDATE device SET had = ?", (f"[{OTHER}]",)))
    report = sync_now(two)
    assert any("its results stay here" in note.en for note in report.notes)
    assert rows_of(two, RIDING)["event"] == 22
    assert sync_status(two).pending_events == 20


def test_case_20_without_an_answer_the_sealed_file_waits(
    hq: Hq, two: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from canvass_app.services import losing

    narrow(hq.office, two.device_id, frozenset({OTHER}))

    def breaks(*_: Any) -> Any:
        raise Unreachable("the network goes at this very moment")

    with monkeypatch.context() as patch:
        patch.setattr(losing, "hand_in", breaks)
        with pytest.raises(Unreachable):
            sync_now(two)
    assert rows_of(two, RIDING) == {"device_log": 1}
    assert all_waiting(hq.office) == []
    sync_now(two)
    assert len(all_waiting(hq.office)) == 1
    sync_now(two)
    assert len(all_waiting(hq.office)) == 1


def test_case_20_power_that_goes_before_the_journal_is_clean_brings_nothing_back(
    hq: Hq, two: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from canvass_app.services import losing

    narrow(hq.office, two.device_id, frozenset({OTHER}))

    def dies(_book: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(losing, "finish_erasures", dies)
        with pytest.raises(KeyboardInterrupt):
            sync_now(two)
    two.close()
    again = open_book(two.folder, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        look_after(again)
        assert rows_of(again, RIDING) == {"device_log": 1}
        assert again.journal.through().keys() == {(OTHER, again.device_id)}
        sync_now(again)
        assert len(all_waiting(hq.office)) == 1
    finally:
        again.close()


def test_case_20_whom_it_saw_in_that_riding_is_known(hq: Hq, two: Any) -> None:
    record(two, Access.SEEN, RIDING, people=[street_person(7)], who="Ana")
    narrow(hq.office, two.device_id, frozenset({OTHER}))
    sync_now(two)
    found = who_saw(hq.office, RIDING, street_person(7))
    assert found is not None
    assert Access.SEEN in [one.act for one in found.sights]
    assert len(all_waiting(hq.office)) == 1


def test_case_20_what_is_sealed_goes_when_it_is_old(hq: Hq, two: Any) -> None:
    narrow(hq.office, two.device_id, frozenset({OTHER}))
    sync_now(two)
    hq.time.pass_ms(89 * 86_400_000)
    sync_now(two)
    assert len(sealed_files(two)) == 1
    hq.time.pass_ms(2 * 86_400_000)
    sync_now(two)
    assert sealed_files(two) == []


def test_case_20_a_revoked_laptop_keeps_what_is_pending_until_it_may_speak_again(
    hq: Hq, new_laptop: Any
) -> None:
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    for number in range(1, 21):
        knock(book, number)
    before = own(book)
    revoke(hq, book.device_id)
    for _ in range(3):
        with pytest.raises(NoLongerWelcome):
            sync_now(book)
        assert sync_status(book).pending_events == 20
    assert own(book) == before
    assert len(hq_log(hq)) == 1
    knock(book, 30)
    assert sync_status(book).pending_events == 21
    with pytest.raises(Refused):
        join(book, hq.url, "AAAA-AAAA", "Laptop")
    join(book, hq.url, hq.code(), "Laptop")
    assert sync_now(book).pushed == 21
    assert all_is_everywhere(hq, book) == 22


def test_case_20_a_riding_is_taken_by_stick_alone(hq: Hq, two: Any, tmp_path: Path) -> None:
    """Without any network: what is pending reaches headquarters in the bundle or stays sealed, and the riding leaves."""
    narrow(hq.office, two.device_id, frozenset({OTHER}))
    hq.time.pass_ms(60_000)
    up, down = tmp_path / "up", tmp_path / "down"
    up.mkdir()
    down.mkdir()
    import_bundles(hq.office, [write_bundle(two, up, ask=True).path], down)
    (answer,) = down.iterdir()
    notes = import_bundle(two, answer).notes
    assert any("took riding" in note.en and "20 results" in note.en for note in notes)
    assert rows_of(two, RIDING) == {"device_log": 1}
    assert len(sealed_files(two)) == 1
    # The riding is given back; the answer, read again out of a drawer, takes nothing away.
    narrow(hq.office, two.device_id, frozenset({RIDING, OTHER}))
    hq.time.pass_ms(60_000)
    sync_now(two)
    assert rows_of(two, RIDING)["event"] == 22
    import_bundle(two, answer)
    assert rows_of(two, RIDING)["event"] == 22
    assert doctor(two).ok
