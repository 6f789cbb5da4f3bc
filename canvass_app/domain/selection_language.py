"""Selections as somebody types them, in English or French words, and written back.

state:not_home and street:"Birch St" odd 1-99 and not tried-since:2026-11-01
état:absent et rue:"rue du Bouleau" impair 1-99 et non tentée-depuis:2026-11-01

either    = both { ("or" | "ou") both }
both      = one { ["and" | "et"] one }
one       = ("not" | "non" | "sauf") one | "(" either ")" | "all" | condition
condition = word ":" value { "," value } | [street] side | [street] numbers
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, NoReturn

from .address import fold
from .codes import result_code
from .errors import InputError
from .selections import (
    EVERY,
    MAX_DEPTH,
    STATES,
    And,
    Answered,
    Condition,
    InDivision,
    Inside,
    InState,
    LastResult,
    Node,
    Not,
    OnStreet,
    Or,
    Speaks,
    Supports,
    TriedSince,
    check,
    known_words,
)
from .streets import Parity
from .text import Text

_TOKEN = re.compile(r'\s*(?:(?P<bracket>[()])|(?P<word>(?:[^\s()"“”«»]|"(?:\\.|[^"\\])*"|“[^”]*”|«[^»]*»)+))')
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"|“([^”]*)”|«\s?([^»]*?)\s?»')
_NUMBERS = re.compile(r"(\d{0,6})\s*([-–])\s*(\d{0,6})|(\d{1,6})")
_PLAIN = re.compile(r"[\w.’'/½¼¾=-]+")

_AND, _OR, _NOT, _ALL = {"AND", "ET"}, {"OR", "OU"}, {"NOT", "NON", "SAUF", "PAS"}, {"ALL", "TOUTES", "TOUT"}
_SIDES: dict[str, Parity] = {
    "ODD": "odd",
    "EVEN": "even",
    "IMPAIR": "odd",
    "PAIR": "even",
    "IMPAIRS": "odd",
    "PAIRS": "even",
}
_STATE_WORDS = {
    "NEVER": "never", "NEVER TRIED": "never", "JAMAIS": "never", "JAMAIS TENTEE": "never", "NOT HOME": "not_home",
    "ABSENT": "not_home", "COME BACK": "come_back", "COME BACK LATER": "come_back", "REPASSER": "come_back",
    "REPASSER PLUS TARD": "come_back", "TALKED": "talked", "CONVERSATION": "talked", "FINAL": "final",
    "FINAL ANSWER": "final", "REPONSE DEFINITIVE": "final", "DEFINITIVE": "final", "REMIND": "remind",
    "SUPPORTERS": "remind", "SUPPORTERS TO REMIND": "remind", "RELANCER": "remind", "SYMPATHISANTS": "remind",
    "SYMPATHISANTS A RELANCER": "remind", "BARRED": "barred", "DO NOT KNOCK": "barred", "NE PAS FRAPPER": "barred",
}  # fmt: skip
_LANGUAGE_WORDS = {
    "EN": "en", "ENGLISH": "en", "ANGLAIS": "en", "FR": "fr", "FRENCH": "fr", "FRANCAIS": "fr",
}  # fmt: skip


class SelectionError(InputError):
    """A typed selection that cannot be understood: `at` is the place of the first wrong character, from 0."""

    def __init__(self, text: Text, typed: str, at: int) -> None:
        pointed = f"{typed}\n{' ' * at}^"
        super().__init__(Text(f"{text.en}\n{pointed}", f"{text.fr}\n{pointed}"))
        self.brief = text
        """Without the line that points."""
        self.at = at


class _Token(NamedTuple):
    text: str
    at: int


def parse_selection(text: str) -> Node:
    """The tree that a typed selection means. Raises SelectionError, which points at the place."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        # A line of its own stands under the text to point at the place: it is one line.
        self._text = text = (
            " ".join(text.split("\n")).replace("\t", " ").replace("\r", " ").replace("\u00a0", " ")
        )
        self._tokens: list[_Token] = []
        self._place = 0
        end = len(text.rstrip())
        at = 0
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                self._fail(_QUOTES, at + len(text[at:]) - len(text[at:].lstrip()))
            self._tokens.append(
                _Token(
                    match["bracket"] or match["word"], match.start("bracket" if match["bracket"] else "word")
                )
            )
            at = match.end()

    def read(self) -> Node:
        """The whole text."""
        if not self._tokens:
            self._fail(_EMPTY, 0)
        found = self._either(MAX_DEPTH)
        token = self._peek()
        if token is not None:
            self._fail(_CLOSED_ONCE_MORE, token.at)
        try:
            check(found)
        except InputError as error:
            self._fail(error.text, 0)
        return found

    def _fail(self, text: Text, at: int, **values: object) -> NoReturn:
        raise SelectionError(text.fill(**values) if values else text, self._text, at)

    def _peek(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _next_is(self, words: set[str]) -> bool:
        token = self._peek()
        if token is None or fold(token.text) not in words or '"' in token.text:
            return False
        self._place += 1
        return True

    def _either(self, depth: int) -> Node:
        parts = [self._both(depth)]
        while self._next_is(_OR):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self, depth: int) -> Node:
        parts = [self._one(depth)]
        while True:
            token = self._peek()
            if not self._next_is(_AND) and (token is None or token.text == ")" or fold(token.text) in _OR):
                return parts[0] if len(parts) == 1 else And(tuple(parts))
            parts.append(self._one(depth))

    def _one(self, depth: int) -> Node:
        token = self._peek()
        if token is None:
            self._fail(_MISSING, len(self._text.rstrip()))
        if depth < 2:
            self._fail(_DEEP, token.at)
        if self._next_is(_NOT):
            return Not(self._one(depth - 1))
        if self._next_is(_ALL):
            return EVERY
        self._place += 1
        if token.text == "(":
            found = self._either(depth - 1)
            close = self._peek()
            if close is None or close.text != ")":
                self._fail(_OPEN, token.at)
            self._place += 1
            return found
        if token.text == ")" or fold(token.text) in _AND | _OR:
            self._fail(_MISSING, token.at)
        return self._condition(token)

    def _condition(self, token: _Token) -> Condition:
        word, colon, rest = token.text.partition(":")
        if not colon:
            self._place -= 1
            found = self._along("")
            if found is None:
                self._fail(_NO_CONDITION, token.at, word=token.text, known=known_words(_SHOWN))
            return found
        key = _KEYS.get(fold(word).replace("-", " ").replace("_", " "))
        if key is None:
            self._fail(_NO_CONDITION, token.at, word=token.text, known=known_words(_SHOWN))
        at = token.at + len(word) + 1
        if key in ("side", "numbers"):
            self._tokens[self._place - 1] = _Token(rest, at)
            self._place -= 1
            found = self._along("")
            if found is None:
                self._fail(_BAD_SIDE if key == "side" else _BAD_NUMBERS, at, word=rest)
            return found
        if key == "answer":
            return self._answer(rest, at)
        values = self._values(rest, at)
        if key == "street":
            return self._street(values, at)
        found = _MAKERS[key](tuple(self._read(key, value, place) for value, place in values))
        try:
            check(found)
        except InputError as error:
            self._fail(error.text, at)
        return found

    def _values(self, text: str, at: int) -> list[tuple[str, int]]:
        """The values between commas that stand outside of quotation marks, and where each stands."""
        found: list[tuple[str, int]] = []
        start, inside = 0, ""
        closing = {'"': '"', "“": "”", "«": "»"}
        place = 0
        while place <= len(text):
            mark = text[place : place + 1]
            if inside == '"' and mark == "\\":
                place += 1
            elif inside:
                inside = "" if mark == inside else inside
            elif mark in closing and mark:
                inside = closing[mark]
            elif not mark or mark == ",":
                value = _unquoted(text[start:place])
                if not value:
                    self._fail(_NO_VALUE, at + start)
                found.append((value, at + start))
                start = place + 1
            place += 1
        return found

    def _read(self, key: str, value: str, at: int) -> str:
        """A value in the words of the record."""
        folded = fold(value.replace("_", " ").replace("-", " "))
        if key == "state":
            if folded not in _STATE_WORDS:
                self._fail(_NO_STATE, at, word=value, known=known_words(STATES))
            return _STATE_WORDS[folded]
        if key == "result":
            try:
                return result_code(value).code
            except InputError as error:
                self._fail(error.text, at)
        if key == "support":
            return value.upper()
        if key == "language":
            return _LANGUAGE_WORDS.get(folded, value.lower())
        return value

    def _answer(self, text: str, at: int) -> Answered:
        equals = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), text).find("=")
        question, answers = (text, "") if equals < 0 else (text[:equals], text[equals + 1 :])
        name = _unquoted(question)
        if not name:
            self._fail(_NO_QUESTION, at)
        values = self._values(answers, at + len(question) + 1) if equals >= 0 else []
        return Answered(name, tuple(_YES_NO.get(fold(value), value) for value, _ in values))

    def _street(self, values: list[tuple[str, int]], at: int) -> OnStreet:
        if len(values) > 1:
            self._fail(_ONE_STREET, values[1][1])
        street = values[0][0]
        if not fold(street):
            self._fail(_NO_VALUE, at)
        return self._along(street) or OnStreet(street)

    def _along(self, street: str) -> OnStreet | None:
        """A side and a range of numbers, whichever stand here."""
        side: Parity = "both"
        ends: tuple[int, int] | None = None
        begun = self._place
        while (token := self._peek()) is not None:
            named = _SIDES.get(fold(token.text))
            numbers = _NUMBERS.fullmatch(token.text)
            if named is not None and side == "both":
                side = named
            elif numbers is not None and ends is None and any(char.isdigit() for char in token.text):
                only = numbers[4]
                ends = (int(only), int(only)) if only else (int(numbers[1] or 0), int(numbers[3] or 0))
                if ends[1] and ends[0] > ends[1]:
                    self._fail(_BACKWARDS, token.at)
            else:
                break
            self._place += 1
        if self._place == begun or (ends == (0, 0) and side == "both"):
            return None
        first, last = ends or (0, 0)
        return OnStreet(street, side, first, last)


