"""What a volunteer's own words ask of a turf: "no stairs, home by eight" or "sans escaliers, avant 20 h".

Only what is surely meant is taken; the rest is kept word for word, for people to read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import NamedTuple

from .address import fold
from .text import Text

SHORT_METRES = 1500
"""What a short walk is where nobody says how short."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What was understood. `short_metres` and `short_minutes` are 0 without a wish, `home_by` minutes after midnight or -1.

    `near` is the address that somebody wants to be near; with `near_home` and no `near` it is not said where that is.
    `other` are the words that were not understood, as they were typed.
    """

    no_stairs: bool = False
    short_metres: int = 0
    short_minutes: int = 0
    by_bike: bool = False
    calls_only: bool = False
    near_home: bool = False
    near: str = ""
    home_by: int = -1
    languages: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class _Piece(NamedTuple):
    said: str
    plain: str


_STAIRS = r"(?:stairs?|steps|escaliers?|marches|etages?|walk-?ups?)"
_HOUR = r"(?P<hour>\d{1,2}|[a-z]{3,8})(?:\s?(?::|h(?![a-z]))\s?(?P<minute>\d{2})?)?"
_HALF = r"(?:\s?(?P<half>heures?|h|o'clock|hrs?|am|a\.m|pm|p\.m)\b\.?)?(?:\s(?:du|in the|this)\s(?P<day>soir|evening|matin|morning))?"
_OPEN = r"(?:(?:needs?|wants?|prefers?|only|please|besoin de|veut|prefere|svp|seulement|s'il vous plait)\s)*"
_SHUT = r"(?:\s(?:please|only|svp|seulement|s'il vous plait))*"
_WHY = r"(?:because|due to|since|as (?:he|she|they)|for (?:his|her)|bad|car|parce|a cause|pour|with|mal)\b"
_RULES: tuple[tuple[str, str], ...] = (
    ("stairs", rf"(?:no|without|avoids?|cannot (?:do|climb)|can't (?:do|climb)|not many) {_STAIRS}"),
    ("stairs", rf"(?:pas d'|pas de |sans |aucune? |evite les |evite |eviter les |ni |point d'){_STAIRS}"),
    ("stairs", r"(?:ground floor|rez-de-chaussee)"),
    (
        "short",
        r"(?:(?:only )?(?:a )?short (?:walks?|distances?|routes?|turfs?|ones?)|short|courtes? (?:marches?|distances?)"
        r"|court|petits? (?:trajets?|parcours|secteurs?)|(?:trajets?|parcours|secteurs?) courts?|distances? courtes?"
        r"|marches? courtes?|not far|pas loin|cannot walk far|can't walk far|ne (?:peut|marche) pas (?:marcher )?loin)"
        r"(?:,? ?\(?(?:at most|max\.?|maximum|up to|under|au plus|jusqu'a|moins de)? ?(?P<n>\d+(?:[.,]\d+)?) ?(?P<unit>km|kilomet(?:er|re)s?"
        r"|m|met(?:er|re)s?|min(?:utes?)?|h|hours?|heures?)\b\)?)?",
    ),
    (
        "short",
        r"(?:at most|max\.?|maximum|up to|no more than|less than|under|not more than|au plus|au maximum|maximum de|jusqu'a"
        r"|pas plus de|moins de) (?P<n>\d+(?:[.,]\d+)?) ?(?P<unit>km|kilomet(?:er|re)s?|m|met(?:er|re)s?|min(?:utes?)?"
        r"|h|hours?|heures?)\b",
    ),
    (
        "short",
        r"(?P<n>\d+(?:[.,]\d+)?) ?(?P<unit>km|kilomet(?:er|re)s?|m|met(?:er|re)s?|min(?:utes?)?|h|hours?|heures?)\b"
        r" (?:at most|max\.?|maximum|au plus|au maximum)",
    ),
    (
        "bike",
        r"(?:(?:(?:comes?|is|goes|travels?|brings?|has|with|on|a|her|his|their|vient|est|se deplace|circule|avec|son|un) )*"
        r"(?:by bike|by bicycle|bike|bicycle|cycles|cyclist|cycling|en velo|a velo|velo|en bicyclette|bicyclette|cycliste))",
    ),
    (
        "calls",
        r"(?:(?:phone )?calls only|only (?:phone )?calls|phone only|telephone only|appels seulement|seulement (?:des )?appels"
        r"|seulement (?:au )?telephone|telephone seulement|uniquement (?:des )?appels|appels uniquement)",
    ),
    (
        "home",
        rf"(?:(?:must |has to |needs to )?(?:be |get )?(?:(?:back )?home|back|done|finished|leaves?) (?:by|before|at)|until|by|before"
        rf"|(?:doit )?(?:etre |rentre |rentrer |de retour |retour |chez (?:elle|lui|soi|moi) |(?:a la )?maison |finir |fini |part )*(?:avant|jusqu'a|au plus tard a)) {_HOUR}{_HALF}",
    ),
    (
        "near",
        r"(?:lives? |stays? |habite |demeure )?(?:near|close to|next to|around|lives at|at|pres (?:du|de|d')|proche (?:du|de|d')"
        r"|aux environs (?:du|de)|habite(?: au)?|demeure(?: au)?) ?(?P<where>\d+[a-z]?(?: 1/2)?,? \D.{2,60})",
    ),
    (
        "near",
        r"(?:(?:near|close to|around) (?:(?:her|his|their|my) )?(?:home|house|place)|(?:pres|proche) de (?:chez (?:elle|lui|soi|moi|eux)"
        r"|(?:la|sa|ma) maison|(?:son|mon) domicile))",
    ),
    ("speak", r"(?:speaks?|parle) (?:only )?(?P<tongues>[a-z]+(?:(?:,| and| et| or| ou) [a-z]+){0,3})"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(_OPEN + pattern + _SHUT)) for kind, pattern in _RULES)
_NUMBERS = {
    "noon": 12, "midi": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "vingt": 20,
}  # fmt: skip
# A comma before a figure is a decimal one, "1,5 km"; one before "rue" belongs to the address.
_CLAUSE = re.compile(
    r"[;\n]|,(?!\d| ?(?:rue|av|avenue|boul|boulevard|ch|chemin|cote|montee|place|rang|route)\b)|(?<!\b[ap])(?<!\b[ap]\.m)\.(?=\s|$)"
)
_AND = re.compile(r"\s(?:and|et|&|\+|but|mais)\s")


def read_needs(needs: str, languages: str = "") -> Needs:
    """What a member's needs and languages say, in English or French, however capitals and accents are typed."""
    found, other = Needs(), list[str]()
    for clause in _cut(needs, _CLAUSE):
        found, left = _read(found, clause)
        if left == [clause.said]:
            pieces = _cut(clause.said, _AND)
            if len(pieces) > 1:
                found, left = _pieces(found, clause, pieces)
        other += left
    spoken = [language_code(one) for one in languages.split(",")]
    return replace(
        found,
        languages=tuple(dict.fromkeys(one for one in (*spoken, *found.languages) if one)),
        other=tuple(other),
    )


