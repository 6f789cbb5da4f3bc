"""Random histories of two laptops: nobody whom a bar keeps from a channel, and nobody erased, is on a list, a print or a queue.

The oracle reads the log itself: a bar stands unless a lift had seen it. It shares no code with the fold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import msgspec
import pytest

from canvass_app.domain.ids import listed_person_id, phone_subject
from canvass_app.domain.people import PersonName
from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, Key, open_event
from canvass_app.ledger.kinds import (
    AttemptMade,
    BarLifted,
    BarSet,
    PersonDescribed,
    PersonErased,
    PersonSameAs,
    RosterAdded,
    RosterRestored,
    RosterWithdrawn,
)
from canvass_app.ledger.rosters import PersonEntry, build_roster
from canvass_app.printing import print_walk_list
from canvass_app.services.bars import bar_in, kept_from
from canvass_app.services.book import Book
from canvass_app.services.doctor import state_digest
from canvass_app.services.erasure import erase_people, erase_waiting
from canvass_app.services.kept_out import leave_out_erased
from canvass_app.services.lists_now import document_now
from canvass_app.services.ridings import note_riding
from canvass_app.services.search import find
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.storage.log import insert_events, members, resolve
from canvass_app.storage.projections import project
from canvass_app.storage.roster_store import roster_id_of, store_chunks
from canvass_app.sync.assets import load_asset, load_part, store_asset, store_part
from tests.printing.reading import page_texts

from .conftest import FakeTime, door, person
from .laptops import second_laptop

SMALL, FULL = 30, 1_000
HOUSES = [door(number) for number in (2, 4, 6, 8, 10)]
SIZE = 6
STEPS = 14
# Two people share each of the first numbers, as households do.
NUMBERS = ["6135550100", "6135550100", "6135550102", "6135550103", "6135550104", "6135550104"]


def token(one: int) -> str:
    """A first name that nobody else has."""
    return f"Qz{'aeioub'[one]}kum"


@dataclass
class Laptop:
    """A book, and whom it knows to be erased."""

    book: Book
    erased: set[int] = field(default_factory=set[int])
    rosters: list[bytes] = field(default_factory=list[bytes])
    lists: list[int] = field(default_factory=list[int])
    own: set[int] = field(default_factory=set[int])
    """Lists that were issued here."""


def row(dice: Random, one: int) -> PersonEntry:
    """A person as a file may spell them, as far as keys can know them again: capitals, accents; or moved and married, with
    their number and given name."""
    if dice.random() < 0.75:
        home, last = HOUSES[one % len(HOUSES)], dice.choice(["Roy", "ROY", "Roÿ"])
    else:
        home, last = dice.choice(HOUSES), "Gagnon"
    first = dice.choice([token(one), token(one).upper()])
    made = person(home, last, first, phone=NUMBERS[one])
    return made._replace(person_id=listed_person_id(home.door_id, PersonName(last, first).key, 0, 0))


class History:
    """One riding on two laptops, and what happens there."""

    def __init__(self, dice: Random, riding: int, laptops: list[Laptop], time: FakeTime) -> None:
        self.dice, self.riding, self.laptops, self.time = dice, riding, laptops, time
        self.shown = self.called = 0

    def step(self) -> None:
        self.time.forward(60_000)
        laptop = self.dice.choice(self.laptops)
        doing = self.dice.choice(
            [
                self.take_file, self.take_file, self.bar, self.bar, self.bar, self.lift, self.erase, self.rename, self.join,
                self.withdraw, self.knock, self.issue, self.sync, self.sync,
            ]
        )  # fmt: skip
        doing(laptop)

    def take_file(self, laptop: Laptop) -> None:
        """The import's own order: whoever asked to be forgotten is left out, then the roster is added."""
        from canvass_app.imports import ImportPlan, Mapping, RidingRows

        dice = self.dice
        people = {p.person_id: p for p in (row(dice, one) for one in range(SIZE) if dice.random() < 0.7)}
        rows = RidingRows(list(HOUSES), list(people.values()), [0] * len(HOUSES), [0] * len(people))
        plan = ImportPlan(
            "people", "f.csv", "", "", 1, 0, Mapping("people", (), ()), {self.riding: rows}, [], [], ()
        )
        leave_out_erased(laptop.book.read(), plan)
        roster = build_roster(self.riding, rows.doors, rows.people)
        with laptop.book.act("lead") as act:
            note_riding(act.db, Riding(self.riding, Text("Invented", "Inventée")))
            store_chunks(act.db, self.riding, roster)
            body = RosterAdded(name=roster.name, source="f.csv", doors=roster.doors, people=roster.people)
            act.add(self.riding, roster_id_of(roster.name), body)
        laptop.rosters.append(roster_id_of(roster.name))

    def people(self, laptop: Laptop) -> list[tuple[bytes, str]]:
        rows = laptop.book.read().query(
            "SELECT person_id, first FROM person WHERE riding_id = ? ORDER BY person_id", (self.riding,)
        )
        return [(bytes(one), str(first)) for one, first in rows]

    def doors(self, laptop: Laptop) -> list[bytes]:
        rows = laptop.book.read().query(
            "SELECT door_id FROM door WHERE riding_id = ? ORDER BY number", (self.riding,)
        )
        return [bytes(row[0]) for row in rows]

    def bar(self, laptop: Laptop) -> None:
        sort, people = self.dice.choice(["person", "door", "number"]), self.people(laptop)
        with laptop.book.act("Ana") as act:
            if sort == "number":
                number = self.dice.choice(NUMBERS)
                bar_in(act, self.riding, "number", phone_subject(self.riding, f"+1{number}"))
            elif sort == "person" and people:
                bar_in(act, self.riding, "person", self.dice.choice(people)[0])
            elif sort == "door" and (doors := self.doors(laptop)):
                bar_in(act, self.riding, "door", self.dice.choice(doors))

    def lift(self, laptop: Laptop) -> None:
        barred = [
            (e.subject, e.entity)
            for e in self.events(laptop)
            if isinstance(e.body, BarSet) and e.entity in ("person", "door", "number")
        ]
        if barred:
            subject, target = self.dice.choice(barred)
            with laptop.book.act("Ana") as act:
                act.add(self.riding, subject, BarLifted(target=target or "door", reason="asked"))

    def erase(self, laptop: Laptop) -> None:
        people = self.people(laptop)
        if people and self.dice.random() < 0.5:
            one, first = self.dice.choice(people)
            erase_people(laptop.book, self.riding, [one], author="lead", clean=False)
            erase_waiting(laptop.book)
            laptop.erased |= {n for n in range(SIZE) if token(n).upper() == first.upper()}

    def rename(self, laptop: Laptop) -> None:
        people = self.people(laptop)
        if people:
            with laptop.book.act("Ana") as act:
                said = self.dice.choice(
                    [PersonDescribed(last="Renamed"), PersonDescribed(phone=self.dice.choice(NUMBERS))]
                )
                act.add(self.riding, self.dice.choice(people)[0], said)

    def join(self, laptop: Laptop) -> None:
        people = self.people(laptop)
        # Two records of one person: somebody looked.
        pairs = [(a, b) for a, x in people for b, y in people if a < b and x.upper() == y.upper()]
        if pairs:
            low, high = self.dice.choice(pairs)
            with laptop.book.act("lead") as act:
                act.add(self.riding, low, PersonSameAs(other=high, joined=self.dice.random() < 0.8))

    def withdraw(self, laptop: Laptop) -> None:
        if laptop.rosters:
            kind = self.dice.choice([RosterWithdrawn, RosterRestored])
            with laptop.book.act("lead") as act:
                act.add(self.riding, self.dice.choice(laptop.rosters), kind())

    def knock(self, laptop: Laptop) -> None:
        people = self.people(laptop)
        if people:
            with laptop.book.act("Ana") as act:
                home = self.dice.choice(HOUSES).door_id
                act.add(self.riding, home, AttemptMade(code="not_home", person=self.dice.choice(people)[0]))

    def issue(self, laptop: Laptop) -> None:
        here = self.doors(laptop)
        if here:
            turf = make_turf(
                laptop.book, self.riding, "Birch", here, take=True, author="lead", anyway=True
            ).turf_id
            number = issue_walk_list(
                laptop.book, self.riding, turf, author="lead", anyway=True
            ).document.number
            laptop.lists.append(number)
            laptop.own.add(number)

    def sync(self, _: Laptop) -> None:
        one, other = self.laptops
        _carry(one.book, other.book, self.riding)
        _carry(other.book, one.book, self.riding)
        one.erased |= other.erased
        other.erased |= one.erased
        both = sorted({*one.lists, *other.lists}), sorted({*one.rosters, *other.rosters})
        for laptop in self.laptops:
            laptop.lists, laptop.rosters = list(both[0]), list(both[1])
        # A file showed somebody erased under another id: the laptop says so, and all hear it.
        for laptop in self.laptops:
            erase_waiting(laptop.book)

    # --- looking ------------------------------------------------------------------------------

    def events(self, laptop: Laptop) -> list[Event]:
        rows = laptop.book.read().query(
            "SELECT raw FROM event WHERE riding_id = ? ORDER BY device_id, device_seq", (self.riding,)
        )
        return [open_event(bytes(raw)) for (raw,) in rows]

    def look(self, *, settled: bool, paper: Path | None = None) -> None:
        """`settled`: each has heard what the other knows by now. Until then a list from the other laptop may name somebody
        erased under an id that only the other laptop has met."""
        for laptop in self.laptops:
            self._look_at(laptop, settled, paper)

    def _look_at(self, laptop: Laptop, settled: bool, paper: Path | None) -> None:
        db = laptop.book.read()
        barred = _standing_bars(self.events(laptop))

        def stands(subject: bytes) -> bool:
            root = resolve(db, self.riding, [subject])[subject]
            return any(one in barred for one in members(db, self.riding, [root])[root])

        self.issue(laptop)
        for number in laptop.lists:
            document = document_now(laptop.book, number)
            for line in document.lines:
                if not line.barred:
                    self.shown += bool(line.person_id)
                    assert not stands(line.door_id), (number, line)
                    assert not line.person_id or not stands(line.person_id), (number, line)
            if settled or number in laptop.own:
                self._nobody_erased(laptop, msgspec.msgpack.encode(document))
            if paper is not None:
                print_walk_list(document, paper, "letter", "en")
                self._nobody_erased(laptop, " ".join(page_texts(paper)).encode())
        people = [one for one, _ in self.people(laptop)]
        away = kept_from(db, self.riding, "phone", people)
        for one in set(people) - away:
            ((phone, home, first),) = db.query(
                "SELECT phone, door_id, first FROM person WHERE riding_id = ? AND person_id = ?",
                (self.riding, one),
            )
            self.called += 1
            assert not stands(one)
            assert not stands(bytes(home))
            assert phone_subject(self.riding, f"+1{phone}") not in barred
            self._nobody_erased(laptop, str(first).encode())
        for one in set(people) - kept_from(db, self.riding, "door", people):
            ((home,),) = db.query(
                "SELECT door_id FROM person WHERE riding_id = ? AND person_id = ?", (self.riding, one)
            )
            assert not stands(one)
            assert not stands(bytes(home))
        for one in laptop.erased:
            assert not [hit for hit in find(laptop.book, token(one)) if hit.riding_id == self.riding]

    def _nobody_erased(self, laptop: Laptop, said: bytes) -> None:
        for one in laptop.erased:
            assert token(one).upper().encode() not in said.upper(), token(one)


