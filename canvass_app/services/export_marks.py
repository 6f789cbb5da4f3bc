"""The mark that every row of an exported copy carries: which of several harmless spellings a cell has.

“12 Birch St”, “12 Birch St.” and “12 Birch Street” are one address. Which one a copy has is chosen by the copy's own key, from the
address itself; so it can be read from any few rows of a leaked copy, in any order, in any case, with columns missing, and
without knowing what the campaign's record said. To somebody without the key the choice looks like chance.
How sure that is: services/tracing.py. Reasons and measurements: docs/decisions/0028-exports.md.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from canvass_app.domain.address import civic_text, fold, normalise_postal_code, normalise_street
from canvass_app.domain.errors import InputError
from canvass_app.domain.street_words import TYPE_OF, shown_type
from canvass_app.domain.text import Text

ADDRESS, TOWN, POSTAL, PHONE = "address", "town", "postal", "phone"
MARKED = (ADDRESS, TOWN, POSTAL, PHONE)

_ADDRESS = re.compile(
    r"^\s*(?:(?P<unit>\w+(?:-\w+)?)\s*-\s*)?(?P<number>\d{1,6})(?P<suffix>[a-z](?![a-z])|\s?[½¼¾]|\s(?:1/2|1/4|3/4))?,?\s+"
    r"(?P<street>\D.*?|\d.*?\D.*?)(?:,\s*(?:apt|appt|app|unit|unité|suite)\.?\s+(?P<after>[\w-]+))?\s*$",
    re.IGNORECASE,
)
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
_PHONE = re.compile(r"^\s*(?:1[-. ])?\(?([2-9]\d\d)\)?[-. ]?(\d{3})[-. ]?(\d{4})\s*$")
_PROVINCES = {
    "ALBERTA": "AB", "BRITISH COLUMBIA": "BC", "COLOMBIE BRITANNIQUE": "BC", "MANITOBA": "MB", "NEW BRUNSWICK": "NB",
    "NOUVEAU BRUNSWICK": "NB", "NEWFOUNDLAND AND LABRADOR": "NL", "TERRE NEUVE ET LABRADOR": "NL", "NOVA SCOTIA": "NS",
    "NOUVELLE ECOSSE": "NS", "NORTHWEST TERRITORIES": "NT", "TERRITOIRES DU NORD OUEST": "NT", "NUNAVUT": "NU",
    "ONTARIO": "ON", "PRINCE EDWARD ISLAND": "PE", "ILE DU PRINCE EDOUARD": "PE", "QUEBEC": "QC", "SASKATCHEWAN": "SK",
    "YUKON": "YT",
}  # fmt: skip
_TOWN = re.compile(rf"^(.*?\S),?\s+\(?({'|'.join(sorted(set(_PROVINCES.values())))})\)?\s*$", re.IGNORECASE)
# Short French forms of the Office québécois de la langue française.
_FRENCH_SHORT = {"AV": "av.", "BLVD": "boul.", "CH": "ch.", "PL": "pl.", "RTE": "rte", "SQ": "sq."}
_NO_ADDRESS = Text("No address.", "Aucune adresse.")
_DIRECTIONS = {
    "N": ("North", "Nord"), "S": ("South", "Sud"), "E": ("East", "Est"), "W": ("West", "Ouest"),
}  # fmt: skip


def chosen(key: bytes, mark: str, anchor: str, count: int) -> int:
    """Which of `count` spellings a copy's key chooses for a cell: evenly spread, and alike only under the same key."""
    digest = blake2b(anchor.encode(), key=key, person=mark.encode()[:16], digest_size=8).digest()
    return int.from_bytes(digest) % count


def words_key(*names: str) -> str:
    """What all spellings and orders of a person's name share."""
    return " ".join(sorted(fold(" ".join(names)).split()))


def province_code(name: str) -> str:
    """The two letters of a province by its name or its letters; "" when it is neither."""
    folded = fold(name)
    return folded if folded in _PROVINCES.values() else _PROVINCES.get(folded, "")