def _pieces(found: Needs, clause: _Piece, pieces: list[_Piece]) -> tuple[Needs, list[str]]:
    left: list[str] = []
    before = found
    for piece in pieces:
        found, rest = _read(found, piece)
        left += rest
    # Where no part of it means anything the words stay together: "brings her dog and a friend".
    return (before, [clause.said]) if len(left) == len(pieces) and found == before else (found, left)


def _cut(text: str, where: re.Pattern[str]) -> list[_Piece]:
    plain = "".join(_plain(one) for one in text)
    ends = [(found.start(), found.end()) for found in where.finditer(plain)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(plain)]
    said = [text[start:stop].strip() for start, stop in zip(starts, stops, strict=True)]
    return [_Piece(one, " ".join("".join(_plain(c) for c in one).split())) for one in said if one]


def _plain(char: str) -> str:
    """One small letter without its accent; as many characters as before, so that places in the text stay."""
    if char in "’ʼ`":
        return "'"
    bare = unicodedata.normalize("NFD", char)[0].lower()
    return bare[0] if not bare.isspace() or bare == "\n" else " "


def _read(needs: Needs, piece: _Piece) -> tuple[Needs, list[str]]:
    """With what this piece adds, and what of it was not understood."""
    for kind, pattern in _COMPILED:
        match = pattern.match(piece.plain)
        if match is None:
            continue
        rest = piece.plain[match.end() :].strip()
        if rest and not re.match(_WHY, rest):
            continue
        added = _added(needs, kind, match, piece)
        if added is not None:
            return added, [piece.said] if rest else []
    return needs, [piece.said]


