"""Turfs: the map is the page. Doors are drawn around, become a turf, get a name, a walker and a walk list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.map import MapLayers, Tool, WalkLayer, turf_colours
from canvass_app.desktop.screens.base import AppContext, Command
from canvass_app.desktop.screens.turfs.assigning import Assigning
from canvass_app.desktop.screens.turfs.map_state import (
    HUES,
    Ground,
    TurfNews,
    doors_for_a_turf,
    read_ground,
    read_turfs,
    read_walk,
)
from canvass_app.desktop.screens.turfs.selecting import KEY, Selecting
from canvass_app.desktop.screens.turfs.standing import TurfStanding
from canvass_app.desktop.theme import tokens
from canvass_app.domain.accesses import Access
from canvass_app.services.map_data import DoorCard, door_card, door_states
from canvass_app.services.turf_rows import TurfSummary
from canvass_app.storage.changes import ChangeSet


class TurfsScreen(TurfStanding):
    """The map of the riding, and beside it the turf in hand and all turfs."""

    place = "turfs"
    shortcut = 2

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._connect()
        self.selecting = Selecting(self)
        self.assigning = Assigning(self)
        self.map.set_tool(Tool.LASSO)
        self.setFocusProxy(self.map)
        self.retranslate()

    def _connect(self) -> None:
        view = self.view
        view.map.doors_selected.connect(self._choose_doors)
        view.map.door_clicked.connect(self._click_door)
        view.map.tool_changed.connect(view.tools.show_tool)
        view.tools.tool_chosen.connect(self._take_tool)
        view.tools.fit_wanted.connect(view.map.fit)
        view.tools.filter_changed.connect(self._filter)
        view.table.row_selected.connect(self._pick_row)
        view.table.row_activated.connect(lambda _: view.turf.who.setFocus())
        view.panel_made.connect(self._connect_panel)
        view.states.changed.connect(self.show_only)
        view.empty.action_triggered.connect(lambda: self.context.go("importing", "doors"))
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_list, context=inside)

    def _connect_panel(self, panel: QWidget) -> None:
        from canvass_app.desktop.screens.turfs.door_panel import DoorPanel
        from canvass_app.desktop.screens.turfs.panels import ChosenPanel, TurfPanel

        if isinstance(panel, ChosenPanel):
            panel.make_wanted.connect(self.make)
            panel.put_away.connect(self._let_go)
        elif isinstance(panel, TurfPanel):
            panel.renamed.connect(self._rename)
            panel.assigned.connect(self._assign)
            panel.print_wanted.connect(self.print_list)
            panel.retire_wanted.connect(self.retire)
            self._connect_notices(panel)
        elif isinstance(panel, DoorPanel):
            panel.closed.connect(self._close_door)
            panel.history_wanted.connect(self._show_history)
            panel.bar_wanted.connect(self.bar)

    # the shell asks

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Turfs")

    def refresh(self) -> None:
        """Read the riding's map."""
        riding, book = self.context.riding_id, self.context.book
        if riding is None:
            self._ground, self._riding, self._loading = None, None, False
            self.view.show_no_doors(missing=0)
            return
        self._loading = True
        self.context.tasks.read(
            lambda: read_ground(book, riding), self._show_ground, key="turfs.map", owner=self
        )
        self._read_names()

    def on_changes(self, changes: ChangeSet) -> None:
        """Repaint only what changed; a new file or a long sync reads the map anew."""
        riding = self.context.riding_id
        if riding is None or riding not in changes.ridings or self._ground is None:
            super().on_changes(changes)
            return
        if changes.bulk or changes.layers:
            self.refresh()
            return
        ground, book = self._ground, self.context.book
        known = [door for door in changes.doors if door in ground.place]
        if known:
            self.context.tasks.read(
                lambda: door_states(book, riding, known),
                lambda states: self._repaint(ground, states),
                owner=self,
            )
        if changes.doors or changes.turfs or changes.lists:
            ids = ground.data.ids
            self.context.tasks.read(
                lambda: read_turfs(book, riding, ids), lambda news: self._take_news(ground, news), key="turfs.news",
                owner=self,
            )  # fmt: skip
        if changes.turfs or changes.shifts:
            self._read_names()
        card = self.view.shown_card()
        if card is not None and (changes.people or card.door_id in changes.doors):
            self._read_card(card.door_id)

    def activate(self, argument: Any) -> None:
        """Select a turf by its id, or show a door: ("door", id)."""
        if isinstance(argument, tuple):
            self._wanted_door = argument[1]
        elif isinstance(argument, bytes):
            self._wanted_turf = argument
        self.map.setFocus()
        if self._ground is not None and not self._loading:
            self._show_wanted()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the screen."""
        return [
            ("S L P", self.tr("select, lasso, move the map")),
            ("Shift / Alt", self.tr("add to the doors chosen, take away from them")),
            ("+ − 0", self.tr("closer, farther, everything")),
            (KEY, self.tr("choose doors by conditions")),
            ("Ctrl+A", self.tr("choose every door in sight")),
            ("Enter", self.tr("make the turf, when its name is right")),
            ("Tab", self.tr("from the map to the table and the fields")),
            ("Ctrl+P", self.tr("print the selected turf’s walk list")),
            ("Esc", self.tr("let go")),
        ]

    def commands(self) -> list[Command]:
        """What find-anything can do here."""
        found = [Command(lambda: self.tr("Lasso"), lambda: self._take_tool(Tool.LASSO), "L", "lasso")]
        found.append(Command(lambda: self.tr("Choose doors"), self.selecting.open, KEY, "filter"))
        if not self.context.only_records:
            found.append(Command(lambda: self.tr("Assign turfs"), self.assigning.open, icon="teams"))
        if self._turf is not None:
            found.append(Command(lambda: self.tr("Print walk list"), self.print_list, "Ctrl+P", "print"))
            found.append(Command(lambda: self.tr("Retire turf"), self.retire, icon="close"))
        return found

    def step_back(self) -> bool:
        """Esc: the door's card, the doors chosen, the turf, the filter."""
        if self.view.shows_door():
            self._close_door()
        elif len(self._chosen) or self._turf is not None:
            self._let_go()
        else:
            return self.selecting.close() or self.tools.clear_filter() or self.view.states.clear()
        return True

    def is_busy(self) -> bool:
        """While the map is read or drawn."""
        return self._loading or not self.map.is_settled()

    # the map

    def _show_ground(self, read: tuple[Ground, MapLayers]) -> None:
        ground, layers = read
        self._loading = False
        same = self._riding == ground.data.riding_id and self._ground is not None
        self._ground, self._riding = ground, ground.data.riding_id
        self._chosen = np.zeros(0, np.int64)
        if not len(ground):
            self.view.show_no_doors(ground.data.missing)
            return
        self.view.show_map()
        self._colour()
        # The doors, not the whole riding: half of it may be a lake.
        self.map.set_layers(layers, keep_view=same, look_at=ground.heart())
        card = self.view.shown_card()
        if card is not None:
            self.map.mark(ground.place.get(card.door_id))
        self.view.hint.show_missing(ground.data.missing)
        self.view.hint.show_recording(self.context.only_records)
        shown = self.tools.shown_states()
        if shown:
            self._filter(shown)
        self.tools.show_counts(ground.counts())
        self._fill_table(ground.turfs)
        if not same:
            self._turf = None
        self._show_turf()
        self._show_wanted()

    def _colour(self) -> None:
        """The theme's twelve hues, and one for doors that are dimmed."""
        self.map.set_turf_colours((*turf_colours(tokens())[:HUES], tokens().line))

    def _filter(self, shown: frozenset[int]) -> None:
        if self._ground is not None:
            self.map.update_turfs(np.arange(len(self._ground)), self._ground.hues(shown))
            self.tools.show_counts(self._ground.counts())

    def _repaint(self, ground: Ground, states: dict[bytes, int]) -> None:
        if ground is not self._ground or not states:
            return
        places = np.array([ground.place[door] for door in states], np.int64)
        values = np.array(list(states.values()), np.uint8)
        ground.state[places] = values
        self.map.update_states(places, values)
        self._filter(self.tools.shown_states())

    def _take_news(self, ground: Ground, news: TurfNews) -> None:
        if ground is not self._ground:
            return
        ground.turfs, ground.turf = news.turfs, news.turf
        self._filter(self.tools.shown_states())
        self._fill_table(news.turfs)
        self._show_turf()
        self._show_wanted()
        if len(self._chosen) > 1:
            self._propose()

    def _take_tool(self, tool: Tool) -> None:
        self.map.set_tool(tool)
        self.map.setFocus()

    # choosing doors

    def _choose_doors(self, places: NDArray[np.int64]) -> None:
        ground = self._ground
        if ground is None:
            return
        shown = self.tools.shown_states()
        if (shown or ground.only) and len(places):
            places = places[ground.matches(shown)[places]]
            self.map.select(places)
        self._chosen = places
        self.map.mark(None)
        if self._turf is not None:
            self._turf = None
            self._select_row(None)
            self.map.set_walks(())
        if len(places):
            self.view.chosen.show_count(len(places))
            self.view.show_panel(self.view.chosen)
            self._propose()
        else:
            self.map.set_walks(())
            self.view.show_panel(self.view.hint)

    def _let_go(self) -> None:
        self._turf = None
        self._chosen = np.zeros(0, np.int64)
        self.map.mark(None)
        self.view.chosen.forget_name()
        self.map.select([])
        self.map.set_walks(())
        self._select_row(None)
        self.view.show_panel(self.view.hint)
        self.map.setFocus()

    # turfs

    def _fill_table(self, turfs: list[TurfSummary]) -> None:
        self._filling = True
        self._show_standing(turfs)
        if self._turf is not None:
            self.table.select_id(self._turf)
        self._filling = False

    def _select_row(self, turf_id: bytes | None) -> None:
        self._filling = True
        if turf_id is None:
            self.table.clearSelection()
        else:
            self.table.select_id(turf_id)
        self._filling = False

    def _pick_row(self, turf_id: bytes | None) -> None:
        if not self._filling and turf_id is not None and turf_id != self._turf:
            self._close_door()
            self.select_turf(turf_id, look=True)

    def select_turf(self, turf_id: bytes, *, look: bool = False) -> None:
        """Light a turf up on both sides; with `look`, bring it into sight on the map."""
        self._turf = turf_id
        self._chosen = np.zeros(0, np.int64)
        self._select_row(turf_id)
        self._show_turf()
        if look and self._ground is not None:
            self.map.fit_to(self._ground.doors_of(turf_id))

    def _show_turf(self) -> None:
        ground, turf = self._ground, self._summary()
        if ground is None:
            return
        if turf is None:
            if self._turf is not None:
                self._let_go()
            elif not len(self._chosen) and not self.view.shows_door():
                self.view.show_panel(self.view.hint)
            return
        self.map.select(ground.doors_of(turf.turf_id))
        self.view.turf.show_turf(turf)
        self._read_story(turf)
        if not self.view.shows_door():
            self.view.show_panel(self.view.turf)
        book, riding = self.context.book, ground.data.riding_id

        def done(walk: WalkLayer) -> None:
            if self._turf == turf.turf_id:
                self.map.set_walks((walk,))

        self.context.tasks.read(
            lambda: read_walk(book, riding, turf.turf_id, turf.color % HUES),
            done,
            key="turfs.walk",
            owner=self,
        )

    def _show_wanted(self) -> None:
        turf, door = self._wanted_turf, self._wanted_door
        ground = self._ground
        if ground is None:
            return
        if turf is not None and any(one.turf_id == turf for one in ground.turfs):
            self._wanted_turf = None
            self._close_door()
            self.select_turf(turf, look=turf != self._fresh)
            if turf == self._fresh:
                # The next thing to say of a new turf is who walks it.
                self.view.turf.who.setFocus()
            self._fresh = None
        if door is not None:
            self._wanted_door = None
            place = ground.place.get(door)
            if place is not None:
                self.map.fit_to([place])
                self.map.select([place])
            self._read_card(door)

    # doors

    def _click_door(self, place: int) -> None:
        ground = self._ground
        if ground is None or len(self._chosen) > 1:
            return
        if len(self._chosen):
            self._chosen = np.zeros(0, np.int64)
        turf = ground.turf_at(place)
        if turf is not None and turf.turf_id != self._turf:
            self.select_turf(turf.turf_id)
        elif turf is None:
            self._turf = None
            self._select_row(None)
            self.map.set_walks(())
            self.map.select([place])
        self._read_card(ground.data.ids[place])

    def _read_card(self, door: bytes) -> None:
        book, riding = self.context.book, self.context.riding_id
        if riding is not None:
            self.context.tasks.read(
                lambda: door_card(book, riding, door), self._show_card, key="turfs.door", owner=self
            )

    def _show_card(self, card: DoorCard) -> None:
        self.view.door.show_card(card)
        self.view.show_panel(self.view.door)
        self.context.seen.note(Access.SEEN, self.context.riding_id, doors=[card.door_id], what="door")
        self.map.mark(self._ground.place.get(card.door_id) if self._ground is not None else None)

    def _show_history(self) -> None:
        card = self.view.shown_card()
        if card is not None:
            self.context.go("history", (self.context.riding_id, "door", card.door_id))

    def _close_door(self) -> None:
        if not self.view.shows_door():
            return
        self.map.mark(None)
        if self._turf is not None:
            self.view.show_panel(self.view.turf)
        else:
            self._let_go()

    # words

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.view.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme: turfs have other hues in the dark."""
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "view"):
            self._colour()
        super().changeEvent(event)

    # pictures

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """A lasso around some sixty doors, a turf, and a door's card."""
        return [
            ("lasso", self._picture_lasso),
            ("turf", self._picture_turf),
            ("door", self._picture_door),
            ("choosing", self.selecting.show_picture),
        ]

    def _picture_lasso(self) -> None:
        near = doors_for_a_turf(self._ground, 60)
        if len(near):
            self.map.fit_to(near)
            self.map.select(near, tell=True)

    def _picture_turf(self) -> None:
        if self._ground is not None and self._ground.turfs:
            self._let_go()
            self.select_turf(self._ground.turfs[0].turf_id, look=True)

    def _picture_door(self) -> None:
        ground = self._ground
        if ground is not None and len(ground):
            self._let_go()
            talked = np.flatnonzero(ground.state == 2)
            place = int(talked[0]) if len(talked) else 0
            self.map.fit_to([place])
            self._click_door(place)
