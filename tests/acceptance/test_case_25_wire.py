"""Case 25: bundles on real files, headquarters on SQLite and PostgreSQL: twice, in any order, half-copied, tampered,
carried by a third laptop. What arrives is exact, or it is refused with the reason."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import FileProblem, Refused
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.devices import revoke
from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.restoring import begin_recovery
from canvass_app.services.book import open_book
from canvass_app.services.bundling import describe_bundle, import_bundle, write_bundle
from canvass_app.services.syncing import join, sync_now, sync_status
from tests.acceptance.sticks import (
    FINE,
    brought_back,
    changed,
    copied_folder,
    cut,
    exact,
    handed_in,
    marks,
    own,
    parts_of,
    written,
)
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_street, hq_log, knock_often, laptop_log, running_hq


def test_case_25_a_third_laptop_carries_what_it_cannot_read(hq: Hq, new_laptop: Any, tmp_path: Path) -> None:
    alone, carrier, reader = new_laptop(hq), new_laptop(hq), new_laptop(hq)
    add_street(reader, 20)
    sync_now(reader)
    knock_often(alone, 12)
    up = written(alone, tmp_path / "stick").path
    before = laptop_log(carrier)
    for book in (carrier, reader):
        assert not describe_bundle(book, up).for_us
        assert describe_bundle(book, up).whole
        with pytest.raises(Refused, match="carry it, not read it"):
            import_bundle(book, up)
    for one in own(alone):
        assert one[2] not in up.read_bytes()
    _, (down,) = handed_in(hq, up)
    with pytest.raises(Refused, match="to another computer"):
        import_bundle(carrier, down)
    assert laptop_log(carrier) == before
    (brought,) = brought_back(alone, down)
    assert (brought.acknowledged, brought.pulled, sync_status(alone).pending_events) == (12, 1, 0)
    exact(hq, alone, reader)
    assert laptop_log(alone) == hq_log(hq)


def test_case_25_twice_and_in_any_order(hq: Hq, new_laptop: Any, tmp_path: Path) -> None:
    orders = list(permutations(range(3)))
    laptops = [new_laptop(hq) for _ in orders]
    for number, (order, book) in enumerate(zip(orders, laptops, strict=True)):
        ups: list[Path] = []
        for place in range(3):
            knock_often(book, 7 + place)
            ups.append(written(book, tmp_path / f"up{number}").path)
        downs: list[Path] = []
        for place in (*order, *reversed(order)):
            taken, answers = handed_in(hq, ups[place], out=tmp_path / f"down{number}-{len(downs)}")
            assert [(one.refused, one.notes, one.whole) for one in taken] == [(None, [], True)]
            downs += answers
        backwards = [*reversed(downs), *downs]
        assert sum(one.acknowledged for one in brought_back(book, *backwards)) == 24
        assert marks(book) == (24, 24)
    exact(hq, *laptops)
    for book in laptops:
        sync_now(book)
        assert laptop_log(book) == hq_log(hq)


def test_case_25_half_copied_after_every_part(hq: Hq, new_laptop: Any, tmp_path: Path) -> None:
    book = new_laptop(hq)
    add_street(book, 300)
    knock_often(book, 60)
    up = written(book, tmp_path / "stick").path
    ends = parts_of(up)
    assert len(ends) > 5
    held: list[int] = []
    for parts, end in enumerate(ends[:-1]):
        half = cut(up, end + 3, tmp_path / "half")
        taken, _ = handed_in(hq, half, out=tmp_path / "answers")
        if parts:
            assert not taken[0].whole
            assert "half copied" in taken[0].notes[-1].en
            assert f"({parts} part{'s' if parts > 1 else ''})" in taken[0].notes[-1].en
        else:
            assert "Nothing of it was taken" in taken[0].refused.en if taken[0].refused else False
        held.append(len(hq_log(hq)))
        assert hq_log(hq) <= own(book)
        assert hq.numbers() == (held[-1],) * 3
    assert held == sorted(held)
    assert 0 < held[-1] < 61
    _, (down,) = handed_in(hq, up)
    exact(hq, book)
    acked: list[int] = []
    for end in (*parts_of(down)[1:-1], None):
        half = cut(down, down.stat().st_size if end is None else end, tmp_path / "half")
        brought_back(book, half)
        acked.append(marks(book)[1])
    assert acked == sorted(acked)
    assert acked[-1] == 61
    assert len(set(acked)) > 2


def test_case_25_tampered_anywhere(hq: Hq, new_laptop: Any, tmp_path: Path) -> None:
    book = new_laptop(hq)
    knock_often(book, 40)
    up = written(book, tmp_path / "stick").path
    chance = random.Random(25)
    size = up.stat().st_size
    for place in sorted(chance.sample(range(size), 40)):
        (taken,), _ = handed_in(hq, changed(up, place, tmp_path / "bad"), out=tmp_path / "answers")
        if place < parts_of(up)[-1]:
            assert taken.refused is not None or not taken.whole
            assert (taken.refused or taken.notes[-1]).en
        assert hq_log(hq) <= own(book)
        count = len(hq_log(hq))
        assert hq.numbers() == (count, count, count)
    assert marks(book) == (40, 0)
    _, (down,) = handed_in(hq, up)
    exact(hq, book)
    for place in sorted(chance.sample(range(down.stat().st_size), 25)):
        bad = changed(down, place, tmp_path / "bad")
        try:
            brought = import_bundle(book, bad)
        except (FileProblem, Refused):
            continue
        assert brought.notes or place >= parts_of(down)[-1]
    assert sum(one.acknowledged for one in brought_back(book, down)) + marks(book)[1] >= 40
    assert marks(book) == (40, 40)
    assert own(book) == hq_log(hq)


def test_case_25_another_campaigns_headquarters_a_revoked_laptop_a_wrong_file(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    book, gone = new_laptop(hq), new_laptop(hq)
    for one in (book, gone):
        knock_often(one, 5)
    up, revoked = written(book, tmp_path / "a").path, written(gone, tmp_path / "b").path
    revoke(hq.office, gone.device_id)
    noise = tmp_path / "holiday.canvass-up"
    noise.write_bytes(b"JFIF" * 100)
    _, (down,) = handed_in(hq, up)
    for other in running_hq(tmp_path / "other"):
        (taken,), answers = handed_in(other, up)
        assert taken.refused is not None
        assert "another headquarters" in taken.refused.en
        assert (other.numbers(), answers) == ((0, 0, 0), [])
    reasons = []
    for path in (revoked, noise, down, tmp_path / "missing.canvass-up"):
        (taken,), answers = handed_in(hq, path)
        assert answers == []
        assert taken.refused is not None
        reasons.append(taken.refused.en)
    for words, reason in zip(
        ("shut out", "not a bundle", "answer of headquarters", "cannot be read"), reasons, strict=True
    ):
        assert words in reason
    exact(hq, book)
    assert marks(gone) == (5, 0)
    with pytest.raises(Refused, match="what this computer wrote"):
        import_bundle(book, up)
    with pytest.raises(FileProblem, match="not a bundle"):
        import_bundle(book, noise)
    join(gone, hq.url, hq.code(), "Back")
    handed_in(hq, written(gone, tmp_path / "b").path)
    exact(hq, book, gone)


def test_case_25_a_restored_laptop_never_believes_a_receipt_for_what_it_does_not_have(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    book = new_laptop(hq)
    knock_often(book, 10)
    book.close()
    backup = copied_folder(book, "backup")
    book = open_book(book.folder, passphrase=PASSPHRASE, now_ms=hq.time)
    knock_often(book, 20)
    up = written(book, tmp_path / "stick").path
    _, (down,) = handed_in(hq, up)
    first = own(book)
    book.close()
    restored = open_book(backup, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        knock_often(restored, 25)
        typed = own(restored)
        old = restored.device_id
        with pytest.raises(Refused, match="new number"):
            import_bundle(restored, down)
        assert restored.device_id != old
        # The first ten are the same on both: of these the receipt was true. Nothing else was acknowledged.
        told = restored.read().query("SELECT acked_through FROM device_log WHERE device_id = ?", (old,))
        assert (told, sync_status(restored).pending) == ([(10,)], 25)
        join(restored, hq.url, hq.code(), "Restored")
        _, (answer,) = handed_in(hq, written(restored, tmp_path / "again").path)
        brought_back(restored, answer)
        assert marks(restored) == (25, 25)
        assert hq_log(hq) == first | own(restored) == laptop_log(restored)
        assert len(typed) == 35
        assert hq.numbers() == (55, 55, 55)
    finally:
        restored.close()


def test_case_25_bundles_before_and_after_headquarters_was_put_back(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    book = new_laptop(hq)
    knock_often(book, 10)
    first = written(book, tmp_path / "1").path
    _, (down1,) = handed_in(hq, first)
    brought_back(book, down1)
    knock_often(book, 10)
    second = written(book, tmp_path / "2").path
    # A copy of the database from before the first bundle, put in place without a word: the epoch is the same.
    _forget_everything(hq)
    (taken,), (down2,) = handed_in(hq, second)
    assert "have not arrived" in taken.notes[0].en
    assert (taken.events, hq.numbers()) == (0, (0, 0, 0))
    handed_in(hq, first)
    _, (down3,) = handed_in(hq, second)
    exact(hq, book)
    (late,) = brought_back(book, down2)
    assert any("have not arrived" in note.en for note in late.notes)
    assert marks(book) == (20, 0)
    (early,) = brought_back(book, down3)
    assert any("begins after what this computer has" in note.en for note in early.notes)
    assert (early.pulled, marks(book)) == (0, (20, 0))
    brought_back(book, down1, down3)
    assert marks(book) == (20, 20)

    # The restore command: a new epoch, and a database of long ago.
    knock_often(book, 3)
    third = written(book, tmp_path / "3").path
    old = down3
    hq.time.pass_ms(60_000)
    _forget_everything(hq)
    hq.office.epoch = bytes(range(16))
    hq.office.write(lambda db: begin_recovery(db, hq.office.epoch, hq.time.ms))
    (taken,), (told,) = handed_in(hq, third)
    # What came before may never come back: these are kept, and said again under headquarters' own numbers.
    assert "have not arrived" in taken.notes[0].en
    assert (taken.events, taken.forks, hq.numbers()) == (0, 3, (3, 3, 3))
    brought_back(book, told)
    assert marks(book) == (23, 0)
    with pytest.raises(Refused, match="before headquarters was put back"):
        import_bundle(book, old)
    assert marks(book) == (23, 0)
    _, (answer,) = handed_in(hq, written(book, tmp_path / "4").path)
    brought_back(book, answer)
    assert marks(book) == (23, 23)
    # The laptop says everything itself; the three that headquarters said for it count once.
    assert hq.numbers() == (26, 26, 26)
    assert laptop_log(book) == hq_log(hq) > own(book)
    catch_up(hq.office, RIDING)
    for db in (hq.office.read(), book.read()):
        assert db.query("SELECT COUNT(*) FROM attempt") == [(23,)]
    assert examine(hq.office).ok


def test_case_25_a_restored_headquarters_gets_back_by_stick_what_others_had_sent(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    gone, book = new_laptop(hq), new_laptop(hq)
    add_street(gone, 25)
    knock_often(gone, 25)
    sync_now(gone)
    sync_now(book)
    knock_often(book, 5)
    before = hq_log(hq)
    hq.time.pass_ms(60_000)
    _forget_everything(hq)
    hq.office.epoch = bytes(range(16))
    hq.office.write(lambda db: begin_recovery(db, hq.office.epoch, hq.time.ms))
    # The first stick tells of the restore, the second brings what is the laptop's own and, as the laptop has then
    # pulled all there is, what was the other's.
    for place in range(3):
        up = write_bundle(book, tmp_path, ask=True, sizes=FINE)
        (taken,), (down,) = handed_in(hq, up.path)
        assert taken.notes == []
        brought_back(book, down)
        hq.time.pass_ms(60_000)
        if place == 0:
            assert len(hq_log(hq)) == 5
    assert hq_log(hq) == before | own(book) == laptop_log(book)
    exact(hq, book, gone)
    with pytest.raises(Refused, match="nothing to write"):
        write_bundle(book, tmp_path)


def _forget_everything(hq: Hq) -> None:
    def work(db: Any) -> None:
        for table in (
            "event",
            "device_log",
            "attempt",
            "quarantine",
            "fork",
            "roster",
            "roster_chunk",
            "door",
            "person",
        ):
            db.run(f"DELETE FROM {table}")
        db.run("UPDATE riding_counter SET last_sequence = 0")
        db.run("UPDATE projector SET through = 0, events = 0, digest = ''")

    hq.office.write(work)


def test_case_25_nothing_to_send_is_said_and_asking_brings_the_others_work(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    book, other = new_laptop(hq), new_laptop(hq)
    with pytest.raises(Refused, match="nothing to write"):
        write_bundle(book, tmp_path)
    assert list(tmp_path.glob("canvass-*")) == []
    add_street(other, 30)
    knock_often(other, 30)
    sync_now(other)
    asked = write_bundle(book, tmp_path, ask=True, sizes=FINE)
    assert (asked.events, asked.results, asked.shifts) == (0, 0, [])
    _, (down,) = handed_in(hq, asked.path)
    (brought,) = brought_back(book, down)
    assert (brought.pulled, brought.notes) == (31, [])
    assert laptop_log(book) == hq_log(hq)
    assert RIDING in brought.changes.ridings


@pytest.mark.proof
@pytest.mark.timeout(1200)
def test_case_25_three_hundred_cut_or_changed_sticks(
    hq: Hq, new_laptop: Any, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    book = new_laptop(hq)
    add_street(book, 500)
    chance, partly, refused = random.Random(300), 0, 0
    for round_ in range(10):
        knock_often(book, 100, 500)
        up = written(book, tmp_path / f"up{round_}").path
        for _ in range(30):
            place = chance.randrange(up.stat().st_size)
            spoil = cut if chance.random() < 0.5 else changed
            (taken,), answers = handed_in(hq, spoil(up, place, tmp_path / "bad"), out=tmp_path / "answers")
            refused += taken.refused is not None
            partly += taken.refused is None and not taken.whole
            assert hq_log(hq) <= own(book)
            for answer in answers:
                brought_back(book, answer)
                answer.unlink()
            last, acked = marks(book)
            assert acked == len(hq_log(hq)) <= last
    handed_in(hq, written(book, tmp_path / "last").path)
    exact(hq, book)
    record_property("proof", ("sticks cut or changed: refused", refused))
    record_property("proof", ("sticks cut or changed: good beginning taken", partly))
    assert refused + partly > 200


@pytest.mark.proof
@pytest.mark.timeout(1200)
def test_case_25_twenty_thousand_events_on_one_stick(
    hq: Hq, new_laptop: Any, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    book = new_laptop(hq)
    add_street(book, 1_000)
    for _ in range(4):
        knock_often(book, 5_000, 1_000)
    tracemalloc.start()
    try:
        up = write_bundle(book, tmp_path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    (taken,), answers = import_bundles(hq.office, [up.path])
    assert (up.events, taken.events, taken.whole) == (20_001, 20_001, True)
    brought = import_bundle(book, answers[0].path)
    assert (brought.acknowledged, marks(book)) == (20_001, (20_001, 20_001))
    exact(hq, book)
    record_property("proof", ("events on one stick", up.events))
    record_property("proof", ("most bytes of memory while it was written", peak))
    assert peak < 32 << 20
