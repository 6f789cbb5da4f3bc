"""The form with which a laptop joins its campaign's headquarters."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSysInfo, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import say_error
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets import Card, Heading, PlainLabel, make_button
from canvass_app.domain.errors import CanvassError

_WIDTH = 620


class JoinCard(Card):
    """Address, one-time code and the laptop's name; says what joining means. `wanted(url, code, name)` on Join.

    An enrolment file fills the fields in and brings the certificate of the campaign's own authority (`ca`).
    """

    wanted = Signal(str, str, str)
    file_wanted = Signal(object)  # Path of an enrolment file

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._again = False
        self._error: CanvassError | None = None
        self.setMaximumWidth(tokens().px(_WIDTH))
        self._heading = Heading("", "section")
        self._means = [PlainLabel(kind="quiet", wrap=True) for _ in range(3)]
        self.address, self.code, self.name = QLineEdit(), QLineEdit(), QLineEdit()
        self.address.setMaxLength(300)
        self.code.setMaxLength(40)
        self.name.setMaxLength(60)
        self.name.setText(QSysInfo.machineHostName()[:60])
        self._labels = [PlainLabel() for _ in range(3)]
        self.button = make_button("", "primary")
        self.button.clicked.connect(self._join)
        self.file_button = make_button("", "quiet", "import")
        self.file_button.clicked.connect(self._ask_file)
        self._invited: tuple[str, str] = ("", "")
        self._mark = QLabel()
        self._trouble = PlainLabel(kind="bad", wrap=True)
        self.body.addWidget(self._heading)
        self.body.addSpacing(tokens().px(4))
        for words in self._means:
            self.body.addWidget(words)
        self.body.addSpacing(tokens().px(8))
        for words, field in zip(self._labels, (self.address, self.code, self.name), strict=True):
            words.setBuddy(field)
            self.body.addWidget(words)
            self.body.addWidget(field)
            self.body.addSpacing(tokens().px(4))
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._join)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._trouble, 1)
        self.body.addWidget(self._row)
        self.body.addSpacing(tokens().px(4))
        # Below one another: side by side they are too wide for a small window at double size.
        last = QVBoxLayout()
        last.setSpacing(tokens().px(4))
        for button in (self.button, self.file_button):
            last.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(last)
        self.retranslate()
        self._check()

    def set_address(self, url: str, *, again: bool) -> None:
        """Offer the known address; `again`: this laptop was joined before and was refused."""
        self._again = again
        if url and not self.address.text():
            self.address.setText(url)
        self.retranslate()

    def take_invitation(self, url: str, code: str, ca: str) -> None:
        """Fill in what an enrolment file says; its certificate goes with its address only."""
        self._invited = (url, ca)
        self.address.setText(url)
        self.code.setText(code)
        self.show_error(None)
        (self.button if self.button.isEnabled() else self.name).setFocus()

    def ca(self) -> str:
        """The certificates (PEM) that the enrolment file brought for this address; "" for none."""
        url, ca = self._invited
        return ca if ca and self.address.text().strip() == url else ""

    def _ask_file(self) -> None:
        kinds = self.tr("Enrolment file (*.canvass-join);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("The enrolment file"), str(Path.home()), kinds)
        if name:
            self.file_wanted.emit(Path(name))

    def set_busy(self, busy: bool) -> None:
        """While headquarters is asked, nothing can be changed."""
        self._busy = busy
        for field in (self.address, self.code, self.name, self.file_button):
            field.setEnabled(not busy)
        self._check()
        self._name_button()

    def show_error(self, error: CanvassError | None) -> None:
        """Say under the fields what went wrong."""
        self._error = error
        self._trouble.setText(say_error(error) if error is not None else "")
        self._row.setVisible(error is not None)
        if error is not None:
            self._mark.setPixmap(icon_pixmap("error", tokens().px(16), "bad", self.devicePixelRatioF()))
            self.code.setFocus()
            self.code.selectAll()

    def clear_code(self) -> None:
        """A code works once: it does not stay on the screen."""
        self.code.clear()

    def _check(self) -> None:
        fields = (self.address, self.code, self.name)
        self.button.setEnabled(not self._busy and all(field.text().strip() for field in fields))

    def _join(self) -> None:
        if not self.button.isEnabled():
            return
        url = self.address.text().strip()
        if "://" not in url:
            url = f"https://{url}"
        self.show_error(None)
        self.wanted.emit(url, self.code.text().strip(), self.name.text().strip())

    def _name_button(self) -> None:
        self.button.setText(self.tr("Joining…") if self._busy else self.tr("Join the campaign"))
        self.button.setAccessibleName(self.button.text())
        self.file_button.setText(self.tr("I was given an enrolment file"))
        self.file_button.setAccessibleName(self.file_button.text())

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._heading.setText(self.tr("Join again") if self._again else self.tr("Join a campaign"))
        means = (
            self.tr(
                "What you saved here goes to your campaign’s headquarters, and what your team saves comes to you."
            ),
            self.tr("You keep working without a network; this laptop syncs by itself when there is one."),
            self.tr("Your organiser has the address and the code. A code works once, for 15 minutes."),
        )
        for words, text in zip(self._means, means, strict=True):
            words.setText(text)
        labels = (
            self.tr("Address of headquarters"),
            self.tr("One-time code"),
            self.tr("What headquarters calls this laptop"),
        )
        for words, field, text in zip(
            self._labels, (self.address, self.code, self.name), labels, strict=True
        ):
            words.setText(text)
            field.setAccessibleName(text)
        self.address.setPlaceholderText("https://hq.example.ca")
        self.code.setPlaceholderText("K7QF-29MD")
        self._name_button()
        self.show_error_words()

    def show_error_words(self) -> None:
        """The trouble in the language of the moment, without taking the keyboard."""
        self._trouble.setText(say_error(self._error) if self._error is not None else "")
        self._row.setVisible(self._error is not None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow zoom and language."""
        super().changeEvent(event)
        if not hasattr(self, "_row"):
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.setMaximumWidth(tokens().px(_WIDTH))
            self._mark.setPixmap(icon_pixmap("error", tokens().px(16), "bad", self.devicePixelRatioF()))
