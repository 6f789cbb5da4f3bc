"""Who saw somebody: the answer over any log is the one that opening every record of it gives, and no forged page is told."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from canvass_app.domain.accesses import OF_CHAINS, Access
from canvass_app.hq.auditing import HEADQUARTERS, own_chain
from canvass_app.hq.office import Office, open_office
from canvass_app.hq.sights import who_saw
from canvass_app.ledger.trail import (
    LOG_SPAN,
    Draft,
    Record,
    concerning,
    handed_log,
    index_refs,
    open_record,
    people_refs,
    person_ref,
    said_again,
    seal,
)
from canvass_app.storage.audit import FOREIGN, OWN, PLACES, Head, append, keep_set, make_head
from canvass_app.storage.audit_check import check_riding, index_again
from canvass_app.storage.audit_finding import AlteredLog
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.migrate import PRESENT, Schema, migrate
from tests.hq.kit import RIDING, Hq, made_headquarters

PEOPLE = [number.to_bytes(16, "big") for number in range(10)]
DEVICES = [bytes([200 + number]) * 16 for number in range(4)]
# (numbers that a laptop may claim to have been handed): none, no spans, a last before a first, everything.
CLAIMS = ((), (5,), (5, 700), (5, 700, 0), (700, 5, 0, 1), (1, 1_000, 0, 1, 2, 3), (1, 1_000, 1))


class Line(NamedTuple):
    """What a line of an answer comes to."""

    wall_ms: int
    act: str
    who: str
    device: bytes
    what: str
    numbers: tuple[int, ...]
    people: int
    times: int
    first_ms: int


@dataclass
class Log:
    """A log of any kind, and everything that was put into it."""

    office: Office
    chance: random.Random
    places: dict[bytes, set[int]] = field(default_factory=dict[bytes, set[int]])
    records: list[Record] = field(default_factory=list[Record])
    sets: dict[bytes, bytes] = field(default_factory=dict[bytes, bytes])
    _heads: dict[bytes, Head] = field(default_factory=dict[bytes, Head])

    def fill(self, count: int) -> None:
        with self.office.database.write() as db:
            for person in PEOPLE:
                first = self.chance.randrange(1, 900)
                many = self.chance.choice([0, 1, 3, 9])
                some = {first + step for step in range(many)} | set(
                    self.chance.sample(range(1, 900), many // 3)
                )
                self.places[person] = some
                db.run_many(
                    "INSERT INTO audit_ref (riding_id, ref, chain, number) VALUES (?,?,?,?)",
                    [(RIDING, person_ref(RIDING, person), PLACES, number) for number in some],
                )
            for _ in range(count):
                self._any(db)

    def _put(self, db: Connection, chain: bytes, device: bytes, own: int, draft: Draft) -> None:
        head = self._heads.get(chain) or make_head(db, RIDING, chain, device, own)
        self._heads[chain] = append(db, RIDING, head, [draft])
        place = RIDING, chain, self._heads[chain].number
        ((raw,),) = db.query("SELECT raw FROM audit WHERE riding_id = ? AND chain = ? AND number = ?", place)
        self.records.append(open_record(bytes(raw)))

    def _any(self, db: Connection) -> None:
        chance = self.chance
        device, wall_ms = chance.choice(DEVICES), 1_000 + chance.randrange(100)
        kind = chance.random()
        bare = Draft(Access.SEEN, wall_ms, device, "Ana", what="door")
        if kind < 0.5:
            first = chance.randrange(1, 900)
            numbers = range(first, first + chance.choice([1, 20, 300]))
            if chance.random() < 0.3:
                numbers = sorted(chance.sample(range(1, 900), 5))
            for what, told in handed_log(numbers):
                handed = Draft(Access.HANDED, wall_ms, device, what=what, numbers=told)
                self._put(db, own_chain(self.office), HEADQUARTERS, OWN, handed)
            return
        if kind < 0.6:
            bare = bare._replace(
                act=Access.HANDED, what=chance.choice(["log", "log", "list"]), numbers=chance.choice(CLAIMS)
            )
        elif kind < 0.68 and self.records:
            bare = said_again(chance.choice(self.records), device)
        elif kind < 0.72:
            bare = bare._replace(act=Access.BEGAN, what="chain", link=chance.randbytes(32))
        if kind >= 0.72 or (bare.act == Access.HANDED and not bare.refs and chance.random() < 0.3):
            some = chance.sample(PEOPLE, 2)
            some += [number.to_bytes(16, "big") for number in range(500, 580)] if kind > 0.9 else []
            bare, joined = concerning(bare._replace(set_name=b"", people=0), people_refs(RIDING, some))
            if joined:
                keep_set(db, RIDING, bare.set_name, joined)
                self.sets[bare.set_name] = joined
        self._put(db, device[:15] + b"c", device, FOREIGN, bare)

    # --- the same answer, the long way ------------------------------------------------------------

    def _finds(self, record: Record, person: bytes) -> tuple[bool, bool]:
        """Whether a record is looked at for a person, and whether it concerns them."""
        e, ref = record.entry, person_ref(RIDING, person)
        refs = e.each_ref() + [self.sets.get(e.set_name, b"")[at : at + 8] for at in range(0, 2_000, 8)]
        if ref in refs:
            return True, True
        if e.act != Access.HANDED or e.what != "log":
            return False, False
        first, last, *spans = (*e.numbers, 0, 0)[:2] + e.numbers[2:]
        places = self.places[person]
        near = any(one // LOG_SPAN in spans for one in places)
        inside = any(first <= one <= last and one // LOG_SPAN in spans for one in places)
        return near, near and (inside or bool(e.count))

    def answer(self, person: bytes, since_ms: int) -> list[Line]:
        at_hand = [
            one for one in self.records if one.entry.wall_ms >= since_ms and self._finds(one, person)[0]
        ]
        at_hand.sort(key=lambda one: (one.entry.wall_ms, one.entry.chain, one.entry.number))
        here, told, lines = {one.hash for one in at_hand}, set[bytes](), dict[Any, Line]()
        for one in at_hand:
            e = one.entry
            if e.link and e.act not in OF_CHAINS:
                if e.link in here or e.link in told:
                    continue
                told.add(e.link)
            if not self._finds(one, person)[1]:
                continue
            key = (e.device, e.what.partition(" ")[0]) if e.act == Access.HANDED else one.hash
            before = lines.pop(key, None)
            times, first_ms = (before.times + 1, before.first_ms) if before else (1, e.wall_ms)
            lines[key] = Line(e.wall_ms, e.act, e.who, e.device, e.what, e.numbers, e.count, times, first_ms)
        return [*lines.values()][::-1]


def asked(office: Office, person: bytes, since_ms: int = 0) -> list[Line]:
    found = who_saw(office, RIDING, person, since_ms=since_ms)
    return [] if found is None else [
        Line(
            one.wall_ms, one.act, one.who, one.device_id, one.what, one.numbers, one.count, one.times, one.first_ms
        )
        for one in found.sights
    ]  # fmt: skip


def alike(hq: Hq, seeds: range, records: int) -> int:
    """Compare the answers over random logs; how many pages they counted."""
    pages = 0
    for seed in seeds:
        with hq.office.database.write() as db:
            for table in ("audit", "audit_ref", "audit_page", "audit_set", "audit_head"):
                db.run(f"DELETE FROM {table}")
        log = Log(hq.office, random.Random(seed))
        log.fill(records)
        assert [one.why for one in check_riding(hq.office.read(), RIDING).flaws] == []
        for person in PEOPLE:
            for since_ms in (0, 1_050):
                wanted = log.answer(person, since_ms)
                assert asked(hq.office, person, since_ms) == wanted, (seed, person.hex(), since_ms)
                pages += sum(one.times for one in wanted if one.act == Access.HANDED)
    return pages


def test_the_answer_is_what_opening_every_record_would_give(hq: Hq) -> None:
    assert alike(hq, range(4), 120) > 500


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_the_answer_over_200_random_logs(hq: Hq, record_property: Any) -> None:
    pages = alike(hq, range(200), 200)
    record_property(
        "proof", (f"who-saw, 200 random logs, pages told alike ({hq.office.database.dialect})", pages)
    )


# --- forged pages ------------------------------------------------------------------------------------


def handed(hq: Hq, moments: range, device: bytes = DEVICES[0]) -> bytes:
    """Pages with the person's number 7 in them; the chain."""
    chain = own_chain(hq.office)
    with hq.office.database.write() as db:
        db.run(
            "INSERT INTO audit_ref (riding_id, ref, chain, number) VALUES (?,?,?,?)",
            (RIDING, person_ref(RIDING, PEOPLE[0]), PLACES, 7),
        )
        what, numbers = handed_log(range(1, 20))[0]
        drafts = [Draft(Access.HANDED, ms, device, what=what, numbers=numbers) for ms in moments]
        append(db, RIDING, make_head(db, RIDING, chain, HEADQUARTERS, OWN), drafts)
    return chain


