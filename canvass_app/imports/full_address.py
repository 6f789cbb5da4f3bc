"""Whole addresses in one cell: "204-12A Birch St W", "12 rue du Bouleau app. 4", "12 Main St Unit 4"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from canvass_app.domain.address import (
    Street,
    fold,
    normalise_postal_code,
    normalise_street,
    normalise_unit,
    parse_civic,
)
from canvass_app.domain.errors import InputError
from canvass_app.domain.street_words import PLAINLY_FRENCH_TYPES, TYPE_OF

_POSTAL = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d\b", re.IGNORECASE)
_LABEL = r"(?:apartment|appartement|appt|apt|app|unité|unite|unit|suite|ste|bureau|bur|logement|log|local|#)"
_UNIT = r"(?:[A-Z]{0,3}-?\d[0-9A-Z]{0,5}(?:-[0-9A-Z]{1,4})?|[A-Z])"
_CIVIC = r"\d{1,6}(?:[A-Z](?![0-9A-Z])|\s?(?:[123]/[24]|[½¼¾]))?"
_UNIT_ONLY = re.compile(rf"^{_LABEL}[.:]?\s*(?:no\.?\s*|#\s*)?({_UNIT})$", re.IGNORECASE)
_BARE_UNIT = re.compile(r"^\d{1,5}[A-Z]?$", re.IGNORECASE)
_BARE_CIVIC = re.compile(rf"^{_CIVIC}$", re.IGNORECASE)
_UNIT_DASH = re.compile(rf"^(?:{_LABEL}[.:]?\s*)?({_UNIT})\s*[-–—]\s*({_CIVIC})\s+(\S.*)$", re.IGNORECASE)
_UNIT_FIRST = re.compile(rf"^{_LABEL}[.:]?\s*({_UNIT})\s+({_CIVIC})\s+(\S.*)$", re.IGNORECASE)
_CIVIC_FIRST = re.compile(rf"^({_CIVIC})\s+(\S.*)$", re.IGNORECASE)
_LONE_LETTER = re.compile(r"^([A-DF-MP-RT-VX-Z])\s+(\S+\s+\S.*)$", re.IGNORECASE)
_UNIT_LAST = re.compile(rf"^(.*\S)\s+{_LABEL}[.:]?\s*(?:no\.?\s*|#\s*)?({_UNIT})$", re.IGNORECASE)
_HASH_LAST = re.compile(rf"^(.*\S)\s*#\s*({_UNIT})$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)")
_PROVINCES = frozenset(
    "AB BC MB NB NL NS NT NU ON PE QC SK YT PQ ONT QUE QUÉBEC ALBERTA ONTARIO MANITOBA SASKATCHEWAN CANADA".split()
)


@dataclass(frozen=True, slots=True)
class LineAddress:
    """The parts of an address read from one cell; texts that are absent are ""."""

    number: int
    suffix: str
    street: Street
    unit: str
    municipality: str
    postal_code: str


def parse_address_line(text: str, second: str = "") -> LineAddress | None:
    """The address in `text` (with a second address line), or None when it holds no number and street.

    A leading "204-12" is unit and civic number, Canada Post's order; boxes and rural routes are
    no doors.
    """
    parsed = _parse(text)
    second = " ".join(second.split())
    if not second:
        return parsed
    if parsed is None:
        # "Apt 4" or "c/o ..." on the first line and the street on the second.
        parsed = _parse(second)
        first = _UNIT_ONLY.match(" ".join(text.split()))
        return _with_unit(parsed, first[1]) if parsed and first else parsed
    match = _UNIT_ONLY.match(second)
    unit = match[1] if match else second if _BARE_UNIT.match(second.lstrip("# ")) else ""
    return _with_unit(parsed, unit) if unit and not parsed.unit else parsed


def _with_unit(parsed: LineAddress, unit: str) -> LineAddress:
    return LineAddress(
        parsed.number,
        parsed.suffix,
        parsed.street,
        normalise_unit(unit),
        parsed.municipality,
        parsed.postal_code,
    )


def _parse(text: str) -> LineAddress | None:
    line = " ".join(_BRACKETS.sub(" ", text).split())
    if len(line) > 300:
        return None
    postal = ""
    match = _POSTAL.search(line)
    if match:
        postal = normalise_postal_code(match[0])
        line = f"{line[: match.start()]} {line[match.end() :]}"
    pieces = [piece for part in line.split(",") if (piece := part.strip(" .;-"))]
    unit = ""
    while pieces:
        piece = pieces.pop(0)
        only = _UNIT_ONLY.match(piece)
        if only:
            unit = only[1]
            continue
        if pieces and _BARE_CIVIC.match(piece):
            if pieces[0][:1].isdigit() and _CIVIC_FIRST.match(pieces[0]) and not _ordinal_start(pieces[0]):
                unit = piece  # "204, 12 Main St"
                continue
            piece = f"{piece} {pieces.pop(0)}"  # "12, rue Principale"
        door = _door(piece)
        if door is not None:
            number, suffix, street, own_unit = door
            municipality, later_unit = _rest(pieces)
            chosen = own_unit or unit or later_unit
            return LineAddress(number, suffix, street, normalise_unit(chosen), municipality, postal)
    return None


def _ordinal_start(piece: str) -> bool:
    return bool(re.match(r"^\d+(st|nd|rd|th|e|re|er|ère|ième)\b", piece, re.IGNORECASE))


def _door(piece: str) -> tuple[int, str, Street, str] | None:
    unit = ""
    dashed = _UNIT_DASH.match(piece) or _UNIT_FIRST.match(piece)
    if dashed:
        unit, civic, street = dashed.groups()
    else:
        plain = _CIVIC_FIRST.match(piece)
        if plain is None:
            return None
        civic, street = plain.groups()
        letter = _LONE_LETTER.match(street)
        if letter and civic.isdigit():
            after = letter[2].split()[0]
            kind = TYPE_OF.get(fold(after), "")
            # "401 I St SW" is I Street; "12 A Main St" and "12 A rue Principale" are number 12A.
            if not kind or kind in PLAINLY_FRENCH_TYPES:
                civic, street = civic + letter[1], letter[2]
    last = _UNIT_LAST.match(street) or _HASH_LAST.match(street)
    if last:
        street, unit = last[1], unit or last[2]
    street = street.strip(" ,;-")
    try:
        number, suffix = parse_civic(civic)
        parsed = normalise_street(street)
    except InputError:
        return None
    if not parsed.type and parsed.name in TYPE_OF and not parsed.direction:
        return None  # "12e Avenue" without a civic number before it
    return number, suffix, parsed, unit


def _rest(pieces: list[str]) -> tuple[str, str]:
    municipality = unit = ""
    for piece in pieces:
        only = _UNIT_ONLY.match(piece)
        if only:
            unit = unit or only[1]
            continue
        words = piece.split()
        while words and words[-1].upper().replace(".", "") in _PROVINCES and (len(words) > 1 or municipality):
            words.pop()
        if words and not municipality and not any(c.isdigit() for c in piece):
            if len(words) == 1 and words[0].upper() in _PROVINCES and len(words[0]) == 2:
                continue
            municipality = " ".join(words)
    return municipality, unit
