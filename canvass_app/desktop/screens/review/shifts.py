"""The shifts of the riding: who, when, how many results, and taking one back."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.review.page import figure, when
from canvass_app.desktop.screens.review.taking_back import TakingBackPage
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Chip, Column
from canvass_app.desktop.widgets.format import format_number
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


class ShiftsPage(TakingBackPage):
    """Voids a shift after showing what that changes."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "clock", "V", parent)

    def columns(self) -> list[Column[Any]]:
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
            Column(lambda: self.tr("List"), lambda one: one.list_code, width=74),
            Column(lambda: self.tr("Results"), lambda one: one.results, figure, "right", 92),
            Column(lambda: self.tr("From"), lambda one: one.device.say(current_language()), width=128),
            Column(lambda: self.tr("State"), state, width=104, sort_key=lambda one: (one.voided, one.closed)),
        ]  # fmt: skip

    def fit_columns(self, width: int) -> None:
        """Where from goes first, then the list, then the number: the side says them."""
        look = tokens()
        self.table.setColumnHidden(4, width < look.px(720))
        self.table.setColumnHidden(2, width < look.px(600))
        self.table.setColumnHidden(3, width < look.px(500))

    def read(self) -> Callable[[], list[Outing]]:
        """The riding's shifts."""
        book, riding = self.context.book, self.context.riding_id
        return lambda: list_outings(book, riding) if riding is not None else []

    def row_id(self, row: Outing) -> Hashable:
        """The shift's id."""
        return row.shift_id

    def subject(self) -> tuple[str, bytes] | None:
        """The chosen shift."""
        return ("shift", self.chosen.shift_id) if self.chosen is not None else None

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the tab."""
        return [
            ("↑ ↓", self.tr("choose a shift")),
            ("V", self.tr("what voiding it would change")),
            ("Enter", self.tr("void it, once that is shown")),
            ("R", self.tr("restore it")),
        ]

    # taking back

    def taken_back(self, row: Outing) -> bool:
        """Whether it is voided."""
        return row.voided

    def preview_of(self, row: Outing) -> Callable[[], VoidPreview]:
        """Folds with and without it."""
        book = self.context.book
        return lambda: preview_void(book, row.riding_id, row.shift_id)

    def take(self, row: Outing, reason: str) -> Callable[[], ChangeSet]:
        """Voids it."""
        book, author = self.context.book, self.context.author
        return lambda: void_shift(book, row.riding_id, row.shift_id, author, reason)

    def give(self, row: Outing) -> Callable[[], ChangeSet]:
        """Restores it."""
        book, author = self.context.book, self.context.author
        return lambda: restore_shift(book, row.riding_id, row.shift_id, author)

    def words(self) -> dict[str, str]:
        """The words of the tab."""
        who = self.chosen.volunteer if self.chosen is not None else ""
        return {
            "ask": self.tr("Void the shift …"),
            "confirm": self.tr("Void the shift"),
            "leave": self.tr("Leave it as it is"),
            "restore": self.tr("Restore the shift"),
            "done": self.tr("The shift of %1 no longer counts.").replace("%1", who),
            "restored": self.tr("The shift of %1 counts again.").replace("%1", who),
            "hint": self.tr(
                "Typed on the wrong list, or not to be trusted? A voided shift no longer counts. Nothing is deleted, and it "
                "can be restored."
            ),
        }

    def write_facts(self, row: Outing) -> None:
        """Who, when, where, how many."""
        language = current_language()
        self.side.heading(row.volunteer or self.tr("no name given"))
        parts = [when(row.day, row.clock), row.device.say(language)]
        if row.list_code:
            parts.append(self.tr("list %1").replace("%1", row.list_code))
        self.side.line(" · ".join(parts), "quiet")
        self.side.line(counted(row.results, self.tr("%1 result"), self.tr("%1 results"), format_number))

    def write_preview(self, preview: VoidPreview) -> None:
        """What would change."""
        self.side.heading(self.tr("What voiding would change"))
        if preview.empty:
            self.side.line(self.tr("Nothing that counts would change."))
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
                self.side.line(counted(number, one, many, format_number))
        self._write_doors(preview.doors)
        self.side.names(self.tr("People"), [_moved(one) for one in preview.people])
        language = current_language()
        stands = [
            f"{row.subject_name.say(language)}, {row.what.say(language)} : {row.sides[0].value.say(language)}"
            if language == "fr"
            else f"{row.subject_name.say(language)}, {row.what.say(language)}: {row.sides[0].value.say(language)}"
            for row in preview.stands
        ]
        self.side.names(self.tr("Corrections by others that stand, for review"), stands)
        self.side.line(self.tr("Results of this shift that arrive later do not count either."), "quiet")

    def _write_doors(self, doors: tuple[Moved, ...]) -> None:
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
            self.side.column.addSpacing(tokens().px(4))
            self.side.line(f"{head}{colon} {before} → {after}")
            self.side.line(shown, "small")

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.table.setAccessibleName(self.tr("Shifts"))
        self.empty.set_texts(
            self.tr("No shifts yet"),
            self.tr(
                "A shift is one sitting at the keyboard by one person. It begins when somebody gives their name to enter "
                "results, and can be taken back as a whole here."
            ),
        )
        super().retranslate()


def _moved(one: Moved) -> str:
    language = current_language()
    name = one.name or "…"
    colon = "\u00a0:" if language == "fr" else ":"
    return f"{name}{colon} {one.before.say(language)} → {one.after.say(language)}"
