"""The proposal on the screen and what the hand holds of it: blocks, doors, a turf, and the tools used on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.map import Outline, WalkLayer
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs.map_state import HUES
from canvass_app.desktop.screens.turfs.studio_use import StudioUse

if TYPE_CHECKING:
    from canvass_app.desktop.screens.turfs.studio_state import DraftRow, Line, Picture, Sheet, Work
    from canvass_app.services.drafts import Desk

_ROUTED_AT_ONCE = 4  # turfs a reader works on before it looks at what else is wanted


class StudioHand(StudioUse):
    """Shows the desk; takes doors and turfs in hand."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._sheet: Sheet | None = None
        self._picture: Picture | None = None
        self._outlines: dict[int, tuple[bytes, Line]] = {}
        self._before: NDArray[np.int64] = np.zeros(0, np.int64)
        super().__init__(context, parent)

    def show_desk(self, desk: Desk | None) -> None:
        """Show a desk; None closes the studio."""
        from canvass_app.desktop.screens.turfs.studio_state import Sheet

        ground, before = self._ground, self._desk
        self._desk = desk
        if desk is None or ground is None:
            self.leave()
            return
        if before is None or self._sheet is None or before.door_ids != desk.door_ids:
            self._let_go()
            self._sheet = Sheet.of(desk, ground)
            mine = self._sheet.on_map(np.flatnonzero(~desk.draft.gone))
            near = np.intersect1d(mine, ground.heart())
            self.map.fit_to(near if len(near) else mine)
        if self._number not in desk.draft.turfs:
            self._number = None
        self._lay(panel=False)
        self._draw()

    def leave(self) -> None:
        """Put the proposal aside; it stays as it is until it is opened again."""
        self._desk, self._picture = None, None
        self._number, self._picked = None, np.zeros(0, np.int64)
        self._outlines = {}
        self.show_question(None)
        self._take_aim("")
        self.map.set_proposed(())
        self._let_go()
        self._lay(panel=False)
        self._filter(self.tools.shown_states())

    def _draw(self) -> None:
        """Work out what is shown, on a reader's thread."""
        from canvass_app.desktop.screens.turfs.studio_state import picture
        from canvass_app.services.draft_cutting import estimates

        desk, sheet, ground = self._desk, self._sheet, self._ground
        if desk is None or sheet is None or ground is None:
            return
        hues, work, lines = ground.hues(self.tools.shown_states()), dict(self._work), dict(self._outlines)
        self.context.tasks.read(
            lambda: picture(desk, sheet, ground, hues, work, lines, estimates), self._show_picture,
            key="studio.picture", owner=self,
        )  # fmt: skip

    def _show_picture(self, shown: Picture) -> None:
        if self._desk is not shown.desk:
            return
        self._picture, self._outlines = shown, shown.outlines
        self._work = {
            **shown.work,
            **{n: w for n, w in self._work.items() if w.routed and shown.work.get(n, w).key == w.key},
        }
        self.map.update_turfs(np.arange(len(shown.hues)), shown.hues)
        doors = sum(row.doors for row in shown.rows)
        self.parts.side.show_rows(shown.rows, doors, shown.free, shown.placeless, shown.desk.missed)
        self._show_lines()
        self.show_hand()
        self._route()

    def _show_lines(self) -> None:
        if self._picture is not None:
            lines = [(self._outlines[row.number][1], row) for row in self._picture.rows]
            self.map.set_proposed([
                Outline(line.rings, line.at, row.code, row.color % HUES, row.number == self._number, row.locked)
                for line, row in lines
            ])  # fmt: skip

    def _route(self) -> None:
        """Walks for the turfs that changed, a few at a time, in the background."""
        from canvass_app.desktop.screens.turfs.studio_state import routed
        from canvass_app.services.draft_cutting import route

        desk, book = self._desk, self.context.book
        wanted = [n for n, work in self._work.items() if work.routed is None][:_ROUTED_AT_ONCE]
        if desk is None or not wanted:
            return

        def done(found: dict[int, Work]) -> None:
            if desk is self._desk:
                self._work |= found
                self._draw()

        self.context.tasks.read(
            lambda: routed(desk, route(book, desk, wanted)), done, key="studio.routes", owner=self
        )

    # the hand

    def _row(self, number: int | None) -> DraftRow | None:
        rows = self._picture.rows if self._picture is not None else []
        return next((row for row in rows if row.number == number), None)

    def show_hand(self) -> None:
        """Show the turf or the doors in hand, here and on the map."""
        desk, sheet = self._desk, self._sheet
        if desk is None or sheet is None:
            return
        turf, picked = self._row(self._number), self._picked
        holders = [n for n in np.unique(desk.draft.owner[picked]).tolist() if n in desk.draft.turfs]
        names = ", ".join(desk.draft.turfs[n].name for n in holders[:3]) + (" …" if len(holders) > 3 else "")
        hint = self.tr("Click the turf that takes them, or press M and its letters.") if len(picked) else ""
        self.parts.side.show_hand(turf, len(picked), names, hint)
        shown = desk.draft.doors_of(turf.number) if turf is not None and not len(picked) else picked
        self.map.select(sheet.on_map(shown))
        work = self._work.get(self._number) if self._number is not None else None
        route = (
            work.routed.route if work is not None and work.routed is not None and turf is not None else None
        )
        walk = (WalkLayer(route, turf=turf.color % HUES),) if route is not None and turf is not None else ()
        self.map.set_walks(walk)
        self._show_able()

    def _show_able(self) -> None:
        desk = self._desk
        if desk is None:
            return
        turf = desk.draft.turfs.get(self._number) if self._number is not None else None
        free, picked = self._long is None, len(self._picked) > 0
        movable = turf is not None and not turf.locked
        self.parts.tools.show_able(
            {
                "move": picked or movable, "draw": picked, "split": movable, "merge": movable, "remove": movable,
                "lock": turf is not None, "undo": bool(desk.done), "redo": bool(desk.undone),
                "balance": free and len(desk.draft.turfs) > 1, "fewer": free and len(desk.draft.turfs) > 1,
            },
            locked=turf is not None and turf.locked,
        )  # fmt: skip

    def _pick_turf(self, number: int | None) -> None:
        if number is None or self._desk is None or self._sheet is None:
            return
        self._number, self._picked = number, np.zeros(0, np.int64)
        self._show_lines()
        self.show_hand()
        self.map.fit_to(self._sheet.on_map(self._desk.draft.doors_of(number)))

    def _pick_loose(self, *, placed: bool) -> None:
        from canvass_app.turf.draft import FREE

        desk, sheet = self._desk, self._sheet
        if desk is None or sheet is None:
            return
        loose = desk.draft.doors_of(FREE)
        self._number, self._picked = None, loose[(desk.draft.area.unit[loose] >= 0) == placed]
        self._show_lines()
        self.show_hand()
        here = sheet.on_map(self._picked)
        if len(here):
            self.map.fit_to(here)

    def _choose_doors(self, places: NDArray[np.int64]) -> None:
        sheet = self._sheet
        if not self.proposing or sheet is None:
            super()._choose_doors(places)
            return
        shown = self.tools.shown_states()
        if shown and self._ground is not None and len(places):
            places = places[self._ground.matches(shown)[places]]
        if self._aim and len(places) == 1:
            return  # the click that answers which turf
        self._before, self._picked = self._picked, sheet.in_draft(places)
        self._take_aim("")
        if not len(self._picked):
            self._number = None
            self._show_lines()
        self.show_hand()

    def _click_door(self, place: int) -> None:
        from canvass_app.desktop.screens.turfs.studio_state import block_of

        desk, sheet = self._desk, self._sheet
        if desk is None or sheet is None:
            super()._click_door(place)
            return
        door = int(sheet.to_draft[place])
        if door < 0:
            return
        before, self._before = self._before, np.zeros(0, np.int64)
        turf = int(desk.draft.owner[door])
        if self._aim:
            if turf in desk.draft.turfs:
                self._hit(turf)
            return
        alone = len(self._picked) == 1
        if alone and len(before) and turf in desk.draft.turfs and turf not in desk.draft.owner[before]:
            self._picked = before
            self._move(turf)
            return
        if door in self._picked:
            self._picked = np.union1d(self._picked, block_of(desk, door))
        self._number = turf if turf in desk.draft.turfs else None
        self._show_lines()
        self.show_hand()

    def let_go_of_hand(self) -> bool:
        """Esc: what is asked, the doors chosen, the turf. False when the hand is empty."""
        if self._question is not None:
            self.answer("leave")
        elif self._aim:
            self._take_aim("")
        elif len(self._picked):
            self._picked = np.zeros(0, np.int64)
            self.show_hand()
        elif self._number is not None:
            self._number = None
            self._show_lines()
            self.show_hand()
        else:
            return False
        return True
