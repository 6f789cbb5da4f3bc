"""The options that every command takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .places import terminal_language
from .session import Session, make_session

Data = Annotated[Path | None, typer.Option("--data", help="Data folder.")]
PassFile = Annotated[Path | None, typer.Option("--passphrase-file", help="File that holds the passphrase.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en or fr.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
RidingOption = Annotated[str | None, typer.Option("--riding", help="Riding number, such as 59036.")]
Author = Annotated[str, typer.Option("--name", help="Who does this.")]


def session_of(
    data: Path | None, passphrase_file: Path | None, lang: str | None, as_json: bool = False
) -> Session:
    """What a call with these options works with."""
    return make_session(data, passphrase_file, terminal_language(lang), as_json)
