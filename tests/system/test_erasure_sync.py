"""An erasure reaches headquarters and every laptop, and what comes late changes nothing: on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

import zstandard

from canvass_app.domain.ids import listed_person_id
from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.ledger.events import NOBODY, open_event
from canvass_app.ledger.kinds import NoteWritten, PersonDescribed, RosterAdded
from canvass_app.ledger.rosters import DoorEntry, PersonEntry, build_roster
from canvass_app.services.book import Book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.doctor import examine as examine_book
from canvass_app.services.erasure import cleaning_due, erase_person, finish_erasures
from canvass_app.services.syncing import sync_now, sync_status
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.storage.database import Connection
from canvass_app.storage.projections import project
from canvass_app.storage.projections.people import refold_people
from canvass_app.storage.roster_store import roster_id_of, store_chunks
from tests.hq.kit import (
    CAMPAIGN,
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
    street_door,
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


def test_a_list_that_comes_with_a_file_loses_an_erased_person_whom_both_know_under_another_id(
    hq: Hq, new_laptop: Any
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    sync_now(one)
    sync_now(two)
    with one.act("Ana") as act:
        act.add(RIDING, street_person(7), PersonDescribed(phone="6135550142"))
    erase_person(one, RIDING, street_person(7), author="Lead")
    # Meanwhile the other laptop imports a file that spells her otherwise, elsewhere, and prints a list with her.
    door = street_door(9)
    other = listed_person_id(door, "birch|nobody", 0, 0)
    entry = PersonEntry(other, door, f"Birch{WORD}", "Nobody", "", 0, "6135550142", "", "", "", "", "", "")
    doors = [
        DoorEntry(door, 9, "", "BIRCH", "ST", "", "Birch Street", "", 0, "Millbrook", "", -79_000_009, 44_000_000, "", "")
    ]  # fmt: skip
    roster = build_roster(RIDING, doors, [entry])
    with two.act("Importer") as act:
        store_chunks(act.db, RIDING, roster)
        act.add(
            RIDING,
            roster_id_of(roster.name),
            RosterAdded(name=roster.name, source="b.csv", doors=1, people=1),
        )
    set_campaign(two, CAMPAIGN)
    turf = make_turf(two, RIDING, "Birch", [door], author="Lead").turf_id
    issue_walk_list(two, RIDING, turf)
    sync_now(two)
    sync_now(one)

    def listed(book: Book) -> bool:
        expand = zstandard.ZstdDecompressor().decompress
        rows = book.read().query("SELECT data FROM asset WHERE kind = 'walk_list'")
        assert rows
        return any(WORD.encode() in expand(bytes(data)) for (data,) in rows)

    finish_erasures(one)
    assert not listed(one)
    sync_now(one)
    sync_now(two)
    assert not listed(two)


def test_what_lands_while_an_erasure_is_being_folded_leaves_nobody_on_a_screen(
    hq: Hq, new_laptop: Any
) -> None:
    """A push that began before the erasure was known here and is committed in the middle of its folding: what it says is
    folded once before it is emptied."""
    one, away = new_laptop(hq), new_laptop(hq)
    add_street(one)
    sync_now(one)
    sync_now(away)
    _say(away, 7)
    erase_person(one, RIDING, street_person(7), author="Lead")
    sync_now(one)
    catch_up(hq.office, RIDING)
    rows = away.read().query(
        "SELECT raw, hash, hlc FROM event WHERE device_id = ? AND kind = 'person.described'",
        (away.device_id,),
    )
    late = open_event(bytes(rows[0][0]), int(rows[0][2]))

    def lands(db: Any) -> None:
        db.run(
            "INSERT INTO event (riding_id, device_id, device_seq, kind, subject, shift, hlc, wall_ms, stamp, hash, raw)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                RIDING,
                *late.key,
                late.kind,
                late.subject,
                late.shift,
                late.hlc,
                late.wall_ms,
                late.hlc,
                late.hash,
                late.raw,
            ),
        )
        refold_people(db, RIDING, {street_person(7)})
        assert _holds(db, 7)
        project(db, [late], "America/Toronto")
        assert not _holds(db, 7)

    hq.office.write(lands)
