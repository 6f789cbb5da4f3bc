"""Civic addresses: normalised form, key, id, and how they are shown.

`Address` holds canonical parts. `normalise_street` (normaliser version 1) folds the many spellings
of a street into one; door ids depend on its output, so a known spelling never changes its form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .errors import InputError
from .ids import building_id, door_id
from .street_words import (
    DIRECTION_OF,
    ENGLISH_DIRECTIONS,
    FRENCH_TYPES,
    LEADING_TYPES,
    LETTERED_TYPES,
    NAME_WORDS,
    NUMBERED_TYPES,
    ORDINAL_WORDS,
    PLAINLY_FRENCH_TYPES,
    TYPE_OF,
    shown_direction,
    shown_type,
)
from .text import Text

_CIVIC = re.compile(r"^\s*(?P<number>[0-9]{1,6})\s*(?:-?\s*(?P<suffix>[A-Za-z]|1/2|1/4|3/4|½|¼|¾))?\s*$")
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
_POSTAL = re.compile(r"^[ABCEGHJ-NPRSTVXYQ]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$")
_NOT_WORD = re.compile(r"[^\w/&]+|_+")
_ORDINAL = re.compile(r"^(\d+)(ST|ND|RD|TH|E|RE|ER|ERE|EME|IEME)$")
_FRENCH_ORDINAL = re.compile(r"^\d+(E|RE|ER|ERE|EME|IEME)$")
_SMALL_WORDS = frozenset("de du des la le les l d au aux et à en sur of the and".split())


class Street(NamedTuple):
    """A street in canonical form: `name` folded for keys, `shown` as the file wrote it (tidied)."""

    name: str
    type: str
    direction: str
    shown: str
    french: bool

    @property
    def key(self) -> str:
        """What two spellings of one street share."""
        return f"{self.name}|{self.type}|{self.direction}"

    @property
    def label(self) -> str:
        """The street as people write it: "Birch St W", "rue du Bouleau O"."""
        kind = shown_type(self.type, french=self.french) if self.type else ""
        direction = shown_direction(self.direction, french=self.french)
        type_first = self.french or (self.type in NUMBERED_TYPES and self.shown[:1].isdigit())
        if self.french and _FRENCH_ORDINAL.match(fold(self.shown)):
            type_first, kind = False, kind.capitalize()  # "2e Rue", never "rue 2e"
        parts = (kind, self.shown, direction) if type_first else (self.shown, kind, direction)
        return " ".join(part for part in parts if part)


class Address(NamedTuple):
    """One dwelling's address. `suffix` is "", a letter or a fraction such as "1/2"."""

    number: int
    suffix: str
    street: Street
    unit: str = ""
    municipality: str = ""
    postal_code: str = ""

    @property
    def building_key(self) -> str:
        """The normalised address without unit and municipality: doors that share it are one building."""
        return f"{self.street.key}|{self.number}|{self.suffix}"

    @property
    def match_key(self) -> str:
        """The normalised address without municipality: what two files of one place have in common."""
        return f"{self.building_key}|{self.unit}"

    @property
    def key(self) -> str:
        """The whole normalised address, the input of the door's id."""
        return f"{fold(self.municipality)}|{self.match_key}"

    @property
    def door_id(self) -> bytes:
        """UUIDv5 of the normalised address."""
        return door_id(self.key)

    @property
    def building_id(self) -> bytes:
        """The id of the building this door is in."""
        return building_id(f"{fold(self.municipality)}|{self.building_key}")

    @property
    def civic(self) -> str:
        """The civic number with its suffix: "12", "12A", "12 1/2"."""
        return civic_text(self.number, self.suffix)

    @property
    def label(self) -> str:
        """The address in one line: "204-12A Birch St W"."""
        return address_label(self.number, self.suffix, self.street.label, self.unit)


def civic_text(number: int, suffix: str) -> str:
    """A civic number as printed: "12", "12A", "12 ½"."""
    if not suffix:
        return str(number)
    return f"{number}{suffix}" if suffix.isalpha() else f"{number} {suffix}"


def address_label(number: int, suffix: str, street: str, unit: str) -> str:
    """One line for an address from its parts; the unit stands first, as Canada Post writes it."""
    line = f"{civic_text(number, suffix)} {street}"
    return f"{unit}-{line}" if unit else line


