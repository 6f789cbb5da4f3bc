"""The campaign's declaration: what whoever holds its people's data confirms by name before anything is fetched."""

from __future__ import annotations

from hashlib import sha256

from .errors import InputError
from .text import Text

MOST_TEXT = 4_000
"""Characters of a declaration: it is read on a screen, standing."""
MOST_NAME = 80
NONE = Text("", "")

_NO_NAME = Text(
    "Give your first and last name (at most 80 characters). Nothing was changed.",
    "Indiquez votre prénom et votre nom (80 caractères au plus). Rien n’a été modifié.",
)


def fingerprint(text: str) -> bytes:
    """The SHA-256 by which one language's text is known."""
    return sha256(text.encode()).digest()


def is_of(declaration: Text, name: bytes) -> bool:
    """Whether a fingerprint is that of this declaration, in either language."""
    return name in {fingerprint(text) for text in declaration}


def checked(declaration: Text) -> Text:
    """The declaration as it is shown, or `NONE`. Raises ValueError when one language lacks it or it is too long."""
    tidy = Text(declaration.en.strip(), declaration.fr.strip())
    if tidy == NONE:
        return NONE
    for text in tidy:
        # Encoding refuses what no text may hold.
        if not 0 < len(text.encode()) <= 4 * MOST_TEXT or len(text) > MOST_TEXT or "\0" in text:
            raise ValueError("declaration")
    return tidy


def checked_name(name: str) -> str:
    """A person's name, tidied. Raises InputError for none, for one that is too long, and for what is no name."""
    tidy = " ".join(name.split())
    if not tidy.isprintable() or len(tidy) > MOST_NAME or not any(one.isalpha() for one in tidy):
        raise InputError(_NO_NAME)
    return tidy
