"""The charts of the screen on their cards. They come a moment after the numbers: their library takes its time to load."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.progress.figures import (
    code_name,
    codes_in_order,
    day_name,
    level_name,
    share,
)
from canvass_app.desktop.screens.progress.layout import ReflowGrid
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Card, Heading, PlainLabel, format_number
from canvass_app.domain.codes import CONTACT_CODES
from canvass_app.services.progress import ProgressReport

_LEAST = 330


class Shapes(ReflowGrid):
    """Attempts and contacts by evening, people by support, attempts by how they ended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_LEAST, 3, 16, parent, fill=True)
        self._report: ProgressReport | None = None
        self._charts: Any = None
        self.evenings: Any = None
        self.support: Any = None
        self.results: Any = None
        self._titles = [Heading("", "section") for _ in range(3)]
        self._words = [PlainLabel(kind="small", wrap=True) for _ in range(3)]

    def is_ready(self) -> bool:
        """Whether everything asked for is drawn."""
        return self._report is None or self._charts is not None

    def show_report(self, report: ProgressReport) -> None:
        """Draw a report: at once when the library is there, else as soon as the numbers have been painted."""
        self._report = report
        if self._charts is None:
            QTimer.singleShot(0, self, self._make)
        else:
            self._draw()

    def _make(self) -> None:
        if self._charts is not None:
            return
        from canvass_app.desktop.screens.progress import charts

        self._charts = charts
        self.evenings, self.support, self.results = (
            charts.EveningChart(),
            charts.LengthChart(),
            charts.LengthChart(),
        )
        cards: list[QWidget] = []
        shown = (self.evenings, self.results, self.support)
        for title, words, chart in zip(self._titles, self._words, shown, strict=True):
            card = Card()
            card.body.addWidget(title)
            card.body.addWidget(words)
            card.body.addSpacing(tokens().px(4))
            card.body.addWidget(chart, 1 if chart is self.evenings else 0)
            if chart is not self.evenings:
                card.body.addStretch(1)
            cards.append(card)
        self.set_widgets(cards)
        self.retranslate()

    def _draw(self) -> None:
        report, lang, charts = self._report, current_language(), self._charts
        if report is None or charts is None:
            return
        self.evenings.show_evenings(
            [
                # Without the day of the week: "Sep 22", "22 sept."
                charts.Evening(name, day.attempts, day.contacts, name.partition(" ")[2])
                for day, name in ((day, day_name(day.day, lang)) for day in report.by_day)
            ],
            QCoreApplication.translate("Progress", "attempts"),
            QCoreApplication.translate("Progress", "contacts"),
        )
        colours = dict(zip("12345", tokens().support, strict=True))
        known = sum(report.by_support.values())
        self.support.show_lengths(
            [
                charts.Length(level_name(level, lang), count, _say(count, known), colours.get(level, "edge"))
                for level, count in report.by_support.items()
            ]
        )
        self.results.show_lengths(
            [
                charts.Length(
                    code_name(code, lang),
                    count,
                    _say(count, report.attempts),
                    "accent" if code in CONTACT_CODES else "edge",
                )
                for code, count in codes_in_order(report)
            ]
        )
        for words, text in zip(self._words, self._captions(known), strict=True):
            words.setText(text)

    def _captions(self, known: int) -> tuple[str, str, str]:
        asked = self.tr("Share of the %1 people with a known answer")
        return (
            self.tr("One bar an evening, contacts at its foot"),
            self.tr("Share of all attempts; coloured: contacts"),
            asked.replace("%1", format_number(known, current_language())),
        )

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        titles = (
            self.tr("Attempts and contacts by evening"),
            self.tr("How attempts ended"),
            self.tr("Support: people by level"),
        )
        for heading, text, chart in zip(
            self._titles, titles, (self.evenings, self.results, self.support), strict=True
        ):
            heading.setText(text)
            if chart is not None:
                chart.setAccessibleName(text)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours, the other language's words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_titles"):
            self._draw()
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_titles"):
            self.retranslate()


def _say(count: int, whole: int) -> str:
    lang = current_language()
    if not count:
        return format_number(0, lang)
    words = QCoreApplication.translate("Progress", "%1 · %2").replace("%1", format_number(count, lang))
    return words.replace("%2", share(count, whole, lang))
