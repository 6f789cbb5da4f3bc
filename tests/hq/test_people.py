"""`canvass-hq person`: who may log in, and a password that no command line ever shows."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from canvass_app.domain.roles import Role
from canvass_app.hq.accounts import every_account
from canvass_app.hq.cli import app
from canvass_app.hq.embedded import COMMAND
from canvass_app.hq.office import DATABASE_VARIABLE
from canvass_app.hq.person_commands import PASSWORD_VARIABLE
from tests.hq.browsers import WORDS, Browser
from tests.hq.kit import OTHER, PASSPHRASE, RIDING, Hq

OTHER_WORDS = "five quite other invented words"


def environment(hq: Hq, **more: str) -> dict[str, str]:
    found = os.environ | {"CANVASS_HQ_PASSPHRASE": PASSPHRASE, "LC_ALL": "C.UTF-8"} | more
    return found | ({DATABASE_VARIABLE: hq.settings.database_url} if hq.settings.database_url else {})


def run(hq: Hq, *words: str, **more: str) -> Result:
    arguments = ["person", words[0], "--data", str(hq.settings.folder), *words[1:]]
    return CliRunner().invoke(app, arguments, env={DATABASE_VARIABLE: "", **environment(hq, **more)})


def in_file(folder: Path, password: str) -> str:
    file = folder / f"password{len(password)}"
    file.write_text(password + "\n", "utf-8")
    return str(file)


def test_people_are_added_listed_renewed_and_shut_out(hq: Hq, tmp_path: Path) -> None:
    first, second = in_file(tmp_path, WORDS), in_file(tmp_path, OTHER_WORDS)
    assert "Nobody may log in yet" in run(hq, "list").stdout
    added = json.loads(
        run(hq, "add", "Ana@Example.ca", "--name", "Ana Invented", "--role", "organiser", "--riding", "201399001",
            "--password-file", first, "--json").stdout
    )  # fmt: skip
    assert (added["added"], added["login"], added["ridings"]) == (1, "ana@example.ca", [RIDING])
    assert run(hq, "add", "obs", "--role", "observer", **{PASSWORD_VARIABLE: first}).exit_code == 0
    again = run(hq, "add", "ANA@example.ca", "--password-file", first, LC_ALL="fr_CA.UTF-8")
    assert again.exit_code == 1
    assert "existe déjà" in again.stderr

    browser = Browser(hq, "ana@example.ca")
    assert run(hq, "password", "ana@example.ca", "--password-file", second).exit_code == 0
    assert browser.get("/console/devices").status_code == 303
    assert browser.log_in("ana@example.ca").status_code == 403
    assert browser.log_in("ana@example.ca", OTHER_WORDS).status_code == 303
    assert json.loads(run(hq, "disable", "ana@example.ca", "--json").stdout)["changed"] == 1
    assert json.loads(run(hq, "disable", "ana@example.ca", "--json").stdout)["changed"] == 0
    assert browser.get("/console/devices").status_code == 303
    people = json.loads(run(hq, "list", "--json").stdout)["people"]
    assert [(one["login"], one["role"], one["ridings"], one["disabled"]) for one in people] == [
        ("ana@example.ca", "organiser", [RIDING], True),
        ("obs", "observer", "*", False),
    ]
    assert "n’a plus accès" in run(hq, "list", LC_ALL="fr_CA.UTF-8").stdout
    assert json.loads(run(hq, "disable", "--undo", "ana@example.ca", "--json").stdout)["changed"] == 1
    assert browser.log_in("ana@example.ca", OTHER_WORDS).status_code == 303
    browser.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "ana", "--password-file", "WEAK"], "among the first"),
        (["add", "ana", "--password-file", "nowhere"], "cannot be read"),
        (["add", "ana"], "No password was given"),
        (["add", "a b", "--password-file", "GOOD"], "cannot be a login"),
        (["add", "ana", "--riding", str(OTHER), "--password-file", "GOOD"], "not at this headquarters"),
        (["password", "nobody", "--password-file", "GOOD"], "Nobody has the login"),
        (["disable", "nobody"], "Nobody has the login"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    hq: Hq, tmp_path: Path, words: list[str], told: str
) -> None:
    if hq.settings.database_url:
        pytest.skip("words are the same on either database")
    files = {"WEAK": in_file(tmp_path, "password1234"), "GOOD": in_file(tmp_path, WORDS)}
    said = run(hq, *[files.get(one, one) for one in words])
    assert said.exit_code == 1
    assert told in said.stderr
    assert every_account(hq.office.read()) == []


def test_no_command_takes_a_password_among_its_words(hq: Hq) -> None:
    assert run(hq, "add", "ana", "--password", WORDS).exit_code == 2
    assert run(hq, "password", "ana", WORDS).exit_code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_a_password_is_asked_for_twice_and_not_shown(hq: Hq) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "person", "add", "ana", "--role", "admin", "--data", str(hq.settings.folder)],
        env=environment(hq), stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = ""
    for words in (WORDS, "something else", WORDS, WORDS):
        while not shown.endswith(": "):
            shown += os.read(ours, 1024).decode()
        os.write(ours, f"{words}\n".encode())
        shown += "\n"
    assert process.wait(120) == 0
    os.close(ours)
    assert WORDS not in shown
    assert shown.count("New password") == 2
    ((account,)) = every_account(hq.office.read())
    assert (account.login, account.role, account.ridings) == ("ana", Role.ADMIN, None)


def test_a_role_is_typed_in_either_language(hq: Hq, tmp_path: Path) -> None:
    password = in_file(tmp_path, WORDS)
    made = run(hq, "add", "obs", "--role", "observation", "--json", "--password-file", password)
    assert json.loads(made.stdout)["role"] == "observer"
    wrong = run(hq, "add", "queen", "--role", "reine", LC_ALL="fr_CA.UTF-8")
    assert wrong.exit_code == 2
    assert "administration, responsable ou observation" in " ".join(wrong.stderr.split())
