"""The operator's guide says what works: its commands are run as they stand, its files with the program they are for."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from canvass_app.hq.meters import Look, Meters
from canvass_app.hq.office import Taken
from canvass_app.services.book import open_book
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.trust import read_invitation
from tests.conftest import ROOT
from tests.hq.kit import add_street

GUIDE = ROOT / "docs" / "operator"
FILES = GUIDE / "files"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a guide for Linux")

# What needs root, a package index, systemd or Caddy was run by hand, or is said not to have been.
OURS = re.compile(r"(hq|prove|canvass-hq|openssl|printf|cat|rm -r)\b")


class Machine:
    """A machine's folders in a temporary one, and a shell in which the guide's words mean them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("data", "etc", "backups"):
            (root / name).mkdir()

    def here(self, text: str) -> str:
        for theirs, ours in (
            ("/var/lib/canvass-hq", "data"), ("/etc/canvass-hq", "etc"), ("/var/backups/canvass-hq", "backups"),
        ):  # fmt: skip
            text = text.replace(theirs, str(self.root / ours))
        return text

    def run(self, script: str) -> str:
        """Run lines of the guide, each of which must end well; what they print."""
        words = "\n".join(
            [
                "set -euo pipefail",
                f'canvass-hq() {{ {shlex.quote(sys.executable)} -m canvass_app.hq.cli "$@"; }}',
                'sudo() { test "$1 $2" = "-u canvass-hq"; shift 2; "$@"; }',
                self.here(script),
            ]
        )
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["bash", "-c", words], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, unit: str, *more: str) -> tuple[subprocess.Popen[bytes], dict[str, str]]:
        """The command line of a unit, on free ports."""
        process = subprocess.Popen(
            [*self.command(unit), *more, "--announce"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout is not None
        return process, json.loads(process.stdout.readline())

    def command(self, unit: str) -> list[str]:
        (line,) = re.findall(r"^ExecStart=(.*)$", (FILES / unit).read_text("utf-8"), re.MULTILINE)
        program, *arguments = shlex.split(self.here(line.replace("--metrics-port 9321", "--metrics-port 0")))
        assert program == "/usr/local/bin/canvass-hq"
        return [sys.executable, "-m", "canvass_app.hq.cli", *arguments]


def lines_of(*pages: str) -> list[str]:
    """The lines of the shell blocks that are headquarters' own, in order."""
    found: list[str] = []
    for page in pages:
        for block in re.findall(r"```sh\n(.*?)```", (GUIDE / page).read_text("utf-8"), re.DOTALL):
            found += [line for line in block.splitlines() if OURS.match(line)]
    return found


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_an_evening_by_the_guide(tmp_path: Path, record_property: Any) -> None:
    machine = Machine(tmp_path)
    first = lines_of("one-machine.md")
    assert [line.split()[0] for line in first] == ["openssl", "cat", "hq()", "hq", "hq", "hq"]
    said = machine.run("\n".join(first))
    assert "All is well" in said
    (code,) = re.findall(r"^(\w{4}-\w{4}) ", said, re.MULTILINE)

    process, told = machine.start("canvass-hq.service", "--port", "0")
    try:
        assert requests.get(f"{told['url']}/readyz", timeout=30).json() == {"ok": True}
        assert requests.get(f"{told['url']}/metrics", timeout=30).status_code == 404
        assert "canvass_hq_ready 1.0" in requests.get(told["metrics_url"], timeout=30).text
        book = open_book(tmp_path / "laptop", passphrase="p")
        join(book, told["url"], code, "Kitchen table")
        add_street(book, 3, riding_id=201359036)
        assert sync_now(book).pushed == 1
        book.close()
        backup = subprocess.run(
            machine.command("canvass-hq-backup.service"), capture_output=True, check=False
        )
        assert backup.returncode == 0, backup.stderr
    finally:
        end(process)

    words = next(line for line in first if line.startswith("hq()"))
    later = lines_of("backups.md", "monitoring.md", "upgrades.md", "troubles.md")
    assert len(later) >= 10
    # A look that was just taken is not taken again.
    later = [line for at, line in enumerate(later) if line not in later[max(0, at - 1) : at]]
    said = machine.run("\n".join([words, *later]))
    assert said.count("All is well: 2 ridings, 1 event,") >= 3
    record_property("proof", ("lines of the operator's guide that were run", len(first) + len(later)))
    assert not (tmp_path / "backups" / "proof").exists()


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_an_authority_of_ones_own_by_the_guide(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    first = lines_of("one-machine.md")[:4]
    *certificates, enrol = lines_of("tls.md")
    assert len(certificates) == 4
    machine.run("\n".join([*first, *certificates]))
    plain = machine.command("canvass-hq.service")
    plain.remove("--behind-proxy")
    server = subprocess.Popen(
        [*plain, "--port", "0", "--announce", "--tls-cert", str(tmp_path / "hq.pem"), "--tls-key", str(tmp_path / "hq.key")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        url = json.loads(server.stdout.readline())["url"]
        machine.run("\n".join([first[2], enrol.replace("https://hq.lan:8321", url)]))
        given = read_invitation(tmp_path / "kitchen.canvass-join")
        book = open_book(tmp_path / "laptop", passphrase="p")
        join(book, given.url, given.code, "Kitchen table", ca=given.ca)
        sync_now(book)
        book.close()
    finally:
        end(server)


def test_the_page_on_distribution_prints_what_it_says(tmp_path: Path) -> None:
    said = Machine(tmp_path).run("\n".join(lines_of("distributed.md")))
    assert "create_reference_table('device');" in said
    assert said.count("riding_id") > 20


def known_figures() -> set[str]:
    meters = Meters("sqlite")
    meters.taken(Taken(1, 1, 1, 1))
    meters.page(1, last=True)
    meters.refused("fault")
    meters.answered("GET", "/healthz", 200, 0.1)
    meters.watch(lambda: Look(True, True, {1: (2, 1)}, 1, 1, {"deadlock": 0}, 5))
    return set(re.findall(r"^# TYPE (\w+) ", meters.text().decode(), re.MULTILINE))


def test_the_guide_names_every_figure_and_no_other() -> None:
    known = {name for name in known_figures() if name.startswith("canvass_hq_")}
    page = (GUIDE / "monitoring.md").read_text("utf-8").partition("## The figures")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(canvass_hq_\w+)`", page)) == known


def test_the_alerts_look_at_figures_that_are_there_and_are_explained() -> None:
    text = (FILES / "alerts.yml").read_text("utf-8")
    used = {re.sub(r"_bucket$", "", name) for name in re.findall(r"canvass_hq_\w+", text)}
    assert used <= known_figures()
    codes = set(re.findall(r'code=~?"([\w|]+)"', text))
    assert codes == {"fault", "code|too_many"}
    page = (GUIDE / "monitoring.md").read_text("utf-8")
    assert set(re.findall(r"alert: (\w+)", text)) == set(re.findall(r"`(CanvassHq\w+)`", page))
    assert text.count("expr:") == text.count("alert:")


def options_of(command: str) -> Any:
    from typer.main import get_command

    from canvass_app.hq.cli import app

    return {option for one in get_command(app).commands[command].params for option in one.opts}  # type: ignore[attr-defined]


def test_the_container_starts_the_program_with_options_that_it_has() -> None:
    text = (ROOT / "Containerfile").read_text("utf-8")
    (arguments,) = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    command, *rest = json.loads(arguments)
    assert {one for one in rest if one.startswith("--")} <= options_of(command)
    assert "USER canvass-hq" in text
    assert "--require-hashes" in text
    page = (GUIDE / "container.md").read_text("utf-8")
    assert "not built" in page
