"""A laptop program that does what it is told, one line of JSON at a time, each by a service, and answers with a line.

Argument: the data folder. For tests in which every laptop is a process of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from canvass_app.domain.errors import CanvassError
from canvass_app.ledger.kinds import BarSet
from canvass_app.services.book import Book, open_book
from canvass_app.services.doctor import examine
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.farewell import finish
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.services.turfs import make_turf, retire_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document
from canvass_app.storage import keys
from tests.hq.street import PASSPHRASE, RIDING, add_street, knock, street_door, street_person


def turf(book: Book, name: str, first: int, last: int, *, take: bool = False, anyway: bool = False) -> str:
    doors = [street_door(number) for number in range(first, last + 1)]
    return make_turf(book, RIDING, name, doors, author="Lea", take=take, anyway=anyway).turf_id.hex()


def bar(book: Book, number: int) -> None:
    with book.act("Ana") as act:
        act.add(RIDING, street_person(number), BarSet(target="person", reason="asked us to"))
        act.add(RIDING, street_door(number), BarSet(target="door", reason="asked us to"))


def shown(book: Book) -> dict[str, Any]:
    """What a person would see of it, and whether the doctor is content."""
    db = book.read()
    return {
        "device": book.device_id.hex(),
        "attempts": sorted(str(row[0]) for row in db.query("SELECT code FROM attempt")),
        "barred": [
            int(row[0]) for row in db.query("SELECT number FROM door WHERE barred = 1 ORDER BY number")
        ],
        "barred_people": int(db.query("SELECT COUNT(*) FROM person WHERE barred = 1")[0][0]),
        "events": int(db.query("SELECT COUNT(*) FROM event")[0][0]),
        "pending": sync_status(book).pending_events,
        "ok": examine(book).ok,
    }


def page(book: Book, number: int) -> list[list[Any]]:
    return [[line.line, line.name] for line in load_document(book, number).lines]


def type_page(book: Book, number: int, lines: list[int]) -> None:
    shift = open_shift(book, "Zoé", RIDING, number)
    for line in lines:
        record(book, shift, number, line, Mark(code="not_home"))


DOES: dict[str, Callable[..., Any]] = {
    "join": lambda book, url, code: join(book, url, code, "Laptop").ridings,
    "sync": lambda book: sync_now(book).pushed,
    "street": lambda book, doors: add_street(book, doors).hex(),
    "knock": knock,
    "bar": bar,
    "turf": turf,
    "take": lambda book, *words: turf(book, *words, take=True, anyway=True),
    "retire": lambda book, which: bool(retire_turf(book, RIDING, bytes.fromhex(which), author="Lea")),
    "issue": lambda book, which: (
        issue_walk_list(book, RIDING, bytes.fromhex(which), author="Lea", anyway=True).document.number
    ),
    "page": page,
    "type": type_page,
    "shown": shown,
}


def main(folder: Path) -> None:
    # What a guess at this passphrase costs is no part of what is told here (tests/conftest.py).
    keys.SEALING = keys.Cost(time=1, memory_kib=8, lanes=1)
    book = open_book(folder, passphrase=PASSPHRASE)
    print(json.dumps({"ready": book.device_id.hex()}), flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        try:
            answer: dict[str, Any] = {"answer": DOES[told["do"]](book, *told["with"])}
        except CanvassError as error:
            answer = {"error": type(error).__name__, "text": error.text.en}
            if answer["error"] == "Withdrawn":
                book.close()
                left = finish(folder)
                answer["done"] = left is not None and left.done
                print(json.dumps(answer), flush=True)
                return
        print(json.dumps(answer), flush=True)
    book.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
