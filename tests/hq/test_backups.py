"""A backup is read back before it counts, hides everything, and becomes a headquarters again, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import AlreadyOpen, Refused, StorageProblem, WrongKey
from canvass_app.hq.backing_up import KEPT, back_up, read_back
from canvass_app.hq.cli import main
from canvass_app.hq.devices import issue_code
from canvass_app.hq.doctor import examine
from canvass_app.hq.office import DATABASE, Settings, open_office
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.putting_back import put_back
from canvass_app.hq.setting_up import set_up
from canvass_app.hq.snapshot import tables, view_of
from canvass_app.services.syncing import sync_now
from canvass_app.storage.keys import open_key
from canvass_app.storage.lock import InstanceLock
from tests.hq.kit import PASSPHRASE, RIDING, FakeTime, Hq, add_street, knock, serving


def content(settings: Settings) -> dict[str, Any]:
    """The counts and digests of every table, and of every riding's events; without the facts, which a restore changes."""
    office = open_office(settings)
    try:
        with view_of(office.database) as view:
            told: dict[str, Any] = view.sums({n: c for n, c in tables().items() if n != "meta"}).told()
            return told
    finally:
        office.close()


@pytest.fixture
def made(tmp_path: Path, database_url: str, new_laptop: Callable[..., Any]) -> Settings:
    """A headquarters, stopped, that a laptop has synced with."""
    with serving(tmp_path / "hq", database_url) as hq:
        laptop = new_laptop(hq)
        add_street(laptop)
        for number in (1, 2, 3):
            knock(laptop, number)
        sync_now(laptop)
        catch_up(hq.office, RIDING)
        return hq.settings


def elsewhere(tmp_path: Path, made: Settings, url: str = "") -> Settings:
    return Settings(tmp_path / "elsewhere", PASSPHRASE, url, now_ms=made.now_ms)


def test_a_backup_becomes_the_same_headquarters_on_another_machine(tmp_path: Path, made: Settings) -> None:
    done = back_up(made, tmp_path / "backups")
    assert (done.events, done.ridings, done.portable) == (4, {str(RIDING): 4}, True)
    # Its embedded file on the other machine, whatever it was backed up from.
    there = elsewhere(tmp_path, made)
    back = put_back(there, done.path)
    assert (back.events, back.aside) == (4, [])
    assert content(there) == content(made)
    before, after = open_office(made), open_office(there)
    assert after.public_key == before.public_key
    assert after.epoch.hex() == back.epoch != before.epoch.hex()
    assert examine(after).ok
    before.close()
    after.close()


def test_an_embedded_headquarters_moves_to_postgresql(
    tmp_path: Path, postgres: Any, new_laptop: Callable[..., Any]
) -> None:
    with serving(tmp_path / "hq") as hq:
        laptop = new_laptop(hq)
        add_street(laptop)
        sync_now(laptop)
        settings = hq.settings
    done = back_up(settings, tmp_path / "b.backup")
    url = postgres.make_database()
    try:
        there = elsewhere(tmp_path, settings, url)
        put_back(there, done.path)
        assert content(there) == content(settings)
    finally:
        postgres.drop_database(url)


def test_nothing_in_a_backup_is_readable(tmp_path: Path, made: Settings) -> None:
    data = back_up(made, tmp_path / "one.backup").path.read_bytes()
    for word in (b"Maple", b"Birch", b"BIRCH", b"Ana", b"attempt.made", b"event", b"hq_key"):
        assert word not in data
    wrong = Settings(tmp_path / "new", "another river", now_ms=made.now_ms)
    with pytest.raises(WrongKey):
        put_back(wrong, tmp_path / "one.backup")
    assert not (tmp_path / "new" / DATABASE).exists()


