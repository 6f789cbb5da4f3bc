"""Recording who saw whom on a laptop: durable when the call returns, whole whenever the power goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text
from canvass_app.services.audit import Note, record, record_all, unsent_records, who_saw_here
from canvass_app.services.audit_words import act_words, extent_words, what_words
from canvass_app.services.book import Book, open_book
from canvass_app.services.identity import take_new_identity
from canvass_app.storage.audit_check import check_riding
from tests.conftest import ROOT
from tests.hq.kit import PASSPHRASE, RIDING, add_street, street_door, street_person

ANNE = street_person(1)

_WORKER = """
import sys
from pathlib import Path
from canvass_app.domain.accesses import Access
from canvass_app.services.audit import record
from canvass_app.services.book import open_book
from canvass_app.storage import keys

keys.SEALING = keys.Cost(time=1, memory_kib=8, lanes=1)
book = open_book(Path(sys.argv[1]), passphrase=sys.argv[2])
number = int(sys.argv[3])
while True:
    number += 1
    record(book, Access.SEEN, 201399001, people=[number.to_bytes(16, "big")], what="door", numbers=[number])
    print(number, flush=True)
"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = open_book(tmp_path / "laptop", passphrase=PASSPHRASE)
    yield made
    made.close()


def test_what_is_recorded_is_told_to_who_asks_and_to_nobody_else(book: Book) -> None:
    add_street(book, 5)
    book.set_meta("author", "Ana")
    record(book, Access.EXPORTED, RIDING, people=[ANNE], what="people csv", reason="a letter", numbers=[5])
    record(book, Access.SEEN, RIDING, doors=[street_door(1), street_door(2)], what="door")
    record(book, Access.SEEN, RIDING, people=[street_person(3)], what="door", who="Bea")
    # Behind a door where nobody is known nobody was seen.
    record(book, Access.SEEN, RIDING, doors=[b"n" * 16], what="door")
    assert unsent_records(book) == 3
    door, export = who_saw_here(book, RIDING, ANNE)
    assert (export.act, export.who, export.reason, export.count) == ("exported", "Ana", "a letter", 1)
    assert (door.act, door.count) == ("seen", 2)
    (third,) = who_saw_here(book, RIDING, street_person(3))
    assert third.who == "Bea"
    assert who_saw_here(book, RIDING, street_person(5)) == []
    assert act_words(export) == Text("exported", "exporté")
    assert what_words(export) == Text("a list of people (csv)", "liste de personnes (csv)")
    assert extent_words(door) == Text("one of 2 people", "parmi 2 personnes")
    assert check_riding(book.read(), RIDING).flaws == []


def test_what_is_recorded_together_is_one_transaction(book: Book) -> None:
    before = book.database.writes
    record_all(book, [Note(Access.SEEN, RIDING + one % 2, (one.to_bytes(16, "big"),)) for one in range(50)])
    assert book.database.writes == before + 1
    assert unsent_records(book) == 50


def test_what_cannot_be_recorded_does_not_happen(book: Book) -> None:
    book.read_only = Text("closed", "fermé")
    with pytest.raises(StorageProblem):
        record(book, Access.PRINTED, RIDING, people=[ANNE])
    book.read_only = None
    assert unsent_records(book) == 0


def test_a_laptop_with_a_new_number_goes_on_in_a_chain_that_names_the_one_before(book: Book) -> None:
    record(book, Access.SEEN, RIDING, people=[ANNE], who="Ana")
    old = book.device_id
    take_new_identity(book)
    record(book, Access.PRINTED, RIDING, people=[ANNE], who="Ana")
    assert book.device_id != old
    assert [one.act for one in who_saw_here(book, RIDING, ANNE)] == ["printed", "seen"]
    assert check_riding(book.read(), RIDING).flaws == []


def killed(folder: Path, kills: int) -> tuple[int, int]:
    """Kill a recording program as often as that; how many records it had told, and how many are there."""
    told = 0
    for turn in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", _WORKER, str(folder), PASSPHRASE, str(told)],
            stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
        ) as program:  # fmt: skip
            assert program.stdout is not None
            for line in program.stdout:
                told = int(line)
                if told % 7 == turn % 7:
                    program.send_signal(signal.SIGKILL)
    book = open_book(folder, passphrase=PASSPHRASE)
    try:
        assert check_riding(book.read(), RIDING).flaws == []
        for number in range(1, told + 1):
            assert who_saw_here(book, RIDING, number.to_bytes(16, "big")), number
        return told, int(book.read().query("SELECT COUNT(*) FROM audit")[0][0])
    finally:
        book.close()


def test_a_laptop_killed_while_it_records_has_every_record_that_it_told(tmp_path: Path) -> None:
    told, here = killed(tmp_path / "laptop", 4)
    # What was being written when the power went may be there, once for each time.
    assert told <= here <= told + 4


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_a_laptop_killed_100_times_while_it_records(tmp_path: Path, record_property: Any) -> None:
    told, here = killed(tmp_path / "laptop", 100)
    assert told <= here <= told + 100
    record_property("proof", ("audit: killed 100 times, records told and found", told))
