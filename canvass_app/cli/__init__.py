"""canvass-app: the desktop when called alone, and a thin command line over the same services.

Every command takes `--data DIR`, `--passphrase-file FILE` and `--lang`; every command that reports
takes `--json`. Errors go to the error output in the person's language, with exit code 1.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; its exit code.

    The desktop path imports as little as it can: a window must stand in less than half a second.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _is_desktop(arguments):
        return _desktop(arguments)
    if arguments[:1] == ["hq"]:
        # A built program has no second entry point: the demo starts its headquarters this way.
        from canvass_app.hq.cli import main as headquarters

        return headquarters(arguments[1:])
    from canvass_app.cli.commands import run

    return run(arguments)


_VALUED = ("--data", "--passphrase-file", "--lang", "--screen")


def _is_desktop(arguments: Sequence[str]) -> bool:
    """Whether only the desktop's own options were given, and no command."""
    rest = iter(arguments)
    for word in rest:
        name, _, value = word.partition("=")
        if name not in _VALUED:
            return False
        if not value:
            next(rest, None)
    return True


def _desktop(arguments: Sequence[str]) -> int:
    import argparse

    from canvass_app.cli.places import default_folder

    parser = argparse.ArgumentParser(prog="canvass-app")
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--passphrase-file", type=Path, default=None)
    parser.add_argument("--lang", default=None)
    parser.add_argument("--screen", default=None)
    given = parser.parse_args(arguments)

    from canvass_app.domain.errors import CanvassError
    from canvass_app.storage.keys import given_passphrase

    try:
        passphrase = given_passphrase(given.passphrase_file)
    except CanvassError as error:
        from canvass_app.cli.places import terminal_language

        print(error.say(terminal_language(given.lang)), file=sys.stderr)
        return 1

    from canvass_app.desktop.app import run

    return run(
        given.data or default_folder(),
        passphrase=passphrase,
        language=given.lang,
        screen=given.screen,
    )
