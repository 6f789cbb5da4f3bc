"""`canvass-app erase`: shown, confirmed, taken; by name or id; scripts get JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli import main

HEAD = "last_name,first_name,birth_year,phone,civic_number,street_name,street_type,municipality,riding\n"
ROWS = (
    "Roy,Luc,1960,6135550101,2,Birch,St,Birch River,99001\n"
    "Roy,Marie,1962,,2,Birch,St,Birch River,99001\n"
    "Tremblay,Anne,1970,6135550102,4,Birch,St,Birch River,99001\n"
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")
    file = tmp_path / "people.csv"
    file.write_text(HEAD + ROWS, "utf-8")

    def call(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--data", str(tmp_path / "data")])
        out, err = capsys.readouterr()
        return code, out, err

    assert call("import", "people", str(file))[0] == 0
    return call


def read(out: str) -> dict[str, Any]:
    return json.loads(out)


def test_without_yes_a_script_only_gets_the_preview(run: Run) -> None:
    code, out, _ = run("erase", "anne tremblay", "--riding", "99001", "--json")
    seen = read(out)
    assert (code, seen["erased"], seen["changed"], seen["rows"], seen["records"]) == (0, False, 0, 1, 1)
    assert "Tremblay, Anne" in seen["lines"][0]
    assert not read(run("erase", "Tremblay", "--riding", "99001", "--json")[1])["erased"]


def test_with_yes_the_person_goes_and_a_later_import_leaves_them_out(run: Run, tmp_path: Path) -> None:
    person = read(run("erase", "Tremblay", "--riding", "99001", "--json")[1])["person"]
    code, out, _ = run("erase", person, "--riding", "99001", "--yes", "--reason", "by letter", "--json")
    assert (code, read(out)["erased"], read(out)["lines"], read(out)["person"]) == (0, True, [], "")
    code, _, err = run("erase", "Tremblay", "--riding", "99001", "--yes")
    assert code == 1
    assert "Nobody of this name" in err
    report = read(run("import", "people", str(tmp_path / "people.csv"), "--json")[1])
    assert [row["line"] for row in report["left_out"]] == [4]
    assert read(run("doctor", "--json")[1])["ok"]


def test_several_of_a_name_are_listed_with_their_ids_and_nobody_is_erased(run: Run) -> None:
    code, _, err = run("erase", "Roy", "--riding", "99001", "--yes")
    assert code == 1
    ids = [line.split()[0] for line in err.splitlines()[1:]]
    assert len(ids) == 2
    assert read(run("erase", ids[0], "--riding", "99001", "--json")[1])["person"] == ids[0]


def test_without_a_terminal_and_without_yes_nothing_is_changed_and_it_is_said_in_the_asked_language(
    run: Run,
) -> None:
    code, out, _ = run("erase", "Tremblay", "--riding", "99001", "--lang", "fr")
    assert code == 0
    assert "Rien n’a été modifié" in out
    assert "C’est irréversible" in out


def test_a_person_at_a_terminal_sees_what_would_go_and_says_yes(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import builtins
    import sys

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(builtins, "input", lambda _: "no")
    assert "Nothing was changed" in run("erase", "Tremblay", "--riding", "99001")[1]
    monkeypatch.setattr(builtins, "input", lambda _: "yes")
    out = run("erase", "Tremblay", "--riding", "99001")[1]
    assert "cannot be undone" in out
    assert "Erased on this laptop" in out
    assert run("erase", "Tremblay", "--riding", "99001")[0] == 1
