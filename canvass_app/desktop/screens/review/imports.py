"""The imported files of the riding, and taking one back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable

from PySide6.QtCore import QObject

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.side import Side, figure, together, when
from canvass_app.desktop.screens.review.taking_back import TakingBackPage, Wording
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Chip, Column
from canvass_app.desktop.widgets.format import format_number
from canvass_app.services.book import Book
from canvass_app.services.withdrawing import (
    ImportedFile,
    WithdrawPreview,
    list_imports,
    preview_withdraw,
    restore_import,
    withdraw_import,
)
from canvass_app.storage.changes import ChangeSet

# Names that a preview shows of those who go, and of those who stay: both lists fit without scrolling.
SHOWN_NAMES = 5


def imports_page(context: AppContext) -> TakingBackPage[ImportedFile, WithdrawPreview]:
    """Withdraws a file after showing what that changes."""
    page = TakingBackPage(context, ImportsTab(context), "import", "V")
    page.empty.action_triggered.connect(lambda: context.go("importing"))
    return page


class ImportsTab(QObject):
    """The imported files, and what withdrawing one changes."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context

    def columns(self) -> list[Column[ImportedFile]]:
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

    def left_out(self, width: int) -> Collection[int]:
        """Who goes first, then the numbers: the side says them."""
        look = tokens()
        return {column for column, room in ((2, 720), (3, 600), (4, 600)) if width < look.px(room)}

    def read(self, book: Book, riding_id: int) -> list[ImportedFile]:
        """The riding's imports."""
        return list_imports(book, riding_id)

    def row_id(self, row: ImportedFile) -> Hashable:
        """The roster's id."""
        return row.roster_id

    def subject(self, row: ImportedFile) -> tuple[str, bytes]:
        """The file."""
        return ("import", row.roster_id)

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the tab."""
        return [
            ("↑ ↓", self.tr("choose a file")),
            ("V", self.tr("what withdrawing it would change")),
            ("Enter", self.tr("withdraw it, once that is shown")),
            ("R", self.tr("restore it")),
        ]

    def table_name(self) -> str:
        """The files."""
        return self.tr("Imported files")

    def empty_texts(self) -> tuple[str, str, str]:
        """No file yet, and the way to one."""
        return (
            self.tr("No imports yet"),
            self.tr(
                "Every file you import is kept here with what it brought, and can be taken back as a whole."
            ),
            self.tr("Import addresses"),
        )

    # taking back

    def taken_back(self, row: ImportedFile) -> bool:
        """Whether it is withdrawn."""
        return row.withdrawn

    def preview_of(self, row: ImportedFile) -> Callable[[], WithdrawPreview]:
        """Folds with and without it."""
        book = self._context.book
        return lambda: preview_withdraw(book, row.riding_id, row.roster_id)

    def take(self, row: ImportedFile, reason: str) -> Callable[[], ChangeSet]:
        """Withdraws it."""
        book, author = self._context.book, self._context.author
        return lambda: withdraw_import(book, row.riding_id, row.roster_id, author, reason)

    def give(self, row: ImportedFile) -> Callable[[], ChangeSet]:
        """Restores it."""
        book, author = self._context.book, self._context.author
        return lambda: restore_import(book, row.riding_id, row.roster_id, author)

    def wording(self, row: ImportedFile) -> Wording:
        """The words for this file."""
        return Wording(
            ask=self.tr("Withdraw the file …"),
            confirm=self.tr("Withdraw the file"),
            leave=self.tr("Leave it as it is"),
            restore=self.tr("Restore the file"),
            hint=self.tr(
                "The wrong file, or the wrong town? A withdrawn file’s rows no longer count. What people learned at the "
                "doors stays, and the file can be restored."
            ),
            done=self.tr("“%1” no longer counts.").replace("%1", row.source),
            restored=self.tr("“%1” counts again.").replace("%1", row.source),
        )

    # telling

    def write(self, side: Side, row: ImportedFile) -> None:
        """The file, when and by whom, how much."""
        side.heading(row.source)
        side.line(together(when(row.day, row.clock), row.author), "quiet")
        doors = counted(row.doors, self.tr("%1 door"), self.tr("%1 doors"), format_number)
        people = counted(row.people, self.tr("%1 person"), self.tr("%1 people"), format_number)
        side.line(together(doors, people))

    def write_preview(self, side: Side, preview: WithdrawPreview) -> None:
        """What would change."""
        side.heading(self.tr("What withdrawing would change"))
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
                side.line(counted(number, one, many, format_number))
        if not any(number for number, _, _ in lines):
            side.line(self.tr("Nothing that counts would change."))
        for title, names, total in (
            (self.tr("These go, for example"), preview.gone_names, preview.people_gone or preview.doors_gone),
            (
                self.tr("These stay, for example"),
                preview.stay_names,
                preview.people_stay or preview.doors_stay,
            ),
        ):
            side.names(title, names, total, most=SHOWN_NAMES)
