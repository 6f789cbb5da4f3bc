"""Case 18: a random page overwritten, a file cut short, a write-ahead log missing or stale.

Each is found (at the opening, by the check after the start, or by the doctor) or does no harm; own events that
were acknowledged come back in all of them, from the journal.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from canvass_app.domain.errors import Damaged
from canvass_app.ledger.events import open_event
from canvass_app.ledger.kinds import AttemptMade, SupportMarked
from canvass_app.services.book import DATABASE, Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine
from canvass_app.services.salvage import repair_folder
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document
from canvass_app.storage.journal import JOURNAL
from canvass_app.storage.log import insert_events
from canvass_app.storage.projections import project
from tests.services.conftest import CAMPAIGN, RIDING, START_MS, FakeTime, add_roster, make_town

SMALL = 12
TRIALS = int(os.environ.get("CANVASS_PROOF_DAMAGES", "200"))
SHARES = 4
PAGE = 4096
WAL, SHM = f"{DATABASE}-wal", f"{DATABASE}-shm"
TOWN = make_town()


@dataclass(frozen=True)
class Evening:
    """Data folders of one evening: how it stood earlier, when the laptop died, and when it was closed."""

    earlier: Path
    died: Path
    closed: Path
    own: frozenset[bytes]
    others: frozenset[bytes]
    number: int


def raws(book: Book, mine: bool) -> frozenset[bytes]:
    sign = "=" if mine else "<>"
    rows = book.read().query(f"SELECT raw FROM event WHERE device_id {sign} ?", (book.device_id,))
    return frozenset(bytes(row[0]) for row in rows)


def work(book: Book, rounds: int) -> None:
    for n in range(rounds):
        with book.act("Zoé") as act:
            act.add(RIDING, TOWN.doors[n % 12].door_id, AttemptMade(code="canvassed"))
            act.add(RIDING, TOWN.people[n % 5].person_id, SupportMarked(level=str(n % 5 + 1)))


def hear(book: Book, told: list[bytes]) -> None:
    with book.database.write() as db:
        project(db, insert_events(db, [open_event(raw) for raw in told]).new, book.time_zone)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    base = tmp_path_factory.mktemp("evening")
    time = FakeTime()
    other = open_book(base / "other", passphrase="test", now_ms=time)
    set_campaign(other, CAMPAIGN)
    add_roster(other, TOWN.doors, TOWN.people)
    work(other, 60)
    told = [bytes(row[0]) for row in other.read().query("SELECT raw FROM event ORDER BY device_seq")]
    other.close()

    live = base / "live"
    book = open_book(live, passphrase="test", now_ms=time)
    set_campaign(book, CAMPAIGN)
    add_roster(book, TOWN.doors, TOWN.people)
    work(book, 40)
    hear(book, told[:60])
    turf = make_turf(book, RIDING, "East", [door.door_id for door in TOWN.doors])
    number = issue_walk_list(book, RIDING, turf.turf_id).document.number
    look_after(book)  # the day's backup
    shutil.copytree(live, base / "earlier")
    work(book, 40)
    hear(book, told[60:])
    book.database.checkpoint()
    work(book, 40)
    shutil.copytree(live, base / "died")
    own, others = raws(book, mine=True), raws(book, mine=False)
    book.close()
    assert (base / "died" / WAL).stat().st_size
    assert not (live / WAL).exists()
    return Evening(base / "earlier", base / "died", live, own, others, number)


# --- what may happen to a disk ------------------------------------------------------------------

Harm = Callable[[Path, Evening, random.Random], str]


def some_file(folder: Path, rng: random.Random) -> Path:
    names = [n for n in (DATABASE, DATABASE, DATABASE, WAL, JOURNAL) if (folder / n).exists()]
    return folder / rng.choice([n for n in names if (folder / n).stat().st_size])


def flip(folder: Path, _evening: Evening, rng: random.Random) -> str:
    path = some_file(folder, rng)
    at, bit = rng.randrange(path.stat().st_size), rng.randrange(8)
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(bytes(content))
    return f"bit {bit} of byte {at} of {path.name}"


def overwrite(folder: Path, _evening: Evening, rng: random.Random) -> str:
    path = some_file(folder, rng)
    at = rng.randrange(path.stat().st_size) // PAGE * PAGE
    content = path.read_bytes()
    junk = rng.choice([bytes(PAGE), rng.randbytes(PAGE), content[:PAGE]])
    path.write_bytes((content[:at] + junk + content[at + PAGE :])[: len(content)])
    return f"page at {at} of {path.name}"


def truncate(folder: Path, _evening: Evening, rng: random.Random) -> str:
    path = some_file(folder, rng)
    left = rng.choice([0, rng.randrange(path.stat().st_size), path.stat().st_size // PAGE // 2 * PAGE])
    path.write_bytes(path.read_bytes()[:left])
    return f"{path.name} cut to {left}"


def without_log(folder: Path, evening: Evening, _rng: random.Random) -> str:
    replace(folder, evening.died)
    (folder / WAL).unlink()
    return "no write-ahead log"


def stale_log(folder: Path, evening: Evening, rng: random.Random) -> str:
    replace(folder, rng.choice([evening.died, evening.closed]))
    for name in (WAL, SHM):
        shutil.copyfile(evening.earlier / name, folder / name)
    return "a write-ahead log of earlier"


def stale_database(folder: Path, evening: Evening, rng: random.Random) -> str:
    replace(folder, evening.died)
    shutil.copyfile(evening.earlier / DATABASE, folder / DATABASE)
    if rng.random() < 0.5:
        (folder / WAL).unlink()
    return "a database of earlier"


def gone(folder: Path, _evening: Evening, rng: random.Random) -> str:
    names = [n for n in (DATABASE, SHM, JOURNAL) if (folder / n).exists()]
    name = rng.choice(names)
    (folder / name).unlink()
    return f"{name} gone"


HARMS: tuple[Harm, ...] = (
    flip, overwrite, truncate, flip, overwrite, without_log, stale_log, stale_database, truncate, gone,
)  # fmt: skip


def replace(folder: Path, source: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(source, folder)


# --- the promise ----------------------------------------------------------------------------------


def opened(folder: Path) -> Book:
    return open_book(folder, passphrase="test", now_ms=FakeTime(START_MS + 90_000_000))


def examined(folder: Path, *, repair: bool = False) -> str:
    """ "damaged", "differs" or "" as the opening, the check after the start and the doctor say."""
    try:
        book = opened(folder)
    except Damaged:
        return "damaged"
    try:
        look_after(book)
        report = examine(book, repair=repair)
        return "damaged" if report.damaged else "differs" if report.findings else ""
    except Damaged:
        return "damaged"
    finally:
        book.close()


def found_or_harmless(folder: Path, evening: Evening, seed: int) -> str:
    """Harm a copy of the folder; what was found: "damaged", "differs" or ""."""
    rng = random.Random(seed)
    source = rng.choice([evening.died, evening.closed])
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(source, folder)
    if rng.random() < 0.5:
        shutil.rmtree(folder / "backups")
    what = f"seed {seed}: {HARMS[seed % len(HARMS)](folder, evening, rng)}"
    found = examined(folder)
    if found == "damaged":
        repair_folder(folder, passphrase="test", now_ms=FakeTime())
        assert list((folder / "damaged").iterdir()), what
    elif found:
        examined(folder, repair=True)
    assert examined(folder) == "", what
    book = opened(folder)
    try:
        assert raws(book, mine=True) == evening.own, what
        assert raws(book, mine=False) <= evening.others, what
        assert load_document(book, evening.number).pages, what
        assert book.campaign is not None, what
        work(book, 1)
        assert len(raws(book, mine=True)) == len(evening.own) + 2, what
        assert book.read().query("SELECT COUNT(*) FROM fork") == [(0,)], what
    finally:
        book.close()
    return found


def test_case_18_damage_is_found_or_harmless_and_own_events_come_back(
    tmp_path: Path, evening: Evening
) -> None:
    found = [found_or_harmless(tmp_path / "data", evening, seed) for seed in range(SMALL)]
    assert "damaged" in found


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("share", range(SHARES))
def test_case_18_damage_at_200_places_is_found_or_harmless_and_own_events_come_back(
    tmp_path: Path, evening: Evening, share: int, record_property: Callable[[str, object], None]
) -> None:
    seeds = range(1_000 + share, 1_000 + TRIALS, SHARES)
    found = [found_or_harmless(tmp_path / "data", evening, seed) for seed in seeds]
    assert found.count("damaged") > len(found) // 4
    record_property("proof", ("damages to the files", len(found)))
    record_property("proof", ("damages found and repaired", len(found) - found.count("")))
    record_property("proof", ("damages harmless, or healed at the start", found.count("")))
