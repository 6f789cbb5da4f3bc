"""Selections said in words: "not home, on Birch Street, odd side, not tried since 3 November 2026"."""

from __future__ import annotations

from .codes import BY_CODE
from .errors import InputError
from .scripts import Question, Script
from .selections import (
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
    Selection,
    Speaks,
    Supports,
    TriedSince,
)
from .support import LEVELS
from .text import Text

LANGUAGES = {"en": Text("English", "anglais"), "fr": Text("French", "français")}
_YES_NO = {"yes": Text("yes", "oui"), "no": Text("no", "non")}
_SIDES = {"odd": Text("odd side", "côté impair"), "even": Text("even side", "côté pair")}
_MONTHS = (
    Text("January", "janvier"), Text("February", "février"), Text("March", "mars"), Text("April", "avril"),
    Text("May", "mai"), Text("June", "juin"), Text("July", "juillet"), Text("August", "août"),
    Text("September", "septembre"), Text("October", "octobre"), Text("November", "novembre"),
    Text("December", "décembre"),
)  # fmt: skip
_EVERY = Text("every door", "toutes les portes")
_NONE = Text("no door", "aucune porte")
_AND, _OR = Text(", ", ", "), Text(" or ", " ou ")


def selection_words(selection: Selection, script: Script | None = None) -> Text:
    """A selection in words; `script` gives questions and answers their names."""
    said = [_said(selection.where, script, False)]
    if selection.barred:
        said.append(
            Text(
                "those that asked not to be contacted too", "aussi celles qui ne veulent pas être contactées"
            )
        )
    if selection.out:
        said.append(Text("those on open walk lists too", "aussi celles des listes en cours"))
    return _joined(said, Text("; ", "; "))


def node_words(node: Node, script: Script | None = None) -> Text:
    """A tree, or a part of one, in words."""
    return _said(node, script, False)


def day_words(day: str) -> Text:
    """An ISO day as people say it: "3 November 2026", "3 novembre 2026", "1er novembre 2026"."""
    year, month, number = (int(part) for part in day.split("-"))
    name = _MONTHS[month - 1]
    return Text(f"{number} {name.en} {year}", f"{'1er' if number == 1 else number} {name.fr} {year}")


def question_words(question: str, script: Script | None) -> Text:
    """What a question is called on the sheet."""
    found = _question(question, script)
    return found.short if found else Text(question, question)


def answer_words(question: str, answer: str, script: Script | None) -> Text:
    """What an answer is called."""
    found = _question(question, script)
    for choice in found.choices if found else ():
        if choice.id == answer:
            return choice.text
    return _YES_NO.get(answer, Text(answer, answer))


def _question(question: str, script: Script | None) -> Question | None:
    try:
        return script.question(question) if script else None
    except InputError:
        return None


def _said(node: Node, script: Script | None, inner: bool) -> Text:
    if isinstance(node, And | Or):
        if not node.parts:
            return _EVERY if isinstance(node, And) else _NONE
        alone = len(node.parts) == 1
        said = _joined(
            [_said(part, script, inner if alone else True) for part in node.parts],
            _AND if isinstance(node, And) else _OR,
        )
        return said if alone or not inner else _bracketed(said)
    if isinstance(node, Not):
        if isinstance(node.part, And | Or | Not):
            part = _bracketed(_said(node.part, script, False))
            return Text(f"not {part.en}", f"sauf {part.fr}")
        return _condition(node.part, script, False)
    return _condition(node, script, True)


def _bracketed(text: Text) -> Text:
    return Text(f"({text.en})", f"({text.fr})")


def _joined(texts: list[Text], between: Text) -> Text:
    return Text(between.en.join(t.en for t in texts), between.fr.join(t.fr for t in texts))


def _either(table: dict[str, Text] | None, values: tuple[str, ...]) -> Text:
    return _joined([(table or {}).get(one, Text(one, one)) for one in values], _OR)


