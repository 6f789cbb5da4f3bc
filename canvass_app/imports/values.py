"""Single values of a file, read once per distinct text, each with a remark when it was changed or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

from canvass_app.domain.address import (
    Street,
    fold,
    normalise_phone,
    normalise_postal_code,
    normalise_street,
    parse_civic,
)
from canvass_app.domain.errors import InputError
from canvass_app.domain.riding import parse_riding
from canvass_app.domain.text import Text

from .problems import Severity

Raw = TypeVar("Raw", bound=Hashable)
Value = TypeVar("Value")


class Remark(NamedTuple):
    """What is to be said about a value, wherever it stands."""

    severity: Severity
    reason: Text
    code: str


class Memo(dict[Raw, Value], Generic[Raw, Value]):
    """`memo[raw]` reads a raw value once; `remarks` holds what there is to say about some of them.

    Files repeat streets, numbers and towns a hundred times: reading distinct values only is what
    makes an import fast.
    """

    def __init__(self, read: Callable[[Raw], tuple[Value, Remark | None]]) -> None:
        super().__init__()
        self._read = read
        self.remarks: dict[Raw, Remark] = {}

    def __missing__(self, raw: Raw) -> Value:
        value, remark = self._read(raw)
        self[raw] = value
        if remark is not None:
            self.remarks[raw] = remark
        return value

    def many(self, raws: Iterable[Raw]) -> list[Value]:
        """The values of a column."""
        return list(map(self.__getitem__, raws))


_FLOAT_WHOLE = re.compile(r"^([0-9]+)\.0+$")
_RANGE = re.compile(
    r"^[0-9]+\s*[A-Za-z]?\s*(?:-|–|—|/|&|à|a|au|to|,|;|et|and)\s*[0-9]+\s*[A-Za-z]?$", re.IGNORECASE
)
_ZERO_OR_LESS = re.compile(r"^(?:-\s*[0-9.]+|0+(?:\.0+)?)$")
_SUFFIX = re.compile(r"^(?:[A-Z]|[123]/[24])$")
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}


def _quoted(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= 40 else text[:39] + "…"


NO_CIVIC = Remark(
    "left_out",
    Text(
        "No civic number: a door needs one. Fill it in and import again.",
        "Aucun numéro civique : une porte en exige un. Ajoutez-le et importez de nouveau.",
    ),
    "civic_missing",
)
NO_STREET = Remark(
    "left_out",
    Text(
        "No street name. Fill it in and import again.",
        "Aucun nom de rue. Ajoutez-le et importez de nouveau.",
    ),
    "street_missing",
)
NO_ADDRESS = Remark(
    "left_out",
    Text(
        "No address: the row names no door. Fill it in and import again.",
        "Aucune adresse : la ligne ne désigne aucune porte. Ajoutez-la et importez de nouveau.",
    ),
    "address_missing",
)


def unreadable_address(value: str) -> Remark:
    """The remark on an address cell without a civic number and a street."""
    shown = _quoted(value)
    return Remark(
        "left_out",
        Text(
            f"“{shown}” is not a civic address (a number and a street, such as “204-12A Birch St W”).",
            f"« {shown} » n’est pas une adresse civique (un numéro et une rue, par exemple « 12, rue du Bouleau, app. 4 »).",
        ),
        "address_unreadable",
    )


def fraction_note(number: int, suffix: str) -> Remark | None:
    """The note on a civic number with a fraction; None for any other suffix."""
    if "/" not in suffix:
        return None
    return Remark(
        "note",
        Text(
            f"The civic number was read as {number} with the fraction {suffix}.",
            f"Le numéro civique a été lu comme {number} avec la fraction {suffix}.",
        ),
        "civic_fraction",
    )


def read_civic(raw: tuple[str, str]) -> tuple[tuple[int, str] | None, Remark | None]:
    """A civic number and its suffix column as (number, suffix); None with the reason when it is none."""
    text, extra = raw[0].strip(), raw[1].strip()
    whole = _FLOAT_WHOLE.match(text)
    if whole:
        text = whole[1]
    if not text:
        return None, NO_CIVIC
    try:
        number, suffix = parse_civic(text)
    except InputError as error:
        shown = _quoted(text)
        if _ZERO_OR_LESS.match(text):
            return None, Remark(
                "left_out",
                Text(
                    f"“{shown}” is not a civic number: it must be 1 or more.",
                    f"« {shown} » n’est pas un numéro civique : il doit être de 1 ou plus.",
                ),
                "civic_zero",
            )
        if _RANGE.match(text):
            return None, Remark(
                "left_out",
                Text(
                    f"“{shown}” is a range or a list of civic numbers. Write one row for each door.",
                    f"« {shown} » est un intervalle ou une liste de numéros civiques. Écrivez une ligne par porte.",
                ),
                "civic_range",
            )
        reason = error.text
        if len(text) > 40:
            reason = Text(f"“{shown}” is not a civic number.", f"« {shown} » n’est pas un numéro civique.")
        return None, Remark("left_out", reason, "civic_unreadable")
    if extra:
        own = _FRACTIONS.get(extra, fold(extra).replace(" ", ""))
        if not _SUFFIX.match(own):
            shown = _quoted(extra)
            return (number, suffix or own[:8]), Remark(
                "note",
                Text(
                    f"“{shown}” is an unusual civic suffix; it was kept. Check the row.",
                    f"« {shown} » est un suffixe civique inhabituel; il a été conservé. Vérifiez la ligne.",
                ),
                "suffix_unusual",
            )
        suffix = suffix or own
    return (number, suffix), fraction_note(number, suffix)


def read_street(raw: tuple[str, str, str, str]) -> tuple[Street | None, Remark | None]:
    """(name, type, direction, prefix direction) as a Street; None with the reason when there is no name."""
    name, kind, direction, prefix = raw
    if prefix.strip():
        if direction.strip():
            name = f"{prefix} {name}"
        else:
            direction = prefix
    if name.strip().startswith("=") or len(name) > 200:
        return None, NO_STREET
    try:
        return normalise_street(name, kind, direction), None
    except InputError:
        return None, NO_STREET


def read_postal_code(raw: str) -> tuple[str, Remark | None]:
    """A postal code as "K1A 0B1"; "" with a remark when it is not a Canadian one."""
    value = normalise_postal_code(raw)
    if value or not raw.strip():
        return value, None
    return "", _dropped(raw, "a Canadian postal code", "un code postal canadien", "postal_code")


def read_phone(raw: str) -> tuple[str, Remark | None]:
    """Ten digits; "" with a remark when it is not a North American number."""
    value = normalise_phone(raw.lower()) if raw else ""
    if value or not raw.strip():
        return value, None
    return "", _dropped(raw, "a ten-digit telephone number", "un numéro de téléphone à dix chiffres", "phone")


_EMAIL = re.compile(r"^[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+$")


def read_email(raw: str) -> tuple[str, Remark | None]:
    """An e-mail address with its domain in small letters; "" with a remark when it is none."""
    text = raw.strip()
    if not text:
        return "", None
    if not _EMAIL.match(text) or len(text) > 254:
        return "", _dropped(raw, "an e-mail address", "une adresse de courriel", "email")
    name, _, domain = text.rpartition("@")
    return f"{name}@{domain.lower()}", None


_SUPPORT = re.compile(r"^\s*([1-5])(?:\.0+)?\s*$")


def read_support(raw: str) -> tuple[str, Remark | None]:
    """A support level "1".."5" as NationBuilder writes it; "" with a remark for anything else."""
    match = _SUPPORT.match(raw)
    if match:
        return match[1], None
    if raw.strip() in ("", "0"):
        return "", None
    return "", _dropped(raw, "a support level from 1 to 5", "un niveau d’appui de 1 à 5", "support")


_LANGUAGES = {
    "EN": "en", "E": "en", "ENG": "en", "ENGLISH": "en", "ANGLAIS": "en", "A": "en", "AN": "en", "ANG": "en",
    "FR": "fr", "F": "fr", "FRA": "fr", "FRE": "fr", "FRENCH": "fr", "FRANCAIS": "fr",
}  # fmt: skip


def read_language(raw: str) -> tuple[str, Remark | None]:
    """ "en" or "fr" for the two official languages; any other as the file writes it, in small letters."""
    folded = fold(raw).partition(" ")[0]
    return _LANGUAGES.get(folded, " ".join(raw.split()).lower()[:40]), None


_SEXES = {
    "M": "M", "MALE": "M", "MAN": "M", "HOMME": "M", "H": "M", "MASCULIN": "M", "F": "F", "FEMALE": "F",
    "WOMAN": "F", "FEMME": "F", "FEMININ": "F", "X": "X", "O": "X", "OTHER": "X", "AUTRE": "X",
}  # fmt: skip


def read_sex(raw: str) -> tuple[str, Remark | None]:
    """ "M", "F" or "X"; "" when blank or unknown."""
    return _SEXES.get(fold(raw), ""), None


_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_COMPACT_DATE = re.compile(r"^((?:19|20)\d\d)[01]\d[0-3]\d$")
_SHORT_DATE = re.compile(r"^\s*\d{1,2}[/.-]\d{1,2}[/.-](\d\d)\s*$")
_YOUNGEST_SHORT_YEAR = 12
"""A two-digit year below this is 20xx: nobody on an electors' list was born later than 2011."""


