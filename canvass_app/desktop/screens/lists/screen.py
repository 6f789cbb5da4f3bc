"""Lists: every walk list that was issued, how far its results are typed, and its pages again, exactly as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language, key_name
from canvass_app.desktop.screens.base import AppContext, Command, Screen
from canvass_app.desktop.screens.lists.choices import PaperChoice
from canvass_app.desktop.screens.lists.paper import ask_for_pdf, open_folder, save_pdf
from canvass_app.desktop.screens.lists.preview import Preview
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Chip,
    Column,
    DataTable,
    EmptyState,
    Heading,
    PlainLabel,
    RowsModel,
    make_button,
)
from canvass_app.desktop.widgets.format import format_day, format_number
from canvass_app.domain.accesses import Access
from canvass_app.domain.numbers import page_code
from canvass_app.domain.walk_list import WalkListDocument
from canvass_app.services.lists_now import document_now
from canvass_app.services.walk_lists import ListSummary, list_walk_lists, mark_returned

# What the table needs at 100 % for names of some 24 letters, and what two of its columns have of it.
_TABLE, _WHO, _ISSUED = 820, 196, 116


class ListsScreen(Screen):
    """The walk lists of the riding."""

    place = "lists"
    shortcut = 3

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.choose_file: Callable[[QWidget, int, str], Path | None] = ask_for_pdf
        self.show_folder: Callable[[Path], None] = open_folder
        self._lists: list[ListSummary] = []
        self._chosen: ListSummary | None = None
        self._document: WalkListDocument | None = None
        self._wanted: int | None = None
        self._shared_out: tuple[object, ...] = ()
        self._title = Heading()
        self._count = PlainLabel(kind="quiet")
        self._enter = make_button("", "primary", "enter")
        self._print = make_button("", "", "print")
        self._return = make_button("", "", "check")
        self._export = make_button("", "", "export")
        self.paper = PaperChoice(context.preferences.paper, context.preferences.language)
        self.table = DataTable(RowsModel(self._columns()))
        self.preview = Preview(context)
        self._empty = EmptyState(icon_name="lists")
        self._build()
        self.table.row_selected.connect(self._choose)
        self.table.row_activated.connect(lambda _: self.open_in_enter())
        self._enter.clicked.connect(self.open_in_enter)
        self._print.clicked.connect(self.print_again)
        self._return.clicked.connect(self.toggle_returned)
        self._export.clicked.connect(self.export_people)
        self.paper.changed.connect(self._show_preview)
        self._empty.action_triggered.connect(self._begin)
        for key, act in (
            ("P", self.print_again), ("R", self.toggle_returned), ("X", self.export_people), ("[", lambda: self.preview.turn(-1)),
            ("]", lambda: self.preview.turn(1)),
        ):  # fmt: skip
            # A shortcut, because the table takes letters for a search.
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.table)
        self.retranslate()

    def _build(self) -> None:
        look = tokens()
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(self._title)
        top.addWidget(self._count, 1)
        top.addWidget(self._export)
        actions = QHBoxLayout()
        actions.setSpacing(look.px(8))
        actions.addWidget(self._enter)
        actions.addWidget(self._return)
        actions.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, look.px(8), 0)
        column.setSpacing(look.px(12))
        column.addWidget(self.table, 1)
        column.addLayout(actions)
        right = QWidget()
        paper = QHBoxLayout()
        paper.setSpacing(look.px(8))
        paper.addWidget(self.paper, 1)
        paper.addWidget(self._print)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(look.px(12), 0, 0, 0)
        beside.setSpacing(look.px(12))
        beside.addWidget(self.preview, 1)
        beside.addLayout(paper)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self._empty)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.px(12))
        self._column.addLayout(top)
        self._column.addWidget(self._stack, 1)

    def _columns(self) -> list[Column[ListSummary]]:
        def typed(one: ListSummary) -> str:
            words = self.tr("%1 of %2").replace("%1", format_number(one.results, current_language()))
            return words.replace("%2", format_number(one.lines, current_language()))

        def day(one: ListSummary) -> str:
            return format_day(date.fromisoformat(one.issued_day), current_language())

        def state(one: ListSummary) -> Chip:
            if one.returned:
                return Chip(self.tr("returned"), "good")
            return Chip(self.tr("out"), "neutral", "lists")

        return [
            Column(lambda: self.tr("Code"), lambda one: one.code, width=77, strong=True),
            Column(lambda: self.tr("Turf"), lambda one: one.turf_name),
            Column(lambda: self.tr("Who"), lambda one: one.canvasser, width=_WHO),
            Column(
                lambda: self.tr("Typed"), typed, align="right", width=98, sort_key=lambda one: one.results
            ),
            Column(lambda: self.tr("Issued"), day, width=116, sort_key=lambda one: one.issued_ms),
            Column(lambda: self.tr("State"), state, width=106),
        ]

    # the shell asks

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Lists")

    def refresh(self) -> None:
        """Read the riding's lists."""
        riding, book = self.context.riding_id, self.context.book
        if riding is None:
            self._show_lists([])
            return
        self.context.tasks.read(
            lambda: list_walk_lists(book, riding), self._show_lists, key="lists", owner=self
        )

    def activate(self, argument: Any) -> None:
        """Choose a list by its number."""
        self._wanted = argument if isinstance(argument, int) else None
        if self._wanted is not None:
            self.table.select_id(self._wanted)
        self.table.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the screen."""
        return [
            ("↑ ↓", self.tr("choose a list")),
            ("Enter", self.tr("enter its results")),
            ("P", self.tr("print it again")),
            ("R", self.tr("mark it as returned, or as out again")),
            ("X", self.tr("export its people as a file")),
            ("[ ]", self.tr("turn the pages of the preview")),
        ]

    def commands(self) -> list[Command]:
        """What find-anything can do here."""
        if self._chosen is None:
            return []
        return [
            Command(lambda: self.tr("Print the list again"), self.print_again, "P", "print"),
            Command(lambda: self.tr("Enter its results"), self.open_in_enter, "Enter", "enter"),
            Command(lambda: self.tr("Export its people"), self.export_people, "X", "export"),
        ]

    def history_subject(self) -> tuple[str, bytes] | None:
        """The chosen list."""
        return ("list", self._chosen.list_id) if self._chosen is not None else None

    def is_busy(self) -> bool:
        """While a list is read."""
        return self._chosen is not None and self._document is None

    # showing

    def _show_lists(self, lists: list[ListSummary]) -> None:
        keep = self._wanted if self._wanted is not None else self._chosen.number if self._chosen else None
        self._lists = lists
        self.table.rows.set_rows(lists, [one.number for one in lists])
        self._stack.setCurrentWidget(self._split if lists else self._empty)
        if keep is not None and self.table.select_id(keep):
            self._wanted = None
        elif lists:
            self.table.select_id(lists[0].number)
        self._write()

    def _choose(self, number: int | None) -> None:
        before = self._chosen
        self._chosen = next((one for one in self._lists if one.number == number), None)
        self._write()
        if self._chosen is None:
            if not self._lists:
                self._document = None
                self._show_preview()
            return
        if before is not None and before.number == self._chosen.number and self._document is not None:
            return
        chosen, book = self._chosen, self.context.book
        self._document = None

        def done(document: WalkListDocument) -> None:
            if self._chosen is not None and self._chosen.number == document.number:
                self._document = document
                self.paper.set_language(chosen.language)
                self._show_preview()
                self.context.seen.note(
                    Access.LISTED,
                    chosen.riding_id,
                    people=document.person_ids,
                    what="list",
                    numbers=(chosen.number,),
                )

        self.context.tasks.read(
            lambda: document_now(book, chosen.number), done, key="lists.document", owner=self
        )

    def _show_preview(self) -> None:
        self.preview.show_document(self._document, self.paper.paper, self.paper.language)

    def _write(self) -> None:
        out = sum(1 for one in self._lists if not one.returned)
        total = counted(len(self._lists), self.tr("%1 list"), self.tr("%1 lists"), format_number)
        still = counted(out, self.tr("%1 is out"), self.tr("%1 are out"), format_number)
        self._count.setText(f"{total} · {still}" if self._lists else "")
        chosen = self._chosen
        for button in (self._enter, self._print, self._return, self._export):
            button.setEnabled(chosen is not None)
        self._export.setVisible(not self.context.only_records)
        back = chosen is not None and chosen.returned
        words = self.tr("Out again") if back else self.tr("Mark as returned")
        self._return.setText(words)
        self._return.setAccessibleName(words)

    # doing

    def _begin(self) -> None:
        self.context.go("importing" if self.context.riding_id is None else "turfs")

    def open_in_enter(self) -> None:
        """Go to the page where its results are typed."""
        if self._chosen is not None:
            self.context.go("enter", page_code(self._chosen.number, 1))

    def export_people(self) -> None:
        """Go to where the list's people leave as a file, for a task outside of Canvass."""
        if self._chosen is not None:
            self.context.go("exporting", self._chosen.number)

    def print_again(self) -> None:
        """Save the very same pages once more, on the paper and in the language chosen."""
        chosen, book = self._chosen, self.context.book
        if chosen is None:
            return
        out = self.choose_file(self, chosen.number, chosen.turf_name)
        if out is not None:
            save_pdf(
                self.context, lambda: document_now(book, chosen.number), out, self.paper.paper, self.paper.language,
                self.show_folder, self,
            )  # fmt: skip

    def toggle_returned(self) -> None:
        """Note that the paper came back, or went out again; the line at the foot takes it back."""
        chosen, book, author = self._chosen, self.context.book, self.context.author
        if chosen is None:
            return

        def mark(returned: bool) -> None:
            self.context.tasks.write(
                lambda: mark_returned(book, chosen.riding_id, chosen.list_id, returned, author=author)
            )

        mark(not chosen.returned)
        words = (
            self.tr("List %1 is out again.") if chosen.returned else self.tr("List %1 is marked as returned.")
        )
        self.context.say(words.replace("%1", chosen.code), lambda: mark(chosen.returned))

    # words and room

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._title.setText(self.tr("Lists"))
        self.table.setAccessibleName(self.tr("Walk lists"))
        for button, words, key in (
            (self._enter, self.tr("Enter results"), "Enter"),
            (self._print, self.tr("Print again"), "P"),
            (self._return, self.tr("Mark as returned"), "R"),
            (self._export, self.tr("Export people…"), "X"),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(key_name(key))
        if self.context.riding_id is None:
            self._empty.set_texts(
                self.tr("No walk lists yet"),
                self.tr(
                    "A walk list is a turf on paper. First import the addresses of a riding, then make a turf."
                ),
                self.tr("Import addresses"),
            )
        else:
            self._empty.set_texts(
                self.tr("No walk lists yet"),
                self.tr(
                    "A walk list is a turf on paper: a number, a frozen order, a script. Make a turf, then print it."
                ),
                self.tr("Go to turfs"),
            )
        self.paper.retranslate()
        self.preview.retranslate()
        self._space()
        self._write()

    def _space(self) -> None:
        edge = tokens().px(24 if self.width() >= tokens().px(800) else 16)
        self._column.setContentsMargins(edge, edge - tokens().px(4), edge, edge // 2)
        wide = self.width() >= tokens().px(720)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self.table.setColumnHidden(2, self.width() < tokens().px(1000))
        self.table.setColumnHidden(4, self.width() < tokens().px(1240))
        # The table gets what its names need, once for each set of columns; the pages take the rest.
        look, hidden = tokens(), [self.table.isColumnHidden(column) for column in (2, 4)]
        shares = (wide, *hidden, look.zoom)
        if shares != self._shared_out and self.isVisible():
            self._shared_out = shares
            names = look.px(_TABLE - hidden[0] * _WHO - hidden[1] * _ISSUED)
            room = self.width() - 2 * edge
            left = min(names, room - look.px(300)) if wide else room // 2
            self._split.setSizes([left, room - left])

    def resizeEvent(self, event: object) -> None:
        """The preview goes below the table where there is no room beside it."""
        self._space()

    def showEvent(self, event: object) -> None:
        """Share the room out once it is known."""
        self._space()

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """Another page of the list, in the language of the screen."""

        def preview() -> None:
            self.paper.set_language(current_language())
            self.preview.turn(1)

        return [("preview", preview)]