def _added(needs: Needs, kind: str, match: re.Match[str], piece: _Piece) -> Needs | None:
    if kind == "stairs":
        return replace(needs, no_stairs=True)
    if kind == "bike":
        return replace(needs, by_bike=True)
    if kind == "calls":
        return replace(needs, calls_only=True)
    if kind == "short":
        return _short(needs, match["n"], match["unit"])
    if kind == "home":
        clock = _clock(match)
        return None if clock is None else replace(needs, home_by=clock)
    if kind == "near":
        where = match.groupdict().get("where")
        return replace(needs, near_home=True, near=_as_said(piece, where) if where else needs.near)
    spoken = tuple(language_code(one) for one in re.split(r",| and | et | or | ou ", match["tongues"]))
    return (
        replace(needs, languages=(*needs.languages, *spoken))
        if all(one in _CODES for one in spoken)
        else None
    )


def _short(needs: Needs, figure: str | None, unit: str | None) -> Needs | None:
    if not figure or not unit:
        return replace(needs, short_metres=needs.short_metres or SHORT_METRES)
    amount = float(figure.replace(",", "."))
    if unit[0] == "k":
        metres, minutes = round(amount * 1000), 0
    elif unit.startswith("min"):
        metres, minutes = 0, round(amount)
    elif unit[0] == "h":
        metres, minutes = 0, round(amount * 60)
    else:
        metres, minutes = round(amount), 0
    if not 0 < metres + minutes <= 50_000:
        return None
    # "At most 2 km" after "short walks" says how short.
    return replace(
        needs, short_metres=metres or (0 if minutes else needs.short_metres), short_minutes=minutes or needs.short_minutes
    )  # fmt: skip


def _clock(match: re.Match[str]) -> int | None:
    word = match["hour"]
    hour = int(word) if word.isdigit() else _NUMBERS.get(word)
    minute, half = int(match["minute"] or 0), (match["half"] or "")[:1]
    if hour is None or not (0 <= hour < 24 and minute < 60):
        return None
    morning = half == "a" or match["day"] in ("matin", "morning")
    evening = half == "p" or match["day"] in ("soir", "evening")
    # Nobody knocks before nine in the morning: "by eight" is in the evening.
    if hour < 12 and (evening or (hour < 10 and not morning)):
        hour += 12
    return hour * 60 + minute


def _as_said(piece: _Piece, where: str) -> str:
    spaced = " ".join(piece.said.split())
    at = piece.plain.find(where)
    return spaced[at : at + len(where)].strip()


_NAMES: dict[str, tuple[Text, str]] = {
    "en": (Text("English", "anglais"), "anglaise"),
    "fr": (Text("French", "français"), "francaise"),
    "pa": (Text("Punjabi", "pendjabi"), "panjabi penjabi"),
    "zh": (Text("Chinese", "chinois"), "zho"),
    "cmn": (Text("Mandarin", "mandarin"), ""),
    "yue": (Text("Cantonese", "cantonais"), ""),
    "es": (Text("Spanish", "espagnol"), "espanol"),
    "ar": (Text("Arabic", "arabe"), ""),
    "it": (Text("Italian", "italien"), ""),
    "pt": (Text("Portuguese", "portugais"), ""),
    "de": (Text("German", "allemand"), "deutsch"),
    "tl": (Text("Tagalog", "tagalog"), "filipino"),
    "ta": (Text("Tamil", "tamoul"), ""),
    "uk": (Text("Ukrainian", "ukrainien"), ""),
    "vi": (Text("Vietnamese", "vietnamien"), ""),
    "pl": (Text("Polish", "polonais"), ""),
    "hi": (Text("Hindi", "hindi"), ""),
    "ur": (Text("Urdu", "ourdou"), ""),
    "fa": (Text("Persian", "persan"), "farsi dari"),
    "ru": (Text("Russian", "russe"), ""),
    "ko": (Text("Korean", "coréen"), ""),
    "el": (Text("Greek", "grec"), ""),
    "iu": (Text("Inuktitut", "inuktitut"), ""),
    "cr": (Text("Cree", "cri"), ""),
    "asl": (Text("sign language", "langue des signes"), "lsq"),
}
_CODES = frozenset(_NAMES)
_CODE_OF = {
    word: code
    for code, (name, more) in _NAMES.items()
    for word in (fold(code), fold(name.en), fold(name.fr), *fold(more).split())
}


def language_code(word: str) -> str:
    """One code for a language however it is named: "fr" for French, français and FR; a name that is not known stays, folded."""
    folded = fold(word)
    return _CODE_OF.get(folded, folded.lower())


def language_name(code: str) -> Text:
    """A language's name for people."""
    known = _NAMES.get(code)
    return known[0] if known else Text(code.capitalize(), code)
