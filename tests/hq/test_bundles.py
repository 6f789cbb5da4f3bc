"""Bundles as files: a laptop without a network, sticks that fail, and the two command lines."""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli.commands import run
from canvass_app.domain.errors import Cancelled, DiskFull, FileProblem, Refused, StorageProblem
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.cli import main as headquarters
from canvass_app.services.bundle_files import keep_bundle
from canvass_app.services.bundling import describe_bundle, import_bundle, write_bundle
from canvass_app.services.syncing import join, sync_now, sync_status
from tests.hq.kit import (
    PASSPHRASE,
    RIDING,
    Hq,
    add_street,
    hq_log,
    knock,
    knock_often,
    laptop_log,
    running_hq,
)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Hq]:
    yield from running_hq(tmp_path / "hq")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_stick_brings_results_up_and_receipts_and_the_others_work_down(
    hq: Hq, new_laptop: Any, stick: Path
) -> None:
    alone, other = new_laptop(hq), new_laptop(hq)
    add_street(other, 20)
    knock(other, 1)
    sync_now(other)
    knock_often(alone, 30)
    written = write_bundle(alone, stick)
    assert (written.results, written.events, written.size) == (30, 30, written.path.stat().st_size)
    assert [(who, count) for who, _, count in written.shifts] == [("Ana", 30)]
    assert hq.url in written.for_whom.en
    seen = describe_bundle(alone, written.path)
    assert (seen.kind, seen.whole, seen.for_us, seen.ours, seen.device) == (
        "up", True, False, True, alone.device_id,
    )  # fmt: skip
    taken, answers = import_bundles(hq.office, [written.path])
    assert [(one.events, one.already, one.whole, one.notes) for one in taken] == [(30, 0, True, [])]
    (answer,) = answers
    assert answer.path.parent == stick
    assert describe_bundle(alone, answer.path).for_us
    brought = import_bundle(alone, answer.path)
    assert (brought.acknowledged, brought.pulled, brought.notes) == (30, 2, [])
    assert list(brought.receipts) == [RIDING]
    assert sync_status(alone).pending_events == 0
    assert laptop_log(alone) == hq_log(hq)
    assert hq.numbers() == (32, 32, 32)
    assert sync_now(alone).pulled == 0
    assert alone.read().query("SELECT COUNT(*) FROM door") == [(20,)]


def test_a_laptop_in_another_scope_is_answered_with_its_own_ridings_alone(
    new_laptop: Any, tmp_path: Path
) -> None:
    for hq in running_hq(tmp_path / "hq", ridings=(RIDING, RIDING + 1)):
        narrow, wide = new_laptop(hq, ridings=frozenset({RIDING})), new_laptop(hq)
        knock_often(narrow, 3)
        knock(wide, 1, riding_id=RIDING + 1)
        sync_now(wide)
        _, (answer,) = import_bundles(hq.office, [write_bundle(narrow, tmp_path).path])
        assert import_bundle(narrow, answer.path).acknowledged == 3
        assert laptop_log(narrow, RIDING + 1) == set()
        assert [row[0] for row in narrow.read().query("SELECT riding_id FROM sync_state")] == [RIDING]
        # A wider scope makes the cursor on the next stick void: everything in it comes again, and once.
        join(narrow, hq.url, hq.code(frozenset({RIDING, RIDING + 1})), "Wider")
        knock_often(narrow, 2)
        _, (answer,) = import_bundles(hq.office, [write_bundle(narrow, tmp_path).path])
        brought = import_bundle(narrow, answer.path)
        assert (brought.acknowledged, brought.pulled, brought.notes) == (2, 1, [])
        for riding_id in (RIDING, RIDING + 1):
            assert laptop_log(narrow, riding_id) == hq_log(hq, riding_id)
        assert sync_now(narrow).pulled == 0


def test_a_stick_that_is_full_keeps_no_half_file(small: Hq, new_laptop: Any, stick: Path) -> None:
    book = new_laptop(small)
    knock_often(book, 50)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in (1, 100, 300, 900):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            with pytest.raises(DiskFull, match="not enough room"):
                write_bundle(book, stick)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert list(stick.iterdir()) == []
    assert write_bundle(book, stick).events == 50


def test_a_stick_that_was_pulled_out_or_stopped_keeps_nothing(
    small: Hq, new_laptop: Any, stick: Path
) -> None:
    book = new_laptop(small)
    knock_often(book, 5)
    with pytest.raises(StorageProblem, match="could not be written"):
        write_bundle(book, stick / "gone")
    with pytest.raises(Cancelled, match="Nothing was changed"):
        write_bundle(book, stick, cancelled=lambda: True)
    assert list(stick.iterdir()) == []
    assert sync_status(book).pending_events == 5


