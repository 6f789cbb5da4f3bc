"""The shifts of the riding: who, when, how many results, and taking one back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable

from PySide6.QtCore import QObject

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.side import Side, figure, together, when
from canvass_app.desktop.screens.review.taking_back import TakingBackPage, Wording
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Chip, Column
from canvass_app.desktop.widgets.format import format_number
from canvass_app.services.book import Book
from canvass_app.services.voiding import (
    Moved,
    Outing,
    VoidPreview,
    list_outings,
    preview_void,
    restore_shift,
    void_shift,
)
from canvass_app.storage.changes import ChangeSet

# Addresses of one sort that a preview names: enough to recognise the street by.
SHOWN_DOORS = 5


def shifts_page(context: AppContext) -> TakingBackPage[Outing, VoidPreview]:
    """Voids a shift after showing what that changes."""
    return TakingBackPage(context, ShiftsTab(context), "clock", "V")


class ShiftsTab(QObject):
    """The shifts, and what voiding one changes."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context

    def columns(self) -> list[Column[Outing]]:
        """Who, when, list, results, where from, whether it counts."""

        def state(one: Outing) -> Chip:
            if one.voided:
                return Chip(self.tr("voided"), "warn")
            return Chip(self.tr("counts"), "good") if one.closed else Chip(self.tr("open"), "neutral", "edit")

        return [
            Column(lambda: self.tr("Volunteer"), lambda one: one.volunteer, strong=True),
            Column(
                lambda: self.tr("When"), lambda one: when(one.day, one.clock), width=176,
                sort_key=lambda one: one.opened_ms,
            ),
            Column(lambda: self.tr("List"), lambda one: one.list_code, width=72),
            Column(lambda: self.tr("Results"), lambda one: one.results, figure, "right", 84),
            Column(lambda: self.tr("From"), lambda one: one.device.say(current_language()), width=128),
            Column(lambda: self.tr("State"), state, width=104, sort_key=lambda one: (one.voided, one.closed)),
        ]  # fmt: skip

    def left_out(self, width: int) -> Collection[int]:
        """Where from goes first, then the list, then the number: the side says them."""
        look = tokens()
        return {column for column, room in ((4, 720), (2, 600), (3, 500)) if width < look.px(room)}

    def read(self, book: Book, riding_id: int) -> list[Outing]:
        """The riding's shifts."""
        return list_outings(book, riding_id)

    def row_id(self, row: Outing) -> Hashable:
        """The shift's id."""
        return row.shift_id

    def subject(self, row: Outing) -> tuple[str, bytes]:
        """The shift."""
        return ("shift", row.shift_id)

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the tab."""
        return [
            ("↑ ↓", self.tr("choose a shift")),
            ("V", self.tr("what voiding it would change")),
            ("Enter", self.tr("void it, once that is shown")),
            ("R", self.tr("restore it")),
        ]

    def table_name(self) -> str:
        """The shifts."""
        return self.tr("Shifts")

    def empty_texts(self) -> tuple[str, str, str]:
        """No shift yet, and what one is."""
        return (
            self.tr("No shifts yet"),
            self.tr(
                "A shift is one sitting at the keyboard by one person. It begins when somebody gives their name to enter "
                "results, and can be taken back as a whole here."
            ),
            "",
        )

    # taking back

    def taken_back(self, row: Outing) -> bool:
        """Whether it is voided."""
        return row.voided

    def preview_of(self, row: Outing) -> Callable[[], VoidPreview]:
        """Folds with and without it."""
        book = self._context.book
        return lambda: preview_void(book, row.riding_id, row.shift_id)

    def take(self, row: Outing, reason: str) -> Callable[[], ChangeSet]:
        """Voids it."""
        book, author = self._context.book, self._context.author
        return lambda: void_shift(book, row.riding_id, row.shift_id, author, reason)

    def give(self, row: Outing) -> Callable[[], ChangeSet]:
        """Restores it."""
        book, author = self._context.book, self._context.author
        return lambda: restore_shift(book, row.riding_id, row.shift_id, author)

    def wording(self, row: Outing) -> Wording:
        """The words for this shift."""
        return Wording(
            ask=self.tr("Void the shift …"),
            confirm=self.tr("Void the shift"),
            leave=self.tr("Leave it as it is"),
            restore=self.tr("Restore the shift"),
            hint=self.tr(
                "Typed on the wrong list, or not to be trusted? A voided shift no longer counts. Nothing is deleted, and it "
                "can be restored."
            ),
            done=self.tr("The shift of %1 no longer counts.").replace("%1", row.volunteer),
            restored=self.tr("The shift of %1 counts again.").replace("%1", row.volunteer),
        )

    # telling

    def write(self, side: Side, row: Outing) -> None:
        """Who, when, where, how many."""
        language = current_language()
        side.heading(row.volunteer or self.tr("no name given"))
        number = self.tr("list %1").replace("%1", row.list_code) if row.list_code else ""
        side.line(together(when(row.day, row.clock), row.device.say(language), number), "quiet")
        side.line(counted(row.results, self.tr("%1 result"), self.tr("%1 results"), format_number))

    def write_preview(self, side: Side, preview: VoidPreview) -> None:
        """What would change."""
        side.heading(self.tr("What voiding would change"))
        if preview.empty:
            side.line(self.tr("Nothing that counts would change."))
        for number, one, many in (
            (preview.attempts, self.tr("%1 attempt goes"), self.tr("%1 attempts go")),
            (preview.contacts, self.tr("%1 of them a contact"), self.tr("%1 of them contacts")),
            (preview.answers, self.tr("%1 answer goes"), self.tr("%1 answers go")),
            (preview.notes, self.tr("%1 note goes"), self.tr("%1 notes go")),
            (
                preview.people_gone,
                self.tr("%1 person met only then leaves the lists"),
                self.tr("%1 people met only then leave the lists"),
            ),
            (
                preview.bars_kept,
                self.tr("%1 “do not contact” stands all the same"),
                self.tr("%1 “do not contact” stand all the same"),
            ),
        ):
            if number:
                side.line(counted(number, one, many, format_number))
        self._write_doors(side, preview.doors)
        side.names(self.tr("People"), [_moved(one) for one in preview.people])
        language = current_language()
        stands = [
            f"{row.subject_name.say(language)}, {row.what.say(language)} : {row.sides[0].value.say(language)}"
            if language == "fr"
            else f"{row.subject_name.say(language)}, {row.what.say(language)}: {row.sides[0].value.say(language)}"
            for row in preview.stands
        ]
        side.names(self.tr("Corrections by others that stand, for review"), stands)
        side.line(self.tr("Results of this shift that arrive later do not count either."), "quiet")

    def _write_doors(self, side: Side, doors: tuple[Moved, ...]) -> None:
        """Doors by what becomes of them: sixty lines of one sort are one line with a few addresses."""
        language = current_language()
        by_change: dict[tuple[str, str], list[str]] = {}
        for one in doors:
            by_change.setdefault((one.before.say(language), one.after.say(language)), []).append(one.name)
        for (before, after), names in sorted(by_change.items(), key=lambda item: -len(item[1])):
            head = counted(len(names), self.tr("%1 door"), self.tr("%1 doors"), format_number)
            colon = "\u00a0:" if language == "fr" else ":"
            shown = ", ".join(names[:SHOWN_DOORS])
            if len(names) > SHOWN_DOORS:
                shown = (
                    self.tr("%1 and %2 more")
                    .replace("%2", figure(len(names) - SHOWN_DOORS))
                    .replace("%1", shown)
                )
            side.column.addSpacing(tokens().px(4))
            side.line(f"{head}{colon} {before} → {after}")
            side.line(shown, "small")


def _moved(one: Moved) -> str:
    language = current_language()
    name = one.name or "…"
    colon = "\u00a0:" if language == "fr" else ":"
    return f"{name}{colon} {one.before.say(language)} → {one.after.say(language)}"
