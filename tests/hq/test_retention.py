"""The end of the time for which people's data is kept: a rehearsal that changes nothing, and taking it, on both databases."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import zstandard

from canvass_app.domain.campaign import load_campaign
from canvass_app.domain.errors import InputError, Refused
from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.retention import carry_out, rehearse
from canvass_app.hq.setting_up import set_up
from canvass_app.hq.snapshot import tables
from canvass_app.hq.totals import riding_totals
from canvass_app.ledger.kinds import (
    AttemptMade,
    BarSet,
    NoteWritten,
    PersonAdded,
    PersonDescribed,
    ResidenceBegan,
)
from canvass_app.services.book import Book
from canvass_app.services.doctor import examine as examine_book
from canvass_app.services.erasure import finish_erasures
from canvass_app.services.syncing import sync_now
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.storage.database import Connection
from canvass_app.storage.keys import open_key
from tests.services.erasure_scan import found_in, pages, places_with

from .kit import CAMPAIGN, PASSPHRASE, RIDING, Hq, add_street, knock, street_door, street_person, talk

DAY_MS = 86_400_000
UNTIL = "2015-10-30"
WORDS = {"Qzvokum", "Maple"}
"""What every person of the street has in their name, and what only notes say."""


def keep_until(hq: Hq, until: str | None, covers: list[str] | None = None) -> None:
    retention = {"until": until, **({"covers": covers} if covers else {})} if until else None
    raw = CAMPAIGN | ({"retention": retention} if retention else {})
    file = hq.settings.folder / "campaign.json"
    file.write_text(json.dumps(raw), "utf-8")
    set_up(hq.settings, file)


def work(book: Book) -> None:
    """A street, lists, results, notes, bars: what an autumn leaves."""
    add_street(book, 12)
    turf = make_turf(book, RIDING, "Birch", [street_door(n) for n in range(1, 13)], author="Lead").turf_id
    issue_walk_list(book, RIDING, turf, canvasser="Ana")
    for number, level in ((1, "1"), (2, "2"), (3, "2"), (4, "5")):
        talk(book, number, level)
    knock(book, 5)
    with book.act("Ana") as act:
        act.add(RIDING, street_door(6), NoteWritten(target="door", text="Qzvokum has the key"))
        act.add(RIDING, street_door(7), BarSet(target="door", reason="Mrs. Qzvokum asked"))
        act.add(RIDING, street_person(8), PersonDescribed(email="qzvokum@example.ca", phone="6135550142"))
        met = b"met at the door!"
        act.add(RIDING, met, PersonAdded(last="Qzvokum", first="Zoé"))
        act.add(RIDING, met, ResidenceBegan(door=street_door(9)))
        act.add(RIDING, street_door(9), AttemptMade(code="canvassed", person=met))


def rows_of(db: Connection) -> dict[str, str]:
    """A digest of every table, blind to the order of rows."""
    return {
        name: sha256(
            b"".join(sorted(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]).encode() for row in
                            db.query(f"SELECT {', '.join(columns)} FROM {name}")))
        ).hexdigest()
        for name, columns in tables().items()
    }  # fmt: skip


def everything_in(db: Connection) -> bytes:
    """All that the database's rows say, packed things unpacked."""
    expand = zstandard.ZstdDecompressor().decompress
    found: list[bytes] = []
    for name, columns in tables().items():
        for row in db.query(f"SELECT {', '.join(columns)} FROM {name}"):
            for value in row:
                if isinstance(value, bytes | memoryview):
                    found.append(bytes(value))
                    if bytes(value)[:4] == b"\x28\xb5\x2f\xfd":
                        found.append(expand(bytes(value)))
                else:
                    found.append(str(value).encode())
    return b"\n".join(found)


@pytest.fixture
def autumn(hq: Hq, new_laptop: Any) -> Book:
    book: Book = new_laptop(hq)
    work(book)
    sync_now(book)
    catch_up(hq.office, RIDING)
    keep_until(hq, UNTIL)
    return book


def test_a_rehearsal_says_what_would_go_and_changes_nothing(hq: Hq, autumn: Book) -> None:
    before = rows_of(hq.office.read())
    found = rehearse(hq.office)
    assert rows_of(hq.office.read()) == before
    assert (found.passed, found.people) == (False, 13)
    (one,) = found.ridings
    assert (one.rows, one.words, one.lists, one.unread) == (12, 2, 1, 0)
    assert one.events == {
        "person.added": 1, "person.described": 1, "residence.began": 1, "support.marked": 4,
    }  # fmt: skip
    assert (one.stays["attempts"], one.stays["contacts"], one.stays["doors"], one.stays["barred_doors"]) == (
        6,
        5,
        12,
        1,
    )
    assert one.by_support["2"] == 2


def test_it_is_not_carried_out_without_a_date_or_before_it(hq: Hq, autumn: Book) -> None:
    before = rows_of(hq.office.read())
    with pytest.raises(Refused, match="has not passed"):
        carry_out(hq.office)
    with pytest.raises(Refused, match="13 people would go, not 12"):
        carry_out(hq.office, early=12)
    # The last day still counts.
    hq.time.ms = 1_446_249_600_000 - 1  # 2015-10-30, 19:59:59 in Toronto
    with pytest.raises(Refused, match="has not passed"):
        carry_out(hq.office)
    keep_until(hq, None)
    with pytest.raises(Refused, match="name no date"):
        rehearse(hq.office)
    keep_until(hq, UNTIL)
    assert rows_of(hq.office.read()) == before


