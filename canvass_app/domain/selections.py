"""Selections: which doors are meant, as a pure value that can be kept, sent and said.

A selection is a tree of and, or, not over conditions of one door. Each condition is true or false of every door, so that
"not" is exactly the doors that the condition leaves over. What is said of people is true of a door where *somebody* who
lives there and may be contacted is so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, TypeAlias, cast

from .address import fold
from .codes import BY_CODE
from .errors import InputError
from .streets import Parity
from .support import LEVELS, SECOND_CHOICE_LEVELS
from .text import Text

State = Literal["never", "not_home", "come_back", "talked", "final", "remind", "barred"]
STATES: Mapping[str, Text] = {
    "never": Text("never tried", "jamais tentée"),
    "not_home": Text("not home", "absent"),
    "come_back": Text("come back later", "repasser plus tard"),
    "talked": Text("talked", "conversation"),
    "final": Text("final answer", "réponse définitive"),
    "remind": Text("supporters to remind", "sympathisants à relancer"),
    "barred": Text("do not knock", "ne pas frapper"),
}
REMINDED = ("1", "2")
"""The support levels of those whom one reminds to vote."""

MAX_CONDITIONS, MAX_DEPTH, MAX_VALUES, MAX_WORD, MAX_POINTS, MAX_NUMBER = 100, 12, 200, 80, 500, 999_999
MAX_LENGTH = 20_000
"""Characters of a selection as it is kept: what a text of the record may have."""


@dataclass(frozen=True, slots=True)
class InState:
    """The door is in one of these states. "come_back" doors are "not_home" too, as on the map."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastResult:
    """The last attempt there ended with one of these result codes."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supports:
    """Somebody there is of one of these levels: "2" with any second choice or none, "2L" with that one."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody there gave one of these answers to a question; no answers named: any."""

    question: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaks:
    """Somebody there speaks one of these languages: "en", "fr", or as the file writes it, in small letters."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InDivision:
    """The door lies in one of these polling divisions."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnStreet:
    """The door's street, side and civic numbers; "" is any street, 0 an open end.

    The street is as people write it. A type or direction that it does not name may be any: "Birch" is Birch Street and
    Birch Avenue.
    """

    street: str = ""
    side: Parity = "both"
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class TriedSince:
    """The last attempt there was on this day (ISO, where the campaign is) or later."""

    day: str


@dataclass(frozen=True, slots=True)
class Inside:
    """The door stands within a line drawn on the map: corners (lon_e6, lat_e6), closed by itself, even-odd rule.

    A door without a place on the map is in none.
    """

    points: tuple[tuple[int, int], ...]


Condition: TypeAlias = (
    InState | LastResult | Supports | Answered | Speaks | InDivision | OnStreet | TriedSince | Inside
)


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; without parts, every door."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts at least; without parts, no door."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The doors that `part` leaves over."""

    part: Node


Node: TypeAlias = Condition | And | Or | Not
EVERY = And()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which doors, and whether those are meant too that are kept out by themselves."""

    where: Node = EVERY
    barred: bool = False
    """Doors that nobody is to knock at as well."""
    out: bool = False
    """Doors on a walk list that is issued and not returned as well."""


_NAMES: dict[str, type[Condition]] = {
    "state": InState, "result": LastResult, "support": Supports, "answer": Answered, "language": Speaks,
    "division": InDivision, "street": OnStreet, "tried": TriedSince, "inside": Inside,
}  # fmt: skip
_CALLED = {kind: name for name, kind in _NAMES.items()}


