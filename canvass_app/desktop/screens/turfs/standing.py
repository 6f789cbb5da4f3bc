"""How turfs stand, on the map and in the table; whose doors they share; and what each of them has been through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from canvass_app.desktop.map import TurfLayer
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.turfs.verbs import TurfVerbs
from canvass_app.services.turf_rows import TurfSummary

if TYPE_CHECKING:
    import numpy as np

    from canvass_app.desktop.screens.turfs.panels import TurfPanel
    from canvass_app.desktop.screens.turfs.shapes import ShapeMaker
    from canvass_app.services.turf_overlaps import SharedDoors
    from canvass_app.services.turf_passes import TurfMaking, TurfPass

_Read = tuple[TurfLayer, "dict[bytes, list[SharedDoors]]"]


class TurfStanding(TurfVerbs):
    """The part of the screen that shows states; `TurfsScreen` tells it when turfs are others."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._only: frozenset[str] = frozenset()
        self._shapes: ShapeMaker | None = None
        self._shapes_wait = False
        self.map.painted_fine.connect(self._shapes_may_come)
        self._shared: dict[bytes, list[SharedDoors]] = {}

    def _connect_notices(self, panel: TurfPanel) -> None:
        panel.given.anyway.connect(self.print_anyway)
        panel.given.list_wanted.connect(lambda number: self.context.go("lists", number))
        panel.shared.keep_here.connect(lambda other: self.keep_shared(self._turf, other))
        panel.shared.keep_there.connect(lambda other: self.keep_shared(other, self._turf))
        panel.story.history_wanted.connect(self._show_turf_history)

    def history_subject(self) -> tuple[str, bytes] | None:
        """The door whose card is open, else the turf."""
        card = self.view.shown_card()
        if card is not None:
            return "door", card.door_id
        return ("turf", self._turf) if self._turf is not None else None

    # states

    def _shapes_may_come(self) -> None:
        if self._shapes_wait:
            self._read_shapes()

    def show_only(self, states: frozenset[str]) -> None:
        """Show only turfs that stand so: the others leave the table, and their doors are dimmed."""
        self._only = states
        if self._ground is not None:
            self._show_standing(self._ground.turfs)
            if self._turf is not None:
                self.table.select_id(self._turf)

    def _show_standing(self, turfs: list[TurfSummary]) -> None:
        """The table, the counts, the areas of the map."""
        self.view.states.show_turfs(turfs)
        ground = self._ground
        if ground is None:
            return
        if ground.only != self._only:
            import numpy as np

            ground.only = self._only
            self.map.update_turfs(np.arange(len(ground)), ground.hues(self.tools.shown_states()))
        self._show_rows()
        self._read_shapes()

    def _shown_turfs(self) -> list[TurfSummary]:
        turfs = self._ground.turfs if self._ground is not None else []
        return [turf for turf in turfs if not self._only or turf.state in self._only]

    def _show_rows(self) -> None:
        self.view.show_turfs(self._shown_turfs(), frozenset(self._shared))

    def _read_shapes(self) -> None:
        """Areas are worked out after the doors are on the screen: they need a library that takes a moment to load."""
        ground, book = self._ground, self.context.book
        self._shapes_wait = ground is not None and self._shapes is None and not self.map.is_settled()
        if ground is None or self._shapes_wait:
            return
        if not ground.turfs:
            self._take_shapes((TurfLayer(), {}))
            return
        riding, turfs, turf, only = ground.data.riding_id, list(ground.turfs), ground.turf, self._only
        maker = self._maker()

        def work() -> _Read:
            from canvass_app.services.turf_overlaps import shared_doors

            return maker.layer(ground, turfs, _only_in(turfs, turf, only)), shared_doors(book, riding)

        self.context.tasks.read(work, self._take_shapes, key="turfs.shapes", owner=self)

    def _maker(self) -> ShapeMaker:
        if self._shapes is None:
            from canvass_app.desktop.screens.turfs.shapes import ShapeMaker

            self._shapes = ShapeMaker()
        return self._shapes

    def _take_shapes(self, read: _Read) -> None:
        layer, shared = read
        self.map.set_turf_shapes(layer)
        if shared != self._shared:
            self._shared = shared
            self._filling = True
            self._show_rows()
            if self._turf is not None:
                self.table.select_id(self._turf)
            self._filling = False
        self._show_shared()

    # two leads, the same doors

    def _show_shared(self) -> None:
        turf = self._summary()
        if turf is not None:
            self.view.turf.shared.show_shared(self._shared.get(turf.turf_id, []))

    def keep_shared(self, kept: bytes | None, other: bytes | None) -> None:
        """Let one turf keep the doors that both hold."""
        riding, book, author = self._riding, self.context.book, self.context.author
        if riding is None or kept is None or other is None:
            return

        def work() -> Any:
            from canvass_app.services.turf_overlaps import keep_doors_in

            return keep_doors_in(book, riding, kept, other, author)

        def done(_: Any) -> None:
            name = (
                next((one.name for one in self._ground.turfs if one.turf_id == kept), "")
                if self._ground
                else ""
            )
            self.context.say(
                self.tr("%1 keeps them. The other turf is walked without them.").replace("%1", name)
            )

        self.context.tasks.write(work, done, owner=self)

    # the story of a turf

    def _read_story(self, turf: TurfSummary) -> None:
        book, riding = self.context.book, self._riding
        self._show_shared()
        if riding is None:
            return

        def work() -> tuple[TurfMaking, list[TurfPass]]:
            from canvass_app.services.turf_passes import turf_making, turf_passes

            return turf_making(book, riding, turf.turf_id), turf_passes(book, riding, turf.turf_id)

        def done(read: tuple[TurfMaking, list[TurfPass]]) -> None:
            if self._turf == turf.turf_id:
                self.view.turf.story.show_story(*read)

        self.context.tasks.read(work, done, key="turfs.story", owner=self)

    def _show_turf_history(self) -> None:
        if self._turf is not None:
            self.context.go("history", (self._riding, "turf", self._turf))


def _only_in(turfs: list[TurfSummary], turf: np.ndarray, only: frozenset[str]) -> np.ndarray:
    """`turf` without the doors of turfs that are not shown."""
    if not only:
        return turf
    import numpy as np

    within = np.array([one.state in only for one in turfs] + [False], bool)
    return np.where(within[turf], turf, -1)
