"""`canvass-app bar` and `canvass-app bar-list`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli import main

from .test_erase_command import HEAD, ROWS

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")
    file = tmp_path / "people.csv"
    file.write_text(HEAD + ROWS, "utf-8")

    def call(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--data", str(tmp_path / "data"), "--lang", "en"])
        out, err = capsys.readouterr()
        return code, out, err

    assert call("import", "people", str(file))[0] == 0
    return call


def read(out: str) -> dict[str, Any]:
    return json.loads(out)


@pytest.mark.parametrize(
    ("who", "target"), [("Tremblay", "person"), ("4 Birch St", "door"), ("(613) 555-0102", "number")]
)
def test_a_person_a_door_and_a_number_are_barred_once_and_lifted_with_a_reason(
    run: Run, who: str, target: str
) -> None:
    code, out, _ = run("bar", who, "--reason", "asked by letter", "--name", "Ana", "--json")
    assert (code, read(out)["target"], read(out)["changed"]) == (0, target, 1)
    assert read(run("bar", who, "--json")[1])["changed"] == 0
    code, _, err = run("bar", who, "--lift")
    assert code == 1
    assert "Say why" in err
    assert read(run("bar", who, "--lift", "--reason", "they called", "--json")[1])["changed"] == 1
    assert read(run("bar", who, "--lift", "--reason", "again", "--json")[1])["changed"] == 0
    assert read(run("doctor", "--json")[1])["ok"]


def test_several_of_a_name_are_listed_and_nobody_is_barred(run: Run) -> None:
    code, _, err = run("bar", "Roy")
    assert code == 1
    ids = [line.split()[0] for line in err.splitlines()[1:]]
    assert len(ids) == 2
    assert read(run("bar", ids[0], "--json")[1])["changed"] == 1
    code, _, err = run("bar", "nobody at all")
    assert code == 1
    assert "Nothing was changed" in err


def test_what_was_barred_is_in_the_access_report(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("bar", "613-555-0102")
    assert (code, "People here with this number: 1" in out) == (0, True)
    target = tmp_path / "anne.json"
    assert run("access", "Tremblay", "--riding", "99001", "--out", str(target))[0] == 0
    held = read(target.read_text("utf-8"))
    assert {fact["field"]: fact["value"]["en"] for fact in held["stands"]}["no_call"] == "do not call"


def test_a_file_is_rehearsed_taken_and_taken_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "stop.csv"
    file.write_text("phone,address\n613 555 0102,\n,2 Birch St\n12,\n", "utf-8")
    code, out, _ = run("bar-list", str(file), "--dry-run")
    assert code == 0
    assert "a rehearsal: nothing was changed" in out
    assert "line 4: This is not a telephone number" in out
    seen = read(run("bar-list", str(file), "--json")[1])
    assert (seen["added"], seen["numbers"], seen["doors"], seen["people"]) == (2, 1, 1, 3)
    assert [row["line"] for row in seen["left_out"]] == [4]
    again = read(run("bar-list", str(file), "--json")[1])
    assert (again["added"], again["unchanged"]) == (0, 2)
