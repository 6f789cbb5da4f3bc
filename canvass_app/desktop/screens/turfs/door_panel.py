"""A door's card: who lives there, what happened, what is noted."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language, key_name
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Badge, Heading, PlainLabel, make_button
from canvass_app.desktop.widgets.format import NO_BREAK_SPACE, format_day
from canvass_app.domain.codes import BY_CODE, DoorState
from canvass_app.domain.support import LEVELS
from canvass_app.services.map_data import AttemptCard, DoorCard, PersonCard

SHOWN_ATTEMPTS = 6
SHOWN_NOTES = 4
_WIDEST_NAME = 240


class DoorPanel(QWidget):
    """Shows a `DoorCard`."""

    closed = Signal()
    history_wanted = Signal()
    bar_wanted = Signal(str, bytes, str)
    """What is not to be contacted ("door", "person", or the "number" of a person), its id, and what it is called."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self._card: DoorCard | None = None
        self._address = Heading(level="section")
        self._address.setWordWrap(True)
        self._place = PlainLabel(kind="quiet", wrap=True)
        self._state = Badge()
        self._turf = PlainLabel(wrap=True)
        self._close = make_button("", "quiet", "close")
        self._close.clicked.connect(self.closed)
        self._history = make_button("", "quiet", "clock")
        self._history.clicked.connect(self.history_wanted)
        self.bar = make_button("", "quiet", "lock")
        self.bar.setMenu(QMenu(self.bar))
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(6))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        words = QVBoxLayout()
        words.setSpacing(look.px(4))
        words.addWidget(self._address)
        words.addWidget(self._place)
        head.addLayout(words, 1)
        head.addWidget(self._history, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self._state)
        row.addWidget(self._turf, 1)
        self._column.addLayout(row)
        self._column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    @property
    def card(self) -> DoorCard | None:
        """The door shown."""
        return self._card

    def show_card(self, card: DoorCard) -> None:
        """Show a door."""
        self._card = card
        self._write()

    def _write(self) -> None:
        card = self._card
        if card is None:
            return
        self._address.setText(card.address)
        # A postal code is one word: it does not break at the end of a line.
        code = card.postal_code.replace(" ", NO_BREAK_SPACE)
        town = ", ".join(part for part in (card.municipality, code) if part)
        self._place.setText(town)
        self._place.setVisible(bool(town))
        words, tone = {
            DoorState.NEVER: (self.tr("never tried"), "neutral"),
            DoorState.NOT_HOME: (self.tr("not home so far"), "warn"),
            DoorState.TALKED: (self.tr("talked"), "good"),
            DoorState.FINAL: (self.tr("final answer"), "neutral"),
            DoorState.BARRED: (self.tr("do not knock"), "bad"),
        }[card.state]
        self._state.set_state(words, tone)  # type: ignore[arg-type]
        turf = self.tr("turf: %1").replace("%1", card.turf_name) if card.turf_name else self.tr("in no turf")
        if not card.on_file:
            turf = " · ".join((turf, self.tr("in no imported file")))
        self._turf.setText(turf)
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.deleteLater()
        self._body = self._made(card)
        self._column.insertWidget(3, self._body)
        self._offer_bars(card)
        self._body.show()
        self.setAccessibleName(f"{card.address}. {words}")

    def _offer_bars(self, card: DoorCard) -> None:
        """What can still be barred here: the door, each person, each number."""
        menu = self.bar.menu()
        menu.clear()
        offered: list[tuple[str, bytes, str, str]] = []
        if not card.barred:
            offered.append(("door", card.door_id, card.address, self.tr("This door: do not knock")))
        for one in card.people:
            name = one.name or self.tr("name not known")
            if not one.barred:
                words = self.tr("%1: do not contact").replace("%1", name)
                offered.append(("person", one.person_id, name, words))
            if one.has_phone and not one.no_call:
                words = self.tr("%1: do not call this number").replace("%1", name)
                offered.append(("number", one.person_id, name, words))
        metrics, widest = menu.fontMetrics(), tokens().px(_WIDEST_NAME)
        for target, subject, name, words in offered:
            # A long name must not push what is asked out of the window. A "&" in it is no key.
            shown = words.replace(name, metrics.elidedText(name, Qt.TextElideMode.ElideRight, widest))
            action = menu.addAction(shown.replace("&", "&&"))
            action.triggered.connect(partial(self.bar_wanted.emit, target, subject, name))
        self.bar.setVisible(bool(offered))

    def _made(self, card: DoorCard) -> QWidget:
        page = QWidget(self)
        page.setProperty("kind", "scrolled")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, tokens().px(4), 0, 0)
        column.setSpacing(tokens().px(4))

        def part(title: str, lines: list[tuple[str, str]], nothing: str) -> None:
            column.addWidget(PlainLabel(title, kind="small"))
            for first, second in lines or [(nothing, "")]:
                column.addWidget(PlainLabel(first, wrap=True, kind="" if lines else "quiet"))
                if second:
                    column.addWidget(PlainLabel(second, wrap=True, kind="small"))
            column.addSpacing(tokens().px(8))

        part(self.tr("People"), [self._person(one) for one in card.people], self.tr("nobody known"))
        attempts = [self._attempt(one) for one in card.attempts[:SHOWN_ATTEMPTS]]
        part(self.tr("Attempts"), attempts, self.tr("none yet"))
        if card.notes:
            language = current_language()
            notes = [
                (n.text, f"{n.author}, {format_day(n.wall_ms, language)}") for n in card.notes[:SHOWN_NOTES]
            ]
            part(self.tr("Notes"), notes, "")
        column.addStretch(1)
        return page

    def _person(self, one: PersonCard) -> tuple[str, str]:
        name = one.name or self.tr("name not known")
        language = current_language()
        colon = "\u00a0:" if language == "fr" else ":"
        details: list[str] = []
        if one.support:
            level = one.support if one.support in LEVELS else one.support[:1]
            details.append(
                f"{one.support}{colon} {LEVELS[level].say(language)}" if level in LEVELS else one.support
            )
        if one.gone:
            details.append(self.tr("moved away") if one.gone == "moved" else self.tr("deceased"))
        if one.barred:
            details.append(self.tr("do not contact"))
        elif one.no_call:
            details.append(self.tr("do not call"))
        return name, " · ".join(details)

    def _attempt(self, one: AttemptCard) -> tuple[str, str]:
        language = current_language()
        words = BY_CODE[one.code].name.say(language) if one.code in BY_CODE else one.code
        first = (
            self.tr("%1, %2")
            .replace("%1", format_day(date.fromisoformat(one.day), language))
            .replace("%2", words)
        )
        details = [one.person] if one.person else []
        if one.author:
            details.append(self.tr("by %1").replace("%1", one.author))
        return first, " · ".join(details)

    def resizeEvent(self, event: object) -> None:
        """In a narrow column the address needs the room."""
        self._name_close()

    def _name_close(self) -> None:
        self._close.setText(self.tr("Close") if self.width() >= tokens().px(320) else "")

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._history.setAccessibleName(self.tr("History of the door"))
        self._history.setToolTip(self.tr("History (%1)").replace("%1", "Ctrl+H"))
        self.bar.setText(self.tr("Do not contact…"))
        self.bar.setAccessibleName(self.tr("Do not contact…"))
        self._name_close()
        self._close.setAccessibleName(self.tr("Close the door’s card"))
        self._close.setToolTip(key_name("Esc"))
        self._write()
