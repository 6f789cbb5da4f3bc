"""Pictures of every screen, in both languages and both themes, on the demo campaign. Needs no display.

The pictures show the real application over a real book in a temporary folder; they are for looking at, for the guide
and for a product page.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from canvass_app.desktop.screens.base import AppContext
    from canvass_app.desktop.shell.window import MainWindow

LARGE, SMALL = (1280, 800), (1024, 640)
_PASSPHRASE = "the tour opens what the tour made"
_PATIENCE_MS = 60_000
_FOLDER = "~/Canvass"
# The demo's last evening, 21:10 in Toronto: what the tour types belongs to it.
_EVENING_MS = 1_443_575_400_000


def _now_ms() -> int:
    return _EVENING_MS


@dataclass(frozen=True, slots=True)
class _Look:
    language: str
    theme: str

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme}"


_LOOKS = (_Look("en", "light"), _Look("fr", "light"), _Look("en", "dark"), _Look("fr", "dark"))


@dataclass(slots=True)
class _Album:
    """Numbers the pictures of each look in the order they are taken."""

    out: Path
    look: _Look
    number: int = 0
    paths: list[Path] = field(default_factory=list[Path])

    def take(self, widget: QWidget, name: str) -> None:
        self.number += 1
        path = self.out / self.look.name / f"{self.number:02}-{name.replace(' ', '-')}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not widget.grab().save(str(path)):
            raise OSError(f"could not write {path.name}")
        self.paths.append(path)


def run_tour(out: Path, folder: Path | None = None) -> list[Path]:
    """Take the pictures into `out` and return their paths; prints where they are.

    The demo book is made in `folder` (kept, and used again when it is there), or in a temporary folder.
    """
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from canvass_app.desktop.app import make_application
    from canvass_app.desktop.collecting import collect_here

    _without_chatter()
    home = os.environ.get("TZ")
    _set_zone("America/Toronto")
    app = make_application()
    collect_here(app)
    app.setCursorFlashTime(0)
    out.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="canvass-tour-", ignore_cleanup_errors=True) as temporary:
        source = folder or Path(temporary) / "demo"
        _make_demo(source)
        for look in _LOOKS:
            copy = Path(temporary) / look.name
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.lock", "preferences.json"))
            paths += _one_look(app, _Album(out, look), copy, Path(temporary) / f"empty-{look.name}")
            print(
                f"{look.name}: {sum(1 for path in paths if path.parent.name == look.name)} pictures",
                flush=True,
            )
    _reset_look(app)
    _set_zone(home)
    _write_index(out, paths)
    print(f"The pictures are in {out}; open {out / 'index.html'}", flush=True)
    return paths


def _set_zone(name: str | None) -> None:
    """Let the clock on the wall be the demo's: it stands in pictures. Windows keeps its own."""
    if name is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = name
    if hasattr(time, "tzset"):
        time.tzset()


