"""The open page: its head, the sheet, what was said last, and the keys that work now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language, key_name, say_error
from canvass_app.desktop.screens.enter.machine import Machine
from canvass_app.desktop.screens.enter.orders import Ask
from canvass_app.desktop.screens.enter.prompts import PromptBar
from canvass_app.desktop.screens.enter.sheet_view import SheetView
from canvass_app.desktop.screens.enter.words import key_hints, notice_words, progress_words
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.theme.icons import Tone
from canvass_app.desktop.widgets import Heading, KeyHints, PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.desktop.widgets.labels import restyles
from canvass_app.domain.errors import CanvassError
from canvass_app.domain.numbers import list_code
from canvass_app.domain.walk_list import SheetLine

_TIGHT = 640  # pixels at 100 %: a small window at a large zoom
_FEW = 7  # keys that stay under the sheet then; the last, which shows them all, stays too
_ICONS = {"good": "check", "warn": "info", "bad": "error"}


class PagePanel(QWidget):
    """Shows a `Machine`'s page."""

    typed = Signal(str)
    line_clicked = Signal(int)
    close_wanted = Signal()

    def __init__(self, machine: Machine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._machine = machine
        self._trouble: CanvassError | None = None
        self._volunteer, self._results = "", 0
        self._shown_hints: list[tuple[str, str]] = []
        self._shown_words = ("", "")
        self._head = Heading()
        self._turf = PlainLabel(kind="quiet", elide=True)
        self._progress = PlainLabel(kind="lead")
        self._shift = PlainLabel(kind="quiet")
        self._close = make_button("", "quiet", "close")
        self._close.clicked.connect(self.close_wanted)
        self.sheet = SheetView(machine)
        self.sheet.typed.connect(self.typed)
        self.sheet.line_clicked.connect(self.line_clicked)
        self.prompt = PromptBar()
        self._picture = QLabel()
        self._said = PlainLabel(wrap=True)
        self._waiting = PlainLabel(kind="quiet")
        self._hints = KeyHints()
        self._build()

    def _build(self) -> None:
        look = tokens()
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(self._head)
        top.addWidget(self._turf, 1)
        top.addWidget(self._progress)
        top.addWidget(self._close)
        # Where the head has no room, how far the page is stands with the rest of the shift, below.
        self._far = PlainLabel(kind="quiet")
        said = QHBoxLayout()
        said.setSpacing(look.px(8))
        said.addWidget(self._far)
        said.addWidget(self._picture)
        said.addWidget(self._said, 1)
        said.addWidget(self._waiting)
        said.addWidget(self._shift)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addLayout(top)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.prompt)
        column.addLayout(said)
        column.addWidget(self._hints)

    def resizeEvent(self, event: object) -> None:
        """Fewer words where there is little room."""
        self._space()

    def _space(self) -> None:
        tight = self.width() < tokens().px(_TIGHT)
        self._progress.setVisible(not tight)
        self._far.setVisible(tight)
        self._hints.set_hints(
            self._shown_hints[:_FEW] + self._shown_hints[-1:] if tight else self._shown_hints
        )

    def page_opened(self) -> None:
        """Another page is in hand."""
        self._trouble = None
        self.close_prompt()
        self.sheet.page_opened()

    def ask(self, order: Ask, row: SheetLine | None) -> None:
        """Ask for words under the sheet."""
        self.prompt.ask(order, row)

    def close_prompt(self) -> None:
        """Back to the sheet."""
        if self.prompt.asking is not None:
            self.prompt.close_bar()
            self.sheet.setFocus()

    def show_state(self, trouble: CanvassError | None, volunteer: str, results: int) -> None:
        """Show the machine as it is now."""
        self._trouble, self._volunteer, self._results = trouble, volunteer, results
        self.sheet.show_state()
        self._write()

    def said(self) -> str:
        """The sentence under the sheet."""
        return self._said.text()

    def _write(self) -> None:
        machine, page = self._machine, self._machine.page
        if page is None:
            return
        head = self.tr("List %1, page %2 of %3").replace("%1", list_code(page.number))
        self._head.setText(head.replace("%2", str(page.page)).replace("%3", str(page.pages)))
        told = [page.document.turf_name, page.document.canvasser]
        self._turf.setText(" · ".join(part for part in told if part))
        self._progress.setText(progress_words(machine))
        self._far.setText(self._progress.text())
        results = counted(self._results, self.tr("%1 result"), self.tr("%1 results"), format_number)
        shift = self.tr("Shift of %1: %2").replace("%1", self._volunteer).replace("%2", results)
        self._shift.setText(shift if self._volunteer else "")
        waiting = machine.waiting
        language = current_language()
        keys = self.tr("%1 keys wait").replace("%1", format_number(waiting, language)) if waiting > 1 else ""
        self._waiting.setText(keys)
        self._waiting.setVisible(bool(keys))
        if self._trouble is not None:
            self._say(say_error(self._trouble), "bad")
        elif machine.mode == "answers":
            words = self.tr("Answers of line %1: a key gives an answer, again takes it away.")
            self._say(words.replace("%1", str(machine.answers_line)), "quiet")
        else:
            self._say(*notice_words(machine.notice, machine.letters))
        hints = key_hints(machine)
        if hints != self._shown_hints:
            self._shown_hints = hints
            self._space()

    def _say(self, words: str, tone: str) -> None:
        if (words, tone) == self._shown_words:
            return
        self._shown_words = (words, tone)
        self._said.setText(words)
        shape = _ICONS.get(tone) if words else None
        self._picture.setVisible(shape is not None)
        if shape is not None:
            tint: Tone = "good" if tone == "good" else "bad" if tone == "bad" else "warn"
            self._picture.setPixmap(icon_pixmap(shape, tokens().px(16), tint, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours and sizes."""
        if restyles(event) and hasattr(self, "_hints"):
            self._shown_words = ("", "")
            self._write()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._close.setText(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close the page"))
        self._close.setToolTip(key_name("Esc"))
        self.prompt.retranslate()
        self._write()