def flaws(hq: Hq) -> list[str]:
    return [one.why for one in check_riding(hq.office.read(), RIDING).flaws]


def test_pages_are_counted_and_told_once_for_a_device(hq: Hq) -> None:
    handed(hq, range(10, 15))
    (line,) = asked(hq.office, PEOPLE[0])
    assert (line.times, line.first_ms, line.wall_ms, line.device) == (5, 10, 14, DEVICES[0])
    (line,) = asked(hq.office, PEOPLE[0], since_ms=12)
    assert (line.times, line.first_ms) == (3, 12)
    assert hq.rows("SELECT COUNT(*) FROM audit_page") == [(5,)]


@pytest.mark.parametrize("number", [1, 5])
def test_a_page_whose_record_was_altered_or_is_gone_is_not_told(hq: Hq, number: int) -> None:
    chain = handed(hq, range(10, 15))
    ((raw,),) = hq.rows("SELECT raw FROM audit WHERE chain = ? AND number = ?", chain, number)
    e = open_record(bytes(raw)).entry
    draft = Draft(e.act, e.wall_ms, DEVICES[1], what=e.what, numbers=e.numbers)
    forged = seal(RIDING, chain, number, e.before, draft)
    for change in (
        ("UPDATE audit SET raw = ? WHERE chain = ? AND number = ?", (forged.raw, chain, number)),
        ("UPDATE audit SET hash = ? WHERE chain = ? AND number = ?", (forged.hash, chain, number)),
        ("DELETE FROM audit WHERE chain = ? AND number = ?", (chain, number)),
    ):
        hq.office.write(lambda db, change=change: db.run(*change))
        with pytest.raises(AlteredLog, match="audit verify"):
            who_saw(hq.office, RIDING, PEOPLE[0])


