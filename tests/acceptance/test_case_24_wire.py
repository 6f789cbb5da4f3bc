"""Case 24 over real HTTP, on SQLite and PostgreSQL: copied and restored laptops, before and after headquarters itself
was put back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from canvass_app.domain.errors import Refused
from canvass_app.services.book import Book, open_book
from canvass_app.services.identity import take_new_identity
from canvass_app.services.syncing import join, sync_now
from tests.acceptance.wire import all_alike, backed_up, goes_back
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_street, knock, street_door

NewLaptop = Callable[..., Book]
Copy = Callable[[Book, str], tuple[Book, Book]]


@pytest.fixture
def copied(hq: Hq) -> Iterator[Copy]:
    """`copied(book, name)`: the folder is copied while the program is closed; (the first, the copy), both open."""
    books: list[Book] = []

    def copy(book: Book, name: str) -> tuple[Book, Book]:
        book.close()
        shutil.copytree(book.folder, book.folder.parent / name)
        pair = [
            open_book(folder, passphrase=PASSPHRASE, now_ms=hq.time)
            for folder in (book.folder, book.folder.parent / name)
        ]
        books.extend(pair)
        return pair[0], pair[1]

    yield copy
    for book in books:
        book.close()


def found_and_joined(book: Book, hq: Hq) -> None:
    """It learns at the first contact that its number has two owners, has another before its next write, and joins."""
    before = book.device_id
    with suppress(Refused):
        sync_now(book)
    with pytest.raises(Refused, match="new number"):
        sync_now(book)
    assert book.device_id != before
    knock(book, 40)
    join(book, hq.url, hq.code(), "Again")


def doors(book: Book) -> list[int]:
    rows = {bytes(row[0]) for row in book.read().query("SELECT door_id FROM attempt")}
    return [n for n in range(1, 41) if street_door(n) in rows]


def test_case_24_a_copy_that_wrote_more_disturbs_nobody(hq: Hq, new_laptop: NewLaptop, copied: Copy) -> None:
    one = new_laptop(hq)
    add_street(one)
    knock(one, 1)
    sync_now(one)
    one, copy = copied(one, "copy")
    knock(one, 2)
    for n in (3, 4, 5, 6):
        knock(copy, n)
    sync_now(one)
    found_and_joined(copy, hq)
    # Nothing of the copy was put under the other's next numbers: it need not change its own.
    before = one.device_id
    knock(one, 7)
    assert all_alike(hq, [one, copy]) == 8
    assert one.device_id == before
    assert doors(one) == [1, 2, 3, 4, 5, 6, 7, 40]


@pytest.mark.proof
def test_case_24_a_restored_laptop_finds_its_own_history_again(
    hq: Hq,
    new_laptop: NewLaptop,
    copied: Copy,
    record_property: Callable[[str, object], None],
) -> None:
    one = new_laptop(hq)
    add_street(one)
    knock(one, 1)
    sync_now(one)
    one, backup = copied(one, "backup")
    for n in (2, 3):
        knock(one, n)
    sync_now(one)
    one.close()  # its disk dies
    found_and_joined(backup, hq)
    assert all_alike(hq, [backup]) == 4
    assert doors(backup) == [1, 2, 3, 40]
    record_property("proof", ("case 24: results of a restored laptop", 4))


@pytest.mark.proof
@pytest.mark.parametrize("witness", [False, True], ids=["alone", "with-a-third"])
def test_case_24_what_a_former_identity_had_sent_survives_a_restored_headquarters(
    hq: Hq,
    new_laptop: NewLaptop,
    copied: Copy,
    tmp_path: Path,
    witness: bool,
    record_property: Callable[[str, object], None],
) -> None:
    one, third = new_laptop(hq), new_laptop(hq)
    add_street(one)
    for book in (one, third):
        sync_now(book)
    one, copy = copied(one, "copy")
    backup = backed_up(hq, tmp_path)
    for n in (1, 2, 3):
        knock(one, n)
    for book in (one, third):
        sync_now(book)  # headquarters has numbered them
    take_new_identity(one)  # so they are not said again
    join(one, hq.url, hq.code(), "Renewed")
    knock(one, 4)
    sync_now(one)
    hq.time.pass_ms(60_000)
    goes_back(hq, backup, one, copy, third)
    for n in (11, 12):
        knock(copy, n)
    sync_now(copy)  # takes the very numbers that the first half's results had
    if witness:
        one.close()
        # It knows the results of the lost one only, and that their numbers are another's now.
        assert all_alike(hq, [third, copy]) == 5
        assert doors(third) == [1, 2, 3, 11, 12]
        record_property("proof", ("case 24: copied laptops and a restored headquarters", 1))
        return
    with pytest.raises(Refused):
        sync_now(one)  # joined since the backup: a restored headquarters does not know it
    join(one, hq.url, hq.code(), "Renewed")
    assert all_alike(hq, [one, copy]) == 6
    assert doors(one) == [1, 2, 3, 4, 11, 12]
    said = one.read().query(
        "SELECT COUNT(*) FROM event WHERE riding_id = ? AND device_id = ?", (RIDING, one.device_id)
    )
    assert said == [(4,)]
    record_property("proof", ("case 24: copied laptops and a restored headquarters", 1))
