"""Starting the desktop application.

The encrypted book is opened on a thread while PySide6 is being imported, so nothing of Qt may be imported at the top
of this module.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvass_app.desktop.lean_start import import_qt, prepare_numpy
from canvass_app.domain.errors import CanvassError, Damaged, NoKey, Withdrawn, WrongKey

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from canvass_app.desktop.preferences import Preferences
    from canvass_app.desktop.session import Session
    from canvass_app.services.book import Book

MARK_VARIABLE = "CANVASS_MARK_START"


class _Opening(threading.Thread):
    """Opens the book beside the imports; `result` gives it, or raises what went wrong."""

    def __init__(self, folder: Path, passphrase: str | None, *, map_first: bool = True) -> None:
        super().__init__(name="canvass-open")
        self._map_first = map_first
        self._opened = threading.Event()
        self._folder = folder
        self.passphrase = passphrase
        self._book: Book | None = None
        self._error: BaseException | None = None
        self.asked: bool | None = None  # None: no passphrase was wanted; else whether a new one

    def run(self) -> None:
        try:
            from canvass_app.services.book import open_book

            book = self._book = open_book(self._folder, passphrase=self.passphrase, prompt=self._prompt)
        except BaseException as error:
            self._error = error
            return
        finally:
            self._opened.set()
        if self._map_first and book.campaign is not None:
            from canvass_app.services.map_data import load_ahead

            load_ahead(book)

    def _prompt(self, new: bool) -> None:
        # Nobody can be asked from this thread: note it, and the window asks once Qt is there.
        self.asked = new

    def result(self) -> Book:
        self._opened.wait()
        if self._error is not None:
            raise self._error
        assert self._book is not None
        return self._book


def run(
    folder: Path, *, passphrase: str | None = None, demo: bool = False, screen: str | None = None,
    language: str | None = None, theme: str | None = None,
) -> int:  # fmt: skip
    """Open the application on the data in `folder` and return its exit code once its window is closed.

    `demo` loads the demo campaign when there is none yet; `screen` is the place to open; `language` and `theme` are
    remembered as if chosen in the settings.
    """
    prepare_numpy()
    # Nothing made while starting becomes garbage; looking for some would take a tenth of the start.
    gc.disable()
    try:
        return _run(_Opening(folder, passphrase), folder, language, theme, demo=demo, screen=screen or "")
    finally:
        gc.enable()


def _run(
    opening: _Opening, folder: Path, language: str | None, theme: str | None, *, demo: bool, screen: str
) -> int:
    _load_what_the_key_needs()
    opening.start()
    if not _has_display():
        return _without_display(opening)
    import_qt()
    app = make_application()
    preferences = _preferences(folder, language, theme)
    _load_what_is_shown_first(screen or preferences.place)
    _draw_what_is_shown_first()
    _load_what_opening_needs()
    book = _open(opening, folder, preferences)
    if book is None:
        return 1
    from canvass_app.desktop.session import Session

    session = Session(app, book, preferences, demo=demo, screen=screen)
    try:
        code = 0
        if session.start():
            _collect_again_soon(session)
            code = app.exec()
    finally:
        session.close()
    if session.withdrawn and _see_off(folder):
        return _run(_Opening(folder, None), folder, language, theme, demo=False, screen=screen)
    return code


def _load_what_the_key_needs() -> None:
    """Import what opening begins with, before anything else wants the interpreter.

    Deriving the key takes a core for a fifth of a second outside of Python, while the other core imports the window:
    the sooner it begins, the sooner the window shows.
    """
    for name in ("canvass_app.services.book", "cryptography.hazmat.primitives.kdf.argon2"):
        import_module(name)


def _load_what_opening_needs() -> None:
    """Import what opening goes on with, while the key is still being derived."""
    for name in (
        "cryptography.hazmat.primitives.ciphers.aead",
        "canvass_app.domain.campaign",
        "canvass_app.ledger.clock",
        "canvass_app.services.map_data",
        "canvass_app.storage.database",
        "canvass_app.storage.migrate",
    ):
        import_module(name)


def make_application() -> QApplication:
    """The one QApplication, with the product's name."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["canvass-app"])
    app.setApplicationName("canvass-app")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("canvass-app")
    return app