def _without_chatter() -> None:
    """Let Qt's messages pass, but for the one that the offscreen platform writes at every resize."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    def say(_kind: QtMsgType, _where: object, message: str) -> None:
        if "propagateSizeHints" not in message:
            print(message, file=sys.stderr)

    qInstallMessageHandler(say)


def _make_demo(folder: Path) -> None:
    from canvass_app.services.book import open_book
    from canvass_app.services.demo.disagreements import add_disagreements
    from canvass_app.services.demo.loading import load_demo

    book = open_book(folder, passphrase=_PASSPHRASE, now_ms=_now_ms)
    try:
        if book.campaign is None:
            load_demo(book)
            add_disagreements(book)
    finally:
        book.close()


def _one_look(app: QApplication, album: _Album, folder: Path, empty: Path) -> list[Path]:
    from canvass_app.desktop.i18n import set_language
    from canvass_app.desktop.preferences import Preferences
    from canvass_app.desktop.screens.base import AppContext
    from canvass_app.desktop.tasks import Tasks
    from canvass_app.desktop.theme import apply_theme
    from canvass_app.services.book import open_book

    set_language(album.look.language)
    apply_theme(app, album.look.theme, reduce_motion=True)  # type: ignore[arg-type]
    for where, visit in ((empty, _visit_empty), (folder, _visit_demo)):
        book = open_book(where, passphrase=_PASSPHRASE, now_ms=_now_ms)
        tasks = Tasks()
        preferences = Preferences(None, album.look.language)
        preferences.theme, preferences.reduce_motion = album.look.theme, True
        context = AppContext(book, tasks, preferences)
        try:
            visit(app, album, context)
        finally:
            tasks.close()
            book.close()
    return album.paths


def _visit_empty(app: QApplication, album: _Album, context: AppContext) -> None:
    """The first minutes, and every place while there is nothing in it."""
    from canvass_app.desktop.first_run.assistant import FirstRun
    from canvass_app.desktop.first_run.campaign_file import plain_campaign
    from canvass_app.desktop.first_run.passphrase import PassphraseDialog
    from canvass_app.desktop.first_run.tour_states import notices
    from canvass_app.desktop.first_run.trouble import TroubleWindow
    from canvass_app.desktop.screens import PLACES
    from canvass_app.desktop.shell.window import MainWindow
    from canvass_app.domain.campaign import load_campaign
    from canvass_app.services.book import open_book
    from canvass_app.services.campaigns import set_campaign

    first = FirstRun(context)
    _show(first)
    first.device.setText(_laptop())
    for page, name in enumerate(("first-run", "first-run-join", "first-run-alone")):
        first.show_page(page)
        _settle(app, context)
        album.take(first, name)
    asked = load_campaign(plain_campaign("Vote Together 2015", "America/Toronto")).declaration
    first.ask_for_declaration(asked)
    first.declaration.name.setText("Camille Desjardins")
    _settle(app, context)
    album.take(first, "first-run-declaration")
    first.close()
    for new, name in ((True, "passphrase-new"), (False, "passphrase")):
        dialog = PassphraseDialog(context.book.folder, new=new)
        _show(dialog)
        dialog.first.setText("four quiet herons at noon" if new else "")
        dialog.second.setText("four quiet herons at noon" if new else "")
        _settle(app, context)
        album.take(dialog, name)
        dialog.reject()
    try:
        open_book(context.book.folder, passphrase=_PASSPHRASE)
    except Exception as error:
        from canvass_app.domain.errors import CanvassError

        if not isinstance(error, CanvassError):
            raise
        trouble = TroubleWindow(error)
        _show(trouble)
        album.take(trouble, "already-open")
        trouble.reject()
    for name, notice in notices(context.book):
        _show(notice)
        _settle(app, context)
        album.take(notice, name)
        notice.reject()
    name = "Votons ensemble 2015" if album.look.language == "fr" else "Vote Together 2015"
    set_campaign(context.book, plain_campaign(name, "America/Toronto"))
    window = MainWindow(context)
    window.resize(*LARGE)
    _show(window)
    window.read_ridings()
    window.read_status()
    for place in PLACES:
        if place.key:
            _go(app, context, window, place.name)
            album.take(window, f"empty-{place.name}")
    _put_away(app, window)


def _visit_demo(app: QApplication, album: _Album, context: AppContext) -> None:
    from canvass_app.desktop.screens import PLACES
    from canvass_app.desktop.shell.window import MainWindow

    window = MainWindow(context)
    window.resize(*LARGE)
    _show(window)
    window.start("ridings")
    window.read_status()
    _settle(app, context, window)
    for place in PLACES:
        _go(app, context, window, place.name)
        album.take(window, place.name)
        screen = window.shown_screen()
        for name, prepare in screen.tour_states() if screen is not None else ():
            prepare()
            _settle(app, context, window)
            album.take(window, f"{place.name}-{name}")
        window.show_place("turfs")
        window.forget_shown()
    _settle(app, context, window)
    _over_the_window(app, album, context, window)
    window.resize(*SMALL)
    for place in PLACES:
        _go(app, context, window, place.name)
        album.take(window, f"small-{place.name}")
    window.resize(*LARGE)
    window.set_zoom(2.0)
    for name in ("turfs", "enter", "settings"):
        _go(app, context, window, name)
        album.take(window, f"zoom200-{name}")
    _put_away(app, window)


def _put_away(app: QApplication, window: MainWindow) -> None:
    """Close a window for good: one that is only hidden would be dressed anew with every look that follows."""
    from PySide6.QtCore import QEvent

    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _go(app: QApplication, context: AppContext, window: MainWindow, place: str) -> None:
    """Show a place from its top, with nothing in sight of the machine that takes the pictures."""
    from PySide6.QtWidgets import QScrollArea

    from canvass_app.desktop.screens.settings import SettingsScreen
    from canvass_app.desktop.screens.sync import SyncScreen

    window.show_place(place)
    _settle(app, context, window)
    screen = window.shown_screen()
    if isinstance(screen, SettingsScreen):
        screen.show_folder(_FOLDER)
    if isinstance(screen, SyncScreen):
        screen.join_card.name.setText(_laptop())
    for area in screen.findChildren(QScrollArea) if screen is not None else ():
        area.verticalScrollBar().setValue(0)
    window.activateWindow()
    _settle(app, context, window)


def _laptop() -> str:
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("Tour", "Kitchen laptop")


def _over_the_window(app: QApplication, album: _Album, context: AppContext, window: MainWindow) -> None:
    from PySide6.QtCore import QCoreApplication

    from canvass_app.desktop.crash import make_report
    from canvass_app.desktop.shell.crash_window import CrashWindow
    from canvass_app.domain.errors import SyncProblem
    from canvass_app.domain.text import Text

    window.find_anything()
    _settle(app, context, window)
    album.take(window, "find-commands")
    window.finder.field.setText("el")
    _settle(app, context, window)
    # The button that clears the field fades in.
    _wait(app, 400)
    album.take(window, "find-results")
    window.finder.field.setText("zzzz")
    _settle(app, context, window)
    album.take(window, "find-nothing")
    window.finder.close_panel()
    window.show_place("turfs")
    _settle(app, context, window)
    window.show_keys()
    _settle(app, context, window)
    album.take(window, "keys")
    window.keys_help.close_panel()
    said = QCoreApplication.translate("Tour", "Quai Nord is assigned to Priya Nair")
    context.say(said, lambda: None)
    _settle(app, context, window)
    album.take(window, "message-with-undo")
    context.error(
        SyncProblem(
            Text(
                "Headquarters did not answer. Your results are safe here; they leave when there is a network.",
                "Le quartier général n’a pas répondu. Vos résultats sont en sécurité ici; ils partiront dès qu’il y aura du réseau.",
            )
        )
    )
    _settle(app, context, window)
    album.take(window, "message-trouble")
    window.trouble.clear()
    report = None
    try:
        _planted()
    except ZeroDivisionError as error:
        report = make_report(type(error), error.__traceback__)
    assert report is not None
    crash = CrashWindow(report, None, window)
    _show(crash)
    _settle(app, context, window)
    album.take(crash, "crash-report")
    crash.reject()
    window.activateWindow()


def _planted() -> float:
    """A bug, so that its report can be shown."""
    return 1 / len(())


def _show(widget: QWidget) -> None:
    from PySide6.QtCore import Qt

    if not sys.platform.startswith("linux"):
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()


def _settle(app: QApplication, context: AppContext, window: MainWindow | None = None) -> None:
    """Let everything under way come to its end, maps included."""
    from PySide6.QtCore import QElapsedTimer, QEventLoop, QThread

    from canvass_app.desktop.map import MapCanvas

    clock = QElapsedTimer()
    clock.start()
    quiet = 0
    while quiet < 3:
        if clock.elapsed() > _PATIENCE_MS:
            raise TimeoutError(f"the screen {window.place if window else ''} did not come to rest")
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        screen = window.shown_screen() if window is not None else None
        busy = context.tasks.busy() or (screen is not None and screen.is_busy())
        quiet = 0 if busy else quiet + 1
        if busy:
            # The threads that are waited for need the time more.
            QThread.msleep(1)
    if window is not None:
        for canvas in window.findChildren(MapCanvas):
            if canvas.isVisible():
                canvas.settle()
        app.processEvents()


def _wait(app: QApplication, milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    app.processEvents()


def _reset_look(app: QApplication) -> None:
    from canvass_app.desktop.i18n import set_language
    from canvass_app.desktop.theme import apply_theme

    set_language("en")
    apply_theme(app, "light")


def _write_index(out: Path, paths: list[Path]) -> None:
    names: dict[str, dict[str, Path]] = {}
    for path in paths:
        names.setdefault(path.stem, {})[path.parent.name] = path
    rows: list[str] = []
    for name, found in names.items():
        title = escape(name.partition("-")[2].replace("-", " "))
        cells = "".join(
            f'<a href="{look}/{path.name}"><img src="{look}/{path.name}" alt="{title}, {look}" loading="lazy"></a>'
            for look, path in found.items()
        )
        rows.append(f'<section><h2 id="{escape(name)}">{title}</h2><div>{cells}</div></section>')
    page = (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Canvass: every screen</title>\n'
        "<style>body{font:15px system-ui,sans-serif;margin:32px;background:#faf9f7;color:#1f1b24}"
        "h2{font-size:15px;margin:32px 0 8px}div{display:grid;grid-template-columns:1fr 1fr;gap:16px}"
        "img{width:100%;border:1px solid #dedad3;border-radius:6px}</style>\n<h1>Canvass: every screen</h1>\n"
    )
    (out / "index.html").write_text(page + "\n".join(rows) + "\n</html>\n", "utf-8")
