"""Exchanges as steps: a generator yields a Call and is sent its Answer, so that no step knows a network.

Whoever drives the steps (HTTP, a simulation) sends the answer in, or throws Unreachable or TimedOut.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import NamedTuple, TypeVar

from canvass_app.domain.errors import Refused, SyncProblem
from canvass_app.domain.text import Text

from .codec import BadMessage, unpack
from .messages import CONTENT_TYPE, PROBLEM_TYPE, UNDECLARED_CODE, Message, Problem
from .problems import CONFUSED, NoLongerWelcome, NotHeadquarters, Undeclared, Unreachable

_T = TypeVar("_T")
_M = TypeVar("_M", bound=Message)


class Call(NamedTuple):
    """A request: `path` below the headquarters' address, `body` a packed message (uncompressed)."""

    method: str
    path: str
    body: bytes | None = None
    patience: float = 30.0
    """Seconds until the whole answer must be here."""


class Answer(NamedTuple):
    """A response with its body already expanded."""

    status: int
    content_type: str
    body: bytes


Steps = Generator[Call, Answer, _T]


class Declined(SyncProblem):
    """Headquarters said why not, with a code that the steps may act on."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(Text(problem.en, problem.fr), detail=f"{status} {problem.code}")
        self.status = status
        self.problem = problem


def read_answer(answer: Answer, kind: type[_M]) -> _M:
    """The message of an answer. Anything that headquarters did not write is no answer, whatever its status.

    Raises NotHeadquarters, Unreachable, NoLongerWelcome (401), Undeclared or Refused (403), Declined (other problems),
    SyncProblem.
    """
    plain = answer.content_type.partition(";")[0].strip().lower()
    try:
        if answer.status == 200 and plain == CONTENT_TYPE:
            return unpack(kind, answer.body)
        if answer.status >= 400 and plain == PROBLEM_TYPE:
            problem = unpack(Problem, answer.body)
            if answer.status == 401:
                raise NoLongerWelcome
            if answer.status == 403 and problem.code == UNDECLARED_CODE:
                raise Undeclared
            if answer.status == 403:
                raise Refused(Text(problem.en, problem.fr))
            raise Declined(answer.status, problem)
    except BadMessage as error:
        raise SyncProblem(CONFUSED, detail=str(error)) from error
    if answer.status >= 500:
        # A proxy in front of headquarters speaks when headquarters itself cannot.
        raise Unreachable(f"status {answer.status}")
    raise NotHeadquarters(f"status {answer.status}, {plain or 'no content type'}")


def drive(steps: Steps[_T], send: Callable[[Call], Answer]) -> _T:
    """Run steps to their end over `send`, which returns an answer or raises a SyncProblem."""
    try:
        call = next(steps)
        while True:
            try:
                answer = send(call)
            except SyncProblem as problem:
                call = steps.throw(problem)
            else:
                call = steps.send(answer)
    except StopIteration as done:
        return done.value
