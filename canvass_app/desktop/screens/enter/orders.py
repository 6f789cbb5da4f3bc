"""What the entry machine hands out (orders), remembers (steps) and says (notices); and which key means what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from canvass_app.desktop.screens.enter.answers import AnswerKey
from canvass_app.domain.codes import BY_KEY
from canvass_app.services.entry import Mark

SUPPORT_KEYS = {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "w": "WS", "o": "NV"}
RESULT_KEYS = {key: code.code for key, code in BY_KEY.items() if "door" in code.channels}
UNDO_KEYS = ("Backspace", "Ctrl+Z")
SKIP_KEYS = ("Enter", "Space")

Mode = Literal["lines", "answers"]
Question = Literal["line", "find", "person", "text"]


@dataclass(frozen=True, slots=True)
class Step:
    """A result of this sitting, as it is taken back: where it stands and its act's token."""

    number: int
    page: int
    line: int
    token: int


@dataclass(frozen=True, slots=True)
class Save:
    """Record `mark` on a line. `amends`: it completes what the line already says, and the cursor stays."""

    line: int
    mark: Mark
    amends: bool = False


@dataclass(frozen=True, slots=True)
class Amend:
    """Add a second choice to the support just saved on a line."""

    line: int
    letter: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take a result of this sitting back; what it replaced stands again."""

    step: Step


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for words: a line's number, a name or door to find, a new person's name, an answer in words."""

    what: Question
    answer: AnswerKey | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Open another page, of this list or (an undo) of another; with `line`, at that line."""

    number: int
    page: int
    line: int = 0
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """Close the page. `finished`: it was the list's last, left by its end."""

    finished: bool = False


Order = Save | Amend | TakeBack | Ask | Turn | Close

NoticeKind = Literal[
    "", "saved", "household", "moved", "second", "taken_back", "nothing_to_undo", "no_second", "no_answers", "no_line",
    "not_found", "unknown", "at_end", "answers_kept", "answers_dropped", "person_added", "barred",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notice:
    """What the screen says under the sheet, in a word; the screen finds the sentence."""

    kind: NoticeKind = ""
    line: int = 0
    detail: str = ""
