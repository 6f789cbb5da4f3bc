"""Names of the invented town's streets, in the language of the street (never both at once)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

FRENCH_TYPES = {
    "rue",
    "avenue",
    "boulevard",
    "chemin",
    "place",
    "impasse",
    "croissant",
    "promenade",
    "rang",
    "allée",
}


@dataclass(frozen=True, slots=True)
class StreetName:
    """A street's name in its three columns; the type is written in full, the direction as N, S, E, W or O."""

    name: str
    type: str
    direction: str = ""

    @property
    def full(self) -> str:
        """The name as people write it: "rue Principale O", "King Street N", "Concession 4"."""
        first = self.type in FRENCH_TYPES or self.type == "Concession"
        words = [self.type, self.name] if first else [self.name, self.type]
        return " ".join([*words, self.direction]).strip()


_FRENCH = """des Érables|du Couvent|des Voyageurs|de la Drave|des Draveurs|du Portage|des Bûcherons|de la Scierie
de l'Aviron|des Mésanges|du Huard|des Outardes|de l'Épinette-Noire|du Ruisseau-Clair|des Fougères|des Quenouilles
de l'Église|Saint-Mélèze|Sainte-Aubaine|du Marché|des Forgerons|de la Chandelle|du Canot-d'Écorce|des Bleuets
de la Perdrix|du Sentier-Battu|des Sizerins|de l'Achigan|du Doré|de la Barbotte|des Castors|du Grand-Héron
des Trembles|du Mélèze|de la Pruche|du Sous-Bois|des Framboisiers|de l'Horloger|du Cordonnier|de la Cantinière
des Moissons|du Foin-Coupé|de la Grange|des Semailles|du Petit-Train|de l'Aiguilleur|du Chef-de-Gare|des Cheminots
de la Neigère|des Bordages|de l'Embâcle|du Poudrin|des Aurores|de l'Étoile-du-Nord|de la Grande-Ourse|du Vent-d'Est
de la Pêcherie|des Roselières|du Martin-Pêcheur|de l'Île-aux-Foins|des Nénuphars|de la Sauvagine""".replace(
    "\n", "|"
).split("|")

_ENGLISH = """Church|Mill|Maple|Lumber|Blacksmith|Heron|Loon|Kingfisher|Tamarack|Spruce Hollow|Ropewalk|Cooper's
Granary|Orchard|Chapel|Market|Victory|Harvest|Sawdust|Timber Slide|Pine Ridge|Cedar Grove|Whitetail|Chickadee
Snowberry|Partridge|Fiddlehead|Trillium|Beaver Dam|Pickerel|Northern Light|Larkspur|Meadowlark|Saddler's|Tinsmith
Old Ferry|Portage Landing|Lantern|Bell Tower|Weaver's|Foundry|Quarry|Willow Bend|Goldfinch|Bluejay|Sandpiper
Paddlers|Canoe Birch|Raftsmen's|Driftwood|Cattail|Duck Blind|Hay Meadow|Threshers|Wheatsheaf|Buttermilk
Stonefence|Gristmill|Copperleaf|Hemlock|Basswood|Juniper Knoll|Frost|Ice House|Sleigh|Snowshoe|Mitten""".replace(
    "\n", "|"
).split("|")

_TYPES = {
    ("through", True): ("rue", "rue", "rue", "avenue", "rue"),
    ("through", False): ("Street", "Drive", "Street", "Lane", "Avenue"),
    ("avenue", True): ("avenue", "rue"),
    ("avenue", False): ("Street", "Avenue"),
    ("crescent", True): ("croissant", "croissant", "rue"),
    ("crescent", False): ("Crescent", "Crescent", "Drive"),
    ("court", True): ("place", "impasse"),
    ("court", False): ("Court", "Place"),
    ("loop", True): ("place",),
    ("loop", False): ("Circle",),
}
_FRENCH_SHARE = {("west", "suburb"): 0.75, ("west", "old"): 0.5}


class Namer:
    """Gives each street of a quarter a name of its own, more often French in the west, English in the east."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._french, self._english = _shuffled(_FRENCH, random), _shuffled(_ENGLISH, random)
        self._turn: dict[tuple[str, bool], int] = {}

    def name(self, shape: str, side: str, zone: str) -> StreetName:
        """The next name for a street of that shape; raises IndexError when the lists run out."""
        french = self._random.random() < _FRENCH_SHARE.get((side, zone), 0.3)
        if not (self._french if french else self._english):
            french = not french
        kinds = _TYPES[(shape, french)]
        turn = self._turn.get((shape, french), 0)
        self._turn[(shape, french)] = turn + 1
        return StreetName((self._french if french else self._english).pop(), kinds[turn % len(kinds)])


def _shuffled(names: Sequence[str], random: Random) -> list[str]:
    out = list(names)
    for i in range(len(out) - 1, 0, -1):
        j = int(random.random() * (i + 1))
        out[i], out[j] = out[j], out[i]
    return out
