"""One run of the application over one open book: the first-run window or the main window, and their end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from canvass_app.desktop.app import MARK_VARIABLE
from canvass_app.desktop.crash import CrashCatcher, CrashReport
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import wear_style
from canvass_app.domain.errors import CanvassError
from canvass_app.services.book import Book

ICON_AFTER_MS = 150
LEASE_EVERY_MS, LEASE_AFTER_MS = 3_600_000, 3_000


class Session(QObject):
    """Shows the right window for the book. `close` waits until everything is durable."""

    def __init__(
        self, app: QApplication, book: Book, preferences: Preferences, *, demo: bool = False, screen: str = ""
    ) -> None:
        super().__init__()
        self._app = app
        self._demo = demo
        self._screen = screen
        self._reports: dict[str, Any] = {}
        self.window: QWidget | None = None
        self.tasks = Tasks()
        self.context = AppContext(book, self.tasks, preferences)
        self._crashes = CrashCatcher(book.folder, self._show_report, self._tell)
        self.withdrawn = False
        """Headquarters wants this laptop to hold nothing more: whoever closes the session goes on with that."""
        self.context.withdrawn.connect(self._leave)
        self._lease = QTimer(self, interval=LEASE_EVERY_MS)
        self._lease.timeout.connect(self.check_lease)

    def start(self) -> bool:
        """Open the first window. False when the laptop is locked and stays so."""
        self._crashes.install()
        if not self._unlocked():
            return False
        if self.context.book.campaign is None:
            self._first_run()
        else:
            self._main()
        self._lease.start()
        QTimer.singleShot(LEASE_AFTER_MS, self, self.say_soon)
        # The first picture of the map comes before the icon on the task bar.
        QTimer.singleShot(ICON_AFTER_MS, self, lambda: self._app.setWindowIcon(product_icon()))
        return True

    def _leave(self) -> None:
        """Headquarters' order came: the windows close, and the folder is emptied once the book is closed."""
        self.withdrawn = True
        self._app.closeAllWindows()
        self._app.quit()

    def check_lease(self) -> None:
        """A window may stay open for weeks: lock it when the lease ends."""
        window = self.window
        if window is None or not window.isVisible():
            return
        from canvass_app.services.lease import locked

        if locked(self.context.book) is None:
            return
        window.hide()
        if self._unlocked():
            window.show()
        else:
            self._app.quit()

    def say_soon(self) -> None:
        """Say, once after the start, that the lease ends within days."""
        from canvass_app.services.lease import locks_soon

        soon = locks_soon(self.context.book)
        if soon is not None:
            self.context.error(CanvassError(soon))

    def _unlocked(self) -> bool:
        """Whether the laptop opens; when its lease is over, its window stands in front until it does."""
        if not self.context.book.meta("hq_key"):
            return True
        from canvass_app.services.lease import locked

        why = locked(self.context.book)
        if why is None:
            return True
        from canvass_app.desktop.first_run.locked import LockedWindow

        wear_style(self._app)
        front = LockedWindow(self.context.book, why)
        opened = front.exec() == QDialog.DialogCode.Accepted
        self.withdrawn = self.withdrawn or front.withdrawn
        return opened

    def _first_run(self) -> None:
        from canvass_app.desktop.first_run.assistant import FirstRun

        window = FirstRun(self.context)
        window.ready.connect(self._leave_first_run)
        self.window = window
        wear_style(self._app)
        window.show()
        if self._demo:
            window.load_demo()

    def _leave_first_run(self) -> None:
        old = self.window
        self._main()
        if old is not None:
            old.close()
            old.deleteLater()

    def _main(self) -> None:
        from canvass_app.desktop.shell.window import MainWindow

        window = MainWindow(self.context)
        self.window = window
        window.start(self._screen)
        if os.environ.get(MARK_VARIABLE):
            from canvass_app.desktop.start_mark import watch

            watch(window)
        wear_style(self._app)
        window.show()

    def _tell(self, error: CanvassError) -> None:
        self.context.error(error)

    def _show_report(self, report: CrashReport, path: Path | None, times: int) -> None:
        from canvass_app.desktop.shell.crash_window import CrashWindow

        shown = self._reports.get(report.group)
        if shown is None:
            shown = self._reports[report.group] = CrashWindow(report, path, self.window)
            shown.show()
        shown.count(times)

    def close(self) -> None:
        """End the threads and close the book."""
        self._lease.stop()
        self.context.seen.end()
        self.tasks.close()
        self._crashes.remove()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        self.context.book.close()


def product_icon() -> QIcon:
    """The application's icon, drawn at the sizes desktops ask for."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QPainter, QPixmap

    from canvass_app.desktop.shell.navigation import paint_mark
    from canvass_app.desktop.theme import make_tokens

    look = make_tokens("light")
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QRectF(0, 0, side, side), look.accent, look.surface)
        painter.end()
        made.addPixmap(picture)
    return made
