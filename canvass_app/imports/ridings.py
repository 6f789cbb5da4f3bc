"""The riding of each row: the file's own column, then the one that was asked for, then the outline it lies in."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from canvass_app.domain.text import Text

from .addresses import AddressColumns
from .coordinates import Int32
from .problems import Problem


class Finder(Protocol):
    """Anything that knows in which riding's outline points lie (micro-degrees; 0 = in none)."""

    def find(self, lon_e6: Int32, lat_e6: Int32) -> Int32:
        """The riding_id of each point."""
        ...


NO_RIDING = Text(
    "Its riding is not known: no riding column, and no coordinates inside a riding’s outline. Say which riding the "
    "file is for (--riding NUMBER, or in the import assistant) and import again.",
    "Sa circonscription est inconnue : pas de colonne de circonscription ni de coordonnées situées dans une "
    "circonscription. Indiquez celle du fichier (--riding NUMÉRO, ou dans l’assistant) et importez de nouveau.",
)


def settle_ridings(
    columns: AddressColumns, riding_id: int | None, finder: Finder | None, column: str
) -> list[Problem]:
    """Give every row its riding and drop those without one; returns what there is to report.

    Where the outline disagrees with the column or with what was asked for, the row is flagged and
    keeps its riding: simplified outlines misplace some addresses at their edges.
    """
    problems: list[Problem] = []
    own = np.array(columns.riding, dtype=np.int64)
    settled = np.where(own > 0, own, riding_id or 0)
    if finder is not None and len(settled):
        known = np.flatnonzero((columns.lon != 0) | (columns.lat != 0))
        if len(known):
            outline = np.zeros(len(settled), np.int64)
            outline[known] = finder.find(columns.lon[known], columns.lat[known])
            # Numbers are reused between maps: only ridings of one map can disagree.
            disagree = (
                (outline > 0)
                & (settled > 0)
                & (outline != settled)
                & (outline // 100_000 == settled // 100_000)
            )
            texts: dict[tuple[int, int], Text] = {}
            for row in np.flatnonzero(disagree).tolist():
                pair = (int(settled[row]) % 100_000, int(outline[row]) % 100_000)
                text = texts.get(pair) or texts.setdefault(pair, _disagreement(*pair))
                problems.append(
                    Problem(columns.line[row], "note", text, column, str(pair[0]), "riding_outline")
                )
            settled = np.where(settled > 0, settled, outline)
    columns.riding = settled.tolist()
    if not settled.all():
        missing = np.flatnonzero(settled == 0).tolist()
        problems += [
            Problem(columns.line[row], "left_out", NO_RIDING, column, "", "riding_unknown") for row in missing
        ]
        columns.keep((settled > 0).tolist())
    return problems


def _disagreement(kept: int, outline: int) -> Text:
    return Text(
        f"The row is for riding {kept}, but its coordinates lie in {outline}. It was kept in {kept}; check it if it is "
        "not right at the edge.",
        f"La ligne est pour la circonscription {kept}, mais ses coordonnées se trouvent dans {outline}. Elle a été "
        f"conservée dans {kept}; vérifiez-la si elle n’est pas tout près de la limite.",
    )