def test_afterwards_nobody_is_found_and_every_total_stands_here_and_on_laptops(
    hq: Hq, autumn: Book, new_laptop: Any
) -> None:
    other: Book = new_laptop(hq)
    sync_now(other)
    totals = riding_totals(hq.office.read(), RIDING)
    assert found_in(everything_in(hq.office.read()), WORDS)
    hq.time.pass_ms(60 * DAY_MS)
    done = carry_out(hq.office, batch=5)
    assert (done.people, done.words, done.cleaned) == (13, 2, True)
    after = riding_totals(hq.office.read(), RIDING)
    assert after == totals | {"people": 0}
    assert done.before[RIDING].by_code == done.after[RIDING].by_code
    assert done.before[RIDING].by_support == done.after[RIDING].by_support
    assert (done.after[RIDING].people, done.after[RIDING].rows, done.after[RIDING].words) == (0, 0, 0)
    assert found_in(everything_in(hq.office.read()), WORDS) == set()
    assert examine(hq.office).findings == []
    # Again is nothing.
    assert carry_out(hq.office).people == 0
    assert riding_totals(hq.office.read(), RIDING) == after
    for book in (autumn, other):
        sync_now(book)
        finish_erasures(book)
        assert book.read().query("SELECT COUNT(*) FROM person") == [(0,)]
        assert book.read().query("SELECT COUNT(*), SUM(contact) FROM attempt") == [(6, 5)]
        assert examine_book(book).findings == []
        book.close()
        assert places_with(book.folder, PASSPHRASE, WORDS) == {}


def test_nothing_is_left_in_the_database_s_own_files(hq: Hq, autumn: Book) -> None:
    hq.time.pass_ms(60 * DAY_MS)
    if hq.settings.database_url:
        (folder,), (oid,) = (
            hq.rows("SELECT current_setting('data_directory')")[0],
            hq.rows("SELECT oid FROM pg_database WHERE datname = current_database()")[0],
        )
        base = Path(str(folder)) / "base" / str(oid)

        def content() -> bytes:
            hq.rows("SELECT 1")
            return b"".join(one.read_bytes() for one in base.iterdir() if one.is_file())

        hq.office.read().run("CHECKPOINT")
        assert found_in(content(), WORDS)
        assert carry_out(hq.office).cleaned
        assert found_in(content(), WORDS) == set()
        return
    path = hq.settings.folder / "headquarters.db"
    key = open_key(hq.settings.folder, PASSPHRASE)
    assert found_in(b"".join(pages(path, key)), WORDS)
    assert carry_out(hq.office).cleaned
    assert found_in(b"".join(pages(path, key)), WORDS) == set()


def test_a_file_imported_again_and_a_laptop_that_was_away_bring_nobody_back(
    hq: Hq, autumn: Book, new_laptop: Any
) -> None:
    away: Book = new_laptop(hq)
    sync_now(away)
    talk(away, 10, "1")
    with away.act("Bea") as act:
        act.add(RIDING, street_person(11), NoteWritten(target="person", text="Qzvokum again"))
    hq.time.pass_ms(60 * DAY_MS)
    carry_out(hq.office)
    sync_now(away)
    add_street(away, 12, first=1)
    sync_now(away)
    catch_up(hq.office, RIDING)
    for db in (hq.office.read(), away.read()):
        assert db.query("SELECT COUNT(*) FROM person WHERE riding_id = ?", (RIDING,)) == [(0,)]
        assert db.query("SELECT COUNT(*) FROM attempt WHERE riding_id = ?", (RIDING,)) == [(7,)]
    assert found_in(everything_in(hq.office.read()), WORDS) == set()


_KILLED = """
import os, sys
from pathlib import Path
from canvass_app.hq.office import Settings, open_office
from canvass_app.hq.retention import carry_out
office = open_office(Settings(Path(sys.argv[1]), sys.argv[2], sys.argv[3], now_ms=lambda: int(sys.argv[4])))
def told(done, total):
    if done >= 6:
        os.kill(os.getpid(), 9)
carry_out(office, batch=3, told=told)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process as Linux does")
def test_killed_in_the_middle_it_goes_on_where_it_stopped(hq: Hq, autumn: Book) -> None:
    totals = riding_totals(hq.office.read(), RIDING)
    hq.time.pass_ms(60 * DAY_MS)
    settings = hq.settings
    killed = subprocess.run(
        [
            sys.executable,
            "-c",
            _KILLED,
            str(settings.folder),
            PASSPHRASE,
            settings.database_url,
            str(hq.time.ms),
        ],
        check=False,
    )
    assert killed.returncode == -9
    left = rehearse(hq.office).people
    assert 0 < left < 13
    assert riding_totals(hq.office.read(), RIDING) == totals | {"people": left}
    done = carry_out(hq.office)
    assert done.people == left
    assert riding_totals(hq.office.read(), RIDING) == totals | {"people": 0}
    assert found_in(everything_in(hq.office.read()), WORDS) == set()
    assert examine(hq.office).findings == []


def test_notes_stay_where_the_settings_leave_them_out(hq: Hq, autumn: Book) -> None:
    keep_until(hq, UNTIL, ["people", "contacts"])
    hq.time.pass_ms(60 * DAY_MS)
    assert carry_out(hq.office).words == 0
    assert hq.rows("SELECT text FROM note") == [("Qzvokum has the key",)]


@pytest.mark.parametrize(
    "said",
    [
        {"until": "soon"},
        {},
        {"until": UNTIL, "covers": ["notes"]},
        {"until": UNTIL, "covers": ["people", "cats"]},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(said: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        load_campaign(CAMPAIGN | {"retention": said})
