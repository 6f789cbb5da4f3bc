"""The one hierarchy of errors that people see.

Every `CanvassError` carries a text in both languages that says what happened, what is safe,
and what to do next. Anything else that escapes is a bug and goes to the crash report.
"""

from __future__ import annotations

from .text import Text


class CanvassError(Exception):
    """A known trouble, told to the person in front of the screen in their language."""

    def __init__(self, text: Text, *, detail: str = "") -> None:
        super().__init__(text.en)
        self.text = text
        self.detail = detail

    def say(self, language: str) -> str:
        """The message in `language` ("en" or "fr")."""
        return self.text.say(language)


class InputError(CanvassError):
    """What was typed or handed over cannot be used as it is."""


class GivenAlready(InputError):
    """Doors are on a walk list that is out. `lists`: the numbers of those lists, the one with most of the doors first."""

    def __init__(self, message: Text, lists: tuple[int, ...]) -> None:
        super().__init__(message)
        self.lists = lists


class FileProblem(InputError):
    """A file cannot be read or is not what it should be. Nothing of it was taken."""


class MappingProblem(InputError):
    """Columns of a table do not say enough (for example, no street)."""


class NotFound(InputError):
    """The named thing (a list, a line, a turf, a riding) is not on this laptop."""


class Forgotten(InputError):
    """It is about somebody who asked to be forgotten. Nothing was kept."""


class StorageProblem(CanvassError):
    """The local database cannot be used: locked, full, damaged, or of a newer version."""


class WrongKey(StorageProblem):
    """The passphrase or key does not open this database."""


class NoKey(StorageProblem):
    """No keychain and no passphrase: the data stays closed."""


class AlreadyOpen(StorageProblem):
    """Another copy of the program holds this data folder."""


class Damaged(StorageProblem):
    """The database is damaged, missing or not this folder's. It can be repaired: `services.salvage`."""


class DiskFull(StorageProblem):
    """The disk refused a write. What was saved before is safe."""


class SyncProblem(CanvassError):
    """Headquarters could not be reached or did not answer as it should. Everything is kept here."""


class Refused(CanvassError):
    """Headquarters said no: a wrong code, a revoked device, a riding out of scope."""


class Withdrawn(Refused):
    """Headquarters told this computer to hold nothing more of the campaign. What was unsent is sealed for it."""


class Cancelled(CanvassError):
    """The person stopped a long task. Nothing was half-written."""

    def __init__(self) -> None:
        super().__init__(Text("Stopped. Nothing was changed.", "Arrêté. Rien n’a été modifié."))
