"""Amounts and states of turfs in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.widgets.format import NO_BREAK_SPACE, format_number
from canvass_app.desktop.widgets.rows_model import Chip
from canvass_app.domain.geo import LEAST_METRES
from canvass_app.services.turf_rows import TurfSummary

translate = QCoreApplication.translate


def doors_words(number: int) -> str:
    """ "60 doors"."""
    return counted(number, translate("Turfs", "%1 door"), translate("Turfs", "%1 doors"), format_number)


def people_words(number: int) -> str:
    """ "84 people known"."""
    one, many = translate("Turfs", "%1 person known"), translate("Turfs", "%1 people known")
    return counted(number, one, many, format_number)


def length_words(metres: int) -> str:
    """ "850 m", "2.4 km"."""
    language = current_language()
    if metres < LEAST_METRES:
        return ""
    if metres < 1000:
        return f"{format_number(round(metres, -1), language)}{NO_BREAK_SPACE}m"
    return f"{format_number(metres / 1000, language, 1)}{NO_BREAK_SPACE}km"


def minutes_words(minutes: int) -> str:
    """ "95 minutes"."""
    return counted(minutes, translate("Turfs", "%1 minute"), translate("Turfs", "%1 minutes"), format_number)


def walk_words(minutes: int, metres: int) -> str:
    """ "95 minutes · 2.1 km"; the minutes alone where the length is tiny or not known."""
    return " · ".join(filter(None, (minutes_words(minutes), length_words(metres))))


def turf_state_name(state: str) -> str:
    """The word for how a turf stands."""
    return {
        "proposed": translate("Turfs", "proposed"),
        "ready": translate("Turfs", "ready"),
        "out": translate("Turfs", "out"),
        "in_progress": translate("Turfs", "in progress"),
        "done": translate("Turfs", "done"),
    }[state]


def state_chip(turf: TurfSummary, *, shared: bool = False) -> Chip:
    """A turf's state as a chip: the map's mark, and its word; of one whose doors are in another turf too, that."""
    if shared:
        return Chip(translate("Turfs", "shared"), "bad", "warning")
    words = turf_state_name(turf.state)
    if turf.state == "done":
        return Chip(words, "good", "turf-done")
    if turf.state == "in_progress":
        return Chip(words, "accent", "turf-progress")
    return Chip(
        words, "neutral", {"proposed": "turf-proposed", "out": "turf-out"}.get(turf.state, "turf-ready")
    )


def state_words(turf: TurfSummary) -> str:
    """A turf's state in a sentence."""
    language = current_language()
    if turf.state in ("done", "in_progress"):
        words = translate("Turfs", "Doors tried: %1 of %2; finished: %3")
        for mark, value in (("%1", turf.attempted), ("%2", turf.doors), ("%3", turf.done)):
            words = words.replace(mark, format_number(value, language))
        return words
    if turf.state == "out":
        return translate("Turfs", "Its walk list is out")
    return translate("Turfs", "Ready to be printed")
