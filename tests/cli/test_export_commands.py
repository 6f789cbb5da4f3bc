"""`canvass-app export people` and `canvass-app trace`: a list leaves encrypted, and one that leaks is known."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pyzipper

from tests.cli.test_erase_command import Run, read, run

__all__ = ["run"]
PEOPLE = ("export", "people")
WHY = ("--riding", "99001", "--reason", "Signs for the weekend", "--name", "Ana Lead")


def test_a_list_leaves_encrypted_and_its_leak_is_known(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    code, said, _ = run(*PEOPLE, str(out), *WHY, "--columns", "last,first,address,phone", "--json")
    done = read(said)
    assert (code, done["added"], done["people"], done["held_back"]) == (0, 1, 3, 0)
    with pyzipper.AESZipFile(BytesIO(Path(done["file"]).read_bytes())) as archive:
        archive.setpassword(done["passphrase"].encode())
        table = archive.read(f"people-{done['export']}.csv")
    rows = list(csv.reader(StringIO(table.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Last name", "First name", "Address", "Telephone"]
    assert {"Roy", "Tremblay"} <= {row[0] for row in rows}
    leak = tmp_path / "leak.csv"
    leak.write_bytes(table)
    code, said, _ = run("trace", str(leak), "--json")
    (source,) = read(said)["sources"]
    assert (source["export"], source["who"], source["reason"], source["same_file"]) == (
        done["export"], "Ana Lead", "Signs for the weekend", True,
    )  # fmt: skip
    code, said, _ = run("trace", str(leak), "--lang", "fr")
    assert code == 0
    assert "exportée par Ana Lead" in said


def test_the_passphrase_is_shown_once_and_an_open_file_needs_a_second_yes(run: Run, tmp_path: Path) -> None:
    code, said, _ = run(*PEOPLE, str(tmp_path / "a.zip"), *WHY)
    assert code == 0
    (words,) = [
        line.strip() for line in said.splitlines() if line.count("-") == 4 and line.startswith("    ")
    ]
    assert len(words) == 34
    found = [path for path in tmp_path.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]
    assert found == []
    code, _, err = run(*PEOPLE, str(tmp_path / "b.zip"), *WHY, "--plain")
    assert code == 1
    assert "encrypted" in err
    assert not list(tmp_path.glob("b*"))
    done = read(run(*PEOPLE, str(tmp_path / "b.zip"), *WHY, "--plain", "--yes", "--json")[1])
    assert done["passphrase"] == ""


def test_what_cannot_be_done_is_said_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "x.zip")
    wrong = [
        ((*PEOPLE, out, "--riding", "99001", "--reason", "x", "--name", "Ana"), "needs a reason"),
        ((*PEOPLE, out, "--riding", "99001", "--reason", "Signs for Sunday"), "your name"),
        ((*PEOPLE, out, *WHY, "--columns", "email"), "not a column"),
        ((*PEOPLE, out, *WHY, "--filter", "party=1"), "not a filter"),
        ((*PEOPLE, out, *WHY, "--turf", "Nowhere"), "no turf"),
        ((*PEOPLE, out, *WHY, "--list", "4127Y"), "not on this laptop"),
        ((*PEOPLE, out, *WHY, "--filter", "phone", "--turf", "A"), "not several"),
        ((*PEOPLE, str(tmp_path / "no" / "x.zip"), *WHY), "cannot be written"),
        (("trace", str(tmp_path / "nothing.csv")), "cannot be read"),
    ]  # fmt: skip
    for words, said in wrong:
        code, _, err = run(*words)
        assert (code, said in err) == (1, True), (words, err)
    assert not list(tmp_path.glob("x*"))
