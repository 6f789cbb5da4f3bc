"""Random evenings of laptops that hold a part: after each exchange they show what headquarters shows of it, nothing else
is there, and everything typed counts once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.roles import Role
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.devices import find_device, issue_code
from canvass_app.hq.doctor import examine
from canvass_app.hq.giving import give_to
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.slicing import slice_of
from canvass_app.ledger.kinds import BarSet, PersonAdded, ResidenceBegan, ResidenceEnded
from canvass_app.services.book import Book, open_book
from canvass_app.services.bundling import import_bundle, write_bundle
from canvass_app.services.doctor import examine as examine_laptop
from canvass_app.services.erasure import erase_person
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.services.walk_lists import issue_walk_list, list_walk_lists, mark_returned
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_street, knock, serving, street_door, street_person

DOORS = 40
HOLDERS = {"Ana": Role.CANVASSER, "Ben": Role.CALLER, "East": Role.LEAD}
_DOOR = "door_id, number, attempts, contacts, last_code, barred, state, access"
_PERSON = "person_id, door_id, last, first, support, gone, barred"
_ATTEMPT = "device_id, device_seq, door_id, code, person_id, wall_ms"


class Evening:
    """One seed's campaign."""

    def __init__(self, hq: Hq, folder: Path, seed: int) -> None:
        self.hq, self.folder = hq, folder
        self.chance = random.Random(seed)
        self.typed = 0
        self.erased: set[int] = set()
        self.lead = self.laptop("lead")
        join(self.lead, hq.url, hq.code(), "Lead")
        add_street(self.lead, DOORS)
        self.turfs = [
            make_turf(
                self.lead, RIDING, f"Birch {first}", [street_door(n) for n in range(first, first + 5)]
            ).turf_id
            for first in range(1, DOORS, 5)
        ]
        sync_now(self.lead)
        self.holders: dict[str, Book] = {}
        for name, role in HOLDERS.items():
            self.holders[name] = self.laptop(name)
            code = issue_code(hq.office, frozenset({RIDING}), "", role, (name,)).text
            join(self.holders[name], hq.url, code, name)

    def laptop(self, name: str) -> Book:
        return open_book(self.folder / name, passphrase=PASSPHRASE, now_ms=self.hq.time)

    def close(self) -> None:
        for book in (self.lead, *self.holders.values()):
            book.close()

    # --- what happens ---------------------------------------------------------------------------------

    def step(self) -> None:
        self.hq.time.pass_ms(self.chance.randrange(1_000, 600_000))
        self.chance.choices(
            [
                self.issue, self.take_back, self.assign, self.knock, self.knock_there, self.meet, self.move, self.bar,
                self.erase, self.sync_one, self.sync_lead, self.by_stick, self.reopen, self.give_otherwise,
            ],
            [3, 2, 2, 4, 8, 2, 2, 1, 0.5, 8, 6, 2, 1, 0.5],
        )[0]()  # fmt: skip

    def issue(self) -> None:
        issue_walk_list(
            self.lead,
            RIDING,
            self.chance.choice(self.turfs),
            canvasser=self.chance.choice([*HOLDERS, "Cy"]),
            anyway=True,
        )

    def take_back(self) -> None:
        out = [one.list_id for one in list_walk_lists(self.lead, RIDING) if not one.returned]
        if out:
            mark_returned(self.lead, RIDING, self.chance.choice(out))

    def assign(self) -> None:
        to = self.chance.choice([*HOLDERS, "Cy", ""])
        assign_turf(self.lead, RIDING, self.chance.choice(self.turfs), to)

    def knock(self) -> None:
        knock(self.lead, self.chance.randrange(1, DOORS + 1), self.chance.choice(["not_home", "refused"]))
        self.typed += 1

    def knock_there(self) -> None:
        """At a door that the laptop holds, or held a moment ago."""
        book = self.someone()
        doors = [bytes(row[0]) for row in book.read().query("SELECT door_id FROM door ORDER BY door_id")]
        known = [n for n in range(1, DOORS + 1) if street_door(n) in doors]
        if known:
            knock(book, self.chance.choice(known), "not_home")
            self.typed += 1

    def meet(self) -> None:
        book = self.someone()
        doors = [bytes(row[0]) for row in book.read().query("SELECT door_id FROM door ORDER BY door_id")]
        if doors:
            person = self.chance.randbytes(16)
            with book.act("Somebody") as act:
                act.add(
                    RIDING,
                    person,
                    PersonAdded(last=f"Met{self.chance.randrange(1_000)}", phone="613 555 0100"),
                )
                act.add(RIDING, person, ResidenceBegan(door=self.chance.choice(doors)))

    def move(self) -> None:
        person = self.one_of_the_file()
        with self.lead.act("Lead") as act:
            if self.chance.random() < 0.3:
                act.add(RIDING, person, ResidenceEnded(reason="moved"))
            else:
                act.add(RIDING, person, ResidenceBegan(door=street_door(self.chance.randrange(1, DOORS + 1))))

    def bar(self) -> None:
        with self.lead.act("Lead") as act:
            act.add(RIDING, self.one_of_the_file(), BarSet(target="person", reason=""))

    def erase(self) -> None:
        number = self.chance.randrange(1, DOORS + 1)
        if number not in self.erased:
            self.erased.add(number)
            erase_person(self.lead, RIDING, street_person(number), author="Lead", clean=False)

    def one_of_the_file(self) -> bytes:
        left = [n for n in range(1, DOORS + 1) if n not in self.erased]
        return street_person(self.chance.choice(left))

    def sync_one(self) -> None:
        sync_now(self.someone())

    def sync_lead(self) -> None:
        sync_now(self.lead)

    def by_stick(self) -> None:
        book = self.someone()
        stick = self.folder / f"stick{self.chance.randrange(1 << 30)}"
        stick.mkdir()
        kept = write_bundle(book, stick, ask=True)
        answers = stick / "answers"
        answers.mkdir()
        import_bundles(self.hq.office, [kept.path], answers)
        for path in answers.iterdir():
            import_bundle(book, path)

    def reopen(self) -> None:
        name = self.chance.choice([*HOLDERS])
        self.holders[name].close()
        self.holders[name] = self.laptop(name)

    def give_otherwise(self) -> None:
        name = self.chance.choice([*HOLDERS])
        give_to(
            self.hq.office, self.holders[name].device_id, self.chance.choice([[name], [name, "Cy"], ["Cy"]])
        )

    def someone(self) -> Book:
        return self.holders[self.chance.choice([*HOLDERS])]

    # --- what must hold -------------------------------------------------------------------------------

    def check(self, *, whole: bool) -> None:
        for book in (*self.holders.values(), self.lead, *self.holders.values()):
            sync_now(book)
        catch_up(self.hq.office, RIDING)
        ((attempts,),) = self.hq.rows("SELECT COUNT(*) FROM attempt")
        assert attempts == self.typed
        for name, book in self.holders.items():
            device = find_device(self.hq.office, book.device_id)
            assert device is not None
            part = slice_of(self.hq.office, device, RIDING)
            for table, columns, key in (
                ("door", _DOOR, "door_id"), ("person", _PERSON, "person_id"), ("attempt", _ATTEMPT, "door_id")
            ):  # fmt: skip
                there = rows(self.hq.office.read(), table, columns)
                wanted = {row for row in there if row[columns.split(", ").index(key)] in part.subjects}
                assert rows(book.read(), table, columns) == wanted, (name, table)
            assert sorted(one.number for one in list_walk_lists(book, RIDING)) == [*part.lists]
            self.check_nobody_else(book, part.subjects)
            assert whole is False or examine_laptop(book).findings == [], name
        if whole:
            assert examine(self.hq.office).findings == []

    def check_nobody_else(self, book: Book, subjects: frozenset[bytes]) -> None:
        others = {
            f"Maple{n}".encode()
            for n in range(1, DOORS + 1)
            if street_person(n) not in subjects or n in self.erased
        }
        db = book.read()
        texts = [bytes(row[0]) for row in db.query("SELECT raw FROM event")]
        import zstandard

        expand = zstandard.ZstdDecompressor().decompress
        texts += [expand(bytes(row[0])) for row in db.query("SELECT data FROM roster_chunk")]
        texts += [
            zstandard.ZstdDecompressor().stream_reader(bytes(data)).read(size)
            for size, data in db.query("SELECT size, data FROM asset WHERE kind = 'walk_list'")
        ]
        whole = b"\n".join(texts) + b"\n"
        for one in others:
            at = whole.find(one)
            while at >= 0:
                # Maple1 is not Maple12.
                assert whole[at + len(one) : at + len(one) + 1].isdigit(), one
                at = whole.find(one, at + 1)


def rows(db: Any, table: str, columns: str) -> set[tuple[Any, ...]]:
    found = db.query(f"SELECT {columns} FROM {table} WHERE riding_id = ?", (RIDING,))
    return {tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in found}


def evenings(first: int, last: int, steps: int, tmp_path: Path) -> Iterator[int]:
    for seed in range(first, last):
        folder = tmp_path / str(seed)
        folder.mkdir()
        with serving(folder / "hq") as hq:
            evening = Evening(hq, folder, seed)
            try:
                for number in range(steps):
                    evening.step()
                    if number % 20 == 19:
                        evening.check(whole=False)
                evening.check(whole=True)
            finally:
                evening.close()
        yield seed


def test_whatever_happens_a_part_is_what_headquarters_has_of_it(tmp_path: Path) -> None:
    # The first found, once, somebody who was erased on a laptop that was never told.
    assert [*evenings(21, 23, 60, tmp_path)] == [21, 22]


@pytest.mark.proof
def test_whatever_happens_at_length(tmp_path: Path, record_property: Any) -> None:
    done = len([*evenings(0, 60, 200, tmp_path)])
    record_property("proof", ("random evenings of 200 steps", done))
    assert done == 60
