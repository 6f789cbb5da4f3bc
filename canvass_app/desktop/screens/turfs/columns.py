"""The table of turfs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.turfs.words import state_chip
from canvass_app.desktop.widgets import Balance, Column
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.geo import LEAST_METRES
from canvass_app.services.turf_rows import TurfSummary

translate = QCoreApplication.translate


def turf_columns(
    target: Callable[[], float], shares: Callable[[TurfSummary], bool]
) -> list[Column[TurfSummary]]:
    """Name, doors, minutes against the average as a bar, kilometres, who, state. `target` is the average in minutes; a turf
    that `shares` doors with another one says that instead of its state."""

    def number(value: float) -> str:
        return format_number(value, current_language())

    def kilometres(value: float) -> str:
        return format_number(value / 1000, current_language(), 1) if value >= LEAST_METRES else "–"

    return [
        Column(lambda: translate("Turfs", "Turf"), lambda turf: turf.name, strong=True),
        Column(lambda: translate("Turfs", "Doors"), lambda turf: turf.doors, number, align="right", width=60),
        Column(
            lambda: translate("Turfs", "Minutes"), lambda turf: Balance(turf.minutes, target()), number, width=96,
            sort_key=lambda turf: turf.minutes,
        ),
        Column(lambda: translate("Turfs", "km"), lambda turf: turf.metres, kilometres, align="right", width=56),
        Column(lambda: translate("Turfs", "Who"), lambda turf: turf.assigned),
        Column(lambda: translate("Turfs", "State"), lambda turf: state_chip(turf, shared=shares(turf)), width=108, sort_key=lambda turf: turf.attempted / max(1, turf.doors)),
    ]  # fmt: skip
