"""What the window shows of the record itself: how much waits for a decision, and the history of what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from canvass_app.domain.errors import Refused

if TYPE_CHECKING:
    from canvass_app.desktop.shell.window import MainWindow
    from canvass_app.services.retention import Keeping


PREPARING = frozenset({"review", "teams", "importing", "exporting", "sights"})
"""Places of those who prepare and decide; a laptop that only records has none of them."""


def read_waiting(window: MainWindow) -> None:
    """Read how many decisions wait, for the mark in the navigation, and whether this laptop makes any."""
    book, riding = window.context.book, window.context.riding_id

    def read() -> tuple[int, bool]:
        from canvass_app.services.decisions import count_decisions
        from canvass_app.services.holding import only_records

        if only_records(book):
            return 0, True
        return count_decisions(book, riding) if riding is not None else 0, False

    def show(found: tuple[int, bool]) -> None:
        waiting, records = found
        window.context.only_records = records
        window.navigation.set_waiting(waiting)
        window.navigation.leave_out(PREPARING if records else frozenset())

    window.context.tasks.read(read, show, key="shell decisions")


def is_open(window: MainWindow, place: str) -> bool:
    """Whether this laptop has that place; says why where it has not."""
    if place not in PREPARING:
        return True
    from canvass_app.services.holding import ONLY_RECORDS, only_records

    if not only_records(window.context.book):
        return True
    window.context.error(Refused(ONLY_RECORDS))
    return False


def tell_keeping(window: MainWindow) -> None:
    """Say, once a start, that the day until which people's data is kept is near or over."""
    book = window.context.book

    def show(found: Keeping) -> None:
        from canvass_app.desktop.keeping import keeping_text

        if found.state in ("soon", "over", "unheard"):
            window.context.error(Refused(keeping_text(found)))

    def read() -> Keeping:
        from canvass_app.services.retention import keeping

        return keeping(book)

    window.context.tasks.read(read, show, key="shell keeping")


def open_history(window: MainWindow) -> None:
    """Open the history of what is chosen: in find-anything, else in the screen that is shown."""
    finder, screen = window.finder, window.shown_screen()
    found = finder.history_subject() if finder is not None and finder.isVisible() else None
    if found is None:
        subject = screen.history_subject() if screen is not None else None
        if subject is None or window.context.riding_id is None:
            words = QCoreApplication.translate(
                "History",
                "Choose a door, a person, a turf, a list or a shift first; Ctrl+H then shows its history.",
            )
            window.context.say(words, tone="quiet")
            return
        found = (window.context.riding_id, *subject)
    window.show_place("history", found)
