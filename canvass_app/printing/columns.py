"""Which tick boxes stand on a line: results, support levels, and what fits of the script's first questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.scripts import Question, Script
from canvass_app.domain.support import LEVELS
from canvass_app.domain.text import Text

# More boxes than this do not leave room for a name (measured for machine reading: 14 of 4 mm, gaps of 3.5 mm).
MOST_COLUMNS = 14
# A question of more answers is written, not ticked: NationBuilder's and PDI's sheets show what more looks like.
MOST_CHOICES = 4
_RESULTS = ("not_home", "refused", "moved", "come_back", "do_not_knock")
_SUPPORT = ("1", "2", "3", "4", "5")

GroupKind = Literal["result", "support", "question", "answers"]


@dataclass(frozen=True, slots=True)
class TickColumn:
    """One column of boxes. `id` names what a tick means ("result.not_home", "support.2",
    "answer.sign.yes"), `key` is what the entry screen's key prints beside the box, `words` its heading."""

    id: str
    key: str
    words: Text


@dataclass(frozen=True, slots=True)
class TickGroup:
    """Columns under one heading; `title` is a question's short text, or empty for the kinds with a name of
    their own. "answers" gathers yes-or-no questions: a box each, ticked for yes."""

    kind: GroupKind
    title: Text
    columns: tuple[TickColumn, ...]


@lru_cache(maxsize=64)
def tick_groups(script: Script) -> tuple[TickGroup, ...]:
    """The groups of tick boxes of a sheet with that script, left to right, at most `MOST_COLUMNS` boxes."""
    nothing = Text("", "")
    results = tuple(TickColumn(f"result.{code}", BY_CODE[code].key, BY_CODE[code].short) for code in _RESULTS)
    support = tuple(TickColumn(f"support.{level}", level, LEVELS[level]) for level in _SUPPORT)
    groups = [TickGroup("result", nothing, results), TickGroup("support", nothing, support)]
    left = MOST_COLUMNS - len(results) - len(support)
    for question in script.questions:
        group = _group_of(question)
        if group is None or len(group.columns) > left:
            continue
        left -= len(group.columns)
        if group.kind == "answers" and groups[-1].kind == "answers":
            groups[-1] = TickGroup("answers", nothing, groups[-1].columns + group.columns)
        else:
            groups.append(group)
    return tuple(groups)


def _group_of(question: Question) -> TickGroup | None:
    """A question's boxes; None when it is written by hand or is the support question, which has its own."""
    if question.id == "support":
        return None
    if question.kind == "yes_no":
        return TickGroup(
            "answers", Text("", ""), (TickColumn(f"answer.{question.id}.yes", "", question.short),)
        )
    if question.kind in ("single", "multiple") and 1 <= len(question.choices) <= MOST_CHOICES:
        return TickGroup(
            "question",
            question.short,
            tuple(TickColumn(f"answer.{question.id}.{c.id}", c.key, c.text) for c in question.choices),
        )
    return None


def is_ticked(script: Script, question_id: str) -> bool:
    """Whether that question's answers are boxes on the sheet (else they are written by hand)."""
    start = f"answer.{question_id}."
    return any(column.id.startswith(start) for group in tick_groups(script) for column in group.columns)
