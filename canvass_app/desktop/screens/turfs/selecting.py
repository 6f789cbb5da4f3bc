"""Choosing doors by conditions on the turfs screen: the panel is opened, counted, saved, and its doors taken in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import counted, say_error
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.errors import CanvassError
from canvass_app.storage.changes import ChangeSet

if TYPE_CHECKING:
    from canvass_app.desktop.screens.turfs.selection_panel import SelectionPanel
    from canvass_app.desktop.screens.turfs.verbs import TurfVerbs
    from canvass_app.domain.selections import Selection
    from canvass_app.services.saved_selections import Offer, SavedSelection, SelectionKept
    from canvass_app.services.selections import Chosen, Counted

KEY = "Ctrl+D"


class Selecting(QObject):
    """What the turfs screen has to do with selections. One count is under way at a time: while it is, edits only note that
    another one is due, so that quick typing never queues up work."""

    def __init__(self, screen: TurfVerbs) -> None:
        super().__init__(screen)
        self._screen, self._context, self._view = screen, screen.context, screen.view
        self._saved: list[SavedSelection] = []
        self._current: bytes | None = None
        self._lasso: tuple[tuple[int, int], ...] | None = None
        self._counting = self._again = False
        self._view.tools.choose.setHidden(self._context.only_records)
        self._view.panel_made.connect(self._connect)
        self._view.tools.choose_wanted.connect(self.open)
        self._view.map.doors_selected.connect(self._look_for_lasso)
        self._context.changed.connect(self._follow)
        self._context.riding_changed.connect(self._leave_riding)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(KEY), screen, self.open, context=inside)

    @property
    def panel(self) -> SelectionPanel:
        """The panel; it is made when it is first asked for."""
        return self._view.selection

    def _connect(self, panel: QWidget) -> None:
        from canvass_app.desktop.screens.turfs.selection_panel import SelectionPanel

        if isinstance(panel, SelectionPanel):
            panel.edited.connect(self._edited)
            panel.choose_wanted.connect(self._choose)
            panel.chosen.connect(self._take_in_hand)
            panel.save_wanted.connect(self._save)
            panel.remove_wanted.connect(self._remove)
            panel.picked.connect(self._pick)
            panel.closed.connect(self.close)

    # opened and closed

    def open(self) -> None:
        """Show the panel, with what was being chosen."""
        if self._context.riding_id is None or self._context.only_records:
            return
        panel = self.panel
        campaign = self._context.book.campaign
        letters: frozenset[str] = campaign.party_letters if campaign else frozenset()
        panel.show_campaign(campaign.script if campaign else None, letters)
        self._view.rest_on(panel)
        panel.start()
        self._read_saved()
        self.count()

    def is_open(self) -> bool:
        """Whether the panel stands where the hint stands otherwise."""
        return self._view.is_selecting()

    def close(self) -> bool:
        """Put the panel away; False when it is not open."""
        if not self.is_open():
            return False
        self._view.rest_on(None)
        self._view.map.setFocus()
        return True

    def start(self, selection: Selection, name: str = "") -> None:
        """Open the panel on a selection."""
        self.open()
        self._current = None
        self.panel.show_selection(selection, name)
        self.panel.show_saved(self._saved, None)
        self.count()

    def show_picture(self) -> None:
        """A usual evening's selection, for a picture."""
        from canvass_app.domain.selections import And, InState, Not, OnStreet, Selection, Supports

        evening = And((InState(("never", "not_home")), OnStreet("", "odd"), Not(Supports(("4", "5")))))
        self.start(Selection(evening), self.tr("Odd sides, tonight"))

    # counted

    def _edited(self) -> None:
        points = self._view.map.outline_e6() if self.panel.wants_lasso() else None
        if points is None or not self.panel.take_lasso(points):
            self.count()

    def count(self) -> None:
        """Count what the panel shows; while a count is under way, once more after it."""
        riding, selection = self._context.riding_id, self.panel.selection()
        if riding is None or selection is None:
            self.panel.show_count(None)
            return
        if self._counting:
            self._again = True
            return
        self._counting = True
        book = self._context.book

        def work() -> Counted:
            from canvass_app.services.selections import count

            return count(book, riding, selection)

        def done(found: Counted) -> None:
            self._counting = False
            if self._again or self.panel.selection() != selection:
                self._again = False
                self.count()
            elif self._context.riding_id == riding:
                self.panel.show_count(found)

        def failed(error: CanvassError) -> None:
            self._counting = self._again = False
            self.panel.show_trouble(say_error(error))

        self._context.tasks.read(work, done, failed, owner=self)

    # taken in hand

    def _choose(self) -> None:
        riding, selection, book = self._context.riding_id, self.panel.selection(), self._context.book
        if riding is None or selection is None:
            return

        def work() -> Chosen:
            from canvass_app.services.selections import doors_of

            return doors_of(book, riding, selection)

        def done(found: Chosen) -> None:
            if self._context.riding_id == riding:
                self.panel.chosen.emit(found.door_ids)

        def failed(error: CanvassError) -> None:
            self.panel.show_trouble(say_error(error))

        self._context.tasks.read(work, done, failed, key="turfs.selection", owner=self)

    def _take_in_hand(self, doors: list[bytes]) -> None:
        missing = len(doors) - self._screen.choose(doors)
        if missing:
            words = counted(
                missing,
                self.tr("%1 door of the selection has no place on the map."),
                self.tr("%1 doors of the selection have no place on the map."),
                format_number,
            )
            self._context.say(words, tone="warn")

    def _look_for_lasso(self) -> None:
        """A lasso drawn while a condition waits for one belongs to the condition, and the panel stays."""
        if not self.is_open():
            return
        points = self._view.map.outline_e6()
        if points is not None and points != self._lasso and self.panel.take_lasso(points):
            self._lasso = points
            self._view.show_panel(self.panel)

    # saved

    def _read_saved(self) -> None:
        riding, book = self._context.riding_id, self._context.book
        if riding is None:
            return

        def work() -> tuple[list[SavedSelection], Offer]:
            from canvass_app.services.saved_selections import list_selections, offered

            return list_selections(book, riding), offered(book, riding)

        def done(found: tuple[list[SavedSelection], Offer]) -> None:
            if self._context.riding_id != riding:
                return
            self._saved = found[0]
            if self._current not in {one.selection_id for one in self._saved}:
                self._current = None
            self.panel.show_offer(found[1])
            self.panel.show_saved(self._saved, self._current)

        self._context.tasks.read(work, done, key="turfs.selections", owner=self)

    def _pick(self, selection_id: bytes | None) -> None:
        from canvass_app.domain.selections import Selection

        one = next((one for one in self._saved if one.selection_id == selection_id), None)
        if one is not None and one.selection is None:
            words = self.tr("A newer version of Canvass made “%1”. Update Canvass to use it.")
            self.panel.show_saved(self._saved, self._current)
            self.panel.show_trouble(words.replace("%1", one.name))
            return
        self._current = one.selection_id if one else None
        self.panel.show_selection(
            one.selection if one and one.selection else Selection(), one.name if one else ""
        )
        self.panel.show_saved(self._saved, self._current)
        self.count()

    def _save(self, name: str) -> None:
        riding, selection, book = self._context.riding_id, self.panel.selection(), self._context.book
        author, current = self._context.author, self._current
        before = next((one for one in self._saved if one.selection_id == current), None)
        if riding is None or selection is None:
            return

        def work() -> SelectionKept:
            from canvass_app.services.saved_selections import save_selection

            return save_selection(book, riding, name, selection, selection_id=current or b"", author=author)

        def done(kept: SelectionKept) -> None:
            self._current = kept.selection_id
            self.panel.show_trouble("")
            self._read_saved()
            words = self.tr("The selection %1 is saved.").replace("%1", " ".join(name.split()))
            self._context.say(words, lambda: self._unsave(riding, kept.selection_id, before))

        def failed(error: CanvassError) -> None:
            self.panel.show_trouble(say_error(error))
            self.panel.name.setFocus()

        self._context.tasks.write(work, done, failed, owner=self)

    def _unsave(self, riding: int, selection_id: bytes, before: SavedSelection | None) -> None:
        book, author = self._context.book, self._context.author

        def work() -> ChangeSet:
            from canvass_app.services.saved_selections import remove_selection, save_selection

            if before is None or before.selection is None:
                return remove_selection(book, riding, selection_id, author=author)
            return save_selection(
                book, riding, before.name, before.selection, selection_id=selection_id, author=author
            ).changes

        self._context.tasks.write(work)

    def _remove(self) -> None:
        riding, current = self._context.riding_id, self._current
        one = next((one for one in self._saved if one.selection_id == current), None)
        if riding is None or one is None:
            return
        self._current = None
        self._take_away(riding, one.selection_id, True)
        words = self.tr("The selection %1 is removed.").replace("%1", one.name)
        self._context.say(words, lambda: self._take_away(riding, one.selection_id, False))

    def _take_away(self, riding: int, selection_id: bytes, removed: bool) -> None:
        book, author = self._context.book, self._context.author

        def work() -> ChangeSet:
            from canvass_app.services.saved_selections import remove_selection

            return remove_selection(book, riding, selection_id, removed, author=author)

        self._context.tasks.write(work)

    # what others did

    def _follow(self, changes: ChangeSet) -> None:
        if not self.is_open() or self._context.riding_id not in changes.ridings:
            return
        if changes.selections or changes.bulk:
            self._read_saved()
        if changes.doors or changes.people or changes.lists or changes.bulk:
            self.count()

    def _leave_riding(self) -> None:
        self._saved, self._current = [], None
        if self._view.has_selection():
            from canvass_app.domain.selections import Selection

            self.panel.show_selection(Selection())
            self.panel.show_saved([], None)
        self.close()
