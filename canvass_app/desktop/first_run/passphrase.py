"""The passphrase dialogue, for computers without a keychain. It says why it asks, and opens the book itself."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout

from canvass_app.desktop.first_run.language import LanguageSwitch
from canvass_app.desktop.i18n import say_error
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button
from canvass_app.domain.errors import CanvassError, Damaged
from canvass_app.services.book import Book, open_book

SHORTEST = 8
# One guess costs 64 MiB and a fifth of a second (argon2id), so that some 2^30 of them keep a thief busy for years.
_FAIR_BITS, _GOOD_BITS = 30, 46
# A word that people pick is one of some two thousand.
_WORD_BITS = 11


def strength(passphrase: str) -> int:
    """0 too short, 1 weak, 2 fair, 3 good: an estimate from words, or from length and variety."""
    if len(passphrase) < SHORTEST:
        return 0
    kinds = (str.islower, str.isupper, str.isdigit)
    alphabet = sum(size for kind, size in zip(kinds, (26, 26, 10), strict=True) if any(map(kind, passphrase)))
    if any(not letter.isalnum() for letter in passphrase):
        alphabet += 20
    different = len(set(passphrase.casefold()))
    words = [word for word in passphrase.casefold().split() if len(word) >= 3]
    if len(words) >= 2:
        bits = _WORD_BITS * len(set(words))
    else:
        # Signs that come again tell little; letters in a row make words.
        bits = (different + (len(passphrase) - different) * 0.3) * math.log2(max(2, alphabet)) * 0.6
    return 1 if bits < _FAIR_BITS else 2 if bits < _GOOD_BITS else 3


class PassphraseField(QLineEdit):
    """Hides what is typed; notices when Caps Lock seems to be on."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(512)
        self.caps = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it, means Caps Lock."""
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps = text.isupper() != shift
        super().keyPressEvent(event)


class PassphraseDialog(QDialog):
    """Asks for a new passphrase (twice) or the existing one (once). `book` is the open book after it is accepted."""

    def __init__(self, folder: Path, *, new: bool, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.book: Book | None = None
        self.damaged: tuple[Damaged, str] | None = None
        """The passphrase fitted, but the database is damaged: the trouble, and the passphrase for its repair."""
        self._folder = folder
        self._new = new
        self._error: CanvassError | None = None
        self._tasks = Tasks(self)
        look = tokens()
        self.setFixedWidth(look.px(480))
        picture = QLabel()
        picture.setPixmap(icon_pixmap("lock", look.px(28), "accent", self.devicePixelRatioF()))
        self._heading = Heading("")
        self._why = PlainLabel(kind="quiet", wrap=True)
        self.first = PassphraseField()
        self.second = PassphraseField()
        self._first_label = PlainLabel()
        self._second_label = PlainLabel()
        self._meter = QProgressBar()
        self._meter.setRange(0, 3)
        self._meter.setTextVisible(False)
        self._strength = PlainLabel(kind="small", wrap=True)
        self._hint = PlainLabel(kind="bad", wrap=True)
        self._cancel = make_button("")
        self._cancel.clicked.connect(self.reject)
        self.go = make_button("", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._try)
        top = QHBoxLayout()
        top.addWidget(picture)
        top.addStretch(1)
        if preferences is not None:
            top.addWidget(LanguageSwitch(preferences))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(28), look.px(24), look.px(28), look.px(24))
        column.setSpacing(look.px(8))
        column.addLayout(top)
        for widget in (self._heading, self._why):
            column.addWidget(widget)
        column.addSpacing(look.px(8))
        for widget in (
            self._first_label,
            self.first,
            self._meter,
            self._strength,
            self._second_label,
            self.second,
        ):
            column.addWidget(widget)
        column.addWidget(self._hint)
        column.addSpacing(look.px(8))
        column.addLayout(buttons)
        for widget in (self._meter, self._strength, self._second_label, self.second):
            widget.setVisible(new)
        self.first.textChanged.connect(self._typed)
        self.second.textChanged.connect(self._typed)
        self._retranslate()
        self._typed()
        self.first.setFocus()

    def show_error(self, error: CanvassError) -> None:
        """Say why the last try failed."""
        self._error = error
        self._write_hint()

    def _typed(self) -> None:
        self._error = None
        words = (
            self.tr("At least 8 characters. Four or five words that only you would put together are best."),
            self.tr("Weak: a thief with time finds it. Make it longer."),
            self.tr("Fair. One more word makes it good."),
            self.tr("Good: nobody guesses that."),
        )
        level = strength(self.first.text())
        self._meter.setValue(level)
        self._strength.setText(words[level])
        same = self.first.text() == self.second.text()
        ready = (level > 0 and same) if self._new else bool(self.first.text())
        self.go.setEnabled(ready)
        self._write_hint()

    def _write_hint(self) -> None:
        if self._error is not None:
            text = say_error(self._error)
        elif (self.first.caps or self.second.caps) and self.first.text():
            text = self.tr("Caps Lock seems to be on.")
        elif self._new and self.second.text() and not self.first.text().startswith(self.second.text()):
            text = self.tr("The two are not the same yet.")
        else:
            text = ""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        """As tall as the words need in this language: wrapped labels tell a layout only when it is asked."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def _try(self) -> None:
        folder, passphrase = self._folder, self.first.text()
        for widget in (self.first, self.second, self.go):
            widget.setEnabled(False)
        self.go.setText(self.tr("Opening…"))
        self._tasks.read(lambda: open_book(folder, passphrase=passphrase), self._opened, self._failed)

    def _opened(self, book: Book) -> None:
        self.book = book
        self.accept()

    def _failed(self, error: CanvassError) -> None:
        if isinstance(error, Damaged):
            self.damaged = error, self.first.text()
            self.reject()
            return
        for widget in (self.first, self.second, self.go):
            widget.setEnabled(True)
        self._retranslate()
        self.show_error(error)
        self.first.selectAll()
        self.first.setFocus()

    def done(self, result: int) -> None:
        """End the thread with the dialogue."""
        self._tasks.close()
        super().done(result)

    def _retranslate(self) -> None:
        self.setWindowTitle("Canvass")
        if self._new:
            self._heading.setText(self.tr("Choose a passphrase"))
            self._why.setText(
                self.tr(
                    "The people on this laptop never asked to be in a database, so everything is locked. This "
                    "computer has no keychain that could hold the key: your passphrase is the key. Nobody can "
                    "recover it for you, so write it down and keep the paper at home."
                )
            )
            self.go.setText(self.tr("Lock and continue"))
        else:
            self._heading.setText(self.tr("Unlock your data"))
            self._why.setText(
                self.tr("Everything on this laptop is locked with the passphrase you chose when you began.")
            )
            self.go.setText(self.tr("Unlock"))
        self._first_label.setText(self.tr("Passphrase"))
        self._second_label.setText(self.tr("The same once more"))
        self.first.setAccessibleName(self.tr("Passphrase"))
        self.second.setAccessibleName(self.tr("The same once more"))
        self._meter.setAccessibleName(self.tr("How strong it is"))
        self._cancel.setText(self.tr("Close"))
        self._cancel.setAccessibleName(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the other language."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "go"):
            self._retranslate()
            self._typed()
        super().changeEvent(event)