# --- spellings of a cell ----------------------------------------------------------------------------


def phone_forms(digits: str) -> tuple[str, ...]:
    """Spellings of ten digits. None begins with a sign, and none is one number that a spreadsheet would round."""
    area, office, line = digits[:3], digits[3:6], digits[6:]
    return (
        f"{area}-{office}-{line}", f"({area}) {office}-{line}", f"{area} {office}-{line}", f"{area}.{office}.{line}",
        f"{area} {office} {line}", f"1-{area}-{office}-{line}", f"({area}){office}-{line}", f"1 {area} {office}-{line}",
    )  # fmt: skip


def postal_forms(code: str) -> tuple[str, ...]:
    """Spellings of a postal code in its usual form ("P3E 1A1")."""
    return (code, code.replace(" ", ""))


def town_forms(name: str, province: str) -> tuple[str, ...]:
    """Spellings of a municipality; one alone where the province (two letters) is not known."""
    if not name or not province:
        return (name,)
    return (name, f"{name}, {province}", f"{name} {province}", f"{name} ({province})")


class Place:
    """An address as a cell shows it, read back. `key` is what all its spellings share."""

    __slots__ = ("civic", "key", "street", "unit")

    def __init__(self, text: str) -> None:
        """Raises InputError for what is no address."""
        found = _ADDRESS.match(text)
        if found is None:
            raise InputError(_NO_ADDRESS)
        suffix = (found["suffix"] or "").strip().upper()
        suffix = _FRACTIONS.get(suffix, suffix)
        self.unit = (found["unit"] or found["after"] or "").upper()
        self.civic = civic_text(int(found["number"]), suffix)
        self.street = normalise_street(found["street"])
        self.key = f"{self.unit}|{self.civic}|{self.street.key}"


@lru_cache(maxsize=65_536)
def read_address(text: str) -> Place | None:
    """The address of a cell, or None for what is none."""
    try:
        return Place(text)
    except InputError:
        return None


@lru_cache(maxsize=65_536)
def address_forms(label: str) -> tuple[str, ...]:
    """Spellings of an address, the given one among them; each is read back as the same address."""
    place = read_address(label)
    if place is None:
        return (label,)
    found = dict.fromkeys(_civic_forms(place))
    kept = [one for one in found if (back := read_address(one)) is not None and back.key == place.key]
    return tuple(sorted(kept, key=_compared)) if len(kept) > 1 else (label,)


def _civic_forms(place: Place) -> list[str]:
    french = place.street.french
    after = ("app.", "appt") if french else ("Apt", "Unit")
    # The comma after the number is the French custom; English has none.
    numbers = (f"{place.civic},", place.civic) if french else (place.civic,)
    forms: list[str] = []
    for street in _street_forms(place):
        for number in numbers:
            if not place.unit:
                forms.append(f"{number} {street}")
                continue
            forms.append(f"{place.unit}-{number} {street}")
            forms += [f"{number} {street}, {word} {place.unit}" for word in after]
    return forms


def _street_forms(place: Place) -> list[str]:
    street = place.street
    if street.shown[:1].isdigit():
        # "Highway 7", "2e Rue": numbers and types change places by rules of their own.
        return [street.label]
    name = street.shown
    directions = [""]
    if street.direction:
        letter = "O" if street.french and street.direction == "W" else street.direction
        long = _DIRECTIONS.get(street.direction)
        directions = [f" {letter}", *([f" {long[street.french]}"] if long else [])]
    types = _type_forms(street.type, french=street.french)
    if street.french:
        return [f"{kind}{name}{towards}" for kind in types for towards in directions]
    return [f"{name}{kind}{towards}" for kind in types for towards in directions]


def _type_forms(kind: str, *, french: bool) -> list[str]:
    if not kind:
        return [""]
    words = [word for word, canonical in TYPE_OF.items() if canonical == kind]
    if french:
        long = shown_type(kind, french=True)
        return [f"{long} ", *([f"{_FRENCH_SHORT[kind]} "] if kind in _FRENCH_SHORT else [])]
    long = words[0].capitalize()
    short = words[1].capitalize() if len(words) > 1 else ""
    return [f" {long}", *([f" {short}", f" {short}."] if short and short != long else [])]


