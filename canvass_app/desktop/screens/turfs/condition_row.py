"""One condition of a selection as fields: what it is about, whether it holds or not, and its values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.turfs.many_choice import ManyChoice
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.domain.codes import RESULT_CODES
from canvass_app.domain.errors import InputError
from canvass_app.domain.scripts import Question, Script
from canvass_app.domain.selection_rows import Row
from canvass_app.domain.selection_words import LANGUAGES
from canvass_app.domain.selections import (
    STATES,
    Answered,
    Condition,
    InDivision,
    Inside,
    InState,
    LastResult,
    OnStreet,
    Speaks,
    Supports,
    TriedSince,
    check,
)
from canvass_app.domain.streets import Parity
from canvass_app.domain.support import LEVELS, SECOND_CHOICE_LEVELS
from canvass_app.services.saved_selections import Offer

Sort = Literal["state", "street", "division", "tried", "inside", "support", "answer", "language", "result"]
SORTS: tuple[Sort, ...] = (
    "state", "street", "division", "tried", "inside", "support", "answer", "language", "result",
)  # fmt: skip
_SORT_OF: dict[type[Condition], Sort] = {
    InState: "state", OnStreet: "street", InDivision: "division", TriedSince: "tried", Inside: "inside",
    Supports: "support", Answered: "answer", Speaks: "language", LastResult: "result",
}  # fmt: skip
_LISTS: dict[Sort, Callable[[tuple[str, ...]], Condition]] = {
    "state": InState, "support": Supports, "language": Speaks, "result": LastResult,
}  # fmt: skip


class ConditionRow(QFrame):
    """Edits one row. `changed` after every edit, `removed` when it is put away."""

    changed = Signal()
    removed = Signal()

    def __init__(self, script: Script | None, parties: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self._script, self._parties = script, parties
        self._offer = Offer((), (), ())
        self._points: tuple[tuple[int, int], ...] = ()
        self._first = True
        self.setProperty("kind", "card")
        self.joined, self.sort, self.yes, self.question, self.side = (_combo() for _ in range(5))
        self.values = ManyChoice()
        self.street, self.low, self.high, self.words = (QLineEdit() for _ in range(4))
        self._streets = QStringListModel(self)
        completer = QCompleter(self._streets, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.street.setCompleter(completer)
        for ends in (self.low, self.high):
            ends.setValidator(QIntValidator(1, 999_999, ends))
            ends.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.to = PlainLabel(kind="quiet")
        self.lasso = PlainLabel(kind="quiet", wrap=True)
        self._drop = make_button("", "quiet", "close")
        self._drop.clicked.connect(self.removed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*(look.px(8),) * 4)
        self._column.setSpacing(look.px(4))
        self._line((self.joined, 0), (self.sort, 1), (self._drop, 0))
        self._line((self.yes, 2), (self.values, 3), (self.street, 3), (self.words, 3), (self.lasso, 3))
        self._line((self.question, 1))
        self._line((self.side, 3), (self.low, 2), (self.to, 0), (self.high, 2))
        self._connect()
        self.retranslate()

    def _line(self, *parts: tuple[QWidget, int]) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens().px(4))
        for part, stretch in parts:
            row.addWidget(part, stretch)
        self._column.addLayout(row)

    def _connect(self) -> None:
        self.sort.currentIndexChanged.connect(self._other_sort)
        self.question.currentIndexChanged.connect(self._other_question)
        for combo in (self.joined, self.yes, self.side):
            combo.currentIndexChanged.connect(self.changed)
        for field in (self.street, self.low, self.high, self.words):
            field.textChanged.connect(self.changed)
        self.values.changed.connect(self.changed)

    # what is shown

    def show_row(self, row: Row, first: bool) -> None:
        """Show a row; tells nobody."""
        self.blockSignals(True)
        node = row.condition
        self._first = first
        self._set(self.joined, row.joined)
        self._set(self.sort, _SORT_OF[type(node)])
        if isinstance(node, OnStreet):
            self.street.setText(node.street)
            self._set(self.side, node.side)
            self.low.setText(str(node.first or ""))
            self.high.setText(str(node.last or ""))
        elif isinstance(node, TriedSince):
            self.words.setText(node.day)
        elif isinstance(node, InDivision):
            self.words.setText(", ".join(node.values))
        elif isinstance(node, Inside):
            self._points = node.points
        elif isinstance(node, Answered):
            if self.question.findData(node.question) < 0:
                self.question.addItem(node.question, node.question)
            self._set(self.question, node.question)
        if isinstance(node, InState | Supports | Answered | Speaks | LastResult):
            self.values.choose(node.values)
        self._fill()
        self._set(self.yes, row.yes)
        self.blockSignals(False)

    def show_offer(self, offer: Offer) -> None:
        """What the riding has to choose from."""
        self._offer = offer
        self._streets.setStringList(list(offer.streets))
        self._fill()

    def show_first(self, first: bool) -> None:
        """Whether nothing stands above it, to which it would be joined."""
        self._first = first
        self.joined.setVisible(not first)

    def take_lasso(self, points: tuple[tuple[int, int], ...]) -> bool:
        """Take what was drawn on the map; False when the row is about something else."""
        if self._sort() != "inside":
            return False
        self._points = points
        self._fill()
        self.changed.emit()
        return True

    def wants_lasso(self) -> bool:
        """Whether it waits for one to be drawn."""
        return self._sort() == "inside" and not self._points

    def row(self) -> Row | None:
        """The row; None while a value is missing or cannot be."""
        node = self._condition()
        if node is None:
            return None
        try:
            check(node)
        except InputError:
            return None
        joined = "or" if self.joined.currentData() == "or" and not self._first else "and"
        return Row(joined, bool(self.yes.currentData()), node)

    def start(self) -> None:
        """The keyboard goes to the first field."""
        self.sort.setFocus()

    # how

    def _sort(self) -> Sort:
        return cast("Sort", self.sort.currentData() or "state")

    def _condition(self) -> Condition | None:
        sort = self._sort()
        if sort in _LISTS:
            return _LISTS[sort](self.values.chosen())
        if sort == "answer":
            return Answered(str(self.question.currentData() or ""), self.values.chosen())
        if sort == "inside":
            return Inside(self._points)
        if sort == "tried":
            return TriedSince(self.words.text().strip())
        if sort == "division":
            words = (" ".join(one.split()) for one in self.words.text().split(","))
            return InDivision(tuple(dict.fromkeys(one for one in words if one)))
        low, high = (int(field.text() or 0) for field in (self.low, self.high))
        street = " ".join(self.street.text().split())
        return OnStreet(street, cast("Parity", self.side.currentData() or "both"), low, high)

    def _other_sort(self) -> None:
        self.values.choose(())
        self.words.clear()
        self._fill()
        self.changed.emit()

    def _other_question(self) -> None:
        self.values.choose(())
        self._fill()
        self.changed.emit()

    def _set(self, combo: QComboBox, value: object) -> None:
        combo.blockSignals(True)
        combo.setCurrentIndex(max(0, combo.findData(value)))
        combo.blockSignals(False)

    def _fill(self) -> None:
        """The fields of this sort of condition, and what they offer."""
        sort = self._sort()
        lists = sort in _LISTS or sort == "answer"
        self.joined.setVisible(not self._first)
        self.values.setVisible(lists)
        self.question.setVisible(sort == "answer")
        self.words.setVisible(sort in ("tried", "division"))
        self.lasso.setVisible(sort == "inside")
        for field in (self.street, self.side, self.low, self.to, self.high):
            field.setVisible(sort == "street")
        self.words.setPlaceholderText("2026-11-03" if sort == "tried" else "12, 13")
        chosen = self.values.chosen()
        nothing = self.tr("any answer") if sort == "answer" else self.tr("choose…")
        self.values.offer(self._offered(sort) if lists else [], nothing)
        self.values.choose(chosen)
        self._refill(self.yes, self._both_ways(sort))
        corners = (
            self.tr("as drawn on the map") if self._points else self.tr("Draw around the doors on the map.")
        )
        self.lasso.setText(corners)
        self.words.setAccessibleName(
            self.tr("Day, as 2026-11-03") if sort == "tried" else self.tr("Polling divisions")
        )
        self.values.setAccessibleName(self.sort.currentText())

    def _offered(self, sort: Sort) -> list[tuple[str, str]]:
        language = current_language()
        if sort == "state":
            return [(one, words.say(language)) for one, words in STATES.items()]
        if sort == "result":
            return [(one.code, one.name.say(language)) for one in RESULT_CODES]
        if sort == "support":
            levels = [(one, f"{one}  {words.say(language)}") for one, words in LEVELS.items()]
            seconds = [
                f"{level}{party}" for level in sorted(SECOND_CHOICE_LEVELS) for party in sorted(self._parties)
            ]
            return [*levels, *((one, one) for one in seconds)]
        if sort == "language":
            spoken = {**{one: one for one in self._offer.languages}}
            spoken |= {one: words.say(language) for one, words in LANGUAGES.items()}
            return sorted(spoken.items(), key=lambda one: (one[0] not in LANGUAGES, one[1]))
        question = self._question()
        if question is None:
            return []
        if question.choices:
            return [(one.id, one.text.say(language)) for one in question.choices]
        if question.kind == "yes_no":
            return [("yes", self.tr("yes")), ("no", self.tr("no"))]
        return []

    def _question(self) -> Question | None:
        wanted = self.question.currentData()
        return (
            next((one for one in self._script.questions if one.id == wanted), None) if self._script else None
        )

    def _both_ways(self, sort: Sort) -> list[tuple[object, str]]:
        somebody = (self.tr("somebody"), self.tr("nobody"))
        yes, no = {
            "state": (self.tr("is"), self.tr("is not")),
            "result": (self.tr("is"), self.tr("is not")),
            "street": (self.tr("on"), self.tr("not on")),
            "division": (self.tr("in"), self.tr("not in")),
            "tried": (self.tr("since"), self.tr("before, or none")),
            "inside": (self.tr("inside"), self.tr("outside")),
            "support": somebody,
            "answer": somebody,
            "language": somebody,
        }[sort]
        return [(True, yes), (False, no)]

    @staticmethod
    def _refill(combo: QComboBox, items: list[tuple[object, str]]) -> None:
        """Other words for a combo; what was chosen stays chosen."""
        chosen = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        for value, words in items:
            combo.addItem(words, value)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.blockSignals(False)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        sorts: dict[Sort, str] = {
            "state": self.tr("State"), "street": self.tr("Street"), "division": self.tr("Polling division"),
            "tried": self.tr("Last attempt"), "inside": self.tr("Lasso"), "support": self.tr("Support"),
            "answer": self.tr("Answer"), "language": self.tr("Language"), "result": self.tr("Last result"),
        }  # fmt: skip
        language = current_language()
        self._refill(self.joined, [("and", self.tr("and")), ("or", self.tr("or"))])
        self._refill(self.sort, [(one, sorts[one]) for one in SORTS])
        questions = [one for one in self._script.questions if one.kind != "text"] if self._script else []
        self._refill(self.question, [(one.id, one.short.say(language)) for one in questions])
        self._refill(
            self.side,
            [("both", self.tr("both sides")), ("odd", self.tr("odd side")), ("even", self.tr("even side"))],
        )
        self.to.setText(self.tr("to"))
        self.street.setPlaceholderText(self.tr("any street"))
        for widget, words in (
            (self.joined, self.tr("Joined by")), (self.sort, self.tr("What the condition is about")),
            (self.yes, self.tr("Whether it holds")), (self.question, self.tr("Question")),
            (self.side, self.tr("Side of the street")), (self.street, self.tr("Street")),
            (self.low, self.tr("From number")), (self.high, self.tr("To number")),
            (self._drop, self.tr("Remove this condition")),
        ):  # fmt: skip
            widget.setAccessibleName(words)
        self._drop.setToolTip(self.tr("Remove this condition"))
        self._fill()


def _combo() -> QComboBox:
    combo = QComboBox()
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(3)
    combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return combo
