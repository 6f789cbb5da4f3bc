"""The main window: places at the left, one screen at a time, what is saved and what HQ lacks always in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language, say_error, set_language
from canvass_app.desktop.preferences import ZOOMS
from canvass_app.desktop.screens import PLACE_NAMES, PLACES, make_screen
from canvass_app.desktop.screens.base import AppContext, Command, Screen
from canvass_app.desktop.shell.foot import Foot
from canvass_app.desktop.shell.navigation import Navigation
from canvass_app.desktop.shell.record import is_open, open_history, read_waiting, tell_keeping
from canvass_app.desktop.shell.top_bar import TopBar
from canvass_app.desktop.shell.trouble_bar import TroubleBar, tell_refusal
from canvass_app.desktop.tasks import LongTask
from canvass_app.desktop.theme import apply_theme, tokens
from canvass_app.desktop.widgets import TaskStrip
from canvass_app.domain.errors import Cancelled, CanvassError, StorageProblem
from canvass_app.storage.changes import ChangeSet

MIN_SIZE = (900, 600)
NARROW_BELOW = 1120
STATUS_AFTER_MS = 150
STATUS_EVERY_MS = 60_000
BACKUP_AFTER_MS = 15_000
CARE_EVERY_MS = 5 * 60_000
# Places that stand beside the work: Esc leaves them for where one was.
_ASIDE = ("settings", "importing", "history", "sights", "exporting")


def first_place(wanted: str) -> str:
    """Where to begin: the place wanted, if it is one to begin with, else the map."""
    return wanted if wanted in PLACE_NAMES and wanted not in _ASIDE else "turfs"


class MainWindow(QMainWindow):
    """Holds the screens, made when first opened, and passes changes on to the one that is shown."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._screens: dict[str, Screen] = {}
        self._stale: set[str] = set()
        self._place = ""
        self._before = ""
        self._undo: Callable[[], None] | None = None
        self._long: LongTask | None = None
        self.finder: Any = None
        self.keys_help: Any = None
        self._build()
        self._connect()
        self._bind_keys()
        self.retranslate()
        self.setMinimumSize(*MIN_SIZE)
        geometry = context.preferences.geometry
        if not geometry or not self.restoreGeometry(QByteArray(geometry)):
            self.resize(1280, 800)
        self._clock = QTimer(self)
        self._clock.setInterval(STATUS_EVERY_MS)
        self._clock.timeout.connect(self.read_status)
        self._backup = QTimer(self)
        self._backup.setSingleShot(True)
        self._backup.timeout.connect(self._back_up)

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.navigation = Navigation()
        self.top_bar = TopBar(self.context.book.now_ms)
        self.stack = QStackedWidget()
        self.trouble = TroubleBar()
        self.strip = TaskStrip()
        self.foot = Foot()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self.stack, 1)
        right.addWidget(self.trouble)
        right.addWidget(self.strip)
        right.addWidget(self.foot)
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(right, 1)
        self.setCentralWidget(ground)
        self.sync: Any = None

    def _connect(self) -> None:
        context = self.context
        self.navigation.chosen.connect(self.show_place)
        self.top_bar.riding_chosen.connect(context.set_riding)
        self.top_bar.find_wanted.connect(self.find_anything)
        self.top_bar.sync_wanted.connect(lambda: self.show_place("sync"))
        self.foot.undo_wanted.connect(self.take_back)
        self.foot.language_wanted.connect(self.set_language)
        self.foot.theme_wanted.connect(lambda: self.set_theme("light" if tokens().is_dark else "dark"))
        context.place_wanted.connect(self.show_place)
        context.message.connect(self._say)
        context.overtaken.connect(self._withdraw)
        context.trouble.connect(self._tell_trouble)
        context.changed.connect(self._changes)
        context.riding_changed.connect(self._riding_changed)
        context.status_wanted.connect(self.read_status)
        context.tasks.long_started.connect(self._long_started)
        context.tasks.long_moved.connect(self._long_moved)
        context.tasks.long_ended.connect(self._long_ended)
        self.strip.cancel_requested.connect(self._cancel_long)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            f"Ctrl+{place.key}": lambda name=place.name: self.show_place(name)
            for place in PLACES
            if place.key
        }
        keys |= {
            "Ctrl+K": self.find_anything, "Ctrl+,": lambda: self.show_place("settings"),
            "Ctrl+I": lambda: self.show_place("importing"), "Ctrl+Shift+E": lambda: self.show_place("exporting"),
            "Ctrl+L": self.switch_language, "F1": self.show_keys, "Esc": self.step_back, "Ctrl+Z": self.undo, "Ctrl++": lambda: self.step_zoom(1),
            "Ctrl+=": lambda: self.step_zoom(1), "Ctrl+-": lambda: self.step_zoom(-1),
            "Ctrl+0": lambda: self.set_zoom(1.0), "Ctrl+H": self.show_history,
        }  # fmt: skip
        for key, run in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(run)

    def start(self, place: str = "") -> None:
        """Show the first screen and begin what runs beside it."""
        self.show_place(first_place(place or self.context.preferences.place))
        self.read_ridings()
        # The first picture of the map comes before the line about headquarters.
        QTimer.singleShot(STATUS_AFTER_MS, self, lambda: (self.read_status(), tell_keeping(self)))
        self._clock.start()
        self._backup.start(BACKUP_AFTER_MS)

    # --- places -------------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """Where one is."""
        return self._place

    def shown_screen(self) -> Screen | None:
        """The screen that is shown."""
        return self._screens.get(self._place)

    def show_place(self, name: str, argument: Any = None) -> None:
        """Open a place; with an argument, the thing in it."""
        self._close_panels()
        here = self.shown_screen()
        if name != self._place and ((here is not None and not here.can_leave()) or not is_open(self, name)):
            self.navigation.set_current(self._place)
            return
        screen = self._screens.get(name)
        if screen is None:
            screen = self._screens[name] = make_screen(name, self.context)
            self.stack.addWidget(screen)
            self._stale.add(name)
        if name != self._place:
            self._before, self._place = self._before if self._place in _ASIDE else self._place, name
            if name not in _ASIDE:
                self.context.preferences.place = name
        self.stack.setCurrentWidget(screen)
        self.navigation.set_current(name)
        if name in self._stale:
            self._stale.discard(name)
            screen.refresh()
        if argument is not None:
            screen.activate(argument)
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name_window()

    def forget_shown(self) -> None:
        """Read every screen anew when it is next shown."""
        self._stale = set(self._screens)

    def step_back(self) -> None:
        """Esc: what lies over the window, what is open in the screen, then a place beside the work."""
        if self._close_panels():
            return
        if self.trouble.isVisible():
            self.trouble.clear()
            return
        screen = self.shown_screen()
        if screen is not None and screen.step_back():
            return
        if self._place in _ASIDE:
            self.show_place(self._before if self._before not in ("", *_ASIDE) else "turfs")

    # --- what changed -------------------------------------------------------------------------

    def _changes(self, changes: ChangeSet) -> None:
        self._stale |= {name for name in self._screens if name != self._place}
        screen = self.shown_screen()
        if screen is not None:
            screen.on_changes(changes)
        self.foot.show_saved(self.context.book.now_ms())
        if changes.settings or changes.bulk or changes.layers or self.context.riding_id is None:
            self.read_ridings()
        self.read_status()
        if self.sync is not None:
            self.sync.soon(changes)

    def _riding_changed(self, riding_id: int | None) -> None:
        self.top_bar.set_riding(riding_id)
        self._refresh_all()
        QTimer.singleShot(STATUS_AFTER_MS, self, lambda: read_waiting(self))
        self._name_window()

    def _refresh_all(self) -> None:
        self._stale = {name for name in self._screens if name != self._place}
        screen = self.shown_screen()
        if screen is not None:
            screen.refresh()

    def read_ridings(self) -> None:
        """Read which ridings are on this laptop."""
        book = self.context.book

        def read() -> list[Any]:
            from canvass_app.services.ridings import list_ridings

            return list_ridings(book)

        self.context.tasks.read(read, self._show_ridings, key="shell ridings")

    def _show_ridings(self, cards: list[Any]) -> None:
        ids = [card.riding_id for card in cards]
        self.top_bar.set_campaign(self.context.book.campaign_name(current_language()))
        self.top_bar.set_ridings(cards, self.context.riding_id)
        if self.context.riding_id not in ids:
            self.context.set_riding(ids[0] if ids else None)
        self._name_window()

    def read_status(self) -> None:
        """Read what headquarters does not have yet; say why nothing can be written, where that is so."""
        book = self.context.book
        if book.read_only is not None:
            self._tell_trouble(StorageProblem(book.read_only))

        def read() -> Any:
            from canvass_app.services.syncing import sync_status

            return sync_status(book)

        self.context.tasks.read(read, self._show_status, key="shell status")
        read_waiting(self)

    def _show_status(self, status: Any) -> None:
        self.top_bar.status.show_status(status)
        if self.sync is None:
            from canvass_app.desktop.screens.sync.background import background_of

            self.sync = background_of(self.context)
            self.sync.connection.connect(self.foot.show_connection)
            self.sync.refused.connect(lambda error: tell_refusal(self, error))
        self.sync.set_joined(status.joined)
        self.sync.set_pending(status.pending)

    def _back_up(self) -> None:
        book = self.context.book

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.care import look_after

            return look_after(book)

        self.context.tasks.long("", work, shown=False, writes=False)
        self._backup.start(CARE_EVERY_MS)

    # --- what is said -------------------------------------------------------------------------

    def _say(self, text: str, tone: str, undo: Callable[[], None] | None) -> None:
        self._undo = undo
        self.trouble.clear()
        self.foot.show_message(text, tone, undo is not None)

    def _tell_trouble(self, error: CanvassError) -> None:
        self._undo = None
        if isinstance(error, Cancelled):
            self.foot.show_message(say_error(error), "quiet", False)
        else:
            self.foot.message.clear()
            self.trouble.tell(error)

    def undo(self) -> None:
        """Ctrl+Z: what the bottom line offers, which is the last thing done; else the screen's own history."""
        screen = self.shown_screen()
        if not self.take_back() and screen is not None:
            screen.undo()

    def take_back(self) -> bool:
        """Undo what the bottom line offers to take back, and nothing else. False when it offers nothing."""
        take_back = self._undo
        if take_back is None:
            return False
        self._withdraw()
        take_back()
        return True

    def _withdraw(self) -> None:
        if self._undo is not None:
            self._undo = None
            self.foot.message.clear()

    # --- long work ----------------------------------------------------------------------------

    def _long_started(self, task: LongTask) -> None:
        if task.shown:
            self._long = task
            self.strip.start(task.title)

    def _long_moved(self, task: LongTask) -> None:
        if task is self._long:
            what = task.what.say(current_language()) if task.what is not None else None
            self.strip.advance(task.done, task.total, what)

    def _long_ended(self, task: LongTask) -> None:
        if task is self._long:
            self._long = None
            self.strip.finish()

    def _cancel_long(self) -> None:
        if self._long is not None:
            self._long.cancel()

    # --- over the window ----------------------------------------------------------------------

    def find_anything(self) -> None:
        """Ctrl+K."""
        if self.finder is None:
            from canvass_app.desktop.shell.finder import Finder

            self.finder = Finder(self.context, self.commands, self)
        self.finder.open_empty()

    def show_history(self) -> None:
        """Ctrl+H."""
        open_history(self)

    def _close_panels(self) -> bool:
        shown = [panel for panel in (self.finder, self.keys_help) if panel is not None and panel.isVisible()]
        for panel in shown:
            panel.close_panel()
        return bool(shown)

    def commands(self) -> list[Command]:
        """What can be done from here: the screen's own first."""
        from canvass_app.desktop.shell.commands import shell_commands

        screen = self.shown_screen()
        return [*(screen.commands() if screen else []), *shell_commands(self)]

    def show_keys(self) -> None:
        """F1."""
        if self.keys_help is None:
            from canvass_app.desktop.shell.keys_help import KeysHelp

            self.keys_help = KeysHelp(self)
        screen = self.shown_screen()
        self.keys_help.show_keys(screen.title() if screen else "", screen.keys() if screen else [])

    # --- language, theme, size ----------------------------------------------------------------

    def other_language_words(self) -> str:
        """The command's words, in the language it leads to."""
        return "Passer au français" if current_language() == "en" else "Switch to English"

    def switch_language(self) -> None:
        """English to French and back."""
        self.set_language("fr" if current_language() == "en" else "en")

    def set_language(self, language: str) -> None:
        """Speak this language from now on, everywhere."""
        self.context.preferences.language = language
        if language != current_language():
            self._withdraw()
            set_language(language)
            self.context.language_changed.emit(language)
            self._refresh_all()

    def set_theme(self, theme: str) -> None:
        """Take this theme from now on."""
        self.context.preferences.theme = theme
        self.apply_look()

    def step_zoom(self, step: int) -> None:
        """One step larger (1) or smaller (-1)."""
        nearest = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self.context.preferences.zoom))
        self.set_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, nearest + step))])

    def set_zoom(self, zoom: float) -> None:
        """Take this size of text and controls."""
        self.context.preferences.zoom = zoom
        self.apply_look()

    def apply_look(self) -> None:
        """Put theme, zoom and motion of the preferences in force."""
        chosen = self.context.preferences
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, chosen.theme, chosen.zoom, reduce_motion=chosen.reduce_motion)
        self._fit()

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.top_bar.set_campaign(self.context.book.campaign_name(current_language()))
        self._name_window()

    def _name_window(self) -> None:
        screen = self.shown_screen()
        parts = [screen.title() if screen else "", self.context.book.campaign_name(current_language())]
        self.setWindowTitle(" · ".join([part for part in parts if part] + ["Canvass"]))

    # --- events -------------------------------------------------------------------------------

    def _fit(self) -> None:
        self.navigation.set_narrow(self.width() < tokens().px(NARROW_BELOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words out where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the other language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's place; wait until everything typed is durable."""
        screen = self.shown_screen()
        if screen is not None and not screen.can_leave():
            event.ignore()
            return
        self.context.preferences.geometry = bytes(self.saveGeometry().data())
        self._clock.stop()
        self._backup.stop()
        if self.sync is not None:
            self.sync.stop()
        self.context.tasks.close()
        super().closeEvent(event)