def _unquoted(text: str) -> str:
    def bare(match: re.Match[str]) -> str:
        if match[1] is not None:
            return re.sub(r"\\(.)", r"\1", match[1])
        return match[2] if match[2] is not None else match[3]

    return " ".join(_QUOTED.sub(bare, text).split())


def _days(values: tuple[str, ...]) -> TriedSince:
    return TriedSince(values[0] if len(values) == 1 else ",".join(values))


def _corners(values: tuple[str, ...]) -> Inside:
    """ "45.400000;-75.690000" for each corner: latitude, then longitude."""
    points: list[tuple[int, int]] = []
    for value in values:
        lat, _, lon = value.partition(";")
        try:
            points.append((round(float(lon) * 1e6), round(float(lat) * 1e6)))
        except (ValueError, OverflowError):
            return Inside(())
    return Inside(tuple(points))


_MAKERS: dict[str, Callable[[tuple[str, ...]], Condition]] = {
    "state": InState, "result": LastResult, "support": Supports, "language": Speaks, "division": InDivision,
    "tried": _days, "inside": _corners,
}  # fmt: skip
_KEYS = {
    "STATE": "state", "ETAT": "state", "RESULT": "result", "RESULTAT": "result", "SUPPORT": "support", "APPUI": "support",
    "ANSWER": "answer", "REPONSE": "answer", "LANGUAGE": "language", "LANGUE": "language", "DIVISION": "division",
    "SECTION": "division", "STREET": "street", "RUE": "street", "SIDE": "side", "COTE": "side", "NUMBERS": "numbers",
    "NUMBER": "numbers", "NUMEROS": "numbers", "NUMERO": "numbers", "TRIED SINCE": "tried", "TENTEE DEPUIS": "tried",
    "LASSO": "inside",
}  # fmt: skip
_SHOWN: Mapping[str, Text] = {
    word: Text(word, french)
    for word, french in (
        ("state", "état"), ("result", "résultat"), ("support", "appui"), ("answer", "réponse"), ("language", "langue"),
        ("division", "section"), ("street", "rue"), ("side", "côté"), ("numbers", "numéros"),
        ("tried-since", "tentée-depuis"), ("lasso", "lasso"),
    )
}  # fmt: skip
_YES_NO = {"YES": "yes", "OUI": "yes", "NO": "no", "NON": "no"}


