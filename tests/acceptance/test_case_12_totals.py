"""Case 12: every total on a screen equals its recount, straight from the events and past every projection."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.codes import BY_CODE, CONTACT_CODES
from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.kinds import (
    AttemptCorrected,
    AttemptMade,
    RosterWithdrawn,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
)
from canvass_app.services.book import Book
from canvass_app.services.progress import progress, recount
from canvass_app.storage.days import local_day
from tests.acceptance.evening import ZONE, Desk, all_alike, laptop
from tests.acceptance.served import NewDesk
from tests.services.conftest import RIDING, FakeTime, add_roster, door, make_town, person

TOWN = make_town()
# Doors 2 and 4 again under other ids: they join, and what happens at either is counted at one.
TWINS = [door(n)._replace(door_id=bytes([n]) * 16) for n in (2, 4)]
SAME = {twin.door_id: door(twin.number).door_id for twin in TWINS}
CODES = ["not_home", "refused", "moved", "vacant", "canvassed", "come_back"]


def count_again(book: Book) -> dict[str, Any]:
    """The totals by plain reading of the log: no fold, no projection, one writer a field in this history."""
    events = [open_event(bytes(row[0]), row[1]) for row in book.read().query("SELECT raw, stamp FROM event")]
    by_order = sorted(events, key=lambda e: (e.order, e.key))
    voided: dict[bytes, bool] = {}
    for event in by_order:
        if isinstance(event.body, ShiftVoided | ShiftRestored):
            voided[event.subject] = isinstance(event.body, ShiftVoided)
    standing = [e for e in by_order if not voided.get(e.shift)]
    code: dict[tuple[bytes, int], str] = {}
    made: dict[tuple[bytes, int], Event] = {}
    support: dict[bytes, str] = {}
    for event in standing:
        if isinstance(event.body, AttemptMade):
            made[event.key] = event
            code.setdefault(event.key, event.body.code)
        elif isinstance(event.body, SupportMarked):
            support[event.subject] = event.body.level
    for event in standing:
        if isinstance(event.body, AttemptCorrected):
            code[event.body.device, event.body.seq] = event.body.code
    stands = {key: code[key] for key in made if code[key]}
    return {
        "attempts": len(stands),
        "contacts": sum(one in CONTACT_CODES for one in stands.values()),
        "by_code": dict(Counter(stands.values())),
        "by_day": dict(Counter(local_day(made[key].wall_ms, ZONE) for key in stands)),
        "doors_attempted": len({SAME.get(made[key].subject, made[key].subject) for key in stands}),
        "support": dict(Counter(level for level in support.values() if level)),
    }


def shown(book: Book) -> dict[str, Any]:
    """The same totals as the screens have them."""
    report, db = progress(book, RIDING), book.read()
    assert recount(book, RIDING) == {"attempts": report.attempts, "contacts": report.contacts}
    by_code = dict(db.query("SELECT code, COUNT(*) FROM attempt GROUP BY code"))
    by_day = dict(db.query("SELECT day, COUNT(*) FROM attempt GROUP BY day"))
    levels = dict(db.query("SELECT support, COUNT(*) FROM person WHERE support <> '' GROUP BY support"))
    assert db.query("SELECT SUM(attempts), SUM(contacts) FROM door") == [(report.attempts, report.contacts)]
    return {
        "attempts": report.attempts,
        "contacts": report.contacts,
        "by_code": by_code,
        "by_day": by_day,
        "doors_attempted": report.doors.part,
        "support": levels,
    }


@pytest.fixture
def crew(tmp_path: Path, new_desk: NewDesk) -> Iterator[tuple[Desk, list[Book], FakeTime]]:
    time = FakeTime()
    books = [laptop(tmp_path / str(n), time) for n in range(3)]
    yield new_desk(time), books, time
    for book in books:
        book.close()


def test_case_12_every_total_equals_its_recount(crew: tuple[Desk, list[Book], FakeTime]) -> None:
    desk, books, time = crew
    chance = random.Random(12)
    add_roster(books[0], TOWN.doors, TOWN.people)
    second = add_roster(books[1], TWINS, [person(TWINS[1], "Tremblay", "Anne", 1970)])
    all_alike(desk, *books)
    shifts = [bytes([n]) * 16 for n in range(6)]
    for evening in range(6):
        book = books[evening % 3]
        for _ in range(25):
            time.forward(chance.randrange(60_000, 600_000))
            home = chance.choice([*TOWN.doors[:8], *TWINS])
            with book.act(f"Canvasser {evening}", shifts[evening]) as act:
                code = chance.choice(CODES)
                here = [p.person_id for p in TOWN.people if p.door_id == home.door_id]
                who = chance.choice(here) if here and BY_CODE[code].person else b""
                attempt = act.add(RIDING, home.door_id, AttemptMade(code=code, person=who))
                if who and code == "canvassed":
                    act.add(
                        RIDING, who, SupportMarked(level=chance.choice("12345"), act=attempt.key.device_seq)
                    )
            if chance.random() < 0.3:
                with book.act("Corrector") as act:
                    act.add(
                        RIDING, home.door_id,
                        AttemptCorrected(
                            device=book.device_id, seq=attempt.key.device_seq, code=chance.choice(["", *CODES])
                        ),
                    )  # fmt: skip
        all_alike(desk, *books)
        # Each evening's conversations are with people whom the others had heard of: nothing is concurrent.
        for one in books:
            assert shown(one) == count_again(one)
    for kind, shift in ((ShiftVoided, 2), (ShiftVoided, 3), (ShiftRestored, 2)):
        time.forward(1_000)
        with books[shift % 2].act("Lead") as act:
            act.add(RIDING, shifts[shift], kind())
        all_alike(desk, *books)
        for one in books:
            assert shown(one) == count_again(one)
    with books[2].act("Lead") as act:
        act.add(RIDING, second, RosterWithdrawn())
    all_alike(desk, *books)
    assert count_again(books[0])["attempts"] > 80
    for one in books:
        assert shown(one) == count_again(one)
