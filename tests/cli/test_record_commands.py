"""Decisions, shifts, imports and histories from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli import main
from canvass_app.ledger.events import Key, seal
from canvass_app.ledger.kinds import SupportMarked
from canvass_app.services.book import open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.demo.settings import demo_settings
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project

RIDING = 201399001
Run = Callable[..., tuple[int, Any, str]]
ELSEWHERE = b"\x3f\x2a" + b"\7" * 14


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("CANVASS_PASSPHRASE", "test")

    def call(*words: str) -> tuple[int, Any, str]:
        code = main([*words, "--data", str(tmp_path / "data"), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else None, said.err

    return call


@pytest.fixture
def people(tmp_path: Path) -> Path:
    rows = ["LastName,FirstName,StreetNo,StreetName,City"]
    rows += [f"Roy,Luc {n},{n},Birch St,Birchville" for n in range(2, 10, 2)]
    path = tmp_path / "people.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def say_twice(folder: Path) -> None:
    """Here Luc at number 2 is a 1, on another laptop a 5; neither knows of the other."""
    book = open_book(folder, passphrase="test")
    set_campaign(book, demo_settings())
    luc = bytes(book.read().query("SELECT person_id FROM person ORDER BY search LIMIT 1")[0][0])
    with book.act("Zoé") as act:
        act.add(RIDING, luc, SupportMarked(level="1"))
    away = seal(
        RIDING, Key(ELSEWHERE, 1), luc, SupportMarked(level="5"), author="Ann", shift=b"", hlc=book.clock.tick(),
        wall_ms=book.now_ms(), sees=[], nonce=b"12345678",
    )  # fmt: skip
    with book.database.write() as db:
        project(db, insert_events(db, [away]).new, book.time_zone)
    book.close()


def test_a_decision_is_listed_with_its_sides_and_closed(run: Run, people: Path, tmp_path: Path) -> None:
    assert run("import", "people", str(people), "--riding", "99001")[0] == 0
    assert run("decisions", "list")[1] == {"decisions": []}
    say_twice(tmp_path / "data")
    [row] = run("decisions", "list", "--riding", "99001")[1]["decisions"]
    assert (row["about"], row["what"]) == ("Roy, Luc 2", "support")
    assert [(side["author"], side["device"], side["stands"]) for side in row["sides"]] == [
        ("Ann", "laptop 3F2A", True),
        ("Zoé", "this laptop", False),
    ]
    code, report, _ = run("decisions", "close", row["id"], "2", "--name", "Lead")
    assert (code, report["added"], report["changed"], report["left_out"]) == (0, 0, 1, [])
    assert run("decisions", "list")[1] == {"decisions": []}
    assert run("decisions", "close", row["id"], "1")[0] == 1


def test_a_history_is_told_by_name_and_says_what_counts(run: Run, people: Path, tmp_path: Path) -> None:
    run("import", "people", str(people), "--riding", "99001")
    say_twice(tmp_path / "data")
    told = run("history", "person", "Luc 2")[1]
    assert (told["name"], told["total"]) == ("Roy, Luc 2", 3)
    assert {(e["said"], e["standing"]) for e in told["events"] if e["kind"] == "support.marked"} == {
        ("support: strong support (1)", "waits"),
        ("support: strong oppose (5)", "counts"),
    }
    assert run("history", "Personne", "Luc 2")[1]["total"] == 3
    assert run("history", "song", "Luc")[0] == 1
    assert (
        "porte, personne, secteur, liste, quart, importation ou téléphone"
        in run("history", "chant", "Luc", "--lang", "fr")[2]
    )
    assert run("history", "door", "99 Nowhere St")[0] == 1


def test_names_that_an_unclear_name_shows_are_in_the_log_of_who_saw_whom(
    run: Run, people: Path, tmp_path: Path
) -> None:
    from canvass_app.services.audit import who_saw_here

    run("import", "people", str(people), "--riding", "99001")
    code, _, said = run("history", "person", "Mme Roy")
    assert (code, said.count("Roy, Luc")) == (1, 4)
    assert run("bar", "M. Roy")[0] == 1
    book = open_book(tmp_path / "data", passphrase="test")
    ids = [bytes(row[0]) for row in book.read().query("SELECT person_id FROM person")]
    seen = [[(one.act, one.what, one.count) for one in who_saw_here(book, RIDING, person)] for person in ids]
    book.close()
    assert seen == [[("searched", "find", 4)] * 2] * 4


def test_a_shift_is_voided_after_a_rehearsal_and_restored(run: Run, people: Path, tmp_path: Path) -> None:
    from canvass_app.services.turfs import make_turf
    from canvass_app.services.walk_lists import issue_walk_list

    run("import", "people", str(people), "--riding", "99001")
    book = open_book(tmp_path / "data", passphrase="test")
    set_campaign(book, demo_settings())
    ids = [bytes(row[0]) for row in book.read().query("SELECT door_id FROM door")]
    turf = make_turf(book, RIDING, "Birch", ids).turf_id
    number = issue_walk_list(book, RIDING, turf).document.number
    book.close()
    run("results", "add", str(number), "1", "n", "--name", "Zoé")
    [shift] = run("shifts", "list")[1]["shifts"]
    assert (shift["volunteer"], shift["results"], shift["voided"]) == ("Zoé", 1, False)
    seen = run("shifts", "void", shift["id"][:8], "--dry-run")[1]
    assert (seen["changed"], seen["attempts"], len(seen["doors"])) == (0, 1, 1)
    assert run("progress", "--riding", "99001")[1]["attempts"] == 1
    done = run("shifts", "void", shift["id"], "--reason", "wrong list", "--name", "Lead")[1]
    assert (done["changed"], done["attempts"]) == (1, 1)
    assert run("progress", "--riding", "99001")[1]["attempts"] == 0
    assert run("shifts", "void", shift["id"])[1]["changed"] == 0
    assert run("shifts", "restore", shift["id"])[1]["changed"] == 1
    assert run("shifts", "restore", shift["id"])[1]["changed"] == 0
    assert run("progress", "--riding", "99001")[1]["attempts"] == 1
    assert run("shifts", "void", "zz")[0] == 1


def test_an_import_is_withdrawn_after_a_rehearsal_and_restored(run: Run, people: Path) -> None:
    run("import", "people", str(people), "--riding", "99001")
    [file] = run("imports", "list")[1]["imports"]
    assert (file["source"], file["doors"], file["people"]) == ("people.csv", 4, 4)
    seen = run("imports", "withdraw", file["id"], "--dry-run")[1]
    assert (seen["changed"], seen["doors_gone"], seen["people_gone"]) == (0, 4, 4)
    assert run("imports", "withdraw", file["id"])[1]["changed"] == 1
    assert run("imports", "list")[1]["imports"][0]["withdrawn"] is True
    assert run("imports", "restore", file["id"])[1]["changed"] == 1
    assert run("progress", "--riding", "99001")[1]["doors"]["on_file"] == 4
    told = run("history", "import", file["id"])[1]
    assert [e["kind"] for e in told["events"]] == ["roster.restored", "roster.withdrawn", "roster.added"]


def test_people_read_it_in_their_language(
    run: Run, people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", "people", str(people), "--riding", "99001")
    say_twice(tmp_path / "data")
    for words, said in (
        (("decisions", "list"), "valeur retenue"),
        (("history", "person", "Luc 2"), "fichier importé"),
        (("imports", "list"), "people.csv"),
        (("shifts", "list"), "Aucun quart"),
    ):
        assert main([*words, "--data", str(tmp_path / "data"), "--lang", "fr"]) == 0
        assert said in capsys.readouterr().out