def test_a_stick_that_forgets_what_it_was_given_is_not_called_safe(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def lying(descriptor: int) -> None:
        real(descriptor)
        if os.fstat(descriptor).st_size == 3000:
            os.pwrite(descriptor, b"\0", 1700)

    monkeypatch.setattr(os, "fsync", lying)
    with pytest.raises(StorageProblem, match="does not read back"):
        keep_bundle(stick, "x.canvass-up", [b"a" * 1000] * 3)
    assert list(stick.iterdir()) == []
    assert keep_bundle(stick, "x.canvass-up", [b"a" * 1001] * 3).size == 3003


def test_an_answer_that_cannot_be_written_takes_nothing_back(small: Hq, new_laptop: Any, stick: Path) -> None:
    book = new_laptop(small)
    knock_often(book, 4)
    up = write_bundle(book, stick).path
    (taken,), answers = import_bundles(small.office, [up], stick / "gone")
    assert (taken.events, taken.refused, taken.answered, answers) == (4, None, False, [])
    assert "could not be written" in taken.notes[0].en
    (again,), (answer,) = import_bundles(small.office, [up])
    assert (again.events, again.already, again.answered) == (0, 4, True)
    assert import_bundle(book, answer.path).acknowledged == 4


def test_who_has_not_joined_writes_and_reads_no_bundle(new_laptop: Any, stick: Path, small: Hq) -> None:
    stranger, member = new_laptop(), new_laptop(small)
    knock_often(stranger, 3)
    knock_often(member, 3)
    with pytest.raises(Refused, match="not joined"):
        write_bundle(stranger, stick)
    up = write_bundle(member, stick).path
    with pytest.raises(Refused):
        import_bundle(stranger, up)
    seen = describe_bundle(stranger, up)
    assert (seen.whole, seen.for_us, seen.ours) == (True, False, False)
    up.write_bytes(up.read_bytes()[:-50])
    assert not describe_bundle(stranger, up).whole
    with pytest.raises(FileProblem, match="cannot be read"):
        describe_bundle(stranger, stick / "missing.canvass-up")


def test_the_two_command_lines_bring_a_stick_there_and_back(
    small: Hq,
    new_laptop: Any,
    stick: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANVASS_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("CANVASS_HQ_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("CANVASS_HQ_DATABASE_URL", raising=False)
    book, other = new_laptop(small), new_laptop(small)
    knock_often(book, 4)
    knock_often(other, 2)
    book.close()
    other.close()

    def said(code: int) -> Any:
        assert code == 0, capsys.readouterr()
        return json.loads(capsys.readouterr().out)

    up = said(run(["bundle", "export", str(stick), "--data", str(book.folder), "--json"]))
    assert (up["added"], up["results"], up["left_out"]) == (4, 4, [])
    assert Path(up["file"]).exists()
    said(run(["bundle", "export", str(stick), "--data", str(other.folder), "--json"]))
    hq = ["--data", str(small.settings.folder), "--json"]
    taken = said(headquarters(["bundle", "import", str(stick), *hq]))
    assert (taken["added"], taken["left_out"], len(taken["answers"])) == (6, [], 2)
    assert {one["new"] for one in taken["bundles"]} == {4, 2}
    again = said(headquarters(["bundle", "import", str(stick), *hq]))
    assert (again["added"], again["unchanged"]) == (0, 6)

    mine = [one for one in taken["answers"] if _is_for(book.device_id, one)]
    down = said(run(["bundle", "import", *mine, "--data", str(book.folder), "--json"]))
    assert (down["acknowledged"], down["pulled"], down["pending"], down["notes"]) == (4, 2, 0, [])
    assert list(down["receipts"]) == [str(RIDING)]
    # A whole folder: what is for another laptop is told, and the rest is taken.
    assert run(["bundle", "import", str(stick), "--data", str(other.folder), "--json"]) == 1
    mixed = json.loads(capsys.readouterr().out)
    assert mixed["acknowledged"] == 2
    assert len(mixed["left_out"]) == 2

    everything = said(
        headquarters(["bundle", "export", str(stick), "--device", book.device_id.hex()[:8], *hq])
    )
    down = said(run(["bundle", "import", everything["file"], "--data", str(book.folder), "--json"]))
    assert (down["acknowledged"], down["pulled"], down["notes"]) == (0, 0, [])
    assert headquarters(["bundle", "export", str(stick), "--device", "nobody", *hq]) == 1
    assert "nobody" in capsys.readouterr().err
    assert run(["bundle", "export", str(stick), "--data", str(book.folder), "--lang", "fr"]) == 1
    assert "rien à écrire" in capsys.readouterr().err


def _is_for(device_id: bytes, path: str) -> bool:
    from canvass_app.services.bundle_files import look_at_file

    return look_at_file(Path(path)).header.device == device_id
