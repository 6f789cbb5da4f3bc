"""Street types and directions, English and French, with every spelling met in Canadian files.

Canonical abbreviations follow Canada Post's addressing guidelines ("Street types" and "Street
directions" tables). The tables feed the address normaliser, version 1: a spelling may be added,
the canonical form of a known spelling never changes, because door ids depend on it.
"""

from __future__ import annotations

# canonical abbreviation -> spellings (folded: capitals, no accents, no dots)
_TYPES: dict[str, str] = {
    "ABBEY": "ABBEY",
    "ACRES": "ACRES",
    "ALLEE": "ALLEE",
    "ALLEY": "ALLEY",
    "AUT": "AUTOROUTE AUT",
    "AV": "AVENUE AVE AV AVEN",
    "BAY": "BAY",
    "BEACH": "BEACH",
    "BEND": "BEND",
    "BLVD": "BOULEVARD BOUL BLVD BVD BOULV",
    "CAR": "CARRE CAR",
    "CERCLE": "CERCLE",
    "CH": "CHEMIN CH CHEM",
    "CIR": "CIRCLE CIR CRCL",
    "CIRCT": "CIRCUIT CIRCT",
    "CLOSE": "CLOSE CL",
    "COMMON": "COMMON",
    "CONC": "CONCESSION CONC",
    "COTE": "COTE",
    "COUR": "COUR COURS",
    "COVE": "COVE",
    "CRES": "CRESCENT CRES CR CRESC CROISSANT CROIS",
    "CRT": "COURT CRT CT",
    "DR": "DRIVE DR DRV",
    "ESPL": "ESPLANADE ESPL",
    "GATE": "GATE",
    "GDNS": "GARDENS GDNS",
    "GLEN": "GLEN",
    "GREEN": "GREEN",
    "GROVE": "GROVE",
    "HEATH": "HEATH",
    "HILL": "HILL",
    "HTS": "HEIGHTS HTS",
    "HWY": "HIGHWAY HWY",
    "IMP": "IMPASSE IMP",
    "ISLAND": "ISLAND",
    "LANE": "LANE LN",
    "LINE": "LINE",
    "LINK": "LINK",
    "LNDG": "LANDING LNDG",
    "LOOP": "LOOP",
    "MALL": "MALL",
    "MANOR": "MANOR",
    "MEADOW": "MEADOW",
    "MEWS": "MEWS",
    "MONTEE": "MONTEE",
    "PARC": "PARC",
    "PASS": "PASSAGE PASS",
    "PATH": "PATH",
    "PK": "PARK PK",
    "PKY": "PARKWAY PKY PKWY",
    "PL": "PLACE PL",
    "PLAZA": "PLAZA PLZ",
    "PROM": "PROMENADE PROM",
    "PT": "POINT PT",
    "PVT": "PRIVATE PVT",
    "QUAI": "QUAI",
    "RANG": "RANG RG",
    "RD": "ROAD RD",
    "RIDGE": "RIDGE",
    "RISE": "RISE",
    "RLE": "RUELLE RLE",
    "ROUTE": "ROUTE RTE RT",
    "ROW": "ROW",
    "RUE": "RUE R",
    "RUN": "RUN",
    "SENT": "SENTIER SENT",
    "SQ": "SQUARE SQ",
    "ST": "STREET ST STR",
    "TERR": "TERRACE TERR TER TERRASSE TSSE",
    "TRAIL": "TRAIL TRL",
    "VIEW": "VIEW",
    "VILLAGE": "VILLAGE",
    "VOIE": "VOIE",
    "WALK": "WALK",
    "WAY": "WAY",
    "WOODS": "WOODS",
}

# Types that stand before the name in a French address (rue Principale), lower case when shown.
_FRENCH: dict[str, str] = {
    "ALLEE": "allée", "AUT": "autoroute", "CAR": "carré", "CERCLE": "cercle", "CH": "chemin", "COTE": "côte",
    "COUR": "cour", "ESPL": "esplanade", "IMP": "impasse", "MONTEE": "montée", "PARC": "parc",
    "QUAI": "quai", "RANG": "rang", "RLE": "ruelle", "ROUTE": "route", "RUE": "rue", "SENT": "sentier",
    "VOIE": "voie",
}  # fmt: skip
# Types of both languages: French when the file puts them before the name.
_EITHER: dict[str, str] = {
    "AV": "avenue", "BLVD": "boulevard", "PL": "place", "PROM": "promenade", "PASS": "passage", "TERR": "terrasse",
    "CRES": "croissant", "SQ": "square",
}  # fmt: skip