@pytest.mark.parametrize("change", ["device = chain", "wall_ms = 1", "low = 7", "ref = chain"])
def test_what_finds_pages_is_compared_with_the_records_and_written_anew(hq: Hq, change: str) -> None:
    handed(hq, range(10, 15))
    before = asked(hq.office, PEOPLE[0])
    assert flaws(hq) == []
    hq.office.write(lambda db: db.run(f"UPDATE audit_page SET {change} WHERE number = 3"))
    assert flaws(hq) == ["index"]
    hq.office.write(lambda db: index_again(db, RIDING))
    assert flaws(hq) == []
    assert asked(hq.office, PEOPLE[0]) == before
    hq.office.write(lambda db: db.run("DELETE FROM audit_page WHERE number = 3"))
    assert flaws(hq) == ["index"]


def test_a_record_that_is_not_as_it_was_kept_is_not_told(hq: Hq) -> None:
    with hq.office.database.write() as db:
        draft, _ = concerning(Draft(Access.SEEN, 5, DEVICES[0], "Ana"), people_refs(RIDING, PEOPLE[:1]))
        append(db, RIDING, make_head(db, RIDING, b"c" * 16, DEVICES[0], FOREIGN), [draft])
    assert [one.who for one in asked(hq.office, PEOPLE[0])] == ["Ana"]
    forged = seal(RIDING, b"c" * 16, 1, bytes(32), draft._replace(who="Bea"))
    hq.office.write(lambda db: db.run("UPDATE audit SET raw = ? WHERE chain = ?", (forged.raw, b"c" * 16)))
    with pytest.raises(AlteredLog, match="audit verify"):
        who_saw(hq.office, RIDING, PEOPLE[0])


# --- a log that an earlier version kept -----------------------------------------------------------------


def test_pages_that_an_earlier_version_recorded_are_found_after_the_upgrade(tmp_path: Path) -> None:
    settings = made_headquarters(tmp_path / "hq")
    office = open_office(settings)
    try:
        log = Log(office, random.Random(5))
        log.fill(150)
        wanted = [asked(office, person) for person in PEOPLE]
        pages = office.read().query("SELECT * FROM audit_page ORDER BY ref, chain, number")
        old = SqliteDatabase(tmp_path / "old.db", b"k" * 32)
        migrate(old, schema=Schema("20261130_declared", PRESENT.scripts))
        with old.write() as db:
            for one in log.records:
                e = one.entry
                db.run(
                    "INSERT INTO audit (riding_id, chain, number, wall_ms, hash, raw) VALUES (?,?,?,?,?,?)",
                    (RIDING, e.chain, e.number, e.wall_ms, one.hash, one.raw),
                )
                db.run_many(
                    "INSERT INTO audit_ref (riding_id, ref, chain, number) VALUES (?,?,?,?)",
                    [(RIDING, ref, e.chain, e.number) for ref in index_refs(e)],
                )
        assert migrate(old)
        assert old.read().query("SELECT * FROM audit_page ORDER BY ref, chain, number") == pages
        refs = "SELECT ref, chain, number FROM audit_ref WHERE chain <> ? ORDER BY ref, chain, number"
        assert old.read().query(refs, (PLACES,)) == office.read().query(refs, (PLACES,))
        old.close()
        assert len(pages) > 50
        assert any(wanted)
    finally:
        office.close()