# --- written back -------------------------------------------------------------------------------


def typed(node: Node) -> str:
    """A tree as it is typed in English; `parse_selection` reads the same doors out of it."""
    return _typed(node, False)


def _typed(node: Node, inner: bool) -> str:
    if isinstance(node, And | Or):
        if not node.parts:
            return "all" if isinstance(node, And) else "not all"
        if len(node.parts) == 1:
            return _typed(node.parts[0], inner)
        between = " and " if isinstance(node, And) else " or "
        said = between.join(_typed(part, True) for part in node.parts)
        return f"({said})" if inner else said
    if isinstance(node, Not):
        return f"not {_typed(node.part, True)}"
    return _typed_condition(node)


def _typed_condition(node: Condition) -> str:
    if isinstance(node, OnStreet):
        words = [f"street:{_quoted(node.street)}"] if node.street else []
        if node.side != "both":
            words.append(node.side)
        if node.first or node.last:
            same = node.first == node.last
            words.append(str(node.first) if same else f"{node.first or ''}-{node.last or ''}")
        return " ".join(words)
    if isinstance(node, TriedSince):
        return f"tried-since:{node.day}"
    if isinstance(node, Inside):
        return "lasso:" + ",".join(f"{lat / 1e6:.6f};{lon / 1e6:.6f}" for lon, lat in node.points)
    if isinstance(node, Answered):
        answers = "=" + ",".join(map(_quoted, node.values)) if node.values else ""
        return f"answer:{_quoted(node.question)}{answers}"
    key = next(key for key, maker in _MAKERS.items() if maker is type(node))
    return f"{key}:" + ",".join(map(_quoted, node.values))


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value) and "=" not in value:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


