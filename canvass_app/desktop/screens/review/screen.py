"""Review: needs a decision, shifts, imports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from canvass_app.desktop.screens.base import AppContext, Command, Screen
from canvass_app.desktop.screens.review.decisions import DecisionsPage
from canvass_app.desktop.screens.review.imports import imports_page
from canvass_app.desktop.screens.review.page import AnyPage
from canvass_app.desktop.screens.review.shifts import shifts_page
from canvass_app.desktop.screens.review.side import figure
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button

_TABS = ("decisions", "shifts", "imports")


class ReviewScreen(Screen):
    """Three tabs: what waits for a decision, the shifts, the imported files."""

    place: ClassVar[str] = "review"
    shortcut: ClassVar[int] = 8

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.decisions = DecisionsPage(context)
        self.shifts = shifts_page(context)
        self.imports = imports_page(context)
        self._pages: tuple[AnyPage, ...] = (self.decisions, self.shifts, self.imports)
        self._waiting = 0
        self._heading = Heading()
        self._lead = PlainLabel(kind="quiet", elide=True)
        self._history = make_button("", "", "clock")
        self._history.clicked.connect(self.show_history)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for page in self._pages:
            self.tabs.addTab(page, "")
            page.table.row_selected.connect(lambda _: self._offer_history())
            page.counted.connect(lambda _: self._give_keyboard())
        self.tabs.currentChanged.connect(self._turned)
        self.decisions.counted.connect(self._count)
        top = QHBoxLayout()
        top.setSpacing(tokens().px(12))
        top.addWidget(self._heading)
        top.addWidget(self._lead, 1)
        top.addWidget(self._history)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(tokens().px(8))
        self._column.addLayout(top)
        self._column.addWidget(self.tabs, 1)
        for key, step in (("[", -1), ("]", 1)):
            shortcut = QShortcut(QKeySequence(key), self, lambda step=step: self._turn(step))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._give_keyboard()
        self._offer_history()
        self.retranslate()

    # the shell asks

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Review")

    def refresh(self) -> None:
        """Read every tab: the words of the tabs say how much waits."""
        for page in self._pages:
            page.refresh()

    def activate(self, argument: Any) -> None:
        """Open a tab by its name."""
        if argument in _TABS:
            self.tabs.setCurrentIndex(_TABS.index(argument))
        self.setFocus()

    def page(self) -> AnyPage:
        """The tab that is shown."""
        return self._pages[max(0, self.tabs.currentIndex())]

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the tab, then those of the screen."""
        return [
            *self.page().tab.keys(),
            ("[ ]", self.tr("the tab before, the next tab")),
            ("Ctrl+H", self.tr("the history of the chosen row")),
        ]

    def commands(self) -> list[Command]:
        """What find-anything can do here."""
        if self.page().subject() is None:
            return []
        return [Command(lambda: self.tr("History of the chosen row"), self.show_history, "Ctrl+H", "clock")]

    def history_subject(self) -> tuple[str, bytes] | None:
        """What the chosen row is about."""
        return self.page().subject()

    def show_history(self) -> None:
        """Open the history of the chosen row."""
        subject = self.page().subject()
        if subject is not None:
            self.context.go("history", (self.context.riding_id, *subject))

    def step_back(self) -> bool:
        """Esc: leave what was asked as it is."""
        return self.page().step_back()

    def is_busy(self) -> bool:
        """While a preview is computed."""
        return self.shifts.is_busy() or self.imports.is_busy()

    # how it is done

    def _offer_history(self) -> None:
        self._history.setEnabled(self.page().subject() is not None)

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _give_keyboard(self) -> None:
        """The rows take the keys; where there are none, the tabs do: never something outside of this screen."""
        page = self.page()
        self.setFocusProxy(page.table if page.rows else self.tabs.tabBar())

    def _turned(self, _: int) -> None:
        self._give_keyboard()
        self.setFocus()
        self._offer_history()
        self._write()

    def _count(self, waiting: int) -> None:
        self._waiting = waiting
        self._write()

    def _write(self) -> None:
        decisions = self.tr("Needs a decision")
        if self._waiting:
            decisions = f"{decisions} ({figure(self._waiting)})"
        for place, words in enumerate((decisions, self.tr("Shifts"), self.tr("Imports"))):
            self.tabs.setTabText(place, words)
        self._lead.setText(
            (
                self.tr("Nothing here holds up the work: choose when there is time."),
                self.tr("A shift is one person’s sitting at the keyboard. It can be taken back as a whole."),
                self.tr("Each imported file can be taken back as a whole."),
            )[max(0, self.tabs.currentIndex())]
        )

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._heading.setText(self.tr("Review"))
        self._history.setText(self.tr("History"))
        self._history.setAccessibleName(self.tr("History of the chosen row"))
        self._history.setToolTip("Ctrl+H")
        self.tabs.setAccessibleName(self.tr("Review"))
        for page in self._pages:
            page.retranslate()
        self._space()
        self._write()

    def _space(self) -> None:
        edge = tokens().px(24 if self.width() >= tokens().px(800) else 16)
        self._column.setContentsMargins(edge, edge, edge, edge // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less edge in a small window."""
        self._space()
        super().resizeEvent(event)

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """The other sorts of decision, the other tabs, and what voiding a shift or withdrawing a file would change."""

        def last_decision() -> None:
            self.tabs.setCurrentIndex(0)
            if self.decisions.rows:
                self.decisions.table.select_id(self.decisions.rows[-1].id)

        def voiding() -> None:
            rows = [row for row in self.shifts.rows if row.results]
            if rows:
                self.shifts.table.select_id(rows[0].shift_id)
            self.shifts.ask()

        return [
            ("shifts", lambda: self.tabs.setCurrentIndex(1)),
            ("void", voiding),
            ("imports", lambda: self.tabs.setCurrentIndex(2)),
            ("withdraw", self.imports.ask),
            ("decision", last_decision),
        ]
