"""I have a stick from headquarters: its answer is read in, receipts and others' work; twice does no harm."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from canvass_app.desktop.i18n import counted, current_language, say_error
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.sync.background import BackgroundSync
from canvass_app.desktop.screens.sync.places import find_bundles
from canvass_app.desktop.screens.sync.stick_page import Choices, Find, StickPage, Words
from canvass_app.desktop.screens.sync.words import moment
from canvass_app.desktop.widgets import Chip, Column, RowsModel, format_number, ui_language
from canvass_app.domain.errors import Cancelled, CanvassError


@dataclass(frozen=True, slots=True)
class Found:
    """A bundle on a stick, and what it says of itself. `sort`: "answer", "half", "other", "own" or "bad"."""

    path: Path
    sort: str
    made_ms: int
    now_ms: int


def look_at(book: Any, path: Path) -> Found:
    """What lies at `path`, whatever it is."""
    from canvass_app.services.bundling import describe_bundle

    now = book.now_ms()
    try:
        told = describe_bundle(book, path)
    except CanvassError:
        return Found(path, "bad", 0, now)
    if told.for_us:
        return Found(path, "answer" if told.whole else "half", told.made_ms, now)
    return Found(path, "own" if told.ours else "other", told.made_ms, now)


def _state(found: Found) -> Chip:
    translate = QCoreApplication.translate
    chips = {
        "answer": Chip(translate("BringPage", "for this laptop"), "good"),
        "half": Chip(translate("BringPage", "only half copied"), "warn"),
        "other": Chip(translate("BringPage", "for somebody else"), "neutral", "lock"),
        "own": Chip(translate("BringPage", "for headquarters"), "neutral", "lock"),
        "bad": Chip(translate("BringPage", "cannot be read"), "bad"),
    }
    return chips[found.sort]


def _columns() -> list[Column[Any]]:
    translate = QCoreApplication.translate
    return [
        Column(lambda: translate("BringPage", "File"), lambda f: f.path.name, strong=True),
        Column(
            lambda: translate("BringPage", "Written"),
            lambda f: moment(f.made_ms, f.now_ms, ui_language()) if f.made_ms else "–",
            width=150,
        ),
        Column(lambda: translate("BringPage", "State"), _state, width=220, sort_key=lambda f: f.sort),
    ]


_FIRST = {"answer": 0, "half": 1, "own": 3, "other": 3, "bad": 4}


class BringPage(StickPage):
    """Reads headquarters' answer in from a stick or from any folder."""

    def __init__(self, context: AppContext, background: BackgroundSync, find: Find | None = None) -> None:
        super().__init__(context, self, Choices(RowsModel(_columns())), find)
        self._background = background
        self._file: Path | None = None
        self._seen: dict[tuple[str, int, int], Found] = {}
        self.show_state()

    # --- choosing -----------------------------------------------------------------------------

    def scan(self) -> list[Found]:
        """The bundles on the drives that are in; those for this laptop first. A file is looked at once."""
        paths = find_bundles(self.find_drives())
        chosen = self._file
        if chosen is not None and chosen not in paths:
            paths.insert(0, chosen)
        seen: dict[tuple[str, int, int], Found] = {}
        for path in paths:
            try:
                stat = path.stat()
            except OSError:
                continue
            key = (str(path), stat.st_size, stat.st_mtime_ns)
            seen[key] = self._seen.get(key) or look_at(self.context.book, path)
        self._seen = seen
        return sorted(seen.values(), key=lambda one: (_FIRST[one.sort], -one.made_ms))

    def found(self, what: list[Found]) -> None:
        """Show what lies there."""
        self.choices.show_rows(what, [str(one.path) for one in what])

    def ask(self) -> None:
        """Any file."""
        kinds = self.tr("From headquarters (*.canvass-down);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("The file from headquarters"), str(Path.home()), kinds
        )
        if name:
            self.use_file(Path(name))

    def use_file(self, path: Path) -> None:
        """Read this file in."""
        self._file = path
        self._read_in(path)

    # --- reading in ---------------------------------------------------------------------------

    def begin(self, chosen: Found) -> None:
        """Read the chosen file in."""
        self._read_in(chosen.path)

    def _read_in(self, path: Path) -> None:
        book = self.context.book
        self._background.give_way()

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.bundling import import_bundle

            return import_bundle(book, path, progress, cancelled, changed=self._background.tell)

        self.work(self.tr("Reading what headquarters sent"), work)

    # --- showing ------------------------------------------------------------------------------

    def words(self) -> Words:
        """The words of the moment."""
        done = self.outcome is not None
        if done:
            go = self.tr("Read another one")
        else:
            go = self.tr("Reading…") if self.working else self.tr("Read it in")
        return Words(
            heading=self.tr("A stick from headquarters"),
            where=self.tr("What is on it"),
            empty=self.tr(
                "Put the stick in: what headquarters wrote on it appears here by itself. Or choose a file."
            ),
            other=self.tr("Choose a file…"),
            go=go,
            back=self.tr("Done") if done else self.tr("Back to Sync"),
        )

    def say_about(self) -> None:
        """What such a file is."""
        self.about.setVisible(self.outcome is None)
        self.about.say(
            self.tr("Headquarters’ answer: receipts for what you sent, and what others did."),
            self.tr(
                "Reading it twice, or an older one after a newer one, does no harm: everything counts once."
            ),
        )

    def say_end(self) -> None:
        """What was read in, or why nothing more was."""
        if self.working:
            self.end.say(
                self.tr("Reading. Leave the stick in."),
                self.tr("What has been read stays, even if the stick is pulled out."),
                icon="clock",
            )
        elif self.outcome is not None:
            self._say_taken(self.outcome)
        elif isinstance(self.error, Cancelled):
            self.end.say(
                self.tr("Stopped. What was read so far is kept; read the file again for the rest."),
                icon="info",
            )
        elif self.error is not None:
            self.end.say(
                self.tr("Nothing more was taken from it."), say_error(self.error), icon="error", tone="bad"
            )

    def _say_taken(self, imported: Any) -> None:
        lang = current_language()
        lines: list[str] = []
        if imported.acknowledged:
            names = ", ".join(dict.fromkeys(imported.receipts.values()))
            words = counted(
                imported.acknowledged,
                self.tr("%1 entry of this laptop is now at headquarters. Receipt %2."),
                self.tr("%1 entries of this laptop are now at headquarters. Receipt %2."),
                format_number,
            )
            lines.append(words.replace("%2", names))
        if imported.pulled:
            lines.append(
                counted(
                    imported.pulled,
                    self.tr("%1 entry of others arrived."),
                    self.tr("%1 entries of others arrived."),
                    format_number,
                )
            )
        notes = [note.say(lang) for note in imported.notes]
        if lines or notes:
            lead = self.tr("Read in.") if not notes else self.tr("Read in, with something to know.")
            detail = self.tr("It is all saved on this laptop. The stick is safe to remove.")
        else:
            lead = self.tr("Everything on this stick was here already.")
            detail = self.tr("Nothing was counted twice. The stick is safe to remove.")
        self.end.say(
            lead,
            detail,
            "\n".join([*lines, *notes]),
            "warning" if notes else "check",
            "warn" if notes else "good",
        )
