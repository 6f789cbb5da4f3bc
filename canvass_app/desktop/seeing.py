"""What people come to see on the screen is recorded beside the work: on the writer's thread, never in the way of a key.

A screen says what it shows when it shows it. What a search finds while somebody types is recorded once it has stayed, or when
somebody acts on it. Whatever was said is written before the program ends.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from canvass_app.desktop.screens.base import AppContext
    from canvass_app.domain.accesses import Access

STAYS_MS = 700
"""What a search found and is still there after so long was seen."""
AGAIN_MS = 600_000
"""The same people shown again in the same way within so long, a screen that reads itself anew, are one record."""
_REMEMBERED = 64


class Shown(NamedTuple):
    """What a screen shows: ids of people, and of doors whose people are meant."""

    act: Access
    riding_id: int
    people: tuple[bytes, ...] = ()
    doors: tuple[bytes, ...] = ()
    what: str = ""
    numbers: tuple[int, ...] = ()


class Seeing(QObject):
    """Takes what screens say they show and has it written. Lives on the GUI thread."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._noted: list[tuple[Shown, str, int]] = []
        self._waiting: tuple[Shown, ...] = ()
        self._before: OrderedDict[tuple[Shown, str], int] = OrderedDict()
        self._now = self._timer(0, self.flush)
        self._soon = self._timer(STAYS_MS, self.settle)

    def _timer(self, after_ms: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(act)
        return timer

    def note(
        self, act: Access, riding_id: int | None, *, people: Iterable[bytes] = (), doors: Iterable[bytes] = (),
        what: str = "", numbers: Iterable[int] = (),
    ) -> None:  # fmt: skip
        """People of a riding are shown now. Nothing is written where there is nobody."""
        if riding_id is not None:
            self._note(
                Shown(act, riding_id, tuple(sorted(people)), tuple(sorted(doors)), what, tuple(numbers))
            )

    def soon(self, found: Iterable[Shown]) -> None:
        """A search shows these people; it is noted when they stay."""
        self._waiting = tuple(found)
        if self._waiting:
            self._soon.start()
        else:
            self._soon.stop()

    def settle(self) -> None:
        """What the search shows was seen: it stayed, or somebody acted on it."""
        self._soon.stop()
        waiting, self._waiting = self._waiting, ()
        for one in waiting:
            self._note(one)

    def _note(self, shown: Shown) -> None:
        book, who = self._context.book, self._context.author
        if not (shown.people or shown.doors) or book.read_only is not None:
            # A book that cannot be written is open so that nothing is lost; it records nothing, and says so itself.
            return
        key, now = (shown, who), book.now_ms()
        if 0 <= now - self._before.get(key, now - AGAIN_MS - 1) <= AGAIN_MS:
            return
        self._before[key] = now
        self._before.move_to_end(key)
        while len(self._before) > _REMEMBERED:
            self._before.popitem(last=False)
        self._noted.append((shown, who, now))
        self._now.start()

    def flush(self) -> None:
        """Have everything said so far written, in one transaction."""
        self._now.stop()
        noted, self._noted = self._noted, []
        book = self._context.book
        if not noted:
            return

        def write() -> None:
            from canvass_app.services.audit import Note, record_all

            record_all(
                book,
                [
                    Note(
                        one.act, one.riding_id, one.people, one.doors, one.what, one.numbers, who=who, wall_ms=now
                    )
                    for one, who, now in noted
                ],
            )  # fmt: skip

        self._context.tasks.write(write)

    def end(self) -> None:
        """The program ends: nothing that was shown is left unsaid."""
        self.settle()
        self.flush()
