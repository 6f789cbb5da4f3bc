"""The figures of a canvass, each with its formula and its denominator."""

from __future__ import annotations

from dataclasses import dataclass

from .text import Text

# Plausible contact rates at the door (field guide); outside it the screen asks, it never refuses.
PLAUSIBLE_CONTACT_RATE = (0.10, 0.30)

FORMULAS: dict[str, Text] = {
    "attempts": Text(
        "Attempts: every knock that was recorded, whether or not somebody answered. Corrected and voided ones are not counted.",
        "Tentatives : chaque porte où l’on a frappé, avec ou sans réponse. Les tentatives corrigées ou annulées ne comptent pas.",
    ),
    "contacts": Text(
        "Contacts: attempts at which somebody talked (canvassed, refused, come back later, language barrier, do not contact).",
        "Contacts : tentatives où quelqu’un a parlé (rencontré, refus, repasser plus tard, barrière linguistique, ne pas contacter).",
    ),
    "contact_rate": Text(
        "Contact rate = contacts ÷ attempts.",
        "Taux de contact = contacts ÷ tentatives.",
    ),
    "doors": Text(
        "Doors attempted ÷ doors on file in this riding; barred and vacant doors stay in the denominator.",
        "Portes tentées ÷ portes au fichier de la circonscription; les portes à ne pas déranger et vacantes restent au dénominateur.",
    ),
    "identified": Text(
        "Identified: people whose support level is known (1 to 5). “Won’t say” and “not voting” are not counted.",
        "Personnes identifiées : celles dont l’appui est connu (1 à 5). « Ne dit pas » et « ne votera pas » ne comptent pas.",
    ),
    "supporters": Text(
        "Supporters: people at level 1 or 2.",
        "Sympathisants : personnes aux niveaux 1 ou 2.",
    ),
    "pledges": Text(
        "Pledges: people who said yes at the door to voting for the best-placed candidate.",
        "Engagements : personnes qui ont dit oui, à la porte, au vote pour le candidat le mieux placé.",
    ),
    "doors_per_hour": Text(
        "Doors per hour = attempts ÷ hours between the first and the last result of each shift.",
        "Portes à l’heure = tentatives ÷ heures entre le premier et le dernier résultat de chaque sortie.",
    ),
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share that never forgets its parts."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """part / whole; 0.0 when there is no whole yet."""
        return self.part / self.whole if self.whole else 0.0
