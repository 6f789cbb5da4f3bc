"""Correcting a door's riding from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from canvass_app.cli import main
from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.services.book import open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.progress import progress
from canvass_app.services.ridings import note_riding
from tests.services.conftest import CAMPAIGN, RIDING, FakeTime, add_roster, make_town


def test_a_door_is_moved_by_its_address_and_its_attempts_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")
    book, town = open_book(tmp_path, passphrase="test", now_ms=FakeTime()), make_town()
    set_campaign(book, CAMPAIGN)
    add_roster(book, town.doors, town.people)
    with book.act("Ana") as act:
        note_riding(act.db, Riding(RIDING + 1, Text("Elm Bay", "Baie-des-Ormes")))
        act.add(RIDING, town.at(4).door_id, AttemptMade(code="not_home"))
    book.close()
    address = f"4 {town.at(4).street_label}"
    assert main(["move-door", address, "99002", "--data", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["riding"] == RIDING + 1
    assert main(["move-door", address, "99002", "--data", str(tmp_path)]) != 0  # it is there already
    book = open_book(tmp_path, passphrase="test", now_ms=FakeTime())
    here, there = progress(book, RIDING), progress(book, RIDING + 1)
    assert (here.attempts, there.attempts) == (1, 0)
    assert (here.doors.whole, there.doors.whole) == (len(town.doors) - 1, 1)
    assert (here.people, there.people) == (len(town.people) - 1, 1)
    book.close()
