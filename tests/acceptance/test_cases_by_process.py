"""Cases 20, 24, 26 and 29 with every laptop and headquarters a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from canvass_app.hq.embedded import COMMAND
from canvass_app.hq.office import DATABASE_VARIABLE
from tests.hq.commands import typed
from tests.hq.kit import CAMPAIGN, PASSPHRASE, RIDING, PostgresServer

ROOT = Path(__file__).resolve().parents[2]


class Laptop:
    """A laptop in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.laptop_told", str(folder)],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def tries(self, do: str, *words: Any) -> dict[str, Any]:
        """What it answers, trouble or not."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, "with": words}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def does(self, do: str, *words: Any) -> Any:
        answer = self.tries(do, *words)
        assert "answer" in answer, answer
        return answer["answer"]

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


class Office:
    """Headquarters in a process of its own, and its commands, which are typed in this one."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder, self._database_url = folder, database_url
        environment = os.environ | {"CANVASS_HQ_PASSPHRASE": PASSPHRASE, "LC_ALL": "C.UTF-8"}
        if database_url:
            environment |= {DATABASE_VARIABLE: database_url}
        campaign = folder.parent / "campaign.json"
        campaign.write_text(json.dumps(CAMPAIGN), "utf-8")
        self.command("init", "--campaign", str(campaign), "--riding", str(RIDING))
        self._process = subprocess.Popen(
            [*COMMAND, "serve", "--data", str(folder), "--port", "0", "--announce", "--end-with-input"],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdout is not None
        self.url = str(json.loads(self._process.stdout.readline())["url"])

    def command(self, *words: str) -> dict[str, Any]:
        done = typed(self.folder, *words, "--json", database_url=self._database_url)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


class Place:
    """A headquarters and as many laptops as a case wants."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self._folder, self._open = folder, ExitStack()
        self.office = Office(folder / "hq", database_url)
        self._open.callback(self.office.close)

    def opened(self, name: str) -> Laptop:
        made = Laptop(self._folder / name)
        self._open.callback(made.close)
        return made

    def joined(self, name: str, label: str = "") -> Laptop:
        made = self.opened(name)
        made.does("join", self.office.url, self.office.command("enrol", "--label", label or name)["code"])
        return made

    def alike(self, *laptops: Laptop) -> dict[str, Any]:
        """Sync until everybody has everything; what all of them show."""
        for _ in range(2):
            for one in laptops:
                one.does("sync")
        seen = [one.does("shown") for one in laptops]
        for one in seen:
            one.pop("device")
            assert one["ok"]
            assert one["pending"] == 0
        assert seen == [seen[0]] * len(seen)
        self.office.command("doctor")
        return seen[0]

    def close(self) -> None:
        self._open.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every case also runs over HTTP in one process, on both databases; here PostgreSQL is left to `make proof`."""
    if request.param == "sqlite":
        yield ""
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.make_database()
    yield url
    server.drop_database(url)


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    made = Place(tmp_path, database_url)
    yield made
    made.close()


def test_case_20_by_process(place: Place) -> None:
    lost, other = place.joined("lost"), place.joined("other")
    lost.does("street", 30)
    lost.does("sync")
    for number in range(1, 21):
        lost.does("knock", number)
    place.office.command("device", "revoke", "lost")
    told = lost.tries("sync")
    assert (told["error"], told["done"]) == ("Withdrawn", True)
    assert {path.name for path in lost.folder.iterdir()} == {"canvass.lock", "farewell.json"}
    assert place.alike(other)["attempts"] == []
    (waiting,) = place.office.command("review", "list")["waiting"]
    assert waiting["kinds"] == {"attempt.made": 20}
    assert place.office.command("review", "accept", waiting["number"])["added"] == 20
    assert place.alike(other)["attempts"] == ["not_home"] * 20
    (device,) = [one for one in place.office.command("device", "list")["devices"] if one["name"] == "lost"]
    assert device["told"]
    assert device["emptied"]


def test_case_24_by_process(place: Place, tmp_path: Path) -> None:
    first = place.joined("first")
    first.does("street", 30)
    first.does("sync")
    first.does("knock", 1)
    first.close()
    shutil.copytree(tmp_path / "first", tmp_path / "copy")
    first, copy = place.opened("first"), place.opened("copy")
    device = first.does("shown")["device"]
    assert copy.does("shown")["device"] == device
    first.does("knock", 2)
    copy.does("knock", 3, "refused")
    copy.does("knock", 4, "refused")
    first.does("sync")
    # The other half is found at its first contact. Nothing of either is lost, and nothing counts twice.
    copy.tries("sync")
    told = copy.tries("sync")
    assert told["error"] == "Refused"
    assert "new number" in told["text"]
    copy.does("join", place.office.url, place.office.command("enrol")["code"])
    seen = place.alike(first, copy)
    assert seen["attempts"] == ["not_home", "not_home", "refused", "refused"]
    assert copy.does("shown")["device"] != first.does("shown")["device"]


def test_case_26_by_process(place: Place) -> None:
    one, other = place.joined("one"), place.joined("other")
    one.does("street", 10)
    place.alike(one, other)
    one.does("bar", 5)
    other.does("knock", 5)
    seen = place.alike(one, other)
    assert (seen["barred"], seen["barred_people"], seen["attempts"]) == ([5], 1, ["not_home"])
    other.does("knock", 5, "come_back")
    # The same street comes in a second file.
    other.does("street", 12)
    seen = place.alike(one, other)
    assert (seen["barred"], seen["barred_people"]) == ([5], 1)


def test_case_29_by_process(place: Place) -> None:
    lead, second, typist = place.joined("lead"), place.joined("second"), place.joined("typist")
    lead.does("street", 20)
    turf = lead.does("turf", "North", 1, 12)
    number = lead.does("issue", turf)
    printed = lead.does("page", number)
    place.alike(lead, second)
    second.does("take", "South", 1, 8)
    second.does("retire", turf)
    place.alike(second, typist, lead)
    for laptop in (lead, second, typist):
        assert laptop.does("page", number) == printed
    assert len({name for _, name in printed if name}) == 12
    assert typist.tries("page", number + 1)["error"] == "NotFound"
    typist.does("type", number, [line for line, name in printed if name][:5])
    assert place.alike(typist, lead, second)["attempts"] == ["not_home"] * 5
