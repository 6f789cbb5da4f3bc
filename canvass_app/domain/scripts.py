"""Scripts: the questions asked at a door, in both languages."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .errors import InputError
from .text import Text

QuestionKind = Literal["single", "multiple", "yes_no", "text", "number"]


class Choice(NamedTuple):
    """One answer of a question: `key` records it on the entry screen (one lower-case letter or digit)."""

    id: str
    key: str
    text: Text


class Question(NamedTuple):
    """A question. `id` is never reused for another meaning; `short` is what the sheet prints."""

    id: str
    kind: QuestionKind
    text: Text
    short: Text
    choices: tuple[Choice, ...] = ()

    def choice(self, choice_id: str) -> Choice:
        """The choice with that id. Raises InputError."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise InputError(
            Text(
                f"“{choice_id}” is not an answer of “{self.text.en}”.",
                f"« {choice_id} » n’est pas une réponse à « {self.text.fr} ».",
            )
        )


class Script(NamedTuple):
    """A version of a script, frozen into each walk list that is issued with it."""

    id: str
    version: int
    name: Text
    greeting: Text
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question:
        """The question with that id. Raises InputError."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise InputError(
            Text(
                f"“{question_id}” is not a question of this script.",
                f"« {question_id} » n’est pas une question de ce questionnaire.",
            )
        )
