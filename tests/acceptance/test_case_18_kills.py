"""Kill -9, again and again, of a real laptop process that is entering, importing, voiding, migrating, backing up.

After every kill the data is opened again: nothing that the process said was saved is lost, the doctor finds no
difference, and the journal has every own event.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from canvass_app.services.book import DATABASE, Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine
from canvass_app.storage.journal import EventRecord
from canvass_app.storage.migrate import PRESENT, Schema
from tests.services.conftest import CAMPAIGN, RIDING, add_roster, make_town

from .laptop_working import NEXT

ROOT = Path(__file__).resolve().parents[2]
SMALL = 6
KILLS = int(os.environ.get("CANVASS_PROOF_KILLS", "300"))
# A folder is used for so many kills, then a new evening begins.
EVENING = 20
SHARES = 6

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


@dataclass
class Said:
    """What the process acknowledged before it died."""

    through: int = 0
    hashes: dict[int, str] = field(default_factory=dict[int, str])
    ready: bool = False


def run_and_kill(folder: Path, seed: int, version: str, delay: float, wait_for_ready: bool) -> Said:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.acceptance.laptop_working", str(folder), str(seed), version],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    said = Said()

    def kill() -> None:
        process.send_signal(signal.SIGKILL)

    timer = threading.Timer(delay, kill)
    if not wait_for_ready:
        timer.start()
    for line in process.stdout:
        word, *rest = line.split()
        if word == "ready":
            said.ready = True
            if wait_for_ready:
                timer.start()
        elif line.endswith("\n") and len(rest) == 1 and len(rest[0]) == 64:
            said.through = int(word)
            said.hashes[said.through] = rest[0]
    trouble = process.stderr.read()
    process.wait()
    timer.join()
    process.stdout.close()
    process.stderr.close()
    assert process.returncode == -signal.SIGKILL, trouble[-3000:]
    return said


def begin(folder: Path) -> None:
    """A folder of today's version with a town in it."""
    shutil.rmtree(folder, ignore_errors=True)
    town = make_town()
    book = open_book(folder, passphrase="test")
    set_campaign(book, CAMPAIGN)
    add_roster(book, town.doors, town.people)
    book.close()


def own_hashes(book: Book) -> dict[int, str]:
    rows = book.read().query(
        "SELECT device_seq, hash FROM event WHERE riding_id = ? AND device_id = ?", (RIDING, book.device_id)
    )
    return {int(seq): bytes(digest).hex() for seq, digest in rows}


def check(folder: Path, said: Said, schema: Schema, known: dict[int, str], what: str) -> dict[int, str]:
    """Open what the dead process left; everything acknowledged is there, and everything agrees."""
    book = open_book(folder, passphrase="test", schema=schema)
    try:
        assert book.unclean, what
        held = own_hashes(book)
        lost = {seq for seq, digest in (known | said.hashes).items() if held.get(seq) != digest}
        assert not lost, f"{what}: acknowledged and lost: {sorted(lost)}"
        assert sorted(held) == list(range(1, len(held) + 1)), what
        look_after(book)
        assert [text.en for text in examine(book).findings] == [], what
        journalled = {
            one.device_seq: one.hash.hex() for one in book.journal.read() if isinstance(one, EventRecord)
        }
        assert journalled == held, what
    finally:
        book.close()
    return held


def kill_often(tmp_path: Path, kills: int, seed: int) -> tuple[int, int, int]:
    """(events acknowledged and found again, kills while the process was starting or migrating, most in one run)"""
    rng = random.Random(seed)
    found = early = most = 0
    known: dict[int, str] = {}
    folder, version = tmp_path / "data", "today"
    for number in range(kills):
        if number % EVENING == 0:
            begin(folder)
            known, version = {}, "today"
        if number % EVENING == EVENING // 2 or (kills < EVENING and number == kills // 2):
            version = "next"
        # One in three dies wherever it is, from its first moments on; the others while they work.
        anywhere = rng.random() < 1 / 3
        delay = rng.uniform(0.25, 1.6) if anywhere else rng.uniform(0.0, 0.8)
        what = f"kill {number} of seed {seed} ({version})"
        if not (folder / DATABASE).exists():
            begin(folder)
        mark = folder / "canvass.lock"
        said = run_and_kill(folder, rng.randrange(1 << 30), version, delay, not anywhere)
        if mark.read_bytes() == b"":
            # It died before it had the folder: there is nothing to look at.
            early += 1
            continue
        before = len(known)
        known = check(folder, said, NEXT if version == "next" else PRESENT, known, what)
        found += len(said.hashes)
        most = max(most, len(known) - before)
        early += not said.ready
    return found, early, most


def test_case_18_a_laptop_killed_while_it_works_loses_nothing_it_said_was_saved(tmp_path: Path) -> None:
    found, _, most = kill_often(tmp_path, SMALL, seed=1)
    assert found > SMALL
    assert most > 3


@pytest.mark.proof
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("share", range(SHARES))
def test_case_18_a_laptop_killed_300_times_loses_nothing_it_said_was_saved(
    tmp_path: Path, share: int, record_property: Callable[[str, object], None]
) -> None:
    kills = KILLS // SHARES
    found, early, _ = kill_often(tmp_path, kills, seed=2026 + share)
    assert found > kills
    record_property("proof", ("kills of a working laptop", kills))
    record_property("proof", ("kills before it was ready (opening, migrating)", early))
    record_property("proof", ("acknowledgements found again after kills, none lost", found))
