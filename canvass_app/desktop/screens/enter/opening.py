"""Who opens a shift: the name typed on the desk, and the PIN of a member who chose one.

The PIN says who somebody is; it gives no authority, which stays the device's. Nothing of the record waits behind it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import current_language, say_error
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.enter.desk import Desk
from canvass_app.domain.address import fold
from canvass_app.domain.errors import CanvassError
from canvass_app.services.pins import PINS_DIFFER, asks_pin, check_pin, choose_pin, names_at_opening


class Opening(Screen):
    """Asks for a PIN where there is one, before the page that was wanted is opened."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.desk = Desk()
        self._loading = False
        self._met = ""
        self._held: tuple[str, str] | None = None
        self._with_pin: dict[str, bool] = {}
        self.desk.name.setText(context.author)
        self.desk.name.textChanged.connect(self._name_changed)
        self.desk.pin_wanted.connect(self.choose_pin)
        self.desk.pin.given.connect(self._pin_given)
        self.desk.pin.chosen.connect(self._pin_chosen)
        self.desk.pin.put_away.connect(self.put_pin_away)

    def begin(self, text: str, name: str) -> None:
        """It is they who type: open the page."""

    def hold(self) -> None:
        """The page waits: show the desk, and drop what was typed ahead for the page, lest it end up in the PIN."""

    def typed_name(self) -> str:
        """The name on the desk, tidy."""
        return " ".join(self.desk.name.text().split())

    def is_known(self, name: str) -> bool:
        """Whether this sitting has met whoever types under this name."""
        return bool(name) and fold(name) == self._met

    def forget_who(self) -> None:
        """The sitting is over: whoever comes next is asked again."""
        self._met = ""

    def meet(self, text: str, name: str) -> None:
        """Find out whether this name opens shifts with a PIN; then open the page, or ask."""
        self._loading, book = True, self.context.book

        def known(asks: bool) -> None:
            self._loading = False
            if asks:
                self.hold()
                self._held = text, name
                self.desk.say_at_pin("")
                self.desk.pin.ask(name)
            else:
                self._proven(text, name)

        def failed(error: CanvassError) -> None:
            self._loading = False
            self.context.error(error)

        self.context.tasks.read(lambda: asks_pin(book, name), known, failed, key="enter.who", owner=self)

    def _proven(self, text: str, name: str) -> None:
        self.begin(text, name)
        self._met = fold(name)

    def _pin_given(self, pin: str) -> None:
        if self._held is None or self._loading:
            return
        text, name = self._held
        book, self._loading = self.context.book, True

        def proven(_: object) -> None:
            self._loading = False
            self.put_pin_away()
            self.desk.setFocus()
            self._proven(text, name)

        def wrong(error: CanvassError) -> None:
            self._loading = False
            self.desk.say_at_pin(say_error(error))
            self.desk.pin.again()

        # On the thread that writes: wrong tries are counted one after the other.
        self.context.tasks.write(lambda: check_pin(book, name, pin), proven, wrong, owner=self)

    def choose_pin(self) -> None:
        """Whoever types wants a PIN of their own."""
        if self.typed_name():
            self._held = None
            self.desk.say_at_pin("")
            self.desk.pin.choose(self.typed_name())

    def _pin_chosen(self, pin: str) -> None:
        name, riding, book = self.typed_name(), self.context.riding_id, self.context.book
        if not self.desk.pin.same_twice():
            self.desk.say_at_pin(PINS_DIFFER.say(current_language()))
            self.desk.pin.again()
            return

        def done(_: object) -> None:
            self.put_pin_away()
            self.read_members()
            self.context.say(self.tr("%1 opens shifts with a PIN from now on.").replace("%1", name))

        def failed(error: CanvassError) -> None:
            self.desk.say_at_pin(say_error(error))
            self.desk.pin.again()

        self.context.tasks.write(lambda: choose_pin(book, riding, name, pin), done, failed, owner=self)

    def put_pin_away(self) -> None:
        """No PIN is asked for any more; the code is."""
        self._held = None
        self.desk.pin.close_row()
        self.desk.say_at_pin("")
        self.desk.code.setFocus()

    def read_members(self) -> None:
        """Read which names to offer, and who of them may choose a PIN."""
        book = self.context.book
        self.context.tasks.read(
            lambda: names_at_opening(book), self._show_members, key="enter.members", owner=self
        )

    def _show_members(self, found: list[tuple[str, bool]]) -> None:
        self._with_pin = {fold(name): has_pin for name, has_pin in found}
        self.desk.show_names([name for name, _ in found])
        self._offer_pin()

    def _name_changed(self) -> None:
        """Somebody else types: what was asked of the one before is not asked of them."""
        if self.desk.pin.asking:
            self._held = None
            self.desk.pin.close_row()
            self.desk.say_at_pin("")
        self._offer_pin()

    def _offer_pin(self) -> None:
        self.desk.offer_pin(self._with_pin.get(fold(self.desk.name.text())) is False)
