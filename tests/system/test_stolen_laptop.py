"""A lost laptop tells a stranger nothing: the data folder of a used campaign, scanned byte for byte."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
import zstandard

from canvass_app.hq.embedded import COMMAND
from canvass_app.hq.office import DATABASE_VARIABLE
from canvass_app.services.farewell import UNSENT, finish
from tests.hq.browsers import Browser
from tests.hq.kit import CAMPAIGN, DECLARATION, OTHER, PASSPHRASE, RIDING, PostgresServer, postgres
from tests.system.scanning import Scan, files_below, invented

__all__ = ["postgres"]

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 400
# Where programs leave things behind them.
PLACES = {"TMPDIR": "tmp", "HOME": "home", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state"}


def surroundings(folder: Path) -> dict[str, str]:
    """An environment of its own for a program, below a folder."""
    for place in PLACES.values():
        (folder / place).mkdir(parents=True, exist_ok=True)
    own = {name: str(folder / place) for name, place in PLACES.items()}
    return os.environ | own | {"PYTHONPATH": str(ROOT)}


_USE = """
import os, sys
from pathlib import Path
from canvass_app.desktop.crash import make_report, save_report
from canvass_app.printing.walk_list import print_walk_list
from canvass_app.services.book import open_book
from canvass_app.services.care import look_after
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.entry import Mark, open_shift, record, add_person
from canvass_app.services.importing import import_file
from canvass_app.services.ridings import list_ridings
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.services.conftest import CAMPAIGN

folder, people = Path(sys.argv[1]), Path(sys.argv[2])
book = open_book(folder, passphrase="correct horse")
set_campaign(book, CAMPAIGN)
import_file(book, people, "people", riding_id=201399001, author="Leadaname")
riding = list_ridings(book)[0].riding_id
doors = [bytes(row[0]) for row in book.read().query("SELECT door_id FROM door ORDER BY door_id LIMIT 60")]
turf = make_turf(book, riding, "Turfaname", doors, author="Leadaname").turf_id
assign_turf(book, riding, turf, "Walkeraname")
document = issue_walk_list(book, riding, turf, canvasser="Walkeraname").document
shift = open_shift(book, "Walkeraname", riding, document.number)
for line in document.lines[:30]:
    if line.person_id and not line.barred:
        record(book, shift, document.number, line.line, Mark(support="2", second="L", note="Noteaname on the porch"))
add_person(book, shift, riding, doors[0], "Addedaname", "Zoe")
look_after(book)
print_walk_list(document, Path(os.environ["PAPER"]), "letter", "fr")
try:
    raise ValueError("Walkeraname lives at 12 Leadaname")
except ValueError as error:
    assert save_report(make_report(type(error), error.__traceback__), folder) is not None