def test_a_backup_that_was_changed_or_cut_anywhere_is_refused(tmp_path: Path, made: Settings) -> None:
    path = back_up(made, tmp_path / "one.backup").path
    data = path.read_bytes()
    before, key = content(made), open_key(made.folder, PASSPHRASE)
    bad = tmp_path / "bad.backup"
    step = max(1, len(data) // 40)
    tried = 0
    for place in range(0, len(data), step):
        flipped = bytearray(data)
        flipped[place] ^= 0x10
        for broken in (bytes(flipped), data[:place], data + data[place : place + 7] or b"x"):
            if broken == data:
                continue
            bad.write_bytes(broken)
            with pytest.raises((StorageProblem, WrongKey)):
                read_back(bad, key)
            tried += 1
    assert tried > 100
    bad.write_bytes(data[:-1])
    with pytest.raises(StorageProblem):
        put_back(made, bad, overwrite=True)
    assert content(made) == before
    assert not list(made.folder.glob("*before-restore*"))


def test_a_restore_overwrites_only_when_told_and_sets_aside_what_was_there(
    tmp_path: Path, made: Settings
) -> None:
    path = back_up(made, tmp_path / "one.backup").path
    with pytest.raises(Refused):
        back_up(made, path)
    office = open_office(made)
    issue_code(office, None, "since the backup")
    office.close()
    since = content(made)
    with pytest.raises(Refused, match="--overwrite"):
        put_back(made, path)
    assert content(made) == since
    lock = InstanceLock(made.folder)
    with pytest.raises(AlreadyOpen):
        put_back(made, path, overwrite=True)
    lock.release()
    done = put_back(made, path, overwrite=True)
    assert content(made) != since
    assert len(done.aside) == 1
    assert [one for one in made.folder.rglob("*") if one.name == done.aside[0]]


@pytest.mark.proof
def test_what_a_restore_set_aside_is_whole(
    tmp_path: Path,
    made: Settings,
    record_property: Callable[[str, object], None],
) -> None:
    path = back_up(made, tmp_path / "one.backup").path
    office = open_office(made)
    issue_code(office, None, "since the backup")
    office.close()
    since = content(made)
    aside = put_back(made, path, overwrite=True).aside[0]
    kept = next(made.folder.rglob(aside))
    if made.database_url:
        put_back(made, kept, overwrite=True)
    else:
        kept.replace(made.folder / DATABASE)
    assert content(made) == since
    record_property("proof", ("restores undone by what they set aside", 1))


def test_the_newest_are_kept_and_a_backup_that_fails_takes_none_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from canvass_app.hq import backing_up

    clock = FakeTime()
    settings = Settings(tmp_path / "hq", PASSPHRASE, now_ms=clock)
    set_up(settings, ridings=["59036"])
    folder = tmp_path / "nightly"
    folder.mkdir()
    (folder / "holiday.txt").write_text("not ours", "utf-8")
    names: list[str] = []
    for _ in range(4):
        clock.pass_ms(86_400_000)
        names.append(back_up(settings, folder, keep=2).path.name)
    kept = sorted(one.name for one in folder.iterdir())
    assert kept == sorted([*names[-2:], "holiday.txt"])
    assert KEPT == 7

    def rotten(*_: object) -> dict[str, Any]:
        raise StorageProblem(backing_up._EXISTS)

    monkeypatch.setattr(backing_up, "read_back", rotten)
    clock.pass_ms(86_400_000)
    with pytest.raises(StorageProblem):
        back_up(settings, folder)
    assert sorted(one.name for one in folder.iterdir()) == kept


@pytest.mark.proof
def test_a_backup_while_headquarters_serves_is_of_one_moment(
    hq: Hq,
    tmp_path: Path,
    new_laptop: Any,
    record_property: Callable[[str, object], None],
) -> None:
    laptop = new_laptop(hq)
    add_street(laptop)
    for number in range(1, 6):
        knock(laptop, number)
        sync_now(laptop)
        done = back_up(hq.settings, tmp_path / f"{number}.backup")
        assert done.events == number + 1
    there = elsewhere(tmp_path, hq.settings)
    put_back(there, tmp_path / "3.backup")
    office = open_office(there)
    rows = office.read().query("SELECT COUNT(*), MAX(riding_sequence) FROM event")
    counter = office.read().query("SELECT last_sequence FROM riding_counter")
    assert (rows, counter) == ([(4, 4)], [(4,)])
    office.close()
    record_property("proof", ("backups while it serves", 5))


def test_the_commands_say_what_they_did_and_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANVASS_HQ_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("LANG", "en_CA.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    data = ["--data", str(tmp_path / "hq")]
    assert main(["init", *data, "--riding", "59036"]) == 0
    capsys.readouterr()
    assert main(["backup", str(tmp_path / "b"), *data, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["added"] == 1
    assert Path(report["file"]).is_file()
    assert main(["restore", report["file"], *data]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert main(["restore", report["file"], *data, "--overwrite"]) == 0
    out = capsys.readouterr().out
    assert "canvass-hq serve" in out
    assert "before-restore" in out
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    assert main(["backup", report["file"], *data]) == 1
    assert "existe déjà" in capsys.readouterr().err
