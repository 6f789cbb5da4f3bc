"""How long doors and ways take, with where each figure comes from: a card of the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, format_number, make_button
from canvass_app.domain.errors import InputError
from canvass_app.domain.pace import FIGURE, FIGURES, MODES
from canvass_app.services.book import Book
from canvass_app.services.pace import campaign_pace, forget_pace, own_figures, pace_of, set_pace
from canvass_app.services.pace_check import PaceFound
from canvass_app.storage.changes import ChangeSet

_FIELD = 64


class PaceCard(QWidget):
    """The figures, each held as soon as its field is left; `say` is told what happened and `changed` what it changed."""

    def __init__(self, book: Book, say: Callable[[str], None], changed: Callable[[ChangeSet], None]) -> None:
        super().__init__()
        self._book, self._say, self._changed = book, say, changed
        self.fields: dict[str, QLineEdit] = {}
        self.modes = {name: QCheckBox() for name in MODES}
        self._labels: dict[str, PlainLabel] = {}
        self._units: dict[str, PlainLabel] = {}
        self._sources: dict[str, PlainLabel] = {}
        self._words = {
            "sum": PlainLabel(wrap=True),
            "kept": PlainLabel(kind="quiet", wrap=True),
            "own": PlainLabel(kind="quiet", wrap=True),
            "team": PlainLabel(wrap=True),
        }
        self.trouble = PlainLabel(kind="bad", wrap=True)
        self.trouble.hide()
        self._found: PaceFound | None = None
        self.use = make_button("", "")
        self.use.clicked.connect(self._use)
        self.back = make_button("", "")
        self.back.clicked.connect(self._forget)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._build()
        self.use.hide()
        self._words["team"].hide()
        self.retranslate()
        self.refresh()

    def _build(self) -> None:
        grid = self._grid
        grid.addWidget(self._words["sum"], 0, 0, 1, 4)
        for line, figure in enumerate(FIGURES, 1):
            field = QLineEdit()
            field.setValidator(QIntValidator(0, 99_999, field))
            field.setMaxLength(5)
            field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            field.editingFinished.connect(partial(self._keep, figure.name))
            self.fields[figure.name] = field
            self._labels[figure.name] = PlainLabel(wrap=True)
            self._units[figure.name] = PlainLabel(kind="quiet")
            self._sources[figure.name] = PlainLabel(kind="small", wrap=True)
            for column, widget in enumerate(
                (self._labels[figure.name], field, self._units[figure.name], self._sources[figure.name])
            ):
                grid.addWidget(widget, line, column)
        line = len(FIGURES) + 1
        for name, box in self.modes.items():
            box.toggled.connect(partial(self._keep_mode, name))
            grid.addWidget(box, line, 0, 1, 4)
            line += 1
        grid.addWidget(self.trouble, line, 0, 1, 4)
        team = QHBoxLayout()
        team.addWidget(self._words["team"], 1)
        team.addWidget(self.use)
        grid.addLayout(team, line + 1, 0, 1, 4)
        line += 1
        grid.addWidget(self._words["kept"], line + 1, 0, 1, 4)
        across = QHBoxLayout()
        across.addWidget(self._words["own"], 1)
        across.addWidget(self.back)
        grid.addLayout(across, line + 2, 0, 1, 4)
        grid.setColumnStretch(3, 1)
        self.space()

    def space(self) -> None:
        """Sizes in the zoom of the moment."""
        look = tokens()
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnMinimumWidth(0, look.px(172))
        for field in self.fields.values():
            field.setFixedWidth(look.px(_FIELD))
        for label in self._labels.values():
            label.setFixedWidth(look.px(172))

    def refresh(self) -> None:
        """Show the figures as they are."""
        pace, language = pace_of(self._book), current_language()
        for name, field in self.fields.items():
            if not (field.hasFocus() and field.isModified()):
                field.setText(str(getattr(pace, name)))
        mine = own_figures(self._book)
        for figure in FIGURES:
            said = figure.source.say(language)
            if figure.name in mine:
                usual = getattr(campaign_pace(self._book), figure.name)
                said = self.tr("Set on this laptop; the campaign says %1.").replace("%1", str(usual))
            self._sources[figure.name].setText(said)
        for name, box in self.modes.items():
            box.blockSignals(True)
            box.setChecked(bool(getattr(pace, name)))
            box.blockSignals(False)
        self._words["sum"].setText(
            self.tr(
                "On average %1 seconds at a door, and %2 seconds at a house with the way from the sidewalk and back."
            )
            .replace("%1", format_number(pace.door_s, language, 0))
            .replace("%2", format_number(pace.stop_seconds(1), language, 0))
        )
        own = bool(mine)
        self._words["own"].setText(
            self.tr("Some figures here are this laptop’s own.")
            if own
            else self.tr("These are your campaign’s figures.")
        )
        self.back.setVisible(own)

    def show_found(self, found: PaceFound) -> None:
        """Say what the team's own results tell; nothing is changed by it."""
        self._found, language = found, current_language()
        words = ""
        if found.figures:
            words = self.tr("Your team: %1 seconds a house instead of %2, from %3 doors timed. %4.")
            told = ", ".join(
                f"{FIGURE[name].label.say(language)} {value} {FIGURE[name].sign.say(language).strip()}"
                for name, value in found.figures.items()
            )
            for place, value in (("%1", found.after_s), ("%2", found.before_s), ("%3", found.doors)):
                words = words.replace(place, format_number(value, language, 0))
            words = words.replace("%4", told)
        elif found.typed:
            words = self.tr(
                "Your results so far were typed after the walk; they say nothing of its pace. Doors left out: %1."
            ).replace("%1", format_number(found.typed, language, 0))
        self._words["team"].setText(words)
        self._words["team"].setVisible(bool(words))
        self.use.setVisible(bool(found.figures))

    def _use(self) -> None:
        if self._found is not None and self._found.figures:
            self._held(set_pace(self._book, self._found.figures))

    def _keep(self, name: str) -> None:
        field = self.fields[name]
        text = field.text().strip()
        if text == str(getattr(pace_of(self._book), name)):
            self.trouble.hide()
            return
        try:
            change = set_pace(self._book, {name: int(text) if text else -1})
        except InputError as problem:
            self.trouble.setText(problem.say(current_language()))
            self.trouble.show()
            field.setModified(False)
            self.refresh()
            return
        self._held(change)

    def _keep_mode(self, name: str, on: bool) -> None:
        self._held(set_pace(self._book, {name: on}))

    def _held(self, change: ChangeSet) -> None:
        self.trouble.hide()
        for field in self.fields.values():
            field.setModified(False)
        self.refresh()
        self._say(self.tr("Kept. New turfs are reckoned with it."))
        self._changed(change)

    def _forget(self) -> None:
        before = own_figures(self._book)
        self._held(forget_pace(self._book))
        if before:
            self._say(self.tr("Back to your campaign’s figures."))

    def keep_all(self) -> None:
        """Keep what was typed and not left yet."""
        for name, field in self.fields.items():
            if field.isModified():
                self._keep(name)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        language = current_language()
        usual = campaign_pace(self._book)
        for figure in FIGURES:
            words = figure.label.say(language)
            self._labels[figure.name].setText(words)
            self._units[figure.name].setText(figure.sign.say(language).strip())
            field = self.fields[figure.name]
            field.setAccessibleName(f"{words} ({figure.unit.say(language)})")
            field.setPlaceholderText(str(getattr(usual, figure.name)))
        modes = {
            "one_side": self.tr("Walk one side of a street at a time"),
            "back": self.tr("End the walk where it began"),
        }
        for name, box in self.modes.items():
            box.setText(modes[name])
        self._words["kept"].setText(
            self.tr(
                "Turfs that exist keep their order and their minutes; these figures count from the next one on."
            )
        )
        self.use.setText(self.tr("Use these figures"))
        self.use.setAccessibleName(self.tr("Use these figures"))
        self.back.setText(self.tr("Back to the campaign’s figures"))
        self.back.setAccessibleName(self.tr("Back to the campaign’s figures"))
        self.refresh()
        if self._found is not None:
            self.show_found(self._found)
