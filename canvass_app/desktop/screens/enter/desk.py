"""Before a page is open: the field for its code, who types, and the lists that are still out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.screens.enter.keys import key_name
from canvass_app.desktop.screens.enter.pin_row import PinRow
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Badge, Column, DataTable, Heading, PlainLabel, RowsModel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.services.walk_lists import ListSummary

translate = QCoreApplication.translate
_WIDTH = 760  # pixels at 100 %: the fields end where the eye still sees their beginning


class Desk(QWidget):
    """`code_given(text)` when a code was typed; `name_given` when the name changed; `return_wanted` for the offer."""

    code_given = Signal(str)
    list_chosen = Signal(object)  # number
    typed = Signal(str)  # a key for the page that is being opened
    return_wanted = Signal()
    shift_end_wanted = Signal()
    pin_wanted = Signal()  # whoever types wants to choose a PIN

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._title = Heading()
        self._ask = PlainLabel(kind="lead")
        self.code = QLineEdit()
        self.code.setProperty("kind", "code")
        self.code.setMaxLength(24)
        self.code.installEventFilter(self)
        self.code.textEdited.connect(lambda: self.show_trouble(""))
        self._open = make_button("", "primary")
        self._open.clicked.connect(self._give)
        self.trouble = PlainLabel(kind="bad", wrap=True)
        self._who = PlainLabel(kind="quiet")
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.name.installEventFilter(self)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)
        self._choose_pin = make_button("", "quiet")
        self._choose_pin.clicked.connect(self.pin_wanted)
        self.pin = PinRow()
        self._shift = PlainLabel(kind="quiet", wrap=True)
        self._end = make_button("", "")
        self._end.clicked.connect(self.shift_end_wanted)
        self._note = Badge()
        self._note_text = PlainLabel(kind="lead", wrap=True)
        self._return = make_button("", "", "check")
        self._return.setShortcut("Ctrl+R")
        self._return.clicked.connect(self.return_wanted)
        self._out = Heading(level="section")
        self._none = PlainLabel(kind="quiet", wrap=True)
        self.lists = DataTable(RowsModel(_columns()))
        self.lists.keep_short()
        self.lists.row_activated.connect(self.list_chosen)
        self._build()
        self.offer_pin(False)
        self.show_farewell("")
        self.show_finished("", offer=False)
        self.show_trouble("")

    def _build(self) -> None:
        look = tokens()
        self.code.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        entry = QHBoxLayout()
        entry.setSpacing(look.px(8))
        entry.addWidget(self.code, 1)
        entry.addWidget(self._open)
        who = QHBoxLayout()
        who.setSpacing(look.px(8))
        who.addWidget(self._who)
        who.addWidget(self.name, 1)
        who.addWidget(self._choose_pin)
        who.addWidget(self._end)
        ask = QWidget()
        ask.setMaximumWidth(look.px(_WIDTH))
        fields = QVBoxLayout(ask)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(look.px(8))
        fields.addLayout(entry)
        fields.addWidget(self.trouble)
        fields.addLayout(who)
        fields.addWidget(self.pin)
        offer = QHBoxLayout()
        offer.setSpacing(look.px(8))
        offer.addWidget(self._note_text, 1)
        offer.addWidget(self._return)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self._title)
        column.addLayout(offer)
        column.addWidget(self._shift)
        column.addSpacing(look.px(8))
        column.addWidget(self._ask)
        column.addWidget(ask)
        column.addSpacing(look.px(16))
        column.addWidget(self._out)
        column.addWidget(self._none)
        column.addWidget(self.lists, 1000)
        column.addStretch(1)
        self._none.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def _give(self) -> None:
        self.code_given.emit(self.code.text())

    def feed(self, key: str) -> None:
        """A key that was typed while the page before was still being closed."""
        if key == "Enter":
            self._give()
        else:
            self.code.insert(key.removeprefix("Shift+") if len(key.removeprefix("Shift+")) == 1 else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter opens the page, and goes no further: the page would take it for a line skipped."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._give()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys typed ahead, while the page is being opened."""
        name = key_name(event)
        if name:
            self.typed.emit(name)
        else:
            super().keyPressEvent(event)

    # what is shown

    def show_lists(self, lists: list[ListSummary]) -> None:
        """Show the lists that are not back yet."""
        out = [one for one in lists if not one.returned]
        self.lists.rows.set_rows(out, [one.number for one in out])
        self.lists.setVisible(bool(out))
        self._none.setVisible(not out)

    def show_names(self, names: list[str]) -> None:
        """The names that the field of who types may complete to."""
        self._names.setStringList(names)

    def offer_pin(self, offered: bool) -> None:
        """Offer to choose a PIN, to a member who has none."""
        self._choose_pin.setVisible(offered)

    def say_at_pin(self, words: str) -> None:
        """Say in place what is wrong with a PIN; the keyboard stays at it."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def show_trouble(self, words: str) -> None:
        """Say in place what is wrong with the code; what was typed stays, selected."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.code.setProperty("state", "bad" if words else "")
        self._enlarge()
        if words:
            self.code.setFocus()
            self.code.selectAll()

    def _enlarge(self) -> None:
        """The field for the code is the largest thing on the desk."""
        look = tokens()
        edge = look.bad if self.code.property("state") == "bad" else look.accent
        high = f"min-height: {look.px(42)}px; max-height: {look.px(42)}px;"
        ring = f"min-height: {look.px(40)}px; max-height: {look.px(40)}px;"
        self.code.setStyleSheet(
            f"QLineEdit {{ font-size: {look.title}px; {high} }} QLineEdit:focus {{ border-color: {edge}; {ring} }}"
        )
        self._open.setStyleSheet(f"QPushButton {{ {high} }} QPushButton:focus {{ {ring} }}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_open"):
            self._enlarge()
        super().changeEvent(event)

    def show_finished(self, words: str, *, offer: bool) -> None:
        """Say that a list was closed; `offer` to note that its paper is back."""
        self._note_text.setText(words)
        self._note_text.setVisible(bool(words))
        self._return.setVisible(offer)

    def show_shift(self, words: str) -> None:
        """What the open shift holds so far; with "" there is none to end."""
        self._end.setVisible(bool(words))
        self._end.setToolTip(words)

    def show_farewell(self, words: str) -> None:
        """What a closed shift saved."""
        self._shift.setText(words)
        self._shift.setVisible(bool(words))

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._title.setText(self.tr("Enter results"))
        self._ask.setText(self.tr("Type the code at the top of the page"))
        self.code.setPlaceholderText(self.tr("for example 4127Y-3"))
        self.code.setAccessibleName(self._ask.text())
        self._open.setText(self.tr("Open the page"))
        self._open.setAccessibleName(self._open.text())
        self._open.setToolTip(self.tr("Enter"))
        self._who.setText(self.tr("Who types?"))
        self.name.setAccessibleName(self._who.text())
        self.name.setPlaceholderText(self.tr("your name"))
        self._choose_pin.setText(self.tr("Choose a PIN"))
        self._choose_pin.setAccessibleName(self._choose_pin.text())
        self.pin.retranslate()
        self._end.setText(self.tr("End the shift"))
        self._end.setAccessibleName(self._end.text())
        self._return.setText(self.tr("The list is back"))
        self._return.setAccessibleName(self._return.text())
        self._return.setToolTip("Ctrl+R")
        self._out.setText(self.tr("Lists that are out"))
        self.lists.setAccessibleName(self._out.text())
        self._none.setText(
            self.tr(
                "No list is out. A list appears here when a turf’s walk list is printed; its code is on each page."
            )
        )


def _columns() -> list[Column[ListSummary]]:
    def typed(one: ListSummary) -> str:
        language = current_language()
        words = translate("Desk", "%1 of %2").replace("%1", format_number(one.results, language))
        return words.replace("%2", format_number(one.lines, language))

    def pages(number: int) -> str:
        return counted(number, translate("Desk", "%1 page"), translate("Desk", "%1 pages"), format_number)

    return [
        Column(lambda: translate("Desk", "Code"), lambda one: one.code, width=112, strong=True),
        Column(lambda: translate("Desk", "Turf"), lambda one: one.turf_name),
        Column(lambda: translate("Desk", "Who"), lambda one: one.canvasser),
        Column(lambda: translate("Desk", "Pages"), lambda one: one.pages, pages, align="right", width=92),
        Column(
            lambda: translate("Desk", "Typed"),
            typed,
            align="right",
            width=96,
            sort_key=lambda one: one.results,
        ),
    ]
