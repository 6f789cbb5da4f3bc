"""What is done with people's data: the acts that the log of who saw whom knows, and what people call them."""

from __future__ import annotations

from enum import StrEnum

from .text import Text


class Access(StrEnum):
    """One way in which people became visible, or left. A record keeps the word itself, so that later ones may be added."""

    SEEN = "seen"
    """Somebody's details, or those of a door and who lives there, stood on the screen."""
    SEARCHED = "searched"
    """They were among what a search found."""
    LISTED = "listed"
    """They stood in a list or a preview on the screen."""
    ENTERED = "entered"
    """A page of a walk list was opened for typing results in."""
    READ = "read"
    """Their history, or a decision about them, was read."""
    PRINTED = "printed"
    EXPORTED = "exported"
    REPORTED = "reported"
    """The access report for one person was made."""
    ERASED = "erased"
    HANDED = "handed"
    """Headquarters handed it out to a device."""
    ASKED = "asked"
    """Somebody asked who saw them."""
    BEGAN = "began"
    """A chain began after another one: a computer that was copied or put back, a headquarters that was restored."""
    ANCHORED = "anchored"
    """Headquarters took in how far a device's chain had come."""
    BROKEN = "broken"
    """A chain was found altered or cut."""


OF_CHAINS = frozenset({Access.BEGAN, Access.ANCHORED, Access.BROKEN})
"""What the chains say of themselves: nobody was seen."""

NAMES: dict[str, Text] = {
    Access.SEEN: Text("looked at", "consulté"),
    Access.SEARCHED: Text("found by a search", "trouvé par une recherche"),
    Access.LISTED: Text("shown in a list", "affiché dans une liste"),
    Access.ENTERED: Text("page opened for entry", "page ouverte pour la saisie"),
    Access.READ: Text("history read", "historique lu"),
    Access.PRINTED: Text("printed", "imprimé"),
    Access.EXPORTED: Text("exported", "exporté"),
    Access.REPORTED: Text("access report made", "rapport d’accès produit"),
    Access.ERASED: Text("erased", "effacé"),
    Access.HANDED: Text("handed out by headquarters", "remis par le quartier général"),
    Access.ASKED: Text("“who saw” asked", "« qui a vu » demandé"),
    Access.BEGAN: Text("record begun", "registre commencé"),
    Access.ANCHORED: Text("record anchored", "registre ancré"),
    Access.BROKEN: Text("record found broken", "registre trouvé rompu"),
}


def access_words(act: str) -> Text:
    """What people call an act; the word itself for one of a newer version."""
    return NAMES.get(act) or Text(act, act)
