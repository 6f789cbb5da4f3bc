"""What every command shares: opening the book, saying things, reporting errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvass_app.domain.errors import CanvassError, Withdrawn
from canvass_app.domain.text import Text
from canvass_app.services.book import Book, open_book
from canvass_app.storage.keys import given_passphrase

from .places import default_folder

if TYPE_CHECKING:
    from canvass_app.services.salvage import Repair

COMMAND_LINE = "canvass-app"


@dataclass(slots=True)
class Session:
    """The options of one call."""

    folder: Path
    passphrase_file: Path | None
    language: str
    as_json: bool = False

    @contextmanager
    def book(self, *, even_locked: bool = False) -> Generator[Book]:
        """The book in the data folder, closed again whatever happens.

        `even_locked`: for what opens a laptop again whose lease is over, and for what shows nobody's name.
        """
        try:
            book = open_book(
                self.folder, passphrase=given_passphrase(self.passphrase_file), prompt=self._ask_passphrase
            )
            try:
                if not even_locked:
                    self._check_lease(book)
                yield book
            finally:
                book.close()
        except Withdrawn as told:
            from canvass_app.services.farewell import see_off

            raise see_off(self.folder) from told

    def _check_lease(self, book: Book) -> None:
        from canvass_app.services.lease import locked

        why = locked(book)
        if why is not None:
            raise why

    def repair(self, *, from_journal: bool = False) -> Repair:
        """Build the database of the closed data folder again."""
        from canvass_app.services.salvage import repair_folder

        return repair_folder(
            self.folder,
            passphrase=given_passphrase(self.passphrase_file),
            prompt=self._ask_passphrase,
            from_journal=from_journal,
        )

    def _ask_passphrase(self, new: bool) -> str | None:
        if not sys.stdin.isatty():
            return None
        import getpass

        first = getpass.getpass(
            (_NEW_PASSPHRASE if new else _PASSPHRASE).say(self.language) + " ", stream=sys.stderr
        )
        if new and getpass.getpass(_AGAIN.say(self.language) + " ", stream=sys.stderr) != first:
            raise CanvassError(_DIFFERENT)
        return first

    def say(self, text: Text, **values: object) -> None:
        """A line for people; silent when the answer is JSON."""
        if not self.as_json:
            print(text.fill(**values).say(self.language) if values else text.say(self.language))

    def answer(self, report: dict[str, Any], lines: list[str]) -> None:
        """The result: JSON, or the lines for people."""
        if self.as_json:
            print(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            print("\n".join(lines))


def make_session(
    data: Path | None, passphrase_file: Path | None, language: str, as_json: bool = False
) -> Session:
    """The options of one call, with defaults filled in."""
    return Session(data or default_folder(), passphrase_file, language, as_json)


_PASSPHRASE = Text("Passphrase:", "Phrase de passe :")
_NEW_PASSPHRASE = Text(
    "New passphrase for the data on this computer:",
    "Nouvelle phrase de passe pour les données de cet ordinateur :",
)
_AGAIN = Text("The same again:", "Encore une fois :")
_DIFFERENT = Text(
    "The two passphrases differ. Nothing was made; start again.",
    "Les deux phrases de passe diffèrent. Rien n’a été créé; recommencez.",
)