def _standing_bars(events: list[Event]) -> set[bytes]:
    """What is barred: by any bar that no lift had seen, itself or through what it had seen."""
    by_key = {event.key: event for event in events}
    lifted: set[Key] = set()
    for event in events:
        if isinstance(event.body, BarLifted):
            stack = list(event.sees)
            while stack:
                key = stack.pop()
                if key not in lifted:
                    lifted.add(key)
                    stack += by_key[key].sees if key in by_key else ()
    return {event.subject for event in events if isinstance(event.body, BarSet) and event.key not in lifted}


def _carry(source: Book, target: Book, riding: int) -> None:
    """What a sync does: files and lists first, cleaned of whom this laptop knows to be erased, then events."""
    db = source.read()
    events = [
        open_event(bytes(r[0])) for r in db.query("SELECT raw FROM event WHERE riding_id = ?", (riding,))
    ]
    with target.database.write() as into:
        note_riding(into, Riding(riding, Text("Invented", "Inventée")))
        for (name,) in db.query("SELECT hash FROM asset WHERE riding_id = ?", (riding,)):
            asset = load_asset(db, riding, bytes(name))
            if asset is not None:
                store_asset(into, riding, bytes(name), asset)
        for event in events:
            if isinstance(event.body, RosterAdded):
                part = load_part(db, riding, event.body.name, range(8))
                store_part(into, riding, event.body.name, part)
        project(into, insert_events(into, events).touched, target.time_zone)
    target.frozen.clear()


