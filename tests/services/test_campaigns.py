"""A campaign's file is read whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from canvass_app.domain.errors import CanvassError, FileProblem
from canvass_app.services.book import Book
from canvass_app.services.campaigns import read_campaign_file, set_campaign
from tests.services.conftest import CAMPAIGN


def test_a_campaign_file_is_read_and_taken(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "campaign.json"
    file.write_text(json.dumps(CAMPAIGN | {"name": {"en": "Élan", "fr": "Élan"}}), "utf-8")
    assert set_campaign(book, read_campaign_file(file)).settings
    assert book.campaign_name("fr") == "Élan"


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b" " * 5_000_000 + b"{}"])
def test_a_file_that_is_none_is_named_and_changes_nothing(book: Book, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "holiday.json"
    file.write_bytes(content)
    before = book.campaign_name("en")
    with pytest.raises(FileProblem) as told:
        read_campaign_file(file)
    assert "holiday.json" in told.value.say("en")
    assert "Rien n’a été modifié" in told.value.say("fr")
    assert book.campaign_name("en") == before


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        read_campaign_file(tmp_path / "nothing.json")


def test_settings_without_a_script_are_refused_when_read(tmp_path: Path) -> None:
    file = tmp_path / "campaign.json"
    file.write_text(json.dumps({"name": {"en": "A", "fr": "A"}}), "utf-8")
    with pytest.raises(CanvassError):
        read_campaign_file(file)
