"""A laptop program that works without rest, for tests that kill it.

Arguments: data folder, seed, "today" or "next" (the version of the database it brings the data to). After each act
that is durable it prints the number of its last own event and that event's hash; it ends only when it is killed.
"""

from __future__ import annotations

import random
import sys
from itertools import count
from pathlib import Path

from canvass_app.domain.errors import InputError
from canvass_app.services.book import Book, open_book
from canvass_app.services.care import look_after
from canvass_app.services.entry import Mark, Shift, open_shift, record
from canvass_app.services.importing import import_file
from canvass_app.services.turfs import make_turf
from canvass_app.services.voiding import restore_shift, void_shift
from canvass_app.services.walk_lists import issue_walk_list, load_document
from canvass_app.services.withdrawing import restore_import, withdraw_import
from canvass_app.storage.migrate import MIGRATIONS, PRESENT, Schema
from tests.hq.street import RIDING

NEXT = Schema("20270201_third", (MIGRATIONS / "versions", Path(__file__).parent / "next_versions"))
CODES = ("not_home", "refused", "canvassed", "come_back")


def say(book: Book) -> None:
    """Acknowledge: what is said here was committed."""
    rows = book.read().query(
        "SELECT device_seq, hash FROM event WHERE riding_id = ? AND device_id = ? ORDER BY device_seq DESC LIMIT 1",
        (RIDING, book.device_id),
    )
    if rows:
        print(rows[0][0], bytes(rows[0][1]).hex(), flush=True)


def street_file(folder: Path, rng: random.Random) -> Path:
    """An invented street as a file of doors and people."""
    name = f"Rue {rng.randrange(10_000)}"
    path = folder.parent / f"{rng.randrange(1 << 30)}.csv"
    lines = ["civic,street,last name,first name"]
    lines += [f"{n},{name},Nom{n},Zoé{rng.randrange(99)}" for n in range(1, rng.randrange(5, 120))]
    path.write_text("\n".join(lines), "utf-8")
    return path


def enter(book: Book, rng: random.Random, shift: Shift, number: int) -> None:
    lines = load_document(book, number).lines
    for _ in range(rng.randrange(1, 12)):
        mark = Mark(code=rng.choice(CODES), note=rng.choice(["", "", "Chien méchant"]))
        try:
            record(book, shift, number, rng.choice(lines).line, mark)
        except InputError:
            continue
        say(book)


def main(folder: Path, seed: int, version: str) -> None:
    rng = random.Random(seed)
    book = open_book(folder, passphrase="test", schema=NEXT if version == "next" else PRESENT)
    say(book)
    print("ready", flush=True)
    doors = [bytes(row[0]) for row in book.read().query("SELECT door_id FROM door LIMIT 40")]
    if not book.read().query("SELECT 1 FROM walk_list"):
        turf = make_turf(book, RIDING, f"Turf {seed}", doors, take=True, anyway=True).turf_id
        say(book)
        issue_walk_list(book, RIDING, turf, anyway=True)
        say(book)
    number = int(book.read().query("SELECT MIN(number) FROM walk_list")[0][0])
    shift = open_shift(book, "Zoé", RIDING, number)
    say(book)
    for _ in count():
        what = rng.choice(["enter", "enter", "enter", "import", "void", "withdraw", "back up"])
        if what == "enter":
            enter(book, rng, shift, number)
        elif what == "import":
            path = street_file(folder, rng)
            import_file(book, path, "people", riding_id=RIDING, author="Ana")
            path.unlink()
        elif what == "void":
            shifts = book.read().query("SELECT shift_id, voided FROM shift ORDER BY shift_id")
            chosen, voided = rng.choice(shifts)
            (restore_shift if voided else void_shift)(book, RIDING, bytes(chosen), "Ana")
        elif what == "withdraw":
            files = book.read().query("SELECT roster_id, withdrawn FROM roster ORDER BY added_ms DESC")[:-1]
            if files:
                chosen, withdrawn = rng.choice(files)
                (restore_import if withdrawn else withdraw_import)(book, RIDING, bytes(chosen), "Ana")
        else:
            for old in sorted((folder / "backups").glob("canvass-*.db"))[-1:]:
                old.unlink()
            look_after(book)
        say(book)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