@pytest.fixture
def pair(book: Book, tmp_path: Path, fake_time: FakeTime) -> Iterator[list[Book]]:
    other = second_laptop(tmp_path / "other", fake_time)
    yield [book, other]
    other.close()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "histories", [SMALL, pytest.param(FULL, marks=[pytest.mark.proof, pytest.mark.timeout(7_200)])]
)
def test_nobody_barred_and_nobody_erased_appears(
    pair: list[Book], fake_time: FakeTime, tmp_path: Path, histories: int
) -> None:
    shown = called = barred = erased = 0
    for seed in range(histories):
        laptops = [Laptop(one) for one in pair]
        history = History(Random(seed), 201_300_000 + seed, laptops, fake_time)
        history.take_file(laptops[0])
        history.sync(laptops[0])
        for _ in range(STEPS):
            history.step()
        history.look(settled=False)
        for _ in range(2):
            history.sync(laptops[0])
        history.look(settled=True, paper=tmp_path / "list.pdf" if seed % 10 == 0 else None)
        history.sync(laptops[0])
        states = {state_digest(one.read(), history.riding) for one in pair}
        assert len(states) == 1, seed
        events = history.events(laptops[0])
        barred += len(_standing_bars(events))
        erased += sum(isinstance(event.body, PersonErased) for event in events)
        shown, called = shown + history.shown, called + history.called
    # A history in which nothing is ever shown, barred or erased proves nothing.
    assert min(shown, called, barred, erased) >= histories / 2, (shown, called, barred, erased)
