"""The options that every command takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Concatenate, TypeVar

import typer

from canvass_app.domain.riding import parse_riding
from canvass_app.services.book import Book

from .places import terminal_language
from .session import Session, make_session

Data = Annotated[Path | None, typer.Option("--data", help="Data folder.")]
PassFile = Annotated[Path | None, typer.Option("--passphrase-file", help="File that holds the passphrase.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en or fr.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
RidingOption = Annotated[str | None, typer.Option("--riding", help="Riding number, such as 59036.")]
Author = Annotated[str, typer.Option("--name", help="Who does this.")]

R = TypeVar("R")


def session_of(
    data: Path | None, passphrase_file: Path | None, lang: str | None, as_json: bool = False
) -> Session:
    """What a call with these options works with."""
    return make_session(data, passphrase_file, terminal_language(lang, data), as_json)


def outcome(changed: int, *, added: int = 0, unchanged: int = 0, **more: Any) -> dict[str, Any]:
    """The shape that the JSON of every changing command shares, with what the command adds to it."""
    return {"added": added, "changed": changed, "unchanged": unchanged, "left_out": [], **more}


def one_riding(riding: str | None) -> int | None:
    """The riding that `--riding` names, or None for all. Raises InputError."""
    return parse_riding(riding) if riding else None


def ridings_of(book: Book, riding: str | None) -> list[int]:
    """The riding that `--riding` names, or all of the book. Raises InputError."""
    from canvass_app.services.ridings import list_ridings

    one = one_riding(riding)
    return [card.riding_id for card in list_ridings(book)] if one is None else [one]


def _shared(
    data: Data = None, passphrase_file: PassFile = None, lang: Lang = None, as_json: Json = False
) -> None:
    """The options that every command has; only their shape is used."""


def takes_session(command: Callable[Concatenate[Session, ...], R]) -> Callable[..., R]:
    """Give a command the options that all have; it gets them as one `Session`, its first parameter."""
    own = inspect.signature(command, eval_str=True)
    shared = inspect.signature(_shared, eval_str=True).parameters

    @wraps(command)
    def called(**given: Any) -> R:
        session = session_of(**{name: given.pop(name) for name in shared})
        return command(session, **given)

    parameters = [*list(own.parameters.values())[1:], *shared.values()]
    vars(called)["__signature__"] = own.replace(parameters=parameters)
    called.__annotations__ = {one.name: one.annotation for one in parameters}
    return called
