"""`canvass-app access`: what is held about a person, as PDF or JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_erase_command import Run, read, run

__all__ = ["run"]

# Paper needs a Qt application, and a process has one kind of it: the tests' own.
pytestmark = pytest.mark.usefixtures("qapp")


def test_a_person_gets_a_sheet_and_a_machine_gets_json(run: Run, tmp_path: Path) -> None:
    sheet, data = tmp_path / "anne.pdf", tmp_path / "anne.json"
    code, out, _ = run("access", "anne tremblay", "--riding", "99001", "--out", str(sheet), "--lang", "fr")
    assert code == 0
    assert "Tremblay, Anne" in out
    assert sheet.read_bytes().startswith(b"%PDF")
    code, out, _ = run("access", "Tremblay", "--riding", "99001", "--out", str(data), "--json")
    assert (code, read(out)["files"], read(out)["recorded"]) == (0, 1, 1)
    held = json.loads(data.read_text("utf-8"))
    assert held["format"] == "canvass access report 1"
    assert {fact["field"]: fact["value"]["en"] for fact in held["stands"]}["phone"] == "613-555-0102"
    assert "Luc" not in data.read_text("utf-8")


def test_what_cannot_be_done_is_said_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    wrong = [
        (("access", "Tremblay", "--riding", "99001", "--out", str(tmp_path / "a.txt")), "neither in .pdf"),
        (("access", "Tremblay", "--riding", "99001", "--out", str(tmp_path / "a.pdf"), "--paper", "a3"), "paper size"),
        (("access", "Roy", "--riding", "99001", "--out", str(tmp_path / "a.pdf")), "Several people"),
        (("access", "Nobody", "--riding", "99001", "--out", str(tmp_path / "a.pdf")), "Nobody of this name"),
        (("access", "Tremblay", "--riding", "99001", "--out", str(tmp_path / "no" / "a.pdf")), "folder"),
    ]  # fmt: skip
    for words, said in wrong:
        code, _, err = run(*words)
        assert code == 1
        assert said in err
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".txt", ".pdf", ".part")]