def read_birth_year(raw: str) -> tuple[int, Remark | None]:
    """The year of a birth date or birth year in any usual form; 0 when blank, 0 with a remark when unreadable.

    The year alone feeds ids, so a two-digit year has a fixed meaning, whatever today's date.
    """
    text = raw.strip()
    if text in ("", "0", "0000-00-00"):
        return 0, None
    compact = _COMPACT_DATE.match(text)
    if compact:
        return int(compact[1]), None
    years = _YEAR.findall(text)
    if len(years) == 1:
        return int(years[0]), None
    short = _SHORT_DATE.match(text)
    if short:
        year = int(short[1])
        return year + (2000 if year < _YOUNGEST_SHORT_YEAR else 1900), None
    return 0, _dropped(raw, "a birth date or year", "une date ou une année de naissance", "birth_year")


_RIDING = re.compile(r"^\s*([0-9]{9}|[0-9]{5})(?![0-9])")


def riding_reader(map_year: int) -> Callable[[str], tuple[int, Remark | None]]:
    """A reader of riding columns: "59036", "201359036", "59036.0", "59036 Vancouver Granville"."""

    def read(raw: str) -> tuple[int, Remark | None]:
        if not raw.strip():
            return 0, None
        match = _RIDING.match(raw)
        if match:
            try:
                return parse_riding(match[1], map_year), None
            except InputError:
                pass
        return 0, _dropped(
            raw,
            "a riding number (five or nine digits)",
            "un numéro de circonscription (cinq ou neuf chiffres)",
            "riding_unreadable",
        )

    return read


def read_floor(raw: str) -> tuple[int, Remark | None]:
    """A floor number; 0 when blank or not a number."""
    match = re.match(r"^\s*([0-9]{1,3})(?![0-9])", raw)
    return (int(match[1]) if match else 0), None


def read_name(raw: str) -> tuple[str, Remark | None]:
    """A name with single blanks, as the file writes it."""
    return " ".join(raw.split()), None


def split_full_name(text: str) -> tuple[str, str]:
    """(last, first) of a whole name: "Tremblay, Anne" or "Anne Tremblay"."""
    last, comma, first = text.partition(",")
    if comma:
        return last.strip(), first.strip()
    first, _, last = text.strip().rpartition(" ")
    return last, first


def _dropped(raw: str, en: str, fr: str, code: str) -> Remark:
    shown = _quoted(raw)
    return Remark(
        "changed",
        Text(
            f"“{shown}” is not {en}; the value was left blank.",
            f"« {shown} » n’est pas {fr}; la valeur a été laissée vide.",
        ),
        code,
    )
