"""An erasure reaches headquarters and every laptop, and what comes late changes nothing: on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

import zstandard

from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.ledger.events import NOBODY, open_event
from canvass_app.ledger.kinds import NoteWritten, PersonDescribed
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine as examine_book
from canvass_app.services.erasure import cleaning_due, erase_person, finish_erasures
from canvass_app.services.syncing import sync_now, sync_status
from canvass_app.storage.database import Connection
from tests.hq.kit import (
    RIDING,
    Hq,
    add_street,
    database_url,
    hq,
    hq_log,
    knock,
    laptop_log,
    new_laptop,
    postgres,
    street_person,
    talk,
)

__all__ = ["database_url", "hq", "new_laptop", "postgres"]

WORD = "qzvokum"


def _say(book: Book, number: int) -> None:
    person = street_person(number)
    with book.act("Ana") as act:
        act.add(RIDING, person, NoteWritten(target="person", text=f"{WORD} at the back door"))
        act.add(RIDING, person, PersonDescribed(email=f"{WORD}@example.ca"))


def _holds(db: Connection, number: int) -> bool:
    """Whether anything about this person is in a log, a file or on a screen."""
    expand = zstandard.ZstdDecompressor().decompress
    raws = b"".join(bytes(r[0]) for r in db.query("SELECT raw FROM event WHERE riding_id = ?", (RIDING,)))
    raws += b"".join(bytes(r[0]) for r in db.query("SELECT raw FROM fork WHERE riding_id = ?", (RIDING,)))
    files = b"".join(expand(bytes(r[0])) for r in db.query("SELECT data FROM roster_chunk"))
    shown = db.query(
        "SELECT 1 FROM person WHERE riding_id = ? AND person_id = ?", (RIDING, street_person(number))
    )
    return WORD.encode() in raws or f"Maple{number}".encode() in files or bool(shown)


def test_every_replica_erases_itself_and_all_still_agree(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    sync_now(one)
    sync_now(two)
    for number in (7, 8):
        talk(one, number, "1")
    _say(one, 7)
    _say(two, 7)
    for book in (one, two, one):
        sync_now(book)
    catch_up(hq.office, RIDING)
    assert all(_holds(db, 7) for db in (one.read(), two.read(), hq.office.read()))

    erase_person(one, RIDING, street_person(7), author="Lead")
    for book in (one, two):
        assert not [note.en for note in sync_now(book).notes]
    catch_up(hq.office, RIDING)
    for db in (one.read(), two.read(), hq.office.read()):
        assert not _holds(db, 7)
        assert db.query("SELECT COUNT(*) FROM attempt WHERE riding_id = ?", (RIDING,)) == [(2,)]
        assert len(db.query("SELECT 1 FROM person WHERE riding_id = ?", (RIDING,))) == 39
    assert laptop_log(one) == laptop_log(two) == hq_log(hq)
    assert examine(hq.office).ok
    assert cleaning_due(two)
    finish_erasures(two)
    assert not cleaning_due(two)
    for book in (one, two):
        assert examine_book(book).findings == []


def test_case_13_an_edit_from_a_laptop_that_was_away_gets_its_receipt_and_stays_empty(
    hq: Hq, new_laptop: Any
) -> None:
    one, away = new_laptop(hq), new_laptop(hq)
    add_street(one)
    sync_now(one)
    sync_now(away)
    _say(away, 7)
    knock(away, 9)
    erase_person(one, RIDING, street_person(7), author="Lead")
    sync_now(one)
    hq.time.pass_ms(60 * 86_400_000)
    sync_now(away)
    assert sync_status(away).pending_events == 0
    sync_now(one)
    catch_up(hq.office, RIDING)
    for db in (one.read(), away.read(), hq.office.read()):
        assert not _holds(db, 7)
        assert db.query("SELECT COUNT(*) FROM fork WHERE riding_id = ?", (RIDING,)) == [(0,)]
    assert laptop_log(one) == laptop_log(away) == hq_log(hq)
    assert examine(hq.office).ok


def test_an_emptied_event_and_its_full_self_are_one_event_on_the_wire(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    _say(one, 7)
    # Headquarters only ever sees the events emptied; the other laptop has their full selves from a stick.
    full = [open_event(bytes(r[0])) for r in one.read().query("SELECT raw FROM event ORDER BY device_seq")]
    erase_person(one, RIDING, street_person(7), author="Lead")
    sync_now(one)
    from canvass_app.storage.log import insert_events
    from canvass_app.storage.projections import project

    with two.database.write() as db:
        project(db, insert_events(db, full).new, two.time_zone)
    assert WORD.encode() in b"".join(bytes(r[0]) for r in two.read().query("SELECT raw FROM event"))
    sync_now(two)
    assert not _holds(two.read(), 7)
    assert two.read().query("SELECT COUNT(*) FROM fork") == [(0,)]
    emptied = two.read().query("SELECT COUNT(*) FROM event WHERE subject = ?", (NOBODY,))
    assert emptied == [(2,)]
    assert laptop_log(one) == laptop_log(two) == hq_log(hq)


def test_a_laptop_that_starts_after_an_erasure_gets_the_files_without_the_person(
    hq: Hq, new_laptop: Any
) -> None:
    one = new_laptop(hq)
    add_street(one)
    _say(one, 7)
    erase_person(one, RIDING, street_person(7), author="Lead")
    sync_now(one)
    fresh = new_laptop(hq)
    report = sync_now(fresh)
    assert report.assets == 1
    assert not _holds(fresh.read(), 7)
    assert len(fresh.read().query("SELECT 1 FROM person WHERE riding_id = ?", (RIDING,))) == 39
