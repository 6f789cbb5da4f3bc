"""What the keys do, with a real book behind them and no window before them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.desktop.screens.enter.answers import answer_keys
from canvass_app.desktop.screens.enter.machine import Machine
from canvass_app.desktop.screens.enter.orders import Amend, Ask, Close, Order, Save, TakeBack, Turn
from canvass_app.desktop.screens.enter.sitting import Sitting
from canvass_app.domain.numbers import page_code
from canvass_app.domain.scripts import Question, Script
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import WalkListDocument
from canvass_app.services.book import Book
from canvass_app.services.entry import open_page
from tests.desktop.screens.world import RIDING, add_doors, issue, new_book


class Typist:
    """Types keys and carries out what they lead to, as the screen does, one after the other."""

    def __init__(self, book: Book, document: WalkListDocument) -> None:
        self.book, self.document = book, document
        self.machine = Machine(letters=frozenset("LNG"))
        self.sitting = Sitting(book, "Anne Roy")
        self.asked: list[Ask] = []
        self.closed: Close | None = None
        self.machine.open(open_page(book, page_code(document.number, 1)))

    def type(self, *keys: str) -> "Typist":
        for key in keys:
            self._do(self.machine.press(key))
        return self

    def _do(self, order: Order | None) -> None:
        machine = self.machine
        while order is not None:
            if isinstance(order, Save | Amend):
                machine.saved(self.sitting.save(RIDING, self.document.number, order).recorded)
                order = None
            elif isinstance(order, TakeBack):
                order = machine.taken_back(self.sitting.take_back(RIDING, order).recorded)
            elif isinstance(order, Turn):
                machine.open(open_page(self.book, page_code(order.number, order.page)), order.line)
                order = None
            elif isinstance(order, Ask):
                self.asked.append(order)
                return
            else:
                self.closed = order
                machine.page, machine.order = None, None
                return
            order = order or machine.pump()

    def told(self) -> dict[int, str]:
        """What the database holds of the page, by line."""
        assert self.machine.page is not None
        page = open_page(self.book, page_code(self.document.number, self.machine.page.page))
        return {one.line.line: one.saved.support_text or one.saved.code for one in page.lines if one.saved}

    @property
    def line(self) -> int:
        return self.machine.current.line if self.machine.current else 0


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = new_book(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def singles(book: Book) -> Typist:
    """A list of eight doors with one person each."""
    return Typist(book, issue(book, add_doors(book, 8)))


@pytest.fixture
def families(book: Book) -> Typist:
    """Doors with two, one, nobody, and two people: lines 1 2, 3, 4, 5 6 ..."""
    return Typist(book, issue(book, add_doors(book, 4, people=(2, 1, 0, 2))))


def test_one_key_records_a_result_and_goes_to_the_next_line(singles: Typist) -> None:
    singles.type("n", "r", "3", "w", "o")
    assert singles.told() == {1: "not_home", 2: "refused", 3: "3", 4: "WS", 5: "NV"}
    assert singles.line == 6


def test_not_home_holds_for_the_household_and_skips_to_the_next_door(families: Typist) -> None:
    families.type("n")
    assert families.told() == {1: "not_home", 2: "not_home"}
    assert families.line == 3


def test_a_result_of_one_person_leaves_the_other_to_be_typed(families: Typist) -> None:
    families.type("2")
    assert (families.told(), families.line) == ({1: "2"}, 2)


def test_a_capital_right_after_a_level_is_the_second_choice_of_the_line_just_saved(singles: Typist) -> None:
    singles.type("2", "Shift+L", "n")
    assert singles.told() == {1: "2L", 2: "not_home"}


@pytest.mark.parametrize("keys", [("1", "Shift+L"), ("n", "Shift+L"), ("2", "Shift+Q"), ("Shift+L",)])
def test_a_capital_that_completes_nothing_records_nothing_and_says_why(
    singles: Typist, keys: tuple[str, ...]
) -> None:
    singles.type(*keys)
    assert "L" not in "".join(singles.told().values())
    assert singles.machine.notice.kind == "no_second"


def test_answers_are_added_to_the_conversation_just_saved(singles: Typist) -> None:
    singles.type("2", ",", "p", "h", "Enter")
    mark = singles.machine.marks[1]
    assert (mark.support, mark.answers) == ("2", {"pledge": ("yes",), "issue": ("health",)})
    assert singles.line == 2
    assert singles.told() == {1: "2"}


def test_result_keys_are_answers_only_while_the_answers_are_open(singles: Typist) -> None:
    singles.type("2", ",", "n", "Enter", "n")
    assert singles.told() == {1: "2", 2: "not_home"}


def test_an_answer_typed_twice_is_taken_away_and_escape_keeps_what_was(singles: Typist) -> None:
    singles.type("4", ",", "p", "p", "Enter")
    assert singles.machine.marks[1].answers == {}
    singles.type(",", "s", "Esc")
    assert singles.machine.marks[1].answers == {}


def test_answers_alone_make_a_conversation_without_a_level(singles: Typist) -> None:
    singles.type("a", "Shift+P", "Enter")
    mark = singles.machine.marks[1]
    assert (mark.code, mark.support, mark.answers) == ("canvassed", "", {"pledge": ("no",)})
    assert singles.line == 2


def test_an_answer_in_words_is_asked_for(singles: Typist) -> None:
    singles.type("2", ",")
    words = next(option for option in singles.machine.options if option.in_words)
    singles.type(words.key)
    assert singles.asked[0].answer == words
    singles.machine.answer_words(words, "by telephone")
    singles.type("Enter")
    assert singles.machine.marks[1].answers == {"reach": ("by", "telephone")}


def test_undo_goes_back_to_the_start_of_the_shift_and_no_further(families: Typist) -> None:
    families.type("n", "2", "Shift+L", ",", "p", "Enter", "r")
    assert families.told() == {1: "not_home", 2: "not_home", 3: "2L", 4: "refused"}
    families.type("Backspace")
    assert (families.told(), families.line) == ({1: "not_home", 2: "not_home", 3: "2L"}, 4)
    families.type("Ctrl+Z")
    assert families.machine.marks[3].answers == {}
    assert families.told()[3] == "2L"
    families.type("Ctrl+Z", "Backspace")
    assert (families.told(), families.line) == ({}, 1)
    families.type("Backspace")
    assert families.machine.notice.kind == "nothing_to_undo"


def test_undo_of_a_correction_puts_the_first_result_back(singles: Typist) -> None:
    singles.type("n", "Up", "2", "Shift+G")
    assert singles.told() == {1: "2G"}
    singles.type("Backspace")
    assert singles.told() == {1: "not_home"}
    singles.type("Backspace")
    assert singles.told() == {}


def test_undo_of_a_household_code_puts_every_result_of_the_household_back(families: Typist) -> None:
    families.type("2", "r", "Up", "n")
    assert families.told() == {1: "not_home", 2: "not_home"}
    families.type("Backspace")
    assert families.told() == {1: "2", 2: "refused"}
    families.type("Backspace", "Backspace")
    assert families.told() == {}


def test_undo_crosses_pages(book: Book) -> None:
    typist = Typist(book, issue(book, add_doors(book, 20)))
    lines = len(typist.machine.rows)
    typist.type(*"n" * lines, "Enter", "r")
    assert typist.machine.page is not None
    assert typist.machine.page.page == 2
    typist.type("Backspace", "Backspace")
    assert typist.machine.page.page == 1
    assert typist.line == lines
    assert len(typist.told()) == lines - 1


def test_enter_skips_a_line_and_a_correction_does_not_come_back_to_it(singles: Typist) -> None:
    singles.type("Enter", "n", "n", "Up", "r")
    assert singles.told() == {2: "not_home", 3: "refused"}
    assert singles.line == 4


def test_moving_records_nothing(singles: Typist) -> None:
    singles.type("Down", "Down", "Up", "End", "Home", "Down")
    assert singles.told() == {}
    assert singles.line == 2


def test_a_page_opened_again_begins_at_the_first_line_without_a_result(singles: Typist) -> None:
    singles.type("n", "n", "n")
    again = Typist(singles.book, singles.document)
    assert again.line == 4


def test_barred_doors_are_skipped_and_take_no_result(singles: Typist) -> None:
    singles.type("x")
    from canvass_app.services.turfs import list_turfs
    from canvass_app.services.walk_lists import issue_walk_list

    turf = list_turfs(singles.book, RIDING)[0]
    later = Typist(singles.book, issue_walk_list(singles.book, RIDING, turf.turf_id, anyway=True).document)
    assert later.machine.rows[0].barred
    assert later.line == 2
    later.type("Up")
    assert later.line == 2
    later.machine.go_to(1)
    later.type("n")
    assert later.told() == {}
    assert later.machine.notice.kind == "barred"


def test_the_end_of_the_last_page_closes_the_list(singles: Typist) -> None:
    singles.type(*"n" * 8)
    assert singles.machine.at_end
    singles.type("n")
    assert singles.machine.notice.kind == "at_end"
    singles.type("Enter")
    assert singles.closed == Close(finished=True)


def test_keys_wait_while_a_result_is_being_written_and_none_is_lost(singles: Typist) -> None:
    machine = singles.machine
    first = machine.press("n")
    assert isinstance(first, Save)
    assert [machine.press(key) for key in ("r", "2", "Shift+L")] == [None, None, None]
    assert machine.waiting == 3
    machine.saved(singles.sitting.save(RIDING, singles.document.number, first).recorded)
    singles._do(machine.pump())
    assert singles.told() == {1: "not_home", 2: "refused", 3: "2L"}


def test_a_result_that_could_not_be_saved_stops_the_queue_and_keeps_it(singles: Typist) -> None:
    machine = singles.machine
    order = machine.press("n")
    machine.press("r")
    machine.failed()
    assert machine.press("5") is None
    assert singles.told() == {}
    assert machine.press("Enter") is order
    singles._do(order)
    assert singles.told() == {1: "not_home", 2: "refused"}


def test_escape_after_a_failure_leaves_out_what_was_not_saved(singles: Typist) -> None:
    machine = singles.machine
    machine.press("n")
    machine.press("r")
    machine.failed()
    machine.press("Esc")
    assert (machine.waiting, singles.line, singles.told()) == (0, 1, {})


def test_a_person_is_found_by_name_and_a_door_by_number(singles: Typist) -> None:
    assert singles.machine.find("mcall")
    assert singles.line == 4
    assert singles.machine.find("15")
    assert singles.line == 8
    assert not singles.machine.find("Nobody")
    assert singles.line == 8


def test_a_line_number_leads_to_its_line_or_says_that_there_is_none(singles: Typist) -> None:
    assert singles.machine.go_to(5)
    assert singles.line == 5
    assert not singles.machine.go_to(99)
    assert singles.machine.notice.kind == "no_line"


def test_a_new_person_after_moved_is_added_at_the_door_that_was_left(families: Typist) -> None:
    families.type("3", "m")
    door = families.machine.person_door()
    assert door is not None
    assert door.line == 2
    families.type("n")
    door = families.machine.person_door()
    assert door is not None
    assert door.line == families.line


def test_no_two_answers_share_a_key() -> None:
    words = Text("x", "x")
    questions = tuple(Question(name, "yes_no", words, words) for name in ("pledge", "people", "e", "pl"))
    keys = [one.key for one in answer_keys(Script("s", 1, words, words, questions))]
    assert len(keys) == len(set(keys)) == 8