_SHOWN: dict[str, str] = {
    "AV": "Ave", "BLVD": "Blvd", "CIR": "Circle", "CONC": "Concession", "CRES": "Cres", "CRT": "Crt", "DR": "Dr",
    "GDNS": "Gdns", "HTS": "Heights", "HWY": "Hwy", "LNDG": "Landing", "PASS": "Passage", "PK": "Park",
    "PKY": "Pky", "PROM": "Prom", "PT": "Point", "PVT": "Private", "RD": "Rd", "SQ": "Sq", "ST": "St", "TERR": "Terr",
    "CIRCT": "Circuit", "PL": "Pl",
}  # fmt: skip

_DIRECTIONS: dict[str, str] = {
    "N": "N NORTH NORD",
    "S": "S SOUTH SUD",
    "E": "E EAST EST",
    "W": "W WEST O OUEST",
    "NE": "NE NORTHEAST NORDEST",
    "NW": "NW NORTHWEST NO NORDOUEST",
    "SE": "SE SOUTHEAST SUDEST",
    "SW": "SW SOUTHWEST SO SUDOUEST",
}
_DIRECTION_FR = {"N": "N", "S": "S", "E": "E", "W": "O", "NE": "NE", "NW": "NO", "SE": "SE", "SW": "SO"}

TYPE_OF: dict[str, str] = {word: canon for canon, words in _TYPES.items() for word in words.split()}
DIRECTION_OF: dict[str, str] = {word: canon for canon, words in _DIRECTIONS.items() for word in words.split()}
FRENCH_TYPES: frozenset[str] = frozenset(_FRENCH)
LEADING_TYPES: frozenset[str] = frozenset({*_FRENCH, *_EITHER})
# French types that are hardly ever an English street's name ("rue Park" is French, "Parc Ave" English).
PLAINLY_FRENCH_TYPES: frozenset[str] = frozenset("RUE CH RANG MONTEE ROUTE RLE IMP SENT AUT".split())
# Types that stand before a number in English: Highway 7, Concession 5, Line 8.
NUMBERED_TYPES: frozenset[str] = frozenset("HWY CONC LINE ROUTE AUT".split())
# Types that name streets by one letter: Avenue E, Road K.
LETTERED_TYPES: frozenset[str] = frozenset("AV ST RD RUE LANE LINE CONC HWY ROUTE CRES DR".split())
# Directions that may stand before an English name; the French ones only follow it.
ENGLISH_DIRECTIONS: frozenset[str] = frozenset(
    "N S E W NE NW SE SW NORTH SOUTH EAST WEST NORTHEAST NORTHWEST SOUTHEAST SOUTHWEST".split()
)
# Words of names that files write long or short.
NAME_WORDS: dict[str, str] = {"SAINT": "ST", "SAINTE": "STE", "MOUNT": "MT"}
ORDINAL_WORDS: dict[str, str] = {
    word: str(number)
    for words in (
        "FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH TWELFTH THIRTEENTH FOURTEENTH "
        "FIFTEENTH SIXTEENTH SEVENTEENTH EIGHTEENTH NINETEENTH TWENTIETH",
        "PREMIERE DEUXIEME TROISIEME QUATRIEME CINQUIEME SIXIEME SEPTIEME HUITIEME NEUVIEME DIXIEME",
        "PREMIER",
    )
    for number, word in enumerate(words.split(), 1)
}


def shown_type(canonical: str, *, french: bool) -> str:
    """A street type as people write it: "St", "Ave"; in French "rue", "avenue"."""
    if french:
        return _FRENCH.get(canonical) or _EITHER.get(canonical) or canonical.capitalize()
    return _SHOWN.get(canonical) or _FRENCH.get(canonical, canonical.capitalize())


def shown_direction(canonical: str, *, french: bool) -> str:
    """A direction letter as the street's own language writes it (W in English, O in French)."""
    return _DIRECTION_FR.get(canonical, canonical) if french else canonical
