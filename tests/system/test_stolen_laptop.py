"""A lost laptop tells a stranger nothing: the data folder of a used campaign, scanned byte for byte."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

PEOPLE = 400

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


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bcdfglmnprstvz") + chance.choice("aeiou") for _ in range(5)).capitalize()


def _found_in(path: Path, words: set[str]) -> set[str]:
    content = path.read_bytes().lower()
    return {
        word
        for word in words
        for raw in (word.lower().encode(), word.lower().encode("utf-16-le"))
        if raw in content
    }


def test_a_stolen_laptop_holds_no_name_and_no_address_in_clear(tmp_path: Path) -> None:
    chance = random.Random(7)
    seeded = {"Leadaname", "Turfaname", "Walkeraname", "Noteaname", "Addedaname", "Birch River"}
    rows = [
        "last_name,first_name,birth_year,phone,email,civic_number,street_name,street_type,municipality,riding"
    ]
    for number in range(PEOPLE):
        last, first, street = _word(chance), _word(chance), _word(chance)
        mail, phone = f"{last.lower()}@example.ca", f"613555{number:04d}"
        rows.append(
            f"{last},{first},19{number % 90 + 10},{phone},{mail},{number + 1},{street},St,Birch River,99001"
        )
        seeded |= {last, first, street, phone, mail}
    people = tmp_path / "people.csv"
    people.write_text("\n".join(rows) + "\n", "utf-8")
    folder, paper = tmp_path / "data", tmp_path / "list.pdf"
    # Where programs leave things behind them.
    places = {"TMPDIR": "tmp", "HOME": "home", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state"}
    for name in places.values():
        (tmp_path / name).mkdir()
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _USE, str(folder), str(people)],
        cwd=root,
        env=os.environ
        | {name: str(tmp_path / place) for name, place in places.items()}
        | {"PYTHONPATH": str(root), "PAPER": str(paper)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "used", done.stderr
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".db", ".json"}
    assert any(path.name.endswith("-wal") and path.stat().st_size for path in files)
    assert any(path.parent.name == "backups" for path in files)
    assert any(path.parent.name == "reports" for path in files)
    assert len(seeded) > 1_000
    assert _found_in(people, seeded) > {"Birch River"}  # the scan does find what lies in clear
    assert paper.stat().st_size > 1_000
    for path in {path for path in tmp_path.rglob("*") if path.is_file()} - {people, paper}:
        assert not _found_in(path, seeded), path
        assert b"SQLite format 3" not in path.read_bytes()