def _collect_again_soon(session: Session) -> None:
    from PySide6.QtCore import QTimer

    from canvass_app.desktop.collecting import collect_here

    def again() -> None:
        gc.freeze()
        collect_here(session)

    QTimer.singleShot(1000, session, again)


def _load_what_is_shown_first(place: str) -> None:
    """Import the window and its first screen while the key is still being derived."""
    from canvass_app.desktop.shell.window import first_place

    import_module("canvass_app.desktop.session")
    import_module(f"canvass_app.desktop.screens.{first_place(place)}")


def _draw_what_is_shown_first() -> None:
    """What the window needs that does not depend on the book, while the key is still being derived."""
    from canvass_app.desktop.theme import prepare_style

    prepare_style()
    renderer = sys.modules.get("canvass_app.desktop.map.renderer")
    if renderer is not None:
        renderer.make_ready()


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _without_display(opening: _Opening) -> int:
    try:
        opening.result().close()
    except CanvassError as error:
        print(error.say("en"), file=sys.stderr)
        return 1
    print(
        "There is no screen here. Start Canvass on a desktop, or take pictures of it with: canvass-app tour --out DIR",
        file=sys.stderr,
    )
    return 1


def _preferences(folder: Path, language: str | None, theme: str | None) -> Preferences:
    from PySide6.QtWidgets import QApplication

    from canvass_app.desktop.i18n import set_language, system_language
    from canvass_app.desktop.preferences import Preferences
    from canvass_app.desktop.theme import apply_theme

    preferences = Preferences(folder, system_language())
    if language is not None:
        preferences.language = language
    if theme is not None:
        preferences.theme = theme
    set_language(preferences.language)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(
        app, preferences.theme, preferences.zoom, reduce_motion=preferences.reduce_motion, hold_style=True
    )
    return preferences


def _open(opening: _Opening, folder: Path, preferences: Preferences) -> Book | None:
    """The book, asking for a passphrase where one is needed. None when the person gave up or it cannot be opened."""
    try:
        return opening.result()
    except (NoKey, WrongKey) as error:
        if opening.asked is None and isinstance(error, NoKey):
            return _tell(error)
        from canvass_app.desktop.first_run.passphrase import PassphraseDialog

        _wear_style()
        dialog = PassphraseDialog(folder, new=bool(opening.asked), preferences=preferences)
        if isinstance(error, WrongKey):
            dialog.show_error(error)
        dialog.exec()
        if dialog.damaged is not None:
            return _offer_repair(dialog.damaged[0], folder, dialog.damaged[1])
        return dialog.book
    except Withdrawn:
        if not _see_off(folder):
            return None
        fresh = _Opening(folder, opening.passphrase)
        fresh.start()
        return _open(fresh, folder, preferences)
    except Damaged as error:
        return _offer_repair(error, folder, opening.passphrase)
    except CanvassError as error:
        return _tell(error)


def _see_off(folder: Path) -> bool:
    """Do what is left of an order to hold nothing more. Whether the person wants to use Canvass here again."""
    from canvass_app.desktop.first_run.withdrawn import WithdrawnWindow

    _wear_style()
    window = WithdrawnWindow(folder)
    window.go_on()
    window.exec()
    return window.anew


def _offer_repair(error: Damaged, folder: Path, passphrase: str | None) -> Book | None:
    from canvass_app.desktop.first_run.trouble import TroubleWindow
    from canvass_app.domain.text import Text

    def repair() -> tuple[Book, list[Text]]:
        from canvass_app.services.book import open_book
        from canvass_app.services.salvage import repair_folder

        done = repair_folder(folder, passphrase=passphrase)
        return open_book(folder, passphrase=passphrase), done.texts()

    _wear_style()
    window = TroubleWindow(error, repair)
    window.exec()
    return window.book


def _wear_style() -> None:
    from PySide6.QtWidgets import QApplication

    from canvass_app.desktop.theme import wear_style

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wear_style(app)


def _tell(error: CanvassError) -> None:
    from canvass_app.desktop.first_run.trouble import TroubleWindow

    _wear_style()
    window: QWidget | Any = TroubleWindow(error)
    window.exec()
