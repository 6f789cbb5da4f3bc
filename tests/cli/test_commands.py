"""The commands as scripts use them: real files, real database, JSON out, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli import main
from canvass_app.services.book import open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.demo.settings import demo_settings
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list

HEAD = "civic_number,street_name,street_type,municipality,latitude,longitude,riding\n"
RIDING = 201399001

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")

    def call(*words: str, plain: bool = False) -> tuple[int, Any, str]:
        extra = () if plain else ("--json",)
        code = main([*words, "--data", str(tmp_path / "data"), *extra])
        out, err = capsys.readouterr()
        return code, (out if plain or not out.strip() else json.loads(out)), err

    return call


@pytest.fixture
def doors(tmp_path: Path) -> Path:
    path = tmp_path / "doors.csv"
    rows = [f"{n},Birch,St,Birch River,45.{n:06d},-75.{n:06d},99001\n" for n in range(2, 22, 2)]
    path.write_text(HEAD + "".join(rows) + "abc,Birch,St,Birch River,45.1,-75.1,99001\n", "utf-8")
    return path


def issue(tmp_path: Path) -> int:
    book = open_book(tmp_path / "data", passphrase="test")
    set_campaign(book, demo_settings())
    ids = [bytes(row[0]) for row in book.read().query("SELECT door_id FROM door")]
    turf = make_turf(book, RIDING, "Birch", ids).turf_id
    number = issue_walk_list(book, RIDING, turf, canvasser="Zoé").document.number
    book.close()
    return number


def test_an_import_reports_what_it_did_and_names_each_row_left_out(run: Run, doors: Path) -> None:
    code, report, _ = run("import", "doors", str(doors))
    assert code == 0
    assert (report["added"], report["changed"], report["unchanged"]) == (10, 0, 0)
    assert [row["line"] for row in report["left_out"]] == [12]
    assert run("import", "doors", str(doors))[1]["added"] == 0


def test_a_rehearsal_changes_nothing(run: Run, doors: Path) -> None:
    assert run("import", "doors", str(doors), "--dry-run")[1]["added"] == 10
    assert run("import", "doors", str(doors))[1]["added"] == 10


def test_a_remembered_or_given_mapping_is_used(run: Run, tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("a,b,c\n12,Birch St,99001\n", "utf-8")
    code, _, error = run("import", "doors", str(odd))
    assert code == 1
    assert "street" in error
    mapping = {
        "kind": "doors",
        "headers": ["a", "b", "c"],
        "fields": [
            {"field": "civic_number", "columns": ["a"]},
            {"field": "street_name", "columns": ["b"]},
            {"field": "riding", "columns": ["c"]},
        ],
    }
    given = tmp_path / "map.json"
    given.write_text(json.dumps(mapping), "utf-8")
    assert run("import", "doors", str(odd), "--map", str(given))[1]["added"] == 1
    assert run("import", "doors", str(odd))[1]["unchanged"] == 1  # the mapping is remembered


@pytest.mark.usefixtures("qapp")  # printing makes an application of its own where there is none
def test_lists_are_printed_typed_and_counted(run: Run, doors: Path, tmp_path: Path) -> None:
    run("import", "doors", str(doors))
    number = issue(tmp_path)
    turfs = run("turfs", "list", "--riding", "99001")[1]["turfs"]
    assert [(turf["name"], turf["doors"], turf["lists"]) for turf in turfs] == [("Birch", 10, [number])]
    code, printed, _ = run("walk-list", "print", str(number), "--out", str(tmp_path / "list.pdf"))
    assert code == 0
    assert printed["lines"] == 10
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    for line, result in ((1, "n"), (2, "refused"), (3, "2L"), (4, "moved")):
        assert run("results", "add", str(number), str(line), result, "--name", "Zoé")[0] == 0
    figures = run("progress", "--riding", "99001")[1]
    assert (figures["attempts"], figures["contacts"], figures["identified"]) == (4, 2, 1)
    assert figures["contact_rate"] == {"contacts": 2, "attempts": 4, "value": 0.5}
    checked = run("doctor")
    assert checked[0] == 0
    assert checked[1]["ok"] is True


def test_the_doctor_counts_in_the_singular_and_the_plural_of_each_language(run: Run, doors: Path) -> None:
    assert "0 événement, 0 circonscription." in run("doctor", "--lang", "fr", plain=True)[1]
    assert "Checked: 0 events, 0 ridings." in run("doctor", plain=True)[1]
    run("import", "doors", str(doors))
    assert "1 événement, 1 circonscription." in run("doctor", "--lang", "fr", plain=True)[1]
    assert "Checked: 1 event, 1 riding." in run("doctor", plain=True)[1]
    doors.write_text(HEAD + "4,Cedar,St,Birch River,45.2,-75.2,99002\n", "utf-8")
    run("import", "doors", str(doors))
    assert "2 événements, 2 circonscriptions." in run("doctor", "--lang", "fr", plain=True)[1]
    assert "Checked: 2 events, 2 ridings." in run("doctor", plain=True)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("results", "add", "999999", "1", "n"), "n’est pas sur cet ordinateur"),
        (("progress", "--riding", "12"), "cinq chiffres"),
        (("progress", "--riding", "59036"), "n’est pas sur cet ordinateur"),
        (("sync",), "joint"),
    ],
)
def test_a_trouble_is_told_in_the_language_asked_for(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, error = run(*words, "--lang", "fr")
    assert code == 1
    assert said in error
    assert not out


def test_a_wrong_passphrase_opens_nothing(
    run: Run, doors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", "doors", str(doors))
    monkeypatch.setenv("CANVASS_PASSPHRASE", "other")
    code, _, error = run("progress", "--riding", "99001")
    assert code == 1
    assert "passphrase does not fit" in error
    monkeypatch.delenv("CANVASS_PASSPHRASE")
    secret = tmp_path / "secret.txt"
    secret.write_text("test\n", "utf-8")
    assert run("progress", "--riding", "99001", "--passphrase-file", str(secret))[0] == 0


def test_without_a_keychain_or_a_passphrase_nothing_is_made(
    run: Run, doors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CANVASS_PASSPHRASE")
    code, _, error = run("import", "doors", str(doors))
    assert code == 1
    assert "passphrase" in error
    assert not (tmp_path / "data" / "canvass.db").exists()


def test_a_second_copy_on_the_same_data_is_refused(run: Run, doors: Path, tmp_path: Path) -> None:
    run("import", "doors", str(doors))
    first = open_book(tmp_path / "data", passphrase="test")
    code, _, error = run("progress", "--riding", "99001")
    first.close()
    assert code == 1
    assert "already open" in error


def test_a_wrong_call_is_code_2(run: Run) -> None:
    assert main(["no-such-command"]) == 2