_EMPTY = Text(
    "Nothing is typed. Write a condition, such as state:never, or “all” for every door.",
    "Rien n’est écrit. Écrivez une condition, comme état:jamais, ou « toutes » pour chaque porte.",
)
_QUOTES = Text("A quotation mark is not closed here.", "Un guillemet n’est pas fermé ici.")
_CLOSED_ONCE_MORE = Text("This bracket closes nothing.", "Cette parenthèse ne ferme rien.")
_OPEN = Text("This bracket is not closed.", "Cette parenthèse n’est pas fermée.")
_MISSING = Text("A condition is missing here.", "Il manque une condition ici.")
_DEEP = Text("Too many brackets, one inside the other.", "Trop de parenthèses imbriquées.")
_NO_CONDITION = Text(
    "“{word}” is not a condition. There are: {known}, each with a colon. A name with blanks stands in quotation marks.",
    "« {word} » n’est pas une condition. Il y a : {known}, chacune avec un deux-points. Un nom avec des espaces se met "
    "entre guillemets.",
)
_NO_VALUE = Text("A value is missing here.", "Il manque une valeur ici.")
_NO_STATE = Text(
    "“{word}” is not a state. There are: {known}.", "« {word} » n’est pas un état. Il y a : {known}."
)
_NO_QUESTION = Text(
    "Which question? Write answer:sign=yes.", "Quelle question? Écrivez réponse:pancarte=oui."
)
_ONE_STREET = Text(
    "One street a condition; join two with “or”.", "Une rue par condition; joignez-en deux avec « ou »."
)
_BACKWARDS = Text("These numbers go backwards.", "Ces numéros vont à rebours.")
_BAD_SIDE = Text("“{word}” is not a side: odd or even.", "« {word} » n’est pas un côté : pair ou impair.")
_BAD_NUMBERS = Text(
    "“{word}” is not a range of civic numbers, such as 1-99, 100- or 7.",
    "« {word} » n’est pas une plage de numéros civiques, comme 1-99, 100- ou 7.",
)
