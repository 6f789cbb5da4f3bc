"""The keys of a script's answers: one key an answer, valid only while the answers of a conversation are open."""

from __future__ import annotations

from dataclasses import dataclass

from canvass_app.domain.scripts import Question, Script
from canvass_app.domain.text import Text

Answers = dict[str, tuple[str, ...]]

YES, NO = Text("yes", "oui"), Text("no", "non")
_SPARE = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """One key of the strip. `in_words`: it asks for text or a number; `many`: others may stand beside it."""

    key: str
    question: str
    choice: str
    title: Text
    """The question, in short."""
    words: Text
    """The answer; empty when it is asked for in words."""
    many: bool = False
    in_words: bool = False


def answer_keys(script: Script) -> tuple[AnswerKey, ...]:
    """A key for each answer of a script, in its order.

    A choice keeps the key that the campaign gave it; others get the first letter of their name that is still free. A
    yes has a small letter, its no the same letter with Shift. The support question has keys of its own.
    """
    wished = [c.key for q in script.questions if q.id != "support" for c in q.choices if c.key]
    taken: set[str] = set(wished)
    used: set[str] = set()
    found: list[AnswerKey] = []
    for question in script.questions:
        if question.id != "support":
            found.extend(_keys_of(question, taken, used))
    return tuple(found)


def _keys_of(question: Question, taken: set[str], used: set[str]) -> list[AnswerKey]:
    if question.kind in ("text", "number"):
        key = _free(question.id, taken)
        return [AnswerKey(key, question.id, "", question.short, Text("", ""), in_words=True)] if key else []
    if question.kind == "yes_no" and not question.choices:
        key = _free(question.id, taken)
        if not key:
            return []
        yes = AnswerKey(key, question.id, "yes", question.short, YES)
        return [yes, AnswerKey(f"Shift+{key.upper()}", question.id, "no", question.short, NO)]
    many = question.kind == "multiple"
    keys: list[AnswerKey] = []
    for choice in question.choices:
        # Two choices that wish for one key: the first has it.
        key = choice.key if choice.key and choice.key not in used else _free(choice.id, taken)
        if key:
            used.add(key)
            keys.append(AnswerKey(key, question.id, choice.id, question.short, choice.text, many=many))
    return keys


def _free(name: str, taken: set[str]) -> str:
    for letter in (*name.lower(), *_SPARE):
        if letter in _SPARE and letter not in taken:
            taken.add(letter)
            return letter
    return ""


def toggled(answers: Answers, option: AnswerKey) -> Answers:
    """The answers after that key: given, or taken away again."""
    given = answers.get(option.question, ())
    if option.choice in given:
        left = tuple(one for one in given if one != option.choice)
    else:
        left = (*given, option.choice) if option.many else (option.choice,)
    return {**answers, option.question: left}


def is_given(answers: Answers, option: AnswerKey) -> bool:
    """Whether that answer is among those given."""
    given = answers.get(option.question, ())
    return bool(given) if option.in_words else option.choice in given
