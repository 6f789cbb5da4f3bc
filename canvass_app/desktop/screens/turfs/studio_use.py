"""The studio's tools: what each does with the doors or the turf in hand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs.map_state import HUES
from canvass_app.desktop.screens.turfs.studio_edits import StudioEdits
from canvass_app.desktop.screens.turfs.words import doors_words

if TYPE_CHECKING:
    from canvass_app.desktop.screens.turfs.studio_panel import CutPanel
    from canvass_app.desktop.screens.turfs.studio_side import StudioSide
    from canvass_app.desktop.screens.turfs.studio_tools import StudioTools
    from canvass_app.services.drafts import Desk
    from canvass_app.turf.draft import Draft, DraftTurf
    from canvass_app.turf.draft_edits import Change


class StudioParts(NamedTuple):
    panel: CutPanel
    tools: StudioTools
    side: StudioSide


class StudioUse(StudioEdits):
    """Uses the tools; `StudioHand` shows the proposal and takes doors in hand."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._made = False
        self._aim = ""
        self._keys: dict[str, QShortcut] = {}
        super().__init__(context, parent)

    @cached_property
    def parts(self) -> StudioParts:
        """The widgets of the studio, made when somebody first cuts."""
        from canvass_app.desktop.screens.turfs.studio_panel import CutPanel
        from canvass_app.desktop.screens.turfs.studio_side import StudioSide
        from canvass_app.desktop.screens.turfs.studio_tools import KEYS, TOOLS, StudioTools

        panel, tools, side = CutPanel(), StudioTools(), StudioSide()
        self._made = True
        self.view.host(panel, tools, side)
        self._connect_cut_panel(panel)
        tools.wanted.connect(self.use)
        self.map.tool_changed.connect(tools.show_tool)
        side.picked.connect(self._pick_turf)
        side.renamed.connect(self._name)
        side.recoloured.connect(self._colour_next)
        side.aimed.connect(self._aim_at)
        side.aim_left.connect(lambda: self._take_aim(""))
        side.answered.connect(self.answer)
        side.accept_wanted.connect(self.accept)
        side.throw_wanted.connect(self.throw_away)
        side.left.connect(self.leave)
        side.free_wanted.connect(lambda: self._pick_loose(placed=True))
        side.placeless_wanted.connect(lambda: self._pick_loose(placed=False))
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for name, key in KEYS.items():
            if name not in (*TOOLS, "undo"):
                chosen = (
                    [QKeySequence(key), QKeySequence("Ctrl+Shift+Z")]
                    if name == "redo"
                    else [QKeySequence(key)]
                )
                made = QShortcut(self)
                made.setContext(inside)
                made.setKeys(chosen)
                made.activated.connect(lambda what=name: self.use(what))
                made.setEnabled(False)
                self._keys[name] = made
        tools.show_tool(self.map.tool())
        return StudioParts(panel, tools, side)

    @property
    def proposing(self) -> bool:
        """Whether a proposal is on the screen."""
        return self._desk is not None

    def _lay(self, *, panel: bool) -> None:
        self.view.show_studio(panel=panel, proposal=self.proposing)
        for key in self._keys.values():
            key.setEnabled(self.proposing)

    def _connect_cut_panel(self, panel: CutPanel) -> None:
        """The panel left of the map."""

    # what the other half does

    def leave(self) -> None:
        """Put the proposal aside."""
        raise NotImplementedError

    def show_hand(self) -> None:
        """Show what the hand holds."""
        raise NotImplementedError

    def _pick_turf(self, number: int | None) -> None:
        raise NotImplementedError

    def _pick_loose(self, *, placed: bool) -> None:
        raise NotImplementedError

    # tools

    def use(self, what: str) -> None:
        """Use a tool by its name (studio_tools.py)."""
        from canvass_app.desktop.screens.turfs.studio_tools import TOOLS

        if what in TOOLS:
            self.map.set_tool(TOOLS[what])
            self.map.setFocus()
        elif not self.proposing or (what != "undo" and not self.parts.tools.button(what).isEnabled()):
            return
        elif what in ("move", "merge"):
            self._take_aim(what)
        elif what in ("undo", "redo"):
            self.step(back=what == "undo")
        elif what == "balance":
            self.balance()
        elif what == "fewer":
            self.one_fewer()
        else:
            {"draw": self._new_turf, "split": self._split, "lock": self._lock, "remove": self._give_up}[
                what
            ]()

    def _fresh_turf(self, desk: Desk) -> DraftTurf:
        from canvass_app.services.drafts import new_names

        return new_names(self.context.book, desk, desk.riding_id, 1, self.context.language)[0]

    def _move(self, to: int) -> None:
        from canvass_app.turf.draft_edits import merge, move

        desk, picked, number = self._desk, self._picked, self._number
        if desk is None:
            return
        name = desk.draft.turfs[to].name
        if len(picked):
            words = self.tr("Moved to %2: %1.").replace("%1", doors_words(len(picked))).replace("%2", name)
            self.edit(lambda draft: move(draft, picked, to), lambda: words)
        elif number is not None and number != to:
            words = self.tr("%1 is now part of %2.").replace("%1", desk.draft.turfs[number].name)
            self._number = to
            self.edit(lambda draft: merge(draft, [to, number]), lambda: words.replace("%2", name))

    def _new_turf(self) -> None:
        from canvass_app.turf.draft_edits import draw

        picked = self._picked

        def plan(draft: Draft) -> Change:
            assert self._held is not None
            turf = self._fresh_turf(self._held)
            return draw(draft, picked, turf.name, turf.color)

        self.edit(plan, lambda: self.tr("A new turf of %1.").replace("%1", doors_words(len(picked))))

    def _split(self) -> None:
        from canvass_app.turf.draft_edits import split

        desk, number = self._desk, self._number
        if desk is None or number is None:
            return

        def plan(draft: Draft) -> Change:
            assert self._held is not None
            turf = self._fresh_turf(self._held)
            return split(draft, number, turf.name, turf.color)

        words = self.tr("%1 is split in two.").replace("%1", desk.draft.turfs[number].name)
        self.edit(plan, lambda: words)

    def _lock(self) -> None:
        from canvass_app.turf.draft_edits import change_turf

        desk, number = self._desk, self._number
        if desk is None or number is None:
            return
        turf = desk.draft.turfs[number]
        words = self.tr("%1 can change again.") if turf.locked else self.tr("%1 is locked.")
        self.edit(
            lambda draft: change_turf(draft, number, locked=not turf.locked),
            lambda: words.replace("%1", turf.name),
        )

    def _give_up(self) -> None:
        from canvass_app.turf.draft_edits import remove

        desk, number = self._desk, self._number
        if desk is None or number is None:
            return
        words = self.tr("%1 is given up. The turfs beside it took its doors.")
        words = words.replace("%1", desk.draft.turfs[number].name)
        self.edit(lambda draft: remove(draft, number, to_neighbours=True), lambda: words)

    def _name(self, name: str) -> None:
        from canvass_app.turf.draft_edits import change_turf

        number = self._number
        if number is not None:
            words = self.tr("The turf is called %1.").replace("%1", name)
            self.edit(lambda draft: change_turf(draft, number, name=name), lambda: words)

    def _colour_next(self) -> None:
        from canvass_app.turf.draft_edits import change_turf

        desk, number = self._desk, self._number
        if desk is None or number is None:
            return
        turf = desk.draft.turfs[number]
        words = self.tr("%1 has another colour.").replace("%1", turf.name)
        self.edit(lambda draft: change_turf(draft, number, color=(turf.color + 1) % HUES), lambda: words)

    # which turf

    def _take_aim(self, what: str) -> None:
        """Ask for the turf that takes the doors ("move") or joins ("merge"); "" asks no more."""
        if not self._made:
            return
        asked, self._aim = self._aim, what
        words = {
            "move": self.tr("To which turf? Click it on the map, or type its letters."),
            "merge": self.tr("Which turf joins it? Click it on the map, or type its letters."),
        }.get(what, "")
        self.parts.side.show_aim(what, words)
        self.show_hand()
        if asked and not what:
            self.map.setFocus()

    def _aim_at(self, typed: str) -> None:
        from canvass_app.desktop.screens.turfs.studio_state import turf_named

        desk = self._desk
        found = turf_named(desk, typed) if desk is not None else None
        if found is None:
            self.context.say(self.tr("No turf is called %1.").replace("%1", typed), tone="warn")
            return
        self._hit(found)

    def _hit(self, turf: int) -> None:
        from canvass_app.turf.draft_edits import merge

        what, desk, number = self._aim, self._desk, self._number
        self._take_aim("")
        if what == "move":
            self._move(turf)
        elif what == "merge" and desk is not None and number is not None and number != turf:
            words = self.tr("%1 is now part of %2.").replace("%1", desk.draft.turfs[turf].name)
            words = words.replace("%2", desk.draft.turfs[number].name)
            self.edit(lambda draft: merge(draft, [number, turf]), lambda: words)

    def show_question(self, change: Change | None) -> None:
        """Ask what is to become of a turf that would break; None asks nothing."""
        if change is None:
            self._question = None
        desk = self._desk
        if not self._made or (change is not None and desk is None):
            return
        cut_off: list[tuple[str, int]] = []
        if change is not None and desk is not None:
            names = {new.number: new.name for _, new in change.edit.turfs if new is not None}
            names |= {number: turf.name for number, turf in desk.draft.turfs.items()}
            cut_off = [(names.get(one.turf, ""), one.doors) for one in change.breaks]
        self.parts.side.show_question(cut_off, change is not None and change.mended is not None)
