"""Take it to headquarters on a stick: where to, what is on it and for whom, and when it is safe to remove."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from canvass_app.desktop.i18n import counted, current_language, say_error
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync.background import BackgroundSync
from canvass_app.desktop.screens.sync.places import Place, place_of
from canvass_app.desktop.screens.sync.stick_page import Choices, Find, StickPage, Words, folder_words
from canvass_app.desktop.screens.sync.telling import day_words, volunteer
from canvass_app.desktop.widgets import Column, RowsModel, format_number, ui_language
from canvass_app.domain.errors import Cancelled
from canvass_app.services.syncing import SyncStatus

_FOLDER = "stick_folder"


def size_words(size: int, lang: str) -> str:
    """Bytes as people count them: 48 kB, 14.2 GB; in French ko, Go."""
    units = ("o", "ko", "Mo", "Go", "To") if lang == "fr" else ("bytes", "kB", "MB", "GB", "TB")
    value, unit = float(size), 0
    while value >= 1_000 and unit < len(units) - 1:
        value, unit = value / 1_000, unit + 1
    return f"{format_number(value, lang, 1 if unit > 1 and value < 100 else 0)}\u00a0{units[unit]}"


def _place_columns() -> list[Column[Any]]:
    translate = QCoreApplication.translate
    return [
        Column(
            lambda: translate("TakePage", "Where"),
            lambda p: p.name or translate("TakePage", "This folder"),
            width=220,
            strong=True,
        ),
        Column(lambda: translate("TakePage", "Path"), lambda p: folder_words(p.path)),
        Column(
            lambda: translate("TakePage", "Free"),
            lambda p: p.free,
            lambda n: size_words(int(n), ui_language()),
            "right",
            110,
        ),
    ]


class TakePage(StickPage):
    """Writes what headquarters lacks into a file on a stick or in any folder."""

    def __init__(self, context: AppContext, background: BackgroundSync, find: Find | None = None) -> None:
        super().__init__(context, self, Choices(RowsModel(_place_columns())), find)
        self._background = background
        self._status: SyncStatus | None = None
        kept = context.book.meta(_FOLDER)
        self._folder: Path | None = Path(kept) if kept else None
        self.show_state()

    def show_status(self, status: SyncStatus) -> None:
        """What waits to be taken."""
        self._status = status
        self.show_state()

    # --- choosing -----------------------------------------------------------------------------

    def scan(self) -> tuple[list[Place], Place | None]:
        """The drives that are in, and the folder that was chosen before."""
        folder = self._folder
        return self.find_drives(), place_of(folder) if folder is not None and folder.is_dir() else None

    def found(self, what: tuple[list[Place], Place | None]) -> None:
        """Drives first, then the folder."""
        self.sticks, folder = what
        known = {one.path for one in self.sticks}
        places = [*self.sticks, *([folder] if folder is not None and folder.path not in known else [])]
        self.choices.show_rows(places, [str(one.path) for one in places])

    def ask(self) -> None:
        """Any folder."""
        start = str(self._folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where the file goes"), start)
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, folder: Path) -> None:
        """Offer this folder too, chosen."""
        self._folder = folder
        # Offered again next time, where it is still there.
        self.context.tasks.write(lambda: self.context.book.set_meta(_FOLDER, str(folder)))
        self.found((self.sticks, place_of(folder)))
        self.choices.select_id(str(folder))
        self.show_state()
        self.choices.setFocus()

    # --- writing ------------------------------------------------------------------------------

    def begin(self, chosen: Place) -> None:
        """Write the file into the chosen place."""
        book, folder = self.context.book, chosen.path
        # Somebody stands there with a stick: a sync that waits for a dead network gives way.
        self._background.give_way()

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.bundling import write_bundle

            return write_bundle(book, folder, progress, cancelled, ask=True)

        self.work(self.tr("Writing for headquarters"), work)

    # --- showing ------------------------------------------------------------------------------

    def words(self) -> Words:
        """The words of the moment."""
        done = self.outcome is not None
        if done:
            go = self.tr("Write once more")
        elif self.working:
            go = self.tr("Writing…")
        else:
            go = self.tr("Try again") if self.error is not None else self.tr("Write it")
        return Words(
            heading=self.tr("Take it to headquarters on a stick"),
            where=self.tr("Where to"),
            empty=self.tr("Put a stick in: it appears here by itself. Or choose any folder."),
            other=self.tr("Another folder…"),
            go=go,
            back=self.tr("Done") if done else self.tr("Back to Sync"),
        )

    def say_about(self) -> None:
        """What waits, and for whom."""
        status = self._status
        self.about.setVisible(self.outcome is None and status is not None)
        if status is None:
            return
        if status.pending:
            lead = counted(
                status.pending,
                self.tr("%1 result for headquarters"),
                self.tr("%1 results for headquarters"),
                format_number,
            )
        elif status.pending_events:
            lead = counted(
                status.pending_events,
                self.tr("%1 change for headquarters"),
                self.tr("%1 changes for headquarters"),
                format_number,
            )
        else:
            lead = self.tr("Headquarters has everything of this laptop.")
        detail = (
            self.tr("The file is sealed for %1: nobody else can read it, even if the stick is lost.")
            if status.pending_events
            else self.tr("The file asks %1 what others did. It is sealed: nobody else can read it.")
        )
        lines = "\n".join(_shift_lines(status.pending_by_shift))
        self.about.say(lead, detail.replace("%1", status.hq_url), lines)

    def say_end(self) -> None:
        """Whether it is whole on the stick, or why nothing is."""
        if self.working:
            self.end.say(
                self.tr("Writing. Leave the stick in."),
                self.tr("The file is read back from the stick before this says that it is whole."),
                icon="clock",
            )
        elif self.outcome is not None:
            self._say_written(self.outcome)
        elif isinstance(self.error, Cancelled):
            self.end.say(
                self.tr("Stopped. Nothing was left on the stick, and everything is kept here."), icon="info"
            )
        elif self.error is not None:
            self.end.say(self.tr("Nothing was written."), say_error(self.error), icon="error", tone="bad")

    def _say_written(self, written: Any) -> None:
        lang = current_language()
        what = counted(written.results, self.tr("%1 result"), self.tr("%1 results"), format_number)
        more = counted(
            written.events, self.tr("%1 entry in all"), self.tr("%1 entries in all"), format_number
        )
        lines = [
            self.tr("On it: %1, %2.").replace("%1", what).replace("%2", more)
            if written.events
            else self.tr("On it: the question what others did."),
            *_shift_lines(written.shifts),
            self.tr("For: %1").replace("%1", written.for_whom.say(lang)),
            self.tr("File: %1 (%2)")
            .replace("%2", size_words(written.size, lang))
            .replace("%1", written.path.name),
            "",
            self.tr("1. Take the stick to headquarters, where the file is read in."),
            self.tr("2. Headquarters writes its answer on the stick: receipts, and what others did."),
            self.tr("3. Bring the stick back and choose “I have a stick from headquarters”."),
        ]
        self.end.say(
            self.tr("Safe to remove."),
            self.tr(
                "The file is whole on the stick. Until the answer or a sync comes, this laptop keeps everything."
            ),
            "\n".join(lines),
            "check",
            "good",
        )


def _shift_lines(shifts: list[tuple[str, str, int]]) -> list[str]:
    translate = QCoreApplication.translate
    lines: list[str] = []
    for who, day, results in shifts[-5:]:
        words = counted(
            results,
            translate("TakePage", "%2: %1 result"),
            translate("TakePage", "%2: %1 results"),
            format_number,
        )
        lines.append(words.replace("%2", f"{day_words(day)}, {volunteer(who)}"))
    left = len(shifts) - 5
    if left > 0:
        words = counted(
            left,
            translate("TakePage", "and %1 earlier evening"),
            translate("TakePage", "and %1 earlier evenings"),
            format_number,
        )
        lines.insert(0, words)
    return lines
