"""The imported files of the riding, and taking one back."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.page import figure, when
from canvass_app.desktop.screens.review.taking_back import TakingBackPage
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Chip, Column
from canvass_app.desktop.widgets.format import format_number
from canvass_app.services.withdrawing import (
    ImportedFile,
    WithdrawPreview,
    list_imports,
    preview_withdraw,
    restore_import,
    withdraw_import,
)
from canvass_app.storage.changes import ChangeSet


class ImportsPage(TakingBackPage):
    """Withdraws a file after showing what that changes."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "import", "V", parent)
        self.empty.action_triggered.connect(lambda: context.go("importing"))

    def columns(self) -> list[Column[Any]]:
        """File, when, by whom, doors, people, whether it counts."""

        def state(one: ImportedFile) -> Chip:
            if one.withdrawn:
                return Chip(self.tr("withdrawn"), "warn")
            return (
                Chip(self.tr("counts"), "good")
                if one.complete
                else Chip(self.tr("arriving"), "neutral", "sync")
            )

        return [
            Column(lambda: self.tr("File"), lambda one: one.source, strong=True),
            Column(
                lambda: self.tr("When"), lambda one: when(one.day, one.clock), width=176,
                sort_key=lambda one: one.added_ms,
            ),
            Column(lambda: self.tr("Who"), lambda one: one.author, width=128),
            Column(lambda: self.tr("Doors"), lambda one: one.doors, figure, "right", 84),
            Column(lambda: self.tr("People"), lambda one: one.people, figure, "right", 92),
            Column(lambda: self.tr("State"), state, width=112, sort_key=lambda one: one.withdrawn),
        ]  # fmt: skip

    def fit_columns(self, width: int) -> None:
        """Who goes first, then the numbers: the side says them."""
        look = tokens()
        self.table.setColumnHidden(2, width < look.px(720))
        for column in (3, 4):
            self.table.setColumnHidden(column, width < look.px(600))

    def read(self) -> Callable[[], list[ImportedFile]]:
        """The riding's imports."""
        book, riding = self.context.book, self.context.riding_id
        return lambda: list_imports(book, riding)

    def row_id(self, row: ImportedFile) -> Hashable:
        """The roster's id."""
        return row.roster_id

    def subject(self) -> tuple[str, bytes] | None:
        """The chosen file."""
        return ("import", self.chosen.roster_id) if self.chosen is not None else None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the tab."""
        return [
            ("↑ ↓", self.tr("choose a file")),
            ("V", self.tr("what withdrawing it would change")),
            ("Enter", self.tr("withdraw it, once that is shown")),
            ("R", self.tr("restore it")),
        ]

    # taking back

    def taken_back(self, row: ImportedFile) -> bool:
        """Whether it is withdrawn."""
        return row.withdrawn

    def preview_of(self, row: ImportedFile) -> Callable[[], WithdrawPreview]:
        """Folds with and without it."""
        book = self.context.book
        return lambda: preview_withdraw(book, row.riding_id, row.roster_id)

    def take(self, row: ImportedFile, reason: str) -> Callable[[], ChangeSet]:
        """Withdraws it."""
        book, author = self.context.book, self.context.author
        return lambda: withdraw_import(book, row.riding_id, row.roster_id, author, reason)

    def give(self, row: ImportedFile) -> Callable[[], ChangeSet]:
        """Restores it."""
        book, author = self.context.book, self.context.author
        return lambda: restore_import(book, row.riding_id, row.roster_id, author)

    def words(self) -> dict[str, str]:
        """The words of the tab."""
        name = self.chosen.source if self.chosen is not None else ""
        return {
            "ask": self.tr("Withdraw the file …"),
            "confirm": self.tr("Withdraw the file"),
            "leave": self.tr("Leave it as it is"),
            "restore": self.tr("Restore the file"),
            "done": self.tr("“%1” no longer counts.").replace("%1", name),
            "restored": self.tr("“%1” counts again.").replace("%1", name),
            "hint": self.tr(
                "The wrong file, or the wrong town? A withdrawn file’s rows no longer count. What people learned at the "
                "doors stays, and the file can be restored."
            ),
        }

    def write_facts(self, row: ImportedFile) -> None:
        """The file, when and by whom, how much."""
        self.side.heading(row.source)
        parts = [when(row.day, row.clock), row.author]
        self.side.line(" · ".join(part for part in parts if part), "quiet")
        doors = counted(row.doors, self.tr("%1 door"), self.tr("%1 doors"), format_number)
        people = counted(row.people, self.tr("%1 person"), self.tr("%1 people"), format_number)
        self.side.line(f"{doors} · {people}")

    def write_preview(self, preview: WithdrawPreview) -> None:
        """What would change."""
        self.side.heading(self.tr("What withdrawing would change"))
        lines = [
            (preview.doors_gone, self.tr("%1 door goes"), self.tr("%1 doors go")),
            (preview.people_gone, self.tr("%1 person goes"), self.tr("%1 people go")),
            (
                preview.doors_stay,
                self.tr("%1 door where something is known stays, “not on file”"),
                self.tr("%1 doors where something is known stay, “not on file”"),
            ),
            (
                preview.people_stay,
                self.tr("%1 person who was met stays, “not on file”"),
                self.tr("%1 people who were met stay, “not on file”"),
            ),
            (
                preview.doors_changed + preview.people_changed,
                self.tr("%1 entry is then as another file has it"),
                self.tr("%1 entries are then as another file has them"),
            ),
        ]
        for number, one, many in lines:
            if number:
                self.side.line(counted(number, one, many, format_number))
        if not any(number for number, _, _ in lines):
            self.side.line(self.tr("Nothing that counts would change."))
        gone = preview.people_gone or preview.doors_gone
        self.side.names(self.tr("These go, for example"), preview.gone_names, gone)
        self.side.names(
            self.tr("These stay, for example"), preview.stay_names, preview.people_stay or preview.doors_stay
        )

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.table.setAccessibleName(self.tr("Imported files"))
        self.empty.set_texts(
            self.tr("No imports yet"),
            self.tr(
                "Every file you import is kept here with what it brought, and can be taken back as a whole."
            ),
            self.tr("Import addresses"),
        )
        super().retranslate()
