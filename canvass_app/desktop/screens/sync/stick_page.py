"""What the two pages about a stick share: a heading, a card of words, a list to choose from, and the end in words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync.parts import fit_row
from canvass_app.desktop.screens.sync.places import Place, find_sticks
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.theme.icons import Tone
from canvass_app.desktop.widgets import Card, Heading, PlainLabel, RowsModel, make_button
from canvass_app.desktop.widgets.short_table import ShortTable
from canvass_app.domain.errors import CanvassError

LOOK_EVERY_MS = 2_000
_MOST_ROWS = 6
Find = Callable[[], list[Place]]


class Said(Card):
    """A mark, a sentence, what follows from it, and lines of detail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon: tuple[str, Tone] = ("stick", "quiet")
        self._mark = QLabel()
        self.lead = Heading("", "section")
        self.lead.setWordWrap(True)
        self.detail = PlainLabel(kind="quiet", wrap=True)
        self.lines = PlainLabel(wrap=True)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(tokens().px(4))
        for label in (self.lead, self.detail, self.lines):
            words.addWidget(label)
        self.lines.setContentsMargins(0, tokens().px(8), 0, 0)
        row = QHBoxLayout()
        row.setSpacing(tokens().px(12))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def say(
        self, lead: str, detail: str = "", lines: str = "", icon: str = "stick", tone: Tone = "quiet"
    ) -> None:
        """Say it; what is empty takes no room."""
        self._icon = (icon, tone)
        for label, text in ((self.lead, lead), (self.detail, detail), (self.lines, lines)):
            label.setText(text)
            label.setVisible(bool(text))
        self._draw()

    def _draw(self) -> None:
        name, tone = self._icon
        self._mark.setPixmap(icon_pixmap(name, tokens().px(24), tone, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_mark"):
            self._draw()


class Choices(ShortTable):
    """A short list to choose from: Enter takes, and what is chosen stays while the list is read anew."""

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _MOST_ROWS, parent)
        self._ids: list[Hashable] = []
        self._rows: list[Any] = []

    def show_rows(self, rows: Sequence[Any], ids: Sequence[Hashable]) -> None:
        """Show these; the first is chosen where nothing was."""
        if list(rows) == self._rows and list(ids) == self._ids:
            return
        chosen = self.selected_ids()
        self._rows, self._ids = list(rows), list(ids)
        self.replace_rows(rows, ids)
        if rows and not [one for one in chosen if one in self._ids]:
            self.select_id(ids[0])

    def choose_first(self) -> None:
        """Choose the first row, where there is one."""
        if self._ids:
            self.select_id(self._ids[0])

    def chosen(self) -> Any:
        """The chosen row; None where there is none."""
        ids = self.selected_ids()
        return self._rows[self._ids.index(ids[0])] if ids and ids[0] in self._ids else None


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says around its list; `go` is what the first button does now."""

    heading: str
    where: str
    empty: str
    other: str
    go: str
    back: str


class Way(Protocol):
    """What makes a page one about going there, or about coming back."""

    def scan(self) -> Any:
        """On a reader's thread: what is there to choose from."""
        ...

    def found(self, what: Any) -> None:
        """Take what `scan` found into the list."""
        ...

    def ask(self) -> None:
        """Ask for another folder or file."""
        ...

    def begin(self, chosen: Any) -> None:
        """Do what the page is for, with the chosen row."""
        ...

    def words(self) -> Words:
        """The words of the moment."""
        ...

    def say_about(self) -> None:
        """Say what the page is about."""
        ...

    def say_end(self) -> None:
        """Say how it stands: at work, stopped, failed or done."""
        ...


class StickPage(QWidget):
    """A page of the screen Sync that stands over it until `closed`. Looks for drives while it is shown."""

    closed = Signal()

    def __init__(self, context: AppContext, way: Way, choices: Choices, find: Find | None = None) -> None:
        super().__init__()
        self.context = context
        self._way = way
        self.find_drives: Find = find or find_sticks
        self.sticks: list[Place] = []
        self.working = False
        self.outcome: Any = None
        self.error: CanvassError | None = None
        self._looking = False
        self._invented: Any = None
        self.heading = Heading("")
        self.about = Said()
        self.where = PlainLabel(kind="section")
        self.empty = PlainLabel(kind="quiet", wrap=True)
        self.choices = choices
        self.end = Said()
        self.go, self.other, self.back = (
            make_button("", "primary"),
            make_button("", ""),
            make_button("", "quiet"),
        )
        self.go.clicked.connect(self.start)
        self.other.clicked.connect(self.choose)
        self.back.clicked.connect(self.closed)
        self.choices.row_activated.connect(lambda _: self.start())
        self.choices.row_selected.connect(lambda _: self._enable())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.choose)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.start)
        self._build()

    def _build(self) -> None:
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(page)
        for widget in (self.about, self.end, self.where, self.empty, self.choices):
            self._column.addWidget(widget)
        buttons = self._buttons = QHBoxLayout()
        buttons.setSpacing(tokens().px(8))
        for button in (self.go, self.other, self.back):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(tokens().px(12))
        outer.addWidget(self.heading)
        outer.addWidget(self.area, 1)
        self._space()

    def _space(self) -> None:
        look = tokens()
        self._column.setContentsMargins(0, 0, look.px(12), look.px(16))
        self._column.setSpacing(look.px(12))

    # --- doing --------------------------------------------------------------------------------

    def start(self) -> None:
        """Enter: do what the page is for, with what is chosen; at the end, begin anew."""
        if self.working:
            return
        if self.outcome is not None:
            self.reset()
            self.take_keyboard()
            return
        chosen = self.choices.chosen()
        if chosen is not None:
            self._way.begin(chosen)

    def choose(self) -> None:
        """Ctrl+O: another folder or file."""
        if not self.working and self.outcome is None:
            self._way.ask()

    def work(self, title: str, job: Callable[[Any, Any], Any]) -> None:
        """Do `job(progress, cancelled)` in the background; what it returns is the outcome."""
        self.working, self.outcome, self.error = True, None, None
        self.context.tasks.long(title, job, self._done, self._failed, writes=False, owner=self)
        self.show_state()

    def _done(self, outcome: Any) -> None:
        self.working, self.outcome = False, outcome
        self.context.status_wanted.emit()
        self.show_state()
        self.take_keyboard()

    def _failed(self, error: CanvassError) -> None:
        self.working, self.error = False, error
        self.context.status_wanted.emit()
        self.show_state()
        self.look()
        self.take_keyboard()

    # --- showing ------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Everything in the language of the moment."""
        done, words = self.outcome is not None, self._way.words()
        rows = self.choices.rows.rowCount()
        self.heading.setText(words.heading)
        self._way.say_about()
        self.end.setVisible(done or self.error is not None or self.working)
        self._way.say_end()
        self.where.setText(words.where)
        self.where.setVisible(not done)
        self.choices.setAccessibleName(words.where)
        self.choices.setVisible(not done and rows > 0)
        self.choices.setEnabled(not self.working)
        self.empty.setText(words.empty)
        self.empty.setVisible(not done and rows == 0)
        self.other.setVisible(not done)
        self.name_button(self.other, words.other, "Ctrl+O")
        self.name_button(self.back, words.back, "Esc")
        self.name_button(self.go, words.go, "Enter")
        self._enable()
        self.show_end(done)

    def reset(self) -> None:
        """Begin anew: nothing written, nothing read, nothing wrong."""
        self.outcome, self.error = None, None
        self.choices.choose_first()
        self.show_state()
        self.look()

    # --- looking ------------------------------------------------------------------------------

    def look(self) -> None:
        """Look for drives, unless a slow one is still being looked at."""
        if self._invented is not None:
            self._saw(self._invented)
            return
        if self._looking or self.working:
            return
        self._looking = True
        self.context.tasks.read(self._way.scan, self._saw, self._saw_nothing, owner=self)

    def _saw(self, what: Any) -> None:
        self._looking = False
        had = self.choices.rows.rowCount()
        self._way.found(what)
        self.show_state()
        # The first thing to choose from takes the keyboard; what comes later does not.
        if not had and self.choices.rows.rowCount() and self.outcome is None and not self.working:
            self.take_keyboard()

    def _saw_nothing(self, error: CanvassError) -> None:
        self._looking = False

    def show_invented(self, what: Any) -> None:
        """For pictures: find this (as `scan` would) instead of what is there. None: look again."""
        self._invented = what

    def is_looking(self) -> bool:
        """Whether the drives are being looked at."""
        return self._looking

    def showEvent(self, event: QShowEvent) -> None:
        """Look from now on."""
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self._timer.stop()

    # --- helpers ------------------------------------------------------------------------------

    def _enable(self) -> None:
        self.go.setEnabled(
            self.outcome is not None or (not self.working and self.choices.chosen() is not None)
        )
        self.other.setEnabled(not self.working)

    def name_button(self, button: QPushButton, words: str, key: str = "") -> None:
        """The words on a button and its name for who hears it; its key as a tool tip."""
        button.setText(words)
        button.setAccessibleName(words)
        button.setToolTip(key)

    def show_end(self, done: bool) -> None:
        """At the end the next step is to go back; until then it is to go on."""
        for button, role in (
            (self.go, "" if done else "primary"),
            (self.back, "primary" if done else "quiet"),
        ):
            if button.property("role") != role:
                button.setProperty("role", role)
                button.style().unpolish(button)
                button.style().polish(button)
        place = self._buttons.indexOf(self.back)
        if done != (place == 0):
            self._buttons.removeWidget(self.back)
            self._buttons.insertWidget(0 if done else 2, self.back, 0, Qt.AlignmentFlag.AlignLeft)
            QWidget.setTabOrder(*((self.back, self.go) if done else (self.other, self.back)))
        self._fit()

    def _fit(self) -> None:
        fit_row(self._buttons, self.width() - tokens().px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room."""
        super().resizeEvent(event)
        self._fit()

    def take_keyboard(self) -> None:
        """Put the keyboard where the next step is."""
        if self.outcome is not None:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.choices.isVisible():
            self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow zoom and language."""
        super().changeEvent(event)
        if not hasattr(self, "_column"):
            return
        if event.type() == QEvent.Type.StyleChange:
            self._space()
        elif event.type() == QEvent.Type.LanguageChange:
            self.show_state()


def folder_words(path: Path) -> str:
    """A folder as people know it: from the home folder on."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
