"""What headquarters' commands share: their options, the language of the terminal, troubles told in one line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn

import typer

from canvass_app.domain.errors import CanvassError
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.domain.typed_words import ROLES, code_of, either_of
from canvass_app.storage.days import local_clock, local_day
from canvass_app.storage.keys import given_passphrase

from .office import PASSPHRASE_VARIABLE, Settings

Data = Annotated[
    Path | None, typer.Option("--data", help="Folder of this headquarters.", envvar="CANVASS_HQ_DATA")
]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help="File that holds the passphrase of the data.")
]
_NO_ROLE = Text("“{word}” is not one of {words}.", "« {word} » n’est pas l’un de ces rôles : {words}.")
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


class told:  # noqa: N801 - reads as a sentence where it is used
    """Known troubles are told in one line; anything else is a fault and shows its trace."""

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, CanvassError):
            fail(error)


def fail(error: CanvassError) -> NoReturn:
    """Tell a trouble on standard error and end with exit code 1."""
    typer.echo(error.say(language()), err=True)
    raise typer.Exit(1)


def language() -> str:
    """The language of this terminal: "en" or "fr"."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def say(en: str, fr: str, **values: object) -> str:
    """The one of two texts that this terminal reads, its `{named}` places filled in as `Text.fill` does."""
    return Text(en, fr).fill(**values).say(language()) if values else Text(en, fr).say(language())


def show(report: dict[str, Any], as_json: bool, words: str) -> None:
    """Print the report as JSON, or the words."""
    typer.echo(json.dumps(report, ensure_ascii=False) if as_json else words)


class Times(NamedTuple):
    """Moments as the campaign tells them: in its time zone, wherever headquarters' machine stands."""

    zone: str

    def clock(self, ms: int) -> str:
        """The time of day: 19:42."""
        return local_clock(ms, self.zone)

    def when(self, ms: int, never: str = "?") -> str:
        """The day and the time of day; `never` for 0."""
        return f"{local_day(ms, self.zone)} {local_clock(ms, self.zone)}" if ms else never

    def below(self, lines: list[str]) -> list[str]:
        """Lines that show moments, and whose time it is below them."""
        return [*lines, say("Times: {zone}.", "Heures : {zone}.", zone=self.zone)] if lines else []


def role_option(roles: Sequence[Role], help_text: str) -> Any:
    """An option for one of these roles, typed as a word of either language."""
    known = {role: ROLES[role.value] for role in roles}

    def parsed(word: str) -> Role:
        role = code_of(word, known)
        if role is None:
            raise typer.BadParameter(_NO_ROLE.fill(word=word, words=either_of(known)).say(language()))
        return role

    return typer.Option(help=help_text, parser=parsed, metavar=f"[{'|'.join(roles)}]")


def settings_of(data: Path | None, passphrase_file: Path | None) -> Settings:
    """Where the headquarters of this call lives."""
    if data is None:
        import platformdirs

        data = Path(platformdirs.user_data_dir("canvass-hq", appauthor=False))
    return Settings.from_environment(data, given_passphrase(passphrase_file, PASSPHRASE_VARIABLE), _prompt)


def _prompt(new: bool) -> str | None:
    if not sys.stdin.isatty():
        return None
    words = say("Passphrase of this headquarters", "Phrase de passe de ce quartier général")
    return typer.prompt(words, hide_input=True, confirmation_prompt=new)
