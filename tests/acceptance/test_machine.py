"""Anything that people do at one laptop, in any order, against a model in plain Python: totals, pages and names agree."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from canvass_app.domain.codes import BY_CODE, CONTACT_CODES
from canvass_app.domain.numbers import page_code
from canvass_app.domain.walk_list import SheetLine
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.doctor import examine
from canvass_app.services.entry import (
    Mark,
    Shift,
    close_shift,
    open_page,
    open_shift,
    record,
    results_of_shift,
    undo_last,
)
from canvass_app.services.progress import progress
from canvass_app.services.search import find
from canvass_app.services.turfs import list_turfs, make_turf, rename_turf, retire_turf
from canvass_app.services.voiding import restore_shift, void_shift
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.services.withdrawing import restore_import, withdraw_import
from tests.services.conftest import CAMPAIGN, RIDING, FakeTime, Town, add_roster, make_town

MARKS = (
    *(Mark(code=code) for code in ("not_home", "refused", "moved", "not_found")),
    *(Mark(support=level) for level in "135"),
    Mark(support="2", second="G"),
)


TYPED = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(MARKS)), min_size=3, max_size=6)


@dataclass
class Said:
    """Something that may be said again: who said what in which shift, oldest first."""

    chain: list[tuple[int, bytes, str]] = field(default_factory=list)
    """(act, shift, value)"""

    def value(self, voided: set[bytes], without: frozenset[int] = frozenset()) -> str | None:
        said = [value for act, shift, value in self.chain if act not in without and shift not in voided]
        return said[-1] if said else None


@dataclass
class Attempt:
    """An act at the keyboard, as the model knows it."""

    token: int
    shift: bytes
    number: int
    line: int
    door: bytes
    person: bytes
    code: str
    replaced: list[int]
    corrected: Said = field(default_factory=Said)

    def now(self, voided: set[bytes]) -> str:
        if self.shift in voided:
            return ""
        later = self.corrected.value(voided)
        return self.code if later is None else later


class Laptop(RuleBasedStateMachine):
    """One laptop, one town, several evenings."""

    lists = Bundle("lists")
    shifts = Bundle("shifts")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="canvass-machine-"))
        self.time = FakeTime()
        self.attempts: dict[int, Attempt] = {}
        self.support: dict[bytes, Said] = {}
        self.voided: set[bytes] = set()
        self.ever_voided = False
        self.turfs: dict[bytes, str] = {}
        self.numbers: list[int] = []
        self.every_shift: list[Shift] = []
        self.withdrawn = False
        self.openings = 0
        self.lines: dict[int, dict[int, SheetLine]] = {}
        self.book: Book = self._open()
        set_campaign(self.book, CAMPAIGN)
        self.place: Town = make_town()
        self.roster = add_roster(self.book, self.place.doors, self.place.people)
        self.sit("Zoé")

    def _open(self) -> Book:
        return open_book(self.folder, passphrase="test", now_ms=self.time)

    def teardown(self) -> None:
        report = examine(self.book)
        self.book.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        assert report.ok, [finding.en for finding in report.findings]

    # --- the model ------------------------------------------------------------------------------

    def saved(self, number: int) -> dict[int, Attempt]:
        """The latest standing attempt of each line; a code about the door marks the whole household."""
        marks: dict[int, Attempt] = {}
        lines = self.lines[number]
        for one in sorted(self.attempts.values(), key=lambda a: a.token):
            code = one.now(self.voided)
            if one.number == number and code:
                about = (
                    [one.line]
                    if BY_CODE[code].person
                    else [n for n, line in lines.items() if line.door_id == one.door]
                )
                marks.update(dict.fromkeys(about, one))
        return marks

    def standing(self) -> dict[str, int]:
        counted: dict[str, int] = {}
        for one in self.attempts.values():
            code = one.now(self.voided)
            if code:
                counted[code] = counted.get(code, 0) + 1
        return counted

    # --- what people do ---------------------------------------------------------------------------

    @initialize(target=lists, typed=TYPED)
    def first_evening(self, typed: list[tuple[int, Mark]]) -> int:
        number, shift = self.cut_doors({0, 1, 2}), self.every_shift[0]
        for at, mark in typed:
            self.type_one(shift, number, at, mark)
        return number

    @initialize(target=shifts)
    def first_shift(self) -> Shift:
        return self.every_shift[0]

    @rule(target=lists, which=st.sets(st.integers(0, 11), min_size=1, max_size=5))
    @precondition(lambda self: len(self.turfs) < 4 and not self.withdrawn)
    def cut_and_issue(self, which: set[int]) -> object:
        return self.cut_doors(which)

    def cut_doors(self, which: set[int]) -> int:
        """A turf of these doors of the town, and its list."""
        doors = [self.place.doors[n].door_id for n in sorted(which)]
        name = f"Turf {len(self.turfs)}"
        made = make_turf(self.book, RIDING, name, doors, take=True, anyway=True)
        self.turfs[made.turf_id] = name
        document = issue_walk_list(self.book, RIDING, made.turf_id, canvasser="Zoé", anyway=True).document
        assert {line.door_id for line in document.lines} == set(doors)
        self.lines[document.number] = {line.line: line for line in document.lines}
        return document.number

    @rule(target=shifts, name=st.sampled_from(("Zoé", "Tom")))
    @precondition(lambda self: len(self.every_shift) < 4)
    def sit_down(self, name: str) -> Shift:
        return self.sit(name)

    def sit(self, name: str) -> Shift:
        """A shift that the model knows."""
        shift = open_shift(self.book, name, RIDING)
        self.every_shift.append(shift)
        return shift

    @rule(
        shift=shifts,
        number=lists,
        typed=TYPED,
    )
    def type_results(self, shift: Shift, number: int, typed: list[tuple[int, Mark]]) -> None:
        for at, mark in typed:
            self.type_one(shift, number, at, mark)

    def type_one(self, shift: Shift, number: int, at: int, mark: Mark) -> None:
        """One result, in the book and in the model."""
        lines = self.lines[number]
        line = lines[1 + at % len(lines)]
        if shift.shift_id in self.voided:
            return
        about_person = not mark.code or BY_CODE[mark.code].person
        marks = self.saved(number)
        touched = (
            [line.line] if about_person else [n for n, one in lines.items() if one.door_id == line.door_id]
        )
        replaced = sorted({marks[n].token for n in touched if n in marks})
        self.time.forward(60_000)
        done = record(self.book, shift, number, line.line, mark)
        for token in replaced:
            self._replace(token, done.token, shift.shift_id)
        one = Attempt(
            done.token, shift.shift_id, number, line.line, line.door_id, line.person_id if about_person else b"",
            mark.code or "canvassed", replaced,
        )  # fmt: skip
        self.attempts[done.token] = one
        if mark.support and line.person_id:
            said = self.support.setdefault(line.person_id, Said())
            said.chain.append((done.token, shift.shift_id, mark.support + mark.second))
        assert {n for n, saved in done.saved if saved is not None and saved.token == done.token} == set(
            touched
        )

    def _replace(self, token: int, by: int, shift: bytes) -> None:
        """The act `by` stands instead of `token` and of all that it had replaced."""
        self.attempts[token].corrected.chain.append((by, shift, ""))
        gone, waiting = set[int](), [token]
        while waiting:
            one = waiting.pop()
            gone.add(one)
            waiting.extend(self.attempts[one].replaced)
        for said in self.support.values():
            then = said.value(self.voided, frozenset(gone)) or ""
            if any(act == token for act, _, _ in said.chain) and then != (said.value(self.voided) or ""):
                said.chain.append((by, shift, then))

    def _undo(self, last: Attempt, shift: bytes) -> None:
        """The act is taken back, and what it had replaced stands again."""
        now, without = self.acts_done(), frozenset({last.token})
        last.corrected.chain.append((now, shift, ""))
        for token in last.replaced:
            again = self.attempts[token]
            before = again.corrected.value(self.voided, without)
            again.corrected.chain.append((now, shift, again.code if before is None else before))
        for said in self.support.values():
            if any(act == last.token for act, _, _ in said.chain):
                said.chain.append((now, shift, said.value(self.voided, without) or ""))

    def acts_done(self) -> int:
        """The number that this laptop's next event has."""
        rows = self.book.read().query("SELECT MAX(last_seq) FROM device_log")
        return int(rows[0][0])

    @rule(shift=shifts, times=st.integers(1, 3))
    def take_back(self, shift: Shift, times: int) -> None:
        for _ in range(times):
            self.take_one_back(shift)

    def take_one_back(self, shift: Shift) -> None:
        """Undo, in the book and in the model."""
        if shift.shift_id in self.voided:
            return
        mine = [one for one in self.attempts.values() if one.shift == shift.shift_id and one.now(self.voided)]
        self.time.forward(1_000)
        done = undo_last(self.book, shift)
        if not mine:
            assert done is None
            return
        last = max(mine, key=lambda one: one.token)
        assert done is not None
        assert done.token == last.token
        self._undo(last, shift.shift_id)

    @rule(
        shift=shifts,
        what=st.sampled_from(("void", "restore", "retire", "rename", "file", "reopen", "close")),
        at=st.integers(0, 9),
    )
    def the_office(self, shift: Shift, what: str, at: int) -> None:
        turf = sorted(self.turfs)[at % len(self.turfs)]
        if what == "void":
            void_shift(self.book, RIDING, shift.shift_id, "lea", "test")
            self.voided.add(shift.shift_id)
            self.ever_voided = True
        elif what == "restore":
            restore_shift(self.book, RIDING, shift.shift_id, "lea")
            self.voided.discard(shift.shift_id)
        elif what == "retire":
            retire_turf(self.book, RIDING, turf, at % 2 == 0)
        elif what == "rename":
            self.turfs[turf] = f"Nord {at}"
            rename_turf(self.book, RIDING, turf, self.turfs[turf])
        elif what == "file":
            (restore_import if self.withdrawn else withdraw_import)(self.book, RIDING, self.roster, "lea")
            self.withdrawn = not self.withdrawn
        elif what == "close":
            close_shift(self.book, shift)
        elif self.openings < 2:
            self.book.close()
            self.book = self._open()
            self.openings += 1

    # --- what must hold -----------------------------------------------------------------------------

    @invariant()
    def the_totals_agree(self) -> None:
        shown, counted = progress(self.book, RIDING), self.standing()
        assert shown.by_code == counted
        assert shown.attempts == sum(counted.values())
        assert shown.contacts == sum(count for code, count in counted.items() if code in CONTACT_CODES)
        for shift in self.every_shift:
            mine = [
                one for one in self.attempts.values() if one.shift == shift.shift_id and one.now(self.voided)
            ]
            assert results_of_shift(self.book, shift) == len(mine)

    @invariant()
    def every_page_shows_what_was_typed(self) -> None:
        for number in self.lines:
            page = open_page(self.book, page_code(number, 1))
            shown = {
                one.line.line: (one.saved.code, one.saved.token)
                for one in page.lines
                if one.saved is not None
            }
            assert shown == {
                line: (one.now(self.voided), one.token) for line, one in self.saved(number).items()
            }

    @invariant()
    @precondition(lambda self: not self.ever_voided)
    def what_people_said_stands(self) -> None:
        """Until a shift is voided: then what a voided replacement had replaced is the fold's to say (tests/simulation)."""
        rows = self.book.read().query("SELECT person_id, support FROM person WHERE riding_id = ?", (RIDING,))
        # Somebody met where nobody was known has a row too, without a name; the pages tell of them.
        known = {one.person_id for one in self.place.people}
        for person, support in rows:
            if bytes(person) in known:
                said = self.support.get(bytes(person))
                assert str(support) == ((said.value(self.voided) if said else "") or "")

    @invariant()
    def turfs_are_found_by_their_names(self) -> None:
        shown = {turf.turf_id: turf.name for turf in list_turfs(self.book, RIDING)}
        # A turf from which others took every door is not in use any more.
        assert shown.items() <= self.turfs.items()
        if not self.withdrawn:
            assert find(self.book, "Tremblay")


SMALL = settings(
    max_examples=14, stateful_step_count=25, derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much], phases=(Phase.generate,),
)  # fmt: skip
LARGE = settings(SMALL, max_examples=150, stateful_step_count=60, derandomize=False, print_blob=True)


def test_whatever_people_do_the_laptop_agrees_with_the_model() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(Laptop, settings=SMALL)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_whatever_people_do_for_long_the_laptop_agrees_with_the_model() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(Laptop, settings=LARGE)
