"""A laptop program whose disk fills while it works. Prints one line of JSON for each size that it tried.

Arguments: "filesystem" or "limit", a folder (with "filesystem": on a small file system of its own), and how many bytes
each try leaves free, joined by commas.

"filesystem" takes the room with a ballast file, so every file of the program meets the system's "no space left".
"limit" lets no file grow further than so many bytes (RLIMIT_FSIZE), for systems where nothing can be mounted.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from canvass_app.domain.errors import DiskFull
from canvass_app.ledger.kinds import AttemptMade, NoteWritten
from canvass_app.services.book import DATABASE, Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine, state_digest
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.services.conftest import CAMPAIGN, RIDING, FakeTime, add_roster, door, make_town

TOWN = make_town()
STREETS = count(1)


def make_template(folder: Path) -> bytes:
    book = open_book(folder, passphrase="test", now_ms=FakeTime())
    set_campaign(book, CAMPAIGN)
    add_roster(book, TOWN.doors, TOWN.people)
    turf = make_turf(book, RIDING, "East", [one.door_id for one in TOWN.doors]).turf_id
    book.close()
    return turf


class Ballast:
    """Takes all room of a file system but so many bytes."""

    def __init__(self, root: Path) -> None:
        self._path = root / "ballast"

    def leave(self, free: int, _folder: Path) -> None:
        room = shutil.disk_usage(self._path.parent).free
        with self._path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, room - free))

    def release(self) -> None:
        self._path.unlink(missing_ok=True)


class Limit:
    """Lets no file of this process grow further."""

    def leave(self, free: int, folder: Path) -> None:
        import resource

        largest = max(path.stat().st_size for path in folder.glob("*") if path.name != f"{DATABASE}-shm")
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(32_768, largest) + free, hard))

    def release(self) -> None:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def acts(book: Book, turf: bytes) -> Iterator[Callable[[], object]]:
    """What a person does one after another, small and large."""

    def result(n: int) -> None:
        with book.act("Zoé") as act:
            act.add(RIDING, TOWN.doors[n % 12].door_id, AttemptMade(code="not_home"))
            act.add(RIDING, TOWN.doors[n % 12].door_id, NoteWritten(target="door", text="x" * (n % 7) * 400))

    def street() -> None:
        name = f"Elm{next(STREETS)} St"
        add_roster(book, [door(n, name) for n in range(1, 150)])

    for n in count():
        yield lambda n=n: result(n)
        if n % 4 == 1:
            yield street
        if n % 4 == 2:
            yield lambda: issue_walk_list(book, RIDING, turf, anyway=True)
        if n % 4 == 3:
            yield lambda n=n: book.set_meta("author", f"Zoé {n}")


@contextmanager
def opened(folder: Path) -> Iterator[Book]:
    book = open_book(folder, passphrase="test", now_ms=FakeTime())
    try:
        yield book
    finally:
        book.close()


def own(book: Book) -> set[bytes]:
    rows = book.read().query("SELECT raw FROM event WHERE device_id = ?", (book.device_id,))
    return {bytes(row[0]) for row in rows}


def one_size(disk: Ballast | Limit, folder: Path, turf: bytes, free: int) -> dict[str, object]:
    """Work until the disk refuses, look, go on until it refused thrice, free it, go on, look again."""
    report: dict[str, object] = {"free": free, "refused": 0, "done": 0, "behind": False, "wrong": []}
    wrong: list[str] = []
    with opened(folder) as book:
        saved = own(book)
        todo = acts(book, turf)
        if free % 2 == 0:
            # The write-ahead log then has room of its own to be written over, which the journal has not.
            for _ in range(3):
                next(todo)()
            book.database.read().query("PRAGMA wal_checkpoint(PASSIVE)")
            saved = own(book)
        disk.leave(free, folder)
        refusals = done = 0
        pending: list[Callable[[], object]] = []
        for _ in range(400):
            act = next(todo)
            before = saved, state_digest(book.read(), RIDING)
            try:
                act()
            except DiskFull as error:
                refusals += 1
                pending.append(act)
                if (own(book), state_digest(book.read(), RIDING)) != before:
                    wrong.append("a refused act left something")
                if " full" not in error.say("en") or "plein" not in error.say("fr"):
                    wrong.append("the refusal does not say why")
                if refusals == 3:
                    break
            else:
                done += 1
                report["behind"] = report["behind"] or book.journal_behind
                after = own(book)
                if not saved <= after:
                    wrong.append("an act took something away")
                saved = after
        try:
            look_after(book)  # a backup that finds no room says so and takes nothing away
        except DiskFull:
            report["backup"] = "refused"
        if free % 3 == 0:
            disk.release()
            for act in pending:
                act()
            saved = own(book)
        # Otherwise it is closed while the disk is still full.
    disk.release()
    report["refused"], report["done"] = refusals, done
    with opened(folder) as book:
        if own(book) != saved:
            wrong.append("what was acknowledged is not what is there")
        look_after(book)
        wrong += [text.en for text in examine(book).findings]
        acts_again = acts(book, turf)
        for _ in range(6):
            next(acts_again)()
        wrong += [text.en for text in examine(book).findings]
    report["wrong"] = wrong
    return report


def main(way: str, root: Path, sizes: list[int]) -> None:
    template = root / "template"
    turf = make_template(template)
    disk = Ballast(root) if way == "filesystem" else Limit()
    for free in sizes:
        folder = root / "data"
        shutil.copytree(template, folder)
        report = one_size(disk, folder, turf, free)
        print(json.dumps(report), flush=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), [int(size) for size in sys.argv[3].split(",")])
