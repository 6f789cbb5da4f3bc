"""The figures of a report in words: what each tile says, and what its "why?" opens.

Nothing is drawn here: a report and a language go in, strings come out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.widgets import format_day, format_number, format_percent
from canvass_app.domain.codes import BY_CODE, CONTACT_CODES, DoorState
from canvass_app.domain.metrics import FORMULAS, PLAUSIBLE_CONTACT_RATE
from canvass_app.domain.support import IDENTIFIED, LEVELS
from canvass_app.services.progress import DayRow, ProgressReport

# With fewer attempts than this a contact rate says nothing yet.
ENOUGH_ATTEMPTS = 50
_PLACEHOLDER = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """One tile: `sub` gives the denominator, `spark` the series by evening (oldest first)."""

    key: str
    label: str
    value: str
    sub: str
    spark: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One block of an explanation: a heading and rows of (what, how much)."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def label(key: str) -> str:
    """The name of a figure."""
    names: dict[str, Callable[[], str]] = {
        "attempts": lambda: QCoreApplication.translate("Progress", "Attempts"),
        "contacts": lambda: QCoreApplication.translate("Progress", "Contacts"),
        "contact_rate": lambda: QCoreApplication.translate("Progress", "Contact rate"),
        "doors": lambda: QCoreApplication.translate("Progress", "Doors attempted"),
        "identified": lambda: QCoreApplication.translate("Progress", "Identified"),
        "supporters": lambda: QCoreApplication.translate("Progress", "Supporters"),
        "pledges": lambda: QCoreApplication.translate("Progress", "Pledges"),
        "doors_per_hour": lambda: QCoreApplication.translate("Progress", "Doors per hour"),
    }
    return names[key]()


def figures(report: ProgressReport, lang: str) -> list[Figure]:
    """The tiles, in their order; doors per hour only when shifts were timed."""

    def of(whole: int, one: str, many: str, part: int | None = None) -> str:
        return counted(whole, one, many, format_number).replace("%2", share(part or 0, whole, lang))

    def by(value: Callable[[DayRow], float]) -> tuple[float, ...]:
        return tuple(value(day) for day in report.by_day)

    rate, doors = report.contact_rate, report.doors
    one = QCoreApplication.translate("Progress", "in %1 evening")
    many = QCoreApplication.translate("Progress", "in %1 evenings")
    part = QCoreApplication.translate("Progress", "%2 of %1 attempt")
    parts = QCoreApplication.translate("Progress", "%2 of %1 attempts")
    known = QCoreApplication.translate("Progress", "of %1 person known (%2)")
    people = QCoreApplication.translate("Progress", "of %1 people known (%2)")
    made: list[tuple[str, str, str, tuple[float, ...]]] = [
        (
            "attempts",
            format_number(report.attempts, lang),
            counted(len(report.by_day), one, many, format_number),
            by(lambda day: day.attempts),
        ),
        (
            "contacts",
            format_number(report.contacts, lang),
            of(
                report.attempts,
                QCoreApplication.translate("Progress", "of %1 attempt"),
                QCoreApplication.translate("Progress", "of %1 attempts"),
            ),
            by(lambda day: day.contacts),
        ),
        (
            "contact_rate",
            format_percent(rate.value, lang) if rate.whole else _PLACEHOLDER,
            counted(rate.whole, part, parts, format_number).replace("%2", format_number(rate.part, lang)),
            by(lambda day: day.contacts / day.attempts if day.attempts else 0),
        ),
        (
            "doors",
            format_number(doors.part, lang),
            of(
                doors.whole,
                QCoreApplication.translate("Progress", "of %1 door on file (%2)"),
                QCoreApplication.translate("Progress", "of %1 doors on file (%2)"),
                doors.part,
            ),
            by(lambda day: day.doors),
        ),
        (
            "identified",
            format_number(report.identified, lang),
            of(report.people, known, people, report.identified),
            by(lambda day: day.identified),
        ),
        (
            "supporters",
            format_number(report.supporters, lang),
            of(
                report.identified,
                QCoreApplication.translate("Progress", "of %1 person identified (%2)"),
                QCoreApplication.translate("Progress", "of %1 identified (%2)"),
                report.supporters,
            ),
            by(lambda day: day.supporters),
        ),
        (
            "pledges",
            format_number(report.pledges, lang),
            of(report.people, known, people, report.pledges),
            by(lambda day: day.pledges),
        ),
    ]
    per_hour = report.doors_per_hour
    if per_hour is not None:
        one = QCoreApplication.translate("Progress", "timed on %1 shift")
        many = QCoreApplication.translate("Progress", "timed on %1 shifts")
        sub = counted(report.walked.shifts, one, many, format_number)
        made.append(("doors_per_hour", format_number(per_hour, lang, 1), sub, ()))
    return [Figure(key, label(key), value, sub, spark) for key, value, sub, spark in made]


def share(part: int, whole: int, lang: str) -> str:
    """A part as a percentage of a whole; a dash when there is no whole."""
    if not whole:
        return _PLACEHOLDER
    value = part / whole
    # Below one in a hundred a whole number would say "0 %" of something that is there.
    return format_percent(value, lang, 1 if 0 < value < 0.01 else 0)


def day_name(day: str, lang: str) -> str:
    """An ISO day as people write it."""
    return format_day(date.fromisoformat(day), lang)


def code_name(code: str, lang: str) -> str:
    """A result code in words; one of a later version is shown as it is."""
    known = BY_CODE.get(code)
    return known.name.say(lang) if known else code.replace("_", " ")


def codes_in_order(report: ProgressReport) -> list[tuple[str, int]]:
    """(code, attempts), the most frequent first."""
    return sorted(report.by_code.items(), key=lambda pair: (-pair[1], pair[0]))


def level_name(level: str, lang: str) -> str:
    """A support level with its number: "1 strong support"; those without a number in words only."""
    name = LEVELS[level].say(lang)
    return f"{level} {name}" if level in IDENTIFIED else name


def state_name(state: int) -> str:
    """How a door stands, in words."""
    names: dict[int, Callable[[], str]] = {
        DoorState.NEVER: lambda: QCoreApplication.translate("Progress", "never tried"),
        DoorState.NOT_HOME: lambda: QCoreApplication.translate("Progress", "to be tried again"),
        DoorState.TALKED: lambda: QCoreApplication.translate("Progress", "talked"),
        DoorState.FINAL: lambda: QCoreApplication.translate("Progress", "finished without a conversation"),
        DoorState.BARRED: lambda: QCoreApplication.translate("Progress", "do not contact"),
    }
    return names[state]() if state in names else str(state)


def formula(key: str, lang: str) -> str:
    """How a figure is made."""
    return FORMULAS[key].say(lang)


def explanation(key: str, report: ProgressReport, lang: str) -> list[Part]:
    """What was counted for a figure, block by block."""
    number = {
        "attempts": lambda: _by_code(report, lang, list(report.by_code)),
        "contacts": lambda: _by_code(
            report, lang, [code for code in report.by_code if code in CONTACT_CODES]
        ),
        "contact_rate": lambda: _rate(report, lang),
        "doors": lambda: _doors(report, lang),
        "identified": lambda: _levels(report, lang, "12345"),
        "supporters": lambda: _levels(report, lang, "12"),
        "pledges": lambda: _pledges(report, lang),
        "doors_per_hour": lambda: _timed(report, lang),
    }
    return [part for part in (*number[key](), *_evenings(key, report, lang)) if part.rows]


def _what_counts() -> str:
    return QCoreApplication.translate("Progress", "What was counted")


def _total() -> str:
    return QCoreApplication.translate("Progress", "together")


def _by_code(report: ProgressReport, lang: str, codes: Sequence[str]) -> list[Part]:
    rows = [
        (code_name(code, lang), format_number(n, lang)) for code, n in codes_in_order(report) if code in codes
    ]
    total = sum(n for code, n in report.by_code.items() if code in codes)
    return [Part(_what_counts(), (*rows, (_total(), format_number(total, lang))))]


def _rate(report: ProgressReport, lang: str) -> list[Part]:
    rate = report.contact_rate
    rows = (
        (label("contacts"), format_number(rate.part, lang)),
        (label("attempts"), format_number(rate.whole, lang)),
        (label("contact_rate"), format_percent(rate.value, lang, 1) if rate.whole else _PLACEHOLDER),
    )
    return [Part(_what_counts(), rows)]


def _doors(report: ProgressReport, lang: str) -> list[Part]:
    doors = report.doors
    rows = (
        (QCoreApplication.translate("Progress", "doors attempted"), format_number(doors.part, lang)),
        (QCoreApplication.translate("Progress", "doors on file"), format_number(doors.whole, lang)),
        (QCoreApplication.translate("Progress", "share"), share(doors.part, doors.whole, lang)),
    )
    states = tuple(
        (state_name(state), format_number(count, lang)) for state, count in sorted(report.by_state.items())
    )
    return [
        Part(_what_counts(), rows),
        Part(QCoreApplication.translate("Progress", "How the doors stand now"), states),
    ]


def _levels(report: ProgressReport, lang: str, levels: str) -> list[Part]:
    rows = [(level_name(one, lang), format_number(report.by_support.get(one, 0), lang)) for one in levels]
    total = sum(report.by_support.get(one, 0) for one in levels)
    left_out = tuple(
        (level_name(one, lang), format_number(n, lang))
        for one, n in report.by_support.items()
        if one not in levels and n
    )
    return [
        Part(_what_counts(), (*rows, (_total(), format_number(total, lang)))),
        Part(QCoreApplication.translate("Progress", "Known, but not counted here"), left_out),
    ]


def _pledges(report: ProgressReport, lang: str) -> list[Part]:
    rows = (
        (label("pledges"), format_number(report.pledges, lang)),
        (
            QCoreApplication.translate("Progress", "people known, neither moved nor deceased"),
            format_number(report.people, lang),
        ),
        (QCoreApplication.translate("Progress", "share"), share(report.pledges, report.people, lang)),
    )
    return [Part(_what_counts(), rows)]


def _timed(report: ProgressReport, lang: str) -> list[Part]:
    walked = report.walked
    rows = (
        (
            QCoreApplication.translate("Progress", "shifts timed at the door"),
            format_number(walked.shifts, lang),
        ),
        (QCoreApplication.translate("Progress", "attempts in them"), format_number(walked.attempts, lang)),
        (QCoreApplication.translate("Progress", "hours in them"), format_number(walked.hours, lang, 1)),
    )
    return [Part(_what_counts(), rows)]


def _evenings(key: str, report: ProgressReport, lang: str) -> list[Part]:
    def rate(day: DayRow) -> str:
        if not day.attempts:
            return _PLACEHOLDER
        words = QCoreApplication.translate("Progress", "%1 (%2 of %3)")
        words = words.replace("%1", format_percent(day.contacts / day.attempts, lang))
        return words.replace("%2", format_number(day.contacts, lang)).replace(
            "%3", format_number(day.attempts, lang)
        )

    values: dict[str, Callable[[DayRow], str]] = {
        "attempts": lambda day: format_number(day.attempts, lang),
        "contacts": lambda day: format_number(day.contacts, lang),
        "contact_rate": rate,
        "doors": lambda day: format_number(day.doors, lang),
        "identified": lambda day: format_number(day.identified, lang),
        "supporters": lambda day: format_number(day.supporters, lang),
        "pledges": lambda day: format_number(day.pledges, lang),
    }
    if key not in values:
        return []
    heading = {
        "doors": QCoreApplication.translate("Progress", "By evening: doors tried for the first time"),
        "identified": QCoreApplication.translate("Progress", "By the evening of the last conversation"),
        "supporters": QCoreApplication.translate("Progress", "By the evening of the last conversation"),
        "pledges": QCoreApplication.translate("Progress", "By the evening of the last conversation"),
    }.get(key, QCoreApplication.translate("Progress", "By evening"))
    rows = tuple((day_name(day.day, lang), values[key](day)) for day in report.by_day)
    return [Part(heading, rows)]


def doubt(report: ProgressReport, lang: str) -> str:
    """A quiet remark when the contact rate is unusual; "" when it is not, or too little was done to say."""
    low, high = PLAUSIBLE_CONTACT_RATE
    rate = report.contact_rate
    if rate.whole < ENOUGH_ATTEMPTS or low <= rate.value <= high:
        return ""
    if rate.value > high:
        words = QCoreApplication.translate(
            "Progress",
            "At the door, contact rates are usually between %1 and %2. This one is higher: perhaps some of the "
            "“not home” doors were not typed in.",
        )
    else:
        words = QCoreApplication.translate(
            "Progress",
            "At the door, contact rates are usually between %1 and %2. This one is lower: perhaps another hour of "
            "the day finds more people at home.",
        )
    return words.replace("%1", format_percent(low, lang)).replace("%2", format_percent(high, lang))
