"""Teams and their events from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli import main

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")

    def call(*words: str) -> tuple[int, Any, str]:
        as_json = () if "--lang" in words else ("--json",)
        code = main([*words, "--data", str(tmp_path / "data"), *as_json])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out and as_json else said.out, said.err

    return call


@pytest.fixture
def doors(run: Run, tmp_path: Path) -> Run:
    path = tmp_path / "doors.csv"
    path.write_text("StreetNo,StreetName,City\n2,Birch St,Birchville\n", "utf-8")
    assert run("import", "doors", str(path), "--riding", "99001")[0] == 0
    return run


def test_a_team_is_made_fills_meets_and_is_counted(doors: Run) -> None:
    code, report, _ = doors("team", "add", "North", "--place", "Library", "--name", "Lead")
    assert (code, report["added"], report["changed"], report["unchanged"], report["left_out"]) == (
        0,
        1,
        0,
        0,
        [],
    )
    assert doors("team", "member", "North", "Anne Roy", "--phone", "613-555-0142", "--needs", "no stairs")[1][
        "added"
    ]
    assert doors("team", "member", "north", "Luc Singh")[1]["added"] == 1
    assert doors("team", "member", "North", "Anne Roy", "--role", "lead")[1]["changed"] == 1
    assert doors("team", "member", "North", "Anne Roy", "--role", "lead")[1]["unchanged"] == 1
    event = doors("event", "add", "North", "calls", "2015-10-14", "18:00", "20:00", "--places", "1")[1]["id"]
    assert doors("event", "sign-up", event[:8], "Anne Roy")[1]["changed"] == 1
    assert doors("event", "attend", "2015-10-14", "Anne Roy")[0] == 0
    assert doors("event", "attend", "2015-10-14", "Luc Singh", "absent")[0] == 0
    [row] = doors("event", "list", "--team", "North")[1]["events"]
    assert (row["coming"], row["no_answer"], row["came"], row["absent"], row["start"]) == (
        1,
        ["Luc Singh"],
        1,
        1,
        "18:00",
    )
    [team] = doors("team", "list", "--riding", "99001")[1]["teams"]
    assert (team["name"], team["came"], team["noted"]) == ("North", 1, 2)
    assert [(one["name"], one["role"], one["came"], one["absent"]) for one in team["members"]] == [
        ("Anne Roy", "lead", 1, 0),
        ("Luc Singh", "member", 0, 1),
    ]


def test_what_is_done_is_taken_back_by_its_opposite(doors: Run) -> None:
    doors("team", "add", "North")
    doors("team", "member", "North", "Anne Roy")
    doors("event", "add", "North", "training", "2015-10-14", "18:00", "20:00")
    doors("event", "sign-up", "2015-10-14", "Anne Roy", "maybe")
    doors("event", "sign-up", "2015-10-14", "Anne Roy", "withdrawn")
    doors("event", "attend", "2015-10-14", "Anne Roy", "came")
    doors("event", "attend", "2015-10-14", "Anne Roy", "unknown")
    assert doors("event", "cancel", "2015-10-14")[1]["changed"] == 1
    [row] = doors("event", "list")[1]["events"]
    assert (row["cancelled"], row["maybe"], row["came"]) == (True, 0, 0)
    assert doors("event", "cancel", "2015-10-14", "--again")[1]["changed"] == 1
    assert doors("team", "member", "North", "Anne Roy", "--role", "left")[1]["changed"] == 1
    assert doors("team", "member", "North", "Anne Roy")[1]["changed"] == 1
    assert doors("team", "close", "North")[1]["changed"] == 1
    assert doors("team", "list")[1] == {"teams": []}
    assert doors("team", "list", "--closed")[1]["teams"][0]["closed"]
    assert doors("team", "close", "North", "--again")[1]["changed"] == 1


def test_a_wrong_word_is_answered_in_words_and_changes_nothing(doors: Run) -> None:
    doors("team", "add", "North")
    doors("team", "member", "North", "Anne Roy")
    for words in (
        ("team", "add", " "),
        ("team", "member", "West", "Anne Roy"),
        ("team", "member", "North", "Nobody", "--role", "left"),
        ("team", "member", "North", "Anne Roy", "--role", "queen"),
        ("event", "add", "North", "party", "2015-10-14", "18:00", "20:00"),
        ("event", "sign-up", "2015-10-14", "Anne Roy"),
        ("event", "sign-up", "2015-10-14", "Anne Roy", "perhaps"),
        ("event", "attend", "2015-10-14", "Anne Roy", "late"),
    ):
        code, out, said = doors(*words)
        assert (code, out) == (1, ""), words
        assert "othing was" in said, words


def test_a_volunteer_is_erased_after_a_look(doors: Run) -> None:
    doors("team", "add", "North")
    doors("team", "member", "North", "Anne Roy", "--email", "anne@example.ca")
    assert doors("team", "clear-pin", "Anne Roy")[1]["unchanged"] == 1
    seen = doors("team", "erase-member", "Anne Roy")[1]
    assert (seen["erased"], seen["events"]) == (False, 2)
    gone = doors("team", "erase-member", "Anne Roy", "--yes", "--reason", "by letter")[1]
    assert (gone["erased"], gone["lines"]) == (True, [])
    assert doors("team", "list")[1]["teams"][0]["members"] == []
    assert doors("team", "erase-member", "Anne Roy", "--yes")[0] == 1


def test_people_read_it_in_their_language(doors: Run) -> None:
    assert "Aucune équipe" in doors("team", "list", "--lang", "fr")[1]
    doors("team", "add", "Nord", "--lang", "fr")
    doors("team", "member", "Nord", "Zoé Tran", "--role", "lead")
    doors("event", "add", "Nord", "canvass", "2015-10-14", "18:00", "20:00")
    assert "responsable" in doors("team", "list", "--lang", "fr")[1]
    assert "Porte-à-porte" in doors("event", "list", "--lang", "fr")[1]


def test_the_words_of_either_language_are_understood(doors: Run) -> None:
    doors("team", "add", "L’équipe d’en haut")
    assert (
        doors("team", "member", "l'equipe d'en haut", "Zoé d’Orme", "--role", "responsable")[1]["added"] == 1
    )
    assert doors("team", "member", "l'equipe d'en haut", "zoe d'orme", "--role", "Membre")[1]["changed"] == 1
    assert (
        doors("event", "add", "L'équipe d'en haut", "porte-a-porte", "2015-10-14", "18:00", "20:00")[0] == 0
    )
    doors("event", "sign-up", "2015-10-14", "Zoe d'Orme", "peut-être")
    [event] = doors("event", "list")[1]["events"]
    assert (event["sort"], event["maybe"]) == ("canvass", 1)
    assert doors("event", "attend", "2015-10-14", "Zoe d'Orme", "présence")[0] == 0
    assert doors("event", "list")[1]["events"][0]["came"] == 1
    for words, known in (
        (("event", "sign-up", "2015-10-14", "Zoé d’Orme", "demain"), "vient, peut-être, non ou sans réponse"),
        (("event", "attend", "2015-10-14", "Zoé d’Orme", "tard"), "présence, absence ou inconnu"),
        (
            ("team", "member", "L’équipe d’en haut", "Zoé d’Orme", "--role", "reine"),
            "membre, responsable ou parti",
        ),
        (
            ("event", "add", "L’équipe d’en haut", "fête", "2015-10-14", "18:00", "20:00"),
            "porte-à-porte, appels ou formation",
        ),
    ):
        assert known in doors(*words, "--lang", "fr")[2]
