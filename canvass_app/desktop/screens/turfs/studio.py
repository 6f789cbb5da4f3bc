"""The turf studio: a proposal on the map and in a table, edited by mouse and keys until it is made.

A click takes a block, a lasso takes doors; a click on another turf, or its letters, moves them there. Until it is
accepted the proposal is a draft on this laptop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import key_name
from canvass_app.desktop.map import MapLayers, WalkLayer
from canvass_app.desktop.screens.base import AppContext, Command
from canvass_app.desktop.screens.turfs.map_state import Ground, TurfNews
from canvass_app.desktop.screens.turfs.studio_edits import Outcome
from canvass_app.desktop.screens.turfs.studio_hand import StudioHand
from canvass_app.services.turf_rows import has_draft

if TYPE_CHECKING:
    from canvass_app.desktop.screens.turfs.studio_panel import CutAsk, CutPanel
    from canvass_app.services.book import Book
    from canvass_app.services.saved_selections import SavedSelection

_BARRED = 4


class TurfStudio(StudioHand):
    """The screen Turfs with the studio in it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._looked: int | None = None
        self._saved: dict[str, SavedSelection] = {}
        self._meant: tuple[str, list[bytes]] = ("", [])
        super().__init__(context, parent)
        self.view.cut.clicked.connect(self.open_panel)
        self.view.cut.setVisible(not context.only_records)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("C"), self, self.open_panel, context=inside)

    # the cut panel

    def open_panel(self) -> None:
        """Show what can be cut; with a draft that was left for later, show that."""
        if self._ground is None or not len(self._ground) or self.context.only_records:
            return
        if self._held is not None and not self.proposing:
            self.show_desk(self._held)
            return
        if self.proposing:
            return
        self._offer()
        self._lay(panel=True)
        self.parts.panel.amount.setFocus()
        self.parts.panel.amount.selectAll()

    def _offer(self) -> None:
        """The doors chosen first where there are some; saved selections as soon as they are read."""
        book, riding = self.context.book, self._riding
        self._show_scopes()
        self._count()
        if riding is not None:
            self.context.tasks.read(
                lambda: _saved(book, riding), self._take_scopes, key="studio.selections", owner=self
            )

    def _take_scopes(self, saved: dict[str, SavedSelection]) -> None:
        if saved != self._saved:
            self._saved = saved
            self._show_scopes(prefer_chosen=False)

    def _show_scopes(self, *, prefer_chosen: bool = True) -> None:
        self.parts.panel.show_scopes(
            [(key, one.name) for key, one in self._saved.items()], chosen=len(self._chosen) > 1,
            prefer_chosen=prefer_chosen,
        )  # fmt: skip

    def _connect_cut_panel(self, panel: CutPanel) -> None:
        panel.cut_wanted.connect(self._ask)
        panel.closed.connect(self.close_panel)
        panel.scope_changed.connect(lambda _: self._count())
        panel.meeting_wanted.connect(self._meet)
        self.map.installEventFilter(self)

    def close_panel(self) -> None:
        """Put the panel away."""
        self.parts.panel.meeting.setChecked(False)
        self._lay(panel=False)
        self.map.setFocus()

    def _count(self) -> None:
        """How many doors can be cut of what the panel names."""
        ground, panel, book = self._ground, self.parts.panel, self.context.book
        if ground is None:
            return
        scope = panel.scope_key()
        free = (ground.turf < 0) & (ground.state != _BARRED)
        saved = self._saved.get(scope)
        if saved is None:
            panel.show_doors(int(free[self._chosen].sum()) if scope == "chosen" else int(free.sum()))
            return
        panel.show_doors(0)

        def done(doors: list[bytes]) -> None:
            self._meant = (scope, doors)
            panel.show_doors(
                sum(door not in ground.place or bool(free[ground.place[door]]) for door in doors)
            )

        self.context.tasks.read(
            lambda: _doors_of(book, ground.data.riding_id, saved), done, key="studio.meant", owner=self
        )

    def _ask(self, ask: CutAsk) -> None:
        ground = self._ground
        if ground is None:
            return
        if ask.scope in self._saved and self._meant[0] == ask.scope:
            self.cut(ask, self._meant[1])
        else:
            self.cut(ask, ground.ids_at(self._chosen) if ask.scope == "chosen" else None)

    def _meet(self, wanted: bool) -> None:
        """Wait for a click that sets the meeting point, or forget it."""
        if wanted:
            self.map.setCursor(Qt.CursorShape.PointingHandCursor)
            return
        if self._meeting:
            self._meeting = ()
            self.map.set_walks(())
        self.map.set_tool(self.map.tool())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """While a meeting point is wanted, a click on the map sets it."""
        if (
            watched is self.map
            and event.type() == QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
            and self.parts.panel.meeting.isChecked()
        ):
            at = event.position()
            self._meeting = (self.map.place_at(at.x(), at.y()),)
            self.parts.panel.show_meeting(True)
            self.map.set_tool(self.map.tool())
            self.map.set_walks((WalkLayer(np.array(self._meeting, np.int32), [""]),))
            return True
        return super().eventFilter(watched, event)

    def show_long(self, under_way: bool) -> None:
        """While it works nothing else is cut or made."""
        self.parts.panel.show_cutting(under_way)
        self.parts.side.show_busy(under_way)
        self._show_able()

    def _choose_doors(self, places: NDArray[np.int64]) -> None:
        super()._choose_doors(places)
        if self._cutting_shown():
            self._offer()

    def _cutting_shown(self) -> bool:
        return self._made and not self.parts.panel.isHidden()

    # the map was read, doors changed

    def _show_ground(self, read: tuple[Ground, MapLayers]) -> None:
        super()._show_ground(read)
        ground, book = read[0], self.context.book
        riding, first = ground.data.riding_id, self._looked != ground.data.riding_id
        self._looked = riding
        self._sheet = None
        if first and (self.proposing or self._held is not None):
            self.leave()
        if self.context.only_records or not len(ground):
            return
        shown = self.proposing

        def found(there: bool) -> None:
            if there:
                self.context.tasks.write(
                    self._load, lambda outcome: self._loaded(outcome, first or shown), owner=self
                )
            elif shown:
                self.leave()

        self.context.tasks.read(lambda: has_draft(book, riding), found, key="studio.there", owner=self)

    def _load(self) -> Outcome:
        from canvass_app.services.drafts import open_draft

        riding = self._riding
        self._held = open_draft(self.context.book, riding) if riding is not None else None
        return Outcome(self._held)

    def _loaded(self, outcome: Outcome, show: bool) -> None:
        desk = outcome.desk
        if show and desk is not None and desk.riding_id == self._riding:
            self.show_desk(desk)

    def _take_news(self, ground: Ground, news: TurfNews) -> None:
        super()._take_news(ground, news)
        if self._cutting_shown():
            self._count()
        if self._held is None or ground is not self._ground:
            return
        book = self.context.book

        def work() -> Outcome:
            from canvass_app.services.drafts import freshen

            if self._held is not None:
                self._held = freshen(book, self._held)
            return Outcome(self._held)

        def done(outcome: Outcome) -> None:
            if self.proposing and outcome.desk is not None:
                self.show_desk(outcome.desk)

        self.context.tasks.write(work, done, owner=self)

    def _filter(self, shown: frozenset[int]) -> None:
        if not self.proposing:
            super()._filter(shown)
            return
        if self._ground is not None:
            self.tools.show_counts(self._ground.counts())
        self._draw()

    # the shell asks

    def activate(self, argument: Any) -> None:
        """A turf or a door that somebody wants to see comes before the proposal, which stays for later."""
        if self.proposing and argument is not None:
            self.leave()
        super().activate(argument)

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the screen, the studio's while a proposal is open."""
        if not self.proposing or not self._made:
            return [*super().keys(), ("C", self.tr("cut turfs"))]
        from canvass_app.desktop.screens.turfs.studio_tools import KEYS

        tips = self.parts.tools.tips()
        return [
            *((key_name(key), tips[name]) for name, key in KEYS.items()),
            ("Shift / Alt", self.tr("add to the doors chosen, take away from them")),
            ("Esc", self.tr("let go")),
        ]

    def commands(self) -> list[Command]:
        """What find-anything can do here."""
        if self.context.only_records:
            return super().commands()
        if not self.proposing:
            return [*super().commands(), Command(lambda: self.tr("Cut turfs"), self.open_panel, "C", "split")]
        return [
            Command(lambda: self.tr("Make the proposed turfs"), self.accept, icon="check"),
            Command(lambda: self.tr("Even out the proposed turfs"), lambda: self.use("balance"), "B", "sync"),
            Command(lambda: self.tr("Throw the proposal away"), self.throw_away, icon="close"),
        ]

    def undo(self) -> bool:
        """Ctrl+Z: the last edit of the proposal."""
        if self.proposing and self._desk is not None and self._desk.done:
            self.step(back=True)
            return True
        return super().undo()

    def step_back(self) -> bool:
        """Esc: what the hand holds; then the panel that cuts."""
        if self.proposing:
            return self.let_go_of_hand() or self.tools.clear_filter()
        if self._cutting_shown():
            self.close_panel()
            return True
        return super().step_back()

    def is_busy(self) -> bool:
        """While the map or the proposal is worked out."""
        return super().is_busy() or self._long is not None

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        super().retranslate()
        if self._made:
            for part in self.parts:
                part.retranslate()
            self.show_hand()
            self.show_question(self._question)

    # pictures

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """The screen's; the cut panel, the proposal, a block in hand, what an edit would break, the end."""
        return [
            *super().tour_states(),
            ("cut-panel", self._picture_panel),
            ("proposal", self._picture_proposal),
            ("block", self._picture_block),
            ("question", self._picture_question),
            ("thrown-away", self.throw_away),
        ]

    def _picture_panel(self) -> None:
        self._close_door()
        self._let_go()
        self.selecting.close()
        self.open_panel()
        self.map.fit()

    def _picture_proposal(self) -> None:
        self.parts.panel.ask()

    def _picture_block(self) -> None:
        desk, sheet = self._desk, self._sheet
        if desk is not None and sheet is not None and desk.draft.turfs:
            number = next(iter(desk.draft.turfs))
            self._pick_turf(number)
            doors = sheet.on_map(desk.draft.doors_of(number))
            self.map.select(doors[:1], tell=True)
            self._click_door(int(doors[0]))

    def _picture_question(self) -> None:
        desk = self._desk
        if desk is not None and desk.draft.turfs:
            number, far = min(desk.draft.turfs), max(desk.draft.turfs)
            self._picked = desk.draft.doors_of(number)[:3]
            self._move(far)


def _saved(book: Book, riding_id: int) -> dict[str, SavedSelection]:
    from canvass_app.services.saved_selections import list_selections

    found = list_selections(book, riding_id)
    return {one.selection_id.hex(): one for one in found if one.selection is not None}


def _doors_of(book: Book, riding_id: int, saved: SavedSelection) -> list[bytes]:
    from canvass_app.services.selections import doors_of

    return doors_of(book, riding_id, saved.selection).door_ids if saved.selection is not None else []
