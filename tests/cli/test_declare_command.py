"""`canvass-app declare`: the text is shown, one person says yes, headquarters knows; `sync` says what to do before."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from canvass_app.cli.commands import run as canvass
from tests.hq.kit import DECLARATION, Hq, running_hq

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Hq]:
    for served in running_hq(tmp_path / "hq"):
        served.ask_for(DECLARATION)
        yield served


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")

    def call(*words: str) -> tuple[int, str, str]:
        code = canvass([*words, "--data", str(tmp_path / "data")])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_a_laptop_that_joined_is_told_what_to_do_and_does_it(hq: Hq, run: Run) -> None:
    assert run("join", hq.url, hq.code())[0] == 0
    code, _, err = run("sync")
    assert code == 1
    assert "canvass-app declare --name NAME" in err
    code, out, _ = run("declare", "--name", "Ana Roy")
    assert code == 1
    assert out.startswith(DECLARATION["en"])
    assert "Nothing was accepted. Add --yes" in out
    assert run("sync")[0] == 1
    code, out, _ = run("declare", "--name", "Ana Roy", "--yes", "--lang", "fr")
    assert (code, DECLARATION["fr"] in out) == (0, True)
    assert "le quartier général le sait" in out
    assert run("sync")[0] == 0
    assert "Accepted on this laptop by: Ana Roy." in run("declare", "--name", "Luc Roy")[1]


def test_scripts_get_the_text_and_change_nothing_without_yes(hq: Hq, run: Run) -> None:
    run("join", hq.url, hq.code())
    seen = json.loads(run("declare", "--name", "Ana Roy", "--json")[1])
    assert (seen["changed"], seen["accepted"], seen["asked"], seen["by"]) == (0, False, True, [])
    assert seen["declaration"] == DECLARATION["en"]
    done = json.loads(run("declare", "--name", "Ana Roy", "--yes", "--json")[1])
    assert (done["changed"], done["accepted"], done["told"], done["by"]) == (1, True, True, ["Ana Roy"])
    again = json.loads(run("declare", "--name", "Ana Roy", "--yes", "--json")[1])
    assert (again["changed"], again["unchanged"], again["by"]) == (0, 1, ["Ana Roy"])
    both = json.loads(run("declare", "--name", "Luc Roy", "--yes", "--json")[1])
    assert both["by"] == ["Ana Roy", "Luc Roy"]


@pytest.mark.parametrize(("said", "accepted"), [("yes", True), ("oui", True), ("no", False), ("", False)])
def test_a_person_at_a_terminal_reads_it_and_says_yes(
    hq: Hq, run: Run, monkeypatch: pytest.MonkeyPatch, said: str, accepted: bool
) -> None:
    run("join", hq.url, hq.code())
    asked: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or said)
    assert run("declare", "--name", "Ana Roy")[0] == (0 if accepted else 1)
    assert "Ana Roy, do you accept this?" in asked[0]
    assert (run("sync")[0] == 0) is accepted


def test_without_a_network_it_is_kept_and_what_is_no_name_is_refused(hq: Hq, run: Run) -> None:
    assert "asks for no declaration" in run("declare", "--name", "Ana Roy", "--yes")[1]
    run("join", hq.url, hq.code())
    code, _, err = run("declare", "--name", "12", "--yes")
    assert (code, "first and last name" in err) == (1, True)
    hq.stop()
    try:
        code, out, _ = run("declare", "--name", "Ana Roy", "--yes")
    finally:
        hq.start()
    assert code == 0
    assert "could not be told yet" in out
