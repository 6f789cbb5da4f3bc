"""Cutting and exporting turfs from the command line, in both languages."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli import main

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A riding of four short streets, forty doors each."""
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")

    def call(*words: str) -> tuple[int, Any, str]:
        as_json = () if "--lang" in words else ("--json",)
        code = main([*words, "--data", str(tmp_path / "data"), *as_json])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out and as_json else said.out, said.err

    rows = [
        f"{n},{name} St,Birchville,{-75.7 + n * 0.00008:.6f},{45.4 + row * 0.001 + (n % 2) * 0.0002:.6f}"
        for row, name in enumerate(("Birch", "Maple", "Oak", "Elm"))
        for n in range(1, 41)
    ]
    path = tmp_path / "doors.csv"
    path.write_text("StreetNo,StreetName,City,Longitude,Latitude\n" + "\n".join(rows) + "\n", "utf-8")
    assert call("import", "doors", str(path), "--riding", "99001")[0] == 0
    return call


def test_a_cut_is_told_rehearsed_and_made(run: Run) -> None:
    code, rehearsed, _ = run("turfs", "cut", "--riding", "99001", "--turfs", "4", "--dry-run")
    assert code == 0
    assert (rehearsed["added"], len(rehearsed["turfs"]), rehearsed["doors"]) == (0, 4, 160)
    assert run("turfs", "list")[1]["turfs"] == []
    code, made, _ = run("turfs", "cut", "--riding", "99001", "--turfs", "4", "--seed", "1")
    assert (code, made["added"]) == (0, 4)
    members = [sorted(turf["door_ids"]) for turf in made["turfs"]]
    assert members == [sorted(turf["door_ids"]) for turf in rehearsed["turfs"]]
    assert made["balance"]["doors"] <= 1.2
    assert [turf["doors"] for turf in run("turfs", "list")[1]["turfs"]] == [
        turf["doors"] for turf in made["turfs"]
    ]


def test_a_second_cut_finds_no_free_door_and_changes_nothing(run: Run) -> None:
    run("turfs", "cut", "--turfs", "4")
    code, _, told = run("turfs", "cut", "--turfs", "4")
    assert code == 1
    assert "Nothing was changed" in told
    assert run("turfs", "cut", "--turfs", "2", "--take", "--dry-run")[1]["doors"] == 160


def test_only_a_selections_doors_are_cut(run: Run) -> None:
    code, said, _ = run("turfs", "cut", "--turfs", "2", "--selection", "street:Birch or street:Oak")
    assert (code, said["doors"]) == (0, 80)
    run("selections", "save", "Elm", "street:Elm")
    code, said, _ = run("turfs", "cut", "--doors", "20", "--selection", "elm")
    assert (code, said["doors"], len(said["turfs"])) == (0, 40, 2)


def test_a_cut_is_told_in_french(run: Run) -> None:
    code, text, _ = run("turfs", "cut", "--turfs", "4", "--lang", "fr")
    assert code == 0
    assert "4 secteurs créés, 160 portes." in text
    assert "Secteur 1" in text


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--minutes", "60", "--doors", "40"),
        ("--turfs", "0"),
        ("--turfs", "4", "--meeting", "somewhere"),
        ("--turfs", "4", "--meeting", "145,-75"),
        ("--turfs", "4", "--selection", "state:nonsense"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(run: Run, words: tuple[str, ...]) -> None:
    code, _, told = run("turfs", "cut", *words)
    assert code == 1
    assert len(told) > 40
    assert run("turfs", "list")[1]["turfs"] == []


def test_turfs_are_exported_as_a_map_and_as_a_table(run: Run, tmp_path: Path) -> None:
    run("turfs", "cut", "--turfs", "4")
    code, said, _ = run("turfs", "export", "--format", "csv", "--out", str(tmp_path / "t.csv"))
    assert (code, said["turfs"], said["doors"]) == (0, 4, 160)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == 160
    assert run("turfs", "export", "--out", str(tmp_path / "t.geojson"))[0] == 0
    assert len(json.loads((tmp_path / "t.geojson").read_text("utf-8"))["features"]) == 164
    code, _, _ = run("turfs", "export", "--format", "xml", "--out", str(tmp_path / "t.xml"))
    assert code == 1
    assert not (tmp_path / "t.xml").exists()