print("used", flush=True)
os._exit(9)  # the battery dies: nothing is closed, the write-ahead log stays
"""


def test_a_stolen_laptop_holds_no_name_and_no_address_in_clear(tmp_path: Path) -> None:
    chance = random.Random(7)
    seeded = {"Leadaname", "Turfaname", "Walkeraname", "Noteaname", "Addedaname", "Birch River"}
    rows = [
        "last_name,first_name,birth_year,phone,email,civic_number,street_name,street_type,municipality,riding"
    ]
    for number in range(PEOPLE):
        last, first, street = invented(chance), invented(chance), invented(chance)
        mail, phone = f"{last.lower()}@example.ca", f"613555{number:04d}"
        rows.append(
            f"{last},{first},19{number % 90 + 10},{phone},{mail},{number + 1},{street},St,Birch River,99001"
        )
        seeded |= {last, first, street, phone, mail}
    people = tmp_path / "people.csv"
    people.write_text("\n".join(rows) + "\n", "utf-8")
    folder, paper = tmp_path / "data", tmp_path / "list.pdf"
    done = subprocess.run(
        [sys.executable, "-c", _USE, str(folder), str(people)],
        cwd=ROOT,
        env=surroundings(tmp_path) | {"PAPER": str(paper)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "used", done.stderr
    files = files_below(folder)
    assert {path.suffix for path in files} >= {".db", ".json"}
    assert any(path.name.endswith("-wal") and path.stat().st_size for path in files)
    assert any(path.parent.name == "backups" for path in files)
    assert any(path.parent.name == "reports" for path in files)
    assert len(seeded) > 1_000
    scan = Scan(seeded)
    assert scan.found_in(people.read_bytes()) == seeded - {
        "Leadaname", "Turfaname", "Walkeraname", "Noteaname", "Addedaname",
    }  # fmt: skip  # the scan does find what lies in clear
    assert paper.stat().st_size > 1_000
    for path in {*files_below(tmp_path)} - {people, paper}:
        assert not scan.found_in(path.read_bytes()), path
        assert b"SQLite format 3" not in path.read_bytes()


# --- what came later: teams, PINs, who saw whom, exports, the declaration, and what is left of a laptop that was shut out ------


class Office:
    """Headquarters in a process of its own, its pages too; what it writes to its log lies in a file of its folder."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        folder.mkdir()
        self._environment = surroundings(folder / "around") | {
            "CANVASS_HQ_PASSPHRASE": PASSPHRASE, "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        if database_url:
            self._environment |= {DATABASE_VARIABLE: database_url}
        campaign = folder.parent / "campaign.json"
        campaign.write_text(json.dumps(CAMPAIGN | {"declaration": DECLARATION}), "utf-8")
        self.command("init", "--campaign", str(campaign), "--riding", str(RIDING), "--riding", str(OTHER))
        self._log = (folder / "log.jsonl").open("wb")
        self._process = subprocess.Popen(
            [*COMMAND, "serve", "--console", "--data", str(folder / "data"), "--port", "0", "--announce", "--end-with-input"],
            env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )  # fmt: skip
        assert self._process.stdout is not None
        self.url = str(json.loads(self._process.stdout.readline())["url"])

    def command(self, *words: str) -> dict[str, Any]:
        done = subprocess.run(
            [*COMMAND, *words, "--data", str(self.folder / "data"), "--json"], env=self._environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()
        self._log.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The laptop is the same on both: PostgreSQL is left to `make proof`."""
    if request.param == "sqlite":
        yield ""
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.make_database()
    yield url
    server.drop_database(url)


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    made = Office(tmp_path / "hq", database_url)
    yield made
    made.close()


@dataclass
class Told:
    """What is typed into the laptop, as its program is told it, and every value of it that must be nowhere in clear."""

    chance: random.Random
    values: set[str] = field(default_factory=set[str])

    def word(self) -> str:
        made = invented(self.chance)
        self.values.add(made)
        return made

    def words(self) -> str:
        return f"{self.word()} {self.word()}"

    def phone(self) -> str:
        digits = f"{self.chance.randrange(10_000_000):07d}"
        self.values |= {f"613{digits}", f"613-{digits[:3]}-{digits[3:]}"}
        return f"613{digits}"

    def mail(self) -> str:
        made = f"{self.word()}@example.ca"
        self.values.add(made)
        return made

    def pin(self) -> str:
        made = f"{self.chance.randrange(100_000_000):08d}"
        self.values.add(made)
        return made

    def everything(self) -> dict[str, Any]:
        return {
            "label": self.words(),
            "device": self.words(),
            "declared": [self.words() for _ in range(20)],
            "authors": [self.word() for _ in range(5)],
            "teams": [(self.words(), self.words(), self.words()) for _ in range(5)],
            "gatherings": [(self.words(), self.words()) for _ in range(10)],
            "members": [
                (self.words(), self.phone(), self.mail(), self.word(), self.words()) for _ in range(120)
            ],
            "renamed": [self.words() for _ in range(5)],
            "pins": [self.pin() for _ in range(15)],
            "wrong": self.pin(),
            "bars": [(self.words(), self.phone()) for _ in range(30)],
            "lifted": [self.words() for _ in range(10)],
            "notes": [self.words() for _ in range(20)],
            "sights": [(self.words(), self.words()) for _ in range(80)],
            "late bars": [(self.words(), self.phone()) for _ in range(30)],
            "late sights": [(self.words(), self.words()) for _ in range(10)],
            "exports": [(self.words(), self.words()) for _ in range(5)],
        }


@dataclass(frozen=True)
class Lost:
    """A laptop of one folder, and all that lies around it."""

    folder: Path

    def does(self, what: str, told: dict[str, Any]) -> dict[str, Any]:
        """Use it, and let its battery die. What it said besides lies in files too."""
        (self.folder / "paper").mkdir(parents=True, exist_ok=True)
        with (self.folder / f"stderr-{what.replace(' ', '-')}").open("wb") as errors:
            done = subprocess.run(
                [sys.executable, "-m", "tests.system.laptop_lost", what, str(self.folder / "data"), str(self.folder / "paper")],
                cwd=ROOT, env=surroundings(self.folder), input=json.dumps(told).encode(), stdout=subprocess.PIPE,
                stderr=errors, timeout=300, check=False,
            )  # fmt: skip
        assert done.returncode == 9, (self.folder / f"stderr-{what.replace(' ', '-')}").read_text("utf-8")
        return json.loads(done.stdout)

    def names(self) -> set[str]:
        return {path.name for path in files_below(self.folder / "data")}


def test_a_lost_laptop_tells_nothing_of_teams_and_of_who_saw_whom_and_headquarters_keeps_no_secret_in_clear(
    tmp_path: Path, office: Office, database_url: str, record_property: Any
) -> None:
    typed = Told(random.Random(77))
    told = typed.everything() | {"url": office.url}
    told["code"] = office.command("enrol", "--label", told["label"])["code"]
    laptop = Lost(tmp_path / "laptop")
    used = laptop.does("use", told)
    secrets = {one for one in used["secrets"] if one}
    assert len(secrets) == len(told["exports"]) + 3
    shown = console(office, typed, tmp_path)
    scan = Scan(typed.values | secrets | shown)
    assert len(typed.values) > 1_000
    record_property("proof", ("values looked for on a lost laptop", len(scan.values)))
    whole = json.dumps([told, *secrets, *shown], ensure_ascii=False).encode()
    assert scan.found_in(whole) >= typed.values - {one for one in typed.values if one[3:4] == "-"}
    assert len(scan.found_in(whole.decode().encode("utf-16-le"))) > 1_000
    assert len(scan.found_in(whole.hex().encode())) > 1_000

    assert len(scan.found_in(b"before" + zlib.compress(whole) + b"behind")) > 1_000
    assert len(scan.found_in(b"before" + zstandard.compress(whole) + b"behind")) > 1_000

    # As it lies there: the write-ahead log, backups, archives, reports of bugs, and what the program said.
    assert {"canvass.db-wal"} <= laptop.names()
    assert any(path.parent.name == "reports" for path in files_below(laptop.folder))
    assert any(path.parent.name == "backups" for path in files_below(laptop.folder))
    assert len(list((laptop.folder / "paper").glob("*.zip"))) == len(told["exports"])
    for path in (laptop.folder / "paper").glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            assert all(one.flag_bits & 1 for one in archive.infolist()), path  # each part is encrypted
    assert b"Error: ValueError" in (laptop.folder / "stderr-use").read_bytes()
    assert scan.found_below(laptop.folder) == {}

    # A riding is taken from it: what it had not sent lies sealed beside.
    device = office.command("device", "list")["devices"][0]["device"]
    office.command("device", "ridings", device, "--riding", str(RIDING))
    assert any("took riding" in note for note in laptop.does("sync", {})["notes"])
    assert any(name.startswith("riding-") for name in laptop.names())
    assert scan.found_below(laptop.folder) == {}

    # It is shut out: the point of no return, and what is left afterwards.
    office.command("device", "revoke", device)
    late = {
        "authors": told["authors"], "bars": told["late bars"], "lifted": [], "sights": told["late sights"],
    }  # fmt: skip
    assert "withdrawn" in laptop.does("shut out", late)["withdrawn"]
    assert {"farewell.json", UNSENT} <= laptop.names()
    assert scan.found_below(laptop.folder) == {}
    left = finish(laptop.folder / "data")
    assert left is not None
    assert left.done
    assert scan.found_below(laptop.folder) == {}

    # Headquarters: what people show in order to be let in is nowhere, whatever the database keeps in clear.
    office.close()
    nowhere = secrets | shown | {*told["pins"], told["wrong"]}
    assert b'"event": "request"' in (office.folder / "log.jsonl").read_bytes()
    assert scan.found_in((office.folder / "log.jsonl").read_bytes()) == set()
    if not database_url:
        assert scan.found_below(office.folder) == {}
        return
    assert Scan(nowhere).found_below(office.folder) == {}
    kept = set[str]().union(*scan.found_below(*files_of(database_url)).values())
    assert not kept & nowhere
    # A server keeps its tables in clear (its disk is its keeper's business): the scan does read them.
    assert len(kept) > 300 or not files_of(database_url)


def console(office: Office, typed: Told, folder: Path) -> set[str]:
    """People use headquarters' pages; the cookies and passwords that they showed."""
    shown: set[str] = set()
    for number in range(2):
        login, password = f"known{number}", f"{typed.words()} {typed.words()}"
        kept = folder / "password.txt"
        kept.write_text(password, "utf-8")
        office.command("person", "add", login, "--role", "admin", "--password-file", str(kept))
        kept.unlink()
        browser = Browser(office)  # pyright: ignore
        wrong = typed.words()
        assert browser.log_in(login, wrong).status_code == 403
        assert browser.log_in(login, password).status_code == 303
        assert browser.get("/console/devices").status_code == 200
        shown |= {password, wrong, browser.form, *(str(one.value) for one in browser.session.cookies)}
        if number == 1:
            assert browser.post("/console/logout").status_code == 303
        browser.close()
    return {one for one in shown if len(one) >= 20 or " " in one}


def files_of(database_url: str) -> list[Path]:
    """Where a PostgreSQL of this machine keeps its tables and its write-ahead log, all on the disk; [] elsewhere."""
    with psycopg.connect(database_url, autocommit=True) as db:
        db.execute("CHECKPOINT")
        rows = db.execute("SHOW data_directory").fetchall()
    folder = Path(str(rows[0][0]))
    return [folder] if folder.is_dir() else []
