"""Who saw what: on which laptop, when, and what was done; from headquarters, or from this laptop where it must be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.review.side import capital, together, unbroken, when
from canvass_app.desktop.tasks import LongTask
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Badge,
    Column,
    DataTable,
    EmptyState,
    Heading,
    PlainLabel,
    RowsModel,
    make_button,
)
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.errors import CanvassError
from canvass_app.services.audit import Sight
from canvass_app.services.audit_asking import Sights, ask_who_saw
from canvass_app.services.audit_words import act_words, extent_words, what_words
from canvass_app.services.syncing import stop_sync
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.days import local_clock, local_day

HEADQUARTERS = bytes(16)


class SightsScreen(Screen):
    """Opened for a person from their history with W; Esc goes back there."""

    place: ClassVar[str] = "sights"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.answer: Sights | None = None
        self._asked: tuple[int, bytes] | None = None
        self._asking: LongTask | None = None
        self._heading = Heading()
        self._heading.setWordWrap(True)
        self._count = PlainLabel(kind="quiet")
        self._again = make_button("", "quiet", "sync")
        self._again.clicked.connect(self.ask)
        self._source = Badge()
        self._why = PlainLabel(kind="quiet", wrap=True)
        self.table = DataTable(RowsModel(self._columns()))
        self.table.keep_short()
        self.table.row_selected.connect(self._choose)
        self._whole = PlainLabel(wrap=True)
        self._empty = EmptyState(icon_name="user")
        held = QWidget()
        listed = QVBoxLayout(held)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(tokens().px(12))
        listed.addWidget(self.table, 1)
        listed.addWidget(self._whole)
        listed.addStretch(0)
        self._stack = QStackedWidget()
        self._stack.addWidget(held)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        look = tokens()
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(self._heading, 1)
        top.addWidget(self._count)
        top.addWidget(self._again)
        told = QHBoxLayout()
        told.setSpacing(look.px(12))
        told.addWidget(self._source, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self._why, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.px(12))
        self._column.addLayout(top)
        self._column.addLayout(told)
        self._column.addWidget(self._stack, 1)
        QShortcut(QKeySequence("R"), self, self.ask, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.table)
        self.retranslate()

    def _columns(self) -> list[Column[Any]]:
        return [
            Column(
                lambda: self.tr("When"), lambda row: self._when(row.wall_ms), width=176,
                sort_key=lambda row: row.wall_ms,
            ),
            Column(lambda: self.tr("Who"), lambda row: row.who or "–", width=144),
            Column(lambda: self.tr("Laptop"), self._laptop, width=140),
            Column(
                lambda: self.tr("What was done"), lambda row: capital(act_words(row).say(current_language())), width=220
            ),
            Column(lambda: self.tr("Of what"), self._what),
        ]  # fmt: skip

    def _when(self, wall_ms: int) -> str:
        zone = self.context.book.time_zone
        return when(local_day(wall_ms, zone), local_clock(wall_ms, zone))

    def _laptop(self, row: Sight) -> str:
        if row.device_id == HEADQUARTERS:
            return self.tr("headquarters")
        if row.device_id == self.context.book.device_id:
            return self.tr("this laptop")
        return row.device_name or row.device_id.hex()[:8]

    def _what(self, row: Sight) -> str:
        language = current_language()
        first = self._when(row.first_ms) if row.times > 1 else ""
        return together(
            what_words(row).say(language), extent_words(row, first).say(language), row.reason
        ).replace("\N{NO-BREAK SPACE}", " ")

    def _choose(self, place: int | None) -> None:
        """The whole of a line, below the table: a reason may be long."""
        rows = self.answer.sights if self.answer is not None else []
        if place is None or not 0 <= place < len(rows):
            self._whole.setText("")
            return
        row = rows[place]
        done = capital(act_words(row).say(current_language()))
        self._whole.setText(
            together(self._when(row.wall_ms), row.who, self._laptop(row), done, self._what(row)).replace(
                "\N{NO-BREAK SPACE}", " "
            )
        )

    # the shell asks

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Who saw what")

    def activate(self, argument: Any) -> None:
        """Ask about (riding, person)."""
        self._asked = argument
        self.answer = None
        self.ask()

    def refresh(self) -> None:
        """What is shown is an answer to a question; R asks again."""
        self._write()

    def on_changes(self, changes: ChangeSet) -> None:
        """An answer stays as it was given, but for people who were erased meanwhile: their name goes."""
        if changes.forgotten and self.answer is not None:
            self.answer = None
            self.ask()

    def step_back(self) -> bool:
        """Esc: back to the person's history."""
        if self._asking is not None:
            self._asking.cancel()
        if self._asked is None:
            return False
        (riding, person), self._asked = self._asked, None
        self.context.go("history", (riding, "person", person))
        return True

    def is_busy(self) -> bool:
        """While it is being asked."""
        return self._asking is not None

    def keys(self) -> list[tuple[str, str]]:
        """For F1."""
        return [
            ("R", self.tr("ask again")),
            ("Esc", self.tr("back to the history")),
        ]

    # asking

    def ask(self) -> None:
        """Ask headquarters, beside the work; the question itself is recorded."""
        if self._asked is None or self._asking is not None:
            return
        (riding, person), book, who = self._asked, self.context.book, self.context.author

        def work(_progress: object, cancelled: Callable[[], bool]) -> Sights:
            return ask_who_saw(book, riding, person, who=who, cancelled=cancelled)

        self._asking = self.context.tasks.long(
            self.tr("Asking who saw this person"), work, self._show, self._failed, writes=False, shown=False, owner=self
        )  # fmt: skip
        self._asking.let_go = lambda: stop_sync(book)
        self._write()

    def _show(self, answer: Sights) -> None:
        self._asking = None
        if self._asked == (answer.riding_id, answer.person_id):
            self.answer = answer
        self._write()

    def _failed(self, error: CanvassError) -> None:
        self._asking = None
        self._write()
        self.context.error(error)

    # words and room

    def _write(self) -> None:
        answer, language = self.answer, current_language()
        name = answer.name.say(language) if answer is not None else ""
        self._heading.setText(self.tr("Who saw %1").replace("%1", name) if name else self.tr("Who saw what"))
        rows = answer.sights if answer is not None else []
        self.table.rows.set_rows(rows, list(range(len(rows))))
        self._count.setText(
            counted(len(rows), self.tr("%1 line"), self.tr("%1 lines"), format_number) if rows else ""
        )
        self._again.setEnabled(self._asked is not None and self._asking is None)
        self._again.setVisible(self._asked is not None)
        self._source.setVisible(answer is not None)
        self._why.setVisible(answer is not None or self._asking is not None)
        if self._asking is not None:
            self._why.setText(self.tr("Asking headquarters …"))
        elif answer is not None and answer.from_hq:
            self._source.set_state(self.tr("From headquarters"), "good", "check")
            words = self.tr("Every laptop that has synced, as of %1.").replace(
                "%1", self._when(answer.asked_ms)
            )
            if answer.more:
                words += " " + self.tr("Older lines are left out.")
            self._why.setText(words)
        elif answer is not None:
            self._source.set_state(self.tr("This laptop only"), "warn", "info")
            self._why.setText(unbroken(answer.why.say(language)) if answer.why is not None else "")
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows and not self.table.selected_ids():
            self.table.select_id(0)
        self._write_empty()

    def _write_empty(self) -> None:
        if self.answer is not None:
            self._empty.set_texts(
                self.tr("Nobody saw this person"),
                self.tr("As far as these records go, nobody has looked this person up, listed or printed them."),
            )  # fmt: skip
            return
        self._empty.set_texts(
            self.tr("Who saw whom is recorded"),
            self.tr(
                "Open the history of a person with Ctrl+H, then press W. You will see who looked at them, on which "
                "laptop and when, and whether they were printed or exported. The records name nobody who was looked at."
            ),
        )

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.table.setAccessibleName(self.tr("Who saw this person, newest first"))
        self._again.setText(self.tr("Ask again"))
        self._again.setAccessibleName(self.tr("Ask again"))
        self._again.setToolTip("R")
        self._space()
        self._write()

    def _space(self) -> None:
        look = tokens()
        edge = look.px(24 if self.width() >= look.px(800) else 16)
        self._column.setContentsMargins(edge, edge, edge, edge // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the edges."""
        self._space()
        super().resizeEvent(event)

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """A person's lines, from this laptop: the tour has no headquarters."""

        def person() -> None:
            rows = self.context.book.read().query(
                "SELECT person_id FROM person WHERE riding_id = ? AND support = '1' ORDER BY last, first, person_id LIMIT 1",
                (self.context.riding_id or 0,),
            )
            if rows:
                self.activate((self.context.riding_id, bytes(rows[0][0])))

        return [("person", person)]
