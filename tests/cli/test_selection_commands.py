"""Selections from the command line, in both languages."""

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

    path = tmp_path / "doors.csv"
    rows = "".join(
        f"{n},{street},Birchville\n" for street in ("Birch St", "rue Principale") for n in range(1, 11)
    )
    path.write_text(f"StreetNo,StreetName,City\n{rows}", "utf-8")
    assert call("import", "doors", str(path), "--riding", "99001")[0] == 0
    return call


def test_a_typed_selection_is_counted_in_either_language(run: Run) -> None:
    for typed in ('street:"Birch St" odd 1-5', "rue:birch impair -5"):
        code, said, _ = run("selections", "count", typed)
        assert code == 0
        (one,) = said["ridings"]
        assert (one["doors"], one["barred"], one["checked_out"]) == (3, 0, 0)
    code, text, _ = run("selections", "count", 'rue:"rue Principale" pair', "--lang", "fr")
    assert (code, text) == (0, "rue\u00a0: rue Principale, côté pair\n  5 portes\n")


def test_a_selection_is_saved_listed_shown_renamed_removed_and_brought_back(run: Run) -> None:
    code, said, _ = run("selections", "save", "Birch odd", "street:Birch odd", "--name", "Ana")
    assert (code, said["added"], said["changed"], said["selection"]["doors"]) == (0, 1, 0, 5)
    assert run("selections", "save", "birch ODD", "street:Birch odd")[1]["unchanged"] == 1
    assert run("selections", "save", "Birch odd", "street:Birch even", "--name", "Ben")[1]["changed"] == 1
    assert (
        run("selections", "save", "Birch odd", "--rename", "Birch even")[1]["selection"]["name"]
        == "Birch even"
    )
    (one,) = run("selections", "list")[1]["selections"]
    assert (one["name"], one["typed"], one["words"]) == (
        "Birch even",
        "street:Birch even",
        "on Birch, even side",
    )
    code, text, _ = run("selections", "show", "birch even", "--lang", "en")
    assert code == 0
    assert "street:Birch even" in text
    assert "5 doors" in text
    assert "Last edited by canvass-app" in text
    assert run("selections", "count", "Birch even")[1]["ridings"][0]["doors"] == 5
    assert run("selections", "remove", one["id"][:8])[1]["changed"] == 1
    assert run("selections", "list")[1] == {"selections": []}
    assert run("selections", "remove", "Birch even", "--again")[1]["changed"] == 1
    assert len(run("selections", "list")[1]["selections"]) == 1


def test_doors_where_nobody_is_to_knock_are_counted_apart(run: Run) -> None:
    assert run("bar", "3 Birch St")[0] == 0
    (one,) = run("selections", "count", "street:Birch odd")[1]["ridings"]
    assert (one["doors"], one["barred"]) == (4, 1)
    assert run("selections", "count", "street:Birch odd", "--barred")[1]["ridings"][0]["doors"] == 5
    code, text, _ = run("selections", "count", "street:Birch odd", "--lang", "fr")
    assert code == 0
    assert "Mises de côté\u00a0: 1 porte où l’on ne doit pas frapper (--barred les ajoute)." in text
    kept = run("selections", "save", "All of Birch", "street:Birch", "--barred")[1]["selection"]
    assert (kept["with_barred"], kept["doors"]) == (True, 10)
    kept = run("selections", "save", "All of Birch", "--checked-out")[1]["selection"]
    assert (kept["with_barred"], kept["with_checked_out"], kept["typed"]) == (True, True, "street:Birch")


def test_a_wrong_word_is_shown_where_it_stands_and_nothing_is_saved(run: Run) -> None:
    code, _, told = run("selections", "save", "Bad", "street:Birch odd and state:home")
    assert code == 1
    assert told.splitlines()[-2:] == ["street:Birch odd and state:home", " " * 27 + "^"]
    code, _, told = run("selections", "count", "état:maison", "--lang", "fr")
    assert code == 1
    assert told.startswith("«\u00a0maison\u00a0» n’est pas un état.")
    assert run("selections", "list")[1] == {"selections": []}
    code, _, told = run("selections", "show", "Bad")
    assert code == 1
    assert "no saved selection “Bad”" in told
