"""Numbers, shares, times and days as Canadians write them, in English and in French.

Written out here rather than taken from the machine's settings: the same campaign must print the same figures on
every laptop. French groups digits with a narrow no-break space and sets a no-break space before "%" and around "h"
(Office québécois de la langue française, Banque de dépannage linguistique).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": (
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juill.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ),
}


_zone_name: Callable[[], str] | None = None


def use_zone(name: Callable[[], str] | None) -> None:
    """Tell times from now on in the IANA zone that `name` answers, wherever the laptop is; None: as the machine does."""
    global _zone_name
    _zone_name = name


def ui_language() -> str:
    """ "en" or "fr": the language the screen is in now (the translation files say which)."""
    return "fr" if QCoreApplication.translate("Language", "en") == "fr" else "en"


def format_number(number: float, lang: str, digits: int = 0) -> str:
    """1,630 in English, 1 630 in French; `digits` decimals; the minus is a true minus sign."""
    text = f"{abs(number):,.{digits}f}"
    negative = number < 0 and any(figure in text for figure in "123456789")
    if lang == "fr":
        text = text.replace(",", NARROW_SPACE).replace(".", ",")
    return f"\u2212{text}" if negative else text


def format_percent(share: float, lang: str, digits: int = 0) -> str:
    """A share 0..1 as a percentage: 25% in English, 25 % in French."""
    number = format_number(share * 100, lang, digits)
    return f"{number}{NO_BREAK_SPACE}%" if lang == "fr" else f"{number}%"


def format_clock(wall_ms: int, lang: str, *, seconds: bool = False, zone: tzinfo | None = None) -> str:
    """A moment (milliseconds UTC) as the time of day in `zone`, by default the campaign's: 19:42, in French 19 h 42."""
    moment = _local(wall_ms, zone)
    if lang == "fr":
        space = NO_BREAK_SPACE
        short = f"{moment.hour}{space}h{space}{moment.minute:02d}"
        return f"{short}{space}min{space}{moment.second:02d}{space}s" if seconds else short
    return f"{moment:%H:%M:%S}" if seconds else f"{moment:%H:%M}"


def format_day(day: date | int, lang: str, *, year: bool = False, zone: tzinfo | None = None) -> str:
    """A day, or the day of a moment (milliseconds UTC): Tue, Oct 6, in French mar. 6 oct.; the first is 1er."""
    if isinstance(day, int):
        day = _local(day, zone).date()
    weekday, month = _DAYS[lang][day.weekday()], _MONTHS[lang][day.month - 1]
    if lang == "fr":
        number = "1er" if day.day == 1 else str(day.day)
        text = f"{weekday} {number} {month}"
        return f"{text} {day.year}" if year else text
    text = f"{weekday}, {month} {day.day}"
    return f"{text}, {day.year}" if year else text


def format_duration(seconds: float, lang: str) -> str:
    """A length of time, as short as it may be: 45 s, 3 min, 2 h 05 (in English 2 h 5 min)."""
    space = NO_BREAK_SPACE
    if seconds < 60:
        return f"{max(0, round(seconds))}{space}s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes}{space}min"
    hours, rest = divmod(minutes, 60)
    if lang == "fr":
        return f"{hours}{space}h{space}{rest:02d}" if rest else f"{hours}{space}h"
    return f"{hours}{space}h{space}{rest}{space}min" if rest else f"{hours}{space}h"


def _local(wall_ms: int, zone: tzinfo | None) -> datetime:
    here = zone or (ZoneInfo(_zone_name()) if _zone_name else None)
    moment = datetime.fromtimestamp(wall_ms / 1000, tz=UTC)
    return moment.astimezone(here) if here else moment.astimezone()