def _strip_accents(text: str) -> str:
    if text.isascii():
        return text
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Capitals, no accents, no punctuation, single blanks: what comparisons and keys use."""
    # One plain word, as most names are, is sooner folded than remembered.
    return text.upper() if text.isascii() and text.isalnum() else _fold_words(text)


@lru_cache(maxsize=65_536)
def _fold_words(text: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", _strip_accents(text.replace("’", "'")).upper()).split())


def tidy(text: str) -> str:
    """A street name for people: capitals-only input becomes title case, anything else stays."""
    text = " ".join(text.replace("’", "'").split())
    if not text.isupper():
        return text
    words: list[str] = []
    for index, word in enumerate(text.lower().split(" ")):
        if (index and word in _SMALL_WORDS) or word[:1].isdigit():
            words.append(word)
        else:
            pieces = re.split(r"([-'])", word)
            words.append("".join(
                piece if (piece in _SMALL_WORDS and (n or pieces[1:2] == ["'"])) else piece[:1].upper() + piece[1:]
                for n, piece in enumerate(pieces)
            ))  # fmt: skip
    return " ".join(words)


def _canonical_type(text: str) -> str:
    folded = fold(text)
    return TYPE_OF.get(folded, folded)


def _canonical_direction(text: str) -> str:
    folded = fold(text).replace(" ", "")
    return DIRECTION_OF.get(folded, folded)


@lru_cache(maxsize=65_536)
def normalise_street(name: str, kind: str = "", direction: str = "") -> Street:
    """Fold a street's name, type and direction (each possibly empty, possibly all in `name`).

    "W 12TH AV", "12th Avenue West" and ("12TH", "AVE", "W") give one street, as do "Highway 7" and
    ("7", "HWY"), "2e Rue" and ("2", "RUE"), "Bouleau, rue du" and "rue du Bouleau". French streets
    keep their order: "rue Principale O". Raises InputError when no name is left.
    """
    words = _upright(name, kind).split()
    folded = [fold(word) for word in words]
    canon_type = _canonical_type(kind) if kind.strip() else ""
    canon_direction = _canonical_direction(direction) if direction.strip() else ""
    if len(words) > 1:
        start, stop, found = _direction_in(folded, canon_direction, bool(canon_type))
        words, folded, canon_direction = words[start:stop], folded[start:stop], found
    french = canon_type in FRENCH_TYPES or (bool(canon_type) and kind.strip().islower())
    if len(words) > 1:
        if canon_type:
            if TYPE_OF.get(folded[-1]) == canon_type:  # the file writes the type in both columns
                words, folded = words[:-1], folded[:-1]
            elif TYPE_OF.get(folded[0]) == canon_type and canon_type in LEADING_TYPES:
                words, folded = words[1:], folded[1:]
        else:
            start, stop, canon_type, french = _type_in(folded)
            words, folded = words[start:stop], folded[start:stop]
    if canon_type in LEADING_TYPES and len(words) == 1 and _FRENCH_ORDINAL.match(folded[0]):
        french = True
    key_name = _key_name(folded)
    if not key_name:
        raise InputError(Text("No street name.", "Aucun nom de rue."))
    shown = tidy(" ".join(words))
    lead, _, rest = shown.partition(" ")
    if french and canon_type and rest and lead.lower() in _SMALL_WORDS:
        shown = f"{lead.lower()} {rest}"  # "DE LA MONTAGNE", RUE is "rue de la Montagne"
    return Street(key_name, canon_type, canon_direction, shown, french)


def _upright(name: str, kind: str) -> str:
    """ "Bouleau, rue du" as "rue du Bouleau": indexes and some city files invert French streets."""
    head, comma, tail = name.partition(",")
    if comma and not kind.strip() and tail.split() and fold(tail.split()[0]) in TYPE_OF:
        return f"{tail} {head}"
    return name


def _key_name(folded: list[str]) -> str:
    """The folded name with ordinals as numbers and Saint, Sainte, Mount short: "12TH" and "12" are one."""
    words = " ".join(folded).split()
    if len(words) == 1 and words[0] in ORDINAL_WORDS:
        return ORDINAL_WORDS[words[0]]
    return " ".join(_ORDINAL.sub(r"\1", NAME_WORDS.get(word, word)) for word in words)


def _direction_in(folded: list[str], given: str, typed: bool) -> tuple[int, int, str]:
    """The slice of the words that is not the direction, and the direction.

    The French abbreviations (O, NO, SO) only count at the end: "No 3 Road" and "O Connor St" are names.
    """
    last, first = DIRECTION_OF.get(folded[-1], ""), DIRECTION_OF.get(folded[0], "")
    if first and folded[0] not in ENGLISH_DIRECTIONS:
        first = ""
    if given:
        if last == given:
            return 0, len(folded) - 1, given
        return (1 if first == given and len(folded[0]) <= 2 else 0), len(folded), given
    if last:
        # "Avenue E" is a street named E, not an avenue that lies east.
        lettered = len(folded) == 2 and len(folded[1]) == 1 and TYPE_OF.get(folded[0]) in LETTERED_TYPES
        if not (lettered and not typed):
            return 0, len(folded) - 1, last
    elif first and (len(folded) > 2 or folded[1] not in TYPE_OF or typed):
        return 1, len(folded), first
    return 0, len(folded), ""


def _type_in(folded: list[str]) -> tuple[int, int, str, bool]:
    """The slice of the words that is the name, the street type found beside it, and whether it reads French."""
    count = len(folded)
    first, last = TYPE_OF.get(folded[0], ""), TYPE_OF.get(folded[-1], "")
    if last and _FRENCH_ORDINAL.match(folded[0]) and count == 2 and last in LEADING_TYPES:
        return 0, 1, last, True
    english_end = bool(last) and last not in FRENCH_TYPES and first in FRENCH_TYPES
    if english_end and (first not in PLAINLY_FRENCH_TYPES or len(folded[0]) == 1):
        first = ""  # "Parc Ave" and "R St" are English, "rue Park" is French
    if last in FRENCH_TYPES:
        last = ""  # in French the type leads: "avenue du Parc" ends on a name
    if first in FRENCH_TYPES:
        return 1, count, first, True
    if first in NUMBERED_TYPES and not last and folded[1][:1].isdigit():
        return 1, count, first, False
    if first in LEADING_TYPES and not last:
        return 1, count, first, True
    if last and not (count == 2 and folded[0] in ("THE", "LE", "LA")):
        return 0, count - 1, last, False
    return 0, count, "", False


@lru_cache(maxsize=65_536)
def parse_civic(text: str) -> tuple[int, str]:
    """Read a civic number: "12", "12A", "12-A", "12 1/2", "12½". Raises InputError with the reason."""
    match = _CIVIC.match(text)
    if match is None or int(match["number"]) == 0:
        raise InputError(
            Text(
                f"“{text.strip()}” is not a civic number (a number, perhaps with a letter or a fraction).",
                f"« {text.strip()} » n’est pas un numéro civique (un nombre, peut-être suivi d’une lettre ou d’une fraction).",
            )
        )
    suffix = match["suffix"] or ""
    return int(match["number"]), _FRACTIONS.get(suffix, suffix.upper())


def normalise_unit(text: str) -> str:
    """A unit without its label: "Apt. 204" and "#204" are "204"; capitals."""
    folded = fold(text.replace("#", " "))
    words = folded.split(" ")
    if len(words) > 1 and words[0] in _UNIT_WORDS:
        words = words[1:]
    return "-".join(words) if words != [""] else ""


_UNIT_WORDS = frozenset(
    "APT APARTMENT APP APPT APPARTEMENT UNIT UNITE SUITE STE BUREAU NO LOGEMENT LOG RM ROOM".split()
)


@lru_cache(maxsize=65_536)
def normalise_postal_code(text: str) -> str:
    """ "k1a 0b1" becomes "K1A 0B1"; "" when it is not a Canadian postal code or is empty."""
    packed = text.replace(" ", "").replace("-", "").upper()
    return f"{packed[:3]} {packed[3:]}" if _POSTAL.match(packed) else ""


def normalise_phone(text: str) -> str:
    """Ten digits of the North American plan, or "" when it is not such a number."""
    digits = "".join(c for c in text.split("x")[0] if c.isdigit())
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return digits if len(digits) == 10 and digits[0] not in "01" else ""


def floor_of_unit(unit: str) -> int:
    """The floor a numeric unit is on by the usual numbering ("1204" = 12, "204" = 2); 0 when unknown."""
    digits = "".join(c for c in unit if c.isdigit())
    return int(digits[:-2]) if len(digits) in (3, 4) and digits == unit.rstrip("ABCDEF") else 0
