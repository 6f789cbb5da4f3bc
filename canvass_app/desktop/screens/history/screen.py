"""History: what was recorded about one thing, newest first: who, when, from where, whether it counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language, key_name
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.history.erasing import Erasing
from canvass_app.desktop.screens.review.page import beside, keep_apart
from canvass_app.desktop.screens.review.side import Side, capital, figure, together, when
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Badge,
    Chip,
    Column,
    DataTable,
    EmptyState,
    Heading,
    PlainLabel,
    RowsModel,
    make_button,
)
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.accesses import Access
from canvass_app.ledger.events import Key
from canvass_app.services.history import PAGE, History, HistoryKind, HistoryRow, history_of
from canvass_app.services.history_undo import undo_event

MAX_REASON = 200


class HistoryScreen(Screen):
    """Opened for a thing with Ctrl+H; Esc goes back to where that thing was."""

    place: ClassVar[str] = "history"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.history: History | None = None
        self.chosen: HistoryRow | None = None
        self._asked: tuple[int, HistoryKind, bytes] | None = None
        self._offset = 0
        self._loading = False
        self._trail: list[tuple[int, HistoryKind, bytes]] = []
        self.erasing = Erasing(context, self)
        self._heading = Heading()
        self._heading.setWordWrap(True)
        self._lead = PlainLabel(kind="quiet")
        self._newer = make_button("", "quiet", "chevron-left")
        self._older = make_button("", "quiet", "chevron-right")
        self._newer.clicked.connect(lambda: self.turn(-1))
        self._older.clicked.connect(lambda: self.turn(1))
        self._erase = make_button("", "quiet", "close")
        self._erase.clicked.connect(self.ask_to_erase)
        self._who_saw = make_button("", "quiet", "user")
        self._who_saw.clicked.connect(self.open_who_saw)
        self.table = DataTable(RowsModel(self._columns()))
        self.table.row_selected.connect(self._choose)
        self.side = Side()
        self.reason = QLineEdit()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._held = beside(self._split, self.table)
        self._split.addWidget(self.side)
        self._empty = EmptyState(icon_name="clock")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        top = QHBoxLayout()
        top.setSpacing(tokens().px(12))
        top.addWidget(self._heading, 1)
        top.addWidget(self._lead)
        top.addWidget(self._newer)
        top.addWidget(self._older)
        top.addWidget(self._who_saw)
        top.addWidget(self._erase)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(tokens().px(12))
        self._column.addLayout(top)
        self._column.addWidget(self._stack, 1)
        self.erasing.over.connect(self._write_side)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("U", self.undo_chosen), ("O", self.open_about), ("E", self.ask_to_erase), ("W", self.open_who_saw),
            ("[", lambda: self.turn(-1)), ("]", lambda: self.turn(1)),
        )  # fmt: skip
        for key, act in keys:
            # A shortcut, because the table takes letters for a search.
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.table)
        self.retranslate()

    def _columns(self) -> list[Column[Any]]:
        def said(row: HistoryRow) -> str:
            return _sentence(row)

        return [
            Column(
                lambda: self.tr("When"), lambda row: when(row.day, row.clock), width=176,
                sort_key=lambda row: row.wall_ms,
            ),
            Column(lambda: self.tr("What"), said),
            Column(lambda: self.tr("Who"), lambda row: row.author, width=150),
            Column(lambda: self.tr("From"), lambda row: row.device.say(current_language()), width=128),
            Column(lambda: self.tr("State"), self._chip, width=112, sort_key=lambda row: row.standing),
        ]  # fmt: skip

    def _chip(self, row: HistoryRow) -> Chip:
        return {
            "counts": Chip(self.tr("counts"), "good"),
            "corrected": Chip(self.tr("corrected"), "good"),
            "replaced": Chip(self.tr("replaced"), "neutral"),
            "taken_back": Chip(self.tr("taken back"), "neutral", "undo"),
            "waits": Chip(self.tr("to decide"), "warn"),
            "voided": Chip(self.tr("voided"), "warn"),
            "erased": Chip(self.tr("erased"), "neutral", "close"),
            "unknown": Chip(self.tr("newer version"), "neutral", "info"),
        }[row.standing]

    # the shell asks

    def title(self) -> str:
        """The screen's name."""
        return self.tr("History")

    def activate(self, argument: Any) -> None:
        """Open the history of (riding, kind, id)."""
        riding, kind, one = argument
        self._trail = []
        self._open((riding, kind, one))

    def _open(self, asked: tuple[int, HistoryKind, bytes]) -> None:
        self._asked, self._offset = asked, 0
        self.history, self.chosen = None, None
        self.erasing.leave()
        self.refresh()

    def step_back(self) -> bool:
        """Esc: leave what was asked as it is, then back to the history one came from."""
        if self.erasing.leave():
            self._write_side()
            self.table.setFocus()
            return True
        if self._trail:
            self._open(self._trail.pop())
            return True
        return False

    def refresh(self) -> None:
        """Read the page again."""
        if self._asked is None:
            return
        (riding, kind, one), offset, book = self._asked, self._offset, self.context.book
        self._loading = True
        self.context.tasks.read(
            lambda: history_of(book, riding, kind, one, offset=offset),
            self._show,
            self._failed,
            key="history",
            owner=self,
        )

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the screen."""
        return [
            ("↑ ↓", self.tr("choose an entry")),
            ("U", self.tr("take the entry back, where that is allowed")),
            ("O", self.tr("open the history of whom the entry is about")),
            ("W", self.tr("who saw the person")),
            ("E", self.tr("what erasing the person would take")),
            ("[ ]", self.tr("newer or older entries")),
            ("Esc", self.tr("back")),
        ]

    def is_busy(self) -> bool:
        """While a page is read, or what an erasure would take."""
        return self._loading or self.erasing.is_busy()

    # showing

    def _failed(self, error: Any) -> None:
        self._loading = False
        self.context.error(error)

    def _show(self, history: History) -> None:
        self._loading = False
        keep = self.chosen.key if self.chosen is not None else None
        self.history = history
        self.table.rows.set_rows(history.rows, [row.key for row in history.rows])
        self._stack.setCurrentWidget(self._split if history.rows else self._empty)
        if history.rows and (keep is None or not self.table.select_id(keep)):
            self.table.select_id(history.rows[0].key)
        self._write()
        self.table.setFocus()
        named = [(history.kind, history.id), *(row.about_what for row in history.rows if row.about_what)]
        self.context.seen.note(
            Access.READ,
            history.riding_id,
            people={one for kind, one in named if kind == "person"},
            doors={one for kind, one in named if kind == "door"},
            what="history",
        )

    def _choose(self, key: Key | None) -> None:
        rows = self.history.rows if self.history is not None else ()
        self.chosen = next((row for row in rows if row.key == key), None)
        self._write_side()

    def _write(self) -> None:
        history = self.history
        name = history.name.say(current_language()) if history else ""
        self._heading.setText(self.tr("History: %1").replace("%1", name) if name else self.tr("History"))
        total = history.total if history else 0
        self._lead.setText(
            counted(total, self.tr("%1 entry"), self.tr("%1 entries"), format_number) if total else ""
        )
        paged = history is not None and total > PAGE
        for button in (self._newer, self._older):
            button.setVisible(paged)
        if history is not None and paged:
            last = history.offset + len(history.rows)
            words = (
                self.tr("%1 to %2 of %3")
                .replace("%1", figure(history.offset + 1))
                .replace("%2", figure(last))
            )
            self._lead.setText(words.replace("%3", figure(total)))
            self._newer.setEnabled(history.offset > 0)
            self._older.setEnabled(last < total)
        self._write_side()

    def _write_side(self) -> None:
        row, language = self.chosen, current_language()
        self._erase.setVisible(self._asked is not None and self._asked[1] == "person")
        self._who_saw.setVisible(self.person_meant() is not None)
        self.side.begin()
        if self.erasing.preview is not None:
            self.erasing.write(self.side, self._split.orientation() == Qt.Orientation.Vertical)
        elif row is not None:
            chip = self._chip(row)
            if row.about is not None:
                self.side.line(row.about.say(language), "small")
            self.side.heading(capital(row.said.say(language)))
            self.side.line(together(row.author, when(row.day, row.clock), row.device.say(language)), "quiet")
            badge = QHBoxLayout()
            badge.addWidget(Badge(chip.text, chip.tone, chip.icon_name))
            badge.addStretch(1)
            self.side.column.addLayout(badge)
            words = row.standing_words.say(language)
            if words != chip.text:
                self.side.line(words)
            if row.about is not None and row.about_what is not None:
                words = self.tr("History of %1").replace("%1", row.about.say(language))
                self._side_button(words, "O", "clock", self.open_about)
            if row.undo is not None:
                self._write_undo(row)
        self.side.end()

    def _write_undo(self, row: HistoryRow) -> None:
        assert row.undo is not None
        self.side.column.addSpacing(tokens().px(8))
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        if row.undo_asks_reason:
            self.side.line(self.tr("Why? It stands in the history."), "small")
            self.reason.setAccessibleName(self.tr("Why?"))
            self.reason.returnPressed.connect(self.undo_chosen)
            self.side.column.addWidget(self.reason)
        key = key_name("Enter") if row.undo_asks_reason else "U"
        self._side_button(row.undo.say(current_language()), key, "undo", self.undo_chosen)

    def _side_button(self, words: str, key: str, icon: str, act: Callable[[], None]) -> None:
        held = QHBoxLayout()
        button = make_button(words, "", icon)
        button.setToolTip(key)
        button.clicked.connect(act)
        held.addWidget(button)
        held.addStretch(1)
        self.side.column.addLayout(held)

    # doing

    def turn(self, step: int) -> None:
        """Newer (-1) or older (1) entries."""
        history = self.history
        if history is None:
            return
        offset = self._offset + step * PAGE
        if 0 <= offset < history.total:
            self._offset, self.chosen = offset, None
            self.refresh()

    def open_about(self) -> None:
        """Open the history of whom or what the chosen entry is about; Esc comes back here."""
        row, asked = self.chosen, self._asked
        if row is not None and row.about_what is not None and asked is not None:
            self._trail.append(asked)
            self._open((asked[0], *row.about_what))

    def person_meant(self) -> tuple[int, bytes] | None:
        """(riding, id) of the person whose history this is, or whom the chosen entry is about."""
        if self._asked is None:
            return None
        riding, kind, one = self._asked
        if kind == "person":
            return riding, one
        about = self.chosen.about_what if self.chosen is not None else None
        return (riding, about[1]) if about is not None and about[0] == "person" else None

    def open_who_saw(self) -> None:
        """Who saw that person; Esc comes back here."""
        meant = self.person_meant()
        if meant is not None:
            self.context.go("sights", meant)

    def ask_to_erase(self) -> None:
        """Show what erasing the person would take."""
        if self._asked is not None and self._asked[1] == "person":
            self.erasing.ask(self._asked[0], self._asked[2])

    def undo_chosen(self) -> None:
        """Take the chosen entry back; a bar is lifted only with a reason."""
        row, asked = self.chosen, self._asked
        if row is None or row.undo is None or asked is None:
            return
        reason = self.reason.text()
        if row.undo_asks_reason and not reason.strip():
            self.reason.setFocus()
            return
        book, author = self.context.book, self.context.author
        words = self.tr("Taken back: %1").replace("%1", row.said.say(current_language()))
        self.context.tasks.write(
            lambda: undo_event(book, asked[0], row.key, author, reason),
            lambda _: self.context.say(words),
            owner=self,
        )

    # words and room

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.table.setAccessibleName(self.tr("Entries, newest first"))
        for button, words, key in (
            (self._newer, self.tr("Newer"), "["),
            (self._older, self.tr("Older"), "]"),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(key)
        self._erase.setText(self.tr("Erase this person …"))
        self._erase.setAccessibleName(self.tr("Erase this person …"))
        self._erase.setToolTip("E")
        self._who_saw.setText(self.tr("Who saw them"))
        self._who_saw.setAccessibleName(self.tr("Who saw them"))
        self._who_saw.setToolTip("W")
        self._empty.set_texts(
            self.tr("Whatever was recorded has a history"),
            self.tr(
                "Choose a door, a person, a turf, a list, a shift or an import anywhere and press Ctrl+H. You will see who "
                "entered what, when and from which laptop, whether it counts, and how to take it back."
            ),
        )
        self._space()
        self._write()

    def _space(self) -> None:
        look = tokens()
        edge = look.px(24 if self.width() >= look.px(800) else 16)
        self._column.setContentsMargins(edge, edge, edge, edge // 2)
        wide = self.width() >= look.px(760)
        keep_apart(self._held, wide)
        direction = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if direction != self._split.orientation() and self.erasing.preview is not None:
            # Afterwards: what is asked is laid out anew for the room it has then.
            QTimer.singleShot(0, self, self._write_side)
        self._split.setOrientation(direction)
        if wide:
            self._split.setSizes([self.width() * 70 // 100, self.width() * 30 // 100])
        else:
            self._split.setSizes([self.height() * 35 // 100, self.height() * 65 // 100])
        room = self.width() * 70 // 100 if wide else self.width()
        self.table.setColumnHidden(3, room < look.px(900))
        self.table.setColumnHidden(2, room < look.px(720))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side goes below the table where there is no room beside it."""
        self._space()
        super().resizeEvent(event)

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """The history of the door where most happened, of a person somebody talked to, and what erasing them would take."""

        def busiest() -> None:
            self._open_first(
                "door", "SELECT door_id FROM door WHERE riding_id = ? ORDER BY attempts DESC, door_id LIMIT 1"
            )

        def person() -> None:
            self._open_first(
                "person",
                "SELECT person_id FROM person WHERE riding_id = ? AND support = '1' ORDER BY last, first, person_id LIMIT 1",
            )

        def undoable() -> None:
            row = (
                next((row for row in self.history.rows if row.undo is not None), None)
                if self.history
                else None
            )
            if row is not None:
                self.table.select_id(row.key)

        return [("door", busiest), ("person", person), ("entry", undoable), ("erase", self.ask_to_erase)]

    def _open_first(self, kind: HistoryKind, sql: str) -> None:
        rows = self.context.book.read().query(sql, (self.context.riding_id or 0,))
        if rows:
            self.activate((self.context.riding_id, kind, bytes(rows[0][0])))


def _sentence(row: HistoryRow) -> str:
    language = current_language()
    said = row.said.say(language)
    return capital(said) if row.about is None else f"{row.about.say(language)} · {said}"