def _condition(node: Condition, script: Script | None, yes: bool) -> Text:
    """A condition, or the contrary of it."""
    if isinstance(node, InState):
        what = _either(dict(STATES), node.values)
        return what if yes else Text(f"other than {what.en}", f"autre que {what.fr}")
    if isinstance(node, LastResult):
        what = _either({code: one.name for code, one in BY_CODE.items()}, node.values)
        if yes:
            return Text(f"last result {what.en}", f"dernier résultat : {what.fr}")
        return Text(f"last result other than {what.en}", f"dernier résultat autre que {what.fr}")
    if isinstance(node, Supports):
        what = _joined([_level(one) for one in node.values], _OR)
        if yes:
            return Text(f"somebody with {what.en}", f"quelqu’un avec {what.fr}")
        return Text(f"nobody with {what.en}", f"personne avec {what.fr}")
    if isinstance(node, Answered):
        return _answered(node, script, yes)
    if isinstance(node, Speaks):
        what = _either(LANGUAGES, node.values)
        if yes:
            return Text(f"somebody speaks {what.en}", f"quelqu’un parle {what.fr}")
        return Text(f"nobody speaks {what.en}", f"personne ne parle {what.fr}")
    return _place(node, yes)


def _place(node: InDivision | OnStreet | TriedSince | Inside, yes: bool) -> Text:
    if isinstance(node, InDivision):
        what = _either(None, node.values)
        if yes:
            return Text(f"in polling division {what.en}", f"dans la section de vote {what.fr}")
        return Text(f"outside of polling division {what.en}", f"hors de la section de vote {what.fr}")
    if isinstance(node, OnStreet):
        what = _street(node)
        return what if yes else Text(f"not {what.en}", f"pas {what.fr}")
    if isinstance(node, TriedSince):
        day = day_words(node.day)
        if yes:
            return Text(f"tried since {day.en}", f"tentée depuis le {day.fr}")
        return Text(f"not tried since {day.en}", f"non tentée depuis le {day.fr}")
    if yes:
        return Text("inside the lasso", "à l’intérieur du lasso")
    return Text("outside of the lasso", "à l’extérieur du lasso")


def _level(level: str) -> Text:
    first = level if level in LEVELS else level[:1]
    said = LEVELS.get(first, Text(level, level))
    name = Text(f"{said.en} ({first})", f"{said.fr} ({first})")
    second = level[len(first) :]
    if not second:
        return name
    return Text(f"{name.en}, second choice {second}", f"{name.fr}, second choix {second}")


def _answered(node: Answered, script: Script | None, yes: bool) -> Text:
    name = question_words(node.question, script)
    if not node.values:
        if yes:
            return Text(f"answered “{name.en}”", f"réponse donnée à « {name.fr} »")
        return Text(f"no answer to “{name.en}”", f"sans réponse à « {name.fr} »")
    what = _joined([answer_words(node.question, one, script) for one in node.values], _OR)
    if yes:
        return Text(f"somebody said {what.en} to “{name.en}”", f"quelqu’un a dit {what.fr} à « {name.fr} »")
    return Text(f"nobody said {what.en} to “{name.en}”", f"personne n’a dit {what.fr} à « {name.fr} »")


def _street(node: OnStreet) -> Text:
    parts: list[Text] = []
    if node.street:
        parts.append(Text(f"on {node.street}", f"rue : {node.street}"))
    if node.side != "both":
        parts.append(_SIDES[node.side])
    if node.first or node.last:
        parts.append(_numbers(node.first, node.last))
    return _joined(parts, _AND)


def _numbers(first: int, last: int) -> Text:
    if first == last:
        return Text(f"number {first}", f"numéro {first}")
    if not last:
        return Text(f"from number {first} on", f"à partir du numéro {first}")
    if not first:
        return Text(f"up to number {last}", f"jusqu’au numéro {last}")
    return Text(f"numbers {first} to {last}", f"numéros {first} à {last}")