# --- reading cells back -----------------------------------------------------------------------------


class Seen:
    """A cell's spelling, as it can be compared with a key's choice: `at` of `count`, for `anchor`."""

    __slots__ = ("anchor", "at", "count", "mark")

    def __init__(self, mark: str, anchor: str, at: int, count: int) -> None:
        self.mark, self.anchor, self.at, self.count = mark, anchor, at, count


def see_address(cell: str) -> Seen | None:
    """What an address cell's spelling says."""
    place = read_address(cell.strip())
    if place is None:
        return None
    return _seen(ADDRESS, place.key, cell, address_forms(_tidied(place)))


@lru_cache(maxsize=65_536)
def _forms_by_fold(forms: tuple[str, ...]) -> dict[str, int]:
    return {_compared(one): at for at, one in enumerate(forms)}


def _compared(cell: str) -> str:
    """What is left of a spelling after somebody changed case, blanks and accents."""
    plain = unicodedata.normalize("NFKD", cell.casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def _seen(mark: str, anchor: str, cell: str, forms: tuple[str, ...]) -> Seen | None:
    at = _forms_by_fold(forms).get(_compared(cell))
    return Seen(mark, anchor, at, len(forms)) if at is not None and len(forms) > 1 else None


def _tidied(place: Place) -> str:
    unit = f"{place.unit}-" if place.unit else ""
    return f"{unit}{place.civic} {place.street.label}"


def see_phone(cell: str) -> Seen | None:
    """What a telephone cell's spelling says."""
    digits = phone_digits(cell)
    return _seen(PHONE, digits, cell, phone_forms(digits)) if digits else None


def phone_digits(cell: str) -> str:
    """The ten digits of a telephone cell; "" when it is none."""
    found = _PHONE.match(cell)
    return "".join(found.groups()) if found else ""


def see_postal(cell: str, person: str) -> Seen | None:
    """What a postal code's spelling says, in the row of a person (`words_key`)."""
    code = normalise_postal_code(cell)
    return _seen(POSTAL, f"{code}|{person}", cell, postal_forms(code)) if code and person else None


def see_town(cell: str, person: str, province: str) -> Seen | None:
    """What a municipality's spelling says, in the row of a person, in a riding of that province (two letters)."""
    name = town_name(cell)
    if not name or not person:
        return None
    return _seen(TOWN, f"{fold(name)}|{person}", cell, town_forms(name, province))


def town_name(cell: str) -> str:
    """A municipality without its province."""
    found = _TOWN.match(cell)
    return (found[1] if found else cell).strip()


# --- spelling a row -----------------------------------------------------------------------------------


def spell_address(key: bytes, label: str) -> str:
    """An address as the copy of this key has it."""
    place = read_address(label)
    if place is None:
        return label
    forms = address_forms(_tidied(place))
    seen = _seen(ADDRESS, place.key, forms[0], forms)
    return label if seen is None else forms[chosen(key, ADDRESS, place.key, len(forms))]


def spell_phone(key: bytes, digits: str) -> str:
    """Ten digits as the copy of this key has them; what is not ten digits stays as it is."""
    if len(digits) != 10 or not phone_digits(digits):
        return digits
    forms = phone_forms(digits)
    return forms[chosen(key, PHONE, digits, len(forms))]


def spell_postal(key: bytes, code: str, person: str) -> str:
    """A postal code in a person's row."""
    plain = normalise_postal_code(code)
    if not plain or not person:
        return code
    forms = postal_forms(plain)
    return forms[chosen(key, POSTAL, f"{plain}|{person}", len(forms))]


def spell_town(key: bytes, name: str, province: str, person: str) -> str:
    """A municipality in a person's row."""
    if not name or not person:
        return name
    forms = town_forms(town_name(name), province)
    return forms[chosen(key, TOWN, f"{fold(town_name(name))}|{person}", len(forms))]
