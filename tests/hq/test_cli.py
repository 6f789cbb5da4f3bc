"""`canvass-hq` as a person types it, and as the demo starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from canvass_app.hq.embedded import COMMAND, Embedded, start_embedded
from canvass_app.hq.office import Settings
from canvass_app.services.syncing import join, sync_now
from tests.hq.commands import Said, typed
from tests.hq.kit import CAMPAIGN, PASSPHRASE, RIDING, FakeTime, Hq, add_street, knock

SHORT = str(RIDING % 100_000)


def run(folder: Path, *arguments: str, passphrase: str | None = PASSPHRASE, language: str = "C.UTF-8") -> Any:
    environment = {**os.environ, "LC_ALL": language}
    if passphrase is not None:
        environment["CANVASS_HQ_PASSPHRASE"] = passphrase
    return subprocess.run(
        [*COMMAND, arguments[0], "--data", str(folder), *arguments[1:]],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    path = tmp_path / "campaign.json"
    ridings = [{"number": int(SHORT), "name": {"en": "Invented", "fr": "Inventée"}, "province": "Ontario"}]
    path.write_text(json.dumps(CAMPAIGN | {"ridings": ridings}), "utf-8")
    return path


def test_init_enrol_serve_doctor(tmp_path: Path, campaign: Path, new_laptop: Any) -> None:
    folder = tmp_path / "hq"
    made = json.loads(run(folder, "init", "--campaign", str(campaign), "--riding", "99002", "--json").stdout)
    assert (made["added"], made["unchanged"], made["ridings"]) == (2, 0, [RIDING, RIDING + 1])
    again = json.loads(run(folder, "init", "--campaign", str(campaign), "--json").stdout)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)

    hq = start_embedded(folder, PASSPHRASE)
    try:
        book = new_laptop()
        join(book, hq.url, hq.enrol([int(SHORT)], label="Kitchen"), "Laptop")
        add_street(book, 5)
        knock(book, 2)
        assert sync_now(book).pushed == 2
        assert requests.get(f"{hq.url}/docs", timeout=30).status_code == 404
        second = run(folder, "serve", "--port", "0")
        assert second.returncode == 1
        assert "already open" in second.stderr
    finally:
        hq.stop()
    assert hq.process.returncode == 0
    health = run(folder, "doctor", "--json")
    assert health.returncode == 0
    report = json.loads(health.stdout)
    assert report["ok"]
    facts = report["ridings"][str(RIDING)]
    assert facts["max"] == facts["count"] == facts["counter"] == 2
    assert "Tout va bien" in run(folder, "doctor", language="fr_CA.UTF-8").stdout


def test_serve_ends_gracefully_when_told(tmp_path: Path, campaign: Path) -> None:
    assert typed(tmp_path / "hq", "init", "--campaign", str(campaign)).returncode == 0
    process = subprocess.Popen(
        [*COMMAND, "serve", "--data", str(tmp_path / "hq"), "--port", "0", "--announce"],
        env={**os.environ, "CANVASS_HQ_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["url"]
    assert requests.get(f"{url}/readyz", timeout=30).json() == {"ok": True}
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=60)
    assert process.returncode == 0
    assert [json.loads(line)["event"] for line in log.splitlines()] == [
        "listening",
        "stopping",
        "stopped",
    ]
    assert not list((tmp_path / "hq").glob("*-wal"))


def test_a_headquarters_ends_with_the_program_that_started_it(tmp_path: Path, campaign: Path) -> None:
    hq = start_embedded(tmp_path / "hq", PASSPHRASE, campaign=campaign)
    assert hq.process.stdin is not None
    hq.process.stdin.close()
    assert hq.process.wait(60) == 0
    hq.stop()


def test_the_embedded_face_and_the_commands_load_no_server() -> None:
    heavy = {"fastapi", "uvicorn", "psycopg", "sqlalchemy", "alembic", "structlog"}
    code = f"import canvass_app.hq.embedded, canvass_app.hq.cli, sys; print(*{heavy!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
    assert Embedded.__doc__


BAD: list[tuple[str, list[str], str]] = [
    ("a folder without headquarters", ["doctor"], "canvass-hq init"),
    ("a folder without headquarters to serve", ["serve", "--port", "0"], "canvass-hq init"),
    ("a riding that is no number", ["init", "--riding", "5"], "five digits"),
    ("a campaign file that is none", ["init", "--campaign", "nothing.json"], "not a campaign file"),
]


@pytest.mark.parametrize(("arguments", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_gets_one_clear_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    # A real process for `serve`: nothing else of it may reach the terminal either.
    done = (run if arguments[0] == "serve" else typed)(tmp_path / "hq", *arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_keys_and_addresses_that_would_expose_people_are_refused(tmp_path: Path, campaign: Path) -> None:
    folder = tmp_path / "hq"
    none = typed(folder, "init", passphrase=None)
    assert none.returncode == 1
    assert "Nothing is ever stored unencrypted" in none.stderr
    typed(folder, "init", "--campaign", str(campaign))
    wrong = typed(folder, "doctor", passphrase="something else")
    assert "does not fit" in wrong.stderr
    exposed = run(folder, "serve", "--host", "0.0.0.0", "--port", "0")
    assert exposed.returncode == 1
    assert "--behind-proxy" in exposed.stderr
    lost = run(folder, "serve", "--tls-cert", "no.pem", "--tls-key", "no.key", "--host", "0.0.0.0")
    assert "no.pem" in lost.stderr
    foreign = typed(folder, "enrol", "--riding", "12345")
    assert "init --riding" in foreign.stderr
    secret = folder / "passphrase.txt"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    read = typed(folder, "enrol", "--passphrase-file", str(secret), passphrase=None)
    assert read.returncode == 0
    assert read.stdout[4] == "-"


def test_retention_is_rehearsed_and_carried_out_from_the_command_line(
    tmp_path: Path, campaign: Path, new_laptop: Any
) -> None:
    folder = tmp_path / "hq"
    assert typed(folder, "init", "--campaign", str(campaign)).returncode == 0
    hq = Hq(Settings(folder, PASSPHRASE), FakeTime()).start()
    try:
        book = new_laptop()
        join(book, hq.url, hq.code(), "Laptop")
        add_street(book, 3)
        knock(book, 2)
        sync_now(book)
    finally:
        hq.stop()

    def retention(*words: str, language: str = "C.UTF-8") -> Said:
        return typed(folder, "retention", *words, language=language)

    refused = retention("rehearse")
    assert (refused.returncode, "name no date" in refused.stderr) == (1, True)
    text = json.loads(campaign.read_text("utf-8")) | {"retention": {"until": "2200-01-01"}}
    campaign.write_text(json.dumps(text), "utf-8")
    assert typed(folder, "init", "--campaign", str(campaign)).returncode == 0
    said = retention("rehearse").stdout
    assert "nothing was changed" in said
    assert "would go: 3 people, 3 rows of files" in said
    seen = json.loads(retention("rehearse", "--json").stdout)
    assert (seen["people"], seen["passed"], seen["ridings"][str(RIDING)]["stays"]["attempts"]) == (
        3,
        False,
        1,
    )
    early = retention("carry-out", language="fr_CA.UTF-8")
    assert (early.returncode, "n’est pas passée" in early.stderr) == (1, True)
    assert retention("carry-out", "--early", "2").returncode == 1
    done = json.loads(retention("carry-out", "--early", "3", "--json").stdout)
    assert (done["changed"], done["left"], done["cleaned"]) == (3, 0, True)
    assert "Next: 1." in retention("carry-out", "--early", "0").stdout
    assert typed(folder, "doctor").returncode == 0