def conditions(node: Node) -> Iterator[Condition]:
    """The conditions of a tree, from left to right."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from conditions(part)
    elif isinstance(node, Not):
        yield from conditions(node.part)
    else:
        yield node


# --- kept and sent ------------------------------------------------------------------------------


def as_json(selection: Selection) -> str:
    """The selection in one compact line, the same for equal ones."""
    said: dict[str, object] = {"v": 1, "where": _listed(selection.where)}
    said |= {name: True for name in ("barred", "out") if getattr(selection, name)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _listed(node: Node) -> list[object]:
    if isinstance(node, And | Or):
        return ["and" if isinstance(node, And) else "or", *map(_listed, node.parts)]
    if isinstance(node, Not):
        return ["not", _listed(node.part)]
    name = _CALLED[type(node)]
    if isinstance(node, Inside):
        return [name, *(number for point in node.points for number in point)]
    if isinstance(node, Answered):
        return [name, node.question, *node.values]
    values = [getattr(node, one.name) for one in fields(node)]
    return [name, *(values[0] if isinstance(values[0], tuple) else values)]


def from_json(text: str) -> Selection:
    """What `as_json` wrote. Raises InputError when it is damaged, or made by a program that knows more."""
    try:
        if len(text) > MAX_LENGTH:
            raise ValueError
        said = cast("dict[str, Any]", json.loads(text))
        if said["v"] != 1 or not said.keys() <= {"v", "where", "barred", "out"}:
            raise ValueError
        selection = Selection(_node(said["where"]), said.get("barred") is True, said.get("out") is True)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise InputError(_UNREADABLE) from error
    return checked(selection)


def _node(said: Any) -> Node:
    name, *rest = cast("list[Any]", said)
    if name in ("and", "or"):
        return (And if name == "and" else Or)(tuple(map(_node, rest)))
    if name == "not":
        (part,) = rest
        return Not(_node(part))
    kind = _NAMES[name]
    if kind is Inside:
        numbers = iter(rest)
        return Inside(tuple(zip(numbers, numbers, strict=True)))
    if kind is Answered:
        return Answered(rest[0], tuple(rest[1:]))
    return kind(*rest) if kind in (OnStreet, TriedSince) else cast("Any", kind)(tuple(rest))


# --- checked ------------------------------------------------------------------------------------


def checked(selection: Selection) -> Selection:
    """The selection itself. Raises InputError for what can be no selection: an unknown word, a bad day, too much of it."""
    check(selection.where)
    if len(as_json(selection)) > MAX_LENGTH:
        raise InputError(_TOO_MUCH.fill(most=MAX_CONDITIONS))
    return selection


def check(node: Node, depth: int = MAX_DEPTH) -> None:
    """Raises InputError as `checked` does."""
    if depth == 0 or (depth == MAX_DEPTH and sum(1 for _ in conditions(node)) > MAX_CONDITIONS):
        raise InputError(_TOO_MUCH.fill(most=MAX_CONDITIONS))
    if isinstance(node, And | Or):
        for part in node.parts:
            check(part, depth - 1)
    elif isinstance(node, Not):
        check(node.part, depth - 1)
    elif isinstance(node, OnStreet):
        _check_street(node)
    elif isinstance(node, TriedSince):
        _check_day(node.day)
    elif isinstance(node, Inside):
        _check_points(node.points)
    else:
        _check_values(node)


def _check_values(node: InState | LastResult | Supports | Answered | Speaks | InDivision) -> None:
    words = node.values if not isinstance(node, Answered) else (node.question, *node.values)
    # What comes from another program may be of any type.
    if not words or len(words) > MAX_VALUES or not all(map(_is_word, words)):
        raise InputError(_NO_VALUE)
    for one in node.values:
        if isinstance(node, InState) and one not in STATES:
            raise InputError(_NO_STATE.fill(word=one, known=known_words(STATES)))
        if isinstance(node, LastResult) and one not in BY_CODE:
            raise InputError(_NO_RESULT.fill(word=one))
        if isinstance(node, Supports) and not _is_level(one):
            raise InputError(_NO_LEVEL.fill(word=one))


def _is_word(word: object) -> bool:
    return (
        isinstance(word, str)
        and 0 < len(word) <= MAX_WORD
        and word.isprintable()
        and word == " ".join(word.split())
    )


def _is_level(word: str) -> bool:
    return word in LEVELS or (
        len(word) == 2 and word[0] in SECOND_CHOICE_LEVELS and word[1].isalpha() and word[1].isupper()
    )


def _check_street(node: OnStreet) -> None:
    ends = (node.first, node.last)
    if (node.street and not (_is_word(node.street) and fold(node.street))) or not isinstance(
        node.street, str
    ):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError(_NO_STREET)
    if node.side not in ("both", "odd", "even"):
        raise InputError(_NO_SIDE.fill(word=str(node.side)))
    if not all(type(end) is int and 0 <= end <= MAX_NUMBER for end in ends):
        raise InputError(_NO_NUMBERS)
    if node.last and node.first > node.last:
        raise InputError(_BACKWARDS.fill(first=str(node.first), last=str(node.last)))
    if not (node.street or any(ends) or node.side != "both"):
        raise InputError(_NO_STREET)


def _check_day(day: str) -> None:
    try:
        if date.fromisoformat(day).isoformat() != day or not "2000" <= day < "2200":
            raise ValueError
    except (ValueError, TypeError) as error:
        raise InputError(_NO_DAY.fill(word=str(day)[:MAX_WORD])) from error


def _check_points(points: tuple[tuple[int, int], ...]) -> None:
    if not 3 <= len(points) <= MAX_POINTS:
        raise InputError(_NO_LASSO.fill(most=MAX_POINTS))
    for lon, lat in points:
        if type(lon) is not int or type(lat) is not int or abs(lon) > 180_000_000 or abs(lat) > 90_000_000:
            raise InputError(_NO_LASSO.fill(most=MAX_POINTS))


def known_words(table: Mapping[str, Text]) -> Text:
    """The words of a table, for an error that lists them."""
    return Text(", ".join(table), ", ".join(text.fr for text in table.values()))


_UNREADABLE = Text(
    "This selection cannot be read: it is damaged, or a newer version of Canvass made it. Nothing was changed. Update "
    "Canvass, or make the selection again.",
    "Cette sélection est illisible : elle est endommagée ou vient d’une version plus récente de Canvass. Rien n’a été "
    "modifié. Mettez Canvass à jour ou refaites la sélection.",
)
_TOO_MUCH = Text(
    "The selection is too long: at most {most} conditions, twelve deep. Nothing was changed. Make two selections of it.",
    "La sélection est trop longue : au plus {most} conditions, sur douze niveaux. Rien n’a été modifié. Faites-en deux.",
)
_NO_VALUE = Text(
    "A condition names nothing, or too much. Nothing was changed. Choose a value, or take the condition away.",
    "Une condition ne nomme rien, ou trop de choses. Rien n’a été modifié. Choisissez une valeur ou retirez la condition.",
)
_NO_STATE = Text(
    "“{word}” is not a state. There are: {known}.", "« {word} » n’est pas un état. Il y a : {known}."
)
_NO_RESULT = Text(
    "“{word}” is not a result, such as not_home or refused.",
    "« {word} » n’est pas un résultat, comme « absent » ou « refus ».",
)
_NO_LEVEL = Text(
    "“{word}” is not a support level. Write 1 to 5, WS or NV; 2 to 5 with a party’s letter, such as 2L.",
    "« {word} » n’est pas un niveau d’appui. Écrivez 1 à 5, WS ou NV; 2 à 5 avec la lettre d’un parti, comme 2L.",
)
_NO_STREET = Text(
    "The condition names no street, side or numbers. Nothing was changed.",
    "La condition ne nomme ni rue, ni côté, ni numéros. Rien n’a été modifié.",
)
_NO_SIDE = Text("“{word}” is not a side: odd or even.", "« {word} » n’est pas un côté : pair ou impair.")
_NO_NUMBERS = Text(
    "Civic numbers are whole numbers up to 999,999, such as 1-99.",
    "Les numéros civiques sont des nombres entiers jusqu’à 999 999, comme 1-99.",
)
_BACKWARDS = Text(
    "The numbers go backwards: {first} to {last}. Write the smaller one first.",
    "Les numéros vont à rebours : de {first} à {last}. Écrivez d’abord le plus petit.",
)
_NO_DAY = Text(
    "“{word}” is not a day. Write it as 2026-11-03.",
    "« {word} » n’est pas un jour. Écrivez-le ainsi : 2026-11-03.",
)
_NO_LASSO = Text(
    "A lasso has 3 to {most} corners. Draw it on the map again.",
    "Un lasso a de 3 à {most} sommets. Tracez-le de nouveau sur la carte.",
)
