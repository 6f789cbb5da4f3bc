"""Who somebody is in a campaign. A role says what one may do; a scope (ridings today) says where."""

from __future__ import annotations

from enum import StrEnum

from .text import Text


class Role(StrEnum):
    """The roles of a campaign, the widest first."""

    ADMIN = "admin"
    """Keeps headquarters."""
    ORGANISER = "organiser"
    """Answers for ridings: their files, their teams, what is taken back and who is erased."""
    LEAD = "lead"
    """Prepares turfs and lists for a team, and has its results typed in."""
    CANVASSER = "canvasser"
    CALLER = "caller"
    OBSERVER = "observer"
    """Sees totals, and nobody's name."""


RECORDERS = frozenset({Role.CANVASSER, Role.CALLER})
"""Who holds what is given to them, and records results: they prepare nothing, and decide nothing for others."""

NAMES = {
    Role.ADMIN: Text("headquarters", "quartier général"),
    Role.ORGANISER: Text("riding organiser", "responsable de circonscription"),
    Role.LEAD: Text("canvass lead", "chef d’équipe"),
    Role.CANVASSER: Text("canvasser", "bénévole"),
    Role.CALLER: Text("caller", "téléphoniste"),
    Role.OBSERVER: Text("observer", "observateur"),
}
"""What people call them."""
