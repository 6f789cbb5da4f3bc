"""Selections as values: kept, typed, said, and refused in words that point at the place."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.domain.errors import InputError
from canvass_app.domain.scripts import Choice, Question, Script
from canvass_app.domain.selection_language import SelectionError, parse_selection, typed
from canvass_app.domain.selection_rows import as_rows, from_rows
from canvass_app.domain.selection_words import selection_words
from canvass_app.domain.selections import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    MAX_POINTS,
    And,
    Answered,
    InDivision,
    Inside,
    InState,
    Node,
    Not,
    OnStreet,
    Or,
    Selection,
    Speaks,
    Supports,
    TriedSince,
    as_json,
    checked,
    from_json,
)
from canvass_app.domain.text import Text
from tests.selections_kit import CONDITIONS, RIDINGS, Door, is_true, trees

WORD = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
STRANGE: st.SearchStrategy[Node] = st.one_of(
    CONDITIONS,
    st.lists(WORD, min_size=2, max_size=3).map(lambda words: InDivision(tuple(words))),
    WORD.map(lambda word: InDivision((f"13 {word}",))),
    st.tuples(WORD, st.sampled_from(["health", "a b", 'say "no"', "=,", "\\"])).map(lambda one: Answered(one[0], (one[1],))),
)  # fmt: skip


@given(trees(STRANGE), st.booleans(), st.booleans())
def test_what_is_kept_is_read_again_as_it_was(where: Node, barred: bool, out: bool) -> None:
    selection = Selection(where, barred, out)
    assert from_json(as_json(selection)) == selection


@given(trees(STRANGE))
def test_what_is_written_back_can_be_typed_again(where: Node) -> None:
    assert parse_selection(typed(where)) == where


@given(trees(), st.booleans())
def test_every_selection_can_be_said_in_both_languages(where: Node, barred: bool) -> None:
    said = selection_words(Selection(where, barred))
    assert said.en
    assert said.fr
    assert "{" not in said.en + said.fr


@given(st.text(alphabet='()"“”«» :,=and0-9orstaeivrul\\\n', max_size=30))
def test_whatever_is_typed_is_a_selection_or_an_error_that_points_into_it(text: str) -> None:
    found = _error(text)
    if found is not None:
        assert 0 <= found.at <= len(text)
        assert found.text.en.splitlines()[-1] == " " * found.at + "^"


def _error(text: str) -> SelectionError | None:
    try:
        checked(Selection(parse_selection(text)))
    except SelectionError as error:
        return error
    return None


NOT_HOME_ON_BIRCH = And(
    (InState(("not_home",)), OnStreet("Birch St", "odd", 1, 99), Not(TriedSince("2026-11-01")))
)


@pytest.mark.parametrize(
    "text",
    [
        'state:not_home and street:"Birch St" odd 1-99 and not tried-since:2026-11-01',
        'state:not-home street:"Birch St" odd 1-99 not tried-since:2026-11-01',
        "état:absent et rue:«Birch St» impair 1-99 et non tentée-depuis:2026-11-01",
        'ETAT:ABSENT ET RUE:"Birch St" IMPAIR 1–99 ET SAUF tentee-depuis:2026-11-01',
        '(state:not_home) and (street:"Birch St" 1-99 odd) and (not (tried-since:2026-11-01))',
    ],
)
def test_one_selection_is_typed_in_english_and_in_french(text: str) -> None:
    assert parse_selection(text) == NOT_HOME_ON_BIRCH


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("all", And()),
        ("toutes", And()),
        ("division:12,13", InDivision(("12", "13"))),
        ('section:"13 A"', InDivision(("13 A",))),
        ("language:French,anglais", Speaks(("fr", "en"))),
        ("support:2l,ws", Supports(("2L", "WS"))),
        ("réponse:pancarte=oui", Answered("pancarte", ("yes",))),
        ("odd", OnStreet("", "odd")),
        ("side:even", OnStreet("", "even")),
        ("numéros:7", OnStreet("", "both", 7, 7)),
        ("100-", OnStreet("", "both", 100, 0)),
        ("state:never or state:talked and odd", Or((InState(("never",)), And((InState(("talked",)), OnStreet("", "odd")))))),
    ],
)  # fmt: skip
def test_typed_words_mean_what_they_say(text: str, tree: Node) -> None:
    assert parse_selection(text) == tree


@pytest.mark.parametrize(
    ("text", "at", "english"),
    [
        ("", 0, "Nothing is typed"),
        ("state:never and colour:red", 16, "“colour:red” is not a condition"),
        ("division:12 and state:never,hom", 28, "“hom” is not a state"),
        ("street:Birch St odd", 13, "“St” is not a condition"),
        ("odd and (state:never", 8, "This bracket is not closed"),
        ("odd )", 4, "This bracket closes nothing"),
        ("odd and", 7, "A condition is missing"),
        ("odd or and even", 7, "A condition is missing"),
        ('division:12 street:"Birch', 19, "A quotation mark is not closed"),
        ("division:12,", 12, "A value is missing"),
        ("tried-since:2026-02-30", 12, "“2026-02-30” is not a day"),
        ("support:8", 8, "“8” is not a support level"),
        ("result:gone", 7, "“gone” is not a result"),
        ("street:Birch 99-1", 13, "These numbers go backwards"),
        ("lasso:45.1;-75.2", 6, "A lasso has 3"),
        ("not " * 14 + "odd", 44, "Too many brackets"),
    ],
)
def test_an_error_points_at_the_place(text: str, at: int, english: str) -> None:
    with pytest.raises(SelectionError) as caught:
        parse_selection(text)
    assert caught.value.at == at
    assert caught.value.brief.en.startswith(english)
    assert caught.value.brief.fr != caught.value.brief.en
    assert caught.value.say("fr").splitlines()[-1] == " " * at + "^"


SCRIPT = Script(
    "door", 1, Text("Door", "Porte"), Text("", ""),
    (Question("sign", "single", Text("A lawn sign?", "Une pancarte?"), Text("lawn sign", "pancarte"),
              (Choice("big", "b", Text("a big one", "une grande")),)),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        (
            'state:not_home and street:"Birch Street" odd and not tried-since:2026-11-03',
            "not home, on Birch Street, odd side, not tried since 3 November 2026",
            "absent, rue : Birch Street, côté impair, non tentée depuis le 3 novembre 2026",
        ),
        (
            "state:never and (division:12 or support:2L)",
            "never tried, (in polling division 12 or somebody with weak support (2), second choice L)",
            "jamais tentée, (dans la section de vote 12 ou quelqu’un avec appui faible (2), second choix L)",
        ),
        (
            "answer:sign=big,no and not answer:sign",
            "somebody said a big one or no to “lawn sign”, no answer to “lawn sign”",
            "quelqu’un a dit une grande ou non à « pancarte », sans réponse à « pancarte »",
        ),
        ("tried-since:2026-11-01", "tried since 1 November 2026", "tentée depuis le 1er novembre 2026"),
        ("not (odd or even)", "not (odd side or even side)", "sauf (côté impair ou côté pair)"),
        ("all", "every door", "toutes les portes"),
    ],
)
def test_a_selection_is_said_in_words(text: str, english: str, french: str) -> None:
    assert selection_words(Selection(parse_selection(text)), SCRIPT) == Text(english, french)


def test_what_is_chosen_too_is_said() -> None:
    said = selection_words(Selection(barred=True, out=True))
    assert said.en == "every door; those that asked not to be contacted too; those on open walk lists too"


SQUARE = ((0, 0), (9, 0), (9, 9))


@pytest.mark.parametrize(
    "where",
    [
        InState(()), InState(("gone",)), Supports(("2l",)), Supports(("1L",)), Speaks((" fr",)), InDivision(("a\nb",)),
        InDivision(("x" * 81,)), OnStreet(), OnStreet("…"), OnStreet("Birch", "left"), OnStreet("Birch", "odd", 9, 1),  # type: ignore[arg-type]
        OnStreet("Birch", "odd", -1, 1), TriedSince("03/11/2026"), TriedSince("1999-01-01"), Inside(SQUARE[:2]),
        Inside(SQUARE * MAX_POINTS), Inside(((0, 0), (1, 1), (0, 91_000_000))), Answered("", ("yes",)),
        And((InState(("never",)),) * (MAX_CONDITIONS + 1)), InDivision((True,)),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_what_can_be_no_selection_is_refused_in_words(where: Node) -> None:
    with pytest.raises(InputError) as caught:
        checked(Selection(where))
    assert caught.value.say("fr") != caught.value.say("en")


def test_a_tree_may_be_as_deep_as_it_may_be_and_no_deeper() -> None:
    node: Node = InState(("never",))
    for _ in range(MAX_DEPTH - 1):
        node = Not(node)
    assert from_json(as_json(Selection(node))).where == node
    with pytest.raises(InputError):
        from_json(as_json(Selection(Not(node))))


@pytest.mark.parametrize(
    "said",
    [
        "", "null", "[]", '"x"', '{"v":2,"where":["and"]}', '{"v":1}', '{"v":1,"where":[]}', '{"v":1,"where":["and"],"new":1}',
        '{"v":1,"where":["weather","rain"]}', '{"v":1,"where":["not"]}', '{"v":1,"where":["inside",1,2,3]}',
        '{"v":1,"where":["street","Birch",{},1,2]}', '{"v":1,"where":["tried",7]}', '{"v":1,"where":["state",[1]]}',
        '{"v":1,"where":["answer"]}', '{"v":1,"where":["inside",1.5,2,3,4,5,6]}', '{"v":1,"where":["street",7]}',
        '{"v":1,"where":' + '["not",' * 3000 + '["and"]' + "]" * 3000 + "}",
    ],
)  # fmt: skip
def test_what_another_program_may_have_written_is_refused_in_words(said: str) -> None:
    with pytest.raises(InputError):
        from_json(said)


@given(
    st.recursive(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.sampled_from(["and", "not", "state", "never", "street", "inside"]),
        ),
        lambda inner: st.lists(inner, max_size=5),
    )
)
def test_no_rubbish_breaks_the_reader(where: Any) -> None:
    with suppress(InputError):
        from_json(json.dumps({"v": 1, "where": where}))


@given(trees(), RIDINGS)
def test_a_selection_as_rows_means_the_same_doors(where: Node, doors: list[Door]) -> None:
    rows = as_rows(where)
    if rows is None:
        return
    again = from_rows(rows)
    assert [is_true(again, door) for door in doors] == [is_true(where, door) for door in doors]
    assert as_rows(again) == rows


def test_rows_are_runs_of_and_between_the_ors() -> None:
    where = parse_selection("odd and not state:never or division:12 and even")
    rows = as_rows(where)
    assert rows is not None
    assert [(row.joined, row.yes) for row in rows] == [
        ("and", True),
        ("and", False),
        ("or", True),
        ("and", True),
    ]
    assert from_rows(rows) == where
    assert as_rows(And()) == ()
    assert as_rows(Not(And())) is None
    many = " and ".join(f"(division:{n} or state:never)" for n in range(20))
    assert as_rows(parse_selection(many)) is None
