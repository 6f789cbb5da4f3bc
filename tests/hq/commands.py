"""`canvass-hq` as a person types it, without a Python of its own: the same words, the same texts, the same exit codes.

A start of Python costs more than the command. That the program starts, listens, stops and asks at a terminal as a process of
its own is held by tests/hq/test_cli.py, test_draining.py, test_people.py and the operator's guide.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from canvass_app.hq.cli import app
from canvass_app.hq.office import DATABASE_VARIABLE, PASSPHRASE_VARIABLE
from tests.hq.kit import PASSPHRASE, Hq


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def typed(
    folder: Path,
    *words: str,
    database_url: str = "",
    passphrase: str | None = PASSPHRASE,
    language: str = "C.UTF-8",
    **surroundings: str,
) -> Said:
    """Run a command of the headquarters in `folder`; a fault, which would show its trace, fails the test."""
    assert words[0] != "serve", "it makes the log of the whole process its own"
    given = surroundings | {"LC_ALL": language}
    done = CliRunner().invoke(
        app,
        [*words, "--data", str(folder)],
        env={PASSPHRASE_VARIABLE: passphrase, DATABASE_VARIABLE: database_url or None} | given,
        prog_name="canvass-hq",
        catch_exceptions=False,
    )
    return Said(done.exit_code, done.stdout, done.stderr)


def typed_at(hq: Hq, *words: str, language: str = "C.UTF-8", **surroundings: str) -> Said:
    """The same at a headquarters that serves, which a person's command meets on its own connections."""
    url = hq.settings.database_url
    return typed(hq.settings.folder, *words, database_url=url, language=language, **surroundings)
